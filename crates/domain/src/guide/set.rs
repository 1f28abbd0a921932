//! A small set of small numbers: which materials, notes or outcomes apply.

/// Numbers below [`Set::CAPACITY`]. It fits into a register: a guide is compiled while a person
/// waits, and thousands of these are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Set(u128);

impl Set {
    /// How many numbers a set can hold. A guide with more rules, questions or outcomes is refused.
    pub(super) const CAPACITY: usize = 128;

    /// The set of all numbers below `count`.
    pub(super) const fn full(count: usize) -> Self {
        Self(if count >= Self::CAPACITY {
            u128::MAX
        } else {
            (1 << count) - 1
        })
    }

    pub(super) const fn insert(&mut self, number: usize) {
        self.0 |= 1 << number;
    }

    pub(super) const fn has(self, number: usize) -> bool {
        self.0 >> number & 1 == 1
    }

    pub(super) const fn unite(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) const fn keep(&mut self, other: Self) {
        self.0 &= other.0;
    }

    /// The numbers in order.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(next)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = Set::default();
        set.insert(3);
        set.insert(127);
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 127]);
        let mut all = Set::full(Set::CAPACITY);
        assert_eq!(all.iter().count(), Set::CAPACITY);
        all.keep(set);
        assert_eq!(all, set);
        set.unite(Set::full(70));
        assert!((0..70).all(|number| set.has(number)));
        assert!(!set.has(70));
    }
}
