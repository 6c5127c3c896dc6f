//! Word: headings, a table of contents, tables.
//!
//! The library writes the frame: styles, cover, contents. Its tree of a whole report would be hundreds of times the
//! size of the text, so the body is written here, a part at a time.

use std::fmt::Write as _;

use docx_rs::{
    BreakType, Docx, PageOrientationType, Paragraph, Run, RunFonts, Style, StyleType,
    TableOfContents, TableOfContentsItem, XMLDocx,
};
use domain::report::layout::{Folded, fold};
use domain::report::model::{Cell, Chapter, Front, Grid, Part, Row, Section, Table};
use domain::report::{state_words, visible};

use crate::OfficeError;
use crate::packing::{self, Packed, Packing, archive, escaped};

/// Width of the text between the margins, in twentieths of a point: A4 across.
const WIDTH: usize = 13_900;
/// Of it, the names of facts.
const NAMES: usize = 2_600;
/// Stands where the body goes, in the last paragraph of the frame.
const MARK: &str = "\u{f8ff}body\u{f8ff}";
/// Lines of a table.
const BORDERS: &str = "<w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"8A9197\"/>\
    <w:left w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"8A9197\"/>\
    <w:bottom w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"8A9197\"/>\
    <w:right w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"8A9197\"/>\
    <w:insideH w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"8A9197\"/>\
    <w:insideV w:val=\"single\" w:sz=\"2\" w:space=\"0\" w:color=\"8A9197\"/></w:tblBorders>";

/// A document under way.
#[derive(Default)]
pub struct Text {
    front: Front,
    body: Packing,
    /// Level and words of each heading: the contents stand before the body, and are known after it.
    headings: Vec<(usize, String)>,
}

