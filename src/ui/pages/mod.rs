//! One folder or file for each route, and the pages that stand in for all of them.

mod access;
mod analysis;
mod ask;
mod audit;
mod compare;
mod gates;
mod inventory;
mod live;
mod mine;
mod overview;
mod permissions;
mod policy;
mod reading;
mod reports;
mod rights;
mod set_up;
mod start;
mod threats;
mod trust;

pub use access::access;
pub use analysis::Analysis;
pub use ask::ask_for;
pub use compare::{Compare, accept};
pub use gates::{
    coming, locked, lost, misconfigured, not_here, not_opened, nothing_open, nowhere, session_over,
    sign_in_failed, signing_in,
};
pub use inventory::Inventory;
pub use mine::mine;
pub use overview::Overview;
pub use permissions::Permissions;
pub use reading::{Reading, meanwhile};
pub use reports::Reports;
pub use rights::rights;
pub use set_up::SetUp;
pub use start::Start;
pub use threats::threats;
pub use trust::Trust;
