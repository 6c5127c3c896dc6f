// A whole tenant of 5,000 policies with 100,000 settings as Excel, HTML and Word, in this machine's Chromium: how long each takes
// from the click to the file, what the page's process needs at its peak (every worker is in it), whether the page ever blocks,
// and how soon it is over after a cancel. `node report.mjs [POLICIES]`
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { Stand } from "../harness.mjs";
import { SETTINGS_EACH, tenant } from "../many.mjs";
import { heading, rail } from "../steps.mjs";

const policies = Number(process.argv[2] ?? "5000");

/** The most memory that a renderer of this browser had in RAM since the last reset, and what it has now, in MB. Linux only. */
class Memory {
  static async of(browser) {
    const memory = new Memory();
    memory.session = await browser.newBrowserCDPSession();
    return memory;
  }
  async #renderers() {
    const { processInfo } = await this.session.send("SystemInfo.getProcessInfo");
    return processInfo.filter((p) => p.type === "renderer").map((p) => p.id);
  }
  async #most(line) {
    const all = (await this.#renderers()).map((id) => Number(readFileSync(`/proc/${id}/status`, "utf8").match(new RegExp(`${line}:\\s+(\\d+)`))[1]) / 1024);
    return Math.max(...all);
  }
  now() { return this.#most("VmRSS"); }
  peak() { return this.#most("VmHWM"); }
  async reset() {
    for (const id of await this.#renderers()) writeFileSync(`/proc/${id}/clear_refs`, "5");
  }
}

const dir = mkdtempSync(path.join(tmpdir(), "plumbline-report-"));
// Packed, as a saved snapshot is.
const file = path.join(dir, "configurationPolicies.json.gz");
writeFileSync(file, gzipSync(tenant(policies)));
const stand = await Stand.start({ flags: ["--policies", "40"] }, { diagnostic() {} });
try {
  for (const format of ["Excel", "HTML", "Word"]) await one(format);
} finally {
  await stand.stop();
  rmSync(dir, { recursive: true, force: true });
}

async function one(format) {
  const context = await stand.profile();
  await context.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((e) => globalThis.longTasks.push(e.duration))).observe({ type: "longtask" });
  });
  const page = await stand.open("/", { context });
  const memory = await Memory.of(context.browser());
  await page.locator("main input[type=file]:not([webkitdirectory])").first().setInputFiles(file);
  await heading(page, "Overview").waitFor({ timeout: 120_000 });
  await rail(page, "Reports").click();
  await page.getByText(format, { exact: true }).first().click();
  await page.waitForTimeout(1_000);
  const before = await memory.now();
  await memory.reset();
  await page.evaluate(() => (globalThis.longTasks.length = 0));

  const coming = page.waitForEvent("download", { timeout: 300_000 });
  const start = performance.now();
  await page.getByRole("button", { name: "Download the report" }).click();
  const steps = page.evaluate(async () => {
    const seen = new Set();
    const button = [...document.querySelectorAll("button")].find((b) => b.innerText.includes("Download the report"));
    while (button.disabled) {
      const bar = document.querySelector("progress");
      if (bar) seen.add(bar.value);
      await new Promise((done) => setTimeout(done, 30));
    }
    return seen.size;
  });
  const saved = await (await coming).path();
  const took = (performance.now() - start) / 1000;
  const peak = await memory.peak();
  const tasks = await page.evaluate(() => globalThis.longTasks);
  const size = (statSync(saved).size / 1e6).toFixed(1);

  // Again, and given up in the middle: the office worker ends with what it holds.
  await page.getByRole("button", { name: "Download the report" }).click();
  await page.waitForFunction(() => (document.querySelector("progress")?.position ?? 0) > 0.3, null, { polling: 20 });
  const cancelled = performance.now();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForFunction(() => !document.querySelector("progress"), null, { polling: 20 });
  const over = performance.now() - cancelled;
  console.log(`${format} of ${policies} policies with ${policies * SETTINGS_EACH} settings: ${took.toFixed(1)} s, ${size} MB; the page's process ${peak.toFixed(0)} MB at its peak (${before.toFixed(0)} MB before); progress seen at ${await steps} places; ${tasks.length} tasks above 50 ms on the page${tasks.length ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ""}; a cancel is over after ${over.toFixed(0)} ms.`);
  await context.close();
}
