//! A policy as it is shown: its line in the list, and the whole of it.

use std::collections::HashMap;

use crate::arrange::Arrange;
use crate::catalog::{Assigned, UNKNOWN};
use crate::json::Json;
use crate::policy::{Assignment, GroupRef, Known, Policy, Target};
use crate::protocol::{
    AssignedState, AssignmentView, FindingView, PolicyView, RowView, SettingView, SnapshotInfo,
};
use crate::setting::{Setting, Value, hide_secrets, names};
use crate::snapshot::{Finding, Gap, Reason, Snapshot, Source, TypeRead};

/// What the main side is, in a few words and numbers.
pub fn info(snapshot: &Snapshot) -> SnapshotInfo {
    let files = snapshot.files;
    SnapshotInfo {
        label: snapshot.label.clone(),
        domain: snapshot.tenant.domain.clone(),
        tenant_id: snapshot.tenant.id.clone(),
        taken_at: snapshot.taken_at.clone(),
        source: match snapshot.source {
            Source::Files => "files",
            Source::Tenant => "tenant",
            Source::Saved => "saved",
            Source::Demo => "demo",
        }
        .to_owned(),
        policies: snapshot.proper().count() as u32,
        settings: snapshot.proper().filter_map(settings).sum(),
        gaps: snapshot.coverage.iter().filter(|t| lacks(t)).count() as u32,
        files: (files.given, files.read, files.not_policy, files.unreadable),
        findings: snapshot.findings.iter().map(finding).collect(),
    }
}

/// True when a type could not be read whole. One that is still being read may be yet.
fn lacks(read: &TypeRead) -> bool {
    let gap = read.gap.as_ref();
    gap.is_some_and(|gap| gap.reason != Reason::Reading)
}

/// A finding, for show.
pub fn finding(finding: &Finding) -> FindingView {
    FindingView {
        file: finding.file.clone(),
        place: finding.place.clone(),
        problem: finding.problem.clone(),
        remedy: finding.remedy.clone(),
    }
}

/// How many settings a policy has; `None`: not known.
pub fn settings(policy: &Policy) -> Option<u32> {
    policy.settings.get().map(|list| list.len() as u32)
}

/// Whether a policy reaches anybody. One that only excludes reaches nobody.
pub fn assigned_state(policy: &Policy) -> AssignedState {
    match &policy.assignments {
        Known::No(_) => AssignedState::Unknown,
        Known::Yes(list) if list.iter().any(|one| !excludes(one)) => AssignedState::Assigned,
        Known::Yes(_) if policy.row.assigned == Assigned::Never && policy.row.id != UNKNOWN.id => {
            AssignedState::NotAssignable
        }
        Known::Yes(_) => AssignedState::Unassigned,
    }
}

/// True when the line takes somebody out instead of in.
pub fn excludes(assignment: &Assignment) -> bool {
    match &assignment.target {
        Target::ExcludedGroup(_) => true,
        Target::Other(kind, _) => kind.starts_with("excluded"),
        _ => false,
    }
}

/// The type in words: the row's name, or the type's own for objects without a row.
pub fn kind(policy: &Policy) -> &str {
    match policy.odata_type.as_str() {
        "" => policy.row.name,
        own if policy.row.id == UNKNOWN.id => own,
        _ => policy.row.name,
    }
}

/// The line of a policy in the list.
pub fn row(snapshot: &Snapshot, index: u32, policy: &Policy) -> RowView {
    RowView {
        index,
        id: policy.id.clone().unwrap_or_default(),
        name: policy.name.clone(),
        kind: kind(policy).to_owned(),
        row: policy.row.id.to_owned(),
        platform: policy.platforms.to_string(),
        assigned: assigned_state(policy),
        assigned_to: assigned_to(policy),
        settings: settings(policy),
        modified: policy.modified.clone(),
        scope_tags: scope_tags(policy, &snapshot.names),
        matched: String::new(),
    }
}

/// `All devices`, `3 groups, 1 excluded`; empty when nobody is named.
pub fn assigned_to(policy: &Policy) -> String {
    let mut parts: Vec<String> = Vec::new();
    let (mut groups, mut excluded) = (0, 0);
    let mut others: Vec<(&str, u32)> = Vec::new();
    for assignment in policy.assignments.get().map_or(&[][..], Vec::as_slice) {
        match &assignment.target {
            Target::AllUsers => push_once(&mut parts, "All users"),
            Target::AllDevices => push_once(&mut parts, "All devices"),
            Target::Group(_) => groups += 1,
            _ if excludes(assignment) => excluded += 1,
            Target::Other(kind, _) => match others.iter_mut().find(|(known, _)| known == kind) {
                Some((_, count)) => *count += 1,
                None => others.push((kind, 1)),
            },
            Target::ExcludedGroup(_) => {}
        }
    }
    if groups > 0 {
        parts.push(count(groups, "group"));
    }
    for (kind, number) in others {
        parts.push(match kind {
            "user" => count(number, "user"),
            "role" => count(number, "role"),
            "guests" => "Guests".to_owned(),
            "servicePrincipal" => count(number, "service principal"),
            _ => count(number, "other target"),
        });
    }
    if excluded > 0 {
        parts.push(format!("{excluded} excluded"));
    }
    parts.join(", ")
}

fn push_once(parts: &mut Vec<String>, words: &str) {
    if !parts.iter().any(|part| part == words) {
        parts.push(words.to_owned());
    }
}

