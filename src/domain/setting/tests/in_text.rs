//! Secrets inside scripts, command lines and values.

use super::super::in_text::hide;
use super::super::names::HIDDEN;
use super::super::{decode_text, encode_base64, has_secrets, hide_secrets};
use crate::json::Json;

/// `«…»` marks what has to go.
const HELD: &[&str] = &[
    "$password = '«Sommer2026!»'",
    "$AdminPassword=\"«Pa55»\"",
    "msiexec /i a.msi PASSWORD=«abc123» /qn",
    "setup.exe -Password «abc123» -Quiet",
    "setup.exe --client-secret «abc123»",
    "setup.exe /pwd:«abc123» /s",
    "setup.exe /token «abc123»",
    "setup.exe --token=«abc123»",
    "curl -H 'X-Api: 1' https://x/y?sig=«AbC%2F»&se=1",
    "{\"clientSecret\": \"«abc»\", \"n\": 1}",
    "{\\\"clientSecret\\\": \\\"«abc»\\\", \\\"n\\\": 1}",
    "<unattend><Password>«abc»</Password></unattend>",
    "<wsse:password>«abc»</wsse:password>",
    "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=«abc==»;EndpointSuffix=core",
    "ConvertTo-SecureString \"«abc»\" -AsPlainText -Force",
    "ConvertTo-SecureString -String '«abc»' -AsPlainText",
    "Authorization = \"Bearer «abcdefghijklmnopqrstuvwxyz»\"",
    "git clone https://build:«abc123»@git.example/x",
    "$t = '«ghp_abcdefghijklmnopqrstuvwxyz0123»'",
    "-----BEGIN PRIVATE KEY-----«abc»-----END PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----\n«abc\ndef\n»-----END RSA PRIVATE KEY-----",
    "SNMP_PSK: '«grüße»'",
    "a password='«one»' and a token='«two»'",
];

/// What stands for a secret, or only speaks of one.
const FREE: &[&str] = &[
    "",
    "$password = Get-Credential",
    "$password=Get-Secret",
    "param([string]$Password, [securestring]$Token)",
    "setup.exe -Password $password",
    "setup.exe PASSWORD=%PW% TOKEN={token} SECRET=$(cat x)",
    "if ($password -eq $null) { }",
    "if (password == 'x') { }",
    "PasswordNeverExpires = $true",
    "passwordRequired=true",
    "Password: the one that you were given",
    "Set a password first, then the token.",
    "ConvertTo-SecureString $p -AsPlainText",
    "Bearer $token",
    "https://host/x?design=a&sign=b",
    "https://host:8080/token/",
    "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
    "password=''",
    "<Password></Password>",
    "./Device/Vendor/MSFT/Policy/Config/DeviceLock/DevicePasswordEnabled",
    "[Token]::New('x')",
];

#[test]
fn what_is_written_down_goes_and_the_rest_stays() {
    for marked in HELD {
        let text = marked.replace(['«', '»'], "");
        let mut wanted = String::new();
        let mut count = 0;
        for (at, part) in marked.split('«').enumerate() {
            let rest = if at == 0 {
                part
            } else {
                part.split_once('»').unwrap().1
            };
            if at > 0 {
                wanted.push_str(HIDDEN);
                count += 1;
            }
            wanted.push_str(rest);
        }
        assert_eq!(hide(&text), Some((wanted.clone(), count)), "{text}");
        assert_eq!(hide(&wanted), None, "nothing is taken out twice: {wanted}");
    }
    for text in FREE {
        assert_eq!(hide(text), None, "{text}");
    }
}

#[test]
fn no_text_of_whatever_form_does_harm() {
    let pieces = [
        "password",
        "=",
        ":",
        "'",
        "\"",
        "\\",
        "<",
        ">",
        "-",
        "/",
        " ",
        "\n",
        "é",
        "://",
        "@",
        "BEGIN ",
        "PRIVATE KEY-----",
        "sig",
        "?",
        "SecureString",
        "Bearer ",
        "eyJ",
    ];
    let mut seed = 7usize;
    for _ in 0..60_000 {
        let mut text = String::new();
        for _ in 0..seed % 9 + 1 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) % pieces.len()]);
        }
        seed = seed.rotate_left(7) ^ text.len();
        hide(&text);
    }
}

/// Each of these took as many steps as its length squared: the test would not end.
#[test]
fn a_hostile_text_costs_no_more_than_its_length() {
    for piece in [
        "password-",
        "BEGIN ",
        "BEGIN PRIVATE KEY-----",
        "password=a(",
        "password=$",
        ":password>(",
        ":password>a(",
        "eyJ ",
        "Bearer ",
        "a://b:",
        "password=\"(",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        hide(&text);
    }
}

#[test]
fn a_document_keeps_its_scripts_and_loses_what_they_hold() {
    let script = encode_base64(b"$password = 'abc123'\nRestart-Service x");
    let text = format!(
        r#"{{"scriptContent": "{script}", "installCommandLine": "a.exe PASSWORD=abc123",
           "customData": [{{"key": "x", "value": "abc123"}}], "omaSettings": [{{"value": "token='abc123'"}}],
           "value": "just words = here", "presentationValues": [{{"value": "AccountKey=abc123;"}}],
           "settingInstance": {{"settingDefinitionId": "x_registrationtoken", "simpleSettingValue": {{"value": "abc123"}}}},
           "other": {{"settingDefinitionId": "x_disablepassword", "choiceSettingValue": {{"value": "x_disablepassword_1"}}}}}}"#
    );
    let mut document = Json::parse(&text).unwrap();
    assert!(has_secrets(&document, false));
    assert_eq!(hide_secrets(&mut document, false), 6);
    let hidden = document.to_text();
    assert!(!hidden.contains("abc123"), "{hidden}");
    let script = document.str_at("scriptContent").unwrap();
    let words = decode_text(script).unwrap();
    assert_eq!(words, format!("$password = '{HIDDEN}'\nRestart-Service x"));
    assert_eq!(document.str_at("value"), Some("just words = here"));
    let choice = r#"{"settingDefinitionId": "x_disablepassword", "choiceSettingValue": {"value": "x_disablepassword_1"}}"#;
    assert!(!has_secrets(&Json::parse(choice).unwrap(), false));
    for part in [
        "scriptContent",
        "installCommandLine",
        "customData",
        "omaSettings",
        "presentationValues",
        "settingInstance",
    ] {
        let Json::Object(object) = Json::parse(&text).unwrap() else {
            unreachable!()
        };
        let one = object.iter().find(|(name, _)| *name == part).unwrap();
        let one = format!("{{\"{part}\": {}}}", one.1.to_text());
        assert!(has_secrets(&Json::parse(&one).unwrap(), false), "{part}");
    }
}
