//! The one table: 100,000 rows, of which the page holds the few that are in view.
//!
//! What the rows are is the page's business: a [`Source`] gives the row of a number, or nothing while it is
//! on its way. Where the table stands is in [`TableState`]; this draws it and reports what a person does.

mod head;
mod rows;
mod scroll;
mod view;

use std::rc::Rc;

use domain::arrange::Arrange;
use yew::prelude::*;

pub use view::{Table, column_menu};

use crate::ui::state::table::TableState;
use crate::ui::state::{Action, Which};

/// Columns of a wide table that are drawn before it is known which are in view.
const COLUMNS_AT_FIRST: u32 = 7;

/// Where rows come from.
pub trait Source {
    /// All rows there are.
    fn total(&self) -> u32;
    /// The row of a number; `None` while it is on its way.
    fn row(&self, at: u32) -> Option<Row>;
    /// What the rows are drawn from: the address of data that lives as long as this does, and what else there is.
    fn stamp(&self) -> (usize, String);
    /// The title of a column whose words are not known before.
    fn title(&self, _place: usize) -> Option<AttrValue> {
        None
    }
}

/// Rows for a table; equal, and not drawn anew, as long as they are drawn from the same.
#[derive(Clone)]
pub struct Rows {
    rows: Rc<dyn Source>,
    stamp: (usize, String),
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.stamp == other.stamp
    }
}

impl std::ops::Deref for Rows {
    type Target = dyn Source;

    fn deref(&self) -> &Self::Target {
        &*self.rows
    }
}

/// Rows for a table.
pub fn source(rows: impl Source + 'static) -> Rows {
    Rows {
        stamp: rows.stamp(),
        rows: Rc::new(rows),
    }
}

/// The address of shared data, for [`Source::stamp`].
pub fn address<T>(data: Option<&Rc<T>>) -> usize {
    data.map_or(0, |data| Rc::as_ptr(data).addr())
}

/// A row as it is drawn.
pub struct Row {
    /// Classes of the row.
    pub class: &'static str,
    /// One for each column; a heading has one for all.
    pub cells: Vec<Html>,
    /// For a tree: a heading that can be folded, and whether it is open.
    pub heading: Option<bool>,
    /// What a screen reader says for the box that selects it.
    pub name: AttrValue,
}

/// A column.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// What the engine sorts by.
    pub id: &'static str,
    /// Words in the head.
    pub title: &'static str,
    /// Class of its cells; its `col` has the same with `k-` for `c-`.
    pub class: &'static str,
    /// It can be sorted by.
    pub sorts: bool,
}

/// What a table needs.
#[derive(Properties, Clone)]
pub struct Props {
    /// Which table it is.
    pub which: Which,
    /// Its name for screen readers.
    pub name: &'static str,
    /// Classes: `big`, `cmp`.
    pub class: &'static str,
    /// Rows.
    pub source: Rows,
    /// Columns; the first is the row's head.
    pub columns: &'static [Column],
    /// Where it stands.
    pub state: TableState,
    /// Order: column and direction (true: descending).
    #[prop_or_default]
    pub sort: Option<(String, bool)>,
    /// What pressing a head does.
    #[prop_or_default]
    pub on_sort: Option<fn(&'static str) -> Action>,
    /// What opening the row of the cursor does.
    #[prop_or_default]
    pub on_open: Option<Action>,
    /// What Ctrl+C does.
    #[prop_or_default]
    pub on_copy: Option<Action>,
    /// Rows can be selected.
    #[prop_or_default]
    pub selects: bool,
    /// Number of the row that is open beside the list.
    #[prop_or_default]
    pub open: Option<u32>,
    /// Rows are a tree of two levels.
    #[prop_or_default]
    pub tree: bool,
    /// Only the columns in view are drawn: there can be many.
    #[prop_or_default]
    pub wide: bool,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
            && self.state == other.state
            && self.sort == other.sort
            && self.open == other.open
            && self.which == other.which
    }
}

/// All columns in the order that a person chose, with their place in a row's cells. The first stays the first.
fn ordered(columns: &'static [Column], state: &TableState) -> Vec<(usize, &'static Column)> {
    let mut all: Vec<_> = columns.iter().enumerate().collect();
    let place = |id| state.order.iter().position(|chosen| *chosen == id);
    all.arrange_by_key(|(at, column)| place(column.id).map_or(*at, |place| place + 1));
    all
}

/// Columns that are drawn of a table that is wide, beside the first: those in view and one on each side.
pub fn across(state: &TableState) -> (usize, usize) {
    let (from, to) = state.across.unwrap_or((1, COLUMNS_AT_FIRST));
    (from.saturating_sub(1).max(1) as usize, to as usize + 1)
}

impl Props {
    /// Columns that are shown, with their place in a row's cells.
    fn shown(&self) -> impl Iterator<Item = (usize, &'static Column)> {
        let hidden = &self.state.hidden;
        let all = ordered(self.columns, &self.state).into_iter();
        all.filter(|(_, column)| !hidden.contains(&column.id))
    }

    /// Columns that are drawn beside the first, from and to in the order in which they are shown.
    fn across(&self) -> (usize, usize) {
        match self.wide {
            true => across(&self.state),
            false => (1, usize::MAX),
        }
    }

    /// Id of the row of a number.
    fn row_id(&self, at: u32) -> String {
        format!("{}-{at}", self.prefix())
    }

    fn prefix(&self) -> &'static str {
        match self.which {
            Which::Inventory => "i",
            Which::Compare => "c",
            Which::Analysis => "a",
            Which::Ledger => "l",
        }
    }
}
