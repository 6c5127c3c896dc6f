// An identity provider that is not ours: `oidc-provider`, certified by the OpenID Foundation, with Entra's addresses and claims. What it
// knows of OAuth and OpenID Connect is its own. Graph is the emulator's, which is told of each token that the provider issues.
import { generateKeyPairSync } from "node:crypto";
import http from "node:http";
import { Stand, siteServer } from "./harness.mjs";

// Early versions of Node 20 have it not, and the provider uses it.
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);

/** The tenant and a person of it, as the emulator's Graph has them. */
export const TENANT = "7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70";
const ROSA = { oid: "1b2f6f0e-6c51-4a53-9a7d-0d3c5f9e2a11", name: "Rosa Lindqvist", upn: "rosa.lindqvist@harbourline.example" };
const CLIENT = "c0a51b2e-3d4f-4f6a-8b7c-9d0e1f2a3b4c";

/** The login service is the provider; its answers can be spoiled: `spoil = (body) => …` changes what the token endpoint says. */
export class ProviderStand extends Stand {
  spoil = () => {};
  /** What the provider itself found wrong. */
  complaints = [];

  async serve(dir) {
    this.server = http.createServer();
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const login = `http://localhost:${this.server.address().port}`;
    const address = await this.run(siteServer, ["serve", "--dir", dir, "--port", "0", "--emulator", this.emulator, "--login", login]);
    const site = new URL(address).origin;
    this.server.on("request", await this.#likeEntra(login, site));
    return { site, login };
  }

  async #likeEntra(login, site) {
    const { default: Provider, interactionPolicy } = await quietly(() => import("oidc-provider"));
    const policy = interactionPolicy.base();
    policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
    const provider = await quietly(() => new Provider(`${login}/${TENANT}/v2.0`, this.#configuration(site, policy)));
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.oidc?.route === "token" && ctx.body?.access_token) {
        const scopes = ctx.body.scope.split(" ").map((scope) => scope.replace(`${this.emulator}/`, ""));
        await this.control("token", { token: ctx.body.access_token, user: ROSA.oid, client_id: CLIENT, scopes });
        this.spoil(ctx.body);
      }
    });
    for (const event of ["server_error", "grant.error", "authorization.error"]) {
      provider.on(event, (ctx, error) => this.complaints.push(`${event}: ${error.message}: ${error.error_description ?? error.stack}`));
    }
    const answer = provider.callback();
    return async (request, response) => {
      // Entra's addresses begin with a tenant, and one path can be asked for under several.
      const [, first, rest] = /^\/([^/?]+)(.*)$/.exec(request.url) ?? [];
      if (first === "interaction") return chooseAccount(provider, request, response);
      request.originalUrl = request.url;
      request.url = rest || "/";
      return answer(request, response);
    };
  }

  #configuration(site, policy) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const graph = this.emulator;
    const asked = (ctx) => (ctx.oidc.params.scope ?? "").split(" ").filter((scope) => scope.startsWith(`${graph}/`)).join(" ");
    return {
      clients: [{
        client_id: CLIENT,
        token_endpoint_auth_method: "none",
        application_type: "web",
        redirect_uris: [`${site}/`],
        post_logout_redirect_uris: [`${site}/`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      }],
      routes: {
        authorization: "/oauth2/v2.0/authorize",
        token: "/oauth2/v2.0/token",
        jwks: "/discovery/v2.0/keys",
        end_session: "/oauth2/v2.0/logout",
      },
      jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "provider-1" }] },
      cookies: { keys: ["of this test"] },
      pkce: { required: () => true },
      clientBasedCORS: (ctx, origin) => origin === site,
      claims: { openid: ["sub", "tid", "oid", "ver"], profile: ["name", "preferred_username"] },
      conformIdTokenClaims: false,
      findAccount: (ctx, accountId) => ({
        accountId,
        claims: () => ({ sub: accountId, tid: TENANT, oid: ROSA.oid, ver: "2.0", name: ROSA.name, preferred_username: ROSA.upn }),
      }),
      interactions: { policy, url: (ctx, interaction) => `/interaction/${interaction.uid}` },
      extraParams: ["domain_hint", "client_info"],
      // An administrator has consented for everybody.
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
        grant.addOIDCScope("openid profile");
        grant.addResourceScope(graph, asked(ctx));
        await grant.save();
        return grant;
      },
      features: {
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => graph,
          useGrantedResource: () => true,
          getResourceServerInfo: (ctx) => ({ scope: asked(ctx), audience: graph, accessTokenFormat: "jwt" }),
        },
      },
      ttl: { AccessToken: 3600, AuthorizationCode: 60, IdToken: 3600, Interaction: 600, Session: 3600, Grant: 3600 },
    };
  }

  async stop() {
    await super.stop();
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

/** The provider's page: one person, and a way to say no. */
async function chooseAccount(provider, request, response) {
  if (request.method !== "POST") {
    const form = (name, words) => `<form method=post action="?${name}"><button>${words}</button></form>`;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    return response.end(`<!doctype html><html lang=en><title>Sign in</title><link rel=icon href="data:,"><main>${form("yes", ROSA.name)}${form("no", "No")}</main>`);
  }
  const result = request.url.endsWith("?no")
    ? { error: "access_denied", error_description: "<img src=x onerror=alert(1)>" }
    : { select_account: {}, login: { accountId: ROSA.oid } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

/** Without what it says about settings that only a provider in earnest needs. */
async function quietly(work) {
  const { warn, info } = console;
  Object.assign(console, { warn() {}, info() {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { warn, info });
  }
}
