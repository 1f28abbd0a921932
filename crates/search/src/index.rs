//! The index: opened from a blob and the texts that the catalogue pack carries anyway.

use crate::answer::Answer;
use crate::blob::{BAR, Blob, LAYOUT, LINE, PHRASES};
use crate::pinyin::{Readings, Speller, Word};
use crate::query::{Dictionary, KEY_BITS, Meaning, concept_key};
use crate::text::{self, Atom};
use core::fmt;

/// What the catalogue pack shows of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name in Chinese.
    pub name_zh: &'a str,
    /// Its name in English.
    pub name_en: &'a str,
    /// One sentence in Chinese.
    pub summary_zh: &'a str,
    /// One sentence in English.
    pub summary_en: &'a str,
}

/// The blob cannot be read, or belongs to other documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the search index does not belong to this content or program")
    }
}

impl core::error::Error for Unreadable {}

/// How much a field says about a document.
mod field {
    pub const NAME: u8 = 60;
    pub const KEYWORD: u8 = 50;
    pub const PHRASE: u8 = 45;
    pub const SUMMARY: u8 = 20;
}

/// A search index.
#[derive(Debug)]
pub struct Index {
    pub(crate) variants: Vec<(u32, u32)>,
    pub(crate) dictionary: Dictionary,
    /// Key, document and weight in one number, in order: see [`pack`].
    pub(crate) postings: Vec<u64>,
    pub(crate) entries: Vec<Entry>,
    /// Terms of all keywords, the low half of their keys; [`Keyword::terms`] points into it.
    pub(crate) keyword_terms: Vec<u32>,
    pub(crate) offices: Vec<[String; 2]>,
    pub(crate) readings: Readings,
    pub(crate) speller: Speller,
    /// Latin words in lower case, in order, one a stem.
    pub(crate) vocabulary: Vec<String>,
}

/// A document in the index.
#[derive(Debug)]
pub(crate) struct Entry {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub keywords: Vec<Keyword>,
    pub popularity: u8,
}

/// Something that people type for a document.
#[derive(Debug)]
pub(crate) struct Keyword {
    /// As written.
    pub text: String,
    /// Where its terms stand in [`Index::keyword_terms`].
    pub terms: core::ops::Range<u32>,
}

/// One posting in one number, so that one sort of plain numbers builds the index.
const fn pack(key: u64, document: u16, weight: u8) -> u64 {
    (key << (64 - KEY_BITS)) | ((document as u64) << 8) | weight as u64
}

impl Index {
    /// Opens a blob made by `build` from the same documents in the same order.
    ///
    /// # Errors
    /// If the blob is damaged, of another layout, or for another number of documents.
    pub fn open(blob: &[u8], shown: &[Shown<'_>]) -> Result<Self, Unreadable> {
        let blob: Blob<'_> = postcard::from_bytes(blob).map_err(|_| Unreadable)?;
        if blob.layout != LAYOUT
            || blob.popularity.len() != shown.len()
            || shown.len() > usize::from(u16::MAX)
        {
            return Err(Unreadable);
        }
        let mut before = 0_u16;
        let mut variants = Vec::with_capacity(blob.variants.len());
        for (step, simplified) in &blob.variants {
            before = before.wrapping_add(*step);
            variants.push((u32::from(before), u32::from(*simplified)));
        }
        let mut words = Vec::new();
        let mut add = |word: &str, meaning| {
            let atoms: Vec<u32> = ids(word, &variants);
            words.push((atoms.into_boxed_slice(), meaning));
        };
        for (concept, line) in blob.words.split(LINE).enumerate() {
            for word in line.split(BAR) {
                add(word, Meaning::Concept(concept as u16));
            }
        }
        for word in blob.stop.split(BAR) {
            add(word, Meaning::Stop);
        }
        let mut offices = Vec::new();
        for (number, line) in blob.offices.split(LINE).enumerate() {
            let mut parts = line.split(BAR);
            let mut name = || parts.next().unwrap_or_default().to_owned();
            offices.push([name(), name()]);
            for word in parts {
                add(word, Meaning::Office(number as u16));
            }
        }
        let mut index = Self {
            dictionary: Dictionary::new(words, blob.roles, blob.implies),
            variants,
            postings: Vec::new(),
            entries: Vec::with_capacity(shown.len()),
            keyword_terms: Vec::new(),
            offices,
            readings: Readings::new(blob.readings),
            speller: Speller::default(),
            vocabulary: Vec::new(),
        };
        for text in [blob.words, blob.stop, blob.keywords] {
            index.learn_words(text);
        }
        let mut keywords = blob.keywords.split(LINE);
        for (number, shown) in shown.iter().enumerate() {
            let line = keywords.next().unwrap_or_default();
            index.add(number as u16, shown, line, blob.popularity[number]);
        }
        index.settle();
        index.speller = index.spellable();
        Ok(index)
    }

    /// Number of documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no documents.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Answers a query with at most `limit` documents.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Answer {
        crate::rank::answer(self, query, limit)
    }

