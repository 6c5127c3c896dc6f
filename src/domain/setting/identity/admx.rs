//! ADMX-backed policies: as SyncML data in a custom profile, and as definitions of administrative templates.

use std::collections::HashMap;

use crate::arrange::Arrange;
use crate::hash::QuickMap;
use crate::snapshot::Definition;

/// What `<enabled/><data id="x" value="1"/>` says: the policy under the empty name, then each element.
/// `None`: it is not of that form.
///
/// Source: "Understanding ADMX policies" of Windows client management.
pub(super) fn data(text: &str) -> Option<Vec<(&str, String)>> {
    let text = text.trim();
    let mut rest = text;
    let mut out = Vec::new();
    while let Some(after) = rest.trim_start().strip_prefix('<') {
        let end = after.find('>')?;
        let tag = after[..end].trim_end_matches('/').trim();
        rest = &after[end + 1..];
        match tag.split_whitespace().next()? {
            word if word.eq_ignore_ascii_case("enabled") => out.insert(0, ("", "1".to_owned())),
            word if word.eq_ignore_ascii_case("disabled") => out.insert(0, ("", "0".to_owned())),
            "data" => out.push((attribute(tag, "id")?, list(attribute(tag, "value")?))),
            _ => return None,
        }
    }
    (rest.trim().is_empty() && out.first().is_some_and(|(name, _)| name.is_empty())).then_some(out)
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].ends_with(char::is_whitespace);
        rest = &rest[at + name.len()..];
        let Some(value) = rest.trim_start().strip_prefix('=').filter(|_| before) else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        return value[1..].split(quote).next();
    }
}

/// A list is numbered and parted by U+F000: `1&#xF000;first&#xF000;2&#xF000;second`.
fn list(value: &str) -> String {
    let value = value
        .replace("&#xF000;", "\u{f000}")
        .replace("&#xf000;", "\u{f000}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let parts: Vec<&str> = value.split('\u{f000}').collect();
    let numbered = (1..)
        .zip(parts.chunks(2))
        .all(|(number, pair)| matches!(pair, [index, _] if index.parse::<u32>() == Ok(number)));
    if parts.len() < 2 || !numbered {
        return value;
    }
    let mut items: Vec<&str> = parts.into_iter().skip(1).step_by(2).collect();
    items.arrange();
    items.join("\n")
}

/// Ids of the settings catalog by what an administrative template calls them: class, category, name.
#[derive(Debug, Default, Clone)]
pub struct AdmxNames {
    policies: QuickMap<String, Vec<String>>,
    /// Ids and labels of all, in the order of the ids: an element's begins with its policy's.
    labels: Vec<(String, String)>,
}

impl AdmxNames {
    /// Reads them off definitions. Only ADMX-backed policies count: their paths name the ADMX file.
    pub fn new<'d>(definitions: impl Iterator<Item = (&'d String, &'d Definition)>) -> Self {
        let mut names = Self::default();
        for (id, definition) in definitions {
            let user = id.starts_with("user_vendor_msft_policy_config_");
            let backed = id.contains("~policy~") || id.contains("_policy_config_admx_");
            if !backed || !(user || id.starts_with("device_vendor_msft_policy_config_")) {
                continue;
            }
            let name = definition.name.trim_end_matches(" (User)");
            let class = if user { "user" } else { "machine" };
            let category = definition.category.rsplit('›').next().unwrap_or("").trim();
            let key = format!("{class}/{category}/{name}").to_lowercase();
            names.policies.entry(key).or_default().push(id.clone());
            names.labels.push((id.clone(), label(&definition.name)));
        }
        names.labels.arrange();
        names
    }

    /// As [`AdmxNames::new`], from the maps of two sides.
    pub fn of(left: &HashMap<String, Definition>, right: &HashMap<String, Definition>) -> Self {
        Self::new(
            left.iter()
                .filter(|(id, _)| !right.contains_key(*id))
                .chain(right),
        )
    }

    /// The only id of the catalog that a template's id (`admx:class/category/path/name`) can be.
    pub(super) fn catalog_id(&self, id: &str) -> Option<&str> {
        let (class, path) = id.strip_prefix("admx:")?.split_once('/')?;
        let (above, name) = path.rsplit_once('/')?;
        let category = above.rsplit('/').next().unwrap_or(above);
        match self
            .policies
            .get(&format!("{class}/{category}/{name}"))?
            .as_slice()
        {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The only element of the catalog that a presentation's id (a template's, `/`, the presentation's label) can be:
    /// the labels of both come from the same ADML file.
    pub fn element_id(&self, id: &str) -> Option<&str> {
        let (policy, name) = id.rsplit_once('/')?;
        let mut alike = self.elements(self.catalog_id(policy)?);
        let wanted = label(name);
        let (id, _) = alike.find(|(_, label)| *label == wanted)?;
        let more = alike.any(|(_, label)| *label == wanted);
        (!more && !wanted.is_empty()).then_some(id)
    }

    /// What stands below a policy of the catalog: id and label.
    fn elements(&self, policy: &str) -> impl Iterator<Item = &(String, String)> {
        let start = format!("{policy}_");
        let first = self.labels.partition_point(|(id, _)| *id < start);
        self.labels[first..]
            .iter()
            .take_while(move |(id, _)| id.starts_with(&start))
    }

    /// True when a setting of the catalog is an element of the policy that a template's id (without a label) is.
    pub fn holds(&self, template: &str, element: &str) -> bool {
        let below = |policy: &str| {
            let rest = element.strip_prefix(policy);
            rest.is_some_and(|rest| rest.starts_with('_'))
        };
        self.catalog_id(template).is_some_and(below)
    }
}

/// A label as both carriers have it: the catalog adds whom it is for.
fn label(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.trim_end();
    let bare = name
        .strip_suffix("(user)")
        .or_else(|| name.strip_suffix("(device)"));
    bare.unwrap_or(name).trim_matches([' ', ':']).to_owned()
}
