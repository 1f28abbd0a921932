use leptos::html;
use leptos::prelude::*;

/// One line of an [`ErrorSummary`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Id of the input.
    pub field: String,
    /// What is wrong and what to do; the same words as beside the field.
    pub message: String,
}

/// All errors of a page, above everything else. It takes the focus when it appears, and each line
/// leads to its field.
#[component]
pub fn ErrorSummary(
    /// The errors; nothing is shown while there are none.
    #[prop(into)]
    errors: Signal<Vec<FieldError>>,
) -> impl IntoView {
    let summary = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if errors.with(|errors| !errors.is_empty())
            && let Some(summary) = summary.get()
        {
            let _ = summary.focus();
        }
    });
    let title = tr!(common.errors_title);
    move || {
        let lines = errors.get();
        (!lines.is_empty()).then(|| {
            let lines = lines
                .into_iter()
                .map(|line| {
                    let field = line.field.clone();
                    view! {
                        <li>
                            <a
                                href=["#", &line.field].concat()
                                on:click=move |event| {
                                    event.prevent_default();
                                    focus(&field);
                                }
                            >
                                {line.message}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <div
                    class="yc-error-summary"
                    role="alert"
                    tabindex="-1"
                    node_ref=summary
                    aria-labelledby="error-summary-title"
                >
                    <h2 class="yc-error-summary__title" id="error-summary-title">
                        {title}
                    </h2>
                    <ul>{lines}</ul>
                </div>
            }
        })
    }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    if let Some(element) = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}
