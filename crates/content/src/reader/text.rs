//! Reads sentences, one language or both.

use super::Table;
use crate::finding::{At, Kind, SeenText};
use toml::Spanned;
use toml::de::DeValue;
use yichuang_contract::Text;

impl Table<'_> {
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

    /// A list of `{ zh = …, en = … }`.
    pub(crate) fn texts(&self, key: &str) -> Vec<Text> {
        self.tables(key, |table| {
            if !table.has("zh") && !table.has("en") {
                table.missing("zh");
            }
            table.pair("zh", "en")
        })
    }
}
