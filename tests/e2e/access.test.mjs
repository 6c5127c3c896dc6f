// Who can use this app, and what the person may do: read live, unknown where it may not be read, and each permission explained before it is asked for.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { heading, rail, read, section, small, to } from "./steps.mjs";

/** Opens the dialog from the button in a section, and asks. */
async function ask(stand, page, from, who) {
  await from.getByRole("button", { name: "What it takes" }).click();
  const dialog = page.getByRole("dialog", { name: "A permission" });
  await dialog.getByRole("button", { name: "Ask for this permission" }).click();
  await page.waitForURL((url) => url.origin === stand.emulator || url.hash.startsWith("#/trust"));
  if (new URL(page.url()).origin === stand.emulator) await page.getByRole("button", { name: new RegExp(who) }).click();
  await page.waitForURL((url) => url.origin === stand.site && url.hash.startsWith("#/trust"));
}

journey("who can use this app: each permission is explained, then the page names everybody", { flags: small, timeout: 240_000, expected: [/status of 40[34]/] }, async (stand) => {
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
  await granted.getByRole("row", { name: /Rosa Lindqvist Microsoft Graph/ }).waitFor();
  await granted.getByText(/On the API Microsoft Graph Copy 00000003/).waitFor();
  // An API and a person that are not there any more keep their ids; everybody else has a name, assigned or not.
  await granted.getByText(/On the API Copy [0-9a-f]{8}/).waitFor();
  assert.equal(await granted.getByRole("rowheader").getByRole("button", { name: /^Copy/ }).count(), 1);
  assert.equal(await granted.getByText("Some names are not known").count(), 0, "who is gone is not unknown");
  const change = section(page, "What to change");
  await change.getByText(/-AppRoleAssignmentRequired:\$true/).waitFor();
  const link = await change.getByRole("link", { name: /Entra admin center/ }).first().getAttribute("href");
  assert.match(link, /^https:\/\/entra\.microsoft\.com\/#view\/Microsoft_AAD_IAM\/ManagedAppMenuBlade\/~\/Properties\/objectId\/[0-9a-f-]{36}\/appId\/c0a51b2e/);
  await stand.bothWays(page, "access");

  // Names that may not be read: the ids stay, and why.
  const refused = { path: "/users/", times: 20, status: 403, code: "Authorization_RequestDenied", message: "Insufficient privileges to complete the operation." };
  await stand.control("faults", { rules: [refused] });
  await page.getByRole("button", { name: "Read again" }).click();
  await granted.getByText("Some names are not known, so their ids stand here:").waitFor({ timeout: 60_000 });
  await granted.getByText(/403 Authorization_RequestDenied/).waitFor();
  await granted.getByRole("row", { name: /Rosa Lindqvist Microsoft Graph/ }).waitFor();
});

/** The page, by a person who is signed in; `context` where the site's configuration is another one. */
async function opened(stand, who, options) {
  const page = await stand.open("/", { reducedMotion: "reduce", ...options });
  await stand.signIn(page, who);
  await heading(page, "Overview").waitFor({ timeout: 60_000 });
  await to(page, "#/trust/access");
  await heading(page, "Who can use this app here").waitFor();
  return page;
}

/** Asked for, granted, and then read on a button of its own. */
async function signIns(stand, page, who) {
  const sent = async () => (await stand.control("exchanges")).split("/auditLogs/").length;
  const before = await sent();
  const log = section(page, "Who signed in");
  await log.getByText("The sign-in lacks a permission.").waitFor();
  await ask(stand, page, log, who);
  const button = log.getByRole("button", { name: "Read the sign-ins" });
  await button.waitFor({ timeout: 60_000 });
  assert.equal(await sent(), before, "the permission alone reads nothing");
  await button.click();
  return log;
}

journey("who signed in: read only when asked for, the newest, how each ended, and no addresses", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await opened(stand, "Rosa Lindqvist");
  await ask(stand, page, section(page, "The app"), "Rosa Lindqvist");
  await section(page, "The app").getByText("no: everybody can sign in").waitFor({ timeout: 60_000 });
  const log = await signIns(stand, page, "Rosa Lindqvist");
  await log.getByRole("row", { name: /wrong name or password \(50126\)/ }).first().waitFor({ timeout: 60_000 });
  await log.getByRole("row", { name: /not let in\s*blocked by Conditional Access \(53003\)/ }).first().waitFor();
  await log.getByRole("row", { name: /asked for more\s*asked for a second factor \(50074\)/ }).first().waitFor();
  await log.getByRole("row", { name: /Rosa Lindqvist.*signed in/ }).first().waitFor();
  // Microsoft's own words where there are none of ours, and a name that tries to be more than a name.
  await log.getByText("User has not registered the authenticator app. (50203)").first().waitFor();
  await log.getByText(/Wilhelmina-Konstantinopoulou/).waitFor();
  assert.equal(await log.getByRole("row").count(), 51, "the newest 50, below their head");
  await log.getByText(/There are older ones/).waitFor();
  await section(page, "The app").getByText("no: everybody can sign in").waitFor();
  const said = await stand.control("exchanges");
  for (const never of ["ipAddress", "deviceDetail"]) assert.ok(!said.includes(never), `${never} is not asked for`);
  const link = await log.getByRole("link", { name: /All of them/ }).getAttribute("href");
  assert.match(link, /ManagedAppMenuBlade\/~\/SignIns\/objectId\/[0-9a-f-]{36}\/appId\/c0a51b2e/);
  await stand.bothWays(page, "sign-ins");
  // Whoever comes back sees it again, and reads it anew with the rest.
  await page.getByRole("button", { name: "Read again" }).click();
  await log.getByRole("row", { name: /wrong name or password/ }).first().waitFor();
});

