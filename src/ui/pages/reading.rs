//! Something is being opened: what, how far, how long yet; it can be paused and ended.

use domain::arrange::Arrange;
use std::rc::Rc;

use domain::protocol::{Progress, ReadControl, SnapshotInfo, TypeProgress};
use yew::prelude::*;

use crate::ui::components::{button, icon_s, link, sign};
use crate::ui::dom::intl;
use crate::ui::route::Route;
use crate::ui::state::{Action, Main, MainAction, Model};
use crate::ui::words;

/// What the page needs.
#[derive(Properties)]
pub struct Props {
    /// What is being opened.
    pub main: Rc<Main>,
    /// Files are being fetched from the disk.
    pub gathering: bool,
    /// No network.
    pub offline: bool,
}

/// Every report of progress is drawn.
impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.main, &other.main)
            && (self.gathering, self.offline) == (other.gathering, other.offline)
    }
}

/// The page.
#[component]
pub fn Reading(props: &Props) -> Html {
    let content = match &props.main.progress {
        Some(progress) if !props.gathering => reading(progress, props.offline),
        _ => {
            let what = if props.gathering {
                "Files are fetched from the disk."
            } else {
                "One moment."
            };
            html! { <div class="body stack"><progress aria-label="Opening"/><p class="soft" role="status">{ what }</p></div> }
        }
    };
    let title = if props.gathering {
        "Opening files".to_owned()
    } else {
        format!("Opening {}", props.main.opening)
    };
    html! { <section class="sheet reading"><header><h1>{ title }</h1></header>{ content }</section> }
}

/// Above what was open before, which stays in use until the new one is whole, or above what is read so far.
pub fn meanwhile(model: &Model, info: &SnapshotInfo) -> Html {
    let main = &model.main;
    let title = if model.gathering {
        "Opening files".to_owned()
    } else {
        format!("Opening {}", main.opening)
    };
    let progress = main.progress.as_ref().filter(|_| !model.gathering);
    let until = match progress {
        Some(progress) if main.so_far => format!(
            "{} What is read can be used already; comparisons wait for the rest.",
            answered(progress)
        ),
        _ => format!("Until it is whole, {} stays open.", info.label),
    };
    // Rows that a person reads do not move by themselves.
    let look = main.so_far && matches!(model.route, Route::Inventory(_));
    let (now, bar) = match progress {
        Some(progress) => (line(progress, model.offline), share(progress)),
        None => (html! {}, html! { <progress aria-label="Opening"/> }),
    };
    html! {
        <section class="sheet meanwhile" aria-label={title.clone()}>
            <div class="row"><b>{ title }</b><p>{ now }</p><span class="grow"/>
                if look { { button("ghost", "refresh", "Show what was read since", Action::Main(MainAction::Look)) } }
                { progress.map(|progress| controls(progress)) }
            </div>
            { bar }
            <p class="quiet">{ until }</p>
        </section>
    }
}

fn control(control: ReadControl) -> Action {
    Action::Main(MainAction::Reading(control))
}

fn controls(progress: &Progress) -> Html {
    let pause = if progress.paused {
        button("pri", "", "Go on", control(ReadControl::Resume))
    } else {
        button("", "pause", "Pause", control(ReadControl::Pause))
    };
    let cancel = control(ReadControl::Cancel);
    html! { <>{ pause }{ button("ghost", "", "Cancel, keep what is read", cancel) }</> }
}

fn share(progress: &Progress) -> Html {
    if progress.total == 0 {
        return html! { <progress aria-label="Reading"/> };
    }
    html! { <progress max={progress.total.to_string()} value={progress.done.to_string()} aria-label="Requests answered"/> }
}

fn answered(progress: &Progress) -> String {
    let (done, total) = (intl::number(progress.done), intl::number(progress.total));
    let objects = intl::number(progress.objects);
    format!("{done} of {total} requests, {objects} objects so far.")
}

fn reading(progress: &Progress, offline: bool) -> Html {
    html! {
        <div class="body stack">
            <p>{ line(progress, offline) }</p>
            { share(progress) }
            <p class="soft">
                { answered(progress) }{ " " }{ link(&Route::Trust, "Each request is listed") }
                { ". What is read can be used in a moment, while the reading goes on." }
            </p>
            { types(&progress.types) }
            <p class="row">{ controls(progress) }</p>
        </div>
    }
}

fn line(progress: &Progress, offline: bool) -> Html {
    if offline {
        return html! { <b>{ "No connection. The reading goes on by itself when there is one." }</b> };
    }
    if progress.paused {
        return html! { <b>{ "Paused. Nothing is sent." }</b> };
    }
    let left = if progress.waiting > 0 {
        format!(
            " Microsoft Graph asks for a pause: {}.",
            words::duration(progress.waiting)
        )
    } else if progress.seconds_left > 0 {
        words::time_left(progress.seconds_left, progress.at_least)
    } else if progress.at_least {
        " How long it takes is known when the first lists are read.".to_owned()
    } else {
        String::new()
    };
    html! { <><b>{ &progress.doing }</b><span class="soft">{ left }</span></> }
}

/// Types under way and not whole first, then what is done.
fn types(types: &[TypeProgress]) -> Html {
    let rank = |t: &TypeProgress| {
        if t.gap.is_some() {
            1
        } else {
            2 * u8::from(t.done)
        }
    };
    let mut order: Vec<&TypeProgress> = types
        .iter()
        .filter(|t| t.read > 0 || t.gap.is_some() || t.done)
        .collect();
    order.arrange_by_key(|t| rank(t));
    let rows = order.into_iter().map(|t| {
        let state = match &t.gap {
            Some(gap) => sign("unkn", "m-unkn", words::gap_short(gap.reason)),
            None if t.done => html! { <span class="soft">{ icon_s("check") }{ " read" }</span> },
            None => html! { <span class="soft">{ icon_s("clock") }{ " reading" }</span> },
        };
        html! { <tr key={t.row.clone()}><th scope="row">{ &t.name }</th><td class="num">{ intl::number(t.read) }</td><td>{ state }</td></tr> }
    });
    html! {
        <div class="scroll reading-types" role="region" aria-label="Types" tabindex="0"><table class="tbl">
            <thead><tr><th scope="col">{ "Type" }</th><th scope="col" class="num">{ "Read" }</th><th scope="col">{ "State" }</th></tr></thead>
            <tbody>{ for rows }</tbody>
        </table></div>
    }
}
