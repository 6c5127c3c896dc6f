//! Ready files for static hosts, all from the one table of headers.
//!
//! `cargo xtask hosting` writes `static/hosting/`, for the global cloud; a test holds the two together. `_headers` and
//! `staticwebapp.config.json` are read by their hosts from the site itself, so each build puts its own into `dist/`.

use std::fs;

use serde_json::{Map, Value, json};

use super::headers::{FRESH, HSTS, IMMUTABLE, for_all};
use super::hosts::Hosts;
use crate::fail::Failure;
use crate::paths;

/// Beginnings of the names that have a hash in them.
const HASHED: [&str; 7] = [
    "app",
    "boot",
    "comparer",
    "engine",
    "office",
    "plumbline",
    "screens",
];

/// What is packed on its way, beside the page itself.
const PACKED: [&str; 6] = [
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/wasm",
    "image/svg+xml",
];

/// Files that belong into the site's folder.
pub fn in_site(hosts: &Hosts) -> Vec<(&'static str, String)> {
    vec![
        ("_headers", headers_file(hosts)),
        ("staticwebapp.config.json", static_web_apps(hosts)),
    ]
}

/// All files of `static/hosting` beside its README.
pub fn files(hosts: &Hosts) -> Vec<(&'static str, String)> {
    let mut files = in_site(hosts);
    files.push(("nginx.conf", nginx(hosts)));
    files.push(("Caddyfile", caddy(hosts)));
    files.push(("cloudfront-headers.json", cloudfront(hosts)));
    files
}

/// `cargo xtask hosting`.
pub fn write() -> Result<(), Failure> {
    let dir = paths::root().join("static/hosting");
    let hosts = Hosts::of_config(&paths::root().join("static/config.json"))?;
    for (name, text) in files(&hosts) {
        let path = dir.join(name);
        fs::write(&path, text).map_err(Failure::file(&path))?;
        println!("{}", path.display());
    }
    Ok(())
}

fn https_headers(hosts: &Hosts) -> Vec<(&'static str, String)> {
    let mut headers = for_all(hosts);
    headers.push((HSTS.0, HSTS.1.to_owned()));
    headers
}

/// Cloudflare Pages and Netlify.
fn headers_file(hosts: &Hosts) -> String {
    let mut text = "/*\n".to_owned();
    for (name, value) in https_headers(hosts) {
        text += &format!("  {name}: {value}\n");
    }
    for name in HASHED {
        text += &format!("/{name}-*\n  Cache-Control: {IMMUTABLE}\n");
    }
    text
}

/// Azure Static Web Apps.
fn static_web_apps(hosts: &Hosts) -> String {
    let headers = https_headers(hosts)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), Value::from(value)));
    let mut global: Map<String, Value> = headers.collect();
    global.insert("Cache-Control".to_owned(), FRESH.into());
    let routes: Vec<Value> = HASHED
        .iter()
        .map(|name| json!({ "route": format!("/{name}-*"), "headers": { "Cache-Control": IMMUTABLE } }))
        .collect();
    let config = json!({
        "globalHeaders": global,
        "mimeTypes": { ".wasm": "application/wasm" },
        "routes": routes,
    });
    format!("{config:#}\n")
}

