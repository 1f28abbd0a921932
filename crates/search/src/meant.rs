//! What a query may have meant: as typed, as pinyin, with a typing error mended, with the last
//! word completed. Each meaning is a query of its own; the one that finds the most wins.

use crate::index::Index;
use crate::query::{Cover, Meaning, Understanding, single_key};
use crate::text::{Atom, is_word};
use crate::typo::is_near;

/// A query that may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Meant {
    /// The query.
    pub text: String,
    /// How likely it is, 0 to 1.
    pub likely: f32,
}

/// How many meanings are tried beside the query as typed.
const MOST: usize = 5;

/// How fully pinyin must be spelt to be taken for pinyin.
const FULL_ENOUGH: f32 = 0.6;

/// Typing errors are looked for at this many places, so that no paste blocks.
const PLACES: usize = 10;

/// Everything a query may have meant, other than what was typed.
pub(crate) fn meanings(
    index: &Index,
    query: &str,
    atoms: &[Atom],
    text: &Understanding,
) -> Vec<Meant> {
    let mut meant = latin(index, query, atoms);
    // A typing error in characters may hide beside pinyin, but that is too much guessing.
    if meant.is_empty() {
        meant = characters(index, query, atoms, text);
    }
    meant.truncate(MOST);
    meant
}

/// A stretch of Latin words that are not all known.
struct Stretch {
    from: usize,
    to: usize,
    options: Vec<Meant>,
}

fn latin(index: &Index, query: &str, atoms: &[Atom]) -> Vec<Meant> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let end = at
            + atoms[at..]
                .iter()
                .take_while(|atom| is_word(atom.id))
                .count();
        if end == at {
            at += 1;
            continue;
        }
        if atoms[at..end].iter().any(|atom| !is_known(index, atom.id)) {
            let options = options(index, query, atoms, at, end);
            if !options.is_empty() {
                stretches.push(Stretch {
                    from: at,
                    to: end,
                    options,
                });
            }
        }
        at = end;
    }
    let most = stretches
        .iter()
        .map(|stretch| stretch.options.len())
        .max()
        .unwrap_or(0);
    (0..most)
        .map(|choice| {
            let mut meant = Meant {
                text: String::new(),
                likely: 1.0,
            };
            let mut done = 0;
            for stretch in &stretches {
                let option = &stretch.options[choice.min(stretch.options.len() - 1)];
                meant
                    .text
                    .push_str(&query[done..atoms[stretch.from].start as usize]);
                meant.text.push_str(&option.text);
                meant.likely *= option.likely;
                done = atoms[stretch.to - 1].end as usize;
            }
            meant.text.push_str(&query[done..]);
            meant
        })
        .collect()
}

/// Whether the catalogue or the lexicon has a word.
fn is_known(index: &Index, id: u32) -> bool {
    !index.having(single_key(id)).is_empty() || index.dictionary.begins(id)
}

fn options(index: &Index, query: &str, atoms: &[Atom], from: usize, to: usize) -> Vec<Meant> {
    let typed =
        |from: usize, to: usize| &query[atoms[from].start as usize..atoms[to - 1].end as usize];
    let mut options = as_pinyin(index, typed(from, to));
    if options.is_empty() && to - from > 1 {
        // Pinyin between English words: each unknown word by itself.
        let mut text = String::new();
        let mut likely = 1.0;
        for atom in &atoms[from..to] {
            if !text.is_empty() {
                text.push(' ');
            }
            let word = &query[atom.start as usize..atom.end as usize];
            let readings = if is_known(index, atom.id) {
                Vec::new()
            } else {
                as_pinyin(index, word)
            };
            match readings.into_iter().next() {
                Some(option) => {
                    text.push_str(&option.text);
                    likely *= option.likely;
                }
                None => text.push_str(word),
            }
        }
        if text != typed(from, to) {
            options.push(Meant { text, likely });
        }
    }
    options.extend(as_english(index, query, atoms, from, to));
    options
}

fn as_pinyin(index: &Index, typed: &str) -> Vec<Meant> {
    let letters: Vec<u8> = typed
        .bytes()
        .filter(|byte| *byte != b'\'')
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    if letters.iter().any(u8::is_ascii_digit) {
        return Vec::new();
    }
    let readings = index.spelling().speller.read(&letters, &index.readings);
    let cheapest = readings.first().map_or(0.0, |reading| reading.cost);
    readings
        .into_iter()
        .filter(|reading| reading.fullness >= FULL_ENOUGH)
        .map(|reading| Meant {
            likely: (0.6 + 0.4 * reading.fullness - 0.08 * (reading.cost - cheapest)).max(0.1),
            text: reading.text,
        })
        .collect()
}

/// English with slips mended and the last word completed.
fn as_english(index: &Index, query: &str, atoms: &[Atom], from: usize, to: usize) -> Option<Meant> {
    let mut text = String::new();
    let mut likely = 1.0;
    for at in from..to {
        let typed = &query[atoms[at].start as usize..atoms[at].end as usize];
        if at > from {
            text.push(' ');
        }
        if is_known(index, atoms[at].id) {
            text.push_str(typed);
            continue;
        }
        let typed = typed.to_ascii_lowercase();
        let is_last = atoms[at].end as usize == query.len();
        let completed = if is_last {
            complete(index, &typed)
        } else {
            None
        };
        match completed.or_else(|| mend(index, &typed)) {
            Some(word) => {
                text.push_str(word);
                likely *= 0.85;
            }
            None => text.push_str(&typed),
        }
    }
    (likely < 1.0).then_some(Meant { text, likely })
}

