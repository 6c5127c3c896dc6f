// Every screen, in both themes: axe without exceptions on a desk and on a phone, and nothing that scrolls sideways at 320 pixels.
import assert from "node:assert/strict";
import path from "node:path";
import { journey, root } from "./harness.mjs";
import { account, heading, rail, signInButton, small, whole } from "./steps.mjs";

const baseline = path.join(root, "tests/data/demo-baseline");
const desk = { width: 1440, height: 900 };

/** Judges what is on the screen at each width, then goes back to the desk. What it finds stands among the journey's faults. */
async function judge(stand, page, name, scheme, widths = [390]) {
  const axe = () => stand.axe(page).catch((found) => stand.faults.push(`${name}: ${found.message}`));
  await axe();
  await stand.picture(page, `${name}-${scheme}`);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    await axe();
    await stand.picture(page, `${name}-${scheme}-${width}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await page.waitForFunction(() => innerWidth === 320);
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const beyond = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1 && e.checkVisibility());
    return { over: document.documentElement.scrollWidth - room, first: beyond.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)) };
  });
  if (wide.over > 0) stand.faults.push(`${name} scrolls ${wide.over} pixels sideways at 320: ${wide.first.join("\n")}`);
  await page.setViewportSize(desk);
}

/** The analyses of the comparison that is open, with a deviation that was accepted. */
async function analyses(page, check) {
  const to = (hash) => page.evaluate((h) => (location.hash = h), hash);
  const row = (name) => page.getByRole("grid", { name }).locator("tbody tr[data-at]").first().waitFor();
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "Accept this difference" });
  await dialog.waitFor();
  await check("accept");
  await dialog.getByLabel("Reason").fill("Meeting rooms need it");
  await dialog.getByLabel("Who answers for it").fill("Ada");
  await dialog.getByRole("button", { name: "Accept" }).click();
  await page.getByRole("button", { name: "Take it back" }).waitFor();
  await check("accepted");
  await to("#/compare");
  await page.getByRole("button", { name: "How it is counted" }).click();
  await page.getByRole("table", { name: "What counts" }).waitFor();
  await check("score");
  await page.getByRole("button", { name: "How it is counted" }).click();
  await page.getByRole("button", { name: /the same by a rule/ }).click();
  await check("rules");
  await page.getByRole("region", { name: "Rules" }).getByRole("link").first().click();
  await page.getByText(/Without this rule/).waitFor();
  await check("rule");
  await to("#/compare/deviations");
  await row("Deviations");
  await check("deviations");
  await to("#/compare/audit");
  await page.getByText("No audit log was read yet").waitFor();
  await check("audit");
  await to("#/compare/coverage");
  await row("Coverage");
  await page.getByText(/^By category/).click();
  await check("coverage");
  await to("#/compare/coverage?row=1");
  await page.getByRole("article", { name: "Setting" }).getByRole("table").waitFor();
  await check("coverage-setting");
  await to("#/compare/conflicts?show=yes,maybe,unknown,no&row=0");
  await page.getByRole("article", { name: "Conflict" }).getByRole("table").waitFor();
  await check("conflict");
  await to("#/compare/conflicts?q=nosuchsetting");
  await page.getByText("Nothing matches").waitFor();
  await check("conflicts-empty", []);
  await to("#/compare/drift");
  await row("Drift");
  await check("drift");
  await to("#/compare/sides");
  await row("Settings by side");
  await page.locator("main input[type=file][webkitdirectory]").setInputFiles(baseline);
  await page.getByRole("button", { name: /^Remove/ }).waitFor();
  await row("Settings by side");
  await check("sides");
  await to("#/compare/policies");
  await page.getByRole("textbox", { name: "Find a policy" }).focus();
  await page.getByRole("list", { name: "Policies" }).getByRole("link").first().waitFor();
  await check("policies");
  await to("#/compare/policies?left=1.3&right=0.12");
  await row("Settings");
  await check("two-policies");
}

for (const scheme of ["light", "dark"]) {
  journey(`every screen of a session in ${scheme}`, { flags: small, timeout: 400_000 }, async (stand) => {
    const page = await stand.open("/", { colorScheme: scheme });
    const check = (name, widths) => judge(stand, page, name, scheme, widths);
    await signInButton(page).waitFor();
    await check("start");

    await stand.control("faults", { profile: "slow" });
    await stand.signIn(page);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused. Nothing is sent.").waitFor();
    await check("reading");
    await stand.control("faults", { profile: "none" });
    await page.getByRole("button", { name: "Go on" }).click();
    await whole(page);
    await check("overview");

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /Search pages/ }).fill("win");
    await page.getByRole("option").first().waitFor();
    await check("search");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await check("keys", []);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });

    await rail(page, "Inventory").click();
    const rows = page.getByRole("grid", { name: "Policies" }).locator("tbody tr[data-at]");
    await rows.first().waitFor();
    await check("inventory");
    await rows.nth(1).getByRole("link").first().click();
    await page.getByRole("article", { name: "Policy" }).getByRole("heading", { name: "Assignments" }).waitFor();
    await check("policy");
    await page.evaluate(() => (location.hash = "#/inventory?q=nosuchpolicy"));
    await page.getByText("No policy matches").waitFor();
    await check("inventory-empty", []);

    await rail(page, "Compare").click();
    await heading(page, "Compare").waitFor();
    await check("compare-choose");
    await page.locator("main input[type=file][webkitdirectory]").setInputFiles(baseline);
    const settings = page.getByRole("treegrid", { name: "Settings" });
    await settings.locator("tbody tr[data-at]").first().waitFor({ timeout: 60_000 });
    await check("compare");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.waitForFunction(() => /^#\/compare\/\d+$/.test(location.hash));
    await check("compare-setting");
    await analyses(page, check);

    await rail(page, "Reports").click();
    await heading(page, "Reports").waitFor();
    await check("reports");
    await page.getByRole("button", { name: "Encrypt what is saved" }).click();
    await page.getByRole("dialog", { name: "Encrypt what is saved" }).waitFor();
    await check("encrypt");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await rail(page, "Trust").click();
    await heading(page, "Trust").waitFor();
    await check("trust");
    for (const [hash, title] of [["permissions", "Why each permission"], ["set-up", "Set up this site"], ["threats", "Threat model"]]) {
      await page.evaluate((h) => (location.hash = `#/trust/${h}`), hash);
      await heading(page, title).waitFor();
      await check(hash);
    }
    await page.evaluate(() => (location.hash = "#/no/such/page"));
    await page.getByText("No such page").first().waitFor();
    await check("nowhere", []);

    await rail(page, "Overview").click();
    await heading(page, "Overview").waitFor();
    await account(page).click();
    await check("account-menu", []);
    await page.getByRole("button", { name: "Lock" }).click();
    await heading(page, /Locked|Signed out/).waitFor();
    await check("locked");
  });

  journey(`gates in ${scheme}: nothing open, access denied`, { flags: small, expected: [/status of 400/] }, async (stand) => {
    const page = await stand.open("/#/overview", { colorScheme: scheme });
    await page.getByText("Nothing is open yet").waitFor();
    await judge(stand, page, "nothing-open", scheme);
    await signInButton(page).click();
    await page.getByRole("button", { name: /Lou Fischer/ }).click();
    await page.getByText(/return to the application/i).click();
    await page.getByText("A policy of your organization blocks this sign-in.").waitFor();
    await judge(stand, page, "denied", scheme);
  });

  journey(`a configuration that cannot be used in ${scheme}: the page names what is wrong`, { flags: small }, async (stand) => {
    const context = await stand.profile({ colorScheme: scheme });
    await context.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: '{"version":1,"cloud":"moon","tenant":"organizations","clientId":"x"}' }));
    const page = await stand.open("/", { context });
    await heading(page, "This site is not set up").waitFor();
    await page.getByText(/moon/).first().waitFor();
    await judge(stand, page, "misconfigured", scheme);
    assert.ok(!stand.requests.some(({ url }) => url.startsWith(stand.emulator)), "nobody was asked for anything");
  });
}
