//! What appears while one types, and what a bare subject means, over the real catalogue.
#![cfg(feature = "build")]

mod support;

use yichuang_search::{Document, Index};

fn codes<'a>(documents: &'a [Document], index: &Index, query: &str) -> Vec<&'a str> {
    let hits = index.search(query, 5).hits;
    hits.iter()
        .map(|hit| documents[hit.document].code.as_str())
        .collect()
}

/// Each query with codes of which one must come first.
fn first(expected: &[(&str, &[&str])]) {
    let documents = support::documents();
    let index = support::index(&documents);
    for (query, wanted) in expected {
        let found = codes(&documents, &index, query);
        assert!(
            found.first().is_some_and(|code| wanted.contains(code)),
            "{query}: {found:?}"
        );
    }
}

#[test]
fn one_character_finds_what_it_begins() {
    first(&[
        ("护", &["CR-001"]),
        ("護", &["CR-001"]),
        ("照", &["CR-001", "JJ-031"]),
        ("身", &["HJ-052", "HJ-053", "HJ-051"]),
        ("证", &["HJ-060", "HJ-047", "XJ-001"]),
        ("户", &["HJ-001", "HJ-045", "HJ-017"]),
        ("居", &["HJ-060"]),
        ("p", &["CR-001"]),
    ]);
}

#[test]
fn every_beginning_of_every_name_finds_something() {
    let documents = support::documents();
    let index = support::index(&documents);
    for document in &documents {
        let characters = document.name_zh.char_indices().skip(1).take(2);
        for (end, _) in characters {
            let begun = &document.name_zh[..end];
            assert!(!index.search(begun, 5).hits.is_empty(), "{begun}");
        }
    }
}

#[test]
fn initials_of_a_name_find_it_whole_or_begun() {
    first(&[
        ("csdj", &["HJ-001"]),
        ("csd", &["HJ-001"]),
        ("jszqmhz", &["JJ-031"]),
        ("jszqm", &["JJ-031"]),
        ("qmhz", &["JJ-031"]),
        ("CSDJ", &["HJ-001"]),
    ]);
}

#[test]
fn initials_mark_the_part_of_the_name() {
    let documents = support::documents();
    let index = support::index(&documents);
    let hit = &index.search("csdj", 1).hits[0];
    let name = &documents[hit.document].name_zh;
    assert_eq!(&name[hit.name_zh[0].clone()], "出生登记");
}

#[test]
fn what_only_happens_to_be_letters_finds_nothing() {
    let documents = support::documents();
    let index = support::index(&documents);
    for query in ["aaaaaaa", "lkjlkj", "xxxxxx", "我", "你好", "股票"] {
        assert_eq!(
            codes(&documents, &index, query),
            Vec::<&str>::new(),
            "{query}"
        );
    }
}

#[test]
fn a_bare_subject_means_its_most_wanted_service() {
    first(&[
        ("护照", &["CR-001"]),
        ("hu zhao", &["CR-001"]),
        ("huzhao", &["CR-001"]),
        ("passport", &["CR-001"]),
        ("身份证", &["HJ-052", "HJ-053", "HJ-051"]),
        ("港澳通行证", &["CR-010", "CR-012"]),
        ("驾驶证", &["JJ-031"]),
        ("驾照", &["JJ-031"]),
        ("户口", &["HJ-001"]),
        ("居住证", &["HJ-060"]),
        ("台湾通行证", &["CR-031"]),
    ]);
    let documents = support::documents();
    let found = codes(&documents, &support::index(&documents), "护照");
    assert_eq!(&found[..2], ["CR-001", "CR-003"]);
}

#[test]
fn what_expires_is_renewed_and_what_has_expired_is_issued_anew() {
    first(&[
        // Renewal is for papers that are still valid; the services for a first issue say that they
        // also serve whoever's paper has expired.
        ("港澳通行证过期了", &["CR-010"]),
        ("港澳通行证快过期", &["CR-012"]),
        ("港澳通行证快到期", &["CR-012"]),
        ("护照过期了", &["CR-001"]),
        ("护照快过期了", &["CR-003"]),
        ("护照到期了", &["CR-003", "CR-004"]),
        ("台湾通行证过期了", &["CR-031"]),
        ("台湾通行证快过期了", &["CR-032", "CR-033"]),
        ("身份证快过期了", &["HJ-052"]),
        ("居住证快过期", &["HJ-061"]),
    ]);
}

#[test]
fn divorce_is_not_ours_and_no_household_is() {
    let documents = support::documents();
    let index = support::index(&documents);
    assert!(codes(&documents, &index, "离婚去哪里办").is_empty());
    first(&[("我没有户口从来没上过", &["HJ-006"])]);
}
