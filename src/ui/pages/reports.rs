//! What a report is to be, and the download.

use std::rc::Rc;

use domain::protocol::{
    CompareSummary, ExportOptions, Form, ReportFormat, ReportWhat, SnapshotInfo,
};
use yew::prelude::*;

use crate::ui::components::{
    button, choice, field_text, icon_s, link_button, on, pick_button, problem_note,
};
use crate::ui::dom::intl;
use crate::ui::effects::{Purpose, send};
use crate::ui::route::Route;
use crate::ui::state::{
    Action, Compare, MainAction, Overlay, ReportAction, Reports as State, ShellAction,
};
use crate::ui::words;

/// What the page needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What a report is to be.
    pub reports: Rc<State>,
    /// What it may be about.
    pub compare: Rc<Compare>,
    /// What is open.
    pub snapshot: Rc<SnapshotInfo>,
    /// Files are saved encrypted.
    pub sealed: bool,
}

const FORMATS: [ReportFormat; 6] = [
    ReportFormat::Html,
    ReportFormat::Word,
    ReportFormat::Excel,
    ReportFormat::Csv,
    ReportFormat::Markdown,
    ReportFormat::Json,
];

/// Settings that are a thousand pages in Word.
const MANY: u32 = 20_000;

/// Chapters that can be left out: key and words. What is unknown is always said.
const OF_COMPARISON: &[(&str, &str)] = &[
    ("body", "Every difference, policy by policy"),
    ("categories", "By category, with a picture"),
    ("score", "The score, and what it leaves out"),
    (
        "coverage",
        "Coverage: who sets what the baseline asks for, and for whom",
    ),
    ("deviations", "Accepted deviations, where there are any"),
    (
        "drift",
        "What changed, when and by whom, where an audit log was read",
    ),
    ("inputs", "What was compared, and what could not be read"),
    ("rules", "Rules that suppressed a difference"),
];
const OF_TENANT: &[(&str, &str)] = &[
    ("body", "Every policy"),
    ("settings", "What each policy sets, in words"),
    ("assignments", "Whom each policy reaches"),
    ("inputs", "What was read, and what could not be"),
];

/// The page.
#[component]
pub fn Reports(props: &Props) -> Html {
    let kept = if props.sealed {
        "It is encrypted with your passphrase."
    } else {
        "It holds the tenant’s policies in clear: keep it where such files belong, or encrypt it."
    };
    html! {
        <>
            <div class="title"><h1>{ "Reports" }</h1><p>{ &props.snapshot.label }</p><span class="grow"/>{ sealing(props.sealed) }</div>
            <div class="cols">
                <section class="sheet" aria-labelledby="h-report">
                    <header><h2 id="h-report">{ "Write a report" }</h2></header>
                    { form(&props.reports, props.compare.summary.get(), &props.snapshot) }
                </section>
                <div class="stack">
                    <section class="sheet" aria-labelledby="h-snap">
                        <header><h2 id="h-snap">{ "The snapshot" }</h2></header>
                        <div class="body stack">
                            <p class="soft">{ "All that was read, in one file, to open again later without any sign-in. " }{ kept }</p>
                            <p class="row">{ button("", "download", "Save the snapshot", Action::Main(MainAction::Save)) }</p>
                        </div>
                    </section>
                    { export(&props.compare) }
                </div>
            </div>
        </>
    }
}

