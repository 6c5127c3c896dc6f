// The only JavaScript that is written by hand. A classic script at the top of <head>: it runs before anything else.
//
// What it gives to the app, as the global `plumbline` (frozen; read it with js_sys::Reflect):
//   takeSignInResponse(): string | undefined
//       The redirect response that was in the address bar, once; undefined afterwards. The fragment without its `#`.
//       A response that came in the query keeps its `?`, so that nothing takes it for a fragment.
//   startWorker(name: "engine" | "comparer" | "office"): Promise<Worker>
//       A new worker under this page's policy; its files are fetched at the first call. It says so itself when it
//       listens: send nothing before that. Everything that goes wrong in it, a panic and a rejected promise
//       included, arrives as the worker's `error` event. Ends by `worker.terminate()`.
//   loadScreens(): Promise<void>
//       Loads what the start page does not need: the second part of the app's module. Done at once where the build made one part.
//       When it fails it can be asked again.
//   crash(what: string): void
//       Replaces the page by the crash page. For the panic hook.
"use strict";
(() => {
  // Written by the build: names of files and their hashes.
  const build = document.querySelector('meta[name="plumbline-build"]').dataset;
  const base = new URL(".", document.currentScript.src).href;

  // 1. The sign-in response leaves the address bar, the history and every later Referer.
  let response = takeFromAddressBar();

  function takeFromAddressBar() {
    const answers = (text) => {
      const p = new URLSearchParams(text);
      return p.has("code") || (p.has("error") && p.has("state")) || p.has("admin_consent");
    };
    const { hash, search, pathname } = location;
    const found = answers(hash.slice(1)) ? hash.slice(1) : answers(search) ? search : undefined;
    if (found !== undefined) history.replaceState(null, "", pathname);
    return found;
  }

  // 2. A page instead of the app. Text nodes only: what is shown may come from anywhere.
  let stopped = false;

  function stop(title, what, remedy) {
    if (stopped) return;
    stopped = true;
    const show = () => {
      const put = (parent, name, text) => {
        const node = parent.appendChild(document.createElement(name));
        node.append(text);
        return node;
      };
      document.title = `${title} · Plumbline`;
      const main = document.createElement("main");
      main.className = "crash";
      put(main, "h1", title);
      put(main, "p", remedy);
      put(main, "pre", String(what).slice(0, 2048)).tabIndex = 0;
      put(main, "button", "Reload").addEventListener("click", () => location.reload());
      document.body.replaceChildren(main);
    };
    if (document.body) show();
    else addEventListener("DOMContentLoaded", show);
  }

  const crash = (what) =>
    stop("Plumbline stopped", what, "Nothing in your tenant was changed. What was read is gone from this tab; a reload starts again.");

  // 3. Where it must not run.
  if (window.top !== window)
    return stop("Not inside another page", "This page was opened in a frame.", "Open Plumbline in a tab of its own.");
  if (!isSecureContext || !globalThis.crypto?.subtle)
    return stop("Needs a secure connection", location.origin, "Open Plumbline over https, or on localhost.");
  if (typeof WebAssembly !== "object")
    return stop("Needs WebAssembly", navigator.userAgent, "Use a current browser, or allow WebAssembly for this site.");

  // A page that the browser kept as it was, and shows again by its back button: whoever left may have signed out since.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  addEventListener("error", (event) => {
    // A file whose hash is not the built one does not load, and says so by an event without a message.
    const file = event.target instanceof HTMLScriptElement && event.target.src;
    if (file) stop("This is not what was built", file, "A file of this site is missing or was altered. Reload; if it stays, tell whoever hosts it.");
    // Without an error it is a remark of the browser's, such as a ResizeObserver that will be served in the next frame.
    else if (event.error) crash(event.error.stack ?? event.error);
  }, true);
  addEventListener("unhandledrejection", (event) => crash(event.reason?.stack ?? event.reason));

  // 4. Trusted Types: the workers' scripts are the only script URLs that may be made, and only here.
  const scripts = new Map();
  const passesOnlyWorkers = {
    createScriptURL(url) {
      if ([...scripts.values()].includes(url)) return url;
      throw new TypeError("Not a worker's script");
    },
  };
  const policy = globalThis.trustedTypes?.createPolicy("plumbline-engine", passesOnlyWorkers) ?? passesOnlyWorkers;

  // `integrity` of a fetch is enforced everywhere; that of a preload or of a module import is not.
  const get = (file, integrity) => fetch(base + file, { integrity, redirect: "error", referrerPolicy: "no-referrer" });

  // Runs in the worker, below wasm-bindgen's glue.
  function runWorker(init, url, integrity) {
    const raise = (error) => setTimeout(() => { throw error; });
    addEventListener("unhandledrejection", (event) => raise(event.reason));
    init({ module_or_path: fetch(url, { integrity, redirect: "error", referrerPolicy: "no-referrer" }) }).catch(raise);
  }

  // A worker has the policy of its own response. A `blob:` has the page's: so a worker starts from one,
  // whatever headers the host sends. The glue is inside it, not imported by it, because only a fetch is checked against its hash in a worker.
  async function startWorker(name) {
    if (!["engine", "comparer", "office"].includes(name)) throw new TypeError(`No worker is called ${name}`);
    if (!scripts.has(name)) {
      const answer = await get(build[name], build[`${name}Integrity`]);
      if (!answer.ok) throw new Error(`${build[name]}: HTTP ${answer.status}`);
      const glue = await answer.text();
      const init = /([\w$]+) as default/.exec(glue)[1];
      const args = [base + build[`${name}Wasm`], build[`${name}WasmIntegrity`]].map((text) => JSON.stringify(text));
      const start = `\n;(${runWorker})(${init}, ${args});`;
      scripts.set(name, URL.createObjectURL(new Blob([glue, start], { type: "text/javascript" })));
    }
    return new Worker(policy.createScriptURL(scripts.get(name)), { type: "module", name });
  }


  function takeSignInResponse() {
    const taken = response;
    response = undefined;
    return taken;
  }

  // The second part fills its places in the first one's table and memory; the page calls nothing of it before.
  let screens;

  function loadScreens() {
    screens ??= openScreens(build.screens && get(build.screens, build.screensIntegrity));
    screens.catch(() => { screens = undefined; });
    return screens;
  }

  async function openScreens(file) {
    if (file) await WebAssembly.instantiate(await (await file).arrayBuffer(), { p: await app });
  }

  Object.defineProperty(globalThis, "plumbline", { value: Object.freeze({ takeSignInResponse, startWorker, loadScreens, crash }) });

  // 5. The app. Its glue is a <script integrity> of the page, so this import finds it loaded and checked.
  const wasm = get(build.appWasm, build.appWasmIntegrity);
  wasm.catch(() => {}); // reported below
  const app = new Promise((done) => addEventListener("DOMContentLoaded", async () => {
    if (stopped) return;
    try {
      const glue = await import(base + build.app);
      done(await glue.default({ module_or_path: wasm }));
    } catch (error) {
      crash(error?.stack ?? error);
    }
  }));
  // Whoever comes back from a sign-in, or to an address of a page, does not stop at the start page.
  if (response !== undefined || location.hash.length > 2) loadScreens().catch(() => {});
})();
