// Does the page ever block? Every task above 50 ms of the thread that draws, while a tenant of 10,000 policies is read, searched and
// scrolled. The engine's clock and the emulator's budgets run ten times as fast, so that the read does not take as long as the
// budgets would have it: the page gets its messages ten times as densely. `node page.mjs [POLICIES]`
//
// Two figures: by the clock, and by the processor. On a machine of few cores the drawing thread waits for the emulator, which no
// user has: a task is long by the clock and short by the processor. Only the second can be held against the page.
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Stand } from "../harness.mjs";
import { heading, rail, whole } from "../steps.mjs";

const FASTER = 10;
const policies = process.argv[2] ?? "10000";
const stand = await Stand.start({ flags: ["--policies", policies, "--devices", "1000", "--groups", "500", "--users", "1000", "--no-throttling"] }, { diagnostic() {} });
stand.stepBack();
const context = await stand.profile();
await context.addInitScript(() => {
  globalThis.longTasks = [];
  globalThis.phase = "starting";
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longTasks.push({ phase: globalThis.phase, duration });
  }).observe({ type: "longtask", buffered: true });
});
const page = await stand.open("/", { context });
page.on("worker", (worker) => worker.evaluate((faster) => {
  const [now, timer, start] = [performance.now.bind(performance), setTimeout, performance.now()];
  performance.now = () => start + (now() - start) * faster;
  globalThis.setTimeout = (act, ms, ...more) => timer(act, (ms ?? 0) / faster, ...more);
}, FASTER).catch(() => {}));

/** Notes which part of the use a task falls into; waits until what came before is drawn and told. */
async function phase(name) {
  await page.waitForTimeout(400);
  await page.evaluate((to) => (globalThis.phase = to), name);
}

const began = performance.now();
await stand.signIn(page);
await page.getByRole("progressbar").waitFor();
const trace = path.join(tmpdir(), `plumbline-page-${process.pid}.json`);
await context.browser().startTracing(page, { path: trace, categories: ["toplevel", "__metadata"] });
await phase("reading");
await whole(page, 900_000);
const took = (performance.now() - began) / 1000;
await phase("the list");
await rail(page, "Inventory").click();
const grid = page.getByRole("grid", { name: "Policies" });
await grid.locator("tr[data-at]").first().waitFor();
const rows = Number(await grid.getAttribute("aria-rowcount")) - 1;

await phase("scrolling");
await page.evaluate(async () => {
  const scroller = document.querySelector(".scroll.table");
  const frame = () => new Promise(requestAnimationFrame);
  for (let n = 0; n < 240; n += 1) {
    scroller.scrollTop += 160;
    await frame();
  }
  for (let n = 0; n <= 40; n += 1) {
    scroller.scrollTop = (scroller.scrollHeight / 40) * n;
    await frame();
    await frame();
  }
});
await phase("moving by keys");
await grid.locator("tr[data-at]").last().click({ position: { x: 300, y: 8 } });
await page.keyboard.press("Escape");
for (const key of ["Home", ..."jjjjjjjjjj", "PageDown", "PageDown", "End", "Home"]) await page.keyboard.press(key);

await phase("filtering");
for (const text of ["platform:windows assigned:no", "name~edge", "defender", "zzzz", ""]) {
  await page.locator("#query").fill("");
  await page.locator("#query").pressSequentially(text, { delay: 30 });
  await page.waitForTimeout(200);
}
await phase("sorting");
for (const name of ["Modified", "Type", "Settings", "Name"]) {
  await grid.getByRole("button", { name }).first().click();
  await page.waitForTimeout(300);
}
await phase("searching everywhere");
await page.keyboard.press("Control+k");
await page.getByRole("combobox", { name: /Search pages/ }).pressSequentially("password", { delay: 40 });
await page.waitForTimeout(500);
await page.keyboard.press("Escape");
await phase("opening policies");
for (let n = 0; n < 6; n += 1) {
  await grid.locator(`tr[data-at="${n}"]`).getByRole("link").first().click();
  await page.getByRole("article", { name: "Policy" }).getByRole("heading", { level: 2 }).first().waitFor();
  await page.waitForTimeout(150);
}
await phase("overview");
await rail(page, "Overview").click();
await heading(page, "Overview").waitFor();
await phase("the end");

await context.browser().stopTracing();
const tasks = (await page.evaluate(() => globalThis.longTasks)).filter((t) => !["starting", "the end"].includes(t.phase));
const longest = (list) => (list.length ? `, the longest ${Math.max(...list).toFixed(0)} ms` : "");
console.log(`${rows} objects read in ${took.toFixed(0)} s, searched and scrolled.`);
console.log(`By the clock: ${tasks.length} tasks above 50 ms on the page${longest(tasks.map((t) => t.duration))}.`);
for (const name of new Set(tasks.map((t) => t.phase))) {
  const of = tasks.filter((t) => t.phase === name).map((t) => t.duration.toFixed(0));
  console.log(`    ${name}: ${of.length} (${of.slice(0, 12).join(", ")}${of.length > 12 ? ", …" : ""} ms)`);
}
const busy = processorTimes(JSON.parse(readFileSync(trace, "utf8")).traceEvents);
const over = busy.filter((ms) => ms > 50);
console.log(`By the processor: ${over.length} above 50 ms of ${busy.length} tasks${longest(busy)}.`);
rmSync(trace);
await stand.stop();

/** Milliseconds of the processor that each task of the drawing threads took. */
function processorTimes(events) {
  const threads = new Set(events.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain").map((e) => `${e.pid}/${e.tid}`));
  const of = events.filter((e) => e.ph === "X" && e.name.endsWith("RunTask") && threads.has(`${e.pid}/${e.tid}`));
  return of.map((e) => (e.tdur ?? 0) / 1000);
}
