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
use crate::asked::{Asked, is_against, name_terms, nearness};
use crate::begun::{begun, named};
use crate::cover::covered;
use crate::explain::{elsewhere, hit, reason};
use crate::index::Index;
use crate::meant::meanings;
use crate::query::Understanding;
use crate::text::Atom;

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
    let asked = Asked::new(index, &atoms, &text);
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
    // What is shown as the reason is in the letters of the question: nobody who asks in Chinese
    // learns anything from “fix hukou”.
    let mut nearest_shown = 0.3;
    for number in entry.keywords.clone() {
        let keyword = &index.keywords[number as usize];
        let near = nearness(asked, index, keyword);
        if near > nearest {
            nearest = near;
        }
        if near >= nearest_shown
            && near > 0.0
            && (candidate.keyword.is_none() || near > nearest_shown)
            && (keyword.text.is_empty() || index.keyword(number).is_ascii() == asked.is_latin)
        {
            nearest_shown = near;
            candidate.keyword = Some(number);
        }
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
