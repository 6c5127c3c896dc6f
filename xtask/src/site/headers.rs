//! The response headers of the site.

use super::hosts::Hosts;
use super::policy::policy;

/// Sent with every response, whatever its path: a worker has the policy of its own response.
pub fn for_all(hosts: &Hosts) -> Vec<(&'static str, String)> {
    let mut headers = vec![("Content-Security-Policy", policy(hosts))];
    headers.extend(FIXED.map(|(name, value)| (name, value.to_owned())));
    headers
}

/// For a host that serves over https only.
pub const HSTS: (&str, &str) = (
    "Strict-Transport-Security",
    "max-age=63072000; includeSubDomains; preload",
);

/// A file with a hash in its name never changes.
pub const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The page itself and what a hoster edits are asked for again each time.
pub const FRESH: &str = "no-cache";

const FIXED: [(&str, &str); 9] = [
    // Every script and import of the page has a hash, or it does not run.
    ("Integrity-Policy", "blocked-destinations=(script)"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Origin-Agent-Cluster", "?1"),
    (
        "Permissions-Policy",
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), \
         serial=(), usb=(), xr-spatial-tracking=()",
    ),
];

/// How long a file may be kept, by its name: hashed names are `name-<hex digits>.ext`, of which Trunk leaves leading zeros out.
pub fn cache_control(file: &str) -> &'static str {
    let stem = file
        .rsplit('/')
        .next()
        .and_then(|name| name.split('.').next());
    let hash = stem
        .and_then(|stem| stem.rsplit_once('-'))
        .map_or("", |(_, hash)| hash);
    if hash.len() >= 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        IMMUTABLE
    } else {
        FRESH
    }
}

/// The media type of a file, by its ending.
pub fn media_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_good() {
        let cases = [
            ("app-0123456789abcdef.wasm", IMMUTABLE),
            ("app.wasm", FRESH),
            ("index.html", FRESH),
            ("config.json", FRESH),
            ("demo/snapshot-windows.json", FRESH),
        ];
        for (file, kept) in cases {
            assert_eq!(cache_control(file), kept, "{file}");
        }
    }
}
