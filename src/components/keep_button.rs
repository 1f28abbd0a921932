use super::words;
use crate::saved::use_saved;
use crate::ui::{Button, ButtonKind, Icon, IconName};
use leptos::prelude::*;

/// Keeps a checklist or plan on this device, or forgets it (存在这台设备上).
#[component]
pub fn KeepButton(
    /// The list's address without origin, as `Page::with_query` writes it.
    #[prop(into)]
    address: Signal<String>,
) -> impl IntoView {
    let saved = use_saved();
    let has_failed = RwSignal::new(false);
    let is_kept = Memo::new(move |_| address.with(|address| saved.contains(address)));
    let press = move |_| {
        let address = address.get_untracked();
        if is_kept.get_untracked() {
            saved.forget(&address);
        } else {
            has_failed.set(!saved.keep(&address, &words::today()));
        }
    };
    let (keep, forget) = (tr!(guide.actions.save), tr!(guide.actions.remove));
    let (kept, failed) = (tr!(guide.actions.saved), tr!(home.saved.failed));
    view! {
        <Button kind=ButtonKind::Secondary on_press=press>
            <Icon name=IconName::Save />
            {move || if is_kept.get() { forget.get() } else { keep.get() }}
        </Button>
        <span class="yc-keep" role="status">
            {move || {
                if has_failed.get() {
                    failed.get()
                } else if is_kept.get() {
                    kept.get()
                } else {
                    String::new()
                }
            }}
        </span>
    }
    .into_any()
}
