//! What a report is to be, and the download.

use std::rc::Rc;

use domain::protocol::{ExportOptions, Form, ReportFormat, SnapshotInfo};
use yew::prelude::*;

use crate::ui::components::{
    button, choice, field_text, icon_s, link_button, on, problem_note, state_page,
};
use crate::ui::dom::intl;
use crate::ui::effects::send;
use crate::ui::route::Route;
use crate::ui::state::{Action, Compare, MainAction, ReportAction, Reports as State};
use crate::ui::words;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What a report is to be.
    pub reports: Rc<State>,
    /// What it is about.
    pub compare: Rc<Compare>,
    /// What is open.
    pub snapshot: Rc<SnapshotInfo>,
}

const FORMATS: [ReportFormat; 4] = [
    ReportFormat::Html,
    ReportFormat::Markdown,
    ReportFormat::Csv,
    ReportFormat::Json,
];

/// The page.
#[component]
pub fn Reports(props: &Props) -> Html {
    let comparison = match props.compare.summary.get() {
        Some(summary) => html! {
            <section class="sheet choose" aria-labelledby="h-cmp">
                <header><h2 id="h-cmp">{ "The comparison" }</h2><p class="quiet">{ &summary.left }{ " with " }{ &summary.right }</p></header>
                { form(&props.reports) }
            </section>
        },
        None => html! {
            <section class="sheet choose">{ state_page("", "compare", "No comparison yet", html! {
                <>
                    <p class="soft">{ "A report writes down a comparison: how far apart the sides are, every difference, and what is unknown." }</p>
                    <p class="row">{ link_button("pri", "compare", &Route::Compare(None), "Compare with a baseline") }</p>
                </>
            }) }</section>
        },
    };
    html! {
        <>
            <div class="title"><h1>{ "Reports" }</h1><p>{ &props.snapshot.label }</p></div>
            { comparison }
            <section class="sheet choose after" aria-labelledby="h-snap">
                <header><h2 id="h-snap">{ "The snapshot" }</h2></header>
                <div class="body stack">
                    <p class="soft">{ "All that was read, in one file, to open again later without any sign-in. It holds the tenant’s policies in clear: keep it where such files belong." }</p>
                    <p class="row">{ button("", "download", "Save the snapshot", Action::Main(MainAction::Save)) }</p>
                </div>
            </section>
            { export(&props.compare) }
        </>
    }
}

/// The forms of an export, with what each is for.
const FORMS: [(Form, &str, &str); 3] = [
    (
        Form::IntuneManagement,
        "IntuneManagement",
        "a folder for each type, to import with that tool",
    ),
    (
        Form::Import,
        "Admin centre import",
        "settings catalog and Conditional Access, one file for each policy",
    ),
    (
        Form::Graph,
        "Graph JSON",
        "each object as Microsoft Graph answers it, for scripts and git",
    ),
];

/// Policies as another tool's files: of what is open, and of the baseline when there is one.
fn export(compare: &Compare) -> Html {
    let baseline = compare.baseline.get();
    let forms = FORMS.map(|(form, name, about)| {
        let side = |baseline: bool, words: String| {
            let options = ExportOptions { form, baseline };
            button(
                "",
                "download",
                words,
                Action::Main(MainAction::Export(options)),
            )
        };
        html! {
            <>
                <p><b>{ name }</b>{ ": " }<span class="soft">{ about }</span></p>
                <p class="row">
                    { side(false, format!("{name}: what is open")) }
                    if baseline.is_some() { { side(true, format!("{name}: the baseline")) } }
                </p>
            </>
        }
    });
    html! {
        <section class="sheet choose after" aria-labelledby="h-export">
            <header><h2 id="h-export">{ "Export policies" }</h2></header>
            <div class="body stack">
                <p class="soft">{ "One zip with a file for each policy and a manifest. Secrets are never written: the manifest says where one has to be entered again." }</p>
                { for forms }
            </div>
        </section>
    }
}

fn say(action: ReportAction) -> Action {
    Action::Report(action)
}

fn form(reports: &State) -> Html {
    let formats = FORMATS.map(|format| {
        let (name, about) = words::format(format);
        html! {
            <label class="choice format">
                <input type="radio" name="format" checked={format == reports.format} onchange={on(say(ReportAction::Format(format)))}/>
                <span><b>{ name }</b>{ " " }<span class="soft">{ about }</span></span>
            </label>
        }
    });
    let oninput =
        Callback::from(|event: InputEvent| send(say(ReportAction::Title(field_text(&event)))));
    let write = Callback::from(|_: MouseEvent| {
        send(say(ReportAction::Write {
            now: intl::now_iso(),
        }));
    });
    html! {
        <div class="body stack">
            <fieldset><legend>{ "Format" }</legend>{ for formats }</fieldset>
            <fieldset><legend>{ "Content" }</legend>
                { choice(reports.include_same, "Also settings that are the same", say(ReportAction::IncludeSame)) }
                { choice(reports.dates, "With the time it was written (without, the same input gives the same bytes)", say(ReportAction::Dates)) }
            </fieldset>
            <div class="field fields"><label for="title">{ "Title" }</label>
                <input class="in" id="title" autocomplete="off" value={reports.title.clone()} {oninput}/></div>
            if let Some(problem) = &reports.problem { { problem_note(problem, html! {}) } }
            <p class="row">
                <button type="button" class="btn pri" disabled={reports.writing} onclick={write}>{ icon_s("download") }{ "Download the report" }</button>
                if reports.writing { <span class="soft" role="status">{ "Writing …" }</span> }
            </p>
        </div>
    }
}
