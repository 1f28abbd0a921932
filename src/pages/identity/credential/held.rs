//! What this phone keeps: the ID with everything that showing it needs, encrypted.

use crate::identity::browser::{self, BrowserError};
use crate::identity::call::{CallError, call, call_at, path_of};
use serde::{Deserialize, Serialize};
use yichuang_contract::credential::{
    CredentialState, GetCredential, GetTrust, IssuedCredential, TrustKey,
};
use yichuang_credential_browser::message::{PhoneKit, PhoneView};

/// Where it is kept on this device.
const KEPT: &str = "credential";

/// An ID on this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// As it was issued.
    pub issued: IssuedCredential,
    /// The roots.
    pub roots: Vec<TrustKey>,
    /// The signed trust list, to know counters by.
    pub trust: String,
}

impl Held {
    /// Takes an issued ID onto this phone.
    ///
    /// # Errors
    /// If the lists do not come, or the device keeps nothing.
    pub async fn take(issued: IssuedCredential) -> Result<(), CallError> {
        let _ = browser::call("setServerTime", &[(issued.now_ms as f64).into()]).await;
        let trust = call::<GetTrust>(&()).await?;
        let held = Self {
            issued,
            roots: trust.roots,
            trust: trust.trust_list,
        };
        let text = serde_json::to_string(&held)
            .map_err(|_| CallError::Browser(BrowserError(String::new())))?;
        Ok(browser::keep(KEPT, &text).await?)
    }

    /// What this phone keeps, if it can still be shown.
    ///
    /// # Errors
    /// If the program cannot be loaded.
    pub async fn read() -> Result<Option<Self>, CallError> {
        browser::load().await?;
        browser::call("restoreTime", &[]).await?;
        let Some(held) = browser::kept_as::<Self>(KEPT).await else {
            return Ok(None);
        };
        if held.issued.view.expires_ms as f64 / 1000.0 <= browser::now() {
            Self::forget().await?;
            return Ok(None);
        }
        Ok(Some(held))
    }

    /// Forgets it.
    ///
    /// # Errors
    /// If the device refuses.
    pub async fn forget() -> Result<(), CallError> {
        browser::call("forget", &[KEPT.into()]).await?;
        Ok(())
    }

    /// Whether the server still counts it as valid; `None` without an answer.
    pub async fn state(&self) -> Option<CredentialState> {
        let path = path_of::<GetCredential>(&[&self.issued.view.id]);
        let credential = call_at::<GetCredential>(&path, &()).await.ok()?;
        Some(credential.view.state)
    }

    /// Hands it to the worker.
    ///
    /// # Errors
    /// The code of the reason for which it is refused.
    pub async fn open(&self) -> Result<PhoneView, CallError> {
        let kit = PhoneKit {
            credential: self.issued.bytes.clone(),
            roots: self.roots.clone(),
            trust: self.trust.clone(),
            relying_party: self.issued.relying_party.clone(),
            origin: self.issued.origin.clone(),
        };
        let kit = serde_json::to_string(&kit).unwrap_or_default();
        Ok(browser::ask("phone-open", &[kit.into()]).await?)
    }

    /// Unlocks it with its passkey; works without a network.
    ///
    /// # Errors
    /// What the browser or the worker says.
    pub async fn unlock(&self) -> Result<(), CallError> {
        let passkey = self.issued.view.passkey_credential_id.as_deref();
        let values = [
            self.issued.relying_party.as_str().into(),
            passkey.map_or(wasm_bindgen::JsValue::NULL, Into::into),
        ];
        browser::call("unlock", &values).await?;
        Ok(())
    }
}
