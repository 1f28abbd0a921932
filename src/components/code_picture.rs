use crate::ui::qr;
use leptos::prelude::*;

/// An address as a QR code, or a sentence where it is too long for one.
///
/// Loaded when it is wanted: [`crate::chunks::code_picture`].
pub fn code_picture(address: Signal<String>) -> AnyView {
    let label = tr!(service.actions.qr_label);
    let failed = tr!(service.actions.qr_failed);
    (move || match qr::modules(&address.get()) {
        Some(modules) => qr::qr(modules, label),
        None => view! { <p>{failed}</p> }.into_any(),
    })
    .into_any()
}
