//! What crosses between the page and the engine: a closed set of requests and events.
//!
//! Nothing here can hold a token, a Graph response or a policy's whole JSON (a raw document is
//! text, asked for one policy at a time). Large things never cross: tables ask for the window of
//! rows that they show, a report crosses once, as bytes. No floats as keys, no untagged enums, no
//! flattening, so that a compact codec can carry it.

mod access;
mod analysis;
mod audit;
mod compare;
mod deviations;
mod inventory;
mod rights;
mod session;

use serde::{Deserialize, Serialize};

pub use access::*;
pub use analysis::*;
pub use audit::*;
pub use compare::*;
pub use deviations::*;
pub use inventory::*;
pub use rights::*;
pub use session::*;

use crate::problem::Problem;

/// Version of the bridge. Page and engine of different builds refuse to talk.
pub const VERSION: u32 = 7;

/// Names a request; its events carry it. 0 is for events that no request asked for.
pub type Job = u32;

/// Page to engine, or to the comparer beside it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Request {
    /// First message. Answered by `Ready` or `Misconfigured`.
    Start(Start),
    /// Asks for an authorize URL. Answered by `SignInReady`.
    BeginSignIn(BeginSignIn),
    /// Hands over the redirect response and the transaction record. Answered by `SignedIn`, `ConsentNeeded` or `Failed`.
    FinishSignIn(FinishSignIn),
    /// Drops the token and everything read. Answered by `Locked`; the URL ends the session at Microsoft.
    SignOut,
    /// Reads the whole tenant. Answered by `Progress` many times, then `SnapshotReady`.
    ReadTenant,
    /// Opens what the first read under way has brought so far. Answered by `SoFar`, or by `Failed` when there is
    /// nothing to open or something else is open.
    SoFar,
    /// Pauses, resumes or ends the read under way.
    Reading(ReadControl),
    /// Reads audit logs of the tenant that is signed in to. Answered by `Progress` many times, then by `AuditRead`,
    /// which comes from the comparer: it holds the events.
    ReadAudit(AuditAsk),
    /// Reads what a page of Trust shows. Answered by `Live`, which comes from the comparer.
    ReadLive(LivePage),
    /// Opens bytes as the main side: a saved snapshot, or files to look at. Answered by `SnapshotReady`.
    OpenFiles(Vec<File>),
    /// Opens the bundled demo snapshot. Answered by `SnapshotReady`.
    OpenDemo,
    /// Saves the main side. Answered by `Download`.
    SaveSnapshot,
    /// Answered by `Overview`.
    Overview,
    /// Answered by `Rows`.
    Rows(RowsQuery),
    /// Completion for the query language. Answered by `Suggestions`.
    Suggest(SuggestQuery),
    /// Answered by `Policy`.
    Policy(PolicyRef),
    /// The raw document. Answered by `Raw`.
    Raw(PolicyRef),
    /// Global search. Answered by `Found`.
    Find(String),
    /// Reads files as a baseline. Answered by `BaselineReady`.
    AddBaseline(Vec<File>),
    /// Compares the main side with the baseline. Answered by `Compared`.
    Compare(CompareOptions),
    /// Answered by `CompareRows`.
    CompareRows(CompareQuery),
    /// Answered by `CompareDetail`.
    CompareDetail(u32),
    /// Differences that a normaliser rule suppressed, by the rule's id. Answered by `CompareRows`
    /// (at most 2000 lines, no headings), for rules that act while a document is read too.
    Suppressed(String),
    /// For each setting of the baseline: which policies set it, and whom they reach. Answered by `Coverage`.
    Coverage(CoverageQuery),
    /// Settings that policies of one side set differently. Answered by `Conflicts`.
    Conflicts(ConflictQuery),
    /// Reads files, or a saved snapshot, as one more side of the matrix. Answered by `Sides`.
    AddSide(Vec<File>),
    /// Takes a side (2 or more) away again. The numbers of those after it go down by one. Answered by `Sides`.
    RemoveSide(u32),
    /// Answered by `Sides`.
    Sides,
    /// Answered by `Matrix`.
    Matrix(MatrixQuery),
    /// Policies of the side of this number whose name has a text, at most 50. Answered by `Found`.
    PoliciesOf(u32, String),
    /// Compares two policies picked by hand. Answered by `Picked`.
    ComparePicked(PickedPolicies),
    /// What happened from the baseline (the earlier snapshot) to the main side, from the last comparison.
    /// Answered by `Drift`.
    Drift,
    /// Events of the audit logs that were read. Answered by `Audit`.
    Audit(AuditQuery),
    /// The event of this number. Answered by `AuditDetail`.
    AuditDetail(u32),
    /// Accepts a difference. Answered by `Deviations`.
    Accept(Accept),
    /// Takes back the deviation of this number. Answered by `Deviations`.
    Unaccept(u32),
    /// Reads a file of deviations (ours, or a CSV of CIS rationales) in addition to those that are there;
    /// the text is today's date. Answered by `Deviations`.
    OpenDeviations(File, String),
    /// Writes all deviations. Answered by `Download`.
    SaveDeviations,
    /// Rights in Intune against the audit events of so many days, from what was read of both. Answered by `Live`.
    Rights(u32),
    /// Answered by `Deviations`.
    Deviations,
    /// Reads a file of severity rules in place of those that are there; an empty file: the built-in ones again.
    /// Answered by `Score`.
    OpenSeverities(File),
    /// How far the main side is from the baseline. Answered by `Score`.
    Score,
    /// Writes a report. Answered by `Writing` and `Written` many times, then `Download`; by `Office` many times for what
    /// another worker writes.
    Report(ReportOptions),
    /// The office worker wrote a window of the report of this number: one more can come.
    WriteOn(Job),
    /// Writes the policies of a side as another tool's files. Answered by `Download`.
    Export(ExportOptions),
    /// Every HTTP request since the start. Answered by `Ledger`.
    Ledger,
    /// Ends the job of this number, if it is still under way.
    Cancel(Job),
}

