// Who changed what: drift with its authors, the audit logs as a list, and a permission that explains itself before it is asked for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { journey } from "./harness.mjs";
import { heading, rail, read, small, to, words } from "./steps.mjs";

const lines = (page, name) => page.getByRole("grid", { name }).locator("tbody tr[data-at]");
const DAYS = 28;

/** What the tenant was four weeks ago, as a saved snapshot: nothing that was changed since, and something that is gone. */
async function earlier(page) {
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill("Save the snapshot");
  await page.keyboard.press("Enter");
  const bytes = readFileSync(await (await coming).path());
  const snapshot = JSON.parse((bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString());
  const since = new Date(Date.parse(snapshot.takenAt) - DAYS * 86_400_000).toISOString().replace(/\.\d+/, "");
  const changed = ({ document }) => (document?.lastModifiedDateTime ?? document?.modifiedDateTime ?? "") >= since;
  const count = snapshot.policies.filter(changed).length;
  assert.ok(count > 5, `${count} policies were changed in ${DAYS} days`);
  snapshot.policies = snapshot.policies.filter((one) => !changed(one));
  snapshot.takenAt = since;
  return { name: "earlier.plumbline.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(snapshot)) };
}

journey("drift names who changed each policy, and the audit logs are a list", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open("/", { reducedMotion: "reduce" });
  await read(stand, page);
  const before = await earlier(page);
  await rail(page, "Compare").click();
  await page.locator("main input[type=file]").first().setInputFiles(before);
  await page.getByRole("treegrid", { name: "Settings" }).locator("tbody tr[data-at]").first().waitFor({ timeout: 60_000 });
  await to(page, "#/compare/drift");
  await lines(page, "Drift").first().waitFor();
  await lines(page, "Drift").first().getByText("was not read").waitFor();
  assert.ok(!(await stand.control("exchanges")).includes("auditEvents"), "nothing is read unasked");
  await stand.axe(page);

  // The permission for Entra's log: what it takes, before it is asked for.
  await page.getByRole("button", { name: "Look up who changed it" }).click();
  await page.getByText(/Intune’s audit log: \d+ events/).waitFor();
  await page.getByRole("grid", { name: "Drift" }).getByText("ivo.marchetti@harbourline.example").first().waitFor();
  await stand.axe(page);
  await stand.picture(page, "drift-authors");
  await page.getByRole("button", { name: "What it takes" }).first().click();
  const dialog = page.getByRole("dialog", { name: "A permission" });
  await dialog.getByText("GET /v1.0/auditLogs/directoryAudits").waitFor();
  await dialog.getByText("AuditLog.Read.All", { exact: true }).waitFor();
  await stand.axe(page);
  await stand.picture(page, "ask-permission");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  // From a policy of the drift to its events, and to what was before and after.
  await page.getByRole("grid", { name: "Drift" }).getByRole("link", { name: /event/ }).first().click();
  await page.waitForFunction(() => location.hash.startsWith("#/compare/audit?about="));
  const events = lines(page, "Audit events");
  await events.first().waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.waitForFunction(() => location.hash === "#/compare/audit");
  const all = Number(await page.getByRole("grid", { name: "Audit events" }).getAttribute("aria-rowcount"));
  assert.ok(all > 10);
  await page.getByRole("textbox", { name: "Filter" }).fill("patch ivo");
  await page.waitForFunction((n) => Number(document.querySelector("[role=grid]").getAttribute("aria-rowcount")) < n, all);
  await page.getByRole("columnheader", { name: "Object" }).getByRole("button").click();
  await page.waitForFunction(() => location.hash.includes("sort=object"));
  await events.first().click();
  const detail = page.getByRole("article", { name: "Event" });
  await detail.getByText("Before", { exact: true }).first().waitFor();
  await detail.getByText("(draft)").first().waitFor();
  assert.doesNotMatch(await words(page), /tide-AND/, "a secret stays hidden");
  await stand.axe(page);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await stand.picture(page, `audit-event-${width}`);
    await stand.axe(page);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await stand.axe(page);
  await stand.picture(page, "audit-event-dark");
  await page.keyboard.press("Escape");
  await detail.waitFor({ state: "detached" });
  await page.getByRole("textbox", { name: "Filter" }).fill("nobody at all");
  await page.getByText("Nothing matches").waitFor();
  await page.getByRole("button", { name: "Clear the filter" }).click();

  // Asked for, the permission comes back with the page.
  await page.getByRole("button", { name: "What it takes" }).first().click();
  await dialog.getByRole("button", { name: "Ask for this permission" }).click();
  await page.waitForURL((url) => url.origin === stand.emulator || url.hash.startsWith("#/compare/audit"));
  if (new URL(page.url()).origin === stand.emulator) await page.getByRole("button", { name: /Rosa Lindqvist/ }).click();
  await page.getByRole("button", { name: "30 days" }).click({ timeout: 60_000 });
  await page.getByText(/Entra’s audit log: \d+ events/).waitFor();
  await page.getByRole("group", { name: "Show" }).getByRole("button", { name: "Entra" }).click();
  await events.first().click();
  await detail.getByText(/enabledForReportingButNotEnforced/).first().waitFor();
});

journey("a log that is refused says so, and why", { flags: small, expected: [/status of 403/] }, async (stand) => {
  const page = await stand.open("/");
  await read(stand, page);
  await stand.control("faults", { rules: [{ path: "/deviceManagement/auditEvents", times: 9, status: 403, code: "Forbidden", message: "User is not authorized to perform this operation." }] });
  await to(page, "#/compare/audit");
  await page.getByText("No audit log was read yet").waitFor();
  await heading(page, /./).first().waitFor();
  await stand.axe(page);
  await page.getByRole("button", { name: "7 days" }).click();
  await page.getByText("is not whole. Your role may not read this.").waitFor();
  await page.getByText(/403 Forbidden/).waitFor();
  await stand.axe(page);
});

journey("an open policy leads to its own audit events, beside the list and on a phone", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open("/", { reducedMotion: "reduce" });
  await read(stand, page);
  await to(page, "#/inventory?sort=-modified");
  await lines(page, "Policies").first().getByRole("link").first().click();
  const policy = page.getByRole("article", { name: "Policy" });
  const name = await policy.getByRole("heading", { level: 2 }).innerText();
  const link = policy.getByRole("link", { name: "Audit events" });
  const about = await link.getAttribute("href");
  await link.click();
  await page.waitForFunction((hash) => location.hash === hash && hash.includes("about="), about);
  await page.getByText("No audit log was read yet").waitFor();

  // What is read then is shown of this policy alone, with before and after.
  await page.getByRole("button", { name: "30 days" }).click();
  await page.getByText(/Intune’s audit log: \d+ events/).waitFor();
  const events = lines(page, "Audit events");
  const its = async () => {
    await events.first().waitFor();
    await page.waitForFunction(() => {
      const [, matching, total] = /(\d+) of (\d+) events/.exec(document.querySelector("[aria-label='Audit logs']")?.innerText) ?? [];
      const listed = document.querySelector("[role=grid][aria-label='Audit events']")?.getAttribute("aria-rowcount");
      return Number(matching) > 0 && Number(matching) < Number(total) && Number(listed) === Number(matching) + 1;
    });
  };
  await its();
  await events.first().click();
  const event = page.getByRole("article", { name: "Event" });
  await event.getByRole("heading", { level: 3, name }).first().waitFor();
  await event.getByText("Before", { exact: true }).first().waitFor();
  await event.getByText("After", { exact: true }).first().waitFor();

  // And back to the policy, on a phone: its own page has the same link.
  await page.setViewportSize({ width: 390, height: 844 });
  await event.getByRole("link", { name: "Open in the inventory" }).first().click();
  await policy.getByRole("heading", { level: 2, name }).waitFor();
  await link.click();
  await page.waitForFunction((hash) => location.hash === hash, about);
  await its();
});
