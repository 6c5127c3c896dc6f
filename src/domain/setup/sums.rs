//! `SHA256SUMS`: what the build says of its files.

/// A line: name of a file below the site's folder, and its SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// `demo/demo.json`
    pub name: String,
    /// 64 small hexadecimal digits.
    pub hash: String,
}

/// Reads the lines that `sha256sum --check` would. Names that lead out of the folder are left out.
pub fn read(text: &str) -> Vec<Sum> {
    text.lines()
        .filter_map(|line| {
            let (hash, name) = line.split_once("  ")?;
            let hex = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
            let inside = !name.is_empty()
                && !name.starts_with('/')
                && !name.contains([':', '\\', '?', '#'])
                && !name.split('/').any(|part| part == "..");
            (hex && inside).then(|| Sum {
                name: name.to_owned(),
                hash: hash.to_ascii_lowercase(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_site_are_named() {
        let hash = "A".repeat(64);
        let text = format!(
            "{hash}  index.html\n{hash}  demo/demo.json\n{hash}  ../secret\n{hash}  /etc/passwd\n{hash}  https://x/y\nshort  a\n{hash} one-space\n{}  b\n\n",
            "g".repeat(64)
        );
        let names: Vec<_> = read(&text).into_iter().map(|sum| sum.name).collect();
        assert_eq!(names, ["index.html", "demo/demo.json"]);
        assert_eq!(read(&text)[0].hash, "a".repeat(64));
    }
}
