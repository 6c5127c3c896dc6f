//! Word: headings, a table of contents, tables.

use docx_rs::{
    BreakType, DocumentChild, Docx, PageOrientationType, Paragraph, Run, RunFonts, Shading,
    ShdType, Style, StyleType, Table, TableCell, TableLayoutType, TableOfContents,
    TableOfContentsItem, TableRow, WidthType,
};
use domain::report::layout::{Folded, fold};
use domain::report::model::{Cell, Chapter, Front, Grid, Part, Row, Section, Table as Rows};
use domain::report::{state_words, visible};

use crate::{OfficeError, each_part};

/// Width of the text between the margins, in twentieths of a point: A4 across.
const WIDTH: usize = 13_900;

/// Writes a document. `progress` hears thousandths.
///
/// # Errors
/// See [`OfficeError`].
pub fn document(parts: &[u8], progress: &mut dyn FnMut(u32)) -> Result<Vec<u8>, OfficeError> {
    // Numbers of paragraphs go on from document to document; building one begins them anew.
    drop(Docx::new().build());
    let mut writing = Writing {
        doc: styled(Docx::new()),
        contents: TableOfContents::new().heading_styles_range(1, 2),
        place: 0,
        headings: 0,
    };
    let mut front = Front::default();
    each_part(parts, progress, |part| {
        match part {
            Part::Front(given) => {
                front = *given;
                writing.cover(&front);
            }
            Part::Chapter(one) => writing.chapter(&one),
            Part::Section(one) => writing.section(&front.grids, &one),
        }
        Ok(())
    })?;
    writing.finish()
}

/// A document under way.
struct Writing {
    doc: Docx,
    /// An entry for each heading: the library's own way to collect them escapes their words twice.
    contents: TableOfContents,
    /// Where the contents go.
    place: usize,
    headings: usize,
}

impl Writing {
    fn put(&mut self, paragraph: Paragraph) {
        self.doc = std::mem::take(&mut self.doc).add_paragraph(paragraph);
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.headings += 1;
        let (id, name) = (self.headings, format!("heading{}", self.headings));
        self.contents.items.push(
            TableOfContentsItem::new()
                .text(visible(text))
                .level(level)
                .toc_key(&name)
                .page_ref(" "),
        );
        self.put(
            Paragraph::new()
                .add_bookmark_start(id, &name)
                .add_run(text_run(text))
                .add_bookmark_end(id)
                .style(&format!("Heading{level}")),
        );
    }

    fn cover(&mut self, front: &Front) {
        let [year, month, day, hour, minute, second] = crate::date(&front.generated_at);
        let at = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
        self.doc = std::mem::take(&mut self.doc)
            .created_at(&at)
            .updated_at(&at);
        if !front.brand.organisation.is_empty() {
            self.put(plain(&front.brand.organisation));
        }
        let mut title = text_run(&front.title).size(48).bold();
        if let Some(colour) = domain::report::brand::colour(&front.brand) {
            title = title.color(colour.trim_start_matches('#'));
        }
        self.put(Paragraph::new().add_run(title));
        if !front.generated_at.is_empty() {
            self.put(plain(&format!("Written {}", front.generated_at)));
        }
        self.place = self.doc.document.children.len();
        self.put(Paragraph::new().add_run(Run::new().add_break(BreakType::Page)));
    }

    fn chapter(&mut self, chapter: &Chapter) {
        self.heading(1, &chapter.title);
        for line in &chapter.text {
            self.put(plain(line));
        }
        for point in &chapter.points {
            self.put(plain(&format!("• {point}")));
        }
        for Rows { grid, rows } in &chapter.tables {
            if !grid.title.is_empty() {
                let run = text_run(&grid.title);
                self.put(Paragraph::new().add_run(run).style("Heading3"));
            }
            self.table(grid, rows);
        }
    }

    fn section(&mut self, grids: &[Grid], section: &Section) {
        self.heading(2, &section.title);
        let state = section.state.map(|state| {
            let (word, sign) = state_words(state);
            format!("{sign} {word}  ")
        });
        let note = format!("{}{}", state.unwrap_or_default(), section.note);
        if !note.is_empty() {
            self.put(plain(&note));
        }
        for (grid, rows) in grids.iter().zip(&section.parts) {
            if grid.facts {
                for row in rows {
                    self.put_table(facts(grid, row));
                }
            } else {
                self.table(grid, rows);
            }
        }
    }

