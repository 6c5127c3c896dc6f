//! Counts by type and platform, what could not be read, what changed, what expires.

use std::rc::Rc;

use domain::arrange::Arrange;
use domain::permission::feature;
use domain::protocol::{
    Expiry, FindingView, Overview as View, Ready, RowView, SnapshotInfo, TypeCount,
};
use domain::snapshot::Reason;
use yew::prelude::*;

use crate::ui::components::{badge_mark, bar, button, day, icon_s, link, minute, sign};
use crate::ui::dom::{self, intl};
use crate::ui::route::{self, Route, Tab};
use crate::ui::state::{Action, Main, MainAction, Overlay, SessionAction, ShellAction};
use crate::ui::words::{self, Press};

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is open.
    pub main: Rc<Main>,
    /// The engine and its configuration.
    pub ready: Option<Rc<Ready>>,
    /// There is a session.
    pub signed_in: bool,
}

/// The page.
#[component]
pub fn Overview(props: &Props) -> Html {
    // Most types are behind a click: a hundred lines that nobody sees are not drawn.
    let all = use_state(|| false);
    // The first drawing is the longest: what leads is drawn first, the rest in a task of its own.
    let rest = use_state(|| false);
    {
        let rest = rest.clone();
        use_effect_with(props.main.overview.get().is_some(), move |&there| {
            if there {
                dom::later(0, move || rest.set(true));
            }
        });
    }
    if props.main.overview.get().is_none() {
        let waiting = props.main.overview.draw("Counting", |_| html! {});
        return html! { <><div class="title"><h1>{ "Overview" }</h1></div>{ waiting }</> };
    }
    props.main.overview.draw("Counting", |view| {
        html! {
            <>
                { title(&view.info, props.main.so_far) }
                { figures(view) }
                <div class="cols" aria-busy={props.main.overview.loading().then_some("true")}>
                    <div class="stack">{ types(&view.types, &all) }if *rest { { changed(&view.changed) } }</div>
                    <div class="stack">if *rest {
                        { still(&view.types) }{ gaps(&view.types, props) }{ findings(&view.info) }
                        { expiring(&view.expiring) }{ platforms(&view.platforms) }
                    }</div>
                </div>
            </>
        }
    })
}

fn title(info: &SnapshotInfo, so_far: bool) -> Html {
    let policies = intl::number(info.policies);
    let of_types = words::plural(info.policies, "policy", "policies");
    html! {
        <div class="title"><h1>{ "Overview" }</h1><p>
            { policies }{ " " }{ of_types }
            if so_far { <b>{ " so far" }</b> } else if !info.taken_at.is_empty() { { ", read " }{ minute(&info.taken_at) } }
            if info.gaps > 0 { { ". " }<b>{ intl::number(info.gaps) }{ " types could not be read whole." }</b> }
        </p></div>
    }
}

fn figure(number: u32, words: &'static str, to: Option<Route>) -> Html {
    let number = intl::number(number);
    let number = match to {
        Some(to) => html! { <a href={to.hash()}>{ number }</a> },
        None => html! { { number } },
    };
    html! { <div><dt>{ words }</dt><dd>{ number }</dd></div> }
}

fn figures(view: &View) -> Html {
    let to = |query| Some(Route::inventory(query));
    html! {
        <dl class="figs">
            { figure(view.info.policies, "policies", to("")) }
            { figure(view.info.settings, "settings in them", None) }
            { figure(view.unassigned, "not assigned to anyone", to("assigned:no")) }
            { figure(view.assignment_unknown, "assignment not known", to("assigned:unknown")) }
            { figure(view.changed_lately, "changed in 30 days", to("modified:30d")) }
        </dl>
    }
}

fn types(types: &[TypeCount], all: &UseStateHandle<bool>) -> Html {
    let mut shown: Vec<&TypeCount> = types
        .iter()
        .filter(|t| t.count > 0 && !t.directory)
        .collect();
    shown.arrange_by(|a, b| b.count.cmp(&a.count));
    let most = shown.first().map_or(1, |t| t.count);
    let rest = shown.split_off(shown.len().min(FIRST));
    let hidden = rest.len();
    let table = |rows: &[&TypeCount], head: &'static str| {
        html! {
            <table class="tbl types">
                <thead class={head}><tr><th scope="col">{ "Type" }</th><th scope="col" class="c-bar c-min"><span class="vh">{ "Share" }</span></th>
                    <th scope="col" class="num">{ "Policies" }</th><th scope="col" class="num">{ "Not assigned" }</th><th scope="col" class="num">{ "Unknown" }</th></tr></thead>
                <tbody>{ for rows.iter().map(|t| type_row(t, most)) }</tbody>
            </table>
        }
    };
    let ontoggle = {
        let all = all.clone();
        Callback::from(move |_: Event| all.set(true))
    };
    html! {
        <section class="sheet" aria-labelledby="h-types">
            <header><h2 id="h-types">{ "Policies by type" }</h2><p class="label row w-s">
                { legend(("", 20)) }{ "assigned" }{ legend(("open", 19)) }{ "not assigned" }{ legend(("unkn", 20)) }{ "unknown" }
            </p></header>
            { table(&shown, "") }
            if hidden > 0 {
                <details class="more" {ontoggle}><summary>{ icon_s("chev-right") }{ format!("{hidden} more types") }</summary>if **all { { table(&rest, "vh") } }</details>
            }
            { for types.iter().filter(|t| t.directory && t.count > 0).map(referred) }
        </section>
    }
}

