//! What every part of a tenant shares: the seed, the clock, the names that others refer to.

use super::groups::Groups;
use super::ids::{Guids, Rng, hash};
use super::options::GeneratorOptions;
use super::settings::Dictionary;
use crate::accounts::ACCOUNTS;

/// Shared while a tenant is built and while it answers.
#[derive(Debug)]
pub(super) struct World {
    /// From the options.
    pub(super) seed: u64,
    /// Seconds since 1970; the generator never asks the machine's clock.
    pub(super) now: i64,
    /// Sizes.
    pub(super) options: GeneratorOptions,
    /// Groups and who is in them.
    pub(super) groups: Groups,
    /// Setting definitions and categories.
    pub(super) dictionary: Dictionary,
    /// Ids of users beyond the accounts.
    users: Guids,
}

impl World {
    /// The shared part of a tenant.
    pub(super) fn new(options: &GeneratorOptions) -> Self {
        Self {
            seed: options.seed,
            now: options.now,
            groups: Groups::build(options),
            dictionary: Dictionary::load(options.seed),
            users: Guids::of(options.seed, "user"),
            options: options.clone(),
        }
    }

    /// The id of the object of this name in a collection of stored objects.
    pub(super) fn named(&self, path: &str, name: &str) -> String {
        self.guid(&[hash(path), hash(name)])
    }

    /// An id for these parts.
    pub(super) fn guid(&self, parts: &[u64]) -> String {
        let folded = parts.iter().fold(self.seed, |sum, part| {
            sum.rotate_left(7) ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let index = usize::try_from(folded >> 34).unwrap_or_default();
        Guids::of(folded, "named").at(index)
    }

    /// A stream of chances.
    pub(super) fn rng(&self, parts: &[u64]) -> Rng {
        let mut all = vec![self.seed];
        all.extend(parts);
        Rng::of(&all)
    }

    /// How many users there are: at least the people of the account page.
    pub(super) fn user_count(&self) -> usize {
        self.options.users.max(ACCOUNTS.len())
    }

    /// Id of a user. The first ones are the people of the account page.
    pub(super) fn user_id(&self, index: usize) -> String {
        match ACCOUNTS.get(index) {
            Some(account) => account.oid.to_owned(),
            None => self.users.at(index),
        }
    }

    /// Index of the user with this id.
    pub(super) fn user_index(&self, id: &str) -> Option<usize> {
        ACCOUNTS
            .iter()
            .position(|a| a.oid.eq_ignore_ascii_case(id))
            .or_else(|| self.users.index(id, self.user_count()))
    }

    /// Id of the scope tag of this name: small numbers, `0` is the built-in one.
    pub(super) fn tag(&self, name: &str) -> String {
        super::tags::NAMES
            .iter()
            .position(|tag| *tag == name)
            .unwrap_or_default()
            .to_string()
    }
}
