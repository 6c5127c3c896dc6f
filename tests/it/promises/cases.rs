//! The negative cases of signing in, of the token endpoint, of Graph and of the browser around the page.

use super::Held::{self, By, Not};

const CLAIMS: Held = By(&["src/domain/oauth/id_token/tests.rs: one wrong claim is enough"]);
const FRAME: Held =
    By(&["src/domain/oauth/id_token/tests.rs: one wrong thing about the frame is enough"]);
const KEYS: Held =
    By(&["src/domain/oauth/jwks/tests.rs: one fit key of the right issuer and no other"]);
const SIGNATURE: Held =
    By(&["tests/browser/crypto.rs: only the keys own signature over the very bytes is good"]);
const REDIRECT: Held = By(&[
    "src/domain/oauth/redirect/tests.rs: only the answer to this tabs own question is accepted",
]);
const TOKEN: Held = By(&["src/domain/oauth/token/tests.rs: anything else is refused"]);
const REFUSALS: Held = By(&["src/domain/oauth/token/tests.rs: refusals are told apart"]);
const SCOPES: Held =
    By(&["src/domain/oauth/session.rs: scopes are sorted into missing and excess"]);
const CHALLENGE: Held =
    By(&["src/domain/oauth/challenge.rs: only readable claims are a challenge"]);
const ORIGIN: Held = By(&["src/domain/graph/url.rs: only the configured origin is followed"]);
const NO_TOKEN: Held = By(&[
    "tests/e2e/environment.test.mjs: no token is said, stored or within the page's reach, during a session and after it",
]);

