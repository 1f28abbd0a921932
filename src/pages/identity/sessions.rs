//! Where the person is signed in, and ending that.

use crate::identity::browser;
use crate::identity::call::{call, call_at, path_of};
use crate::identity::moment::moment_signal;
use crate::identity::session::{Asked, asked, deed, only_for, shown};
use crate::locale::localized;
use crate::navigation::{History, use_navigation};
use crate::personal::Personal;
use crate::ui::{ButtonKind, PageHeading, Tag, TagKind};
use leptos::prelude::*;
use yichuang_contract::session::{
    Level, ListSessions, RevokeSession, SessionList, SessionSummary, SignOutEverywhere,
};

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=tr!(identity.sessions.title) />
        <p class="yc-lead">{tr!(identity.sessions.lead)}</p>
        {only_for(
            Level::Account,
            |_| {
                let list = asked(|| call::<ListSessions>(&()));
                shown(list, move |sessions| content(list, sessions))
            },
        )}
    }
    .into_any()
}

fn content(list: Asked<SessionList>, sessions: SessionList) -> AnyView {
    let rows: Vec<AnyView> = sessions
        .sessions
        .into_iter()
        .map(|session| row(list, session))
        .collect();
    let leaving = deed();
    let navigation = use_navigation();
    let leave = move || {
        let work = async {
            call::<SignOutEverywhere>(&()).await?;
            browser::call("forget", &["credential".into()]).await?;
            Ok(())
        };
        leaving.attempt(work, move |()| {
            navigation.go(Personal::SignIn.path(), History::Push);
        });
    };
    view! {
        <ul class="yc-rows">{rows}</ul>
        {leaving.message()}
        <div class="yc-actions">
            {leaving.button(ButtonKind::Secondary, tr!(identity.sessions.everywhere), leave)}
        </div>
    }
    .into_any()
}

fn row(list: Asked<SessionList>, session: SessionSummary) -> AnyView {
    let ending = deed();
    let path = path_of::<RevokeSession>(&[&session.id]);
    let end = move || {
        let path = path.clone();
        let work = async move { call_at::<RevokeSession>(&path, &()).await };
        ending.attempt(work, move |()| list.again.run(()));
    };
    let (began, used) = (
        moment_signal(session.began_ms),
        moment_signal(session.used_ms),
    );
    let passkey = session.passkey.map(|passkey| [" · ", &passkey].concat());
    view! {
        <li class="yc-rows__item">
            <p class="yc-rows__name">
                {localized(session.browser)} {passkey} " "
                {session
                    .is_current
                    .then(|| {
                        view! { <Tag kind=TagKind::Good>{tr!(identity.sessions.current)}</Tag> }
                    })}
            </p>
            <p class="yc-rows__line">
                {tr!(
                    identity.sessions.line,
                    began = move || began.get(),
                    used = move || used.get()
                )}
            </p>
            {ending.message()}
            {(!session.is_current)
                .then(|| ending.button(ButtonKind::Quiet, tr!(identity.sessions.end), end))}
        </li>
    }
    .into_any()
}
