//! Scope tags: the one collection whose ids are small numbers.

/// Names; the index is the id.
pub(super) const NAMES: &[&str] = &[
    "Default",
    "Headquarters",
    "Ports North",
    "Ports South",
    "Warehouses",
    "Service desk",
    "Shared devices",
    "Acquired: Tidewater",
];