/// Types that are shown at once; the others are one click away.
const FIRST: usize = 18;

/// What policies only refer to: counted apart.
fn referred(t: &TypeCount) -> Html {
    let to = Route::inventory(&format!("type={}", t.row));
    html! { <footer>{ "Beside these, " }<a href={to.hash()}>{ intl::number(t.count) }{ " " }{ t.name.to_lowercase() }</a>{ " that assignments refer to." }</footer> }
}

fn legend(segment: (&'static str, u32)) -> Html {
    bar("legend", 8, 20, &[segment], None)
}

fn type_row(t: &TypeCount, most: u32) -> Html {
    let open = if t.assignable {
        t.count.saturating_sub(t.assigned + t.unknown)
    } else {
        0
    };
    let filled = t.count.saturating_sub(open + t.unknown);
    let query = format!("type={}", t.row);
    let count = |n: u32, more: &str| match n {
        0 => html! { <span class="quiet">{ "0" }</span> },
        n => {
            html! { <a href={Route::inventory(&format!("{query} {more}")).hash()}>{ intl::number(n) }</a> }
        }
    };
    html! {
        <tr key={t.row.clone()}>
            <th scope="row"><a href={Route::inventory(&query).hash()}>{ &t.name }</a>if is_open(t) { { " " }{ badge_mark("", "clock", "reading") } }</th>
            <td class="c-bar c-min">{ bar("", 8, most, &[("", filled), ("open", open), ("unkn", t.unknown)], None) }</td>
            <td class="num">{ intl::number(t.count) }</td>
            <td class="num">{ if t.assignable { count(open, "assigned:no") } else { html! { <span class="quiet" title="Cannot be assigned">{ "–" }</span> } } }</td>
            <td class="num">{ count(t.unknown, "assigned:unknown") }</td>
        </tr>
    }
}

/// True for a type that a read under way has not brought whole.
fn is_open(t: &TypeCount) -> bool {
    let gap = t.gap.as_ref();
    gap.is_some_and(|gap| gap.reason == Reason::Reading)
}

/// Types of which nothing is whole yet: not none, but to come.
fn still(types: &[TypeCount]) -> Html {
    let open = types.iter().filter(|t| t.count == 0 && is_open(t));
    let names: Vec<&str> = open.map(|t| t.name.as_str()).collect();
    if names.is_empty() {
        return html! {};
    }
    html! {
        <section class="sheet" aria-labelledby="h-still">
            <header><h2 id="h-still">{ "Still to be read" }</h2><p class="quiet">{ "Not counted yet." }</p></header>
            <p class="body">{ icon_s("clock") }{ " " }{ names.join(", ") }</p>
        </section>
    }
}

fn changed(rows: &[RowView]) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    let lines = rows.iter().map(|row| html! {
        <tr key={row.index}>
            <td class="c-min">{ day(&row.modified) }</td>
            <th scope="row"><a href={Route::policy(&row.id, row.index).hash()}>{ &row.name }</a></th>
            <td>{ &row.kind }</td>
        </tr>
    });
    html! {
        <section class="sheet" aria-labelledby="h-ch">
            <header><h2 id="h-ch">{ "Changed lately" }</h2><p class="quiet">{ "in the 30 days before it was read" }</p><span class="grow"/>{ link(&Route::Analysis(route::View::of(Tab::Audit)), "By whom") }</header>
            <table class="tbl tall">
                <thead><tr><th scope="col" class="c-min">{ "When" }</th><th scope="col">{ "Policy" }</th><th scope="col">{ "Type" }</th></tr></thead>
                <tbody>{ for lines }</tbody>
            </table>
        </section>
    }
}

/// What could not be read, by reason: the types, why, what to press.
fn gaps(types: &[TypeCount], props: &Props) -> Html {
    let mut groups: Vec<(&domain::snapshot::Gap, Vec<&str>)> = Vec::new();
    let lacking = types.iter().filter(|t| !is_open(t));
    for (gap, t) in lacking.filter_map(|t| Some((t.gap.as_ref()?, t))) {
        match groups.iter_mut().find(|(g, _)| *g == gap) {
            Some((_, names)) => names.push(&t.name),
            None => groups.push((gap, vec![&t.name])),
        }
    }
    if groups.is_empty() {
        return html! {};
    }
    let parts = groups.into_iter().map(|(gap, names)| {
        let (why, press) = words::gap(gap);
        html! {
            <div class="stack tight lacks">
                <h3>{ sign("unkn", "m-unkn", names.join(", ")) }</h3>
                <p class="row soft"><span class="grow">{ why }</span>
                    if props.signed_in { { pressed(press, &gap.detail, props.ready.as_deref()) } }</p>
                if !gap.detail.is_empty() { <p class="mono soft">{ &gap.detail }</p> }
            </div>
        }
    });
    html! {
        <section class="sheet" aria-labelledby="h-not">
            <header><h2 id="h-not">{ "Could not be read" }</h2><p class="quiet">{ "Unknown everywhere: never missing, never unassigned." }</p></header>
            <div class="body stack wraps">{ for parts }</div>
        </section>
    }
}

