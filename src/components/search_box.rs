use crate::api::use_packs;
use crate::navigation::{History, use_navigation};
use crate::page::Page;
use crate::search::use_search;
use crate::ui::IntoAny;
use crate::ui::{Icon, IconName, Loadable};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The search box with its results under it.
///
/// `typed` changes with every keystroke, `asked` follows one frame later, so that searching never
/// stands between a finger and its letter. Arrow keys walk through the results, Escape returns to
/// the box, Enter opens the page of all results.
#[component]
pub fn SearchBox(
    /// Label of the box; invisible where the page's heading asks the same.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    typed: RwSignal<String>,
    /// What is to be answered.
    asked: RwSignal<String>,
    /// Whether Enter stays on this page, because all its results are shown already.
    #[prop(optional)]
    stays: bool,
    /// The results, if they stand inside.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let navigation = use_navigation();
    let frame = NodeRef::<html::Search>::new();
    let is_waiting = StoredValue::new(false);
    let on_input = move |event| {
        typed.set(event_target_value(&event));
        if !is_waiting.get_value() {
            is_waiting.set_value(true);
            // After the letter has been painted.
            set_timeout(
                move || {
                    is_waiting.try_update_value(|waiting| *waiting = false);
                    if let Some(typed) = typed.try_get_untracked() {
                        asked.try_set(typed);
                    }
                },
                std::time::Duration::from_millis(16),
            );
        }
    };
    let (packs, search) = (use_packs(), use_search());
    // Whoever enters the box is about to type: what the first letter needs is made ready.
    let on_focus = move |_| {
        packs.load_summaries();
        set_timeout(
            move || {
                if let Loadable::Ready(catalogue) = packs.known_catalogue().get_untracked() {
                    search.prepare(&catalogue);
                }
            },
            std::time::Duration::from_millis(50),
        );
    };
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let question = typed.get_untracked();
        let question = question.trim();
        if !question.is_empty() && !stays {
            navigation.go(&Page::Search.with_query(&[("q", question)]), History::Push);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Escape" => Step::Box,
            _ => return,
        };
        if let Some(frame) = frame.get_untracked()
            && walk(&frame, step)
        {
            event.prevent_default();
        }
    };
    view! {
        <search class="yc-search" node_ref=frame on:keydown=on_key>
            <form class="yc-search__form" action=Page::Search.path() on:submit=on_submit>
                <label class="yc-visually-hidden" for="search">
                    {label}
                </label>
                <input
                    class="yc-search__input"
                    id="search"
                    name="q"
                    type="search"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="search"
                    maxlength="80"
                    placeholder=tr!(home.search.placeholder)
                    prop:value=typed
                    on:input=on_input
                    on:focus=on_focus
                />
                <button class="yc-search__button" type="submit">
                    <Icon name=IconName::Search />
                    {tr!(home.search.button)}
                </button>
            </form>
            {children.map(|children| children())}
        </search>
    }
    .into_any()
}

enum Step {
    Next,
    Previous,
    Box,
}

/// Moves the focus between the box and the results; says whether it moved.
fn walk(frame: &web_sys::HtmlElement, step: Step) -> bool {
    let Ok(stops) = frame.query_selector_all("#search, .yc-service__name") else {
        return false;
    };
    let active = document().active_element();
    let stop = |index: u32| {
        stops
            .item(index)
            .and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok())
    };
    let current = (0..stops.length()).find(|index| {
        let element = stop(*index).map(web_sys::Element::from);
        element.is_some() && element == active
    });
    let Some(current) = current else {
        return false;
    };
    let target = match step {
        Step::Next => current + 1,
        Step::Previous => current.wrapping_sub(1),
        // In the box Escape is the browser's: it clears the text.
        Step::Box if current == 0 => return false,
        Step::Box => 0,
    };
    stop(target).is_some_and(|element| element.focus().is_ok())
}
