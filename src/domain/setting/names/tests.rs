use std::sync::Arc;

use super::*;
use crate::setting::setting;

#[test]
fn names_are_read_off_ids() {
    for (carrier, id, expect) in [
        (
            Carrier::Catalog,
            "device_vendor_msft_policy_config_defender_allowarchivescanning",
            "Defender: allowarchivescanning",
        ),
        (
            Carrier::Catalog,
            "device_vendor_msft_bitlocker_requiredeviceencryption",
            "BitLocker: requiredeviceencryption",
        ),
        (
            Carrier::Catalog,
            "com.apple.applicationaccess_allowairdrop",
            "Com.apple.applicationaccess: allowairdrop",
        ),
        (
            Carrier::Catalog,
            "user_vendor_msft_policy_config_edge~policy~edge~startup_homepagelocation",
            "Edge › policy › edge › startup: homepagelocation",
        ),
        (Carrier::Catalog, "lonely", "Lonely"),
        (Carrier::Catalog, "", ""),
        (
            Carrier::Property,
            "iosCompliancePolicy/passwordMinimumLength",
            "Password minimum length",
        ),
        (Carrier::Property, "x/isMDMEnabled", "Is MDM enabled"),
        (Carrier::Property, "x/runAs32Bit", "Run as 32-bit"),
        (
            Carrier::Property,
            "x/check32BitOn64System",
            "Check 32-bit on 64 system",
        ),
        (Carrier::Property, "x/sha256Hash", "Sha256 hash"),
        (Carrier::Property, "x/oAuth2Grant", "O auth2 grant"),
        (
            Carrier::Property,
            "x/wiFiSecurityType",
            "Wi-Fi security type",
        ),
        (
            Carrier::Property,
            "x/minimumPinLength",
            "Minimum PIN length",
        ),
        (Carrier::Property, "x/iosRestriction", "iOS restriction"),
        (Carrier::Property, "x/hideIdentity", "Hide identity"),
        (Carrier::Property, "x/größeÄndern", "Größe ändern"),
        (
            Carrier::Property,
            "x/osMinimumVersion10Update",
            "OS minimum version 10 update",
        ),
        (
            Carrier::Property,
            "x/rootCertificate@odata.bind",
            "Root certificate (reference)",
        ),
        (
            Carrier::Intent,
            "deviceConfiguration--windows10EndpointProtectionConfiguration_bitLockerEnabled",
            "BitLocker enabled",
        ),
        (
            Carrier::OmaUri,
            "device/vendor/msft/policy/config/update/allowautoupdate",
            "Update: allowautoupdate",
        ),
        (
            Carrier::Admx,
            "admx:machine/google/google chrome/allow file selection",
            "Allow file selection",
        ),
    ] {
        assert_eq!(name_of_id(carrier, id), expect, "{id}");
    }
}

#[test]
fn values_are_read_off_types() {
    let none = Definitions::new();
    let text = |text: &str| Value::Text(Arc::from(text));
    for (carrier, value_, expect) in [
        (Carrier::Property, Value::Bool(true), "Yes"),
        (Carrier::Admx, Value::Bool(false), "Disabled"),
        (Carrier::OmaUri, Value::Bool(false), "False"),
        (Carrier::Property, text("notConfigured"), "Not configured"),
        (Carrier::Catalog, text("notConfigured"), "notConfigured"),
        (Carrier::Property, text("P30D"), "P30D"),
        (Carrier::Property, text(""), "(empty)"),
        (Carrier::Property, Value::Null, "Not configured"),
        (Carrier::Property, Value::Secret, "Hidden (secret)"),
        (Carrier::Property, Value::Int(-3), "-3"),
        (Carrier::Property, Value::List(vec![]), "None"),
        (
            Carrier::Property,
            Value::List(vec![text("a"), Value::Int(2)]),
            "a, 2",
        ),
        (
            Carrier::Catalog,
            Value::Choice(Arc::from("s_enabled")),
            "Enabled",
        ),
        (Carrier::Catalog, Value::Choice(Arc::from("s_1")), "1"),
        (Carrier::Catalog, Value::Choice(Arc::from("other")), "Other"),
        (Carrier::Catalog, Value::Group, ""),
    ] {
        let setting = setting(carrier, "s", value_);
        assert_eq!(value(&setting, &none), expect, "{setting:?}");
    }
}

#[test]
fn a_definition_has_the_last_word() {
    let mut definitions = Definitions::new();
    definitions.insert(
        "s".into(),
        Definition {
            name: "Cloud block level".into(),
            category: "Defender".into(),
            csp: "./Device/X".into(),
            options: vec![("s_2".into(), "High".into())],
            ..Definition::default()
        },
    );
    let known = setting(Carrier::Catalog, "s", Value::Choice(Arc::from("s_2")));
    assert_eq!(name(&known, &definitions), "Cloud block level");
    assert_eq!(value(&known, &definitions), "High");
    assert_eq!(category(&known, &definitions), "Defender");
    assert_eq!(csp(&known, &definitions), "./Device/X");
    let other = setting(Carrier::Property, "s", Value::Null);
    assert_eq!(name(&other, &definitions), "S");
}

#[test]
fn icons_and_certificates_are_told_apart_without_being_shown() {
    let none = Definitions::new();
    let words = |text: String| {
        let icon = setting(Carrier::Property, "x/value", Value::Text(Arc::from(text)));
        assert!(!is_long(&icon.value));
        value(&icon, &none).into_owned()
    };
    assert!(words("A".repeat(400)).starts_with("Binary data, 300 bytes, checksum "));
    assert_ne!(words("A".repeat(400)), words("B".repeat(400)));
    let script = Value::Text(Arc::from("echo 1; ".repeat(50)));
    assert!(is_long(&script) && !is_binary(&script));
}
