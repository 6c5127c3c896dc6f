//! Audit logs: read when a person asks for them, held by the comparer.

use std::rc::Rc;

use domain::permission::{holds, log_feature, log_route};
use domain::protocol::{AuditAsk, AuditLog, AuditRead, Progress, Request};

use super::{AuditAction, Effect, Loadable, Model, Overlay, Slot};
use crate::ui::route::Route;

/// Both logs, in the order of the screen.
pub const AUDIT_LOGS: [AuditLog; 2] = [AuditLog::Intune, AuditLog::Directory];

/// What is known of the audit logs here: how each was read, not what is in them.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    /// How each log was read.
    pub read: Loadable<Vec<AuditRead>>,
    /// How far a read is.
    pub progress: Option<Rc<Progress>>,
}

impl PartialEq for Audit {
    fn eq(&self, other: &Self) -> bool {
        let at = |audit: &Self| audit.progress.as_ref().map(Rc::as_ptr);
        self.read == other.read && at(self) == at(other)
    }
}

impl Model {
    /// The logs whose scope is in hand.
    pub fn readable_logs(&self) -> Vec<AuditLog> {
        let scopes = self.session.account().map_or(&[][..], |a| &a.scopes);
        let in_hand = |log: &AuditLog| holds(scopes, log_route(*log).scope);
        AUDIT_LOGS.into_iter().filter(in_hand).collect()
    }

    pub(super) fn on_audit(&mut self, action: AuditAction, out: &mut Vec<Effect>) {
        match action {
            AuditAction::Read { from, to } => {
                let mut logs = self.readable_logs();
                // Rights in Intune need no more than its own log.
                if matches!(self.route, Route::Rights(_)) {
                    logs.retain(|log| *log == AuditLog::Intune);
                }
                // Without the first scope there is nothing to read: the dialog says what it takes.
                if logs.is_empty() {
                    self.overlay = Some(Overlay::Ask(log_feature(AuditLog::Intune)));
                    return;
                }
                let audit = Rc::make_mut(&mut self.audit);
                audit.read.load();
                audit.progress = None;
                let ask = AuditAsk { logs, from, to };
                out.push(Effect::Ask(Slot::Audit, Request::ReadAudit(ask)));
            }
            AuditAction::Cancel => {
                out.push(Effect::Cancel(Slot::Audit));
                let audit = Rc::make_mut(&mut self.audit);
                audit.progress = None;
                audit.read.settle();
            }
        }
    }

    pub(super) fn audit_progress(&mut self, progress: Progress) {
        Rc::make_mut(&mut self.audit).progress = Some(Rc::new(progress));
    }

    /// Logs were read: those that were not read now stay as they were.
    pub(super) fn hear_audit(&mut self, mut reads: Vec<AuditRead>, out: &mut Vec<Effect>) {
        let audit = Rc::make_mut(&mut self.audit);
        for old in audit.read.get().into_iter().flatten() {
            if !reads.iter().any(|read| read.log == old.log) {
                reads.push(old.clone());
            }
        }
        audit.progress = None;
        audit.read.put(reads);
        self.see_authors(out);
        Rc::make_mut(&mut self.live).days = 0;
        self.count_again(out);
    }
}
