//! Who is who (身份): what signing in, proofing and the vault need, put together once at the start.

pub mod attempts;
pub mod cookie;
pub mod keys;
pub mod passkeys;
pub mod view;

use crate::adapters::identity::Proofing;
use crate::settings::ServeSettings;
use crate::state::Shared;
use anyhow::Context;
use attempts::Attempts;
use cookie::Cookie;
use std::sync::Arc;
use std::time::Duration;
use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};
use yichuang_contract::service::Department;
use yichuang_storage::{Vault, access_log};

/// How long an enrolment code from a counter is good.
pub const COUNTER_CODE_LIFE_MS: i64 = 24 * 3_600_000;
/// How long an enrolment code from an administrator or an enterprise is good.
pub const STAFF_CODE_LIFE_MS: i64 = 7 * 24 * 3_600_000;
/// How often the head of the access log is signed.
const SIGN_EVERY: Duration = Duration::from_secs(60);

/// Everything about accounts.
pub struct Accounts {
    vault: Arc<Vault>,
    webauthn: Webauthn,
    origin: String,
    relying_party: String,
    cookie: Cookie,
    proofing: Proofing,
    attempts: Attempts,
    idle_ms: i64,
    desk_idle_ms: i64,
    life_ms: i64,
}

impl Accounts {
    /// From the settings; makes the key file if there is none. Also says what was done.
    ///
    /// # Errors
    /// With one sentence if keys or origin cannot be used.
    pub fn open(settings: &ServeSettings) -> anyhow::Result<(Self, String)> {
        let identity = &settings.identity;
        let (keyring, said) = keys::open_or_create(&identity.keys, &settings.database.data)?;
        let vault = Vault::new(&keyring)?;
        let origin = identity
            .origin
            .clone()
            .unwrap_or_else(|| format!("http://localhost:{}", settings.port));
        let url = read_origin(&origin)?;
        let relying_party = url.host_str().unwrap_or_default().to_owned();
        let webauthn = WebauthnBuilder::new(&relying_party, &url)
            .and_then(|builder| builder.rp_name("一窗 Yichuang").build())
            .map_err(|error| anyhow::anyhow!("--origin {origin} cannot have passkeys: {error}"))?;
        let minutes = |number: u32| i64::from(number.max(1)) * 60_000;
        let accounts = Self {
            vault: Arc::new(vault),
            webauthn,
            cookie: Cookie::new(&url),
            origin: url.origin().ascii_serialization(),
            relying_party,
            proofing: Proofing::new(identity, &url)?,
            attempts: Attempts::default(),
            idle_ms: minutes(identity.session_idle_minutes),
            desk_idle_ms: minutes(identity.desk_idle_minutes),
            life_ms: minutes(identity.session_hours) * 60,
        };
        let said = format!("Keys: {said}; passkeys for {}", accounts.origin);
        Ok((accounts, said))
    }

    /// Seals and opens what identifies persons.
    #[must_use]
    pub fn vault(&self) -> &Arc<Vault> {
        &self.vault
    }

    /// The passkey library.
    #[must_use]
    pub fn webauthn(&self) -> &Webauthn {
        &self.webauthn
    }

    /// Where browsers see this server: scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The domain passkeys belong to.
    #[must_use]
    pub fn relying_party(&self) -> &str {
        &self.relying_party
    }

    /// The session's cookie.
    #[must_use]
    pub fn cookie(&self) -> &Cookie {
        &self.cookie
    }

    /// Ways to prove a name.
    #[must_use]
    pub fn proofing(&self) -> &Proofing {
        &self.proofing
    }

    /// Failed attempts at secrets.
    #[must_use]
    pub fn attempts(&self) -> &Attempts {
        &self.attempts
    }

    /// After how long without a request a session ends.
    #[must_use]
    pub fn idle_ms(&self, is_at_desk: bool) -> i64 {
        if is_at_desk {
            self.desk_idle_ms
        } else {
            self.idle_ms
        }
    }

    /// After how long a session ends in any case.
    #[must_use]
    pub fn life_ms(&self) -> i64 {
        self.life_ms
    }
}

/// Reads the origin: https, or http on the machine itself; nothing behind the port.
fn read_origin(text: &str) -> anyhow::Result<Url> {
    let url = Url::parse(text).with_context(|| format!("--origin {text} is no address"))?;
    let host = url.host_str().unwrap_or_default();
    let is_local = host == "localhost" || host.ends_with(".localhost");
    anyhow::ensure!(
        url.scheme() == "https" || (url.scheme() == "http" && is_local),
        "--origin {text}: browsers allow passkeys on https only, or on http://localhost"
    );
    anyhow::ensure!(
        url.path() == "/" && url.query().is_none() && url.fragment().is_none(),
        "--origin {text}: give scheme, host and port only, such as https://police.example"
    );
    Ok(url)
}

/// A department's office as the access log shows it.
#[must_use]
pub const fn office_name(department: Department) -> (&'static str, &'static str) {
    match department {
        Department::Household => ("户政民警", "Household registration officer"),
        Department::ExitEntry => ("出入境民警", "Exit and entry officer"),
        Department::Traffic => ("交警", "Traffic police officer"),
        Department::PublicOrder => ("治安民警", "Public order officer"),
        Department::Cyber => ("网警", "Cyber security officer"),
        Department::Video => ("视频系统民警", "Video systems officer"),
        Department::AntiDrug => ("禁毒民警", "Drug control officer"),
        Department::Criminal => ("刑警", "Criminal police officer"),
    }
}

/// Signs the head of the access log again and again, and tells the log of the server: whoever
/// keeps that log can prove later that nothing was cut off.
pub async fn sign_log(app: Shared) {
    let mut tick = tokio::time::interval(SIGN_EVERY);
    loop {
        tick.tick().await;
        let now_ms = app.clock.now_ms();
        match access_log::checkpoint(&app.database, app.accounts.vault(), now_ms).await {
            Ok(Some(head)) => {
                tracing::info!(number = head.number, hash = %head.hash, "access log signed");
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "access log not signed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_https_or_this_machine_and_nothing_more() {
        for right in [
            "https://police.example",
            "https://police.example:8443",
            "http://localhost:8080",
        ] {
            assert!(read_origin(right).is_ok(), "{right}");
        }
        for wrong in [
            "http://police.example",
            "https://police.example/path",
            "https://police.example?a=b",
            "police.example",
            "http://127.0.0.1:8080",
        ] {
            assert!(read_origin(wrong).is_err(), "{wrong}");
        }
    }
}
