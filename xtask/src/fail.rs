//! Why a command ended.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command ended. Its text is what the person reads.
#[derive(Debug)]
pub enum Failure {
    /// Words on the command line that nobody knows.
    Usage(String),
    /// Something that only the person can install.
    Missing { what: String, remedy: String },
    /// A program could not be started.
    Start { program: String, source: io::Error },
    /// A program ended with an error. `tail` is the end of what it said, when it did not say it on screen.
    Program { line: String, tail: String },
    /// A file could not be read or written.
    File { path: PathBuf, source: io::Error },
    /// A file does not hold what it must.
    Content { path: PathBuf, what: String },
    /// Another program is on that port.
    Port { port: u16, source: io::Error },
    /// The site weighs more than it may; the sums have been printed.
    TooHeavy,
    /// Lines of `SHA256SUMS` that are not in both of two builds.
    Differs(Vec<String>),
    /// So many things of a deployed site are not as they were built; they have been printed.
    NotTheBuild(usize),
    /// A test failed; the runner has said which.
    Tests,
}

impl Failure {
    /// For `map_err` after a file operation.
    pub fn file(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::File {
            path: path.to_owned(),
            source,
        }
    }

    /// A file that does not hold what it must.
    pub fn content(path: &Path, what: impl Into<String>) -> Self {
        Self::Content {
            path: path.to_owned(),
            what: what.into(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(what) => f.write_str(what),
            Self::Missing { what, remedy } => write!(f, "{what} is not on this machine. {remedy}"),
            Self::Start { program, source } => {
                write!(f, "{program} could not be started: {source}")
            }
            Self::Program { line, tail } if tail.is_empty() => write!(f, "This failed: {line}"),
            Self::Program { line, tail } => write!(f, "{tail}\nThis failed: {line}"),
            Self::File { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Content { path, what } => write!(f, "{}: {what}", path.display()),
            Self::Port { port, source } => {
                write!(
                    f,
                    "Port {port} cannot be used: {source}. Choose another with --port."
                )
            }
            Self::TooHeavy => f.write_str(
                "The site is heavier than it may be. What is new in it can load when it is first used: see src/decisions/size.md.",
            ),
            Self::Differs(lines) => write!(
                f,
                "Two builds of the same source differ, so nobody can check what is hosted:\n{}",
                lines.join("\n")
            ),
            Self::NotTheBuild(1) => f.write_str("One thing is not as it was built."),
            Self::NotTheBuild(n) => write!(f, "{n} things are not as they were built."),
            Self::Tests => f.write_str("Tests failed."),
        }
    }
}

impl std::error::Error for Failure {}
