//! A civil date, as little of it as counting days needs.
//!
//! A date crate would add 7 to 8 KB to the browser's download; this is a few hundred bytes, and a
//! test compares every day of eight centuries with the `time` crate.

use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidDate(String);

impl fmt::Display for InvalidDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is no date; write it as 2026-11-24", self.0)
    }
}

impl std::error::Error for InvalidDate {}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekday {
    /// 星期一
    Monday,
    /// 星期二
    Tuesday,
    /// 星期三
    Wednesday,
    /// 星期四
    Thursday,
    /// 星期五
    Friday,
    /// 星期六
    Saturday,
    /// 星期日
    Sunday,
}

/// Days in 400 years, after which the calendar repeats.
const ERA: i32 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i32 = 719_468;

impl Date {
    /// The date of a year, month and day; `None` if there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || day == 0 {
            return None;
        }
        // Years begin in March here, so that the leap day is the last of its year.
        let (month, day) = (i32::from(month), i32::from(day));
        let shifted = if month > 2 { year } else { year - 1 };
        let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        let date = Self(era * ERA + days - EPOCH);
        // A 31st of a shorter month would come out as a day of the next.
        (date.civil() == (year, month, day)).then_some(date)
    }

    /// From days since 1970-01-01.
    #[must_use]
    pub const fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Year, month, day.
    fn civil(self) -> (i32, i32, i32) {
        let days = self.0 + EPOCH;
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        (era * 400 + year + i32::from(month <= 2), month, day)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.civil().0
    }

    /// The day of the week.
    #[must_use]
    pub const fn weekday(self) -> Weekday {
        match (self.0 + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The day this many days later.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from an earlier date to this one.
    #[must_use]
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let invalid = || InvalidDate(text.to_owned());
        let bytes = text.as_bytes();
        let is_digit = |it: &u8| it.is_ascii_digit();
        let well_formed = bytes.len() == 10
            && bytes[4] == b'-'
            && bytes[7] == b'-'
            && [&bytes[..4], &bytes[5..7], &bytes[8..]]
                .iter()
                .all(|it| it.iter().all(is_digit));
        if !well_formed {
            return Err(invalid());
        }
        let number =
            |range: std::ops::Range<usize>| text.get(range).and_then(|it| it.parse::<i32>().ok());
        let part =
            |range: std::ops::Range<usize>| number(range).and_then(|it| u8::try_from(it).ok());
        let date = || Self::new(number(0..4)?, part(5..7)?, part(8..10)?);
        date().ok_or_else(invalid)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_eight_centuries_agrees_with_the_time_crate() {
        let mut theirs = time::Date::from_calendar_date(1600, time::Month::January, 1).unwrap();
        let mut ours = Date::new(1600, 1, 1).unwrap();
        while theirs.year() < 2400 {
            let month = u8::from(theirs.month());
            assert_eq!(Date::new(theirs.year(), month, theirs.day()), Some(ours));
            assert_eq!(
                ours.weekday() as u8,
                theirs.weekday().number_days_from_monday()
            );
            let text = format!("{:04}-{month:02}-{:02}", theirs.year(), theirs.day());
            assert_eq!(ours.to_string(), text);
            assert_eq!(text.parse(), Ok(ours));
            theirs = theirs.next_day().unwrap();
            ours = ours.plus(1);
        }
        assert_eq!(Date::new(1970, 1, 1), Some(Date::from_days(0)));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-1-1",
            "+026-01-01",
            "2026/01/01",
            "2026-01-001",
            "二〇二六-01-01",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
