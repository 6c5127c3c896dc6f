// The production site under Microsoft's own host names: exactly these hosts, exactly this policy, and the token at one of them only.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { CLOUDS, FOREIGN, GRAPH, LOGIN, MicrosoftStand, noCertificate, PLAIN, SITE } from "./microsoft.mjs";
import { heading, kept, read, signInButton, signOut, small, usable } from "./steps.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; script-src-attr 'none'; style-src 'self'; img-src 'self' data:; "
  + "font-src 'self'; connect-src 'self' https://login.microsoftonline.com https://graph.microsoft.com; worker-src blob:; manifest-src 'self'; "
  + "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types plumbline-engine; frame-ancestors 'none'";

const earnest = { stand: MicrosoftStand, skip: noCertificate, flags: small };

journey("the production site talks to its own host and to Microsoft's two, and to no other", { ...earnest, timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await read(stand, page);
  await usable(page);
  await signOut(page);
  assert.equal(await kept(page), '[{},{},""]');

  const { requests, names } = stand.front;
  const hosts = [SITE, LOGIN, GRAPH].sort();
  assert.deepEqual([...names].sort(), hosts, "names that a connection was opened for");
  assert.deepEqual([...new Set(stand.requests.filter(({ url }) => /^http/.test(url)).map(({ url }) => new URL(url).host))].sort(), hosts);
  const at = (host) => requests.filter((request) => request.host === host);
  for (const host of hosts) assert.ok(at(host).length > 1, `${host} was asked`);

  const answer = await stand.get("/");
  assert.equal(answer.headers["content-security-policy"], POLICY);
  assert.ok(answer.body.toString().includes(POLICY.split("; frame-ancestors")[0]), "the page carries it too");
  // Only Graph gets the token, only login a form, and nobody but login a cookie, which is its own. Where somebody came from is told to nobody.
  assert.deepEqual(at(SITE).filter(({ method }) => method !== "GET"), []);
  assert.ok(at(GRAPH).filter(({ method }) => method !== "OPTIONS").every(({ headers }) => /^Bearer \S+$/.test(headers.authorization)));
  assert.deepEqual(requests.filter(({ host, headers }) => host !== GRAPH && headers.authorization), []);
  assert.deepEqual(requests.filter(({ host, headers }) => host !== LOGIN && headers.cookie), []);
  const told = requests.filter(({ host, headers }) => host !== SITE && headers.referer && new URL(headers.referer).host === SITE);
  assert.deepEqual(told.map(({ host, headers }) => `${host} from ${headers.referer}`), []);
});

journey("Graph redirects to another host: neither token nor request goes there (case 73)", {
  ...earnest, expected: [/console: (Failed to load resource|Access to fetch)/, /request to https:\/\/foreign\.example/],
}, async (stand) => {
  stand.front.instead = ({ host, method }) => host === GRAPH && method !== "OPTIONS"
    ? { status: 307, headers: { location: `https://${FOREIGN}/v1.0/organization`, "access-control-allow-origin": "*" } }
    : undefined;
  const page = await stand.open();
  await stand.signIn(page);
  await page.getByText(/could not be reached|could not be read|no answer/i).first().waitFor({ timeout: 60_000 });
  const { requests, names } = stand.front;
  assert.ok(requests.some(({ host, headers }) => host === GRAPH && headers.authorization), "Graph was asked with a token");
  assert.ok(!names.has(FOREIGN), "nobody connects to the other host");
  assert.deepEqual(stand.requests.filter(({ url, blocked }) => url.includes(FOREIGN) && !blocked), []);
});

journey("over http on a host of the network it says why it does not run, and reads no configuration (case 77)", {
  ...earnest, expected: [/request to http:\/\/plain\.example/, /console: .*(Cross-Origin-Opener-Policy|Origin-Agent-Cluster)/],
}, async (stand) => {
  const context = await stand.profile();
  const page = await context.newPage();
  stand.page = page;
  await page.goto(`http://${PLAIN}/`);
  await page.getByText("Needs a secure connection").waitFor();
  assert.equal(await page.evaluate(() => isSecureContext), false);
  assert.equal(page.workers().length, 0, "no engine is started");
  assert.ok(!stand.requests.some(({ url }) => url.endsWith("/config.json")));
  assert.equal(await signInButton(page).count(), 0);
});

for (const [cloud, [login, graph]] of Object.entries(CLOUDS).filter(([name]) => name !== "global")) {
  journey(`in the cloud ${cloud} a tenant is read from that cloud's hosts alone`, { ...earnest, cloud, timeout: 180_000 }, async (stand) => {
    const page = await stand.open();
    await read(stand, page);
    const hosts = [SITE, login, graph].sort();
    assert.deepEqual([...stand.front.names].sort(), hosts, "names that a connection was opened for");
    assert.ok(stand.front.requests.some(({ host, headers }) => host === graph && /^Bearer /.test(headers.authorization ?? "")));
    assert.deepEqual(stand.front.requests.filter(({ host, headers }) => host !== graph && headers.authorization), []);

    // Header and page name them, and no host of another cloud.
    const answer = await stand.get("/");
    const connect = /connect-src ([^;"]*)/g;
    const named = `'self' https://${login} https://${graph}`;
    assert.equal(connect.exec(answer.headers["content-security-policy"])[1], named);
    assert.deepEqual([...answer.body.toString().matchAll(connect)].map(([, hosts]) => hosts), [named]);

    // What a person is told, and where the links of the set-up lead.
    await page.evaluate(() => (location.hash = "#/trust"));
    await page.getByRole("row", { name: /Hosts it may talk to/ }).getByText(`${login}, ${graph}`).waitFor();
    await page.evaluate(() => (location.hash = "#/trust/set-up"));
    await heading(page, "Set up this site").waitFor();
    const link = page.getByRole("link", { name: /accept at Microsoft/ });
    await page.getByLabel(/^Tenant/).fill("contoso.onmicrosoft.com");
    const consent = new URL(await link.getAttribute("href"));
    assert.equal(consent.host, login);
    const scopes = consent.searchParams.get("scope").split(" ").filter((scope) => scope.includes("/"));
    assert.ok(scopes.length > 3 && scopes.every((scope) => scope.startsWith(`https://${graph}/`)), scopes.join(" "));
  });
}
