//! What must hold for any two sides.

use domain::baseline::{self, Baseline, Entry};
use domain::protocol::State;

use super::{changed, compare};

/// A small generator with a seed: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.next(at as u64 + 1) as usize);
        }
    }
}

/// A settings catalog policy as Graph writes it, made of choices, lists and groups with several rows.
#[derive(Clone)]
enum Node {
    Choice(String, u64, Vec<Node>),
    Text(String, String),
    List(String, Vec<String>),
    Rows(String, Vec<Vec<Node>>),
}

fn node(numbers: &mut Numbers, id: &str, depth: u64) -> Node {
    let list = |numbers: &mut Numbers, depth| -> Vec<Node> {
        let count = 1 + numbers.next(3);
        (0..count)
            .map(|n| node(numbers, &format!("{id}_{n}"), depth))
            .collect()
    };
    match numbers.next(if depth == 0 { 2 } else { 4 }) {
        0 => Node::Text(id.to_owned(), format!("text {}", numbers.next(3))),
        1 => {
            let count = numbers.next(4);
            let items = (0..count).map(|_| format!("item {}", numbers.next(5)));
            Node::List(id.to_owned(), items.collect())
        }
        2 => Node::Choice(id.to_owned(), numbers.next(2), list(numbers, depth - 1)),
        _ => {
            let count = 1 + numbers.next(4);
            let rows = (0..count).map(|_| list(numbers, depth - 1)).collect();
            Node::Rows(id.to_owned(), rows)
        }
    }
}

fn write(nodes: &[Node]) -> String {
    let parts: Vec<String> = nodes.iter().map(one).collect();
    format!("[{}]", parts.join(","))
}

