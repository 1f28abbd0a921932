//! A small sound content folder, and ways to break it.

use std::fs;
use std::path::{Path, PathBuf};
use yichuang_content::{Finding, Kind};

/// A copy of the fixture in a temporary folder.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture"),
            folder.path(),
        );
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Replaces a text that stands in the file exactly once.
    pub fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.file(name)).expect("a fixture file");
        assert_eq!(
            text.matches(from).count(),
            1,
            "`{from}` must stand in {name} exactly once"
        );
        fs::write(self.file(name), text.replace(from, to)).expect("the file can be written");
    }

    pub fn append(&self, name: &str, more: &str) {
        let text = fs::read_to_string(self.file(name)).unwrap_or_default();
        fs::write(self.file(name), text + more).expect("the file can be written");
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.file(name)).expect("a fixture file");
    }

    /// The line (from 1) on which a text begins, where it stands last in the file.
    pub fn line_of(&self, name: &str, marker: &str) -> usize {
        let text = fs::read_to_string(self.file(name)).expect("a fixture file");
        let at = text.rfind(marker).expect("the marker stands in the file");
        text[..at].matches('\n').count() + 1
    }

    /// All findings; empty for sound content.
    pub fn findings(&self) -> Vec<Finding> {
        match yichuang_content::load(self.path()) {
            Ok(_) => Vec::new(),
            Err(findings) => findings.as_slice().to_vec(),
        }
    }

    /// Asserts that a finding of a kind is reported in a file, on the line of `marker` (or for the
    /// file as a whole), and that its message holds `says`.
    pub fn assert_found(&self, kind: Kind, name: &str, marker: Option<&str>, says: &str) {
        let line = marker.map_or(0, |marker| self.line_of(name, marker));
        let findings = self.findings();
        let is_it = |finding: &Finding| {
            finding.kind == kind
                && &*finding.place.file == name
                && finding.place.line == line
                && finding.message.contains(says)
        };
        assert!(
            findings.iter().any(is_it),
            "expected {kind:?} at {name}:{line} with “{says}”, found {}",
            findings
                .iter()
                .map(|finding| format!("\n  {:?} {finding}", finding.kind))
                .collect::<String>()
        );
    }
}

/// Breaks the fixture by one replacement and asserts the finding, which stands on the line of
/// `marker` in the changed file.
pub fn assert_broken(name: &str, from: &str, to: &str, kind: Kind, marker: &str, says: &str) {
    let folder = Folder::new();
    folder.replace(name, from, to);
    folder.assert_found(kind, name, Some(marker), says);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the fixture").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}
