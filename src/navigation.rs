//! Moving between pages: the address bar, links, Back, scroll and focus.
//!
//! Own code instead of `leptos_router`, which costs 36 KB of the first download and keeps no
//! scroll position on Back; docs/decisions/navigation.md has the measurements.
//!
//! * Links are plain `<a href>`; one listener on the document turns those within the application
//!   into moves. Links to files, the API or elsewhere, new tabs and downloads are left alone.
//! * [`Navigation::page`] changes only when another page is to be shown; a change of the query
//!   alone leaves the page mounted.
//! * A move forward scrolls to the top, Back returns to where one was.
//! * The new page's heading takes the focus ([`crate::ui::PageHeading`]).

use crate::page::Page;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Whether a move adds an entry to the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum History {
    /// Back returns to where one was.
    Push,
    /// Back skips it: for filters and answers typed on one page.
    Replace,
}

/// Where the application is and how it moves.
#[derive(Clone, Copy)]
pub struct Navigation {
    page: RwSignal<Page>,
    query: RwSignal<Vec<(String, String)>>,
    memory: StoredValue<Memory>,
}

/// Scroll positions by history entry.
#[derive(Default)]
struct Memory {
    entry: u32,
    newest: u32,
    moves: u32,
    positions: Vec<(u32, f64)>,
}

/// Reads the address, provides [`Navigation`] and listens to links and to Back.
pub fn provide_navigation() -> Navigation {
    let (page, query) = read_address();
    let navigation = Navigation {
        page: RwSignal::new(page),
        query: RwSignal::new(query),
        memory: StoredValue::new(Memory::default()),
    };
    provide_context(navigation);

    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        let _ = history.replace_state(&JsValue::from(0), "");
    }
    window_event_listener(ev::popstate, move |event| navigation.on_back(&event));
    window_event_listener(ev::click, move |event| navigation.on_click(&event));
    navigation
}

/// Where the application is and how it moves.
///
/// # Panics
/// Outside the application.
#[must_use]
pub fn use_navigation() -> Navigation {
    expect_context()
}

impl Navigation {
    /// The page to show.
    #[must_use]
    pub fn page(self) -> Signal<Page> {
        self.page.into()
    }

    /// One value of the query; empty where it is absent.
    #[must_use]
    pub fn query(self, name: &'static str) -> Memo<String> {
        Memo::new(move |_| {
            self.query.with(|pairs| {
                pairs
                    .iter()
                    .find(|(key, _)| key == name)
                    .map(|(_, value)| value.clone())
                    .unwrap_or_default()
            })
        })
    }

    /// Changes values of the query and stays on the page; an empty value removes its name.
    pub fn set_query(self, changes: &[(&str, &str)], history: History) {
        let mut pairs = self.query.get_untracked();
        pairs.retain(|(key, _)| changes.iter().all(|(name, _)| name != key));
        for (name, value) in changes.iter().filter(|(_, value)| !value.is_empty()) {
            pairs.push(((*name).to_owned(), (*value).to_owned()));
        }
        let borrowed: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .collect();
        let address = self.page.get_untracked().with_query(&borrowed);
        self.go(&address, history);
    }

    /// Moves to an address of the application, as [`Page::path`] and [`Page::with_query`] write it.
    pub fn go(self, address: &str, history: History) {
        let Ok(entries) = window().history() else {
            return;
        };
        self.remember_scroll();
        let entry = self
            .memory
            .try_update_value(|memory| {
                memory.moves += 1;
                if history == History::Push {
                    memory.newest += 1;
                    memory.entry = memory.newest;
                }
                memory.entry
            })
            .unwrap_or_default();
        let state = JsValue::from(entry);
        let moved = match history {
            History::Push => entries.push_state_with_url(&state, "", Some(address)),
            History::Replace => entries.replace_state_with_url(&state, "", Some(address)),
        };
        if moved.is_err() {
            // The browser refuses (too many moves a second): load the page instead.
            let _ = window().location().set_href(address);
            return;
        }
        if self.apply() {
            scroll_to(0.0);
        }
    }

