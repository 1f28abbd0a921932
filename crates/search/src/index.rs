//! The index: opened from a blob and the texts that the catalogue pack carries anyway.

use crate::answer::Answer;
use crate::begun::Initials;
use crate::blob::{BAR, Blob, LAYOUT, LINE, PHRASES};
use crate::pinyin::{Readings, Speller, Word};
use crate::query::{Cover, Dictionary, KEY_BITS, Meaning, Understanding, concept_key, pair_key};
use crate::text::{self, Atom};
use core::fmt;
use core::ops::Range;
use std::sync::OnceLock;

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
    pub const NAME: u8 = 34;
    pub const KEYWORD: u8 = 47;
    pub const PHRASE: u8 = 45;
    pub const SUMMARY: u8 = 17;
}

/// A search index.
#[derive(Debug)]
pub struct Index {
    pub(crate) variants: Vec<(u32, u32)>,
    pub(crate) dictionary: Dictionary,
    /// Key, document and weight in one number, in order: see [`pack`].
    pub(crate) postings: Vec<u64>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) keywords: Vec<Keyword>,
    /// Terms of all keywords, the low half of their keys; [`Keyword::terms`] points into it.
    pub(crate) keyword_terms: Vec<u32>,
    /// The texts of all keywords; [`Keyword::text`] points into it.
    pub(crate) keyword_text: String,
    pub(crate) offices: Vec<[String; 2]>,
    pub(crate) readings: Readings,
    /// The lexicon's words as written, for [`Spelling`].
    lexicon: String,
    spelling: OnceLock<Spelling>,
    initials: OnceLock<Initials>,
}

/// A document in the index.
#[derive(Debug)]
pub(crate) struct Entry {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Its keywords in [`Index::keywords`].
    pub keywords: Range<u32>,
    pub popularity: u8,
}

/// Something that people type for a document: a keyword, a phrase or its name.
#[derive(Debug)]
pub(crate) struct Keyword {
    /// Where it stands in [`Index::keyword_text`]; nowhere where it is the document's name.
    pub text: Range<u32>,
    /// Where its terms stand in [`Index::keyword_terms`].
    pub terms: Range<u32>,
    /// What its terms weigh.
    pub weight: f32,
    /// Whether it has a character that no word of the lexicon covers.
    has_bare: bool,
}

/// What pinyin and typing errors are mended with; made when first needed.
#[derive(Debug)]
pub(crate) struct Spelling {
    pub speller: Speller,
    /// Latin words in lower case, in order.
    pub vocabulary: Vec<String>,
}

/// Terms below this weight are too weak to be kept for a keyword's likeness or from a summary.
pub(crate) const TELLING: f32 = 0.4;

/// One posting in one number, so that one sort of plain numbers builds the index.
const fn pack(key: u64, document: u16, weight: u8) -> u64 {
    (key << (64 - KEY_BITS)) | ((document as u64) << 8) | weight as u64
}

/// Memory used again for every text.
#[derive(Default)]
struct Room {
    atoms: Vec<Atom>,
    text: Understanding,
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
        let mut index = Self {
            variants,
            dictionary: Dictionary::new(
                blob.roles.clone(),
                blob.implies.clone(),
                blob.against.clone(),
            ),
            postings: Vec::new(),
            entries: Vec::with_capacity(shown.len()),
            keywords: Vec::new(),
            keyword_terms: Vec::new(),
            keyword_text: blob.keywords.to_owned(),
            offices: Vec::new(),
            readings: Readings::new(blob.readings),
            lexicon: [blob.words, blob.stop].join("\n"),
            spelling: OnceLock::new(),
            initials: OnceLock::new(),
        };
        let mut room = Room::default();
        index.add_words(&blob, &mut room);
        let mut at = 0;
        for (number, shown) in shown.iter().enumerate() {
            at = index.add(number as u16, shown, at, &mut room);
            index.entries[number].popularity = blob.popularity[number];
        }
        index.settle();
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

    /// A keyword as written.
    pub(crate) fn keyword(&self, number: u32) -> &str {
        let text = &self.keywords[number as usize].text;
        &self.keyword_text[text.start as usize..text.end as usize]
    }

