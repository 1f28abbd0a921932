use super::unique_id;
use leptos::prelude::*;

/// One answer of a [`RadioGroup`].
#[derive(Clone)]
pub struct RadioOption {
    /// Its identifier.
    pub id: String,
    /// Its words.
    pub label: Signal<String>,
    /// A second line.
    pub hint: Option<Signal<String>>,
}

/// One question, one answer. Choosing acts at once; nothing is chosen beforehand.
///
/// The legend is the question: as a page's only question it is the page's heading, then leave
/// `legend` out and pass the heading's id as `labelled_by`.
#[component]
pub fn RadioGroup(
    /// Start of the ids, where an error summary leads to the first answer (`…-0`).
    #[prop(optional, into)]
    id: Option<String>,
    /// The question.
    #[prop(optional, into)]
    legend: Option<Signal<String>>,
    /// Id of the element that holds the question instead of a legend.
    #[prop(optional, into)]
    labelled_by: Option<String>,
    /// A line under the question.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The answers.
    options: Vec<RadioOption>,
    /// Identifier of the chosen answer.
    #[prop(into)]
    selected: Signal<Option<String>>,
    /// What happens when an answer is chosen.
    #[prop(into)]
    on_select: Callback<String>,
) -> impl IntoView {
    let group = id.unwrap_or_else(|| unique_id("radio"));
    let hint_id = [&group, "-hint"].concat();
    let error_id = [&group, "-error"].concat();
    let described_by = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        let has_hint = hint.is_some();
        move || {
            let ids: Vec<&str> = [
                has_hint.then_some(hint_id.as_str()),
                error.with(Option::is_some).then_some(error_id.as_str()),
            ]
            .into_iter()
            .flatten()
            .collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let rows = options
        .into_iter()
        .enumerate()
        .map(|(number, option)| {
            let input_id = [&group, "-", &number.to_string()].concat();
            let row_hint_id = option.hint.map(|_| [&input_id, "-hint"].concat());
            let chosen = option.id.clone();
            let this = option.id.clone();
            view! {
                <div class="yc-choice yc-choice--radio">
                    <input
                        class="yc-choice__input"
                        type="radio"
                        id=input_id.clone()
                        name=group.clone()
                        value=option.id
                        aria-describedby=row_hint_id.clone()
                        prop:checked=move || selected.with(|selected| selected.as_ref() == Some(&this))
                        on:change=move |_| on_select.run(chosen.clone())
                    />
                    <label class="yc-choice__label" for=input_id>
                        {option.label}
                    </label>
                    {option
                        .hint
                        .map(|hint| view! { <p class="yc-choice__hint" id=row_hint_id>{hint}</p> })}
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="yc-group"
            class:yc-group--error=move || error.with(Option::is_some)
            role="radiogroup"
            aria-labelledby=labelled_by
            aria-describedby=described_by
        >
            {legend.map(|legend| view! { <legend class="yc-group__legend">{legend}</legend> })}
            {hint.map(|hint| view! { <p class="yc-hint" id=hint_id>{hint}</p> })}
            {error_line(error_id, error)}
            {rows}
        </fieldset>
    }
    .into_any()
}

/// The error line of a field or group.
pub(super) fn error_line(id: String, error: Signal<Option<String>>) -> impl IntoView {
    move || {
        let id = id.clone();
        error.get().map(|error| {
            view! { <p class="yc-error" id=id>{error}</p> }
        })
    }
}
