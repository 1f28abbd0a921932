use crate::components::words;
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::service::ServiceSummary;

/// The facts line of a service: 零跑腿 · 3 个工作日 · 免费.
pub fn service_facts(language: Language, service: &ServiceSummary) -> AnyView {
    let mut facts = vec![
        words::trips(language, service.trips),
        words::promise(language, service),
        words::fee(language, service.fee_from_fen, service.fee_to_fen),
    ];
    if service.has_terminal {
        facts.push(tr_in!(language, service.facts.terminal).to_owned());
    }
    view! {
        <ul class="yc-facts" aria-label=tr_in!(language, service.facts.label)>
            {facts
                .into_iter()
                .map(|fact| view! { <li class="yc-facts__item">{fact}</li> })
                .collect_view()}
        </ul>
    }
    .into_any()
}
