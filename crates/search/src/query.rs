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
    /// Atoms of all words, one word after the other.
    atoms: Vec<u32>,
    /// The words in order of their atoms; a word with two meanings stands twice.
    words: Vec<Word>,
    /// Hash table from a first atom to the first word that begins with it, plus one; 0 = empty.
    heads: Vec<u16>,
    /// Role of each concept.
    pub roles: Vec<Role>,
    /// Narrower and wider concept, in order.
    pub implies: Vec<(u16, u16)>,
    /// Concept, and the one that a name should then not have.
    pub against: Vec<(u16, u16)>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    length: u8,
    /// Whether no entry for the same atoms means anything.
    is_stop: bool,
    meaning: Meaning,
}

/// A word found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// First atom.
    pub from: u16,
    /// Atom after the last.
    pub to: u16,
    /// First of the dictionary's entries for it.
    first: u16,
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
    /// All meaningful words that stand in the text, overlapping ones too.
    nested: Vec<Found>,
    /// Room to work in.
    best: Vec<(u32, Option<Found>)>,
}

impl Dictionary {
    pub(crate) fn new(
        roles: Vec<Role>,
        mut implies: Vec<(u16, u16)>,
        against: Vec<(u16, u16)>,
    ) -> Self {
        implies.sort_unstable();
        Self {
            roles,
            implies,
            against,
            ..Self::default()
        }
    }

    /// Takes up a word; [`Self::settle`] makes it findable.
    pub(crate) fn add(&mut self, atoms: &[Atom], meaning: Meaning) {
        let length = atoms.len().min(usize::from(u8::MAX));
        if length > 0 {
            self.words.push(Word {
                start: self.atoms.len() as u32,
                length: length as u8,
                is_stop: false,
                meaning,
            });
            self.atoms
                .extend(atoms[..length].iter().map(|atom| atom.id));
        }
    }

    /// Puts the words in order. At most 65,534 of them can be found.
    pub(crate) fn settle(&mut self) {
        let mut words = core::mem::take(&mut self.words);
        words.truncate(usize::from(u16::MAX) - 1);
        words.sort_by(|one, other| self.of(one).cmp(self.of(other)));
        self.words = words;
        let mut slots = 64;
        while slots < self.words.len() * 2 {
            slots *= 2;
        }
        self.heads = vec![0; slots];
        for number in (0..self.words.len()).rev() {
            let word = self.words[number];
            let next = self.words.get(number + 1).copied();
            let same = next.filter(|next| self.of(next) == self.of(&word));
            self.words[number].is_stop =
                word.meaning == Meaning::Stop && same.is_none_or(|next| next.is_stop);
            let slot = self.slot(self.atoms[word.start as usize]);
            self.heads[slot] = number as u16 + 1;
        }
    }

    fn of(&self, word: &Word) -> &[u32] {
        &self.atoms[word.start as usize..word.start as usize + usize::from(word.length)]
    }

