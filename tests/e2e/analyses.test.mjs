// The analyses of a comparison, as an administrator goes through them: score, acceptance, coverage, conflicts, many sides, drift, two policies.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { journey, root } from "./harness.mjs";
import { heading, rail, small } from "./steps.mjs";

const baseline = path.join(root, "tests/data/demo-baseline");

const tab = (page, name) => page.getByRole("navigation", { name: "Analyses" }).getByRole("link", { name: new RegExp(`^${name}`) });
const lines = (page, name) => page.getByRole("grid", { name }).locator("tbody tr[data-at]");
const score = (page) => page.getByText(/^Score \d/);

/** The demo snapshot beside the demo baseline. */
async function compared(stand, options) {
  const page = await stand.open("/", options);
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  await heading(page, "Overview").waitFor();
  await rail(page, "Compare").click();
  await page.locator("main input[type=file][webkitdirectory]").setInputFiles(baseline);
  await page.getByRole("treegrid", { name: "Settings" }).locator("tbody tr[data-at]").first().waitFor({ timeout: 60_000 });
  return page;
}

/** Only settings that are different, the cursor on the first. */
async function onADifference(page) {
  await page.getByRole("group", { name: "Show" }).getByRole("button", { name: /^missing/ }).click();
  await page.getByRole("group", { name: "Show" }).getByRole("button", { name: /^extra/ }).click();
  await page.getByRole("group", { name: "Show" }).getByRole("button", { name: /^unknown/ }).click();
  const first = page.getByRole("treegrid", { name: "Settings" }).locator("tbody tr[aria-level='2']").first();
  await first.getByText("different").waitFor();
  await first.click();
  await page.waitForFunction(() => /^#\/compare\/\d+$/.test(location.hash));
  return page.evaluate(() => location.hash);
}

journey("a difference is accepted with a reason, saved, taken back and opened again", { flags: small }, async (stand) => {
  const page = await compared(stand);
  await score(page).waitFor();
  await page.getByRole("button", { name: "How it is counted" }).click();
  const counts = page.getByRole("table", { name: "What counts" });
  const number = async (name) => Number((await counts.getByRole("row", { name: new RegExp(`^${name}`) }).locator("td").first().innerText()).replace(/\D/g, ""));
  const open = await number("Different or missing");
  assert.ok(open > 0);
  assert.equal(await number("Accepted"), 0);
  await page.getByRole("button", { name: "How it is counted" }).click();

  const where = await onADifference(page);
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "Accept this difference" });
  await dialog.getByRole("button", { name: "Accept" }).click();
  assert.ok(await dialog.isVisible(), "nothing is accepted without a reason");
  await dialog.getByLabel("Reason").fill("Meeting rooms need it");
  await dialog.getByLabel("Who answers for it").fill("Ada");
  await dialog.getByLabel("Last day").fill("2031-05-31");
  await stand.axe(page);
  await dialog.getByRole("button", { name: "Accept" }).click();
  await dialog.waitFor({ state: "hidden" });
  const detail = page.getByRole("article", { name: "Setting" });
  await detail.getByText("Meeting rooms need it").waitFor();
  const settings = page.getByRole("treegrid", { name: "Settings" });
  await settings.getByText("accepted").first().waitFor();
  const without = page.getByRole("checkbox", { name: "Without what is accepted" });
  await without.check();
  await settings.getByText("accepted").first().waitFor({ state: "detached" });
  await without.uncheck();
  await settings.getByText("accepted").first().waitFor();
  await page.getByRole("button", { name: "How it is counted" }).click();
  await counts.waitFor();
  assert.deepEqual([await number("Accepted"), await number("Different or missing")], [1, open - 1]);

  await tab(page, "Deviations").click();
  await lines(page, "Deviations").first().getByText("Meeting rooms need it").waitFor();
  await page.getByText(/Not saved yet/).waitFor();
  const filter = page.getByRole("textbox", { name: "Filter" });
  await filter.fill("nobody");
  await page.getByText("Nothing matches").waitFor();
  await filter.fill("ROOMS ada");
  await lines(page, "Deviations").first().getByText("Meeting rooms need it").waitFor();
  await filter.fill("");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const saved = readFileSync(await (await coming).path(), "utf8");
  assert.match(saved, /"owner": "Ada"/);
  await page.getByRole("button", { name: /^Take back/ }).click();
  await page.getByText("Nothing is accepted yet").waitFor();
  const chooser = page.locator("main input[type=file]").first();
  await chooser.setInputFiles({ name: "d.json", mimeType: "application/json", buffer: Buffer.from(saved.replace("2031-05-31", "2020-05-31")) });
  await page.getByText(/1 deviation is over/).waitFor();
  const rows = saved.match(/"setting": "(.*)"/)[1];
  const yaml = `plumbline: deviations\nversion: 1\ndeviations:\n- {setting: "${rows}", reason: Again, owner: Bo}\n`;
  await chooser.setInputFiles({ name: "d.yaml", mimeType: "", buffer: Buffer.from(yaml) });
  await lines(page, "Deviations").nth(1).getByText("Again").click();
  await page.waitForFunction((at) => location.hash === at, where);
  await detail.getByText("Bo, without end").waitFor();
});