fn nginx(hosts: &Hosts) -> String {
    let mut text = format!(
        "# Put this into the http block, and the built site into /srv/plumbline.
# No `add_header` may stand in a location: there it would drop all of these.
map $uri $plumbline_cache {{
    default \"{FRESH}\";
    \"~-[0-9a-f]{{12,16}}\\.\" \"{IMMUTABLE}\";
}}

server {{
    listen 443 ssl;
    server_name plumbline.example;
    ssl_certificate /etc/ssl/plumbline.example.pem;
    ssl_certificate_key /etc/ssl/plumbline.example.key;

    root /srv/plumbline;
    index index.html;
    gzip on;
    gzip_types {};

    add_header Cache-Control $plumbline_cache always;
",
        PACKED.join(" ")
    );
    for (name, value) in https_headers(hosts) {
        text += &format!("    add_header {name} \"{value}\" always;\n");
    }
    text + "
    location ~ \\.wasm$ {
        types { }
        default_type application/wasm;
    }
}
"
}

fn caddy(hosts: &Hosts) -> String {
    let mut text = "# Put the built site into /srv/plumbline.
plumbline.example {
\troot * /srv/plumbline
\tencode zstd gzip {
\t\tmatch {
"
    .to_owned();
    // By itself Caddy 2.6 sends WebAssembly as it is, which is most of the site.
    for kind in PACKED.iter().chain(&["text/html"]) {
        text += &format!("\t\t\theader Content-Type {kind}*\n");
    }
    text += "\t\t}\n\t}\n\n\theader {\n";
    for (name, value) in https_headers(hosts) {
        text += &format!("\t\t{name} \"{value}\"\n");
    }
    // Two matchers that exclude each other: Caddy applies all `header` lines that match, in an order of its own.
    text += "\t}\n\n\t@hashed path_regexp -[0-9a-f]{12,16}\\.\n\t@other not path_regexp -[0-9a-f]{12,16}\\.\n";
    text += &format!(
        "\theader @hashed Cache-Control \"{IMMUTABLE}\"\n\theader @other Cache-Control {FRESH}\n"
    );
    text + "\n\tfile_server\n}\n"
}

/// A response headers policy: `aws cloudfront create-response-headers-policy --response-headers-policy-config file://…`.
fn cloudfront(hosts: &Hosts) -> String {
    // These three have fields of their own; CloudFront refuses them as custom headers.
    const OWN: [&str; 5] = [
        "Content-Security-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "X-Frame-Options",
    ];
    let headers = https_headers(hosts);
    let policy = headers
        .iter()
        .find(|(name, _)| *name == OWN[0])
        .map_or("", |(_, value)| value);
    let custom: Vec<Value> = headers
        .iter()
        .filter(|(name, _)| !OWN.contains(name))
        .map(|(name, value)| json!({ "Header": name, "Value": value, "Override": true }))
        .collect();
    let config = json!({
        "Name": "plumbline",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": { "Override": true, "ContentSecurityPolicy": policy },
            "ContentTypeOptions": { "Override": true },
            "FrameOptions": { "Override": true, "FrameOption": "DENY" },
            "ReferrerPolicy": { "Override": true, "ReferrerPolicy": "no-referrer" },
            "StrictTransportSecurity": {
                "Override": true,
                "AccessControlMaxAgeSec": 63_072_000,
                "IncludeSubdomains": true,
                "Preload": true,
            },
        },
        "CustomHeadersConfig": { "Quantity": custom.len(), "Items": custom },
    });
    format!("{config:#}\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_files_in_the_repository_are_these() {
        let hosts = Hosts::of_cloud("global").unwrap();
        for (name, text) in files(&hosts) {
            let path = paths::root().join("static/hosting").join(name);
            let there = fs::read_to_string(&path).unwrap_or_default();
            assert!(there == text, "{name} is old: run `cargo xtask hosting`");
        }
    }

    /// A module that was added and is not here would be asked for anew at every visit.
    #[test]
    fn every_module_of_the_page_is_kept_for_good() {
        let page = fs::read_to_string(paths::root().join("index.html")).unwrap();
        let modules: Vec<&str> = page
            .split("data-bin=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(modules.len() >= 4, "{modules:?}");
        for module in modules {
            assert!(HASHED.contains(&module), "{module}");
        }
    }

    #[test]
    fn every_file_has_the_whole_policy() {
        let hosts = Hosts::of_cloud("gcc-high").unwrap();
        for (name, text) in files(&hosts) {
            assert!(
                text.contains(&super::super::policy::policy(&hosts)),
                "{name}"
            );
            assert!(text.contains("Cross-Origin-Opener-Policy"), "{name}");
        }
    }
}
