//! What a JSON object is: by what it says of itself, then by its shape, by its folder last.
//!
//! Authors rename folders freely, and several tools write no type at all, so a folder alone
//! decides only between objects that look alike (a scope tag, a device category).

use std::collections::HashMap;

use crate::catalog::{self, Row, Split, UNKNOWN};
use crate::json::Json;

/// What an object was found to be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Something that the catalog has, or that names a Graph type that the catalog has not.
    Object(&'static Row),
    /// A group: its name is kept, it is not a policy.
    Group,
    /// Not a policy, with the reason in words.
    Other(&'static str),
}

/// The catalog, by the names that documents use.
pub struct Detector {
    by_type: HashMap<&'static str, Vec<&'static Row>>,
    by_list: HashMap<String, Vec<&'static Row>>,
}

impl Default for Detector {
    fn default() -> Self {
        let mut by_type: HashMap<&'static str, Vec<&'static Row>> = HashMap::new();
        let mut by_list: HashMap<String, Vec<&'static Row>> = HashMap::new();
        for row in catalog::rows() {
            for name in row.odata_types.iter().chain([&row.graph_type]) {
                let rows = by_type.entry(name).or_default();
                if !rows.iter().any(|known| known.id == row.id) {
                    rows.push(row);
                }
            }
            let list = row.list.trim_start_matches('/').to_ascii_lowercase();
            by_list.entry(list).or_default().push(row);
        }
        Self { by_type, by_list }
    }
}

impl Detector {
    /// What an object is. `context` is the `@odata.context` of the list it stands in, or empty;
    /// `path` is the file's.
    pub fn kind(&self, object: &Json, context: &str, path: &str) -> Kind {
        if object.object().is_none() {
            return Kind::Other("a value, not an object");
        }
        let odata_type = object
            .str_at("@odata.type")
            .map(|t| t.trim_start_matches('#'))
            .map(|t| t.strip_prefix("microsoft.graph.").unwrap_or(t));
        let own = object.str_at("@odata.context").unwrap_or(context);
        let list = list_of_context(own).or_else(|| object.str_at("@odata.id").map(list_of_id));
        if odata_type == Some("group") || list == Some("groups") {
            return Kind::Group;
        }
        let rows = list.and_then(|list| self.by_list.get(&list.to_ascii_lowercase()));
        // Several lists have one type: where the object says both, both have to fit.
        if let (Some(name), Some(rows)) = (odata_type, rows)
            && rows.iter().any(|row| is_of(row, name))
        {
            return Kind::Object(choose(rows, name, object));
        }
        if let Some(name) = odata_type
            && let Some(row) = self.of_type(name, object)
        {
            return Kind::Object(row);
        }
        if let Some(rows) = rows {
            return Kind::Object(choose(rows, odata_type.unwrap_or_default(), object));
        }
        match by_shape(object).or_else(|| by_folder(object, path)) {
            Some("groups") => Kind::Group,
            Some(id) => Kind::Object(self.refine(id, object)),
            // It names a Graph type that the catalog does not have (yet).
            None if odata_type.is_some_and(|t| !t.is_empty()) && has_name(object) => {
                Kind::Object(&UNKNOWN)
            }
            None => Kind::Other(not_a_policy(object)),
        }
    }

    /// What a tool's own word says an object is: the last segment of its list, or its type.
    pub fn named(&self, word: &str, object: &Json) -> Kind {
        let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        let word = word.to_ascii_lowercase();
        if word.is_empty() || !has_name(object) {
            return Kind::Other(not_a_policy(object));
        }
        let fits = |row: &&Row| {
            let list = row.list.rsplit('/').next().unwrap_or_default();
            let list = list.to_ascii_lowercase();
            list == word
                || list.strip_suffix('s') == Some(&word)
                || row.graph_type.eq_ignore_ascii_case(&word)
                || row.id.eq_ignore_ascii_case(&word)
        };
        match catalog::rows().find(fits) {
            Some(row) => Kind::Object(self.refine(row.id, object)),
            None => Kind::Other(not_a_policy(object)),
        }
    }

    fn of_type(&self, name: &str, object: &Json) -> Option<&'static Row> {
        if let Some(rows) = self.by_type.get(name) {
            return Some(choose(rows, name, object));
        }
        // A derived type that Graph gained after this catalog was written.
        let id = match name {
            n if n.ends_with("CompliancePolicy") => "compliancePolicies",
            n if n.ends_with("NamedLocation") => "namedLocations",
            n if n.ends_with("AutopilotDeploymentProfile") => "autopilotProfiles",
            n if n.starts_with("deviceManagement") || n.starts_with("cloudPc") => return None,
            n if n.ends_with("Configuration") => "deviceConfigurations",
            n if n.ends_with("App") => "applications",
            _ => return None,
        };
        catalog::row(id)
    }

    /// The row that a shape stands for, narrowed by what the object says of its template.
    fn refine(&self, id: &str, object: &Json) -> &'static Row {
        let Some(row) = catalog::row(id) else {
            return &UNKNOWN;
        };
        let list = row.list.trim_start_matches('/').to_ascii_lowercase();
        let by_family = |rows: &&Vec<&'static Row>| {
            let families = |row: &&Row| matches!(row.split, Split::TemplateFamily(_));
            rows.iter().any(families)
        };
        match self.by_list.get(&list).filter(by_family) {
            Some(rows) => choose(rows, "", object),
            None => row,
        }
    }
}

