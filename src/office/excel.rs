//! Excel: a sheet for each table, with filters and a frozen head. Texts and numbers only, no formula, no link.
//!
//! The library writes the workbook with the heads of its sheets; rows are packed as they come and go into it.

use std::fmt::Write as _;

use domain::archive::{Limits, open};
use domain::report::model::{Cell, Chapter, Column, Front, Part, Place, Row, Section, Table};
use domain::report::{state_words, visible};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::OfficeError;
use crate::packing::{Packed, Packing, Run, archive, escaped};

/// The most characters that a cell of Excel holds.
const CELL: usize = 32_767;
/// The most rows that a sheet of Excel has.
const ROWS: u32 = 1_048_576;
/// What stands at the end of a text that does not fit.
const CUT: &str = " … (cut: a cell holds 32,767 characters)";
/// Places of the formats in the workbook's styles: they are registered first, in this order.
const TEXT: u8 = 1;
const NUMBER: u8 = 2;

impl From<XlsxError> for OfficeError {
    fn from(error: XlsxError) -> Self {
        Self::Excel(error.to_string())
    }
}

/// A workbook under way.
#[derive(Default)]
pub struct Book {
    front: Front,
    about: Vec<(String, Line)>,
    /// Tables of chapters before the body.
    before: Vec<Sheet>,
    /// One for each grid of the body.
    body: Vec<Sheet>,
    after: Vec<Sheet>,
    began: bool,
}

/// How a line of the first sheet looks.
#[derive(Clone, Copy)]
enum Line {
    Title,
    Head,
    Text,
}

#[derive(Default)]
struct Sheet {
    name: String,
    columns: Vec<Column>,
    rows: Packing,
    /// Rows that are written.
    count: u32,
}

impl Book {
    /// Writes a part.
    pub fn part(&mut self, part: Part) -> Result<(), OfficeError> {
        match part {
            Part::Front(front) => self.front(*front),
            Part::Chapter(chapter) => self.chapter(&chapter)?,
            Part::Section(section) => self.section(&section)?,
        }
        Ok(())
    }

    fn front(&mut self, front: Front) {
        self.line(&front.title, Line::Title);
        self.line(&front.brand.organisation, Line::Text);
        if !front.generated_at.is_empty() {
            self.line(&format!("Written {}", front.generated_at), Line::Text);
        }
        for (at, grid) in front.grids.iter().enumerate() {
            let own = |title: &str, width| Column {
                key: String::new(),
                title: title.to_owned(),
                place: Place::Own,
                width,
            };
            let mut columns = vec![own(&front.subject, 44)];
            if at == 0 {
                columns.push(own("Of it", 12));
                columns.push(own("Note", 40));
            }
            columns.extend(grid.columns.iter().cloned());
            self.body.push(Sheet::new(&grid.title, columns));
        }
        self.front = front;
    }

    fn line(&mut self, text: &str, line: Line) {
        if !text.is_empty() {
            self.about.push((fit(text), line));
        }
    }

    fn chapter(&mut self, chapter: &Chapter) -> Result<(), OfficeError> {
        if !chapter.text.is_empty() || !chapter.points.is_empty() {
            self.about.push((String::new(), Line::Text));
            self.line(&chapter.title, Line::Head);
            for line in chapter.text.iter().chain(&chapter.points) {
                self.line(line, Line::Text);
            }
        }
        for Table { grid, rows } in &chapter.tables {
            let name = match grid.title.as_str() {
                "" => &chapter.title,
                own => own,
            };
            let mut sheet = Sheet::new(name, grid.columns.clone());
            for row in rows {
                sheet.row(&[], row)?;
            }
            if self.began {
                self.after.push(sheet);
            } else {
                self.before.push(sheet);
            }
        }
        self.began |= chapter.key == "inputs" || chapter.key == "manifest";
        Ok(())
    }

