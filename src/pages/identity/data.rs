//! A copy of one's data, and the end of the account.

use super::passkeys::fresh;
use crate::identity::browser;
use crate::identity::call::call;
use crate::identity::session::{asked, deed, only_for, shown};
use crate::locale::localized;
use crate::navigation::{History, use_navigation};
use crate::page::Page;
use crate::ui::{ButtonKind, Checkbox, PageHeading};
use leptos::prelude::*;
use yichuang_contract::account::{
    DeleteAccount, DeletionView, ExportAccount, GetDeletion, ReadExport,
};
use yichuang_contract::endpoint::Endpoint;
use yichuang_contract::session::Level;

/// The page.
pub fn page() -> AnyView {
    view! {
        <PageHeading title=tr!(identity.data.title) />
        {only_for(
            Level::Account,
            |_| {
                view! {
                    {copy()}
                    {shown(asked(|| call::<GetDeletion>(&())), deletion)}
                }
                    .into_any()
            },
        )}
    }
    .into_any()
}

fn copy() -> AnyView {
    let copying = deed();
    let is_ready = RwSignal::new(false);
    let prepare = move || {
        // Proves that the copy may be made now; the links below then fetch it.
        let work = fresh(|| call::<ExportAccount>(&()));
        copying.attempt(work, move |_| is_ready.set(true));
    };
    view! {
        <section class="yc-section yc-prose">
            <h2>{tr!(identity.data.copy_title)}</h2>
            <p>{tr!(identity.data.copy_text)}</p>
            {copying.message()}
            <Show
                when=move || is_ready.get()
                fallback=move || {
                    view! {
                        <div class="yc-actions">
                            {copying
                                .button(ButtonKind::Primary, tr!(identity.data.prepare), prepare)}
                        </div>
                    }
                }
            >
                <ul role="status">
                    <li>
                        <a href=ExportAccount::PATH download="yichuang-data.json" rel="external">
                            {tr!(identity.data.json)}
                        </a>
                    </li>
                    <li>
                        <a href=ReadExport::PATH target="_blank" rel="external">
                            {tr!(identity.data.readable)}
                        </a>
                    </li>
                </ul>
            </Show>
        </section>
    }
    .into_any()
}

fn deletion(view: DeletionView) -> AnyView {
    let deleting = deed();
    let is_sure = RwSignal::new(false);
    let navigation = use_navigation();
    let delete = move || {
        if !is_sure.get_untracked() {
            return;
        }
        let work = async {
            fresh(|| call::<DeleteAccount>(&())).await?;
            browser::call("forgetEverything", &[]).await?;
            Ok(())
        };
        deleting.attempt(work, move |()| {
            navigation.go(&Page::Home.path(), History::Push)
        });
    };
    let deleted: Vec<AnyView> = view
        .deleted
        .into_iter()
        .map(|what| view! { <li>{localized(what)}</li> }.into_any())
        .collect();
    let kept: Vec<AnyView> = view
        .kept
        .into_iter()
        .map(|kept| {
            view! {
                <li>
                    <strong>{localized(kept.what)}</strong> " · " {localized(kept.why)} " · "
                    {localized(kept.until)}
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="yc-section yc-prose">
            <h2>{tr!(identity.data.delete_title)}</h2>
            <p>{tr!(identity.data.delete_text)}</p>
            <ul>{deleted}</ul>
            <p>{tr!(identity.data.kept_text)}</p>
            <ul>{kept}</ul>
            {deleting.message()}
            <Checkbox
                label=tr!(identity.data.sure)
                is_checked=is_sure
                on_change=move |is_checked| is_sure.set(is_checked)
            />
            <div class="yc-actions">
                <Show when=move || is_sure.get()>
                    {deleting.button(ButtonKind::Secondary, tr!(identity.data.delete), delete)}
                </Show>
            </div>
        </section>
    }
    .into_any()
}
