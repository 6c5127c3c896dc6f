//! Bugs of other tools in this field, each with the tests that keep it out here.

use super::Held::{self, By, Not};

/// Number, what went wrong elsewhere, what holds that it does not here.
pub const PEERS: &[(u32, &str, Held)] = &[
    (
        1,
        "a baseline against itself was not the same, because nested settings were cut off",
        By(&[
            "tests/it/compare/known.rs: every source is the same as itself and every file is accounted for",
            "tests/it/compare/properties.rs: a changed leaf is found at any depth",
        ]),
    ),
    (
        2,
        "a refused or throttled request for assignments became \"unassigned\"",
        By(&[
            "src/domain/graph/reading/tests/failures.rs: forbidden is never empty",
            "tests/it/reading.rs: what is forbidden is never empty",
            "tests/it/reading.rs: faults that pass lose nothing",
        ]),
    ),
    (
        3,
        "lists were cut at a number of objects or pages, or never ended",
        By(&[
            "src/domain/graph/reading/tests.rs: a thousand policies are whole and in order within the budget",
            "src/domain/graph/reading/tests/failures.rs: links that repeat or lead elsewhere are not followed",
            "src/domain/graph/page.rs: lists that never end are stopped",
        ]),
    ),
    (
        4,
        "a token that ended between two pages lost the rest",
        By(&[
            "src/domain/graph/scheduler/tests.rs: an expired token is renewed once and nothing is lost",
            "tests/it/reading.rs: a token that ends in the middle is renewed and nothing is lost",
        ]),
    ),
    (
        5,
        "other encodings, YAML, bare arrays and twice-encoded JSON were not read",
        By(&[
            "tests/it/compare/known.rs: the same files in other bytes and forms are the same",
            "tests/it/compare/small.rs: other bytes and forms of a policy are the same",
        ]),
    ),
    (
        6,
        "zero was taken for absent, and nothing in one form for a difference from nothing in another",
        By(&["tests/it/compare/peers.rs: zero is a value and nothing is nothing in every form"]),
    ),
    (
        7,
        "\"All users\", \"All devices\", exclusions and filters of assignments were lost or turned round",
        By(&[
            "tests/it/compare/peers.rs: all devices with an exclusion is assigned and an exclusion alone is not",
            "tests/it/compare/peers.rs: a filter keeps its direction",
        ]),
    ),
    (
        8,
        "writing assignments replaced what somebody else had changed meanwhile",
        Not("nothing is written"),
    ),
    (
        9,
        "CSV with unquoted fields and with formulas",
        By(&["src/domain/report/tests.rs: a leading quote guards every form of a formula"]),
    ),
    (
        10,
        "exports of policies with one name overwrote each other, or differed from run to run",
        By(&[
            "src/domain/convert/name.rs: names are safe and never the same twice",
            "src/domain/report/tests.rs: the same input gives the same bytes and the golden file",
        ]),
    ),
    (
        11,
        "the order of collections was a difference, and a duplicate in them none",
        By(&[
            "tests/it/compare/properties.rs: a comparison mirrors and does not depend on order",
            "tests/it/compare/properties.rs: duplicates in a collection count",
        ]),
    ),
    (
        12,
        "sign-in in a loop, popups that were blocked, work lost when the session ended",
        By(&[
            "tests/e2e/sign-in.test.mjs: a reload that finds nobody at Microsoft shows the start page and asks once",
            "tests/e2e/sign-in.test.mjs: a token that ends while the tenant is read keeps what was read, and one press goes on",
        ]),
    ),
    (
        13,
        "a filter of scripts that Graph does not honour lost Microsoft's own scripts, or wrote them",
        Not("no such filter is sent, and nothing is written"),
    ),
    (
        14,
        "more ids in one `getByIds` than it takes",
        Not("names come from lists that are read to their end; `getByIds` is not asked"),
    ),
    (
        15,
        "a backup that did not say what it could not read",
        By(&[
            "src/domain/graph/reading/tests/failures.rs: a page that fails leaves an incomplete list with its reason",
            "tests/it/compare/small.rs: a type that was not read is unknown and not missing",
        ]),
    ),
];
