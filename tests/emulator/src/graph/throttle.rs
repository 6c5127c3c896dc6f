//! Throttling with the published numbers.
//!
//! Source: learn.microsoft.com/graph/throttling-limits (Intune service limits, identity and access service
//! limits: resource units per application and tenant) and learn.microsoft.com/graph/throttling.
//! Requests that were refused count, as the documentation warns.

use std::collections::{BTreeMap, VecDeque};

use super::{GraphAnswer, GraphRequest};

/// A limit over a moving window.
#[derive(Debug, Clone, Copy)]
struct Limit {
    units: u32,
    window_ms: u64,
}

/// Who answers a path, and so which budget it draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// `deviceAppManagement`
    Applications,
    /// The settings catalog.
    ConfigurationV2,
    /// Managed devices, what is read of them, and scripts.
    Devices,
    /// The rest of Intune.
    OtherIntune,
    /// Conditional Access and identity protection.
    ConditionalAccess,
    /// Audit and sign-in logs.
    Audit,
    /// Users, groups and everything else of the directory.
    Directory,
}

/// The family of a path.
pub fn family(path: &str) -> Family {
    let mut segments = path.trim_start_matches('/').split('/');
    let first = segments.next().unwrap_or_default();
    let second = segments.next().unwrap_or_default();
    let second = second.split('(').next().unwrap_or_default();
    match (first, second) {
        ("deviceAppManagement", _) => Family::Applications,
        (
            "deviceManagement",
            "configurationPolicies"
            | "compliancePolicies"
            | "inventoryPolicies"
            | "reusablePolicySettings"
            | "configurationPolicyTemplates"
            | "configurationSettings"
            | "configurationCategories"
            | "reusableSettings",
        ) => Family::ConfigurationV2,
        (
            "deviceManagement",
            "managedDevices"
            | "detectedApps"
            | "comanagedDevices"
            | "managedDeviceOverview"
            | "deviceManagementScripts"
            | "deviceShellScripts"
            | "deviceCustomAttributeShellScripts"
            | "deviceHealthScripts"
            | "deviceComplianceScripts",
        ) => Family::Devices,
        ("deviceManagement", name) if name.starts_with("userExperienceAnalytics") => {
            Family::Devices
        }
        ("deviceManagement", _) => Family::OtherIntune,
        ("identity", "conditionalAccess") | ("identityProtection", _) => Family::ConditionalAccess,
        ("auditLogs", _) => Family::Audit,
        _ => Family::Directory,
    }
}

const fn limits(family: Family, directory_units: u32) -> (Limit, Option<Limit>) {
    match family {
        Family::Applications | Family::ConfigurationV2 | Family::OtherIntune => (
            Limit {
                units: 1_000,
                window_ms: 20_000,
            },
            Some(Limit {
                units: 100,
                window_ms: 20_000,
            }),
        ),
        Family::Devices => (
            Limit {
                units: 2_000,
                window_ms: 20_000,
            },
            Some(Limit {
                units: 200,
                window_ms: 20_000,
            }),
        ),
        Family::ConditionalAccess => (
            Limit {
                units: 1,
                window_ms: 1_000,
            },
            None,
        ),
        Family::Audit => (
            Limit {
                units: 5,
                window_ms: 10_000,
            },
            None,
        ),
        Family::Directory => (
            Limit {
                units: directory_units,
                window_ms: 10_000,
            },
            Some(Limit {
                units: 3_000,
                window_ms: 150_000,
            }),
        ),
    }
}

