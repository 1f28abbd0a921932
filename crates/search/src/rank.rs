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

use crate::answer::{Answer, Elsewhere, Hit, Reason};
use crate::index::Index;
use crate::query::{Cover, Meaning, Term, Understanding};
use crate::text::{Atom, is_word};
use core::ops::Range;

/// How many documents are looked at closely.
const CLOSELY: usize = 24;

/// The share of a query's meaning that a document must cover to answer it.
const ENOUGH: f32 = 0.5;

/// How many documents are offered where none answers.
const NEAREST: usize = 3;

struct Candidate {
    document: u16,
    score: f32,
    covered: f32,
    keyword: Option<u16>,
}

pub(crate) fn answer(index: &Index, query: &str, limit: usize) -> Answer {
    let atoms = index.query_atoms(query);
    if let Some(document) = by_code(index, query) {
        return Answer {
            hits: vec![hit(index, document, 1.0, Reason::Code, &[])],
            ..Answer::default()
        };
    }
    let text = index.dictionary.understand(&atoms);
    let mut candidates = candidates(index, &text);
    for candidate in &mut candidates {
        look_closely(index, &atoms, &text, candidate);
    }
    candidates.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then(one.document.cmp(&other.document))
    });
    let best = candidates.first().map_or(0.0, |best| best.covered);
    let is_enough = best >= ENOUGH;
    let wanted = if is_enough { limit } else { NEAREST.min(limit) };
    let hits: Vec<Hit> = candidates
        .iter()
        .take(wanted)
        .map(|candidate| {
            let document = usize::from(candidate.document);
            let reason = reason(index, query, &atoms, &text, candidate);
            hit(index, document, candidate.score, reason, &text.terms)
        })
        .collect();
    let elsewhere = elsewhere(index, query, &atoms, &text);
    let (hits, nearest) = if is_enough {
        (hits, Vec::new())
    } else {
        (Vec::new(), hits)
    };
    Answer {
        hits,
        nearest,
        understood: None,
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

/// How rare something is that `having` of `all` documents have.
fn rarity(having: usize, all: usize) -> f32 {
    let (having, all) = (having as f32, all as f32);
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln() / (1.0 + all * 2.0).ln()
}

/// The documents that have terms of the query, best first, with their scores out of one.
fn candidates(index: &Index, text: &Understanding) -> Vec<Candidate> {
    let all = index.entries.len();
    let mut scores = vec![0.0_f32; all];
    let mut most = 0.0;
    for term in &text.terms {
        let having = index.having(term.key);
        let worth = term.weight * rarity(having.len(), all);
        most += worth;
        for posting in having {
            let strength = (*posting & 0xFF) as f32;
            scores[(*posting >> 8) as usize & 0xFFFF] += worth * strength / (strength + 40.0);
        }
    }
    let mut ranked: Vec<u64> = scores
        .iter()
        .enumerate()
        .filter(|(_, score)| **score > 0.0)
        .map(|(document, score)| (u64::from(score.to_bits()) << 16) | (0xFFFF - document as u64))
        .collect();
    ranked.sort_unstable_by(|one, other| other.cmp(one));
    ranked.truncate(CLOSELY);
    ranked
        .iter()
        .map(|packed| {
            let document = 0xFFFF - (packed & 0xFFFF) as u16;
            Candidate {
                document,
                score: scores[usize::from(document)] / most,
                covered: 0.0,
                keyword: None,
            }
        })
        .collect()
}

/// Whether a document has a term, and how strongly, 0 to 1.
fn strength(index: &Index, key: u64, document: u16) -> f32 {
    let having = index.having(key);
    let at = having.partition_point(|posting| ((*posting >> 8) as u16) < document);
    match having.get(at) {
        Some(posting) if (*posting >> 8) as u16 == document => 1.0,
        _ => 0.0,
    }
}

fn look_closely(index: &Index, atoms: &[Atom], text: &Understanding, candidate: &mut Candidate) {
    candidate.covered = covered(index, atoms, text, candidate.document);
    let entry = &index.entries[usize::from(candidate.document)];
    let mut nearest = 0.0;
    for (number, keyword) in entry.keywords.iter().enumerate() {
        let near = nearness(index, text, &keyword.terms);
        if near > nearest {
            nearest = near;
            candidate.keyword = Some(number as u16);
        }
    }
    if nearest < 0.3 {
        candidate.keyword = None;
    }
    candidate.score += 0.8 * nearest + 0.3 * candidate.covered + 0.02 * f32::from(entry.popularity);
}

/// How much of what the query says a document has, 0 to 1.
fn covered(index: &Index, atoms: &[Atom], text: &Understanding, document: u16) -> f32 {
    let mut said = 0.0;
    let mut answered = 0.0;
    for (at, atom) in atoms.iter().enumerate() {
        match text.cover[at] {
            Cover::Stop => {}
            Cover::Bare => {
                let mass = if is_word(atom.id) { 1.6 } else { 0.8 };
                said += mass;
                let mut share: f32 = 0.0;
                for term in &text.terms {
                    if usize::from(term.from) <= at && at < usize::from(term.to) {
                        let alone = if term.to - term.from == 1 && !is_word(atom.id) {
                            0.3
                        } else {
                            1.0
                        };
                        share = share.max(alone * strength(index, term.key, document));
                    }
                }
                answered += mass * share;
            }
            Cover::Concept(number) | Cover::Office(number) => {
                let found = text.found[usize::from(number)];
                if usize::from(found.from) != at {
                    continue;
                }
                let mut mass: f32 = 3.0;
                let mut share: f32 = 0.0;
                for term in &text.terms {
                    if term.from >= found.from && term.to <= found.to && term.weight >= 0.7 {
                        mass = mass.min(term.weight.max(1.4));
                        share = share.max(strength(index, term.key, document));
                    }
                }
                if let Cover::Office(_) = text.cover[at] {
                    mass = 4.0;
                }
                said += mass;
                answered += mass * share;
            }
        }
    }
    if said > 0.0 { answered / said } else { 0.0 }
}

/// How near a keyword comes to the query: the shared share of both.
fn nearness(index: &Index, text: &Understanding, terms: &Range<u32>) -> f32 {
    let keyword = &index.keyword_terms[terms.start as usize..terms.end as usize];
    if keyword.is_empty() {
        return 0.0;
    }
    let mut said = 0.0;
    let mut shared = 0.0;
    let mut met = 0;
    for term in &text.terms {
        said += term.weight;
        if keyword.contains(&(term.key as u32)) {
            shared += term.weight;
            met += 1;
        }
    }
    if said == 0.0 {
        return 0.0;
    }
    let back = (met as f32 / keyword.len() as f32).min(1.0);
    shared / said * back
}

fn reason(
    index: &Index,
    query: &str,
    atoms: &[Atom],
    text: &Understanding,
    candidate: &Candidate,
) -> Reason {
    let entry = &index.entries[usize::from(candidate.document)];
    if let Some(number) = candidate.keyword {
        return Reason::Keyword(entry.keywords[usize::from(number)].text.clone());
    }
    if !marks(index, &entry.name_zh, &text.terms, false).is_empty() {
        return Reason::Name;
    }
    let name_atoms = crate::text::atoms(&entry.name_zh, &index.variants, usize::MAX);
    let name = index.dictionary.understand(&name_atoms);
    for found in &text.found {
        for term in &text.terms {
            if term.from != found.from || term.to != found.to {
                continue;
            }
            if let Some(same) = name.terms.iter().find(|other| other.key == term.key) {
                return Reason::Synonym {
                    typed: slice(query, atoms, found.from, found.to),
                    means: slice(&entry.name_zh, &name_atoms, same.from, same.to),
                };
            }
        }
    }
    Reason::Summary
}

fn slice(text: &str, atoms: &[Atom], from: u16, to: u16) -> String {
    let start = atoms[usize::from(from)].start as usize;
    let end = atoms[usize::from(to) - 1].end as usize;
    text[start..end].to_owned()
}

fn elsewhere(
    index: &Index,
    query: &str,
    atoms: &[Atom],
    text: &Understanding,
) -> Option<Elsewhere> {
    for found in &text.found {
        for meaning in index.dictionary.meanings(*found) {
            if let Meaning::Office(number) = meaning {
                let [zh, en] = index.offices[usize::from(number)].clone();
                if zh.is_empty() {
                    continue;
                }
                return Some(Elsewhere {
                    typed: slice(query, atoms, found.from, found.to),
                    zh,
                    en,
                });
            }
        }
    }
    None
}

/// The parts of a name that have terms of the query.
fn marks(index: &Index, name: &str, terms: &[Term], with_singles: bool) -> Vec<Range<usize>> {
    let atoms = crate::text::atoms(name, &index.variants, usize::MAX);
    let mut is_marked = vec![false; atoms.len()];
    for own in index.dictionary.understand(&atoms).terms {
        let is_single = own.to - own.from == 1 && !is_word(atoms[usize::from(own.from)].id);
        if (with_singles || !is_single) && terms.iter().any(|term| term.key == own.key) {
            is_marked[usize::from(own.from)..usize::from(own.to)].fill(true);
        }
    }
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (at, atom) in atoms.iter().enumerate().filter(|(at, _)| is_marked[*at]) {
        let (start, end) = (atom.start as usize, atom.end as usize);
        match ranges.last_mut() {
            Some(last) if at > 0 && is_marked[at - 1] => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}

fn hit(index: &Index, document: usize, score: f32, reason: Reason, terms: &[Term]) -> Hit {
    let entry = &index.entries[document];
    let marked = |name: &str| {
        let ranges = marks(index, name, terms, false);
        if ranges.is_empty() {
            marks(index, name, terms, true)
        } else {
            ranges
        }
    };
    Hit {
        document,
        score,
        name_zh: marked(&entry.name_zh),
        name_en: marked(&entry.name_en),
        reason,
    }
}
