//! Fees (收费) by date: what is in force on a day, and sums.

use crate::calendar::Date;
use std::ops::Add;
use yichuang_contract::service::Fee;

/// An amount of money in fen (分), or a range where it depends on the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Least.
    pub from_fen: u32,
    /// Most; equal to `from_fen` where fixed.
    pub to_fen: u32,
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            from_fen: self.from_fen.saturating_add(other.from_fen),
            to_fen: self.to_fen.saturating_add(other.to_fen),
        }
    }
}

impl std::iter::Sum for Amount {
    fn sum<Amounts: Iterator<Item = Self>>(amounts: Amounts) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

/// Whether a fee is in force on a day. A fee whose dates cannot be read is not: better no amount
/// than a wrong one; the content check refuses such dates before.
#[must_use]
pub fn is_in_force(fee: &Fee, date: Date) -> bool {
    let begins = fee.valid_from.parse::<Date>();
    let ends = fee.valid_until.as_ref().map(|until| until.parse::<Date>());
    begins.is_ok_and(|begins| begins <= date)
        && ends.is_none_or(|ends| ends.is_ok_and(|ends| date <= ends))
}

/// The fees in force on a day.
pub fn in_force(fees: &[Fee], date: Date) -> impl Iterator<Item = &Fee> {
    fees.iter().filter(move |fee| is_in_force(fee, date))
}

/// The amount of a fee.
#[must_use]
pub const fn amount(fee: &Fee) -> Amount {
    Amount {
        from_fen: fee.from_fen,
        to_fen: fee.to_fen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use yichuang_contract::Text;

    fn fee(from_fen: u32, valid_from: &str, valid_until: Option<&str>) -> Fee {
        Fee {
            name: Text::default(),
            from_fen,
            to_fen: from_fen + 100,
            valid_from: valid_from.into(),
            valid_until: valid_until.map(Into::into),
            source: String::new(),
        }
    }

    #[test]
    fn a_fee_is_in_force_from_its_first_to_its_last_day() {
        let rates = [
            fee(2000, "2020-01-01", Some("2026-11-23")),
            fee(1000, "2026-11-24", None),
        ];
        let on = |date: &str| {
            let date = date.parse().unwrap();
            in_force(&rates, date).map(amount).sum::<Amount>().from_fen
        };
        assert_eq!(on("2019-12-31"), 0);
        assert_eq!(on("2026-11-23"), 2000);
        assert_eq!(on("2026-11-24"), 1000);
        assert_eq!(on("2099-01-01"), 1000);
    }

    #[test]
    fn a_fee_with_an_unreadable_date_is_not_charged() {
        let date = "2026-11-24".parse().unwrap();
        assert!(!is_in_force(&fee(1, "soon", None), date));
        assert!(!is_in_force(&fee(1, "2020-01-01", Some("later")), date));
    }

    proptest! {
        #[test]
        fn a_sum_does_not_depend_on_the_order(amounts: Vec<(u32, u32)>) {
            let amounts: Vec<Amount> = amounts
                .into_iter()
                .map(|(from_fen, to_fen)| Amount { from_fen, to_fen })
                .collect();
            let forward: Amount = amounts.iter().copied().sum();
            let backward: Amount = amounts.iter().rev().copied().sum();
            prop_assert_eq!(forward, backward);
        }
    }
}
