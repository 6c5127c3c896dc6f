//! Names of what policies point to: the tenant, groups, categories of settings.

use std::sync::Arc;

use super::{Purpose, Reading};
use crate::catalog::ApiVersion;
use crate::graph::page;
use crate::graph::scheduler::Priority;
use crate::graph::url;
use crate::json::Json;
use crate::policy::Policy;
use crate::setting::{Carrier, Setting};
use crate::snapshot::{Gap, Reason, Tenant};

/// Rows whose objects are named by id in other objects.
const NAMED: &[&str] = &[
    "assignmentFilters",
    "scopeTags",
    "groups",
    "applications",
    "namedLocations",
    "authenticationStrengths",
    "authenticationContexts",
    "termsOfUse",
    "entraRoles",
    "intuneRoles",
    "notificationTemplates",
    "reusableSettings",
    "administrativeUnits",
];

/// Ids of the settings of a policy whose definitions do not come with it, as the document writes them.
pub(super) fn defined_elsewhere(policy: &Policy) -> impl Iterator<Item = &Arc<str>> {
    let asked = !policy.row.definitions.is_empty();
    let settings = policy.settings.get().filter(|_| asked);
    // Members of an intent's complex value stand below its id and have no definition of their own.
    let defined = |setting: &&Setting| match setting.carrier {
        Carrier::Catalog => true,
        Carrier::Intent => !setting.id.contains('/'),
        _ => false,
    };
    let settings = settings.into_iter().flatten().filter(defined);
    settings.map(|setting| &setting.id)
}

impl Reading {
    /// Asks for the definitions of the settings in use that did not come with them.
    pub(super) fn ask_definitions(&mut self) {
        for (path, id) in std::mem::take(&mut self.unnamed) {
            let known = id.to_ascii_lowercase();
            if let Some(definition) = self.recalled.remove(&known) {
                self.definitions.recall(&known, &definition);
            }
            if !self.definitions.has(&known) && self.ended.is_none() {
                let url = url::segment(&id).map(|segment| format!("{path}/{segment}"));
                self.ask(
                    Purpose::Definition(id),
                    ApiVersion::Beta,
                    url,
                    Priority::Name,
                );
            }
        }
    }

    /// A setting without definition has a name read off its id, so a failure leaves no gap.
    pub(super) fn take_definition(&mut self, id: &str, result: Result<Json<'_>, Gap>) {
        if let Ok(definition @ Json::Object(_)) = result {
            self.definitions.keep(id, &definition);
            self.ask_categories();
        }
    }

    pub(super) fn ask_organization(&mut self) {
        let url = url::build("/organization", "$select=id,displayName,verifiedDomains");
        self.ask(
            Purpose::Organization,
            ApiVersion::V1,
            Some(url),
            Priority::List,
        );
    }

    pub(super) fn take_organization(&mut self, result: Result<Json<'_>, Gap>) {
        let gap = result.as_ref().err().cloned();
        let body = result.unwrap_or(Json::Null);
        let tenant = body.get("value").and_then(|value| value.elements().first());
        let mut parents = Vec::new();
        if let Some(found) = tenant {
            let domains = found.get("verifiedDomains").map_or(&[][..], Json::elements);
            let is_default = |d: &&Json<'_>| d.get("isDefault").and_then(Json::bool) == Some(true);
            let domain = domains
                .iter()
                .find(is_default)
                .and_then(|d| d.str_at("name"));
            self.tenant = Tenant {
                id: found.str_at("id").unwrap_or_default().to_owned(),
                name: found.str_at("displayName").unwrap_or_default().to_owned(),
                domain: domain.unwrap_or_default().to_owned(),
            };
            parents.push(self.tenant.id.clone());
            let asked = self.of_tenant.as_str();
            if !asked.is_empty() && !self.tenant.id.eq_ignore_ascii_case(asked) {
                self.foreign = true;
                return self.end(Reason::Malformed);
            }
        }
        self.start_lists_below("organization", &parents, gap.as_ref());
    }

    /// Asks for the category names once, as soon as there is a definition that has one.
    pub(super) fn ask_categories(&mut self) {
        if !self.categories_asked && self.definitions.lacks_categories() {
            self.categories_asked = true;
            let url = "/deviceManagement/configurationCategories".to_owned();
            self.ask(
                Purpose::Categories,
                ApiVersion::Beta,
                Some(url),
                Priority::Name,
            );
        }
    }

    /// Without category names the definitions still have theirs, so a failure leaves no gap.
    pub(super) fn take_categories(&mut self, result: Result<Json<'_>, Gap>) {
        let Some(page) = result.ok().and_then(|body| page::read(body).ok()) else {
            return;
        };
        for category in &page.items {
            self.definitions.collect_category(category);
        }
        let Some(link) = page.next else {
            return;
        };
        let goes_on = self.categories.check(page.items.len(), &link).is_ok();
        if let (true, Ok((version, url))) = (goes_on, url::relative(&link, &self.origin)) {
            self.ask(Purpose::Categories, version, Some(url), Priority::Name);
        }
    }

    /// The names of all groups that assignments name and no list brought.
    pub(super) fn ask_groups(&mut self) {
        if !self.can_name_groups || self.ended.is_some() {
            return;
        }
        let mut groups = std::mem::take(&mut self.groups);
        groups.retain(|id| !self.names.contains_key(id));
        for id in groups {
            let url = url::segment(&id)
                .map(|segment| url::build(&format!("/groups/{segment}"), "$select=id,displayName"));
            self.ask(Purpose::Group(id), ApiVersion::V1, url, Priority::Name);
        }
    }

    /// A group without a name is shown by its id: it may be deleted.
    pub(super) fn take_group(&mut self, id: String, result: Result<Json<'_>, Gap>) {
        if let Some(name) = result
            .ok()
            .as_ref()
            .and_then(|body| body.str_at("displayName"))
        {
            self.names.insert(id, name.to_owned());
        }
    }

    pub(super) fn note_name(&mut self, policy: &Policy) {
        if let Some(id) = &policy.id
            && NAMED.contains(&policy.row.id)
        {
            self.names.insert(id.clone(), policy.name.clone());
        }
    }
}
