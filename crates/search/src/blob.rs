//! The blob: what travels to the browser beside names and summaries.
//!
//! It holds texts, not postings: texts compress far better, and the index over them is built in a
//! few milliseconds where it is opened.

use crate::lexicon::Role;
use serde::{Deserialize, Serialize};

/// Layout of the blob; a blob of another layout is refused.
pub(crate) const LAYOUT: u8 = 2;

/// Separates lines of a list inside one text.
pub(crate) const LINE: char = '\n';
/// Separates words of a line.
pub(crate) const BAR: char = '|';
/// Separates a document's keywords, which are shown as a reason, from its phrases.
pub(crate) const PHRASES: char = '\t';

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Blob<'a> {
    /// [`LAYOUT`].
    pub layout: u8,
    /// Role of each concept.
    pub roles: Vec<Role>,
    /// One line a concept: its words.
    pub words: &'a str,
    /// Narrower and wider concept.
    pub implies: Vec<(u16, u16)>,
    /// Concept, and the one that a name should then not have.
    pub against: Vec<(u16, u16)>,
    /// One line: the stop words.
    pub stop: &'a str,
    /// One line an office: name, English name, words.
    pub offices: &'a str,
    /// One line a document: keywords, a tab, phrases.
    pub keywords: &'a str,
    /// Popularity of each document.
    pub popularity: Vec<u8>,
    /// Traditional characters in order, as differences, each followed by its simplified character
    /// as a code point.
    pub variants: Vec<(u16, u16)>,
    /// One line a syllable: the syllable, then the characters read so.
    pub readings: &'a str,
}
