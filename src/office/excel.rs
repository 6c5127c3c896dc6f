//! Excel: a sheet for each table, with filters and a frozen head. Texts and numbers only, no formula, no link.

use domain::report::model::{Cell, Chapter, Column, Front, Part, Place, Row, Section, Table};
use domain::report::{state_words, visible};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::{OfficeError, each_part};

/// The most characters that a cell of Excel holds.
const CELL: usize = 32_767;
/// The most rows that a sheet of Excel has.
const ROWS: u32 = 1_048_576;
/// What stands at the end of a text that does not fit.
const CUT: &str = " … (cut: a cell holds 32,767 characters)";

impl From<XlsxError> for OfficeError {
    fn from(error: XlsxError) -> Self {
        Self::Excel(error.to_string())
    }
}

/// Writes a workbook. `progress` hears thousandths.
///
/// # Errors
/// See [`OfficeError`].
pub fn workbook(parts: &[u8], progress: &mut dyn FnMut(u32)) -> Result<Vec<u8>, OfficeError> {
    let mut book = Book::new();
    each_part(parts, progress, |part| match part {
        Part::Front(front) => book.front(*front),
        Part::Chapter(chapter) => book.chapter(&chapter),
        Part::Section(section) => book.section(&section),
    })?;
    book.save()
}

struct Book {
    front: Front,
    about: Sheet,
    /// Tables of chapters before the body.
    before: Vec<Sheet>,
    /// One for each grid of the body.
    body: Vec<Sheet>,
    after: Vec<Sheet>,
    formats: Formats,
    began: bool,
}

struct Formats {
    head: Format,
    text: Format,
    title: Format,
}

struct Sheet {
    name: String,
    sheet: Worksheet,
    next: u32,
    columns: u16,
}

impl Book {
    fn new() -> Self {
        let text = Format::new()
            .set_align(FormatAlign::Top)
            .set_text_wrap()
            .set_num_format("@");
        Self {
            front: Front::default(),
            about: Sheet::new("About".to_owned()),
            before: Vec::new(),
            body: Vec::new(),
            after: Vec::new(),
            formats: Formats {
                head: Format::new()
                    .set_bold()
                    .set_align(FormatAlign::Top)
                    .set_background_color(Color::RGB(0x00F1_EFE9))
                    .set_border_bottom(FormatBorder::Thin),
                text,
                title: Format::new().set_bold().set_font_size(16),
            },
            began: false,
        }
    }

    fn front(&mut self, front: Front) -> Result<(), OfficeError> {
        if let Some(colour) = domain::report::brand::colour(&front.brand)
            && let Ok(rgb) = u32::from_str_radix(&colour[1..], 16)
        {
            self.formats.title = self.formats.title.clone().set_font_color(Color::RGB(rgb));
        }
        let about = &mut self.about;
        about.sheet.set_column_width(0, 120)?;
        about.line(&front.title, &self.formats.title)?;
        let written = match front.generated_at.as_str() {
            "" => String::new(),
            at => format!("Written {at}"),
        };
        for line in [&front.brand.organisation, &written] {
            if !line.is_empty() {
                about.line(line, &self.formats.text)?;
            }
        }
        for (at, grid) in front.grids.iter().enumerate() {
            let mut sheet = Sheet::new(grid.title.clone());
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
            sheet.head(&columns, &self.formats)?;
            self.body.push(sheet);
        }
        self.front = front;
        Ok(())
    }

    fn chapter(&mut self, chapter: &Chapter) -> Result<(), OfficeError> {
        if !chapter.text.is_empty() || !chapter.points.is_empty() {
            self.about.next += 1;
            self.about.line(&chapter.title, &self.formats.head)?;
            for line in chapter.text.iter().chain(&chapter.points) {
                self.about.line(line, &self.formats.text)?;
            }
        }
        for Table { grid, rows } in &chapter.tables {
            let name = match grid.title.as_str() {
                "" => &chapter.title,
                own => own,
            };
            let mut sheet = Sheet::new(name.to_owned());
            sheet.head(&grid.columns, &self.formats)?;
            for row in rows {
                sheet.row(&[], row, &self.formats)?;
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
                sheet.row(&before, row, &self.formats)?;
            }
        }
        Ok(())
    }

    fn save(self) -> Result<Vec<u8>, OfficeError> {
        let mut book = Workbook::new();
        let [year, month, day, hour, minute, second] = crate::date(&self.front.generated_at);
        let created = ExcelDateTime::from_ymd(year, month as u8, day as u8)?.and_hms(
            hour,
            minute as u8,
            f64::from(second),
        )?;
        book.set_properties(
            &DocProperties::new()
                .set_title(visible(&self.front.title))
                .set_company(visible(&self.front.brand.organisation))
                .set_creation_datetime(&created),
        );
        let mut names: Vec<String> = Vec::new();
        let sheets = std::iter::once(self.about)
            .chain(self.before)
            .chain(self.body)
            .chain(self.after);
        for mut one in sheets {
            if one.columns > 0 && one.next > 1 {
                one.sheet.autofilter(0, 0, one.next - 1, one.columns - 1)?;
            }
            let name = sheet_name(&one.name, &names);
            one.sheet.set_name(&name)?;
            names.push(name);
            book.push_worksheet(one.sheet);
        }
        Ok(book.save_to_buffer()?)
    }
}

impl Sheet {
    fn new(name: String) -> Self {
        Self {
            name,
            sheet: Worksheet::new(),
            next: 0,
            columns: 0,
        }
    }

    fn head(&mut self, columns: &[Column], formats: &Formats) -> Result<(), OfficeError> {
        for (at, column) in (0u16..).zip(columns) {
            self.sheet
                .write_string_with_format(0, at, column.title.as_str(), &formats.head)?;
            self.sheet.set_column_width(at, column.width)?;
            if column.place != Place::Number {
                self.sheet.set_column_format(at, &formats.text)?;
            }
        }
        self.sheet.set_freeze_panes(1, 1)?;
        self.sheet.set_repeat_rows(0, 0)?;
        self.sheet.set_landscape();
        self.columns = columns.len() as u16;
        self.next = 1;
        Ok(())
    }

    fn line(&mut self, text: &str, format: &Format) -> Result<(), OfficeError> {
        self.sheet
            .write_string_with_format(self.next, 0, fit(text), format)?;
        self.next += 1;
        Ok(())
    }

    fn row(&mut self, before: &[Cell], row: &Row, formats: &Formats) -> Result<(), OfficeError> {
        if self.next >= ROWS {
            return Err(OfficeError::Excel(
                "a sheet holds 1,048,576 rows: leave chapters out, or take CSV".to_owned(),
            ));
        }
        for (at, cell) in (0u16..).zip(before.iter().chain(&row.cells)) {
            match cell {
                Cell::None => {}
                Cell::Number(n) => {
                    self.sheet.write_number(self.next, at, *n)?;
                }
                Cell::State(state) => {
                    let words = state_words(*state).0;
                    self.sheet
                        .write_string_with_format(self.next, at, words, &formats.text)?;
                }
                Cell::Text(text) => {
                    self.sheet
                        .write_string_with_format(self.next, at, fit(text), &formats.text)?;
                }
            }
        }
        self.next += 1;
        Ok(())
    }
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
fn sheet_name(name: &str, taken: &[String]) -> String {
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
    name
}
