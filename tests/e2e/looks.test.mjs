// What a screen looks like beyond what axe judges: policies of every shape, long names, wide and narrow rooms, the system's own colours.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { heading, rail, read, small } from "./steps.mjs";

/** Kinds of policy whose settings come each in a shape of its own, and a name of a setting that its definition gives. */
const SHAPES = ["settingsCatalog", "administrativeTemplates", "endpointSecurityIntents", "reusableSettings", "inventoryPolicies", "conditionalAccess", "remediations"];

const to = (page, hash) => page.evaluate((h) => (location.hash = h), hash);

for (const scheme of ["light", "dark"]) {
  journey(`a policy of every shape shows its settings by name in ${scheme}`, { flags: small, timeout: 240_000 }, async (stand) => {
    const page = await stand.open("/", { colorScheme: scheme });
    await read(stand, page);
    const policy = page.getByRole("article", { name: "Policy" });
    for (const shape of SHAPES) {
      await to(page, `#/inventory?q=type%3D${shape}%20sort:settings`);
      await page.waitForFunction((s) => decodeURIComponent(location.hash).includes(s), shape);
      const row = page.getByRole("grid", { name: "Policies" }).locator("tbody tr[data-at]").last();
      await row.getByRole("link").first().click();
      await policy.getByRole("heading", { name: /^Settings/ }).waitFor();
      await policy.locator(".tree li").first().waitFor();
      await stand.axe(page);
      await stand.picture(page, `policy-${shape}-${scheme}`);
      const names = await policy.locator(".tree li > div:not(.full) > span:first-child").allInnerTexts();
      const raw = names.filter((name) => /^(device|user)_(vendor|vendor_msft)|^[0-9a-f]{8}-[0-9a-f]{4}|--/.test(name));
      assert.deepEqual(raw, [], `${shape}: settings shown by their ids`);
      await page.setViewportSize({ width: 390, height: 844 });
      await stand.axe(page);
      await stand.picture(page, `policy-${shape}-${scheme}-390`);
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.keyboard.press("Escape");
    }
  });
}

journey("a cell does not move under the focus, however long its name is", { flags: small }, async (stand) => {
  const page = await stand.open();
  await read(stand, page);
  await rail(page, "Inventory").click();
  const grid = page.getByRole("grid", { name: "Policies" });
  await grid.locator("tbody tr[data-at]").first().waitFor();
  const moved = await grid.evaluate((table) => {
    const cells = [...table.querySelectorAll("tbody .c-name")];
    // Wider than the cell, in one word and in many.
    cells[0].querySelector("a").prepend("n".repeat(300));
    cells[1].querySelector("a").prepend("name ".repeat(80));
    for (const cell of cells) {
      cell.querySelector("a").focus();
      cell.querySelector("a").scrollIntoView({ inline: "end" });
      cell.scrollLeft = 50;
    }
    return cells.filter((cell) => cell.scrollLeft !== 0).length;
  });
  assert.equal(moved, 0, "cells that scrolled");
});

journey("the reports page uses the width that it has", { flags: small }, async (stand) => {
  const page = await stand.open();
  await read(stand, page);
  await rail(page, "Reports").click();
  await heading(page, "Reports").waitFor();
  const { room, used } = await page.evaluate(() => {
    const main = document.querySelector("main");
    const { paddingRight } = getComputedStyle(main);
    const right = (e) => e.getBoundingClientRect().right;
    return { room: right(main) - parseFloat(paddingRight), used: Math.max(...[...main.querySelectorAll(".sheet")].map(right)) };
  });
  assert.ok(room - used < 8, `${room - used} pixels are empty`);
  await stand.picture(page, "reports-1440");
});