    fn section(&mut self, section: &Section) -> Result<(), OfficeError> {
        self.began = true;
        let title = Cell::text(section.title.as_str());
        for (at, (sheet, rows)) in self.body.iter_mut().zip(&section.parts).enumerate() {
            let mut before = vec![title.clone()];
            if at == 0 {
                before.push(section.state.map_or(Cell::None, Cell::State));
                before.push(Cell::text(section.note.as_str()));
            }
            for row in rows {
                sheet.row(&before, row)?;
            }
        }
        Ok(())
    }

    /// The bytes of the workbook.
    pub fn finish(self) -> Result<Vec<u8>, OfficeError> {
        let sheets = self.before.into_iter().chain(self.body).chain(self.after);
        let sheets: Vec<Sheet> = sheets.collect();
        let frame = frame(&self.front, &self.about, &sheets)?;
        let broken = || OfficeError::Excel("the workbook is larger than a file can be".to_owned());
        let (entries, findings) = open(&frame, "", Limits::default()).map_err(|_| broken())?;
        if !findings.is_empty() {
            return Err(broken());
        }
        // The first sheet is whole already.
        let mut rows: Vec<(String, Option<Sheet>)> = (2..)
            .map(|n: u32| format!("xl/worksheets/sheet{n}.xml"))
            .zip(sheets.into_iter().map(Some))
            .collect();
        let mut files = Vec::with_capacity(entries.len());
        for entry in entries {
            let xml = String::from_utf8(entry.bytes).map_err(|_| broken())?;
            let own = rows.iter_mut().find(|(path, _)| *path == entry.path);
            files.push(match own.and_then(|(_, sheet)| sheet.take()) {
                Some(sheet) => sheet.file(&entry.path, &xml).ok_or_else(broken)?,
                None => Packed::text(&entry.path, &xml),
            });
        }
        archive(&files).ok_or_else(broken)
    }
}

/// The workbook without its rows.
fn frame(front: &Front, about: &[(String, Line)], sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let top = || Format::new().set_align(FormatAlign::Top);
    let text = top().set_text_wrap().set_num_format("@");
    let head = top()
        .set_bold()
        .set_background_color(Color::RGB(0x00F1_EFE9))
        .set_border_bottom(FormatBorder::Thin);
    let mut title = Format::new().set_bold().set_font_size(16);
    if let Some(colour) = domain::report::brand::colour(&front.brand)
        && let Ok(rgb) = u32::from_str_radix(&colour[1..], 16)
    {
        title = title.set_font_color(Color::RGB(rgb));
    }
    for format in [&text, &top()] {
        book.register_format(format);
    }
    properties(&mut book, front)?;

    let mut names: Vec<String> = Vec::new();
    let first = book.add_worksheet();
    first.set_name(sheet_name("About", &mut names))?;
    first.set_column_width(0, 120)?;
    for (at, (words, line)) in (0..).zip(about) {
        let format = match line {
            Line::Title => &title,
            Line::Head => &head,
            Line::Text => &text,
        };
        if !words.is_empty() {
            first.write_string_with_format(at, 0, words, format)?;
        }
    }
    for one in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&one.name, &mut names))?;
        one.head(sheet, &head, &text)?;
    }
    book.save_to_buffer()
}

fn properties(book: &mut Workbook, front: &Front) -> Result<(), XlsxError> {
    let [year, month, day, hour, minute, second] = crate::date(&front.generated_at);
    let created = ExcelDateTime::from_ymd(year, month as u8, day as u8)?.and_hms(
        hour,
        minute as u8,
        f64::from(second),
    )?;
    book.set_properties(
        &DocProperties::new()
            .set_title(visible(&front.title))
            .set_company(visible(&front.brand.organisation))
            .set_creation_datetime(&created),
    );
    Ok(())
}

impl Sheet {
    fn new(name: &str, columns: Vec<Column>) -> Self {
        Self {
            name: name.to_owned(),
            columns,
            ..Self::default()
        }
    }

    fn row(&mut self, before: &[Cell], row: &Row) -> Result<(), OfficeError> {
        self.count += 1;
        let number = self.count + 1;
        if number > ROWS {
            return Err(OfficeError::Excel(
                "a sheet holds 1,048,576 rows: leave chapters out, or take CSV".to_owned(),
            ));
        }
        self.rows.put(|out| {
            let _ = write!(out, "<row r=\"{number}\">");
            for (at, value) in before.iter().chain(&row.cells).enumerate() {
                cell(out, at, number, value);
            }
            out.push_str("</row>");
        });
        Ok(())
    }

