//! What has only begun to be typed: one or two characters, or the initials of a name.
//!
//! So little says nothing that could be weighed, but as one types something must appear from the
//! first character on: whatever has the characters in its name or in what people type for it, the
//! most wanted first. `csdj` is 出生登记, and `csd` on the way there.

use crate::answer::{Hit, Reason};
use crate::index::Index;
use crate::lexicon::Role;
use crate::query::{Cover, Meaning, Understanding, concept_key};
use crate::rank::scores;
use crate::text::{Atom, is_word};
use core::ops::Range;

/// Characters that are no more than a beginning.
const CHARACTERS: usize = 2;

/// The longest row of initials looked for.
const INITIALS: usize = 16;

/// From so many letters on, initials may begin inside a name.
const INSIDE: usize = 4;

/// Words that a beginning may become.
const COMPLETIONS: usize = 2;

/// What answering such a word counts.
const COMPLETED: f32 = 0.25;

/// What popularity counts, from 0 to 9, beside 1 for standing in the name.
const WANTED: f32 = 0.06;

/// The first letters of names and of what people type.
#[derive(Debug, Default)]
pub(crate) struct Initials {
    /// For each character the letters its readings begin with, one bit a letter.
    letters: Vec<u32>,
    texts: Vec<Spelt>,
}

/// A text whose initials are known.
#[derive(Debug)]
struct Spelt {
    document: u16,
    /// Its keyword; none where it is the name.
    keyword: Option<u32>,
    /// Where it stands in [`Initials::letters`].
    place: Range<u32>,
}

impl Initials {
    /// Spells the names and keywords of an index.
    pub(crate) fn new(index: &Index) -> Self {
        let mut initials = Self::default();
        for (number, entry) in index.entries.iter().enumerate() {
            initials.add(index, number as u16, None, &entry.name_zh);
            for keyword in entry.keywords.clone() {
                initials.add(index, number as u16, Some(keyword), index.keyword(keyword));
            }
        }
        initials
    }

    fn add(&mut self, index: &Index, document: u16, keyword: Option<u32>, text: &str) {
        let first = self.letters.len() as u32;
        for character in text.chars().filter(|character| !character.is_ascii()) {
            let letters = bits(index, character);
            if letters != 0 {
                self.letters.push(letters);
            }
        }
        let place = first..self.letters.len() as u32;
        if !place.is_empty() {
            self.texts.push(Spelt {
                document,
                keyword,
                place,
            });
        }
    }

    fn of(&self, text: &Spelt) -> &[u32] {
        &self.letters[text.place.start as usize..text.place.end as usize]
    }
}

/// The letters with which the readings of a character begin.
fn bits(index: &Index, character: char) -> u32 {
    index
        .readings
        .of(character as u32)
        .filter_map(|syllable| syllable.first())
        .filter(|letter| letter.is_ascii_lowercase())
        .fold(0, |bits, letter| bits | 1 << (letter - b'a'))
}

/// A document that has what was typed.
struct Match {
    score: f32,
    keyword: Option<u32>,
    /// The matching parts of its names.
    zh: Option<Range<usize>>,
    en: Option<Range<usize>>,
}

/// The documents that have what was begun, best first.
pub(crate) fn begun(
    index: &Index,
    query: &str,
    atoms: &[Atom],
    text: &Understanding,
    limit: usize,
) -> Vec<Hit> {
    let is_elsewhere = |cover: &Cover| matches!(cover, Cover::Office(_));
    if text.cover.iter().any(is_elsewhere) {
        return Vec::new();
    }
    let mut matches: Vec<Option<Match>> = Vec::new();
    matches.resize_with(index.entries.len(), || None);
    if let Some(letters) = one_word(query, atoms) {
        by_initials(index, &letters, &mut matches);
        if letters.len() <= CHARACTERS {
            by_english(index, &letters, &mut matches);
        }
    } else if atoms.len() <= CHARACTERS && atoms.iter().all(|atom| !is_word(atom.id)) {
        let typed: String = atoms
            .iter()
            .filter_map(|atom| char::from_u32(atom.id))
            .collect();
        let says_nothing = text.found.iter().any(|found| {
            let cover = text.cover[usize::from(found.from)];
            matches!(cover, Cover::Stop(_))
        });
        if !typed.is_empty() {
            by_characters(index, &typed, says_nothing, &mut matches);
            let ids: Vec<u32> = atoms.iter().map(|atom| atom.id).collect();
            for word in completions(index, &ids) {
                prefer(index, &word, &mut matches);
            }
        }
    }
    best(index, matches, limit)
}

/// The documents whose whole name has these initials: nobody types so many by chance.
pub(crate) fn named(index: &Index, query: &str, atoms: &[Atom], limit: usize) -> Vec<Hit> {
    let mut matches: Vec<Option<Match>> = Vec::new();
    let Some(letters) = one_word(query, atoms).filter(|letters| letters.len() >= INSIDE) else {
        return Vec::new();
    };
    matches.resize_with(index.entries.len(), || None);
    by_initials(index, &letters, &mut matches);
    for found in &mut matches {
        if found.as_ref().is_some_and(|found| found.score < WHOLE) {
            *found = None;
        }
    }
    best(index, matches, limit)
}

/// The query in lower case, where it is one Latin word.
fn one_word(query: &str, atoms: &[Atom]) -> Option<Vec<u8>> {
    let typed = query.trim().as_bytes();
    let is_one = atoms.len() == 1
        && typed.len() <= INITIALS
        && typed.iter().all(|letter| letter.is_ascii_alphabetic());
    is_one.then(|| typed.to_ascii_lowercase())
}

/// From this score on the whole name is meant.
const WHOLE: f32 = 2.0;

