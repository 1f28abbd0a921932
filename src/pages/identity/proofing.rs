//! Real-name proofing (实名核验).

use crate::identity::call::{call, call_at};
use crate::identity::moment::moment_signal;
use crate::identity::session::{Asked, asked, deed, only_for, shown};
use crate::locale::{localized, use_language};
use crate::personal::Personal;
use crate::ui::{
    Button, ButtonKind, Checkbox, Field, LinkButton, Loadable, Notification, NotificationKind,
    PageHeading, Tag, TagKind, dynamic,
};
use leptos::prelude::*;
use yichuang_contract::endpoint::Endpoint;
use yichuang_contract::proofing::{
    DemonstrationProofDraft, DemonstrationResident, GetProofing, ListDemonstrationResidents,
    OpenIdProofDraft, ProofView, ProofingMethod, ProofingOffer, ProofingView, ProveByDemonstration,
    ResidentFilter, StartOpenIdProof,
};
use yichuang_contract::session::Level;

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=tr!(identity.proofing.title) />
        <p class="yc-lead">{tr!(identity.proofing.lead)}</p>
        {only_for(
            Level::Account,
            |_| {
                let proofing = asked(|| call::<GetProofing>(&()));
                shown(proofing, move |view| content(proofing, view))
            },
        )}
    }
    .into_any()
}

fn content(proofing: Asked<ProofingView>, view: ProofingView) -> AnyView {
    if let Some(proof) = view.proof {
        return proved(&proof);
    }
    let offers: Vec<AnyView> = view
        .offers
        .into_iter()
        .map(|offer| match offer.method {
            ProofingMethod::DemonstrationRegister => demonstration(proofing, offer),
            ProofingMethod::OpenIdConnect => service(offer),
            ProofingMethod::Counter => counter(offer),
        })
        .collect();
    view! {
        {returned()}
        {offers}
    }
    .into_any()
}

fn proved(proof: &ProofView) -> AnyView {
    let date = moment_signal(proof.proved_ms);
    let mark = proof
        .is_demonstration
        .then(|| view! { <Tag kind=TagKind::Warning>{tr!(identity.demonstration)}</Tag> });
    view! {
        <Notification kind=NotificationKind::Success>
            <p>{tr!(identity.proofing.done, date = move || date.get())} " " {mark}</p>
        </Notification>
        <div class="yc-actions">
            <LinkButton href=Personal::Me.path().to_owned()>{tr!(identity.me.title)}</LinkButton>
        </div>
    }
    .into_any()
}

/// The identity service sends people back with its result behind a `#`.
fn returned() -> Option<AnyView> {
    let hash = window().location().hash().ok()?;
    let result = hash
        .strip_prefix('#')
        .filter(|result| !result.is_empty() && *result != "proved")?;
    let words = match result {
        "already-proved-elsewhere" => tr!(identity.proofing.elsewhere),
        _ => tr!(identity.proofing.failed),
    };
    Some(view! { <Notification kind=NotificationKind::Warning><p role="alert">{words}</p></Notification> }.into_any())
}

fn demonstration(proofing: Asked<ProofingView>, offer: ProofingOffer) -> AnyView {
    let proving = deed();
    let (name, number) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let recover = RwSignal::new(false);
    let language = use_language();
    let prove = move || {
        let draft = DemonstrationProofDraft {
            name: name.get_untracked().trim().to_owned(),
            id_number: number.get_untracked().trim().to_uppercase(),
            recover: recover.get_untracked(),
        };
        let work = async move { call::<ProveByDemonstration>(&draft).await };
        proving.attempt(work, move |_| proofing.again.run(()));
    };
    let field_error = move |field: &'static str| {
        Signal::derive(move || {
            let text = proving.error.with(|error| error.as_ref()?.field(field));
            text.map(|text| text.get(language.get()).to_owned())
        })
    };
    let is_known = Signal::derive(move || {
        let error = proving.error;
        recover.get()
            || error.with(|error| {
                error
                    .as_ref()
                    .is_some_and(|error| error.code() == "already-proved-elsewhere")
            })
    });
    view! {
        <section class="yc-section yc-prose">
            <h2>
                {localized(offer.name)} " "
                <Tag kind=TagKind::Warning>{tr!(identity.demonstration)}</Tag>
            </h2>
            <p>{tr!(identity.proofing.register)}</p>
            {residents(name, number)}
            {proving.message()}
            <Field
                id="proof-name"
                label=tr!(identity.proofing.name)
                error=field_error("name")
                autocomplete="off"
                value=name
            />
            <Field
                id="proof-number"
                label=tr!(identity.proofing.number)
                hint=tr!(identity.proofing.number_hint)
                error=field_error("id_number")
                autocomplete="off"
                value=number
            />
            <Show when=move || is_known.get()>
                <Checkbox
                    label=tr!(identity.proofing.recover)
                    hint=tr!(identity.proofing.recover_hint)
                    is_checked=recover
                    on_change=move |is_checked| recover.set(is_checked)
                />
            </Show>
            <div class="yc-actions">
                {proving.button(ButtonKind::Primary, tr!(identity.proofing.prove), prove)}
            </div>
        </section>
    }
    .into_any()
}

/// Fictional residents, one press away, so that nobody types a real number into a demonstration.
fn residents(name: RwSignal<String>, number: RwSignal<String>) -> AnyView {
    let list = asked(|| async {
        let path = [ListDemonstrationResidents::PATH, "?limit=6"].concat();
        call_at::<ListDemonstrationResidents>(&path, &ResidentFilter::default()).await
    });
    dynamic(move || {
        let Loadable::Ready(residents) = list.state.get() else {
            // Without them one can still type.
            return ().into_any();
        };
        let buttons: Vec<AnyView> = residents
            .residents
            .into_iter()
            .map(|resident: DemonstrationResident| {
                let label = resident.name.clone();
                let take = move |_| {
                    name.set(resident.name.clone());
                    number.set(resident.id_number.clone());
                };
                view! { <Button kind=ButtonKind::Secondary on_press=take>{label}</Button> }
                    .into_any()
            })
            .collect();
        view! {
            <p class="yc-hint">{tr!(identity.proofing.residents)}</p>
            <div class="yc-row">{buttons}</div>
        }
        .into_any()
    })
}

fn service(offer: ProofingOffer) -> AnyView {
    let going = deed();
    let go = move || {
        let work = async { call::<StartOpenIdProof>(&OpenIdProofDraft { recover: false }).await };
        going.attempt(work, |start| {
            let _ = window().location().set_href(&start.url);
        });
    };
    view! {
        <section class="yc-section yc-prose">
            <h2>{localized(offer.name)}</h2>
            <p>{tr!(identity.proofing.service)}</p>
            {going.message()}
            <div class="yc-actions">
                {going.button(ButtonKind::Primary, tr!(identity.proofing.go), go)}
            </div>
        </section>
    }
    .into_any()
}

fn counter(offer: ProofingOffer) -> AnyView {
    view! {
        <section class="yc-section yc-prose">
            <h2>{localized(offer.name)}</h2>
            <p>{tr!(identity.proofing.counter)}</p>
        </section>
    }
    .into_any()
}
