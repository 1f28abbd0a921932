//! What a query asks of every document, looked up once: the terms and who has them, what each is
//! worth, and what speaks against a document.

use crate::index::{Index, Keyword, TELLING};
use crate::query::{Cover, Meaning, Understanding, concept_key};
use crate::text::{Atom, is_word};

/// A query's terms with where they are found, looked up once.
pub(crate) struct Asked<'a> {
    /// For each term of the query: who has it, and what it is worth.
    pub(crate) terms: Vec<(&'a [u64], f32)>,
    /// Low half of each key and what it is worth, in order, one a key.
    pub(crate) keys: Vec<(u32, f32)>,
    /// What all terms are worth.
    pub(crate) worth: f32,
    /// What all terms weigh.
    pub(crate) said: f32,
    /// Whether the query is a subject and nothing else: 护照.
    pub(crate) is_bare: bool,
    /// Whether it is typed in Latin letters only.
    pub(crate) is_latin: bool,
    /// Concepts that a name should not have, each with what excuses it.
    against: Vec<(u32, Vec<u32>)>,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(index: &'a Index, atoms: &[Atom], text: &Understanding) -> Self {
        let all = index.entries.len();
        let mut asked = Self {
            terms: Vec::with_capacity(text.terms.len()),
            keys: Vec::with_capacity(text.terms.len()),
            worth: 0.0,
            said: 0.0,
            is_bare: is_bare(index, text),
            is_latin: atoms.iter().all(|atom| is_word(atom.id)),
            against: against(index, text),
        };
        for term in &text.terms {
            let having = index.having(term.key);
            let worth = term.weight * rarity(having.len(), all);
            asked.worth += worth;
            asked.terms.push((having, worth));
            if term.weight >= TELLING {
                asked.said += term.weight;
                asked.keys.push((term.key as u32, term.weight));
            }
        }
        asked.keys.sort_unstable_by_key(|pair| pair.0);
        asked.keys.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        asked
    }
}

/// How rare something is that `having` of `all` documents have, 0 to about 1.
fn rarity(having: usize, all: usize) -> f32 {
    let (having, all) = (having as f32, all as f32);
    logarithm(1.0 + (all - having + 0.5) / (having + 0.5)) / logarithm(1.0 + all * 2.0)
}

/// Roughly the binary logarithm, of plain arithmetic only: `ln` may differ in its last bit between
/// machines, and every machine must rank alike.
fn logarithm(value: f32) -> f32 {
    let bits = value.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = f32::from_bits((bits & 0x007F_FFFF) | 0x3F80_0000);
    exponent + (mantissa - 1.0) * (1.347 - 0.347 * (mantissa - 1.0))
}

/// Whether a query is a subject and nothing else.
fn is_bare(index: &Index, text: &Understanding) -> bool {
    let mut subjects = 0;
    for found in &text.found {
        match text.cover[usize::from(found.from)] {
            Cover::Concept(_) if index.dictionary.is_subject(*found) => subjects += 1,
            Cover::Stop(_) => {}
            _ => return false,
        }
    }
    subjects == 1 && !text.cover.contains(&Cover::Bare)
}

/// The concepts that speak against a document, for each concept of the query that has some; one
/// that also has a concept of the same kind as the query's is excused (首次、换发、补发).
fn against(index: &Index, text: &Understanding) -> Vec<(u32, Vec<u32>)> {
    let dictionary = &index.dictionary;
    if dictionary.against.is_empty() {
        return Vec::new();
    }
    let meant: Vec<u16> = text
        .found
        .iter()
        .flat_map(|found| dictionary.meanings(*found))
        .filter_map(|meaning| match meaning {
            Meaning::Concept(concept) => Some(concept),
            Meaning::Stop | Meaning::Office(_) => None,
        })
        .collect();
    let low = |concept: u16| concept_key(concept) as u32;
    let mut against = Vec::new();
    for (concept, other) in &dictionary.against {
        if !meant.contains(concept) || meant.contains(other) {
            continue;
        }
        let same_kind = dictionary.against.iter().filter(|pair| pair.1 == *other);
        let excuses = same_kind.map(|pair| low(pair.0)).collect();
        against.push((low(*other), excuses));
    }
    against
}

/// Whether a document's name has what the query speaks against.
pub(crate) fn is_against(index: &Index, asked: &Asked<'_>, document: u16) -> bool {
    if asked.against.is_empty() {
        return false;
    }
    let terms = name_terms(index, document);
    asked.against.iter().any(|(other, excuses)| {
        terms.contains(other) && !excuses.iter().any(|excuse| terms.contains(excuse))
    })
}

/// How near a keyword comes to the query: the share of each that the other has.
pub(crate) fn nearness(asked: &Asked<'_>, index: &Index, keyword: &Keyword) -> f32 {
    let terms = &index.keyword_terms[keyword.terms.start as usize..keyword.terms.end as usize];
    let mut shared = 0.0;
    for (at, key) in terms.iter().enumerate() {
        if let Ok(found) = asked.keys.binary_search_by_key(key, |pair| pair.0)
            && !terms[..at].contains(key)
        {
            shared += asked.keys[found].1;
        }
    }
    if shared == 0.0 {
        return 0.0;
    }
    // A long question still comes near a short keyword: the power of 3/4.
    let of_query = (shared / asked.said).min(1.0);
    of_query.sqrt() * of_query.sqrt().sqrt() * (shared / keyword.weight).min(1.0)
}

/// The low halves of the keys that a document's names have.
pub(crate) fn name_terms(index: &Index, document: u16) -> Vec<u32> {
    let keywords = index.entries[usize::from(document)].keywords.clone();
    let names = keywords
        .map(|number| &index.keywords[number as usize])
        .filter(|keyword| keyword.text.is_empty());
    let mut terms = Vec::new();
    for name in names {
        let place = name.terms.start as usize..name.terms.end as usize;
        terms.extend_from_slice(&index.keyword_terms[place]);
    }
    terms
}
