//! Which documents answer, in which order, and whether any does.
//!
//! Two stages. First every term of the query adds to the documents that have it: its weight, times
//! how rare it is, times how strongly the document's fields have it (name before keywords before
//! summary, saturating, as BM25F does). Then the best are looked at closely: how much of what the
//! query says each covers, and how near one of its keywords comes to the whole query. Popularity
//! only settles what words leave open.
//!
//! A document answers if it covers enough of what the query says; stop words say nothing, a word of
//! another office says a lot. If none does, the answer is "none", with the nearest to offer.

use crate::answer::{Answer, Hit, Reason};
use crate::begun::{begun, named};
use crate::explain::{elsewhere, hit, reason};
use crate::index::{Index, Keyword, TELLING};
use crate::meant::meanings;
use crate::query::{Cover, Meaning, Understanding, concept_key};
use crate::text::{Atom, is_word};

/// How many documents are looked at closely.
const CLOSELY: usize = 24;

/// The share of a query's meaning that a document must cover to answer it.
const ENOUGH: f32 = 0.42;

/// From this weight on a name or a keyword of the document has the term.
const SURE: u8 = 30;

/// What a document loses whose name has what the query speaks against.
const AGAINST: f32 = 0.25;

/// What a bare subject weighs at least.
const BARE: f32 = 1.8;

/// How many documents are offered where none answers.
const NEAREST: usize = 3;

struct Candidate {
    document: u16,
    score: f32,
    /// The score as if popularity counted for any query alike; what meanings are compared by.
    likeness: f32,
    covered: f32,
    keyword: Option<u32>,
}

/// A query understood and its candidates, best first.
struct Ranked {
    atoms: Vec<Atom>,
    text: Understanding,
    candidates: Vec<Candidate>,
}

impl Ranked {
    /// How well the best candidate answers, with whether it does before how much.
    fn worth(&self, likely: f32) -> f32 {
        let Some(best) = self.candidates.first() else {
            return 0.0;
        };
        let likeness = self
            .candidates
            .iter()
            .map(|candidate| candidate.likeness)
            .fold(0.0, f32::max);
        if best.covered * likely.sqrt() >= ENOUGH {
            2.0 + likeness * likely
        } else {
            likeness * likely
        }
    }
}

fn rank(index: &Index, query: &str) -> Ranked {
    let atoms = index.query_atoms(query);
    let text = index.dictionary.understand(&atoms);
    let asked = Asked::new(index, &text);
    let mut candidates = candidates(index, &asked);
    for candidate in &mut candidates {
        look_closely(index, &atoms, &text, &asked, candidate);
    }
    candidates.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(one.document.cmp(&other.document))
    });
    Ranked {
        atoms,
        text,
        candidates,
    }
}

pub(crate) fn answer(index: &Index, query: &str, limit: usize) -> Answer {
    if let Some(document) = by_code(index, query) {
        return Answer {
            hits: vec![hit(index, document, 1.0, Reason::Code, &[])],
            confidence: 1.0,
            ..Answer::default()
        };
    }
    let mut ranked = rank(index, query);
    let mut worth = ranked.worth(1.0);
    let mut understood = None;
    for meant in meanings(index, query, &ranked.atoms, &ranked.text) {
        let other = rank(index, &meant.text);
        let other_worth = other.worth(meant.likely);
        if other_worth > worth {
            (ranked, worth, understood) = (other, other_worth, Some(meant.text));
        }
    }
    // `meanings` reads letters as words; the initials of a whole name are surer still.
    let atoms = index.query_atoms(query);
    let named = named(index, query, &atoms, limit);
    let is_enough = worth >= 2.0;
    if !is_enough || !named.is_empty() {
        let typed = index.dictionary.understand(&atoms);
        let begun = begun(index, query, &atoms, &typed, limit);
        let hits = if named.is_empty() { begun } else { named };
        if !hits.is_empty() {
            return Answer {
                hits,
                confidence: 1.0,
                ..Answer::default()
            };
        }
    }
    let confidence = ranked.candidates.first().map_or(0.0, |best| best.covered);
    let meant = understood.as_deref().unwrap_or(query);
    let Ranked {
        atoms,
        text,
        candidates,
    } = &ranked;
    let wanted = if is_enough { limit } else { NEAREST.min(limit) };
    let hits: Vec<Hit> = candidates
        .iter()
        .take(wanted)
        .map(|candidate| {
            let document = usize::from(candidate.document);
            let reason = reason(index, meant, atoms, text, document, candidate.keyword);
            hit(index, document, candidate.score, reason, &text.terms)
        })
        .collect();
    let elsewhere = elsewhere(index, meant, atoms, text);
    let (hits, nearest) = if is_enough {
        (hits, Vec::new())
    } else {
        (Vec::new(), hits)
    };
    Answer {
        hits,
        nearest,
        confidence,
        understood,
        elsewhere,
    }
}

