//! Answers, and the short code in which they travel in URLs and QR codes.

use std::collections::BTreeMap;
use std::fmt;
use yichuang_contract::guide::Guide;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The choice with this identifier.
    Choice(String),
    /// "I don't know": allowed only where the question says how to find out.
    Unknown,
}

impl Answer {
    /// An answer from a choice's identifier.
    pub fn choice(id: impl Into<String>) -> Self {
        Self::Choice(id.into())
    }
}

/// Answers by question identifier.
///
/// Answers to questions that are not asked (any more) stay in the map: whoever changes an early
/// answer and changes it back finds the later ones again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// The answer to a question.
    #[must_use]
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Answers a question, or changes its answer.
    pub fn set(&mut self, question: impl Into<String>, answer: Answer) {
        self.0.insert(question.into(), answer);
    }

    /// Takes an answer back.
    pub fn remove(&mut self, question: &str) {
        self.0.remove(question);
    }

    /// All answers in the order of their questions' identifiers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(id, answer)| (id.as_str(), answer))
    }

    /// Number of answers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The short code: three characters for the guide's shape and one a question in the guide's
    /// order, up to the last one answered. Only letters, digits, `-` and `_`. Answers that name
    /// nothing in the guide are left out. No answers at all give an empty code.
    #[must_use]
    pub fn to_code(&self, guide: &Guide) -> String {
        let signs = guide.questions.iter().map(|question| {
            let answer = self.get(&question.id)?;
            match answer {
                Answer::Unknown => question.unknown.as_ref().map(|_| UNKNOWN),
                Answer::Choice(id) => question
                    .choices
                    .iter()
                    .position(|choice| choice.id == *id)
                    .and_then(sign_of),
            }
        });
        encode(fingerprint(guide), signs)
    }

    /// Reads a code that [`Answers::to_code`] wrote for the same guide.
    ///
    /// # Errors
    /// A code of another guide or an older version of this one, or a damaged one.
    pub fn from_code(guide: &Guide, code: &str) -> Result<Self, CodeError> {
        let mut answers = Self::default();
        let signs = decode(fingerprint(guide), code)?;
        if signs.len() > guide.questions.len() {
            return Err(CodeError::Damaged);
        }
        for (question, sign) in guide.questions.iter().zip(signs) {
            let answer = match sign {
                Sign::Nothing => continue,
                Sign::Unknown if question.unknown.is_some() => Answer::Unknown,
                Sign::Unknown => return Err(CodeError::Damaged),
                Sign::Choice(index) => {
                    let choice = question.choices.get(index).ok_or(CodeError::Damaged)?;
                    Answer::choice(&choice.id)
                }
            };
            answers.set(&question.id, answer);
        }
        Ok(answers)
    }
}

impl<Id: Into<String>> FromIterator<(Id, Answer)> for Answers {
    fn from_iter<Pairs: IntoIterator<Item = (Id, Answer)>>(pairs: Pairs) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(id, answer)| (id.into(), answer))
                .collect(),
        )
    }
}

/// Why a code of answers cannot be used. The answers in it cannot be recovered: without the guide
/// they were given to, a position in the code means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// The code was made for another guide, or before the questions changed: start anew.
    Stale,
    /// The code was mistyped or cut off: open the link again or start anew.
    Damaged,
}

impl fmt::Display for CodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Stale => "the questions have changed since this code was made",
            Self::Damaged => "this code of answers is damaged or incomplete",
        })
    }
}

impl std::error::Error for CodeError {}

/// The characters of a choice, first to last.
const SIGNS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// "I don't know".
const UNKNOWN: char = '_';
/// Not answered.
const NOTHING: char = '-';
/// The most choices a question can have, so that one character names the answer.
pub(super) const MOST_CHOICES: usize = SIGNS.len();
/// Characters of the fingerprint: 62³ shapes, so a stale code passes once in 238,328 times.
const FINGERPRINT_LENGTH: usize = 3;

/// One character of a code, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Nothing,
    Unknown,
    Choice(usize),
}

/// The character of the choice at this position.
pub(crate) fn sign_of(index: usize) -> Option<char> {
    SIGNS.get(index).map(|&byte| char::from(byte))
}

/// The character of "I don't know".
pub(crate) const fn sign_of_unknown() -> char {
    UNKNOWN
}

