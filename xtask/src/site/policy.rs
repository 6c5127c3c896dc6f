//! The content security policy: one table, for the header, for the page's `<meta>` and for every hosting file.

use super::hosts::Hosts;

/// The policy of a site that talks to these hosts and to itself.
///
/// `worker-src blob:` is how the engine gets this policy (see `static/boot.js`); `plumbline-engine` passes that one script.
pub fn policy(hosts: &Hosts) -> String {
    let mut rules = rules(hosts);
    rules.push(("frame-ancestors", "'none'".to_owned()));
    written(&rules)
}

/// The same for `<meta>`, where browsers ignore `frame-ancestors` and say so on the console. `boot.js` refuses frames itself.
pub fn meta_policy(hosts: &Hosts) -> String {
    written(&rules(hosts))
}

fn rules(hosts: &Hosts) -> Vec<(&'static str, String)> {
    let mut connect = vec!["'self'", &hosts.login];
    if hosts.graph != hosts.login {
        connect.push(&hosts.graph);
    }
    let fixed = |name, value: &str| (name, value.to_owned());
    vec![
        fixed("default-src", "'none'"),
        fixed("script-src", "'self' 'wasm-unsafe-eval'"),
        fixed("script-src-attr", "'none'"),
        fixed("style-src", "'self'"),
        fixed("img-src", "'self' data:"),
        fixed("font-src", "'self'"),
        ("connect-src", connect.join(" ")),
        fixed("worker-src", "blob:"),
        fixed("manifest-src", "'self'"),
        fixed("base-uri", "'none'"),
        fixed("form-action", "'none'"),
        fixed("require-trusted-types-for", "'script'"),
        fixed("trusted-types", "plumbline-engine"),
    ]
}

fn written(rules: &[(&str, String)]) -> String {
    let rules: Vec<String> = rules
        .iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    rules.join("; ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::oauth::cloud;

    use super::*;
    use crate::site::hosting;

    #[test]
    fn the_global_policy_names_two_foreign_hosts_and_nothing_unsafe() {
        let policy = policy(&Hosts::of_cloud("global").unwrap());
        assert_eq!(policy.matches("https://").count(), 2);
        assert!(policy.contains(
            "connect-src 'self' https://login.microsoftonline.com https://graph.microsoft.com;"
        ));
        for word in [
            "unsafe-inline",
            "'unsafe-eval'",
            "*",
            "http://",
            "allow-duplicates",
        ] {
            assert!(!policy.contains(word), "{word} in {policy}");
        }
    }

    #[test]
    fn each_cloud_is_named_by_its_own_hosts_in_policy_page_and_header_files() {
        let all: Vec<(&str, Hosts)> = cloud::ids()
            .map(|id| (id, Hosts::of_cloud(id).unwrap()))
            .collect();
        assert_eq!(all.len(), 4);
        for (id, hosts) in &all {
            let config =
                format!(r#"{{"version":1,"cloud":"{id}","tenant":"organizations","clientId":""}}"#);
            let read = Hosts::from(domain::oauth::config::parse(&config).unwrap().cloud);
            assert_eq!(read, *hosts, "{id}");
            let connect = format!("connect-src 'self' {} {};", hosts.login, hosts.graph);
            let mut texts = vec![policy(hosts), meta_policy(hosts)];
            texts.extend(hosting::files(hosts).into_iter().map(|(_, text)| text));
            for text in texts {
                assert!(text.contains(&connect), "{id}: {text}");
                // A host may be the end of another one's name.
                for foreign in all.iter().flat_map(|(_, h)| [&h.login, &h.graph]) {
                    let own = [&hosts.login, &hosts.graph].contains(&foreign);
                    assert_eq!(text.contains(foreign.as_str()), own, "{id}: {foreign}");
                }
            }
        }
    }

    #[test]
    fn one_origin_is_named_once() {
        let policy = meta_policy(&Hosts::emulator("http://localhost:9"));
        assert!(policy.contains("connect-src 'self' http://localhost:9;"));
        assert!(!policy.contains("frame-ancestors"));
    }
}
