//! Where a table stands: cursor, selection, what is in view, which columns.
//!
//! Rows are named by their number in the list as it is sorted and filtered now; a new query or order
//! starts anew. 100,000 selected rows are one range.

use domain::arrange::Arrange;

/// What a table reports.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum TableMsg {
    /// A key moved the cursor. `extend`: the selection goes with it.
    Move { step: Step, extend: bool },
    /// A row was pointed at.
    Point {
        row: u32,
        extend: bool,
        toggle: bool,
    },
    /// Space: the row of the cursor joins or leaves the selection.
    Toggle,
    /// The box in the head.
    All,
    /// Esc.
    Clear,
    /// First row in view and how many fit.
    View { first: u32, visible: u32 },
    /// Columns in view, from and to, where a table is wider than most; the first column counts as 0 and is always drawn.
    Across(u32, u32),
    /// A column is shown or hidden.
    Column { id: &'static str, shown: bool },
    /// A column was made this wide, in pixels.
    Width { id: &'static str, px: u32 },
    /// Columns stand in this order.
    Order(Vec<&'static str>),
}

/// How the cursor moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Step {
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
}

/// See the head of this file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableState {
    /// Row of the cursor.
    pub cursor: u32,
    /// Where a range selection began.
    anchor: u32,
    /// Selected rows: disjoint ranges, in order, ends excluded.
    selected: Vec<(u32, u32)>,
    /// First row in view.
    pub first: u32,
    /// Rows that fit in view.
    pub visible: u32,
    /// Columns in view, from and to; `None`: not known yet, or all.
    pub across: Option<(u32, u32)>,
    /// Counts up when the cursor must be brought into view and take the focus.
    pub reveal: u32,
    /// Columns in the order that a person chose; empty: as they come.
    pub order: Vec<&'static str>,
    /// Columns that a person hid.
    pub hidden: Vec<&'static str>,
    /// Widths that a person chose.
    pub widths: Vec<(&'static str, u32)>,
}

/// The columns when the one at a place goes one to the left, or to the right: past the next one that is shown, and past
/// all that are hidden on the way. `None`: it is the outermost already. The first column is not among them: it stays.
pub fn shifted(
    order: &[&'static str],
    hidden: &[&'static str],
    at: usize,
    right: bool,
) -> Option<Vec<&'static str>> {
    let shown = |place: &usize| order.get(*place).is_some_and(|id| !hidden.contains(id));
    let to = match right {
        true => (at + 1..order.len()).find(shown),
        false => (0..at).rev().find(shown),
    }?;
    let mut order = order.to_vec();
    let moved = order.remove(at);
    order.insert(to, moved);
    Some(order)
}

impl TableState {
    /// Takes a report of the table with so many rows. True when the window may have to be asked for anew.
    pub fn apply(&mut self, msg: TableMsg, rows: u32) -> bool {
        let last = rows.saturating_sub(1);
        match msg {
            TableMsg::Move { step, extend } => {
                let page = self.visible.saturating_sub(1).max(1);
                self.cursor = match step {
                    Step::Down => self.cursor.saturating_add(1),
                    Step::Up => self.cursor.saturating_sub(1),
                    Step::PageDown => self.cursor.saturating_add(page),
                    Step::PageUp => self.cursor.saturating_sub(page),
                    Step::First => 0,
                    Step::Last => last,
                }
                .min(last);
                if extend {
                    self.select_to_cursor();
                } else {
                    self.anchor = self.cursor;
                }
                self.reveal = self.reveal.wrapping_add(1);
            }
            TableMsg::Point {
                row,
                extend,
                toggle,
            } => {
                self.cursor = row.min(last);
                if extend {
                    self.select_to_cursor();
                } else {
                    self.anchor = self.cursor;
                    if toggle {
                        self.flip(row);
                    }
                }
            }
            TableMsg::Toggle => {
                self.anchor = self.cursor;
                self.flip(self.cursor);
            }
            TableMsg::All => {
                self.selected = if self.count() == rows {
                    Vec::new()
                } else {
                    vec![(0, rows)]
                }
            }
            TableMsg::Clear => self.selected.clear(),
            TableMsg::View { first, visible } => {
                let moved = (self.first, self.visible) != (first, visible);
                (self.first, self.visible) = (first, visible);
                return moved;
            }
            TableMsg::Across(from, to) => self.across = Some((from, to)),
            TableMsg::Column { id, shown } => {
                self.hidden.retain(|hidden| *hidden != id);
                if !shown {
                    self.hidden.push(id);
                }
            }
            TableMsg::Width { id, px } => {
                self.widths.retain(|(column, _)| *column != id);
                self.widths.push((id, px));
            }
            TableMsg::Order(order) => self.order = order,
        }
        false
    }

    /// Another list: cursor and selection start anew; columns stay.
    pub fn restart(&mut self) {
        self.cursor = 0;
        self.anchor = 0;
        self.selected.clear();
        self.first = 0;
    }

    /// What a person chose about columns, for the table of another snapshot.
    pub fn columns(&self) -> Self {
        Self {
            visible: self.visible,
            order: self.order.clone(),
            hidden: self.hidden.clone(),
            widths: self.widths.clone(),
            ..Self::default()
        }
    }

    /// Selected rows.
    pub fn count(&self) -> u32 {
        self.selected.iter().map(|(from, to)| to - from).sum()
    }

    /// Whether a row is selected.
    pub fn is_selected(&self, row: u32) -> bool {
        self.selected
            .iter()
            .any(|(from, to)| (*from..*to).contains(&row))
    }

    /// From the first selected row to behind the last.
    pub fn span(&self) -> Option<(u32, u32)> {
        Some((self.selected.first()?.0, self.selected.last()?.1))
    }

    /// The window to ask for when `have` (first row, number) does not cover what is in view: a screenful
    /// before and two behind, so that scrolling rarely waits.
    pub fn wants(&self, have: Option<(u32, u32)>, rows: Option<u32>) -> Option<(u32, u32)> {
        let visible = self.visible.max(30);
        let end = self.first.saturating_add(visible);
        let end = rows.map_or(end, |rows| end.min(rows));
        if let Some((from, count)) = have
            && from <= self.first
            && end <= from.saturating_add(count)
        {
            return None;
        }
        Some((
            self.first.saturating_sub(visible),
            visible.saturating_mul(4).min(400),
        ))
    }

    fn select_to_cursor(&mut self) {
        let (from, to) = (
            self.anchor.min(self.cursor),
            self.anchor.max(self.cursor).saturating_add(1),
        );
        self.selected = vec![(from, to)];
    }

    fn flip(&mut self, row: u32) {
        let after = row.saturating_add(1);
        if self.is_selected(row) {
            self.selected = self
                .selected
                .iter()
                .flat_map(|&(from, to)| {
                    if (from..to).contains(&row) {
                        [(from, row), (after, to)]
                    } else {
                        [(from, to), (to, to)]
                    }
                })
                .filter(|(from, to)| from < to)
                .collect();
        } else {
            self.selected.push((row, after));
            self.selected.arrange();
            self.selected.dedup_by(|next, kept| {
                let joined = kept.1 == next.0;
                if joined {
                    kept.1 = next.1;
                }
                joined
            });
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn moved(state: &mut TableState, step: Step, extend: bool) -> u32 {
        state.apply(TableMsg::Move { step, extend }, 100);
        state.cursor
    }

    #[test]
    fn the_cursor_stays_within_the_rows() {
        let mut t = TableState {
            visible: 10,
            ..TableState::default()
        };
        assert_eq!(moved(&mut t, Step::Up, false), 0);
        assert_eq!(moved(&mut t, Step::PageDown, false), 9);
        assert_eq!(moved(&mut t, Step::Last, false), 99);
        assert_eq!(moved(&mut t, Step::Down, false), 99);
        assert_eq!(moved(&mut t, Step::First, false), 0);
        t.apply(
            TableMsg::Move {
                step: Step::Down,
                extend: false,
            },
            0,
        );
        assert_eq!(t.cursor, 0);
    }

    #[test]
    fn a_range_grows_and_shrinks_from_where_it_began() {
        let mut t = TableState::default();
        for row in [0, 1, 2] {
            assert_eq!(t.cursor, row);
            moved(&mut t, Step::Down, true);
        }
        assert_eq!(t.count(), 4);
        moved(&mut t, Step::Up, true);
        assert_eq!(t.span(), Some((0, 3)));
    }

    #[test]
    fn columns_stay_for_the_table_of_another_snapshot() {
        let mut t = TableState::default();
        t.apply(TableMsg::All, 5);
        let shown = false;
        t.apply(TableMsg::Column { id: "tags", shown }, 5);
        t.apply(TableMsg::Order(vec!["type", "assigned"]), 5);
        t.apply(TableMsg::Width { id: "type", px: 90 }, 5);
        let next = t.columns();
        assert_eq!((next.count(), next.cursor), (0, 0));
        assert_eq!(next.order, ["type", "assigned"]);
        assert_eq!(
            (next.hidden, next.widths),
            (vec!["tags"], vec![("type", 90)])
        );
    }

    #[test]
    fn a_column_goes_past_those_that_are_hidden_at_once() {
        let order = ["type", "tags", "assigned", "modified"];
        let hidden = ["tags"];
        let left = |at| shifted(&order, &hidden, at, false);
        let right = |at| shifted(&order, &hidden, at, true);
        assert_eq!(left(2).unwrap(), ["assigned", "type", "tags", "modified"]);
        assert_eq!(right(0).unwrap(), ["tags", "assigned", "type", "modified"]);
        assert_eq!(right(2).unwrap(), ["type", "tags", "modified", "assigned"]);
        assert_eq!((left(0), right(3)), (None, None));
        // Only hidden ones are beyond: nothing would be seen to move.
        assert_eq!(shifted(&order, &["type", "tags"], 2, false), None);
        assert_eq!(shifted(&order, &["modified"], 2, true), None);
    }

    #[test]
    fn a_hole_in_a_range_and_its_filling() {
        let mut t = TableState::default();
        t.apply(TableMsg::All, 5);
        t.flip(2);
        assert_eq!(
            (t.count(), t.is_selected(2), t.span()),
            (4, false, Some((0, 5)))
        );
        t.flip(2);
        assert_eq!(t.selected, [(0, 5)]);
        t.apply(TableMsg::All, 5);
        assert_eq!(t.count(), 0);
    }

    #[test]
    fn a_window_is_asked_for_only_when_the_view_leaves_it() {
        let mut t = TableState::default();
        assert_eq!(t.wants(None, None), Some((0, 120)));
        assert_eq!(t.wants(Some((0, 120)), Some(5_000)), None);
        t.apply(
            TableMsg::View {
                first: 80,
                visible: 40,
            },
            5_000,
        );
        assert_eq!(t.wants(Some((0, 120)), Some(5_000)), None);
        t.apply(
            TableMsg::View {
                first: 81,
                visible: 40,
            },
            5_000,
        );
        assert_eq!(t.wants(Some((0, 120)), Some(5_000)), Some((41, 160)));
        assert_eq!(t.wants(Some((0, 100)), Some(100)), None);
    }
}
