// Who can use this app, and what the person may do: read live, unknown where it may not be read, and each permission explained before it is asked for.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { heading, rail, read, small } from "./steps.mjs";

const to = (page, hash) => page.evaluate((h) => (location.hash = h), hash);
const section = (page, name) => page.getByRole("region", { name, exact: true });

/** Opens the dialog from the button in a section, and asks. */
async function ask(stand, page, from, who) {
  await from.getByRole("button", { name: "What it takes" }).click();
  const dialog = page.getByRole("dialog", { name: "A permission" });
  await dialog.getByRole("button", { name: "Ask for this permission" }).click();
  await page.waitForURL((url) => url.origin === stand.emulator || url.hash.startsWith("#/trust"));
  if (new URL(page.url()).origin === stand.emulator) await page.getByRole("button", { name: new RegExp(who) }).click();
  await page.waitForURL((url) => url.origin === stand.site && url.hash.startsWith("#/trust"));
}

/** Wide and narrow, light and dark: nothing that axe finds, nothing that scrolls sideways, and a picture of each. */
async function bothWays(stand, page, name) {
  for (const [width, colorScheme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    await stand.axe(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}: nothing scrolls sideways`);
    await stand.picture(page, `${name}-${width}-${colorScheme}`);
  }
}

journey("who can use this app: each permission is explained, then the page names everybody", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open("/#/trust/access", { reducedMotion: "reduce" });
  await page.getByRole("heading", { name: "Nobody is signed in" }).waitFor();
  await stand.axe(page);
  await to(page, "#/");
  await read(stand, page);
  assert.ok(!(await stand.control("exchanges")).includes("/servicePrincipals"), "nothing is read unasked");
  await rail(page, "Trust").click();
  await page.getByRole("navigation", { name: "Trust" }).getByRole("link", { name: "Who can use this app here" }).click();
  await heading(page, "Who can use this app here").waitFor();
  for (const name of ["The app", "Who is assigned", "What it was granted"]) await section(page, name).getByText("Unknown").waitFor();
  assert.ok(!(await stand.control("exchanges")).includes("/servicePrincipals"), "without the permission nothing is sent");
  await stand.axe(page);
  await stand.picture(page, "access-unknown");

  await section(page, "The app").getByRole("button", { name: "What it takes" }).click();
  const dialog = page.getByRole("dialog", { name: "A permission" });
  await dialog.getByText("Application.Read.All", { exact: true }).waitFor();
  await dialog.getByText("GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo").waitFor();
  await dialog.getByText("For your administrator").click();
  await dialog.getByText(/An administrator accepts them for the organization here/).waitFor();
  const accept = new URL(await dialog.getByRole("link", { name: /accept at Microsoft/ }).getAttribute("href"));
  assert.equal(accept.origin, stand.emulator);
  assert.match(accept.pathname, /^\/[0-9a-f-]{36}\/v2.0\/adminconsent$/);
  assert.match(accept.searchParams.get("scope"), /^openid profile \S+\/Application\.Read\.All$/);
  await stand.axe(page);
  await stand.picture(page, "access-ask");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  // Each permission is asked for alone, and the page comes back by itself.
  await ask(stand, page, section(page, "The app"), "Rosa Lindqvist");
  await section(page, "The app").getByText("no: everybody can sign in").waitFor({ timeout: 60_000 });
  await section(page, "Who is assigned").getByText("Rosa Lindqvist").waitFor();
  await section(page, "What it was granted").getByText("The sign-in lacks a permission.").waitFor();
  await section(page, "What to change").getByRole("heading", { name: "Let only assigned people sign in" }).waitFor();
  await section(page, "What to change").getByRole("heading", { name: "See the grants without giving this app the permission" }).waitFor();
  await ask(stand, page, section(page, "What it was granted"), "Rosa Lindqvist");
  const granted = section(page, "What it was granted");
  await granted.getByText("For the whole organization.").first().waitFor({ timeout: 60_000 });
  await granted.getByText("Directory.AccessAsUser.All").waitFor();
  await granted.getByText("can change things").first().waitFor();
  await granted.getByRole("row", { name: /Rosa Lindqvist/ }).waitFor();
  const change = section(page, "What to change");
  await change.getByText(/-AppRoleAssignmentRequired:\$true/).waitFor();
  const link = await change.getByRole("link", { name: /Entra admin center/ }).first().getAttribute("href");
  assert.match(link, /^https:\/\/entra\.microsoft\.com\/#view\/Microsoft_AAD_IAM\/ManagedAppMenuBlade\/~\/Properties\/objectId\/[0-9a-f-]{36}\/appId\/c0a51b2e/);
  await bothWays(stand, page, "access");
});

journey("a role that may not see the grants leaves them unknown, with who may", { flags: small, expected: [/status of 403/] }, async (stand) => {
  const page = await stand.open("/");
  await stand.signIn(page, "Ivo Marchetti");
  await heading(page, "Overview").waitFor({ timeout: 60_000 });
  await to(page, "#/trust/access");
  for (const [name, there] of [["The app", /everybody can sign in/], ["What it was granted", /Your role may not read this/]]) {
    await ask(stand, page, section(page, name), "Ivo Marchetti");
    await section(page, name).getByText(there).waitFor({ timeout: 60_000 });
  }
  const granted = section(page, "What it was granted");
  await granted.getByText(/Whoever has one of these roles can: Global Reader/).waitFor();
  await granted.getByText(/403 Authorization_RequestDenied/).waitFor();
  assert.equal(await granted.getByText("Nothing: neither").count(), 0, "not known is not nothing");
  await stand.axe(page);
});

journey("what may I do: roles, what they open, and what can be activated", { flags: small, timeout: 180_000, expected: [/status of 403/] }, async (stand) => {
  const page = await stand.open("/");
  await stand.signIn(page, "Ivo Marchetti");
  await heading(page, "Overview").waitFor({ timeout: 60_000 });
  await to(page, "#/trust/roles");
  await heading(page, "What may I do").waitFor();
  const active = section(page, "Entra roles, active");
  const role = active.getByRole("row", { name: /Intune Administrator/ });
  await role.getByText("Everything in Intune").waitFor({ timeout: 60_000 });
  await role.getByText("activated").waitFor();
  await role.getByText(/^3 h \d+ min left$/).waitFor();
  await section(page, "Entra roles that you can activate").getByText("Intune Administrator").waitFor();
  const intune = section(page, "Intune roles");
  await intune.getByRole("heading", { name: /Port IT/ }).waitFor();
  await intune.getByText("Ports North").waitFor();
  await intune.getByText("read, update").waitFor();
  await intune.getByText("Remote tasks").first().waitFor();
  await intune.getByRole("heading", { name: /Help Desk Operator/ }).waitFor();

  // What is asked for alone, and explains itself before.
  const groups = section(page, "Groups by Privileged Identity Management, active");
  await groups.getByText("The sign-in lacks a permission.").waitFor();
  await stand.axe(page);
  await ask(stand, page, groups, "Ivo Marchetti");
  await groups.getByText(/^[12] h \d+ min left$/).waitFor({ timeout: 60_000 });
  await section(page, "Groups that you can activate").getByText("None.").waitFor();
  await bothWays(stand, page, "roles");
});

journey("a guest and a helpdesk person see what they have; the rest is unknown, not nothing", { flags: small, expected: [/status of 403/] }, async (stand) => {
  for (const [who, active] of [["Gil Santoro", /Your role may not read this/], ["Hana Okafor", /^None: what you see comes from/]]) {
    const page = await stand.open("/");
    await stand.signIn(page, who);
    await heading(page, "Overview").waitFor({ timeout: 60_000 });
    await to(page, "#/trust/roles");
    await section(page, "Entra roles, active").getByText(active).waitFor({ timeout: 60_000 });
    const intune = section(page, "Intune roles");
    await intune.getByText(/Your role may not read this|Needs a licence/).waitFor();
    assert.equal(await intune.getByText(/^None by a group/).count(), 0, "not known is not none");
    await stand.axe(page);
    await page.context().close();
  }
});
