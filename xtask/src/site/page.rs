//! `index.html`: the places that the build fills in.

use super::hosts::Hosts;
use super::policy::meta_policy;

/// What the build knows of a file: its final name, and its hash as the browser checks it.
#[derive(Debug)]
pub struct Built {
    pub name: String,
    pub integrity: String,
}

/// The files that `boot.js` starts.
#[derive(Debug)]
pub struct Parts {
    pub app: Built,
    pub app_wasm: Built,
    /// What the start page does not need, where it was cut off.
    pub screens: Option<Built>,
    pub engine: Built,
    pub engine_wasm: Built,
    pub office: Built,
    pub office_wasm: Built,
    pub comparer: Built,
    pub comparer_wasm: Built,
}

const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";

/// Fills the four marks of the source page: `plumbline-policy`, `plumbline-build`, `plumbline-app`, `plumbline-icons`.
/// The error is the mark that is not there.
pub fn fill(
    html: &str,
    parts: &Parts,
    commit: &str,
    icons: &str,
    hosts: &Hosts,
) -> Result<String, &'static str> {
    let (app, app_wasm) = (&parts.app, &parts.app_wasm);
    let mut build = format!(
        "<meta name=\"plumbline-build\" data-commit=\"{commit}\" data-app=\"{}\" data-app-wasm=\"{}\" data-app-wasm-integrity=\"{}\"",
        app.name, app_wasm.name, app_wasm.integrity
    );
    if let Some(screens) = &parts.screens {
        build += &format!(
            " data-screens=\"{}\" data-screens-integrity=\"{}\"",
            screens.name, screens.integrity
        );
    }
    for (name, glue, wasm) in [
        ("engine", &parts.engine, &parts.engine_wasm),
        ("comparer", &parts.comparer, &parts.comparer_wasm),
        ("office", &parts.office, &parts.office_wasm),
    ] {
        build += &format!(
            " data-{name}=\"{}\" data-{name}-integrity=\"{}\" data-{name}-wasm=\"{}\" data-{name}-wasm-integrity=\"{}\"",
            glue.name, glue.integrity, wasm.name, wasm.integrity
        );
    }
    build.push('>');
    let script = format!(
        "<script type=\"module\" src=\"./{}\" integrity=\"{}\" crossorigin=\"anonymous\"></script>",
        app.name, app.integrity
    );
    let html = put(
        html,
        "plumbline-policy",
        &format!("{POLICY}{}\">", meta_policy(hosts)),
    )?;
    let html = put(&html, "plumbline-build", &build)?;
    let html = put(&html, "plumbline-app", &script)?;
    let html = put(&html, "plumbline-icons", &sprite(icons))?;
    Ok(without_leftovers(&html))
}

/// The symbols as a part of the page, under names that no other element has. From a file of their own, Chromium
/// fetches and parses them anew while rows come and go, which costs a third of the time that scrolling takes.
fn sprite(icons: &str) -> String {
    let symbols = icons
        .split_once('>')
        .map_or(icons, |(_, symbols)| symbols)
        .replace(" id=\"", " id=\"s-")
        .replace('\n', "");
    format!("<svg id=\"icons\" width=\"0\" height=\"0\" aria-hidden=\"true\">{symbols}")
}

/// Without the `<link data-trunk>` that Trunk leaves in the page when it injects no scripts.
fn without_leftovers(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (i, part) in html.split("<link ").enumerate() {
        match part.split_once('>') {
            Some((tag, rest)) if i > 0 && tag.contains("data-trunk") => out += rest,
            _ if i > 0 => out += &format!("<link {part}"),
            _ => out += part,
        }
    }
    out
}

/// Replaces `<meta name="mark">`, with or without its quotes.
fn put(html: &str, mark: &'static str, text: &str) -> Result<String, &'static str> {
    for written in [
        format!("<meta name=\"{mark}\">"),
        format!("<meta name={mark}>"),
    ] {
        if html.matches(&written).count() == 1 {
            return Ok(html.replace(&written, text));
        }
    }
    Err(mark)
}

/// The same page for other hosts: what the demo serves instead of a page that names Microsoft's.
pub fn for_hosts(html: &str, hosts: &Hosts) -> Option<String> {
    let (before, rest) = html.split_once(POLICY)?;
    let (_, after) = rest.split_once('"')?;
    Some(format!("{before}{POLICY}{}\"{after}", meta_policy(hosts)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parts() -> Parts {
        let file = |name: &str| Built {
            name: name.to_owned(),
            integrity: format!("sha384-{name}"),
        };
        Parts {
            app: file("a.js"),
            app_wasm: file("a.wasm"),
            screens: Some(file("s.wasm")),
            engine: file("e.js"),
            engine_wasm: file("e.wasm"),
            office: file("o.js"),
            office_wasm: file("o.wasm"),
            comparer: file("c.js"),
            comparer_wasm: file("c.wasm"),
        }
    }

    const SOURCE: &str = "<meta name=plumbline-policy><meta name=\"plumbline-build\"><meta name=\"plumbline-app\"><meta name=plumbline-icons>";
    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567-changed";
    const ICONS: &str =
        "<svg xmlns=\"x\">\n<symbol id=\"up\" viewBox=\"0 0 1 1\"><path/></symbol>\n</svg>\n";

    #[test]
    fn all_marks_are_filled() {
        let source = format!("{SOURCE}<link rel=icon><link data-trunk rel=rust></head>");
        let html = fill(
            &source,
            &parts(),
            COMMIT,
            ICONS,
            &Hosts::of_cloud("global").unwrap(),
        )
        .unwrap();
        assert!(html.ends_with("<link rel=icon></head>"));
        assert!(html.contains(&format!(" data-commit=\"{COMMIT}\" ")));
        assert!(html.contains("data-screens=\"s.wasm\" data-screens-integrity=\"sha384-s.wasm\""));
        assert!(html.contains("data-engine-integrity=\"sha384-e.js\""));
        assert!(html.contains("data-office-wasm-integrity=\"sha384-o.wasm\""));
        assert!(html.contains("data-comparer-wasm=\"c.wasm\""));
        assert!(html.contains("src=\"./a.js\" integrity=\"sha384-a.js\""));
        assert!(html.contains("aria-hidden=\"true\"><symbol id=\"s-up\" viewBox"));
        let cut = SOURCE.replace("<meta name=\"plumbline-app\">", "");
        assert_eq!(
            fill(&cut, &parts(), COMMIT, ICONS, &Hosts::emulator("x")).unwrap_err(),
            "plumbline-app"
        );
    }

    #[test]
    fn other_hosts_replace_all_of_the_policy() {
        let html = fill(
            SOURCE,
            &parts(),
            COMMIT,
            ICONS,
            &Hosts::of_cloud("global").unwrap(),
        )
        .unwrap();
        let demo = for_hosts(&html, &Hosts::emulator("http://localhost:9")).unwrap();
        assert!(!demo.contains("microsoft"));
        assert!(demo.contains("connect-src 'self' http://localhost:9;"));
        assert!(demo.contains("plumbline-build"));
    }
}
