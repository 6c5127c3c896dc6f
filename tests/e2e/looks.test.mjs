// What a screen looks like beyond what axe judges: policies of every shape, long names, wide and narrow rooms, the system's own colours.
import assert from "node:assert/strict";
import path from "node:path";
import { journey, root } from "./harness.mjs";
import { heading, rail, read, small, to } from "./steps.mjs";

/** Kinds of policy whose settings come each in a shape of its own, and a name of a setting that its definition gives. */
const SHAPES = ["settingsCatalog", "administrativeTemplates", "endpointSecurityIntents", "reusableSettings", "inventoryPolicies", "conditionalAccess", "remediations"];

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
      if (shape === "settingsCatalog") {
        await policy.getByRole("button", { name: "Descriptions and ids" }).click();
        const told = await policy.locator(".tree .soft.full").first().innerText();
        assert.ok(told.length > 10, "what a setting does can be read without a mouse");
        await stand.axe(page);
      }
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

/** The demo snapshot, opened. */
async function demo(stand, options) {
  const page = await stand.open("/", options);
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  await heading(page, "Overview").waitFor();
  await page.getByRole("table").first().waitFor();
  return page;
}

/** The demo snapshot compared with the baseline of the tests. */
async function compare(page) {
  await to(page, "#/compare");
  await heading(page, "Compare").waitFor();
  await page.locator("main input[type=file][webkitdirectory]").setInputFiles(path.join(root, "tests/data/demo-baseline"));
  await page.getByRole("treegrid", { name: "Settings" }).locator("tbody tr[data-at]").first().waitFor({ timeout: 60_000 });
}

journey("heads that are only read aloud take no room", { flags: small }, async (stand) => {
  const page = await demo(stand);
  for (const hash of ["#/overview", "#/trust"]) {
    await to(page, hash);
    await page.locator("thead.vh").first().waitFor({ state: "attached" });
    const gaps = await page.evaluate(() => [...document.querySelectorAll("thead.vh")].map(({ parentElement: table }) => {
      const top = (e) => e.getBoundingClientRect().top;
      return table.checkVisibility() ? top(table.querySelector("tbody")) - top(table) : 0;
    }));
    assert.ok(gaps.every((gap) => gap < 4), `${hash}: ${gaps.join(", ")} pixels above the first row`);
  }
});

journey("at 400 % zoom a page scrolls as one, downwards only, and nothing covers what it shows", { flags: small, timeout: 240_000 }, async (stand) => {
  const page = await demo(stand, { viewport: { width: 320, height: 225 }, deviceScaleFactor: 4 });
  const sideways = async (name) => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${name} scrolls ${over} pixels sideways`);
    await stand.picture(page, `zoom-${name}`);
  };
  const shows = async (row, name) => {
    await row.scrollIntoViewIfNeeded();
    const seen = await row.evaluate((e) => {
      e.scrollIntoView({ block: "center" });
      const { left, top, width, height } = e.getBoundingClientRect();
      const at = document.elementFromPoint(left + Math.min(width, innerWidth) / 2, top + height / 2);
      const main = document.querySelector("main");
      return { covered: !e.contains(at), own: main.scrollHeight - main.clientHeight > 1 && getComputedStyle(main).overflowY !== "visible" };
    });
    assert.ok(!seen.covered, `${name}: something covers a row`);
    assert.ok(!seen.own, `${name}: the content scrolls in a slit of its own`);
  };
  await sideways("overview");
  await to(page, "#/inventory");
  const rows = page.getByRole("grid", { name: "Policies" }).locator("tbody tr[data-at]");
  await rows.first().waitFor();
  await sideways("inventory");
  await shows(rows.nth(1), "inventory");
  await rows.nth(1).getByRole("link").first().click();
  await page.getByRole("article", { name: "Policy" }).getByRole("heading", { name: "Assignments" }).waitFor();
  await sideways("policy");
  await compare(page);
  await sideways("compare");
  await shows(page.getByRole("treegrid", { name: "Settings" }).locator("tbody tr[data-at]").nth(1), "compare");
  for (const name of ["reports", "trust"]) {
    await to(page, `#/${name}`);
    await heading(page, new RegExp(name, "i")).waitFor();
    await sideways(name);
  }
});

for (const scheme of ["light", "dark"]) {
  journey(`the system's own colours say the same, ${scheme}`, { flags: small, timeout: 240_000 }, async (stand) => {
    const page = await demo(stand, { colorScheme: scheme, forcedColors: "active" });
    const outline = (locator) => locator.evaluate((e) => getComputedStyle(e).outlineStyle);
    assert.notEqual(await outline(rail(page, "Overview")), "none", "the page that is shown is marked");
    await stand.axe(page);
    await stand.picture(page, `forced-overview-${scheme}`);
    await compare(page);
    const fills = await page.evaluate(() => [...document.querySelectorAll(".gauge .bar rect")].map((e) => `${getComputedStyle(e).fill} ${getComputedStyle(e).stroke}`));
    assert.ok(new Set(fills).size > 1, `parts of the bar cannot be told apart: ${fills}`);
    const pressed = page.locator("[aria-pressed=true]").first();
    assert.notEqual(await outline(pressed), "none", "what is pressed is marked");
    await stand.axe(page);
    await stand.picture(page, `forced-compare-${scheme}`);
  });
}
