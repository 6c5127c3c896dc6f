//! Which asks stand in line, and how they are put into batches.

use super::{Ask, AskId, Flight, HttpRequest, Priority, Scheduler};
use crate::arrange::Arrange;
use crate::catalog::ApiVersion;
use crate::graph::batch;
use crate::graph::budget::Family;
use crate::graph::retry::Ms;

const PRIORITIES: [Priority; 3] = [Priority::List, Priority::Child, Priority::Name];
const VERSIONS: [ApiVersion; 2] = [ApiVersion::V1, ApiVersion::Beta];

fn slot(priority: Priority, family: Family, version: ApiVersion) -> usize {
    (priority as usize * Family::EACH.len() + family as usize) * 2 + version as usize
}

impl Scheduler {
    pub(super) fn enqueue(&mut self, id: AskId) {
        if let Some(Some(ask)) = self.asks.get(id as usize) {
            self.queues[slot(ask.priority, ask.family, ask.version)].push_back(id);
        }
    }

    pub(super) fn release_delayed(&mut self, now: Ms) {
        let mut due: Vec<_> = self.delayed.extract_if(.., |(at, _)| *at <= now).collect();
        due.arrange();
        for (_, id) in due {
            self.enqueue(id);
        }
    }

    /// The next batch: the version of the most urgent ask that has budget, then all that fits.
    pub(super) fn form_batch(&mut self, now: Ms) -> Option<HttpRequest> {
        let version = self.most_urgent(now)?;
        let mut asks: Vec<AskId> = Vec::new();
        let mut limit = batch::LIMIT;
        for priority in PRIORITIES {
            for family in Family::EACH {
                let mut room = self.budget.room(family, now);
                let mut taken = 0;
                while room > 0 && asks.len() < limit {
                    let queue = &mut self.queues[slot(priority, family, version)];
                    let Some(id) = queue.front().copied() else {
                        break;
                    };
                    let company = self.ask_at(id).map_or(0, |ask| usize::from(ask.company));
                    if asks.len() >= company {
                        break;
                    }
                    self.queues[slot(priority, family, version)].pop_front();
                    limit = limit.min(company);
                    asks.push(id);
                    room -= 1;
                    taken += 1;
                }
                if taken > 0 {
                    self.budget.spend(family, now, taken);
                }
            }
        }
        (!asks.is_empty()).then(|| self.take_off(asks, version, now))
    }

    fn take_off(&mut self, asks: Vec<AskId>, version: ApiVersion, now: Ms) -> HttpRequest {
        let urls = |id: &AskId| Some((*id, self.ask_at(*id)?.url.as_str()));
        let request = HttpRequest {
            id: self.next_flight,
            path: format!("/{}/$batch", version.segment()),
            body: batch::build(asks.iter().filter_map(urls)),
            version,
            inner: asks
                .iter()
                .filter_map(urls)
                .map(|(_, url)| url.to_owned())
                .collect(),
        };
        self.next_flight += 1;
        let token = self.token_number;
        let sent_at = now;
        self.flights.insert(
            request.id,
            Flight {
                asks,
                token,
                sent_at,
            },
        );
        request
    }

    fn most_urgent(&mut self, now: Ms) -> Option<ApiVersion> {
        for priority in PRIORITIES {
            for family in Family::EACH {
                if self.budget.room(family, now) == 0 {
                    continue;
                }
                let waiting = |v: &ApiVersion| !self.queues[slot(priority, family, *v)].is_empty();
                if let Some(version) = VERSIONS.into_iter().find(waiting) {
                    return Some(version);
                }
            }
        }
        None
    }

    /// When something can be sent that cannot be sent now.
    pub(super) fn wake_at(&mut self, now: Ms) -> Ms {
        if self.flights.len() >= super::FLIGHTS {
            return Ms::MAX;
        }
        let delayed = self.delayed.iter().map(|(at, _)| *at).min();
        let mut wake = delayed.unwrap_or(Ms::MAX);
        for family in Family::EACH {
            if self.queued(family) > 0 {
                wake = wake.min(self.budget.next_room(family, now).max(now + 1));
            }
        }
        wake
    }

    fn queued(&self, family: Family) -> u32 {
        let slots = PRIORITIES
            .into_iter()
            .flat_map(|p| VERSIONS.map(|v| slot(p, family, v)));
        slots.map(|slot| self.queues[slot].len() as u32).sum()
    }

    /// Milliseconds until all that is known of is answered, as far as the budgets and the time that
    /// batches took so far can say.
    pub fn time_left(&mut self, now: Ms) -> Ms {
        let mut budget = 0;
        let mut left = 0;
        for family in Family::EACH {
            let delayed = self.delayed.iter();
            let delayed =
                delayed.filter(|(_, id)| self.ask_at(*id).is_some_and(|a| a.family == family));
            let open = self.queued(family) + delayed.count() as u32;
            left += open;
            budget = budget.max(self.budget.time_for(family, open, now));
        }
        let batches = left
            .div_ceil(batch::LIMIT as u32)
            .div_ceil(super::FLIGHTS as u32);
        let in_flight = u64::from(!self.flights.is_empty());
        budget + self.latency * (u64::from(batches) + in_flight)
    }

    /// Milliseconds until the next request, when only the service's wish keeps it from being sent.
    pub fn waiting(&mut self, now: Ms) -> Ms {
        if !self.flights.is_empty() || self.answered as usize == self.asks.len() {
            return 0;
        }
        match self.wake_at(now) {
            Ms::MAX => 0,
            at => at.saturating_sub(now),
        }
    }

    fn ask_at(&self, id: AskId) -> Option<&Ask> {
        self.asks.get(id as usize)?.as_ref()
    }
}
