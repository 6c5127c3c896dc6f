//! Rights in Intune that change things, held against what the audit log shows.
//!
//! A right is unused only when that is certain: the log was read to its end for the whole time, the right's use leaves an
//! event that is known, and nothing that the holder did may have been it. Everything else is unknown, with the reason.
//! Rights that only read leave no events and are not counted at all.

mod acted;
mod events;
mod held;
#[cfg(test)]
mod tests;

use self::acted::{Acted, Acting};
use self::held::{Held, Holding};
use super::mine::in_words;
use crate::arrange::Arrange;
use crate::audit::Trail;
use crate::hash::{QuickMap, QuickSet};
use crate::protocol::{
    Doubt, Holder, HolderKind, LiveRead, MOST_HOLDERS, RightName, Rights, UsedRight,
};

/// The most days that can be looked at.
const MOST_DAYS: u32 = 90;

/// Puts together what was read of roles and of the log, for so many days (1 to 90).
pub fn rights(reads: &[LiveRead], trail: &Trail, days: u32) -> Rights {
    let days = days.clamp(1, MOST_DAYS);
    let held = held::read(reads);
    let acted = acted::read(trail, days, &held.names);
    let mut taken = QuickSet::default();
    let mut holders = Vec::new();
    for one in &held.holders {
        let place = actor_of(one, &acted);
        taken.extend(place);
        let acting = place.and_then(|place| acted.actors.get(place));
        holders.push(holder(one, acting, &held, &acted));
    }
    let others = (0..)
        .zip(&acted.actors)
        .filter(|(place, _)| !taken.contains(place));
    holders.extend(others.map(|(_, acting)| gone(acting)));
    holders.arrange_by_cached_key(|one| {
        let most = u32::MAX - one.unused.len() as u32;
        (
            one.kind == HolderKind::Gone
                || one.kind == HolderKind::Application && one.roles.is_empty(),
            most,
            u32::MAX - one.held,
            one.name.to_lowercase(),
            one.id.clone(),
        )
    });
    let total = holders.len() as u32;
    let excessive = holders.iter().filter(|one| !one.unused.is_empty()).count() as u32;
    holders.truncate(MOST_HOLDERS);
    let words = |name: &String| {
        let (kind, action) = in_words(name);
        RightName { kind, action }
    };
    Rights {
        days,
        log: acted.log,
        names: held.names.all.iter().map(words).collect(),
        holders,
        total,
        excessive,
        gaps: held.gaps,
        strange: acted.strange,
    }
}

/// By object id, by user principal name where the log has no id, by client id for an application.
fn actor_of(one: &Holding, acted: &Acted) -> Option<usize> {
    let id = one.id.to_ascii_lowercase();
    let keys = [id, one.app.to_ascii_lowercase(), one.upn.clone()];
    keys.iter().find_map(|key| acted.find(key))
}

