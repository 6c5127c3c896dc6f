//! Accepted deviations: differences that somebody has signed for, in a file that can live in git.
//!
//! ```json
//! { "plumbline": "deviations", "version": 1, "deviations": [
//!   { "setting": "vendor_msft_policy_config_camera_allowcamera", "policy": "", "value": "1",
//!     "reason": "Teams rooms need it", "owner": "Ada", "accepted": "2026-11-21", "expires": "2027-05-31" } ] }
//! ```
//! `setting` is what is set (`setting::identity`), or an id or a name. A file of Open Intune Baseline's
//! reasons against CIS (`CIS Ref,Setting Name,OIB Rationale for Non-Implementation,Notes`) is read as one.

use std::borrow::Cow;

use super::deviation_file::{cis, is_day, ours};
use super::index::Index;
use crate::diff::{NONE, Sides};
use crate::hash::QuickMap;
use crate::json::{Json, Object};
use crate::problem::Problem;
use crate::protocol::{
    Accept, Deviation, DeviationList, DeviationState, DeviationView, File, State,
};
use crate::setting::names;

/// What stands for the value of a setting that the main side does not have.
pub const NOT_SET: &str = "(not set)";
/// The most of a file that is taken.
const MOST: usize = 100_000;

/// All deviations that are open.
#[derive(Debug, Default)]
pub struct Deviations {
    list: Vec<Deviation>,
    complaints: Vec<String>,
    today: String,
}

/// Why a deviation or a file of them cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviationError {
    /// Neither ours nor a CSV of CIS rationales.
    NotDeviations,
    /// Of a later version.
    TooNew,
    /// A difference needs a reason and an owner.
    Unsigned,
    /// The last day is no date.
    NotADay,
    /// The line is not a difference.
    NotADifference,
}

impl From<DeviationError> for Problem {
    fn from(error: DeviationError) -> Self {
        let (code, what, remedy) = match error {
            DeviationError::NotDeviations => (
                "deviations.not_deviations",
                "This file holds no accepted deviations.",
                "Open a file that Plumbline saved, or Open Intune Baseline's CSV of reasons against CIS.",
            ),
            DeviationError::TooNew => (
                "deviations.too_new",
                "These deviations were saved by a later version.",
                "Open them with the latest Plumbline.",
            ),
            DeviationError::Unsigned => (
                "deviations.unsigned",
                "A deviation needs a reason and an owner.",
                "Say why it is accepted and who answers for it.",
            ),
            DeviationError::NotADay => (
                "deviations.not_a_day",
                "The last day is not a date.",
                "Write it as 2027-05-31, or leave it empty.",
            ),
            DeviationError::NotADifference => (
                "deviations.not_a_difference",
                "This line is not a difference.",
                "Only settings that are different, missing or extra can be accepted.",
            ),
        };
        Self::new(code, what, remedy)
    }
}

impl Deviations {
    /// Adds what a file holds. `today`: `2026-11-21`.
    ///
    /// # Errors
    /// When the file is none of these; an entry that cannot be understood is a complaint.
    pub fn open(&mut self, file: &File, today: &str) -> Result<(), DeviationError> {
        let text = String::from_utf8_lossy(&file.bytes);
        let text = text.trim_start_matches('\u{feff}');
        let found = match text.trim_start().starts_with('{') {
            true => ours(text, &mut self.complaints)?,
            false => cis(text).or_else(|_| ours(text, &mut self.complaints))?,
        };
        today.clone_into(&mut self.today);
        for one in found {
            if !self.list.contains(&one) && self.list.len() < MOST {
                self.list.push(one);
            }
        }
        Ok(())
    }

