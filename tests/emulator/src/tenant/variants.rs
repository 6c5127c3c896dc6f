//! More policies than anybody would write by hand: variations of the ones in the tables.

use serde_json::{Map, Value};

use super::Tenant;
use super::build::whole;
use super::ids::{Rng, hash};
use super::template::Block;

const RINGS: &[&str] = &["Pilot", "Ring 1", "Ring 2", "Broad", "PROD", "TEST"];
const PLACES: &[&str] = &[
    "Rotterdam",
    "Gdansk",
    "Antwerp",
    "Aarhus",
    "Valencia",
    "Trieste",
    "Halifax",
    "Busan",
    "Quay 4",
    "HQ",
];

/// Adds variations until the options' number of policies is reached.
pub(super) fn add(tenant: &mut Tenant, blocks: &[Block]) {
    let weighted: Vec<(&Block, Vec<Map<String, Value>>)> = blocks
        .iter()
        .filter(|b| b.weight() > 0)
        .map(|b| (b, b.objects()))
        .filter(|(_, objects)| !objects.is_empty())
        .collect();
    let total: usize = weighted.iter().map(|(b, _)| b.weight()).sum();
    let have = policies(tenant, blocks);
    for index in have..tenant.world.options.policies {
        let mut rng = tenant.world.rng(&[hash("variant"), index as u64]);
        let mut roll = rng.below(total.max(1));
        let chosen = weighted.iter().find(|(b, _)| {
            let hit = roll < b.weight();
            roll = roll.wrapping_sub(b.weight());
            hit
        });
        let Some((block, objects)) = chosen else {
            return;
        };
        let short = vary(&mut rng, rng_object(objects, index), index);
        let object = whole(&tenant.world, block, short);
        if let Some(at) = tenant.by_path.get(&block.path().to_lowercase()).copied() {
            tenant.collections[at].1.push(object);
        }
    }
}

/// Objects of the kinds that are varied: what the option counts.
pub(super) fn policies(tenant: &Tenant, blocks: &[Block]) -> usize {
    let mut paths: Vec<&str> = blocks
        .iter()
        .filter(|b| b.weight() > 0)
        .map(Block::path)
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths.iter().map(|path| tenant.count(path)).sum()
}

fn rng_object(objects: &[Map<String, Value>], index: usize) -> &Map<String, Value> {
    &objects[index.wrapping_mul(7) % objects.len()]
}

fn vary(rng: &mut Rng, base: &Map<String, Value>, index: usize) -> Map<String, Value> {
    let mut short = base.clone();
    let key = if short.contains_key("name") {
        "name"
    } else {
        "displayName"
    };
    let name = short
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or("Policy")
        .to_owned();
    let name = title(rng, &name, index);
    short.insert(key.into(), name.into());
    short.shift_remove("id");
    short.shift_remove("assign");
    if let Some(Value::Object(settings)) = short.get_mut("%settings") {
        change(rng, settings);
    }
    short
}

fn title(rng: &mut Rng, name: &str, index: usize) -> String {
    let (ring, place) = (*rng.pick(RINGS), *rng.pick(PLACES));
    match index % 4 {
        0 => format!("{name} - {place} - v{}.{}", 1 + rng.below(4), rng.below(10)),
        1 => format!("[{ring}] {name} ({place}) #{index}"),
        2 => format!(
            "{}_{}_{index:04}",
            name.replace([' ', '-'], "_").replace("__", "_"),
            ring.replace(' ', "")
        ),
        _ => format!("CFG-{index:04} {name} / {ring}"),
    }
}

/// Leaves a setting out, and moves numbers a little.
fn change(rng: &mut Rng, settings: &mut Map<String, Value>) {
    if settings.len() > 2 && rng.chance(60) {
        let at = rng.below(settings.len());
        let key = settings.keys().nth(at).cloned().unwrap_or_default();
        settings.shift_remove(&key);
    }
    for value in settings.values_mut() {
        if let Some(n) = value.as_i64().filter(|n| *n > 6)
            && rng.chance(25)
        {
            *value = (n + 1).into();
        }
    }
}
