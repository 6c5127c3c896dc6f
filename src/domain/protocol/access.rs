//! What the pages of Trust show of this app and of the person, read live.

use serde::{Deserialize, Serialize};

use crate::snapshot::Gap;

/// A page that is read live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LivePage {
    /// Who can use this app.
    App,
    /// What the signed-in person may do.
    Mine,
    /// Who has rights in Intune, and which of them were used.
    Rights,
    /// [`Self::App`], and who signed in to it: read only when a person asks for that too.
    SignIns,
}

impl LivePage {
    /// True when what is read for this page is shown on that one.
    pub fn has(self, part: Self) -> bool {
        self == part || (self, part) == (Self::SignIns, Self::App)
    }
}

/// How a route of [`crate::permission::LIVE`] was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveRead {
    /// Its place in the table.
    pub route: u32,
    /// The id of what it lies below, where each such object is read on its own; empty elsewhere.
    pub of: String,
    /// Client id of the registration that it is about; empty where it is about none.
    pub app: String,
    /// Why it is not whole; `None`: read to its end.
    pub gap: Option<Gap>,
    /// What came: JSON arrays, one a page.
    pub pages: Vec<String>,
}

/// What was read, and why it is not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known<T> {
    /// What came, however much.
    pub value: T,
    /// `None`: it is whole.
    pub gap: Option<Gap>,
}

/// Who can use this app in a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppAccess {
    /// Its registrations: the one that reads, then the one for writing, where the site's configuration names it.
    pub apps: Vec<AppRegistration>,
    /// Who signed in to any of them, the newest first.
    pub sign_ins: Known<Vec<AppSignIn>>,
}

/// One registration of the app, as a tenant has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppRegistration {
    /// Client id.
    pub client_id: String,
    /// Its service principal.
    pub principal: Known<Option<AppPrincipal>>,
    /// Who is assigned to it.
    pub assigned: Known<Vec<AppAssigned>>,
    /// What it was granted: for the whole organization first.
    pub grants: Known<Vec<AppGrant>>,
    /// Why names of persons or APIs in the grants are not known; a person or an API that is gone has none.
    pub unnamed: Option<Gap>,
    /// What to change, the most urgent first.
    pub steps: Vec<AppStep>,
}

/// A sign-in to the app. Graph: `signIn`, without addresses and devices, which are not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppSignIn {
    /// Client id of the registration.
    pub app: String,
    /// The person's display name; may be empty.
    pub name: String,
    /// User principal name; may be empty.
    pub user: String,
    /// When, ISO 8601; may be empty.
    pub at: String,
    /// How it ended.
    pub end: SignInEnd,
    /// Entra's number for it; 0 for a success.
    pub code: i64,
    /// Why it did not succeed, in words; may be empty.
    pub why: String,
    /// What Conditional Access said.
    pub policies: PolicyResult,
    /// City and country as Entra guessed them from the address; may be empty.
    pub place: String,
}

/// How a sign-in ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInEnd {
    /// The person is in.
    In,
    /// Microsoft asked for something more; what came of it is a sign-in of its own.
    Asked,
    /// The person was not let in.
    Refused,
    /// The answer does not say.
    Unknown,
}

/// What Conditional Access said to a sign-in. Graph: `conditionalAccessStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicyResult {
    /// A policy applied and was satisfied.
    Passed,
    /// A policy applied and was not.
    Failed,
    /// No policy applied.
    None,
    /// The answer does not say.
    Unknown,
}

/// The app in a tenant. Graph: `servicePrincipal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppPrincipal {
    /// Object id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// People can sign in to it.
    pub enabled: bool,
    /// Only who is assigned can; `None`: the answer does not say.
    pub assignment_required: Option<bool>,
    /// Tenant in which the app is registered; may be empty.
    pub owner: String,
    /// Verified publisher; may be empty.
    pub publisher: String,
}