    /// Atoms of a query, at most as many as are looked at.
    pub(crate) fn query_atoms(&self, query: &str) -> Vec<Atom> {
        text::atoms(query, &self.variants, text::LONGEST_QUERY)
    }

    /// The documents that have a term, with the weight it has in each.
    pub(crate) fn having(&self, key: u64) -> &[u64] {
        let low = key << (64 - KEY_BITS);
        let first = self.postings.partition_point(|posting| *posting < low);
        let rest = &self.postings[first..];
        let last = rest.partition_point(|posting| posting >> (64 - KEY_BITS) == key);
        &rest[..last]
    }

    fn add(&mut self, number: u16, shown: &Shown<'_>, line: &str, popularity: u8) {
        self.learn_words(shown.name_en);
        self.learn_words(shown.summary_en);
        self.add_field(number, shown.name_zh, field::NAME);
        self.add_field(number, shown.name_en, field::NAME);
        self.add_field(number, shown.summary_zh, field::SUMMARY);
        self.add_field(number, shown.summary_en, field::SUMMARY);
        let mut keywords = Vec::new();
        for (part, weight) in line.splitn(2, PHRASES).zip([field::KEYWORD, field::PHRASE]) {
            for word in part.split(BAR).filter(|word| !word.is_empty()) {
                let first = self.keyword_terms.len() as u32;
                self.add_field(number, word, weight);
                keywords.push(Keyword {
                    text: word.to_owned(),
                    terms: first..self.keyword_terms.len() as u32,
                });
            }
        }
        self.entries.push(Entry {
            code: shown.code.to_owned(),
            name_zh: shown.name_zh.to_owned(),
            name_en: shown.name_en.to_owned(),
            keywords,
            popularity,
        });
    }

    fn add_field(&mut self, number: u16, text: &str, weight: u8) {
        let atoms = text::atoms(text, &self.variants, usize::MAX);
        let is_keyword = weight == field::KEYWORD || weight == field::PHRASE;
        for term in self.dictionary.understand(&atoms).terms {
            self.postings.push(pack(term.key, number, weight));
            if is_keyword {
                self.keyword_terms.push(term.key as u32);
            }
        }
    }

    /// Takes up the Latin words of a text.
    fn learn_words(&mut self, text: &str) {
        for word in text.split(|character: char| !character.is_ascii_alphabetic()) {
            if word.len() > 2 {
                self.vocabulary.push(word.to_ascii_lowercase());
            }
        }
    }

    /// The words that pinyin can spell: the lexicon's, and short keywords.
    fn spellable(&mut self) -> Speller {
        self.vocabulary.sort_unstable();
        self.vocabulary.dedup();
        let is_spellable =
            |word: &[u32]| word.iter().all(|id| self.readings.of(*id).next().is_some());
        let mut words = Vec::new();
        for (atoms, meaning) in self
            .dictionary
            .words()
            .filter(|(atoms, _)| is_spellable(atoms))
        {
            let (cost, is_common) = match meaning {
                Meaning::Concept(concept) => {
                    let having = self.having(concept_key(concept)).len() as u32;
                    (0.3 - 0.03 * (having + 1).ilog2() as f32, true)
                }
                Meaning::Stop => (0.3, false),
                Meaning::Office(_) => (0.3, false),
            };
            words.push(Word {
                characters: atoms.into(),
                cost,
                is_common,
            });
        }
        for keyword in self.entries.iter().flat_map(|entry| &entry.keywords) {
            let atoms = ids(&keyword.text, &self.variants);
            if atoms.len() > 1 && atoms.len() <= 6 && is_spellable(&atoms) {
                words.push(Word {
                    characters: atoms.into(),
                    cost: 0.4,
                    is_common: false,
                });
            }
        }
        Speller::new(words, &self.readings)
    }

    /// Sorts the postings and adds up what a document's fields say of the same term.
    fn settle(&mut self) {
        self.postings.sort_unstable();
        let mut kept: Vec<u64> = Vec::with_capacity(self.postings.len() / 2);
        for posting in &self.postings {
            match kept.last_mut() {
                Some(last) if *last >> 8 == posting >> 8 => {
                    let sum = (*last as u8)
                        .saturating_add(*posting as u8 / 4)
                        .max(*posting as u8);
                    *last = (*last & !0xFF) | u64::from(sum);
                }
                _ => kept.push(*posting),
            }
        }
        kept.shrink_to_fit();
        self.postings = kept;
    }
}

fn ids(word: &str, variants: &text::Variants) -> Vec<u32> {
    text::atoms(word, variants, usize::MAX)
        .iter()
        .map(|atom| atom.id)
        .collect()
}