journey("severities are opened from a file, and the score says so", { flags: small }, async (stand) => {
  const page = await compared(stand);
  await score(page).waitFor();
  const before = await score(page).innerText();
  await page.getByRole("button", { name: "How it is counted" }).click();
  const file = page.getByText("Open severity rules").locator("input");
  const rules = { plumbline: "severities", version: 1, default: "ignored", rules: [] };
  await file.setInputFiles({ name: "s.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(rules)) });
  await page.getByText("Score –").waitFor();
  await page.getByRole("button", { name: "Built-in severities" }).click();
  await page.getByText(before).waitFor();
  await file.setInputFiles({ name: "s.json", mimeType: "application/json", buffer: Buffer.from("[]") });
  await page.getByText("This file holds no severity rules.").waitFor();
});

journey("who sets each setting of the baseline, for whom; conflicts; what a rule suppressed", { flags: small }, async (stand) => {
  const page = await compared(stand);
  await tab(page, "Coverage").click();
  await lines(page, "Coverage").first().waitFor();
  const all = Number(await page.getByRole("grid", { name: "Coverage" }).getAttribute("aria-rowcount"));
  const picture = await page.getByRole("img", { name: /^All settings: / }).getAttribute("aria-label");
  const sum = [...picture.matchAll(/\d+/g)].reduce((n, [part]) => n + Number(part), 0);
  assert.equal(sum, all - 1, "the picture and the list count the same");
  await page.getByRole("button", { name: /^other value/ }).click();
  await page.waitForFunction(() => location.hash.includes("show=other"));
  await page.waitForFunction((n) => Number(document.querySelector("[role=grid]").getAttribute("aria-rowcount")) < n, all);
  await lines(page, "Coverage").first().click();
  const detail = page.getByRole("article", { name: "Setting" });
  await detail.getByRole("heading", { name: /^Set by/ }).waitFor();
  const address = page.url();
  await page.keyboard.press("Escape");
  await detail.waitFor({ state: "detached" });
  await page.goBack();
  await detail.waitFor();
  assert.equal(page.url(), address);
  await detail.getByRole("link", { name: "In the comparison" }).click();
  await page.waitForFunction(() => /^#\/compare\/\d+$/.test(location.hash));

  await tab(page, "Conflicts").click();
  await page.getByRole("group", { name: "Show" }).getByRole("button", { name: /^never/ }).waitFor();
  await page.getByRole("region", { name: "How many conflicts" }).waitFor();

  await tab(page, "Settings").click();
  await page.getByRole("button", { name: /pairs are the same by a rule/ }).click();
  await page.getByRole("region", { name: "Rules" }).getByRole("link").first().click();
  await page.waitForFunction(() => location.hash.startsWith("#/compare/rule?rule="));
  await page.getByText(/Without this rule these \d+ would differ/).waitFor();
});

journey("of twenty sides only the columns in view are drawn, and none is lost", { flags: small, timeout: 240_000 }, async (stand) => {
  const page = await compared(stand);
  await tab(page, "Many sides").click();
  const matrix = page.getByRole("grid", { name: "Settings by side" });
  await matrix.locator("tbody tr[data-at]").first().waitFor();
  for (let heads = 4; heads <= 21; heads += 1) {
    await page.locator("main input[type=file][webkitdirectory]").setInputFiles(baseline);
    await page.waitForFunction((n) => document.querySelectorAll("[role=grid] th[scope=col]").length === n, heads);
  }
  await page.getByText("No more than twenty sides.").waitFor();
  assert.equal(await matrix.getAttribute("aria-colcount"), "21");

  /** Numbers of the columns that a row draws, whether each stands below its head, and where the first one is. */
  const drawn = (at) => page.evaluate((at) => {
    const row = document.querySelector(`[role=grid] tr[data-at="${at}"]`);
    const cells = [...row.querySelectorAll("[aria-colindex]")];
    const heads = document.querySelectorAll("[role=grid] th[scope=col]");
    const left = (e) => Math.round(e.getBoundingClientRect().left);
    const scroller = document.querySelector(".scroll.table");
    return {
      columns: cells.map((c) => Number(c.ariaColIndex)),
      below: cells.every((c) => left(c) === left(heads[c.ariaColIndex - 1]) && c.innerText.trim() !== ""),
      first: left(cells[0]) - left(scroller),
      seen: [...heads].filter((h) => left(h) < scroller.getBoundingClientRect().right && h.getBoundingClientRect().right > left(scroller)).map((h) => Number(h.ariaColIndex)),
      focus: document.activeElement === row,
    };
  }, at);
  const check = async (at) => {
    const now = await drawn(at);
    assert.equal(now.columns[0], 1);
    assert.ok(now.first <= 1, "the setting's name stays where it is");
    assert.ok(now.below, "each value stands below its side");
    assert.ok(now.columns.length < 14, `${now.columns.length} cells`);
    assert.deepEqual(now.seen.filter((c) => !now.columns.includes(c)), []);
    return now;
  };
  assert.equal((await check(0)).columns.at(-1) < 21, true);
  await page.evaluate(() => (document.querySelector(".scroll.table").scrollLeft = 1e6));
  await matrix.locator('tr[data-at="0"] td[aria-colindex="21"]').waitFor();
  assert.ok(!(await check(0)).columns.includes(2));

  // The cursor moves as before, with the last columns in view.
  await matrix.locator('tr[data-at="0"] td[aria-colindex="21"]').click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await page.waitForFunction(() => document.activeElement?.dataset.at === "1");
  assert.ok((await check(1)).columns.includes(21));
  await stand.axe(page);
  // What is marked and copied is what is seen.
  const marked = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector('[role=grid] tr[data-at="1"]'));
    return String(getSelection()).split("\t").length;
  });
  assert.ok(marked > 3, `${marked} cells`);
  await page.evaluate(() => (document.querySelector(".scroll.table").scrollLeft = 0));
  await matrix.locator('tr[data-at="1"] td[aria-colindex="2"]').waitFor();
  await check(1);
});

