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

/**
 * What a renderer of this browser needs, in MB; of several the most. Linux only. `footprint` is what Chromium itself calls a process's
 * memory footprint, in its task manager too: what no other process shares (RssAnon and VmSwap). `resident` counts the pages of the
 * browser's program as well, of which there is one copy for all its processes.
 */
class Memory {
  footprint = 0;
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
  async #own() {
    return (await this.#most("RssAnon")) + (await this.#most("VmSwap"));
  }
  resident() { return this.#most("VmHWM"); }
  /** Looks all the time, until `done`: the kernel keeps no high mark of it. */
  async watch(done) {
    let on = true;
    done.finally(() => (on = false)).catch(() => {});
    while (on) {
      this.footprint = Math.max(this.footprint, await this.#own());
      await new Promise((next) => setTimeout(next, 25));
    }
  }
  async reset() {
    for (const id of await this.#renderers()) writeFileSync(`/proc/${id}/clear_refs`, "5");
    return this.#own();
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
  const before = await memory.reset();
  await page.evaluate(() => (globalThis.longTasks.length = 0));

  const coming = page.waitForEvent("download", { timeout: 300_000 }).then((download) => download.path());
  const watched = memory.watch(coming);
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
  const saved = await coming;
  const took = (performance.now() - start) / 1000;
  await watched;
  const resident = await memory.resident();
  const tasks = await page.evaluate(() => globalThis.longTasks);
  const size = (statSync(saved).size / 1e6).toFixed(1);

  // Again, and given up in the middle: the office worker ends with what it holds.
  await page.getByRole("button", { name: "Download the report" }).click();
  await page.waitForFunction(() => (document.querySelector("progress")?.position ?? 0) > 0.3, null, { polling: 20 });
  const cancelled = performance.now();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForFunction(() => !document.querySelector("progress"), null, { polling: 20 });
  const over = performance.now() - cancelled;
  console.log(`${format} of ${policies} policies with ${policies * SETTINGS_EACH} settings: ${took.toFixed(1)} s, ${size} MB; the page's process ${memory.footprint.toFixed(0)} MB at its peak by Chromium's own count (${before.toFixed(0)} MB before), ${resident.toFixed(0)} MB with what it shares with the browser's other processes; progress seen at ${await steps} places; ${tasks.length} tasks above 50 ms on the page${tasks.length ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ""}; a cancel is over after ${over.toFixed(0)} ms.`);
  await context.close();
}
