#![allow(clippy::unwrap_used)]
use super::*;

#[test]
fn a_lean_read_keeps_what_says_something() {
    let text = r##"{"@odata.context":"c","x@odata.type":"#String","#microsoft.graph.assign":{"a":[1]},
        "#Definition_Id":"d","certificate@odata.bind":"b","assignments@odata.context":"a",
        "value":[{"@odata.id":"i","a":{"@odata.type":"t","@odata.id":"i","mail":"a@b"}}]}"##;
    let wanted = r##"{"@odata.context":"c","#Definition_Id":"d","certificate@odata.bind":"b","assignments@odata.context":"a","value":[{"@odata.id":"i","a":{"@odata.type":"t","mail":"a@b"}}]}"##;
    assert_eq!(Json::parse_lean(text).unwrap().to_text(), wanted);
    let whole = Json::parse(text).unwrap();
    assert!(whole.get("#microsoft.graph.assign").is_some());
    assert!(Json::parse_lean("{} x").is_err());
}

/// True when both trees say the same.
fn alike(ours: &Json<'_>, theirs: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (ours, theirs) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(a), Value::Bool(b)) => a == b,
        (Json::Int(a), Value::Number(b)) => b.as_i64() == Some(*a),
        (Json::Number(a), Value::Number(b)) => {
            let a: f64 = a.parse().unwrap();
            // `serde_json` rounds the last place in its own way.
            b.as_f64().is_some_and(|b| (a - b).abs() <= a.abs() * 1e-15)
        }
        (Json::String(a), Value::String(b)) => a == b,
        (Json::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b))
        }
        (Json::Object(a), Value::Object(b)) => {
            b.iter()
                .all(|(name, b)| a.get(name).is_some_and(|a| alike(a, b)))
                && a.iter().all(|(name, _)| b.contains_key(name))
        }
        _ => false,
    }
}

/// What `serde_json` reads is read alike, what it refuses is refused, and what is written is read again.
fn held_against_serde_json(text: &str) {
    let theirs: Result<serde_json::Value, _> = serde_json::from_str(text);
    let skipped = Reader::all(text, Reader::skip);
    match (Json::parse(text), theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert!(alike(&ours, &theirs), "{text}");
            assert!(skipped.is_ok(), "{text}");
            let (compact, pretty) = (ours.to_text(), ours.to_pretty());
            assert_eq!(Json::parse(&compact).unwrap(), ours, "{text}");
            assert_eq!(Json::parse(&pretty).unwrap(), ours, "{text}");
            assert!(Json::parse_lean(&compact).is_ok(), "{text}");
        }
        (Err(error), Err(_)) => {
            assert_eq!(skipped.err(), Some(error), "{text}");
            assert!(error.line > 0 && error.column > 0, "{text}");
        }
        (ours, theirs) => panic!("{text}: {ours:?}, {theirs:?}"),
    }
}

const TEXTS: [&str; 40] = [
    "null",
    " true ",
    "false",
    "tru",
    "nul",
    "truex",
    "",
    " ",
    "0",
    "-0",
    "01",
    "-",
    "-1",
    "1.",
    "1.5",
    ".5",
    "1e5",
    "1E+5",
    "1e",
    "1e-",
    "-1.50e-3",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1e999",
    "\"a\"",
    "\"a",
    "\"\\",
    "\"\\u00e9\\ud83d\\ude00\\n\\/\\\"\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\u12\"",
    "\"\\x\"",
    "\"é\u{1f600}\"",
    "\"\u{1}\"",
    "[1,2,]",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "[1 2]",
];

#[test]
fn it_reads_what_serde_json_reads() {
    for text in TEXTS {
        held_against_serde_json(text);
    }
    for depth in [127, 128, 129] {
        let text = "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(Json::parse(&text).is_ok(), depth <= 128, "{depth}");
    }
}

#[test]
fn changed_texts_are_judged_alike() {
    let text = r##"{"@odata.type":"#a","é\u00e9\ud83d\ude00 long enough for eight":[1,-2.5e+3,0.10,true,null,{"b":"\"q\"\\"}, []  ],"c":{}}"##;
    let pieces = [
        "\"", "\\", ",", "}", "]", "[", "{", ":", "0", "-", ".", "e", "u", " ", "\n", "t", "é",
    ];
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    for at in places {
        held_against_serde_json(&text[..at]);
        let mut rest = text[at..].chars();
        rest.next();
        held_against_serde_json(&[&text[..at], rest.as_str()].concat());
        for piece in pieces {
            held_against_serde_json(&[&text[..at], piece, rest.as_str()].concat());
            held_against_serde_json(&[&text[..at], piece, &text[at..]].concat());
        }
    }
}

#[test]
fn strings_end_where_they_end_at_any_place() {
    for length in 0..40 {
        for odd in [
            "\\\"",
            "\\n",
            "é",
            "\u{7f}",
            "\u{1f600}",
            "\u{1f}",
            "\u{80}",
            "!",
            "#",
            "[",
            "]",
        ] {
            let text = format!("\"{}{odd}{}\"", "a".repeat(length), "b".repeat(40 - length));
            held_against_serde_json(&text);
        }
    }
}

#[test]
fn a_text_is_written_as_serde_json_writes_it() {
    let hard: String = (0..0x180).filter_map(char::from_u32).collect();
    assert_eq!(quoted(&hard), serde_json::to_string(&hard).unwrap());
    let text = r#"{"a":[1,{"b":null},[],{}],"c":-1.5}"#;
    let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
    let ours = Json::parse(text).unwrap();
    assert_eq!(ours.to_text(), theirs.to_string());
    assert_eq!(
        ours.to_pretty(),
        serde_json::to_string_pretty(&theirs).unwrap()
    );
}

#[test]
fn a_flaw_has_its_place_and_words() {
    for (text, line, column, flaw) in [
        ("{\"a\": 1,\n \"b\": [", 2, 7, Flaw::Cut),
        ("{\"a\": 1,}", 1, 9, Flaw::Trailing),
        ("[1,\n2 3]", 2, 3, Flaw::Comma),
        ("{} x", 1, 4, Flaw::After),
        ("\"a\nb\"", 1, 3, Flaw::Control),
    ] {
        let error = Json::parse(text).unwrap_err();
        assert_eq!(error, JsonError { line, column, flaw }, "{text}");
        assert!(!flaw.words().is_empty());
    }
}
