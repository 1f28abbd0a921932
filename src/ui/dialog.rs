use super::unique_id;
use leptos::html;
use leptos::prelude::*;

/// A native modal dialog: the browser keeps the focus inside, Escape closes it, and the focus
/// returns to where it was.
#[component]
pub fn Dialog(
    /// Whether it is open.
    is_open: RwSignal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Its body; built when it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("dialog");
    let title_reference = title_id.clone();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if is_open.get() {
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            class="yc-dialog"
            node_ref=dialog
            aria-labelledby=title_reference
            on:close=move |_| is_open.set(false)
        >
            <div class="yc-dialog__head">
                <h2 class="yc-dialog__title" id=title_id>
                    {title}
                </h2>
                <button
                    type="button"
                    class="yc-button yc-button--quiet"
                    on:click=move |_| is_open.set(false)
                >
                    {tr!(common.close)}
                </button>
            </div>
            {move || is_open.get().then(|| children())}
        </dialog>
    }
    .into_any()
}
