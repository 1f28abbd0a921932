use crate::api::use_packs;
use crate::components::words;
use crate::page::Page;
use crate::ui::Loadable;
use leptos::prelude::*;
use yichuang_contract::{Language, ServiceCode};

/// Links to services by their names; by their codes while the catalogue is not here.
pub fn service_links(language: Language, codes: &[ServiceCode]) -> AnyView {
    let catalogue = use_packs().known_catalogue();
    let codes = codes.to_vec();
    (move || {
        catalogue.with(|catalogue| {
            let links = codes
                .iter()
                .map(|code| {
                    let service = match catalogue {
                        Loadable::Ready(catalogue) => {
                            catalogue.services.iter().find(|service| service.code == *code)
                        }
                        _ => None,
                    };
                    let name = service.map_or_else(
                        || code.to_string(),
                        |service| service.name.get(language).to_owned(),
                    );
                    let trips = service.map(|service| words::trips(language, service.trips));
                    view! {
                        <li class="yc-service-links__item">
                            <a class="yc-service-links__link" href=Page::Service(code.clone()).path()>
                                {name}
                            </a>
                            {trips
                                .map(|trips| {
                                    view! { <span class="yc-service-links__fact">{trips}</span> }
                                })}
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="yc-service-links">{links}</ul> }.into_any()
        })
    })
    .into_any()
}