journey("many sides, drift, and two policies picked by hand", { flags: small }, async (stand) => {
  const page = await compared(stand);
  await tab(page, "Many sides").click();
  const matrix = page.getByRole("grid", { name: "Settings by side" });
  await matrix.locator("tbody tr[data-at]").first().waitFor();
  assert.equal(await matrix.getByRole("columnheader").count(), 3);
  await page.locator("main input[type=file][webkitdirectory]").setInputFiles(baseline);
  await page.waitForFunction(() => document.querySelectorAll("[role=grid] th[scope=col]").length === 4);
  await page.getByRole("button", { name: /^Remove/ }).click();
  await page.waitForFunction(() => document.querySelectorAll("[role=grid] th[scope=col]").length === 3);

  await tab(page, "Drift").click();
  await lines(page, "Drift").first().waitFor();
  await page.getByRole("region", { name: "What changed" }).waitFor();
  const drift = page.getByRole("grid", { name: "Drift" });
  const all = Number(await drift.getAttribute("aria-rowcount"));
  await page.getByRole("textbox", { name: "Filter" }).fill("bitlocker");
  await page.waitForFunction((n) => Number(document.querySelector("[role=grid]").getAttribute("aria-rowcount")) < n, all);
  await lines(page, "Drift").first().getByText(/BitLocker/).waitFor();

  await rail(page, "Inventory").click();
  const policies = page.getByRole("grid", { name: "Policies" }).locator("tbody tr[data-at]");
  await policies.nth(2).waitFor();
  await policies.nth(0).getByRole("checkbox").click();
  await policies.nth(2).getByRole("checkbox").click();
  await page.getByRole("button", { name: "Compare the two" }).click();
  await page.waitForFunction(() => location.hash.startsWith("#/compare/policies?left=0."));
  await page.getByRole("region", { name: "Right" }).getByRole("button", { name: "Pick another" }).click();
  const find = page.getByRole("textbox", { name: "Find a policy" });
  await find.fill("a");
  await page.getByRole("list", { name: "Policies" }).getByRole("link").first().click();
  await page.getByRole("region", { name: "Right" }).getByRole("button", { name: "Pick another" }).waitFor();
  await page.getByRole("checkbox", { name: "Also what is the same" }).waitFor();
});
