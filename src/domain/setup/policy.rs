//! A content security policy in two places: in the page, and in a header of its host.

/// Directives that no browser takes from a page: "Content Security Policy Level 3", section 3.3,
/// <https://www.w3.org/TR/CSP3/#meta-element>.
const HEADER_ONLY: [&str; 3] = ["frame-ancestors", "report-uri", "sandbox"];

/// True when both say the same, whatever their order, but for what only a header can say.
pub fn is_same(header: &str, page: &str) -> bool {
    let all_in = |some: &str, other: &str| rules(some).all(|rule| rules(other).any(|r| r == rule));
    all_in(header, page) && all_in(page, header)
}

/// Each directive as its words.
fn rules(policy: &str) -> impl Iterator<Item = Vec<&str>> {
    let rules = policy
        .split(';')
        .map(|rule| rule.split_whitespace().collect());
    rules.filter(|words: &Vec<&str>| {
        let name = words.first().copied().unwrap_or_default();
        !name.is_empty() && !HEADER_ONLY.iter().any(|h| name.eq_ignore_ascii_case(h))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_spaces_and_what_only_a_header_says_make_no_difference() {
        let page = "default-src 'none'; connect-src 'self' https://graph.microsoft.com";
        for same in [
            page,
            "connect-src  'self' https://graph.microsoft.com;default-src 'none';",
            "default-src 'none'; connect-src 'self' https://graph.microsoft.com; frame-ancestors 'none'",
        ] {
            assert!(is_same(same, page), "{same}");
        }
        for other in [
            "",
            "default-src 'none'",
            "default-src 'none'; connect-src 'self' https://graph.microsoft.us",
            "default-src 'none'; connect-src *; connect-src 'self' https://graph.microsoft.com",
            "default-src 'self'; connect-src 'self' https://graph.microsoft.com",
        ] {
            assert!(!is_same(other, page), "{other}");
        }
    }
}
