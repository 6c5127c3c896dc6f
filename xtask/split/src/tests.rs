#![allow(clippy::unwrap_used, clippy::single_range_in_vec_init)]

use std::collections::BTreeSet;

use wasm_encoder::{CustomSection, Encode, LinkingSection, SymbolTable};
use wasmparser::Validator;

use super::*;
use crate::linked::Node;
use crate::plan::only_later;

/// `start` calls `gate`, and has the address of `kept` in a vtable. `gate` calls `shared` and, by a vtable, `behind`.
const MODULE: &str = r#"(module
    (type $v (func)) (type $i (func (param i32) (result i32)))
    (import "./app_bg.js" "log" (func $log (param i32)))
    (func $start (export "start") (call $gate) (drop (call $shared (i32.const 1))))
    (func $kept)
    (func $a_gate_b (type $v) (drop (call $shared (i32.const 1024))) (call $log (i32.const 7)))
    (func $shared (param i32) (result i32) (local.get 0))
    (func $behind (global.set 0 (i32.const 3)))
    (func $only_behind)
    (table 4 4 funcref) (memory (export "memory") 1) (global (mut i32) (i32.const 9))
    (elem (i32.const 1) func $kept $behind)
    (data (i32.const 1024) "now\00later\00now")
    (@custom "target_features" "\00")
)"#;

fn module() -> Vec<u8> {
    wat::parse_str(MODULE.replace("$gate)", "$a_gate_b)")).unwrap()
}

fn linked() -> Linked {
    let function = |name: &str| Node::Function(name.to_owned());
    let names = [
        "start",
        "kept",
        "a_gate_b",
        "shared",
        "behind",
        "only_behind",
        "log",
    ];
    let mut linked = Linked {
        data: vec![1024..1028, 1028..1034, 1034..1037],
        functions: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Linked::default()
    };
    for (from, to) in [
        (function("start"), function("a_gate_b")),
        (function("start"), function("shared")),
        (function("start"), Node::Data(0)),
        (Node::Data(0), function("kept")),
        (function("kept"), Node::Data(2)),
        (function("a_gate_b"), function("shared")),
        (function("a_gate_b"), Node::Data(1)),
        (Node::Data(1), function("behind")),
        (function("behind"), function("only_behind")),
    ] {
        linked.edges.entry(from).or_default().insert(to);
    }
    linked
}

fn halves() -> Halves {
    let bytes = module();
    let module = Module::read(&bytes).unwrap();
    let plan = Plan::make(&linked(), &module, "_gate_").unwrap();
    write::write(&module, &plan).unwrap()
}

fn names(module: &Module<'_>, of: &BTreeSet<u32>) -> Vec<String> {
    of.iter().map(|f| module.names[f].clone()).collect()
}

#[test]
fn what_only_a_gate_reaches_comes_later() {
    let bytes = module();
    let module = Module::read(&bytes).unwrap();
    let plan = Plan::make(&linked(), &module, "_gate_").unwrap();
    assert_eq!(
        names(&module, &plan.functions),
        ["a_gate_b", "behind", "only_behind"]
    );
    assert_eq!(names(&module, &plan.gates), ["a_gate_b"]);
    assert_eq!(plan.data, [1028..1034]);
}

#[test]
fn what_the_linker_does_not_know_is_needed_at_once_with_all_that_it_calls() {
    let bytes = module();
    let module = Module::read(&bytes).unwrap();
    let mut linked = linked();
    linked.functions.remove("behind");
    let plan = Plan::make(&linked, &module, "_gate_").unwrap();
    assert_eq!(names(&module, &plan.functions), ["a_gate_b"]);
}

#[test]
fn both_parts_are_valid_and_fit() {
    let halves = halves();
    Validator::new().validate_all(&halves.first).unwrap();
    Validator::new().validate_all(&halves.later).unwrap();
    let first = Module::read(&halves.first).unwrap();
    // `log` and `shared`, the table, the memory and the global.
    let exported: Vec<&str> = first.exports.iter().map(|e| e.name).collect();
    assert_eq!(
        exported,
        ["start", "memory", "f0+", "f1+", "t0+", "m0+", "g0+"]
    );
    let wanted: Vec<String> = wasmparser::Parser::new(0)
        .parse_all(&halves.later)
        .filter_map(|payload| match payload.unwrap() {
            wasmparser::Payload::ImportSection(imports) => Some(imports),
            _ => None,
        })
        .flat_map(|imports| imports.into_imports().map(|i| i.unwrap().name.to_owned()))
        .collect();
    assert_eq!(wanted, exported[2..]);
}

