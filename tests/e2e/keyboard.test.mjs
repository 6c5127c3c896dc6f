// The whole way without a mouse: everything that has the focus shows it, and nothing needs more than the keyboard.
import assert from "node:assert/strict";
import path from "node:path";
import { journey, root } from "./harness.mjs";
import { heading, leaving, outButton, rail, small, whole, words } from "./steps.mjs";

const baseline = path.join(root, "tests/data/demo-baseline");

/** What has the focus, and whether a ring is drawn around it or around what stands for it. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const box = (e) => e.getBoundingClientRect();
    const ringed = (e) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(e);
      return outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && box(e).width > 2 && box(e).height > 2;
    };
    // A field inside its frame, a file field inside its label: the frame has the ring.
    const around = element.closest("label, .query, th");
    const ring = ringed(element) || (around !== null && ringed(around));
    const name = element.getAttribute("aria-label") ?? element.closest("label")?.innerText ?? element.innerText ?? "";
    return { what: `${element.tagName.toLowerCase()} ${element.id} "${name.trim().slice(0, 60)}"`, ring, body: element === document.body };
  });
}

/** Presses Tab (or Shift+Tab) until the locator has the focus. Every stop on the way shows that it has it. */
async function tabTo(page, target, key = "Tab") {
  const stops = [];
  for (let n = 0; n < 60; n += 1) {
    if (await target.evaluate((e) => e === document.activeElement).catch(() => false)) return stops;
    await page.keyboard.press(key);
    const stop = await focused(page);
    // Between the last stop and the first the browser's own frame has the focus.
    if (!stop.body) assert.ok(stop.ring, `no focus ring on ${stop.what}`);
    stops.push(stop.what);
  }
  return assert.fail(`${key} never comes to ${target}:\n  ${stops.join("\n  ")}`);
}

async function tabAndPress(page, target, key = "Enter") {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

journey("the whole way by keyboard alone, the focus always to be seen", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
  await tabAndPress(page, page.getByRole("button", { name: "Sign in with Microsoft" }));
  await page.waitForURL((url) => url.origin === stand.emulator);
  await page.getByRole("button", { name: /Rosa Lindqvist/ }).press("Enter");
  await whole(page);

  // From the top: past the top bar to the rail.
  await tabTo(page, page.getByRole("button", { name: "Skip to content" }), "Shift+Tab");
  await tabAndPress(page, rail(page, "Inventory"));
  const grid = page.getByRole("grid", { name: "Policies" });
  const at = (n) => grid.locator(`tbody tr[data-at="${n}"]`);
  await at(0).waitFor();
  await tabTo(page, at(0));
  for (const key of ["ArrowDown", "ArrowDown", "j", "k"]) await page.keyboard.press(key);
  const hasFocus = async (row, what) => {
    await page.waitForFunction((e) => e === document.activeElement, await row.elementHandle(), { timeout: 5_000 })
      .catch(async () => assert.fail(`${what}: ${(await focused(page)).what} has the focus`));
    assert.ok((await focused(page)).ring, `a ring on ${what}`);
  };
  await hasFocus(at(2), "the third row");
  const last = Number(await grid.getAttribute("aria-rowcount")) - 2;
  await page.keyboard.press("/");
  const filter = page.getByRole("combobox", { name: "Filter policies" });
  await hasFocus(filter, "the filter");
  await page.keyboard.type("platform:windows");
  await page.keyboard.press("Escape");
  await page.waitForFunction((n) => Number(document.querySelector("[role=grid]").getAttribute("aria-rowcount")) - 2 < n, last);
  await tabTo(page, at(0));
  await page.keyboard.press("j");
  await hasFocus(at(1), "the second row of the filtered list");
  const name = await at(1).getByRole("link").first().innerText();
  await page.keyboard.press("o");
  const policy = page.getByRole("article", { name: "Policy" });
  await policy.getByRole("heading", { level: 2, name }).waitFor();
  await stand.picture(page, "keyboard policy");
  assert.equal(await at(1).getAttribute("aria-current"), "true", "the list marks what is open beside it");
  await tabTo(page, policy.getByRole("button", { name: /^Settings/ }).first());
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await policy.waitFor({ state: "detached" });
  await hasFocus(at(1), "the row that was open");

  // Compare: the browser's own dialog is opened by the focused button.
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /Search pages/ }).waitFor();
  await page.keyboard.type("compare");
  await page.getByRole("option", { name: /Compare/ }).first().waitFor();
  await page.keyboard.press("Enter");
  await heading(page, "Compare").waitFor();
  await tabTo(page, page.locator("main input[type=file][webkitdirectory]"));
  const choosing = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await choosing).setFiles(baseline);
  const settings = page.getByRole("treegrid", { name: "Settings" });
  await settings.waitFor({ timeout: 60_000 });
  await settings.locator("tbody tr[data-at]").nth(3).waitFor();
  for (const key of ["j", "j", "k", "j"]) await page.keyboard.press(key);
  const line = await page.waitForFunction(() => document.activeElement.closest("tr[data-at]")?.dataset.at).then((h) => h.jsonValue());
  assert.equal(line, "2");
  assert.ok((await focused(page)).ring, "a ring on the line");
  await page.keyboard.press("o");
  await page.waitForFunction(() => /^#\/compare\/\d+$/.test(location.hash));
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => location.hash === "#/compare");

  // Reports: download.
  await tabAndPress(page, page.getByRole("toolbar", { name: "Comparison" }).getByRole("link", { name: "Report" }));
  await heading(page, "Reports").waitFor();
  // Of a group of radio buttons only the chosen one is a stop.
  await tabTo(page, page.getByRole("radio", { name: /^HTML/ }));
  const markdown = page.getByRole("radio", { name: /^Markdown/ });
  for (let n = 0; n < 6 && !(await markdown.isChecked()); n += 1) await page.keyboard.press("ArrowDown");
  assert.ok(await markdown.isChecked());
  await tabTo(page, page.getByRole("button", { name: "Download the report" }));
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  assert.match((await coming).suggestedFilename(), /\.md$/);

  // Out.
  await tabTo(page, page.locator("summary[title^='Account']"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await leaving(page, () => tabAndPress(page, outButton(page)));
  assert.ok(!(await words(page)).includes("Harbourline"));
});
