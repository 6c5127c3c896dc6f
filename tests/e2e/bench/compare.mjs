// Bytes to result in this machine's Chromium: reading and comparing two exports, against what decoding and JSON.parse alone take
// for the same bytes in the same run, and against JSON.parse and npm's microdiff of the files that have the same name but for the
// version. `node compare.mjs PKG LEFT RIGHT`: the wasm package, and two folders.
import { readFileSync, readdirSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";
import { BROWSER } from "../harness.mjs";

const microdiff = new URL("../node_modules/microdiff/dist/index.js", import.meta.url);

const [pkg, ...folders] = process.argv.slice(2);
const below = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && e.name.endsWith(".json"))
  .map((e) => path.join(e.parentPath ?? e.path, e.name));
const sides = folders.map((folder) => below(folder).map((file) => ({ name: path.relative(folder, file), file })));

const server = http.createServer((request, response) => {
  const url = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const send = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
  const [, side, number] = url.match(/^\/side\/(\d+)\/(\d+)$/) ?? [];
  if (number) return send("application/octet-stream", readFileSync(sides[side][number].file));
  if (url === "/") return send("text/html", "<!doctype html><title>bench</title>");
  if (url === "/microdiff.js") return send("text/javascript", readFileSync(microdiff));
  if (!/\.(js|wasm)$/.test(url)) return response.writeHead(404).end();
  const type = url.endsWith(".wasm") ? "application/wasm" : "text/javascript";
  send(type, readFileSync(path.join(pkg, path.basename(url))));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: BROWSER });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const result = await page.evaluate(async (names) => {
  const wasm = await import("/plumbline_bench.js");
  await wasm.default({ module_or_path: "/plumbline_bench_bg.wasm" });
  const files = await Promise.all(names.map((side, s) => Promise.all(side.map(async (name, n) =>
    ({ name, bytes: new Uint8Array(await (await fetch(`/side/${s}/${n}`)).arrayBuffer()) })))));
  const decoder = (bytes) => new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8");
  const parse = () => files.flat().reduce((n, { bytes }) => {
    try { return n + Object.keys(JSON.parse(decoder(bytes).decode(bytes))).length; } catch { return n; }
  }, 0);
  const { default: diff } = await import("/microdiff.js");
  const json = (bytes) => {
    try { return JSON.parse(decoder(bytes).decode(bytes).replace(/^\ufeff/, "")); } catch { return undefined; }
  };
  // Files whose names differ by the version alone are the same policy: what microdiff cannot know is given to it.
  const plain = (name) => name.replace(/v?\d+(\.\d+)+/g, "");
  const byName = new Map(files[1].map((file) => [plain(file.name), file]));
  const pairs = files[0].map((left) => [left, byName.get(plain(left.name))]).filter(([, right]) => right);
  const micro = () => pairs.reduce((n, [left, right]) => {
    const [a, b] = [json(left.bytes), json(right.bytes)];
    return n + (a && b ? diff(a, b).length : 0);
  }, 0);
  let changed = 0;
  const compare = () => {
    const [left, right] = files.map((side) => {
      const all = new wasm.Side();
      for (const { name, bytes } of side) all.add(name, bytes);
      return all;
    });
    changed = wasm.compare(left, right);
  };
  const times = { parse: [], micro: [], compare: [] };
  for (let round = 0; round < 21; round++) {
    for (const [name, run] of [["parse", parse], ["micro", micro], ["compare", compare]]) {
      const start = performance.now();
      run();
      if (round > 1) times[name].push(performance.now() - start);
    }
  }
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
  return { parse: median(times.parse), micro: median(times.micro), compare: median(times.compare), pairs: pairs.length, changed, bytes: files.flat().reduce((n, f) => n + f.bytes.length, 0) };
}, sides.map((side) => side.map((f) => f.name)));
await browser.close();
server.close();
const ratio = result.compare / result.parse;
console.log(`Comparison of ${(result.bytes / 1e6).toFixed(1)} MB, bytes to result: ${ratio.toFixed(2)} times decode + JSON.parse (${result.compare.toFixed(1)} ms against ${result.parse.toFixed(1)} ms, medians of 19); ${result.changed} policies changed.`);
console.log(`Against JSON.parse and microdiff of ${result.pairs} pairs of files: ${(result.compare / result.micro).toFixed(2)} times (${result.micro.toFixed(1)} ms). Microdiff compares positions in arrays, not settings.`);
