// The sign-in against an identity provider that is not ours: it judges what the site asks, and the site judges what it issues.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { ProviderStand } from "./provider.mjs";
import { heading, kept, read, signInButton, small, tokenRequests, whole } from "./steps.mjs";

const stand = ProviderStand;

journey("a certified OpenID provider signs in, the tenant is read, and a reload asks nobody", { stand, flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await read(stand, page);
  assert.equal(new URL(page.url()).search, "");
  assert.ok(!page.url().includes("code="));
  assert.equal(await kept(page), '[{},{},""]');
  await page.reload();
  await whole(page);
  const asked = stand.requests.filter(({ url }) => url.includes("/oauth2/v2.0/authorize?")).map(({ url }) => new URL(url).searchParams);
  assert.deepEqual(asked.map((ask) => ask.get("prompt")), ["select_account", "none"]);
  assert.ok(asked.every((ask) => ask.get("code_challenge_method") === "S256" && ask.get("nonce")));
  assert.equal(tokenRequests(stand) % 2, 0);
  assert.deepEqual(stand.complaints, [], "the provider found nothing wrong");
});

journey("a certified OpenID provider says no: its words are text, and no code is redeemed", { stand, flags: small }, async (stand) => {
  const page = await stand.open();
  await signInButton(page).click();
  await page.getByRole("button", { name: "No" }).click();
  await page.waitForURL((url) => url.origin === stand.site);
  await page.getByRole("alert").first().waitFor();
  assert.equal(await page.locator("img[src=x]").count(), 0);
  assert.equal(tokenRequests(stand), 0);
  assert.equal(await kept(page), '[{},{},""]');
});

/** An ID token with one part replaced by what `change` makes of it. */
const changed = (at, change) => (body) => {
  const parts = body.id_token.split(".");
  parts[at] = change(parts[at]);
  body.id_token = parts.join(".");
};
const inside = (change) => (part) => Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(part, "base64url"))))).toString("base64url");
const SPOILED = [
  ["one bit of the signature", changed(2, (part) => part.slice(0, 9) + (part[9] === "A" ? "B" : "A") + part.slice(10))],
  ["a name that was changed after signing", changed(1, inside((claims) => ({ ...claims, name: "Somebody Else" })))],
  ["no algorithm", changed(0, inside((header) => ({ ...header, alg: "none" })))],
  ["a key that is not published", changed(0, inside((header) => ({ ...header, kid: "provider-2" })))],
  ["another tenant's issuer", changed(1, inside((claims) => ({ ...claims, iss: claims.iss.replace("7c1d", "7c1e") })))],
];

journey("a certified OpenID provider's tokens, each spoiled in one place, open nothing", { stand, flags: small, timeout: 180_000 }, async (stand) => {
  for (const [what, spoil] of SPOILED) {
    stand.spoil = spoil;
    const page = await stand.open();
    await stand.signIn(page);
    await page.getByRole("alert").first().waitFor();
    assert.equal(await heading(page, "Overview").count(), 0, what);
    assert.equal(await stand.control("exchanges"), "", `${what}: Graph was not asked`);
    await page.context().close();
  }
  stand.spoil = () => {};
  await read(stand, await stand.open());
});
