use crate::basket::use_basket;
use crate::ui::IntoAny;
use leptos::prelude::*;
use yichuang_contract::ServiceCode;

/// Puts a service into the basket (随心办) or takes it out.
#[component]
pub fn AddToBasket(
    /// The service.
    code: ServiceCode,
    /// Its name, for who hears only the button.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let basket = use_basket();
    let is_in = {
        let code = code.clone();
        Memo::new(move |_| basket.contains(&code))
    };
    let cannot = move || basket.is_full() && !is_in.get();
    let words = tr!(bundle.basket.add);
    let words_in = tr!(bundle.basket.added);
    let words_full = tr!(bundle.basket.full);
    let press = move |_| {
        if is_in.get_untracked() {
            basket.remove(&code);
        } else {
            basket.add(&code);
        }
    };
    let is_pressed = Signal::derive(move || is_in.get().to_string());
    let is_disabled = Signal::derive(cannot);
    let words = Signal::derive(move || {
        if is_in.get() {
            words_in.get()
        } else if cannot() {
            words_full.get()
        } else {
            words.get()
        }
    });
    let name = [" ", &name].concat();
    view! {
        <button
            type="button"
            class="yc-add yc-no-print"
            aria-pressed=is_pressed
            disabled=is_disabled
            on:click=press
        >
            {words}
            <span class="yc-visually-hidden">{name}</span>
        </button>
    }
    .into_any()
}
