//! Rows of the inventory as the table draws them.

use std::rc::Rc;

use domain::protocol::{RowView, RowsWindow};
use yew::prelude::*;

use crate::ui::components::table::{Row, Source, address};
use crate::ui::components::{assigned_mark, day, icon_s};
use crate::ui::dom::intl;
use crate::ui::route::{List, Route, reference};
use crate::ui::words;

/// The window that is there, and the address that a row's link goes on from.
pub struct Rows {
    /// `None`: nothing came yet.
    pub window: Option<Rc<RowsWindow>>,
    /// Query and order stay while a policy is opened.
    pub list: List,
}

impl Source for Rows {
    fn total(&self) -> u32 {
        self.window.as_ref().map_or(0, |w| w.matching)
    }

    fn stamp(&self) -> (usize, String) {
        let to = Route::Inventory(self.list.clone());
        (address(self.window.as_ref()), to.hash())
    }

    fn row(&self, at: u32) -> Option<Row> {
        let row = self.view(at)?;
        Some(Row {
            cells: vec![
                name(row, &self.list),
                assigned_mark(row),
                html! { <span title={row.kind.clone()}>{ &row.kind }</span> },
                html! { <>{ icon_s(words::platform_icon(&row.platform)) }{ " " }{ &row.platform }</> },
                settings(row.settings),
                html! { <span title={row.scope_tags.clone()}>{ &row.scope_tags }</span> },
                day(&row.modified),
            ],
            name: AttrValue::from(row.name.clone()),
            ..Row::default()
        })
    }
}

impl Rows {
    fn view(&self, at: u32) -> Option<&RowView> {
        let window = self.window.as_ref()?;
        window.rows.get(at.checked_sub(window.from)? as usize)
    }
}

fn name(row: &RowView, list: &List) -> Html {
    let to = Route::Inventory(List {
        policy: Some(reference(&row.id, row.index)),
        ..list.clone()
    });
    let matched = (!row.matched.is_empty()).then(|| {
        html! { <span class="quiet matched" title={row.matched.clone()}>{ " · " }{ &row.matched }</span> }
    });
    html! { <a href={to.hash()} tabindex="-1" title={row.name.clone()}>{ &row.name }{ matched }</a> }
}

fn settings(n: Option<u32>) -> Html {
    match n {
        Some(n) => html! { { intl::number(n) } },
        None => html! { <span title="Not known">{ "?" }</span> },
    }
}
