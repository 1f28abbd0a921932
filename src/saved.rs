//! Checklists and plans kept on this device (我的清单).
//!
//! A list is its address: service or bundle, and the answers as their short code. Nothing about
//! identity is in it, and nothing leaves the device. What the list says is worked out anew when it
//! is opened, so a kept list never shows outdated facts.

use crate::storage;
use leptos::prelude::*;

const KEY: &str = "yc-saved";
/// First line of the stored text; another layout gets another number.
const LAYOUT: &str = "1";
/// More would only hide the ones that are wanted.
const MOST: usize = 50;

/// A list kept on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedList {
    /// Its address, as `Page::with_query` writes it.
    pub address: String,
    /// The day it was kept, ISO 8601.
    pub saved_on: String,
}

/// The kept lists, for the whole application.
#[derive(Clone, Copy)]
pub struct Saved {
    lists: RwSignal<Vec<SavedList>>,
}

/// Reads what is kept and provides it; follows changes made in another tab.
pub fn provide_saved() {
    let saved = Saved {
        lists: RwSignal::new(stored()),
    };
    provide_context(saved);
    let handle = window_event_listener_untyped("storage", move |_| {
        saved.lists.try_set(stored());
    });
    on_cleanup(move || handle.remove());
}

/// The kept lists.
///
/// # Panics
/// Outside the application.
#[must_use]
pub fn use_saved() -> Saved {
    expect_context()
}

impl Saved {
    /// All lists, the newest first.
    #[must_use]
    pub fn lists(self) -> Signal<Vec<SavedList>> {
        self.lists.into()
    }

    /// Whether the list at this address is kept.
    #[must_use]
    pub fn contains(self, address: &str) -> bool {
        self.lists
            .with(|lists| lists.iter().any(|list| list.address == address))
    }

    /// Keeps the list at this address; says whether the device kept it.
    pub fn keep(self, address: &str, today: &str) -> bool {
        let mut lists = stored();
        lists.retain(|list| list.address != address);
        lists.insert(
            0,
            SavedList {
                address: address.to_owned(),
                saved_on: today.to_owned(),
            },
        );
        lists.truncate(MOST);
        let is_kept = storage::write(KEY, &encode(&lists));
        if is_kept {
            self.lists.set(lists);
        }
        is_kept
    }

    /// Forgets the list at this address.
    pub fn forget(self, address: &str) {
        let mut lists = stored();
        lists.retain(|list| list.address != address);
        storage::write(KEY, &encode(&lists));
        self.lists.set(lists);
    }
}

fn stored() -> Vec<SavedList> {
    storage::read(KEY)
        .map(|text| decode(&text))
        .unwrap_or_default()
}

/// One line a list: the day, a space, the address.
fn encode(lists: &[SavedList]) -> String {
    let mut text = LAYOUT.to_owned();
    for list in lists {
        text.push('\n');
        text.push_str(&list.saved_on);
        text.push(' ');
        text.push_str(&list.address);
    }
    text
}

/// Lines that are not understood are left out, and so is everything of another layout.
fn decode(text: &str) -> Vec<SavedList> {
    let mut lines = text.lines();
    if lines.next() != Some(LAYOUT) {
        return Vec::new();
    }
    lines
        .filter_map(|line| {
            let (saved_on, address) = line.split_once(' ')?;
            address.starts_with('/').then(|| SavedList {
                address: address.to_owned(),
                saved_on: saved_on.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_were_kept() {
        let lists = vec![
            SavedList {
                address: "/services/HJ-017/checklist?a=Abc-9".into(),
                saved_on: "2026-11-24".into(),
            },
            SavedList {
                address: "/bundles/YJ-001/plan?a=x".into(),
                saved_on: "2026-11-23".into(),
            },
        ];
        assert_eq!(decode(&encode(&lists)), lists);
    }

    #[test]
    fn another_layout_or_a_damaged_line_is_left_out() {
        assert!(decode("2\n2026-11-24 /services").is_empty());
        assert!(decode("").is_empty());
        assert_eq!(
            decode("1\nnonsense\n2026-11-24 https://elsewhere\n2026-11-24 /about").len(),
            1
        );
    }
}
