//! Issuing one credential: rules, claims, signature, and the write that makes it count.

use super::{keys, milliseconds, seconds};
use crate::problem::{Failure, Kind};
use crate::state::Shared;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;
use yichuang_contract::credential::{CredentialPurpose, Disclosure};
use yichuang_credential::claims::mask;
use yichuang_credential::typed_code::TypedCode;
use yichuang_credential::{
    Binding, Claims, Credential, Number, Purpose, StatusIndex, Uses, sealed,
};
use yichuang_domain::calendar::Date;
use yichuang_storage::credential::{self, Issue, Issued, StoredCredential};
use yichuang_storage::person::{self, PersonData};

/// How often a place in the status list is drawn when other servers were faster.
const DRAWS: u32 = 16;
/// China is eight hours ahead of UTC all year.
const CHINA_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// What is bound to what.
pub enum Bound {
    /// To a passkey: identifier, WebAuthn's identifier, compressed point.
    Passkey {
        /// Identifier.
        id: Uuid,
        /// WebAuthn's identifier.
        credential_id: Vec<u8>,
        /// Compressed point.
        point: [u8; 33],
    },
    /// To premises.
    Premises(Uuid),
}

/// What is wished.
pub struct Wish {
    /// Whose.
    pub person: Uuid,
    /// Key of the request.
    pub key: String,
    /// What for.
    pub purpose: CredentialPurpose,
    /// Life in seconds.
    pub life: u64,
    /// What it is bound to.
    pub bound: Bound,
    /// Whether there is a silent alarm inside.
    pub is_silent_alarm: bool,
}

/// A credential with its bytes and typed code.
pub struct Ready {
    /// As it is kept.
    pub stored: StoredCredential,
    /// The signed bytes, base64url.
    pub bytes: String,
    /// The typed code.
    pub typed_code: String,
}

/// When the month began, in China.
#[must_use]
pub fn month_begins_ms(now_ms: i64) -> i64 {
    let days = i32::try_from((now_ms + CHINA_MS).div_euclid(DAY_MS)).unwrap_or(0);
    let today = Date::from_days(days);
    let first = (1..=12)
        .rev()
        .filter_map(|month| Date::new(today.year(), month, 1))
        .map(|first| today.days_since(first))
        .find(|days| *days >= 0)
        .unwrap_or(0);
    i64::from(days - first) * DAY_MS - CHINA_MS
}

/// The purpose as the format has it.
#[must_use]
pub const fn purpose(purpose: CredentialPurpose) -> Purpose {
    match purpose {
        CredentialPurpose::HotelCheckIn => Purpose::HotelCheckIn,
        CredentialPurpose::InternetCafe => Purpose::InternetCafe,
        CredentialPurpose::Travel => Purpose::Travel,
        CredentialPurpose::PoliceCounter => Purpose::PoliceCounter,
        CredentialPurpose::Venue => Purpose::Venue,
    }
}

/// The purpose as it is stored.
#[must_use]
pub const fn purpose_id(purpose: CredentialPurpose) -> &'static str {
    match purpose {
        CredentialPurpose::HotelCheckIn => "hotel-check-in",
        CredentialPurpose::InternetCafe => "internet-cafe",
        CredentialPurpose::Travel => "travel",
        CredentialPurpose::PoliceCounter => "police-counter",
        CredentialPurpose::Venue => "venue",
    }
}

/// A stored purpose.
#[must_use]
pub fn purpose_from_id(id: &str) -> CredentialPurpose {
    CredentialPurpose::ALL
        .into_iter()
        .find(|purpose| purpose_id(*purpose) == id)
        .unwrap_or(CredentialPurpose::HotelCheckIn)
}

/// Premises as the format names them: 32 hexadecimal digits.
#[must_use]
pub fn premises_name(id: Uuid) -> String {
    id.simple().to_string()
}

