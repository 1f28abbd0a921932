//! Reads TOML so that every finding knows its line and none hides the next.
//!
//! A derived `Deserialize` stops at the first fault of a document. An editor who mends thirty
//! services wants to see all thirty slips at once; therefore each value is asked for by key, a
//! missing or wrong one is reported and replaced by a default, and a key nobody asked for is
//! reported when the table has been read.

use crate::finding::{At, Kind, Log, Place, SeenText};
use serde::de::IntoDeserializer;
use std::cell::RefCell;
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use yichuang_contract::Text;
use yichuang_domain::calendar::Date;

/// A content file while it is read.
pub(crate) struct File<'l> {
    log: &'l Log,
    name: Arc<str>,
    line_starts: Vec<usize>,
}

impl<'l> File<'l> {
    /// Reads `folder/name` and hands its table to `read`; `None` if it cannot be read at all.
    pub(crate) fn read<T>(
        folder: &Path,
        name: &str,
        log: &'l Log,
        read: impl FnOnce(&Table<'_>) -> T,
    ) -> Option<T> {
        let text = match std::fs::read_to_string(folder.join(name)) {
            Ok(text) => text,
            Err(error) => {
                log.add_file(
                    name,
                    Kind::Unreadable,
                    format!("cannot be read: {error}; restore the file"),
                );
                return None;
            }
        };
        let file = File {
            log,
            name: name.into(),
            line_starts: std::iter::once(0)
                .chain(
                    text.bytes()
                        .enumerate()
                        .filter(|(_, byte)| *byte == b'\n')
                        .map(|(at, _)| at + 1),
                )
                .collect(),
        };
        let (document, errors) = DeTable::parse_recoverable(&text);
        for error in &errors {
            let offset = error.span().map_or(0, |span| span.start);
            log.add(
                &file.place(offset),
                Kind::Syntax,
                format!("not TOML: {}", error.message().replace('\n', "; ")),
            );
        }
        if !errors.is_empty() {
            return None;
        }
        let table = Table::new(&file, document.get_ref(), "", 0);
        let value = read(&table);
        table.report_unknown_keys();
        Some(value)
    }

    fn place(&self, offset: usize) -> Place {
        Place {
            file: Arc::clone(&self.name),
            line: self.line_starts.partition_point(|start| *start <= offset),
        }
    }
}

/// A table of a content file.
pub(crate) struct Table<'t> {
    file: &'t File<'t>,
    entries: &'t DeTable<'t>,
    /// The key under which the table stands.
    name: &'t str,
    offset: usize,
    used: RefCell<Vec<String>>,
}

impl<'t> Table<'t> {
    fn new(file: &'t File<'t>, entries: &'t DeTable<'t>, name: &'t str, offset: usize) -> Self {
        Self {
            file,
            entries,
            name,
            offset,
            used: RefCell::default(),
        }
    }

    /// Where the table begins.
    pub(crate) fn place(&self) -> Place {
        self.file.place(self.offset)
    }

    /// Where a key stands; the table's own place if it is absent.
    pub(crate) fn place_of(&self, key: &str) -> Place {
        self.entries.get_key_value(key).map_or_else(
            || self.place(),
            |(key, _)| self.file.place(key.span().start),
        )
    }

    /// Reports something at a place.
    pub(crate) fn report(&self, place: &Place, kind: Kind, message: impl Into<String>) {
        self.file.log.add(place, kind, message);
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Keys in the order of the file.
    pub(crate) fn keys(&self) -> Vec<At<String>> {
        let mut keys: Vec<_> = self.entries.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        keys.into_iter()
            .map(|key| At {
                value: key.get_ref().to_string(),
                place: self.file.place(key.span().start),
            })
            .collect()
    }

    fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.used.borrow_mut().push(key.to_owned());
        self.entries.get(key)
    }

    fn missing(&self, key: &str) {
        self.report(
            &self.place(),
            Kind::MissingKey,
            format!("`{key}` is missing; add it"),
        );
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        self.report(
            &self.file.place(value.span().start),
            Kind::InvalidValue,
            format!(
                "`{key}` must be {wanted}, not {}",
                describe(value.get_ref())
            ),
        );
    }

