//! Signing in with a passkey, and registering one: a new account, or the one that an enrolment
//! code on paper was made for.

use crate::identity::browser;
use crate::identity::call::{CallError, call};
use crate::identity::session::{asked, deed, shown};
use crate::navigation::{History, use_navigation};
use crate::personal::Personal;
use crate::ui::{ButtonKind, Field, PageHeading};
use leptos::prelude::*;
use yichuang_contract::passkey::{
    BeginRegistration, BeginSignIn, FinishRegistration, FinishSignIn, RegistrationAnswer,
    RegistrationDraft, SignInAnswer,
};

/// The page.
pub fn page() -> AnyView {
    let loaded = asked(|| async {
        browser::load().await?;
        Ok(())
    });
    view! {
        <PageHeading title=tr!(identity.sign_in.title) />
        <p class="yc-lead">{tr!(identity.sign_in.lead)}</p>
        {shown(loaded, |()| content())}
    }
    .into_any()
}

fn content() -> AnyView {
    let navigation = use_navigation();
    let go = move || navigation.go(Personal::Me.path(), History::Push);
    let entering = deed();
    let enter = move || entering.attempt(sign_in(), move |()| go());

    let registering = deed();
    let name = RwSignal::new(String::new());
    let code = RwSignal::new(code_of_address());
    let device = tr!(identity.sign_in.device_default);
    let begin = move || {
        let typed = name.get_untracked().trim().to_owned();
        let name = if typed.is_empty() {
            device.get_untracked()
        } else {
            typed
        };
        let code = code.get_untracked().trim().to_owned();
        let code = (!code.is_empty()).then_some(code);
        registering.attempt(register(name, code), move |()| go());
    };
    let field_error = move |field: &'static str| {
        let language = crate::locale::use_language();
        Signal::derive(move || {
            let text = registering.error.with(|error| error.as_ref()?.field(field));
            text.map(|text| text.get(language.get()).to_owned())
        })
    };
    view! {
        <section class="yc-section">
            {entering.message()} <div class="yc-actions">
                {entering.button(ButtonKind::Primary, tr!(identity.sign_in.enter), enter)}
            </div> <p class="yc-hint">{tr!(identity.sign_in.enter_hint)}</p>
        </section>
        <section class="yc-section yc-prose">
            <h2>{tr!(identity.sign_in.register_title)}</h2>
            <p>{tr!(identity.sign_in.register_text)}</p>
            {registering.message()}
            <Field
                id="passkey-name"
                label=tr!(identity.sign_in.device)
                hint=tr!(identity.sign_in.device_hint)
                error=field_error("name")
                value=name
            />
            <Field
                id="enrolment-code"
                label=tr!(identity.sign_in.code)
                hint=tr!(identity.sign_in.code_hint)
                error=field_error("enrolment_code")
                autocomplete="one-time-code"
                value=code
            />
            <div class="yc-actions">
                {registering
                    .button(ButtonKind::Secondary, tr!(identity.sign_in.register), begin)}
            </div>
            <p class="yc-hint">{tr!(identity.sign_in.face)}</p>
        </section>
    }
    .into_any()
}

/// Printed links carry the code behind a `#`, where no server and no log sees it.
fn code_of_address() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Signs in.
///
/// # Errors
/// What the browser or the server says.
pub async fn sign_in() -> Result<(), CallError> {
    let challenge = call::<BeginSignIn>(&()).await?;
    let options = serde_json::to_string(&challenge.options).unwrap_or_default();
    let used = browser::text("signIn", &[options.into()]).await?;
    let answer = SignInAnswer {
        ceremony: challenge.ceremony,
        credential: parsed(&used)?,
    };
    call::<FinishSignIn>(&answer).await.map(drop)
}

/// Registers a passkey: for a new account, or for the one that is signed in or the code is for.
///
/// # Errors
/// What the browser or the server says.
pub async fn register(name: String, enrolment_code: Option<String>) -> Result<(), CallError> {
    let draft = RegistrationDraft {
        name,
        enrolment_code,
    };
    let challenge = call::<BeginRegistration>(&draft).await?;
    let options = serde_json::to_string(&challenge.options).unwrap_or_default();
    let made = browser::text("register", &[options.into()]).await?;
    let answer = RegistrationAnswer {
        ceremony: challenge.ceremony,
        credential: parsed(&made)?,
    };
    call::<FinishRegistration>(&answer).await.map(drop)
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, CallError> {
    serde_json::from_str(text)
        .map_err(|_| CallError::Browser(browser::BrowserError("unreadable".to_owned())))
}
