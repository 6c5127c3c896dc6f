//! The named rules by which two values that are written differently are the same.
//!
//! Each can be switched off, and each difference that one suppressed says which rule it was.

use crate::arrange::Arrange;

use crate::setting::names::HIDDEN;
use crate::setting::{Carrier, Noise, Setting, Value};

/// A normaliser rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The order of a collection.
    Order,
    /// Absent, null, empty text, empty list.
    Empty,
    /// What Graph adds for "not configured".
    Default,
    /// Line ends and white space at the end of a text.
    LineEnds,
    /// PowerShell's forms of values.
    Form,
    /// Versions and marks of tools in the names of policies.
    NameVersion,
    /// The same setting in another kind of policy.
    Carrier,
    /// An object that Graph embeds in the policy that refers to it.
    Embedded,
    /// OData's annotations and actions: left out while a document is read.
    Annotations,
    /// What the service keeps of itself: left out while a document is read.
    Dates,
    /// What a policy says about itself: left out while a document is read.
    About,
}

impl Rule {
    /// All of them, in the order they are shown in.
    pub const ALL: [Self; 11] = [
        Self::Order,
        Self::Empty,
        Self::Default,
        Self::LineEnds,
        Self::Form,
        Self::NameVersion,
        Self::Carrier,
        Self::Embedded,
        Self::Annotations,
        Self::Dates,
        Self::About,
    ];

    /// Stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Empty => "empty",
            Self::Default => "default",
            Self::LineEnds => "line-ends",
            Self::Form => "form",
            Self::NameVersion => "name-version",
            Self::Carrier => "carrier",
            Self::Embedded => "embedded",
            Self::Annotations => "annotations",
            Self::Dates => "dates",
            Self::About => "about",
        }
    }

    /// What it does and why that is right.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Order => {
                "Order in a collection does not count: Intune and Entra treat these collections as sets and return them in any order."
            }
            Self::Empty => {
                "Absent, null, empty text and empty list are the same in a typed object: Graph adds properties over time and returns them empty."
            }
            Self::Default => {
                "\u{201c}Not configured\u{201d} and a switch that is off are the same as absent in a typed object: Graph fills them in when the policy is created."
            }
            Self::LineEnds => {
                "Line ends and white space at the end of a text do not count: Windows, macOS and export tools write them differently."
            }
            Self::Form => {
                "A list of one is the same as its element, and a number or switch the same as its text: PowerShell writes them so."
            }
            Self::NameVersion => {
                "Versions (v3.6), time stamps and copy marks in the name of a policy do not count when policies are paired."
            }
            Self::Carrier => {
                "The same CSP path, ADMX policy or payload key is the same setting, whatever kind of policy carries it: settings catalog, template, OMA-URI, administrative template, intent or profile."
            }
            Self::Embedded => {
                "An authentication strength that one side embeds whole and the other only refers to is the same: Graph and the export tools differ in this. What both sides embed is compared."
            }
            Self::Annotations => {
                "OData annotations (@odata.…, #microsoft.graph.…) do not count: they say how Graph was asked, not what is configured."
            }
            Self::Dates => {
                "Ids, dates, versions and counters that the service keeps do not count: they change without a change of configuration."
            }
            Self::About => {
                "Name, description, scope tags, templates and audit rules of a policy do not count: a device takes nothing from them."
            }
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// What a rule leaves out while documents are read; `None`: it acts on values.
    pub const fn noise(self) -> Option<Noise> {
        match self {
            Self::Annotations => Some(Noise::ANNOTATIONS),
            Self::Dates => Some(Noise::DATES),
            Self::About => Some(Noise::ABOUT),
            _ => None,
        }
    }
}

/// The rules that are switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules(u16);

impl Rules {
    /// All of them.
    pub const ALL: Self = Self(0b111_1111_1111);
    /// None.
    pub const NONE: Self = Self(0);

    /// All but those of these ids; an unknown id is ignored.
    pub fn without<'s>(off: impl IntoIterator<Item = &'s str>) -> Self {
        off.into_iter().fold(Self::ALL, |rules, id| {
            match Rule::ALL.into_iter().find(|rule| rule.id() == id) {
                Some(rule) => Self(rules.0 & !rule.bit()),
                None => rules,
            }
        })
    }

    /// Only this one.
    pub const fn only(rule: Rule) -> Self {
        Self(rule.bit())
    }

    /// True when the rule is switched on.
    pub const fn on(self, rule: Rule) -> bool {
        self.0 & rule.bit() != 0
    }
}

/// Words with which Graph says that a property of an enum is not configured.
const NOT_CONFIGURED: [&str; 3] = ["notConfigured", "deviceDefault", "notconfigured"];

