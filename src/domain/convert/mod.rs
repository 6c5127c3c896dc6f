//! What was read, or the tenant, written down as another tool's files.
//!
//! Reading what was written gives the same policies again (tests hold it for each form). Secrets
//! are never written; the manifest says where they were. Same input, same bytes.

mod document;
mod manifest;
mod name;

use serde::{Deserialize, Serialize};

use crate::archive::{self, Entry};
use crate::arrange::Arrange;
use crate::catalog::{Row, UNKNOWN};
use crate::json::Json;
use crate::policy::{self, Known, Policy, Target};
use crate::snapshot::Snapshot;

/// In which form policies are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
pub enum Form {
    /// A folder for each object type and a `MigrationTable.json`, as IntuneManagement imports it.
    #[default]
    IntuneManagement,
    /// One file for each policy that the admin centres import: settings catalog, Conditional Access.
    Import,
    /// Each object as Microsoft Graph answers it, children inside.
    Graph,
}

impl Form {
    /// Every form, in the order of the screen.
    pub const ALL: [Self; 3] = [Self::IntuneManagement, Self::Import, Self::Graph];

    /// The word on the command line and in the manifest.
    pub const fn id(self) -> &'static str {
        match self {
            Self::IntuneManagement => "intunemanagement",
            Self::Import => "import",
            Self::Graph => "graph",
        }
    }

    /// The form of this word.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Path with `/`; safe on every file system.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// The files as one archive; `None` where they are more than a zip has room for.
pub fn zip(files: &[Written]) -> Option<Vec<u8>> {
    let entries = files
        .iter()
        .map(|file| Entry::stored(&file.path, &file.bytes));
    archive::zip(&entries.collect::<Vec<_>>())
}

/// What was written, and what was not.
#[derive(Debug, Default)]
pub struct Exported {
    /// The files, the manifest among them, ordered by path.
    pub files: Vec<Written>,
    /// Policies that were written, groups not counted.
    pub policies: u32,
    /// Policies that were not, each with the reason.
    pub left_out: Vec<LeftOut>,
    /// Secrets that were replaced by words.
    pub secrets: u32,
}

/// A policy that was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// [`Row::name`]
    pub kind: &'static str,
    /// The policy's name.
    pub name: String,
    /// Why.
    pub why: &'static str,
}

/// Writes every policy of one side.
pub fn export(snapshot: &Snapshot, form: Form) -> Exported {
    let mut out = Exported::default();
    let mut names = name::Names::default();
    let mut lines = Vec::new();
    // The order of names does not depend on the order of reading.
    let kept = kept_groups(snapshot);
    let mut policies: Vec<&Policy> = snapshot.policies.iter().chain(&kept).collect();
    policies.arrange_by(|a, b| {
        let key = |p: &&Policy| (p.row.id, p.name.clone(), p.id.clone());
        key(a).cmp(&key(b)).then_with(|| a.raw.cmp(&b.raw))
    });
    names.reserve("manifest.json");
    names.reserve("MigrationTable.json");
    for policy in &policies {
        let document = match allowed(policy, form).and_then(|()| document::of(policy, form)) {
            Ok(document) => document,
            Err(_) if policy.row.directory => continue,
            Err(why) => {
                out.left_out.push(LeftOut {
                    kind: policy.row.name,
                    name: policy.name.clone(),
                    why,
                });
                continue;
            }
        };
        let twin = document.twin.is_some();
        let stem = names.take(folder(policy.row, form), &policy.name, twin);
        let path = format!("{stem}.json");
        if let Some(twin) = document.twin {
            out.files.push(file(format!("{stem}_Settings.json"), &twin));
        }
        out.policies += u32::from(!policy.row.directory);
        out.secrets += document.secrets;
        lines.push(manifest::Line {
            file: path.clone(),
            policy,
            secrets: document.secrets,
        });
        out.files.push(file(path, &document.json.to_pretty()));
    }
    if form == Form::IntuneManagement {
        let table = manifest::migration_table(snapshot, &groups(snapshot, &policies));
        out.files
            .push(file("MigrationTable.json".to_owned(), &table));
    }
    let manifest = manifest::write(snapshot, form, &lines, &out);
    out.files.push(file("manifest.json".to_owned(), &manifest));
    out.files.arrange_by(|a, b| a.path.cmp(&b.path));
    out
}

fn file(path: String, text: &str) -> Written {
    Written {
        path,
        bytes: format!("{}\n", text.trim_end()).into_bytes(),
    }
}

/// Why a policy cannot be written in this form.
fn allowed(policy: &Policy, form: Form) -> Result<(), &'static str> {
    if let Known::No(_) = policy.settings {
        return Err("Its settings were not read, so the file would set nothing.");
    }
    let imported = matches!(policy.row.id, "settingsCatalog" | "conditionalAccess");
    if form == Form::Import && !imported {
        return Err(
            "The admin centres import settings catalog and Conditional Access policies only.",
        );
    }
    Ok(())
}

