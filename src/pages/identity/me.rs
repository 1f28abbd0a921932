//! What belongs to the person (我的): who they are here, and the ways to everything else.

use crate::identity::browser;
use crate::identity::call::call;
use crate::identity::session::{deed, shown, use_session};
use crate::navigation::{History, use_navigation};
use crate::page::Page;
use crate::personal::Personal;
use crate::ui::{ButtonKind, LinkButton, PageHeading, Tag, TagKind};
use leptos::prelude::*;
use yichuang_contract::session::{Level, SessionView, SignOut};

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=tr!(identity.me.title) />
        {shown(use_session(), content)}
    }
    .into_any()
}

fn content(session: SessionView) -> AnyView {
    if session.level == Level::Anonymous {
        return view! {
            <p class="yc-lead">{tr!(identity.me.anonymous)}</p>
            <div class="yc-actions">
                <LinkButton href=Personal::SignIn
                    .path()
                    .to_owned()>{tr!(identity.sign_in.title)}</LinkButton>
            </div>
        }
        .into_any();
    }
    let navigation = use_navigation();
    let leaving = deed();
    let leave = move || {
        let work = async {
            call::<SignOut>(&()).await?;
            browser::call("forget", &["credential".into()]).await?;
            Ok(())
        };
        leaving.attempt(work, move |()| {
            navigation.go(&Page::Home.path(), History::Push)
        });
    };
    view! {
        {person(&session)}
        <ul class="yc-ways">
            {way(Personal::Proofing, tr!(identity.proofing.title), tr!(identity.proofing.way))}
            {way(Personal::Accesses, tr!(identity.accesses.title), tr!(identity.accesses.way))}
            {way(Personal::Passkeys, tr!(identity.passkeys.title), tr!(identity.passkeys.way))}
            {way(Personal::Sessions, tr!(identity.sessions.title), tr!(identity.sessions.way))}
            {way(Personal::Data, tr!(identity.data.title), tr!(identity.data.way))}
        </ul>
        {leaving.message()}
        <div class="yc-actions">
            {leaving.button(ButtonKind::Secondary, tr!(identity.me.leave), leave)}
        </div>
    }
    .into_any()
}

/// Who is signed in, masked, and how well that is known.
fn person(session: &SessionView) -> AnyView {
    let name = session
        .masked_name
        .clone()
        .or_else(|| session.label.clone());
    let number = session.masked_id_number.clone();
    let (kind, level) = match session.level {
        Level::RealName => (TagKind::Good, tr!(identity.me.real_name)),
        _ => (TagKind::Plain, tr!(identity.me.account)),
    };
    let demonstration = session
        .is_demonstration
        .then(|| view! { <Tag kind=TagKind::Warning>{tr!(identity.demonstration)}</Tag> });
    view! {
        <p class="yc-person">
            <strong class="yc-person__name">{name}</strong>
            <span class="yc-person__number">{number}</span>
            <Tag kind=kind>{level}</Tag>
            {demonstration}
        </p>
    }
    .into_any()
}

fn way(page: Personal, title: Signal<String>, text: Signal<String>) -> AnyView {
    view! {
        <li class="yc-ways__item">
            <a class="yc-ways__link" href=page.path()>
                {title}
            </a>
            <p class="yc-ways__text">{text}</p>
        </li>
    }
    .into_any()
}
