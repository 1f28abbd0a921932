//! `calendar/<year>.toml`: holidays and the weekends on which offices work (放假调休安排).

use crate::finding::{At, Kind, Log, Place};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::Text;
use yichuang_contract::calendar::CalendarYear;
use yichuang_domain::calendar::{Date, Weekday};

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
    /// The years as the planner counts with them.
    #[must_use]
    pub fn to_contract(&self) -> Vec<CalendarYear> {
        self.years.iter().map(Year::to_contract).collect()
    }
}

impl Year {
    fn to_contract(&self) -> CalendarYear {
        let holiday = |holiday: &Holiday| yichuang_contract::calendar::Holiday {
            name: holiday.name.clone(),
            from: holiday.from.value.to_string(),
            to: holiday.to.value.to_string(),
        };
        CalendarYear {
            year: self.year,
            is_provisional: self.is_provisional,
            holidays: self.holidays.iter().map(holiday).collect(),
            working_weekends: self
                .working_weekends
                .iter()
                .map(|day| day.value.to_string())
                .collect(),
        }
    }
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
