//! Showing the ID: read who asks, agree, unlock, and a code that renews itself.

use super::held::Held;
use super::{ending, uses};
use crate::identity::browser;
use crate::identity::call::{CallError, explain};
use crate::identity::session::{asked, deed, shown};
use crate::locale::use_language;
use crate::ui::{Button, ButtonKind, Field, Loadable, Notification, NotificationKind, dynamic, qr};
use leptos::prelude::*;
use leptos::task::spawn_local;
use yichuang_contract::credential::CredentialState;
use yichuang_credential_browser::message::{CounterView, PhoneView};

const CAMERA: &str = "credential-camera";
/// How often the code renews itself, in seconds.
const RENEWAL: f64 = 10.0;
/// For how long an unlock counts, in seconds; the desk has the rule.
const UNLOCKED: f64 = 300.0;

/// How far showing it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// The counter's code is to be scanned.
    Counter,
    /// A counter asks; the person has not answered.
    Asked(CounterView),
    /// To be unlocked, for this counter or for none.
    Unlock(Option<CounterView>),
    /// The code is shown.
    Shown(Option<CounterView>),
}

/// What the shown code needs.
#[derive(Clone, Copy)]
struct Showing {
    held: StoredValue<Held>,
    step: RwSignal<Step>,
    code: RwSignal<Option<String>>,
    made_at: RwSignal<f64>,
    unlocked_at: RwSignal<f64>,
    now: RwSignal<f64>,
}

/// The ID on this phone.
pub fn view(held: Held, again: Callback<()>) -> AnyView {
    let opened = {
        let held = held.clone();
        asked(move || {
            let held = held.clone();
            async move { held.open().await }
        })
    };
    shown(opened, move |phone| content(held.clone(), phone, again))
}

fn content(held: Held, phone: PhoneView, again: Callback<()>) -> AnyView {
    let showing = Showing {
        held: StoredValue::new(held.clone()),
        step: RwSignal::new(Step::Counter),
        code: RwSignal::new(None),
        made_at: RwSignal::new(0.0),
        unlocked_at: RwSignal::new(0.0),
        now: RwSignal::new(browser::now()),
    };
    keep_renewing(showing);
    browser::listen("yc-scan", move |detail| {
        if let Some(text) = browser::member(&detail, "text") {
            read_counter(showing, text, None);
        }
    });
    on_cleanup(|| {
        for call in ["stopCamera", "stayAwake"] {
            let _ = browser::call_now(call, &[false.into()]);
        }
        spawn_local(async {
            // The session's key goes with the page.
            let _ = browser::call("ask", &["phone-lock".into()]).await;
        });
    });
    let step = {
        let phone = phone.clone();
        dynamic(move || match showing.step.get() {
            Step::Counter => scan(showing),
            Step::Asked(counter) => asks(showing, &counter),
            Step::Unlock(counter) => unlock(showing, counter),
            Step::Shown(counter) => code(showing, &phone, counter),
        })
    };
    view! {
        {standing(&held)}
        {step}
        {ending::facts(&held, &phone)}
        {uses::view()}
        {ending::view(&held, again)}
    }
    .into_any()
}

/// Whether the server has meanwhile ended it; without a network nothing is said.
fn standing(held: &Held) -> AnyView {
    let held = held.clone();
    let state = asked(move || {
        let held = held.clone();
        async move { Ok::<_, CallError>(held.state().await) }
    });
    dynamic(move || match state.state.get() {
        Loadable::Ready(Some(state)) if state != CredentialState::Valid => view! {
            <Notification kind=NotificationKind::Warning>
                <p role="alert">{tr!(credential.show.ended)}</p>
            </Notification>
        }
        .into_any(),
        _ => ().into_any(),
    })
}

