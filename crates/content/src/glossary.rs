//! `glossary.toml`: one word for one thing (术语表).

use crate::finding::{At, Kind, Log, SeenText};
use crate::reader::File;
use std::collections::BTreeMap;
use std::path::Path;
use yichuang_contract::Text;

/// A term with the English words that must not stand for it.
#[derive(Clone, Debug)]
pub struct Term {
    /// The term in both languages.
    pub name: Text,
    /// English words to avoid, lower case.
    pub avoid: Vec<At<String>>,
}

pub(crate) fn read(folder: &Path, log: &Log) -> Vec<Term> {
    let terms = File::read(folder, "glossary.toml", log, |file| {
        file.tables("term", |term| {
            Some(Term {
                name: term.text("name"),
                avoid: term.optional_strings("avoid_en"),
            })
        })
    })
    .unwrap_or_default();
    // The glossary names the words to avoid itself.
    log.take_texts();
    terms
}

/// Checks every text read against the terms, and that a material has one English name.
pub(crate) fn check(terms: &[Term], texts: &[SeenText], log: &Log) {
    for seen in texts {
        let english = seen.text.en.to_lowercase();
        for term in terms {
            for word in &term.avoid {
                if contains_word(&english, word) {
                    let message = format!(
                        "“{}” is not the glossary's word; write “{}” ({})",
                        word.value, term.name.en, term.name.zh
                    );
                    log.add(&seen.place, Kind::Term, message);
                }
            }
        }
    }
    check_material_names(texts, log);
}

fn check_material_names(texts: &[SeenText], log: &Log) {
    let mut by_chinese: BTreeMap<&str, Vec<&SeenText>> = BTreeMap::new();
    for seen in texts.iter().filter(|seen| seen.is_material_name) {
        by_chinese.entry(&seen.text.zh).or_default().push(seen);
    }
    for (chinese, same) in by_chinese {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for seen in &same {
            *counts.entry(&seen.text.en).or_default() += 1;
        }
        // The most frequent name stands; among equals the first in the alphabet.
        let Some((usual, _)) = counts
            .iter()
            .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)))
        else {
            continue;
        };
        for seen in same.iter().filter(|seen| seen.text.en != **usual) {
            let message = format!(
                "“{chinese}” is “{}” here but “{usual}” elsewhere; one material has one English name",
                seen.text.en
            );
            log.add(&seen.place, Kind::Term, message);
        }
    }
}

/// Whether `text` holds `word` (both lower case) with no letter before it; an ending such as a
/// plural s may follow.
fn contains_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..]
            .trim_start_matches('s')
            .chars()
            .next();
        before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::contains_word;

    #[test]
    fn a_word_is_found_as_a_word_only() {
        assert!(contains_word("print it at a kiosk.", "kiosk"));
        assert!(contains_word("two kiosks", "kiosk"));
        assert!(!contains_word("kiosklike", "kiosk"));
        assert!(!contains_word(
            "the authorisations",
            "letter of authorisation"
        ));
    }
}
