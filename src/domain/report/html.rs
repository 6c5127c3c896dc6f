//! One self-contained HTML file: no script, no request, prints well, dark and light.
//!
//! The policy in its head allows this one style sheet by its hash, a logo as data, and nothing else, so that
//! even a mistake in escaping could not act.

use std::fmt::Write as _;

use super::layout::{Folded, fold};
use super::model::{Cell, Chapter, Front, Grid, Row, Section, Table};
use super::{Writer, brand, class, picture, state_words, text};
use crate::protocol::State;

const STYLE: &str = include_str!("report.css");

#[derive(Debug, Default)]
pub(super) struct Html {
    out: String,
    grids: Vec<Grid>,
    contents: Vec<(u32, String, Option<State>)>,
    body: String,
    pictures: u32,
    sections: bool,
}

impl Writer for Html {
    fn front(&mut self, front: &Front) {
        self.grids.clone_from(&front.grids);
        self.contents.clone_from(&front.contents);
        self.body.clone_from(&front.body);
        let style = match brand::colour(&front.brand) {
            Some(colour) => format!("{STYLE}:root{{--accent:{colour};--brand:{colour}}}"),
            None => STYLE.to_owned(),
        };
        let logo = brand::logo(&front.brand);
        let images = if logo.is_some() {
            "; img-src data:"
        } else {
            ""
        };
        let out = &mut self.out;
        let _ = write!(
            out,
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'{images}\">\
             <meta name=\"referrer\" content=\"no-referrer\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
             <title>{}</title><style>{style}</style></head><body><header>",
            brand::hash(&style),
            text::html(&front.title)
        );
        if let Some((mime, data)) = logo {
            let _ = write!(
                out,
                "<img class=\"logo\" alt=\"\" src=\"data:{mime};base64,{data}\">"
            );
        }
        if !front.brand.organisation.is_empty() {
            let _ = write!(
                out,
                "<p class=\"org\">{}</p>",
                text::html(&front.brand.organisation)
            );
        }
        let _ = write!(out, "<h1>{}</h1>", text::html(&front.title));
        if !front.generated_at.is_empty() {
            let at = text::html(&front.generated_at);
            let _ = write!(
                out,
                "<p class=\"soft\">Written <time datetime=\"{at}\">{at}</time></p>"
            );
        }
        out.push_str("</header><main>");
    }

    fn chapter(&mut self, chapter: &Chapter) {
        let out = &mut self.out;
        let key = text::html(&chapter.key);
        let _ = write!(
            out,
            "<section id=\"{key}\"><h2>{}</h2>",
            text::html(&chapter.title)
        );
        for paragraph in &chapter.text {
            let _ = write!(out, "<p class=\"lead\">{}</p>", text::html(paragraph));
        }
        if !chapter.points.is_empty() {
            out.push_str("<ul>");
            for point in &chapter.points {
                let _ = write!(out, "<li>{}</li>", text::html(point));
            }
            out.push_str("</ul>");
        }
        if let Some(drawn) = &chapter.picture {
            self.pictures += 1;
            picture::svg(out, drawn, self.pictures);
        }
        for Table { grid, rows } in &chapter.tables {
            if !grid.title.is_empty() {
                let _ = write!(out, "<h3>{}</h3>", text::html(&grid.title));
            }
            table(out, grid, rows);
        }
        out.push_str("</section>");
    }

    fn section(&mut self, section: &Section) {
        if !self.sections {
            self.sections = true;
            self.contents();
        }
        let out = &mut self.out;
        let _ = write!(
            out,
            "<section class=\"one\" id=\"p{}\"><h2>{}</h2><p>",
            section.number,
            text::html(&section.title)
        );
        if let Some(state) = section.state {
            mark(out, state);
        }
        if !section.note.is_empty() {
            let _ = write!(
                out,
                " <span class=\"soft\">{}</span>",
                text::html(&section.note)
            );
        }
        out.push_str("</p>");
        for (grid, rows) in self.grids.iter().zip(&section.parts) {
            if grid.facts {
                facts(out, grid, rows);
            } else {
                table(out, grid, rows);
            }
        }
        out.push_str("</section>\n");
    }

    fn window(&mut self) -> Vec<u8> {
        super::cut(&mut self.out)
    }

