//! Working days (工作日): when something is finished, and when a deadline ends.
//!
//! The arrangement of holidays is content; a day beyond the years it covers is not guessed.

mod date;

pub use date::{Date, InvalidDate, Weekday};

use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::calendar::CalendarYear;
use yichuang_contract::service::{DayUnit, StatutoryLimit};

/// Which days offices work.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

#[derive(Clone, Debug)]
struct Year {
    is_provisional: bool,
    holidays: BTreeSet<Date>,
    working_weekends: BTreeSet<Date>,
}

/// A day that was counted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDay {
    /// The day.
    pub date: Date,
    /// Whether a year counted through is provisional, so that the day may still move.
    pub is_provisional: bool,
}

impl Calendar {
    /// A calendar from the arrangements of some years.
    ///
    /// # Errors
    /// The first text that is not a date.
    pub fn new(years: &[CalendarYear]) -> Result<Self, InvalidDate> {
        let mut calendar = Self::default();
        for arrangement in years {
            let mut holidays = BTreeSet::new();
            for holiday in &arrangement.holidays {
                let (mut day, to): (Date, Date) = (holiday.from.parse()?, holiday.to.parse()?);
                while day <= to {
                    holidays.insert(day);
                    day = day.plus(1);
                }
            }
            let working_weekends = arrangement
                .working_weekends
                .iter()
                .map(|text| text.parse())
                .collect::<Result<_, _>>()?;
            let year = Year {
                is_provisional: arrangement.is_provisional,
                holidays,
                working_weekends,
            };
            calendar.years.insert(arrangement.year, year);
        }
        Ok(calendar)
    }

    /// Whether offices work on a day; `None` in a year the calendar does not cover.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> Option<bool> {
        let year = self.years.get(&date.year())?;
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        Some(if is_weekend {
            year.working_weekends.contains(&date)
        } else {
            !year.holidays.contains(&date)
        })
    }

    /// The day on which a number of working days has passed, counted from the day after `from`
    /// (the day something is handed in does not count). With no days, the first working day from
    /// `from` on: what is done on the spot is done when the office is open. `None` beyond the
    /// years covered.
    #[must_use]
    pub fn add_working_days(&self, from: Date, days: u16) -> Option<DueDay> {
        let mut date = from;
        let mut left = days;
        loop {
            let is_working = self.is_working_day(date)?;
            if date != from && is_working {
                left = left.saturating_sub(1);
            }
            if left == 0 && is_working {
                break;
            }
            date = date.plus(1);
        }
        Some(self.due(from, date))
    }

    /// The last day of a period of calendar days; if offices are closed on it, the next working
    /// day, as the law has it (期间届满的最后一日是节假日的，以节假日后的第一日为期间届满的日期).
    #[must_use]
    pub fn add_calendar_days(&self, from: Date, days: u16) -> Option<DueDay> {
        let last = from.plus(i32::from(days));
        let end = self.add_working_days(last, 0)?;
        Some(self.due(from, end.date))
    }

    /// The last day of a legal time limit that begins after `from`.
    #[must_use]
    pub fn deadline(&self, from: Date, limit: StatutoryLimit) -> Option<DueDay> {
        match limit.unit {
            DayUnit::Working => self.add_working_days(from, limit.days),
            DayUnit::Calendar => self.add_calendar_days(from, limit.days),
        }
    }

    fn due(&self, from: Date, date: Date) -> DueDay {
        let years = self.years.range(from.year()..=date.year());
        DueDay {
            date,
            is_provisional: years.into_iter().any(|(_, year)| year.is_provisional),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use yichuang_contract::Text;
    use yichuang_contract::calendar::Holiday;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let holiday = |from: &str, to: &str| Holiday {
            name: Text::default(),
            from: from.into(),
            to: to.into(),
        };
        let year = |year, is_provisional, holidays, working: &[&str]| CalendarYear {
            year,
            is_provisional,
            holidays,
            working_weekends: working.iter().map(|&it| it.into()).collect(),
        };
        Calendar::new(&[
            year(
                2026,
                false,
                vec![holiday("2026-10-01", "2026-10-07")],
                &["2026-09-20", "2026-10-10"],
            ),
            year(2027, true, vec![holiday("2027-01-01", "2027-01-01")], &[]),
        ])
        .unwrap()
    }

    #[test]
    fn a_holiday_is_off_and_its_working_weekend_is_not() {
        let calendar = calendar();
        for (text, is_working) in [
            ("2026-09-30", true),
            ("2026-10-07", false),
            ("2026-10-08", true),
            ("2026-10-10", true),
            ("2026-10-11", false),
        ] {
            assert_eq!(
                calendar.is_working_day(day(text)),
                Some(is_working),
                "{text}"
            );
        }
        assert_eq!(calendar.is_working_day(day("2028-03-01")), None);
    }

    #[test]
    fn working_days_count_from_the_next_day_and_over_holidays() {
        let calendar = calendar();
        let due = |from, days| calendar.add_working_days(day(from), days).unwrap().date;
        assert_eq!(due("2026-09-30", 1), day("2026-10-08"));
        assert_eq!(
            due("2026-09-30", 3),
            day("2026-10-10"),
            "a working Saturday counts"
        );
        assert_eq!(
            due("2026-10-02", 0),
            day("2026-10-08"),
            "on the spot, once offices open"
        );
        assert_eq!(due("2026-10-03", 1), day("2026-10-08"));
    }

    #[test]
    fn calendar_days_that_end_on_a_holiday_end_after_it() {
        let calendar = calendar();
        let limit = |days, unit| StatutoryLimit { days, unit };
        let due = |limit| calendar.deadline(day("2026-09-21"), limit).unwrap().date;
        assert_eq!(
            due(limit(5, DayUnit::Calendar)),
            day("2026-09-28"),
            "a Saturday"
        );
        assert_eq!(due(limit(15, DayUnit::Calendar)), day("2026-10-08"));
        assert_eq!(due(limit(15, DayUnit::Working)), day("2026-10-16"));
    }

    #[test]
    fn a_day_counted_through_a_provisional_year_says_so() {
        let calendar = calendar();
        assert!(
            !calendar
                .add_working_days(day("2026-12-30"), 1)
                .unwrap()
                .is_provisional
        );
        let due = calendar.add_working_days(day("2026-12-30"), 2).unwrap();
        assert_eq!((due.date, due.is_provisional), (day("2027-01-04"), true));
        assert_eq!(calendar.add_working_days(day("2027-12-30"), 2), None);
    }

    proptest! {
        #[test]
        fn a_due_day_is_a_working_day_and_never_earlier_for_more_days(
            offset in 0..300_i32, days in 0..60_u16,
        ) {
            let calendar = calendar();
            let from = day("2026-01-01").plus(offset);
            let due = calendar.add_working_days(from, days).unwrap().date;
            let later = calendar.add_working_days(from, days + 1).unwrap().date;
            prop_assert_eq!(calendar.is_working_day(due), Some(true));
            prop_assert!(from <= due && due <= later);
            let counted = (1..=due.days_since(from))
                .filter(|&step| calendar.is_working_day(from.plus(step)) == Some(true))
                .count();
            prop_assert!(counted == usize::from(days) || days == 0);
        }

        #[test]
        fn counting_on_from_a_due_day_is_counting_all_at_once(a in 0..30_u16, b in 1..30_u16) {
            let calendar = calendar();
            let from = day("2026-08-31");
            let step = calendar.add_working_days(from, a).unwrap().date;
            prop_assert_eq!(
                calendar.add_working_days(step, b),
                calendar.add_working_days(from, a + b)
            );
        }
    }
}
