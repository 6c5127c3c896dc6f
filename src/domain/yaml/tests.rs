#![allow(clippy::unwrap_used)]

use super::*;

fn json(text: &str) -> String {
    match parse(text) {
        Ok(value) => value.to_text(),
        Err(error) => format!("{}:{} {}", error.line, error.column, error.what),
    }
}

#[test]
fn what_pyyaml_writes_is_read() {
    let cases = [
        ("a: 1\nb: -2\nc: 1.5\n", r#"{"a":1,"b":-2,"c":1.5}"#),
        (
            "a:\n- x\n- y: 1\n  z: null\n- - 1\n  - 2\n",
            r#"{"a":["x",{"y":1,"z":null},[1,2]]}"#,
        ),
        (
            "'@odata.type': '#microsoft.graph.x'\nassignments: []\nt: {}\n",
            r##"{"@odata.type":"#microsoft.graph.x","assignments":[],"t":{}}"##,
        ),
        (
            "a: 'it''s\n\n  two\n\n\n  four\n\n  '\n",
            r#"{"a":"it's\ntwo\n\nfour\n"}"#,
        ),
        (
            "a: \"x\\n\\\n  \\ y \\u00e9 \\ud83d\\ude00\"\n",
            "{\"a\":\"x\\n y é 😀\"}",
        ),
        (
            "a: a long text that\n  goes on\nb: true\n",
            r#"{"a":"a long text that goes on","b":true}"#,
        ),
        (
            "- a:\n  - b: 1\n    c:\n      d: x\n- e\n",
            r#"[{"a":[{"b":1,"c":{"d":"x"}}]},"e"]"#,
        ),
        ("a: &id001\n- 1\nb: *id001\n", r#"{"a":[1],"b":[1]}"#),
        (
            "a: '123'\nb: 2025-01-01T00:00:00Z\nc: 'null'\nd: 017\n",
            r#"{"a":"123","b":"2025-01-01T00:00:00Z","c":"null","d":15}"#,
        ),
        (
            "a: https://x.y/z?a=b#c\nb: x:y\n",
            r#"{"a":"https://x.y/z?a=b#c","b":"x:y"}"#,
        ),
        ("a:\nb: ~\n", r#"{"a":null,"b":null}"#),
        (
            "--- # x\na: |\n  one\n    two\n\n  three\n\nb: >-\n  x\n  y\n\n  z\n...\n",
            r#"{"a":"one\n  two\n\nthree\n","b":"x y\nz"}"#,
        ),
        (
            "a: |+\n  x\n\nb: |2\n    x\n",
            r#"{"a":"x\n\n","b":"  x\n"}"#,
        ),
        (
            "{a: [1, 'x, y', {b: c}], \"d\": e f}\n",
            r#"{"a":[1,"x, y",{"b":"c"}],"d":"e f"}"#,
        ),
        ("# nothing\n", "null"),
        (
            "a: x # a comment\n# another\nb: 'y' # third\n",
            r#"{"a":"x","b":"y"}"#,
        ),
        ("a:\r\n  b: 1\r\n", r#"{"a":{"b":1}}"#),
    ];
    for (text, wanted) in cases {
        assert_eq!((text, json(text).as_str()), (text, wanted));
    }
}

#[test]
fn what_is_not_read_is_said_with_its_place() {
    let cases = [
        ("a: 1\n\tb: 2\n", "2:1 a tab"),
        ("? a\n: b\n", "1:1 a key that is written"),
        ("a: 'x\n", "1:4 a quoted text without an end"),
        ("a: 1\n---\nb: 2\n", "2:1 a second document"),
        ("a: [1, 2\n", "2:1 a collection without an end"),
        ("a: *x\n", "1:4 an alias"),
        ("a: !!python/object x\n", "1:4 a tag"),
        ("<<: x\n", "1:1 a merge key"),
        ("a: 1\n  b: 2\n", "2:3 a line that stands too far"),
        ("a: 1\nb\n", "2:1 a line that is no key"),
        ("a: b: c\n", "1:5 a colon"),
        ("a: \"\\q\"\n", "1:5 an escape"),
        ("a: @x\n", "1:4 a text that has to be quoted"),
        ("a: 'x' y\n", "1:7 something after"),
    ];
    for (text, wanted) in cases {
        let said = json(text);
        assert!(said.starts_with(wanted), "{text:?}: {said}");
    }
}

#[test]
fn hostile_documents_end() {
    assert!(json(&"- ".repeat(5000)).contains("nested"));
    assert!(json(&"[".repeat(5000)).contains("nested"));
    let mut laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (one, next) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        let list = vec![format!("*{one}"); 9].join(", ");
        laughs.push_str(&format!("{next}: &{next} [{list}]\n"));
    }
    assert!(json(&laughs).contains("grow"));
    // Each within the bound, together far beyond it: what was copied is as deep as what is written.
    let mut chain = "x0: &x0 1\n".to_owned();
    for number in 0..40 {
        let (open, close) = ("[".repeat(30), "]".repeat(30));
        let next = number + 1;
        chain.push_str(&format!("x{next}: &x{next} {open}*x{number}{close}\n"));
    }
    assert!(json(&chain).contains("nested"), "{}", &json(&chain)[..80]);
}

/// One collection inside of another, this many: the bound, and one more.
#[test]
fn the_bound_of_depth_is_exact() {
    let flow = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let block = |depth: usize| "- ".repeat(depth) + "1";
    for text in [flow, block] {
        let fits = (1..200).take_while(|depth| !json(&text(*depth)).contains("nested"));
        let most = fits.last().unwrap_or(0);
        assert!((DEPTH - 1..=DEPTH).contains(&most), "{most}");
        let said = json(&text(most + 1));
        assert!(said.starts_with("1:"), "{said}");
    }
}
