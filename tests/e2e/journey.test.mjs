// The whole way, as an administrator goes it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { journey, root } from "./harness.mjs";
import { kept, rail, read, signOut } from "./steps.mjs";

const baseline = path.join(root, "tests/data/demo-baseline");
const small = ["--policies", "120", "--devices", "200", "--groups", "60", "--users", "200"];

journey("from the start page to a report, and out", { flags: small, timeout: 240_000 }, async (stand) => {
  const page = await stand.open();
  await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
  await stand.axe(page);
  await stand.picture(page, "start");
  await read(stand, page);
  await stand.axe(page);
  await stand.picture(page, "overview");

  await rail(page, "Inventory").click();
  const rows = page.getByRole("row");
  await rows.nth(1).waitFor();
  const total = (await page.getByRole("status").first().innerText()).match(/of ([\d,.\s]+) policies/)[1].replace(/\D/g, "");
  assert.ok(Number(total) >= 120, `${total} policies`);
  await stand.axe(page);
  await stand.picture(page, "inventory");

  await rows.nth(1).getByRole("link").first().click();
  const policy = page.getByRole("article", { name: "Policy" });
  await policy.getByRole("heading", { name: "Assignments" }).waitFor();
  await stand.axe(page);
  await stand.picture(page, "policy");

  await rail(page, "Compare").click();
  await page.locator("main input[type=file][webkitdirectory]").setInputFiles(baseline);
  await page.getByRole("treegrid", { name: "Settings" }).or(page.getByRole("grid", { name: "Settings" })).waitFor({ timeout: 60_000 });
  await stand.axe(page);
  await stand.picture(page, "compare");

  await rail(page, "Reports").click();
  await stand.axe(page);
  await stand.picture(page, "reports");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the report" }).click();
  const download = await coming;
  const report = readFileSync(await download.path(), "utf8");
  assert.match(download.suggestedFilename(), /\.html$/);
  assert.ok(report.includes("Quayside"), "the report names the baseline");
  assert.ok(!/<script/i.test(report), "a report has no script");

  await signOut(page);
  assert.ok(!/eyJ/.test(await kept(page)), "no token is kept");
});

journey("nothing of a session is on the disk, and no token is on the page", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await read(stand, page);
  const left = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    cookies: document.cookie,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  const text = JSON.stringify(left);
  assert.deepEqual([left.databases, left.caches, left.cookies, left.workers], [[], [], "", 0]);
  for (const word of ["eyJ", "verifier", "nonce", "access_token"]) assert.ok(!text.includes(word), `${word} in ${text}`);
  assert.ok(!page.url().includes("code="));
});

for (const scheme of ["light", "dark"]) {
  journey(`the start page and the trust page in ${scheme}, at 320 pixels`, { flags: small }, async (stand) => {
    const page = await stand.open("/", { colorScheme: scheme, viewport: { width: 320, height: 640 } });
    await page.getByRole("button", { name: "Sign in with Microsoft" }).waitFor();
    await stand.axe(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, "nothing is cut off or scrolls sideways");
    await stand.picture(page, `start-320-${scheme}`);
    await page.goto(`${stand.site}/#/trust`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await stand.axe(page);
    await stand.picture(page, `trust-320-${scheme}`);
  });
}

journey("the demo snapshot opens without any sign-in", { flags: small }, async (stand) => {
  const page = await stand.open();
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor({ timeout: 30_000 });
  await rail(page, "Inventory").click();
  await page.getByRole("row").nth(1).waitFor();
  await stand.axe(page);
  assert.ok(!stand.requests.some(({ url }) => url.startsWith(stand.emulator)), "nobody was asked for anything");
});

const broken = { flags: [...small, "--faults", "forbidden"], expected: [/status of 403/], timeout: 180_000 };
journey("what could not be read is said, with the reason, and the rest is there", broken, async (stand) => {
  const page = await stand.open();
  await read(stand, page);
  await page.getByText(/types could not be read whole/).first().waitFor();
  await stand.axe(page);
  await stand.picture(page, "overview-forbidden");
  await rail(page, "Inventory").click();
  await page.getByRole("row").nth(1).waitFor();
});