/// Writes a value in the form in which equal values are equal bytes.
/// False: under these rules the value is as good as absent.
pub(super) fn key(setting: &Setting, rules: Rules, out: &mut Vec<u8>) -> bool {
    // A key of a profile is there because somebody put it there: false and empty say something.
    let typed = setting.carrier == Carrier::Property;
    let nothing = match &setting.value {
        Value::Null => rules.on(Rule::Empty) && typed,
        Value::Text(text) if text.is_empty() => rules.on(Rule::Empty) && typed,
        Value::List(list) if list.is_empty() => rules.on(Rule::Empty) && typed,
        Value::Text(text) => {
            rules.on(Rule::Default) && typed && NOT_CONFIGURED.contains(&text.as_ref())
        }
        Value::Bool(false) => rules.on(Rule::Default) && typed,
        _ => false,
    };
    // Intents list every setting of their template, most of them not configured.
    let unset = setting.carrier == Carrier::Intent
        && rules.on(Rule::Default)
        && match &setting.value {
            Value::Null => true,
            Value::Text(text) => NOT_CONFIGURED.contains(&text.as_ref()),
            _ => false,
        };
    let nothing = nothing || unset;
    write(&setting.value, rules, out);
    !nothing
}

fn write(value: &Value, rules: Rules, out: &mut Vec<u8>) {
    let form = rules.on(Rule::Form);
    match value {
        Value::Group => out.push(b'g'),
        Value::Null => out.push(b'0'),
        Value::Secret => out.push(b's'),
        Value::Choice(item) => tagged(b'c', item.as_bytes(), out),
        Value::Text(text) => {
            let text = match rules.on(Rule::LineEnds) {
                true => text.trim_end(),
                false => text,
            };
            out.push(b't');
            if rules.on(Rule::LineEnds) && text.contains('\r') {
                lines(text, out);
            } else {
                out.extend_from_slice(text.as_bytes());
            }
        }
        Value::Int(number) => tagged(
            if form { b't' } else { b'i' },
            number.to_string().as_bytes(),
            out,
        ),
        Value::Number(number) => {
            tagged(if form { b't' } else { b'f' }, number.as_bytes(), out);
        }
        Value::Bool(on) => {
            let text: &[u8] = if *on { b"true" } else { b"false" };
            tagged(if form { b't' } else { b'b' }, text, out);
        }
        Value::List(list) => match list.as_slice() {
            [one] if form => write(one, rules, out),
            list => {
                let mut parts: Vec<Vec<u8>> = list
                    .iter()
                    .map(|item| {
                        let mut part = Vec::new();
                        write(item, rules, &mut part);
                        part
                    })
                    .collect();
                if rules.on(Rule::Order) {
                    parts.arrange();
                }
                out.push(b'l');
                for part in parts {
                    out.extend_from_slice(&(part.len() as u32).to_le_bytes());
                    out.extend_from_slice(&part);
                }
            }
        },
    }
}

fn tagged(tag: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend_from_slice(bytes);
}

/// Writes a text with `\n` at the end of each line and nothing before it.
fn lines(text: &str, out: &mut Vec<u8>) {
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push(b'\n');
        }
        out.extend_from_slice(line.strip_suffix('\r').unwrap_or(line).as_bytes());
    }
}

/// True when a value is, or holds, a secret.
pub(super) fn is_secret(value: &Value) -> bool {
    match value {
        Value::Secret => true,
        Value::List(list) => list.iter().any(is_secret),
        _ => false,
    }
}

/// True when a value is a secret, or a text from which one was taken out.
pub(super) fn hides(value: &Value) -> bool {
    is_secret(value) || is_partly_secret(value)
}

/// True for a text, or a list with one, from which a secret was taken out: where the rest is the same, nobody knows
/// whether the whole is.
pub(super) fn is_partly_secret(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.len() > HIDDEN.len() && text.contains(HIDDEN),
        Value::List(list) => list.iter().any(is_partly_secret),
        _ => false,
    }
}

/// True for a member of an authentication strength that a policy embeds, but for its id.
pub(super) fn embedded(setting: &Setting) -> bool {
    setting.carrier == Carrier::Property
        && setting
            .id
            .split_once("/authenticationStrength/")
            .is_some_and(|(_, member)| member != "id")
}

/// The rule by which a value is as good as absent.
pub(super) fn void_rule(setting: &Setting) -> Rule {
    match &setting.value {
        Value::Bool(false) => Rule::Default,
        Value::Text(text) if !text.is_empty() => Rule::Default,
        Value::Null if setting.carrier == Carrier::Intent => Rule::Default,
        _ => Rule::Empty,
    }
}