    fn finish(mut self: Box<Self>) -> Vec<u8> {
        self.out.push_str("</main><footer><p>Written by Plumbline in the reader's own browser. No setting was sent anywhere.</p></footer></body></html>\n");
        self.out.into_bytes()
    }
}

impl Html {
    fn contents(&mut self) {
        let out = &mut self.out;
        if self.contents.len() > 1 {
            let body = text::html(&self.body);
            let _ = write!(
                out,
                "<nav aria-label=\"{body}\"><h2>{body}</h2><ul class=\"toc\">"
            );
            for (number, title, state) in &self.contents {
                out.push_str("<li>");
                if let Some(state) = state {
                    let (word, sign) = state_words(*state);
                    let _ = write!(out, "<span title=\"{word}\">{sign}</span> ");
                }
                let _ = write!(out, "<a href=\"#p{number}\">{}</a></li>", text::html(title));
            }
            out.push_str("</ul></nav>");
        }
        self.contents = Vec::new();
    }
}

fn mark(out: &mut String, state: State) {
    let (word, sign) = state_words(state);
    let _ = write!(
        out,
        "<span class=\"st {}\">{sign} {word}</span>",
        class(state)
    );
}

fn facts(out: &mut String, grid: &Grid, rows: &[Row]) {
    for row in rows {
        out.push_str("<dl>");
        for (column, value) in grid.columns.iter().zip(&row.cells) {
            if *value != Cell::None {
                let _ = write!(out, "<div><dt>{}</dt><dd>", text::html(&column.title));
                cell(out, value);
                out.push_str("</dd></div>");
            }
        }
        out.push_str("</dl>");
    }
}

fn table(out: &mut String, grid: &Grid, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    let folded = fold(grid);
    let _ = write!(
        out,
        "<table class=\"g-{}\"><thead><tr>",
        text::html(&grid.key)
    );
    for part in &folded {
        let number = if part.number { " class=\"n\"" } else { "" };
        let _ = write!(
            out,
            "<th scope=\"col\"{number}>{}</th>",
            text::html(&grid.columns[part.own].title)
        );
    }
    out.push_str("</tr></thead><tbody>");
    for row in rows {
        out.push_str("<tr>");
        let across = if row.diff.is_empty() { 0 } else { 2 };
        let (plain, rest) = folded.split_at(folded.len().saturating_sub(across));
        for part in plain {
            one(out, grid, part, row);
        }
        if !rest.is_empty() {
            diff(out, &row.diff);
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
}

fn one(out: &mut String, grid: &Grid, part: &Folded, row: &Row) {
    let there = |at: usize| row.cells.get(at).filter(|cell| **cell != Cell::None);
    if part.number {
        out.push_str("<td class=\"n\">");
    } else {
        let _ = write!(
            out,
            "<td data-l=\"{}\">",
            text::html(&grid.columns[part.own].title)
        );
    }
    if let Some(before) = part.before.and_then(there) {
        out.push_str("<span class=\"path\">");
        cell(out, before);
        out.push_str(" › </span>");
    }
    match there(part.own) {
        Some(own) => cell(out, own),
        None => out.push_str("<span class=\"soft\">–</span>"),
    }
    for (below, code) in &part.below {
        if let Some(below) = there(*below) {
            out.push_str(if *code {
                "<br><code>"
            } else {
                "<br><span class=\"soft\">"
            });
            cell(out, below);
            out.push_str(if *code { "</code>" } else { "</span>" });
        }
    }
    out.push_str("</td>");
}

fn cell(out: &mut String, cell: &Cell) {
    match cell {
        Cell::None => {}
        Cell::Text(words) => text::html_into(out, words),
        Cell::Number(n) => out.push_str(&text::number(*n)),
        Cell::State(state) => mark(out, *state),
    }
}

fn diff(out: &mut String, lines: &[(char, String)]) {
    out.push_str("<td colspan=\"2\"><pre>");
    for (sign, words) in lines {
        let class = match sign {
            '-' => "d",
            '+' => "i",
            _ => "s",
        };
        let _ = write!(
            out,
            "<span class=\"{class}\">{sign} {}</span>",
            text::html(words)
        );
    }
    out.push_str("</pre></td>");
}
