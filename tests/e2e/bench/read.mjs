// 1,000 policies with settings and assignments, read in the browser from the emulator at 80 ms latency and Graph's budgets, as a
// ratio to the least time that those allow for the requests that were sent; then the same under the 429 storm, with nothing lost.
// `node read.mjs [POLICIES]`
import assert from "node:assert/strict";
import { Stand } from "../harness.mjs";
import { overview, read } from "../steps.mjs";

const LATENCY = 80;
/** A browser opens so many connections to a host (HTTP/1.1). */
const CONNECTIONS = 6;
const policies = process.argv[2] ?? "1000";
const tenant = ["--policies", policies, "--devices", "1000", "--groups", "200", "--users", "500", "--latency", String(LATENCY)];

/** What the service allows: units in milliseconds, as tests/emulator/README.md has them. Which path draws on which budget is the emulator's too. */
const BUDGETS = {
  applications: [1_000, 20_000],
  "settings catalog": [1_000, 20_000],
  "other Intune": [1_000, 20_000],
  "devices and scripts": [2_000, 20_000],
  "Conditional Access": [1, 1_000],
  directory: [3_500, 10_000],
};

function family(url) {
  const path = new URL(url).pathname.replace(/^\/(v1\.0|beta)\//, "");
  const [first, second = ""] = path.split("/");
  if (first === "deviceAppManagement") return "applications";
  if (first === "identity" || first === "identityProtection") return "Conditional Access";
  if (first !== "deviceManagement") return "directory";
  if (/^(configurationPolicies|compliancePolicies|inventoryPolicies|reusablePolicySettings|configurationPolicyTemplates|configurationSettings|configurationCategories|reusableSettings)\b/.test(second)) return "settings catalog";
  if (/^(managedDevices|detectedApps|comanagedDevices|managedDeviceOverview|device(Management|Shell|CustomAttributeShell|Health|Compliance)Scripts|userExperienceAnalytics)/.test(second)) return "devices and scripts";
  return "other Intune";
}

/** The least milliseconds for these requests: the slowest budget, or the connections; then one answer for a list and one for what hangs on it. */
function floor(requests) {
  const inner = requests.filter((r) => r.inner);
  const count = Object.groupBy ? Object.groupBy(inner, (r) => family(r.url)) : inner.reduce((all, r) => ({ ...all, [family(r.url)]: [...(all[family(r.url)] ?? []), r] }), {});
  const budgets = Object.entries(count).map(([name, list]) => {
    const [units, window] = BUDGETS[name];
    return { name, requests: list.length, least: Math.floor((list.length - 1) / units) * window };
  });
  const batches = requests.length - inner.length;
  const wire = Math.ceil(batches / CONNECTIONS) * LATENCY;
  return { least: Math.max(wire, ...budgets.map((b) => b.least)) + 2 * LATENCY, budgets, batches };
}

async function once(profile) {
  const stand = await Stand.start({ flags: [...tenant, "--faults", profile] }, { diagnostic() {} });
  try {
    const page = await stand.open();
    let first;
    page.context().on("request", (request) => {
      if (request.url().endsWith("/$batch")) first ??= performance.now();
    });
    await read(stand, page, 900_000);
    const took = performance.now() - first;
    const requests = await stand.control("requests");
    return { took, requests, seen: await overview(page), ...floor(requests) };
  } finally {
    await stand.stop();
  }
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
function say(what, { took, least, requests, budgets, batches }) {
  const refused = requests.filter((r) => r.status === 429).length;
  console.log(`${what}: ${(took / least).toFixed(2)} times the floor (${seconds(took)} against ${seconds(least)}; ${requests.length - batches} requests in ${batches} batches, ${refused} of them refused).`);
  for (const { name, requests: n, least: ms } of budgets) console.log(`    ${name}: ${n} requests, at least ${seconds(ms)}`);
}

const calm = await once("none");
say(`${policies} policies (${calm.seen.figures.policies} objects, ${calm.seen.figures["settings in them"]} settings)`, calm);
const storm = await once("storm");
say("The same under the 429 storm", storm);
assert.deepEqual(storm.seen, calm.seen, "nothing may be lost in a storm");
console.log("Nothing was lost in the storm: the same policies, settings and assignments.");
