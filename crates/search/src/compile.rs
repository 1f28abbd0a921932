//! Building a blob, natively.

use crate::blob::{BAR, Blob, LAYOUT, LINE, PHRASES};
use crate::lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet};

/// A document to find: a service or a bundle.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its code, the key of phrases and popularity in the lexicon.
    pub code: String,
    /// What people type for it, both languages.
    pub keywords: Vec<String>,
    /// Chinese name. It is not put into the blob: [`Index::open`](crate::Index::open) is given it.
    pub name_zh: String,
    /// English name, likewise.
    pub name_en: String,
    /// One sentence in Chinese, likewise.
    pub summary_zh: String,
    /// One sentence in English, likewise.
    pub summary_en: String,
}

/// Builds the blob for documents in the order in which [`Index::open`](crate::Index::open) will be
/// given their names.
///
/// # Panics
/// If the lexicon has more than 65,535 concepts or implies one that does not exist;
/// [`Lexicon::load`] never returns such a one.
#[must_use]
pub fn build(documents: &[Document], lexicon: &Lexicon) -> Vec<u8> {
    let number: BTreeMap<&str, u16> = lexicon
        .concepts
        .iter()
        .enumerate()
        .map(|(at, concept)| {
            (
                concept.id.as_str(),
                u16::try_from(at).expect("few concepts"),
            )
        })
        .collect();
    let words = lines(lexicon.concepts.iter().map(|concept| line(&concept.words)));
    let implies = lexicon
        .concepts
        .iter()
        .flat_map(|concept| concept.implies.iter().map(move |wider| (concept, wider)))
        .map(|(concept, wider)| (number[concept.id.as_str()], number[wider.as_str()]))
        .collect();
    let stop = line(&lexicon.stop);
    let offices = lines(lexicon.offices.iter().map(|office| {
        let names = [clean(&office.name), clean(&office.name_en)].join("|");
        format!("{names}|{}", line(&office.words))
    }));
    let none = Vec::new();
    let keywords = lines(documents.iter().map(|document| {
        let phrases = lexicon.phrases.get(&document.code).unwrap_or(&none);
        format!("{}{PHRASES}{}", line(&document.keywords), line(phrases))
    }));
    let popularity = documents
        .iter()
        .map(|document| lexicon.popularity.get(&document.code).copied().unwrap_or(0))
        .collect();

    // Tables only for characters that something could match.
    let mut characters: BTreeSet<char> = BTreeSet::new();
    for text in [&words, &stop, &offices, &keywords] {
        characters.extend(text.chars().filter(|c| *c >= '\u{3400}'));
    }
    for document in documents {
        for text in [&document.name_zh, &document.summary_zh] {
            characters.extend(text.chars().filter(|c| *c >= '\u{3400}'));
        }
    }
    let blob = Blob {
        layout: LAYOUT,
        roles: lexicon
            .concepts
            .iter()
            .map(|concept| concept.role)
            .collect(),
        words: &words,
        implies,
        stop: &stop,
        offices: &offices,
        keywords: &keywords,
        popularity,
        variants: variants(&characters),
        readings: &readings(&characters, lexicon),
    };
    postcard::to_allocvec(&blob).expect("a blob holds nothing that postcard cannot encode")
}

/// A word without the characters that separate words.
fn clean(word: &str) -> String {
    word.replace([BAR, LINE, PHRASES], " ")
}

fn line(words: &[String]) -> String {
    let clean: Vec<String> = words.iter().map(|word| clean(word)).collect();
    clean.join("|")
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Traditional characters whose simplified form is among `characters`.
fn variants(characters: &BTreeSet<char>) -> Vec<(u16, u16)> {
    let mut pairs = Vec::new();
    let mut before = 0;
    for code in 0x3400..=0x9FFF_u16 {
        let Some(character) = char::from_u32(u32::from(code)) else {
            continue;
        };
        let simplified = fast2s::convert(&character.to_string());
        let Some(simplified) = simplified.chars().next() else {
            continue;
        };
        if simplified != character
            && characters.contains(&simplified)
            && !characters.contains(&character)
        {
            let Ok(target) = u16::try_from(u32::from(simplified)) else {
                continue;
            };
            pairs.push((code - before, target));
            before = code;
        }
    }
    pairs
}

/// One line a syllable with the characters read so.
fn readings(characters: &BTreeSet<char>, lexicon: &Lexicon) -> String {
    use pinyin::ToPinyin;
    let mut by_syllable: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for &character in characters {
        let own = lexicon.readings.get(&character.to_string());
        let syllables = own.cloned().unwrap_or_else(|| {
            character
                .to_pinyin()
                .map(|reading| vec![reading.plain().replace('ü', "v")])
                .unwrap_or_default()
        });
        for syllable in syllables {
            by_syllable.entry(syllable).or_default().insert(character);
        }
    }
    lines(by_syllable.into_iter().map(|(syllable, characters)| {
        characters
            .into_iter()
            .fold(syllable, |mut text, character| {
                text.push(character);
                text
            })
    }))
}
