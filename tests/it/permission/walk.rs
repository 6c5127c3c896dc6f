//! Every call that our permissions open by Microsoft's metadata, and its other spellings, against the read table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use domain::catalog::ApiVersion;
use domain::permission::reference::{ACTING_CALLS, KNOWN_CALLS, document};
use domain::permission::{Method, is_read_route, read_table};

use super::{Known, metadata, normal, ours};

const ID: &str = "3a2c62db-5318-420d-8d74-23affee5d9d5";

/// The route that any request method that exists in the engine would be sent as.
fn sent(method: &str, template: &str, path: &str) -> Option<String> {
    let version = if template.starts_with("/beta/") {
        ApiVersion::Beta
    } else {
        ApiVersion::V1
    };
    // The engine has no other methods: the type has two.
    let method = match method {
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => return None,
    };
    let route = is_read_route(method, version, path)?;
    Some(normal(&format!("{} {}", method.name(), route.template())))
}

/// The path with an id for each parameter: after a slash, or in parentheses where the metadata has them so.
fn path_of(call: &Known) -> String {
    normal(&call.path).replace("{}", ID)
}

/// The other ways to write a path: keys, casts, letter case, slashes, escapes.
fn spellings(path: &str) -> Vec<String> {
    let slash = format!("/{ID}");
    let (before, last) = path.rsplit_once('/').unwrap();
    let first = path[1..].split('/').next().unwrap();
    let rest = &path[1 + first.len()..];
    let escaped = |text: &str| format!("%{:02X}{}", text.as_bytes()[0], &text[1..]);
    let mut out = vec![
        path.replace(&slash, &format!("('{ID}')")),
        path.replace(&slash, &format!("({ID})")),
        path.to_uppercase(),
        path.to_lowercase(),
        format!("{path}/"),
        format!("/{path}"),
        format!("{before}//{last}"),
        format!("/./{}", &path[1..]),
        format!("/x/..{path}"),
        format!("{before}%2F{last}"),
        format!("{before}/{}", escaped(last)),
        format!("/{}{rest}", escaped(first)),
        format!("{before}/microsoft.graph.{last}"),
        format!("{before}/microsoft.graph.managedDevice/{last}"),
        format!("{before}/graph.{last}"),
        format!("{path}()"),
        format!("{path};x=1"),
        format!("{path}?x"),
        format!("{path}#x"),
        format!("{path}\u{0}"),
    ];
    // A function without parameters can be written without its parentheses.
    if let Some(bare) = path.strip_suffix("()") {
        out.push(bare.to_owned());
        out.push(format!("{before}/microsoft.graph.{last}").replace("()", ""));
    }
    out
}

/// The same action through navigation properties: what is said of a device can be reached from its owner.
fn nested(path: &str) -> Vec<String> {
    let Some(rest) = path.strip_prefix("/deviceManagement/") else {
        return Vec::new();
    };
    let action = path.rsplit('/').next().unwrap();
    let mut out: Vec<String> = [
        "/me",
        "/users/{}",
        "/deviceManagement/detectedApps/{}",
        "/deviceManagement/comanagedDevices/{}/users/{}",
        "/deviceAppManagement/mobileApps/{}/deviceStatuses/{}/app",
    ]
    .iter()
    .map(|root| format!("{}/{rest}", root.replace("{}", ID)))
    .collect();
    for run in [
        "deviceManagementScripts",
        "deviceShellScripts",
        "deviceHealthScripts",
        "deviceCustomAttributeShellScripts",
        "deviceComplianceScripts",
    ] {
        out.push(format!(
            "/deviceManagement/{run}/{ID}/deviceRunStates/{ID}/managedDevice/{action}"
        ));
    }
    out
}

/// The read table's own text, as it was reviewed: a wider table shows in the review of this file.
#[test]
fn the_read_table_is_the_reviewed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/permission/reads.txt");
    let mut lines: Vec<String> = read_table()
        .map(|(method, template)| format!("{} {template}\n", method.name()))
        .collect();
    lines.sort();
    let fresh = lines.concat();
    if std::env::var_os("PLUMBLINE_BLESS").is_some() {
        fs::write(path, fresh).unwrap();
        return;
    }
    assert_eq!(
        fresh,
        fs::read_to_string(path).unwrap(),
        "PLUMBLINE_BLESS=1 writes it anew"
    );
    let posts: Vec<&String> = lines
        .iter()
        .filter(|line| !line.starts_with("GET "))
        .collect();
    assert_eq!(posts.len(), 4, "{posts:?}");
}

#[test]
fn nothing_but_the_reviewed_reads_can_be_sent() {
    let Some(metadata) = metadata() else { return };
    assert_eq!(metadata.calls.len(), usize::from(KNOWN_CALLS));
    let reviewed: BTreeSet<String> = read_table()
        .map(|(method, template)| normal(&format!("{} {template}", method.name())))
        .collect();
    let ours = ours();
    let open = metadata
        .calls
        .iter()
        .filter(|call| call.accepted.iter().any(|s| ours.contains(s.as_str())));
    let (mut acting, mut tried) = (BTreeSet::new(), 0_u32);
    let mut wrong = BTreeMap::new();
    for call in open {
        let is_reviewed = reviewed.contains(&call.call());
        if call.acts() {
            assert!(!is_reviewed, "{} is in the read table", call.call());
            if call.is_open_to(&ours) {
                acting.insert(call.call());
            }
        }
        let path = path_of(call);
        let plain = sent(&call.method, &call.template, &path);
        if is_reviewed {
            assert_eq!(plain, Some(call.call()));
            continue;
        }
        let others = spellings(&path).into_iter().chain(nested(&path));
        for path in std::iter::once(path.clone()).chain(others) {
            tried += 1;
            if let Some(route) = sent(&call.method, &call.template, &path) {
                wrong.insert(format!("{} {path}", call.call()), route);
            }
        }
    }
    eprintln!(
        "{} acting calls are open to our permissions and refused; {tried} spellings tried",
        acting.len()
    );
    assert!(wrong.is_empty(), "sent as a read: {wrong:#?}");
    assert_eq!(acting.len(), usize::from(ACTING_CALLS), "{acting:#?}");
}

/// What the documents say is what was counted.
#[test]
fn the_documents_state_the_number_that_was_counted() {
    let words = format!("{ACTING_CALLS} acting calls");
    for file in ["README.md", "SECURITY.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        assert!(text.contains(&words), "{file} does not say “{words}”");
    }
    assert!(document("1").contains(&format!(
        "open {ACTING_CALLS} of them among the {KNOWN_CALLS} calls"
    )));
}
