//! `calendar/<year>.toml`: holidays and the weekends on which offices work (放假调休安排).

use crate::finding::{At, Kind, Log, Place};
use crate::reader::{File, Table};
use std::path::Path;
use time::{Date, Weekday};
use yichuang_contract::Text;

/// One year's arrangement.
#[derive(Clone, Debug)]
pub struct Year {
    /// Where it stands.
    pub place: Place,
    /// The year.
    pub year: i32,
    /// Whether the official notice is not yet published.
    pub is_provisional: bool,
    /// The notice.
    pub source: Text,
    /// Holidays in order.
    pub holidays: Vec<Holiday>,
    /// Saturdays and Sundays on which offices work.
    pub working_weekends: Vec<At<Date>>,
}

/// A holiday period.
#[derive(Clone, Debug)]
pub struct Holiday {
    /// Name.
    pub name: Text,
    /// First day off.
    pub from: At<Date>,
    /// Last day off.
    pub to: At<Date>,
}

/// All years.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// The years in order.
    pub years: Vec<Year>,
}

impl Calendar {
    fn year(&self, day: Date) -> Option<&Year> {
        self.years.iter().find(|year| year.year == day.year())
    }

    /// Whether offices work on a day; `None` where the calendar does not reach.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> Option<bool> {
        let year = self.year(day)?;
        if year
            .working_weekends
            .iter()
            .any(|working| working.value == day)
        {
            return Some(true);
        }
        let is_holiday = year
            .holidays
            .iter()
            .any(|holiday| (holiday.from.value..=holiday.to.value).contains(&day));
        Some(!is_holiday && !is_weekend(day))
    }

    /// The day on which a number of working days, counted from the day after `from`, has passed;
    /// `None` where the calendar does not reach.
    #[must_use]
    pub fn after_working_days(&self, from: Date, days: u16) -> Option<DueDay> {
        let mut day = from;
        let mut left = days;
        let mut is_provisional = self.year(from).is_some_and(|year| year.is_provisional);
        while left > 0 {
            day = day.next_day()?;
            is_provisional |= self.year(day)?.is_provisional;
            if self.is_working_day(day)? {
                left -= 1;
            }
        }
        Some(DueDay {
            day,
            is_provisional,
        })
    }
}

/// A day counted with the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueDay {
    /// The day.
    pub day: Date,
    /// Whether a year counted through is provisional, so that the day may still move.
    pub is_provisional: bool,
}

pub(crate) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

pub(crate) fn read(folder: &Path, log: &Log) -> Calendar {
    let mut years: Vec<Year> = crate::folder::toml_files(folder, "calendar", log)
        .into_iter()
        .filter_map(|name| File::read(folder, &name, log, |file| read_year(file, &name)))
        .collect();
    years.sort_by_key(|year| year.year);
    Calendar { years }
}

fn read_year(table: &Table<'_>, name: &str) -> Year {
    let year = table.number::<u16>("year");
    if name != format!("calendar/{}.toml", year.value) {
        let message = format!(
            "the file's name and `year = {}` disagree; mend one",
            year.value
        );
        table.report(&year.place, Kind::Contradiction, message);
    }
    Year {
        place: year.place.clone(),
        year: i32::from(year.value),
        is_provisional: table.flag("provisional"),
        source: table.text("source"),
        holidays: table.tables("holiday", |holiday| {
            let name = holiday.text("name");
            let (from, to) = (holiday.date("from"), holiday.date("to"));
            Some(Holiday {
                name,
                from: from?,
                to: to?,
            })
        }),
        working_weekends: table.dates("working_weekends"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn calendar() -> Calendar {
        let place = Place {
            file: "calendar/2026.toml".into(),
            line: 1,
        };
        let at = |value| At {
            value,
            place: place.clone(),
        };
        Calendar {
            years: vec![Year {
                place: place.clone(),
                year: 2026,
                is_provisional: false,
                source: Text::default(),
                holidays: vec![Holiday {
                    name: Text::default(),
                    from: at(date!(2026 - 10 - 01)),
                    to: at(date!(2026 - 10 - 07)),
                }],
                working_weekends: vec![at(date!(2026 - 10 - 10))],
            }],
        }
    }

    #[test]
    fn holidays_are_no_working_days_and_working_weekends_are() {
        let calendar = calendar();
        assert_eq!(calendar.is_working_day(date!(2026 - 10 - 07)), Some(false));
        assert_eq!(calendar.is_working_day(date!(2026 - 10 - 10)), Some(true));
        assert_eq!(calendar.is_working_day(date!(2026 - 10 - 11)), Some(false));
        assert_eq!(calendar.is_working_day(date!(2028 - 01 - 03)), None);
    }

    #[test]
    fn working_days_are_counted_over_a_holiday_and_a_working_weekend() {
        // Wednesday 30 September; 8, 9 and the working Saturday 10 October follow.
        let due = calendar().after_working_days(date!(2026 - 09 - 30), 3);
        assert_eq!(due.map(|due| due.day), Some(date!(2026 - 10 - 10)));
    }

    #[test]
    fn a_count_beyond_the_calendar_has_no_answer() {
        assert_eq!(
            calendar().after_working_days(date!(2026 - 12 - 31), 1),
            None
        );
    }
}
