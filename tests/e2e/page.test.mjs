// The page itself: how it starts, under which policy, and what it refuses.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { journey, root } from "./harness.mjs";

journey("the start page loads under its policy and the engine answers", {}, async (stand) => {
  const page = await stand.open();
  await stand.engine(page);
  const answer = await page.request.get(stand.site);
  const policy = answer.headers()["content-security-policy"];
  assert.match(policy, new RegExp(`connect-src 'self' ${stand.emulator};`));
  assert.match(policy, /require-trusted-types-for 'script'/);
  await page.getByRole("button", { name: /sign in/i }).waitFor();
  const own = () => stand.requests.some(({ url }) => url.endsWith("/config.json"));
  for (const end = Date.now() + 15_000; !own() && Date.now() < end;) await page.waitForTimeout(50);
  const asked = stand.requests.filter(({ url }) => url.startsWith(stand.site)).map(({ url }) => new URL(url).pathname);
  assert.ok(asked.includes("/config.json"), "the engine read its configuration");
  // What `cargo xtask dist` weighs as the first load and the engine is all that is asked for until the engine is ready.
  // Trunk writes a hash without its leading zeros.
  const weighed = /^\/(config\.json|(app|boot|engine|plumbline)-[0-9a-f]{12,16}\.\w+)?$/;
  assert.deepEqual(asked.slice(0, asked.indexOf("/config.json")).filter((file) => !weighed.test(file)), [], "files of the start that `dist` does not count");
});

journey("no file of the site names a host but Microsoft's, and names of formats", {}, async () => {
  // Names of XML's formats look like addresses; nothing is fetched from them. Demo data is a tenant's, with made-up hosts.
  const known = ["graph.microsoft.com", "login.microsoftonline.com", "www.w3.org", "purl.org", "schemas.microsoft.com", "schemas.openxmlformats.org"];
  const clouds = ["login.microsoftonline.us", "graph.microsoft.us", "dod-graph.microsoft.us", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"];
  // Links that a person follows, in the page's modules only.
  const portals = ["entra.microsoft.com", "entra.microsoft.us"];
  const dist = path.join(root, "dist");
  const files = readdirSync(dist).filter((name) => /\.(html|js|css|wasm|svg)$/.test(name));
  const named = files.flatMap((name) => {
    const text = readFileSync(path.join(dist, name), "latin1");
    // In compiled code one text follows another without a gap: what ends like a host is taken for one.
    const hosts = [...text.matchAll(/https?:\/\/((?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|ms|us|cn|eu|cloud))(?![\w.-])/gi)];
    return hosts.map(([, host]) => `${host} in ${name}`);
  });
  assert.ok(named.some((one) => one.startsWith("graph.microsoft.com in index.html")), "the search finds what is there");
  const foreign = named.filter((one) => {
    const [host, name] = one.split(" in ");
    return ![...known, ...clouds, ...(/^(app|screens)-/.test(name) ? portals : [])].includes(host);
  });
  assert.deepEqual(foreign, []);
});

journey("a foreign request inside the engine is refused by the browser", { expected: [/request to https:\/\/foreign\.example/] }, async (stand) => {
  const page = await stand.open();
  const engine = await stand.engine(page);
  const refused = await engine.evaluate(async (url) => {
    // The engine's own probe of the policy is a violation too: only this one is waited for.
    const violation = new Promise((resolve) => addEventListener("securitypolicyviolation", (event) => {
      if (event.blockedURI.startsWith(new URL(url).origin)) resolve(event);
    }));
    const answer = await fetch(url).then(() => "answered", () => "failed");
    const { effectiveDirective, blockedURI } = await violation;
    return { answer, effectiveDirective, blockedURI };
  }, "https://foreign.example/leak");
  assert.equal(refused.answer, "failed");
  assert.equal(refused.effectiveDirective, "connect-src");
  assert.match(refused.blockedURI, /^https:\/\/foreign\.example/);
  const imported = await engine.evaluate(() => import("https://foreign.example/m.js").then(() => "ran", () => "refused"));
  assert.equal(imported, "refused");
  const foreign = stand.requests.filter(({ url }) => url.includes("foreign.example"));
  assert.ok(foreign.every(({ blocked }) => blocked), "refused by the policy, not by the missing network");
});

journey("markup and scripts from text are refused on the page", { expected: [/policy: (script-src|require-trusted-types)/, /console: .*(Content Security Policy|Trusted|TrustedHTML|TrustedScript)/i] }, async (stand) => {
  const page = await stand.open();
  const outcome = await page.evaluate(() => {
    const tried = (act) => {
      try {
        act();
        return "went through";
      } catch {
        return "refused";
      }
    };
    return {
      markup: tried(() => { document.createElement("div").innerHTML = "<b>x</b>"; }),
      timer: tried(() => setTimeout("globalThis.broken = true")),
      worker: tried(() => new Worker("/boot.js")),
      foreignPolicy: tried(() => trustedTypes.createPolicy("default", {})),
      samePolicy: tried(() => trustedTypes.createPolicy("plumbline-engine", {})),
    };
  });
  for (const [what, came] of Object.entries(outcome)) assert.equal(came, "refused", what);
});

journey("the sign-in response leaves the address bar and the history", {}, async (stand) => {
  const page = await stand.open("/#code=secret-code&state=unknown");
  await stand.engine(page);
  assert.equal(page.url(), `${stand.site}/`);
  assert.equal(await page.evaluate(() => document.body.innerText.includes("secret-code")), false);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]));
  assert.ok(!kept.includes("secret-code"));
});