/// Number, what is wrong, what holds that it opens nothing.
pub const CASES: &[(u32, &str, Held)] = &[
    (1, "`iss` of another tenant", CLAIMS),
    (2, "`iss` of another cloud", CLAIMS),
    (3, "`iss` with the literal `{tenantid}`", CLAIMS),
    (4, "`iss` with a slash at its end, or of version 1", CLAIMS),
    (5, "`tid` is not the one in `iss`", CLAIMS),
    (6, "`tid` missing or no GUID", CLAIMS),
    (7, "another tenant than was asked for", CLAIMS),
    (8, "the tenant of personal accounts", CLAIMS),
    (9, "`aud` of another client", CLAIMS),
    (10, "`aud` with one more audience", CLAIMS),
    (11, "`aud` missing", CLAIMS),
    (12, "`nonce` wrong", CLAIMS),
    (13, "`nonce` missing", CLAIMS),
    (14, "`nonce` of the sign-in before", CLAIMS),
    (15, "`exp` past", CLAIMS),
    (16, "`exp` missing, text or without end", CLAIMS),
    (17, "`nbf` in the future", CLAIMS),
    (18, "`iat` missing or an hour in the future", CLAIMS),
    (19, "`sub` or `oid` missing", CLAIMS),
    (20, "`ver` 1.0", CLAIMS),
    (21, "`alg` none", FRAME),
    (22, "`alg` HS256 with the public key", FRAME),
    (23, "`alg` ES256 or PS256", FRAME),
    (24, "one bit of the signature", SIGNATURE),
    (25, "one byte of the payload", SIGNATURE),
    (26, "unknown `kid`", KEYS),
    (27, "no `kid`", KEYS),
    (28, "`kid` twice among the keys", KEYS),
    (29, "a key for encryption, or no RSA key", KEYS),
    (30, "RSA of 1024 bits, exponent 1", KEYS),
    (31, "a key of another issuer", KEYS),
    (32, "the token brings its own key", FRAME),
    (33, "unknown `crit`", FRAME),
    (34, "base64url that is not canonical, five parts", FRAME),
    (35, "a JSON name twice", CLAIMS),
    (
        36,
        "keys that cannot be fetched or read",
        By(&[
            "src/domain/oauth/jwks/tests.rs: one fit key of the right issuer and no other",
            "tests/browser/http.rs: what cannot be fetched is an error and no panic",
        ]),
    ),
    (37, "`state` missing", REDIRECT),
    (38, "`state` wrong", REDIRECT),
    (
        39,
        "a response that nobody asked for",
        By(&[
            "src/domain/oauth/redirect/tests.rs: only the answer to this tabs own question is accepted",
            "tests/e2e/sign-in.test.mjs: a response that this tab did not ask for opens nothing and asks nobody",
        ]),
    ),
    (
        40,
        "the same response again",
        By(&[
            "tests/e2e/sign-in.test.mjs: a response that this tab did not ask for opens nothing and asks nobody",
        ]),
    ),
    (41, "a record older than ten minutes", REDIRECT),
    (42, "`code` and `error` together", REDIRECT),
    (43, "`code` or `state` twice", REDIRECT),
    (44, "the response in the query", REDIRECT),
    (
        45,
        "HTML in `error_description`",
        By(&["src/domain/oauth/redirect/tests.rs: a refusal is carried as text"]),
    ),
    (
        46,
        "inside a frame",
        By(&["tests/e2e/page.test.mjs: it refuses to run in a frame"]),
    ),
    (
        47,
        "opened by a foreign page",
        By(&[
            "tests/e2e/environment.test.mjs: a page of another origin that opened it has no hold of it",
        ]),
    ),
    (48, "two tabs, responses crossed", REDIRECT),
    (
        49,
        "a response of another cloud",
        By(&["tests/e2e/sign-in.test.mjs: an answer to a sign-in at"]),
    ),
    (50, "`admin_consent` that nobody asked for", REDIRECT),
    (
        51,
        "a code of another browser",
        By(&[
            "src/domain/oauth/token/tests.rs: refusals are told apart",
            "tests/it/sign_in.rs: an injected code is not redeemed",
        ]),
    ),
    (
        52,
        "the token endpoint redirects",
        By(&["tests/e2e/token-endpoint.test.mjs: the token endpoint redirects to another host"]),
    ),
    (
        53,
        "the token endpoint answers HTML, ten megabytes, without an end",
        By(&[
            "src/domain/oauth/token/tests.rs: anything else is refused",
            "tests/e2e/token-endpoint.test.mjs: the token endpoint answers",
        ]),
    ),
    (54, "`token_type` is not Bearer", TOKEN),
    (55, "no `id_token`", TOKEN),
    (56, "no `access_token`", TOKEN),
    (57, "`expires_in` is no time", TOKEN),
    (58, "less `scope` than asked for", SCOPES),
    (59, "more `scope` than asked for", SCOPES),
    (60, "`claims` in the error", REFUSALS),
    (61, "`invalid_grant`", REFUSALS),
    (
        62,
        "429 and 5xx of the token endpoint",
        By(&[
            "src/domain/oauth/token/tests.rs: anything else is refused",
            "src/domain/oauth/token/tests.rs: refusals are told apart",
        ]),
    ),
    (
        63,
        "no CORS headers",
        By(&[
            "src/domain/oauth/token/tests.rs: refusals are told apart",
            "tests/e2e/token-endpoint.test.mjs: the token endpoint sends no CORS headers: the page says what its host has to set up",
        ]),
    ),
    (
        64,
        "another person at the renewal",
        By(&[
            "tests/e2e/token-endpoint.test.mjs: a reload that nobody was asked about brings another person: no session, and nothing of theirs is read",
        ]),
    ),
    (
        65,
        "a refresh token that nobody asked for",
        By(&[
            "src/domain/oauth/token/tests.rs: a good answer is read and a refresh token is dropped",
        ]),
    ),
    (
        66,
        "`insufficient_claims`",
        By(&[
            "src/domain/oauth/challenge.rs: only readable claims are a challenge",
            "tests/e2e/sign-in.test.mjs: a revoked token locks, and the next sign-in answers Graph's challenge",
        ]),
    ),
    (
        67,
        "the same challenge twice",
        By(&["src/domain/oauth/challenge.rs: the same challenge is answered once"]),
    ),
    (68, "claims that are no claims", CHALLENGE),
    (69, "two challenges", CHALLENGE),
    (70, "`authorization_uri` of another host", CHALLENGE),
    (71, "`nextLink` to another origin", ORIGIN),
    (
        72,
        "`nextLink` in a circle, over http, with a user name, look-alike",
        By(&[
            "src/domain/graph/url.rs: only the configured origin is followed",
            "src/domain/graph/page.rs: lists that never end are stopped",
        ]),
    ),
    (
        73,
        "Graph redirects",
        By(&[
            "tests/e2e/microsoft.test.mjs: Graph redirects to another host: neither token nor request goes there",
        ]),
    ),
    (
        74,
        "a path that acts, under a read scope",
        By(&["src/domain/permission/tests.rs: what is not in the table is not a read"]),
    ),
    (
        75,
        "answers of another tenant",
        By(&["src/domain/graph/reading/tests/failures.rs: answers of another tenant end the read"]),
    ),
    (
        76,
        "claims of a role activation with more in them",
        Not("roles are not activated from here"),
    ),
    (
        77,
        "no secure context, no WebCrypto",
        By(&[
            "tests/e2e/microsoft.test.mjs: over http on a host of the network it says why it does not run, and reads no configuration",
        ]),
    ),
    (
        78,
        "no sessionStorage",
        By(&[
            "tests/e2e/environment.test.mjs: a browser that keeps nothing for the tab: a sentence, and nobody is sent away",
        ]),
    ),
    (
        79,
        "a clock that is wrong by minutes",
        By(&[
            "tests/e2e/faults.test.mjs: this computer's clock is wrong by minutes: said, and no session is opened",
        ]),
    ),
    (
        80,
        "a circle of redirects",
        By(&[
            "src/domain/oauth/session.rs: three automatic attempts in a minute and no more",
            "tests/e2e/sign-in.test.mjs: a reload signs in again by itself, at the same place, three times a minute",
        ]),
    ),
    (
        81,
        "the device slept longer than the token lives",
        By(&["src/domain/oauth/session.rs: a token ends on whichever clock runs out first"]),
    ),
    (
        82,
        "signing out in another tab",
        By(&["tests/e2e/sign-in.test.mjs: signing out in one tab drops the session in all"]),
    ),
    (
        83,
        "the back button after signing out",
        By(&[
            "tests/e2e/environment.test.mjs: a page that the browser brings back as it was starts anew",
        ]),
    ),
    (84, "tokens on the console", NO_TOKEN),
    (
        85,
        "tokens in the page's heap, or in the engine's",
        By(&[
            "tests/e2e/environment.test.mjs: no token is said, stored or within the page's reach, during a session and after it",
            "tests/e2e/environment.test.mjs: signing out in another tab leaves no token in this one's engine, neither in its scripts nor in its memory",
        ]),
    ),
    (
        86,
        "anything kept in the browser",
        By(&[
            "tests/e2e/environment.test.mjs: no token is said, stored or within the page's reach, during a session and after it",
            "tests/e2e/journey.test.mjs: nothing of a session is on the disk, and no token is on the page",
        ]),
    ),
];
