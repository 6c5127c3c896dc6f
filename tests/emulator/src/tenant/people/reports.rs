//! What a device reported: apps, and what became of policies.

use serde_json::{Map, Value, json};

use super::device::{managed_ids, owner};
use super::user::upn;
use crate::tenant::ids::{Rng, hash};
use crate::tenant::world::World;

/// States of a few policies on a device.
pub(crate) fn states(world: &World, index: usize, kind: &str) -> Vec<Value> {
    let names: &[&str] = match kind {
        "deviceConfigurationStates" => &["WIN - DR - Office laptops", "WIN - Custom - OMA-URI"],
        _ => &[
            "WIN - Compliance - Corporate",
            "Built-in Device Compliance Policy",
        ],
    };
    let mut rng = Rng::of(&[world.seed, 54, index as u64]);
    let user = owner(world, index);
    names
        .iter()
        .map(|name| {
            json!({
                "id": format!("{}_{:08x}", managed_ids(world).at(index), hash(name) >> 32),
                "settingStates": [],
                "displayName": name,
                "version": 1,
                "platformType": "windows10AndLater",
                "state": if rng.chance(90) { "compliant" } else { "nonCompliant" },
                "settingCount": 4,
                "userId": user.map(|u| world.user_id(u)),
                "userPrincipalName": user.map(|u| upn(world.seed, u)),
            })
        })
        .collect()
}

/// Detected apps of a device: a few names, each with a version.
pub(crate) fn detected_apps(world: &World, index: usize) -> Value {
    const NAMES: &[&str] = &[
        "Microsoft Edge",
        "7-Zip",
        "BerthPlanner",
        "Company Portal",
        "Zoom",
        "TideChart",
    ];
    let mut rng = Rng::of(&[world.seed, 53, index as u64]);
    NAMES
        .iter()
        .filter(|name| !(hash(name) ^ index as u64).is_multiple_of(3))
        .map(|name| {
            let mut app = Map::new();
            app.insert("id".into(), format!("{:016x}", hash(name)).into());
            app.insert("displayName".into(), (*name).into());
            app.insert(
                "version".into(),
                format!("{}.{}", 1 + rng.below(140), rng.below(10)).into(),
            );
            app.insert("sizeInByte".into(), 0.into());
            app.insert("deviceCount".into(), 0.into());
            Value::Object(app)
        })
        .collect()
}
