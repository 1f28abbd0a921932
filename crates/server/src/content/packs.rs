//! The packs of one content version.

use crate::body::{Keep, Prepared};
use std::collections::HashMap;
use std::sync::Arc;

/// The packs by name, such as `catalogue.pack` and `services/HJ-017.pack`.
pub struct PackSet {
    version: String,
    packs: HashMap<String, Arc<Prepared>>,
}

impl PackSet {
    /// Takes compiled packs.
    #[must_use]
    pub fn new(packs: yichuang_content::Packs) -> Self {
        let prepare = |bytes: Vec<u8>| {
            Arc::new(Prepared::new(
                bytes,
                "application/octet-stream",
                Keep::Forever,
            ))
        };
        let mut by_name: HashMap<String, Arc<Prepared>> = packs
            .services
            .into_iter()
            .map(|(code, bytes)| (format!("services/{code}.pack"), prepare(bytes)))
            .collect();
        by_name.insert("catalogue.pack".to_owned(), prepare(packs.catalogue));
        by_name.insert("summaries.pack".to_owned(), prepare(packs.summaries));
        by_name.insert("points.pack".to_owned(), prepare(packs.points));
        by_name.insert("bundles.pack".to_owned(), prepare(packs.bundles));
        Self {
            version: packs.version,
            packs: by_name,
        }
    }

    /// The content version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// A pack by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Arc<Prepared>> {
        self.packs.get(name)
    }

    /// All packs, those that a first visit needs before the others.
    #[must_use]
    pub fn in_order_of_need(&self) -> Vec<Arc<Prepared>> {
        let mut packs: Vec<_> = self.packs.iter().collect();
        packs.sort_by_key(|(name, _)| {
            (name.contains('/'), name.as_str() != "catalogue.pack", *name)
        });
        packs
            .into_iter()
            .map(|(_, pack)| Arc::clone(pack))
            .collect()
    }
}
