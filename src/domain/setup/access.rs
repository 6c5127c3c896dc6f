//! A Conditional Access policy for whoever uses Plumbline, to start from.

/// As Graph takes it (`POST /identity/conditionalAccess/policies`), in report-only mode. It reaches the people, not the app:
/// Entra judges what is called, and what Plumbline calls is Microsoft Graph.
/// `00000000-0000-0000-0000-000000000004` is the built-in strength "Phishing-resistant MFA".
pub const CONDITIONAL_ACCESS: &str = r#"{
  "displayName": "People who use Plumbline: managed device, phishing-resistant sign-in",
  "state": "enabledForReportingButNotEnforced",
  "conditions": {
    "users": { "includeGroups": ["<id of the group that is assigned to Plumbline>"] },
    "applications": { "includeApplications": ["All"] },
    "clientAppTypes": ["all"]
  },
  "grantControls": {
    "operator": "AND",
    "builtInControls": ["compliantDevice"],
    "authenticationStrength": { "id": "00000000-0000-0000-0000-000000000004" }
  },
  "sessionControls": {
    "signInFrequency": {
      "isEnabled": true,
      "frequencyInterval": "timeBased",
      "type": "hours",
      "value": 8,
      "authenticationType": "primaryAndSecondaryAuthentication"
    }
  }
}
"#;
