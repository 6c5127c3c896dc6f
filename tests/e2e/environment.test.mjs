// The browser around the page: what a hostile or unusual one changes, and what a session leaves in it. The numbers are those of the
// negative cases that `tests/it/promises.rs` lists.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { engineMemory, heap, within } from "./memory.mjs";
import { account, heading, kept, rail, read, signInButton, signOut, small, words } from "./steps.mjs";

journey("a page of another origin that opened it has no hold of it (case 47)", {}, async (stand) => {
  const context = await stand.profile();
  const opener = await context.newPage();
  await opener.route(`${stand.emulator}/opener`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>opener</title>" }));
  await opener.goto(`${stand.emulator}/opener`);
  const coming = context.waitForEvent("page");
  await opener.evaluate((site) => (globalThis.held = window.open(site)), stand.site);
  const page = await coming;
  stand.page = page;
  await stand.engine(page);
  assert.equal(await page.evaluate(() => window.opener), null);
  assert.equal(await opener.evaluate(() => globalThis.held.closed), true, "to its opener the window is gone");
});

journey("a browser that keeps nothing for the tab: a sentence, and nobody is sent away (case 78)", {}, async (stand) => {
  const context = await stand.profile();
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, "sessionStorage", { get() { throw new DOMException("not here", "SecurityError"); } });
  });
  const page = await stand.open("/", { context });
  await stand.engine(page);
  await signInButton(page).click();
  await page.getByText(/does not keep|keeps nothing|cannot keep/i).first().waitFor();
  assert.equal(new URL(page.url()).origin, stand.site);
  assert.ok(!stand.requests.some((r) => r.url.includes("/authorize")), "nobody was asked");
});

journey("a page that the browser brings back as it was starts anew (case 83)", {}, async (stand) => {
  const page = await stand.open();
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  await heading(page, "Overview").waitFor({ timeout: 30_000 });
  const loaded = page.waitForEvent("load");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await loaded;
  await page.getByRole("button", { name: "Open the demo snapshot" }).waitFor();
  assert.equal(await heading(page, "Overview").count(), 0, "nothing of what was open is shown");
  assert.ok(!(await words(page)).includes("Policies by type"));
});

journey("no token is said, stored or within the page's reach, during a session and after it (cases 84 to 86)", { flags: small, timeout: 180_000 }, async (stand) => {
  const context = await stand.profile();
  const said = [];
  context.on("console", (message) => said.push(message.text()));
  const page = await stand.open("/", { context });
  await read(stand, page);
  const issued = await stand.control("issued");
  const tokens = [...issued.access_tokens, ...issued.id_tokens];
  const { codes } = issued;
  assert.deepEqual([tokens.length, codes.length], [2, 1], "the test knows what to look for");
  const secret = [...tokens, ...tokens.map((t) => t.split(".").pop()), ...codes];

  assert.deepEqual(within(await heap(page), secret), [], "in the page's heap while the session is open");
  await rail(page, "Inventory").click();
  await account(page).click();
  await page.getByRole("button", { name: /^sign out/i }).first().click();
  await page.waitForURL((url) => url.origin === stand.emulator || url.hash.length <= 2).catch(() => {});
  await page.goto(stand.site);
  await signInButton(page).waitFor();
  assert.deepEqual(within(await heap(page), secret), [], "in the page's heap after signing out");
  assert.equal(await kept(page), '[{},{},""]');
  assert.deepEqual(within(said.join("\n"), secret), [], "on the console");
});

journey("signing out in another tab leaves no token in this one's engine, neither in its scripts nor in its memory (case 85)", { flags: small, timeout: 180_000 }, async (stand) => {
  const context = await stand.profile();
  const page = await stand.open("/", { context });
  await read(stand, page);
  const issued = await stand.control("issued");
  const secret = [...issued.access_tokens, ...issued.id_tokens, ...issued.codes];
  const open = await engineMemory(page, secret);
  assert.deepEqual(within(open.heap, secret), [], "among the engine's scripts while the session is open");
  // Each request under way has a copy. ID token and code are used up.
  assert.ok(open.copies[0] > 0, "the access token is in the engine, and is found there");
  assert.deepEqual(open.copies.slice(1), [0, 0]);

  const other = await stand.open("/", { context });
  await stand.signIn(other);
  await account(other).waitFor();
  await signOut(other);
  await page.getByRole("heading", { name: /locked|signed out/i }).waitFor();
  const after = await engineMemory(page, secret);
  assert.deepEqual(within(after.heap, secret), [], "among the engine's scripts after signing out");
  assert.deepEqual(after.copies, [0, 0, 0], "in the engine's memory after signing out");
});