    /// The slot of a first atom: its own, or the empty one where it would go.
    fn slot(&self, atom: u32) -> usize {
        let mask = self.heads.len() - 1;
        let mut slot = (atom.wrapping_mul(0x9E37_79B9) >> 12) as usize & mask;
        while let Some(number) = self.heads[slot].checked_sub(1) {
            if self.atoms[self.words[usize::from(number)].start as usize] == atom {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The atoms of a found word.
    pub(crate) fn atoms(&self, found: Found) -> &[u32] {
        self.of(&self.words[usize::from(found.first)])
    }

    /// All words with their meanings.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&[u32], Meaning)> {
        self.words.iter().map(|word| (self.of(word), word.meaning))
    }

    /// Whether a word of the lexicon begins with an atom.
    pub(crate) fn begins(&self, atom: u32) -> bool {
        !self.heads.is_empty() && self.heads[self.slot(atom)] != 0
    }

    /// The meanings of a found word.
    pub(crate) fn meanings(&self, found: Found) -> impl Iterator<Item = Meaning> + '_ {
        let rest = &self.words[usize::from(found.first)..];
        rest.iter()
            .take_while(move |word| self.of(word) == self.of(&rest[0]))
            .map(|word| word.meaning)
    }

    /// Every word that starts at an atom, shortest first, with whether it means nothing.
    fn starting(&self, atoms: &[Atom], from: usize, mut each: impl FnMut(Found, bool)) {
        let atoms = &atoms[from..];
        let mut number = match self.heads[self.slot(atoms[0].id)].checked_sub(1) {
            Some(number) => usize::from(number),
            None => return,
        };
        let mut before: &[u32] = &[];
        while let Some(word) = self.words.get(number) {
            let own = self.of(word);
            if own[0] != atoms[0].id {
                return;
            }
            // A Chinese word does not reach over a comma: 提了车，牌照.
            let is_here = own.len() <= atoms.len()
                && own.iter().zip(atoms).enumerate().all(|(at, (own, atom))| {
                    *own == atom.id && (at == 0 || !atom.after_gap || is_word(atom.id))
                });
            if is_here && own != before {
                let found = Found {
                    from: from as u16,
                    to: (from + own.len()) as u16,
                    first: number as u16,
                };
                each(found, word.is_stop);
                before = own;
            }
            number += 1;
        }
    }

    /// Understands a text.
    pub(crate) fn understand(&self, atoms: &[Atom]) -> Understanding {
        let mut text = Understanding::default();
        self.understand_into(atoms, &mut text);
        text
    }

    /// Understands a text in the place of another, whose memory is used again.
    pub(crate) fn understand_into(&self, atoms: &[Atom], text: &mut Understanding) {
        text.terms.clear();
        text.found.clear();
        text.nested.clear();
        text.cover.clear();
        text.cover.resize(atoms.len(), Cover::Bare);
        // From the end: the best value of the rest of the text, and the word that begins it.
        text.best.clear();
        text.best.resize(atoms.len() + 1, (0, None));
        for from in (0..atoms.len()).rev() {
            let mut choice = (text.best[from + 1].0, None);
            self.starting(atoms, from, |found, is_stop| {
                let length = u32::from(found.to - found.from);
                let worth = if is_stop {
                    4 * length * length - 1
                } else {
                    text.nested.push(found);
                    4 * length * length + 1
                };
                let value = text.best[usize::from(found.to)].0 + worth;
                if value > choice.0 {
                    choice = (value, Some(found));
                }
            });
            text.best[from] = choice;
        }
        let mut at = 0;
        while at < atoms.len() {
            let Some(found) = text.best[at].1 else {
                at += 1;
                continue;
            };
            let number = text.found.len() as u16;
            let cover = match self.meanings(found).next() {
                Some(Meaning::Concept(_)) => Cover::Concept(number),
                Some(Meaning::Office(_)) => Cover::Office(number),
                _ => Cover::Stop(number),
            };
            text.cover[at..usize::from(found.to)].fill(cover);
            text.found.push(found);
            at = usize::from(found.to);
        }
        self.add_concepts(text);
        add_characters(text, atoms);
    }

    /// Whether a found word says what a question is about.
    pub(crate) fn is_subject(&self, found: Found) -> bool {
        self.meanings(found).any(|meaning| match meaning {
            Meaning::Concept(concept) => {
                let role = self.roles.get(usize::from(concept));
                matches!(role, Some(Role::Subject | Role::Context))
            }
            Meaning::Stop | Meaning::Office(_) => false,
        })
    }

    /// What a concept counts.
    pub(crate) fn concept_weight(&self, concept: u16) -> f32 {
        match self.roles.get(usize::from(concept)) {
            Some(Role::Subject) => 3.0,
            Some(Role::Action | Role::Context) => 1.8,
            _ => 1.4,
        }
    }

    fn add_concepts(&self, text: &mut Understanding) {
        let mut terms = core::mem::take(&mut text.terms);
        for found in &text.found {
            self.add_meanings(&mut terms, *found, 1.0);
        }
        // 电子居住证 also speaks of 居住证.
        for inner in &text.nested {
            let is_inside = text.found.iter().any(|outer| {
                outer.from <= inner.from
                    && inner.to <= outer.to
                    && (outer.from, outer.to) != (inner.from, inner.to)
            });
            if is_inside {
                self.add_meanings(&mut terms, *inner, 0.35);
            }
        }
        text.terms = terms;
    }

    fn add_meanings(&self, terms: &mut Vec<Term>, found: Found, share: f32) {
        let mut add = |key: u64, weight: f32| {
            terms.push(Term {
                key,
                weight: weight * share,
                from: found.from,
                to: found.to,
            });
        };
        for meaning in self.meanings(found) {
            match meaning {
                Meaning::Stop => {}
                Meaning::Office(_) => add(office_key(self.atoms(found)), 3.0),
                Meaning::Concept(concept) => {
                    add(concept_key(concept), self.concept_weight(concept));
                    let first = self.implies.partition_point(|pair| pair.0 < concept);
                    for (narrow, wider) in &self.implies[first..] {
                        if *narrow != concept {
                            break;
                        }
                        add(concept_key(*wider), 0.4 * self.concept_weight(*wider));
                    }
                }
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
            (true, true) => 1.7,
            (true, false) => 0.3,
            (false, true) => 0.6,
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
            (Cover::Bare, Cover::Bare) => 0.6,
            (one, other) if one == other => 0.28,
            _ => 0.75,
        };
        text.terms.push(Term {
            key: pair_key(atom.id, next.id),
            weight,
            from: at as u16,
            to: at as u16 + 2,
        });
    }
}
