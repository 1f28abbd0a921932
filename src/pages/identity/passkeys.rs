//! The person's passkeys: add, rename, remove.

use super::sign_in::{register, sign_in};
use crate::identity::call::{CallError, call, call_at, path_of};
use crate::identity::moment::moment_signal;
use crate::identity::session::{Asked, asked, deed, only_for, shown};
use crate::ui::{ButtonKind, Field, PageHeading, Tag, TagKind};
use leptos::prelude::*;
use yichuang_contract::passkey::{
    ListPasskeys, PasskeyList, PasskeyName, PasskeySummary, RemovePasskey, RenamePasskey,
};
use yichuang_contract::session::Level;

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=tr!(identity.passkeys.title) />
        <p class="yc-lead">{tr!(identity.passkeys.lead)}</p>
        {only_for(
            Level::Account,
            |_| {
                let list = asked(|| call::<ListPasskeys>(&()));
                shown(list, move |passkeys| content(list, passkeys))
            },
        )}
    }
    .into_any()
}

/// Does something; where the server wants a fresh use of a passkey, asks for it and tries again.
pub async fn fresh<T, Work>(work: impl Fn() -> Work) -> Result<T, CallError>
where
    Work: Future<Output = Result<T, CallError>>,
{
    match work().await {
        Err(error) if error.code() == "fresh-sign-in-needed" => {
            sign_in().await?;
            work().await
        }
        outcome => outcome,
    }
}

fn content(list: Asked<PasskeyList>, passkeys: PasskeyList) -> AnyView {
    let is_last = passkeys.passkeys.len() == 1 && !passkeys.may_remove_last;
    let rows: Vec<AnyView> = passkeys
        .passkeys
        .into_iter()
        .map(|passkey| row(list, passkey, is_last))
        .collect();
    let adding = deed();
    let name = RwSignal::new(String::new());
    let device = tr!(identity.sign_in.device_default);
    let add = move || {
        let typed = name.get_untracked().trim().to_owned();
        let name = if typed.is_empty() {
            device.get_untracked()
        } else {
            typed
        };
        let work = fresh(move || register(name.clone(), None));
        adding.attempt(work, move |()| list.again.run(()));
    };
    view! {
        <ul class="yc-rows">{rows}</ul>
        <section class="yc-section yc-prose">
            <h2>{tr!(identity.passkeys.add_title)}</h2>
            {adding.message()}
            <Field
                id="passkey-name"
                label=tr!(identity.sign_in.device)
                hint=tr!(identity.sign_in.device_hint)
                value=name
            />
            <div class="yc-actions">
                {adding.button(ButtonKind::Primary, tr!(identity.passkeys.add), add)}
            </div>
        </section>
    }
    .into_any()
}

fn row(list: Asked<PasskeyList>, passkey: PasskeySummary, is_last: bool) -> AnyView {
    let changing = deed();
    let is_open = RwSignal::new(false);
    let name = RwSignal::new(passkey.name.clone());
    let rename = {
        let path = path_of::<RenamePasskey>(&[&passkey.id]);
        move || {
            let (path, name) = (path.clone(), name.get_untracked());
            let work = async move { call_at::<RenamePasskey>(&path, &PasskeyName { name }).await };
            changing.attempt(work, move |_| list.again.run(()));
        }
    };
    let remove = {
        let path = path_of::<RemovePasskey>(&[&passkey.id]);
        move || {
            let path = path.clone();
            let work = fresh(move || {
                let path = path.clone();
                async move { call_at::<RemovePasskey>(&path, &()).await }
            });
            changing.attempt(work, move |()| list.again.run(()));
        }
    };
    let made = moment_signal(passkey.created_ms);
    let used = passkey.used_ms.map(moment_signal);
    let field = ["name-", &passkey.id].concat();
    let current = passkey.is_current;
    let toggle = move || is_open.update(|is_open| *is_open = !*is_open);
    view! {
        <li class="yc-rows__item">
            <p class="yc-rows__name">
                {passkey.name.clone()} " "
                {current
                    .then(|| {
                        view! { <Tag kind=TagKind::Good>{tr!(identity.passkeys.current)}</Tag> }
                    })}
            </p>
            <p class="yc-rows__line">
                {tr!(identity.passkeys.made, date = move || made.get())}
                {used
                    .map(|used| {
                        let words = tr!(identity.passkeys.used, date = move || used.get());
                        view! { " · " {words} }
                    })}
            </p>
            {changing.message()}
            <div class="yc-row">
                {changing.button(ButtonKind::Quiet, tr!(identity.passkeys.rename), toggle)}
                {if is_last {
                    view! { <p class="yc-hint">{tr!(identity.passkeys.last)}</p> }.into_any()
                } else {
                    changing.button(ButtonKind::Quiet, tr!(identity.passkeys.remove), remove)
                }}
            </div>
            <Show when=move || is_open.get()>
                <Field
                    id=field.clone()
                    label=tr!(identity.sign_in.device)
                    value=name
                />
                <div class="yc-actions">
                    {changing
                        .button(
                            ButtonKind::Secondary,
                            tr!(identity.passkeys.save),
                            rename.clone(),
                        )}
                </div>
            </Show>
        </li>
    }
    .into_any()
}