/// Groups that files brought, as the policies that a tenant's groups are: IntuneManagement makes those that another
/// tenant lacks from `Groups/<name>.json`.
fn kept_groups(snapshot: &Snapshot) -> Vec<Policy> {
    let Some(row) = crate::catalog::row("groups") else {
        return Vec::new();
    };
    let read = |id: &String| {
        snapshot
            .policies
            .iter()
            .any(|p| p.row.directory && p.id.as_ref() == Some(id))
    };
    let kept = snapshot.groups.iter().filter(|(id, _)| !read(id));
    kept.filter_map(|(_, text)| {
        let group = Json::parse(text).ok()?;
        let raw = text.as_str().into();
        Some(policy::read(row, &group, raw, "", Vec::new()))
    })
    .collect()
}

/// The groups that policies name, by id, with the names that are known.
fn groups(snapshot: &Snapshot, policies: &[&Policy]) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for assignment in policies
        .iter()
        .filter_map(|p| p.assignments.get())
        .flatten()
    {
        if let Target::Group(group) | Target::ExcludedGroup(group) = &assignment.target {
            let name = match snapshot.names.get(&group.id) {
                Some(name) => name,
                None => &group.name,
            };
            if !group.id.is_empty() && !name.is_empty() {
                groups.push((group.id.clone(), name.clone()));
            }
        }
    }
    groups.arrange_by(|a, b| a.cmp(b));
    groups.dedup();
    groups
}

/// The folder of a row: IntuneManagement's object type, or the product's own name of the row.
fn folder(row: &Row, form: Form) -> &'static str {
    let tool = FOLDERS.iter().find(|(id, _)| *id == row.id);
    match (form, tool) {
        (Form::IntuneManagement, Some((_, folder))) => folder,
        _ if row.id == UNKNOWN.id => "other",
        _ => row.id,
    }
}

/// IntuneManagement's object types, by row.
const FOLDERS: &[(&str, &str)] = &[
    ("administrativeTemplates", "AdministrativeTemplates"),
    ("admxFiles", "ADMXFiles"),
    ("androidOemConfig", "AndroidOEMConfig"),
    ("appConfigApps", "AppConfigurationManagedApp"),
    ("appConfigDevices", "AppConfigurationManagedDevice"),
    ("appProtectionAndroid", "AppProtection"),
    ("appProtectionIos", "AppProtection"),
    ("appProtectionWindows", "AppProtection"),
    ("applications", "Applications"),
    ("appleUserEnrollment", "AppleEnrollmentTypes"),
    ("assignmentFilters", "AssignmentFilters"),
    ("authenticationContexts", "AuthenticationContext"),
    ("authenticationStrengths", "AuthenticationStrengths"),
    ("autopilotProfiles", "AutoPilot"),
    ("coManagement", "CoManagementSettings"),
    ("compliancePolicies", "CompliancePolicies"),
    ("compliancePoliciesV2", "CompliancePoliciesV2"),
    ("complianceScripts", "ComplianceScripts"),
    ("conditionalAccess", "ConditionalAccess"),
    ("customAttributes", "MacCustomAttributes"),
    ("depProfiles", "iOSDepProfile"),
    ("deviceCategories", "DeviceCategories"),
    ("deviceConfigurations", "DeviceConfiguration"),
    ("driverUpdates", "DriverUpdateProfiles"),
    ("endpointSecurityIntents", "EndpointSecurity"),
    ("enrollmentRestrictions", "EnrollmentRestrictions"),
    ("enrollmentStatusPage", "EnrollmentStatusPage"),
    ("esAccountProtection", "SettingsCatalog"),
    ("esAntivirus", "SettingsCatalog"),
    ("esAppControl", "SettingsCatalog"),
    ("esAsr", "SettingsCatalog"),
    ("esDiskEncryption", "SettingsCatalog"),
    ("esEdr", "SettingsCatalog"),
    ("esEpm", "SettingsCatalog"),
    ("esFirewall", "SettingsCatalog"),
    ("featureUpdates", "FeatureUpdates"),
    ("groups", "Groups"),
    ("hardwareConfigurations", "HardwareConfigurations"),
    ("intuneBranding", "IntuneBranding"),
    ("intuneRoles", "RoleDefinitions"),
    ("inventoryPolicies", "InventoryPolicies"),
    ("namedLocations", "NamedLocations"),
    ("notificationTemplates", "Notifications"),
    ("organizationBranding", "AzureBranding"),
    ("policySets", "PolicySets"),
    ("powershellScripts", "PowerShellScripts"),
    ("expeditePolicies", "QualityUpdates"),
    ("remediations", "DeviceHealthScripts"),
    ("reusableSettings", "ReusableSettings"),
    ("scopeTags", "ScopeTags"),
    ("securityBaselines", "SettingsCatalog"),
    ("settingsCatalog", "SettingsCatalog"),
    ("shellScripts", "MacScripts"),
    ("termsAndConditions", "TermsAndConditions"),
    ("termsOfUse", "TermsOfUse"),
    ("updateRings", "UpdatePolicies"),
    ("w365Provisioning", "W365ProvisioningPolicies"),
    ("w365UserSettings", "W365UserSettings"),
];

#[cfg(test)]
mod tests;
