//! Reads numbers, days, codes and words of closed lists.

use super::Table;
use crate::finding::{At, Kind};
use serde::de::IntoDeserializer;
use std::fmt::Display;
use std::str::FromStr;
use toml::Spanned;
use toml::de::DeValue;
use yichuang_domain::calendar::Date;

impl Table<'_> {
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
}
