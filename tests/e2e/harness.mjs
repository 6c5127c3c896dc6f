// The built site, the emulator and a real browser, for each test anew.
//
//   journey("what a person can do", { flags: ["--policies", "50"] }, async (stand) => {
//     const page = await stand.open();
//     ...
//   });
//
// A journey fails on its own body, and at its end on anything that must never happen: a violation of the policy, an
// error on the console or in the page, a request to a host other than the site and the emulator, a request that the
// emulator does not know, traffic against Microsoft's contract.
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setPriority, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, "../..");
const shared = process.env.PLUMBLINE_SHARED ?? path.resolve(root, "../shared");
const exe = process.platform === "win32" ? ".exe" : "";
export const siteServer = process.env.PLUMBLINE_XTASK ?? path.join(root, `target/tools/xtask${exe}`);
const emulatorProgram = process.env.PLUMBLINE_EMULATOR ?? path.join(root, `target/debug/plumbline-emulator${exe}`);
const axeSource = readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");

export const BROWSER = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
  // No name is looked up: what would leave this machine fails, and is seen.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/**
 * One test. Options: `flags` for the emulator; `alter(dir)`, which changes a copy of the site before it is served; `expected`, patterns
 * of faults that this journey provokes; `contract: false` where the emulator's answers are broken on purpose; `timeout` in milliseconds;
 * `stand`, a kind of `Stand`; `skip`, why this machine cannot do it.
 */
export function journey(name, options, body) {
  test(name, { timeout: options.timeout ?? 120_000, skip: options.skip || false }, async (t) => {
    const stand = await (options.stand ?? Stand).start(options, t);
    try {
      await body(stand);
      await stand.finish();
    } catch (error) {
      await stand.keepPicture(name);
      throw error;
    } finally {
      await stand.stop();
    }
  });
}

/** A site, an emulator and a browser. */
export class Stand {
  #programs = [];
  #test;
  #browser;
  #seen = new Map();
  /** Everything that must never happen, in words. */
  faults = [];
  /** Every request of the browser, those that it refused included: method, URL, and `blocked` once the policy has refused it. */
  requests = [];

  static async start(options, t) {
    const stand = new this();
    stand.options = options;
    stand.#test = t;
    try {
      await stand.#start();
    } catch (error) {
      await stand.stop();
      throw error;
    }
    return stand;
  }

