//! What an administrator can change about the app, with commands to copy. Nothing here is sent: Plumbline only reads.
//!
//! Entra: "Grant tenant-wide admin consent to an application", "Restrict a Microsoft Entra app to a set of users".
//! A command holds only what can be no syntax of a shell.

use crate::protocol::{AppGrant, AppRegistration, AppStep, ScopeFit};
use crate::snapshot::Reason;

/// What to change, the most urgent first.
pub(super) fn of(access: &AppRegistration) -> Vec<AppStep> {
    let mut steps = Vec::new();
    let principal = access.principal.value.as_ref();
    let Some(id) = principal.and_then(|one| plain(&one.id)) else {
        return steps;
    };
    let required = principal.and_then(|one| one.assignment_required);
    let everyone = access.grants.value.iter().any(|grant| grant.everyone);
    if required == Some(false) {
        steps.push(require_assignment(id, everyone));
    }
    if required == Some(true) && access.assigned.gap.is_none() && access.assigned.value.is_empty() {
        steps.push(assign(id));
    }
    for grant in &access.grants.value {
        steps.extend(narrow(grant));
    }
    if everyone {
        steps.extend(
            access
                .grants
                .value
                .iter()
                .filter_map(|grant| single(id, grant)),
        );
    }
    if needs_other_means(access) {
        steps.push(look(id));
    }
    steps
}

/// Letters, digits and the marks of ids and names of permissions: nothing that a shell would take for its own.
fn plain(text: &str) -> Option<&str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let starts = text
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric());
    (starts && text.len() <= 200 && text.bytes().all(fits)).then_some(text)
}

fn step(title: &str, why: String, blade: &str, scopes: &str, shell: String) -> AppStep {
    AppStep {
        title: title.to_owned(),
        why,
        blade: blade.to_owned(),
        scopes: scopes.to_owned(),
        shell,
    }
}

fn require_assignment(id: &str, everyone: bool) -> AppStep {
    let mut why = "Everybody in the tenant can sign in to this app now; each person’s own roles still bound what they see."
        .to_owned();
    if everyone {
        why.push_str(
            " Together with consent for the whole organization, anybody’s session gets these permissions without a question.",
        );
    }
    step(
        "Let only assigned people sign in",
        why,
        "Properties",
        "Application.ReadWrite.All",
        format!(
            "Update-MgServicePrincipal -ServicePrincipalId {id} -AppRoleAssignmentRequired:$true"
        ),
    )
}

fn assign(id: &str) -> AppStep {
    step(
        "Assign a group",
        "Assignment is required, and nobody is assigned: nobody can sign in. Groups need Microsoft Entra ID P1, and groups inside a group do not count."
            .to_owned(),
        "Users",
        "AppRoleAssignment.ReadWrite.All, Application.Read.All, Group.ReadBasic.All",
        format!(
            "$group = Get-MgGroup -Filter \"displayName eq 'NAME OF THE GROUP'\"\n\
             New-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId {id} -ResourceId {id} -PrincipalId $group.Id -AppRoleId 00000000-0000-0000-0000-000000000000"
        ),
    )
}

/// Takes out of a grant what this version does not ask for.
fn narrow(grant: &AppGrant) -> Option<AppStep> {
    let (used, rest): (Vec<_>, Vec<_>) = grant
        .scopes
        .iter()
        .partition(|scope| scope.fit == ScopeFit::Used);
    let id = plain(&grant.id).filter(|_| !rest.is_empty())?;
    let changes = rest.iter().any(|scope| scope.fit == ScopeFit::Changes);
    let names: Vec<&str> = rest.iter().map(|scope| scope.name.as_str()).collect();
    let mut why = format!("Not asked for by this version: {}.", names.join(", "));
    if changes {
        why.push_str(" A stolen token could change things with it.");
    }
    let whom = if grant.everyone {
        "of the whole organization"
    } else {
        "of one person"
    };
    let kept: Vec<&str> = used.iter().filter_map(|scope| plain(&scope.name)).collect();
    let shell = if kept.is_empty() {
        format!("Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId {id}")
    } else {
        let kept = kept.join(" ");
        format!("Update-MgOauth2PermissionGrant -OAuth2PermissionGrantId {id} -Scope '{kept}'")
    };
    let title = format!("Take back what is not used, {whom}");
    let scopes = "DelegatedPermissionGrant.ReadWrite.All";
    Some(step(&title, why, "Permissions", scopes, shell))
}

/// In place of consent for everybody: for one person, as often as there are persons.
fn single(app: &str, grant: &AppGrant) -> Option<AppStep> {
    let (id, resource) = (plain(&grant.id)?, plain(&grant.resource)?);
    let used = grant.scopes.iter().filter(|s| s.fit == ScopeFit::Used);
    let kept: Vec<&str> = used.filter_map(|scope| plain(&scope.name)).collect();
    if !grant.everyone || kept.is_empty() {
        return None;
    }
    let kept = kept.join(" ");
    Some(step(
        "Consent for persons instead of the whole organization",
        "Microsoft calls consent for a whole organization a sensitive operation: by default it lets all users use the app. Consent for each person who needs it reaches nobody else."
            .to_owned(),
        "Permissions",
        "DelegatedPermissionGrant.ReadWrite.All, User.ReadBasic.All",
        format!(
            "$person = Get-MgUser -UserId 'NAME@DOMAIN'\n\
             New-MgOauth2PermissionGrant -ClientId {app} -ConsentType Principal -PrincipalId $person.Id -ResourceId {resource} -Scope '{kept}'\n\
             # After the last person:\n\
             Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId {id}"
        ),
    ))
}

/// The grants are not known because of the permission or the role.
fn needs_other_means(access: &AppRegistration) -> bool {
    let gap = access.grants.gap.as_ref();
    gap.is_some_and(|gap| matches!(gap.reason, Reason::Scope | Reason::Role))
}

fn look(id: &str) -> AppStep {
    step(
        "See the grants without giving this app the permission",
        "Who may read the directory sees the same list in the admin center, or with these commands."
            .to_owned(),
        "Permissions",
        "Directory.Read.All",
        format!(
            "Get-MgServicePrincipalOauth2PermissionGrant -ServicePrincipalId {id} -All | Format-List ConsentType, PrincipalId, Scope"
        ),
    )
}
