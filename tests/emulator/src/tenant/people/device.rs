//! Devices: one index is one machine, seen by the directory and by Intune.

use serde_json::{Map, Value, json};

use super::user::{OFFICES, display_name, office, upn};
use crate::tenant::ids::{Guids, Rng, date_time};
use crate::tenant::world::World;

/// Operating system of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Os {
    Windows,
    Mac,
    Ios,
    Android,
}

/// The operating system of the device with this index.
pub(crate) fn os(seed: u64, device: usize) -> Os {
    match Rng::of(&[seed, 51, device as u64]).below(100) {
        0..58 => Os::Windows,
        58..66 => Os::Mac,
        66..86 => Os::Ios,
        _ => Os::Android,
    }
}

/// What a model is: maker, model, versions from old to new.
struct Model {
    maker: &'static str,
    model: &'static str,
    prefix: &'static str,
}

const WINDOWS: &[Model] = &[
    Model {
        maker: "Microsoft Corporation",
        model: "Surface Laptop 6",
        prefix: "LAP",
    },
    Model {
        maker: "LENOVO",
        model: "ThinkPad T14 Gen 5",
        prefix: "LAP",
    },
    Model {
        maker: "LENOVO",
        model: "ThinkCentre M70q",
        prefix: "DSK",
    },
    Model {
        maker: "Dell Inc.",
        model: "Latitude 7450",
        prefix: "LAP",
    },
    Model {
        maker: "HP",
        model: "HP Engage One Pro",
        prefix: "KSK",
    },
    Model {
        maker: "Panasonic",
        model: "TOUGHBOOK 40",
        prefix: "TGH",
    },
];
const MAC: &[Model] = &[
    Model {
        maker: "Apple",
        model: "MacBook Pro",
        prefix: "MAC",
    },
    Model {
        maker: "Apple",
        model: "MacBook Air",
        prefix: "MAC",
    },
    Model {
        maker: "Apple",
        model: "Mac mini",
        prefix: "MAC",
    },
];
const IOS: &[Model] = &[
    Model {
        maker: "Apple",
        model: "iPhone 15",
        prefix: "IPH",
    },
    Model {
        maker: "Apple",
        model: "iPhone 16e",
        prefix: "IPH",
    },
    Model {
        maker: "Apple",
        model: "iPad (10th generation)",
        prefix: "IPD",
    },
];
const ANDROID: &[Model] = &[
    Model {
        maker: "samsung",
        model: "Galaxy XCover7",
        prefix: "AND",
    },
    Model {
        maker: "Zebra Technologies",
        model: "TC58",
        prefix: "SCN",
    },
    Model {
        maker: "Google",
        model: "Pixel 9",
        prefix: "AND",
    },
];

/// Release numbers, older ones first: most devices have the last.
fn versions(os: Os) -> &'static [&'static str] {
    match os {
        Os::Windows => &[
            "10.0.19045.6456",
            "10.0.22631.5909",
            "10.0.26100.6584",
            "10.0.26100.7171",
            "10.0.26200.7171",
        ],
        Os::Mac => &["14.8.2", "15.7.2", "26.0.1", "26.1"],
        Os::Ios => &["17.7.2", "18.7.2", "26.0.1", "26.1"],
        Os::Android => &["12", "13", "14", "15", "16"],
    }
}

/// Everything about a device that both services derive their picture from.
struct Facts {
    os: Os,
    name: String,
    maker: &'static str,
    model: &'static str,
    version: &'static str,
    owner: Option<usize>,
    personal: bool,
    compliant: bool,
    managed: bool,
    enrolled: i64,
    synced: i64,
    serial: String,
    device_id: String,
    rng: Rng,
}

