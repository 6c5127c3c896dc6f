//! Global search: pages and actions by their words, policies and settings by the engine.

use std::rc::Rc;

use domain::protocol::{Hit, RIGHTS_DAYS, Request};

use super::inventory::step_in;
use super::{Action, Effect, MainAction, Model, Overlay, SessionAction, ShellAction, Slot, Theme};
use crate::ui::route::{Route, TABS, Tab, View};
use crate::ui::words;

/// What was searched and found.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// As typed.
    pub text: String,
    /// What can be chosen, in the order shown; entries of one kind stand together.
    pub entries: Rc<Vec<Entry>>,
    /// The highlighted one.
    pub highlight: Option<usize>,
}

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Heading that it stands under.
    pub kind: String,
    /// Symbol of the sprite, `static/icons.svg`.
    pub icon: &'static str,
    /// What it is.
    pub title: String,
    /// Where it is.
    pub context: String,
    /// What choosing it does.
    pub action: Action,
}

impl Palette {
    pub(super) fn put(&mut self, hits: Vec<Hit>) {
        let entries = Rc::make_mut(&mut self.entries);
        entries.retain(|entry| entry.kind == "Pages" || entry.kind == "Actions");
        for kind in ["Policy", "Setting", "Group"] {
            for hit in hits.iter().filter(|hit| hit.kind == kind) {
                entries.push(found(hit));
            }
        }
        self.highlight = (!entries.is_empty()).then_some(0);
    }

    pub(super) fn step(&mut self, step: i32) {
        self.highlight = step_in(self.highlight, step, self.entries.len());
    }
}

fn found(hit: &Hit) -> Entry {
    let (kind, icon) = match hit.kind.as_str() {
        "Setting" => ("Settings", "tag"),
        "Group" => ("Groups", "group"),
        _ => ("Policies", "policy"),
    };
    Entry {
        kind: kind.to_owned(),
        icon,
        title: hit.title.clone(),
        context: hit.context.clone(),
        action: Action::Go(Route::policy(&hit.id, hit.index)),
    }
}

impl Model {
    pub(super) fn search(&mut self, text: String, out: &mut Vec<Effect>) {
        let needle = text.trim().to_ascii_lowercase();
        let entries = self
            .offers()
            .into_iter()
            .filter(|(_, _, title, _)| {
                needle.is_empty() || title.to_ascii_lowercase().contains(&needle)
            })
            .map(|(kind, icon, title, action)| Entry {
                kind: kind.to_owned(),
                icon,
                title: title.to_owned(),
                context: String::new(),
                action,
            })
            .collect::<Vec<_>>();
        let palette = Rc::make_mut(&mut self.palette);
        palette.highlight = (!entries.is_empty()).then_some(0);
        palette.entries = Rc::new(entries);
        palette.text = text;
        if !needle.is_empty() && self.main.info.get().is_some() {
            out.push(Effect::Ask(Slot::Find, Request::Find(needle)));
        } else {
            out.push(Effect::Cancel(Slot::Find));
        }
    }

    pub(super) fn run_entry(&mut self, index: Option<usize>, out: &mut Vec<Effect>) {
        let at = index.or(self.palette.highlight);
        let action = at.and_then(|at| self.palette.entries.get(at).map(|e| e.action.clone()));
        if let Some(action) = action {
            self.overlay = None;
            out.extend(self.apply(action));
        }
    }

    /// Pages and actions that make sense now.
    fn offers(&self) -> Vec<(&'static str, &'static str, &'static str, Action)> {
        let open = self.main.info.get().is_some();
        let mut all = Vec::new();
        if open {
            all.push(("Pages", "overview", "Overview", Action::Go(Route::Overview)));
            let list = Action::Go(Route::inventory(""));
            all.push(("Pages", "inventory", "Inventory", list));
            let compare = Action::Go(Route::Compare(None));
            all.push(("Pages", "compare", "Compare with a baseline", compare));
            for (tab, _, title) in TABS.iter().filter(|(tab, ..)| *tab != Tab::Rule) {
                let to = Action::Go(Route::Analysis(View::of(*tab)));
                all.push(("Pages", "compare", title, to));
            }
            all.push(("Pages", "reports", "Reports", Action::Go(Route::Reports)));
        }
        all.push(("Pages", "trust", "Trust", Action::Go(Route::Trust)));
        for to in [
            Route::Access,
            Route::Mine,
            Route::Rights(RIGHTS_DAYS),
            Route::Permissions,
            Route::SetUp,
            Route::Threats,
        ] {
            all.push(("Pages", "trust", words::page(&to), Action::Go(to)));
        }
        all.push(("Pages", "plumb", "Start page", Action::Go(Route::Start)));
        if open {
            let save = Action::Main(MainAction::Save);
            all.push(("Actions", "download", "Save the snapshot", save));
            let seal = Action::Shell(ShellAction::Open(Overlay::Seal));
            all.push(("Actions", "lock", "Encrypt what is saved", seal));
        }
        if self.session.account().is_some() {
            let read = Action::Main(MainAction::ReadTenant);
            all.push(("Actions", "refresh", "Read the tenant again", read));
            let lock = Action::Session(SessionAction::Lock);
            all.push(("Actions", "lock", "Lock", lock));
            let out = Action::Session(SessionAction::SignOut);
            all.push(("Actions", "external", "Sign out", out));
        } else {
            let demo = Action::Main(MainAction::Demo);
            all.push(("Actions", "policy", "Open the demo snapshot", demo));
        }
        for (theme, title) in [
            (Theme::Light, "Light theme"),
            (Theme::Dark, "Dark theme"),
            (Theme::System, "Theme of the system"),
        ] {
            let action = Action::Shell(ShellAction::Theme(theme));
            all.push(("Actions", "eye", title, action));
        }
        all
    }
}