    /// Goes one entry back, or home where there is none in this application.
    pub fn back(self) {
        let has_entry = self.memory.with_value(|memory| memory.entry > 0);
        match window().history() {
            Ok(history) if has_entry => {
                let _ = history.back();
            }
            _ => self.go(&Page::Home.path(), History::Push),
        }
    }

    /// Whether the person has moved since the application started; the first page takes no focus.
    #[must_use]
    pub fn has_moved(self) -> bool {
        self.memory.with_value(|memory| memory.moves > 0)
    }

    /// Takes over the address; says whether another page is shown.
    fn apply(self) -> bool {
        let (page, query) = read_address();
        let is_other = self.page.with_untracked(|current| *current != page);
        // A page that is left must not see the query of the next one.
        batch_page_and_query(self, page, query, is_other);
        is_other
    }

    fn remember_scroll(self) {
        let position = window().scroll_y().unwrap_or_default();
        self.memory.update_value(|memory| {
            let entry = memory.entry;
            memory.positions.retain(|(known, _)| *known != entry);
            memory.positions.push((entry, position));
        });
    }

    fn on_back(self, event: &web_sys::PopStateEvent) {
        // A jump to an anchor of the same page has no state of ours and needs nothing.
        let Some(entry) = event.state().as_f64() else {
            return;
        };
        self.remember_scroll();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let position = self
            .memory
            .try_update_value(|memory| {
                memory.moves += 1;
                memory.entry = entry as u32;
                let known = |(entry, _): &&(u32, f64)| *entry == memory.entry;
                memory
                    .positions
                    .iter()
                    .find(known)
                    .map(|(_, position)| *position)
            })
            .flatten()
            .unwrap_or_default();
        if self.apply() {
            scroll_when_tall_enough(position, 60);
        }
    }

    fn on_click(self, event: &web_sys::MouseEvent) {
        if event.default_prevented()
            || event.button() != 0
            || event.meta_key()
            || event.ctrl_key()
            || event.shift_key()
            || event.alt_key()
        {
            return;
        }
        let Some(link) = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok())
        else {
            return;
        };
        let location = window().location();
        let is_elsewhere = link.origin() != location.origin().unwrap_or_default()
            || !matches!(link.target().as_str(), "" | "_self")
            || link.has_attribute("download")
            || link
                .get_attribute("rel")
                .is_some_and(|rel| rel.contains("external"))
            || link.pathname().starts_with("/api/")
            || link.pathname().starts_with("/packs/");
        let address = [link.pathname(), link.search()].concat();
        let here = [
            location.pathname().unwrap_or_default(),
            location.search().unwrap_or_default(),
        ]
        .concat();
        let is_anchor = !link.hash().is_empty() && address == here;
        if is_elsewhere || is_anchor {
            return;
        }
        event.prevent_default();
        let history = if address == here {
            History::Replace
        } else {
            History::Push
        };
        self.go(&address, history);
    }
}

fn batch_page_and_query(
    navigation: Navigation,
    page: Page,
    query: Vec<(String, String)>,
    is_other: bool,
) {
    if is_other {
        navigation
            .query
            .update_untracked(|current| *current = query);
        navigation.page.set(page);
        navigation.query.notify();
    } else if navigation.query.with_untracked(|current| *current != query) {
        navigation.query.set(query);
    }
}

fn read_address() -> (Page, Vec<(String, String)>) {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let search = location.search().unwrap_or_default();
    let query = form_urlencoded::parse(search.trim_start_matches('?').as_bytes())
        .into_owned()
        .collect();
    (Page::from_path(&path), query)
}

fn scroll_to(position: f64) {
    window().scroll_to_with_x_and_y(0.0, position);
}

/// A page that is still loading is too short to scroll in; waits some frames until it is not.
fn scroll_when_tall_enough(position: f64, frames_left: u16) {
    request_animation_frame(move || {
        let height = document()
            .document_element()
            .map_or(0.0, |root| f64::from(root.scroll_height()));
        let view = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or_default();
        if height - view >= position || frames_left == 0 {
            scroll_to(position);
        } else {
            scroll_when_tall_enough(position, frames_left - 1);
        }
    });
}
