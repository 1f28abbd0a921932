//! `services/<department>.toml`: the catalogue (事项目录).

use crate::finding::{At, Kind, Log, Place};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::service::{
    Audience, ConditionGroup, DayUnit, Delivery, Department, Handling, Scope, ServiceMaterial,
    StatutoryLimit,
};
use yichuang_contract::{ServiceCode, Text};
use yichuang_domain::calendar::Date;

/// A service as its editor wrote it.
#[derive(Clone, Debug)]
pub struct ServiceEntry {
    /// Where the entry begins.
    pub place: Place,
    /// Key.
    pub code: At<ServiceCode>,
    /// Name as a counter would print it.
    pub name: Text,
    /// One plain sentence.
    pub summary: Text,
    /// The department that decides; the file's.
    pub department: Department,
    /// Identifier of its life or business event.
    pub theme: At<String>,
    /// For whom.
    pub audience: Vec<Audience>,
    /// Visits to a counter.
    pub trips: At<u8>,
    /// On the spot or promised.
    pub handling: Handling,
    /// Working days promised.
    pub promised_days: At<u16>,
    /// The law's own limit.
    pub statutory: Option<At<StatutoryLimit>>,
    /// Bills a person may get: each names the fees that are paid together. Empty = always free.
    pub bills: Vec<Vec<At<String>>>,
    /// A remark on the fee.
    pub fee_note: Option<Text>,
    /// What the applicant holds at the end.
    pub result: Text,
    /// Ways the result reaches the applicant.
    pub delivery: Vec<Delivery>,
    /// Whether it runs on a self-service terminal.
    pub has_terminal: bool,
    /// Where it can be applied for.
    pub scope: Scope,
    /// Whether it must be confirmed against local policy.
    pub is_unsure: bool,
    /// Conditions in groups.
    pub conditions: Vec<ConditionGroup>,
    /// The full list of materials.
    pub materials: Vec<ServiceMaterial>,
    /// Steps in order.
    pub steps: Vec<Text>,
    /// Laws, as cited.
    pub basis: Vec<At<String>>,
    /// What people type in Chinese.
    pub keywords: Vec<At<String>>,
    /// What people type in English.
    pub keywords_en: Vec<At<String>>,
    /// Services that people confuse with this one or need next.
    pub related: Vec<At<ServiceCode>>,
    /// When the facts were last checked.
    pub checked_on: Date,
    /// Where the facts were taken from.
    pub source: Text,
}

/// Reads the catalogue in the order of departments.
pub(crate) fn read(folder: &Path, log: &Log) -> Vec<ServiceEntry> {
    Department::ALL
        .into_iter()
        .filter_map(|department| {
            let name = format!("services/{}.toml", department.id());
            File::read(folder, &name, log, |file| read_file(file, department))
        })
        .flatten()
        .collect()
}

/// What a file says once for all its services.
struct Defaults {
    department: Department,
    checked_on: Option<Date>,
    source: Option<Text>,
}

fn read_file(file: &Table<'_>, department: Department) -> Vec<ServiceEntry> {
    if let Some(written) = file.word::<Department>("department")
        && written != department
    {
        let message = format!(
            "this file holds the services of `{}`; mend `department`",
            department.id()
        );
        file.report(&file.place_of("department"), Kind::Contradiction, message);
    }
    let defaults = Defaults {
        department,
        checked_on: file.optional_date("checked_on").map(|date| date.value),
        source: file.optional_text("source"),
    };
    file.tables("service", |service| read_service(service, &defaults))
}

fn read_service(table: &Table<'_>, defaults: &Defaults) -> Option<ServiceEntry> {
    let checked_on = table
        .optional_date("checked_on")
        .map(|date| date.value)
        .or(defaults.checked_on);
    let source = table
        .optional_text("source")
        .or_else(|| defaults.source.clone());
    if checked_on.is_none() || source.is_none() {
        let message = "`checked_on` and `source` are missing; write them here or once at the head of the file";
        table.report(&table.place(), Kind::MissingKey, message);
    }
    let code = table.parsed("code");
    let handling = table.word("handling");
    let scope = table.word("scope");
    let entry = |code, handling, scope| ServiceEntry {
        place: table.place(),
        code,
        name: table.text("name"),
        summary: table.text("summary"),
        department: defaults.department,
        theme: table.string("theme"),
        audience: non_empty(table, "audience"),
        trips: table.number("trips"),
        handling,
        promised_days: table.number("promised_days"),
        statutory: statutory(table),
        bills: table.string_lists("bills"),
        fee_note: table.optional_text("fee_note"),
        result: table.text("result"),
        delivery: non_empty(table, "delivery"),
        has_terminal: table.flag("terminal"),
        scope,
        is_unsure: table.flag("unsure"),
        conditions: conditions(table),
        materials: table.tables("materials", material),
        steps: table.texts("steps"),
        basis: table.strings("basis"),
        keywords: table.strings("keywords"),
        keywords_en: table.strings("keywords_en"),
        related: table.parsed_list("related"),
        checked_on: checked_on.unwrap_or(Date::from_days(0)),
        source: source.unwrap_or_default(),
    };
    // Read the whole entry even where its code is missing, so that every other slip is found too.
    let handling_or_default = handling.unwrap_or(Handling::Promised);
    let scope_or_default = scope.unwrap_or(Scope::City);
    match code {
        Some(code) => Some(entry(code, handling_or_default, scope_or_default)),
        None => {
            let code = At {
                value: "XX-000".parse().ok()?,
                place: table.place(),
            };
            entry(code, handling_or_default, scope_or_default);
            None
        }
    }
}

fn non_empty<T: serde::de::DeserializeOwned + PartialEq>(table: &Table<'_>, key: &str) -> Vec<T> {
    let words = table.words(key);
    if table.has(key) && words.is_empty() {
        table.report(
            &table.place_of(key),
            Kind::InvalidValue,
            format!("`{key}` is empty; name at least one"),
        );
    }
    words
}

fn statutory(table: &Table<'_>) -> Option<At<StatutoryLimit>> {
    let place = table.place_of("statutory");
    table.table("statutory", |limit| {
        let days = limit.number::<u16>("days");
        if days.value == 0 {
            let message = "a limit of 0 days is none; remove `statutory` or write the law's number";
            limit.report(&days.place, Kind::ImpossibleDay, message);
        }
        At {
            value: StatutoryLimit {
                days: days.value,
                unit: limit.word("unit").unwrap_or(DayUnit::Working),
            },
            place,
        }
    })
}

fn conditions(table: &Table<'_>) -> Vec<ConditionGroup> {
    let groups = table.tables("conditions", |group| {
        let lines = group.texts("lines");
        if lines.is_empty() {
            group.report(
                &group.place(),
                Kind::MissingKey,
                "`lines` is missing or empty; write the conditions",
            );
        }
        Some(ConditionGroup {
            need: group.word("need")?,
            lines,
        })
    });
    if groups.is_empty() {
        table.report(
            &table.place(),
            Kind::MissingKey,
            "no [[service.conditions]]; say who may apply",
        );
    }
    groups
}

fn material(table: &Table<'_>) -> Option<ServiceMaterial> {
    Some(ServiceMaterial {
        name: table.text("name"),
        when: table.optional_text("when"),
        form: table.word("form")?,
    })
}
