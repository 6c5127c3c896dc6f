//! What is wrong with a JSON text.

use std::fmt;

/// What is wrong with a JSON text, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    /// Counted from 1.
    pub line: usize,
    /// The byte at which it went wrong, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub flaw: Flaw,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, flaw } = self;
        write!(f, "{} at line {line} column {column}", flaw.words())
    }
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It ends too early.
    Cut,
    /// Too many arrays and objects inside of one another.
    Deep,
    /// No value where one belongs.
    Value,
    /// A number that is none.
    Number,
    /// No property name where one belongs.
    Name,
    /// No colon after a property name.
    Colon,
    /// Neither a comma nor the end of the array or object.
    Comma,
    /// A comma before the end of an array or object.
    Trailing,
    /// A control character inside of a string.
    Control,
    /// A backslash with something that has no meaning.
    Escape,
    /// Half of a pair of UTF-16 units.
    Surrogate,
    /// Something after the value.
    After,
    /// The value is of another kind than the format has there.
    Kind,
}

impl Flaw {
    /// In words, without a full stop.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Cut => "it ends too early",
            Self::Deep => "it is nested too deeply",
            Self::Value => "a value was expected",
            Self::Number => "a number was expected",
            Self::Name => "a property name was expected",
            Self::Colon => "a colon was expected",
            Self::Comma => "a comma or the end was expected",
            Self::Trailing => "trailing comma",
            Self::Control => "control character in a string",
            Self::Escape => "unknown escape in a string",
            Self::Surrogate => "half a character in a string",
            Self::After => "something follows the end",
            Self::Kind => "a value of another kind was expected",
        }
    }
}
