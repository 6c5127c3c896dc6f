// The files of `static/hosting` on the servers that they are for: each is started from its file, and the production site is signed in to
// and read on it. A file's address, certificate and folder are replaced by this machine's; every other line is as it is handed out.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { freePort, journey, root, siteServer } from "./harness.mjs";
import { MicrosoftStand, noCertificate, program, SITE } from "./microsoft.mjs";
import { read, signOut, small, usable } from "./steps.mjs";

/** A file of `static/hosting` with some of its words replaced. Each must be in it. */
function handedOut(name, words) {
  let text = readFileSync(path.join(root, "static/hosting", name), "utf8");
  for (const [theirs, ours] of words) {
    assert.ok(text.includes(theirs), `${name}: ${theirs}`);
    text = text.replaceAll(theirs, ours);
  }
  return text;
}

/** Starts it, and waits until it takes connections. What it says is kept for when it does not. */
async function listening(stand, file, args, port, env = {}) {
  const log = path.join(stand.work, "server.log");
  const child = stand.start(file, args, { stdio: ["ignore", openSync(log, "a"), openSync(log, "a")], env: { ...process.env, ...env } });
  const taken = () => new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => (socket.destroy(), resolve(true)));
    socket.on("error", () => resolve(false));
  });
  for (const end = Date.now() + 15_000; !(await taken());) {
    if (Date.now() > end || child.exitCode !== null) throw new Error(`${path.basename(file)} does not serve:\n${readFileSync(log, "utf8")}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return port;
}

const nginx = {
  name: "nginx",
  file: program("NGINX", "nginx"),
  /** Where the package of nginx keeps what an http block begins with. */
  get types() {
    return path.resolve(path.dirname(this.file), "../../etc/nginx/mime.types");
  },
  absent() {
    return this.file && existsSync(this.types) ? "" : "nginx, with its mime.types, is not on this machine and could not be installed";
  },
  async start(stand) {
    const port = await freePort();
    const inWork = (name) => path.join(stand.work, name);
    writeFileSync(inWork("site.conf"), handedOut("nginx.conf", [
      ["listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`],
      [`/etc/ssl/${SITE}.pem`, stand.certificate.certFile],
      [`/etc/ssl/${SITE}.key`, stand.certificate.keyFile],
      ["/srv/plumbline", stand.folder],
    ]));
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${inWork(kind)};`);
    writeFileSync(inWork("nginx.conf"), [
      // What root starts gives its rights away, and could then not read this test's folder.
      process.getuid?.() === 0 ? "user root;" : "",
      `pid ${inWork("nginx.pid")};`,
      "events {}",
      `http { include ${this.types}; access_log off; ${temporary.join(" ")} include ${inWork("site.conf")}; }`,
    ].join("\n"));
    return listening(stand, this.file, ["-p", stand.work, "-e", "stderr", "-c", inWork("nginx.conf"), "-g", "daemon off;"], port);
  },
};

const caddy = {
  name: "Caddy",
  file: program("CADDY", process.platform === "win32" ? "caddy.exe" : "caddy"),
  absent() {
    return this.file ? "" : "Caddy is not on this machine and could not be installed";
  },
  async start(stand) {
    const port = await freePort();
    const file = path.join(stand.work, "Caddyfile");
    const { certFile, keyFile } = stand.certificate;
    // No certificate is fetched, and no second port is taken to send people on to the first.
    writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${handedOut("Caddyfile", [
      [`${SITE} {\n`, `https://${SITE}:${port} {\n\tbind 127.0.0.1\n\ttls ${certFile} ${keyFile}\n`],
      ["/srv/plumbline", stand.folder],
    ])}`);
    const home = { HOME: stand.work, XDG_DATA_HOME: stand.work, XDG_CONFIG_HOME: stand.work };
    return listening(stand, this.file, ["run", "--config", file, "--adapter", "caddyfile"], port, home);
  },
};

for (const server of [nginx, caddy]) {
  journey(`signed in and read on a real server by its file in static/hosting: ${server.name}`, {
    stand: MicrosoftStand, server, skip: server.absent() || noCertificate, flags: small, timeout: 180_000,
  }, async (stand) => {
    const page = await stand.open();
    await read(stand, page);
    await usable(page);
    await signOut(page);
    await everyAnswer(stand);
    await verified(stand);
  });
}

/** Headers and types of every file, and of a file that is not there. */
async function everyAnswer(stand) {
  const all = readFileSync(path.join(root, "dist/_headers"), "utf8").split("\n").slice(1);
  const wanted = all.slice(0, all.findIndex((line) => !line.startsWith("  "))).map((line) => line.trim().split(/: (.*)/s));
  assert.ok(wanted.length >= 10);
  const types = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", json: "application/json" };
  const files = readFileSync(path.join(root, "dist/SHA256SUMS"), "utf8").trim().split("\n").map((line) => line.split("  ")[1]);
  for (const file of ["", "not-here.js", ...files]) {
    const { status, headers } = await stand.get(`/${file}`);
    assert.equal(status, file === "not-here.js" ? 404 : 200, file);
    for (const [name, value] of wanted) assert.equal(headers[name.toLowerCase()], value, `${name} of /${file}`);
    const kept = /-[0-9a-f]{12,16}\./.test(file) ? "public, max-age=31536000, immutable" : "no-cache";
    assert.equal(headers["cache-control"], kept, `/${file}`);
    const type = types[file.split(".").at(-1)];
    if (type && status === 200) assert.equal(headers["content-type"].split(";")[0].replace("application/javascript", "text/javascript"), type, `/${file}`);
  }
  const code = files.find((file) => /^app-.*\.wasm$/.test(file));
  const packed = await stand.get(`/${code}`, { "accept-encoding": "gzip" });
  assert.equal(packed.headers["content-encoding"], "gzip", "code is packed on its way");
}

/** What `cargo xtask verify` says of it: every file the build's, but for the one that a hoster writes. */
async function verified(stand) {
  writeFileSync(path.join(stand.work, ".curlrc"), `connect-to = "${SITE}:443:127.0.0.1:${stand.port}"\ncacert = "${stand.certificate.certFile}"\n`);
  const env = { ...process.env, CURL_HOME: stand.work };
  const { stdout } = await promisify(execFile)(siteServer, ["verify", stand.site, "--build", path.join(root, "dist")], { env });
  assert.match(stdout, /config\.json: its own, for the same cloud/);
}
