//! The real catalogue, read no further than search needs it.
#![allow(dead_code, reason = "each test uses its part")]

use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use yichuang_search::{Document, Index, Lexicon, Shown, build};

#[derive(Deserialize)]
struct File {
    service: Vec<Service>,
}

#[derive(Deserialize)]
struct Service {
    code: String,
    name: String,
    name_en: String,
    summary: String,
    summary_en: String,
    keywords: Vec<String>,
    #[serde(default)]
    keywords_en: Vec<String>,
}

pub fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

pub fn documents() -> Vec<Document> {
    let mut documents = Vec::new();
    for department in [
        "household",
        "exit-entry",
        "traffic",
        "public-order",
        "cyber",
        "video",
        "anti-drug",
        "criminal",
    ] {
        let path = content().join(format!("services/{department}.toml"));
        let text = std::fs::read_to_string(&path).expect("the catalogue is in the repository");
        let file: File = toml::from_str(&text).expect("the catalogue is well formed");
        documents.extend(file.service.into_iter().map(|service| Document {
            code: service.code,
            keywords: [service.keywords, service.keywords_en].concat(),
            name_zh: service.name,
            name_en: service.name_en,
            // As in the catalogue pack, which comes without sentences.
            ..Document::default()
        }));
    }
    documents
}

#[derive(Deserialize)]
struct BundleFile {
    bundle: Vec<Bundle>,
}

#[derive(Deserialize)]
struct Bundle {
    code: String,
    name: String,
    name_en: String,
    situation: String,
    situation_en: String,
    keywords: Vec<String>,
}

/// The bundles, of every file that has some.
pub fn bundles() -> Vec<Document> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(content().join("bundles"))
        .expect("the bundles are in the repository")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let texts = paths
        .iter()
        .filter_map(|path| std::fs::read_to_string(path).ok());
    let files = texts.filter_map(|text| toml::from_str::<BundleFile>(&text).ok());
    let bundles = files.flat_map(|file| file.bundle);
    bundles
        .map(|bundle| Document {
            code: bundle.code,
            keywords: bundle.keywords,
            name_zh: bundle.name,
            name_en: bundle.name_en,
            summary_zh: bundle.situation,
            summary_en: bundle.situation_en,
        })
        .collect()
}

pub fn lexicon(documents: &[Document]) -> Lexicon {
    let mut codes: BTreeSet<String> = documents
        .iter()
        .map(|document| document.code.clone())
        .collect();
    codes.extend(
        self::documents()
            .into_iter()
            .chain(bundles())
            .map(|document| document.code),
    );
    Lexicon::load(&content().join("search"), &codes).expect("the lexicon is in order")
}

pub fn shown(documents: &[Document]) -> Vec<Shown<'_>> {
    documents
        .iter()
        .map(|document| Shown {
            code: &document.code,
            name_zh: &document.name_zh,
            name_en: &document.name_en,
            summary_zh: &document.summary_zh,
            summary_en: &document.summary_en,
        })
        .collect()
}

pub fn index(documents: &[Document]) -> Index {
    let blob = build(documents, &lexicon(documents));
    Index::open(&blob, &shown(documents)).expect("the blob was just built")
}
