// Signing in, staying signed in, being thrown out: what a person sees, and what the tab keeps meanwhile.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { account, kept, outButton, signInButton, small, tokenRequests, words } from "./steps.mjs";

/** Signed in, and the account menu says as whom. */
async function signedIn(page) {
  await page.waitForFunction(() => /Account: rosa/i.test(document.body.innerText), null, { timeout: 60_000 });
}

journey("a reload signs in again by itself, at the same place, three times a minute", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  await signedIn(page);
  assert.equal(await kept(page), '[{},{},""]');
  await page.evaluate(() => (location.hash = "#/trust"));
  // The browser tells of a new address in a task of its own: nobody reloads before it is shown.
  await page.getByRole("heading", { name: "Trust", level: 1 }).waitFor();
  // Where access is evaluated all the time a token lasts for a day: its end is one of tomorrow.
  await page.getByText(/^1, ends \w+ \d+, \d{4}/).waitFor();
  for (let time = 1; time <= 3; time += 1) {
    await page.reload();
    await signedIn(page);
    assert.equal(new URL(page.url()).hash, "#/trust");
    assert.equal(await kept(page), '[{},{},""]');
  }
  const asked = tokenRequests(stand);
  await page.reload();
  await page.getByText("Account and theme").waitFor({ state: "attached" });
  assert.equal(tokenRequests(stand), asked, "the fourth reload in a minute asks nobody");
  const authorize = stand.requests.filter((r) => r.url.includes("/oauth2/v2.0/authorize?"));
  for (const { url } of authorize.slice(1)) {
    const ask = new URL(url).searchParams;
    assert.equal(ask.get("prompt"), "none");
    assert.ok(ask.get("login_hint"));
  }
  // Fresh each time, and nothing that lasts longer than a session is asked for.
  for (const name of ["state", "nonce", "code_challenge"]) {
    const values = new Set(authorize.map(({ url }) => new URL(url).searchParams.get(name)));
    assert.equal(values.size, authorize.length, name);
  }
  assert.ok(authorize.every(({ url }) => !url.includes("offline_access")));
});

journey("a reload that finds nobody at Microsoft shows the start page and asks once", { flags: small }, async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  await signedIn(page);
  await page.context().clearCookies();
  const before = stand.requests.filter((r) => r.url.includes("/authorize")).length;
  await page.reload();
  await signInButton(page).waitFor();
  assert.equal(stand.requests.filter((r) => r.url.includes("/authorize")).length, before + 1);
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.equal(await kept(page), '[{},{},""]');
});

journey("signing out in one tab drops the session in all", { flags: small, timeout: 180_000 }, async (stand) => {
  const context = await stand.profile();
  const [one, two] = [await stand.open("/", { context }), await stand.open("/", { context })];
  await stand.signIn(one);
  await signedIn(one);
  await stand.signIn(two);
  await signedIn(two);
  await account(two).click();
  await outButton(two).click();
  await one.getByRole("heading", { name: /locked|signed out/i }).waitFor();
  assert.ok(!(await words(one)).includes("Harbourline"), "nothing of the tenant is on the screen");
  const asked = tokenRequests(stand);
  await one.reload();
  await one.waitForLoadState("networkidle");
  assert.equal(tokenRequests(stand), asked, "a reload stays out");
});

journey("a revoked token locks, and the next sign-in answers Graph's challenge", { flags: [...small, "--faults", "cae"], expected: [/console: Failed to load resource.*40[01]/], timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  await page.getByText("Microsoft Graph does not accept this session any more").waitFor({ timeout: 60_000 });
  assert.ok(!(await words(page)).includes("Harbourline"));
  await stand.signIn(page);
  const authorize = stand.requests.filter((r) => r.url.includes("/oauth2/v2.0/authorize?")).map(({ url }) => new URL(url).searchParams);
  const claims = JSON.parse(authorize.at(-1).get("claims"));
  assert.deepEqual(claims.access_token.xms_cc, { values: ["cp1"] });
  assert.ok(claims.access_token.nbf ?? claims.access_token.acrs, "the challenge itself is sent");
  assert.equal(JSON.parse(authorize[0].get("claims")).access_token.nbf, undefined);
  await page.getByRole("heading", { name: "Overview" }).waitFor({ timeout: 60_000 });
});