fn by_initials(index: &Index, typed: &[u8], matches: &mut [Option<Match>]) {
    let initials = index.initials();
    let begins = |letters: &[u32]| {
        letters.len() >= typed.len()
            && letters
                .iter()
                .zip(typed)
                .all(|(bits, letter)| bits >> (letter - b'a') & 1 == 1)
    };
    for text in &initials.texts {
        let letters = initials.of(text);
        let is_name = text.keyword.is_none();
        let (at, worth) = if begins(letters) {
            let worth = match (is_name, letters.len() == typed.len()) {
                (true, true) => WHOLE,
                (true, false) => 1.0,
                (false, true) => 0.95,
                (false, false) => 0.8,
            };
            (0, worth)
        } else if is_name && typed.len() >= INSIDE {
            match (1..letters.len()).find(|at| begins(&letters[*at..])) {
                Some(at) => (at, 0.6),
                None => continue,
            }
        } else {
            continue;
        };
        let entry = &index.entries[usize::from(text.document)];
        let zh = is_name.then(|| {
            let mut spelt = entry
                .name_zh
                .char_indices()
                .filter(|(_, character)| !character.is_ascii() && bits(index, *character) != 0)
                .skip(at)
                .map(|(place, character)| place..place + character.len_utf8());
            let first = spelt.next().unwrap_or_default();
            first.start..spelt.take(typed.len() - 1).last().unwrap_or(first).end
        });
        keep(
            &mut matches[usize::from(text.document)],
            Match {
                score: worth + WANTED * f32::from(entry.popularity),
                keyword: text.keyword,
                zh,
                en: None,
            },
        );
    }
}

fn by_english(index: &Index, typed: &[u8], matches: &mut [Option<Match>]) {
    for (entry, slot) in index.entries.iter().zip(matches) {
        let name = entry.name_en.as_bytes();
        let begins = |at: &usize| {
            let is_start = *at == 0 || !name[*at - 1].is_ascii_alphanumeric();
            is_start
                && name[*at..]
                    .get(..typed.len())
                    .is_some_and(|begin| begin.eq_ignore_ascii_case(typed))
        };
        if let Some(at) = (0..name.len()).find(begins) {
            keep(
                slot,
                Match {
                    score: 0.8 + WANTED * f32::from(entry.popularity),
                    keyword: None,
                    zh: None,
                    en: Some(at..at + typed.len()),
                },
            );
        }
    }
}

/// `says_nothing`: stop words count where a name has them, not in all that people type.
fn by_characters(index: &Index, typed: &str, says_nothing: bool, matches: &mut [Option<Match>]) {
    for (entry, slot) in index.entries.iter().zip(matches) {
        let wanted = WANTED * f32::from(entry.popularity);
        if let Some(at) = entry.name_zh.find(typed) {
            let zh = Some(at..at + typed.len());
            keep(
                slot,
                Match {
                    score: 1.0 + wanted,
                    keyword: None,
                    zh,
                    en: None,
                },
            );
        }
        if says_nothing {
            continue;
        }
        for keyword in entry.keywords.clone() {
            let text = index.keyword(keyword);
            if text.contains(typed) {
                let worth = if text.starts_with(typed) { 0.9 } else { 0.8 };
                keep(
                    slot,
                    Match {
                        score: worth + wanted,
                        keyword: Some(keyword),
                        zh: None,
                        en: None,
                    },
                );
            }
        }
    }
}

/// The subjects that the typed characters begin, those that most documents have first: 护 is on
/// the way to 护照.
fn completions(index: &Index, typed: &[u32]) -> Vec<String> {
    let dictionary = &index.dictionary;
    let mut words: Vec<(usize, &[u32])> = dictionary
        .words()
        .filter(|(word, _)| word.len() > typed.len() && word.starts_with(typed))
        .filter_map(|(word, meaning)| match meaning {
            Meaning::Concept(concept)
                if matches!(
                    dictionary.roles.get(usize::from(concept)),
                    Some(Role::Subject)
                ) =>
            {
                Some((index.having(concept_key(concept)).len(), word))
            }
            _ => None,
        })
        .collect();
    words.sort_by_key(|(having, word)| (core::cmp::Reverse(*having), word.len()));
    let text = |word: &[u32]| word.iter().filter_map(|id| char::from_u32(*id)).collect();
    words.dedup_by_key(|(having, _)| *having);
    words
        .iter()
        .take(COMPLETIONS)
        .map(|(_, word)| text(word))
        .collect()
}

/// Lifts the documents that answer a completed word, as far as they answer it.
fn prefer(index: &Index, word: &str, matches: &mut [Option<Match>]) {
    let scores = scores(index, word);
    let most = scores.first().map_or(1.0, |(_, score)| *score);
    for (document, score) in scores {
        if let Some(found) = &mut matches[document] {
            found.score += COMPLETED * score / most;
        }
    }
}

/// Keeps the better of two matches of a document.
fn keep(slot: &mut Option<Match>, found: Match) {
    if slot.as_ref().is_none_or(|kept| kept.score < found.score) {
        *slot = Some(found);
    }
}

fn best(index: &Index, matches: Vec<Option<Match>>, limit: usize) -> Vec<Hit> {
    let mut hits: Vec<Hit> = matches
        .into_iter()
        .enumerate()
        .filter_map(|(document, found)| {
            let found = found?;
            let reason = found.keyword.map_or(Reason::Name, |keyword| {
                Reason::Keyword(index.keyword(keyword).to_owned())
            });
            Some(Hit {
                document,
                score: found.score,
                name_zh: found.zh.into_iter().collect(),
                name_en: found.en.into_iter().collect(),
                reason,
            })
        })
        .collect();
    hits.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(one.document.cmp(&other.document))
    });
    hits.truncate(limit);
    hits
}
