//! Whatever is typed, search answers: it never panics, answers alike, and looks at no more than the
//! beginning of a very long paste.
#![cfg(feature = "build")]

mod support;

use proptest::prelude::*;
use std::sync::OnceLock;
use yichuang_search::{Answer, Document, Index};

fn catalogue() -> &'static (Vec<Document>, Index) {
    static CATALOGUE: OnceLock<(Vec<Document>, Index)> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let documents = support::documents();
        let index = support::index(&documents);
        (documents, index)
    })
}

/// Every range lies in its name, on character boundaries, in order and not touching the next.
fn are_sound(name: &str, ranges: &[std::ops::Range<usize>]) -> bool {
    ranges
        .iter()
        .all(|range| range.start < range.end && name.get(range.clone()).is_some())
        && ranges.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

fn is_sound(answer: &Answer, documents: &[Document], limit: usize) -> bool {
    let hits = answer.hits.iter().chain(&answer.nearest);
    answer.hits.len() <= limit
        && (answer.hits.is_empty() || answer.nearest.is_empty())
        && answer
            .hits
            .windows(2)
            .all(|pair| pair[0].score >= pair[1].score)
        && hits.clone().all(|hit| {
            let document = &documents[hit.document];
            are_sound(&document.name_zh, &hit.name_zh) && are_sound(&document.name_en, &hit.name_en)
        })
        && hits.clone().all(|hit| {
            hits.clone()
                .filter(|other| other.document == hit.document)
                .count()
                == 1
        })
}

/// Pieces of what people type, put together in every way.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[a-z ]{0,12}",
        Just("身份证".to_owned()),
        Just("护照".to_owned()),
        Just("駕照".to_owned()),
        Just("sfz".to_owned()),
        Just("huzhao".to_owned()),
        Just("passport".to_owned()),
        Just("怎么办".to_owned()),
        Just("医保".to_owned()),
        Just("𠮷🙂\u{0301}".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_answered_soundly_and_alike(query in typed(), limit in 0_usize..12) {
        let (documents, index) = catalogue();
        let answer = index.search(&query, limit);
        prop_assert!(is_sound(&answer, documents, limit), "{answer:?}");
        prop_assert_eq!(index.search(&query, limit), answer);
    }

    #[test]
    fn a_long_paste_costs_no_more_than_its_beginning(begin in typed(), more in "[一-龥]{1,40}") {
        let (documents, index) = catalogue();
        let filler = "我想问一下身份证过期了怎么办".repeat(8);
        let long = format!("{begin}{filler}");
        let longer = format!("{long}{}", more.repeat(200));
        let (one, other) = (index.search(&long, 5), index.search(&longer, 5));
        let found = |answer: &Answer| answer.hits.iter().map(|hit| hit.document).collect::<Vec<_>>();
        prop_assert!(is_sound(&other, documents, 5));
        prop_assert_eq!(found(&one), found(&other));
    }
}

#[test]
fn every_service_is_found_by_its_own_name() {
    let (documents, index) = catalogue();
    for (number, document) in documents.iter().enumerate() {
        for name in [&document.name_zh, &document.name_en] {
            let answer = index.search(name, 3);
            let is_found = answer.hits.iter().any(|hit| hit.document == number);
            assert!(is_found, "{} is not found by {name}", document.code);
        }
    }
}

#[test]
fn every_bundle_is_found_by_its_own_name() {
    let bundles = support::bundles();
    let index = support::index(&bundles);
    for (number, bundle) in bundles.iter().enumerate() {
        let answer = index.search(&bundle.name_zh, 3);
        let is_found = answer.hits.iter().any(|hit| hit.document == number);
        assert!(
            is_found,
            "{} is not found by {}",
            bundle.code, bundle.name_zh
        );
    }
}