impl Text {
    /// Writes a part.
    pub fn part(&mut self, part: &Part) {
        match part {
            Part::Front(front) => self.front.clone_from(front),
            Part::Chapter(chapter) => self.chapter(chapter),
            Part::Section(section) => self.section(section),
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        let text = visible(text);
        self.headings.push((level, text));
        let id = self.headings.len();
        let words = &self.headings[id - 1].1;
        self.body.put(|out| {
            let _ = write!(
                out,
                "<w:p><w:pPr><w:pStyle w:val=\"Heading{level}\"/></w:pPr><w:bookmarkStart w:id=\"{id}\" w:name=\"heading{id}\"/>"
            );
            run(out, words);
            let _ = write!(out, "<w:bookmarkEnd w:id=\"{id}\"/></w:p>");
        });
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.heading(1, &chapter.title);
        let points = chapter.points.iter().map(|point| format!("• {point}"));
        for line in chapter.text.iter().cloned().chain(points) {
            self.body.put(|out| paragraph(out, "", &line));
        }
        for Table { grid, rows } in &chapter.tables {
            if !grid.title.is_empty() {
                self.body.put(|out| paragraph(out, "Heading3", &grid.title));
            }
            self.table(grid, rows);
        }
    }

    fn section(&mut self, section: &Section) {
        self.heading(2, &section.title);
        let state = section.state.map(|state| {
            let (word, sign) = state_words(state);
            format!("{sign} {word}  ")
        });
        let note = format!("{}{}", state.unwrap_or_default(), section.note);
        if !note.is_empty() {
            self.body.put(|out| paragraph(out, "", &note));
        }
        let grids = std::mem::take(&mut self.front.grids);
        for (grid, rows) in grids.iter().zip(&section.parts) {
            if grid.facts {
                for row in rows {
                    self.body.put(|out| facts(out, grid, row));
                }
            } else {
                self.table(grid, rows);
            }
        }
        self.front.grids = grids;
    }

    fn table(&mut self, grid: &Grid, rows: &[Row]) {
        if rows.is_empty() {
            return;
        }
        let folded = fold(grid);
        let weight = |part: &Folded| usize::from(grid.columns[part.own].width);
        let all = folded.iter().map(weight).sum::<usize>().max(1);
        let widths: Vec<usize> = folded
            .iter()
            .map(|part| WIDTH * weight(part) / all)
            .collect();
        self.body.put(|out| {
            begin(out, &widths);
            out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
            for (part, width) in folded.iter().zip(&widths) {
                cell(
                    out,
                    *width,
                    "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F1EFE9\"/>",
                );
                paragraph(out, "CellHead", &grid.columns[part.own].title);
                out.push_str("</w:tc>");
            }
            out.push_str("</w:tr>");
        });
        for row in rows {
            self.body.put(|out| line(out, &folded, &widths, row));
        }
        self.body.put(end);
    }

    /// The bytes of the document.
    pub fn finish(self) -> Result<Vec<u8>, OfficeError> {
        let broken = |why: &str| OfficeError::Word(why.to_owned());
        let XMLDocx {
            content_type,
            rels,
            doc_props,
            styles,
            document,
            comments,
            document_rels,
            settings,
            font_table,
            numberings,
            comments_extended,
            footnotes,
            ..
        } = self.frame();
        let frame = String::from_utf8(document).map_err(|_| broken("the frame is no text"))?;
        let (before, after) = around(&frame).ok_or_else(|| broken("the frame has no place"))?;
        let runs = [
            packing::Run::of(before),
            self.body.end(),
            packing::Run::of(after),
        ];
        let mut files = vec![Packed::new("word/document.xml", runs)];
        let rest: [(&str, &[u8]); 13] = [
            ("[Content_Types].xml", &content_type),
            ("_rels/.rels", &rels),
            ("docProps/app.xml", &doc_props.app),
            ("docProps/core.xml", &doc_props.core),
            ("docProps/custom.xml", &doc_props.custom),
            ("word/_rels/document.xml.rels", &document_rels),
            ("word/styles.xml", &styles),
            ("word/settings.xml", &settings),
            ("word/fontTable.xml", &font_table),
            ("word/comments.xml", &comments),
            ("word/numbering.xml", &numberings),
            ("word/commentsExtended.xml", &comments_extended),
            ("word/footnotes.xml", &footnotes),
        ];
        files.extend(rest.map(|(path, bytes)| Packed::text(path, &String::from_utf8_lossy(bytes))));
        // Readers look at the types first.
        files.swap(0, 1);
        archive(&files).ok_or_else(|| broken("the document is larger than a file can be"))
    }

    /// Everything but the body.
    fn frame(&self) -> XMLDocx {
        // Numbers of paragraphs go on from document to document; building one begins them anew.
        drop(Docx::new().build());
        let front = &self.front;
        let [year, month, day, hour, minute, second] = crate::date(&front.generated_at);
        let at = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        let mut doc = styled(Docx::new()).created_at(&at).updated_at(&at);
        if !front.brand.organisation.is_empty() {
            doc = doc.add_paragraph(plain(&front.brand.organisation));
        }
        let mut title = text_run(&front.title).size(48).bold();
        if let Some(colour) = domain::report::brand::colour(&front.brand) {
            title = title.color(colour.trim_start_matches('#'));
        }
        doc = doc.add_paragraph(Paragraph::new().add_run(title));
        if !front.generated_at.is_empty() {
            doc = doc.add_paragraph(plain(&format!("Written {}", front.generated_at)));
        }
        // An entry for each heading: the library's own way to collect them escapes their words twice.
        let mut contents = TableOfContents::new().heading_styles_range(1, 2);
        for (number, (level, words)) in (1..).zip(&self.headings) {
            contents.items.push(
                TableOfContentsItem::new()
                    .text(words)
                    .level(*level)
                    .toc_key(format!("heading{number}"))
                    .page_ref(" "),
            );
        }
        doc.add_table_of_contents(contents)
            .add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page)))
            .add_paragraph(Paragraph::new().add_run(Run::new().add_text(MARK)))
            .build()
    }
}

