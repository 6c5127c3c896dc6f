#![allow(clippy::unwrap_used)]

use super::*;

fn json(text: &str) -> String {
    parse(text).unwrap().root.to_text()
}

#[test]
fn every_element_has_its_value() {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<!-- a comment --><plist version="1.0"><dict>
  <key>a &amp; b</key><string>&lt;x&gt; &#65;&#x42; <![CDATA[<raw> &amp;]]></string>
  <key>n</key><integer> -7 </integer><key>h</key><integer>0x1F</integer><key>r</key><real>1.5</real>
  <key>t</key><true/><key>f</key><false></false>
  <key>d</key><data>
    AAEC
    AwQ=
  </data><key>when</key><date>2026-01-01T00:00:00Z</date>
  <key>list</key><array><string/><dict/><array/></array>
</dict></plist>
"#;
    assert_eq!(
        json(text),
        r#"{"a & b":"<x> AB <raw> &amp;","n":-7,"h":31,"r":1.5,"t":true,"f":false,"d":"AAECAwQ=","when":"2026-01-01T00:00:00Z","list":["",{},[]]}"#
    );
}

#[test]
fn a_fragment_is_keys_and_values() {
    let plist = parse("<key>a</key><true/>\n<key>b</key><string>x</string>\n").unwrap();
    assert!(plist.fragment);
    assert_eq!(plist.root.to_text(), r#"{"a":true,"b":"x"}"#);
    assert!(!parse("<dict><key>a</key><true/></dict>").unwrap().fragment);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let cases = [
        ("", (1, 1), "no element"),
        ("<plist>\n</plist>", (2, 1), "without a value"),
        (
            "<plist><dict>\n <key>a</key>\n <key>b</key>",
            (3, 2),
            "a `key` where a value",
        ),
        (
            "<plist><dict>\n <true/></dict></plist>",
            (2, 2),
            "without a `key`",
        ),
        ("<plist><dict></plist>", (1, 14), "without a `key`"),
        (
            "<plist><array><integer>x</integer>",
            (1, 25),
            "no whole number",
        ),
        (
            "<dict><key>a</key><string>x & y</string>",
            (1, 29),
            "`&amp;`",
        ),
        (
            "<dict><key>a</key><string>&unknown;</string>",
            (1, 27),
            "`&amp;`",
        ),
        ("<dict", (1, 1), "without an end"),
        ("<dict/><dict/>", (1, 8), "after"),
        (
            "<!DOCTYPE x [<!ENTITY a \"b\">]><dict/>",
            (1, 1),
            "declarations",
        ),
        ("<html></html>", (1, 1), "no property list"),
        ("<dict><key>a<b/></key>", (1, 13), "inside of a text"),
    ];
    for (text, wanted, words) in cases {
        let error = parse(text).unwrap_err();
        assert_eq!(
            (text, place(text, error.at)),
            (text, wanted),
            "{}",
            error.what
        );
        assert!(error.what.contains(words), "{text}: {}", error.what);
    }
    let deep = |depth: usize| {
        let (open, close) = ("<array>".repeat(depth), "</array>".repeat(depth));
        parse(&format!("<plist>{open}{close}</plist>"))
    };
    assert!(deep(DEPTH + 1).is_ok());
    assert!(deep(DEPTH + 2).unwrap_err().what.contains("nested"));
}
