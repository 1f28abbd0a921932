//! Where the person's IDs were used (使用记录).

use crate::hooks::use_online;
use crate::identity::call::call;
use crate::identity::moment::moment_signal;
use crate::identity::session::{asked, shown};
use crate::ui::{Tag, TagKind, dynamic};
use leptos::prelude::*;
use yichuang_contract::credential::{CredentialUse, CredentialUseList, ListCredentialUses};

/// The history; it needs a network.
pub fn view() -> AnyView {
    let is_online = use_online();
    let list = dynamic(move || {
        if is_online.get() {
            let uses = asked(|| call::<ListCredentialUses>(&()));
            // While the page is open a desk may use it: look again now and then.
            let again = uses.again;
            let handle =
                set_interval_with_handle(move || again.run(()), std::time::Duration::from_secs(20));
            if let Ok(handle) = handle {
                on_cleanup(move || handle.clear());
            }
            shown(uses, rows)
        } else {
            view! { <p>{tr!(credential.uses.offline)}</p> }.into_any()
        }
    });
    view! {
        <section class="yc-section">
            <h2>{tr!(credential.uses.title)}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn rows(list: CredentialUseList) -> AnyView {
    if list.uses.is_empty() {
        return view! { <p>{tr!(credential.uses.none)}</p> }.into_any();
    }
    let rows: Vec<AnyView> = list.uses.into_iter().map(row).collect();
    view! { <ul class="yc-rows">{rows}</ul> }.into_any()
}

fn row(one: CredentialUse) -> AnyView {
    let elsewhere = one
        .is_used_elsewhere
        .then(|| view! { <Tag kind=TagKind::Warning>{tr!(credential.uses.elsewhere)}</Tag> });
    let erased = moment_signal(one.erased_ms);
    view! {
        <li class="yc-rows__item">
            <p class="yc-rows__name">{one.premises_name} " " {elsewhere}</p>
            <p>{moment_signal(one.at_ms)} " · " {one.premises_address}</p>
            <p class="yc-rows__line">
                {tr!(credential.uses.erased, date = move || erased.get())}
            </p>
        </li>
    }
    .into_any()
}
