// A zip opened by its directory (PKWARE APPNOTE 6.3.10): stored and deflated entries, sums checked, as text by their names.
import assert from "node:assert/strict";
import { crc32, inflateRawSync } from "node:zlib";

export function unzip(bytes) {
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  assert.ok(end >= 0, "a zip has an end");
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [method, crc, packed, length] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const path = bytes.toString("utf8", at + 46, at + 46 + name);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(start, start + packed);
    const content = method === 0 ? raw : inflateRawSync(raw);
    assert.equal(content.length, length, path);
    if (crc32) assert.equal(crc32(content), crc, path);
    assert.ok(!files.has(path) && !path.includes(".."), path);
    files.set(path, content.toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return files;
}