fn holder(one: &Holding, acting: Option<&Acting>, held: &Held, acted: &Acted) -> Holder {
    let mut uses = Uses::default();
    if let Some(acting) = acting {
        let certain = held.whole() && !one.vague;
        acting.shown.iter().for_each(|(meant, (events, last))| {
            uses.take(meant, *events, last, &one.rights, certain)
        });
        for meant in &acting.tried {
            uses.doubt(meant, Doubt::Tried);
        }
    }
    let strange = acting.map_or(0, |acting| acting.strange);
    // Why nothing can be said of any right of theirs.
    let doubt = match one.kind {
        HolderKind::Group => Some(Doubt::Members),
        _ if !acted.log.whole => Some(Doubt::Log),
        _ if strange > 0 => Some(Doubt::Strange),
        _ if acted.anonymous > 0 => Some(Doubt::Actor),
        HolderKind::Person
            if one.upn.is_empty() && acting.is_none() && acted.some_by_name_only() =>
        {
            Some(Doubt::Actor)
        }
        _ => None,
    };
    let (mut unused, mut unknown) = (Vec::new(), Vec::new());
    let mut rights: Vec<u32> = one.rights.iter().copied().collect();
    rights.arrange();
    for right in rights {
        let leaves = held
            .names
            .all
            .get(right as usize)
            .is_some_and(|name| events::leaves_events(name));
        let why = uses
            .doubts
            .get(&right)
            .copied()
            .or(doubt)
            .or((!leaves).then_some(Doubt::Event));
        match why {
            _ if uses.certain.contains_key(&right) => {}
            Some(why) => unknown.push((right, why)),
            None => unused.push(right),
        }
    }
    let used = uses.list(&one.rights);
    let places: Vec<u32> = used.iter().map(|one| one.right).collect();
    let sure = doubt.is_none() && uses.doubts.is_empty() && !used.is_empty() && held.whole();
    let enough = sure
        .then(|| held.enough(&places, one.rights.len()))
        .flatten();
    Holder {
        kind: one.kind,
        id: if one.app.is_empty() {
            &one.id
        } else {
            &one.app
        }
        .clone(),
        name: match acting {
            Some(acting) if one.name.is_empty() => acting.name.clone(),
            _ => one.name.clone(),
        },
        roles: one.roles.clone(),
        held: one.rights.len() as u32,
        vague: one.vague,
        used,
        unused,
        unknown,
        changes: acting.map_or(0, |acting| acting.changes),
        strange,
        had_everything: acting.is_some_and(|acting| acting.everything),
        enough: enough.map(str::to_owned),
    }
}

/// Somebody who acted and holds no role that was read. What an application holds is not read.
fn gone(acting: &Acting) -> Holder {
    let mut uses = Uses::default();
    let nothing = QuickSet::default();
    for (meant, (events, last)) in &acting.shown {
        uses.take(meant, *events, last, &nothing, true);
    }
    Holder {
        kind: if acting.app {
            HolderKind::Application
        } else {
            HolderKind::Gone
        },
        id: acting.id.clone(),
        name: acting.name.clone(),
        roles: Vec::new(),
        held: 0,
        vague: false,
        used: uses.list(&nothing),
        unused: Vec::new(),
        unknown: Vec::new(),
        changes: acting.changes,
        strange: acting.strange,
        had_everything: acting.everything,
        enough: None,
    }
}

/// Which rights an actor used.
#[derive(Default)]
struct Uses {
    certain: QuickMap<u32, (u32, String)>,
    doubts: QuickMap<u32, Doubt>,
}

impl Uses {
    /// Events that used one of these rights: it is the one that is held, if only one of them is and that is certain.
    fn take(
        &mut self,
        meant: &[u32],
        events: u32,
        last: &str,
        held: &QuickSet<u32>,
        certain: bool,
    ) {
        let mine: Vec<u32> = meant
            .iter()
            .copied()
            .filter(|one| held.contains(one))
            .collect();
        let only = match (meant, mine.as_slice()) {
            ([one], _) => Some(*one),
            (_, [one]) if certain => Some(*one),
            _ => None,
        };
        let Some(right) = only else {
            return self.doubt(meant, Doubt::Several);
        };
        let known = self.certain.entry(right).or_default();
        known.0 += events;
        if known.1.as_str() < last {
            last.clone_into(&mut known.1);
        }
    }

    fn doubt(&mut self, meant: &[u32], why: Doubt) {
        for right in meant {
            let known = self.doubts.entry(*right).or_insert(why);
            *known = why.min(*known);
        }
    }

    /// Those that were used, the most often used first.
    fn list(&self, held: &QuickSet<u32>) -> Vec<UsedRight> {
        let one = |(right, (events, last)): (&u32, &(u32, String))| UsedRight {
            right: *right,
            events: *events,
            last: last.clone(),
            held: held.contains(right),
        };
        let mut used: Vec<UsedRight> = self.certain.iter().map(one).collect();
        used.arrange_by(|a, b| b.events.cmp(&a.events).then(a.right.cmp(&b.right)));
        used
    }
}