/// Whether what is saved is encrypted, and the way to change that.
fn sealing(on: bool) -> Html {
    let words = if on {
        "Saved encrypted"
    } else {
        "Encrypt what is saved"
    };
    let open = Action::Shell(ShellAction::Open(Overlay::Seal));
    button(if on { "on" } else { "" }, "lock", words, open)
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
        <section class="sheet" aria-labelledby="h-export">
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

fn form(reports: &State, summary: Option<&CompareSummary>, snapshot: &SnapshotInfo) -> Html {
    let options = &reports.options;
    let is_comparison = options.what == ReportWhat::Comparison;
    let chapters = if is_comparison {
        OF_COMPARISON
    } else {
        OF_TENANT
    };
    let chapters = chapters.iter().map(|(key, words)| {
        let taken = !options.without.iter().any(|other| other == key);
        choice(taken, words, say(ReportAction::Chapter(key)))
    });
    let formats = FORMATS.map(|format| {
        let (name, about) = words::format(format);
        radio(
            "format",
            format == options.format,
            ReportAction::Format(format),
            name,
            about,
        )
    });
    html! {
        <div class="body stack">
            <fieldset><legend>{ "What" }</legend>
                { radio("what", !is_comparison, ReportAction::What(ReportWhat::Documentation), "Documentation", &tenant_words(snapshot)) }
                { radio("what", is_comparison, ReportAction::What(ReportWhat::Comparison), "Comparison", &comparison_words(summary)) }
            </fieldset>
            <fieldset><legend>{ "Format" }</legend>{ for formats }</fieldset>
            if options.format == ReportFormat::Word && !is_comparison && snapshot.settings > MANY {
                <p class="hint">{ "So many settings are more than a thousand pages: the file is written in seconds, but Word may need minutes to lay it out. Excel or HTML is easier to open; or leave the settings out." }</p>
            }
            <fieldset><legend>{ "Content" }</legend>
                { for chapters }
                if is_comparison { { choice(options.include_same, "Also settings that are the same", say(ReportAction::IncludeSame)) } }
                { choice(reports.dates, "With dates (without, the same input gives the same bytes: for a repository)", say(ReportAction::Dates)) }
                { choice(options.redact, "Without names of people and groups, e-mail addresses and the tenant’s name and id", say(ReportAction::Redact)) }
            </fieldset>
            { text("title", "Title", &options.title, "", ReportAction::Title) }
            { text("file-name", "Name of the file", &options.file_name, domain::report::PATTERN, ReportAction::FileName) }
            <p class="hint">{ "{what}, {tenant}, {title}, {date} and {time} are filled in. The default names no tenant." }</p>
            { branding(reports) }
            if let Some(problem) = &reports.problem { { problem_note(problem, html! {}) } }
            { submit(reports, is_comparison && summary.is_none()) }
        </div>
    }
}

fn tenant_words(snapshot: &SnapshotInfo) -> String {
    let (policies, settings) = (snapshot.policies, snapshot.settings);
    format!(
        "All that is open: {} objects with {} settings.",
        intl::number(policies),
        intl::number(settings)
    )
}

fn comparison_words(summary: Option<&CompareSummary>) -> String {
    match summary {
        Some(summary) => format!("{} with {}.", summary.right, summary.left),
        None => "Nothing has been compared yet.".to_owned(),
    }
}

fn radio(
    group: &'static str,
    checked: bool,
    action: ReportAction,
    name: &'static str,
    about: &str,
) -> Html {
    html! {
        <label class="choice format">
            <input type="radio" name={group} {checked} onchange={on(say(action))}/>
            <span><b>{ name }</b>{ " " }<span class="soft">{ about.to_owned() }</span></span>
        </label>
    }
}

fn text(
    id: &'static str,
    words: &'static str,
    value: &str,
    placeholder: &'static str,
    action: fn(String) -> ReportAction,
) -> Html {
    let oninput = Callback::from(move |event: InputEvent| send(say(action(field_text(&event)))));
    html! {
        <div class="field fields"><label for={id}>{ words }</label>
            <input class="in" {id} autocomplete="off" spellcheck="false" value={value.to_owned()} {placeholder} {oninput}/></div>
    }
}

fn branding(reports: &State) -> Html {
    let brand = &reports.options.brand;
    let wrong = !brand.colour.is_empty() && domain::report::brand::colour(brand).is_none();
    html! {
        <details>
            <summary>{ "Organisation, colour and logo" }</summary>
            <div class="stack">
                { text("organisation", "Organisation", &brand.organisation, "", ReportAction::Organisation) }
                { text("colour", "Colour", &brand.colour, "#0e5a70", ReportAction::Colour) }
                if wrong { <p class="err">{ "A colour is # and six hexadecimal digits, such as #0e5a70." }</p> }
                <p class="row">
                    { pick_button("", "upload", "Choose a logo", Purpose::Logo, false) }
                    if reports.logo.is_empty() {
                        <span class="soft">{ "PNG or JPEG, up to 512 kB; in HTML only." }</span>
                    } else {
                        <span>{ &reports.logo }</span>{ button("", "", "Remove", say(ReportAction::Logo(None))) }
                    }
                </p>
                if reports.logo_refused { <p class="err" role="alert">{ "This is not a PNG or JPEG of at most 512 kB." }</p> }
            </div>
        </details>
    }
}

fn submit(reports: &State, nothing: bool) -> Html {
    if nothing {
        return html! {
            <p class="row">{ link_button("pri", "compare", &Route::Compare(None), "Compare with a baseline") }</p>
        };
    }
    let write = Callback::from(|_: MouseEvent| {
        send(say(ReportAction::Write {
            now: intl::now_iso(),
        }));
    });
    html! {
        <p class="row">
            <button type="button" class="btn pri" disabled={reports.writing.is_some()} onclick={write}>{ icon_s("download") }{ "Download the report" }</button>
            if let Some((done, of)) = reports.writing {
                <progress aria-label="Report" max={of.max(1).to_string()} value={done.to_string()}/>
                { button("", "", "Cancel", say(ReportAction::Cancel)) }
                <span class="vh" role="status">{ "Writing the report" }</span>
            }
        </p>
    }
}
