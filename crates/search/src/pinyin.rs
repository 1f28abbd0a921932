//! Pinyin typed instead of characters: in full, by initials, mixed, with or without spaces.
//!
//! Works like an input method over the words that can be found: the letters are laid out as a path
//! of words, and the path with the fewest, fullest words is what was meant. `shenfenzheng diule`
//! becomes 身份证丢了, `sfz bl` becomes 身份证补领. Zh and z, n and ng may be mixed up, as they are
//! in the south.

use crate::blob::LINE;

/// Letters looked at; what lies beyond is ignored, so that no paste blocks.
pub(crate) const LONGEST: usize = 48;

/// Paths kept at each letter.
const PATHS: usize = 3;

/// Readings of characters.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    syllables: Vec<String>,
    /// Character and syllable, in order.
    characters: Vec<(u32, u16)>,
}

impl Readings {
    /// Reads the blob's lines: a syllable, then the characters read so.
    pub(crate) fn new(lines: &str) -> Self {
        let mut readings = Self::default();
        for line in lines.split(LINE) {
            let letters = line.bytes().take_while(u8::is_ascii).count();
            let number = readings.syllables.len() as u16;
            readings.syllables.push(line[..letters].to_owned());
            let characters = line[letters..]
                .chars()
                .map(|character| (character as u32, number));
            readings.characters.extend(characters);
        }
        readings.characters.sort_unstable();
        readings
    }

    /// How a character is read.
    pub(crate) fn of(&self, character: u32) -> impl Iterator<Item = &[u8]> {
        let first = self.characters.partition_point(|pair| pair.0 < character);
        self.characters[first..]
            .iter()
            .take_while(move |pair| pair.0 == character)
            .map(|pair| self.syllables[usize::from(pair.1)].as_bytes())
    }

    /// Whether two characters can sound the same, to southern ears too.
    pub(crate) fn sound_alike(&self, one: u32, other: u32) -> bool {
        self.of(one)
            .any(|one| self.of(other).any(|other| plain(one).eq(plain(other))))
    }
}

/// A syllable without what southern ears mix up: the h of zh, ch, sh and the g of ng.
fn plain(syllable: &[u8]) -> impl Iterator<Item = u8> + '_ {
    syllable
        .iter()
        .enumerate()
        .filter(|(at, letter)| {
            let is_retroflex = *at == 1 && **letter == b'h' && b"zcs".contains(&syllable[0]);
            let is_back = *at > 0 && **letter == b'g';
            !is_retroflex && !is_back
        })
        .map(|(_, letter)| *letter)
}

/// A word that letters can spell.
#[derive(Debug)]
pub(crate) struct Word {
    /// Its characters.
    pub characters: Box<[u32]>,
    /// What it costs to take it; common words are cheap.
    pub cost: f32,
    /// Whether two initials are enough for it.
    pub is_common: bool,
}

/// All words that letters can spell, by the letter they begin with.
#[derive(Debug, Default)]
pub(crate) struct Speller {
    words: Vec<Word>,
    beginning: Vec<Vec<u32>>,
}

/// Letters read as words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The words.
    pub text: String,
    /// What the path costs: the lower, the likelier.
    pub cost: f32,
    /// How fully the letters were spelt out, 0 to 1.
    pub fullness: f32,
}

#[derive(Clone, Copy)]
struct Step {
    cost: f32,
    full: f32,
    /// Where it comes from: letter, path at that letter, word.
    from: usize,
    path: usize,
    word: u32,
}

/// One way in which a word matches letters.
struct Match {
    end: usize,
    initials: usize,
    blurred: usize,
}

impl Speller {
    pub(crate) fn new(words: Vec<Word>, readings: &Readings) -> Self {
        let mut beginning = vec![Vec::new(); 26];
        for (number, word) in words.iter().enumerate() {
            let mut letters: Vec<u8> = readings
                .of(word.characters[0])
                .filter_map(|syllable| syllable.first().copied())
                .collect();
            letters.dedup();
            for letter in letters.iter().filter(|letter| letter.is_ascii_lowercase()) {
                beginning[usize::from(letter - b'a')].push(number as u32);
            }
        }
        Self { words, beginning }
    }