/// Once a second: the countdown, a new code when it is due, and the end of an unlock.
fn keep_renewing(showing: Showing) {
    let tick = move || {
        let now = browser::now();
        showing.now.try_set(now);
        let Some(Step::Shown(counter)) = showing.step.try_get_untracked() else {
            return;
        };
        if now - showing.unlocked_at.get_untracked() > UNLOCKED {
            showing.code.set(None);
            showing.step.set(Step::Unlock(counter));
            let _ = browser::call_now("stayAwake", &[false.into()]);
        } else if now - showing.made_at.get_untracked() >= RENEWAL {
            renew(showing);
        }
    };
    if let Ok(handle) = set_interval_with_handle(tick, std::time::Duration::from_secs(1)) {
        on_cleanup(move || handle.clear());
    }
}

fn renew(showing: Showing) {
    let now = browser::now();
    showing.made_at.set(now);
    spawn_local(async move {
        let form = browser::text("ask", &["phone-present".into(), now.into()]).await;
        showing.code.try_set(form.ok());
    });
}

fn read_counter(showing: Showing, text: String, typing: Option<RwSignal<Option<CallError>>>) {
    if showing.step.get_untracked() != Step::Counter {
        return;
    }
    spawn_local(async move {
        let values = [text.into(), browser::now().into()];
        match browser::ask::<CounterView>("phone-counter", &values).await {
            Ok(counter) => {
                let _ = browser::call_now("stopCamera", &[]);
                showing.step.try_set(Step::Asked(counter));
            }
            Err(error) => {
                if let Some(typing) = typing {
                    typing.try_set(Some(CallError::Browser(error)));
                }
            }
        }
    });
}

/// Step one: whose counter is it?
fn scan(showing: Showing) -> AnyView {
    let is_on = RwSignal::new(false);
    let error = RwSignal::new(None::<CallError>);
    let text = RwSignal::new(String::new());
    let start = move |_| {
        is_on.set(true);
        error.set(None);
        spawn_local(async move {
            let started = browser::call("startCamera", &[CAMERA.into(), false.into()]).await;
            if started.is_err() {
                is_on.try_set(false);
                error.try_set(Some(CallError::Browser(browser::BrowserError(
                    "camera".to_owned(),
                ))));
            }
        });
    };
    let check = move |_| {
        error.set(None);
        read_counter(showing, text.get_untracked(), Some(error));
    };
    let without = move |_| {
        let _ = browser::call_now("stopCamera", &[]);
        showing.step.set(Step::Unlock(None));
    };
    let trouble = dynamic(move || match error.get() {
        Some(error) if error.code() == "camera" => view! {
            <Notification kind=NotificationKind::Warning>
                <p role="alert">{tr!(credential.show.no_camera)}</p>
            </Notification>
        }
        .into_any(),
        Some(error) => explain(&error),
        None => ().into_any(),
    });
    view! {
        <section class="yc-section">
            <h2>{tr!(credential.show.scan_title)}</h2>
            <p>{tr!(credential.show.scan_text)}</p>
            {trouble}
            <video
                id=CAMERA
                class="yc-desk__camera"
                class:yc-desk__camera--on=is_on
                aria-label=tr!(credential.show.camera_label)
                muted
                playsinline
            ></video>
            <div class="yc-actions">
                <Button on_press=start>{tr!(credential.show.scan)}</Button>
                <Button kind=ButtonKind::Quiet on_press=without>
                    {tr!(credential.show.without)}
                </Button>
            </div>
            <details>
                <summary>{tr!(credential.show.type_title)}</summary>
                <Field
                    id="counter-code"
                    label=tr!(credential.show.type_label)
                    autocomplete="off"
                    value=text
                />
                <Button kind=ButtonKind::Secondary on_press=check>
                    {tr!(credential.show.type_check)}
                </Button>
            </details>
        </section>
    }
    .into_any()
}