fn facts(world: &World, index: usize) -> Facts {
    let seed = world.seed;
    let os = os(seed, index);
    let mut rng = Rng::of(&[seed, 52, index as u64]);
    let model = match os {
        Os::Windows => rng.pick(WINDOWS),
        Os::Mac => rng.pick(MAC),
        Os::Ios => rng.pick(IOS),
        Os::Android => rng.pick(ANDROID),
    };
    let list = versions(os);
    let newest = rng.below(list.len()).max(rng.below(list.len()));
    let userless = matches!(model.prefix, "KSK" | "SCN" | "DSK") && rng.chance(70);
    let owner = (!userless).then(|| rng.below(world.user_count()));
    let office = OFFICES[owner.map_or(index % OFFICES.len(), |u| office(seed, u))].0;
    let enrolled = world.now - 86_400 * (5 + rng.below(1_100) as i64) - rng.below(40_000) as i64;
    // Most devices were there today; some have not been seen for months.
    let silent = if rng.chance(88) {
        rng.below(2)
    } else {
        rng.below(160)
    };
    Facts {
        name: format!("{}-{}-{index:05}", model.prefix, office[..3].to_uppercase()),
        maker: model.maker,
        model: model.model,
        version: list[newest],
        personal: matches!(os, Os::Ios | Os::Android) && owner.is_some() && rng.chance(25),
        compliant: silent < 30 && newest > 0 && rng.chance(95),
        managed: index < world.options.devices,
        synced: (world.now - 86_400 * silent as i64 - rng.below(20_000) as i64).max(enrolled),
        serial: format!("{:X}", 0x10_0000_0000 + (rng.next() & 0xf_ffff_ffff)),
        device_id: Guids::of(seed, "deviceId").at(index),
        os,
        owner,
        enrolled,
        rng,
    }
}

/// Index of the user that a device belongs to.
pub(crate) fn owner(world: &World, index: usize) -> Option<usize> {
    facts(world, index).owner
}

/// How many devices the directory has: the managed ones and some that only registered.
pub(crate) fn device_count(world: &World) -> usize {
    world.options.devices + world.options.devices / 12
}

/// Ids of devices in the directory.
pub(crate) fn device_ids(world: &World) -> Guids {
    Guids::of(world.seed, "device")
}

/// Ids of managed devices.
pub(crate) fn managed_ids(world: &World) -> Guids {
    Guids::of(world.seed, "managedDevice")
}

/// A device as the directory shows it.
pub(crate) fn device(world: &World, index: usize) -> Value {
    let f = facts(world, index);
    let windows = f.os == Os::Windows;
    json!({
        "id": device_ids(world).at(index),
        "deletedDateTime": null,
        "accountEnabled": true,
        "approximateLastSignInDateTime": date_time(f.synced),
        "complianceExpirationDateTime": null,
        "deviceCategory": null,
        "deviceId": f.device_id,
        "deviceMetadata": null,
        "deviceOwnership": if f.managed { Some(if f.personal { "Personal" } else { "Company" }) } else { None },
        "deviceVersion": 2,
        "displayName": f.name,
        "enrollmentProfileName": (windows && f.managed).then_some("Autopilot - Corporate"),
        "enrollmentType": (windows && f.managed).then_some("AzureDomainJoined"),
        "isCompliant": f.managed.then_some(f.compliant),
        "isManaged": f.managed,
        "isRooted": null,
        "managementType": f.managed.then_some("MDM"),
        "manufacturer": f.maker,
        "mdmAppId": null,
        "model": f.model,
        "onPremisesLastSyncDateTime": null,
        "onPremisesSyncEnabled": null,
        "operatingSystem": match f.os {
            Os::Windows => "Windows",
            Os::Mac => "MacMDM",
            Os::Ios if f.model.starts_with("iPad") => "IPad",
            Os::Ios => "IPhone",
            Os::Android => "AndroidEnterprise",
        },
        "operatingSystemVersion": f.version,
        "physicalIds": if windows { vec![format!("[ZTDid]:{}", f.device_id)] } else { vec![] },
        "profileType": "RegisteredDevice",
        "registrationDateTime": date_time(f.enrolled),
        "systemLabels": [],
        "trustType": if windows && f.managed { "AzureAd" } else { "Workplace" },
        "alternativeSecurityIds": [],
    })
}

