use crate::api::use_packs;
use crate::hooks::use_online;
use crate::ui::{Icon, IconName, Loadable};
use leptos::prelude::*;

/// Says that the content is made up, until the content itself says otherwise.
#[component]
pub fn DemonstrationBanner() -> impl IntoView {
    let catalogue = use_packs().catalogue().state;
    let is_demonstration = move || {
        catalogue.with(|state| !matches!(state, Loadable::Ready(pack) if !pack.is_demonstration))
    };
    (move || {
        is_demonstration().then(|| {
            view! {
                <p class="yc-banner yc-banner--demonstration">
                    <strong>{tr!(common.demonstration)}</strong>
                    " "
                    {tr!(common.demonstration_text)}
                </p>
            }
        })
    })
    .into_any()
}

/// Says that the device is not connected and what still works.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let is_online = use_online();
    view! {
        <div role="status">
            {move || {
                (!is_online.get())
                    .then(|| {
                        view! {
                            <p class="yc-banner yc-banner--offline">
                                <Icon name=IconName::Offline />
                                {tr!(common.offline)}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}
