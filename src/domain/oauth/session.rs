//! How long a session lasts, and when to stop trying.

/// A point in time, on two clocks.
///
/// The monotonic one cannot be set back; the wall clock goes on while the machine sleeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds of a clock that only runs forward.
    pub monotonic: u64,
    /// Milliseconds since 1970.
    pub wall: u64,
}

/// When a token ends. It has ended as soon as either clock says so (case 81: the machine slept).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiry(Now);

/// A token is not used in its last seconds: an answer may take as long.
const MARGIN_MS: u64 = 30_000;

impl Expiry {
    /// Ends `expires_in` seconds after `now`.
    pub fn after(now: Now, expires_in: u32) -> Self {
        let life = u64::from(expires_in) * 1000;
        Self(Now {
            monotonic: now.monotonic.saturating_add(life),
            wall: now.wall.saturating_add(life),
        })
    }

    /// True when the token must not be used any more.
    pub fn is_over(&self, now: Now) -> bool {
        self.left_ms(now) <= MARGIN_MS
    }

    /// Milliseconds until [`Expiry::is_over`].
    pub fn usable_ms(&self, now: Now) -> u64 {
        self.left_ms(now).saturating_sub(MARGIN_MS)
    }

    fn left_ms(&self, now: Now) -> u64 {
        let monotonic = self.0.monotonic.saturating_sub(now.monotonic);
        monotonic.min(self.0.wall.saturating_sub(now.wall))
    }
}

/// Stops automatic redirects after three in a minute (case 80). What a person presses is not counted.
#[derive(Debug, Clone, Default)]
pub struct LoopGuard(Vec<u64>);

const LOOP_WINDOW_MS: u64 = 60_000;
const LOOP_LIMIT: usize = 3;

impl LoopGuard {
    /// From the attempts that the last transaction carried, in milliseconds of the wall clock.
    pub fn new(attempts: Vec<u64>) -> Self {
        Self(attempts)
    }

    /// Notes an automatic attempt. False when it would be one too many; then it is not noted.
    pub fn allow(&mut self, wall: u64) -> bool {
        self.0.retain(|at| wall.abs_diff(*at) < LOOP_WINDOW_MS);
        if self.0.len() >= LOOP_LIMIT {
            return false;
        }
        self.0.push(wall);
        true
    }

    /// The attempts of the last minute, for the next transaction.
    pub fn attempts(&self) -> &[u64] {
        &self.0
    }
}

/// Sorts what was granted against what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScopesInHand {
    /// Scopes of the token.
    pub granted: Vec<String>,
    /// Asked for and not granted (case 58).
    pub missing: Vec<String>,
    /// Granted, and able to change things although this session only reads (case 59).
    pub excess: Vec<String>,
}

/// `granted` as the token response says it; `asked` as the transaction does. Scope names have no letter case.
pub fn scopes_in_hand(granted: &[String], asked: &[String]) -> ScopesInHand {
    let has = |scope: &String| granted.iter().any(|have| have.eq_ignore_ascii_case(scope));
    ScopesInHand {
        granted: granted.to_vec(),
        missing: asked.iter().filter(|scope| !has(scope)).cloned().collect(),
        excess: granted
            .iter()
            .filter(|scope| crate::permission::can_change(scope))
            .cloned()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Now = Now {
        monotonic: 1_000,
        wall: 1_800_000_000_000,
    };

    fn later(monotonic: u64, wall: u64) -> Now {
        Now {
            monotonic: START.monotonic + monotonic,
            wall: START.wall + wall,
        }
    }

    #[test]
    fn a_token_ends_on_whichever_clock_runs_out_first() {
        let expiry = Expiry::after(START, 3600);
        for (case, now, over) in [
            ("at once", START, false),
            ("a minute before", later(3_540_000, 3_540_000), false),
            ("in the margin", later(3_570_000, 3_570_000), true),
            ("case 81: asleep", later(5_000, 4_000_000), true),
            ("case 79: wall clock set back", later(3_700_000, 0), true),
        ] {
            assert_eq!(expiry.is_over(now), over, "{case}");
        }
        let set_back = Now {
            monotonic: START.monotonic,
            wall: 0,
        };
        assert!(!expiry.is_over(set_back));
        assert_eq!(expiry.usable_ms(START), 3_570_000);
    }

    /// Case 80.
    #[test]
    fn three_automatic_attempts_in_a_minute_and_no_more() {
        let mut guard = LoopGuard::default();
        assert!(guard.allow(1_000) && guard.allow(2_000) && guard.allow(3_000));
        assert!(!guard.allow(60_999));
        assert_eq!(guard.attempts(), [1_000, 2_000, 3_000]);
        let mut next_page = LoopGuard::new(guard.attempts().to_vec());
        assert!(!next_page.allow(60_500));
        assert!(next_page.allow(61_500));
    }

    /// Cases 58 and 59.
    #[test]
    fn scopes_are_sorted_into_missing_and_excess() {
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let hand = scopes_in_hand(
            &list(&[
                "devicemanagementconfiguration.read.all",
                "Group.ReadWrite.All",
                "openid",
            ]),
            &list(&["DeviceManagementConfiguration.Read.All", "Policy.Read.All"]),
        );
        assert_eq!(hand.missing, ["Policy.Read.All"]);
        assert_eq!(hand.excess, ["Group.ReadWrite.All"]);
    }
}
