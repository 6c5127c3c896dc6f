//! People and their devices: made when they are asked for, from their index.

mod device;
mod reports;
mod user;

pub(super) use device::{
    Os, device, device_count, device_ids, managed_device, managed_ids, os, owner,
};
pub(super) use reports::{detected_apps, states};
pub(super) use user::{DEPARTMENTS, OFFICES, department, office, upn, user};

use serde_json::{Value, json};

use super::groups::Group;
use super::ids::{Rng, date_time};
use super::world::World;

/// A group as the directory shows it.
pub(super) fn group(world: &World, index: usize, group: &Group) -> Value {
    let mut rng = Rng::of(&[world.seed, 31, index as u64]);
    let created = world.now - 86_400 * (40 + rng.below(1_500) as i64);
    let nickname: String = group
        .name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(60)
        .collect();
    let mailed = group.unified || group.mail;
    let mail = mailed.then(|| format!("{nickname}@{}", crate::accounts::TENANT_DOMAIN));
    let mut types = Vec::new();
    if group.unified {
        types.push("Unified");
    }
    if group.rule.is_some() {
        types.push("DynamicMembership");
    }
    let (a, b) = (rng.next() & 0xffff_ffff, rng.next() & 0xffff_ffff);
    json!({
        "id": world.groups.id(index),
        "deletedDateTime": null,
        "classification": null,
        "createdDateTime": date_time(created),
        "description": if group.about.is_empty() { None } else { Some(&group.about) },
        "displayName": group.name,
        "expirationDateTime": null,
        "groupTypes": types,
        "isAssignableToRole": group.role.then_some(true),
        "mail": mail,
        "mailEnabled": mailed,
        "mailNickname": nickname,
        "membershipRule": group.rule,
        "membershipRuleProcessingState": group.rule.as_ref().map(|_| "On"),
        "onPremisesLastSyncDateTime": null,
        "onPremisesSamAccountName": null,
        "onPremisesSecurityIdentifier": null,
        "onPremisesSyncEnabled": null,
        "preferredDataLocation": null,
        "preferredLanguage": null,
        "proxyAddresses": mail.iter().map(|m| format!("SMTP:{m}")).collect::<Vec<_>>(),
        "renewedDateTime": date_time(created),
        "resourceBehaviorOptions": [],
        "resourceProvisioningOptions": if group.unified { vec!["Team"] } else { vec![] },
        "securityEnabled": !group.mail,
        "securityIdentifier": format!("S-1-12-1-{a}-{b}"),
        "theme": null,
        "uniqueName": null,
        "visibility": group.unified.then_some("Private"),
        "onPremisesProvisioningErrors": [],
        "serviceProvisioningErrors": [],
    })
}
