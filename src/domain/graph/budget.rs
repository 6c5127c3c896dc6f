//! How fast each part of Graph may be asked.
//!
//! Graph: "Microsoft Graph service-specific throttling limits". Each inner request of a batch counts.
//! A margin is kept below the published numbers, because other tabs and other tools of the same
//! app count too, and a family whose service says 429 earlier is asked more slowly from then on.

use std::collections::VecDeque;

use super::retry::Ms;

/// Parts of Graph that count apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Everything of Intune but the next: 1,000 requests in 20 s.
    Intune,
    /// Devices and scripts: 2,000 requests in 20 s.
    Devices,
    /// Directory: 3,500 resource units in 10 s for the smallest tenants.
    Directory,
    /// Conditional Access: one request a second for all apps of the tenant.
    ConditionalAccess,
    /// Audit logs of the directory: 5 requests in 10 s.
    Reports,
}

impl Family {
    /// All of them.
    pub const EACH: [Family; 5] = [
        Self::Intune,
        Self::Devices,
        Self::Directory,
        Self::ConditionalAccess,
        Self::Reports,
    ];

    /// By the path below the version segment.
    pub fn of(path: &str) -> Self {
        const DEVICES: [&str; 8] = [
            "managedDevices",
            "detectedApps",
            "deviceManagementScripts",
            "deviceShellScripts",
            "deviceCustomAttributeShellScripts",
            "deviceHealthScripts",
            "deviceComplianceScripts",
            "userExperienceAnalytics",
        ];
        if let Some(rest) = path.strip_prefix("/deviceManagement") {
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            if DEVICES.iter().any(|name| rest.starts_with(name)) {
                Self::Devices
            } else {
                Self::Intune
            }
        } else if path.starts_with("/deviceAppManagement") {
            Self::Intune
        } else if path.starts_with("/identity/") {
            Self::ConditionalAccess
        } else if path.starts_with("/auditLogs/") {
            Self::Reports
        } else {
            Self::Directory
        }
    }

    const fn limit(self) -> (u32, Ms) {
        match self {
            Self::Intune => (950, 20_000),
            Self::Devices => (1_900, 20_000),
            Self::Directory => (3_000, 10_000),
            // One way of two requests can differ by a tenth of a second; a refusal costs a second and more.
            Self::ConditionalAccess => (1, 1_150),
            Self::Reports => (4, 10_000),
        }
    }

    /// Resource units of one read. Directory reads cost one to three; three is assumed.
    const fn cost(self) -> u32 {
        match self {
            Self::Directory => 3,
            _ => 1,
        }
    }
}

/// A sliding window for one family.
#[derive(Debug)]
struct Window {
    limit: u32,
    full: u32,
    span: Ms,
    /// When, and how many units; oldest first.
    spent: VecDeque<(Ms, u32)>,
    used: u32,
    blocked_until: Ms,
}

impl Window {
    fn forget(&mut self, now: Ms) {
        while let Some((at, units)) = self.spent.front().copied() {
            if at + self.span > now {
                break;
            }
            self.used -= units;
            self.spent.pop_front();
        }
    }
}

/// The budgets of all families.
#[derive(Debug)]
pub struct Budget {
    windows: [Window; 5],
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            windows: Family::EACH.map(|family| {
                let (limit, span) = family.limit();
                Window {
                    limit,
                    full: limit,
                    span,
                    spent: VecDeque::new(),
                    used: 0,
                    blocked_until: 0,
                }
            }),
        }
    }
}

impl Budget {
    /// Requests of this family that may be sent now.
    pub fn room(&mut self, family: Family, now: Ms) -> u32 {
        let window = &mut self.windows[family as usize];
        window.forget(now);
        if now < window.blocked_until {
            return 0;
        }
        if window.limit < window.full && now >= window.blocked_until + 2 * window.span {
            window.limit = (window.limit + window.full / 8 + 1).min(window.full);
            window.blocked_until = now - window.span;
        }
        window.limit.saturating_sub(window.used) / family.cost().min(window.limit)
    }

    /// Takes note of requests that are sent now.
    pub fn spend(&mut self, family: Family, now: Ms, requests: u32) {
        let window = &mut self.windows[family as usize];
        let units = requests * family.cost();
        window.used += units;
        match window.spent.back_mut() {
            // Close together is one entry, or a long list would remember every request.
            Some((at, last)) if now / 50 == *at / 50 => {
                *last += units;
                *at = now;
            }
            _ => window.spent.push_back((now, units)),
        }
    }

    /// When there is room for one request again.
    pub fn next_room(&mut self, family: Family, now: Ms) -> Ms {
        let window = &mut self.windows[family as usize];
        window.forget(now);
        let mut at = now;
        let mut used = window.used;
        for (spent_at, units) in &window.spent {
            if used + family.cost().min(window.limit) <= window.limit {
                break;
            }
            used -= units;
            at = spent_at + window.span;
        }
        at.max(window.blocked_until)
    }