/// A device as Intune shows it.
pub(crate) fn managed_device(world: &World, index: usize) -> Value {
    let mut f = facts(world, index);
    let user = f.owner;
    let user_upn = user.map(|u| upn(world.seed, u)).unwrap_or_default();
    let storage = [128_u64, 256, 512][f.rng.below(3)] * 1_000_000_000;
    let (kind, agent, enrollment) = match f.os {
        Os::Windows => ("desktop", "mdm", "windowsAzureADJoin"),
        Os::Mac => ("macMDM", "intuneClient", "appleBulkWithUser"),
        Os::Ios if f.personal => ("iPhone", "mdm", "userEnrollment"),
        Os::Ios => ("iPhone", "mdm", "appleBulkWithUser"),
        Os::Android if f.personal => (
            "androidEnterprise",
            "googleCloudDevicePolicyController",
            "userEnrollment",
        ),
        Os::Android => (
            "androidEnterprise",
            "googleCloudDevicePolicyController",
            "androidEnterpriseFullyManaged",
        ),
    };
    let windows = f.os == Os::Windows;
    let first = json!({
        "id": managed_ids(world).at(index),
        "aadRegistered": true,
        "androidSecurityPatchLevel": (f.os == Os::Android).then_some("2026-10-01"),
        "autopilotEnrolled": windows,
        "azureADDeviceId": f.device_id,
        "azureADRegistered": true,
        "azureActiveDirectoryDeviceId": f.device_id,
        "chassisType": if windows { "laptop" } else { "unknown" },
        "complianceGracePeriodExpirationDateTime": "9999-12-31T23:59:59Z",
        "complianceState": if f.compliant { "compliant" } else if f.rng.chance(30) { "inGracePeriod" } else { "noncompliant" },
        "deviceCategoryDisplayName": if user.is_some() { "Personal workplace" } else { "Shared" },
        "deviceEnrollmentType": enrollment,
        "deviceName": f.name,
        "deviceRegistrationState": "registered",
        "deviceType": if f.model.starts_with("iPad") { "iPad" } else { kind },
        "easActivated": false,
        "easActivationDateTime": "0001-01-01T00:00:00Z",
        "emailAddress": user_upn,
        "enrolledByUserPrincipalName": user_upn,
        "enrolledDateTime": date_time(f.enrolled),
        "enrollmentProfileName": windows.then_some("Autopilot - Corporate"),
        "exchangeAccessState": "none",
        "exchangeAccessStateReason": "none",
        "exchangeLastSuccessfulSyncDateTime": "0001-01-01T00:00:00Z",
        "freeStorageSpaceInBytes": storage / 100 * (5 + f.rng.below(80) as u64),
        "isEncrypted": f.compliant || f.rng.chance(60),
        "isSupervised": matches!(f.os, Os::Ios | Os::Mac) && !f.personal,
        "jailBroken": if windows { "Unknown" } else { "False" },
        "joinType": if windows { "azureADJoined" } else { "azureADRegistered" },
        "lastSyncDateTime": date_time(f.synced),
    });
    let second = json!({
        "lostModeState": "disabled",
        "managedDeviceName": format!("{}_{}_{}", user_upn, os_name(f.os), f.serial),
        "managedDeviceOwnerType": if f.personal { "personal" } else { "company" },
        "managementAgent": agent,
        "managementCertificateExpirationDate": date_time(f.enrolled + 86_400 * 365),
        "managementState": "managed",
        "manufacturer": f.maker,
        "model": f.model,
        "operatingSystem": os_name(f.os),
        "osVersion": f.version,
        "ownerType": if f.personal { "personal" } else { "company" },
        "partnerReportedThreatState": if f.rng.chance(2) { "highSeverity" } else { "secured" },
        "retireAfterDateTime": "0001-01-01T00:00:00Z",
        "roleScopeTagIds": [],
        "serialNumber": f.serial,
        "skuFamily": if windows { "Enterprise" } else { "" },
        "totalStorageSpaceInBytes": storage,
        "userDisplayName": user.map(|u| display_name(world.seed, u)).unwrap_or_default(),
        "userId": user.map(|u| world.user_id(u)).unwrap_or_default(),
        "userPrincipalName": user_upn,
        "~notes": if f.rng.chance(3) { "Screen replaced" } else { "" },
        "~hardwareInformation": {
            "serialNumber": f.serial, "manufacturer": f.maker, "model": f.model,
            "operatingSystemEdition": if windows { "Enterprise" } else { "" },
            "tpmVersion": if windows { "2.0" } else { "" }, "isEncrypted": f.compliant,
            "totalStorageSpace": storage, "freeStorageSpace": storage / 3, "wiredIPv4Addresses": [],
        },
    });
    let mut all = Map::new();
    for part in [first, second] {
        if let Value::Object(members) = part {
            all.extend(members);
        }
    }
    Value::Object(all)
}

fn os_name(os: Os) -> &'static str {
    match os {
        Os::Windows => "Windows",
        Os::Mac => "macOS",
        Os::Ios => "iOS",
        Os::Android => "Android",
    }
}