    fn table(&mut self, grid: &Grid, rows: &[Row]) {
        if !rows.is_empty() {
            self.put_table(table(grid, rows));
        }
    }

    fn put_table(&mut self, table: Table) {
        self.doc = std::mem::take(&mut self.doc).add_table(table);
        self.put(Paragraph::new());
    }

    fn finish(mut self) -> Result<Vec<u8>, OfficeError> {
        let contents = DocumentChild::TableOfContents(Box::new(self.contents));
        let children = &mut self.doc.document.children;
        children.insert(self.place.min(children.len()), contents);
        let mut out = std::io::Cursor::new(Vec::new());
        self.doc
            .pack(&mut out)
            .map_err(|error| OfficeError::Word(error.to_string()))?;
        Ok(out.into_inner())
    }
}

fn styled(doc: Docx) -> Docx {
    let heading = |level: usize, size: usize| {
        Style::new(format!("Heading{level}"), StyleType::Paragraph)
            .name(format!("heading {level}"))
            .size(size)
            .bold()
    };
    doc.page_orient(PageOrientationType::Landscape)
        .page_size(16_838, 11_906)
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri"))
        .default_size(20)
        .add_style(heading(1, 32))
        .add_style(heading(2, 24))
        .add_style(heading(3, 20))
}

fn facts(grid: &Grid, row: &Row) -> Table {
    let pairs = grid.columns.iter().zip(&row.cells);
    let rows = pairs
        .filter(|(_, cell)| **cell != Cell::None)
        .map(|(column, cell)| {
            let name = TableCell::new()
                .width(2_600, WidthType::Dxa)
                .add_paragraph(Paragraph::new().add_run(text_run(&column.title).bold()));
            TableRow::new(vec![
                name,
                paragraphs(WIDTH - 2_600, &[(words(cell), false)]),
            ])
        });
    Table::new(rows.collect()).layout(TableLayoutType::Fixed)
}

fn table(grid: &Grid, rows: &[Row]) -> Table {
    let folded: Vec<Folded> = fold(grid);
    let weight = |part: &Folded| usize::from(grid.columns[part.own].width);
    let all: usize = folded.iter().map(weight).sum::<usize>().max(1);
    let widths: Vec<usize> = folded
        .iter()
        .map(|part| WIDTH * weight(part) / all)
        .collect();
    let head = folded.iter().zip(&widths).map(|(part, width)| {
        TableCell::new()
            .width(*width, WidthType::Dxa)
            .shading(Shading::new().shd_type(ShdType::Clear).fill("F1EFE9"))
            .add_paragraph(Paragraph::new().add_run(text_run(&grid.columns[part.own].title).bold()))
    });
    let mut out = vec![TableRow::new(head.collect())];
    for row in rows {
        let cells = folded.iter().zip(&widths).map(|(part, width)| {
            let there = |at: usize| row.cells.get(at).filter(|cell| **cell != Cell::None);
            let mut own = there(part.own).map_or("–".to_owned(), words);
            if let Some(before) = part.before.and_then(there) {
                own = format!("{} › {own}", words(before));
            }
            let mut lines = vec![(own, false)];
            for (below, _) in &part.below {
                lines.extend(there(*below).map(|cell| (words(cell), true)));
            }
            paragraphs(*width, &lines)
        });
        out.push(TableRow::new(cells.collect()).cant_split());
    }
    Table::new(out)
        .layout(TableLayoutType::Fixed)
        .set_grid(widths)
}

/// A cell with a paragraph for each text; true: quiet and small.
fn paragraphs(width: usize, texts: &[(String, bool)]) -> TableCell {
    let cell = TableCell::new().width(width, WidthType::Dxa);
    texts.iter().fold(cell, |cell, (text, quiet)| {
        let run = text_run(text);
        let run = if *quiet {
            run.size(16).color("565D63")
        } else {
            run.size(18)
        };
        cell.add_paragraph(Paragraph::new().add_run(run))
    })
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

fn plain(text: &str) -> Paragraph {
    Paragraph::new().add_run(text_run(text))
}

/// Foreign text: what would act unseen is shown, new lines are breaks.
fn text_run(text: &str) -> Run {
    let text = visible(text);
    let mut run = Run::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}
