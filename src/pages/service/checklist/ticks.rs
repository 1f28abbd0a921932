//! Ticked-off materials, kept on this device for one service and one set of answers.

use crate::storage;
use leptos::prelude::*;
use std::collections::BTreeSet;
use yichuang_contract::ServiceCode;

/// The ticks of one list.
#[derive(Clone, Copy)]
pub struct Ticks {
    key: StoredValue<String>,
    done: RwSignal<BTreeSet<String>>,
}

/// The ticks kept for this list.
pub fn use_ticks(service: &ServiceCode, code: &str) -> Ticks {
    let key = ["yc-ticks:", service.as_str(), ":", code].concat();
    let done = storage::read(&key).unwrap_or_default();
    let done = done
        .split(' ')
        .filter(|id| !id.is_empty())
        .map(str::to_owned)
        .collect();
    Ticks {
        key: StoredValue::new(key),
        done: RwSignal::new(done),
    }
}

impl Ticks {
    /// Whether a material is ticked off.
    pub fn has(self, material: &str) -> bool {
        self.done.with(|done| done.contains(material))
    }

    /// How many of these are ticked off.
    pub fn count(self, materials: &[String]) -> usize {
        self.done
            .with(|done| materials.iter().filter(|id| done.contains(*id)).count())
    }

    /// Ticks a material off, or not.
    pub fn set(self, material: &str, is_done: bool) {
        self.done.update(|done| {
            if is_done {
                done.insert(material.to_owned());
            } else {
                done.remove(material);
            }
        });
        let done: Vec<String> = self.done.get_untracked().into_iter().collect();
        self.key.with_value(|key| {
            if done.is_empty() {
                storage::remove(key);
            } else {
                storage::write(key, &done.join(" "));
            }
        });
    }
}
