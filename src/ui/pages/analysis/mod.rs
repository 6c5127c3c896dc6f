//! The analyses of a comparison, one a tab: coverage, conflicts, drift, many sides, two policies, deviations.

mod conflicts;
mod coverage;
mod deviations;
mod drift;
mod events;
mod list;
mod places;
mod policies;
mod sides;

use std::rc::Rc;

use domain::protocol::SnapshotInfo;
use yew::prelude::*;

use super::compare::{choose, tabs, title};
use crate::ui::components::Splitter;
use crate::ui::route::{Route, Tab, View};
use crate::ui::state::{Analysis as State, Audit, Compare, Session};

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which analysis, and what of it.
    pub view: View,
    /// The analysis.
    pub analysis: Rc<State>,
    /// Baseline and comparison.
    pub compare: Rc<Compare>,
    /// How audit logs were read.
    pub audit: Rc<Audit>,
    /// Who.
    pub session: Session,
    /// What is open.
    pub snapshot: Rc<SnapshotInfo>,
}

/// What an analysis shows: above the list, the list, and beside it.
struct Parts {
    over: Html,
    list: Html,
    beside: Option<Html>,
}

/// The page.
#[component]
pub fn Analysis(props: &Props) -> Html {
    let view = &props.view;
    let head = html! {
        <>
            { title(&props.compare, &props.snapshot) }
            { tabs(&Route::Analysis(view.clone()), &props.analysis) }
        </>
    };
    if view.tab.needs_a_comparison() && props.compare.summary.get().is_none() {
        return html! { <>{ head }{ choose(&props.compare) }</> };
    }
    let parts = match view.tab {
        Tab::Coverage => coverage::parts(props),
        Tab::Conflicts => conflicts::parts(props),
        Tab::Drift => drift::parts(props),
        Tab::Audit => events::parts(props),
        Tab::Sides => sides::parts(props),
        Tab::Policies => policies::parts(props),
        Tab::Deviations => deviations::parts(props),
        Tab::Rule => policies::rule(props),
    };
    let open = parts.beside.is_some();
    html! {
        <>
            <div class={classes!("over", open.then_some("list-only"))}>{ head }{ parts.over }</div>
            <div class={classes!("split", open.then_some("beside"))}>
                { parts.list }
                if let Some(beside) = parts.beside { <Splitter/>{ beside } }
            </div>
        </>
    }
}
