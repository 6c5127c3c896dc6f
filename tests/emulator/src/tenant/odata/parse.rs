//! Reads the text of a `$filter`.

use serde_json::Value;

use super::filter::{Filter, Op, Operand, TextOp};

/// The expression; the error is the service's sentence.
pub(super) fn filter(text: &str) -> Result<Filter, String> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        variable: None,
    };
    let filter = parser.or()?;
    match parser.peek() {
        None => Ok(filter),
        Some(token) => Err(format!("Syntax error at '{}' in $filter.", token.words())),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    Comma,
    Text(String),
    Word(String),
}

impl Token {
    fn words(&self) -> String {
        match self {
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Comma => ",".to_owned(),
            Self::Text(t) | Self::Word(t) => t.clone(),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '(' => out.push(Token::Open),
            ')' => out.push(Token::Close),
            ',' => out.push(Token::Comma),
            '\'' => {
                let mut text = String::new();
                loop {
                    match chars.next() {
                        Some('\'') if chars.peek() == Some(&'\'') => {
                            chars.next();
                            text.push('\'');
                        }
                        Some('\'') => break,
                        Some(c) => text.push(c),
                        None => return Err("There is an unterminated literal in $filter.".into()),
                    }
                }
                out.push(Token::Text(text));
            }
            c if c.is_whitespace() => {}
            c => {
                let mut word = String::from(c);
                while let Some(c) =
                    chars.next_if(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | ',' | '\''))
                {
                    word.push(c);
                }
                out.push(Token::Word(word));
            }
        }
    }
    Ok(out)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    variable: Option<String>,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn expect(&mut self, token: &Token) -> Result<(), String> {
        match self.next() {
            Some(t) if t == *token => Ok(()),
            other => Err(format!(
                "Syntax error: '{}' expected, '{}' found in $filter.",
                token.words(),
                other.map_or_else(|| "the end".to_owned(), |t| t.words())
            )),
        }
    }

    fn word(&mut self, want: &str) -> bool {
        let yes = matches!(self.peek(), Some(Token::Word(w)) if w.eq_ignore_ascii_case(want));
        if yes {
            self.at += 1;
        }
        yes
    }

    fn or(&mut self) -> Result<Filter, String> {
        let mut left = self.and()?;
        while self.word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Filter, String> {
        let mut left = self.unary()?;
        while self.word("and") {
            left = Filter::And(Box::new(left), Box::new(self.unary()?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Filter, String> {
        if self.word("not") {
            return Ok(Filter::Not(Box::new(self.unary()?)));
        }
        if self.peek() == Some(&Token::Open) {
            self.at += 1;
            let inner = self.or()?;
            self.expect(&Token::Close)?;
            return Ok(inner);
        }
        let Some(Token::Word(name)) = self.next() else {
            return Err("Syntax error: an expression is expected in $filter.".into());
        };
        if self.peek() == Some(&Token::Open) {
            let function = self.function(&name)?;
            return match self.operator() {
                Some(op) => Ok(Filter::Compare(
                    Operand::Truth(Box::new(function)),
                    op,
                    self.literal()?,
                )),
                None => Ok(function),
            };
        }
        let path = Operand::Path(self.path(&name));
        if self.word("in") {
            self.expect(&Token::Open)?;
            let mut values = vec![self.literal()?];
            while self.peek() == Some(&Token::Comma) {
                self.at += 1;
                values.push(self.literal()?);
            }
            self.expect(&Token::Close)?;
            return Ok(Filter::In(path, values));
        }
        match self.operator() {
            Some(op) => Ok(Filter::Compare(path, op, self.literal()?)),
            None => Err(format!(
                "Syntax error at '{name}' in $filter: an operator is expected."
            )),
        }
    }

    fn operator(&mut self) -> Option<Op> {
        let op = match self.peek()? {
            Token::Word(w) => match w.to_ascii_lowercase().as_str() {
                "eq" => Op::Eq,
                "ne" => Op::Ne,
                "gt" => Op::Gt,
                "ge" => Op::Ge,
                "lt" => Op::Lt,
                "le" => Op::Le,
                _ => return None,
            },
            _ => return None,
        };
        self.at += 1;
        Some(op)
    }

    fn function(&mut self, name: &str) -> Result<Filter, String> {
        self.expect(&Token::Open)?;
        let lower = name.to_ascii_lowercase();
        let filter = if lower == "isof" {
            match self.next() {
                Some(Token::Text(t) | Token::Word(t)) => Filter::IsOf(t),
                _ => return Err("isof needs a type.".into()),
            }
        } else if let Some(path) = lower.strip_suffix("/any").map(|p| &name[..p.len()]) {
            self.any(path)?
        } else {
            let op = match lower.as_str() {
                "startswith" => TextOp::StartsWith,
                "endswith" => TextOp::EndsWith,
                "contains" => TextOp::Contains,
                _ => return Err(format!("An unknown function with name '{name}' was found.")),
            };
            let Some(Token::Word(path)) = self.next() else {
                return Err(format!("{name} needs a property."));
            };
            let path = Operand::Path(self.path(&path));
            self.expect(&Token::Comma)?;
            match self.literal()? {
                Value::String(text) => Filter::Text(op, path, text.to_lowercase()),
                _ => return Err(format!("{name} needs a text.")),
            }
        };
        self.expect(&Token::Close)?;
        Ok(filter)
    }

    fn any(&mut self, path: &str) -> Result<Filter, String> {
        let path = self.path(path);
        if self.peek() == Some(&Token::Close) {
            return Ok(Filter::Any(path, None));
        }
        let Some(Token::Word(head)) = self.next() else {
            return Err("any needs a variable.".into());
        };
        let (variable, rest) = head.split_once(':').ok_or("any needs 'x:'.")?;
        if !rest.is_empty() {
            self.at -= 1;
            self.tokens[self.at] = Token::Word(rest.to_owned());
        }
        let outer = self.variable.replace(variable.to_owned());
        let inner = self.or()?;
        self.variable = outer;
        Ok(Filter::Any(path, Some(Box::new(inner))))
    }

    fn path(&self, name: &str) -> Vec<String> {
        name.split('/')
            .filter(|part| {
                !part.starts_with("microsoft.graph.") && self.variable.as_deref() != Some(part)
            })
            .map(str::to_owned)
            .collect()
    }

    fn literal(&mut self) -> Result<Value, String> {
        match self.next() {
            Some(Token::Text(text)) => Ok(Value::String(text)),
            Some(Token::Word(word)) => Ok(match word.as_str() {
                "null" => Value::Null,
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                number => serde_json::from_str(number)
                    .ok()
                    .filter(Value::is_number)
                    .unwrap_or(Value::String(word)),
            }),
            _ => Err("Syntax error: a value is expected in $filter.".into()),
        }
    }
}
