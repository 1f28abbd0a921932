//! Reads TOML so that every finding knows its line and none hides the next.
//!
//! A derived `Deserialize` stops at the first fault of a document. An editor who mends thirty
//! services wants to see all thirty slips at once; therefore each value is asked for by key, a
//! missing or wrong one is reported and replaced by a default, and a key nobody asked for is
//! reported when the table has been read.

mod text;
mod value;

use crate::finding::{At, Kind, Log, Place};
use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
