//! The rules that no compiler holds. Each failure says the rule and its reason.

use std::fs;
use std::path::{Path, PathBuf};

/// One rule: where it holds, what must not stand there, and why.
struct Rule {
    /// Path prefixes below the repository in which the rule holds.
    within: &'static [&'static str],
    /// Path prefixes below those in which it does not.
    except: &'static [&'static str],
    /// File endings it looks at.
    endings: &'static [&'static str],
    /// Texts that must not occur.
    forbidden: &'static [&'static str],
    /// The reason, as the failure says it.
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        within: &["src/ui"],
        except: &[],
        endings: &[".rs"],
        forbidden: &["crate::engine", "plumbline::engine"],
        why: "the page must not reach the engine but through the bridge: a token lives there",
    },
    Rule {
        within: &["src/engine", "src/bin/engine.rs"],
        except: &[],
        endings: &[".rs"],
        forbidden: &["yew", "crate::ui"],
        why: "the engine draws nothing, and must not carry the framework that does",
    },
    Rule {
        within: &["src/comparer", "src/bin/comparer.rs", "src/worker"],
        except: &[],
        endings: &[".rs"],
        forbidden: &["yew", "crate::ui", "crate::engine", "gloo", "fetch"],
        why: "what reads files and compares has no token, and nothing to send one with",
    },
    Rule {
        within: &["src"],
        except: &["src/engine/http.rs"],
        endings: &[".rs"],
        forbidden: &["\"Authorization\"", "\"authorization\""],
        why: "a bearer token is attached in one function, which checks the origin first",
    },
    Rule {
        within: &["src/ui"],
        except: &[],
        endings: &[".rs"],
        forbidden: &[
            "style=",
            "from_html_unchecked",
            "set_inner_html",
            "serde_json",
        ],
        why: "the policy of the page forbids inline style and markup from strings; JSON stays behind the border",
    },
    Rule {
        within: &["src/domain/protocol"],
        except: &[],
        endings: &[".rs"],
        forbidden: &["serde_json", "Json<", "untagged", "flatten"],
        why: "what crosses between the threads is a closed set of named types that a compact codec can carry",
    },
    Rule {
        within: &["src/domain"],
        except: &[],
        endings: &[".rs", ".toml"],
        forbidden: &[
            "web-sys",
            "web_sys",
            "js-sys",
            "js_sys",
            "wasm-bindgen",
            "wasm_bindgen",
            "gloo",
            "std::fs",
            "std::env",
            "std::thread",
            "std::net",
            "SystemTime::now",
            "Instant::now",
        ],
        why: "domain takes values and gives values: no browser, no disk, no clock",
    },
    Rule {
        within: &[
            "src",
            "static",
            "index.html",
            "xtask",
            "tests",
            ".ci",
            "README.md",
            "CHANGELOG.md",
            "SECURITY.md",
        ],
        except: &["tests/it/tidy.rs"],
        endings: &[
            ".rs", ".js", ".mjs", ".css", ".html", ".md", ".toml", ".json", "run",
        ],
        forbidden: &[
            "/work/",
            "registry.npmjs",
            "fonts.googleapis",
            "cdn.jsdelivr",
            "unpkg.com",
        ],
        why: "no path of one machine, no third party",
    },
];

#[test]
fn every_rule_of_the_house_holds() {
    let root = root();
    let mut broken = Vec::new();
    for file in files(&root) {
        let name = relative(&root, &file);
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        for rule in RULES {
            let inside = |list: &[&str]| {
                list.iter()
                    .any(|p| name == *p || name.starts_with(&format!("{p}/")))
            };
            let test = name.contains("/tests/") || name.ends_with("/tests.rs");
            if rule.why.starts_with("domain") && test {
                continue; // tests may read fixtures and the clock
            }
            if !inside(rule.within)
                || inside(rule.except)
                || !rule.endings.iter().any(|e| name.ends_with(e))
            {
                continue;
            }
            for (number, line) in text.lines().enumerate() {
                if line.trim_start().starts_with("//") {
                    continue;
                }
                for word in rule.forbidden.iter().filter(|w| line.contains(**w)) {
                    broken.push(format!("{name}:{}: `{word}`: {}", number + 1, rule.why));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn colours_are_named_in_tokens_only() {
    let root = root();
    let mut broken = Vec::new();
    for file in files(&root) {
        let name = relative(&root, &file);
        if !name.starts_with("static/css/")
            || !name.ends_with(".css")
            || name.ends_with("tokens.css")
        {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let hex = line.split('#').skip(1).any(|rest| {
                let run = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
                matches!(run, 3 | 4 | 6 | 8) && rest[run..].starts_with([';', ' ', ',', ')'])
            });
            if hex
                || ["oklch(", "rgb(", "rgba(", "hsl("]
                    .iter()
                    .any(|f| line.contains(f))
            {
                broken.push(format!(
                    "{name}:{}: a colour outside tokens.css",
                    number + 1
                ));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn no_file_is_too_long_to_hold_in_the_head() {
    let root = root();
    let mut long = Vec::new();
    for file in files(&root) {
        let name = relative(&root, &file);
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        let lines = text.lines().count();
        if name.ends_with(".rs") && lines > 400 {
            long.push(format!("{name}: {lines} lines; 400 are allowed"));
        }
    }
    assert!(long.is_empty(), "\n{}", long.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn relative(root: &Path, file: &Path) -> String {
    file.strip_prefix(root)
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/")
}

/// Every file of the repository that people write.
fn files(root: &Path) -> Vec<PathBuf> {
    const SKIP: [&str; 5] = ["target", "dist", "node_modules", ".git", "data"];
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if !SKIP.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else {
                found.push(path);
            }
        }
    }
    found
}
