//! Lists the files of a content folder.

use crate::finding::{Kind, Log};
use std::path::Path;

/// Names of the TOML files in `folder/sub`, relative to `folder`, sorted.
pub(crate) fn toml_files(folder: &Path, sub: &str, log: &Log) -> Vec<String> {
    let entries = match std::fs::read_dir(folder.join(sub)) {
        Ok(entries) => entries,
        Err(error) => {
            log.add_file(
                sub,
                Kind::Unreadable,
                format!("the folder cannot be read: {error}; restore it"),
            );
            return Vec::new();
        }
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml") && !name.starts_with('.'))
        .map(|name| format!("{sub}/{name}"))
        .collect();
    names.sort();
    names
}
