// Reports as people hand them over: downloaded by real clicks, opened here, and what is in them compared with what was on the screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { journey, root } from "./harness.mjs";
import { SETTINGS_EACH, tenant } from "./many.mjs";
import { heading, rail, small } from "./steps.mjs";
import { unzip } from "./zip.mjs";

const baseline = path.join(root, "tests/data/demo-baseline");
/** What must stay a text in each format, and what every format shows of it. */
const HOSTILE = `=HYPERLINK("http://x")\u202e<img src=x onerror=alert(1)>]]>&_x0041_`;
const SHOWN = `=HYPERLINK("http://x")⟨U+202E⟩<img src=x onerror=alert(1)>]]>&_x0041_`;

/** The report that is chosen, in this format. */
async function report(page, format) {
  await rail(page, "Reports").click();
  await page.getByRole("radio", { name: new RegExp(`^${format}`) }).check();
  const coming = page.waitForEvent("download", { timeout: 90_000 });
  await page.getByRole("button", { name: "Download the report" }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** XML as data, read by the browser: `read` gets the document. It fails on what is not well-formed. */
async function xml(blank, text, read, given) {
  return blank.evaluate(([text, read, given]) => {
    const parsed = new DOMParser().parseFromString(text, "application/xml");
    const wrong = parsed.querySelector("parsererror");
    if (wrong) throw new Error(wrong.textContent.slice(0, 500));
    return (0, eval)(`(${read})`)(parsed, given);
  }, [text, read.toString(), given]);
}

/** A workbook: its sheets in order, each with its rows as lists of texts, and all XML of it well-formed. */
async function workbook(blank, bytes) {
  const files = unzip(bytes);
  for (const [name, text] of files) {
    if (!/\.(xml|rels)$/.test(name)) continue;
    await xml(blank, text, () => 0);
    assert.ok(!/<f[ >]|<hyperlink|externalLink/.test(text), `${name} has no formula and no link`);
    assert.ok(!/[\u202a-\u202e]/.test(text), `${name} shows what acts unseen`);
  }
  const shared = await xml(blank, files.get("xl/sharedStrings.xml"), (doc) => [...doc.querySelectorAll("si")].map((si) => si.textContent));
  const names = await xml(blank, files.get("xl/workbook.xml"), (doc) => [...doc.querySelectorAll("sheet")].map((sheet) => sheet.getAttribute("name")));
  const sheets = new Map();
  for (const [at, name] of names.entries()) {
    const text = files.get(`xl/worksheets/sheet${at + 1}.xml`);
    assert.ok([...text.matchAll(/ t="(\w+)"/g)].every(([, kind]) => kind === "s" || kind === "inlineStr"), `${name}: texts and numbers only`);
    const sheet = await xml(blank, text, (doc, shared) => ({
      rows: [...doc.querySelectorAll("sheetData > row")].map((row) => {
        const cells = [];
        for (const cell of row.querySelectorAll("c")) {
          const column = [...cell.getAttribute("r").replace(/\d/g, "")].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;
          const kind = cell.getAttribute("t");
          const raw = kind === "s" ? shared[Number(cell.textContent)] : cell.textContent;
          cells[column] = kind ? raw.replace(/_x([0-9A-F]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16))) : Number(raw);
        }
        return [...cells].map((cell) => cell ?? null);
      }),
      numbers: [...doc.querySelectorAll("sheetData > row")].map((row) => Number(row.getAttribute("r"))),
      frozen: doc.querySelector("pane")?.getAttribute("state") === "frozen",
      filter: doc.querySelector("autoFilter")?.getAttribute("ref") ?? null,
      area: doc.querySelector("dimension").getAttribute("ref"),
    }), shared);
    sheets.set(name, sheet);
  }
  for (const [name, sheet] of [...sheets].slice(1)) {
    assert.ok(sheet.frozen, `${name}: the head stays`);
    assert.deepEqual(sheet.numbers, sheet.numbers.map((_, at) => at + 1), `${name}: rows without a gap`);
    if (sheet.rows.length > 1) {
      assert.match(sheet.filter, new RegExp(`^A1:[A-Z]+${sheet.rows.length}$`), `${name}: the filter covers every row`);
      assert.match(sheet.area, new RegExp(`^A1:[A-Z]+${sheet.rows.length}$`));
    }
  }
  return sheets;
}

/** A document: headings with their level, entries of the contents, and rows of its tables; all XML of it well-formed. */
async function document(blank, bytes) {
  const files = unzip(bytes);
  for (const [name, text] of files) {
    if (!/\.(xml|rels)$/.test(name)) continue;
    await xml(blank, text, () => 0);
    assert.ok(!/[\u202a-\u202e]|TargetMode="External"/.test(text), name);
  }
  assert.ok(files.has("[Content_Types].xml") && files.has("word/styles.xml"));
  return xml(blank, files.get("word/document.xml"), (doc) => {
    const text = (element) => [...element.getElementsByTagName("w:t")].map((t) => t.textContent).join("");
    const style = (p) => p.getElementsByTagName("w:pStyle")[0]?.getAttribute("w:val") ?? "";
    const paragraphs = [...doc.getElementsByTagName("w:p")];
    return {
      headings: paragraphs.filter((p) => /^Heading[12]$/.test(style(p))).map((p) => [Number(style(p).slice(-1)), text(p)]),
      contents: paragraphs.filter((p) => /^ToC/i.test(style(p))).map((p) => text(p).trim()),
      rows: [...doc.getElementsByTagName("w:tr")].map((row) => [...row.getElementsByTagName("w:tc")].map(text)),
    };
  });
}

/** A page of no site, to read XML with. */
async function blankPage(stand) {
  return (await stand.profile()).newPage();
}

journey("a comparison as a workbook and as a document says what the screen says", { flags: small, timeout: 180_000 }, async (stand) => {
  const page = await stand.open();
  await page.getByRole("button", { name: "Open the demo snapshot" }).click();
  await heading(page, "Overview").waitFor();
  await rail(page, "Compare").click();
  await page.locator("main input[type=file][webkitdirectory]").setInputFiles(baseline);
  const grid = page.getByRole("treegrid", { name: "Settings" });
  await grid.locator("tbody tr[data-at]").first().waitFor({ timeout: 60_000 });
  const state = async (name) => Number((await page.getByRole("group", { name: "Show" }).getByRole("button", { name: new RegExp(`^${name}`) }).innerText()).replace(/\D/g, ""));
  const expected = { Different: await state("different"), Missing: await state("missing"), Extra: await state("extra") };
  await grid.locator("tbody tr[aria-level='2']").filter({ hasText: "different" }).first().click();
  await page.waitForFunction(() => /^#\/compare\/\d+$/.test(location.hash));
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "Accept this difference" });
  await dialog.getByLabel("Reason").fill("=Meeting rooms");
  await dialog.getByLabel("Who answers for it").fill("Ada");
  await dialog.getByLabel("Last day").fill("2031-05-31");
  await dialog.getByRole("button", { name: "Accept" }).click();
  await dialog.waitFor({ state: "hidden" });
  await rail(page, "Reports").click();
  await page.getByRole("radio", { name: /^Comparison/ }).check();

  const blank = await blankPage(stand);
  const excel = await report(page, "Excel");
  assert.match(excel.name, /^comparison-\d{4}-\d\d-\d\d\.xlsx$/);
  const sheets = await workbook(blank, excel.bytes);
  assert.equal([...sheets.keys()][0], "About");
  const settings = sheets.get("Settings");
  const [column, pair] = ["State", "Of it"].map((name) => settings.rows[0].indexOf(name));
  const found = {};
  for (const row of settings.rows.slice(1)) {
    // What another policy sets stands under both, and is one difference.
    const again = row[pair] === "Extra" && row[column] !== "Extra";
    if (!again) found[row[column]] = (found[row[column]] ?? 0) + 1;
  }
  assert.deepEqual({ Different: found.Different ?? 0, Missing: found.Missing ?? 0, Extra: found.Extra ?? 0 }, expected);

  const says = "Accepted by Ada, until 2031-05-31: =Meeting rooms";
  assert.equal(settings.rows.filter((row) => row.includes(says)).length, 1, "the line says who accepted it");

  const word = await report(page, "Word");
  assert.match(word.name, /\.docx$/);
  const text = await document(blank, word.bytes);
  assert.ok(text.headings.some(([level, words]) => level === 1 && words === "Summary"));
  assert.ok(text.headings.filter(([level]) => level === 2).length > 3, "a heading for each pair of policies");
  assert.ok(text.rows.some((row) => row.some((cell) => cell.endsWith(says))));
  assert.deepEqual(text.contents.filter(Boolean), text.headings.map(([, words]) => words.trim()), "the contents name each heading");
});

