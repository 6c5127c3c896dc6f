// The list of everything as people use it: words found in settings and values, order, columns, menus, addresses that can be sent.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { heading, rail, small } from "./steps.mjs";

const grid = (page) => page.getByRole("grid", { name: "Policies" });
const rows = (page) => grid(page).locator("tbody tr[data-at]");
const names = (page) => rows(page).locator(".c-name a").allInnerTexts();
const heads = async (page) => (await grid(page).locator("thead th:not(.c-sel)").allInnerTexts()).map((text) => text.trim());

/** The list of the demo snapshot at an address: opened from the page that says that nothing is open. */
async function list(stand, where = "#/inventory") {
  const page = await stand.open(`/${where}`);
  await page.getByText("Nothing is open yet").waitFor();
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  await heading(page, "Inventory").waitFor({ timeout: 30_000 });
  await rows(page).first().waitFor();
  return page;
}

/** Rows that match, as the list says it. */
async function matching(page, query) {
  await page.locator("#query").fill(query);
  await page.waitForFunction((q) => decodeURIComponent(location.hash).includes(q), query);
  await page.waitForFunction(() => !document.querySelector("[role=grid] .waits"));
  return Number(await grid(page).getAttribute("aria-rowcount")) - 1;
}

journey("words are found in names, settings and values, while they are typed", { flags: small }, async (stand) => {
  const page = await list(stand);
  const all = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
  for (const [query, where] of [["bitlocker", "a name"], ['setting:"archive scanning"', "a setting's name"], ["C:\\CraneView", "a value"]]) {
    const found = await matching(page, query);
    assert.ok(found > 0 && found < all / 2, `${where}: ${found} of ${all} for ${query}`);
  }
  const before = performance.now();
  await page.locator("#query").fill("archive scanning");
  await page.waitForFunction(() => [...document.querySelectorAll("[role=grid] .matched")].some((e) => /archive/i.test(e.innerText)));
  assert.ok(performance.now() - before < 2_000, "found at once, with what matched beside the name");
});

journey("order, columns and menus of the list, and an address that opens the same again", { flags: small }, async (stand) => {
  const page = await list(stand);
  const sort = grid(page).getByRole("button", { name: "Name" });
  const other = async (name) => {
    await page.waitForFunction((old) => document.querySelector("[role=grid] tbody .c-name a").innerText !== old, name);
    return (await names(page))[0];
  };
  const first = (await names(page))[0];
  await sort.click();
  const last = await other(first);
  assert.match(page.url(), /sort=-name/);
  assert.equal(await grid(page).locator("thead th.c-name").getAttribute("aria-sort"), "descending");
  await sort.click();
  assert.equal(await other(last), first);

  await page.locator("summary", { hasText: "Columns" }).click();
  await page.getByRole("checkbox", { name: "Type" }).uncheck();
  // Past the hidden one and the next at once; there is none beyond.
  await page.getByRole("button", { name: "Move Platform to the left" }).click();
  assert.equal(await page.getByRole("button", { name: "Move Platform to the left" }).count(), 0);
  await page.keyboard.press("Escape");
  assert.deepEqual(await heads(page), ["Name", "Platform", "Assigned", "Settings", "Scope tags", "Modified"]);

  // Pressing a menu writes its word, and the choices complete it.
  await page.getByRole("button", { name: "Platform", exact: true }).first().click();
  await page.getByRole("option", { name: /macos/i }).first().click();
  await page.waitForFunction(() => /platform:macos/i.test(decodeURIComponent(location.hash)));
  await page.waitForFunction(() => [...document.querySelectorAll("[role=grid] tbody .c-plat")].every((e) => /macOS/.test(e.innerText)));
  await rows(page).nth(1).getByRole("link").first().click();
  const policy = page.getByRole("article", { name: "Policy" });
  await policy.getByRole("heading", { level: 2 }).waitFor();
  const name = await policy.getByRole("heading", { level: 2 }).innerText();
  const address = new URL(page.url()).hash;
  assert.ok(!address.includes(encodeURIComponent(name)), "an address has ids, no data");

  const again = await list(stand, address);
  await again.getByRole("article", { name: "Policy" }).getByRole("heading", { level: 2, name }).waitFor();
  assert.match(await again.locator("#query").inputValue(), /platform:macos/i);
  assert.deepEqual(await names(again), await names(page));
});

journey("a policy of ten thousand settings is shown to its last one, step by step", { flags: small }, async (stand) => {
  const setting = (n) => ({ settingInstance: { settingDefinitionId: `vendor_area_s${n}`, simpleSettingValue: { value: `value ${n}` } } });
  const policy = { id: "1", name: "Large", platforms: "windows10", technologies: "mdm", settings: Array.from({ length: 10_000 }, (_, n) => setting(n)) };
  const page = await stand.open();
  await page.locator("main input[type=file]:not([webkitdirectory])").first().setInputFiles({ name: "large.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(policy)) });
  await heading(page, "Overview").waitFor({ timeout: 60_000 });
  await rail(page, "Inventory").click();
  await heading(page, "Inventory").waitFor();
  await rows(page).first().getByRole("link").first().click();
  const pane = page.getByRole("article", { name: "Policy" });
  await pane.getByText("1,500 of 10,000 settings are shown.").waitFor();
  const more = pane.getByRole("button", { name: "Show more" });
  for (let shown = 3_000; shown < 10_000; shown += 1_500) {
    await more.click();
    await pane.getByText(`${shown.toLocaleString("en")} of 10,000 settings are shown.`).waitFor();
  }
  await more.click();
  await more.waitFor({ state: "detached" });
  assert.equal(await pane.locator(".tree li > div").count(), 10_000);
  assert.ok(await pane.getByText("value 9999", { exact: true }).isVisible());
});
