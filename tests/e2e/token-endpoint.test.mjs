// What stands between the browser and the token endpoint can answer anything: no session, nothing sent on, plain words.
// Cases 52 (a redirect to another host), 53 (no JSON, no end), 63 (no CORS: the redirect URI is not of the SPA platform) and
// 64 (a renewal that brings another person).
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { heading, kept, read, signInButton, small, words } from "./steps.mjs";

const noSuccess = /console: (Failed to load resource|Access to fetch at .*token)/;

/** Signs in with the token endpoint answering as given; what is shown is a page with a way out, and nothing else happened. */
async function refused(stand, answer, text) {
  const page = await stand.open();
  await page.context().route("**/oauth2/v2.0/token", answer);
  await stand.signIn(page);
  await page.getByRole("alert").first().waitFor();
  await page.getByText(text).first().waitFor();
  await signInButton(page).waitFor();
  await stand.axe(page);
  assert.equal(await stand.control("exchanges"), "", "Graph was not asked");
  assert.equal(await kept(page), '[{},{},""]');
  return page;
}

for (const status of [302, 307, 308]) {
  const options = { flags: small, expected: [noSuccess, /request to https:\/\/foreign\.example/] };
  journey(`the token endpoint redirects to another host (${status}): the code is not sent there`, options, async (stand) => {
    await refused(stand, (route) => route.fulfill({
      status,
      headers: { location: "https://foreign.example/token", "access-control-allow-origin": stand.site },
    }), /could not be reached/i);
    const there = stand.requests.filter((r) => r.url.startsWith("https://foreign.example") && !r.blocked);
    assert.deepEqual(there, [], "nothing goes to another host");
  });
}

const CORS = (stand) => ({ "access-control-allow-origin": stand.site });
const NONSENSE = [
  ["a page instead of JSON", (stand) => ({ status: 200, headers: CORS(stand), contentType: "text/html", body: "<b>Sign in to the hotel's network</b>" })],
  ["JSON without an end", (stand) => ({ status: 200, headers: CORS(stand), contentType: "application/json", body: '{"token_type":"Bearer","access_token":"' })],
  ["ten megabytes", (stand) => ({ status: 200, headers: CORS(stand), contentType: "application/json", body: " ".repeat(10_000_000) })],
];
for (const [what, answer] of NONSENSE) {
  journey(`the token endpoint answers ${what}`, { flags: small, expected: [noSuccess] }, async (stand) => {
    const page = await refused(stand, (route) => route.fulfill(answer(stand)), /login service/i);
    assert.equal(await page.getByText("hotel").count(), 0, "nothing of the answer is shown");
  });
}

journey("the token endpoint sends no CORS headers: the page says what its host has to set up", { flags: small, expected: [noSuccess] }, async (stand) => {
  await refused(stand, (route) => route.fulfill({
    status: 400,
    contentType: "application/json",
    headers: {},
    body: '{"error":"invalid_request","error_description":"AADSTS9002326: Cross-origin token redemption is permitted only for the \'Single-Page Application\' client-type."}',
  }), /single-page application/i);
});

journey("a reload that nobody was asked about brings another person: no session, and nothing of theirs is read", { flags: small }, async (stand) => {
  const context = await stand.profile();
  const page = await stand.open("/", { context });
  await read(stand, page);
  const other = await stand.open("/", { context });
  await stand.signIn(other, "Ivo Marchetti");
  await heading(other, "Overview").waitFor({ timeout: 60_000 });
  await other.close();
  const asked = async () => (await stand.control("requests")).length;
  const before = await asked();
  // As if the login service took the hint for somebody else.
  await context.route("**/oauth2/v2.0/authorize?**", (route) => {
    const url = new URL(route.request().url());
    assert.equal(url.searchParams.get("prompt"), "none");
    assert.ok(!/ /.test(url.searchParams.get("login_hint")), "the hint alone is sent");
    url.searchParams.set("login_hint", "ivo.marchetti@harbourline.example");
    return route.fulfill({ status: 302, headers: { location: url.href } });
  }, { times: 1 });
  await page.reload();
  await page.getByText("A different person or tenant signed in than before.").waitFor();
  assert.equal(await asked(), before, "Graph was not asked");
  assert.ok(!(await words(page)).includes("Harbourline"));
  assert.equal(await kept(page), '[{},{},""]');
});