impl Request {
    /// True for what the engine answers, false for what the comparer does. `Cancel` follows its job.
    pub const fn is_for_the_engine(&self) -> bool {
        matches!(
            self,
            Self::Start(_)
                | Self::BeginSignIn(_)
                | Self::FinishSignIn(_)
                | Self::SignOut
                | Self::ReadTenant
                | Self::SoFar
                | Self::Reading(_)
                | Self::ReadAudit(_)
                | Self::ReadLive(_)
                | Self::OpenDemo
                | Self::SaveSnapshot
                | Self::Overview
                | Self::Rows(_)
                | Self::Suggest(_)
                | Self::Policy(_)
                | Self::Raw(_)
                | Self::Find(_)
                | Self::Ledger
                | Self::Cancel(_)
        )
    }

    /// True for what the comparer cannot answer without the main side as it is now.
    pub const fn needs_the_main_side(&self) -> bool {
        let export = matches!(
            self,
            Self::Export(ExportOptions {
                baseline: false,
                ..
            })
        );
        let documentation = matches!(
            self,
            Self::Report(ReportOptions {
                what: ReportWhat::Documentation,
                ..
            })
        );
        export
            || documentation
            || matches!(
                self,
                Self::Compare(_)
                    | Self::Coverage(_)
                    | Self::Conflicts(_)
                    | Self::Sides
                    | Self::Matrix(_)
                    | Self::ComparePicked(_)
                    | Self::PoliciesOf(..)
            )
    }
}

