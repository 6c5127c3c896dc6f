//! Secrets that stand inside a text: a script, a command line, a connection string.
//!
//! Found by how people write them down (`-Password 'x'`, `TOKEN=x`, `"clientSecret": "x"`, `<password>x</password>`,
//! `ConvertTo-SecureString "x"`, `Bearer x`, `https://user:x@host`, a private key, the token forms of known services).
//! What a script computes, or calls by a name that says nothing, is not found.

use super::names::HIDDEN;
use super::secrets::ends;

/// Ends of names after which a written value is a secret.
const WORDS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "api_key",
    "accesskey",
    "accountkey",
    "sharedkey",
    "privatekey",
    "psk",
    "securestring",
    "sig",
];

/// How tokens of known services begin.
const STARTS: &[&str] = &[
    "eyJ",
    "ghp_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "AKIA",
];

/// Characters of the shortest token of [`STARTS`].
const TOKEN: usize = 20;
/// Characters below which an unquoted value is no password.
const SHORT: usize = 3;

/// Bytes within which a key's header ends and a flag's name begins. What a word makes look for and does not find costs
/// no more: a hostile text has a million of them.
const NEAR: usize = 64;

/// What a value begins with that only stands for a secret: a variable, a placeholder, a call.
const STANDS_FOR: &[u8] = b"$%{<[(@-";

/// Values that a name such as `password` may have without being one.
const PLAIN: &[&str] = &["true", "false", "null", "none", "yes", "no"];

/// The text without its secrets, and how many there were. `None` where none was found.
pub(super) fn hide(text: &str) -> Option<(String, u32)> {
    let mut out = String::new();
    let (mut done, mut at, mut hidden) = (0, 0, 0);
    while let Some((start, end)) = word(text, at) {
        at = end;
        let Some((from, to)) = after(text, start, end) else {
            continue;
        };
        // A text that has been here before says so itself.
        if text[from..].starts_with(HIDDEN) || from < done {
            continue;
        }
        out.push_str(&text[done..from]);
        out.push_str(HIDDEN);
        (done, at) = (to, to.max(end));
        hidden += 1;
    }
    (hidden > 0).then(|| (out + &text[done..], hidden))
}

/// True for a text in which a secret may stand: the quick question.
pub(super) fn may(text: &str) -> bool {
    text.bytes().any(|b| matches!(b, b'=' | b' ' | b':')) && hide(text).is_some()
}

/// The next run of letters, digits and underscores.
fn word(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let start = at + bytes.get(at..)?.iter().position(|b| is_name(*b))?;
    Some((start, run(bytes, start, is_name)))
}

/// Where the secret stands that a word announces, or is.
fn after(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let (word, rest) = (&text[start..end], &text[start..]);
    let begins = |known: &&str| known.as_bytes()[0] == bytes[start] && rest.starts_with(known);
    if STARTS.iter().any(begins) {
        let to = run(bytes, start, |b| is_name(b) || b"-.=/+".contains(&b));
        return (to - start >= TOKEN).then_some((start, to));
    }
    if word == "BEGIN" {
        const KEY: &[u8] = b"PRIVATE KEY-----";
        let line = &bytes[start..bytes.len().min(start + NEAR)];
        let at = line.windows(KEY.len()).position(|part| part == KEY)?;
        let from = run(bytes, start + at + KEY.len(), |b| b == b'\r' || b == b'\n');
        let to = text[from..]
            .find("-----END")
            .map_or(text.len(), |n| from + n);
        return Some((from, to));
    }
    if matches!(word, "Bearer" | "Basic") {
        let to = run(bytes, end + 1, |b| is_name(b) || b"-.=/+~".contains(&b));
        return (bytes.get(end) == Some(&b' ') && to > end + TOKEN).then_some((end + 1, to));
    }
    if rest[word.len()..].starts_with("://") {
        let from = end + 3;
        let host = run(bytes, from, |b| {
            !b.is_ascii_whitespace() && !b"/\"'<>@".contains(&b)
        });
        let colon = from + text[from..host].find(':')?;
        let named = bytes.get(host) == Some(&b'@') && host - colon > SHORT;
        return (named && bytes[colon + 1] != b'$').then_some((colon + 1, host));
    }
    ends(WORDS, word).then(|| value(text, start, end))?
}

/// The value that is written after a name.
fn value(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let secured = ends(&["securestring"], &text[start..end]);
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b'\n');
    let before = |at: usize| at.checked_sub(1).map_or(b' ', byte);
    if text[start..end].eq_ignore_ascii_case("sig") && !b"?&".contains(&before(start)) {
        return None;
    }
    let spaces = |at: usize| run(bytes, at, |b| b == b' ' || b == b'\t');
    // The quote that closes a name, as JSON has it; with a backslash where JSON stands in a text.
    let mut at = run(bytes, end, |b| b"\\\"'".contains(&b));
    let closed = at > end;
    at = spaces(at);
    let mut loose = at > end;
    let flag = {
        let near = start.saturating_sub(NEAR);
        let name = (near..start)
            .rev()
            .find(|n| !is_name(byte(*n)) && byte(*n) != b'-');
        let first = name.map_or(near, |n| n + 1);
        byte(first) == b'-' || before(first) == b'/' && before(first - 1) == b' '
    };
    let element = byte(at) == b'>' && b"<:".contains(&before(start));
    match byte(at) {
        b'=' if byte(at + 1) != b'=' && byte(at + 1) != b'~' => at += 1,
        b':' if byte(at + 1) != b':' => at += 1,
        b'>' if element => at += 1,
        _ if loose && !closed && (flag || secured) => loose = false,
        _ => return None,
    }
    let from = spaces(at);
    let from = match secured && text[from..].starts_with("-String ") {
        true => spaces(from + "-String ".len()),
        false => from,
    };
    loose |= from > at;
    let from = from + usize::from(byte(from) == b'\\' && b"\"'".contains(&byte(from + 1)));
    let quote = byte(from);
    let quoted = b"\"'".contains(&quote);
    if STANDS_FOR.contains(&byte(from + usize::from(quoted))) {
        return None;
    }
    let (from, to) = if element {
        (from, run(bytes, from, |b| !b"<(\n".contains(&b)))
    } else if quoted {
        let to = run(bytes, from + 1, |b| b != quote && b != b'\n');
        (
            from + 1,
            to - usize::from(to > from + 1 && byte(to - 1) == b'\\'),
        )
    } else if loose || before(start) == b'$' || secured {
        return None;
    } else {
        (
            from,
            run(bytes, from, |b| {
                !b.is_ascii_whitespace() && !b";,&\"'<>|()".contains(&b)
            }),
        )
    };
    let value = text.get(from..to)?;
    let plain = PLAIN.iter().any(|plain| value.eq_ignore_ascii_case(plain));
    let call = byte(to) == b'(' || value.contains('(');
    (value.len() >= SHORT && !plain && !call).then_some((from, to))
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Where a run of such bytes ends.
fn run(bytes: &[u8], at: usize, good: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|b| !good(*b)).unwrap_or(rest.len())
}
