//! The words after a command.

use std::str::FromStr;

use crate::fail::Failure;

/// Options of the form `--name value`. Each is taken once; what is left over at [`Args::end`] is an error.
pub struct Args(Vec<String>);

impl Args {
    pub fn new(words: impl Iterator<Item = String>) -> Self {
        Self(words.collect())
    }

    /// The first word that is no option.
    pub fn word(&mut self) -> Option<String> {
        let first = self.0.first()?;
        (!first.starts_with("--")).then(|| self.0.remove(0))
    }

    /// The text after `name`, if it was given.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let Some(at) = self.0.iter().position(|word| word == name) else {
            return Ok(None);
        };
        if at + 1 >= self.0.len() {
            return Err(Failure::Usage(format!("`{name}` needs a value.")));
        }
        self.0.remove(at);
        Ok(Some(self.0.remove(at)))
    }

    /// The number after `name`, if it was given.
    pub fn number<N: FromStr>(&mut self, name: &str) -> Result<Option<N>, Failure> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Failure::Usage(format!(
                "`{name}` needs a whole number; `{text}` is none that fits."
            ))),
        }
    }

    /// Nothing may be left.
    pub fn end(&self) -> Result<(), Failure> {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Failure::Usage(format!("`{word}` is not known here."))),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Args;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_taken_and_the_rest_is_refused() {
        let mut given = args("--port 9100 --faults storm");
        assert_eq!(given.number::<u16>("--port").unwrap(), Some(9100));
        assert!(given.end().is_err());
        assert_eq!(given.text("--faults").unwrap().as_deref(), Some("storm"));
        assert!(given.end().is_ok());
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert!(args("--port").number::<u16>("--port").is_err());
        assert!(args("--port 70000").number::<u16>("--port").is_err());
        assert!(args("--port x").number::<u16>("--port").is_err());
    }
}
