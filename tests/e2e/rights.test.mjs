// Rights in Intune against the audit log: used, unused and unknown; what is asked for, what is refused.
import assert from "node:assert/strict";
import { journey } from "./harness.mjs";
import { heading, read, section, small, to } from "./steps.mjs";

/** The row of a holder; its numbers are used, not used, unknown. */
const holder = (page, name) => section(page, "Who has rights that change things").locator("tbody tr").filter({ has: page.getByRole("rowheader", { name }) });

journey("which rights in Intune were used, which were not, and which nobody can tell", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open("/", { reducedMotion: "reduce" });
  await read(stand, page);
  await to(page, "#/trust");
  await page.getByRole("navigation", { name: "Trust" }).getByRole("link", { name: "Over-privileged administrators" }).click();
  await heading(page, "Over-privileged administrators").waitFor();

  // Roles alone: what was used is unknown, and the log is read only when somebody asks for it.
  await page.getByText("The audit log was not read: which rights were used is unknown.").waitFor({ timeout: 60_000 });
  const desk = holder(page, "Port IT").first();
  await desk.waitFor();
  assert.ok(!(await stand.control("exchanges")).includes("/deviceManagement/auditEvents"), "the log names people: it is not read unasked");
  await stand.axe(page);
  await page.getByRole("button", { name: "Read the audit log of 60 days" }).click();
  await page.getByText(/hold rights that they did not use in 60 days/).waitFor({ timeout: 60_000 });
  const exchanges = await stand.control("exchanges");
  assert.ok(exchanges.includes("/deviceManagement/auditEvents") && !exchanges.includes("/auditLogs/"), "Intune's own log and no other");

  // One of the service desk synchronizes devices, and nothing else.
  const one = section(page, "Who has rights that change things").locator("tbody tr")
    .filter({ has: page.getByText(/^Remote tasks: sync device$/) }).filter({ has: page.locator("h3", { hasText: "it was tried" }) }).filter({ hasNotText: "Ivo Marchetti" });
  await one.first().getByText("Rights, one by one").click();
  await one.first().getByText(/^Remote tasks: sync device$/).waitFor();
  await one.first().getByRole("heading", { name: "Not used" }).waitFor();
  await one.first().getByText(/Mobile apps: /).first().waitFor();
  await one.first().getByRole("heading", { name: "Unknown: it was tried, and did not succeed" }).waitFor();
  await one.first().getByRole("heading", { name: "Unknown: using it leaves no event that is known here" }).waitFor();
  await one.first().getByRole("link", { name: /in the Entra admin center/ }).waitFor();

  // The Intune administrator did more than the table knows: unknown, never unused.
  const admin = holder(page, /Ivo Marchetti/);
  await admin.getByText("Rights, one by one").click();
  await admin.getByText("Intune Administrator, can be activated").waitFor();
  await admin.getByRole("heading", { name: "Unknown: there are events that could not be assigned to a right" }).waitFor();
  await section(page, "Changed something, and no role was found").getByText("Configuration pipeline").waitFor();
  await section(page, "Events that could not be assigned to a right").getByRole("row").nth(1).waitFor();
  await section(page, "How this is worked out").getByText(/Reading leaves no audit event/).waitFor();
  await stand.bothWays(page, "rights");

  // Another time: counted again from what is there; a longer one than was read is not known.
  await page.getByRole("button", { name: "7 days", exact: true }).click();
  await page.getByText(/in 7 days/).first().waitFor();
  await page.getByRole("spinbutton", { name: /Number of days/ }).fill("75");
  await page.getByRole("spinbutton", { name: /Number of days/ }).press("Enter");
  await page.getByText(/The audit log is not known for all of these 75 days/).waitFor();
  await page.waitForFunction(() => location.hash === "#/trust/rights?days=75");
  await page.getByRole("button", { name: "Read the audit log of 75 days" }).click();
  await page.getByText(/hold rights that they did not use in 75 days/).waitFor({ timeout: 60_000 });
});

journey("a role that may not read Intune leaves rights unknown, with the reason", { flags: small, timeout: 180_000, expected: [/status of 403/] }, async (stand) => {
  const page = await stand.open("/");
  await stand.signIn(page, "Hana Okafor");
  await heading(page, "Overview").waitFor({ timeout: 60_000 });
  await to(page, "#/trust/rights");
  const gaps = section(page, "Could not be read");
  await gaps.getByText("What the roles of Intune allow.").waitFor({ timeout: 60_000 });
  await gaps.getByText(/Your role may not read this|Needs a licence/).first().waitFor();
  await page.getByRole("button", { name: "Read the audit log of 60 days" }).click();
  await section(page, "Time looked at").getByText(/is not whole/).waitFor({ timeout: 60_000 });
  await page.getByText(/The audit log is not known for all of these 60 days/).waitFor();
  assert.equal(await page.getByText(/hold rights that they did not use/).count(), 0, "not known is not unused");
  await stand.axe(page);
  await stand.picture(page, "rights-refused");
});
