//! `$filter`: parsed into a tree and evaluated on JSON.
//!
//! Served: `eq ne gt ge lt le in and or not`, `startswith endswith contains isof`, `any` with one variable,
//! property paths with casts. Strings compare without case, as Graph's do.

use std::cmp::Ordering;

use serde_json::Value;

/// A filter expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Filter {
    /// Both.
    And(Box<Filter>, Box<Filter>),
    /// Either.
    Or(Box<Filter>, Box<Filter>),
    /// Not.
    Not(Box<Filter>),
    /// `path op value`
    Compare(Operand, Op, Value),
    /// `path in (…)`
    In(Operand, Vec<Value>),
    /// `startswith(path, 'x')` and its kin.
    Text(TextOp, Operand, String),
    /// `isof('microsoft.graph.x')`
    IsOf(String),
    /// `path/any(x: …)`; without an expression: not empty.
    Any(Vec<String>, Option<Box<Filter>>),
}

/// A property path, or `isof(…) eq true` and the like.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    /// `templateReference/templateFamily`; casts are left out.
    Path(Vec<String>),
    /// A function with a boolean result.
    Truth(Box<Filter>),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Op {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

/// A function on text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum TextOp {
    StartsWith,
    EndsWith,
    Contains,
}

impl Filter {
    /// Reads an expression; the error is the service's sentence.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        super::parse::filter(text)
    }

    /// True when the object passes.
    pub(crate) fn accepts(&self, object: &Value) -> bool {
        match self {
            Self::And(a, b) => a.accepts(object) && b.accepts(object),
            Self::Or(a, b) => a.accepts(object) || b.accepts(object),
            Self::Not(a) => !a.accepts(object),
            Self::Compare(Operand::Truth(f), op, value) => {
                compare(&Value::Bool(f.accepts(object)), *op, value)
            }
            Self::Compare(Operand::Path(path), op, value) => compare(at(object, path), *op, value),
            Self::In(operand, values) => values
                .iter()
                .any(|v| Self::Compare(operand.clone(), Op::Eq, v.clone()).accepts(object)),
            Self::Text(op, Operand::Path(path), text) => {
                let have = at(object, path).as_str().unwrap_or_default().to_lowercase();
                match op {
                    TextOp::StartsWith => have.starts_with(text),
                    TextOp::EndsWith => have.ends_with(text),
                    TextOp::Contains => have.contains(text),
                }
            }
            Self::Text(..) => false,
            Self::IsOf(name) => at(object, &["@odata.type".to_owned()])
                .as_str()
                .is_some_and(|t| t.trim_start_matches('#').eq_ignore_ascii_case(name)),
            Self::Any(path, inner) => {
                at(object, path)
                    .as_array()
                    .is_some_and(|items| match inner {
                        Some(f) => items.iter().any(|item| f.accepts(item)),
                        None => !items.is_empty(),
                    })
            }
        }
    }

    /// Every property path in it, and whether it uses what the directory calls advanced
    /// (`ne`, `not`, `endswith`).
    pub(crate) fn visit(&self, path: &mut dyn FnMut(&[String])) -> bool {
        match self {
            Self::And(a, b) | Self::Or(a, b) => {
                let first = a.visit(path);
                b.visit(path) || first
            }
            Self::Not(a) => {
                a.visit(path);
                true
            }
            Self::Compare(Operand::Path(p), op, _) => {
                path(p);
                *op == Op::Ne
            }
            Self::Compare(Operand::Truth(f), ..) => f.visit(path),
            Self::In(Operand::Path(p), _) => {
                path(p);
                false
            }
            Self::Text(op, Operand::Path(p), _) => {
                path(p);
                *op != TextOp::StartsWith
            }
            Self::Any(p, _) => {
                path(p);
                false
            }
            Self::In(..) | Self::Text(..) | Self::IsOf(_) => false,
        }
    }
}

/// The value at a path; navigation properties (`+name`) count. An empty path is the value itself.
pub(crate) fn at<'a>(value: &'a Value, path: &[String]) -> &'a Value {
    path.iter().fold(value, |value, name| {
        value
            .get(name)
            .or_else(|| {
                let marked = |mark| value.get(format!("{mark}{name}"));
                ['?', '+', '-', '~'].into_iter().find_map(marked)
            })
            .unwrap_or(&Value::Null)
    })
}

fn compare(have: &Value, op: Op, want: &Value) -> bool {
    match (have, want) {
        (Value::Null, Value::Null) => matches!(op, Op::Eq | Op::Ge | Op::Le),
        (Value::Null, _) | (_, Value::Null) => op == Op::Ne,
        _ => match order(have, want) {
            Some(order) => match op {
                Op::Eq => order.is_eq(),
                Op::Ne => order.is_ne(),
                Op::Gt => order.is_gt(),
                Op::Ge => order.is_ge(),
                Op::Lt => order.is_lt(),
                Op::Le => order.is_le(),
            },
            None => op == Op::Ne,
        },
    }
}

/// How two values of the same kind stand to each other.
pub(crate) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64()?.partial_cmp(&b.as_f64()?),
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Some(a.to_lowercase().cmp(&b.to_lowercase())),
        _ => None,
    }
}
