//! Builds a tenant from the tables in `data/`.

use domain::catalog::{self, Shape};
use serde_json::{Map, Value};

use super::Tenant;
use super::apps;
use super::assign;
use super::audits;
use super::collection::{Collection, Source};
use super::definitions;
use super::folder::expands;
use super::ids::{date_time, hash};
use super::options::GeneratorOptions;
use super::rights;
use super::sign_ins;
use super::template::{Block, fill};
use super::variants;
use super::world::World;

/// The tables, in the order that collections are listed in.
const TABLES: &[&str] = &[
    include_str!("data/tenant.json"),
    include_str!("data/tenant-admin.json"),
    include_str!("data/catalog-windows.json"),
    include_str!("data/catalog-other.json"),
    include_str!("data/devices.json"),
    include_str!("data/devices-more.json"),
    include_str!("data/admx-intents.json"),
    include_str!("data/compliance.json"),
    include_str!("data/updates-scripts.json"),
    include_str!("data/enrollment.json"),
    include_str!("data/apps.json"),
    include_str!("data/app-protection.json"),
    include_str!("data/conditional-access.json"),
    include_str!("data/identity.json"),
    include_str!("data/directory.json"),
];

/// Names of a hostile object that is otherwise an ordinary one.
const HOSTILE_HOST: &str = "/deviceManagement/configurationPolicies";

/// A tenant of these sizes.
pub(super) fn generate(options: &GeneratorOptions) -> Tenant {
    let mut tenant = people(World::new(options));
    let blocks = blocks();
    for block in &blocks {
        stored(&mut tenant, block);
    }
    if options.hostile {
        hostile(&mut tenant, &blocks);
    }
    variants::add(&mut tenant, &blocks);
    definitions::add(&mut tenant, Vec::new());
    rest(&mut tenant);
    tenant
}

/// A tenant that has people, groups and devices, and nothing else.
pub(super) fn people(world: World) -> Tenant {
    let mut tenant = Tenant::new(world);
    let page = tenant.world.options.page;
    let made = [
        (
            "/users",
            "both",
            100,
            Source::Users,
            &["manager", "memberOf"][..],
        ),
        (
            "/groups",
            "both",
            100,
            Source::Groups,
            &["members", "owners", "memberOf"],
        ),
        (
            "/devices",
            "both",
            100,
            Source::Devices,
            &["registeredOwners", "memberOf"],
        ),
        (
            "/deviceManagement/managedDevices",
            "beta",
            page,
            Source::ManagedDevices,
            &["detectedApps"],
        ),
    ];
    for (path, version, page, source, navigation) in made {
        let mut collection = Collection::made(path, version, page, source);
        collection.navigation = navigation.iter().map(|n| (*n).to_owned()).collect();
        tenant.add(collection);
    }
    tenant
}

/// All tables.
pub(super) fn blocks() -> Vec<Block> {
    TABLES
        .iter()
        .flat_map(|text| Block::all(text).unwrap_or_default())
        .collect()
}

/// What is not there yet: the organization and its licences as in the tables; a type of the catalog as an empty
/// list, or a singleton that is not set up; the audit logs.
pub(super) fn rest(tenant: &mut Tenant) {
    const ALWAYS: &[&str] = &[
        "/organization",
        "/subscribedSkus",
        "/deviceManagement/roleScopeTags",
    ];
    for block in blocks().iter().filter(|b| ALWAYS.contains(&b.path())) {
        if !tenant.by_path.contains_key(&block.path().to_lowercase()) {
            stored(tenant, block);
        }
    }
    for row in catalog::rows() {
        if tenant.by_path.contains_key(&row.list.to_lowercase()) || row.list.contains('{') {
            continue;
        }
        let page = tenant.world.options.page;
        let mut collection = Collection::stored(row.list, row.version.segment(), page);
        collection.graph_type = row.graph_type.to_owned();
        if row.shape == Shape::Singleton {
            collection.source = Source::One(None);
        }
        let queries = [row.list_query, row.item_query]
            .into_iter()
            .flat_map(expands);
        collection.navigation = queries.map(str::to_owned).collect();
        tenant.add(collection);
    }
    apps::add(tenant);
    rights::add(tenant);
    audits::add(tenant);
    sign_ins::add(tenant);
}

fn stored(tenant: &mut Tenant, block: &Block) {
    let world = &tenant.world;
    let mut collection = empty(block, world.options.page);
    if block.flag("singleton") {
        let one = block
            .objects()
            .into_iter()
            .next()
            .map(|short| Box::new(whole(world, block, short)));
        collection.source = Source::One(one);
        tenant.add(collection);
        return;
    }
    for short in block.objects() {
        collection.push(whole(world, block, short));
    }
    match tenant.by_path.get(&collection.path.to_lowercase()).copied() {
        // A second table for the same path adds to it.
        Some(at) => {
            if let Source::Stored(objects, _) = collection.source {
                objects
                    .into_iter()
                    .for_each(|o| tenant.collections[at].1.push(o));
            }
        }
        None => {
            tenant.add(collection);
        }
    }
}