    /// An optional string; an empty one is reported.
    pub(crate) fn optional_string(&self, key: &str) -> Option<At<String>> {
        let value = self.value(key)?;
        let place = self.file.place(value.span().start);
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                self.report(
                    &place,
                    Kind::InvalidValue,
                    format!("`{key}` is empty; fill it in or remove the line"),
                );
                None
            }
            DeValue::String(text) => Some(At {
                value: text.to_string(),
                place,
            }),
            _ => {
                self.wrong(key, value, "text in quotes");
                None
            }
        }
    }

    /// A string that must be there; empty after a finding.
    pub(crate) fn string(&self, key: &str) -> At<String> {
        if !self.has(key) {
            self.value(key);
            self.missing(key);
        }
        self.optional_string(key).unwrap_or_else(|| At {
            value: String::new(),
            place: self.place(),
        })
    }

    /// A string that must be there and may be empty.
    pub(crate) fn string_or_empty(&self, key: &str) -> String {
        match self.value(key) {
            Some(value) => match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                _ => {
                    self.wrong(key, value, "text in quotes");
                    String::new()
                }
            },
            None => {
                self.missing(key);
                String::new()
            }
        }
    }

    /// A text in both languages: `key` and `key_en`.
    pub(crate) fn text(&self, key: &str) -> Text {
        if self.has(key) || self.has(&format!("{key}_en")) {
            self.optional_text(key).unwrap_or_default()
        } else {
            self.value(key);
            self.missing(key);
            Text::default()
        }
    }

    /// An optional text in both languages; one language alone is a finding.
    pub(crate) fn optional_text(&self, key: &str) -> Option<Text> {
        self.pair(key, &format!("{key}_en"))
    }

    /// A text in both languages under two keys of its own.
    pub(crate) fn pair(&self, chinese: &str, english: &str) -> Option<Text> {
        let (zh, en) = (self.optional_string(chinese), self.optional_string(english));
        let (has_zh, has_en) = (self.has(chinese), self.has(english));
        match (zh, en) {
            (Some(zh), Some(en)) => {
                self.check_languages(&zh, &en);
                let text = Text::new(zh.value, en.value);
                self.file.log.add_text(SeenText {
                    is_material_name: chinese == "name"
                        && matches!(self.name, "material" | "materials"),
                    text: text.clone(),
                    place: en.place,
                });
                Some(text)
            }
            (Some(zh), None) if !has_en => {
                let message = format!(
                    "`{english}` is missing; write the English of “{}”",
                    zh.value
                );
                self.report(&zh.place, Kind::Translation, message);
                Some(Text::new(zh.value, ""))
            }
            (None, Some(en)) if !has_zh => {
                let message = format!(
                    "`{chinese}` is missing; write the Chinese of “{}”",
                    en.value
                );
                self.report(&en.place, Kind::Translation, message);
                Some(Text::new("", en.value))
            }
            _ => None,
        }
    }

    fn check_languages(&self, zh: &At<String>, en: &At<String>) {
        let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        if !zh.chars().any(is_han) && zh.chars().any(char::is_alphabetic) {
            let message = format!("“{}” holds no Chinese; write it in Chinese", zh.value);
            self.report(&zh.place, Kind::Translation, message);
        }
        // A Chinese word inside an English sentence (a city's name for a scheme) is fine; a
        // sentence without a Latin letter is not English.
        if en.chars().any(is_han) && !en.chars().any(|c| c.is_ascii_alphabetic()) {
            let message = format!("“{}” is not English; translate it", en.value);
            self.report(&en.place, Kind::Translation, message);
        }
    }

    /// A truth value; `false` where it is not written.
    pub(crate) fn flag(&self, key: &str) -> bool {
        match self.value(key) {
            None => false,
            Some(value) => match value.get_ref() {
                DeValue::Boolean(truth) => *truth,
                _ => {
                    self.wrong(key, value, "true or false");
                    false
                }
            },
        }
    }

    /// A whole number that must be there.
    pub(crate) fn number<N: TryFrom<i64> + Default>(&self, key: &str) -> At<N> {
        let place = self.place_of(key);
        let Some(value) = self.value(key) else {
            self.missing(key);
            return At {
                value: N::default(),
                place,
            };
        };
        let number = match value.get_ref() {
            DeValue::Integer(integer) => {
                i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix())
                    .ok()
                    .and_then(|number| N::try_from(number).ok())
            }
            _ => None,
        };
        if number.is_none() {
            self.wrong(
                key,
                value,
                "a whole number that is not too large and not below 0",
            );
        }
        At {
            value: number.unwrap_or_default(),
            place,
        }
    }

    /// A number with decimals that must be there.
    pub(crate) fn decimal(&self, key: &str) -> f64 {
        let Some(value) = self.value(key) else {
            self.missing(key);
            return 0.0;
        };
        let text = match value.get_ref() {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) => integer.as_str(),
            _ => "",
        };
        text.replace('_', "").parse().unwrap_or_else(|_| {
            self.wrong(key, value, "a number");
            0.0
        })
    }

    /// An optional day, written without quotes: `2026-10-01`.
    pub(crate) fn optional_date(&self, key: &str) -> Option<At<Date>> {
        let value = self.value(key)?;
        let date = self.date_of(value);
        if date.is_none() {
            self.wrong(
                key,
                value,
                "a day of the calendar such as 2026-10-01, without quotes",
            );
        }
        date
    }

    /// A day that must be there.
    pub(crate) fn date(&self, key: &str) -> Option<At<Date>> {
        if !self.has(key) {
            self.value(key);
            self.missing(key);
        }
        self.optional_date(key)
    }

    fn date_of(&self, value: &Spanned<DeValue<'_>>) -> Option<At<Date>> {
        let DeValue::Datetime(datetime) = value.get_ref() else {
            return None;
        };
        if datetime.time.is_some() {
            return None;
        }
        let date = datetime.date?;
        Some(At {
            value: Date::new(i32::from(date.year), date.month, date.day)?,
            place: self.file.place(value.span().start),
        })
    }

    /// A list of days.
    pub(crate) fn dates(&self, key: &str) -> Vec<At<Date>> {
        self.array(key)
            .into_iter()
            .filter_map(|value| {
                let date = self.date_of(value);
                if date.is_none() {
                    self.wrong(
                        key,
                        value,
                        "a list of days such as 2026-10-01, without quotes",
                    );
                }
                date
            })
            .collect()
    }

    /// A value of a type that reads itself from text, such as a code.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&self, key: &str) -> Option<At<T>> {
        let text = self.string(key);
        if text.is_empty() {
            return None;
        }
        self.parse(key, text)
    }

    /// Like [`Self::parsed`], where it may be absent.
    pub(crate) fn optional_parsed<T: FromStr<Err: Display>>(&self, key: &str) -> Option<At<T>> {
        self.parse(key, self.optional_string(key)?)
    }

    /// A list of such values.
    pub(crate) fn parsed_list<T: FromStr<Err: Display>>(&self, key: &str) -> Vec<At<T>> {
        self.strings(key)
            .into_iter()
            .filter_map(|text| self.parse(key, text))
            .collect()
    }

    fn parse<T: FromStr<Err: Display>>(&self, key: &str, text: At<String>) -> Option<At<T>> {
        match text.value.parse() {
            Ok(value) => Some(At {
                value,
                place: text.place,
            }),
            Err(error) => {
                let message = format!("`{key}` holds “{}”: {error}", text.value);
                self.report(&text.place, Kind::InvalidValue, message);
                None
            }
        }
    }

    /// A word of a closed list that must be there, such as a department.
    pub(crate) fn word<T: serde::de::DeserializeOwned>(&self, key: &str) -> Option<T> {
        let text = self.string(key);
        if text.is_empty() {
            return None;
        }
        self.word_of(key, &text)
    }

    /// A list of such words; at least one.
    pub(crate) fn words<T: serde::de::DeserializeOwned + PartialEq>(&self, key: &str) -> Vec<T> {
        let mut words = Vec::new();
        for text in self.strings(key) {
            if let Some(word) = self.word_of(key, &text) {
                if words.contains(&word) {
                    let message = format!("`{key}` holds “{}” twice; remove one", text.value);
                    self.report(&text.place, Kind::Duplicate, message);
                } else {
                    words.push(word);
                }
            }
        }
        words
    }

    fn word_of<T: serde::de::DeserializeOwned>(&self, key: &str, text: &At<String>) -> Option<T> {
        let deserializer: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
            text.value.as_str().into_deserializer();
        T::deserialize(deserializer)
            .inspect_err(|error| {
                let error = error.to_string().replace("variant", "word");
                self.report(&text.place, Kind::InvalidValue, format!("`{key}`: {error}"));
            })
            .ok()
    }

    fn array(&self, key: &str) -> Vec<&'t Spanned<DeValue<'t>>> {
        match self.value(key) {
            None => Vec::new(),
            Some(value) => match value.get_ref() {
                DeValue::Array(array) => array.iter().collect(),
                _ => {
                    self.wrong(key, value, "a list in brackets");
                    Vec::new()
                }
            },
        }
    }

    /// A list of texts that must be there; it may be empty.
    pub(crate) fn strings(&self, key: &str) -> Vec<At<String>> {
        if !self.has(key) {
            self.missing(key);
        }
        self.optional_strings(key)
    }

    /// A list of texts, empty where it is absent.
    pub(crate) fn optional_strings(&self, key: &str) -> Vec<At<String>> {
        self.array(key)
            .into_iter()
            .filter_map(|value| self.string_of(key, value))
            .collect()
    }

    fn string_of(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(At {
                value: text.to_string(),
                place: self.file.place(value.span().start),
            }),
            _ => {
                self.wrong(key, value, "a list of texts in quotes");
                None
            }
        }
    }

    /// A list of lists of texts, empty where it is absent.
    pub(crate) fn string_lists(&self, key: &str) -> Vec<Vec<At<String>>> {
        self.array(key)
            .into_iter()
            .filter_map(|value| match value.get_ref() {
                DeValue::Array(inner) => Some(
                    inner
                        .iter()
                        .filter_map(|value| self.string_of(key, value))
                        .collect(),
                ),
                _ => {
                    self.wrong(key, value, "a list of lists of texts");
                    None
                }
            })
            .collect()
    }

    /// One table under a key.
    pub(crate) fn table<T>(&self, key: &str, read: impl FnOnce(&Table<'_>) -> T) -> Option<T> {
        let value = self.value(key)?;
        let DeValue::Table(entries) = value.get_ref() else {
            self.wrong(key, value, "a table");
            return None;
        };
        let table = Table::new(self.file, entries, key, value.span().start);
        let result = read(&table);
        table.report_unknown_keys();
        Some(result)
    }

    /// A list of tables, whether written `[[key]]` or `key = [{ … }]`; empty where it is absent.
    pub(crate) fn tables<T>(
        &self,
        key: &str,
        mut read: impl FnMut(&Table<'_>) -> Option<T>,
    ) -> Vec<T> {
        self.items(key, |item| match item {
            Item::Table(table) => read(table),
            Item::String(text) => {
                let message = format!("`{key}` must be a list of tables, not “{}”", text.value);
                self.report(&text.place, Kind::InvalidValue, message);
                None
            }
        })
    }

    /// A list whose items are texts or tables; empty where it is absent.
    pub(crate) fn items<T>(
        &self,
        key: &str,
        mut read: impl FnMut(Item<'_, '_>) -> Option<T>,
    ) -> Vec<T> {
        let mut results = Vec::new();
        for value in self.array(key) {
            match value.get_ref() {
                DeValue::Table(entries) => {
                    let table = Table::new(self.file, entries, key, value.span().start);
                    results.extend(read(Item::Table(&table)));
                    table.report_unknown_keys();
                }
                DeValue::String(text) => results.extend(read(Item::String(At {
                    value: text.to_string(),
                    place: self.file.place(value.span().start),
                }))),
                _ => self.wrong(key, value, "a list of tables"),
            }
        }
        results
    }

    /// A list of `{ zh = …, en = … }`.
    pub(crate) fn texts(&self, key: &str) -> Vec<Text> {
        self.tables(key, |table| {
            if !table.has("zh") && !table.has("en") {
                table.missing("zh");
            }
            table.pair("zh", "en")
        })
    }

    fn report_unknown_keys(&self) {
        let used = self.used.borrow();
        let mut known: Vec<&str> = used.iter().map(String::as_str).collect();
        known.sort_unstable();
        known.dedup();
        for key in self.keys() {
            if !known.contains(&key.value.as_str()) {
                let message = format!(
                    "unknown key `{}`; known here: {}",
                    key.value,
                    known
                        .iter()
                        .map(|key| format!("`{key}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                );
                self.report(&key.place, Kind::UnknownKey, message);
            }
        }
    }
}

/// An item of a mixed list.
pub(crate) enum Item<'i, 't> {
    /// A text.
    String(At<String>),
    /// A table.
    Table(&'i Table<'t>),
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("“{text}”"),
        DeValue::Integer(integer) => integer.as_str().to_owned(),
        DeValue::Float(float) => float.as_str().to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(datetime) => datetime.to_string(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
