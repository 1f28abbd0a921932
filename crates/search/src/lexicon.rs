//! The language of the street: what people say, and what the catalogue calls it.
//!
//! Editors keep it in `content/search/`; its README says how.

#[cfg(feature = "build")]
pub use files::{Concept, Fault, Lexicon, Office};
use serde::{Deserialize, Serialize};

/// What part a concept plays in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// What it is about: a paper, a vehicle, a place of business (身份证、摩托车、旅馆).
    Subject,
    /// What is wanted or has happened (补办、过期、迁入).
    Action,
    /// A world of its own in which most words mean something else (香港、外国人).
    Context,
    /// Who or under which circumstances (孩子、外国人、夜间).
    Detail,
}

#[cfg(feature = "build")]
mod files {
    use super::Role;
    use serde::Deserialize;
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    /// Words that mean the same.
    #[derive(Clone, Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Concept {
        /// Identifier, lower-case English.
        pub id: String,
        /// Its part in a question.
        pub role: Role,
        /// The words, in any language and script; the catalogue's own word first.
        pub words: Vec<String>,
        /// Wider concepts that this one also speaks of (baby -> child).
        #[serde(default)]
        pub implies: Vec<String>,
        /// Concepts that a service should not have in its name then (expired -> first).
        #[serde(default)]
        pub against: Vec<String>,
    }

    /// Another office, and what people ask for that only it can do.
    #[derive(Clone, Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Office {
        /// Name in Chinese; empty where no office deals with it (weather, shopping).
        pub name: String,
        /// Name in English.
        pub name_en: String,
        /// What people type.
        pub words: Vec<String>,
    }

    /// Everything in `content/search/`.
    #[derive(Clone, Debug, Default)]
    pub struct Lexicon {
        /// Concepts.
        pub concepts: Vec<Concept>,
        /// Words that say nothing about what is wanted (怎么办、请问).
        pub stop: Vec<String>,
        /// Other offices.
        pub offices: Vec<Office>,
        /// More of what people type for a document, by its code; searched, not shown on its page.
        pub phrases: BTreeMap<String, Vec<String>>,
        /// How much more often a document is wanted than its neighbours, by code, 0 to 9.
        pub popularity: BTreeMap<String, u8>,
        /// Pinyin readings that a table of single characters would not give first (行 xing hang).
        pub readings: BTreeMap<String, Vec<String>>,
    }

    /// Something wrong in a lexicon file.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Fault {
        /// The file.
        pub file: PathBuf,
        /// The line, from 1; 0 where it is the whole file.
        pub line: usize,
        /// What is wrong, for a person.
        pub message: String,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct ConceptFile {
        concept: Vec<Concept>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct StopFile {
        words: Vec<String>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct OfficeFile {
        office: Vec<Office>,
    }

    impl Lexicon {
        /// Reads a folder of lexicon files.
        ///
        /// `codes` are the keys of the documents; a phrase or a popularity for any other key is a
        /// fault.
        ///
        /// # Errors
        /// Every fault found, not the first only.
        pub fn load(folder: &Path, codes: &BTreeSet<String>) -> Result<Self, Vec<Fault>> {
            let mut faults = Vec::new();
            let mut lexicon = Self::default();
            if let Some(file) = read::<ConceptFile>(folder, "concepts.toml", &mut faults) {
                lexicon.concepts = file.concept;
            }
            if let Some(file) = read::<StopFile>(folder, "stop.toml", &mut faults) {
                lexicon.stop = file.words;
            }
            if let Some(file) = read::<OfficeFile>(folder, "offices.toml", &mut faults) {
                lexicon.offices = file.office;
            }
            if let Some(file) = read(folder, "phrases.toml", &mut faults) {
                lexicon.phrases = file;
            }
            if let Some(file) = read(folder, "popularity.toml", &mut faults) {
                lexicon.popularity = file;
            }
            if let Some(file) = read(folder, "readings.toml", &mut faults) {
                lexicon.readings = file;
            }
            lexicon.check(folder, codes, &mut faults);
            if faults.is_empty() {
                Ok(lexicon)
            } else {
                Err(faults)
            }
        }

        fn check(&self, folder: &Path, codes: &BTreeSet<String>, faults: &mut Vec<Fault>) {
            let mut ids = BTreeSet::new();
            let file = folder.join("concepts.toml");
            for concept in &self.concepts {
                if !ids.insert(concept.id.as_str()) {
                    faults.push(fault(&file, &concept.id, "this concept is defined twice"));
                }
                if concept.words.is_empty() {
                    faults.push(fault(&file, &concept.id, "this concept has no words"));
                }
            }
            for concept in &self.concepts {
                for wider in concept.implies.iter().chain(&concept.against) {
                    if !ids.contains(wider.as_str()) {
                        faults.push(fault(&file, wider, "no concept has this id"));
                    }
                }
            }
            for (name, keys) in [
                ("phrases.toml", self.phrases.keys().collect::<Vec<_>>()),
                ("popularity.toml", self.popularity.keys().collect()),
            ] {
                for key in keys.into_iter().filter(|key| !codes.contains(*key)) {
                    faults.push(fault(&folder.join(name), key, "nothing has this code"));
                }
            }
        }
    }

    fn read<T: serde::de::DeserializeOwned>(
        folder: &Path,
        name: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let file = folder.join(name);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) => {
                faults.push(Fault {
                    file,
                    line: 0,
                    message: format!("cannot be read: {error}"),
                });
                return None;
            }
        };
        match toml::from_str(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                faults.push(Fault {
                    file,
                    line: text[..at].matches('\n').count() + 1,
                    message: error.message().to_owned(),
                });
                None
            }
        }
    }

    /// A fault about a quoted or bare key, at the line where it first stands.
    fn fault(file: &Path, key: &str, message: &str) -> Fault {
        let line = std::fs::read_to_string(file)
            .ok()
            .and_then(|text| text.lines().position(|line| line.contains(key)))
            .map_or(0, |line| line + 1);
        Fault {
            file: file.to_owned(),
            line,
            message: format!("{key}: {message}"),
        }
    }
}