fn pressed(press: Press, detail: &str, ready: Option<&Ready>) -> Html {
    let features = Vec::new();
    match press {
        Press::AskForScope => match named(detail, ready) {
            Some(feature) => {
                let ask = Action::Shell(ShellAction::Open(Overlay::Ask(feature)));
                button("", "", "What it takes", ask)
            }
            None => {
                html! { <span class="quiet">{ "This site’s configuration does not ask for it." }</span> }
            }
        },
        Press::SignIn => button(
            "",
            "",
            "Sign in again",
            Action::Session(SessionAction::SignIn { features }),
        ),
        Press::ReadAgain => button(
            "",
            "refresh",
            "Read again",
            Action::Main(MainAction::ReadTenant),
        ),
        Press::Nothing => html! { <span class="quiet">{ "Nothing to press here." }</span> },
    }
}

/// The feature that asks for a permission which a text names. What no feature of the configuration asks for cannot be had
/// by asking again.
fn named(text: &str, ready: Option<&Ready>) -> Option<&'static str> {
    let offered = ready.iter().flat_map(|ready| &ready.features);
    let mut offered = offered.filter_map(|one| feature(&one.id));
    let needed = offered.find(|one| one.scopes.iter().any(|scope| text.contains(scope)));
    needed.map(|one| one.id)
}

fn findings(info: &SnapshotInfo) -> Html {
    let (given, read, other, bad) = info.files;
    if given == 0 {
        return html! {};
    }
    html! {
        <section class="sheet" aria-labelledby="h-files">
            <header><h2 id="h-files">{ "Files" }</h2><p class="quiet">{ format!("{given} given, {read} read, {other} not policies, {bad} not readable") }</p></header>
            { finding_list(&info.findings) }
        </section>
    }
}

/// Files that could not be read, with the place and the remedy.
pub fn finding_list(findings: &[FindingView]) -> Html {
    if findings.is_empty() {
        return html! {};
    }
    let lines = findings.iter().take(200).map(|f| html! {
        <li><code>{ &f.file }</code>if !f.place.is_empty() { { ", " }{ &f.place } }{ ": " }{ &f.problem }{ " " }<span class="soft">{ &f.remedy }</span></li>
    });
    html! { <ul class="body stack tight findings" role="list" tabindex="0" aria-label="Findings">{ for lines }</ul> }
}

fn expiring(list: &[Expiry]) -> Html {
    if list.is_empty() {
        return html! {};
    }
    let lines = list.iter().map(|e| {
        let ends = match e.days {
            i32::MIN..0 => badge_mark("bad", "warning", format!("ended {} days ago", intl::number(e.days.unsigned_abs()))),
            0..=30 => badge_mark("warn", "clock", format!("in {} days", e.days)),
            days => html! { { format!("in {} days", intl::number(days.unsigned_abs())) } },
        };
        html! {
            <tr><th scope="row"><a href={Route::policy("", e.policy).hash()}>{ &e.name }</a>{ " " }<span class="quiet">{ &e.kind }</span></th>
                <td class="num" title={e.date.clone()}>{ ends }</td></tr>
        }
    });
    html! {
        <section class="sheet" id="connectors" aria-labelledby="h-con">
            <header><h2 id="h-con">{ "Connectors and certificates" }</h2></header>
            <table class="tbl tall"><thead><tr><th scope="col">{ "What" }</th><th scope="col" class="num">{ "Ends" }</th></tr></thead><tbody>{ for lines }</tbody></table>
        </section>
    }
}

/// The query for a platform: the first word of its name, as people type it.
fn platform(name: &str) -> String {
    let word = name.split([' ', '/']).next().unwrap_or(name);
    format!("platform:{}", word.to_ascii_lowercase())
}

fn platforms(list: &[(String, u32)]) -> Html {
    let most = list.iter().map(|(_, n)| *n).max().unwrap_or(1);
    let rows = list.iter().map(|(name, n)| html! {
        <tr key={name.clone()}>
            <th scope="row">{ icon_s(words::platform_icon(name)) }{ " " }<a href={Route::inventory(&platform(name)).hash()}>{ name }</a></th>
            <td class="c-bar c-min">{ bar("", 8, most, &[("", *n)], None) }</td><td class="num">{ intl::number(*n) }</td>
        </tr>
    });
    html! {
        <section class="sheet" aria-labelledby="h-pl">
            <header><h2 id="h-pl">{ "Policies by platform" }</h2></header>
            <table class="tbl"><thead class="vh"><tr><th scope="col">{ "Platform" }</th><th scope="col">{ "Share" }</th><th scope="col">{ "Policies" }</th></tr></thead><tbody>{ for rows }</tbody></table>
        </section>
    }
}
