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
use crate::meant::meanings;
use crate::query::{Cover, Meaning, Term, Understanding};
use crate::text::{Atom, is_word};
use core::ops::Range;

/// How many documents are looked at closely.
const CLOSELY: usize = 24;

/// The share of a query's meaning that a document must cover to answer it.
const ENOUGH: f32 = 0.5;

/// From this weight on a name or a keyword of the document has the term.
const SURE: u8 = 40;

/// How many documents are offered where none answers.
const NEAREST: usize = 3;

struct Candidate {
    document: u16,
    score: f32,
    covered: f32,
    keyword: Option<u16>,
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
        match self.candidates.first() {
            Some(best) if best.covered * likely.sqrt() >= ENOUGH => 2.0 + best.score * likely,
            Some(best) => best.score * likely,
            None => 0.0,
        }
    }
}

fn rank(index: &Index, query: &str) -> Ranked {
    let atoms = index.query_atoms(query);
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
    let is_enough = worth >= 2.0;
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
            let reason = reason(index, meant, atoms, text, candidate);
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

/// Whether a document has a term, and how surely: 1 where its name or a keyword has it.
fn surely(index: &Index, key: u64, document: u16) -> f32 {
    let having = index.having(key);
    let at = having.partition_point(|posting| ((*posting >> 8) as u16) < document);
    match having.get(at) {
        Some(posting) if (*posting >> 8) as u16 == document => {
            if *posting as u8 >= SURE {
                1.0
            } else {
                0.7
            }
        }
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
///
/// Words outside the lexicon count less, and not without end, once the subject is met: a story
/// told around 护照 is still about a passport. Without the subject they count in full.
fn covered(index: &Index, atoms: &[Atom], text: &Understanding, document: u16) -> f32 {
    let mut said = 0.0;
    let mut had = 0.0;
    let mut bare_said = 0.0;
    let mut bare_had = 0.0;
    let mut has_subject = false;
    for (at, atom) in atoms.iter().enumerate() {
        let (Cover::Concept(number) | Cover::Office(number)) = text.cover[at] else {
            if text.cover[at] == Cover::Bare {
                let mass = if is_word(atom.id) { 2.0 } else { 1.0 };
                bare_said += mass;
                bare_had += mass * bare_share(index, atoms, text, at, document);
            }
            continue;
        };
        let found = text.found[usize::from(number)];
        if usize::from(found.from) != at {
            continue;
        }
        let is_office = matches!(text.cover[at], Cover::Office(_));
        let mut mass: f32 = 0.0;
        let mut met: f32 = 0.0;
        for term in text
            .terms
            .iter()
            .filter(|term| term.from >= found.from && term.to <= found.to)
        {
            let is_whole = (term.from, term.to) == (found.from, found.to) && term.weight >= 1.4;
            if is_whole {
                mass = mass.max(term.weight);
            }
            if is_whole || (!is_office && term.weight >= 0.4) {
                met = met.max(term.weight * surely(index, term.key, document));
            }
        }
        if is_office {
            // Speaking of another office's business is not yet dealing with it.
            (mass, met) = (4.0, met * 0.6);
        }
        has_subject |= !is_office && met >= 2.0 && mass >= 3.0;
        said += mass;
        had += met;
    }
    if has_subject {
        let missing = ((bare_said - bare_had) * 0.6).min(2.4);
        bare_had *= 0.6;
        bare_said = bare_had + missing;
    } else {
        // Without a subject a document must have nearly everything.
        had *= 0.75;
    }
    said += bare_said;
    if said > 0.0 {
        (had + bare_had) / said
    } else {
        0.0
    }
}

/// How surely a document has a character or word that the lexicon does not know.
fn bare_share(
    index: &Index,
    atoms: &[Atom],
    text: &Understanding,
    at: usize,
    document: u16,
) -> f32 {
    let mut share: f32 = 0.0;
    for term in &text.terms {
        if usize::from(term.from) <= at && at < usize::from(term.to) {
            let is_alone = term.to - term.from == 1 && !is_word(atoms[at].id);
            let worth = if is_alone { 0.3 } else { 1.0 };
            share = share.max(worth * surely(index, term.key, document));
        }
    }
    share
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
