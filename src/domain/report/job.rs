//! Writing a report, a few sections at a time.

use super::build::Source;
use super::hash::{self, Words};
use super::model::{Chapter, Hashed};
use super::redact::Redactor;
use super::{Writer, build, csv, html, json, markdown, name, parts};
use crate::protocol::{File, ReportFormat, ReportOptions, ReportWhat};

/// A report under way.
#[derive(Debug)]
pub struct Job {
    options: ReportOptions,
    writer: Option<Box<dyn Writer>>,
    redact: Redactor,
    words: Words,
    next: u32,
    total: u32,
}

/// Some of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// Bytes of the file, after those that were given.
    Bytes(Vec<u8>),
    /// Whole parts, for the office worker.
    Parts(ReportFormat, Vec<u8>),
}

/// A report that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The file: its bytes after the last window.
    File(File),
    /// The last parts of the report, for the office worker, under the name of the file to be.
    Parts(ReportFormat, File),
}

impl Job {
    /// Begins: everything before the body is written.
    pub fn start(source: &dyn Source, options: ReportOptions) -> Self {
        let writer: Box<dyn Writer> = match options.format {
            ReportFormat::Html => Box::<html::Html>::default(),
            ReportFormat::Markdown => Box::<markdown::Markdown>::default(),
            ReportFormat::Csv => Box::<csv::Csv>::default(),
            ReportFormat::Json => Box::<json::Json>::default(),
            ReportFormat::Excel | ReportFormat::Word => Box::<parts::Encoder>::default(),
        };
        let redact = if options.redact {
            Redactor::new(&source.sides(), source.people())
        } else {
            Redactor::default()
        };
        let with_body = !options.without.iter().any(|key| key == "body");
        let mut job = Self {
            writer: Some(writer),
            redact,
            words: Words::default(),
            next: 0,
            total: if with_body { source.sections() } else { 0 },
            options,
        };
        let mut front = source.front(&job.options);
        if !with_body {
            front.contents.clear();
        }
        if job.options.title.trim().is_empty() {
            job.redact.text(&mut front.title);
        }
        for (_, title, _) in &mut front.contents {
            job.redact.text(title);
        }
        job.words.front(&front);
        if let Some(writer) = &mut job.writer {
            writer.front(&front);
        }
        source
            .before(&job.options)
            .into_iter()
            .for_each(|chapter| job.chapter(chapter));
        job
    }

    /// What it is about.
    pub const fn what(&self) -> ReportWhat {
        self.options.what
    }

    /// Sections that are written, and how many there are.
    pub const fn progress(&self) -> (u32, u32) {
        (self.next, self.total)
    }

    /// What is written since the last call: parts for the office worker, or bytes of the file, once they are enough.
    pub fn window(&mut self) -> Option<Window> {
        let bytes = self.writer.as_mut()?.window();
        match self.options.format {
            _ if bytes.is_empty() => None,
            format @ (ReportFormat::Excel | ReportFormat::Word) => {
                Some(Window::Parts(format, bytes))
            }
            _ => Some(Window::Bytes(bytes)),
        }
    }

    /// Writes on, until some `rows` rows are written. `Some`: it is finished; later calls give `None`.
    pub fn step(&mut self, source: &dyn Source, rows: usize) -> Option<Done> {
        let mut written = 0;
        while self.next < self.total && written < rows {
            if let Some(mut section) = source.section(self.next, &self.options) {
                written += 1 + section.parts.iter().map(Vec::len).sum::<usize>();
                self.redact.section(&mut section);
                self.words.section(&section);
                self.writer.as_mut()?.section(&section);
            }
            self.next += 1;
        }
        if self.next < self.total {
            return None;
        }
        self.finish(source)
    }

    fn chapter(&mut self, mut chapter: Chapter) {
        let always = ["summary", "unknown", "manifest"].contains(&chapter.key.as_str());
        if !always && self.options.without.contains(&chapter.key) {
            return;
        }
        self.redact.chapter(&mut chapter);
        if chapter.key != "manifest" {
            self.words.chapter(&chapter);
        }
        if let Some(writer) = &mut self.writer {
            writer.chapter(&chapter);
        }
    }

    fn finish(&mut self, source: &dyn Source) -> Option<Done> {
        self.writer.as_ref()?;
        source
            .after(&self.options)
            .into_iter()
            .for_each(|chapter| self.chapter(chapter));
        let mut hashes: Vec<Hashed> = source
            .sides()
            .iter()
            .map(|side| Hashed {
                what: format!("Policies of {}", side.label),
                sha256: hash::of_side(side),
            })
            .collect();
        hashes.push(Hashed {
            what: "What this report says".to_owned(),
            sha256: std::mem::take(&mut self.words).finish(),
        });
        self.chapter(build::manifest(hashes));
        let bytes = self.writer.take()?.finish();
        let options = &self.options;
        let (what, tenant) = (
            match options.what {
                ReportWhat::Comparison => "comparison",
                ReportWhat::Documentation => "documentation",
            },
            source.sides().last().map_or("", |side| side.label.as_str()),
        );
        let mut tenant = tenant.to_owned();
        self.redact.text(&mut tenant);
        let tenant = tenant.trim_matches(['«', '»']);
        let path = name::file_name(
            &options.file_name,
            what,
            tenant,
            &options.title,
            &options.generated_at,
            options.format,
        );
        let file = name::file(path, options.format, bytes);
        Some(match options.format {
            ReportFormat::Excel | ReportFormat::Word => Done::Parts(options.format, file),
            _ => Done::File(file),
        })
    }
}

/// Writes a report at once. For the office formats these are the parts that the office worker reads.
pub fn write(source: &dyn Source, options: &ReportOptions) -> File {
    let mut job = Job::start(source, options.clone());
    loop {
        match job.step(source, usize::MAX) {
            Some(Done::File(file) | Done::Parts(_, file)) => return file,
            None if job.writer.is_none() => return File::default(),
            None => {}
        }
    }
}
