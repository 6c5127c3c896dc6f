//! Which tool wrote an object: for the words on screen; reading does not depend on it.

use crate::json::Json;

/// The forms in which policies are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// Full OData metadata, children inline; also Open Intune Baseline.
    IntuneManagement,
    /// The admin centre's own export, and what it imports.
    Portal,
    /// A Graph list: `{"value": […]}`, or a bare array.
    GraphList,
    /// One object as Graph answers or takes it.
    GraphObject,
    /// PowerShell's own JSON dates; assignments in files beside.
    IntuneBackupAndRestore,
    /// No ids; groups by name.
    IntuneCd,
    /// Templates of CIPP: the policy is JSON in a text in a text.
    Cipp,
    /// One file with all policies, groups and filters.
    IntuneShade,
    /// One file with a list of items, the policy in each.
    InToolz,
    /// Lists of groups or filters of a starter kit.
    HydrationKit,
    /// Names in Pascal case, as older PowerShell modules write objects.
    PowerShell,
    /// `.mobileconfig` and `.plist`.
    Apple,
    /// Plumbline's own snapshot.
    Snapshot,
}

impl Dialect {
    /// Words on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::IntuneManagement => "IntuneManagement export",
            Self::Portal => "Intune admin centre export",
            Self::GraphList => "Microsoft Graph list",
            Self::GraphObject => "Microsoft Graph object",
            Self::IntuneBackupAndRestore => "IntuneBackupAndRestore",
            Self::IntuneCd => "IntuneCD backup",
            Self::Cipp => "CIPP template",
            Self::IntuneShade => "IntuneShade export",
            Self::InToolz => "InToolz export",
            Self::HydrationKit => "IntuneHydrationKit list",
            Self::PowerShell => "PowerShell module's object",
            Self::Apple => "Apple configuration profile",
            Self::Snapshot => "Plumbline snapshot",
        }
    }

    /// What a policy's document looks like.
    pub fn of(object: &Json) -> Self {
        let has = |key| object.get(key).is_some();
        let powershell_date = ["createdDateTime", "lastModifiedDateTime"]
            .iter()
            .any(|key| object.str_at(key).is_some_and(|d| d.starts_with("/Date(")));
        if powershell_date || has("settingsDelta") {
            Self::IntuneBackupAndRestore
        } else if has("@odata.editLink") || has("assignments@odata.context") {
            Self::IntuneManagement
        } else if has("@odata.context") && has("id") && !has("@odata.type") {
            Self::Portal
        } else if by_group_name(object) || !has("id") && has("roleScopeTagIds") && tag_names(object)
        {
            Self::IntuneCd
        } else if has("DisplayName") && !has("displayName") {
            Self::PowerShell
        } else {
            Self::GraphObject
        }
    }
}

fn by_group_name(object: &Json) -> bool {
    object.get("assignments").is_some_and(|list| {
        list.elements().iter().any(|assignment| {
            assignment
                .get("target")
                .is_some_and(|target| target.get("groupName").is_some())
        })
    })
}

/// IntuneCD writes scope tags by name where Graph has numbers.
fn tag_names(object: &Json) -> bool {
    object.get("roleScopeTagIds").is_some_and(|tags| {
        tags.elements()
            .iter()
            .filter_map(Json::str)
            .any(|tag| !tag.is_empty() && !tag.bytes().all(|b| b.is_ascii_digit()))
    })
}