/// Issues a credential, or finds the one that the same request got before.
///
/// # Errors
/// If the person may have no more, the passkey is gone, or the database does not answer.
pub async fn issue(app: &Shared, wish: Wish) -> Result<Ready, Failure> {
    let now_ms = app.clock.now_ms();
    let vault = app.accounts.vault();
    let data = person::read_own(&app.database, vault, wish.person)
        .await?
        .ok_or(Failure::new(Kind::RealNameNeeded))?;
    for _ in 0..DRAWS {
        let ready = make(app, &wish, &data, now_ms).await?;
        let order = Issue {
            credential: ready.stored.clone(),
            month_begins_ms: month_begins_ms(now_ms),
            at_most: u64::from(app.settings.credential.issues_a_month),
        };
        let place = StatusIndex {
            day: ready.stored.day,
            index: ready.stored.place,
        };
        let issued = app.issuer.group().issue(order).await?;
        // A place that somebody else has stays taken.
        if !matches!(issued, Issued::New { .. } | Issued::PlaceTaken) {
            app.issuer.give_back(place);
        }
        match issued {
            Issued::New { superseded } => {
                if superseded > 0 {
                    app.issuer.mark_stale();
                }
                return Ok(ready);
            }
            Issued::Known(stored) => {
                let (bytes, typed_code) = stored
                    .open(vault)?
                    .ok_or(Failure::new(Kind::CredentialOver))?;
                return Ok(Ready {
                    stored: *stored,
                    bytes,
                    typed_code,
                });
            }
            Issued::TooMany => return Err(Failure::new(Kind::IssueLimitReached)),
            Issued::PasskeyGone => return Err(passkey_unsuitable()),
            Issued::PlaceTaken => {}
        }
    }
    Err(Failure::new(Kind::Unavailable))
}

/// The passkey that was named cannot unlock a credential.
#[must_use]
pub fn passkey_unsuitable() -> Failure {
    Failure::new(Kind::InvalidRequest).with_field(
        "/passkey",
        "passkey-unsuitable",
        "此通行密钥不能用于电子身份凭证，请选择另一个，或先登记新的通行密钥。",
        "This passkey cannot unlock an electronic ID; choose another one, or register a new one.",
    )
}

async fn make(app: &Shared, wish: &Wish, data: &PersonData, now_ms: i64) -> Result<Ready, Failure> {
    let now = seconds(now_ms);
    let ring = app.issuer.ring();
    let settings = &app.settings.credential;
    let number = match settings.disclosure.disclosure() {
        Disclosure::Full => Number::Full(data.id_number.clone()),
        Disclosure::Masked => Number::Masked(mask(&data.id_number)),
        Disclosure::Sealed => sealed::seal(
            &data.id_number,
            wish.is_silent_alarm,
            &ring.authority,
            &mut keys::chance(),
        )
        .map_err(|reason| Failure::internal(&reason))?,
    };
    let status = app.issuer.draw(&app.database, now).await?;
    let (binding, passkey, passkey_credential_id, premises) = match &wish.bound {
        Bound::Passkey {
            id,
            credential_id,
            point,
        } => (
            Binding::Passkey(*point),
            Some(*id),
            Some(credential_id.clone()),
            None,
        ),
        Bound::Premises(premises) => (
            Binding::Premises(premises_name(*premises)),
            None,
            None,
            Some(*premises),
        ),
    };
    let claims = Claims {
        issuer: settings.division.clone(),
        issued: now,
        expires: now + wish.life,
        binding,
        status,
        name: data.name.clone(),
        number,
        purpose: purpose(wish.purpose),
    };
    let signer = ring
        .signer(Uses::CREDENTIAL, now)
        .map_err(|reason| Failure::internal(&reason))?;
    let signed = Credential::issue(claims, signer);
    let id = Uuid::from_bytes(signed.id.0);
    let bytes = URL_SAFE_NO_PAD.encode(&signed.bytes);
    let typed_code = TypedCode::new(keys::random_u64()).text();
    let vault = app.accounts.vault();
    Ok(Ready {
        stored: StoredCredential {
            id,
            person: wish.person,
            request_key: wish.key.clone(),
            purpose: purpose_id(wish.purpose).to_owned(),
            form: if premises.is_some() { "paper" } else { "phone" }.to_owned(),
            passkey,
            passkey_credential_id,
            premises,
            day: status.day,
            place: status.index,
            typed_code_index: credential::typed_code_index(vault, &typed_code),
            sealed: credential::seal(vault, id, &bytes, &typed_code)?,
            issued_ms: milliseconds(now),
            expires_ms: milliseconds(now + wish.life),
            ended_ms: None,
            end_reason: None,
        },
        bytes,
        typed_code,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_at_midnight_in_china() {
        // 2026-03-01 00:00 in China.
        let march = 1_772_294_400_000;
        assert_eq!(month_begins_ms(march), march);
        assert_eq!(month_begins_ms(march + 40_000), march);
        assert_eq!(month_begins_ms(march - 1), march - 28 * DAY_MS);
        assert_eq!(month_begins_ms(march + 30 * DAY_MS), march);
        assert_eq!(month_begins_ms(march + 31 * DAY_MS), march + 31 * DAY_MS);
    }

    #[test]
    fn purposes_come_back() {
        for purpose in CredentialPurpose::ALL {
            assert_eq!(purpose_from_id(purpose_id(purpose)), purpose);
        }
    }
}
