//! Attack surface reduction rules in one text: `{rule's GUID}={state}`, joined by `|`.
//!
//! Source: the policy CSP's `Defender/AttackSurfaceReductionRules`, and Microsoft's reference of the rules for
//! their GUIDs. The catalog has a setting for each rule below the same node.

/// The end of the node's key.
const NODE: &str = "policy_config_defender_attacksurfacereductionrules";

/// GUID, and how the catalog ends the rule's id.
#[rustfmt::skip]
pub(super) const RULES: &[(&str, &str)] = &[
    ("01443614-cd74-433a-b99e-2ecdc07bfc25", "blockexecutablefilesrunningunlesstheymeetprevalenceagetrustedlistcriterion"),
    ("26190899-1602-49e8-8b27-eb1d0a1ce869", "blockofficecommunicationappfromcreatingchildprocesses"),
    ("33ddedf1-c6e0-47cb-833e-de6133960387", "blockrebootingmachineinsafemode"),
    ("3b576869-a4ec-4529-8536-b80a7769e899", "blockofficeapplicationsfromcreatingexecutablecontent"),
    ("56a863a9-875e-4185-98a7-b882c64b5ce5", "blockabuseofexploitedvulnerablesigneddrivers"),
    ("5beb7efe-fd9a-4556-801d-275e5ffc04cc", "blockexecutionofpotentiallyobfuscatedscripts"),
    ("75668c1f-73b5-4cf0-bb93-3ecf5cb7cc84", "blockofficeapplicationsfrominjectingcodeintootherprocesses"),
    ("7674ba52-37eb-4a4f-a9a1-f0f9a1619a2c", "blockadobereaderfromcreatingchildprocesses"),
    ("92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b", "blockwin32apicallsfromofficemacros"),
    ("9e6c4e1f-7d60-472f-ba1a-a39ef669e4b2", "blockcredentialstealingfromwindowslocalsecurityauthoritysubsystem"),
    ("a8f5898e-1dc8-49a9-9878-85004b8a61e6", "blockwebshellcreationforservers"),
    ("b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4", "blockuntrustedunsignedprocessesthatrunfromusb"),
    ("be9ba2d9-53ea-4cdc-84e5-9b1eeee46550", "blockexecutablecontentfromemailclientandwebmail"),
    ("c0033c00-d16d-4114-a5a0-dc9b3a7d2ceb", "blockuseofcopiedorimpersonatedsystemtools"),
    ("c1db55ab-c21a-4637-bb3f-a12568109d35", "useadvancedprotectionagainstransomware"),
    ("d1e49aac-8f56-4280-b9ba-993a6d77406c", "blockprocesscreationsfrompsexecandwmicommands"),
    ("d3e037e1-3eb8-44c8-a917-57927947596d", "blockjavascriptorvbscriptfromlaunchingdownloadedexecutablecontent"),
    ("d4f940ab-401b-4efc-aadc-ad5f3c50688a", "blockallofficeapplicationsfromcreatingchildprocesses"),
    ("e6db77e5-3df2-4cf1-b95a-636979351e5b", "blockpersistencethroughwmieventsubscription"),
];

/// The rules of a text, each as a key and the catalog's word for its state; `None` when it is not such a text.
/// A rule without a name here keeps its GUID, a state without a word its number; 5 is "not configured" and sets nothing.
pub fn rules(key: &str, text: &str) -> Option<Vec<(String, String)>> {
    key.ends_with(NODE).then_some(())?;
    let mut rules = Vec::new();
    for part in text
        .split('|')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let (guid, state) = part.split_once('=')?;
        let guid = guid.trim().trim_matches(['{', '}']).to_ascii_lowercase();
        let name = RULES.iter().find(|(known, _)| *known == guid);
        let state = match state.trim() {
            "0" => "off",
            "1" => "block",
            "2" => "audit",
            "5" => continue,
            "6" => "warn",
            other => other,
        };
        let name = name.map_or(guid.as_str(), |(_, name)| name);
        rules.push((format!("{key}_{name}"), state.to_owned()));
    }
    (!rules.is_empty()).then_some(rules)
}
