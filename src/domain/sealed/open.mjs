#!/usr/bin/env node
// Opens a file that Plumbline encrypted, with Node.js alone: node open.mjs FILE.sealed OUT
// The passphrase is asked for; where there is no terminal it is the first line of the standard input.
// FORMAT.md beside this file says what it does.
import { createDecipheriv, hkdfSync, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const HEAD = 81;
const TAG = 16;

function fail(words) {
  console.error(words);
  process.exit(1);
}

function open(file, passphrase) {
  if (file.subarray(0, 16).toString("latin1") !== "plumbline-sealed" || file.length < HEAD) fail("Not an encrypted file of Plumbline.");
  if (file[16] !== 1 || file[17] !== 1) fail("Of another version.");
  const head = file.subarray(0, HEAD);
  const rounds = file.readUInt32BE(18);
  const size = file.readUInt32BE(38);
  if (rounds < 600_000 || rounds > 10_000_000 || size < 4096 || size > 16_777_216) fail("Its head is not what Plumbline writes.");
  const stretched = pbkdf2Sync(passphrase.normalize("NFKC"), file.subarray(22, 38), rounds, 32, "sha256");
  const keys = Buffer.from(hkdfSync("sha256", stretched, Buffer.alloc(0), "plumbline-sealed-1", 64));
  if (!timingSafeEqual(keys.subarray(32), file.subarray(49, HEAD))) fail("Another passphrase.");
  const out = [];
  let at = HEAD;
  for (let number = 0; ; number++) {
    const end = Math.min(at + size + TAG, file.length);
    const last = end === file.length;
    if (end - at < TAG) fail("Cut off.");
    const nonce = Buffer.alloc(12);
    file.copy(nonce, 0, 42, 49);
    nonce.writeUInt32BE(number, 7);
    nonce[11] = last ? 1 : 0;
    const cipher = createDecipheriv("aes-256-gcm", keys.subarray(0, 32), nonce);
    cipher.setAAD(head);
    cipher.setAuthTag(file.subarray(end - TAG, end));
    try {
      out.push(cipher.update(file.subarray(at, end - TAG)), cipher.final());
    } catch {
      fail("Altered or cut off.");
    }
    if (last) return Buffer.concat(out);
    at = end;
  }
}

const [from, to] = process.argv.slice(2);
if (!from || !to) fail("node open.mjs FILE.sealed OUT");
if (process.stdin.isTTY) process.stderr.write("Passphrase: ");
const lines = createInterface({ input: process.stdin });
lines.once("line", (passphrase) => {
  lines.close();
  writeFileSync(to, open(readFileSync(from), passphrase));
});
