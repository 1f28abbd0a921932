//! Every page of a service waits for the same pack and fails in the same words.

use crate::api::use_packs;
use crate::locale::use_language;
use crate::page::Page;
use crate::ui::{Failure, LinkButton, Loadable, LoadableView, PageHeading, end_first_words};
use leptos::prelude::*;
use std::sync::Arc;
use yichuang_contract::ServiceCode;
use yichuang_contract::pack::ServicePack;

/// Shows `view` once the service is here; its name, already known from the catalogue, until then.
pub fn with_service(
    code: ServiceCode,
    view: impl Fn(Arc<ServicePack>) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView {
    let pack = use_packs().service(&code);
    let name = name_in_catalogue(code.clone());
    (move || match pack.state.get() {
        Loadable::Ready(pack) => {
            end_first_words();
            view(pack)
        }
        Loadable::Failed(Failure::NotFound) => {
            end_first_words();
            unknown_service(code.clone())
        }
        state => {
            if !matches!(state, Loadable::Loading) {
                end_first_words();
            }
            let never = |_: Arc<ServicePack>| ().into_any();
            view! {
                <PageHeading title=name />
                <LoadableView state=Signal::stored(state) retry=pack.retry view=never />
            }
            .into_any()
        }
    })
    .into_any()
}

/// The name the catalogue knows, or the code while there is no catalogue.
fn name_in_catalogue(code: ServiceCode) -> Signal<String> {
    let language = use_language();
    let catalogue = use_packs().known_catalogue();
    Signal::derive(move || {
        catalogue.with(|catalogue| {
            let Loadable::Ready(catalogue) = catalogue else {
                return code.to_string();
            };
            let service = catalogue
                .services
                .iter()
                .find(|service| service.code == code);
            service.map_or_else(
                || code.to_string(),
                |service| service.name.get(language.get()).to_owned(),
            )
        })
    })
}

fn unknown_service(code: ServiceCode) -> AnyView {
    let code = code.to_string();
    let title = tr!(service.states.not_found_title);
    view! {
        <div class="yc-flow">
            <PageHeading title=title />
            <p>{tr!(service.states.not_found, code = move || code.clone())}</p>
            <p class="yc-second-links">
                <LinkButton href=Page::Home.path()>{tr!(service.states.search)}</LinkButton>
                <a class="yc-second-links__link" href=Page::Services.path()>
                    {tr!(service.states.catalogue)}
                </a>
            </p>
        </div>
    }
    .into_any()
}