/// What stands before and after the paragraph that keeps the body's place: the last one, whatever a tenant's words are.
fn around(frame: &str) -> Option<(&str, &str)> {
    let mark = frame.rfind(MARK)?;
    let start = frame[..mark]
        .rfind("<w:p ")
        .or_else(|| frame[..mark].rfind("<w:p>"))?;
    let end = mark + frame[mark..].find("</w:p>")? + "</w:p>".len();
    Some((&frame[..start], &frame[end..]))
}

fn styled(doc: Docx) -> Docx {
    let style = |id: &str, name: &str, size: usize| {
        Style::new(id, StyleType::Paragraph).name(name).size(size)
    };
    doc.page_orient(PageOrientationType::Landscape)
        .page_size(16_838, 11_906)
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri"))
        .default_size(20)
        .add_style(style("Heading1", "heading 1", 32).bold())
        .add_style(style("Heading2", "heading 2", 24).bold())
        .add_style(style("Heading3", "heading 3", 20).bold())
        .add_style(style("Cell", "Cell", 18))
        .add_style(style("CellHead", "Cell head", 18).bold())
        .add_style(style("CellBelow", "Cell below", 16).color("565D63"))
}

fn begin(out: &mut String, widths: &[usize]) {
    let all: usize = widths.iter().sum();
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{all}\" w:type=\"dxa\"/>{BORDERS}<w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
    );
    for width in widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
}

/// Ends a table; without a paragraph between them two tables are one.
fn end(out: &mut String) {
    out.push_str("</w:tbl><w:p/>");
}

fn facts(out: &mut String, grid: &Grid, row: &Row) {
    begin(out, &[NAMES, WIDTH - NAMES]);
    let pairs = grid.columns.iter().zip(&row.cells);
    for (column, value) in pairs.filter(|(_, value)| **value != Cell::None) {
        out.push_str("<w:tr>");
        cell(out, NAMES, "");
        paragraph(out, "CellHead", &column.title);
        out.push_str("</w:tc>");
        cell(out, WIDTH - NAMES, "");
        paragraph(out, "Cell", &words(value));
        out.push_str("</w:tc></w:tr>");
    }
    end(out);
}

/// A row: each own column a cell, with what belongs to it before and below.
fn line(out: &mut String, folded: &[Folded], widths: &[usize], row: &Row) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (part, width) in folded.iter().zip(widths) {
        let there = |at: usize| row.cells.get(at).filter(|cell| **cell != Cell::None);
        let mut own = there(part.own).map_or("–".to_owned(), words);
        if let Some(before) = part.before.and_then(there) {
            own = format!("{} › {own}", words(before));
        }
        cell(out, *width, "");
        paragraph(out, "Cell", &own);
        for (below, _) in &part.below {
            if let Some(below) = there(*below) {
                paragraph(out, "CellBelow", &words(below));
            }
        }
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr>");
}

/// Begins a cell; its paragraphs and its end follow.
fn cell(out: &mut String, width: usize, shading: &str) {
    let _ = write!(
        out,
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shading}</w:tcPr>"
    );
}

fn words(cell: &Cell) -> String {
    match cell {
        Cell::State(state) => {
            let (word, sign) = state_words(*state);
            format!("{sign} {word}")
        }
        other => other.words(),
    }
}

/// A paragraph of foreign text; no style: the document's own.
fn paragraph(out: &mut String, style: &str, text: &str) {
    out.push_str("<w:p>");
    if !style.is_empty() {
        let _ = write!(out, "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    }
    run(out, &visible(text));
    out.push_str("</w:p>");
}

/// Text that is visible already; new lines are breaks.
fn run(out: &mut String, text: &str) {
    out.push_str("<w:r>");
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push_str("<w:br/>");
        }
        out.push_str("<w:t xml:space=\"preserve\">");
        escaped(out, line);
        out.push_str("</w:t>");
    }
    out.push_str("</w:r>");
}

fn plain(text: &str) -> Paragraph {
    Paragraph::new().add_run(text_run(text))
}

/// Foreign text on the cover: what would act unseen is shown.
fn text_run(text: &str) -> Run {
    Run::new().add_text(visible(text))
}
