//! What a search answers.

use core::ops::Range;

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Documents that answer, best first. Empty when nothing answers with enough confidence.
    pub hits: Vec<Hit>,
    /// Where `hits` is empty: the documents nearest to the query, to offer beside the departments.
    pub nearest: Vec<Hit>,
    /// How much of what the query says the best document covers, 0 to 1. Where it is too low there
    /// are no `hits`, only `nearest`.
    pub confidence: f32,
    /// The query as it was understood, where that differs from what was typed: pinyin turned into
    /// words, a typing error mended.
    pub understood: Option<String>,
    /// Another office that deals with what was asked, where the lexicon knows one.
    pub elsewhere: Option<Elsewhere>,
}

/// One document found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Number of the document: its place in the list that [`Index::open`](crate::Index::open) was
    /// given, and so its place in the catalogue pack.
    pub document: usize,
    /// Score; comparable within one answer only.
    pub score: f32,
    /// Byte ranges of the Chinese name that match, in order, on character boundaries.
    pub name_zh: Vec<Range<usize>>,
    /// Byte ranges of the English name that match, in order, on character boundaries.
    pub name_en: Vec<Range<usize>>,
    /// Why it was found.
    pub reason: Reason,
}

/// Why a document was found: the strongest of the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its code was typed.
    Code,
    /// Words of its name; the name's ranges show which.
    Name,
    /// People type this for it (a keyword).
    Keyword(String),
    /// A word that means the same: what was typed, and what the catalogue calls it.
    Synonym {
        /// The word in the query.
        typed: String,
        /// The word in the document.
        means: String,
    },
    /// Its summary.
    Summary,
}

/// Another office that deals with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// What was recognised in the query.
    pub typed: String,
    /// The office in Chinese.
    pub zh: String,
    /// The office in English.
    pub en: String,
}
