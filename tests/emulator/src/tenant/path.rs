//! A request's path, cut into segments.

/// One segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// `deviceManagement`, `{id}`: a name or a key, by position.
    Plain(String),
    /// The key of `name('key')`.
    Key(String),
    /// `name(a='b')`: the name and its arguments' values.
    Call(String, Vec<String>),
    /// `microsoft.graph.win32LobApp` or `graph.win32LobApp`: the type without its prefix.
    Cast(String),
}

impl Segment {
    /// The text of a name or key.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Plain(t) | Self::Key(t) | Self::Call(t, _) | Self::Cast(t) => t,
        }
    }
}

/// Cuts a decoded path. `a('k')` is two segments.
pub(super) fn segments(path: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    let (mut start, mut quoted, mut depth) = (0, false, 0_i32);
    let path = path.trim_matches('/');
    for (at, c) in path.char_indices() {
        match c {
            '\'' if depth > 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            '/' if depth == 0 => {
                segment(&path[start..at], &mut out);
                start = at + 1;
            }
            _ => {}
        }
    }
    segment(&path[start..], &mut out);
    out
}

fn segment(text: &str, out: &mut Vec<Segment>) {
    if text.is_empty() {
        return;
    }
    for prefix in ["microsoft.graph.", "graph."] {
        if let Some(cast) = text.strip_prefix(prefix).filter(|t| !t.contains('(')) {
            out.push(Segment::Cast(cast.to_owned()));
            return;
        }
    }
    let Some((name, inner)) = text.strip_suffix(')').and_then(|t| t.split_once('(')) else {
        out.push(Segment::Plain(text.to_owned()));
        return;
    };
    let name = name.trim_start_matches("microsoft.graph.").to_owned();
    let unquote = |text: &str| text.trim().trim_matches('\'').replace("''", "'");
    if inner.is_empty() {
        out.push(Segment::Call(name, Vec::new()));
    } else if inner.starts_with('\'') {
        out.push(Segment::Plain(name));
        out.push(Segment::Key(unquote(inner)));
    } else {
        let arguments = inner
            .split(',')
            .map(|a| unquote(a.split_once('=').map_or(a, |(_, v)| v)));
        out.push(Segment::Call(name, arguments.collect()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_key_styles_and_functions_are_cut() {
        let plain = |t: &str| Segment::Plain(t.to_owned());
        for (path, expect) in [
            ("/a/b/c", vec![plain("a"), plain("b"), plain("c")]),
            (
                "/a/b('c/d')/e",
                vec![
                    plain("a"),
                    plain("b"),
                    Segment::Key("c/d".into()),
                    plain("e"),
                ],
            ),
            (
                "/a/microsoft.graph.x/y",
                vec![plain("a"), Segment::Cast("x".into()), plain("y")],
            ),
            (
                "/a/f(p='1')",
                vec![plain("a"), Segment::Call("f".into(), vec!["1".into()])],
            ),
            (
                "/a/delta()",
                vec![plain("a"), Segment::Call("delta".into(), vec![])],
            ),
            (
                "/groups/x/$count",
                vec![plain("groups"), plain("x"), plain("$count")],
            ),
        ] {
            assert_eq!(segments(path), expect, "{path}");
        }
    }
}
