//! How a text is understood: concepts of the lexicon first, then pairs of characters.
//!
//! A text is cut into atoms, and the lexicon's words are laid over them so that as much as possible
//! is covered by the longest words. What a concept covers becomes a term of that concept, so that
//! 驾照, 驾驶证 and `driving licence` are one term. What no word covers becomes pairs of
//! neighbouring characters and single characters. Stop words become nothing. Documents and queries
//! go through the same understanding.

use crate::lexicon::Role;
use crate::text::{Atom, is_word};

/// A term that documents are found by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Term {
    /// Key in the postings, [`KEY_BITS`] wide.
    pub key: u64,
    /// What it counts in this text, relative to other terms.
    pub weight: f32,
    /// First atom.
    pub from: u16,
    /// Atom after the last.
    pub to: u16,
}

/// How wide the key of a term is.
pub(crate) const KEY_BITS: u32 = 40;

fn key(kind: u64, one: u32, two: u32) -> u64 {
    let mut mixed = (kind << 62) ^ (u64::from(one) << 31) ^ u64::from(two);
    mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed >> (64 - KEY_BITS)
}

/// Key of a concept.
pub(crate) fn concept_key(concept: u16) -> u64 {
    key(1, u32::from(concept), 0)
}

/// Key of one atom.
pub(crate) fn single_key(atom: u32) -> u64 {
    key(2, atom, 0)
}

/// Key of two neighbouring atoms.
pub(crate) fn pair_key(one: u32, two: u32) -> u64 {
    key(3, one, two)
}

/// Key of another office's word: a service of ours that speaks of it has it too (社保积分入户).
fn office_key(word: &[u32]) -> u64 {
    let mixed = word
        .iter()
        .fold(7_u32, |mixed, id| mixed.wrapping_mul(0x0100_0193) ^ id);
    key(0, mixed, word.len() as u32)
}

/// What a word of the lexicon stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A concept.
    Concept(u16),
    /// Nothing.
    Stop,
    /// Another office's business.
    Office(u16),
}

/// The lexicon, ready to be laid over a text.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    /// Words as atoms, in order; a word with two meanings stands twice.
    words: Vec<(Box<[u32]>, Meaning)>,
    /// Role of each concept.
    pub roles: Vec<Role>,
    /// Narrower and wider concept, in order.
    pub implies: Vec<(u16, u16)>,
}

/// A word found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// First atom.
    pub from: u16,
    /// Atom after the last.
    pub to: u16,
    /// First of the dictionary's entries for it.
    first: u32,
}

/// What part of a question an atom is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cover {
    /// No word of the lexicon.
    Bare,
    /// Part of the word with this number in [`Understanding::found`].
    Concept(u16),
    /// A stop word, numbered likewise.
    Stop(u16),
    /// Another office's word, numbered likewise.
    Office(u16),
}

/// A text understood.
#[derive(Debug, Default)]
pub(crate) struct Understanding {
    /// Its terms.
    pub terms: Vec<Term>,
    /// What covers each atom.
    pub cover: Vec<Cover>,
    /// The lexicon's words laid over the text, in order.
    pub found: Vec<Found>,
}

impl Dictionary {
    pub(crate) fn new(
        mut words: Vec<(Box<[u32]>, Meaning)>,
        roles: Vec<Role>,
        mut implies: Vec<(u16, u16)>,
    ) -> Self {
        words.retain(|(atoms, _)| !atoms.is_empty());
        words.sort_by(|one, other| one.0.cmp(&other.0));
        implies.sort_unstable();
        Self {
            words,
            roles,
            implies,
        }
    }

    /// The atoms of a found word.
    pub(crate) fn atoms(&self, found: Found) -> &[u32] {
        &self.words[found.first as usize].0
    }