fn is_of(row: &Row, name: &str) -> bool {
    row.graph_type == name || row.odata_types.contains(&name)
}

/// Of several rows of one list, the one that an object belongs to.
fn choose(rows: &[&'static Row], odata_type: &str, object: &Json) -> &'static Row {
    let family = object
        .get("templateReference")
        .and_then(|t| t.str_at("templateFamily"))
        .filter(|f| !f.is_empty())
        .unwrap_or("none");
    let claims = |row: &&&Row| match row.split {
        Split::TemplateFamily(wanted) => wanted.eq_ignore_ascii_case(family),
        Split::OdataType => row.odata_types.contains(&odata_type),
        Split::Flag(name, wanted) => {
            object.get(name).and_then(Json::bool).unwrap_or_default() == wanted
        }
        Split::Rest => false,
    };
    let rest = |row: &&&Row| {
        matches!(row.split, Split::Rest | Split::TemplateFamily("none"))
            && (row.odata_types.is_empty() || row.odata_types.contains(&odata_type))
    };
    rows.iter()
        .find(claims)
        .or_else(|| rows.iter().find(rest))
        .or_else(|| {
            rows.iter()
                .find(|row| matches!(row.split, Split::Rest | Split::TemplateFamily("none")))
        })
        .or(rows.first())
        .copied()
        .unwrap_or(&UNKNOWN)
}

/// `…$metadata#deviceManagement/configurationPolicies(settings())/$entity` → the path of the list.
fn list_of_context(context: &str) -> Option<&str> {
    let path = context.split_once("$metadata#")?.1;
    let path = path.strip_suffix("/$entity").unwrap_or(path);
    // Key predicates and expanded properties stand in parentheses at the end of a segment.
    let end = path.find('(').unwrap_or(path.len());
    Some(path[..end].trim_matches('/')).filter(|p| !p.is_empty())
}

/// `deviceManagement/configurationPolicies('…')` → the path of the list.
fn list_of_id(id: &str) -> &str {
    let path = match id.split_once("graph.microsoft.com/") {
        Some((_, rest)) => rest.split_once('/').map_or(rest, |(_, path)| path),
        None => id,
    };
    let end = path.find('(').unwrap_or(path.len());
    path[..end].trim_matches('/')
}

fn has(object: &Json, key: &str) -> bool {
    object
        .object()
        .is_some_and(|o| o.get_any_case(key).is_some())
}

fn has_name(object: &Json) -> bool {
    has(object, "displayName") || has(object, "name")
}

fn first<'j, 'a>(object: &'j Json<'a>, key: &str) -> Option<&'j Json<'a>> {
    object.get(key).and_then(|list| list.elements().first())
}

/// The row that only one kind of object has the shape of.
fn by_shape(object: &Json) -> Option<&'static str> {
    if let Some(setting) = first(object, "settings") {
        if has(setting, "settingInstance") {
            let compliance = has(object, "scheduledActionsForRule");
            let linux_compliance = setting
                .get("settingInstance")
                .and_then(|s| s.str_at("settingDefinitionId"))
                .is_some_and(|id| id.starts_with("linux_") && id.contains("compliance"));
            let linux = linux_compliance
                || object.str_at("platforms") == Some("linux") && !has(object, "templateReference");
            return Some(if compliance || linux {
                "compliancePoliciesV2"
            } else {
                "settingsCatalog"
            });
        }
        if has(setting, "definitionId") {
            return Some("endpointSecurityIntents");
        }
    }
    if first(object, "settingsDelta").is_some_and(|s| has(s, "definitionId")) {
        return Some("endpointSecurityIntents");
    }
    let all = |keys: &[&str]| keys.iter().all(|key| has(object, key));
    let shapes: &[(&[&str], &'static str)] = &[
        (
            &["platforms", "technologies", "settings"],
            "settingsCatalog",
        ),
        (&["definitionValues"], "administrativeTemplates"),
        (&["conditions", "grantControls"], "conditionalAccess"),
        (&["conditions", "sessionControls"], "conditionalAccess"),
        (
            &["detectionScriptContent", "remediationScriptContent"],
            "remediations",
        ),
        (&["detectionScriptContent"], "complianceScripts"),
        (
            &["customAttributeName", "scriptContent"],
            "customAttributes",
        ),
        (&["scriptContent", "retryCount"], "shellScripts"),
        (
            &["scriptContent", "enforceSignatureCheck"],
            "powershellScripts",
        ),
        (&["rule", "platform"], "assignmentFilters"),
        (&["outOfBoxExperienceSettings"], "autopilotProfiles"),
        (&["outOfBoxExperienceSetting"], "autopilotProfiles"),
        (
            &["localizedNotificationMessages", "brandingOptions"],
            "notificationTemplates",
        ),
        (
            &["settingDefinitionId", "settingInstance"],
            "reusableSettings",
        ),
        (&["omaSettings"], "deviceConfigurations"),
        (&["allowedCombinations"], "authenticationStrengths"),
        (&["countriesAndRegions", "displayName"], "namedLocations"),
        (&["ipRanges", "displayName"], "namedLocations"),
        (&["securityEnabled", "mailEnabled"], "groups"),
        (&["featureUpdateVersion"], "featureUpdates"),
        (&["approvalType", "displayName"], "driverUpdates"),
        (&["expeditedUpdateSettings"], "expeditePolicies"),
        (
            &["provisioningType", "domainJoinConfigurations"],
            "w365Provisioning",
        ),
        (&["deviceComplianceCheckinThresholdDays"], "tenantSettings"),
    ];
    shapes
        .iter()
        .find(|(keys, _)| all(keys))
        .map(|(_, row)| *row)
}

/// Folder names that tell objects apart that look alike.
const FOLDERS: &[(&str, &str)] = &[
    ("scope tags", "scopeTags"),
    ("scopetags", "scopeTags"),
    ("device categories", "deviceCategories"),
    ("devicecategories", "deviceCategories"),
    ("filters", "assignmentFilters"),
    ("groups", "groups"),
    ("roles", "intuneRoles"),
    ("roledefinitions", "intuneRoles"),
    ("message templates", "notificationTemplates"),
    ("notifications", "notificationTemplates"),
    ("terms and conditions", "termsAndConditions"),
    ("termsandconditions", "termsAndConditions"),
    ("authenticationcontext", "authenticationContexts"),
    ("policysets", "policySets"),
    ("intunebranding", "intuneBranding"),
    ("applications", "applications"),
    ("device configurations", "deviceConfigurations"),
    ("deviceconfiguration", "deviceConfigurations"),
    ("compliance policies", "compliancePolicies"),
    ("device compliance policies", "compliancePolicies"),
    ("compliancepolicies", "compliancePolicies"),
];

fn by_folder(object: &Json, path: &str) -> Option<&'static str> {
    if !has_name(object) {
        return None;
    }
    let mut folders = path.rsplit('/').skip(1).take(2);
    folders.find_map(|folder| {
        let folder = folder.to_ascii_lowercase();
        FOLDERS
            .iter()
            .find(|(name, _)| *name == folder)
            .map(|(_, row)| *row)
    })
}

/// Words for an object that is not a policy.
fn not_a_policy(object: &Json) -> &'static str {
    let shapes: &[(&str, &'static str)] = &[
        ("$schema", "a template or schema of another product"),
        ("Rules", "rules of a custom compliance script"),
        ("PartitionKey", "a row of another tool's store"),
        ("Families", "a tool's manifest of its export"),
        ("plumblineExport", "the manifest of an export of Plumbline"),
    ];
    shapes
        .iter()
        .find(|(key, _)| object.get(key).is_some())
        .map_or(
            "JSON without a property that tells which policy it is",
            |(_, words)| words,
        )
}

#[cfg(test)]
mod tests;
