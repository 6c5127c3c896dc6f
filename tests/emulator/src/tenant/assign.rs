//! Assignments from short forms.
//!
//! `*users`, `*devices`, `Group name`, `!Group name` (excluded); `|+Filter` or `|-Filter` behind it;
//! `required>` and the like before it, for apps.

use serde_json::{Value, json};

use super::ids::{Rng, date_time};
use super::world::World;

/// The `assignments` of an object. `style` says which properties the items have.
pub(super) fn assignments(world: &World, id: &str, style: &str, short: &[String]) -> Value {
    short
        .iter()
        .map(|text| one(world, id, style, text))
        .collect()
}

fn one(world: &World, id: &str, style: &str, text: &str) -> Value {
    let (intent, text) = text.split_once('>').unwrap_or(("required", text));
    let (who, filter) = text.split_once('|').unwrap_or((text, ""));
    let (target, key) = target(world, style, who, filter);
    let suffix = match style {
        "app" => format!("{}_0_0", ["1", "2", "3"][intent.len() % 3]),
        _ => "0".to_owned(),
    };
    let mut item = json!({"id": format!("{id}_{key}"), "target": target});
    let mut set = |name: &str, value: Value| item[name] = value;
    match style {
        "app" => {
            set("id", format!("{key}_{suffix}").into());
            set("intent", intent.into());
            set("settings", Value::Null);
        }
        "config" => set("intent", "apply".into()),
        "gpo" => set(
            "lastModifiedDateTime",
            date_time(world.now - 86_400 * 20).into(),
        ),
        "book" => set("installIntent", intent.into()),
        "health" => {
            set("runRemediationScript", true.into());
            set(
                "runSchedule",
                json!({
                    "@odata.type": "#microsoft.graph.deviceHealthScriptDailySchedule",
                    "interval": 1, "useUtc": false, "time": "09:00:00.0000000"}),
            );
        }
        _ => {}
    }
    if matches!(style, "plain" | "config" | "app" | "enroll") {
        set("source", "direct".into());
        set("sourceId", id.into());
    }
    item
}

fn target(world: &World, style: &str, who: &str, filter: &str) -> (Value, String) {
    let (kind, filter) = match filter.chars().next() {
        Some('+') => ("include", Some(&filter[1..])),
        Some('-') => ("exclude", Some(&filter[1..])),
        _ => ("none", None),
    };
    let filter = filter.map(|name| world.named("/deviceManagement/assignmentFilters", name));
    let (name, group) = match who {
        "*users" => ("allLicensedUsersAssignmentTarget", None),
        "*devices" => ("allDevicesAssignmentTarget", None),
        _ => match who.strip_prefix('!') {
            Some(group) => (
                "exclusionGroupAssignmentTarget",
                Some(world.groups.id_of(group)),
            ),
            None => ("groupAssignmentTarget", Some(world.groups.id_of(who))),
        },
    };
    if style == "cloudpc" {
        let group = group.unwrap_or_default();
        let target = json!({
            "@odata.type": "#microsoft.graph.cloudPcManagementGroupAssignmentTarget", "groupId": group});
        return (target, group);
    }
    let mut target = json!({
        "@odata.type": format!("#microsoft.graph.{name}"),
        "deviceAndAppManagementAssignmentFilterId": filter,
        "deviceAndAppManagementAssignmentFilterType": kind,
    });
    let key = match (&group, who) {
        (Some(group), _) => group.clone(),
        (None, "*users") => "acacacac-9df4-4c7d-9d50-4ef0226f57a9".to_owned(),
        (None, _) => "adadadad-808e-44e2-905a-0b7873a8a531".to_owned(),
    };
    if let Some(group) = group {
        target["groupId"] = group.into();
    }
    (target, key)
}

/// A believable set of targets for a platform, as some administrator may have chosen.
pub(super) fn some(rng: &mut Rng, platform: &str, style: &str) -> Vec<String> {
    let rows: &[&[&str]] = match platform {
        _ if style == "cloudpc" => &[&["SG-W365-Users"], &["SG-Developers"]],
        "win" => &[
            &["*devices|+Windows corporate"],
            &["DYN-Windows-Corporate", "!SG-Kiosk-Devices"],
            &["SG-Win-Ring0-IT", "SG-Win-Ring1-Pilot"],
            &["SG-Win-Ring2-Broad", "!SG-Exclude-Updates"],
            &["*users|+Windows corporate", "!SG-Contractors"],
            &["DYN-Windows-Autopilot"],
            &["SG-SharedPC-Warehouse"],
            &[],
        ],
        "mac" => &[
            &["DYN-macOS-Corporate"],
            &["*devices|+macOS corporate"],
            &["SG-Developers|+macOS corporate"],
            &[],
        ],
        "ios" => &[
            &["DYN-iOS-Corporate"],
            &["*users|+iOS corporate", "!SG-BYOD-Users"],
            &["SG-BYOD-Users|+iOS personal"],
            &[],
        ],
        "android" => &[
            &["DYN-Android-FullyManaged"],
            &["*users|-Android personal"],
            &["SG-Frontline|+Android dedicated"],
            &[],
        ],
        _ => &[
            &["*users"],
            &["SG-All-Staff"],
            &["SG-Intune-Pilot-Users", "SG-Intune-Early-Users"],
            &["SG-Entire-Company", "!SG-Contractors", "!SG-Executives"],
            &[],
        ],
    };
    let intents = ["required", "available", "uninstall"];
    rng.pick(rows)
        .iter()
        .map(|target| match style {
            "app" => format!("{}>{target}", intents[rng.below(7) / 3]),
            _ => (*target).to_owned(),
        })
        .collect()
}