    /// All words with their meanings.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&[u32], Meaning)> {
        self.words
            .iter()
            .map(|(atoms, meaning)| (&**atoms, *meaning))
    }

    /// Whether a word of the lexicon begins with an atom.
    pub(crate) fn begins(&self, id: u32) -> bool {
        let first = self.words.partition_point(|(atoms, _)| atoms[0] < id);
        self.words
            .get(first)
            .is_some_and(|(atoms, _)| atoms[0] == id)
    }

    /// The meanings of a found word.
    pub(crate) fn meanings(&self, found: Found) -> impl Iterator<Item = Meaning> + '_ {
        let rest = &self.words[found.first as usize..];
        rest.iter()
            .take_while(move |(atoms, _)| *atoms == rest[0].0)
            .map(|(_, meaning)| *meaning)
    }

    /// Every word that starts at an atom, shortest first.
    pub(crate) fn starting(&self, atoms: &[Atom], from: usize, mut each: impl FnMut(Found)) {
        let mut low = 0;
        let mut high = self.words.len();
        for depth in 0..atoms.len() - from {
            let wanted = atoms[from + depth].id;
            let at = |word: &(Box<[u32]>, Meaning)| word.0.get(depth).copied().unwrap_or(0);
            low += self.words[low..high].partition_point(|word| at(word) < wanted);
            high = low + self.words[low..high].partition_point(|word| at(word) <= wanted);
            if low == high {
                return;
            }
            if self.words[low].0.len() == depth + 1 {
                each(Found {
                    from: from as u16,
                    to: (from + depth + 1) as u16,
                    first: low as u32,
                });
            }
        }
    }

    /// Whether a found word is nothing but a stop word.
    fn is_stop(&self, found: Found) -> bool {
        self.meanings(found).all(|meaning| meaning == Meaning::Stop)
    }

    /// Understands a text.
    pub(crate) fn understand(&self, atoms: &[Atom]) -> Understanding {
        let count = atoms.len();
        // From the end: the best value of the rest of the text, and the word that begins it.
        let mut best = vec![(0_u32, None::<Found>); count + 1];
        let mut nested = Vec::new();
        for from in (0..count).rev() {
            let mut choice = (best[from + 1].0, None);
            self.starting(atoms, from, |found| {
                let length = u32::from(found.to - found.from);
                let worth = if self.is_stop(found) {
                    4 * length * length - 1
                } else {
                    nested.push(found);
                    4 * length * length + 1
                };
                let value = best[found.to as usize].0 + worth;
                if value > choice.0 {
                    choice = (value, Some(found));
                }
            });
            best[from] = choice;
        }
        let mut text = Understanding {
            cover: vec![Cover::Bare; count],
            ..Understanding::default()
        };
        let mut at = 0;
        while at < count {
            let Some(found) = best[at].1 else {
                at += 1;
                continue;
            };
            let number = text.found.len() as u16;
            let cover = match self.meanings(found).next() {
                Some(Meaning::Concept(_)) => Cover::Concept(number),
                Some(Meaning::Office(_)) => Cover::Office(number),
                _ => Cover::Stop(number),
            };
            for covered in &mut text.cover[at..found.to as usize] {
                *covered = cover;
            }
            text.found.push(found);
            at = found.to as usize;
        }
        self.add_concepts(&mut text, &nested);
        add_characters(&mut text, atoms);
        text
    }

    /// What a concept counts.
    pub(crate) fn concept_weight(&self, concept: u16) -> f32 {
        match self.roles.get(usize::from(concept)) {
            Some(Role::Subject) => 3.0,
            Some(Role::Action) => 2.0,
            _ => 1.4,
        }
    }

    fn add_concepts(&self, text: &mut Understanding, nested: &[Found]) {
        let mut add = |found: Found, share: f32| {
            for meaning in self.meanings(found) {
                let concept = match meaning {
                    Meaning::Concept(concept) => concept,
                    Meaning::Office(_) => {
                        text.terms.push(Term {
                            key: office_key(self.atoms(found)),
                            weight: 3.0 * share,
                            from: found.from,
                            to: found.to,
                        });
                        continue;
                    }
                    Meaning::Stop => continue,
                };
                let mut term = |concept: u16, share: f32| {
                    text.terms.push(Term {
                        key: concept_key(concept),
                        weight: share * self.concept_weight(concept),
                        from: found.from,
                        to: found.to,
                    });
                };
                term(concept, share);
                let first = self.implies.partition_point(|pair| pair.0 < concept);
                for (_, wider) in self.implies[first..]
                    .iter()
                    .take_while(|pair| pair.0 == concept)
                {
                    term(*wider, share * 0.5);
                }
            }
        };
        for found in &text.found {
            add(*found, 1.0);
        }
        // 电子居住证 also speaks of 居住证.
        for inner in nested {
            let is_inside = text.found.iter().any(|outer| {
                outer.from <= inner.from
                    && inner.to <= outer.to
                    && (outer.from, outer.to) != (inner.from, inner.to)
            });
            if is_inside {
                add(*inner, 0.35);
            }
        }
    }
}

fn add_characters(text: &mut Understanding, atoms: &[Atom]) {
    for (at, atom) in atoms.iter().enumerate() {
        let cover = text.cover[at];
        if let Cover::Stop(_) = cover {
            continue;
        }
        let single = match (is_word(atom.id), cover == Cover::Bare) {
            (true, true) => 1.6,
            (true, false) => 0.3,
            (false, true) => 0.4,
            (false, false) => 0.05,
        };
        text.terms.push(Term {
            key: single_key(atom.id),
            weight: single,
            from: at as u16,
            to: at as u16 + 1,
        });
        let Some(next) = atoms.get(at + 1) else {
            continue;
        };
        let next_cover = text.cover[at + 1];
        if matches!(next_cover, Cover::Stop(_)) || (is_word(atom.id) && is_word(next.id)) {
            continue;
        }
        let weight = match (cover, next_cover) {
            (Cover::Bare, Cover::Bare) => 1.0,
            (one, other) if one == other => 0.2,
            _ => 0.5,
        };
        text.terms.push(Term {
            key: pair_key(atom.id, next.id),
            weight,
            from: at as u16,
            to: at as u16 + 2,
        });
    }
}
