//! Where a bearer token may go, judged by the parser of addresses that the browser's own fetch uses.

use domain::graph::url::relative;
use domain::permission::{Method, routes_of};
use plumbline::engine::http::graph_url;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Url;

const GRAPH: &str = "https://graph.microsoft.com";

/// What addresses are confused with.
const PIECES: [&str; 62] = [
    "https://",
    "http://",
    "//",
    "/",
    "\\",
    ":",
    "@",
    "?",
    "#",
    ";",
    "&",
    "=",
    "%",
    ".",
    "..",
    "...",
    "graph.microsoft.com",
    "GRAPH.MICROSOFT.COM",
    "evil.example",
    ".evil.example",
    "@evil.example",
    "user:secret@",
    ":443",
    ":8443",
    ":0",
    ":99999",
    "[::1]",
    "127.0.0.1",
    "0x7f.1",
    "xn--graph",
    "/beta",
    "/v1.0",
    "/beta/groups",
    "/v1.0/users",
    "/groups",
    "/deviceManagement/configurationPolicies",
    "/organization",
    "/./",
    "/../",
    "/%2e/",
    "/%2E%2e/",
    "/.%2e",
    "%2f",
    "%5c",
    "%00",
    "%40",
    "%3a",
    "%09",
    "\t",
    "\n",
    "\r",
    " ",
    "\u{0}",
    "\u{ff0f}",
    "\u{ff20}",
    "\u{3002}",
    "\u{202e}",
    "\u{130}",
    "é",
    "javascript:",
    "blob:",
    "?$skiptoken=",
];

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    /// Half of them begin as a good link does.
    fn address(&mut self) -> String {
        let mut text = String::new();
        if self.below(2) == 0 {
            text.push_str(GRAPH);
        }
        if self.below(2) == 0 {
            text.push_str(["/beta", "/v1.0", "/beta/groups?"][self.below(3)]);
        }
        for _ in 0..self.below(6) {
            text.push_str(PIECES[self.below(PIECES.len())]);
        }
        text
    }
}

/// An address with the token attached, as the browser understands it.
fn of_graph(sent: &str, from: &str) -> Url {
    let url =
        Url::new(sent).unwrap_or_else(|_| panic!("{from:?} became {sent:?}, which is no address"));
    assert_eq!(url.origin(), GRAPH, "{from:?} became {sent:?}");
    assert_eq!(
        (url.username(), url.password()),
        Default::default(),
        "{sent:?}"
    );
    url
}

#[wasm_bindgen_test]
fn a_bearer_token_goes_to_graphs_origin_whatever_an_address_says() {
    let mut numbers = Numbers(0x5EED);
    let (mut followed, mut refused, mut paths, mut read) = (0, 0, 0, 0);
    for _ in 0..100_000 {
        let text = numbers.address();
        // As a `nextLink` of an answer.
        match relative(&text, GRAPH) {
            Ok((version, rest)) => {
                let path = format!("/{}{rest}", version.segment());
                let sent = graph_url(GRAPH, &path).unwrap();
                let url = of_graph(&sent, &text);
                assert!(
                    url.pathname()
                        .starts_with(&format!("/{}/", version.segment())),
                    "{sent:?}"
                );
                // The link itself says no other thing than what was made of it.
                assert_eq!(Url::new(&text).unwrap().href(), url.href(), "{text:?}");
                followed += 1;
            }
            Err(_) => refused += 1,
        }
        // And as a path, whoever made it.
        let Ok(sent) = graph_url(GRAPH, &text) else {
            continue;
        };
        let url = of_graph(&sent, &text);
        paths += 1;
        if routes_of(Method::Get, &text, "").is_some() {
            let path = text.split('?').next().unwrap();
            assert_eq!(
                url.pathname(),
                path,
                "the browser sends another path than was looked up"
            );
            read += 1;
        }
    }
    assert!(
        followed > 5_000 && refused > 50_000,
        "{followed} followed, {refused} refused"
    );
    assert!(
        paths > 5_000 && read > 500,
        "{paths} paths, {read} of them in the read table"
    );
}
