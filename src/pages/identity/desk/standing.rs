//! Where the desk stands: which counter it is, how old its lists are, what waits for the network.

use super::state::DeskState;
use super::sync::Finding;
use crate::hooks::use_online;
use crate::identity::moment::{moment, span};
use crate::locale::use_language;
use crate::personal::Personal;
use crate::ui::{Notification, NotificationKind, Tag, TagKind, dynamic};
use leptos::prelude::*;
use yichuang_contract::Language;
use yichuang_contract::desk::CheckInResult;

/// Beyond this many seconds the clock of a device is said to be wrong.
const SKEW: f64 = 30.0;

/// One line of facts, each with a word and a shape.
pub fn view(desk: DeskState) -> AnyView {
    let language = use_language();
    let is_online = use_online();
    dynamic(move || {
        let (language, now) = (language.get(), desk.now.get());
        let Some(view) = desk.view.get() else {
            return ().into_any();
        };
        let age = view.status_issued.map(|issued| now - issued as f64);
        let list = match age {
            Some(age) => {
                tr_in!(language, desk.standing.list, age = span(language, age)).to_string()
            }
            None => tr_in!(language, desk.standing.no_list).to_owned(),
        };
        let is_list_good = age.is_some_and(|age| age < view.list_amber as f64);
        let keys_left = view.trust_expires as f64 - now;
        let keys = if keys_left > 0.0 {
            let left = span(language, keys_left);
            tr_in!(language, desk.standing.keys, left = left).to_string()
        } else {
            tr_in!(language, desk.standing.no_keys).to_owned()
        };
        let network = if is_online.get() {
            tr_in!(language, desk.standing.online)
        } else {
            tr_in!(language, desk.standing.offline)
        };
        let waiting = desk.waiting.get();
        let waiting = (waiting > 0).then(|| {
            let words = tr_in!(language, desk.standing.waiting, count = waiting).to_string();
            view! { <Tag kind=TagKind::Warning>{words}</Tag> }
        });
        let skew = desk.skew.get();
        let skew = (skew.abs() > SKEW).then(|| {
            let off = span(language, skew.abs());
            let words = tr_in!(language, desk.standing.clock, off = off).to_string();
            view! { <Tag kind=TagKind::Warning>{words}</Tag> }
        });
        let refused = desk.is_refused.get().then(|| {
            let words = tr_in!(language, desk.standing.refused);
            view! {
                <a class="yc-tag yc-tag--warning" href=Personal::SignIn.path()>
                    {words}
                </a>
            }
        });
        let findings: Vec<AnyView> = desk
            .findings
            .get()
            .iter()
            .map(|one| finding(language, one))
            .collect();
        let kind = |is_good| {
            if is_good {
                TagKind::Good
            } else {
                TagKind::Warning
            }
        };
        view! {
            <p class="yc-row yc-desk__standing">
                <strong>{view.premises} " · " {view.terminal}</strong>
                <Tag kind=kind(is_online.get())>{network}</Tag>
                <Tag kind=kind(is_list_good)>{list}</Tag>
                <Tag kind=kind(keys_left > 0.0)>{keys}</Tag>
                {waiting}
                {refused}
                {skew}
            </p>
            {findings}
        }
        .into_any()
    })
}

/// What the server found about a check-in that was made without a network.
fn finding(language: Language, finding: &Finding) -> AnyView {
    let what = match finding.result {
        CheckInResult::UsedElsewhere => tr_in!(language, desk.finding.elsewhere),
        CheckInResult::RevokedBefore => tr_in!(language, desk.finding.revoked),
        CheckInResult::ExpiredBefore => tr_in!(language, desk.finding.expired),
        CheckInResult::Unknown => tr_in!(language, desk.finding.unknown),
        CheckInResult::WrongTime => tr_in!(language, desk.finding.wrong_time),
        CheckInResult::Recorded => return ().into_any(),
    };
    let date = moment(language, finding.check_in.at_ms);
    let words = tr_in!(language, desk.finding.line, date = date, what = what).to_string();
    view! {
        <Notification kind=NotificationKind::Warning>
            <p role="alert">{words}</p>
        </Notification>
    }
    .into_any()
}
