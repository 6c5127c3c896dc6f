//! Where two texts differ: what stands between the words that they begin and end with.

/// The middle of each, as byte ranges on word borders. Empty where one only adds to the other.
pub fn apart(a: &str, b: &str) -> [(usize, usize); 2] {
    let same = |(x, y): &(char, char)| x == y;
    let head: Vec<char> = a
        .chars()
        .zip(b.chars())
        .take_while(same)
        .map(|(x, _)| x)
        .collect();
    let mut start = head.iter().map(|c| c.len_utf8()).sum::<usize>();
    // Back to where the word began, in both.
    if inside(a, start) || inside(b, start) {
        let word = head.iter().rev().take_while(|c| c.is_alphanumeric());
        start -= word.map(|c| c.len_utf8()).sum::<usize>();
    }
    let (rest_a, rest_b) = (&a[start..], &b[start..]);
    let both = rest_a.chars().rev().zip(rest_b.chars().rev());
    let tail: Vec<char> = both.take_while(same).map(|(x, _)| x).collect();
    let mut end = tail.iter().map(|c| c.len_utf8()).sum::<usize>();
    if inside(a, a.len() - end) || inside(b, b.len() - end) {
        let word = tail.iter().rev().take_while(|c| c.is_alphanumeric());
        end -= word.map(|c| c.len_utf8()).sum::<usize>();
    }
    [(start, a.len() - end), (start, b.len() - end)]
}

/// True when a word goes across this place.
fn inside(text: &str, at: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    letter(text[..at].chars().next_back()) && letter(text[at..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_marked_and_nothing_else() {
        for (a, b, left, right) in [
            ("60 days", "30 days", "60", "30"),
            ("XTS-AES 256-bit", "XTS-AES 128-bit", "256", "128"),
            ("Audit mode. On.", "Block mode. On.", "Audit", "Block"),
            ("10.0.26100.0", "10.0.22631.5768", "26100.0", "22631.5768"),
            ("High", "High Plus", "", " Plus"),
            ("Straße 1", "Strafe 1", "Straße", "Strafe"),
            ("äöü", "äöx", "äöü", "äöx"),
            ("12", "8", "12", "8"),
            ("same", "same", "", ""),
            ("aa", "aaa", "aa", "aaa"),
            ("", "x", "", "x"),
            ("a b", "a b b", "", " b"),
        ] {
            let [l, r] = apart(a, b);
            assert_eq!((&a[l.0..l.1], &b[r.0..r.1]), (left, right), "{a} {b}");
        }
    }
}
