//! What `js/worker.js` calls. Errors are the codes of reasons.

use crate::desk::OpenDesk;
use crate::message::{DeskKit, PhoneKit};
use crate::phone::Phone;
use crate::picture::{self, Found};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use yichuang_credential::Reason;

fn code(reason: Reason) -> JsValue {
    JsValue::from_str(reason.code())
}

fn json(value: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|_| code(Reason::Damaged))
}

/// The sentences of a reason, as JSON; `None` if there is no such code.
#[wasm_bindgen]
#[must_use]
pub fn sentences(reason: &str) -> Option<String> {
    let reason = Reason::ALL.iter().find(|known| known.code() == reason)?;
    let (zh, en) = (reason.chinese(), reason.english());
    let words =
        [(zh.what, en.what), (zh.advice, en.advice)].map(|(zh, en)| crate::message::Words {
            zh: zh.to_owned(),
            en: en.to_owned(),
        });
    json(&words).ok()
}

/// See [`picture::read`]; an empty text stands for a code that cannot be read.
#[wasm_bindgen]
#[must_use]
pub fn read_picture(pixels: &[u8], width: u32, height: u32) -> Option<String> {
    match picture::read(pixels, width as usize, height as usize) {
        Found::Nothing => None,
        Found::Unreadable => Some(String::new()),
        Found::Text(text) => Some(text),
    }
}

/// A credential (base64url) as the text of a printed code.
///
/// # Errors
/// The reason's code.
#[wasm_bindgen]
pub fn paper(credential: &str) -> Result<String, JsValue> {
    let bytes = crate::desk::bytes(credential).map_err(code)?;
    let credential = yichuang_credential::Credential::read(&bytes).map_err(code)?;
    Ok(credential.paper())
}

/// A compressed point of an uncompressed one, as browsers export keys.
///
/// # Errors
/// `damaged`.
#[wasm_bindgen]
pub fn compress(point: &[u8]) -> Result<Vec<u8>, JsValue> {
    let point = point.try_into().map_err(|_| code(Reason::Damaged))?;
    let key = yichuang_credential::PublicKey::from_uncompressed(point).map_err(code)?;
    Ok(key.point().to_vec())
}

/// See [`OpenDesk`].
#[wasm_bindgen]
pub struct DeskEngine(OpenDesk);

#[wasm_bindgen]
impl DeskEngine {
    /// Opens a kit (JSON).
    ///
    /// # Errors
    /// The reason's code.
    #[wasm_bindgen(constructor)]
    pub fn new(kit: &str, now: f64) -> Result<DeskEngine, JsValue> {
        let kit: DeskKit = serde_json::from_str(kit).map_err(|_| code(Reason::Damaged))?;
        OpenDesk::open(&kit, now as u64)
            .map(DeskEngine)
            .map_err(code)
    }

    /// What the desk knows about itself (JSON).
    ///
    /// # Errors
    /// None.
    pub fn view(&self) -> Result<String, JsValue> {
        json(&self.0.view())
    }

    /// Takes newer lists.
    ///
    /// # Errors
    /// The reason's code.
    pub fn renew(&mut self, trust: &str, status: Option<String>) -> Result<(), JsValue> {
        self.0.renew(trust, status.as_deref()).map_err(code)
    }

    /// The fresh numbers that may still be answered, four bytes each.
    pub fn set_numbers(&mut self, numbers: &[u8]) {
        self.0.set_numbers(numbers);
    }

    /// What the counter's key has to sign.
    ///
    /// # Errors
    /// `damaged` if the number has not four bytes.
    pub fn code_message(&self, number: &[u8], now: f64) -> Result<Vec<u8>, JsValue> {
        let number = number.try_into().map_err(|_| code(Reason::Damaged))?;
        Ok(self.0.code_message(number, now as u64))
    }

    /// The counter's code.
    ///
    /// # Errors
    /// The reason's code.
    pub fn code(&self, number: &[u8], now: f64, signature: &[u8]) -> Result<String, JsValue> {
        let number = number.try_into().map_err(|_| code(Reason::Damaged))?;
        let signature = signature.try_into().map_err(|_| code(Reason::Damaged))?;
        self.0.code(number, now as u64, signature).map_err(code)
    }

    /// The verdict (JSON).
    ///
    /// # Errors
    /// None.
    pub fn check(&self, shown: &str, now: f64) -> Result<String, JsValue> {
        json(&self.0.check(shown, now as u64))
    }

    /// Remembers what was accepted.
    ///
    /// # Errors
    /// The reason's code.
    pub fn remember(
        &mut self,
        credential: &str,
        presentation: Option<String>,
        at: f64,
        is_here: bool,
    ) -> Result<(), JsValue> {
        self.0
            .remember(credential, presentation.as_deref(), at as u64, is_here)
            .map_err(code)
    }
}

/// See [`Phone`].
#[wasm_bindgen]
pub struct PhoneEngine(Phone);

#[wasm_bindgen]
impl PhoneEngine {
    /// Takes a kit (JSON).
    ///
    /// # Errors
    /// The reason's code.
    #[wasm_bindgen(constructor)]
    pub fn new(kit: &str) -> Result<PhoneEngine, JsValue> {
        let kit: PhoneKit = serde_json::from_str(kit).map_err(|_| code(Reason::Damaged))?;
        Phone::open(&kit).map(PhoneEngine).map_err(code)
    }

    /// What the credential says (JSON).
    ///
    /// # Errors
    /// None.
    pub fn view(&self) -> Result<String, JsValue> {
        json(&self.0.view())
    }

    /// Begins an unlock: the challenge.
    ///
    /// # Errors
    /// The reason's code.
    pub fn ask(&mut self, random: &[u8], now: f64) -> Result<Vec<u8>, JsValue> {
        let random = random.try_into().map_err(|_| code(Reason::Damaged))?;
        let challenge = self.0.ask(random, now as u64).map_err(code)?;
        Ok(challenge.to_vec())
    }

    /// Takes the passkey's answer.
    ///
    /// # Errors
    /// The reason's code.
    pub fn unlock(
        &mut self,
        authenticator_data: &[u8],
        client_data: &[u8],
        signature: &[u8],
    ) -> Result<(), JsValue> {
        self.0
            .unlock(authenticator_data, client_data, signature)
            .map_err(code)
    }

    /// Forgets the session.
    pub fn lock(&mut self) {
        self.0.lock();
    }

    /// Who asks (JSON).
    ///
    /// # Errors
    /// The reason's code.
    pub fn read_counter(&mut self, shown: &str, now: f64) -> Result<String, JsValue> {
        let counter = self.0.read_counter(shown, now as u64).map_err(code)?;
        json(&counter)
    }

    /// Agrees to the counter that was read.
    pub fn agree(&mut self) {
        self.0.agree();
    }

    /// A new form.
    #[must_use]
    pub fn present(&self, now: f64) -> Option<String> {
        self.0.present(now as u64)
    }
}
