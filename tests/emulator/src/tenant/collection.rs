//! A collection or a singleton of the tenant, and where its objects come from.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::people;
use super::world::World;

/// Where objects come from.
#[derive(Debug)]
pub(super) enum Source {
    /// Held in memory; the index of each id, in lower case.
    Stored(Vec<Value>, HashMap<String, usize>),
    /// Users of the directory.
    Users,
    /// Groups of the directory.
    Groups,
    /// Devices of the directory.
    Devices,
    /// Devices that Intune manages.
    ManagedDevices,
    /// Setting definitions.
    Definitions,
    /// One object, or nothing: then it answers 404.
    One(Option<Box<Value>>),
}

/// A path that answers.
#[derive(Debug)]
pub(super) struct Collection {
    /// Path below the version.
    pub(super) path: String,
    /// `v1.0`, `beta`, or `both`.
    pub(super) version: String,
    /// Its objects.
    pub(super) source: Source,
    /// Default page size; 0: does not page.
    pub(super) page: usize,
    /// Navigation properties that can be expanded, besides the ones that objects hold.
    pub(super) navigation: BTreeSet<String>,
    /// The list refuses every `$expand` (policy sets).
    pub(super) no_list_expand: bool,
    /// `isof` in a filter is refused.
    pub(super) no_isof: bool,
    /// `$filter` is ignored (remediations).
    pub(super) ignores_filter: bool,
    /// The filter must name these (role management policies).
    pub(super) must_filter: Vec<String>,
    /// Holds directory objects: advanced queries need their header.
    pub(super) directory: bool,
    /// The object's type where it has no `@odata.type`, for messages.
    pub(super) graph_type: String,
}

impl Collection {
    /// An empty collection of stored objects.
    pub(super) fn stored(path: &str, version: &str, page: usize) -> Self {
        Self {
            path: path.to_owned(),
            version: version.to_owned(),
            source: Source::Stored(Vec::new(), HashMap::new()),
            page,
            navigation: BTreeSet::new(),
            no_list_expand: false,
            no_isof: false,
            ignores_filter: false,
            must_filter: Vec::new(),
            directory: false,
            graph_type: path.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }

    /// A collection that is made when it is asked for.
    pub(super) fn made(path: &str, version: &str, page: usize, source: Source) -> Self {
        let directory = matches!(source, Source::Users | Source::Groups | Source::Devices);
        Self {
            source,
            directory,
            ..Self::stored(path, version, page)
        }
    }

    /// Adds a stored object; its `id` (or `tenantId`) becomes its key.
    pub(super) fn push(&mut self, object: Value) {
        if let Value::Object(members) = &object {
            for key in members.keys() {
                if let Some(name) = key.strip_prefix('+') {
                    self.navigation.insert(name.to_owned());
                }
            }
        }
        if let Source::Stored(objects, ids) = &mut self.source {
            let id = object.get("id").or_else(|| object.get("tenantId"));
            if let Some(id) = id.and_then(Value::as_str) {
                ids.insert(id.to_lowercase(), objects.len());
            }
            objects.push(object);
        }
    }

    /// How many objects there are.
    pub(super) fn len(&self, world: &World) -> usize {
        match &self.source {
            Source::Stored(objects, _) => objects.len(),
            Source::Users => world.user_count(),
            Source::Groups => world.groups.len(),
            Source::Devices => people::device_count(world),
            Source::ManagedDevices => world.options.devices,
            Source::Definitions => world.dictionary.len(),
            Source::One(one) => usize::from(one.is_some()),
        }
    }

    /// The object with this index.
    pub(super) fn get<'a>(&'a self, world: &World, index: usize) -> Option<Cow<'a, Value>> {
        if index >= self.len(world) {
            return None;
        }
        Some(match &self.source {
            Source::Stored(objects, _) => Cow::Borrowed(objects.get(index)?),
            Source::Users => Cow::Owned(people::user(world, index)),
            Source::Groups => Cow::Owned(people::group(world, index, world.groups.get(index)?)),
            Source::Devices => Cow::Owned(people::device(world, index)),
            Source::ManagedDevices => Cow::Owned(people::managed_device(world, index)),
            Source::Definitions => Cow::Owned(world.dictionary.definition(index)),
            Source::One(one) => Cow::Borrowed(one.as_deref()?),
        })
    }

    /// The index of the object with this key: its id, or a user's principal name.
    pub(super) fn index(&self, world: &World, key: &str) -> Option<usize> {
        match &self.source {
            Source::Stored(_, ids) => ids.get(&key.to_lowercase()).copied(),
            Source::Users => world.user_index(key).or_else(|| {
                let key = key.to_lowercase();
                (0..world.user_count()).find(|i| people::upn(world.seed, *i).to_lowercase() == key)
            }),
            Source::Groups => world.groups.index(key),
            Source::Devices => people::device_ids(world).index(key, self.len(world)),
            Source::ManagedDevices => people::managed_ids(world).index(key, self.len(world)),
            Source::Definitions => world.dictionary.index(key),
            Source::One(_) => None,
        }
    }
}
