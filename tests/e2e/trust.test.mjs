// What a person who has to decide, to host or to check needs: the permissions, the set-up, the threat model, encrypted files, the site's own files.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { journey, root } from "./harness.mjs";
import { heading, kept, rail, signInButton, small, words } from "./steps.mjs";

const opener = path.join(root, "src/domain/sealed/open.mjs");

/** The independent script: what it wrote, or the words with which it refused. */
function opened(from, to, passphrase) {
  return new Promise((done) => {
    const child = execFile("node", [opener, from, to], (error, _, said) => done({ good: !error, said }));
    child.stdin.end(`${passphrase}\n`);
  });
}

journey("every permission can be found by a word, and the whole table be saved for a consent review", { flags: small }, async (stand) => {
  const page = await stand.open("/#/trust/permissions");
  await heading(page, "Why each permission").waitFor();
  await stand.axe(page);
  await page.getByLabel("Find a permission").fill("DelegatedAdminRelationship");
  await page.getByRole("heading", { level: 3, name: /DelegatedAdminRelationship/ }).waitFor();
  assert.equal(await page.locator("main h3").count(), 1);
  await page.getByLabel("Find a permission").fill("/deviceManagement/configurationPolicies");
  await page.getByRole("button", { name: "Show all calls" }).click();
  await page.getByText("GET /beta/deviceManagement/configurationPolicies", { exact: true }).first().waitFor();
  await page.getByLabel("Find a permission").fill("nosuchpermission");
  await page.getByText("No permission has these words.").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /Download/ }).click()]);
  assert.equal(download.suggestedFilename(), "plumbline-permissions.md");
  const text = readFileSync(await download.path(), "utf8");
  for (const name of ["Directory.AccessAsUser.All", "update_device_health", "GET /v1.0/devices/delta()", "Our answer: never"]) assert.ok(text.includes(name), name);
  assert.ok(!stand.requests.some(({ url }) => url.startsWith(stand.emulator)), "nobody was asked for anything");
});

journey("a site is set up step by step, and says what is still wrong", { flags: small, expected: [/status of 400/] }, async (stand) => {
  const page = await stand.open("/#/trust/set-up");
  await heading(page, "Set up this site").waitFor();
  const check = page.getByRole("region", { name: "What is still wrong" });
  const line = (what) => check.getByRole("listitem").filter({ hasText: what });
  await line("Registration that reads").getByText("good").waitFor();
  await line("Redirect URI").getByText("good").waitFor();
  await line("Tenant").getByText("note").waitFor();
  await line("Last sign-in").getByText("unknown").waitFor();
  await stand.axe(page);

  // The link asks for exactly what is chosen.
  const link = page.getByRole("link", { name: /accept at Microsoft/ });
  const asked = async () => new URL(await link.getAttribute("href")).searchParams.get("scope").split(" ").map((s) => s.split("/").pop());
  await page.getByLabel(/^Tenant/).fill("contoso.onmicrosoft.com");
  for (const name of ["Names of groups", "Conditional Access"]) await page.getByRole("checkbox", { name }).uncheck();
  const scopes = ["openid", "profile", "DeviceManagementConfiguration.Read.All", "DeviceManagementApps.Read.All", "DeviceManagementServiceConfig.Read.All", "DeviceManagementScripts.Read.All", "DeviceManagementRBAC.Read.All", "User.Read"];
  assert.deepEqual(await asked(), scopes);
  await page.getByRole("checkbox", { name: "Names of groups" }).check();
  assert.deepEqual(await asked(), [...scopes, "Group.ReadBasic.All"]);
  assert.match(await link.getAttribute("href"), /^https:\/\/login\.microsoftonline\.com\/contoso\.onmicrosoft\.com\/v2\.0\/adminconsent\?/);

  // Every tool names this address; the one for writing has no permission.
  for (const tool of ["By hand", "Manifest", "Azure CLI", "Graph PowerShell", "Terraform"]) {
    await page.getByRole("button", { name: tool, exact: true }).click();
    const reads = await page.getByRole("region", { name: "The one that reads" }).innerText();
    assert.ok(reads.includes(`${stand.site}/`), `${tool}: ${reads}`);
    const writes = await page.getByRole("region", { name: /^The one for writing/ }).innerText();
    assert.ok(!/\.Read(Write)?\.All/.test(writes.replace("Application.ReadWrite.All", "")), `${tool}: ${writes}`);
    await stand.axe(page);
  }
  const id = await page.getByRole("textbox", { name: /that reads$/ }).inputValue();
  await page.getByLabel(/^Client id of the one for writing/).fill(id);
  await page.getByText(/"writerClientId" that cannot be used/).waitFor();
  assert.equal(await link.count(), 0, "no link while something is wrong");
  await page.getByLabel(/^Client id of the one for writing/).fill("7d3a1b52-0c94-4b0f-8a51-6f7e2d9c4b10");
  const config = JSON.parse(await page.getByRole("region", { name: "config.json", exact: true }).innerText());
  assert.deepEqual(config, { version: 1, cloud: "global", tenant: "contoso.onmicrosoft.com", clientId: id, writerClientId: "7d3a1b52-0c94-4b0f-8a51-6f7e2d9c4b10", features: ["inventory", "groups"] });
  assert.deepEqual(JSON.parse(await kept(page)), [{}, {}, ""], "nothing that was typed is kept");

  // A sign-in that a policy refuses ends in a sentence, a text for an administrator, and a line here.
  await page.goto(new URL("/", stand.site).href);
  await signInButton(page).click();
  await page.getByRole("button", { name: /Lou Fischer/ }).click();
  await page.getByText(/return to the application/i).click();
  await page.getByText("A policy of your organization blocks this sign-in.").waitFor();
  await page.getByRole("button", { name: "Copy for your administrator" }).waitFor();
  await page.evaluate(() => (location.hash = "#/trust/set-up"));
  await line("Last sign-in").getByText(/wrong/).waitFor();
  assert.match(await line("Last sign-in").innerText(), /A policy of your organization blocks this sign-in\./);
});