/// The document whose code was typed: `HJ-001`, `hj001`.
fn by_code(index: &Index, query: &str) -> Option<usize> {
    let mut wanted = [0_u8; 5];
    let mut length = 0;
    for byte in query
        .trim()
        .bytes()
        .filter(|byte| *byte != b'-' && *byte != b' ')
    {
        *wanted.get_mut(length)? = byte.to_ascii_uppercase();
        length += 1;
    }
    if length < 5 {
        return None;
    }
    index.entries.iter().position(|entry| {
        let code = entry.code.bytes().filter(|byte| *byte != b'-');
        code.eq(wanted)
    })
}

/// A query's terms with where they are found, looked up once.
struct Asked<'a> {
    /// For each term of the query: who has it, and what it is worth.
    terms: Vec<(&'a [u64], f32)>,
    /// Low half of each key and what it is worth, in order, one a key.
    keys: Vec<(u32, f32)>,
    /// What all terms are worth.
    worth: f32,
    /// What all terms weigh.
    said: f32,
    /// Whether the query is a subject and nothing else: 护照.
    is_bare: bool,
    /// Concepts that a name should not have, each with what excuses it.
    against: Vec<(u32, Vec<u32>)>,
}

impl<'a> Asked<'a> {
    fn new(index: &'a Index, text: &Understanding) -> Self {
        let all = index.entries.len();
        let mut asked = Self {
            terms: Vec::with_capacity(text.terms.len()),
            keys: Vec::with_capacity(text.terms.len()),
            worth: 0.0,
            said: 0.0,
            is_bare: is_bare(index, text),
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

/// The documents that have terms of the query, best first, with their scores out of one.
fn candidates(index: &Index, asked: &Asked<'_>) -> Vec<Candidate> {
    let mut scores = vec![0.0_f32; index.entries.len()];
    for (having, worth) in &asked.terms {
        for posting in *having {
            let strength = (*posting & 0xFF) as f32;
            scores[(*posting >> 8) as usize & 0xFFFF] += worth * strength / (strength + 33.0);
        }
    }
    let mut ranked: Vec<u64> = Vec::new();
    for (document, score) in scores.iter().enumerate().filter(|(_, score)| **score > 0.0) {
        ranked.push((u64::from(score.to_bits()) << 16) | (0xFFFF - document as u64));
    }
    ranked.sort_unstable();
    let documents = ranked
        .iter()
        .rev()
        .take(CLOSELY)
        .map(|packed| 0xFFFF - (packed & 0xFFFF) as u16);
    documents
        .map(|document| Candidate {
            document,
            score: scores[usize::from(document)] / asked.worth,
            likeness: 0.0,
            covered: 0.0,
            keyword: None,
        })
        .collect()
}

/// How surely a document has a term: 1 where its name or a keyword has it.
fn surely(having: &[u64], document: u16) -> f32 {
    let at = having.partition_point(|posting| ((*posting >> 8) as u16) < document);
    match having.get(at) {
        Some(posting) if (*posting >> 8) as u16 != document => 0.0,
        Some(posting) if *posting as u8 >= SURE => 1.0,
        Some(_) => 0.7,
        None => 0.0,
    }
}

fn look_closely(
    index: &Index,
    atoms: &[Atom],
    text: &Understanding,
    asked: &Asked<'_>,
    candidate: &mut Candidate,
) {
    let surely: Vec<f32> = asked
        .terms
        .iter()
        .map(|(having, _)| surely(having, candidate.document))
        .collect();
    candidate.covered = covered(index, atoms, text, &surely);
    let entry = &index.entries[usize::from(candidate.document)];
    let mut nearest = 0.0;
    for number in entry.keywords.clone() {
        let near = nearness(asked, index, &index.keywords[number as usize]);
        if near > nearest {
            nearest = near;
            candidate.keyword = Some(number);
        }
    }
    if nearest < 0.3 {
        candidate.keyword = None;
    }
    // A single word leaves more open than a whole question, and a bare subject nearly all.
    let popularity = f32::from(entry.popularity);
    let open = if asked.said < 4.0 { 0.04 } else { 0.014 };
    let score = candidate.score + 0.4 * candidate.covered;
    candidate.likeness = score + 0.5 * nearest + open * popularity;
    // Only for what is named after the subject: else the most popular would answer everything.
    let is_named = asked.is_bare && {
        let terms = name_terms(index, candidate.document);
        asked
            .keys
            .iter()
            .any(|(key, weight)| *weight >= BARE && terms.contains(key))
    };
    candidate.score = if is_named {
        score + 0.25 * nearest + 0.08 * popularity
    } else {
        candidate.likeness
    };
    if is_against(index, asked, candidate.document) {
        candidate.score -= AGAINST;
    }
}

/// The documents that have a query's terms, each with its score.
pub(crate) fn scores(index: &Index, query: &str) -> Vec<(usize, f32)> {
    let candidates = rank(index, query).candidates;
    candidates
        .iter()
        .map(|candidate| (usize::from(candidate.document), candidate.score))
        .collect()
}

/// The low halves of the keys that a document's names have.
fn name_terms(index: &Index, document: u16) -> Vec<u32> {
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
fn is_against(index: &Index, asked: &Asked<'_>, document: u16) -> bool {
    if asked.against.is_empty() {
        return false;
    }
    let terms = name_terms(index, document);
    asked.against.iter().any(|(other, excuses)| {
        terms.contains(other) && !excuses.iter().any(|excuse| terms.contains(excuse))
    })
}

/// How much of what the query says a document has, 0 to 1.
///
/// Words outside the lexicon count less, and not without end, once the subject is met: a story
/// told around 护照 is still about a passport. Without the subject they count in full.
fn covered(index: &Index, atoms: &[Atom], text: &Understanding, surely: &[f32]) -> f32 {
    let mut said = 0.0;
    let mut had = 0.0;
    let mut has_subject = false;
    for found in &text.found {
        let is_office = match text.cover[usize::from(found.from)] {
            Cover::Concept(_) => false,
            Cover::Office(_) => true,
            Cover::Bare | Cover::Stop(_) => continue,
        };
        let mut mass: f32 = 0.0;
        let mut met: f32 = 0.0;
        for (term, surely) in text.terms.iter().zip(surely) {
            if term.from < found.from || term.to > found.to {
                continue;
            }
            let is_whole = (term.from, term.to) == (found.from, found.to) && term.weight >= 1.4;
            if is_whole {
                mass = mass.max(term.weight);
            }
            if is_whole || (!is_office && term.weight >= 0.4) {
                met = met.max(term.weight * surely);
            }
        }
        if is_office {
            // Speaking of another office's business is not yet dealing with it.
            (mass, met) = (4.0, met * 0.6);
        }
        // One character alone is too often part of another word: 分 is not always 记分.
        let is_clear = found.to - found.from > 1 || is_word(atoms[usize::from(found.from)].id);
        has_subject |= is_clear && met >= 0.6 * mass && index.dictionary.is_subject(*found);
        said += mass;
        had += met;
    }
    let mut share = vec![0.0_f32; atoms.len()];
    for (term, surely) in text.terms.iter().zip(surely) {
        let is_alone = term.to - term.from == 1 && !is_word(atoms[usize::from(term.from)].id);
        let worth = if is_alone { 0.3 * surely } else { *surely };
        for share in &mut share[usize::from(term.from)..usize::from(term.to)] {
            *share = share.max(worth);
        }
    }
    let mut bare_said = 0.0;
    let mut bare_had = 0.0;
    for (at, atom) in atoms
        .iter()
        .enumerate()
        .filter(|(at, _)| text.cover[*at] == Cover::Bare)
    {
        let mass = bare_mass(atom);
        bare_said += mass;
        bare_had += mass * share[at];
    }
    if has_subject {
        let missing = ((bare_said - bare_had) * 0.6).min(2.4);
        bare_had *= 0.6;
        bare_said = bare_had + missing;
    } else {
        // Without a subject a document must have nearly everything.
        had *= 0.75;
        bare_had *= 0.7;
    }
    said += bare_said;
    if said > 0.0 {
        (had + bare_had) / said
    } else {
        0.0
    }
}

/// What something that the lexicon does not know counts. A number says little: 200块.
fn bare_mass(atom: &Atom) -> f32 {
    match (is_word(atom.id), atom.is_number) {
        (true, true) => 0.5,
        (true, false) => 2.0,
        _ => 1.0,
    }
}

/// How near a keyword comes to the query: the share of each that the other has.
fn nearness(asked: &Asked<'_>, index: &Index, keyword: &Keyword) -> f32 {
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
