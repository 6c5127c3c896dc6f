// Everything that goes wrong between this browser and Microsoft, one profile of the emulator after the other: what is lost is said,
// and what passes by itself loses nothing. `forbidden` is in journey.test.mjs, `cae` and `expiry` are in sign-in.test.mjs.
import assert from "node:assert/strict";
import { journey, Stand } from "./harness.mjs";
import { assertNothingLost, heading, kept, overview, rail, read, signInButton, small, usable } from "./steps.mjs";

/** The overview of the same tenant read without faults: once for this file. */
let whole;
function withoutFaults() {
  whole ??= (async () => {
    const stand = await Stand.start({ flags: small }, { diagnostic() {} });
    try {
      const page = await stand.open();
      await read(stand, page);
      return await overview(page);
    } finally {
      await stand.stop();
    }
  })();
  return whole;
}

const under = (profile, more = {}) => ({ flags: [...small, "--faults", profile], timeout: 180_000, ...more });

/** The browser writes every answer that is no success to its console. */
const network = /console: Failed to load resource: (net::ERR_|the server responded with a status of (429|50[034]))/;

const PASSING = [
  ["storm", "requests to wait, again and again"],
  ["flaky", "nothing, an error, half an answer or a late one"],
  ["truncated", "JSON that ends in the middle"],
  ["slow", "everything two seconds late"],
];

for (const [profile, what] of PASSING) {
  journey(`Graph answers ${what}: nothing is lost (${profile})`, under(profile, { expected: [network] }), async (stand) => {
    const expected = await withoutFaults();
    const page = await stand.open();
    await read(stand, page, 120_000);
    assertNothingLost(await overview(page), expected);
    const refused = (await stand.control("requests")).filter(({ status }) => status === 429).length;
    assert.ok(profile !== "storm" || refused > 50, `it was a storm: ${refused} refusals`);
    await usable(page);
  });
}

// Lists that cannot be read to their end: five to a page, so that there is a page 7.
const BROKEN = [
  ["page7", "page 7 of a list fails each time", "Microsoft Graph did not answer."],
  ["loop", "a list's next page is the same page again", "The answer was not what Microsoft Graph promises."],
];
for (const [profile, what, reason] of BROKEN) {
  const options = { flags: [...small, "--page", "5", "--faults", profile], timeout: 180_000 };
  journey(`${what}: the list is incomplete, with the reason, and the rest is whole (${profile})`, options, async (stand) => {
    const expected = await withoutFaults();
    const page = await stand.open();
    await read(stand, page);
    const seen = await overview(page);
    const lacking = new Set(expected.unread.map(({ name }) => name));
    const lost = seen.unread.filter(({ name }) => !lacking.has(name));
    const broken = new Set(lost.map(({ name }) => name));
    assert.ok(broken.has("Settings catalog policies"), [...broken].join(", "));
    for (const { name, why } of lost) assert.ok(why.startsWith(reason), `${name}: ${why}`);
    for (const [name, cells] of Object.entries(expected.types)) {
      if (!broken.has(name)) assert.deepEqual(seen.types[name], cells, `${name} is whole`);
    }
    await page.getByText(`${seen.unread.length} types could not be read whole`).first().waitFor();
    await stand.axe(page);
    await usable(page);
    await page.getByText(/types could not be read whole/).first().waitFor();
  });
}

journey("this computer's clock is wrong by minutes: said, and no session is opened (skew)", under("skew"), async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  await page.getByText(/This computer.s clock is about 1\d minutes behind/).waitFor();
  await page.getByText(/Set the clock of this computer/).waitFor();
  await stand.axe(page);
  assert.equal(await stand.control("exchanges"), "", "Graph was not asked");
  assert.equal(await kept(page), '[{},{},""]');
  await signInButton(page).waitFor();
});

journey("Graph is down: it says for how long it waits, and gives way to a person who does not (down)", under("down", { expected: [network] }), async (stand) => {
  const page = await stand.open();
  await stand.signIn(page);
  await page.getByText(/Microsoft Graph asks for a pause: \d+ s/).waitFor({ timeout: 30_000 });
  await page.getByRole("button", { name: /Cancel/ }).click();
  await heading(page, "Overview").waitFor();
  const seen = await overview(page).catch(() => null);
  await page.getByText(/types could not be read whole/).first().waitFor();
  await page.getByText("The reading was cancelled.").first().waitFor();
  assert.ok(seen === null || Object.keys(seen.types).length === 0, "nothing is counted that was not read");
  await stand.axe(page);
  await rail(page, "Inventory").click();
  await page.getByText("No policies").first().waitFor();
});