journey("sign-ins that may not be read are unknown, never nobody", { flags: small, timeout: 180_000, expected: [/status of 403/] }, async (stand) => {
  const refused = async (log, why) => {
    await log.getByText(why).first().waitFor({ timeout: 60_000 });
    assert.equal(await log.getByText(/^Nobody/).count(), 0, "not known is not nobody");
  };
  const page = await opened(stand, "Ivo Marchetti");
  const log = await signIns(stand, page, "Ivo Marchetti");
  await refused(log, /Your role may not read this\. Whoever has one of these roles can: Reports Reader/);
  await log.getByText(/403 Authentication_RequestFromUnsupportedUserRole/).waitFor();
  await stand.axe(page);
  await page.context().close();

  const premium = { path: "/auditLogs/signIns", status: 403, code: "Authentication_RequestFromNonPremiumTenantOrB2CTenant", message: "Neither tenant is B2C or tenant doesn't have premium license" };
  await stand.control("faults", { rules: [premium] });
  const other = await opened(stand, "Rosa Lindqvist");
  await refused(await signIns(stand, other, "Rosa Lindqvist"), "Needs a licence that this tenant does not have.");
  await section(other, "Who signed in").getByText(/only in a tenant with Microsoft Entra ID P1/).waitFor();
});

/** A profile whose site names a registration for writing. */
async function withWriter(stand, writerClientId) {
  const context = await stand.profile({ reducedMotion: "reduce" });
  await context.route("**/config.json", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), writerClientId } });
  });
  return context;
}

journey("a registration for writing is looked up too: there, with what it has, or not there", { flags: small, timeout: 240_000, expected: [/status of 404/] }, async (stand) => {
  const context = await withWriter(stand, "d1b62c3f-4e50-4071-9c8d-0e1f203a4b5d");
  const page = await opened(stand, "Rosa Lindqvist", { context });
  const writer = section(page, "The app for writing");
  await writer.getByText("Unknown").waitFor();
  await ask(stand, page, writer, "Rosa Lindqvist");
  await writer.getByText("yes: only who is assigned").waitFor({ timeout: 60_000 });
  await section(page, "The app").getByText("no: everybody can sign in").waitFor();
  await section(page, "Who is assigned to the app for writing").getByRole("row", { name: /group/ }).waitFor();
  await ask(stand, page, section(page, "What the app for writing was granted"), "Rosa Lindqvist");
  await section(page, "What the app for writing was granted").getByText(/^Nothing: neither/).waitFor({ timeout: 60_000 });
  await section(page, "What it was granted").getByText("For the whole organization.").first().waitFor();
  await section(page, "What to change at the app for writing").getByText(/^Nothing: only assigned people/).waitFor();
  const log = await signIns(stand, page, "Rosa Lindqvist");
  await log.getByText("the app for writing", { exact: true }).first().waitFor({ timeout: 60_000 });
  await stand.bothWays(page, "writer");
  await context.close();

  const nobody = await withWriter(stand, "5f3c1d2e-0a9b-4c8d-8e7f-6a5b4c3d2e1f");
  const other = await opened(stand, "Rosa Lindqvist", { context: nobody });
  // What was consented to once is in each of the person's tokens.
  const absent = section(other, "The app for writing");
  await absent.getByText(/nobody has consented here yet.*Nothing in this version writes/).waitFor({ timeout: 60_000 });
  await section(other, "The app").getByText("no: everybody can sign in").waitFor();
  await stand.axe(other);
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
  await intune.getByText("read, update", { exact: true }).waitFor();
  await intune.getByText("Remote tasks").first().waitFor();
  await intune.getByRole("heading", { name: /Help Desk Operator/ }).waitFor();

  // What is asked for alone, and explains itself before.
  const groups = section(page, "Groups by Privileged Identity Management, active");
  await groups.getByText("The sign-in lacks a permission.").waitFor();
  await stand.axe(page);
  await ask(stand, page, groups, "Ivo Marchetti");
  await groups.getByText(/^[12] h \d+ min left$/).waitFor({ timeout: 60_000 });
  await section(page, "Groups that you can activate").getByText("None.").waitFor();
  await stand.bothWays(page, "roles");
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