journey("a token that ends while the tenant is read keeps what was read, and one press goes on", { flags: [...small, "--faults", "expiry"], expected: [/console: Failed to load resource.*401/], timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  const over = page.getByRole("alert").filter({ hasText: "Microsoft Graph takes this session for ended." });
  await over.waitFor({ timeout: 60_000 });
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  const unread = page.getByText("The session ended before it was read.").first();
  await unread.waitFor();
  // Which lists came through before the end differs from run to run; that some did does not.
  assert.match(await page.locator("main").innerText(), /(?<![\d,])[1-9]\d* policies, read /, "what was read is on the screen");
  await stand.axe(page);
  await page.getByRole("button", { name: "Sign in again to go on" }).click();
  // Nobody is asked anything: Microsoft knows who it is.
  await signedIn(page);
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor({ timeout: 60_000 });
  assert.equal(await over.count(), 0);
  assert.equal(await unread.count(), 0);
  const again = new URL(stand.requests.filter((r) => r.url.includes("/oauth2/v2.0/authorize?")).at(-1).url).searchParams;
  assert.equal(again.get("prompt"), null);
  assert.ok(again.get("login_hint"));
});

journey("who may not consent gets a letter for an administrator, whose consent opens the way", { flags: [...small, "--ask-consent"], timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await signInButton(page).click();
  await page.getByRole("button", { name: /Hana Okafor/ }).click();
  await page.getByRole("button", { name: /without granting consent/i }).click();
  await page.getByRole("heading", { name: "For your administrator" }).waitFor();
  assert.match(await page.locator("pre").innerText(), /DeviceManagementConfiguration\.Read\.All: Reads/);
  await stand.axe(page);
  const asked = new URL(stand.requests.find((r) => r.url.includes("/oauth2/v2.0/authorize?")).url).searchParams;
  const accept = page.getByRole("link", { name: /accept at Microsoft/ });
  const link = new URL(await accept.getAttribute("href"));
  assert.equal(link.searchParams.get("scope"), asked.get("scope"), "exactly what the sign-in asked for");
  await accept.click();
  await page.getByRole("button", { name: /Ivo Marchetti/ }).click();
  await page.getByText("an administrator answered the request for permissions").waitFor();
  assert.equal(tokenRequests(stand), 0, "the answer opens nothing by itself");
  await signInButton(page).click();
  await page.getByRole("button", { name: /Hana Okafor/ }).click();
  await page.waitForFunction(() => /Account: hana/i.test(document.body.innerText), null, { timeout: 60_000 });
});

journey("a no is explained, and nothing is tried again", { flags: small, expected: [/console: Failed to load resource.*400/] }, async (stand) => {
  const page = await stand.open();
  await signInButton(page).click();
  await page.getByRole("button", { name: /Lou Fischer/ }).click();
  await page.getByText(/return to the application/i).click();
  await page.getByText("A policy of your organization blocks this sign-in.").waitFor();
  assert.equal(tokenRequests(stand), 0);
  assert.equal(await kept(page), '[{},{},""]');
});

journey("a response that this tab did not ask for opens nothing and asks nobody", {}, async (stand) => {
  const page = await stand.open("/#code=stolen&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  await page.getByText("A sign-in response arrived that this tab did not ask for.").waitFor();
  assert.equal(tokenRequests(stand), 0);
  assert.equal(stand.requests.filter((r) => r.url.startsWith(stand.emulator)).length, 0);
});

const OTHERS = [
  ["another cloud", { cloud: "gcc-high", custom: undefined }],
  ["another app registration", { clientId: "7d3cbe8c-0a58-4c55-9d1e-5a5fb21c3a40" }],
];
for (const [what, change] of OTHERS) {
  journey(`an answer to a sign-in at ${what} than the site has by now is not redeemed (case 49)`, {}, async (stand) => {
    const context = await stand.profile();
    const page = await stand.open("/", { context });
    await signInButton(page).click();
    const config = await (await fetch(new URL("config.json", stand.site))).json();
    await context.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify({ ...config, ...change }) }));
    await page.getByRole("button", { name: /Rosa Lindqvist/ }).click();
    await page.getByText("The answer belongs to a sign-in with other settings than the site's present ones.").waitFor();
    assert.equal(tokenRequests(stand), 0, "the code is sent to nobody");
    assert.equal(await kept(page), '[{},{},""]');
  });
}
