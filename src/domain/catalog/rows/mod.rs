//! The rows, one file for each area of the admin centre.

mod apps;
mod compliance;
mod devices;
mod endpoint_security;
mod enrollment;
mod identity;
mod profiles;
mod scripts;
mod tenant;
mod updates;
mod windows365;

use super::Row;

/// All areas, in the order they are shown in.
pub(super) static ALL: &[&[Row]] = &[
    endpoint_security::ROWS,
    profiles::ROWS,
    devices::ROWS,
    compliance::ROWS,
    updates::ROWS,
    scripts::ROWS,
    enrollment::ROWS,
    apps::ROWS,
    windows365::ROWS,
    tenant::ROWS,
    identity::ROWS,
];