fn empty(block: &Block, page: usize) -> Collection {
    let version = match block.str("version") {
        "" => "beta",
        version => version,
    };
    let page = match block.str("page") {
        "none" => 0,
        _ => page,
    };
    let mut collection = Collection::stored(block.path(), version, page);
    collection.navigation = block
        .names("navigation")
        .iter()
        .map(|n| (*n).to_owned())
        .collect();
    collection.must_filter = block
        .names("mustFilter")
        .iter()
        .map(|n| (*n).to_owned())
        .collect();
    collection.no_list_expand = block.flag("noListExpand");
    collection.no_isof = block.flag("noIsof");
    collection.ignores_filter = block.flag("ignoresFilter");
    collection.directory = block.flag("directory");
    if !block.str("type").is_empty() {
        collection.graph_type = block.str("type").to_owned();
    }
    collection
}

/// The property that names an object of a block.
fn name_of(object: &Map<String, Value>) -> &str {
    ["name", "displayName", "id"]
        .iter()
        .find_map(|key| object.get(*key).and_then(Value::as_str))
        .unwrap_or_default()
}

/// One object from its short form: id, dates, assignments, and everything filled in.
pub(super) fn whole(world: &World, block: &Block, mut short: Map<String, Value>) -> Value {
    let name = name_of(&short).to_owned();
    let id = match short.get("id") {
        Some(Value::String(id)) if !id.starts_with('$') => id.clone(),
        _ => world.named(block.path(), &name),
    };
    let mut rng = world.rng(&[hash(block.path()), hash(&name)]);
    if !block.flag("keyless") {
        short.insert("id".into(), id.clone().into());
    }
    let assign = match short.shift_remove("assign") {
        Some(Value::Array(targets)) => Some(
            targets
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        ),
        _ if !block.str("assign").is_empty() => {
            let platform = short
                .get("%platform")
                .and_then(Value::as_str)
                .unwrap_or_default();
            Some(assign::some(&mut rng, platform, block.str("assign")))
        }
        _ => None,
    };
    let filled = fill(world, &mut rng, &id, &Value::Object(short));
    let Value::Object(filled) = filled else {
        return filled;
    };
    let mut object = ordered(filled, &id);
    if let Some(targets) = assign {
        object.insert(
            "+assignments".into(),
            assign::assignments(world, &id, block.str("assign"), &targets),
        );
        if object.contains_key("isAssigned") {
            object.insert("isAssigned".into(), (!targets.is_empty()).into());
        }
    }
    if let Some(short) = object.get("%settings").and_then(Value::as_object) {
        let count = short.len();
        if object.contains_key("settingCount") {
            object.insert("settingCount".into(), count.into());
        }
    }
    let changed =
        world.now - 86_400 * (rng.below(30) * rng.below(30)) as i64 - rng.below(60_000) as i64;
    let created = changed - 86_400 * rng.below(900) as i64;
    for (key, at) in [
        ("createdDateTime", created),
        ("lastModifiedDateTime", changed),
        ("modifiedDateTime", changed),
    ] {
        if object.get(key) == Some(&Value::Bool(true)) {
            object.insert(key.into(), date_time(at).into());
        }
    }
    Value::Object(object)
}

/// `@odata.type` and `id` first, as Graph has them.
fn ordered(members: Map<String, Value>, id: &str) -> Map<String, Value> {
    let mut out = Map::new();
    for key in ["@odata.type", "id"] {
        if let Some(value) = members.get(key) {
            let value = if key == "id" {
                id.into()
            } else {
                value.clone()
            };
            out.insert(key.to_owned(), value);
        }
    }
    for (key, value) in members {
        if !out.contains_key(&key) {
            out.insert(key, value);
        }
    }
    out
}

fn hostile(tenant: &mut Tenant, blocks: &[Block]) {
    let Some(block) = blocks.iter().find(|b| b.path() == HOSTILE_HOST) else {
        return;
    };
    let Some(at) = tenant.by_path.get(&HOSTILE_HOST.to_lowercase()).copied() else {
        return;
    };
    let long = format!("Very long {}", "name that never seems to end ".repeat(34));
    let twins = ["Twin policy", "Twin policy"];
    let names = super::HOSTILE_NAMES
        .iter()
        .copied()
        .chain(twins)
        .chain([long.as_str()]);
    for (index, name) in names.enumerate() {
        let mut short = block.objects().into_iter().nth(index).unwrap_or_default();
        short.insert("name".into(), name.into());
        short.insert(
            "description".into(),
            if index % 2 == 0 { "" } else { name }.into(),
        );
        short.insert(
            "id".into(),
            tenant.world.guid(&[hash("hostile"), index as u64]).into(),
        );
        let object = whole(&tenant.world, block, short);
        tenant.collections[at].1.push(object);
    }
}
