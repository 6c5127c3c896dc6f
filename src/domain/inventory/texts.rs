//! Every name and every value of every setting, each text once.

use std::collections::HashMap;
use std::sync::Arc;

use super::bits::Bits;
use super::haystack::Haystack;
use crate::policy::Policy;
use crate::setting::{Carrier, Setting, Value, names};
use crate::snapshot::Snapshot;

/// The settings of a snapshot as pairs of numbers. A thousand policies repeat the same few
/// thousand texts, so that a word is looked for in each text once and then in the pairs.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Human name and id of each distinct setting.
    pub names: Haystack,
    /// Value in words and as written of each distinct value. Number 0 is no text.
    pub values: Haystack,
    /// Name and value of each setting, policy after policy.
    pairs: Vec<(u32, u32)>,
    /// Where each policy's pairs begin, and one more for the end.
    starts: Vec<u32>,
}

/// What makes two values the same text.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Choice(&'a str, &'a str),
    Text(Carrier, &'a str),
    Int(i64),
    Other(String),
}

impl Texts {
    /// Reads all settings of a snapshot, once.
    pub fn new(snapshot: &Snapshot) -> Self {
        let mut texts = Self::default();
        texts.values.add(&[]);
        let mut build = Build {
            texts,
            snapshot,
            pointers: HashMap::new(),
            ids: HashMap::new(),
            values: HashMap::new(),
        };
        for policy in &snapshot.policies {
            build.texts.starts.push(build.texts.pairs.len() as u32);
            build.policy(policy);
        }
        let mut texts = build.texts;
        texts.starts.push(texts.pairs.len() as u32);
        texts
    }

    /// The pairs of a policy, in the order of its settings.
    pub fn of(&self, policy: usize) -> &[(u32, u32)] {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.pairs
            .get(bound(policy)..bound(policy + 1))
            .unwrap_or(&[])
    }

    /// The policies with a pair that fits.
    pub fn policies(&self, fits: impl Fn(u32, u32) -> bool) -> Bits {
        let count = self.starts.len().saturating_sub(1);
        let mut found = Bits::new(count, false);
        for policy in 0..count {
            if self
                .of(policy)
                .iter()
                .any(|(name, value)| fits(*name, *value))
            {
                found.set(policy);
            }
        }
        found
    }
}

struct Build<'s> {
    texts: Texts,
    snapshot: &'s Snapshot,
    /// Ids share their allocation, so that an address says most of the time which one it is.
    pointers: HashMap<usize, u32>,
    ids: HashMap<(&'s str, Option<&'s str>), u32>,
    values: HashMap<Key<'s>, u32>,
}

impl<'s> Build<'s> {
    fn policy(&mut self, policy: &'s Policy) {
        for setting in policy.settings.get().map_or(&[][..], Vec::as_slice) {
            let pair = (self.name(setting), self.value(setting));
            self.texts.pairs.push(pair);
        }
    }

    fn name(&mut self, setting: &'s Setting) -> u32 {
        let shared = setting.label.is_none();
        let address = Arc::as_ptr(&setting.id).cast::<u8>() as usize;
        if shared && let Some(number) = self.pointers.get(&address) {
            return *number;
        }
        let key = (setting.id.as_ref(), setting.label.as_deref());
        let number = match self.ids.get(&key) {
            Some(number) => *number,
            None => {
                let name = names::name(setting, &self.snapshot.definitions);
                let number = self.texts.names.add(&[&name, &setting.id]);
                self.ids.insert(key, number);
                number
            }
        };
        if shared {
            self.pointers.insert(address, number);
        }
        number
    }

    fn value(&mut self, setting: &'s Setting) -> u32 {
        let definitions = &self.snapshot.definitions;
        let key = match &setting.value {
            Value::Group => return 0,
            Value::Choice(item) => Key::Choice(&setting.id, item),
            Value::Text(text) => Key::Text(setting.carrier, text),
            Value::Int(number) => Key::Int(*number),
            _ => Key::Other(names::value(setting, definitions).into_owned()),
        };
        if let Some(number) = self.values.get(&key) {
            return *number;
        }
        let words = names::value(setting, definitions);
        let raw = names::raw_value(&setting.value);
        // Words that a person may look for stand by chance in any base64.
        let number = if words == raw || names::is_binary(&setting.value) {
            self.texts.values.add(&[&words])
        } else {
            self.texts.values.add(&[&words, &raw])
        };
        self.values.insert(key, number);
        number
    }
}