fn count(number: u32, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// Scope tags by name, in the order of the document.
pub fn scope_tags(policy: &Policy, names: &HashMap<String, String>) -> String {
    let tags: Vec<&str> = policy
        .scope_tags
        .iter()
        .map(|tag| match names.get(tag) {
            Some(name) => name.as_str(),
            None if tag == "0" => "Default",
            None => tag.as_str(),
        })
        .collect();
    tags.join(", ")
}

/// A policy, whole.
pub fn policy(snapshot: &Snapshot, index: u32, policy: &Policy) -> PolicyView {
    PolicyView {
        head: row(snapshot, index, policy),
        description: policy.description.clone(),
        created: policy.created.clone(),
        odata_type: policy.odata_type.clone(),
        assignments: known(&policy.assignments, |list| {
            let view = |one| assignment(snapshot, one);
            list.iter().map(view).collect()
        }),
        settings: known(&policy.settings, |list| {
            let view = |one| setting(snapshot, one);
            by_category(list.iter().map(view).collect())
        }),
        gaps: policy.gaps.clone(),
        place: policy.place.clone(),
    }
}

/// What is of one category stands together, where its first stood. What lies below a setting stays below it.
fn by_category(mut list: Vec<SettingView>) -> Vec<SettingView> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut places = Vec::with_capacity(list.len());
    for one in &list {
        let next = known.len();
        let place = match places.last() {
            Some(above) if one.depth > 0 => *above,
            _ => *known.entry(one.category.clone()).or_insert(next),
        };
        places.push(place);
    }
    let mut places = places.into_iter();
    list.arrange_by_cached_key(|_| places.next());
    list
}

fn known<T, V>(value: &Known<T>, view: impl FnOnce(&T) -> V) -> Result<V, Gap> {
    match value {
        Known::Yes(value) => Ok(view(value)),
        Known::No(gap) => Err(gap.clone()),
    }
}

/// One line of whom a policy reaches, with names instead of ids where they are known.
fn assignment(snapshot: &Snapshot, assignment: &Assignment) -> AssignmentView {
    let named = |id: &str| snapshot.names.get(id).cloned().unwrap_or_default();
    let group = |words: &str, group: &GroupRef| {
        let name = match group.name.as_str() {
            "" => named(&group.id),
            name => name.to_owned(),
        };
        (words.to_owned(), name, group.id.clone())
    };
    let (target, name, id) = match &assignment.target {
        Target::AllUsers => ("All users".to_owned(), String::new(), String::new()),
        Target::AllDevices => ("All devices".to_owned(), String::new(), String::new()),
        Target::Group(one) => group("Group", one),
        Target::ExcludedGroup(one) => group("Excluded group", one),
        Target::Other(kind, id) => (target_words(kind), named(id), id.clone()),
    };
    AssignmentView {
        target,
        name,
        id,
        excluded: excludes(assignment),
        intent: match assignment.intent.as_str() {
            "availableWithoutEnrollment" => "Available with or without enrollment".to_owned(),
            // Older device configurations write `apply` on every line.
            "apply" | "" => String::new(),
            intent => capital(intent),
        },
        filter: assignment.filter.as_ref().map(|filter| {
            let name = snapshot.names.get(&filter.id).unwrap_or(&filter.id);
            let way = if filter.include { "Include" } else { "Exclude" };
            (name.clone(), way.to_owned())
        }),
    }
}

fn target_words(kind: &str) -> String {
    match kind {
        "user" => "User",
        "excludedUser" => "Excluded user",
        "role" => "Directory role",
        "excludedRole" => "Excluded directory role",
        "guests" => "Guests or external users",
        "excludedGuests" => "Excluded guests or external users",
        "servicePrincipal" => "Service principal",
        "excludedServicePrincipal" => "Excluded service principal",
        "configurationManagerCollectionAssignmentTarget" => "Configuration Manager collection",
        "" => "Unknown target",
        other => other,
    }
    .to_owned()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The document as indented JSON, with every secret in it replaced.
pub fn document(policy: &Policy) -> String {
    match Json::parse(&policy.raw) {
        Ok(mut document) => {
            hide_secrets(&mut document, policy.row.id == UNKNOWN.id);
            document.to_pretty()
        }
        Err(_) => policy.raw.as_ref().to_owned(),
    }
}

/// How long an id is at least. Scope tags are called `0`, `1` …, as is many a value.
const GUID: usize = 36;

/// Ids of groups, filters, apps … as names, where all or some of a value's are known.
fn named_ids(snapshot: &Snapshot, value: &Value) -> Option<String> {
    let name = |value: &Value| match value {
        Value::Text(id) if id.len() >= GUID => snapshot.names.get(id.as_ref()).cloned(),
        _ => None,
    };
    match value {
        Value::List(items) if items.iter().any(|item| name(item).is_some()) => {
            let words = |item: &Value| name(item).unwrap_or_else(|| names::raw_value(item).into());
            Some(items.iter().map(words).collect::<Vec<_>>().join(", "))
        }
        one => name(one),
    }
}

/// One setting in words.
fn setting(snapshot: &Snapshot, setting: &Setting) -> SettingView {
    let definitions = &snapshot.definitions;
    let value = match named_ids(snapshot, &setting.value) {
        Some(named) => named.into(),
        None => names::value(setting, definitions),
    };
    let raw = match &setting.value {
        Value::Null => "".into(),
        value => names::raw_value(value),
    };
    SettingView {
        depth: setting.depth,
        element: setting.row,
        name: names::name(setting, definitions).into_owned(),
        long: names::is_long(&setting.value),
        category: names::category(setting, definitions),
        description: names::description(setting, definitions).to_owned(),
        id: setting.id.as_ref().to_owned(),
        raw_value: if raw == value {
            String::new()
        } else {
            raw.into_owned()
        },
        value: value.into_owned(),
        csp: names::csp(setting, definitions),
    }
}
