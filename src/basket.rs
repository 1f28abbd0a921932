//! The basket (随心办): services put together by hand, kept on this device until they are planned.

use crate::storage;
use leptos::prelude::*;
use yichuang_contract::ServiceCode;
use yichuang_contract::plan::BASKET_SIZE;

const KEY: &str = "yc-basket";

/// The basket, for the whole application.
#[derive(Clone, Copy)]
pub struct Basket {
    codes: RwSignal<Vec<ServiceCode>>,
}

/// Reads what is kept and provides it; follows changes made in another tab.
pub fn provide_basket() {
    let basket = Basket {
        codes: RwSignal::new(stored()),
    };
    provide_context(basket);
    let handle = window_event_listener_untyped("storage", move |_| {
        basket.codes.try_set(stored());
    });
    on_cleanup(move || handle.remove());
}

/// The basket.
///
/// # Panics
/// Outside the application.
#[must_use]
pub fn use_basket() -> Basket {
    expect_context()
}

impl Basket {
    /// The services in the order they were added.
    #[must_use]
    pub fn codes(self) -> Signal<Vec<ServiceCode>> {
        self.codes.into()
    }

    /// Whether a service is in it.
    #[must_use]
    pub fn contains(self, code: &ServiceCode) -> bool {
        self.codes.with(|codes| codes.contains(code))
    }

    /// Whether nothing more fits.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.codes.with(|codes| codes.len() >= BASKET_SIZE)
    }

    /// Puts a service in, if there is room.
    pub fn add(self, code: &ServiceCode) {
        self.change(|codes| {
            if !codes.contains(code) && codes.len() < BASKET_SIZE {
                codes.push(code.clone());
            }
        });
    }

    /// Takes a service out.
    pub fn remove(self, code: &ServiceCode) {
        self.change(|codes| codes.retain(|kept| kept != code));
    }

    /// Empties it.
    pub fn clear(self) {
        self.change(Vec::clear);
    }

    fn change(self, change: impl FnOnce(&mut Vec<ServiceCode>)) {
        // Another tab may have changed it since.
        let mut codes = stored();
        change(&mut codes);
        storage::write(KEY, &encode(&codes));
        self.codes.set(codes);
    }
}

/// Codes joined by dots: `HJ-001.CR-002`, as they also stand in addresses.
#[must_use]
pub fn encode(codes: &[ServiceCode]) -> String {
    let codes: Vec<&str> = codes.iter().map(ServiceCode::as_str).collect();
    codes.join(".")
}

/// The codes of such a text, each once, at most as many as a basket holds.
#[must_use]
pub fn decode(text: &str) -> Vec<ServiceCode> {
    let mut codes = Vec::new();
    for code in text.split('.').filter_map(|code| code.parse().ok()) {
        if !codes.contains(&code) && codes.len() < BASKET_SIZE {
            codes.push(code);
        }
    }
    codes
}

fn stored() -> Vec<ServiceCode> {
    storage::read(KEY)
        .map(|text| decode(&text))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basket_comes_back_without_doubles_and_nonsense() {
        let codes = decode("HJ-001.CR-002.HJ-001.nonsense.YJ-001");
        assert_eq!(encode(&codes), "HJ-001.CR-002");
    }

    #[test]
    fn a_basket_holds_twelve() {
        let many: Vec<String> = (1..=20).map(|number| format!("HJ-{number:03}")).collect();
        assert_eq!(decode(&many.join(".")).len(), BASKET_SIZE);
    }
}
