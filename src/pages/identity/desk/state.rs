//! What the desk knows and does.

use super::sync;
use crate::identity::browser::{self, BrowserError};
use crate::identity::call::{CallError, call_at, path_of};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use yichuang_contract::desk::{CheckInDraft, CheckTypedCode, TypedCodeDraft, TypedCodeVerdict};
use yichuang_credential_browser::message::{Checked, DeskKit, DeskView, Guest, Words};

/// Where the kit is kept on this device.
pub const KIT: &str = "desk-kit";
/// How often the counter's code gets a fresh number while nobody comes.
const FRESH_MS: u64 = 120_000;
/// How often the lists are fetched: the authority signs them every ten minutes.
const SYNC_MS: u64 = 300_000;

/// What stands in the place of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The verdict.
    Verdict(Box<Checked>),
    /// A code was in sight for eight seconds and could not be read.
    Unreadable,
    /// A typed code cannot be looked up.
    NotLookedUp(CallError),
}

/// The state, for as long as the page lives.
#[derive(Clone, Copy)]
pub struct DeskState {
    /// What the desk knows about itself.
    pub view: RwSignal<Option<DeskView>>,
    /// The answer; nothing while it waits for a guest.
    pub verdict: RwSignal<Option<Answer>>,
    /// The counter's code.
    pub code: RwSignal<Option<String>>,
    /// Whether the counter's code could not be made.
    pub has_no_code: RwSignal<bool>,
    /// Seconds since 1970 by the server's clock, renewed every few seconds.
    pub now: RwSignal<f64>,
    /// How far this device's clock is off, in seconds.
    pub skew: RwSignal<f64>,
    /// Check-ins that the server does not have yet.
    pub waiting: RwSignal<usize>,
    /// What the server found about check-ins that were sent: credentials used elsewhere, revoked.
    pub findings: RwSignal<Vec<sync::Finding>>,
    /// Whether the server refuses this device: nobody is signed in, or not for these premises.
    pub is_refused: RwSignal<bool>,
    /// Whether check-ins are being sent.
    pub is_sending: StoredValue<bool>,
}

impl DeskState {
    /// A desk that knows nothing yet.
    pub fn new() -> Self {
        let desk = Self {
            view: RwSignal::new(None),
            verdict: RwSignal::new(None),
            code: RwSignal::new(None),
            has_no_code: RwSignal::new(false),
            now: RwSignal::new(0.0),
            skew: RwSignal::new(0.0),
            waiting: RwSignal::new(0),
            findings: RwSignal::new(Vec::new()),
            is_refused: RwSignal::new(false),
            is_sending: StoredValue::new(false),
        };
        every(5_000, move || {
            desk.now.try_set(browser::now());
        });
        every(FRESH_MS, move || desk.renew_code(true));
        every(SYNC_MS, move || sync::start(desk));
        let handle = window_event_listener_untyped("online", move |_| sync::start(desk));
        on_cleanup(move || {
            handle.remove();
            let _ = browser::call_now("stopCamera", &[]);
            let _ = browser::call_now("listenToKeys", &[false.into()]);
        });
        desk
    }

    /// Opens the kit that is kept on this device. Returns whether there is one.
    ///
    /// # Errors
    /// If the program cannot be loaded, or the kit is refused.
    pub async fn open(self) -> Result<bool, CallError> {
        browser::load().await?;
        let skew = browser::call("restoreTime", &[]).await?.as_f64();
        self.skew.try_set(skew.unwrap_or_default() / 1000.0);
        self.now.try_set(browser::now());
        let Some(kit) = browser::kept_as::<DeskKit>(KIT).await else {
            return Ok(false);
        };
        self.use_kit(&kit).await?;
        sync::start(self);
        Ok(true)
    }

    /// Works with a kit from now on.
    ///
    /// # Errors
    /// The code of the reason for which it is refused.
    pub async fn use_kit(self, kit: &DeskKit) -> Result<(), CallError> {
        let damaged = || CallError::Browser(BrowserError("damaged".to_owned()));
        let kit = serde_json::to_string(kit).map_err(|_| damaged())?;
        let view = browser::text("openDesk", &[kit.into()]).await?;
        let view = serde_json::from_str(&view).map_err(|_| damaged())?;
        self.view.try_set(Some(view));
        self.renew_code(false);
        self.count_waiting().await;
        Ok(())
    }

    /// Shows the counter's code, with a fresh number or the last one.
    pub fn renew_code(self, is_fresh: bool) {
        if self.view.with_untracked(Option::is_none) {
            return;
        }
        spawn_local(async move {
            let code = browser::text("counterCode", &[is_fresh.into()]).await;
            self.has_no_code.try_set(code.is_err());
            self.code.try_set(code.ok());
        });
    }

    /// Takes what a camera or a picture held, with its verdict.
    pub fn scanned(self, detail: &JsValue) {
        if self.verdict.with_untracked(Option::is_some) {
            // The last guest is still being dealt with.
            return;
        }
        match browser::member(detail, "verdict") {
            Some(verdict) => self.answer(&verdict),
            None => self.tell(Answer::Unreadable, "red"),
        }
    }