    /// What pinyin and typing errors are mended with.
    pub(crate) fn spelling(&self) -> &Spelling {
        self.spelling.get_or_init(|| self.make_spelling())
    }

    /// The initials of names and keywords; made when first needed.
    pub(crate) fn initials(&self) -> &Initials {
        self.initials.get_or_init(|| Initials::new(self))
    }

    fn add_words(&mut self, blob: &Blob<'_>, room: &mut Room) {
        let mut add = |words: &str, meaning| {
            for word in words.split(BAR) {
                // The lexicon may be written in traditional characters; it is read as queries are.
                text::atoms_into(word, &self.variants, usize::MAX, &mut room.atoms);
                self.dictionary.add(&room.atoms, meaning);
            }
        };
        for (concept, line) in blob.words.split(LINE).enumerate() {
            add(line, Meaning::Concept(concept as u16));
        }
        add(blob.stop, Meaning::Stop);
        for (number, line) in blob.offices.split(LINE).enumerate() {
            let mut parts = line.splitn(3, BAR);
            let mut part = || parts.next().unwrap_or_default();
            self.offices.push([part().to_owned(), part().to_owned()]);
            add(part(), Meaning::Office(number as u16));
        }
        self.dictionary.settle();
    }

    /// Adds a document whose keywords begin at a byte of the keywords' text; returns where the
    /// next document's begin.
    fn add(&mut self, number: u16, shown: &Shown<'_>, from: usize, room: &mut Room) -> usize {
        let first = self.keywords.len() as u32;
        for name in [shown.name_zh, shown.name_en] {
            self.add_likeness(number, name, 0..0, field::NAME, room);
        }
        for summary in [shown.summary_zh, shown.summary_en] {
            self.add_field(number, summary, field::SUMMARY, room);
        }
        let texts = core::mem::take(&mut self.keyword_text);
        let rest = texts.get(from..).unwrap_or_default();
        let line = rest.split(LINE).next().unwrap_or_default();
        let mut weight = field::KEYWORD;
        let mut start = from;
        while start < from + line.len() {
            let rest = &texts[start..from + line.len()];
            let end = start + rest.find([BAR, PHRASES]).unwrap_or(rest.len());
            self.add_likeness(
                number,
                &texts[start..end],
                start as u32..end as u32,
                weight,
                room,
            );
            if texts[end..].starts_with(PHRASES) {
                weight = field::PHRASE;
            }
            start = end + 1;
        }
        let next = from + line.len() + 1;
        self.keyword_text = texts;
        self.entries.push(Entry {
            code: shown.code.to_owned(),
            name_zh: shown.name_zh.to_owned(),
            name_en: shown.name_en.to_owned(),
            keywords: first..self.keywords.len() as u32,
            popularity: 0,
        });
        next
    }

    /// Adds a text that a whole query may be like.
    fn add_likeness(
        &mut self,
        number: u16,
        text: &str,
        place: Range<u32>,
        field: u8,
        room: &mut Room,
    ) {
        let first = self.keyword_terms.len() as u32;
        let (weight, has_bare) = self.add_field(number, text, field, room);
        if weight > 0.0 {
            self.keywords.push(Keyword {
                text: place,
                terms: first..self.keyword_terms.len() as u32,
                weight,
                has_bare,
            });
        }
    }

    /// Adds a text of a document; returns what its terms weigh, and whether it has a character
    /// that no word of the lexicon covers.
    fn add_field(&mut self, number: u16, text: &str, weight: u8, room: &mut Room) -> (f32, bool) {
        text::atoms_into(text, &[], usize::MAX, &mut room.atoms);
        self.dictionary.understand_into(&room.atoms, &mut room.text);
        let is_summary = weight == field::SUMMARY;
        let mut weighs = 0.0;
        for term in &room.text.terms {
            if term.weight >= TELLING {
                weighs += term.weight;
                if !is_summary {
                    self.keyword_terms.push(term.key as u32);
                }
            } else if is_summary || (weight != field::NAME && term.weight < 0.1) {
                continue;
            }
            self.postings.push(pack(term.key, number, weight));
        }
        (weighs, room.text.cover.contains(&Cover::Bare))
    }

