//! The crates that the browser runs, made callable from Node: to be measured in real WebAssembly
//! and compared with native runs of the same code. It is no part of the product.
//!
//! `cargo xtask bench search` and `cargo xtask test` build it; the functions without a
//! `#[wasm_bindgen]` are what the native side calls.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use yichuang_contract::guide::Guide;
use yichuang_search::{Index, Shown};

/// A search index and what the catalogue pack would show of its documents.
#[derive(Debug, Serialize, Deserialize)]
pub struct Catalogue {
    /// The blob.
    pub blob: Vec<u8>,
    /// Code, Chinese name, English name, Chinese and English summary of each document.
    pub shown: Vec<[String; 5]>,
}

impl Catalogue {
    /// Opens the index.
    ///
    /// # Panics
    /// If the blob does not belong to the documents.
    #[must_use]
    pub fn open(&self) -> Index {
        let shown: Vec<Shown<'_>> = self
            .shown
            .iter()
            .map(|[code, name_zh, name_en, summary_zh, summary_en]| Shown {
                code,
                name_zh,
                name_en,
                summary_zh,
                summary_en,
            })
            .collect();
        Index::open(&self.blob, &shown).expect("the blob belongs to these documents")
    }
}

/// A digest of everything that searching for each line of `queries` answers. The same index and
/// queries give the same digest on every machine, or search is broken there.
#[must_use]
pub fn digest_of_search(index: &Index, queries: &str) -> u64 {
    let mut digest: u64 = 0xCBF2_9CE4_8422_2325;
    for query in queries.lines() {
        let answer = index.search(query, 5);
        for byte in format!("{answer:?}").bytes() {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
    digest
}

/// An open index.
#[wasm_bindgen]
pub struct Probe {
    index: Index,
}

#[wasm_bindgen]
impl Probe {
    /// Opens a [`Catalogue`] encoded with postcard.
    #[wasm_bindgen(constructor)]
    pub fn new(catalogue: &[u8]) -> Probe {
        let catalogue: Catalogue = postcard::from_bytes(catalogue).expect("a catalogue");
        Probe {
            index: catalogue.open(),
        }
    }

    /// Searches as the search box does and returns the number of hits.
    pub fn search(&self, query: &str) -> usize {
        self.index.search(query, 5).hits.len()
    }

    /// [`digest_of_search`], as hexadecimal digits.
    pub fn search_digest(&self, queries: &str) -> String {
        format!("{:016x}", digest_of_search(&self.index, queries))
    }
}

/// The domain's digest over walks through guides (a `Vec<Guide>` encoded with postcard), as
/// hexadecimal digits.
#[wasm_bindgen]
pub fn guide_digest(guides: &[u8], seed: u32, count: usize) -> String {
    let guides: Vec<Guide> = postcard::from_bytes(guides).expect("guides");
    let digest = yichuang_domain::guide::digest(&guides, u64::from(seed), count);
    format!("{digest:016x}")
}
