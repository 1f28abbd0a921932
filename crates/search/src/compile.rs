//! Building a blob, natively.

use crate::blob::{BAR, Blob, LAYOUT, LINE, PHRASES};
use crate::index::{Entry, Index, Shown, TELLING};
use crate::lexicon::{Concept, Lexicon};
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
    let mut typed: Vec<Typed> = documents
        .iter()
        .map(|document| Typed::new(document, lexicon))
        .collect();
    let whole = encode(documents, lexicon, &typed);
    let shown: Vec<Shown<'_>> = documents.iter().map(Document::shown).collect();
    if let Ok(index) = Index::open(&whole, &shown) {
        for (number, typed) in typed.iter_mut().enumerate() {
            typed.prune(&index, &index.entries[number]);
        }
    }
    encode(documents, lexicon, &typed)
}

impl Document {
    /// What a pack shows of it.
    #[must_use]
    pub fn shown(&self) -> Shown<'_> {
        Shown {
            code: &self.code,
            name_zh: &self.name_zh,
            name_en: &self.name_en,
            summary_zh: &self.summary_zh,
            summary_en: &self.summary_en,
        }
    }
}

/// What people type for a document.
struct Typed {
    keywords: Vec<String>,
    phrases: Vec<String>,
}

impl Typed {
    fn new(document: &Document, lexicon: &Lexicon) -> Self {
        let clean = |words: &Vec<String>| words.iter().map(|word| clean(word)).collect();
        Self {
            keywords: clean(&document.keywords),
            phrases: lexicon
                .phrases
                .get(&document.code)
                .map(clean)
                .unwrap_or_default(),
        }
    }

    /// Drops what finds the document no better than the rest does: every byte travels with the
    /// first visit.
    fn prune(&mut self, index: &Index, entry: &Entry) {
        let mut kept = vec![keys(index, &entry.name_zh)];
        let mut latin = keys(index, &entry.name_en);
        let mut needed = |word: &String| {
            if word.is_ascii() {
                return news(index, word, &mut latin);
            }
            let own = keys(index, word);
            let is_said = kept
                .iter()
                .any(|other| own.is_subset(other) && other.len() <= own.len() + 1);
            kept.push(own);
            (!is_said).then(|| word.clone())
        };
        self.keywords = self.keywords.iter().filter_map(&mut needed).collect();
        self.phrases = self.phrases.iter().filter_map(&mut needed).collect();
    }
}

/// The telling terms of a text.
fn keys(index: &Index, text: &str) -> BTreeSet<u64> {
    let terms = index.dictionary.understand(&index.query_atoms(text)).terms;
    terms
        .iter()
        .filter(|term| term.weight >= TELLING)
        .map(|term| term.key)
        .collect()
}

/// The part of an English keyword that says something new; English finds by words, not by whole
/// phrases.
fn news(index: &Index, keyword: &str, known: &mut BTreeSet<u64>) -> Option<String> {
    let atoms = index.query_atoms(keyword);
    let mut is_new = vec![false; atoms.len()];
    for term in index.dictionary.understand(&atoms).terms {
        if term.weight >= TELLING && known.insert(term.key) {
            is_new[usize::from(term.from)..usize::from(term.to)].fill(true);
        }
    }
    let new = atoms.iter().zip(is_new).filter(|(_, is_new)| *is_new);
    let words: Vec<&str> = new
        .map(|(atom, _)| &keyword[atom.start as usize..atom.end as usize])
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn encode(documents: &[Document], lexicon: &Lexicon, typed: &[Typed]) -> Vec<u8> {
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
    let pairs = |others: fn(&Concept) -> &Vec<String>| {
        lexicon
            .concepts
            .iter()
            .flat_map(|concept| others(concept).iter().map(move |other| (concept, other)))
            .map(|(concept, other)| (number[concept.id.as_str()], number[other.as_str()]))
            .collect()
    };
    let implies = pairs(|concept| &concept.implies);
    let against = pairs(|concept| &concept.against);
    let stop = line(&lexicon.stop);
    let offices = lines(lexicon.offices.iter().map(|office| {
        let names = [clean(&office.name), clean(&office.name_en)].join("|");
        format!("{names}|{}", line(&office.words))
    }));
    let keywords = lines(typed.iter().map(|typed| {
        format!(
            "{}{PHRASES}{}",
            typed.keywords.join("|"),
            typed.phrases.join("|")
        )
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
        characters.extend(document.name_zh.chars().filter(|c| *c >= '\u{3400}'));
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
        against,
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
