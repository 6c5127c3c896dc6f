//! What a report is to be, and its download.

use std::rc::Rc;

use domain::problem::Problem;
use domain::protocol::{Brand, File, ReportFormat, ReportOptions, ReportWhat, Request};
use domain::report::brand;

use super::{Effect, Model, ReportAction, Slot};

/// What a report is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Reports {
    /// All that a person chose. The time in it is empty until the report is asked for.
    pub options: ReportOptions,
    /// With the time it was written; without, the same input gives the same bytes.
    pub dates: bool,
    /// Name of the logo's file.
    pub logo: String,
    /// Why the last picture was not taken.
    pub logo_refused: bool,
    /// On its way: how much is done, of how much.
    pub writing: Option<(u32, u32)>,
    /// Why the last one was not written.
    pub problem: Option<Rc<Problem>>,
}

impl Default for Reports {
    fn default() -> Self {
        Self {
            options: ReportOptions {
                what: ReportWhat::Documentation,
                ..ReportOptions::default()
            },
            dates: true,
            logo: String::new(),
            logo_refused: false,
            writing: None,
            problem: None,
        }
    }
}

impl Model {
    pub(super) fn download(&mut self, slot: Option<Slot>, file: File, out: &mut Vec<Effect>) {
        Rc::make_mut(&mut self.trust).saved += 1;
        self.toast(
            format!("{} is in the download folder.", file.path),
            false,
            out,
        );
        if slot == Some(Slot::Report) {
            Rc::make_mut(&mut self.reports).writing = None;
            out.push(Effect::DownloadReport(file));
        } else {
            out.push(Effect::Download(file));
        }
    }

    /// A report goes on.
    pub(super) fn hear_report(&mut self, done: (u32, u32), bytes: Vec<u8>, out: &mut Vec<Effect>) {
        let reports = Rc::make_mut(&mut self.reports);
        if reports.writing.is_some() {
            reports.writing = Some(done);
        }
        if !bytes.is_empty() {
            out.push(Effect::Gather(bytes));
        }
    }

    pub(super) fn on_report(&mut self, action: ReportAction, out: &mut Vec<Effect>) {
        let reports = Rc::make_mut(&mut self.reports);
        let options = &mut reports.options;
        match action {
            ReportAction::What(what) => options.what = what,
            ReportAction::Format(format) => options.format = format,
            ReportAction::IncludeSame => options.include_same = !options.include_same,
            ReportAction::Dates => reports.dates = !reports.dates,
            ReportAction::Redact => options.redact = !options.redact,
            ReportAction::Chapter(key) => {
                let before = options.without.len();
                options.without.retain(|other| other != key);
                if options.without.len() == before {
                    options.without.push(key.to_owned());
                }
            }
            ReportAction::Title(title) => options.title = title,
            ReportAction::FileName(pattern) => options.file_name = pattern,
            ReportAction::Organisation(name) => options.brand.organisation = name,
            ReportAction::Colour(colour) => options.brand.colour = colour,
            ReportAction::Logo(file) => {
                let given = file.is_some();
                let file = file.filter(|file| brand::mime(&file.bytes).is_some());
                reports.logo_refused = given && file.is_none();
                let (name, bytes) = file.map(|f| (f.path, f.bytes)).unwrap_or_default();
                reports.logo = name;
                options.brand = Brand {
                    logo: bytes,
                    ..std::mem::take(&mut options.brand)
                };
            }
            ReportAction::Write { now } => {
                reports.problem = None;
                reports.writing = Some((0, 0));
                let mut options = reports.options.clone();
                if reports.dates {
                    options.generated_at = now;
                }
                if options.format != ReportFormat::Html {
                    // The other formats have no place for a picture.
                    options.brand.logo = Vec::new();
                }
                out.push(Effect::Ask(Slot::Report, Request::Report(options)));
            }
            ReportAction::Cancel => {
                reports.writing = None;
                out.push(Effect::Cancel(Slot::Report));
            }
        }
    }
}