    /// Takes what a scanner or a person typed: a form, or the twelve characters.
    pub fn typed(self, text: String) {
        if text.trim().is_empty() {
            return;
        }
        spawn_local(async move {
            if is_typed_code(&text) {
                return self.look_up(text).await;
            }
            let values = ["desk-check".into(), text.into(), browser::now().into()];
            if let Ok(verdict) = browser::text("ask", &values).await {
                self.answer(&verdict);
            }
        });
    }

    /// A typed code is looked up by the server and never green.
    async fn look_up(self, code: String) {
        let Some(view) = self.view.get_untracked() else {
            return;
        };
        let path = path_of::<CheckTypedCode>(&[&view.id]);
        match call_at::<CheckTypedCode>(&path, &TypedCodeDraft { code }).await {
            Ok(verdict) => {
                if let Some(checked) = checked(verdict).await {
                    let light = checked.light.clone();
                    self.tell(Answer::Verdict(Box::new(checked)), &light);
                }
            }
            Err(error) => self.tell(Answer::NotLookedUp(error), "red"),
        }
    }

    fn answer(self, verdict: &str) {
        if let Ok(checked) = serde_json::from_str::<Checked>(verdict) {
            let light = checked.light.clone();
            self.tell(Answer::Verdict(Box::new(checked)), &light);
        }
    }

    /// Shows an answer, with its sound.
    pub fn tell(self, answer: Answer, light: &str) {
        self.verdict.try_set(Some(answer));
        let _ = browser::call_now("signal", &[light.into()]);
    }

    /// The next guest, without checking this one in.
    pub fn next(self) {
        self.verdict.set(None);
    }

    /// Checks this guest in; the next one answers a fresh number.
    pub fn check_in(self, checked: Checked) {
        let (Some(credential), Some(guest)) = (checked.credential, checked.guest) else {
            return;
        };
        self.verdict.set(None);
        spawn_local(async move {
            let _ = record(&credential, guest.presentation.as_deref()).await;
            self.renew_code(true);
            self.count_waiting().await;
            sync::start(self);
        });
    }

    /// Counts the check-ins that the server does not have yet.
    pub async fn count_waiting(self) {
        self.waiting.try_set(sync::queued().await.len());
    }
}

/// Keeps a check-in on disk before anything else: a cut of power loses none.
async fn record(credential: &str, presentation: Option<&str>) -> Result<(), BrowserError> {
    let key = browser::text("randomId", &[]).await?;
    let draft = CheckInDraft {
        key: key.clone(),
        credential: credential.to_owned(),
        // By this device's own clock; the server takes its error off when it is sent.
        at_ms: js_sys::Date::now() as i64,
    };
    let text = serde_json::to_string(&draft).map_err(|_| BrowserError(String::new()))?;
    browser::call("enqueue", &[key.into(), text.into()]).await?;
    let values = [
        credential.into(),
        presentation.map_or(JsValue::NULL, JsValue::from_str),
        browser::now().into(),
        true.into(),
    ];
    browser::call("remember", &values).await.map(drop)
}

/// Whether a text is the twelve characters and no form.
fn is_typed_code(text: &str) -> bool {
    let is_filling = |character: char| character == '-' || character.is_whitespace();
    let text = text.trim().replace(is_filling, "");
    text.len() == 12
        && text
            .chars()
            .all(|character| character.is_ascii_alphanumeric())
}

/// The server's answer in the form of a verdict, with the sentences of its reason.
async fn checked(verdict: TypedCodeVerdict) -> Option<Checked> {
    let reason = verdict.reason.as_str();
    let [what, advice]: [Words; 2] = browser::ask("sentences", &[reason.into()]).await.ok()?;
    let guest = verdict
        .name
        .zip(verdict.number)
        .map(|(name, number)| Guest {
            name,
            number,
            sealed: verdict.sealed,
            expires: u64::try_from(verdict.expires_ms.unwrap_or_default() / 1000)
                .unwrap_or_default(),
            presentation: None,
        });
    // It is bound to no phone: at best a person decides.
    let light = if guest.is_some() { "amber" } else { "red" };
    Some(Checked {
        light: light.to_owned(),
        reason: verdict.reason,
        what,
        advice,
        credential: verdict.credential,
        guest,
    })
}

/// Does something again and again while the calling page lives.
pub fn every(milliseconds: u64, act: impl Fn() + 'static) {
    let duration = std::time::Duration::from_millis(milliseconds);
    if let Ok(handle) = set_interval_with_handle(act, duration) {
        on_cleanup(move || handle.clear());
    }
}

#[cfg(test)]
mod tests {
    use super::is_typed_code;

    #[test]
    fn twelve_characters_are_a_typed_code_and_a_form_is_none() {
        assert!(is_typed_code(" 7f3k-9q2m-x1zt\n"));
        assert!(!is_typed_code("PT1:6BF5/S0TQ"));
        assert!(!is_typed_code("7f3k-9q2m"));
    }
}
