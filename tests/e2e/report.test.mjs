// The HTML report, as whoever gets it opens it: axe in both themes, on a desk and a phone, nothing fetched, nothing run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { journey, root } from "./harness.mjs";
import { heading, rail, small } from "./steps.mjs";

/** The report about this, as text. */
async function written(page, what) {
  await page.getByRole("radio", { name: new RegExp(`^${what}`) }).check();
  const coming = page.waitForEvent("download", { timeout: 60_000 });
  await page.getByRole("button", { name: "Download the report" }).click();
  return readFileSync(await (await coming).path(), "utf8");
}

// A journey for each: these are long documents, and axe looks at every element.
for (const [what, colorScheme] of [["Comparison", "light"], ["Comparison", "dark"], ["Documentation", "light"], ["Documentation", "dark"]]) {
  journey(`${what}: a report opens ${colorScheme}, wide and narrow and on paper, without a script`, { flags: small, timeout: 300_000 }, async (stand) => {
    const page = await stand.open();
    await page.getByRole("button", { name: "Open the demo snapshot" }).click();
    await heading(page, "Overview").waitFor({ timeout: 30_000 });
    await rail(page, "Compare").click();
    await page.locator("main input[type=file][webkitdirectory]").setInputFiles(path.join(root, "tests/data/demo-baseline"));
    await page.getByRole("treegrid", { name: "Settings" }).waitFor({ timeout: 60_000 });
    await rail(page, "Reports").click();
    const body = await written(page, what);
    assert.ok(!/<script|<link|<iframe|javascript:|\son\w+=/i.test(body.replace(/<pre[\s\S]*?<\/pre>/g, "")), "nothing that runs or is fetched");
    await opened(stand, body, what, colorScheme);
  });
}

/** The report in one theme: it fits, asks for nothing, and has no ground on paper. */
async function opened(stand, body, what, colorScheme) {
  const context = await stand.profile({ colorScheme });
  await context.route("**/report.html", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  const report = await context.newPage();
  const asked = [];
  report.on("request", (request) => asked.push(request.url()));
  await report.goto(`${stand.site}/report.html`);
  for (const width of [1440, 390]) {
    await report.setViewportSize({ width, height: 900 });
    // Of the same elements all along: each theme and each width is judged once.
    if (what === "Comparison" && (width === 390) === (colorScheme === "dark")) await stand.axe(report);
    await stand.picture(report, `report-${what}-${colorScheme}-${width}`);
    const over = await report.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${what} scrolls ${over} pixels sideways at ${width}`);
  }
  assert.deepEqual(asked.filter((url) => !url.endsWith("/report.html") && !url.startsWith("data:")), []);
  await report.emulateMedia({ media: "print" });
  const ground = await report.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.match(ground, /rgba\(0, 0, 0, 0\)|rgb\(255, 255, 255\)|oklch\(1 /, `${ground} is printed as ground`);
  await context.close();
}
