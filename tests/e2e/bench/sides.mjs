// Does the page block while twenty sides are scrolled? Every task of the thread that draws, by the clock and by what it took of the
// processor: on a machine that does something else, too, only the second says how long the page works. `node sides.mjs [SIDES]`
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Stand } from "../harness.mjs";
import { tenant } from "../many.mjs";
import { heading, rail } from "../steps.mjs";

const sides = Number(process.argv[2] ?? "20");
const dir = mkdtempSync(path.join(tmpdir(), "plumbline-sides-"));
/** A tenant of 300 policies, every text in it another one than those of the other sides. */
function side(number) {
  const file = path.join(dir, `tenant-${number}.json`);
  writeFileSync(file, tenant(300).replaceAll("?policy=", `?side=${number}&policy=`));
  return file;
}
const stand = await Stand.start({ flags: ["--policies", "40"] }, { diagnostic() {} });
stand.stepBack();
try {
  const page = await stand.open("/");
  const pick = () => page.locator("main input[type=file]:not([webkitdirectory])").first();
  await pick().setInputFiles(side(0));
  await heading(page, "Overview").waitFor();
  await rail(page, "Compare").click();
  await pick().setInputFiles(side(1));
  await page.getByRole("treegrid", { name: "Settings" }).locator("tbody tr[data-at]").first().waitFor();
  await page.getByRole("navigation", { name: "Analyses" }).getByRole("link", { name: /^Many sides/ }).click();
  const heads = (n) => page.waitForFunction((n) => document.querySelectorAll("[role=grid] th[scope=col]").length === n, n);
  await heads(3);
  for (let number = 2; number < sides; number += 1) {
    await pick().setInputFiles(side(number));
    await heads(number + 2);
  }
  await page.waitForTimeout(1_500);

  const session = await page.context().browser().newBrowserCDPSession();
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["toplevel", "__metadata"] } });
  const rows = await page.evaluate(async () => {
    const scroller = document.querySelector(".scroll.table");
    const frame = () => new Promise(requestAnimationFrame);
    for (let n = 0; n < 160; n += 1) {
      scroller.scrollTop += 160;
      await frame();
    }
    for (let n = 0; n < 80; n += 1) {
      scroller.scrollLeft += 60;
      await frame();
    }
    // Hard: to places all over the list.
    for (let n = 0; n <= 60; n += 1) {
      scroller.scrollTop = (scroller.scrollHeight / 60) * ((n * 17) % 61);
      scroller.scrollLeft = (scroller.scrollWidth / 60) * ((n * 29) % 61);
      await frame();
      await frame();
    }
    return Number(document.querySelector("[role=grid]").ariaRowCount) - 1;
  });
  const over = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await over;
  const main = events.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain");
  const tasks = events.filter((e) => e.ph === "X" && /RunTask/.test(e.name) && main.some((m) => m.pid === e.pid && m.tid === e.tid));
  const said = (key) => {
    const all = tasks.map((t) => (t[key] ?? 0) / 1_000).sort((a, b) => b - a);
    return `${all.filter((ms) => ms > 50).length} above 50 ms, the longest ${all.slice(0, 5).map((ms) => ms.toFixed(0)).join(", ")} ms`;
  };
  console.log(`${sides} sides, ${rows} settings, scrolled: ${tasks.length} tasks; by the clock ${said("dur")}; of the processor ${said("tdur")}.`);
} finally {
  await stand.stop();
  rmSync(dir, { recursive: true, force: true });
}
