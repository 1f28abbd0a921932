//! The crates that the browser runs, made callable from Node: to be measured in real WebAssembly
//! and compared with native runs of the same code. It is no part of the product.
//!
//! `cargo xtask bench search` and `cargo xtask test` build it; the functions without a
//! `#[wasm_bindgen]` are what the native side calls.

mod desk;

pub use desk::CredentialDesk;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use yichuang_contract::bundle::Bundle;
use yichuang_contract::calendar::CalendarYear;
use yichuang_contract::guide::Guide;
use yichuang_contract::pack::ServicePack;
use yichuang_contract::plan::Relation;
use yichuang_domain::calendar::Calendar;
use yichuang_domain::plan::{PlanContent, PlanSample};
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

/// All content that plans are made from.
#[derive(Debug, Serialize, Deserialize)]
pub struct PlanWorld {
    /// All services.
    pub services: Vec<ServicePack>,
    /// All bundles.
    pub bundles: Vec<Bundle>,
    /// All relations.
    pub relations: Vec<Relation>,
    /// Holidays and working weekends.
    pub calendar: Vec<CalendarYear>,
}

impl PlanWorld {
    /// The working days.
    ///
    /// # Panics
    /// If the content check let a broken date pass.
    #[must_use]
    pub fn working_days(&self) -> Calendar {
        Calendar::new(&self.calendar).expect("dates")
    }

    /// What the domain plans from.
    #[must_use]
    pub fn content<'world>(&'world self, calendar: &'world Calendar) -> PlanContent<'world> {
        PlanContent {
            services: &self.services,
            bundles: &self.bundles,
            relations: &self.relations,
            calendar,
        }
    }
}

/// The planner, to be compared and measured.
#[wasm_bindgen]
pub struct Planning {
    world: PlanWorld,
    calendar: Calendar,
    sample: Option<PlanSample>,
}

#[wasm_bindgen]
impl Planning {
    /// Opens a [`PlanWorld`] encoded with postcard.
    #[wasm_bindgen(constructor)]
    pub fn new(world: &[u8]) -> Planning {
        let world: PlanWorld = postcard::from_bytes(world).expect("a world");
        Planning {
            calendar: world.working_days(),
            world,
            sample: None,
        }
    }

    /// The domain's digest over random plans, as hexadecimal digits.
    pub fn digest(&self, seed: u32, count: usize) -> String {
        let content = self.world.content(&self.calendar);
        format!("{:016x}", content.digest(u64::from(seed), count))
    }

    /// How many bundles there are.
    pub fn bundles(&self) -> usize {
        self.world.bundles.len()
    }

    /// Takes a random basket of so many services with answers to all its questions.
    pub fn take_basket(&mut self, size: usize, seed: u32) {
        let content = self.world.content(&self.calendar);
        self.sample = Some(content.basket(size, u64::from(seed)));
    }

    /// Takes a bundle with random optional items and answers to all its questions.
    pub fn take_bundle(&mut self, index: usize, seed: u32) {
        let content = self.world.content(&self.calendar);
        self.sample = Some(content.bundle(index, u64::from(seed)));
    }

    /// Plans what was taken, from joining the guides to the last date, as a link to a plan does.
    /// Returns the number of its materials.
    pub fn plan(&self) -> usize {
        let sample = self.sample.as_ref().expect("something taken");
        let content = self.world.content(&self.calendar);
        let plan = content.plan(sample, "2026-11-24".parse().ok());
        plan.expect("a plan of sound content").materials.len()
    }
}