journey("a configuration that cannot be used leads to the page that mends it", { flags: small }, async (stand) => {
  const context = await stand.profile();
  await context.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: '{"version":1,"cloud":"global","tenant":"organizations","clientId":"2f1c7f0e-6a55-4d0e-9f62-0c2a6f3f9a11","writerClientId":"2F1C7F0E-6a55-4d0e-9f62-0c2a6f3f9a11"}' }));
  const page = await stand.open("/", { context });
  await heading(page, "This site is not set up").waitFor();
  await page.getByRole("link", { name: "Set up this site" }).click();
  await heading(page, "Set up this site").waitFor();
  const check = page.getByRole("region", { name: "What is still wrong" });
  await check.getByText(/"writerClientId" that cannot be used/).waitFor();
  await stand.axe(page);
});

journey("what is saved is encrypted on wish, and opens with its passphrase only: here and with the script that is not ours", { flags: small, timeout: 240_000 }, async (stand) => {
  const page = await stand.open();
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  await heading(page, "Overview").waitFor();
  await page.getByRole("table").first().waitFor();
  await rail(page, "Reports").click();
  const save = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save the snapshot" }).click()]);
    return { name: download.suggestedFilename(), file: await download.path() };
  };
  const plain = await save();
  await page.getByRole("button", { name: "Encrypt what is saved" }).click();
  const dialog = page.getByRole("dialog", { name: "Encrypt what is saved" });
  const field = dialog.getByLabel("Passphrase");
  const offered = await field.inputValue();
  assert.match(offered, /^([a-z0-9]{4}-){5}[a-z0-9]{4}$/);
  await dialog.getByRole("button", { name: "Another" }).click();
  assert.notEqual(await field.inputValue(), offered);
  await field.fill("short");
  assert.ok(await dialog.getByRole("button", { name: "Encrypt from now on" }).isDisabled());
  const passphrase = "Grüße aus dem Keller 1";
  await field.fill(passphrase);
  await stand.axe(page);
  await dialog.getByRole("button", { name: "Encrypt from now on" }).click();
  await page.getByRole("button", { name: "Saved encrypted" }).waitFor();
  const [sealed, again] = [await save(), await save()];
  assert.equal(sealed.name, `${plain.name}.sealed`);
  const bytes = readFileSync(sealed.file);
  assert.equal(bytes.subarray(0, 16).toString(), "plumbline-sealed");
  assert.notDeepEqual(bytes.subarray(22, 49), readFileSync(again.file).subarray(22, 49), "salt and nonces are new for each file");

  const out = path.join(stand.work, "opened");
  assert.deepEqual(await opened(sealed.file, out, passphrase), { good: true, said: "" });
  assert.ok(gunzipSync(readFileSync(out)).equals(gunzipSync(readFileSync(plain.file))), "the same snapshot");
  const altered = (name, change) => {
    const copy = Buffer.from(bytes);
    const file = path.join(stand.work, name);
    writeFileSync(file, change(copy) ?? copy);
    return file;
  };
  const bad = {
    "a flipped bit": altered("flipped.sealed", (copy) => void (copy[copy.length - 40] ^= 1)),
    "a head with another chunk size": altered("head.sealed", (copy) => void copy.writeUInt32BE(65_536, 38)),
    "a file that was cut off": altered("cut.sealed", (copy) => copy.subarray(0, copy.length - 30)),
  };
  for (const [what, file] of Object.entries(bad)) assert.match((await opened(file, out, passphrase)).said, /Altered|Cut off/, what);
  assert.match((await opened(sealed.file, out, "another one entirely")).said, /Another passphrase/);

  // And in the app, in a tab that knows nothing.
  const other = await stand.open("/", {});
  const pick = (file) => other.locator("input[type=file]:not([webkitdirectory])").first().setInputFiles(file);
  await other.getByRole("button", { name: "Open the demo snapshot" }).waitFor();
  await pick(sealed.file);
  const ask = other.getByRole("dialog", { name: "Open an encrypted file" });
  await ask.getByLabel("Passphrase").fill("grüße aus dem keller 1");
  await ask.getByRole("button", { name: "Open", exact: true }).click();
  await ask.getByText(/That is not its passphrase/).waitFor({ timeout: 30_000 });
  await stand.axe(other);
  await ask.getByLabel("Passphrase").fill(passphrase.normalize("NFD"));
  await ask.getByRole("button", { name: "Open", exact: true }).click();
  await heading(other, "Overview").waitFor({ timeout: 60_000 });
  await other.getByRole("table").first().waitFor();
  await other.evaluate(() => (location.hash = "#/"));
  await pick(bad["a flipped bit"]);
  await ask.getByLabel("Passphrase").fill(passphrase);
  await ask.getByRole("button", { name: "Open", exact: true }).click();
  await ask.getByText(/altered or cut off/).waitFor({ timeout: 30_000 });
  assert.ok(!(await kept(other)).includes("Keller"));
  assert.deepEqual(JSON.parse(await kept(page)), [{}, {}, ""], "the passphrase is not stored");
});

