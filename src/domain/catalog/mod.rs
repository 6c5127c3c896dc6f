//! The catalog: one const [`Row`] for each Graph resource type that Plumbline reads.
//!
//! It is the single place that knows the tenant's shape.
//! A new type of policy is one row in `rows/` and its fixture, and nothing else.
//! A type without a row is still read and shown (see [`UNKNOWN`]); it is never dropped.

mod claim;
mod label;
mod platform;
mod rows;

pub use claim::{claims, odata_type, row_of};
pub use label::type_label;
pub use platform::{Platform, Platforms};

/// The Graph endpoint version that serves a row.
/// `/v1.0` wherever it is complete, `/beta` where the type exists only there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApiVersion {
    /// `https://graph.microsoft.com/v1.0`
    V1,
    /// `https://graph.microsoft.com/beta`
    Beta,
}

impl ApiVersion {
    /// The path segment, without slashes.
    pub const fn segment(self) -> &'static str {
        match self {
            Self::V1 => "v1.0",
            Self::Beta => "beta",
        }
    }
}

/// The part of the admin centre that a row belongs to. Also the order of groups on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Area {
    Devices,
    Compliance,
    Updates,
    Scripts,
    Enrollment,
    Apps,
    Windows365,
    Tenant,
    Identity,
}

impl Area {
    /// Words on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Devices => "Devices",
            Self::Compliance => "Compliance",
            Self::Updates => "Updates",
            Self::Scripts => "Scripts",
            Self::Enrollment => "Enrollment",
            Self::Apps => "Apps",
            Self::Windows365 => "Windows 365",
            Self::Tenant => "Tenant administration",
            Self::Identity => "Identity",
        }
    }
}

/// How many objects the list path answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `{"value": […], "@odata.nextLink": …}`
    Collection,
    /// One object. Answers 404 when the tenant has not set it up.
    Singleton,
    /// A collection below each object of another row: `{parentId}` in the path.
    PerParent(&'static str),
}

/// Which items of a list that several rows share belong to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// All of them, or all that no other row of the same list claims.
    Rest,
    /// `templateReference.templateFamily` equals this.
    TemplateFamily(&'static str),
    /// `@odata.type` is one of the row's `odata_types`.
    OdataType,
    /// A boolean property has this value (`appSupportsOemConfig`); absent counts as false.
    Flag(&'static str, bool),
}

/// Where a policy's platform is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlatformFrom {
    /// Always this one.
    Fixed(Platforms),
    /// A property of this name: an enum or a flags enum as comma separated names.
    Property(&'static str),
    /// The `@odata.type`, by its prefix.
    OdataType,
}

/// A collection or object below a policy that has to be read with a request of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Child {
    /// The property under which it is kept in the policy's document.
    pub name: &'static str,
    /// Path relative to the item. `{}` stands for the id of each element of the child named before it.
    pub path: &'static str,
    /// Query options, as written into the URL, without `?`.
    pub query: &'static str,
    /// Property path that identifies an element, for comparison.
    pub key: &'static str,
    /// True when the service may lack it (404) without anything being wrong, or when it is
    /// big and not part of the policy's configuration; not read with the tenant.
    pub optional: bool,
    /// Properties (`a|b`) of which one must be present and non-zero for the child to exist, or `""`.
    pub when: &'static str,
}

/// How a row's assignments are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assigned {
    /// The type cannot be assigned.
    Never,
    /// `{item}/assignments`; most lists also expand them.
    Collection {
        /// True when the list request already carries `$expand=assignments`.
        expanded: bool,
    },
    /// Inside the object itself (Conditional Access conditions, MDM scope's groups).
    Embedded,
}

/// What Plumbline knows of one Graph resource type.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Stable name of the row, used in addresses, snapshots and reports.
    pub id: &'static str,
    /// The name on screen: Intune's or Entra's own, plural.
    pub name: &'static str,
    /// Where the admin centre shows it.
    pub area: Area,
    /// Base Graph type, without `#microsoft.graph.`.
    pub graph_type: &'static str,
    /// Endpoint version.
    pub version: ApiVersion,
    /// Path of the list, below the version segment.
    pub list: &'static str,
    /// Query options of the list, as written into the URL, without `?`.
    pub list_query: &'static str,
    /// What the list answers with.
    pub shape: Shape,
    /// Which items of a shared list are this row's.
    pub split: Split,
    /// Path of one object, with `{id}` (and `{parentId}`); `""` where there is none.
    pub item: &'static str,
    /// Query options of the item.
    pub item_query: &'static str,
    /// True when the list leaves content out (script bodies, setting instances),
    /// so that each object has to be read on its own.
    pub item_needed: bool,
    /// The property that holds the name; `""` where the row's own name is used.
    pub name_property: &'static str,
    /// Where the platform is written.
    pub platform: PlatformFrom,
    /// `@odata.type`s of this row without `#microsoft.graph.`; empty when the base type has no derived ones.
    pub odata_types: &'static [&'static str],
    /// What is read below each object.
    pub children: &'static [Child],
    /// Where the definitions of its settings are, each by its id, or `""` where they come with the settings.
    pub definitions: &'static str,
    /// Where assignments are.
    pub assigned: Assigned,
    /// The property that holds scope tags, or `""`.
    pub scope_tags: &'static str,
    /// Delegated scopes that the read needs (all of them).
    pub scopes: &'static [&'static str],
    /// Properties that say nothing about configuration, beside [`VOLATILE`].
    pub volatile: &'static [&'static str],
    /// True for what policies only refer to (groups): shown, but not counted as policies.
    pub directory: bool,
}

/// Properties that never count as configuration, on any type.
/// Names that start with `*` match by suffix.
pub const VOLATILE: &[&str] = &[
    "id",
    "createdDateTime",
    "lastModifiedDateTime",
    "modifiedDateTime",
    "version",
    "supportsScopeTags",
    "@odata.context",
    "@odata.etag",
    "*@odata.context",
    "*@odata.navigationLink",
    "*@odata.associationLink",
    "*@odata.count",
    "assignments",
];

/// What a row has unless it says otherwise.
pub(crate) const DEFAULT: Row = Row {
    id: "",
    name: "",
    area: Area::Tenant,
    graph_type: "",
    version: ApiVersion::Beta,
    list: "",
    list_query: "",
    shape: Shape::Collection,
    split: Split::Rest,
    item: "",
    item_query: "",
    item_needed: false,
    name_property: "displayName",
    platform: PlatformFrom::Fixed(Platforms::ALL),
    odata_types: &[],
    children: &[],
    definitions: "",
    assigned: Assigned::Never,
    scope_tags: "",
    scopes: &[],
    volatile: &[],
    directory: false,
};

/// Stands for a type that has no row: read as plain JSON and shown as it is.
pub static UNKNOWN: Row = Row {
    id: "unknown",
    name: "Other objects",
    platform: PlatformFrom::OdataType,
    ..DEFAULT
};

/// All rows, in the order of the admin centre's areas.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    rows::ALL.iter().flat_map(|area| area.iter())
}

/// The row with this id.
pub fn row(id: &str) -> Option<&'static Row> {
    rows().find(|row| row.id == id)
}

#[cfg(test)]
mod tests;
