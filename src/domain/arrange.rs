//! Sorting that is small in WebAssembly.
//!
//! The standard library's sorts are fast for a million numbers and come whole, with 5 to 10 kB of code, for every type and
//! comparison that is sorted: they were a sixth of the engine. Here one merge sort over positions serves all; what comes
//! again for each type is an insertion sort for short lists and the moving of the elements.

use std::cmp::Ordering;

#[cfg(test)]
mod tests;

/// Lists up to this length are sorted in place, without memory.
const SHORT: usize = 12;

/// Stable sorting of a slice, as `sort`, `sort_by` and so on of the standard library.
pub trait Arrange<T> {
    /// In the order of `Ord`.
    fn arrange(&mut self)
    where
        T: Ord;

    /// In the order that `compare` says.
    fn arrange_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// By a key that is cheap to make.
    fn arrange_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// By a key that is made once for each element.
    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Arrange<T> for [T] {
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    fn arrange_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        if self.len() <= SHORT {
            for end in 1..self.len() {
                let mut at = end;
                while at > 0 && compare(&self[at - 1], &self[at]) == Ordering::Greater {
                    self.swap(at - 1, at);
                    at -= 1;
                }
            }
            return;
        }
        let order = positions(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        take_places(self, order);
    }

    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|a, b| key(a).cmp(&key(b)));
    }

    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let order = positions(self.len(), &mut |a, b| keys[a].cmp(&keys[b]));
        take_places(self, order);
    }
}

/// For each place, the position of the element that belongs there. A merge sort from runs of one upwards.
fn positions(len: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..len).collect();
    let mut to = from.clone();
    let mut run = 1;
    while run < len {
        let mut start = 0;
        while start < len {
            let middle = (start + run).min(len);
            let end = (middle + run).min(len);
            merge(
                &from[start..middle],
                &from[middle..end],
                &mut to[start..end],
                compare,
            );
            start = end;
        }
        std::mem::swap(&mut from, &mut to);
        run *= 2;
    }
    from
}

fn merge(
    left: &[usize],
    right: &[usize],
    out: &mut [usize],
    compare: &mut dyn FnMut(usize, usize) -> Ordering,
) {
    // Already in order, as most lists are in part.
    if let (Some(last), Some(first)) = (left.last(), right.first())
        && compare(*last, *first) != Ordering::Greater
    {
        out[..left.len()].copy_from_slice(left);
        out[left.len()..].copy_from_slice(right);
        return;
    }
    let (mut l, mut r) = (0, 0);
    for place in out {
        let from_left = match (left.get(l), right.get(r)) {
            (Some(a), Some(b)) => compare(*a, *b) != Ordering::Greater,
            (left, _) => left.is_some(),
        };
        let (side, at) = if from_left {
            (left, &mut l)
        } else {
            (right, &mut r)
        };
        *place = side[*at];
        *at += 1;
    }
}

/// Moves every element to its place, ring by ring.
fn take_places<T>(items: &mut [T], mut order: Vec<usize>) {
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let next = std::mem::replace(&mut order[at], at);
            if next == start || next == at {
                break;
            }
            items.swap(at, next);
            at = next;
        }
    }
}
