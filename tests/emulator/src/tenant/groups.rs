//! Groups: who they are, and who is in them.
//!
//! Membership is a rule on a person's or a device's index, so that 2,000 groups over 50,000 users and
//! 100,000 devices take no memory, and asking whether somebody is in a group takes no time.

use serde::Deserialize;

use super::ids::{Guids, Rng};
use super::options::GeneratorOptions;
use super::people::{DEPARTMENTS, OFFICES, Os, department, office, os};

/// Which users are members.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Users {
    /// None.
    None,
    /// So many of 1,000, other ones for each group.
    Permille(u64),
    /// Everybody in this department.
    Department(usize),
    /// Everybody at this office.
    Office(usize),
    /// These.
    List(Vec<usize>),
}

/// A group.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Its id, where it is not made from the index.
    id: Option<String>,
    pub(super) name: String,
    pub(super) about: String,
    /// Membership rule, for a dynamic group.
    pub(super) rule: Option<String>,
    /// A Microsoft 365 group.
    pub(super) unified: bool,
    /// A distribution list.
    pub(super) mail: bool,
    /// May have directory roles.
    pub(super) role: bool,
    users: Users,
    /// So many of 1,000 devices of an operating system.
    devices: Option<(Os, u64)>,
    /// Groups that are direct members.
    pub(super) nested: Vec<usize>,
}

/// All groups.
#[derive(Debug)]
pub(super) struct Groups {
    all: Vec<Group>,
    ids: Guids,
    seed: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    about: String,
    rule: Option<String>,
    #[serde(default)]
    unified: bool,
    #[serde(default)]
    mail: bool,
    #[serde(default)]
    role: bool,
    #[serde(default)]
    users: String,
    #[serde(default)]
    devices: String,
    #[serde(default)]
    nested: Vec<String>,
}

impl Groups {
    /// The hand-written groups and as many more as the options ask for.
    pub(super) fn build(options: &GeneratorOptions) -> Self {
        let lines: Vec<Line> =
            serde_json::from_str(include_str!("data/groups.json")).unwrap_or_default();
        let names: Vec<_> = lines.iter().map(|line| line.name.clone()).collect();
        let mut all: Vec<Group> = lines
            .into_iter()
            .map(|line| Group {
                id: None,
                users: users(&line.users),
                devices: devices(&line.devices),
                nested: line
                    .nested
                    .iter()
                    .filter_map(|name| names.iter().position(|n| n == name))
                    .collect(),
                name: line.name,
                about: line.about,
                rule: line.rule,
                unified: line.unified,
                mail: line.mail,
                role: line.role,
            })
            .collect();
        if options.hostile {
            all.extend(hostile());
        }
        for index in all.len()..options.groups {
            let group = made(options.seed, index, all.len());
            all.push(group);
        }
        Self {
            all,
            ids: Guids::of(options.seed, "group"),
            seed: options.seed,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The group with this index.
    pub(super) fn get(&self, index: usize) -> Option<&Group> {
        self.all.get(index)
    }

    /// Id by index.
    pub(super) fn id(&self, index: usize) -> String {
        let own = self.all.get(index).and_then(|g| g.id.clone());
        own.unwrap_or_else(|| self.ids.at(index))
    }

    /// Adds a group of which only id and name are known.
    pub(super) fn know(&mut self, id: &str, name: &str) {
        if self.index(id).is_none() {
            self.all.push(Group {
                id: Some(id.to_owned()),
                name: name.to_owned(),
                about: String::new(),
                rule: None,
                unified: false,
                mail: false,
                role: false,
                users: Users::None,
                devices: None,
                nested: Vec::new(),
            });
        }
    }

    /// Index by id.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        let own = |g: &Group| {
            g.id.as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(id))
        };
        self.ids
            .index(id, self.all.len())
            .or_else(|| self.all.iter().position(own))
    }

    /// Id by name; of a group that no longer exists when there is none of this name.
    pub(super) fn id_of(&self, name: &str) -> String {
        match self.all.iter().position(|g| g.name == name) {
            Some(index) => self.id(index),
            None => Guids::of(self.seed, "deleted group")
                .at(usize::try_from(super::ids::hash(name) % 1_000).unwrap_or_default()),
        }
    }

    /// True when a user is a direct member.
    pub(super) fn has_user(&self, group: usize, user: usize) -> bool {
        self.all.get(group).is_some_and(|g| match &g.users {
            Users::None => false,
            Users::Permille(n) => sample(self.seed, group, user, *n),
            Users::Department(d) => department(self.seed, user) == *d,
            Users::Office(o) => office(self.seed, user) == *o,
            Users::List(list) => list.contains(&user),
        })
    }

    /// True when a device is a direct member.
    pub(super) fn has_device(&self, group: usize, device: usize) -> bool {
        self.all.get(group).is_some_and(|g| match g.devices {
            Some((system, n)) => {
                os(self.seed, device) == system && sample(self.seed, group, device, n)
            }
            None => false,
        })
    }

    /// The group and all that are nested in it, each once.
    pub(super) fn below(&self, group: usize) -> Vec<usize> {
        let mut found = vec![group];
        let mut at = 0;
        while let Some(next) = found.get(at).and_then(|g| self.all.get(*g)) {
            for nested in &next.nested {
                if !found.contains(nested) {
                    found.push(*nested);
                }
            }
            at += 1;
        }
        found
    }

    /// All groups that these are nested in, the given ones first.
    pub(super) fn above(&self, mut found: Vec<usize>) -> Vec<usize> {
        let mut at = 0;
        while at < found.len() {
            for (index, group) in self.all.iter().enumerate() {
                if group.nested.contains(&found[at]) && !found.contains(&index) {
                    found.push(index);
                }
            }
            at += 1;
        }
        found
    }
}

