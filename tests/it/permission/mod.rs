//! The table of permissions and the read table, against Microsoft's permission metadata.

mod table;
mod walk;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use domain::json::Json;
use domain::permission::FEATURES;

/// One row of the metadata.
struct Known {
    method: String,
    /// With the version in front; parameters are `{}`.
    template: String,
    /// As the metadata writes it.
    path: String,
    /// Delegated permissions, any one of which opens it.
    accepted: Vec<String>,
    /// Where one does not do: all of these together.
    together: Vec<String>,
}

impl Known {
    /// True when a token with these permissions is let through.
    fn is_open_to(&self, scopes: &BTreeSet<&str>) -> bool {
        let has = |name: &String| scopes.contains(name.as_str());
        self.accepted.iter().any(has) && self.together.iter().all(has)
    }

    fn call(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    /// Not a `GET`, and not one of the reads that Graph takes a body for.
    fn acts(&self) -> bool {
        const READS: [&str; 6] = [
            "$batch",
            "evaluate",
            "evaluateAssignmentFilter",
            "evaluateDynamicMembership",
            "retrieveDeviceAppInstallationStatusReport",
            "searchExistingIdentities",
        ];
        let last = self.path.rsplit('/').next().unwrap();
        let reads = last.starts_with("get") || last.starts_with("check") || READS.contains(&last);
        self.method != "GET" && !(self.method == "POST" && reads)
    }
}

/// A delegated permission in the metadata.
struct Delegated {
    name: String,
    id: String,
    level: Option<i64>,
    admin: Option<bool>,
}

struct Metadata {
    calls: Vec<Known>,
    scopes: Vec<Delegated>,
}

/// `None`, and says so, where the contract is not beside the repository.
fn metadata() -> Option<&'static Metadata> {
    static METADATA: OnceLock<Option<Metadata>> = OnceLock::new();
    let read = || {
        let path = super::catalog::shared().join("graph/permissions.json");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: {} is not there", path.display());
            return None;
        };
        let json = Json::parse(&text).unwrap();
        let calls = json.get("endpoints").unwrap().elements();
        let scopes = json.get("scopes").unwrap().object().unwrap();
        Some(Metadata {
            calls: calls.iter().map(known).collect(),
            scopes: scopes
                .iter()
                .map(|(name, scope)| delegated(name, scope))
                .collect(),
        })
    };
    METADATA.get_or_init(read).as_ref()
}

fn known(row: &Json<'_>) -> Known {
    let names = |key: &str| -> Vec<String> {
        let names = row.get(key).and_then(Json::array).unwrap_or_default();
        names
            .iter()
            .map(|name| name.str().unwrap().to_owned())
            .collect()
    };
    let all = row.get("allOf").and_then(Json::bool) == Some(true);
    let path = row.str_at("p").unwrap();
    Known {
        method: row.str_at("m").unwrap().to_owned(),
        template: normal(&format!("/{}{path}", row.str_at("v").unwrap())),
        path: path.to_owned(),
        accepted: names("accepted"),
        together: if all { names("least") } else { Vec::new() },
    }
}

fn delegated(name: &str, scope: &Json<'_>) -> Delegated {
    Delegated {
        name: name.to_owned(),
        id: scope.str_at("id").unwrap_or_default().to_owned(),
        level: scope.get("privilegeLevel").and_then(Json::int),
        admin: scope.get("adminConsentRequired").and_then(Json::bool),
    }
}

/// A template whose parameters have no names.
fn normal(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("{}");
        rest = after.split_once('}').unwrap().1;
    }
    out + rest
}

/// Every permission that any feature asks for.
fn ours() -> BTreeSet<&'static str> {
    FEATURES
        .iter()
        .flat_map(|feature| feature.scopes)
        .copied()
        .collect()
}
