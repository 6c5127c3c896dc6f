// What a person does and sees, in steps that several journeys share.
import assert from "node:assert/strict";

/** A tenant that is read in seconds. There are never fewer policies than the emulator's hand-written ones. */
export const small = ["--policies", "40", "--devices", "50", "--groups", "20", "--users", "50"];

/** The rail's link to a page. */
export const rail = (page, name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });

/** To a page by its address. */
export const to = (page, hash) => page.evaluate((h) => (location.hash = h), hash);
/** A sheet of a page, by its heading. */
export const section = (page, name) => page.getByRole("region", { name, exact: true });
export const account = (page) => page.locator("details.menu summary[title^='Account']");
export const signInButton = (page) => page.getByRole("button", { name: /^sign in/i }).first();
export const tokenRequests = (stand) => stand.requests.filter((r) => r.url.includes("/oauth2/v2.0/token")).length;
export const heading = (page, name) => page.getByRole("heading", { level: 1, name });
/** What is written on the page; one that is just leaving is asked again when the next is there. */
export const words = (page) => page.locator("body").innerText();

/** Everything that a page can leave behind, but for the note in its history entry. */
export function kept(page) {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
}

/** Signed in, and the tenant read. */
export async function read(stand, page, timeout = 60_000) {
  await stand.signIn(page);
  await whole(page, timeout);
}

export const outButton = (page) => page.getByRole("button", { name: "Sign out and forget" });

/** Out by the account menu: at the login service too, which sends back to the start page. */
export async function signOut(page) {
  await account(page).click();
  await leaving(page, () => outButton(page).click());
}

/** What `press` does signs out. The page leaves, and nothing can be asked of it until it is back. */
export async function leaving(page, press) {
  const back = page.waitForEvent("load");
  await press();
  await back;
  await signInButton(page).waitFor();
}

/** The overview of a tenant that is read to its end: until then it shows what is there so far. */
export async function whole(page, timeout = 60_000) {
  await page.waitForFunction(() => document.querySelector("h1")?.innerText === "Overview" && !document.querySelector(".meanwhile, .reading"), null, { timeout });
  await page.locator("main:not(:has([aria-busy=true]))").getByRole("table").first().waitFor({ timeout });
}

/** The overview as data: `types` has each type's cells by its name, `figures` each figure by its words, `unread` the list of what could not be read. */
export async function overview(page) {
  const more = page.locator("details.more:not([open]) > summary");
  if ((await more.count()) > 0) {
    await more.click();
    await page.locator("details.more tbody tr").first().waitFor();
  }
  return page.evaluate(() => {
    const text = (element) => element.innerText.replace(/\s+/g, " ").trim();
    const section = (title) => [...document.querySelectorAll("section")].find((s) => s.querySelector("h2")?.innerText === title);
    const rows = [...section("Policies by type").querySelectorAll("tbody tr")];
    const figures = [...document.querySelectorAll("main dl > div")].map((f) => [text(f.querySelector("dt")), text(f.querySelector("dd"))]);
    const parts = [...(section("Could not be read")?.querySelectorAll("h3") ?? [])];
    return {
      types: Object.fromEntries(rows.map((row) => [text(row.querySelector("th")), [...row.querySelectorAll("td.num")].map(text)])),
      figures: Object.fromEntries(figures),
      unread: parts.flatMap((h) => text(h).split(", ").map((name) => ({ name, why: text(h.nextElementSibling) }))),
    };
  });
}

/** Types, counts and figures are those of a read without faults. */
export function assertNothingLost(seen, whole) {
  assert.deepEqual(seen.unread, whole.unread, "not read: only what this sign-in lacks the permission for");
  assert.deepEqual(seen.types, whole.types, "the same policies, assigned as they are");
  assert.deepEqual(seen.figures, whole.figures);
}

/** The inventory lists, filters and opens: what every page of a read tenant must do, however the read went. */
export async function usable(page) {
  await rail(page, "Inventory").click();
  const rows = page.getByRole("grid", { name: "Policies" }).locator("tbody tr[data-at]");
  await rows.first().waitFor();
  await page.getByRole("combobox", { name: /filter/i }).or(page.locator("#query")).first().fill("platform:windows");
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("platform:windows"));
  await rows.first().getByRole("link").first().click();
  await page.getByRole("article", { name: "Policy" }).getByRole("heading", { level: 2 }).first().waitFor();
}