/// Someone who is assigned. Graph: `appRoleAssignment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppAssigned {
    /// Object id.
    pub id: String,
    /// Display name; may be empty.
    pub name: String,
    /// `User`, `Group` or `ServicePrincipal`.
    pub kind: String,
    /// Since when, ISO 8601; may be empty.
    pub since: String,
}

/// Permissions granted in one act. Graph: `oAuth2PermissionGrant`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppGrant {
    /// Graph's id of it.
    pub id: String,
    /// For everybody in the organization (`AllPrincipals`).
    pub everyone: bool,
    /// Object id of the one person; empty for everybody.
    pub person: String,
    /// The person's name; empty where it is not known.
    pub name: String,
    /// Object id of the API.
    pub resource: String,
    /// The API's name; empty where it is not known.
    pub api: String,
    /// The API's client id, which nobody can choose, as a name can be; may be empty.
    pub api_client: String,
    /// What was granted.
    pub scopes: Vec<GrantedScope>,
}

/// A permission that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantedScope {
    /// Its name.
    pub name: String,
    /// What this version does with it.
    pub fit: ScopeFit,
}

/// What this version of Plumbline does with a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ScopeFit {
    /// It can change things, by its name: never asked for.
    Changes,
    /// Not asked for.
    Unused,
    /// Asked for by a feature, or a part of every sign-in.
    Used,
}

/// Something that an administrator can change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppStep {
    /// What, in a few words.
    pub title: String,
    /// Why, in one or two sentences.
    pub why: String,
    /// The page of the enterprise application in the Entra admin center.
    pub blade: String,
    /// Permissions that the commands need, with `, ` between them.
    pub scopes: String,
    /// Commands of Microsoft Graph PowerShell, once it is connected.
    pub shell: String,
}

/// What the signed-in person may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRights {
    /// Roles of the directory that are active now.
    pub roles: Known<Vec<MyRole>>,
    /// Roles of the directory that the person can activate.
    pub eligible_roles: Known<Vec<MyRole>>,
    /// Roles of Intune, by the groups that the person is in.
    pub intune: Known<Vec<MyIntuneRole>>,
    /// Memberships that Privileged Identity Management holds, active now.
    pub groups: Known<Vec<MyGroup>>,
    /// Memberships that the person can activate.
    pub eligible_groups: Known<Vec<MyGroup>>,
}

/// A role of the directory. Graph: `unifiedRoleAssignmentScheduleInstance`, `unifiedRoleEligibilityScheduleInstance`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRole {
    /// Template id of a built-in role, id of another.
    pub id: String,
    /// Display name; may be empty.
    pub name: String,
    /// What it opens in Intune; empty: nothing that Microsoft documents.
    pub in_intune: String,
    /// Activated for a time, not assigned.
    pub activated: bool,
    /// By way of a group.
    pub by_group: bool,
    /// `/` for the whole directory, else the path of a part of it.
    pub place: String,
    /// Its last moment, ISO 8601; empty: without an end.
    pub until: String,
}

/// A membership. Graph: `privilegedAccessGroupAssignmentScheduleInstance`, `…EligibilityScheduleInstance`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyGroup {
    /// Object id.
    pub id: String,
    /// Display name; may be empty.
    pub name: String,
    /// As an owner, not a member.
    pub owner: bool,
    /// Activated for a time, not assigned.
    pub activated: bool,
    /// Its last moment, ISO 8601; empty: without an end.
    pub until: String,
}

/// A role of Intune. Graph: `deviceAndAppManagementRoleAssignment`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyIntuneRole {
    /// Name of the role.
    pub role: String,
    /// Name of the assignment.
    pub assignment: String,
    /// Names of the person's groups by which it is theirs.
    pub by: Vec<String>,
    /// Over whom, in words.
    pub over: String,
    /// Names of scope tags; none: every object.
    pub tags: Vec<String>,
    /// What it allows: the kind of object, and the actions.
    pub rights: Vec<(String, Vec<String>)>,
    /// What it forbids.
    pub denied: Vec<(String, Vec<String>)>,
}