/// Engine to page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Event {
    /// The engine runs and the configuration is valid.
    Ready(Ready),
    /// `config.json` is missing or wrong; one problem for each value.
    Misconfigured(Vec<Problem>),
    /// Where to go, and what to keep meanwhile.
    SignInReady(SignInReady),
    /// A session is open.
    SignedIn(Account),
    /// No session: an administrator has to consent first.
    ConsentNeeded(Box<ConsentNeeded>),
    /// No session any more: signed out, expired, or the token was refused.
    Locked(Locked),
    /// How far the read has come.
    Progress(Progress),
    /// The main side is what was read so far; the read goes on.
    SoFar(SnapshotInfo),
    /// The main side was replaced.
    SnapshotReady(SnapshotInfo),
    /// See [`Overview`].
    Overview(Box<Overview>),
    /// See [`RowsWindow`].
    Rows(RowsWindow),
    /// See [`Suggestion`].
    Suggestions(Vec<Suggestion>),
    /// See [`PolicyView`].
    Policy(Box<PolicyView>),
    /// A document as indented JSON.
    Raw(String),
    /// Hits of the global search.
    Found(Vec<Hit>),
    /// The baseline was read.
    BaselineReady(BaselineInfo),
    /// The comparison is there.
    Compared(Box<CompareSummary>),
    /// See [`CompareWindow`].
    CompareRows(CompareWindow),
    /// See [`CompareDetail`].
    CompareDetail(Box<CompareDetail>),
    /// See [`CoverageWindow`].
    Coverage(CoverageWindow),
    /// See [`ConflictWindow`].
    Conflicts(ConflictWindow),
    /// The sides of the matrix, main side and baseline first.
    Sides(Vec<SideView>),
    /// See [`MatrixWindow`].
    Matrix(MatrixWindow),
    /// See [`PickedView`].
    Picked(Box<PickedView>),
    /// See [`DriftLine`]: the newest first.
    Drift(Vec<DriftLine>),
    /// See [`AuditWindow`].
    Audit(AuditWindow),
    /// See [`AuditDetail`].
    AuditDetail(Box<AuditDetail>),
    /// Audit logs were read.
    AuditRead(Vec<AuditRead>),
    /// [`AppAccess`], [`MyRights`] or [`Rights`], packed as a message is: only the page that shows it unpacks it.
    Live(#[serde(with = "serde_bytes_compat")] Vec<u8>),
    /// See [`DeviationList`].
    Deviations(DeviationList),
    /// See [`Score`].
    Score(Box<Score>),
    /// A file for the download folder.
    Download(File),
    /// How far a report has come: parts written, of how many.
    Writing(u32, u32),
    /// The next bytes of a report's file, which goes on, and how far it has come; `Download` brings the last ones.
    Written(#[serde(with = "serde_bytes_compat")] Vec<u8>, (u32, u32)),
    /// A window of a report as a model. The bridge takes it to the office worker; the page hears `Writing`, then
    /// `Download`.
    Office(OfficeJob),
    /// See [`LedgerEntry`]; and what the engine loaded, by the browser’s own list: addresses of this site, origins of what
    /// lies elsewhere.
    Ledger(Vec<LedgerEntry>, Vec<String>),
    /// The request could not be done.
    Failed(Problem),
}

impl Event {
    /// True when more events of the same job follow: it only says how far the job is.
    pub const fn has_more(&self) -> bool {
        matches!(
            self,
            Self::Progress(_) | Self::Writing(..) | Self::Written(..)
        )
    }
}

/// A file that came from, or goes to, the person's disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct File {
    /// Path as given (`folder/file.json`) or the name to save it under.
    pub path: String,
    /// MIME type for a download; empty for files that come in.
    pub mime: String,
    /// The bytes.
    #[serde(with = "serde_bytes_compat")]
    pub bytes: Vec<u8>,
}

/// Bytes as one run instead of a sequence of numbers.
mod serde_bytes_compat {
    use serde::de::{Deserializer, Error, SeqAccess, Visitor};
    use serde::ser::Serializer;

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl<'de> Visitor<'de> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: Error>(self, v: &[u8]) -> Result<Vec<u8>, E> {
                Ok(v.to_vec())
            }
            fn visit_byte_buf<E: Error>(self, v: Vec<u8>) -> Result<Vec<u8>, E> {
                Ok(v)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<u8>, A::Error> {
                let mut out = Vec::with_capacity(seq.size_hint().unwrap_or(0));
                while let Some(byte) = seq.next_element()? {
                    out.push(byte);
                }
                Ok(out)
            }
        }
        deserializer.deserialize_byte_buf(Bytes)
    }
}
