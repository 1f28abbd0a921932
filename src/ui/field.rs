use super::radio_group::error_line;
use leptos::prelude::*;

/// One line of text with its label, hint and error wired together once, here:
/// `aria-describedby` names hint and error, `aria-invalid` says that there is one, and the error
/// summary's link finds the input by `id`.
#[component]
pub fn Field(
    /// Id of the input, unique on the page and stable: the error summary links to it.
    #[prop(into)]
    id: String,
    /// Label, always visible.
    #[prop(into)]
    label: Signal<String>,
    /// A line under the label.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Type of the input; `text` unless told.
    #[prop(default = "text")]
    kind: &'static str,
    /// Keyboard to show on a phone, such as `decimal`.
    #[prop(optional)]
    input_mode: Option<&'static str>,
    /// What the browser may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The text.
    value: RwSignal<String>,
) -> impl IntoView {
    let hint_id = [&id, "-hint"].concat();
    let error_id = [&id, "-error"].concat();
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        let has_hint = hint.is_some();
        move || match (has_hint, error.with(Option::is_some)) {
            (true, true) => Some([&hint_id, " ", &error_id].concat()),
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(error_id.clone()),
            (false, false) => None,
        }
    };
    view! {
        <div class="yc-field" class:yc-field--error=move || error.with(Option::is_some)>
            <label class="yc-field__label" for=id.clone()>
                {label}
            </label>
            {hint.map(|hint| view! { <p class="yc-hint" id=hint_id>{hint}</p> })}
            {error_line(error_id, error)}
            <input
                class="yc-input"
                id=id
                type=kind
                inputmode=input_mode
                autocomplete=autocomplete
                aria-describedby=described_by
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}
