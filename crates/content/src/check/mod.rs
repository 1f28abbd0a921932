//! Checks across files: what no file can know alone.

mod bundle;
mod calendar;
mod fee;
mod guide;
mod point;
mod relation;
mod review;
mod service;

pub(crate) use guide::compile_guides;

use crate::Content;
use crate::finding::{At, Kind, Log, Place};
use std::collections::BTreeMap;

/// Runs every check.
pub(crate) fn run(content: &Content, log: &Log) {
    service::check(content, log);
    fee::check(content, log);
    calendar::check(&content.calendar, log);
    point::check(&content.points, log);
    guide::check(content, log);
    review::check(content, log);
    bundle::check(content, log);
    relation::check(content, log);
}

/// Reports every identifier that stands for the second time.
pub(crate) fn duplicates<'a>(
    what: &str,
    ids: impl IntoIterator<Item = (&'a str, &'a Place)>,
    log: &Log,
) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (id, place) in ids {
        if id.is_empty() {
            continue;
        }
        match seen.get(id) {
            Some(first) => {
                log.add(
                    place,
                    Kind::Duplicate,
                    format!("{what} `{id}` is already at {first}; rename or remove one"),
                );
            }
            None => {
                seen.insert(id, place);
            }
        }
    }
}

/// Reports a reference whose target is not among the known ones.
pub(crate) fn dangling<T: std::fmt::Display>(
    what: &str,
    reference: &At<T>,
    is_known: bool,
    log: &Log,
) {
    if !is_known {
        let message = format!("no {what} `{}`; mend the name or add it", reference.value);
        log.add(&reference.place, Kind::Dangling, message);
    }
}
