//! Trust, toasts, theme, what lies over the page.

use std::rc::Rc;

use domain::protocol::{LedgerEntry, Request};

use super::table::TableState;
use super::{Action, Effect, Loadable, Model, Overlay, ShellAction, Slot, Stored};

/// Ledger and storage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trust {
    /// Every request since the start.
    pub ledger: Loadable<Vec<LedgerEntry>>,
    /// Where its table stands.
    pub table: TableState,
    /// What the browser keeps for this site.
    pub stored: Option<Stored>,
    /// Files that a person saved from here.
    pub saved: u32,
    /// What the browser says the engine loaded.
    pub loaded: Rc<Vec<String>>,
}

/// A confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Toast {
    pub id: u32,
    pub text: String,
    pub bad: bool,
}

/// How long a toast stays, in milliseconds.
const TOAST: i32 = 6_000;

impl Model {
    /// Confirms what a person just did.
    pub(super) fn toast(&mut self, text: String, bad: bool, out: &mut Vec<Effect>) {
        let toasts = Rc::make_mut(&mut self.toasts);
        let id = toasts.last().map_or(0, |t| t.id) + 1;
        if toasts.len() > 2 {
            toasts.remove(0);
        }
        toasts.push(Toast { id, text, bad });
        out.push(Effect::Later {
            ms: if bad { 3 * TOAST } else { TOAST },
            action: Box::new(Action::Shell(ShellAction::ToastGone(id))),
        });
    }

    pub(super) fn on_shell(&mut self, action: ShellAction, out: &mut Vec<Effect>) {
        match action {
            ShellAction::Open(overlay) => {
                self.overlay = Some(overlay);
                if overlay == Overlay::Search {
                    self.palette = Rc::default();
                    self.search(String::new(), out);
                }
            }
            ShellAction::Search(text) => self.search(text, out),
            ShellAction::Highlight(step) => Rc::make_mut(&mut self.palette).step(step),
            ShellAction::Run(index) => self.run_entry(index, out),
            ShellAction::Ledger => {
                Rc::make_mut(&mut self.trust).ledger.load();
                out.push(Effect::Ask(Slot::Ledger, Request::Ledger));
                out.push(Effect::CountStored);
            }
            ShellAction::SaveLedger => {
                let text = self
                    .trust
                    .ledger
                    .get()
                    .map(|entries| super::export::ledger(entries));
                if let Some(file) = text {
                    self.download(None, file, out);
                }
            }
            ShellAction::Stored(stored) => Rc::make_mut(&mut self.trust).stored = Some(stored),
            first => self.on_shell_first(first, out),
        }
    }

    /// What the start page has too.
    pub(super) fn on_shell_first(&mut self, action: ShellAction, out: &mut Vec<Effect>) {
        match action {
            ShellAction::Shut => self.overlay = None,
            ShellAction::Theme(theme) => {
                self.theme = theme;
                out.push(Effect::Theme(theme));
            }
            ShellAction::Copy { text, what } => {
                out.push(Effect::Copy(text));
                self.toast(format!("{what} copied."), false, out);
            }
            ShellAction::Said(words) => self.toast(words.to_owned(), false, out),
            ShellAction::ToastGone(id) => Rc::make_mut(&mut self.toasts).retain(|t| t.id != id),
            ShellAction::Gathering(on) => self.gathering = on,
            _ => {}
        }
    }
}
