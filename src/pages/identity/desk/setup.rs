//! Makes a device the counter of some premises: its own key, certified; the lists and the rules.

use super::state::{DeskState, KIT};
use crate::identity::browser;
use crate::identity::call::{CallError, call, call_at, path_of};
use crate::identity::session::{deed, only_for};
use crate::ui::{ButtonKind, Empty, Field, RadioGroup, RadioOption};
use leptos::prelude::*;
use yichuang_contract::credential::GetTrust;
use yichuang_contract::desk::{CounterDraft, GetDeskSetup, RegisterCounter};
use yichuang_contract::session::{Level, SessionView};
use yichuang_credential_browser::message::DeskKit;

/// The form, for members of an enterprise with premises.
pub fn view(desk: DeskState, then: Callback<()>) -> AnyView {
    only_for(Level::Account, move |session| form(desk, session, then))
}

fn form(desk: DeskState, session: SessionView, then: Callback<()>) -> AnyView {
    let Some(first) = session.premises.first() else {
        return view! {
            <Empty title=tr!(desk.setup.no_premises)>
                <p>{tr!(desk.setup.no_premises_text)}</p>
            </Empty>
        }
        .into_any();
    };
    let premises = RwSignal::new(first.id.clone());
    let options: Vec<RadioOption> = session
        .premises
        .iter()
        .map(|premises| {
            let (name, address) = (premises.name.clone(), premises.address.clone());
            RadioOption {
                id: premises.id.clone(),
                label: Signal::derive(move || name.clone()),
                hint: Some(Signal::derive(move || address.clone())),
            }
        })
        .collect();
    let terminal = RwSignal::new("A1".to_owned());
    let registering = deed();
    let register = move || {
        let work = set_up(
            desk,
            premises.get_untracked(),
            terminal.get_untracked().trim().to_owned(),
        );
        registering.attempt(work, move |()| then.run(()));
    };
    let language = crate::locale::use_language();
    let terminal_error = Signal::derive(move || {
        let text = registering
            .error
            .with(|error| error.as_ref()?.field("terminal"));
        text.map(|text| text.get(language.get()).to_owned())
    });
    view! {
        <section class="yc-prose">
            <p class="yc-lead">{tr!(desk.setup.text)}</p>
            {registering.message()}
            <RadioGroup
                id="premises"
                legend=tr!(desk.setup.premises)
                options=options
                selected=Signal::derive(move || Some(premises.get()))
                on_select=move |chosen| premises.set(chosen)
            />
            <Field
                id="terminal"
                label=tr!(desk.setup.terminal)
                hint=tr!(desk.setup.terminal_hint)
                error=terminal_error
                value=terminal
            />
            <div class="yc-actions">
                {registering.button(ButtonKind::Primary, tr!(desk.setup.register), register)}
            </div>
        </section>
    }
    .into_any()
}

async fn set_up(desk: DeskState, premises: String, terminal: String) -> Result<(), CallError> {
    let setup = call_at::<GetDeskSetup>(&path_of::<GetDeskSetup>(&[&premises]), &()).await?;
    let trust = call::<GetTrust>(&()).await?;
    let key = browser::text("deskKey", &[]).await?;
    let path = path_of::<RegisterCounter>(&[&premises]);
    let card = call_at::<RegisterCounter>(&path, &CounterDraft { terminal, key }).await?;
    let kit = DeskKit {
        premises,
        roots: trust.roots,
        trust: trust.trust_list,
        status: Some(trust.status_list),
        card: card.card,
        policy: setup.policy,
    };
    desk.use_kit(&kit).await?;
    browser::keep_as(KIT, &kit).await;
    Ok(())
}
