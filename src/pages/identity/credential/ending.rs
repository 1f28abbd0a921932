//! What the ID says, and its end.

use super::held::Held;
use super::issue::purpose_name;
use crate::identity::call::{call_at, path_of};
use crate::identity::moment::moment_signal;
use crate::identity::session::deed;
use crate::ui::ButtonKind;
use leptos::prelude::*;
use yichuang_contract::credential::{RevocationDraft, RevocationReason, RevokeCredential};
use yichuang_credential_browser::message::PhoneView;

/// What the ID says, and the twelve characters for a phone that dies.
pub fn facts(held: &Held, phone: &PhoneView) -> AnyView {
    let ends = moment_signal(held.issued.view.expires_ms);
    let typed = held.issued.typed_code.clone();
    let purpose = purpose_name(held.issued.view.purpose);
    let (name, number) = (phone.name.clone(), phone.number.clone());
    view! {
        <section class="yc-section yc-prose">
            <h2>{tr!(credential.facts.title)}</h2>
            <p>
                {name} " · " <span class="yc-person__number">{number}</span> " · " {purpose}
            </p>
            <p>{tr!(credential.facts.ends, date = move || ends.get())}</p>
            <p>{tr!(credential.facts.typed)}</p>
            <p class="yc-short-code">{typed}</p>
        </section>
    }
    .into_any()
}

/// Revoke: not needed any more, or the phone is lost.
pub fn view(held: &Held, again: Callback<()>) -> AnyView {
    let id = held.issued.view.id.clone();
    let revoking = deed();
    let revoke = move |reason: RevocationReason| {
        let path = path_of::<RevokeCredential>(&[&id]);
        let work = async move {
            call_at::<RevokeCredential>(&path, &RevocationDraft { reason }).await?;
            Held::forget().await
        };
        revoking.attempt(work, move |()| again.run(()));
    };
    let lost = revoke.clone();
    view! {
        <section class="yc-section yc-prose">
            <h2>{tr!(credential.revoke.title)}</h2>
            <p>{tr!(credential.revoke.text)}</p>
            {revoking.message()}
            <div class="yc-actions">
                {revoking
                    .button(
                        ButtonKind::Secondary,
                        tr!(credential.revoke.revoke),
                        move || revoke(RevocationReason::NotNeeded),
                    )}
                {revoking
                    .button(
                        ButtonKind::Quiet,
                        tr!(credential.revoke.lost),
                        move || lost(RevocationReason::LostPhone),
                    )}
            </div>
        </section>
    }
    .into_any()
}
