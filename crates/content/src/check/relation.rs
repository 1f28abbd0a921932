//! Checks of the relations between services.

use super::dangling;
use crate::Content;
use crate::finding::{Kind, Log};
use crate::relation::RelationEntry;
use std::collections::{BTreeMap, BTreeSet};
use yichuang_contract::plan::RelationKind;

pub(super) fn check(content: &Content, log: &Log) {
    let codes: BTreeSet<&str> = content
        .services
        .iter()
        .map(|service| service.code.as_str())
        .collect();
    let mut pairs: BTreeMap<[&str; 2], &RelationEntry> = BTreeMap::new();
    for entry in &content.relations {
        for service in &entry.services {
            dangling("service", service, codes.contains(service.as_str()), log);
        }
        let mut pair = [
            entry.relation.first.as_str(),
            entry.relation.second.as_str(),
        ];
        pair.sort_unstable();
        if pair[0] == pair[1] {
            let message = "a service has no relation to itself; name two";
            log.add(&entry.place, Kind::Contradiction, message);
        }
        if let Some(other) = pairs.insert(pair, entry) {
            let message = format!(
                "the same two services stand at {} already; remove one",
                other.place
            );
            log.add(&entry.place, Kind::Duplicate, message);
        }
    }
    check_order(&content.relations, log);
}

/// Takes away what nothing goes before, again and again; what is left goes round in a circle.
fn check_order(relations: &[RelationEntry], log: &Log) {
    let mut left: Vec<&RelationEntry> = relations
        .iter()
        .filter(|entry| entry.relation.kind == RelationKind::Before)
        .collect();
    loop {
        let seconds: BTreeSet<&str> = left
            .iter()
            .map(|entry| entry.relation.second.as_str())
            .collect();
        let waiting: Vec<&RelationEntry> = left
            .iter()
            .copied()
            .filter(|entry| seconds.contains(entry.relation.first.as_str()))
            .collect();
        if waiting.len() == left.len() {
            break;
        }
        left = waiting;
    }
    if let Some(entry) = left.first() {
        let services: BTreeSet<&str> = left
            .iter()
            .map(|entry| entry.relation.first.as_str())
            .collect();
        let services: Vec<&str> = services.into_iter().collect();
        let message = format!(
            "these services wait for each other: {}; turn one order round",
            services.join(", ")
        );
        log.add(&entry.place, Kind::Cycle, message);
    }
}
