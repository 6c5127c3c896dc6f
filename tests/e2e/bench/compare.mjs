// Bytes to result in this machine's Chromium: reading and comparing two exports, against what decoding and JSON.parse alone take
// for the same bytes in the same run, and against JSON.parse and npm's microdiff of the same bytes. Then how it grows with the
// number of policies. `node compare.mjs PKG LEFT RIGHT`: the wasm package, and two folders.
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

await page.evaluate(async () => {
  const wasm = await import("/plumbline_bench.js");
  await wasm.default({ module_or_path: "/plumbline_bench_bg.wasm" });
  const { default: diff } = await import("/microdiff.js");
  const json = (bytes) => {
    const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
    try { return JSON.parse(new TextDecoder(encoding).decode(bytes)); } catch { return undefined; }
  };
  // Files whose names differ by the version alone are the same policy: what microdiff cannot know is given to it.
  const plain = (name) => name.replace(/v?\d+(\.\d+)+/g, "");
  const side = (files) => {
    const all = new wasm.Side();
    for (const { name, bytes } of files) all.add(name, bytes);
    return all;
  };
  const documents = (files) => Object.fromEntries(files.map(({ name, bytes }) => [plain(name), json(bytes)]));
  // What is done with the files of two sides; each answers how many policies of both sides differ, where it knows.
  const ways = {
    parse: ([left, right]) => { for (const { bytes } of [...left, ...right]) json(bytes); },
    micro: (files) => {
      const [left, right] = files.map(documents);
      const found = diff(left, right).map(({ path }) => path[0]);
      return new Set(found.filter((name) => left[name] && right[name])).size;
    },
    compare: ([left, right]) => wasm.compare(side(left), side(right)),
  };
  // Milliseconds of each way, and how many policies differ by each, in one round.
  window.round = (files, names) => {
    const took = {}, changed = {};
    for (const name of names) {
      const start = performance.now();
      changed[name] = ways[name](files);
      took[name] = performance.now() - start;
    }
    return { took, changed };
  };
});

const found = await page.evaluate(async (names) => {
  const files = await Promise.all(names.map((side, s) => Promise.all(side.map(async (name, n) =>
    ({ name, bytes: new Uint8Array(await (await fetch(`/side/${s}/${n}`)).arrayBuffer()) })))));
  const bytes = files.flat().reduce((n, file) => n + file.bytes.length, 0);
  const rounds = Array.from({ length: 33 }, () => window.round(files, ["parse", "micro", "compare"])).slice(2);
  const median = (of) => rounds.map(({ took }) => of(took)).sort((a, b) => a - b)[rounds.length >> 1];
  return {
    bytes,
    changed: rounds[0].changed,
    ms: { parse: median((took) => took.parse), micro: median((took) => took.micro), compare: median((took) => took.compare) },
    // The ratios of each round, which a machine that is slow for a while does not change.
    parse: median((took) => took.compare / took.parse),
    micro: median((took) => took.compare / took.micro),
  };
}, sides.map((side) => side.map((f) => f.name)));
const { ms, changed } = found;
console.log(`Comparison of ${(found.bytes / 1e6).toFixed(1)} MB, bytes to result: ${found.parse.toFixed(2)} times decode + JSON.parse, ${found.micro.toFixed(2)} times decode + JSON.parse + microdiff (${ms.compare.toFixed(1)}, ${ms.parse.toFixed(1)} and ${ms.micro.toFixed(1)} ms; all are medians of 31 rounds).`);
console.log(`Policies that changed: ${changed.compare}; ${changed.micro} by microdiff, which compares positions in arrays, not settings.`);

// How it grows: two releases of a made-up baseline, 12 settings of 3,000 in each policy, a tenth of the policies with another value.
const growth = await page.evaluate(() => {
  const policy = (n, release) => {
    const setting = (s) => {
      const id = `device_vendor_msft_policy_config_area${(n * 7 + s) % 60}_setting${(n * 12 + s) % 3000}`;
      const value = n % 10 === 0 && s === 0 ? release : 0;
      return { id: `${s}`, settingInstance: { "@odata.type": "#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance", settingDefinitionId: id, choiceSettingValue: { value: `${id}_${value}`, children: [] } } };
    };
    const name = `Policy ${n} - v3.${release}`;
    const text = JSON.stringify({ "@odata.type": "#microsoft.graph.deviceManagementConfigurationPolicy", id: `${release}-${n}`, name, platforms: "windows10", technologies: "mdm", settings: Array.from({ length: 12 }, (_, s) => setting(s)) }, null, 4);
    return { name: `${name}.json`, bytes: new TextEncoder().encode(text) };
  };
  const rows = [100, 300, 1000, 3000, 10000].map((policies) => ({
    policies,
    files: [5, 6].map((release) => Array.from({ length: policies }, (_, n) => policy(n, release))),
    parse: Infinity,
    compare: Infinity,
  }));
  // Every size in every round, so that a slow time of the machine is one for all of them.
  for (let round = 0; round < 9; round++) {
    for (const row of rows) {
      const { took, changed } = window.round(row.files, ["parse", "compare"]);
      for (const way of ["parse", "compare"]) row[way] = Math.min(row[way], took[way]);
      row.changed = changed.compare;
    }
  }
  return rows.map(({ files, ...row }) => row);
});
await browser.close();
server.close();
console.log("How it grows (policies on each side: time, time for each, against the first row; times decode + JSON.parse), the best of 9 rounds:");
const each = ({ compare, policies }) => compare / policies;
for (const row of growth) {
  const { policies, compare, parse, changed } = row;
  console.log(`${String(policies).padStart(7)}: ${compare.toFixed(1).padStart(7)} ms, ${(1000 * each(row)).toFixed(0).padStart(4)} µs, ${(each(row) / each(growth[0])).toFixed(2)}; ${(compare / parse).toFixed(2)}`);
  if (changed !== policies / 10) throw new Error(`${changed} policies changed, not ${policies / 10}`);
}
