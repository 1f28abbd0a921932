//! Checks of bundles.

use super::{dangling, duplicates};
use crate::Content;
use crate::bundle::BundleEntry;
use crate::finding::{Kind, Log, Place};
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::ServiceCode;
use yichuang_contract::bundle::BundleItemKind;

pub(super) fn check(content: &Content, log: &Log) {
    let codes: BTreeSet<&str> = content
        .services
        .iter()
        .map(|service| service.code.as_str())
        .collect();
    let bundles = &content.bundles;
    duplicates(
        "bundle",
        bundles
            .iter()
            .map(|entry| (entry.bundle.code.as_str(), &entry.place)),
        log,
    );
    duplicates(
        "bundle name",
        bundles
            .iter()
            .map(|entry| (entry.bundle.name.zh.as_str(), &entry.place)),
        log,
    );
    duplicates(
        "bundle name",
        bundles
            .iter()
            .map(|entry| (entry.bundle.name.en.as_str(), &entry.place)),
        log,
    );
    for entry in bundles {
        if let Some(catalogue) = &entry.catalogue {
            dangling(
                "service",
                catalogue,
                codes.contains(catalogue.as_str()),
                log,
            );
        }
        check_items(entry, &codes, log);
        check_given(entry, content, log);
        for id in &entry.used_by {
            let is_known = entry.bundle.items.iter().any(|item| item.id == id.value);
            dangling("item of this bundle", id, is_known, log);
        }
    }
    check_outside_items(bundles, log);
    for theme in &content.bundle_themes {
        if !bundles.iter().any(|entry| entry.bundle.theme == theme.id) {
            let message = format!("no bundle stands under theme `{}`; remove it", theme.id);
            log.add(&theme.place, Kind::Dangling, message);
        }
    }
}

fn check_items(entry: &BundleEntry, codes: &BTreeSet<&str>, log: &Log) {
    let items = &entry.bundle.items;
    if items.len() < 2 {
        log.add(
            &entry.place,
            Kind::MissingKey,
            "a bundle joins at least two items; add one",
        );
    }
    if items.iter().all(|item| item.optional_when.is_some()) {
        log.add(
            &entry.place,
            Kind::Contradiction,
            "every item is optional; at least one is always needed",
        );
    }
    duplicates(
        "item",
        items.iter().map(|item| item.id.as_str()).zip(&entry.items),
        log,
    );
    for (item, place) in items.iter().zip(&entry.items) {
        if let BundleItemKind::Service(code) = &item.kind
            && !codes.contains(code.as_str())
        {
            log.add(
                place,
                Kind::Dangling,
                format!("no service `{code}`; mend the code"),
            );
        }
    }
    for (_, before) in &entry.after {
        dangling(
            "item of this bundle",
            before,
            items.iter().any(|item| item.id == before.value),
            log,
        );
    }
    for (number, replaced) in &entry.instead_of {
        dangling(
            "item of this bundle",
            replaced,
            items.iter().any(|item| item.id == replaced.value),
            log,
        );
        if items[*number].id == replaced.value {
            log.add(
                &replaced.place,
                Kind::Cycle,
                "an item cannot take its own place; name the other one",
            );
        }
        if items[*number].optional_when.is_none() {
            let message = "an item that takes another's place says when: write `optional_when`";
            log.add(&replaced.place, Kind::MissingKey, message);
        }
    }
    check_order(entry, log);
}

/// A given answer names a service of the bundle, a question of its guide and a choice.
fn check_given(entry: &BundleEntry, content: &Content, log: &Log) {
    let has_item = |code: &ServiceCode| {
        let is_it =
            |kind: &BundleItemKind| matches!(kind, BundleItemKind::Service(item) if item == code);
        entry.bundle.items.iter().any(|item| is_it(&item.kind))
    };
    for (given, place) in entry.bundle.given.iter().zip(&entry.given) {
        for code in std::iter::once(&given.service).chain(&given.only) {
            if !has_item(code) {
                log.add(
                    place,
                    Kind::Dangling,
                    format!("`{code}` is no item of this bundle; mend the code"),
                );
            }
        }
        let Some(guide) = content.guide(&given.service) else {
            continue;
        };
        let question = guide
            .questions
            .iter()
            .find(|question| question.id == given.question);
        match question {
            None => {
                let message = format!(
                    "the guide of {} has no question `{}`; mend the name",
                    given.service, given.question
                );
                log.add(place, Kind::Dangling, message);
            }
            Some(question)
                if !question
                    .choices
                    .iter()
                    .any(|choice| choice.id == given.choice) =>
            {
                let message = format!(
                    "question `{}` has no choice `{}`; mend the name",
                    given.question, given.choice
                );
                log.add(place, Kind::Dangling, message);
            }
            Some(_) => {}
        }
    }
}

/// Finds items that wait for each other: what is left when every item that waits for none of the
/// rest has been taken away, again and again.
fn check_order(entry: &BundleEntry, log: &Log) {
    let items = &entry.bundle.items;
    let mut left: Vec<usize> = (0..items.len()).collect();
    loop {
        let waits = |index: &usize| {
            items[*index]
                .after
                .iter()
                .any(|id| left.iter().any(|other| items[*other].id == *id))
        };
        let waiting: Vec<usize> = left.iter().copied().filter(waits).collect();
        if waiting.len() == left.len() {
            break;
        }
        left = waiting;
    }
    if let Some(first) = left.first() {
        let names: Vec<&str> = left.iter().map(|index| items[*index].id.as_str()).collect();
        let message = format!(
            "{} wait for each other; remove one `after`",
            names.join(", ")
        );
        log.add(&entry.items[*first], Kind::Cycle, message);
    }
}

/// An item outside the catalogue bears one name and one agency wherever it stands.
fn check_outside_items(bundles: &[BundleEntry], log: &Log) {
    let mut known: BTreeMap<&str, (&BundleItemKind, &Place)> = BTreeMap::new();
    for entry in bundles {
        for (item, place) in entry.bundle.items.iter().zip(&entry.items) {
            if matches!(item.kind, BundleItemKind::Service(_)) {
                continue;
            }
            let (first, first_place) = known.entry(&item.id).or_insert((&item.kind, place));
            if **first != item.kind {
                let message = format!(
                    "`{}` is something else at {first_place}; use another name or the same facts",
                    item.id
                );
                log.add(place, Kind::Contradiction, message);
            }
        }
    }
}
