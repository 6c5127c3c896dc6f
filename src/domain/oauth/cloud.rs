//! The Microsoft clouds, and which hosts serve each.
//!
//! Hosts: Entra documentation, "National clouds"; Graph documentation, "National cloud deployments".
//! An authority never comes from an address, a token or a challenge: only from this table.

/// A cloud: where people sign in, and where its Graph is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloud {
    /// The name in `config.json`.
    pub id: String,
    /// Words on screen.
    pub name: String,
    /// Origin of the login service, without a slash at the end.
    pub login: String,
    /// Origin of Microsoft Graph, without a slash at the end.
    pub graph: String,
}

/// Id, words, login host, Graph host.
const CLOUDS: [(&str, &str, &str, &str); 4] = [
    (
        "global",
        "Microsoft Entra (global)",
        "login.microsoftonline.com",
        "graph.microsoft.com",
    ),
    (
        "gcc-high",
        "Microsoft Entra (US Government L4, GCC High)",
        "login.microsoftonline.us",
        "graph.microsoft.us",
    ),
    (
        "dod",
        "Microsoft Entra (US Government L5, DoD)",
        "login.microsoftonline.us",
        "dod-graph.microsoft.us",
    ),
    (
        "china",
        "Microsoft Entra (China, operated by 21Vianet)",
        "login.partner.microsoftonline.cn",
        "microsoftgraph.chinacloudapi.cn",
    ),
];

/// The names that `config.json` may use for `cloud`, beside `custom`.
pub fn ids() -> impl Iterator<Item = &'static str> {
    CLOUDS.iter().map(|cloud| cloud.0)
}

/// The cloud of this name.
pub fn find(id: &str) -> Option<Cloud> {
    CLOUDS.iter().find(|cloud| cloud.0 == id).map(made)
}

/// The one that most tenants are in.
pub fn global() -> Cloud {
    made(&CLOUDS[0])
}

fn made(cloud: &(&str, &str, &str, &str)) -> Cloud {
    Cloud {
        id: cloud.0.to_owned(),
        name: cloud.1.to_owned(),
        login: format!("https://{}", cloud.2),
        graph: format!("https://{}", cloud.3),
    }
}

impl Cloud {
    /// A stand-in on this machine: the demo and the tests. `None` unless both origins are loopback ones.
    pub fn on_loopback(name: &str, login: &str, graph: &str) -> Option<Self> {
        (is_loopback_origin(login) && is_loopback_origin(graph)).then(|| Self {
            id: "custom".to_owned(),
            name: name.to_owned(),
            login: login.to_owned(),
            graph: graph.to_owned(),
        })
    }

    /// The authorize endpoint of a tenant.
    pub fn authorize_url(&self, tenant: &str) -> String {
        format!("{}/{tenant}/oauth2/v2.0/authorize", self.login)
    }

    /// The token endpoint of a tenant.
    pub fn token_url(&self, tenant: &str) -> String {
        format!("{}/{tenant}/oauth2/v2.0/token", self.login)
    }

    /// The signing keys of a tenant.
    pub fn keys_url(&self, tenant_id: &str) -> String {
        format!("{}/{tenant_id}/discovery/v2.0/keys", self.login)
    }

    /// The issuer that an ID token of this tenant must have, to the letter.
    pub fn issuer(&self, tenant_id: &str) -> String {
        format!("{}/{tenant_id}/v2.0", self.login)
    }

    /// A scope as it is sent: with the host of this cloud's Graph.
    pub fn full_scope(&self, scope: &str) -> String {
        format!("{}/{scope}", self.graph)
    }

    /// A scope as it is shown: without the host of this cloud's Graph.
    pub fn short_scope<'a>(&self, scope: &'a str) -> &'a str {
        scope
            .strip_prefix(self.graph.as_str())
            .and_then(|rest| rest.strip_prefix('/'))
            .unwrap_or(scope)
    }
}

/// The Entra admin center of a cloud, by its login host. Entra: "National clouds". What is not written there has no link.
pub fn admin_center(login: &str) -> Option<&'static str> {
    match login {
        _ if login.ends_with(".microsoftonline.us") => Some("https://entra.microsoft.us"),
        "login.microsoftonline.com" => Some("https://entra.microsoft.com"),
        // A stand-in for Microsoft's services on this machine: the link shows what it would be.
        _ if login.starts_with("localhost") => Some("https://entra.microsoft.com"),
        _ => None,
    }
}

/// The origin of a host of a configuration: only a server on this machine is reached without TLS.
pub fn origin_of(host: &str) -> String {
    let local = format!("http://{host}");
    if is_loopback_origin(&local) {
        local
    } else {
        format!("https://{host}")
    }
}

/// True for `http(s)://localhost|127.0.0.1|[::1]`, with or without a port, and nothing behind it.
fn is_loopback_origin(origin: &str) -> bool {
    let Some(host) = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"))
    else {
        return false;
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty()
                || rest
                    .strip_prefix(':')
                    .is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
        })
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_cloud_has_its_own_hosts() {
        for (id, login, graph) in [
            (
                "global",
                "https://login.microsoftonline.com",
                "https://graph.microsoft.com",
            ),
            (
                "gcc-high",
                "https://login.microsoftonline.us",
                "https://graph.microsoft.us",
            ),
            (
                "dod",
                "https://login.microsoftonline.us",
                "https://dod-graph.microsoft.us",
            ),
            (
                "china",
                "https://login.partner.microsoftonline.cn",
                "https://microsoftgraph.chinacloudapi.cn",
            ),
        ] {
            let cloud = find(id).unwrap();
            assert_eq!((cloud.login.as_str(), cloud.graph.as_str()), (login, graph));
        }
        assert_eq!(find("custom"), None);
        assert_eq!(find("Global"), None);
    }

    #[test]
    fn every_address_of_a_cloud_is_on_its_own_hosts() {
        for id in ids() {
            let cloud = find(id).unwrap();
            let tenant = "7c1d9a52-4e0b-4b86-9a3f-5d2e8c6f1a70";
            for address in [
                cloud.authorize_url(tenant),
                cloud.token_url(tenant),
                cloud.keys_url(tenant),
                cloud.issuer(tenant),
            ] {
                let rest = address.strip_prefix(&cloud.login);
                assert!(rest.is_some_and(|rest| rest.starts_with('/')), "{address}");
            }
            let scope = cloud.full_scope("User.Read");
            for other in ids().map(|other| find(other).unwrap()) {
                let own = other.graph == cloud.graph;
                let shown = if own { "User.Read" } else { scope.as_str() };
                assert_eq!(other.short_scope(&scope), shown, "{id}");
            }
        }
    }

    #[test]
    fn only_this_machine_can_stand_in_for_a_cloud() {
        for good in [
            "http://localhost:9300",
            "http://127.0.0.1:1",
            "https://[::1]:65535",
            "http://localhost",
        ] {
            assert!(is_loopback_origin(good), "{good}");
        }
        for bad in [
            "http://localhost:9300/",
            "http://localhost.evil.example",
            "http://localhost:80@evil.example",
            "http://localhost:99999",
            "http://127.0.0.1:0",
            "https://evil.example",
            "localhost:9300",
            "http://127.0.0.1.evil.example:80",
        ] {
            assert!(!is_loopback_origin(bad), "{bad}");
        }
    }
}
