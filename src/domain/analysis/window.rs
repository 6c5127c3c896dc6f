//! The part of a list that a screen asked for.

/// Where in a list a screen is, and what it looks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window<'q> {
    /// Words that must all occur, in any case.
    pub text: &'q str,
    /// The first row wanted.
    pub from: u32,
    /// The most rows wanted.
    pub count: u32,
}

/// What a window shows.
#[derive(Debug)]
pub(super) struct Cut<'l, T> {
    /// Rows that match, in the whole list.
    pub matching: u32,
    /// The first row shown: never behind the end.
    pub from: u32,
    /// The rows shown.
    pub rows: Vec<&'l T>,
}

impl Window<'_> {
    /// Cuts the window out of `list`. `shown` is given a row, and judges a text (in lower case) by the window's words.
    pub fn cut<'l, T>(
        self,
        list: &'l [T],
        shown: impl Fn(&T, &dyn Fn(&str) -> bool) -> bool,
    ) -> Cut<'l, T> {
        let words: Vec<String> = self
            .text
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let has_words = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
        let matching: Vec<&T> = list.iter().filter(|row| shown(row, &has_words)).collect();
        let from = (self.from as usize).min(matching.len());
        Cut {
            matching: matching.len() as u32,
            from: from as u32,
            rows: matching
                .iter()
                .skip(from)
                .take(self.count as usize)
                .copied()
                .collect(),
        }
    }
}
