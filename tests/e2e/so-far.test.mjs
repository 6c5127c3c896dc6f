// A long first read, in which Graph's budgets make it wait: what is whole can be used before the rest is.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { assertNothingLost, heading, overview, rail, whole } from "./steps.mjs";

const slow = ["--policies", "900", "--devices", "50", "--groups", "20", "--users", "50", "--latency", "200"];

/** The number before a word in a text. */
const number = (text, word) => Number(text.match(new RegExp(`([\\d,]+)[^\\d]*${word}`))[1].replaceAll(",", ""));

journey("what has been read is listed, searched and opened while the rest is still being read", { flags: slow, timeout: 240_000 }, async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  const strip = page.getByRole("region", { name: "Opening the tenant" });
  await strip.waitFor({ timeout: 60_000 });
  await heading(page, "Overview").waitFor();
  await page.getByText(/\d+ policies so far/).waitFor();
  await page.getByText("reading", { exact: true }).first().waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused. Nothing is sent.").waitFor();
  await stand.axe(page);
  await stand.picture(page, "so-far-overview");

  await rail(page, "Inventory").click();
  const rows = page.getByRole("grid", { name: "Policies" }).locator("tbody tr[data-at]");
  await rows.first().waitFor();
  await strip.waitFor();
  const title = page.getByRole("status").filter({ hasText: /of [\d,]+ policies/ }).first();
  const early = number(await title.innerText(), "policies");
  assert.ok(early > 0);
  await stand.axe(page);
  await stand.picture(page, "so-far-inventory");

  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator("#query").fill("platform:windows");
  await rows.first().getByRole("link").first().click();
  const policy = page.getByRole("article", { name: "Policy" });
  await policy.getByRole("heading", { name: "Settings" }).waitFor();
  const name = await policy.getByRole("heading", { level: 2 }).first().innerText();

  // A sign that is drawn for the first time without a connection is drawn.
  await page.context().setOffline(true);
  const offline = page.locator(".top .badge.warn svg use");
  await offline.waitFor({ state: "attached" });
  assert.ok(await offline.evaluate((use) => use.getBoundingClientRect().width) > 0, "the icon of “No connection”");
  await page.context().setOffline(false);

  // It goes on by itself to the end, and the place stays.
  await strip.waitFor({ state: "detached", timeout: 120_000 });
  await page.waitForFunction(() => !/so far/.test(document.querySelector("main .title")?.innerText ?? "so far"));
  assert.equal(await policy.getByRole("heading", { level: 2 }).first().innerText(), name, "the policy that is open stays open");
  await page.locator("#query").fill("");
  await page.waitForFunction((early) => Number(document.querySelector("main .title").innerText.match(/of ([\d,]+) policies/)?.[1].replaceAll(",", "")) > early, early);

  // The same as a read that nobody looked at.
  await rail(page, "Overview").click();
  await heading(page, "Overview").waitFor();
  const seen = await overview(page);
  const other = await stand.open();
  await stand.signIn(other);
  await whole(other, 120_000);
  assertNothingLost(seen, await overview(other));
});

journey("what is opened while a tenant is read stays: the read whose place it took ends, and does not come back", { flags: slow, timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  await page.getByRole("region", { name: "Opening the tenant" }).waitFor({ timeout: 60_000 });
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  const demo = page.locator(".top").getByText("demo", { exact: true });
  await demo.waitFor({ timeout: 30_000 });
  await whole(page);
  assert.equal(await page.getByText("so far").count(), 0, "the demo is whole");
  // What was under way may still be answered; nothing more is asked.
  await page.waitForTimeout(2_000);
  const asked = (await stand.control("requests")).length;
  await page.waitForTimeout(6_000);
  assert.equal((await stand.control("requests")).length, asked, "nobody reads any more");
  assert.ok(await demo.isVisible(), "the demo is still what is open");
});
