//! A readable name for an `@odata.type`: the words that its name is made of.

/// `windows10EndpointProtectionConfiguration` → `Windows 10 endpoint protection configuration`.
/// With or without `#microsoft.graph.`; any name gives something readable, also one of tomorrow.
pub fn type_label(odata_type: &str) -> String {
    let name = odata_type.strip_prefix('#').unwrap_or(odata_type);
    let name = name.strip_prefix("microsoft.graph.").unwrap_or(name);
    let mut label = String::with_capacity(name.len() + 8);
    for word in words(name) {
        let first = label.is_empty();
        if !first {
            label.push(' ');
        }
        let own = OWN
            .iter()
            .find(|own| own.replace('-', "").eq_ignore_ascii_case(word));
        match own {
            Some(own) => label.push_str(own),
            None if is_acronym(word) => label.push_str(word),
            None => {
                let mut chars = word.chars();
                let start = chars.next().unwrap_or_default();
                label.push(if first {
                    start.to_ascii_uppercase()
                } else {
                    start.to_ascii_lowercase()
                });
                label.push_str(chars.as_str());
            }
        }
    }
    label
}

/// Words that are written in their own way.
const OWN: &[&str] = &[
    "iOS",
    "iPadOS",
    "macOS",
    "tvOS",
    "visionOS",
    "Windows",
    "Android",
    "Chrome",
    "Apple",
    "Microsoft",
    "Edge",
    "Defender",
    "Office",
    "Google",
    "Zebra",
    "Wi-Fi",
    "Autopilot",
    "Linux",
    "AOSP",
    "LOB",
    "VPP",
    "WinGet",
    "Win32",
    "eBook",
    "PKCS",
    "SCEP",
    "Entra",
];

fn is_acronym(word: &str) -> bool {
    word.len() > 1
        && word
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    while !rest.is_empty() {
        let own = OWN.iter().filter(|own| {
            let length = own.replace('-', "").len();
            // A name of its own ends where the next word starts.
            let ends = rest[..].get(length..).is_some_and(|tail| {
                tail.starts_with("iPad") || !tail.starts_with(|c: char| c.is_ascii_lowercase())
            });
            ends && rest
                .get(..length)
                .is_some_and(|start| start.eq_ignore_ascii_case(&own.replace('-', "")))
        });
        let length = own
            .map(|own| own.replace('-', "").len())
            .max()
            .unwrap_or_else(|| word_length(rest));
        let (word, tail) = rest.split_at(length);
        words.push(word);
        rest = tail.trim_start_matches(|c: char| !c.is_alphanumeric());
    }
    words
}

/// Up to the next change of kind: lower to upper, letter to digit, the last capital before a small letter.
fn word_length(text: &str) -> usize {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (i, pair) in chars.windows(2).enumerate() {
        let (before, (at, after)) = (pair[0].1, pair[1]);
        let next = chars.get(i + 2).map(|(_, c)| *c);
        let ends = !after.is_alphanumeric()
            || (before.is_lowercase() && after.is_uppercase())
            || (before.is_ascii_digit() != after.is_ascii_digit())
            || (before.is_uppercase()
                && after.is_uppercase()
                && next.is_some_and(char::is_lowercase));
        if ends {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_words() {
        for (odata_type, expect) in [
            (
                "#microsoft.graph.windows10EndpointProtectionConfiguration",
                "Windows 10 endpoint protection configuration",
            ),
            (
                "iosGeneralDeviceConfiguration",
                "iOS general device configuration",
            ),
            (
                "macOSSoftwareUpdateConfiguration",
                "macOS software update configuration",
            ),
            (
                "androidDeviceOwnerWiFiConfiguration",
                "Android device owner Wi-Fi configuration",
            ),
            (
                "windows81SCEPCertificateProfile",
                "Windows 81 SCEP certificate profile",
            ),
            ("win32LobApp", "Win32 LOB app"),
            ("iosiPadOSWebClip", "iOS iPadOS web clip"),
            ("officeSuiteApp", "Office suite app"),
            ("deviceManagement.alertRule", "Device management alert rule"),
            ("", ""),
            ("é", "é"),
            ("windowsé", "Windows é"),
        ] {
            assert_eq!(type_label(odata_type), expect, "{odata_type}");
        }
    }
}
