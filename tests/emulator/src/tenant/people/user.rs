//! Users.

use serde_json::{Value, json};

use crate::accounts::{ACCOUNTS, Role, TENANT_DOMAIN};
use crate::tenant::ids::{Rng, date_time};
use crate::tenant::world::World;

/// Departments.
pub(crate) const DEPARTMENTS: &[&str] = &[
    "Terminal operations",
    "Fleet",
    "Warehousing",
    "Customs",
    "Engineering",
    "Finance",
    "Sales",
    "People",
    "Legal",
    "Safety",
    "IT",
    "Communications",
];

/// Offices: name, country, usage location.
pub(crate) const OFFICES: &[(&str, &str, &str)] = &[
    ("Rotterdam", "Netherlands", "NL"),
    ("Gdansk", "Poland", "PL"),
    ("Antwerp", "Belgium", "BE"),
    ("Aarhus", "Denmark", "DK"),
    ("Valencia", "Spain", "ES"),
    ("Trieste", "Italy", "IT"),
    ("Halifax", "Canada", "CA"),
    ("Busan", "Republic of Korea", "KR"),
];

const FIRST: &[&str] = &[
    "Ada", "Aiko", "Alma", "Amir", "Anneke", "Arjun", "Astrid", "Bela", "Bodil", "Caio", "Carmen",
    "Chiara", "Dagny", "Dario", "Ebba", "Edda", "Elif", "Emre", "Farah", "Femke", "Gita", "Goran",
    "Hedda", "Hugo", "Ines", "Ingrid", "Jaan", "Jin", "Joost", "Kaja", "Kenji", "Lars", "Leila",
    "Lotte", "Luca", "Magda", "Marta", "Mateo", "Milan", "Nadia", "Nils", "Noor", "Olga", "Oskar",
    "Paola", "Petra", "Rafael", "Runa", "Sanne", "Seo-yeon", "Sofie", "Stijn", "Tariq", "Tove",
    "Ugo", "Vera", "Viggo", "Wanda", "Yara", "Zoë",
];

const LAST: &[&str] = &[
    "Abebe",
    "Bakker",
    "Baran",
    "Bianchi",
    "Brandt",
    "Castillo",
    "Dahl",
    "Dekker",
    "Demir",
    "Dubois",
    "Eriksen",
    "Fabre",
    "Ferrari",
    "Garrido",
    "Haas",
    "Hoekstra",
    "Horvat",
    "Iversen",
    "Jansen",
    "Kaminski",
    "Kim",
    "Kowalska",
    "Kruse",
    "Larsen",
    "Lund",
    "Maas",
    "Marino",
    "Mbeki",
    "Moreau",
    "Müller",
    "Nakamura",
    "Nowak",
    "O'Shea",
    "Okoye",
    "Olsen",
    "Park",
    "Pereira",
    "Petrov",
    "Quist",
    "Ramos",
    "Rossi",
    "Sato",
    "Schmidt",
    "Silva",
    "Singh",
    "Smit",
    "Sørensen",
    "Tanaka",
    "Thorsen",
    "Ueda",
    "Van Dijk",
    "Vega",
    "Visser",
    "Weber",
    "Wiśniewski",
    "Yilmaz",
    "Zhang",
    "Zielinska",
];

/// Index of a user's department.
pub(crate) fn department(seed: u64, user: usize) -> usize {
    // Squared: the first departments are the big ones.
    let roll = Rng::of(&[seed, 41, user as u64]).below(1_000);
    roll * roll * DEPARTMENTS.len() / 1_000_000
}

/// Index of a user's office.
pub(crate) fn office(seed: u64, user: usize) -> usize {
    let roll = Rng::of(&[seed, 42, user as u64]).below(1_000);
    roll * roll * OFFICES.len() / 1_000_000
}

/// True for a guest.
pub(crate) fn is_guest(seed: u64, user: usize) -> bool {
    match ACCOUNTS.get(user) {
        Some(account) => account.role == Role::Guest,
        None => Rng::of(&[seed, 43, user as u64]).below(100) < 3,
    }
}

fn names(seed: u64, user: usize) -> (&'static str, &'static str) {
    let mut rng = Rng::of(&[seed, 44, user as u64]);
    (*rng.pick(FIRST), *rng.pick(LAST))
}

/// Display name.
pub(crate) fn display_name(seed: u64, user: usize) -> String {
    match ACCOUNTS.get(user) {
        Some(account) => account.name.to_owned(),
        None => {
            let (first, last) = names(seed, user);
            format!("{first} {last}")
        }
    }
}

/// User principal name: unique by the index that it ends with.
pub(crate) fn upn(seed: u64, user: usize) -> String {
    if let Some(account) = ACCOUNTS.get(user) {
        return account.upn.to_owned();
    }
    let (first, last) = names(seed, user);
    let local: String = format!("{first}.{last}{user}")
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'ë' => 'e',
            'ü' => 'u',
            'ø' => 'o',
            'ś' => 's',
            c => c,
        })
        .filter(|c| c.is_ascii_alphanumeric() || *c == '.')
        .collect();
    if is_guest(seed, user) {
        format!("{local}_partner.example#EXT#@{TENANT_DOMAIN}")
    } else {
        format!("{local}@{TENANT_DOMAIN}")
    }
}

/// A user as the directory shows it. What needs `$select` is marked.
pub(crate) fn user(world: &World, index: usize) -> Value {
    let seed = world.seed;
    let mut rng = Rng::of(&[seed, 45, index as u64]);
    let (office, country, usage) = OFFICES[office(seed, index)];
    let name = display_name(seed, index);
    let (given, surname) = name.split_once(' ').unwrap_or((&name, ""));
    let upn = upn(seed, index);
    let guest = is_guest(seed, index);
    let licensed = !guest
        && ACCOUNTS
            .get(index)
            .is_none_or(|a| a.role != Role::HelpdeskUnlicensed);
    let department = DEPARTMENTS[department(seed, index)];
    let created = world.now - 86_400 * (10 + rng.below(2_400) as i64);
    let sku = world.guid(&[crate::tenant::ids::hash("sku"), 1]);
    json!({
        "id": world.user_id(index),
        "businessPhones": [],
        "displayName": name,
        "givenName": given,
        "jobTitle": if rng.chance(20) { format!("Head of {department}") } else { format!("{department} specialist") },
        "mail": upn.replace("#EXT#", "").replace('_', "@").split('@').take(2).collect::<Vec<_>>().join("@"),
        "mobilePhone": null,
        "officeLocation": office,
        "preferredLanguage": if rng.chance(70) { Some("en-GB") } else { None },
        "surname": surname,
        "userPrincipalName": upn,
        "?accountEnabled": !rng.chance(4),
        "?assignedLicenses": if licensed { vec![json!({"disabledPlans": [], "skuId": sku})] } else { vec![] },
        "?city": office,
        "?companyName": crate::accounts::TENANT_NAME,
        "?country": country,
        "?createdDateTime": date_time(created),
        "?creationType": guest.then_some("Invitation"),
        "?department": department,
        "?employeeId": format!("{:06}", 100_000 + index),
        "?onPremisesSyncEnabled": (!guest && rng.chance(60)).then_some(true),
        "?usageLocation": usage,
        "?userType": if guest { "Guest" } else { "Member" },
    })
}
