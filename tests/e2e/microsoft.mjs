// The built site as it is hosted in earnest: its production configuration and policy, and Microsoft's own host names. The names are
// mapped to this machine inside the browser, where everything else has no address at all.
import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { accessSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { BROWSER, Stand, siteServer } from "./harness.mjs";

export const SITE = "plumbline.example";
export const LOGIN = "login.microsoftonline.com";
export const GRAPH = "graph.microsoft.com";

/** Every cloud by its name in config.json, with its two hosts. Entra documentation: "National clouds"; Graph documentation: "National cloud deployments". */
export const CLOUDS = {
  global: [LOGIN, GRAPH],
  "gcc-high": ["login.microsoftonline.us", "graph.microsoft.us"],
  dod: ["login.microsoftonline.us", "dod-graph.microsoft.us"],
  china: ["login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"],
};

/** A host that nobody has any business with: what is sent there is seen. */
export const FOREIGN = "foreign.example";
/** The site without TLS: no browser takes it for secure. */
export const PLAIN = "plain.example";

/** The client that the emulator has registered. */
const CLIENT = "c0a51b2e-3d4f-4f6a-8b7c-9d0e1f2a3b4c";

/** A program by the variable that names it, or where such programs are. */
export function program(variable, name) {
  const dirs = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin", "/usr/local/sbin"];
  const there = (file) => {
    try {
      accessSync(file);
      return true;
    } catch {
      return false;
    }
  };
  return [process.env[variable], ...dirs.map((dir) => path.join(dir, name))].filter(Boolean).find(there);
}

const openssl = program("OPENSSL", process.platform === "win32" ? "openssl.exe" : "openssl");

/** Why this machine cannot serve over https; empty where it can. */
export const noCertificate = openssl ? "" : "openssl, which makes the certificate, is not on this machine and could not be installed";

/** Options: `cloud`, a name of `CLOUDS`; `server`, which serves the folder over https by its own file (`hosting.test.mjs`); without it a front passes on to our own server. */
export class MicrosoftStand extends Stand {
  async serve(dir) {
    const cloud = this.options.cloud ?? "global";
    const [login, graph] = CLOUDS[cloud];
    this.certificate = makeCertificate(this.work, [SITE, login, graph, FOREIGN]);
    this.folder = path.join(this.work, "hosted");
    cpSync(dir, this.folder, { recursive: true });
    // The one thing that a hoster writes.
    const config = path.join(this.folder, "config.json");
    writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, "utf8")), cloud, clientId: CLIENT }));

    const behind = { [login]: this.emulator, [graph]: this.emulator };
    const own = this.options.server ? "" : new URL(await this.run(siteServer, ["serve", "--dir", this.folder, "--port", "0"])).host;
    if (own) behind[SITE] = `http://${own}`;
    this.front = await Front.open(this.certificate, behind);
    this.port = this.options.server ? await this.options.server.start(this) : this.front.port;

    const map = [login, graph, FOREIGN].map((host) => `${host} 127.0.0.1:${this.front.port}`);
    map.push(`${SITE} 127.0.0.1:${this.port}`, `${PLAIN} ${own || "~NOTFOUND"}`, "* ~NOTFOUND");
    return {
      site: `https://${SITE}`,
      login: `https://${login}`,
      graph: `https://${graph}`,
      flags: ["--login-origin", `https://${login}`, "--graph-origin", `https://${graph}`],
      browser: [
        ...BROWSER.filter((flag) => !flag.startsWith("--host-resolver-rules")),
        `--host-resolver-rules=${map.map((rule) => `MAP ${rule}`).join(", ")}`,
        `--ignore-certificate-errors-spki-list=${this.certificate.pin}`,
      ],
    };
  }

  /** What the site's server answers, without a browser: status, headers and bytes. */
  get(where, headers = {}) {
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.port, path: where, servername: SITE, ca: this.certificate.cert, headers: { host: SITE, ...headers } };
      https.get(options, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      }).on("error", reject);
    });
  }

  async stop() {
    this.front?.close();
    await super.stop();
  }
}

/** A key and a certificate for these names, for two days. `pin` is how Chromium is told to take just this one. */
function makeCertificate(dir, names) {
  const [keyFile, certFile] = ["key.pem", "cert.pem"].map((name) => path.join(dir, name));
  const wanted = `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`;
  const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=plumbline tests"];
  execFileSync(openssl, [...args, "-addext", wanted, "-keyout", keyFile, "-out", certFile], { stdio: "ignore" });
  const [key, cert] = [keyFile, certFile].map((file) => readFileSync(file, "utf8"));
  const spki = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return { key, cert, keyFile, certFile, pin: createHash("sha256").update(spki).digest("base64") };
}

/** Ends TLS for several names, and passes each on to a server of this machine. It sees what a network would not: every header. */
class Front {
  /** Every request: `host`, `method`, `path`, `headers`. */
  requests = [];
  /** Every name that a connection was opened for. */
  names = new Set();
  /** What a request is answered with instead: `{ status, headers }`, or nothing. */
  instead = () => {};

  static async open({ key, cert }, behind) {
    const front = new Front();
    front.server = https.createServer({ key, cert }, (request, response) => front.#pass(request, response, behind));
    front.server.on("secureConnection", (socket) => front.names.add(socket.servername));
    await new Promise((resolve) => front.server.listen(0, "127.0.0.1", resolve));
    front.port = front.server.address().port;
    return front;
  }

  #pass(request, response, behind) {
    const { method, url, headers } = request;
    const seen = { host: headers.host, method, path: url, headers };
    this.requests.push(seen);
    const instead = this.instead(seen);
    if (instead) return response.writeHead(instead.status, instead.headers).end();
    if (!behind[headers.host]) return response.writeHead(421).end();
    const { port } = new URL(behind[headers.host]);
    const onward = http.request({ host: "127.0.0.1", port, method, path: url, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
