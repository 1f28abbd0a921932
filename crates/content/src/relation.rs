//! `bundles/relations.toml`: what goes before what, what excludes or contains what.

use crate::finding::{At, Log, Place};
use crate::reader::{File, Table};
use std::path::Path;
use yichuang_contract::plan::{Relation, RelationKind};
use yichuang_contract::{ServiceCode, Text};

/// A relation with the places of its services.
#[derive(Clone, Debug)]
pub struct RelationEntry {
    /// The relation.
    pub relation: Relation,
    /// Where it begins.
    pub place: Place,
    /// Where its services are named.
    pub services: [At<ServiceCode>; 2],
}

/// Reads all relations: orders, exclusions, then what contains what.
pub(crate) fn read(folder: &Path, log: &Log) -> Vec<RelationEntry> {
    File::read(folder, "bundles/relations.toml", log, |file| {
        let kinds = [
            ("before", RelationKind::Before),
            ("excludes", RelationKind::Excludes),
            ("contains", RelationKind::Contains),
        ];
        let of_kind = |(key, kind)| {
            let way_out = file.text(&format!("way_out_{key}"));
            file.tables(key, |table| read_relation(table, kind, &way_out))
        };
        kinds.into_iter().flat_map(of_kind).collect()
    })
    .unwrap_or_default()
}

fn read_relation(table: &Table<'_>, kind: RelationKind, way_out: &Text) -> Option<RelationEntry> {
    let reason = table.text("reason");
    let way_out = table
        .optional_text("way_out")
        .unwrap_or_else(|| way_out.clone());
    let services: [Option<At<ServiceCode>>; 2] = match kind {
        RelationKind::Before => [table.parsed("first"), table.parsed("then")],
        RelationKind::Contains => [table.parsed("whole"), table.parsed("part")],
        RelationKind::Excludes => {
            let mut pair = table.parsed_list("services").into_iter();
            [pair.next(), pair.next()]
        }
    };
    let [Some(first), Some(second)] = services else {
        return None;
    };
    Some(RelationEntry {
        relation: Relation {
            kind,
            first: first.value.clone(),
            second: second.value.clone(),
            reason,
            way_out,
        },
        place: table.place(),
        services: [first, second],
    })
}