fn one(node: &Node) -> String {
    let (id, value) = match node {
        Node::Choice(id, value, children) => (
            id,
            format!(
                r#""choiceSettingValue":{{"value":"{id}_{value}","children":{}}}"#,
                write(children)
            ),
        ),
        Node::Text(id, text) => (id, format!(r#""simpleSettingValue":{{"value":"{text}"}}"#)),
        Node::List(id, items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!(r#"{{"value":"{item}"}}"#))
                .collect();
            let items = items.join(",");
            (id, format!(r#""simpleSettingCollectionValue":[{items}]"#))
        }
        Node::Rows(id, rows) => {
            let rows: Vec<String> = rows
                .iter()
                .map(|row| format!(r#"{{"children":{}}}"#, write(row)))
                .collect();
            let rows = rows.join(",");
            (id, format!(r#""groupSettingCollectionValue":[{rows}]"#))
        }
    };
    format!(r#"{{"settingDefinitionId":"{id}",{value}}}"#)
}

fn shuffled(numbers: &mut Numbers, nodes: &[Node]) -> Vec<Node> {
    let mut nodes: Vec<Node> = nodes
        .iter()
        .map(|node| match node {
            Node::Choice(id, value, children) => {
                Node::Choice(id.clone(), *value, shuffled(numbers, children))
            }
            Node::List(id, items) => {
                let mut items = items.clone();
                numbers.shuffle(&mut items);
                Node::List(id.clone(), items)
            }
            Node::Rows(id, rows) => {
                let mut rows: Vec<_> = rows.iter().map(|row| shuffled(numbers, row)).collect();
                numbers.shuffle(&mut rows);
                Node::Rows(id.clone(), rows)
            }
            other => other.clone(),
        })
        .collect();
    numbers.shuffle(&mut nodes);
    nodes
}

type Policies = Vec<(String, Vec<Node>)>;

fn policies(numbers: &mut Numbers, seed: &str) -> Policies {
    (0..12)
        .map(|n| {
            let count = 1 + numbers.next(6);
            let settings = (0..count).map(|m| node(numbers, &format!("setting_{n}_{m}"), 3));
            (format!("{seed} policy {n}"), settings.collect())
        })
        .collect()
}

fn read(policies: &Policies) -> Baseline {
    let entries = policies.iter().map(|(name, nodes)| {
        let settings: Vec<String> = nodes
            .iter()
            .map(|node| format!(r#"{{"settingInstance":{}}}"#, one(node)))
            .collect();
        Entry {
            path: format!("{name}.json"),
            bytes: format!(
                r#"{{"name":"{name}","platforms":"windows10","technologies":"mdm","settings":[{}]}}"#,
                settings.join(",")
            )
            .into_bytes(),
        }
    });
    baseline::read(entries.collect(), "made up")
}

#[test]
fn a_side_is_the_same_as_itself_in_any_order() {
    for seed in 0..8 {
        let mut numbers = Numbers(seed);
        let made = policies(&mut numbers, "a");
        let mut other: Policies = made
            .iter()
            .map(|(name, nodes)| (name.clone(), shuffled(&mut numbers, nodes)))
            .collect();
        numbers.shuffle(&mut other);
        let found = compare(&read(&made), &read(&other));
        let odd = found.lines.iter().find(|line| line.state != State::Same);
        assert_eq!(odd, None, "seed {seed}");
        assert_eq!(found.policies.same, 12);
    }
}

#[test]
fn a_comparison_mirrors_and_does_not_depend_on_order() {
    for seed in 0..16 {
        let mut numbers = Numbers(seed);
        // Names that do not meet, so that pairing by settings is exercised as well.
        let (a, b) = if seed % 2 == 0 {
            (policies(&mut numbers, "x"), policies(&mut numbers, "x"))
        } else {
            (policies(&mut numbers, "x"), policies(&mut numbers, "y"))
        };
        let there = compare(&read(&a), &read(&b));
        let back = compare(&read(&b), &read(&a));
        let (s, t) = (there.settings, back.settings);
        assert_eq!(
            (s.same, s.different, s.missing, s.extra),
            (t.same, t.different, t.extra, t.missing),
            "seed {seed}"
        );
        let (p, q) = (there.policies, back.policies);
        assert_eq!(
            (p.same, p.different, p.missing, p.extra),
            (q.same, q.different, q.extra, q.missing),
            "seed {seed}"
        );
        let mut shuffle = |policies: &Policies| -> Policies {
            let mut list: Policies = policies
                .iter()
                .map(|(name, nodes)| (name.clone(), shuffled(&mut numbers, nodes)))
                .collect();
            numbers.shuffle(&mut list);
            list
        };
        let again = compare(&read(&shuffle(&a)), &read(&shuffle(&b)));
        assert_eq!(again.settings, there.settings, "seed {seed}");
        assert_eq!(again.policies, there.policies, "seed {seed}");
    }
}

#[test]
fn a_changed_leaf_is_found_at_any_depth() {
    for depth in [1, 5, 18, 25] {
        let deep = |leaf: &str| {
            let mut node = Node::Text("leaf".to_owned(), leaf.to_owned());
            for level in 0..depth {
                node = if level % 2 == 0 {
                    Node::Choice(format!("level_{level}"), 1, vec![node])
                } else {
                    Node::Rows(format!("level_{level}"), vec![vec![node], Vec::new()])
                };
            }
            read(&vec![("deep".to_owned(), vec![node])])
        };
        let (a, b) = (deep("one"), deep("two"));
        let found = compare(&a, &b);
        assert_eq!(changed(&a, &found), ["deep"], "depth {depth}");
        assert_eq!(found.settings.different, 1, "depth {depth}");
    }
}

#[test]
fn duplicates_in_a_collection_count() {
    let list = |items: &[&str]| {
        let items = items.iter().map(|item| (*item).to_owned()).collect();
        read(&vec![(
            "list".to_owned(),
            vec![Node::List("l".to_owned(), items)],
        )])
    };
    let cases: [(&[&str], &[&str], u32); 3] = [
        (&["a", "b", "a"], &["a", "a", "b"], 0),
        (&["a", "b", "a"], &["a", "b", "b"], 1),
        (&["a", "a"], &["a"], 1),
    ];
    for (a, b, different) in cases {
        let found = compare(&list(a), &list(b));
        assert_eq!(found.settings.different, different, "{a:?} {b:?}");
    }
}

#[test]
fn a_setting_that_another_policy_sets_is_not_missing() {
    let text = |id: &str, value: &str| Node::Text(id.to_owned(), value.to_owned());
    let left = read(&vec![(
        "one".to_owned(),
        vec![
            text("a", "1"),
            text("b", "1"),
            text("c", "1"),
            text("d", "1"),
        ],
    )]);
    let right = read(&vec![
        ("one".to_owned(), vec![text("a", "1")]),
        ("another".to_owned(), vec![text("b", "1"), text("c", "2")]),
    ]);
    let found = compare(&left, &right);
    let s = found.settings;
    assert_eq!(
        (s.same, s.different, s.missing, s.extra),
        (2, 1, 1, 0),
        "{:?}",
        found.lines
    );
}
