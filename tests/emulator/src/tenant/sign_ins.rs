//! Entra's sign-in log: people at Plumbline's registrations and at other apps, and what the service lets one ask of it.
//!
//! Graph: "List signIns", and the properties of `signIn` that say which filters they support.

use serde_json::{Value, json};

use super::Tenant;
use super::collection::Collection;
use super::ids::{Rng, date_time, hash};
use super::odata::query::{Query, Refused};
use super::people;
use super::world::World;
use crate::accounts::ACCOUNTS;
use crate::options::{CLIENT_ID, WRITER_ID};

/// The log. Interactive sign-ins only, at v1.0.
pub(super) const PATH: &str = "/auditLogs/signIns";
/// "The maximum and default page size is 1,000 objects."
const PAGE: usize = 1_000;
const HOUR: i64 = 3_600;
/// A guest's name as another organization wrote it: long, and hostile.
const HOSTILE: &str =
    "<b onmouseover=alert(3)>Wilhelmina-Konstantinopoulou-Featherstonehaugh \u{202e}tseug</b>";

/// What may stand in a `$filter`.
const FILTERED: &[&str] = &[
    "id",
    "createdDateTime",
    "userDisplayName",
    "userPrincipalName",
    "userId",
    "appId",
    "appDisplayName",
    "ipAddress",
    "clientAppUsed",
    "correlationId",
    "conditionalAccessStatus",
    "status/errorCode",
    "location/city",
    "location/state",
    "location/countryOrRegion",
    "resourceDisplayName",
    "resourceId",
    "riskState",
];

/// Number, Entra's reason, what Conditional Access said: mostly a success.
const ENDS: [(i32, &str, &str); 9] = [
    (0, "Other.", "success"),
    (0, "Other.", "success"),
    (0, "Other.", "notApplied"),
    (50_074, "Strong Authentication is required.", "failure"),
    (0, "Other.", "success"),
    (
        50_126,
        "Error validating credentials due to invalid username or password.",
        "notApplied",
    ),
    (
        53_003,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        "failure",
    ),
    (0, "Other.", "success"),
    (
        50_203,
        "User has not registered the authenticator app.",
        "success",
    ),
];

const PLACES: [(&str, &str, &str); 4] = [
    ("Rotterdam", "Zuid-Holland", "NL"),
    ("Gdansk", "Pomorskie", "PL"),
    ("Antwerp", "Antwerpen", "BE"),
    ("", "", "NL"),
];

/// Adds the log: more sign-ins of the app than its page asks for, a few of the one for writing, and others.
pub(super) fn add(tenant: &mut Tenant) {
    let world = &tenant.world;
    let mut rows: Vec<(i64, Value)> = Vec::new();
    for (app, name, count) in [
        (CLIENT_ID, "Plumbline", 63_u64),
        (WRITER_ID, "Plumbline (writing)", 2),
        ("c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "Azure Portal", 40),
    ] {
        rows.extend((0..count).map(|number| sign_in(world, app, name, number)));
    }
    rows.sort_by_key(|(at, _)| -at);
    let mut log = Collection::stored(PATH, "v1.0", PAGE);
    log.graph_type = "signIn".to_owned();
    rows.into_iter().for_each(|(_, row)| log.push(row));
    tenant.add(log);
}

fn sign_in(world: &World, app: &str, name: &str, number: u64) -> (i64, Value) {
    let mut rng = world.rng(&[hash("sign-in"), hash(app), number]);
    let at = world.now - HOUR * (1 + 10 * number as i64) - rng.below(3_000) as i64;
    let end = number as usize % ENDS.len();
    let (code, reason, policies) = ENDS[end];
    let (who, name_of_who) = person(world, &mut rng, number);
    let (city, state, country) = PLACES[rng.below(PLACES.len())];
    let row = json!({
        "id": world.guid(&[hash("sign-in"), hash(app), number]),
        "createdDateTime": date_time(at),
        "userDisplayName": name_of_who, "userPrincipalName": people::upn(world.seed, who).to_lowercase(),
        "userId": world.user_id(who), "appId": app, "appDisplayName": name,
        "ipAddress": format!("198.51.100.{}", 10 + rng.below(200)), "clientAppUsed": "Browser",
        "correlationId": world.guid(&[hash("sign-in correlation"), hash(app), number]),
        "conditionalAccessStatus": policies, "isInteractive": true,
        "riskDetail": "none", "riskLevelAggregated": "none", "riskLevelDuringSignIn": "none", "riskState": "none",
        "riskEventTypes": [], "riskEventTypes_v2": [],
        "resourceDisplayName": "Microsoft Graph", "resourceId": "00000003-0000-0000-c000-000000000000",
        "status": {"errorCode": code, "failureReason": reason, "additionalDetails": null},
        "deviceDetail": {"deviceId": "", "displayName": null, "operatingSystem": "Windows10", "browser": "Edge 142.0.0",
            "isCompliant": false, "isManaged": false, "trustType": null},
        "location": {"city": city, "state": state, "countryOrRegion": country,
            "geoCoordinates": {"altitude": null, "latitude": 51.9, "longitude": 4.4}},
        "appliedConditionalAccessPolicies": [],
    });
    (at, row)
}

/// Who, and the name that the log has for them.
fn person(world: &World, rng: &mut Rng, number: u64) -> (usize, Value) {
    let who = match number % 3 {
        0 => 0,
        1 => 1,
        _ => rng.below(world.user_count().min(ACCOUNTS.len() + 4)),
    };
    if world.options.hostile && number == 4 {
        return (who, HOSTILE.into());
    }
    (who, people::user(world, who)["displayName"].clone())
}

/// Why the service does not take this query. `named`: the properties in the filter, which is `text` in small letters.
pub(super) fn refuse(query: &Query, named: &[String], text: &str) -> Option<Refused> {
    let malformed = |words: &str| Some(Refused::Malformed(words.to_owned()));
    let known = |name: &String| FILTERED.iter().any(|one| one.eq_ignore_ascii_case(name));
    if !named.iter().all(known) {
        return malformed("Invalid filter clause: the property cannot be filtered by.");
    }
    let operators = [" gt ", " lt ", " ne ", "contains(", "endswith(", "isof("];
    if operators.iter().any(|operator| text.contains(operator)) {
        return malformed("Invalid filter clause: only eq, ge, le and startsWith are supported.");
    }
    if query
        .orderby
        .iter()
        .any(|(name, _)| name != "createdDateTime")
    {
        return malformed("Invalid orderby clause: only createdDateTime is supported.");
    }
    if query.top.is_some_and(|top| top > PAGE) {
        return malformed("Invalid page size specified: it must be between 1 and 1000 inclusive.");
    }
    let others = query.skip > 0 || query.count || !query.search.is_empty();
    if others {
        return malformed("The query parameter is not supported.");
    }
    None
}