/// Writes a code: the fingerprint, then one character a question; what is missing at the end is cut.
pub(crate) fn encode(mut fingerprint: u64, signs: impl Iterator<Item = Option<char>>) -> String {
    let mut code = String::new();
    for _ in 0..FINGERPRINT_LENGTH {
        let length = SIGNS.len() as u64;
        code.push(char::from(
            SIGNS[usize::try_from(fingerprint % length).unwrap_or(0)],
        ));
        fingerprint /= length;
    }
    code.extend(signs.map(|sign| sign.unwrap_or(NOTHING)));
    let length = code.trim_end_matches(NOTHING).len();
    if length <= FINGERPRINT_LENGTH {
        return String::new();
    }
    code.truncate(length);
    code
}

/// Reads a code written by [`encode`].
pub(crate) fn decode(fingerprint: u64, code: &str) -> Result<Vec<Sign>, CodeError> {
    if code.is_empty() {
        return Ok(Vec::new());
    }
    let signs = code
        .bytes()
        .map(|byte| match char::from(byte) {
            NOTHING => Ok(Sign::Nothing),
            UNKNOWN => Ok(Sign::Unknown),
            _ => SIGNS
                .iter()
                .position(|&sign| sign == byte)
                .map(Sign::Choice)
                .ok_or(CodeError::Damaged),
        })
        .collect::<Result<Vec<_>, _>>()?;
    let expected = encode(fingerprint, std::iter::once(Some(SIGNS[0].into())));
    if signs.len() <= FINGERPRINT_LENGTH {
        return Err(CodeError::Damaged);
    }
    if code.as_bytes()[..FINGERPRINT_LENGTH] != expected.as_bytes()[..FINGERPRINT_LENGTH] {
        return Err(CodeError::Stale);
    }
    Ok(signs[FINGERPRINT_LENGTH..].to_vec())
}

/// A fingerprint of the guide's shape: its service, its questions and their choices, in order.
/// Wording does not enter, so mending a sentence keeps every shared link alive.
pub(crate) fn fingerprint(guide: &Guide) -> u64 {
    let mut hash = Fingerprint::default();
    hash.text(guide.service.as_str());
    for question in &guide.questions {
        hash.text(&question.id);
        for choice in &question.choices {
            hash.text(&choice.id);
        }
        hash.text("");
    }
    hash.finish()
}

/// FNV-1a, written out because the standard library's hasher may change between versions while
/// shared links must not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fingerprint(u64);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fingerprint {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// Adds a text and its end.
    pub(crate) fn text(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
        self.byte(0xff);
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: usize) {
        (number as u64)
            .to_le_bytes()
            .into_iter()
            .for_each(|byte| self.byte(byte));
    }

    /// The fingerprint; its low bits are mixed, since a short code keeps only a few of them.
    pub(crate) const fn finish(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::sample;
    use proptest::prelude::*;

    #[test]
    fn no_answers_give_an_empty_code() {
        let guide = sample::spouse();
        assert_eq!(Answers::default().to_code(&guide), "");
        assert_eq!(Answers::from_code(&guide, ""), Ok(Answers::default()));
    }

    #[test]
    fn a_code_of_another_guide_is_stale_and_a_cut_one_damaged() {
        let guide = sample::spouse();
        let answers: Answers = [("sponsor", Answer::choice("family"))]
            .into_iter()
            .collect();
        let code = answers.to_code(&guide);
        let mut other = guide.clone();
        other.questions[1].choices.pop();
        assert_eq!(Answers::from_code(&other, &code), Err(CodeError::Stale));
        for damaged in [&code[..2], "!!!", &format!("{code}00000000000"), "户口"] {
            assert_eq!(
                Answers::from_code(&guide, damaged),
                Err(CodeError::Damaged),
                "{damaged}"
            );
        }
    }

    #[test]
    fn mending_a_sentence_keeps_shared_links_alive() {
        let guide = sample::spouse();
        let answers: Answers = [("sponsor", Answer::choice("unit"))].into_iter().collect();
        let code = answers.to_code(&guide);
        let mut mended = guide.clone();
        mended.questions[0].text.en.push('!');
        assert_eq!(Answers::from_code(&mended, &code), Ok(answers));
    }

    proptest! {
        #[test]
        fn a_code_gives_the_same_answers_back(seed: u64) {
            let guide = sample::spouse();
            let answers = crate::guide::random_answers(&guide, seed);
            let code = answers.to_code(&guide);
            prop_assert!(code.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_'));
            prop_assert!(code.len() <= guide.questions.len() + 3);
            prop_assert_eq!(Answers::from_code(&guide, &code), Ok(answers));
        }

        #[test]
        fn no_text_makes_the_decoder_panic(code in ".{0,24}") {
            let _ = Answers::from_code(&sample::spouse(), &code);
        }
    }
}