    /// Sorts the postings and adds up what a document's fields say of the same term.
    fn settle(&mut self) {
        sort(&mut self.postings);
        let mut kept = 0;
        for at in 0..self.postings.len() {
            let posting = self.postings[at];
            match self.postings[..kept].last_mut() {
                Some(last) if *last >> 8 == posting >> 8 => {
                    let (one, other) = (*last as u8, posting as u8);
                    let sum = one.max(other).saturating_add(one.min(other) / 4);
                    *last = (*last & !0xFF) | u64::from(sum);
                }
                _ => {
                    self.postings[kept] = posting;
                    kept += 1;
                }
            }
        }
        self.postings.truncate(kept);
        self.postings.shrink_to_fit();
    }

    /// The words that pinyin can spell (the lexicon's, and short keywords that say something the
    /// lexicon does not), and the Latin words.
    fn make_spelling(&self) -> Spelling {
        let mut words = Vec::new();
        for (atoms, meaning) in self.dictionary.words() {
            let (cost, is_common) = match meaning {
                Meaning::Concept(concept) => {
                    let having = self.having(concept_key(concept)).len() as u32;
                    // Of words that sound alike the one the catalogue writes: 驾照, not 架照.
                    let is_written =
                        atoms.len() < 2 || !self.having(pair_key(atoms[0], atoms[1])).is_empty();
                    let unwritten = if is_written { 0.0 } else { 0.1 };
                    (0.3 + unwritten - 0.03 * (having + 1).ilog2() as f32, true)
                }
                Meaning::Stop | Meaning::Office(_) => (0.3, false),
            };
            words.push(Word {
                characters: atoms.into(),
                cost,
                is_common,
            });
        }
        for keyword in self.keywords.iter().filter(|keyword| keyword.has_bare) {
            let text = &self.keyword_text[keyword.text.start as usize..keyword.text.end as usize];
            let characters: Box<[u32]> = text::atoms(text, &[], 7)
                .iter()
                .map(|atom| atom.id)
                .collect();
            if matches!(characters.len(), 2..=6) {
                words.push(Word {
                    characters,
                    cost: 0.4,
                    is_common: false,
                });
            }
        }
        words.retain(|word| {
            word.characters
                .iter()
                .all(|character| self.readings.of(*character).next().is_some())
        });
        let mut vocabulary = Vec::new();
        let names = self.entries.iter().map(|entry| entry.name_en.as_str());
        for text in names.chain([self.lexicon.as_str(), self.keyword_text.as_str()]) {
            for word in text.as_bytes().split(|byte| !byte.is_ascii_alphabetic()) {
                if word.len() > 2 {
                    vocabulary.extend(core::str::from_utf8(word).map(str::to_ascii_lowercase));
                }
            }
        }
        vocabulary.sort_unstable();
        vocabulary.dedup();
        Spelling {
            speller: Speller::new(words, &self.readings),
            vocabulary,
        }
    }
}

/// Sorts postings by key and document: digit by digit, from the lowest, which for so many numbers
/// is several times quicker than comparing them. The weight below stays as it is.
fn sort(postings: &mut Vec<u64>) {
    const DIGIT: u32 = 14;
    let mut other = vec![0_u64; postings.len()];
    let mut shift = 8;
    while shift < 64 {
        let mut counts = [0_u32; 1 << DIGIT];
        let digit = |posting: u64| (posting >> shift) as usize & ((1 << DIGIT) - 1);
        for posting in postings.iter() {
            counts[digit(*posting)] += 1;
        }
        let mut place = 0;
        for count in &mut counts {
            place += core::mem::replace(count, place);
        }
        for posting in postings.iter() {
            let place = &mut counts[digit(*posting)];
            other[*place as usize] = *posting;
            *place += 1;
        }
        core::mem::swap(postings, &mut other);
        shift += DIGIT;
    }
}