    /// Reads lower-case letters, spaces between them, as words; best first.
    pub(crate) fn read(&self, typed: &[u8], readings: &Readings) -> Vec<Reading> {
        let mut letters = Vec::new();
        let mut starts_token = Vec::new();
        let mut after_gap = true;
        for letter in typed {
            if !letter.is_ascii_lowercase() {
                after_gap = true;
            } else if letters.len() < LONGEST {
                letters.push(*letter);
                starts_token.push(after_gap);
                after_gap = false;
            }
        }
        let count = letters.len();
        let mut paths: Vec<Vec<Step>> = vec![Vec::new(); count + 1];
        if count == 0 {
            return Vec::new();
        }
        paths[0].push(Step {
            cost: 0.0,
            full: 0.0,
            from: 0,
            path: 0,
            word: 0,
        });
        let mut matches = Vec::new();
        for at in 0..count {
            if paths[at].is_empty() {
                continue;
            }
            for &number in &self.beginning[usize::from(letters[at] - b'a')] {
                let word = &self.words[number as usize];
                matches.clear();
                let spelling = Spelling {
                    letters: &letters,
                    starts_token: &starts_token,
                    readings,
                };
                spelling.follow(&word.characters, at, 0, 0, &mut matches);
                for found in &matches {
                    let length = word.characters.len();
                    let Some((cost, full)) = price(word, found, length, at) else {
                        continue;
                    };
                    for path in 0..paths[at].len() {
                        let before = paths[at][path];
                        let step = Step {
                            cost: before.cost + cost,
                            full: before.full + full,
                            from: at,
                            path,
                            word: number,
                        };
                        keep(&mut paths[found.end], step);
                    }
                }
            }
        }
        let mut read = Vec::new();
        for path in 0..paths[count].len() {
            let mut step = paths[count][path];
            let (cost, full) = (step.cost, step.full);
            let mut words = Vec::new();
            loop {
                words.push(step.word);
                if step.from == 0 {
                    break;
                }
                step = paths[step.from][step.path];
            }
            let mut text = String::new();
            for word in words.iter().rev() {
                let characters = &self.words[*word as usize].characters;
                text.extend(characters.iter().filter_map(|code| char::from_u32(*code)));
            }
            read.push(Reading {
                text,
                cost,
                fullness: full / count as f32,
            });
        }
        read
    }
}

/// What a match costs, and for how many letters' worth of full spelling it stands.
fn price(word: &Word, found: &Match, length: usize, at: usize) -> Option<(f32, f32)> {
    let letters = (found.end - at) as f32;
    let initials = found.initials as f32;
    let is_short = found.initials == length && length < 3;
    if found.initials == length && (length == 1 || (is_short && !word.is_common)) {
        return None;
    }
    let cost =
        1.0 + word.cost + initials * if is_short { 0.9 } else { 0.5 } + found.blurred as f32 * 0.3;
    let full = letters - initials * if is_short { 0.6 } else { 0.2 } - found.blurred as f32 * 0.2;
    Some((cost, full))
}

/// Keeps the cheapest few paths, one a price.
fn keep(paths: &mut Vec<Step>, step: Step) {
    let at = paths.partition_point(|path| path.cost <= step.cost);
    if at < PATHS {
        paths.insert(at, step);
        paths.truncate(PATHS);
    }
}

struct Spelling<'a> {
    letters: &'a [u8],
    starts_token: &'a [bool],
    readings: &'a Readings,
}

