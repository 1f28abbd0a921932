use crate::api::use_packs;
use crate::hooks::use_online;
use crate::ui::IntoAny;
use crate::ui::{Icon, IconName, Loadable, dynamic};
use leptos::prelude::*;

/// Says that the content is made up, until the content itself says otherwise.
#[component]
pub fn DemonstrationBanner() -> impl IntoView {
    let catalogue = use_packs().known_catalogue();
    let is_real = Signal::derive(move || {
        catalogue.with(|state| matches!(state, Loadable::Ready(pack) if !pack.is_demonstration))
    });
    view! {
        <p class="yc-banner yc-banner--demonstration" hidden=is_real>
            <strong>{tr!(common.demonstration)}</strong>
            " "
            {tr!(common.demonstration_text)}
        </p>
    }
    .into_any()
}

/// Says that the device is not connected and what still works.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let is_online = use_online();
    let banner = dynamic(move || {
        if is_online.get() {
            return ().into_any();
        }
        view! {
            <p class="yc-banner yc-banner--offline">
                <Icon name=IconName::Offline />
                {tr!(common.offline)}
            </p>
        }
        .into_any()
    });
    view! { <div role="status">{banner}</div> }.into_any()
}
