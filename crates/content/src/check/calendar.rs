//! Checks of the working-day calendar.

use crate::calendar::{Calendar, Holiday, Year, is_weekend};
use crate::finding::{Kind, Log};

pub(super) fn check(calendar: &Calendar, log: &Log) {
    if calendar.years.is_empty() {
        log.add_file(
            "calendar",
            Kind::MissingKey,
            "there is no calendar; add <year>.toml",
        );
    }
    for pair in calendar.years.windows(2) {
        if pair[1].year != pair[0].year + 1 {
            let message = format!(
                "the year after {} is missing; add calendar/{}.toml",
                pair[0].year,
                pair[0].year + 1
            );
            log.add(&pair[1].place, Kind::ImpossibleDay, message);
        }
    }
    for year in &calendar.years {
        for holiday in &year.holidays {
            check_holiday(holiday, year, log);
        }
        for pair in year.holidays.windows(2) {
            if pair[1].from.value <= pair[0].to.value {
                let message = format!(
                    "begins before {} has ended; order the holidays and part them",
                    pair[0].name.zh
                );
                log.add(&pair[1].from.place, Kind::ImpossibleDay, message);
            }
        }
        check_working_weekends(year, log);
    }
}

fn check_holiday(holiday: &Holiday, year: &Year, log: &Log) {
    if holiday.to.value < holiday.from.value {
        log.add(
            &holiday.to.place,
            Kind::ImpossibleDay,
            "the holiday ends before it begins; mend one of the days",
        );
    }
    for day in [&holiday.from, &holiday.to] {
        if day.value.year() != year.year {
            let message = format!(
                "{} is not in {}; move it to its year's file",
                day.value, year.year
            );
            log.add(&day.place, Kind::ImpossibleDay, message);
        }
    }
}

fn check_working_weekends(year: &Year, log: &Log) {
    for day in &year.working_weekends {
        if day.value.year() != year.year {
            let message = format!(
                "{} is not in {}; move it to its year's file",
                day.value, year.year
            );
            log.add(&day.place, Kind::ImpossibleDay, message);
        } else if !is_weekend(day.value) {
            let message = format!(
                "{} is a {:?} and no weekend; mend the day",
                day.value,
                day.value.weekday()
            );
            log.add(&day.place, Kind::ImpossibleDay, message);
        }
        let is_off =
            |holiday: &Holiday| (holiday.from.value..=holiday.to.value).contains(&day.value);
        if let Some(holiday) = year.holidays.iter().find(|holiday| is_off(holiday)) {
            let message = format!(
                "{} is off for {}; it cannot be worked too",
                day.value, holiday.name.zh
            );
            log.add(&day.place, Kind::ImpossibleDay, message);
        }
    }
}