/// Step two: this house asks for this. Is it the one?
fn asks(showing: Showing, counter: &CounterView) -> AnyView {
    let agreed = counter.clone();
    let agree = move |_| {
        let counter = agreed.clone();
        spawn_local(async move {
            if browser::call("ask", &["phone-agree".into()]).await.is_err() {
                return;
            }
            showing.step.try_set(Step::Unlock(Some(counter)));
        });
    };
    let refuse = move |_| showing.step.set(Step::Counter);
    let (premises, terminal) = (counter.premises.clone(), counter.terminal.clone());
    view! {
        <section class="yc-section yc-asks">
            <h2 role="alert">
                {tr!(
                    credential.show.asks,
                    premises = move || premises.clone(),
                    terminal = move || terminal.clone()
                )}
            </h2>
            <p>{tr!(credential.show.asks_for)}</p>
            <p>{tr!(credential.show.is_it)}</p>
            <div class="yc-actions">
                <Button on_press=agree>{tr!(credential.show.agree)}</Button>
                <Button kind=ButtonKind::Secondary on_press=refuse>
                    {tr!(credential.show.refuse)}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

/// Step three: the phone's own face, finger or PIN.
fn unlock(showing: Showing, counter: Option<CounterView>) -> AnyView {
    let unlocking = deed();
    let start = move || {
        let counter = counter.clone();
        let held = showing.held.get_value();
        let work = async move { held.unlock().await };
        unlocking.attempt(work, move |()| {
            showing.unlocked_at.set(browser::now());
            renew(showing);
            let _ = browser::call_now("stayAwake", &[true.into()]);
            showing.step.set(Step::Shown(counter));
        });
    };
    view! {
        <section class="yc-section">
            <h2>{tr!(credential.show.unlock_title)}</h2>
            <p>{tr!(credential.show.unlock_text)}</p>
            {unlocking.message()}
            <div class="yc-actions">
                {unlocking.button(ButtonKind::Primary, tr!(credential.show.unlock), start)}
            </div>
        </section>
    }
    .into_any()
}

/// The code, as large as the screen allows; everything it says is said in words too.
fn code(showing: Showing, phone: &PhoneView, counter: Option<CounterView>) -> AnyView {
    let label = tr!(credential.show.code_label);
    let picture = dynamic(
        move || match showing.code.get().as_deref().and_then(qr::modules) {
            Some(modules) => qr::qr(modules, label),
            None => ().into_any(),
        },
    );
    let left = move || {
        let left = RENEWAL - (showing.now.get() - showing.made_at.get());
        left.clamp(0.0, RENEWAL) as u32
    };
    let minutes_left = move || {
        let left = UNLOCKED - (showing.now.get() - showing.unlocked_at.get());
        (left / 60.0).max(0.0).ceil() as u32
    };
    let (name, number) = (phone.name.clone(), phone.number.clone());
    let language = use_language();
    let to = Signal::derive(move || match &counter {
        Some(counter) => tr_in!(
            language.get(),
            credential.show.to,
            premises = counter.premises.as_str(),
            terminal = counter.terminal.as_str()
        )
        .to_string(),
        None => tr_in!(language.get(), credential.show.to_nobody).to_owned(),
    });
    let again = move |_| {
        showing.code.set(None);
        let _ = browser::call_now("stayAwake", &[false.into()]);
        showing.step.set(Step::Counter);
    };
    view! {
        <section class="yc-section yc-live">
            <p class="yc-live__to">{to}</p>
            <div class="yc-live__code">{picture}</div>
            <progress class="yc-live__left" max=RENEWAL.to_string() prop:value=left aria-hidden="true"></progress>
            <p>
                <strong>{name}</strong>
                " "
                <span class="yc-person__number">{number}</span>
            </p>
            <p role="status">{tr!(credential.show.unlocked, minutes = minutes_left)}</p>
            <p class="yc-hint">{tr!(credential.show.bright)}</p>
            <div class="yc-actions">
                <Button kind=ButtonKind::Secondary on_press=again>
                    {tr!(credential.show.other)}
                </Button>
            </div>
        </section>
    }
    .into_any()
}