    /// The head as the library writes it, with widths, filter and print titles for all rows.
    fn head(&self, sheet: &mut Worksheet, head: &Format, text: &Format) -> Result<(), XlsxError> {
        for (at, column) in (0u16..).zip(&self.columns) {
            sheet.write_string_with_format(0, at, column.title.as_str(), head)?;
            sheet.set_column_width(at, column.width)?;
            if column.place != Place::Number {
                sheet.set_column_format(at, text)?;
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape();
        if let Some(last) = self.columns.len().checked_sub(1)
            && self.count > 0
        {
            sheet.autofilter(0, 0, self.count, last as u16)?;
        }
        Ok(())
    }

    /// The sheet's file: the rows behind the head that the library wrote. `None`: its XML is not as it was.
    fn file(self, path: &str, frame: &str) -> Option<Packed> {
        let (start, rest) = frame.split_once("<dimension ref=\"")?;
        let (_, rest) = rest.split_once("\"/>")?;
        let (head, end) = rest.rsplit_once("</sheetData>")?;
        let mut last = String::new();
        column(&mut last, self.columns.len().max(1) - 1);
        let start = format!(
            "{start}<dimension ref=\"A1:{last}{}\"/>{head}",
            self.count + 1
        );
        let end = format!("</sheetData>{end}");
        let runs = [Run::of(&start), self.rows.end(), Run::of(&end)];
        Some(Packed::new(path, runs))
    }
}

/// One cell. A text stands in it, not in a table of all texts, which would have to stay until the end.
fn cell(out: &mut String, at: usize, row: u32, value: &Cell) {
    let text = match value {
        Cell::None => return,
        Cell::Number(_) => None,
        Cell::State(state) => Some(state_words(*state).0.to_owned()),
        Cell::Text(text) => Some(fit(text)),
    };
    out.push_str("<c r=\"");
    column(out, at);
    let style = if text.is_some() { TEXT } else { NUMBER };
    let _ = write!(out, "{row}\" s=\"{style}\"");
    match (text, value) {
        (Some(text), _) => {
            out.push_str(" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
            inline(out, &text);
            out.push_str("</t></is></c>");
        }
        (None, value) => {
            let _ = write!(out, "><v>{}</v></c>", value.words());
        }
    }
}

/// Letters of a column.
fn column(out: &mut String, at: usize) {
    if at >= 26 {
        column(out, at / 26 - 1);
    }
    out.push(char::from(b'A' + (at % 26) as u8));
}

/// Text of a cell. `_x` and four digits would be read as a character (ECMA-376, `ST_Xstring`): its dash is written so.
fn inline(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.as_bytes().get(at + 2..at + 7);
        let acts =
            code.is_some_and(|code| code[4] == b'_' && code[..4].iter().all(u8::is_ascii_hexdigit));
        let (before, after) = rest.split_at(at);
        escaped(out, before);
        out.push_str(if acts { "_x005F_" } else { "_" });
        rest = &after[1..];
    }
    escaped(out, rest);
}

/// What would act unseen shown, and no longer than a cell.
fn fit(text: &str) -> String {
    let text = visible(text);
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return text;
    }
    let most = CELL - CUT.chars().count();
    let mut units = 0;
    let mut out: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= most
        })
        .collect();
    out.push_str(CUT);
    out
}

/// At most 31 characters, none of `[]:*?/\`, not taken yet. The words are ours: chapters and grids.
fn sheet_name(name: &str, taken: &mut Vec<String>) -> String {
    let clean: String = name
        .chars()
        .filter(|c| !"[]:*?/\\'".contains(*c))
        .take(28)
        .collect();
    let mut name = clean.clone();
    let mut number = 2;
    while taken.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
        name = format!("{clean} {number}");
        number += 1;
    }
    taken.push(name.clone());
    name
}
