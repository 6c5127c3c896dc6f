//! How a session ends by itself, and what stays then.

use std::rc::Rc;

use domain::oauth::challenge;
use domain::oauth::error::SignInError;
use domain::problem::Problem;
use domain::protocol::{Event, Locked};
use domain::snapshot::Reason;
use wasm_bindgen_futures::spawn_local;

use super::clock;
use super::host::Engine;

/// How often a session looks at the clocks: a machine that slept is noticed within this time.
const WATCH_MS: u64 = 15_000;

/// What to do when the session ended and what was read stays.
const KEPT: &str = "Sign in again to go on: it leaves this page, and the tenant is read anew. What was read so far is still here and can be saved first.";

impl Engine {
    /// Notices the end of the token, also when the machine slept through it.
    pub(super) fn watch(self: Rc<Self>) {
        let generation = self.session.generation();
        let mut slept = false;
        spawn_local(async move {
            loop {
                let left = self.session.usable_ms();
                if self.session.generation() != generation {
                    return;
                }
                if left == 0 {
                    break;
                }
                let before = clock::now().wall;
                clock::sleep(left.min(WATCH_MS)).await;
                slept = clock::now().wall.saturating_sub(before) > 4 * WATCH_MS;
            }
            self.session.expire();
            self.expired(slept);
        });
    }

    /// Nobody sat before a machine that slept so long: it shows nothing when it wakes (case 81). Whoever
    /// works while the token ends keeps what was read.
    fn expired(&self, slept: bool) {
        if !slept {
            self.reader.end(Reason::SignedOut);
            self.audit.end(Reason::SignedOut);
            return self.lock(
                Problem::new(
                    "auth.expired",
                    "The session has ended: Microsoft's token lasts only so long.",
                    KEPT,
                ),
                true,
            );
        }
        self.drop_all();
        self.lock(Problem::new(
            "auth.asleep",
            "The session ended while this computer slept, so everything that was read was dropped.",
            "Sign in again.",
        ), false);
    }

    /// Graph refused the token. `claims` is the challenge as JSON, already judged by `challenge::read`, or
    /// empty. What was read is dropped when the session was revoked: then nothing of the tenant may stay on
    /// the screen. Otherwise it stays. Gives whether it does.
    pub fn token_refused(&self, claims: &str) -> bool {
        let kept = !challenge::revokes(claims);
        let what = if claims.is_empty() {
            "Microsoft Graph takes this session for ended."
        } else if kept {
            "A policy of the tenant asks for more than this sign-in has given."
        } else {
            "Microsoft Graph does not accept this session any more: it was revoked, or a policy asks for more."
        };
        let problem = match self.session.challenged(claims) {
            Ok(()) => Problem::new(
                "auth.refused_by_graph",
                what,
                if kept {
                    KEPT
                } else {
                    "Sign in again; Microsoft will ask for what is missing."
                },
            ),
            Err(error) => error.into(),
        };
        if !kept {
            self.drop_all();
        }
        self.lock(problem, kept);
        kept
    }

    /// Graph answered for another tenant than the one that was signed in to (case 75).
    pub fn other_tenant(&self) {
        self.session.close();
        self.drop_all();
        self.lock(SignInError::OtherTenantData.into(), false);
    }

    /// Tells the page that the session ended by itself.
    fn lock(&self, problem: Problem, kept: bool) {
        let locked = Locked {
            problem: Some(problem),
            logout_url: String::new(),
            kept,
        };
        self.port.send(0, &Event::Locked(locked));
    }
}
