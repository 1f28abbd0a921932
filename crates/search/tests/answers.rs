//! Answers over a handful of documents.
#![cfg(feature = "build")]

use yichuang_search::{Document, Index, Lexicon, Reason, Shown, build};

fn document(code: &str, zh: &str, en: &str, keywords: &[&str]) -> Document {
    Document {
        code: code.to_owned(),
        keywords: keywords.iter().map(|word| (*word).to_owned()).collect(),
        name_zh: zh.to_owned(),
        name_en: en.to_owned(),
        ..Document::default()
    }
}

fn documents() -> Vec<Document> {
    vec![
        document(
            "HJ-001",
            "出生登记",
            "Birth registration",
            &["上户口", "宝宝上户口"],
        ),
        document(
            "JJ-031",
            "驾驶证期满换证",
            "Renew a driving licence",
            &["驾照到期了"],
        ),
        document(
            "CR-001",
            "普通护照首次签发",
            "First ordinary passport",
            &["办护照"],
        ),
    ]
}

fn index() -> Index {
    let documents = documents();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/search");
    let mut lexicon = Lexicon::load(folder.as_ref(), &Default::default()).unwrap_or_default();
    lexicon.phrases.clear();
    let blob = build(&documents, &lexicon);
    let shown: Vec<Shown<'_>> = documents
        .iter()
        .map(|document| Shown {
            code: &document.code,
            name_zh: &document.name_zh,
            name_en: &document.name_en,
            ..Shown::default()
        })
        .collect();
    Index::open(&blob, &shown).expect("the blob was just built")
}

#[test]
fn a_keyword_finds_its_document_and_is_the_reason() {
    let answer = index().search("宝宝上户口", 5);
    assert_eq!(answer.hits[0].document, 0);
    assert_eq!(
        answer.hits[0].reason,
        Reason::Keyword("宝宝上户口".to_owned())
    );
}

#[test]
fn a_code_finds_its_document() {
    for query in ["HJ-001", "hj001", " hj-001 "] {
        assert_eq!(
            index().search(query, 5).hits[0].reason,
            Reason::Code,
            "{query}"
        );
    }
}

#[test]
fn the_matching_part_of_the_name_is_marked() {
    let hit = &index().search("护照", 5).hits[0];
    let name = "普通护照首次签发";
    let marked: Vec<&str> = hit
        .name_zh
        .iter()
        .map(|range| &name[range.clone()])
        .collect();
    assert_eq!((hit.document, marked), (2, vec!["护照"]));
}

#[test]
fn a_damaged_blob_is_refused() {
    assert!(Index::open(&[1, 2, 3], &[]).is_err());
}
