//! About: what this is, what it does with data, where its facts come from, how to report a fault.

use crate::api::use_packs;
use crate::components::KeepEverything;
use crate::locale::use_language;
use crate::ui::{Loadable, PageHeading};
use leptos::prelude::*;
use yichuang_contract::pack::Site;

/// The page.
pub fn page() -> AnyView {
    let catalogue = use_packs().catalogue().state;
    let language = use_language();
    // Who runs this deployment is content, so it comes with the catalogue.
    let site = move || {
        catalogue.with(|catalogue| {
            let Loadable::Ready(catalogue) = catalogue else {
                return None;
            };
            let (language, site) = (language.get(), &catalogue.site);
            let words = tr_in!(
                language,
                about.report.site,
                authority = site.authority.get(language),
                phone = site.phone.as_str(),
                email = site.email.as_str()
            );
            Some(view! { <p>{words}</p> })
        })
    };
    view! {
        <article class="yc-prose">
            <PageHeading title=tr!(about.title) />
            <p class="yc-lead">{tr!(about.lead)}</p>
            <h2 id="demonstration">{tr!(about.demonstration.title)}</h2>
            <p>{tr!(about.demonstration.text)}</p>
            <h2 id="privacy">{tr!(about.privacy.title)}</h2>
            <p>{tr!(about.privacy.answers)}</p>
            <p>{tr!(about.privacy.device)}</p>
            <p>{tr!(about.privacy.report)}</p>
            <h2 id="sources">{tr!(about.sources.title)}</h2>
            <p>{tr!(about.sources.text)}</p>
            <p>{tr!(about.sources.unsure)}</p>
            <h2 id="accessibility">{tr!(about.accessibility.title)}</h2>
            <p>{tr!(about.accessibility.text)}</p>
            <p>{tr!(about.accessibility.limits)}</p>
            <h2 id="offline">{tr!(about.offline.title)}</h2>
            <p>{tr!(about.offline.text)}</p>
            <KeepEverything />
            <h2 id="source-code">{tr!(about.open.title)}</h2>
            <p>{tr!(about.open.text)}</p>
            <p>
                <a href="/api/v1/docs" rel="external">
                    {tr!(about.open.api)}
                </a>
            </p>
            <h2 id="report">{tr!(about.report.title)}</h2>
            <p>{tr!(about.report.text)}</p>
            {site}
            {contacts()}
        </article>
    }
    .into_any()
}

/// Who runs this site and how to reach them, as soon as the content has said it.
fn contacts() -> AnyView {
    let catalogue = use_packs().catalogue().state;
    let language = use_language();
    (move || {
        catalogue.with(|state| match state {
            Loadable::Ready(pack) => Some(contact_list(&pack.site, language)),
            _ => None,
        })
    })
    .into_any()
}

fn contact_list(site: &Site, language: Signal<yichuang_contract::Language>) -> AnyView {
    let (city, authority) = (site.city.clone(), site.authority.clone());
    let (phone, email) = (site.phone.clone(), site.email.clone());
    view! {
        <ul>
            <li>{move || authority.get(language.get()).to_owned()}</li>
            <li>{move || city.get(language.get()).to_owned()}</li>
            <li>
                {tr!(about.report.phone)} " "
                <a href=format!("tel:{phone}")>{phone.clone()}</a>
            </li>
            <li>
                {tr!(about.report.email)} " "
                <a href=format!("mailto:{email}")>{email.clone()}</a>
            </li>
        </ul>
    }
    .into_any()
}
