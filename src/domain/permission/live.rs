//! What the pages of Trust read live: route and scope.
//!
//! They are read when a person asks for them, and answered by the comparer; nothing of them is kept.

use crate::catalog::ApiVersion;
use crate::protocol::LivePage;

/// What a route answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// The app's service principal. Graph: `servicePrincipal`.
    Principal,
    /// Who is assigned to it. Graph: `appRoleAssignment`.
    Assigned,
    /// What it was granted. Graph: `oAuth2PermissionGrant`.
    Grants,
}

/// A route that a page reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveRoute {
    /// Which page.
    pub page: LivePage,
    /// What it answers with.
    pub what: Live,
    /// Which version of Graph.
    pub version: ApiVersion,
    /// Below the version, as in the read table; `{app}` is the app's client id, `{id}` the id of [`Live::Principal`].
    pub path: &'static str,
    /// Without `?`; may be empty.
    pub query: &'static str,
    /// Scopes of which any one opens it, the least first. Graph permissions reference.
    pub scopes: &'static [&'static str],
}

impl LiveRoute {
    /// The least scope that opens it.
    pub fn scope(&self) -> &'static str {
        self.scopes.first().copied().unwrap_or_default()
    }
}

/// All of them. A service principal can be named by its `appId` (Graph: "Get servicePrincipal").
pub const LIVE: &[LiveRoute] = &[
    LiveRoute {
        page: LivePage::App,
        what: Live::Principal,
        version: ApiVersion::V1,
        path: "/servicePrincipals(appId='{app}')",
        query: "$select=id,displayName,accountEnabled,appRoleAssignmentRequired,appOwnerOrganizationId,verifiedPublisher",
        scopes: &["Application.Read.All", "Directory.Read.All"],
    },
    LiveRoute {
        page: LivePage::App,
        what: Live::Assigned,
        version: ApiVersion::V1,
        path: "/servicePrincipals/{id}/appRoleAssignedTo",
        query: "$top=999",
        scopes: &["Application.Read.All", "Directory.Read.All"],
    },
    LiveRoute {
        page: LivePage::App,
        what: Live::Grants,
        version: ApiVersion::V1,
        path: "/servicePrincipals/{id}/oauth2PermissionGrants",
        query: "",
        scopes: &["Directory.Read.All"],
    },
];
