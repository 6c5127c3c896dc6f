//! Everything that can happen, and everything that can follow from it.

use std::rc::Rc;

use domain::protocol::{
    Accept, Account, ExportOptions, File, FinishSignIn, GroupBy, LivePage, ReadControl,
    ReportFormat, ReportWhat, Request, SignInReady, State,
};

use super::table::TableMsg;
use crate::ui::route::Route;

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Action {
    /// The address bar shows another place.
    Arrived(Route),
    /// A person goes to a place of this app.
    Go(Route),
    /// The page was opened with a redirect response of Microsoft Entra, already out of the address bar.
    Returned(FinishSignIn),
    /// A tab that was signed in was loaded again: one silent sign-in may be tried.
    #[allow(missing_docs)]
    Reloaded { login_hint: String, route: String },
    /// The browser has a network, or lost it.
    Online(bool),
    /// Session.
    Session(SessionAction),
    /// The main side.
    Main(MainAction),
    /// A table moved.
    Table {
        /// Which one.
        which: Which,
        /// What it reports.
        msg: TableMsg,
    },
    /// Inventory.
    Inventory(InventoryAction),
    /// The policy beside the list.
    Policy(PolicyAction),
    /// Compare.
    Compare(CompareAction),
    /// Analyses of a comparison.
    Analysis(AnalysisAction),
    /// Audit logs.
    Audit(AuditAction),
    /// Reads anew what a page of Trust shows.
    ReadLive(LivePage),
    /// Reports.
    Report(ReportAction),
    /// Search, help, theme, toasts.
    Shell(ShellAction),
    /// Files were dropped on the page: a baseline on Compare, else the main side.
    Dropped(Vec<File>),
}

impl Action {
    /// True for what only the screens behind the start page take.
    pub fn waits(&self) -> bool {
        match self {
            Self::Arrived(_)
            | Self::Go(_)
            | Self::Returned(_)
            | Self::Reloaded { .. }
            | Self::Online(_)
            | Self::Session(_)
            | Self::Main(_)
            | Self::Dropped(_) => false,
            Self::Shell(action) => !matches!(
                action,
                ShellAction::Shut
                    | ShellAction::Theme(_)
                    | ShellAction::Copy { .. }
                    | ShellAction::Said(_)
                    | ShellAction::ToastGone(_)
                    | ShellAction::Gathering(_)
            ),
            _ => true,
        }
    }
}

/// Session.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum SessionAction {
    /// To Microsoft's sign-in page. Empty: the features that the configuration asks for by default.
    SignIn { features: Vec<String> },
    /// The same, for the features that need the scope that a gap names.
    AskFor { scope: String },
    /// Throws the token and all that was read away, and stays.
    Lock,
    /// The same, and ends the session at Microsoft.
    SignOut,
    /// Another tab did.
    Elsewhere,
    /// The token ends soon.
    RunsShort,
}

/// The main side.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum MainAction {
    Demo,
    Files(Vec<File>),
    ReadTenant,
    /// Shows what the read under way has brought meanwhile.
    Look,
    Reading(ReadControl),
    /// Saves the snapshot to a file.
    Save,
    /// Writes the policies of a side as another tool's files.
    Export(ExportOptions),
}

/// Inventory.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum InventoryAction {
    /// The query as typed, and where the cursor stands in it, in UTF-16 units.
    Query { text: String, cursor: u32 },
    /// A completion was chosen.
    Take(usize),
    /// The completions go away.
    NoSuggestions,
    /// The highlighted completion moves.
    Highlight(i32),
    /// A word of the query language (`platform:`) joins the query, with its values to choose from.
    Filter(&'static str),
    /// The head of a column was pressed.
    Sort(&'static str),
    /// Opens the row of the cursor.
    Open,
    /// Compares the two selected policies.
    Compare,
    /// Selected rows as tab-separated text.
    Copy,
    /// All rows that the query leaves, as CSV.
    Export,
}

/// The policy beside the list.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum PolicyAction {
    ShowIds,
    /// Draws more of its settings.
    More,
    /// Asks for the document.
    Raw,
    /// Saves the document.
    SaveRaw,
    Close,
}

/// Compare.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum CompareAction {
    Baseline(Vec<File>),
    /// Forgets the baseline to choose another.
    Another,
    Query(String),
    Show(State),
    /// Shows these states only.
    Only(Vec<State>),
    Group(GroupBy),
    Fold(u32),
    Rule(String),
    BaselineTypesOnly,
    /// Leaves out what somebody accepted, or shows it again.
    WithoutAccepted,
    Rules,
    Open,
    Close,
}

