use super::unique_id;
use leptos::prelude::*;

/// One box to tick, with its words as part of the target.
#[component]
pub fn Checkbox(
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// A second line.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// Whether it is ticked.
    #[prop(into)]
    is_checked: Signal<bool>,
    /// What happens when it is ticked or cleared.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    let id = unique_id("check");
    let hint_id = hint.map(|_| [&id, "-hint"].concat());
    view! {
        <div class="yc-choice">
            <input
                class="yc-choice__input"
                type="checkbox"
                id=id.clone()
                aria-describedby=hint_id.clone()
                prop:checked=is_checked
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label class="yc-choice__label" for=id>
                {label}
            </label>
            {hint.map(|hint| view! { <p class="yc-choice__hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