fn sample(seed: u64, group: usize, member: usize, permille: u64) -> bool {
    permille >= 1000 || Rng::of(&[seed, 17, group as u64, member as u64]).next() % 1000 < permille
}

fn users(text: &str) -> Users {
    let (word, rest) = text.split_once(':').unwrap_or((text, ""));
    match word {
        "permille" => Users::Permille(rest.parse().unwrap_or_default()),
        "department" => DEPARTMENTS
            .iter()
            .position(|d| *d == rest)
            .map_or(Users::None, Users::Department),
        "list" => Users::List(rest.split(',').filter_map(|n| n.parse().ok()).collect()),
        _ => Users::None,
    }
}

fn devices(text: &str) -> Option<(Os, u64)> {
    let (word, rest) = text.split_once(':')?;
    let os = match word {
        "windows" => Os::Windows,
        "macos" => Os::Mac,
        "ios" => Os::Ios,
        _ => Os::Android,
    };
    Some((os, rest.parse().unwrap_or_default()))
}

fn hostile() -> impl Iterator<Item = Group> {
    super::HOSTILE_NAMES.iter().take(4).map(|name| Group {
        id: None,
        name: (*name).to_owned(),
        about: "A name that must be shown as text".to_owned(),
        rule: None,
        unified: false,
        mail: false,
        role: false,
        users: Users::Permille(4),
        devices: None,
        nested: Vec::new(),
    })
}

const APPS: &[&str] = &[
    "7-Zip",
    "Acrobat",
    "AutoCAD",
    "BerthPlanner",
    "CargoWise",
    "Chrome",
    "CraneView",
    "Git",
    "KeePassXC",
    "Notepad++",
    "PowerBI",
    "Python",
    "SAPGUI",
    "Slack",
    "Teams-Rooms",
    "TideChart",
    "VLC",
    "VSCode",
    "Wireshark",
    "YardMap",
];

fn made(seed: u64, index: usize, before: usize) -> Group {
    let mut rng = Rng::of(&[seed, 3, index as u64]);
    let mut group = Group {
        id: None,
        name: String::new(),
        about: String::new(),
        rule: None,
        unified: false,
        mail: false,
        role: false,
        users: Users::None,
        devices: None,
        nested: Vec::new(),
    };
    let number = index / 8;
    match index % 8 {
        0 => {
            let at = number % DEPARTMENTS.len();
            group.name = format!("DYN-Dept-{}-{number:03}", DEPARTMENTS[at].replace(' ', ""));
            group.rule = Some(format!("user.department -eq \"{}\"", DEPARTMENTS[at]));
            group.users = Users::Department(at);
        }
        1 => {
            let at = number % OFFICES.len();
            group.name = format!("DYN-Site-{}-{number:03}", OFFICES[at].0);
            group.rule = Some(format!(
                "user.physicalDeliveryOfficeName -eq \"{}\"",
                OFFICES[at].0
            ));
            group.users = Users::Office(at);
        }
        2..=4 => {
            let app = APPS[number % APPS.len()];
            let intent = ["Required", "Available", "Uninstall"][index % 8 - 2];
            group.name = format!("APP-{app}-{intent}-{number:03}");
            group.about = format!("{intent} for {app}");
            group.users = Users::Permille(rng.below(90) as u64);
        }
        5 => {
            group.name = format!("DEV-{}-{number:03}", OFFICES[number % OFFICES.len()].0);
            let systems = [Os::Windows, Os::Windows, Os::Ios, Os::Mac, Os::Android];
            group.devices = Some((*rng.pick(&systems), 20 + rng.below(120) as u64));
        }
        6 => {
            group.name = format!("M365-Project-{number:03}");
            group.unified = true;
            group.users = Users::Permille(rng.below(30) as u64);
        }
        _ => {
            group.name = format!("SG-Nested-{number:03}");
            group.nested = (0..2 + rng.below(3)).map(|_| rng.below(before)).collect();
            group.nested.dedup();
        }
    }
    group
}