    /// Accepts the difference of a line.
    ///
    /// # Errors
    /// When it is not signed, its last day is no date, or the line is no difference.
    pub fn accept(
        &mut self,
        sides: Sides<'_>,
        index: &Index,
        accept: &Accept,
    ) -> Result<(), DeviationError> {
        if accept.reason.trim().is_empty() || accept.owner.trim().is_empty() {
            return Err(DeviationError::Unsigned);
        }
        if !accept.expires.is_empty() && !is_day(&accept.expires) {
            return Err(DeviationError::NotADay);
        }
        let line = sides.found.lines.get(accept.line as usize);
        let line = line.filter(|line| !matches!(line.state, State::Same | State::Unknown));
        let line = line.ok_or(DeviationError::NotADifference)?;
        let (policy, setting) = sides.either(line).ok_or(DeviationError::NotADifference)?;
        let key = index
            .key(policy, setting)
            .map_or_else(|| setting.id.to_string(), |(key, _)| key);
        let in_baseline = line.left.1 != NONE;
        accept.today.clone_into(&mut self.today);
        self.list.push(Deviation {
            setting: key,
            policy: if in_baseline {
                policy.name.clone()
            } else {
                String::new()
            },
            value: if accept.any_value {
                String::new()
            } else {
                value(sides, line)
            },
            reason: accept.reason.trim().to_owned(),
            owner: accept.owner.trim().to_owned(),
            accepted: accept.today.clone(),
            expires: accept.expires.clone(),
        });
        Ok(())
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Takes one back; a number that is not there does nothing.
    pub fn remove(&mut self, number: u32) {
        if (number as usize) < self.list.len() {
            self.list.remove(number as usize);
        }
    }

    /// For each line of a comparison, whether it is accepted; and the list as the page shows it.
    pub fn apply(&self, sides: Option<(Sides<'_>, &Index)>) -> (Vec<bool>, DeviationList) {
        let mut used = vec![(0u32, None); self.list.len()];
        let mut accepted = Vec::new();
        if let Some((sides, index)) = sides {
            let by_setting = self.by_setting();
            accepted = vec![false; sides.found.lines.len()];
            let lines = sides.found.lines.iter().enumerate();
            for (number, line) in lines.filter(|_| !by_setting.is_empty()) {
                if line.echo || matches!(line.state, State::Same | State::Unknown) {
                    continue;
                }
                for meant in self.meant(sides, index, line, &by_setting) {
                    let (lines, first) = &mut used[meant];
                    *lines += 1;
                    *first = first.or(Some(number as u32));
                    accepted[number] |= !self.expired(&self.list[meant]);
                }
            }
        }
        let name = |line: u32| {
            let (sides, _) = sides?;
            let (_, setting) = sides.either(sides.found.lines.get(line as usize)?)?;
            Some(sides.name(setting))
        };
        let view = |(one, (lines, line)): (&Deviation, (u32, Option<u32>))| DeviationView {
            deviation: one.clone(),
            state: match (self.expired(one), lines) {
                (true, _) => DeviationState::Expired,
                (false, 0) => DeviationState::Unused,
                (false, _) => DeviationState::Holds,
            },
            lines,
            line,
            name: line.and_then(name).unwrap_or_default(),
        };
        let list = DeviationList {
            list: self.list.iter().zip(used).map(view).collect(),
            complaints: self.complaints.clone(),
        };
        (accepted, list)
    }

    /// The deviations that mean a line, with their numbers.
    pub fn of_line(&self, sides: Sides<'_>, index: &Index, line: u32) -> Vec<(u32, Deviation)> {
        let line = sides.found.lines.get(line as usize);
        let Some(line) = line.filter(|l| !matches!(l.state, State::Same | State::Unknown)) else {
            return Vec::new();
        };
        let meant = self.meant(sides, index, line, &self.by_setting());
        let one = |number: usize| Some((number as u32, self.list.get(number)?.clone()));
        meant.into_iter().filter_map(one).collect()
    }

    /// Numbers of deviations by what they mean, lower case.
    fn by_setting(&self) -> QuickMap<String, Vec<usize>> {
        let mut out: QuickMap<String, Vec<usize>> = QuickMap::default();
        for (number, one) in self.list.iter().enumerate() {
            out.entry(one.setting.to_lowercase())
                .or_default()
                .push(number);
        }
        out
    }

    fn meant(
        &self,
        sides: Sides<'_>,
        index: &Index,
        line: &crate::diff::Line,
        by_setting: &QuickMap<String, Vec<usize>>,
    ) -> Vec<usize> {
        let Some((policy, setting)) = sides.either(line) else {
            return Vec::new();
        };
        let key = index
            .key(policy, setting)
            .map(|(key, _)| key.to_lowercase());
        let words = [
            key,
            Some(setting.id.to_lowercase()),
            Some(sides.name(setting).to_lowercase()),
        ];
        let mut found: Vec<usize> = Vec::new();
        for number in words
            .iter()
            .flatten()
            .filter_map(|word| by_setting.get(word))
            .flatten()
        {
            let one = &self.list[*number];
            let policy = one.policy.is_empty() || one.policy == policy.name;
            if policy
                && (one.value.is_empty() || one.value == value(sides, line))
                && !found.contains(number)
            {
                found.push(*number);
            }
        }
        found
    }

    /// True after the last day.
    fn expired(&self, one: &Deviation) -> bool {
        !one.expires.is_empty()
            && !self.today.is_empty()
            && self.today.as_str() > one.expires.as_str()
    }

    /// All of them as a file: one member a line, in the order they were accepted.
    pub fn save(&self) -> File {
        let text = |text: &str| Json::String(Cow::Owned(text.to_owned()));
        let one = |one: &Deviation| {
            let members = [
                ("setting", &one.setting),
                ("policy", &one.policy),
                ("value", &one.value),
                ("reason", &one.reason),
                ("owner", &one.owner),
                ("accepted", &one.accepted),
                ("expires", &one.expires),
            ];
            let members = members.map(|(name, value)| (Cow::Borrowed(name), text(value)));
            Json::Object(Object(members.into()))
        };
        let root = Json::Object(Object(vec![
            (Cow::Borrowed("plumbline"), text("deviations")),
            (Cow::Borrowed("version"), Json::Int(1)),
            (
                Cow::Borrowed("deviations"),
                Json::Array(self.list.iter().map(one).collect()),
            ),
        ]));
        File {
            path: "deviations.plumbline.json".to_owned(),
            mime: "application/json".to_owned(),
            bytes: format!("{}\n", root.to_pretty()).into_bytes(),
        }
    }
}

/// The main side's value, as it is written in the file.
fn value(sides: Sides<'_>, line: &crate::diff::Line) -> String {
    match sides.settings(line).1 {
        Some(setting) => names::raw_value(&setting.value).into_owned(),
        None => NOT_SET.to_owned(),
    }
}