/// Analyses of a comparison.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum AnalysisAction {
    /// Text to find.
    Text(String),
    /// Sorts by a column; once more: the other way round.
    Sort(&'static str),
    /// Opens the row of the cursor.
    Open,
    Close,
    /// Shows the score whole, or not any more.
    Score,
    /// Opens the dialog that accepts the setting beside the list, or at the cursor.
    Accept,
    /// Accepts it.
    Sign(Accept),
    /// Takes a deviation back, by its number.
    Unaccept(u32),
    /// Reads files of deviations; with today's date.
    OpenDeviations(Vec<File>, String),
    SaveDeviations,
    /// Reads a file of severity rules; an empty one: the built-in ones again.
    Severities(File),
    AddSides(Vec<File>),
    RemoveSide(u32),
    /// Policies of a side whose name has a text.
    Find(u32, String),
}

/// Audit logs.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum AuditAction {
    /// Reads the logs whose permission is in hand, between two times.
    Read {
        from: String,
        to: String,
    },
    Cancel,
}

/// Reports.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum ReportAction {
    What(ReportWhat),
    Format(ReportFormat),
    IncludeSame,
    Dates,
    Redact,
    /// Leaves a chapter out, or takes it in again.
    Chapter(&'static str),
    Title(String),
    FileName(String),
    Organisation(String),
    Colour(String),
    /// A picture from the disk; `None` takes it away.
    Logo(Option<File>),
    /// With the time of now, ISO 8601 in UTC.
    Write {
        now: String,
    },
    Cancel,
}

/// Search, help, theme, toasts.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum ShellAction {
    Open(Overlay),
    Shut,
    Search(String),
    Highlight(i32),
    /// Runs the highlighted entry of the search, or the one of this number.
    Run(Option<usize>),
    Theme(Theme),
    /// Text for the clipboard, and what it is.
    Copy {
        text: String,
        what: String,
    },
    ToastGone(u32),
    /// Words for a toast.
    Said(&'static str),
    /// Files are being fetched from the disk.
    Gathering(bool),
    Ledger,
    SaveLedger,
    /// What the browser keeps for this site.
    Stored(Stored),
}

/// What the browser keeps for this site: all are to be 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Stored {
    pub cookies: u32,
    pub local: u32,
    pub session: u32,
}

/// The tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Which {
    Inventory,
    Compare,
    Analysis,
    Ledger,
}

/// What lies over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Overlay {
    Search,
    Help,
    Accept,
    /// Asks for what the feature of this id needs.
    Ask(&'static str),
    /// Chooses the passphrase of files that are saved.
    Seal,
    /// Asks for the passphrase of files that are opened.
    Unseal,
}

/// Light, dark, or what the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// What asks the engine. A newer request of the same slot makes the older one void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Slot {
    Session,
    Main,
    SoFar,
    Save,
    Overview,
    Rows,
    CopyRows,
    PickRows,
    ExportRows,
    Suggest,
    Policy,
    Raw,
    Find,
    Baseline,
    Compared,
    CompareRows,
    CompareDetail,
    Analysis,
    Score,
    Accept,
    Unaccept,
    Deviations,
    Sides,
    /// Several may be under way.
    AddSide,
    Pick,
    Audit,
    AuditEvent,
    Live,
    Report,
    Ledger,
    /// No answer is waited for.
    Tell,
}

/// What is to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// Asks the engine.
    Ask(Slot, Request),
    /// Ends the newest request of a slot.
    Cancel(Slot),
    /// Shows an address. `replace`: without a new entry in the history.
    #[allow(missing_docs)]
    Address { hash: String, replace: bool },
    /// Keeps the transaction record and leaves for Microsoft's page.
    Leave(SignInReady),
    /// Notes in this tab's history that it is signed in.
    Stay(Rc<Account>),
    /// Takes that note away.
    Forget,
    /// Takes back the passphrase that files are encrypted with.
    DropPassphrase,
    /// Tells the other tabs that the session is over.
    TellTabs,
    /// Leaves for an address, without anything kept.
    Visit(String),
    /// Puts text on the clipboard.
    Copy(String),
    /// Offers a file for the download folder.
    Download(File),
    /// Keeps the next bytes of the report's file.
    Gather(Vec<u8>),
    /// Offers the report for the download folder: what was kept, and then this.
    DownloadReport(File),
    /// Sets the theme on the document.
    Theme(Theme),
    /// Says something again later.
    #[allow(missing_docs)]
    Later { ms: i32, action: Box<Action> },
    /// Moves the focus to an element by id, after drawing.
    Focus(&'static str),
    /// Counts what the browser keeps for this site.
    CountStored,
}