  async #start() {
    const port = await freePort();
    this.emulator = `http://localhost:${port}`;
    this.work = mkdtempSync(path.join(tmpdir(), "plumbline-e2e-"));
    const dir = this.options.alter ? path.join(this.work, "site") : path.join(root, "dist");
    if (this.options.alter) {
      cpSync(path.join(root, "dist"), dir, { recursive: true });
      this.options.alter(dir);
    }
    // What the browser is to see: the site, and the login service and the Graph of its configuration.
    const { site, login = this.emulator, graph = this.emulator, flags = [], browser = BROWSER } = await this.serve(dir);
    Object.assign(this, { site, login, graph });
    await this.run(emulatorProgram, ["--port", String(port), "--site-origin", site, ...flags, ...(this.options.flags ?? [])]);
    this.#browser = await chromium.launch({ executablePath: browserProgram(), args: browser });
  }

  /** Serves the site of a folder. Other kinds of stand do it otherwise, and answer what else is not as here. */
  async serve(dir) {
    const address = await this.run(siteServer, ["serve", "--dir", dir, "--port", "0", "--emulator", this.emulator]);
    return { site: new URL(address).origin };
  }

  /** Starts a program that ends with this stand. */
  start(program, args, options) {
    if (!existsSync(program)) throw new Error(`${program} is not built: run \`cargo xtask test --only e2e\``);
    const child = spawn(program, args, options);
    this.#programs.push(child);
    return child;
  }

  /** The same, and waits for its first line. */
  async run(program, args) {
    const child = this.start(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout });
    return new Promise((resolve, reject) => {
      lines.once("line", resolve);
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`${path.basename(program)} ended with ${code}`)));
    });
  }

  /** A new browser profile, watched. Options as Playwright's `newContext`, e.g. `colorScheme`, `viewport`. */
  async profile(options = {}) {
    const context = await this.#browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    context.setDefaultTimeout(15_000);
    await this.#watch(context);
    return context;
  }

  /** A page of the site in a profile of its own, loaded; `where` is relative to the site. */
  async open(where = "/", options = {}) {
    const context = options.context ?? (await this.profile(options));
    const page = await context.newPage();
    this.page = page;
    await page.goto(new URL(where, this.site).href);
    return page;
  }

  async #watch(context) {
    const fault = (words) => {
      if (!(this.options.expected ?? []).some((pattern) => pattern.test(words))) this.faults.push(words);
    };
    context.on("request", (request) => {
      const seen = { method: request.method(), url: request.url(), blocked: false };
      this.requests.push(seen);
      this.#seen.set(request, seen);
      const { protocol, origin } = new URL(request.url());
      if (protocol === "data:" || protocol === "blob:" || protocol === "about:") return;
      if (![this.site, this.login, this.graph].includes(origin)) fault(`request to ${request.url()}`);
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "";
      this.#seen.get(request).blocked = /csp|BLOCKED_BY_CSP/i.test(why);
    });
    context.on("console", (message) => {
      if (message.type() === "error") fault(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => fault(`page: ${error.error().stack ?? error.error()}`));
    await context.exposeBinding("reportPolicyViolation", (_, words) => fault(`policy: ${words}`));
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (e) => {
        globalThis.reportPolicyViolation(`${e.effectiveDirective} refused ${e.blockedURI} at ${e.sourceFile}:${e.lineNumber}`);
      });
    });
  }

  /** The engine's worker of a page: evaluate in it as in a page. */
  async engine(page) {
    const running = page.workers().find((worker) => worker.url().startsWith("blob:"));
    return running ?? page.waitForEvent("worker", (worker) => worker.url().startsWith("blob:"));
  }

  /** From the start page through the account page and back. `who` is a name on that page. */
  async signIn(page, who = "Rosa Lindqvist") {
    await page.getByRole("button", { name: /^sign in/i }).first().click();
    await page.waitForURL((url) => url.origin === this.login);
    await page.getByRole("button", { name: new RegExp(who, "i") }).click();
    await page.waitForURL((url) => url.origin === this.site);
  }

  /** A picture in target/screenshots. */
  async picture(page, name) {
    const dir = path.join(root, "target/screenshots");
    mkdirSync(dir, { recursive: true });
    await page.screenshot({ path: path.join(dir, `${name.replace(/[^\w-]+/g, "-")}.png`) });
  }

  async keepPicture(name) {
    await this.picture(this.page, `failed ${name}`).catch(() => {});
  }

  /** axe, with every rule that it has on by default. Fails with what it found. */
  async axe(page) {
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    const found = violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}\n    ${n.target} ${n.html.slice(0, 200)}`));
    assert.equal(found.length, 0, `axe on ${page.url()}:\n  ${found.join("\n  ")}`);
  }

  /** Wide and narrow, light and dark: nothing that axe finds, nothing that scrolls sideways, and a picture of each. */
  async bothWays(page, name) {
    for (const [width, colorScheme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await this.axe(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}: nothing scrolls sideways`);
      await this.picture(page, `${name}-${width}-${colorScheme}`);
    }
  }

  /** Site and emulator, which are elsewhere in earnest, leave the processor to the browser. */
  stepBack() {
    for (const { pid } of this.#programs) setPriority(pid, 19);
  }

  /** Asks or steers the emulator: `control("unmatched")`, `control("faults", { profile: "storm" })`. */
  async control(what, body) {
    const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const answer = await fetch(`${this.emulator}/__emulator/${what}`, options);
    const text = await answer.text();
    assert.ok(answer.ok, `emulator, ${what}: ${text}`);
    return what === "exchanges" ? text : JSON.parse(text);
  }

  /** What holds after every journey. */
  async finish() {
    assert.deepEqual(this.faults, [], "must never happen");
    assert.deepEqual(await this.control("unmatched"), [], "requests that the emulator does not know");
    await this.#judgeRecording();
  }

  async #judgeRecording() {
    const judge = path.join(shared, "tools/graph-contract.mjs");
    const exchanges = await this.control("exchanges");
    if (!exchanges.trim()) return;
    const file = path.join(this.work, "exchanges.jsonl");
    writeFileSync(file, exchanges);
    const routes = await promisify(execFile)(siteServer, ["routes", file], { maxBuffer: 1 << 26 }).catch((error) => error);
    assert.equal(routes.code ?? 0, 0, `requests outside the read table:\n${routes.stderr}`);
    if (this.options.contract === false) return;
    if (!existsSync(judge)) {
      this.#test.diagnostic("Microsoft's contract was not checked: ../shared/tools/graph-contract.mjs is not there");
      return;
    }
    const verdict = await promisify(execFile)("node", [judge, file], { maxBuffer: 1 << 26 }).catch((error) => error);
    assert.equal(verdict.code ?? 0, 0, `traffic against Microsoft's contract:\n${verdict.stdout}${verdict.stderr}`);
  }

  async stop() {
    await this.#browser?.close();
    for (const program of this.#programs) program.kill();
    if (this.work) rmSync(this.work, { recursive: true, force: true });
  }
}

function browserProgram() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const dirs = (process.env.PATH ?? "").split(path.delimiter);
  const found = dirs.flatMap((dir) => names.map((name) => path.join(dir, name))).find((file) => existsSync(file));
  if (!found) throw new Error("Chromium is not on PATH, and CHROMIUM does not name it");
  return found;
}

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