journey("it refuses to run in a frame", { expected: [/frame-ancestors|X-Frame-Options|refused to connect|ERR_BLOCKED_BY_RESPONSE/i] }, async (stand) => {
  const context = await stand.profile();
  const page = await context.newPage();
  stand.page = page;
  // Without the headers, as on a host that cannot set them: the script's own refusal.
  await page.route(`${stand.site}/inner`, async (route) => {
    const answer = await route.fetch({ url: `${stand.site}/` });
    const headers = answer.headers();
    for (const name of ["content-security-policy", "x-frame-options", "cross-origin-embedder-policy", "cross-origin-opener-policy"]) delete headers[name];
    await route.fulfill({ response: answer, headers });
  });
  await page.route(`${stand.site}/outer`, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>outer</title><iframe src=/inner></iframe>" }));
  await page.goto(`${stand.site}/outer`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("heading", { name: "Not inside another page" }).waitFor();
  assert.equal(page.workers().length, 0);
});

const noScreens = { expected: [/console: .*(Failed to load|net::ERR|Failed to fetch)/i] };

journey("the start page works without the screens, and says when they do not come", noScreens, async (stand) => {
  let refused = 0;
  const context = await stand.profile();
  await context.route(/\/screens-.*\.wasm$/, (route) => ((refused += 1), route.abort()));
  const page = await stand.open("/", { context });
  await stand.engine(page);
  for (const end = Date.now() + 15_000; !refused && Date.now() < end;) await page.waitForTimeout(50);
  assert.equal(refused, 1, "asked for when the page was at rest");
  // Everything on the start page answers: keys, menus, the search that is not there yet, the way to sign in.
  for (const key of ["Tab", "Tab", "?", "Escape", "/", "j", "Control+k", "Escape"]) await page.keyboard.press(key);
  await page.getByRole("button", { name: /sign in/i }).first().hover();
  await page.getByRole("button", { name: /demo/i }).first().click();
  await page.getByRole("heading", { name: "A part of this site did not load" }).waitFor();
  await stand.axe(page);
  await context.unroute(/\/screens-.*\.wasm$/);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Overview" }).first().waitFor();
});

journey("one altered byte in the screens and they are not shown", {
  alter: (dir) => alterOne(dir, /^screens-.*\.wasm$/),
  expected: [/console: .*(integrity|digest|Failed to load|Failed to fetch)/i],
}, async (stand) => {
  const page = await stand.open("/#/trust");
  await page.getByRole("heading", { name: "A part of this site did not load" }).waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "A part of this site did not load" }).waitFor();
});

const PARTS = [
  ["the app's code", /^app-.*\.wasm$/],
  ["the app's glue", /^app-.*\.js$/],
  ["the engine's code", /^engine-.*\.wasm$/],
  ["the engine's glue", /^engine-.*\.js$/],
  ["the comparer's code", /^comparer-.*\.wasm$/],
  ["the comparer's glue", /^comparer-.*\.js$/],
];

/** Changes the last byte of the one file of that name. */
function alterOne(dir, pattern) {
  const file = path.join(dir, readdirSync(dir).find((name) => pattern.test(name)));
  const bytes = readFileSync(file);
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(file, bytes);
}

for (const [what, pattern] of PARTS) {
  const options = {
    alter: (dir) => alterOne(dir, pattern),
    expected: [/console: .*(integrity|digest|Failed to load|Failed to fetch)/i, /page: .*Failed to fetch/i],
  };
  journey(`one altered byte in ${what} and it does not run`, options, async (stand) => {
    const page = await stand.open();
    if (what.startsWith("the app")) {
      await page.locator("main.crash").waitFor();
      await stand.axe(page);
    } else if (what.startsWith("the engine")) {
      await page.getByText(/engine/i).first().waitFor();
    } else {
      await page.locator("main input[type=file][webkitdirectory]").first().setInputFiles(path.join(root, "tests/data/demo-baseline"));
      await page.getByText(/The part that reads files and compares stopped/).first().waitFor();
    }
  });
}
