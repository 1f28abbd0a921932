//! What is wrong with the content, where, and what to do about it.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

/// A place in a content file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the content folder, with forward slashes.
    pub file: Arc<str>,
    /// The line, from 1; 0 stands for the file as a whole.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => formatter.write_str(&self.file),
            line => write!(formatter, "{}:{line}", self.file),
        }
    }
}

/// A value with the place it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// Kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A file or folder is missing or cannot be read.
    Unreadable,
    /// The file is no TOML.
    Syntax,
    /// A key that nothing reads, most often a slip of the pen.
    UnknownKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value that is not what its key wants.
    InvalidValue,
    /// A sentence in one language only, or the same in both.
    Translation,
    /// The same identifier twice.
    Duplicate,
    /// A code or identifier that names nothing.
    Dangling,
    /// Things that wait for each other.
    Cycle,
    /// A day, a number of days or a period that cannot be.
    ImpossibleDay,
    /// Facts that contradict each other.
    Contradiction,
    /// A rule of a guide that cannot be read.
    Expression,
    /// A guide whose graph is not sound.
    Guide,
    /// A word that the glossary does not allow.
    Term,
    /// A fault in the lexicon of the search.
    Lexicon,
}

/// One thing wrong in the content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What kind of slip it is.
    pub kind: Kind,
    /// What is wrong and what to do, a sentence for the editor.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

/// Everything that is wrong in the content, sorted by file and line; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings(pub(crate) Vec<Finding>);

impl Findings {
    /// The findings.
    #[must_use]
    pub fn as_slice(&self) -> &[Finding] {
        &self.0
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.0 {
            writeln!(formatter, "{finding}")?;
        }
        let count = self.0.len();
        write!(
            formatter,
            "{count} finding{} in the content",
            if count == 1 { "" } else { "s" }
        )
    }
}

impl std::error::Error for Findings {}

/// A text in both languages, as it was read from some file.
#[derive(Clone, Debug)]
pub(crate) struct SeenText {
    /// Whether it names a material.
    pub(crate) is_material_name: bool,
    /// The text.
    pub(crate) text: yichuang_contract::Text,
    /// Where the English stands.
    pub(crate) place: Place,
}

/// Collects findings while the content is read and checked, and every text for the glossary.
#[derive(Debug, Default)]
pub(crate) struct Log {
    findings: RefCell<Vec<Finding>>,
    texts: RefCell<Vec<SeenText>>,
}

impl Log {
    pub(crate) fn add(&self, place: &Place, kind: Kind, message: impl Into<String>) {
        self.findings.borrow_mut().push(Finding {
            place: place.clone(),
            kind,
            message: message.into(),
        });
    }

    /// A finding about a file or folder as a whole.
    pub(crate) fn add_file(&self, file: &str, kind: Kind, message: impl Into<String>) {
        let place = Place {
            file: file.into(),
            line: 0,
        };
        self.add(&place, kind, message);
    }

    pub(crate) fn add_text(&self, text: SeenText) {
        self.texts.borrow_mut().push(text);
    }

    /// Every text read so far; the log forgets them.
    pub(crate) fn take_texts(&self) -> Vec<SeenText> {
        self.texts.take()
    }

    pub(crate) fn into_findings(self) -> Option<Findings> {
        let mut findings = self.findings.into_inner();
        findings.sort();
        findings.dedup();
        (!findings.is_empty()).then_some(Findings(findings))
    }
}