journey("a whole tenant with hostile names in every format that is handed over", { flags: small, timeout: 240_000 }, async (stand) => {
  const evil = { "@odata.type": "#microsoft.graph.windows10CustomConfiguration", id: "e", displayName: HOSTILE, description: HOSTILE, omaSettings: [{ "@odata.type": "#microsoft.graph.omaSettingString", displayName: HOSTILE, omaUri: "./Device/Vendor/MSFT/Policy/Config/X", value: `${HOSTILE}\n+1` }] };
  const page = await stand.open();
  await page.locator("main input[type=file]:not([webkitdirectory])").first().setInputFiles({ name: "../=evil.json", mimeType: "application/json", buffer: Buffer.from(tenant(60, [evil])) });
  await heading(page, "Overview").waitFor({ timeout: 60_000 });
  const blank = await blankPage(stand);

  const sheets = await workbook(blank, (await report(page, "Excel")).bytes);
  const settings = sheets.get("Settings").rows;
  assert.equal(settings.length, 1 + 1 + 60 * SETTINGS_EACH, "a row for each setting");
  assert.equal(sheets.get("Policies").rows.length, 1 + 61);
  assert.equal(sheets.get("Assignments").rows.length, 1 + 60);
  const own = settings.find((row) => row[0] === SHOWN);
  assert.ok(own, "the policy's name is a text");
  assert.ok(own.includes(`${SHOWN}\n+1`), `its value too: ${own}`);
  assert.equal(sheets.get("Policies").rows.find((row) => row[0] === SHOWN)[6], 1, "numbers are numbers");

  const word = await document(blank, (await report(page, "Word")).bytes);
  const policies = word.headings.filter(([level]) => level === 2).map(([, words]) => words);
  assert.equal(policies.length, 61);
  assert.ok(policies.includes(SHOWN) && word.contents.includes(SHOWN));
  const head = word.rows.findIndex((row) => row.length === 2 && row[0] === "Setting");
  assert.ok(head > 0);
  assert.ok(word.rows.filter((row) => row.some((cell) => cell.startsWith("https://service-59.contoso.example"))).length > 5, "the last policy's settings");

  const html = (await report(page, "HTML")).bytes.toString("utf8");
  const shown = await blankPage(stand);
  const dialogs = [];
  shown.on("dialog", (dialog) => dialogs.push(dialog.message()));
  await shown.setContent(html);
  assert.equal(await shown.locator("section.one h2").count(), 61);
  assert.ok((await shown.locator("section.one h2").allInnerTexts()).includes(SHOWN));
  assert.equal(await shown.locator("section.one img, script").count(), 0);
  assert.equal(await shown.locator("table.g-settings tbody tr").count(), 60 * SETTINGS_EACH + 1);
  assert.deepEqual(dialogs, []);
});