/// Resource units of a directory request: base cost by path, then the query's effect, at least 1.
pub fn directory_cost(request: &GraphRequest) -> u32 {
    let path = request.path.to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    let base: i64 = match last {
        "transitivemembers" => 5,
        "checkmembergroups" => 4,
        "members" | "getbyids" | "subscribedskus" => 3,
        "memberof" | "transitivememberof" | "users" | "applications" | "oauth2permissiongrants" => {
            2
        }
        _ => 1,
    };
    let small = request
        .option("$top")
        .and_then(|top| top.parse::<u32>().ok())
        .is_some_and(|top| top < 20);
    let cost = base - i64::from(request.option("$select").is_some())
        + i64::from(request.option("$expand").is_some())
        - i64::from(small);
    u32::try_from(cost.max(1)).unwrap_or(1)
}

/// Units spent, with their moments.
#[derive(Debug, Default)]
struct Log {
    spent: VecDeque<(u64, u32)>,
    total: u32,
}

impl Log {
    /// Spends units; answers milliseconds to wait when the limit was already reached.
    fn spend(&mut self, limit: Limit, units: u32, now_ms: u64) -> Option<u64> {
        while let Some((at, units)) = self.spent.front().copied() {
            if at + limit.window_ms > now_ms {
                break;
            }
            self.total -= units;
            self.spent.pop_front();
        }
        let over = self.total + units > limit.units;
        self.spent.push_back((now_ms, units));
        self.total += units;
        // So much has to leave the window before the same request fits.
        let mut excess = (self.total + units).saturating_sub(limit.units);
        if !over {
            return None;
        }
        let mut free_at = now_ms + limit.window_ms;
        for (at, units) in &self.spent {
            free_at = at + limit.window_ms;
            excess = excess.saturating_sub(*units);
            if excess == 0 {
                break;
            }
        }
        Some(free_at.saturating_sub(now_ms).max(1))
    }
}

/// The budgets of one tenant.
#[derive(Debug)]
pub struct Throttle {
    directory_units: u32,
    logs: BTreeMap<(String, Family, bool), Log>,
}

impl Throttle {
    /// Budgets of a tenant with this many users (small below 50, medium to 500, large above).
    pub fn new(users: usize) -> Self {
        let directory_units = match users {
            0..50 => 3_500,
            50..=500 => 5_000,
            _ => 8_000,
        };
        Self {
            directory_units,
            logs: BTreeMap::new(),
        }
    }

    /// Forgets what was spent.
    pub fn clear(&mut self) {
        self.logs.clear();
    }

    /// Counts a request of an application; answers 429 when a budget is spent.
    pub fn count(
        &mut self,
        client_id: &str,
        request: &GraphRequest,
        now_ms: u64,
    ) -> Option<GraphAnswer> {
        let family = family(&request.path);
        let (any, writes) = limits(family, self.directory_units);
        let cost = if family == Family::Directory {
            directory_cost(request)
        } else {
            1
        };
        let mut wait = self.log(client_id, family, false).spend(any, cost, now_ms);
        if let Some(writes) = writes.filter(|_| request.is_write()) {
            wait = wait.max(self.log(client_id, family, true).spend(writes, 1, now_ms));
        }
        wait.map(|wait| refusal(family, &wait.div_ceil(1_000).to_string()))
    }

    fn log(&mut self, client_id: &str, family: Family, writes: bool) -> &mut Log {
        self.logs
            .entry((client_id.to_owned(), family, writes))
            .or_default()
    }
}

/// 429 in the family's words. Conditional Access says no time to wait.
pub fn refusal(family: Family, seconds: &str) -> GraphAnswer {
    let intune = !matches!(
        family,
        Family::Directory | Family::ConditionalAccess | Family::Audit
    );
    let mut answer = GraphAnswer::error(
        429,
        "TooManyRequests",
        if intune {
            "An error has occurred."
        } else {
            "Too many requests."
        },
    );
    if family != Family::ConditionalAccess {
        answer = answer.with_header("Retry-After", seconds);
    }
    if family == Family::Directory {
        answer = answer
            .with_header("x-ms-throttle-scope", "Tenant_Application/ReadWrite")
            .with_header("x-ms-throttle-information", "ResourceUnitLimitExceeded");
    }
    answer
}
