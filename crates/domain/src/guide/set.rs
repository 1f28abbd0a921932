//! A small set of small numbers: which materials, notes or outcomes apply.

/// A bit set of any size. Equal sets have equal bits only if made with the same capacity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Set(Vec<u64>);

impl Set {
    /// The empty set with room for numbers below `capacity`.
    pub(super) fn empty(capacity: usize) -> Self {
        Self(vec![0; capacity.div_ceil(64)])
    }

    /// The set of all numbers below `capacity`.
    pub(super) fn full(capacity: usize) -> Self {
        let mut set = Self::empty(capacity);
        (0..capacity).for_each(|number| set.insert(number));
        set
    }

    pub(super) fn insert(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub(super) fn has(&self, number: usize) -> bool {
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    pub(super) fn unite(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    pub(super) fn keep(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len() * 64).filter(|&number| self.has(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_beyond_the_first_word() {
        let mut set = Set::empty(70);
        set.insert(3);
        set.insert(69);
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 69]);
        let mut all = Set::full(70);
        assert_eq!(all.iter().count(), 70);
        all.keep(&set);
        assert_eq!(all, set);
        set.unite(&Set::full(70));
        assert!((0..70).all(|number| set.has(number)));
    }
}
