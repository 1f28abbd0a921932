//! The content in service: what the API answers, and the packs that browsers cache.

mod catalogue;
mod first_words;
mod packs;
pub mod reload;

pub use catalogue::Catalogue;
pub use packs::PackSet;

use crate::body::{Keep, Prepared};
use crate::problem::Failure;
use crate::spa::{self, Spa};
use http::HeaderValue;
use quick_cache::{Weighter, sync::Cache};
use std::path::Path;
use std::sync::Arc;

/// Bytes of prepared answers kept for one content version.
const ANSWERS_BYTES: u64 = 48 * 1024 * 1024;

/// Why content cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The content check found something.
    #[error("the content in {folder} has {} findings, the first: {first}; run `yichuang check` to see them all", findings.len())]
    Findings {
        /// The content folder.
        folder: String,
        /// The first finding.
        first: String,
        /// All findings, one line each.
        findings: Vec<String>,
    },
    /// The packs do not fit the program that made them: a defect.
    #[error("the packs made from the content cannot be read back: {0}")]
    Packs(String),
}

/// Reads, checks and compiles a content folder.
///
/// # Errors
/// With everything the check found.
pub fn read(folder: &Path) -> Result<yichuang_content::Packs, Error> {
    yichuang_content::load(folder)
        .map(|content| content.compile())
        .map_err(|findings| {
            let findings: Vec<String> = findings
                .as_slice()
                .iter()
                .map(ToString::to_string)
                .collect();
            Error::Findings {
                folder: folder.display().to_string(),
                first: findings.first().cloned().unwrap_or_default(),
                findings,
            }
        })
}

/// One content version with everything made from it. It is never changed, only replaced whole.
pub struct Served {
    /// Content hash.
    pub version: String,
    /// The content as types.
    pub catalogue: Catalogue,
    /// The packs of this version.
    pub packs: Arc<PackSet>,
    /// The packs of the version before, for browsers that have just read its page.
    pub previous: Option<Arc<PackSet>>,
    /// The page, if the application is served.
    pub index: Option<Prepared>,
    /// The page with a place for the first words of what was asked for.
    template: Option<String>,
    content_security_policy: HeaderValue,
    answers: Cache<String, Arc<Prepared>, ByWeight>,
}

#[derive(Clone)]
struct ByWeight;

impl Weighter<String, Arc<Prepared>> for ByWeight {
    fn weight(&self, key: &String, answer: &Arc<Prepared>) -> u64 {
        answer.weight() + key.len() as u64
    }
}

impl Served {
    /// Makes everything from compiled packs.
    ///
    /// # Errors
    /// If the packs cannot be read back.
    pub fn new(
        packs: yichuang_content::Packs,
        spa: Option<&Spa>,
        previous: Option<Arc<PackSet>>,
    ) -> Result<Self, Error> {
        let catalogue = Catalogue::read(&packs)?;
        let version = packs.version.clone();
        let template = spa.map(|spa| spa.index(&version));
        let index = template
            .as_ref()
            .map(|html| html.replace(spa::PAGE_PLACEHOLDER, &first_words::of_others(&version)));
        let policy = spa::content_security_policy(index.as_deref());
        Ok(Self {
            // Our own text of ASCII; were it not, the strictest policy stands.
            content_security_policy: HeaderValue::from_str(&policy)
                .unwrap_or(HeaderValue::from_static("default-src 'none'")),
            packs: Arc::new(PackSet::new(packs)),
            previous,
            index: index
                .map(|html| Prepared::new(html, "text/html; charset=utf-8", Keep::Revalidate)),
            template,
            catalogue,
            version,
            answers: Cache::with_weighter(2_048, ANSWERS_BYTES, ByWeight),
        })
    }

    /// A pack by version and name, such as `services/HJ-017.pack`.
    #[must_use]
    pub fn pack(&self, version: &str, name: &str) -> Option<&Arc<Prepared>> {
        [Some(&self.packs), self.previous.as_ref()]
            .into_iter()
            .flatten()
            .find(|packs| packs.version() == version)
            .and_then(|packs| packs.get(name))
    }

    /// The answer under this key, made once for this content version.
    ///
    /// # Errors
    /// What `make` returns; failures are not kept.
    pub fn answer(
        &self,
        key: &str,
        make: impl FnOnce(&Catalogue) -> Result<Vec<u8>, Failure>,
    ) -> Result<Arc<Prepared>, Failure> {
        if let Some(answer) = self.answers.get(key) {
            return Ok(answer);
        }
        let answer = Arc::new(Prepared::json(make(&self.catalogue)?));
        self.answers.insert(key.to_owned(), Arc::clone(&answer));
        Ok(answer)
    }

    /// The page for a path that can say at once what it is about, made once for this version.
    #[must_use]
    pub fn page_about(&self, path: &str, query: Option<&str>) -> Option<Arc<Prepared>> {
        let template = self.template.as_ref()?;
        let words = first_words::of(&self.catalogue, &self.version, path, query)?;
        let key = ["page:", path].concat();
        if let Some(page) = self.answers.get(&key) {
            return Some(page);
        }
        let html = template.replace(spa::PAGE_PLACEHOLDER, &words);
        let page = Arc::new(Prepared::new(
            html,
            "text/html; charset=utf-8",
            Keep::Revalidate,
        ));
        self.answers.insert(key, Arc::clone(&page));
        Some(page)
    }

    /// The policy for this version's page.
    #[must_use]
    pub fn content_security_policy(&self) -> &HeaderValue {
        &self.content_security_policy
    }
}
