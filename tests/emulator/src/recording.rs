//! What was asked and what was answered.
//!
//! One line for each HTTP request to Graph: `{"method","url","status","request","response"}`
//! with the parsed bodies, `null` where there is none.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

/// Bytes of lines that are kept for `/__emulator/exchanges`; the oldest leave first.
const KEPT: usize = 256 << 20;

/// One request in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// `GET`, …
    pub method: String,
    /// Absolute URL as sent.
    pub url: String,
    /// HTTP status; 0: no answer was sent.
    pub status: u16,
    /// True for a request inside a `$batch`.
    pub inner: bool,
    /// Milliseconds since 1970.
    pub at_ms: u64,
}

#[derive(Debug, Default)]
struct Inner {
    lines: VecDeque<String>,
    bytes: usize,
    forgotten: u64,
    seen: Vec<Seen>,
    unmatched: Vec<(String, String)>,
    file: Option<File>,
}

/// The recording of a run.
#[derive(Debug, Default)]
pub struct Recording(Mutex<Inner>);

impl Recording {
    /// A recording that is also appended to a file.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn to_file(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self(Mutex::new(Inner {
            file: Some(file),
            ..Inner::default()
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a whole exchange. The answer comes as the text that is sent, empty for none.
    pub fn exchange(
        &self,
        method: &str,
        url: &str,
        status: u16,
        request: Option<&Value>,
        response: &str,
    ) {
        let head =
            json!({"method": method, "url": url, "status": status, "request": request}).to_string();
        // The answer is text already, and may be megabytes: it is put in as it is.
        let head = head.strip_suffix('}').unwrap_or_default();
        let response = if response.is_empty() {
            "null"
        } else {
            response
        };
        let line = format!("{head},\"response\":{response}}}");
        let mut inner = self.lock();
        if let Some(file) = &mut inner.file {
            // A full disk must not end a demo; the lines are still in memory.
            let _ = writeln!(file, "{line}");
        }
        inner.bytes += line.len();
        inner.lines.push_back(line);
        while inner.bytes > KEPT {
            let Some(oldest) = inner.lines.pop_front() else {
                break;
            };
            inner.bytes -= oldest.len();
            inner.forgotten += 1;
        }
    }

    /// Notes one request in short.
    pub fn seen(&self, seen: Seen) {
        self.lock().seen.push(seen);
    }

    /// Notes a request that nothing serves.
    pub fn unmatched(&self, method: &str, url: &str) {
        self.lock()
            .unmatched
            .push((method.to_owned(), url.to_owned()));
    }

    /// Requests that nothing serves: method and URL.
    pub fn all_unmatched(&self) -> Vec<(String, String)> {
        self.lock().unmatched.clone()
    }

    /// Every request in short, in order.
    pub fn all_seen(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    /// The exchanges as JSON lines.
    pub fn jsonl(&self) -> String {
        let inner = self.lock();
        let mut out = String::with_capacity(inner.bytes + inner.lines.len());
        for line in &inner.lines {
            out.push_str(line);
            out.push('\n');
        }
        out
    }

    /// Exchanges that left because there were too many bytes.
    pub fn forgotten(&self) -> u64 {
        self.lock().forgotten
    }

    /// Starts anew; the file goes on.
    pub fn clear(&self) {
        let mut inner = self.lock();
        let file = inner.file.take();
        *inner = Inner {
            file,
            ..Inner::default()
        };
    }
}
