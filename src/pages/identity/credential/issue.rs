//! Asking for an ID: what for, what the desk will see, and consent in plain words.

use super::held::Held;
use super::paper;
use crate::identity::browser;
use crate::identity::call::call;
use crate::identity::session::{asked, deed, shown};
use crate::locale::use_language;
use crate::ui::{ButtonKind, Checkbox, Notification, NotificationKind, RadioGroup, RadioOption};
use leptos::prelude::*;
use yichuang_contract::credential::{
    CredentialDraft, CredentialOffer, CredentialPurpose, Disclosure, GetCredentialOffer,
    IssueCredential,
};
use yichuang_contract::passkey::{ListPasskeys, PasskeyList};

/// The form.
pub fn view(then: Callback<()>) -> AnyView {
    let offer = asked(|| async {
        let offer = call::<GetCredentialOffer>(&()).await?;
        let passkeys = call::<ListPasskeys>(&()).await?;
        Ok((offer, passkeys))
    });
    shown(offer, move |(offer, passkeys)| form(offer, &passkeys, then))
}

/// The name of a purpose.
pub fn purpose_name(purpose: CredentialPurpose) -> Signal<String> {
    match purpose {
        CredentialPurpose::HotelCheckIn => tr!(credential.purpose.hotel),
        CredentialPurpose::InternetCafe => tr!(credential.purpose.cafe),
        CredentialPurpose::Travel => tr!(credential.purpose.travel),
        CredentialPurpose::PoliceCounter => tr!(credential.purpose.police),
        CredentialPurpose::Venue => tr!(credential.purpose.venue),
    }
}

fn purpose_id(purpose: CredentialPurpose) -> String {
    (purpose as u8).to_string()
}

fn form(offer: CredentialOffer, passkeys: &PasskeyList, then: Callback<()>) -> AnyView {
    if offer.issues_left == 0 {
        let count = offer.issues_a_month;
        return view! {
            <Notification kind=NotificationKind::Warning>
                <p>{tr!(credential.issue.none_left, count = move || count)}</p>
            </Notification>
        }
        .into_any();
    }
    // The passkey of this session is the one on this phone.
    let current = passkeys.passkeys.iter().find(|passkey| passkey.is_current);
    let Some(passkey) = current.or(passkeys.passkeys.first()) else {
        return view! { <p>{tr!(credential.issue.no_passkey)}</p> }.into_any();
    };
    let (passkey_id, passkey_name) = (passkey.id.clone(), passkey.name.clone());
    let purposes = offer.purposes.clone();
    let chosen = RwSignal::new(offer.purposes.first().copied());
    let options: Vec<RadioOption> = offer
        .purposes
        .iter()
        .map(|purpose| RadioOption {
            id: purpose_id(*purpose),
            label: purpose_name(*purpose),
            hint: None,
        })
        .collect();
    let agrees = RwSignal::new(false);
    let alarms = RwSignal::new(false);
    let issuing = deed();
    // The same key for every attempt: an answer that was lost does not cost another issue.
    let key = StoredValue::new(String::new());
    let issue = move || {
        let Some(purpose) = chosen.get_untracked() else {
            return;
        };
        let passkey = passkey_id.clone();
        let work = async move {
            if key.get_value().is_empty() {
                key.set_value(browser::text("randomId", &[]).await?);
            }
            let draft = CredentialDraft {
                key: key.get_value(),
                purpose,
                hours: None,
                passkey,
                is_silent_alarm: alarms.get_untracked(),
            };
            let issued = call::<IssueCredential>(&draft).await?;
            Held::take(issued).await
        };
        issuing.attempt(work, move |()| then.run(()));
    };
    let alarm = offer.may_alarm_silently.then(|| {
        view! {
            <details class="yc-optional">
                <summary>{tr!(credential.issue.alarm_title)}</summary>
                <Checkbox
                    label=tr!(credential.issue.alarm)
                    hint=tr!(credential.issue.alarm_hint)
                    is_checked=alarms
                    on_change=move |is_checked| alarms.set(is_checked)
                />
            </details>
        }
    });
    view! {
        <section class="yc-prose">
            <p class="yc-lead">{tr!(credential.issue.lead)}</p>
            {issuing.message()}
            <RadioGroup
                id="purpose"
                legend=tr!(credential.issue.purpose)
                options=options
                selected=Signal::derive(move || chosen.get().map(purpose_id))
                on_select=move |id: String| {
                    let purpose = purposes.iter().find(|purpose| purpose_id(**purpose) == id);
                    chosen.set(purpose.copied());
                }
            />
            {consent(&offer, passkey_name)}
            <Checkbox
                label=tr!(credential.issue.agree)
                is_checked=agrees
                on_change=move |is_checked| agrees.set(is_checked)
            />
            {alarm}
            <div class="yc-actions">
                <Show
                    when=move || agrees.get()
                    fallback=|| view! { <p class="yc-hint">{tr!(credential.issue.agree_first)}</p> }
                >
                    {issuing.button(ButtonKind::Primary, tr!(credential.issue.issue), issue.clone())}
                </Show>
            </div>
        </section>
        {paper::view(&offer)}
    }
    .into_any()
}

/// What will be seen by whom, and for how long.
fn consent(offer: &CredentialOffer, passkey: String) -> AnyView {
    let (name, number) = (offer.shown_name.clone(), offer.shown_number.clone());
    let (hours, days) = (offer.hours, offer.history_days);
    let left = offer.issues_left;
    let travels = match offer.disclosure {
        Disclosure::Full => tr!(credential.issue.full),
        Disclosure::Masked => tr!(credential.issue.masked),
        Disclosure::Sealed => tr!(credential.issue.sealed),
    };
    let language = use_language();
    let sees = Signal::derive(move || {
        tr_in!(
            language.get(),
            credential.issue.sees,
            name = name.as_str(),
            number = number.as_str()
        )
        .to_string()
    });
    view! {
        <h2>{tr!(credential.issue.consent)}</h2>
        <ul>
            <li>{sees}</li>
            <li>{travels}</li>
            <li>{tr!(credential.issue.life, hours = move || hours)}</li>
            <li>{tr!(credential.issue.history, days = move || days)}</li>
            <li>{tr!(credential.issue.unlocked_by, name = move || passkey.clone())}</li>
            <li>{tr!(credential.issue.left, count = move || left)}</li>
        </ul>
    }
    .into_any()
}
