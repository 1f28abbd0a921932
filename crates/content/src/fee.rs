//! `fees/*.toml`: what is charged, by whom it was set, and when it was in force (收费标准).

use crate::finding::{At, Log, Place};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::Text;
use yichuang_domain::calendar::Date;

/// Something that is paid for, with its rates over time.
#[derive(Clone, Debug)]
pub struct FeeEntry {
    /// Identifier that services name in their bills.
    pub id: At<String>,
    /// Name.
    pub name: Text,
    /// Rates in the order of the file.
    pub rates: Vec<Rate>,
}

/// A rate and the time it is in force.
#[derive(Clone, Debug)]
pub struct Rate {
    /// Where it stands.
    pub place: Place,
    /// Lowest amount in fen (分).
    pub from_fen: At<u32>,
    /// Highest amount in fen.
    pub to_fen: At<u32>,
    /// First day.
    pub valid_from: Date,
    /// Last day; `None` = open.
    pub valid_until: Option<At<Date>>,
    /// Who set it.
    pub source: String,
}

impl FeeEntry {
    /// The rate in force on a day.
    #[must_use]
    pub fn rate_on(&self, day: Date) -> Option<&Rate> {
        self.rates.iter().find(|rate| {
            rate.valid_from <= day
                && rate
                    .valid_until
                    .as_ref()
                    .is_none_or(|until| day <= until.value)
        })
    }
}

pub(crate) fn read(folder: &Path, log: &Log) -> Vec<FeeEntry> {
    crate::folder::toml_files(folder, "fees", log)
        .into_iter()
        .filter_map(|name| File::read(folder, &name, log, |file| file.tables("fee", read_fee)))
        .flatten()
        .collect()
}

fn read_fee(table: &Table<'_>) -> Option<FeeEntry> {
    Some(FeeEntry {
        id: table.string("id"),
        name: table.text("name"),
        rates: table.tables("rates", read_rate),
    })
}

fn read_rate(table: &Table<'_>) -> Option<Rate> {
    let (from_fen, to_fen) = (table.number("from_fen"), table.number("to_fen"));
    let source = table.string("source").value;
    let valid_until = table.optional_date("valid_until");
    Some(Rate {
        place: table.place(),
        from_fen,
        to_fen,
        valid_from: table.date("valid_from")?.value,
        valid_until,
        source,
    })
}
