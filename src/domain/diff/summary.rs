//! The outcome in numbers, as JSON: what `cargo xtask compare --format json` prints.

use std::borrow::Cow;

use crate::diff::{Comparison, NONE, PairedBy};
use crate::json::{Json, Object};
use crate::protocol::State;
use crate::setting::Carrier;
use crate::snapshot::{Finding, Snapshot};

/// An object of these members, in this order.
fn object<const N: usize>(members: [(&'static str, Json<'static>); N]) -> Json<'static> {
    let members = members.map(|(key, value)| (Cow::Borrowed(key), value));
    Json::Object(Object(members.into()))
}

fn text(text: &str) -> Json<'static> {
    Json::String(Cow::Owned(text.to_owned()))
}

fn number(n: usize) -> Json<'static> {
    Json::Int(i64::try_from(n).unwrap_or(i64::MAX))
}

fn int(n: u32) -> Json<'static> {
    Json::Int(i64::from(n))
}

/// What there is to say about the two sides and how far they are apart, without the settings.
pub fn json(left: &Snapshot, right: &Snapshot, comparison: &Comparison) -> Json<'static> {
    let pairs = &comparison.pairs;
    let of = |state| pairs.iter().filter(|p| p.state == state).count();
    let paired = |by| pairs.iter().filter(|p| p.by == by).count();
    let alone = |left: bool| {
        pairs
            .iter()
            .filter(|p| {
                if left {
                    p.right == NONE
                } else {
                    p.left == NONE
                }
            })
            .count()
    };
    let names = |state| {
        let name = |at: u32| &left.policies[at as usize].name;
        let changed = pairs.iter().filter(|p| p.state == state && p.by.is_some());
        changed.map(|p| text(name(p.left))).collect()
    };
    let settings = &comparison.settings;
    object([
        ("left", side(left)),
        ("right", side(right)),
        (
            "policies",
            object([
                (
                    "paired",
                    number(pairs.iter().filter(|p| p.by.is_some()).count()),
                ),
                ("same", number(of(State::Same))),
                ("changed", number(of(State::Different))),
                ("added", number(alone(false))),
                ("removed", number(alone(true))),
                (
                    "unknown",
                    number(
                        pairs
                            .iter()
                            .filter(|p| p.state == State::Unknown && p.by.is_some())
                            .count(),
                    ),
                ),
                (
                    "paired_by",
                    object([
                        ("id", number(paired(Some(PairedBy::Id)))),
                        (
                            "name",
                            number(
                                paired(Some(PairedBy::Name))
                                    + paired(Some(PairedBy::NameWithoutVersion)),
                            ),
                        ),
                        ("settings", number(paired(Some(PairedBy::Settings)))),
                    ]),
                ),
            ]),
        ),
        (
            "settings",
            object([
                ("same", int(settings.same)),
                ("different", int(settings.different)),
                ("missing", int(settings.missing)),
                ("extra", int(settings.extra)),
                ("unknown", int(settings.unknown)),
            ]),
        ),
        ("changed", Json::Array(names(State::Different))),
    ])
}

fn side(side: &Snapshot) -> Json<'static> {
    let settings = || side.policies.iter().filter_map(|p| p.settings.get());
    let instances = settings()
        .flatten()
        .filter(|s| s.carrier == Carrier::Catalog)
        .count();
    object([
        (
            "files",
            object([
                ("given", int(side.files.given)),
                ("read", int(side.files.read)),
                ("not_policy", int(side.files.not_policy)),
                ("unreadable", int(side.files.unreadable)),
            ]),
        ),
        ("policies", number(side.policies.len())),
        ("settings", number(settings().map(Vec::len).sum())),
        ("instances", number(instances)),
        (
            "findings",
            Json::Array(side.findings.iter().map(finding).collect()),
        ),
    ])
}

fn finding(finding: &Finding) -> Json<'static> {
    object([
        ("file", text(&finding.file)),
        ("place", text(&finding.place)),
        ("problem", text(&finding.problem)),
        ("remedy", text(&finding.remedy)),
    ])
}
