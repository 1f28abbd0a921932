//! Who has looked at my data (谁看过我的数据).

use crate::identity::call::{call, call_at};
use crate::identity::moment::moment_signal;
use crate::identity::session::{asked, deed, only_for, shown};
use crate::locale::localized;
use crate::ui::{ButtonKind, Empty, PageHeading, dynamic};
use leptos::prelude::*;
use yichuang_contract::access_log::{AccessEntry, AccessFilter, AccessPage, ListAccesses, Purpose};
use yichuang_contract::endpoint::Endpoint;
use yichuang_contract::session::Level;

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=tr!(identity.accesses.title) />
        <p class="yc-lead">{tr!(identity.accesses.lead)}</p>
        {only_for(
            Level::Account,
            |_| {
                let first = asked(|| async {
                    call::<ListAccesses>(&AccessFilter::default()).await
                });
                shown(first, content)
            },
        )}
    }
    .into_any()
}

fn content(first: AccessPage) -> AnyView {
    let next = RwSignal::new(first.next_before);
    let entries = RwSignal::new(first.entries);
    let going_on = deed();
    let more = move || {
        let Some(before) = next.get_untracked() else {
            return;
        };
        let path = format!("{}?before={before}", ListAccesses::PATH);
        let work = async move { call_at::<ListAccesses>(&path, &AccessFilter::default()).await };
        going_on.attempt(work, move |page| {
            next.set(page.next_before);
            entries.update(|entries| entries.extend(page.entries));
        });
    };
    let list = dynamic(move || {
        if entries.with(Vec::is_empty) {
            return view! {
                <Empty title=tr!(identity.accesses.empty)>
                    <p>{tr!(identity.accesses.empty_text)}</p>
                </Empty>
            }
            .into_any();
        }
        let rows: Vec<AnyView> = entries.get().into_iter().map(row).collect();
        view! { <ul class="yc-rows">{rows}</ul> }.into_any()
    });
    let button = dynamic(move || match next.get() {
        Some(_) => going_on.button(ButtonKind::Secondary, tr!(identity.accesses.more), more),
        None => ().into_any(),
    });
    view! {
        {list}
        {going_on.message()}
        <div class="yc-actions">{button}</div>
    }
    .into_any()
}

fn row(entry: AccessEntry) -> AnyView {
    let purpose = match entry.purpose {
        Purpose::Case => tr!(identity.accesses.case),
        Purpose::Proofing => tr!(identity.accesses.proofing),
        Purpose::Credential => tr!(identity.accesses.credential),
        Purpose::CheckIn => tr!(identity.accesses.check_in),
        Purpose::Enquiry => tr!(identity.accesses.enquiry),
        Purpose::Supervision => tr!(identity.accesses.supervision),
        Purpose::OwnRequest => tr!(identity.accesses.own),
    };
    let reference = (!entry.reference.is_empty()).then(|| [" · ", &entry.reference].concat());
    view! {
        <li class="yc-rows__item">
            <p class="yc-rows__name">{localized(entry.who)}</p>
            <p>{localized(entry.act)} " · " {purpose} {reference}</p>
            <p>{entry.reason}</p>
            <p class="yc-rows__line">
                {moment_signal(entry.at_ms)} " · " {tr!(identity.accesses.number)} " "
                {entry.number}
            </p>
        </li>
    }
    .into_any()
}