impl Spelling<'_> {
    /// Follows a word's characters through the letters, every way that fits.
    fn follow(
        &self,
        characters: &[u32],
        at: usize,
        initials: usize,
        blurred: usize,
        matches: &mut Vec<Match>,
    ) {
        let Some((first, rest)) = characters.split_first() else {
            matches.push(Match {
                end: at,
                initials,
                blurred,
            });
            return;
        };
        let left = &self.letters[at..];
        if left.is_empty() || matches.len() > 8 {
            return;
        }
        // As far as one token reaches: a syllable has no space inside.
        let token = 1 + self.starts_token[at + 1..]
            .iter()
            .take_while(|starts| !**starts)
            .count();
        for syllable in self.readings.of(*first) {
            if left[0] != syllable[0] {
                continue;
            }
            let shared = left[..token]
                .iter()
                .zip(syllable)
                .take_while(|(one, other)| one == other)
                .count();
            if shared == syllable.len() {
                self.follow(rest, at + shared, initials, blurred, matches);
            } else if shared == left.len() && shared > 1 && rest.is_empty() {
                // The last syllable is still being typed.
                matches.push(Match {
                    end: at + shared,
                    initials,
                    blurred: blurred + 1,
                });
            }
            for (length, end) in blurs(syllable) {
                if left[..token].len() >= length && matches_blurred(&left[..length], syllable, end)
                {
                    self.follow(rest, at + length, initials, blurred + 1, matches);
                }
            }
            self.follow(rest, at + 1, initials + 1, blurred, matches);
            if shared >= 2 && syllable[1] == b'h' && syllable.len() > 2 {
                self.follow(rest, at + 2, initials + 1, blurred, matches);
            }
        }
    }
}

/// How a syllable may be misspelt: the length that results, and which slip it is.
fn blurs(syllable: &[u8]) -> impl Iterator<Item = (usize, Slip)> {
    let length = syllable.len();
    let retroflex = match syllable {
        [b'z' | b'c' | b's', b'h', ..] => Some((length - 1, Slip::Retroflex)),
        [b'z' | b'c' | b's', ..] => Some((length + 1, Slip::Retroflex)),
        _ => None,
    };
    let nasal = match syllable {
        [.., b'n', b'g'] => Some((length - 1, Slip::Nasal)),
        [.., b'n'] => Some((length + 1, Slip::Nasal)),
        _ => None,
    };
    retroflex.into_iter().chain(nasal)
}

#[derive(Clone, Copy)]
enum Slip {
    Retroflex,
    Nasal,
}

fn matches_blurred(letters: &[u8], syllable: &[u8], slip: Slip) -> bool {
    match slip {
        Slip::Retroflex if letters.len() < syllable.len() => {
            letters[0] == syllable[0] && letters[1..] == syllable[2..]
        }
        Slip::Retroflex => {
            letters[0] == syllable[0] && letters[1] == b'h' && letters[2..] == syllable[1..]
        }
        Slip::Nasal if letters.len() < syllable.len() => letters == &syllable[..letters.len()],
        Slip::Nasal => &letters[..syllable.len()] == syllable && letters[syllable.len()] == b'g',
    }
}

#[cfg(test)]
mod tests {
    use super::{Readings, Speller, Word};

    fn read(typed: &str) -> Option<String> {
        let readings = Readings::new(
            "ban办\nbu补\ndiu丢\nfen份\nhu护户\nji籍\njia驾\nkou口\nle了\nling领\nshen身\nzhao照\nzheng证",
        );
        let words = [
            "身份证",
            "护照",
            "驾照",
            "户口",
            "补领",
            "户籍",
            "丢",
            "了",
            "办",
        ];
        let words = words.map(|word| Word {
            characters: word.chars().map(|character| character as u32).collect(),
            cost: 0.2,
            is_common: word == "补领",
        });
        let speller = Speller::new(words.into(), &readings);
        let read = speller.read(typed.as_bytes(), &readings);
        read.into_iter().next().map(|reading| reading.text)
    }

    #[test]
    fn full_pinyin_initials_and_mixtures_are_read() {
        for (typed, meant) in [
            ("shenfenzheng", "身份证"),
            ("shen fen zheng diu le", "身份证丢了"),
            ("sfz", "身份证"),
            ("sfz bl", "身份证补领"),
            ("shenfz", "身份证"),
            ("banhuzhao", "办护照"),
            ("jiazh", "驾照"),
            ("hukou", "户口"),
        ] {
            assert_eq!(read(typed).as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn southern_slips_are_read() {
        assert_eq!(read("senfenzeng").as_deref(), Some("身份证"));
        assert_eq!(read("shengfenzheng").as_deref(), Some("身份证"));
        assert_eq!(read("huzao").as_deref(), Some("护照"));
    }

    #[test]
    fn what_is_no_pinyin_is_not_read() {
        for typed in ["", "qwerty", "uuu", "hukouxyz"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