journey("a report is given up in the middle, and the next one is written", { flags: small, timeout: 240_000 }, async (stand) => {
  const page = await stand.open();
  await page.locator("main input[type=file]:not([webkitdirectory])").first().setInputFiles({ name: "many.json", mimeType: "application/json", buffer: Buffer.from(tenant(1_000)) });
  await heading(page, "Overview").waitFor({ timeout: 90_000 });
  await rail(page, "Reports").click();
  let downloads = 0;
  page.on("download", () => (downloads += 1));
  for (const format of ["Excel", "Word"]) {
    await page.getByRole("radio", { name: new RegExp(`^${format}`) }).check();
    await page.getByRole("button", { name: "Download the report" }).click();
    const bar = page.getByRole("progressbar", { name: "Report" });
    await page.waitForFunction(() => (document.querySelector("progress")?.position ?? 0) > 0.1, null, { polling: 10 });
    const during = page.workers().length;
    await page.getByRole("button", { name: "Cancel" }).click();
    await bar.waitFor({ state: "detached" });
    await page.waitForTimeout(500);
    assert.ok(page.workers().length < during, "the office worker is gone, and what it held");
    assert.ok(await page.getByRole("button", { name: "Download the report" }).isEnabled());
  }
  assert.equal(downloads, 0, "nothing comes of what was given up");
  const blank = await blankPage(stand);
  const sheets = await workbook(blank, (await report(page, "Excel")).bytes);
  assert.equal(sheets.get("Settings").rows.length, 1 + 1_000 * SETTINGS_EACH);
  assert.equal(downloads, 1);
});
