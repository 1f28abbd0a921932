//! From text to atoms: the smallest pieces search looks at.
//!
//! A Chinese character is an atom, and so is a whole Latin word or a run of digits. Everything
//! else only separates. Both sides, documents and queries, pass through here and nowhere else.

/// One piece of a text and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Atom {
    /// A character's code point, or the hash of a word's stem with [`WORD`] set.
    pub id: u32,
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Whether something separated it from the atom before.
    pub after_gap: bool,
    /// Whether it is a word of digits only.
    pub is_number: bool,
}

/// Set in the id of an atom that is a Latin word or a number.
pub(crate) const WORD: u32 = 0x8000_0000;

/// Whether an atom is a Latin word or a number.
pub(crate) const fn is_word(id: u32) -> bool {
    id & WORD != 0
}

/// The longest query looked at, in atoms. What lies beyond is ignored, so that no paste blocks.
pub(crate) const LONGEST_QUERY: usize = 96;

/// Traditional to simplified characters: pairs sorted by the traditional one.
pub(crate) type Variants = [(u32, u32)];

/// Half-width, lower-case, simplified.
fn fold(character: char, variants: &Variants) -> char {
    let code = character as u32;
    match code {
        0x41..=0x5A => (code as u8 + 32) as char,
        0xFF01..=0xFF5E => fold(char::from_u32(code - 0xFEE0).unwrap_or(character), variants),
        0x3400.. if !variants.is_empty() => {
            match variants.binary_search_by_key(&code, |pair| pair.0) {
                Ok(found) => char::from_u32(variants[found].1).unwrap_or(character),
                Err(_) => character,
            }
        }
        _ => character,
    }
}

/// Whether a folded character stands for itself in a search (an ideograph or a foreign letter).
fn is_single(character: char) -> bool {
    matches!(character as u32,
        0xC0..=0x1FFF | 0x2C00..=0x2DFF | 0x3005..=0x3007 | 0x3040..=0xD7FF | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

/// Cuts a text into atoms, at most `limit` of them.
pub(crate) fn atoms(text: &str, variants: &Variants, limit: usize) -> Vec<Atom> {
    let mut found: Vec<Atom> = Vec::new();
    atoms_into(text, variants, limit, &mut found);
    found
}

/// [`atoms`] in the place of others, whose memory is used again.
pub(crate) fn atoms_into(text: &str, variants: &Variants, limit: usize, found: &mut Vec<Atom>) {
    found.clear();
    let mut word = Word::default();
    let mut after_gap = true;
    for (at, raw) in text.char_indices() {
        if found.len() >= limit {
            return;
        }
        let character = fold(raw, variants);
        if character.is_ascii_alphanumeric() {
            // Digits and letters are one word (`c1`, `4s`), but `12123` and `G签` stay apart by script.
            if word.is_empty() {
                word.start = at;
                word.after_gap = after_gap;
            }
            word.push(character as u8);
            after_gap = false;
            continue;
        }
        // An apostrophe inside a word belongs to it: driver's.
        if (raw == '\'' || raw == '’') && !word.is_empty() {
            word.push(b'\'');
            continue;
        }
        word.finish(at, found);
        if is_single(character) {
            found.push(Atom {
                id: character as u32,
                start: at as u32,
                end: (at + raw.len_utf8()) as u32,
                after_gap,
                is_number: false,
            });
            after_gap = false;
        } else {
            after_gap = true;
        }
    }
    if found.len() < limit {
        word.finish(text.len(), found);
    }
}

/// A Latin word being read.
#[derive(Default)]
struct Word {
    letters: Vec<u8>,
    start: usize,
    after_gap: bool,
}

impl Word {
    fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    fn push(&mut self, letter: u8) {
        self.letters.push(letter);
    }

    fn finish(&mut self, end: usize, found: &mut Vec<Atom>) {
        if self.letters.is_empty() {
            return;
        }
        found.push(Atom {
            id: word_id(stem(&self.letters)),
            start: self.start as u32,
            end: end as u32,
            after_gap: self.after_gap,
            is_number: self.letters.iter().all(u8::is_ascii_digit),
        });
        self.letters.clear();
    }
}

/// The id of a stem.
pub(crate) fn word_id(stem: &[u8]) -> u32 {
    let mut hash: u32 = 0x811C_9DC5;
    for byte in stem {
        hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
    hash | WORD
}

/// Takes the commonest endings off an English word: plural, possessive, -ing, -ed, silent e.
/// Light on purpose: both sides are cut the same way, so a wrong cut does no harm.
pub(crate) fn stem(word: &[u8]) -> &[u8] {
    let mut stem = word;
    for ending in [&b"'s"[..], b"'"] {
        stem = stem.strip_suffix(ending).unwrap_or(stem);
    }
    if stem.len() < 4 || !stem[0].is_ascii_alphabetic() {
        return stem;
    }
    stem = match stem {
        [.., b's', b's'] | [.., b'u', b's'] | [.., b'i', b's'] => stem,
        [rest @ .., b'i', b'e', b's'] => &stem[..rest.len() + 1],
        [rest @ .., b'e', b's']
            if matches!(rest, [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h']) =>
        {
            rest
        }
        [rest @ .., b's'] => rest,
        _ => stem,
    };
    if let Some(rest) = stem
        .strip_suffix(b"ing")
        .or_else(|| stem.strip_suffix(b"ed"))
        && rest.len() >= 3
        && rest.iter().any(|letter| b"aeiouy".contains(letter))
    {
        stem = match rest {
            [.., one, two] if one == two && !b"ls".contains(two) => &rest[..rest.len() - 1],
            _ => rest,
        };
    }
    match stem {
        [rest @ .., b'e' | b'y' | b'i'] if rest.len() >= 3 => rest,
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<u32> {
        atoms(text, &[(0x8ECA, 0x8F66)], LONGEST_QUERY)
            .iter()
            .map(|atom| atom.id)
            .collect()
    }

    #[test]
    fn plural_and_tense_do_not_matter() {
        for (one, other) in [
            ("passports", "passport"),
            ("renewing", "renew"),
            ("renewed", "renew"),
            ("babies", "baby"),
            ("replacing", "replace"),
            ("driver's", "driver"),
            ("licences", "licence"),
            ("stolen", "stolen"),
        ] {
            assert_eq!(ids(one), ids(other), "{one} {other}");
        }
        assert_ne!(ids("pass"), ids("passport"));
    }

    #[test]
    fn width_case_and_traditional_characters_do_not_matter() {
        assert_eq!(ids("ＡＰＰ車"), ids("app车"));
    }

    #[test]
    fn an_atom_knows_where_it_stands() {
        let text = "办 Passport、车";
        let spans: Vec<&str> = atoms(text, &[], LONGEST_QUERY)
            .iter()
            .map(|atom| &text[atom.start as usize..atom.end as usize])
            .collect();
        assert_eq!(spans, ["办", "Passport", "车"]);
    }
}
