//! How the columns of a grid stand on a page.

use super::model::{Grid, Place};

/// A column of a page, and what stands around its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The column itself.
    pub own: usize,
    /// In front of it.
    pub before: Option<usize>,
    /// Below it; true: as code.
    pub below: Vec<(usize, bool)>,
    /// Aligned as a number.
    pub number: bool,
}

/// The columns of a page: those of the grid, with the lesser ones folded into the one that they belong to.
pub fn fold(grid: &Grid) -> Vec<Folded> {
    let mut out: Vec<Folded> = Vec::new();
    let mut before = None;
    for (at, column) in grid.columns.iter().enumerate() {
        match column.place {
            Place::Own | Place::Number => out.push(Folded {
                own: at,
                before: before.take(),
                below: Vec::new(),
                number: column.place == Place::Number,
            }),
            Place::Before => before = Some(at),
            Place::Below | Place::Code => {
                if let Some(last) = out.last_mut() {
                    last.below.push((at, column.place == Place::Code));
                }
            }
            Place::Sheet => {}
        }
    }
    out
}
