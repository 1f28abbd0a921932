//! Search as one types: the index of the catalogue pack, opened once, and what was typed last.

use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::pack::CataloguePack;
use yichuang_search::{Answer, Index, Shown};

/// Search over the services, for the whole application.
#[derive(Clone, Copy)]
pub struct Search {
    index: StoredValue<Option<Arc<Index>>>,
    /// What stands in the search box of the home page; kept so that Back returns to it.
    pub typed: RwSignal<String>,
}

/// Provides the search with what was typed before the application came; the index is opened with
/// the first question, or when the search box is entered.
pub fn provide_search(typed: String) {
    provide_context(Search {
        index: StoredValue::new(None),
        typed: RwSignal::new(typed),
    });
}

/// Search over the services.
///
/// # Panics
/// Outside the application.
#[must_use]
pub fn use_search() -> Search {
    expect_context()
}

impl Search {
    /// Answers a question; nothing if the index of this catalogue cannot be read.
    #[must_use]
    pub fn answer(self, catalogue: &CataloguePack, question: &str, limit: usize) -> Option<Answer> {
        let index = self.index.get_value().or_else(|| self.open(catalogue))?;
        Some(index.search(question, limit))
    }

    /// Opens the index if it is not open yet, so that the first letter need not wait for it.
    pub fn prepare(self, catalogue: &CataloguePack) {
        if self.index.with_value(Option::is_none) {
            self.open(catalogue);
        }
    }

    fn open(self, catalogue: &CataloguePack) -> Option<Arc<Index>> {
        let shown: Vec<Shown<'_>> = catalogue
            .services
            .iter()
            .map(|service| Shown {
                code: service.code.as_str(),
                name_zh: &service.name.zh,
                name_en: &service.name.en,
                ..Shown::default()
            })
            .collect();
        let index = Arc::new(Index::open(&catalogue.search, &shown).ok()?);
        self.index.set_value(Some(index.clone()));
        Some(index)
    }
}
