//! A secret in a file is not kept: what no snapshot has, no screen, file or report can show.

use super::{CATALOG, entry};
use crate::baseline::read;
use crate::setting::{Value, encode_base64};
use crate::snapshot::{Source, file};

/// What every secret below is.
const HUSH: &str = "hush-4711";

/// Documents with one secret each, after `auth-and-trust.md`'s list of what Graph holds.
fn documents() -> Vec<String> {
    let typed = |kind: &str, rest: &str| {
        format!(
            r##"{{"@odata.type":"#microsoft.graph.{kind}","id":"1","displayName":"P",{rest}}}"##
        )
    };
    let catalog = |id: &str, value: &str| {
        CATALOG.replace("edge_a\",", &format!("{id}\",")).replace(
            r#""choiceSettingValue":{"value":"edge_a_1","children":[]}"#,
            value,
        )
    };
    let profile = |text: &[u8]| {
        typed(
            "macOSCustomConfiguration",
            &format!(r#""payload":"{}""#, encode_base64(text)),
        )
    };
    let wifi = format!(
        "<plist><dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>com.apple.wifi.managed</string><key>Password</key><string>{HUSH}</string></dict></array></dict></plist>"
    );
    let signed = [
        b"\x30\x82\xff\0".as_slice(),
        wifi.as_bytes(),
        b"\xfe\xfe\x01",
    ]
    .concat();
    let wlan = format!(
        "<WLANProfile><MSM><security><sharedKey><keyMaterial>{HUSH}</keyMaterial></sharedKey></security></MSM></WLANProfile>"
    );
    let oma = |kind: &str, rest: &str| {
        typed(
            "windows10CustomConfiguration",
            &format!(
                r##""omaSettings":[{{"@odata.type":"#microsoft.graph.{kind}","omaUri":"./Vendor/A",{rest}}}]"##
            ),
        )
    };
    let template = |presentation: &str| {
        typed(
            "groupPolicyConfiguration",
            &format!(
                r##""definitionValues":[{{"enabled":true,"#Definition_displayName":"Proxy",{presentation}}}]"##
            ),
        )
    };
    vec![
        oma("omaSettingString", r#""isEncrypted":true,"value":"hush-4711""#),
        oma("omaSettingString", r#""secretReferenceValueId":"r","value":"hush-4711""#),
        oma("omaSettingString", &format!(r#""value":"{wlan}""#)),
        oma("omaSettingStringXml", &format!(r#""value":"{}""#, encode_base64(wlan.as_bytes()))),
        typed("windowsWifiConfiguration", r#""preSharedKey":"hush-4711""#),
        typed("windows10VpnConfiguration", r#""proxyServer":{"password":"hush-4711"}"#),
        typed("iosVpnConfiguration", r#""server":{"sharedSecret":"hush-4711"}"#),
        typed("depEnrollmentProfile", r#""tokenValue":"hush-4711""#),
        typed("vppToken", r#""token":"hush-4711""#),
        typed("androidDeviceOwnerEnrollmentProfile", r#""qrCodeContent":"hush-4711","qrCodeImage":{"value":"hush-4711"}"#),
        typed("importedWindowsAutopilotDeviceIdentity", r#""hardwareHash":"hush-4711""#),
        typed("policyOfTomorrow", r#""inner":{"pin":"hush-4711","apiKey":"hush-4711"}"#),
        typed("policyOfTomorrow", r##""inner":{"@odata.type":"#x.SecretSettingValue","value":"hush-4711"}"##),
        catalog("a", r#""simpleSettingValue":{"valueState":"notEncrypted","value":"hush-4711"}"#),
        catalog("a", r#""simpleSettingCollectionValue":[{"valueState":"encryptedValueToken","value":"hush-4711"}]"#),
        catalog("com.apple.cellular_attachapn_password", r#""simpleSettingValue":{"value":"hush-4711"}"#),
        r##"{"@odata.type":"#microsoft.graph.deviceManagementIntent","displayName":"I","settings":[{"definitionId":"x_networkPassword","valueJson":"\"hush-4711\"","value":"hush-4711"}]}"##.to_owned(),
        template(r##""presentationValues":[{"#Presentation_Label":"Proxy password:","value":"hush-4711"}]"##),
        template(r#""presentationValues":[{"presentation":{"id":"p","label":"Shared secret"},"value":"hush-4711"}]"#),
        profile(wifi.as_bytes()),
        profile(&signed),
    ]
}

#[test]
fn no_secret_of_a_file_is_kept() {
    for document in documents() {
        let hidden = [HUSH.to_owned(), encode_base64(HUSH.as_bytes())];
        let plain = encode_base64(document.as_bytes());
        let yaml = read(vec![entry("a.yaml", &document)], "").snapshot;
        let listed = format!(r#"{{"value":[{document}]}}"#);
        let saved = format!(
            r#"{{"plumblineSnapshot":1,"policies":[{{"row":"{}","document":{document}}}]}}"#,
            read(vec![entry("a.json", &document)], "").snapshot.policies[0]
                .row
                .id
        );
        let sides = [
            read(vec![entry("a.json", &document)], "").snapshot,
            yaml,
            read(vec![entry("a.json", &listed)], "").snapshot,
            file::read(&saved, Source::Saved).unwrap(),
        ];
        for (number, side) in sides.iter().enumerate() {
            assert_eq!(side.policies.len(), 1, "{number} {document}");
            let settings = side.policies[0].settings.get().unwrap();
            let said = settings.iter().any(|setting| match &setting.value {
                Value::List(list) => list.contains(&Value::Secret),
                value => *value == Value::Secret,
            });
            // A type whose secrets are volatile shows nothing of them.
            let shown = !settings.is_empty();
            assert!(said || !shown, "{number} {document}: {settings:?}");
            let kept = format!("{side:?}{}", file::write(side));
            for text in hidden.iter().chain([&plain]) {
                assert!(!kept.contains(text), "{number} {document}: {kept}");
            }
            for part in kept.split(['"', ' ']).filter(|part| part.len() > 40) {
                let inside = crate::setting::decode_text(part).unwrap_or_default();
                assert!(!inside.contains(HUSH), "{number} {document}: {inside}");
            }
        }
    }
}

#[test]
fn what_is_no_secret_stays() {
    let fine = [
        r##"{"@odata.type":"#microsoft.graph.windows10GeneralConfiguration","displayName":"P","passwordRequired":true,"passwordMinimumLength":8,"password":""}"##.to_owned(),
        CATALOG.replace("edge_a\",", "user_rights_createtoken\",").replace(r#""choiceSettingValue":{"value":"edge_a_1","children":[]}"#, r#""simpleSettingCollectionValue":[{"value":"kept"}]"#),
        r##"{"@odata.type":"#microsoft.graph.groupPolicyConfiguration","displayName":"P","definitionValues":[{"enabled":true,"#Definition_displayName":"D","presentationValues":[{"#Presentation_Label":"Password","value":12}]}]}"##.to_owned(),
    ];
    for document in fine {
        let out = read(vec![entry("a.json", &document)], "").snapshot;
        assert_eq!(&*out.policies[0].raw, document);
        assert!(!format!("{out:?}").contains("Secret"), "{document}");
    }
}
