//! What Plumbline promises to whoever lets it in.

use super::Held::{self, By};

/// Number, the promise, what holds it.
pub const PROMISES: &[(u32, &str, Held)] = &[
    (
        1,
        "The page talks to the login host and the Graph host of the chosen cloud and to its own, and to no other.",
        By(&[
            "tests/e2e/microsoft.test.mjs: the production site talks to its own host and to Microsoft's two, and to no other",
            "tests/e2e/journey.test.mjs: from the start page to a report, and out",
            "tests/e2e/page.test.mjs: a foreign request inside the engine is refused by the browser",
        ]),
    ),
    (
        2,
        "No telemetry, no third-party script, font, image or network of copies.",
        By(&[
            "tests/e2e/journey.test.mjs: from the start page to a report, and out",
            "tests/e2e/page.test.mjs: the start page loads under its policy and the engine answers",
            "tests/e2e/page.test.mjs: no file of the site names a host but Microsoft's, and names of formats",
        ]),
    ),
    (
        3,
        "No server of ours receives anything: the site is files.",
        By(&[
            "tests/e2e/microsoft.test.mjs: the production site talks to its own host and to Microsoft's two, and to no other",
            "tests/e2e/journey.test.mjs: from the start page to a report, and out",
        ]),
    ),
    (
        4,
        "Tokens are never written to what the browser keeps.",
        By(&[
            "tests/e2e/journey.test.mjs: nothing of a session is on the disk, and no token is on the page",
            "tests/e2e/environment.test.mjs: no token is said, stored or within the page's reach, during a session and after it",
        ]),
    ),
    (
        5,
        "No refresh token is asked for, and one that comes unasked is dropped.",
        By(&[
            "src/domain/oauth/token/tests.rs: a good answer is read and a refresh token is dropped",
            "src/domain/oauth/authorize.rs: every parameter is there and nothing else",
        ]),
    ),
    (
        6,
        "Authorization code with PKCE S256; verifier, state and nonce are fresh and used once.",
        By(&[
            "src/domain/oauth/transaction.rs: state nonce and verifier are 43 characters of their own",
            "tests/e2e/sign-in.test.mjs: a reload signs in again by itself, at the same place, three times a minute",
            "tests/e2e/provider.test.mjs: a certified OpenID provider signs in, the tenant is read, and a reload asks nobody",
        ]),
    ),
    (
        7,
        "A forged, replayed, foreign, expired or unsigned ID token opens no session.",
        By(&[
            "src/domain/oauth/id_token/tests.rs: one wrong claim is enough",
            "src/domain/oauth/id_token/tests.rs: one wrong thing about the frame is enough",
            "tests/browser/crypto.rs: only the keys own signature over the very bytes is good",
            "tests/e2e/provider.test.mjs: a certified OpenID provider's tokens, each spoiled in one place, open nothing",
        ]),
    ),
    (
        8,
        "The sign-in response leaves the address bar and the history before anything else runs.",
        By(&[
            "tests/e2e/page.test.mjs: the sign-in response leaves the address bar and the history",
        ]),
    ),
    (
        9,
        "A bearer token goes to the configured Graph origin only.",
        By(&[
            "src/domain/graph/url.rs: only the configured origin is followed",
            "tests/browser/origin.rs: a bearer token goes to graphs origin whatever an address says",
            "tests/e2e/microsoft.test.mjs: the production site talks to its own host and to Microsoft's two, and to no other",
            "tests/it/tidy.rs: every rule of the house holds",
        ]),
    ),
    (
        10,
        "Read mode changes nothing, whatever the token could do.",
        By(&[
            "src/domain/permission/tests.rs: what is not in the table is not a read",
            "src/domain/oauth/client/tests.rs: no request with the readers id has a scope that changes something",
            "tests/e2e/journey.test.mjs: from the start page to a report, and out",
        ]),
    ),
    (
        11,
        "Nothing is written by opening a link or a file: there is no write feature.",
        By(&["src/domain/permission/tests.rs: every feature asks for known scopes that only read"]),
    ),
    (
        12,
        "Each permission is shown with its reason and asked for with its feature.",
        By(&[
            "tests/it/readme.rs: the permissions are those of the code",
            "src/domain/permission/tests.rs: every scope of the catalog belongs to a feature",
        ]),
    ),
    (
        13,
        "No inline script, no eval, Trusted Types, no framing.",
        By(&[
            "tests/e2e/page.test.mjs: markup and scripts from text are refused on the page",
            "tests/e2e/page.test.mjs: it refuses to run in a frame",
            "tests/e2e/hosting.test.mjs: signed in and read on a real server by its file in static/hosting",
        ]),
    ),
    (
        14,
        "Tenant data cannot run as code.",
        By(&[
            "tests/e2e/office.test.mjs: a whole tenant with hostile names in every format that is handed over",
            "tests/it/tidy.rs: every rule of the house holds",
        ]),
    ),
    (
        15,
        "Exports carry no secrets, and an encrypted one opens with its passphrase alone, by a script that is not ours too.",
        By(&[
            "tests/e2e/trust.test.mjs: what is saved is encrypted on wish, and opens with its passphrase only",
            "tests/e2e/office.test.mjs: a whole tenant with hostile names in every format that is handed over",
        ]),
    ),
    (
        16,
        "Conditional Access, continuous access evaluation and revocation hold at once, without a loop.",
        By(&[
            "tests/e2e/sign-in.test.mjs: a revoked token locks, and the next sign-in answers Graph's challenge",
            "src/domain/oauth/challenge.rs: the same challenge is answered once",
        ]),
    ),
    (
        17,
        "Signing out takes the tenant's data from this tab and from all others.",
        By(&[
            "tests/e2e/sign-in.test.mjs: signing out in one tab drops the session in all",
            "tests/e2e/environment.test.mjs: signing out in another tab leaves no token in this one's engine, neither in its scripts nor in its memory",
            "tests/e2e/environment.test.mjs: a page that the browser brings back as it was starts anew",
        ]),
    ),
    (
        18,
        "A session is of one person in one tenant; a change ends it.",
        By(&[
            "tests/e2e/token-endpoint.test.mjs: a reload that nobody was asked about brings another person: no session, and nothing of theirs is read",
            "src/domain/graph/reading/tests/failures.rs: answers of another tenant end the read",
        ]),
    ),
    (
        19,
        "What is audited is what runs: the same bytes from any folder, hashes that the browser enforces.",
        By(&[
            "xtask/src/test.rs: again",
            "tests/e2e/page.test.mjs: one altered byte in",
            "xtask/src/verify.rs: a folder is the build or each difference is named",
        ]),
    ),
    (
        20,
        "No unsafe code and no cryptography of ours, and every crate is named with licence and hash.",
        By(&[
            "tests/it/supply.rs: no crate of ours may have unsafe code",
            "tests/it/supply.rs: every crate comes from crates io and none is banned",
            "tests/it/supply.rs: every crate is under a licence of the list",
            "tests/it/supply.rs: the site is built from no more crates than its budget",
            "xtask/src/site/sbom.rs: every crate of the site is in it with licence and hash",
        ]),
    ),
];
