//! An ID on paper, for a phone that dies: for one house, a short time, bound to no phone.

use super::issue::purpose_name;
use crate::identity::browser;
use crate::identity::call::{call, call_at};
use crate::identity::moment::moment_signal;
use crate::identity::session::deed;
use crate::ui::{
    Button, ButtonKind, Field, Icon, IconName, Notification, NotificationKind, dynamic, qr,
};
use leptos::prelude::*;
use yichuang_contract::credential::{
    CredentialOffer, CredentialPurpose, FindPremises, IssuePaper, IssuedCredential, PaperDraft,
    PremisesFilter, PremisesName,
};
use yichuang_contract::endpoint::Endpoint;

/// The form, folded: a phone is safer.
pub fn view(offer: &CredentialOffer) -> AnyView {
    let hours = offer.paper_hours;
    let finding = deed();
    let name = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Vec<PremisesName>>);
    let printed = RwSignal::new(None::<(IssuedCredential, String)>);
    let find = move || {
        let name = name.get_untracked().trim().to_owned();
        if name.is_empty() {
            return;
        }
        let query = String::from(js_sys::encode_uri_component(&name));
        let path = [FindPremises::PATH, "?name=", &query].concat();
        let work = async move { call_at::<FindPremises>(&path, &PremisesFilter::default()).await };
        finding.attempt(work, move |list| found.set(Some(list.premises)));
    };
    let issue = move |premises: String| {
        let work = async move {
            let draft = PaperDraft {
                key: browser::text("randomId", &[]).await?,
                purpose: CredentialPurpose::HotelCheckIn,
                premises,
            };
            let issued = call::<IssuePaper>(&draft).await?;
            let values = ["paper".into(), issued.bytes.as_str().into()];
            let text = browser::text("ask", &values).await?;
            Ok((issued, text))
        };
        finding.attempt(work, move |paper| printed.set(Some(paper)));
    };
    let houses = dynamic(move || match found.get() {
        None => ().into_any(),
        Some(houses) if houses.is_empty() => {
            view! { <p role="status">{tr!(credential.paper.none)}</p> }.into_any()
        }
        Some(houses) => {
            let rows: Vec<AnyView> = houses
                .into_iter()
                .map(|house| {
                    let id = house.id;
                    view! {
                        <li class="yc-rows__item">
                            <p class="yc-rows__name">{house.name}</p>
                            <p class="yc-rows__line">{house.address}</p>
                            <Button
                                kind=ButtonKind::Secondary
                                on_press=move |_| issue(id.clone())
                            >
                                {tr!(credential.paper.issue)}
                            </Button>
                        </li>
                    }
                    .into_any()
                })
                .collect();
            view! { <ul class="yc-rows">{rows}</ul> }.into_any()
        }
    });
    let sheet = dynamic(move || match printed.get() {
        Some((issued, text)) => sheet(&issued, &text),
        None => ().into_any(),
    });
    view! {
        <details class="yc-section yc-prose">
            <summary>{tr!(credential.paper.title)}</summary>
            <p>{tr!(credential.paper.text, hours = move || hours)}</p>
            {finding.message()}
            <Field
                id="paper-premises"
                label=tr!(credential.paper.premises)
                autocomplete="off"
                value=name
            />
            <div class="yc-actions">
                {finding.button(ButtonKind::Secondary, tr!(credential.paper.find), find)}
            </div>
            {houses}
        </details>
        {sheet}
    }
    .into_any()
}

fn sheet(issued: &IssuedCredential, text: &str) -> AnyView {
    let picture = qr::modules(text).map(|modules| qr::qr(modules, tr!(credential.paper.label)));
    let ends = moment_signal(issued.view.expires_ms);
    let house = issued.view.premises_name.clone();
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        <section class="yc-section yc-live">
            <Notification kind=NotificationKind::Warning>
                <p>{tr!(credential.paper.unbound)}</p>
            </Notification>
            <p>{purpose_name(issued.view.purpose)} " · " {house}</p>
            <div class="yc-live__code">{picture}</div>
            <p class="yc-short-code">{issued.typed_code.clone()}</p>
            <p>{tr!(credential.facts.ends, date = move || ends.get())}</p>
            <Button kind=ButtonKind::Secondary on_press=print>
                <Icon name=IconName::Print />
                {tr!(credential.paper.print)}
            </Button>
        </section>
    }
    .into_any()
}
