//! What Plumbline may ask for, and what it may send: every scope with its reason, and the read table.
//!
//! A scope is a promise about the token, and Intune's "Read" scopes do not keep it: the same scope that
//! reads policies also opens actions. So reading is held by the table of [`route`]s, on method, version and
//! the whole path; the scopes only bound what a stolen token could do.

mod check;
mod feature;
mod live;
mod log;
pub mod reference;
pub mod route;
mod scope;

pub use check::routes_of;
pub use feature::{FEATURES, Feature, feature, scopes_of};
pub use live::{LIVE, Live, LiveRoute, is_a};
pub use log::{LOGS, LogRoute, log_feature, log_route};
pub use route::{Method, RouteId, is_read_route, read_table};
pub use scope::{ReadScope, SCOPES, Scope, WRITES, WriteScope, can_change, holds, scope};

#[cfg(test)]
mod tests;