fn complete<'a>(index: &'a Index, typed: &str) -> Option<&'a str> {
    if typed.len() < 2 {
        return None;
    }
    let first = index
        .spelling()
        .vocabulary
        .partition_point(|word| word.as_str() < typed);
    best(
        index,
        index.spelling().vocabulary[first..]
            .iter()
            .take_while(|word| word.starts_with(typed)),
    )
}

fn mend<'a>(index: &'a Index, typed: &str) -> Option<&'a str> {
    if typed.len() < 4 {
        return None;
    }
    best(
        index,
        index.spelling().vocabulary.iter().filter(|word| {
            word.len() >= 4
                && word.as_bytes()[0] == typed.as_bytes()[0]
                && is_near(typed.as_bytes(), word.as_bytes())
        }),
    )
}

/// The word that most documents have.
fn best<'a>(index: &Index, words: impl Iterator<Item = &'a String>) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for word in words {
        let stem = crate::text::word_id(crate::text::stem(word.as_bytes()));
        let having = index.having(single_key(stem)).len();
        if best.is_none_or(|(most, _)| having > most) {
            best = Some((having, word));
        }
    }
    best.map(|(_, word)| word)
}

/// The query with one character mended so that it makes a word of the lexicon.
fn characters(index: &Index, query: &str, atoms: &[Atom], text: &Understanding) -> Vec<Meant> {
    // A character inside a longer word of the lexicon is no slip.
    let is_doubtful = |at: usize| match text.cover[at] {
        Cover::Bare => true,
        Cover::Concept(number) | Cover::Office(number) | Cover::Stop(number) => {
            let found = text.found[usize::from(number)];
            found.to - found.from == 1
        }
    };
    let ids: Vec<u32> = atoms.iter().map(|atom| atom.id).collect();
    let mut mended: Vec<(usize, bool, usize, usize, &[u32])> = Vec::new();
    // All but one of a word's characters must stand in the query; a few bits rule most words out.
    let mut standing = [0_u64; 16];
    for id in &ids {
        standing[(id >> 6) as usize & 15] |= 1 << (id & 63);
    }
    let is_standing = |id: &&u32| standing[(**id >> 6) as usize & 15] >> (**id & 63) & 1 == 1;
    let doubtful = (0..atoms.len()).filter(|at| !is_word(ids[*at]) && is_doubtful(*at));
    let doubtful: Vec<usize> = doubtful.take(PLACES).collect();
    if doubtful.is_empty() {
        return Vec::new();
    }
    for (word, meaning) in index.dictionary.words() {
        let Meaning::Concept(concept) = meaning else {
            continue;
        };
        if word.len() < 2
            || word.iter().filter(is_standing).count() + 1 < word.len()
            || word.iter().any(|id| is_word(*id))
        {
            continue;
        }
        for &at in &doubtful {
            let Some((from, to)) = slip(index, &ids, at, word) else {
                continue;
            };
            if (from..to).all(|at| is_doubtful(at) || word.contains(&ids[at])) {
                let is_subject = index.dictionary.concept_weight(concept) > 2.5;
                mended.push((word.len(), is_subject, from, to, word));
                break;
            }
        }
    }
    mended.sort_by_key(|mend| core::cmp::Reverse((mend.0, mend.1)));
    let mend = |(length, _, from, to, word): &(usize, bool, usize, usize, &[u32])| {
        let mut text = query[..atoms[*from].start as usize].to_owned();
        text.extend(word.iter().filter_map(|code| char::from_u32(*code)));
        text.push_str(&query[atoms[*to - 1].end as usize..]);
        Meant {
            text,
            likely: if *length > 2 { 0.9 } else { 0.8 },
        }
    };
    mended.iter().take(3).map(mend).collect()
}

/// Where a word stands in a text with one slip at a place.
fn slip(index: &Index, ids: &[u32], at: usize, word: &[u32]) -> Option<(usize, usize)> {
    let length = word.len();
    if length == 2 {
        // Two characters are so short that the wrong one must at least sound right.
        let sounds =
            |typed: u32, meant: u32| typed != meant && index.readings.sound_alike(typed, meant);
        if ids.get(at + 1) == Some(&word[1]) && sounds(ids[at], word[0]) {
            return Some((at, at + 2));
        }
        if at > 0 && ids[at - 1] == word[0] && sounds(ids[at], word[1]) {
            return Some((at - 1, at + 1));
        }
        return None;
    }
    for from in at.saturating_sub(length)..=at {
        for to in (from + length - 1)..=(from + length + 1) {
            if to <= at || to > ids.len() || !is_near(&ids[from..to], word) {
                continue;
            }
            let typed = &ids[from..to];
            let is_framed = typed[0] == word[0] && typed.last() == word.last();
            // The slip is inside, or sounds right: 身份证 is not 身份的.
            let sounds = |step: usize| index.readings.sound_alike(typed[step], word[step]);
            let is_slip = match typed.len() == length {
                true => is_framed || sounds(0) && sounds(length - 1),
                false => is_framed,
            };
            if is_slip && typed != word {
                return Some((from, to));
            }
        }
    }
    None
}