journey("the site's files are hashed in the browser and held against the build's list", { flags: small, alter: (dir) => writeFileSync(path.join(dir, "more.css"), "p { color: inherit }") }, async (stand) => {
  const page = await stand.open("/#/trust");
  await heading(page, "Trust").waitFor();
  for (const kind of ["IndexedDB", "Cache storage", "Service workers"]) {
    const held = page.getByRole("region", { name: "Stored on this computer" }).locator("dt", { hasText: kind }).locator("xpath=following-sibling::dd[1]");
    await held.getByText("0 items").waitFor();
  }
  await page.getByText("Nothing on this page, since it was opened.").waitFor();
  const section = page.getByRole("region", { name: "Files of this site" });
  // As the build wrote it into the page; where the source did not come out of git it says so.
  const built = /data-commit="([^"]+)"/.exec(readFileSync(path.join(root, "dist/index.html"), "utf8"))[1];
  const [commit, changed] = built.split("-");
  if (commit === "unknown") await section.getByText("commit unknown").waitFor();
  else await section.locator(`button[title="Copy ${commit}"]`).waitFor();
  assert.equal(await section.getByText("changed after it").count(), changed ? 1 : 0);

  await page.getByRole("button", { name: "Check every file" }).click();
  const files = page.getByRole("region", { name: "Files", exact: true });
  await files.getByRole("table").waitFor({ timeout: 30_000 });
  const others = await files.locator("tr", { hasText: "other" }).locator("th").allInnerTexts();
  // The server of the tests makes both for the emulator.
  assert.deepEqual(others.sort(), ["config.json", "index.html"]);
  assert.ok((await words(page)).includes("files are as they were built"));
  const of = (name) => files.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  for (const [name, who] of [[/^index\.html$/, "by page"], [/^app-.*\.wasm$/, "by page"], [/^engine-.*\.js$/, "by page"], [/^engine-.*\.wasm$/, "by engine"], [/^config\.json$/, "by engine"], [/^office-.*\.wasm$/, "not yet"]]) {
    await of(name).getByText(who, { exact: true }).waitFor();
  }
  assert.equal(await files.getByText("not in the list").count(), 0);
  await stand.axe(page);

  // What the check fetches is not what the page loaded: the second one says the same, and finds what came between.
  await page.evaluate(() => new Promise((done) => {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "./more.css", onload: done });
    document.head.append(sheet);
  }));
  await page.getByRole("button", { name: "Check every file" }).click();
  await of("more.css").getByText("not in the list").waitFor({ timeout: 30_000 });
  await of(/^office-.*\.wasm$/).getByText("not yet").waitFor();
  await section.getByRole("alert").getByText("1 loaded that the build does not have.").waitFor();
  await stand.axe(page);

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save this check" }).click()]);
  assert.equal(download.suggestedFilename(), "plumbline-check.json");
  const check = JSON.parse(readFileSync(await download.path(), "utf8"));
  assert.equal(check.commit, commit === "unknown" ? null : commit);
  assert.deepEqual(check.loadedAndNotInTheList, [{ loadedBy: "page", address: "more.css" }]);
  const listed = readFileSync(path.join(root, "dist/SHA256SUMS"), "utf8").trim().split("\n").map((line) => line.split("  "));
  assert.deepEqual(check.files.map((file) => [file.sha256OfTheBuild, file.name]), listed);
  const unlike = check.files.filter((file) => !file.asBuilt);
  assert.deepEqual(unlike.map((file) => file.name).sort(), ["config.json", "index.html"]);
});
