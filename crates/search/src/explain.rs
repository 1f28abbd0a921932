//! Why a document was found, and which parts of its name match.

use crate::answer::{Elsewhere, Hit, Reason};
use crate::index::Index;
use crate::query::{Meaning, Term, Understanding};
use crate::text::{Atom, is_word};
use core::ops::Range;

/// The strongest reason for which a document was found; `keyword` is the number of its keyword that
/// comes near the query.
pub(crate) fn reason(
    index: &Index,
    query: &str,
    atoms: &[Atom],
    text: &Understanding,
    document: usize,
    keyword: Option<u32>,
) -> Reason {
    let entry = &index.entries[document];
    let keyword = keyword
        .map(|number| index.keyword(number))
        .filter(|keyword| !keyword.is_empty());
    if let Some(keyword) = keyword {
        return Reason::Keyword(keyword.to_owned());
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

/// The other office whose business the query speaks of.
pub(crate) fn elsewhere(
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

/// A hit with the matching parts of its names.
pub(crate) fn hit(
    index: &Index,
    document: usize,
    score: f32,
    reason: Reason,
    terms: &[Term],
) -> Hit {
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