#[test]
fn the_first_part_calls_a_gate_through_the_table_and_leaves_its_place_open() {
    let halves = halves();
    let first = Module::read(&halves.first).unwrap();
    assert_eq!(first.slots.keys().copied().collect::<Vec<u32>>(), [1]);
    assert_eq!(
        first.tables[0].ty.initial, 5,
        "one place more, for the gate"
    );
    let start = &first.bodies[0];
    let operators: Vec<String> = start
        .get_operators_reader()
        .unwrap()
        .into_iter()
        .map(|o| format!("{:?}", o.unwrap()))
        .collect();
    assert_eq!(operators[0], "I32Const { value: 4 }");
    assert!(operators[1].starts_with("CallIndirect"));
}

#[test]
fn data_that_comes_later_is_zero_until_then() {
    let halves = halves();
    let first = Module::read(&halves.first).unwrap();
    assert_eq!(first.data, [(1024, &b"now\0\0\0\0\0\0\0now"[..])]);
}

#[test]
fn a_byte_that_two_pieces_share_is_there_as_soon_as_one_of_them() {
    let linked = Linked {
        data: vec![0..10, 4..6, 10..12],
        ..Linked::default()
    };
    assert_eq!(only_later(&linked, &BTreeSet::from([1])), [0..4, 6..12]);
    assert_eq!(only_later(&linked, &BTreeSet::from([0])), [10..12]);
}

#[test]
fn what_is_not_such_a_module_is_refused() {
    assert!(matches!(split(b"", b"", "g"), Err(Refused::Unreadable(_))));
    let bytes = module();
    assert!(matches!(
        split(&bytes, &bytes, "g"),
        Err(Refused::NoRelocations)
    ));
    let module = Module::read(&bytes).unwrap();
    assert!(matches!(
        Plan::make(&linked(), &module, "nothing"),
        Err(Refused::NoGate(_))
    ));
    let computed = wat::parse_str("(module (import \"m\" \"g\" (global i32)))").unwrap();
    assert!(matches!(Module::read(&computed), Err(Refused::Shape(_))));
}

/// `one` calls `two` and has the address of `text`, which has the address of `two`; as the linker writes it.
fn with_relocations() -> Vec<u8> {
    let mut bytes = wat::parse_str(
        "(module (func call 1 i32.const 16 drop) (func) (memory 1) (data (i32.const 16) \"abcdefgh\"))",
    )
    .unwrap();
    let mut symbols = SymbolTable::new();
    symbols.function(0, 0, Some("one"));
    symbols.function(0, 1, Some("two"));
    symbols.data(
        0,
        "text",
        Some(wasm_encoder::DataSymbolDefinition {
            index: 0,
            offset: 0,
            size: 4,
        }),
    );
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    bytes.push(0);
    linking.encode(&mut bytes);
    let sections = ["type", "function", "memory", "code", "data"];
    for (section, entries) in [
        // Offsets from the first byte after a section's size; kinds 0 a call, 4 an address of data, 2 one of a function.
        ("code", &[[0, 4, 1].as_slice(), &[4, 6, 2, 0]][..]),
        ("data", &[[2, 6, 1].as_slice()][..]),
    ] {
        let mut data = vec![
            sections.iter().position(|s| *s == section).unwrap() as u8,
            entries.len() as u8,
        ];
        data.extend(entries.iter().copied().flatten());
        bytes.push(0);
        CustomSection {
            name: format!("reloc.{section}").into(),
            data: data.into(),
        }
        .encode(&mut bytes);
    }
    bytes
}

#[test]
fn relocations_say_who_refers_to_whom() {
    let linked = Linked::read(&with_relocations()).unwrap();
    let function = |name: &str| Node::Function(name.to_owned());
    assert_eq!(linked.data, [16..20]);
    assert_eq!(
        linked.edges[&function("one")],
        BTreeSet::from([function("two"), Node::Data(0)])
    );
    assert_eq!(
        linked.edges[&Node::Data(0)],
        BTreeSet::from([function("two")])
    );
}