    /// The service said 429: nothing more until `until`, and a smaller window from then on
    /// (not below an eighth) until it has been quiet for a while. One storm counts once.
    pub fn throttled(&mut self, family: Family, now: Ms, until: Ms) {
        let window = &mut self.windows[family as usize];
        if now >= window.blocked_until {
            window.limit = (window.limit * 3 / 4).max(window.full / 8).max(1);
        }
        window.blocked_until = window.blocked_until.max(until);
    }

    /// Milliseconds that this many requests need at least, counted from now.
    pub fn time_for(&mut self, family: Family, requests: u32, now: Ms) -> Ms {
        if requests == 0 {
            return 0;
        }
        let window = &mut self.windows[family as usize];
        window.forget(now);
        let blocked = window.blocked_until.saturating_sub(now);
        let mut free = u64::from(window.limit.saturating_sub(window.used));
        let units = u64::from(requests * family.cost());
        // What does not fit into this window comes whole windows later.
        let later = (units - 1) / u64::from(window.limit);
        let units = units - later * u64::from(window.limit);
        let mut wait = blocked;
        for (at, spent) in &window.spent {
            if free >= units {
                break;
            }
            free += u64::from(*spent);
            wait = wait.max((at + window.span).saturating_sub(now));
        }
        wait + later * window.span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_families() {
        for (path, expect) in [
            ("/deviceManagement", Family::Intune),
            ("/deviceManagement/configurationPolicies", Family::Intune),
            ("/deviceManagement/deviceHealthScripts/1", Family::Devices),
            ("/deviceAppManagement/mobileApps", Family::Intune),
            (
                "/identity/conditionalAccess/policies",
                Family::ConditionalAccess,
            ),
            (
                "/identityGovernance/termsOfUse/agreements",
                Family::Directory,
            ),
            ("/groups/1", Family::Directory),
            ("/auditLogs/directoryAudits", Family::Reports),
        ] {
            assert_eq!(Family::of(path), expect, "{path}");
        }
    }

    #[test]
    fn the_window_slides() {
        let mut budget = Budget::default();
        assert_eq!(budget.room(Family::Intune, 0), 950);
        budget.spend(Family::Intune, 0, 900);
        budget.spend(Family::Intune, 5_000, 50);
        assert_eq!(budget.room(Family::Intune, 19_999), 0);
        assert_eq!(budget.next_room(Family::Intune, 10_000), 20_000);
        assert_eq!(budget.room(Family::Intune, 20_000), 900);
        assert_eq!(budget.room(Family::Devices, 0), 1_900);
        assert_eq!(budget.room(Family::Directory, 0), 1_000);
    }

    #[test]
    fn conditional_access_is_asked_once_a_second() {
        let mut budget = Budget::default();
        assert_eq!(budget.room(Family::ConditionalAccess, 0), 1);
        budget.spend(Family::ConditionalAccess, 0, 1);
        assert_eq!(budget.room(Family::ConditionalAccess, 1_000), 0);
        assert_eq!(budget.next_room(Family::ConditionalAccess, 500), 1_150);
        budget.throttled(Family::ConditionalAccess, 1_150, 9_000);
        assert_eq!(budget.next_room(Family::ConditionalAccess, 1_150), 9_000);
        assert_eq!(budget.room(Family::ConditionalAccess, 9_000), 1);
    }

    #[test]
    fn a_throttled_family_gets_slower_once_for_each_storm() {
        let mut budget = Budget::default();
        for _ in 0..20 {
            budget.throttled(Family::Intune, 100, 5_000);
        }
        assert_eq!(budget.room(Family::Intune, 200), 0);
        assert_eq!(budget.room(Family::Intune, 5_000), 712);
        assert_eq!(budget.room(Family::Devices, 200), 1_900);
        for n in 1..50 {
            budget.throttled(Family::Intune, n * 10_000, n * 10_000 + 1);
        }
        assert_eq!(budget.room(Family::Intune, 500_000), 118);
        assert_eq!(
            budget.room(Family::Intune, 600_000),
            237,
            "it recovers slowly"
        );
    }

    #[test]
    fn the_time_that_is_left() {
        let mut budget = Budget::default();
        assert_eq!(budget.time_for(Family::Intune, 950, 0), 0);
        assert_eq!(budget.time_for(Family::Intune, 951, 0), 20_000);
        budget.spend(Family::Intune, 0, 950);
        assert_eq!(budget.time_for(Family::Intune, 1, 5_000), 15_000);
        assert_eq!(budget.time_for(Family::Intune, 950, 5_000), 15_000);
        assert_eq!(budget.time_for(Family::Intune, 951, 5_000), 35_000);
    }
}
