//! The hotel's desk (旅馆前台): everything it needs for a verdict without a network.

use crate::message::{Checked, DeskKit, DeskView, Guest, Words};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use yichuang_contract::credential::{CredentialPurpose, Disclosure as Travels, TrustKey};
use yichuang_contract::desk::DeskPolicy;
use yichuang_credential::counter::{CounterCard, CounterCode, audience};
use yichuang_credential::seen::Memory;
use yichuang_credential::verify::verify;
use yichuang_credential::{
    Algorithm, Counter, CredentialId, Desk, Disclosure, Policy, PresentationId, PublicKey, Purpose,
    Reason, Site, StatusList, TrustList, Verdict,
};

/// An opened kit.
pub struct OpenDesk {
    premises: String,
    policy: Policy,
    roots: Vec<PublicKey>,
    trust: TrustList,
    status: Option<StatusList>,
    card: Vec<u8>,
    holder: CounterCard,
    counter: Counter,
    memory: Memory,
}

impl OpenDesk {
    /// Opens a kit: all its signatures are checked.
    ///
    /// # Errors
    /// A reason about a list or the card; [`Reason::Damaged`] for what cannot be read.
    pub fn open(kit: &DeskKit, now: u64) -> Result<Self, Reason> {
        let roots = roots(&kit.roots)?;
        let policy = policy(&kit.policy);
        let trust = TrustList::open(&bytes(&kit.trust)?, &roots)?;
        let status = match &kit.status {
            Some(status) => Some(StatusList::open(&bytes(status)?, &trust, &policy.suites)?),
            None => None,
        };
        let card = bytes(&kit.card)?;
        let holder = CounterCard::open(&card, &trust, &policy.suites, now.max(trust.issued))?;
        let counter = Counter {
            premises: holder.premises.clone(),
            audience: audience(&card)?,
            nonces: Vec::new(),
        };
        Ok(Self {
            premises: kit.premises.clone(),
            policy,
            roots,
            trust,
            status,
            card,
            holder,
            counter,
            memory: Memory::default(),
        })
    }

    /// What the desk knows about itself.
    #[must_use]
    pub fn view(&self) -> DeskView {
        DeskView {
            id: self.premises.clone(),
            premises: self.holder.name.clone(),
            terminal: self.holder.terminal.clone(),
            trust_issued: self.trust.issued,
            trust_expires: self.trust.expires,
            status_issued: self.status.as_ref().map(|status| status.issued),
            list_amber: self.policy.list_amber,
            list_red: self.policy.list_red,
            licence_ends: self.holder.not_after,
        }
    }

    /// Takes newer lists; older ones than those at hand are left aside.
    ///
    /// # Errors
    /// A reason about a list.
    pub fn renew(&mut self, trust: &str, status: Option<&str>) -> Result<(), Reason> {
        let trust = TrustList::open(&bytes(trust)?, &self.roots)?;
        if trust.serial >= self.trust.serial {
            self.trust = trust;
        }
        if let Some(status) = status {
            let status = StatusList::open(&bytes(status)?, &self.trust, &self.policy.suites)?;
            if self
                .status
                .as_ref()
                .is_none_or(|known| known.issued <= status.issued)
            {
                self.status = Some(status);
            }
        }
        Ok(())
    }

    /// The fresh numbers that guests may still answer.
    pub fn set_numbers(&mut self, numbers: &[u8]) {
        self.counter.nonces = numbers.as_chunks::<4>().0.to_vec();
    }

    /// What the counter's key has to sign so that the counter's code holds a fresh number.
    #[must_use]
    pub fn code_message(&self, number: [u8; 4], now: u64) -> Vec<u8> {
        CounterCode::message(&self.card, number, now)
    }

    /// The text of the counter's code, signed by the browser (r and s, 64 bytes).
    ///
    /// # Errors
    /// [`Reason::BadSignature`] if the signature is not the card's key's.
    pub fn code(&self, number: [u8; 4], now: u64, signature: [u8; 64]) -> Result<String, Reason> {
        let signature = yichuang_credential::suite::lower(signature)?;
        let message = self.code_message(number, now);
        self.holder.public_key()?.verify(&message, &signature)?;
        let code = CounterCode::Screen {
            card: self.card.clone(),
            nonce: number,
            at: now,
            signature,
        };
        Ok(code.text())
    }

    /// The verdict.
    #[must_use]
    pub fn check(&self, shown: &str, now: u64) -> Checked {
        let desk = Desk {
            policy: &self.policy,
            trust: &self.trust,
            status: self.status.as_ref(),
            counter: &self.counter,
            seen: &self.memory,
        };
        checked(verify(shown, &desk, now))
    }

    /// Remembers what was accepted, here or elsewhere.
    ///
    /// # Errors
    /// [`Reason::Damaged`] if these are no names.
    pub fn remember(
        &mut self,
        credential: &str,
        presentation: Option<&str>,
        at: u64,
        is_here: bool,
    ) -> Result<(), Reason> {
        let credential = CredentialId(from_hex(credential).ok_or(Reason::Damaged)?);
        let presentation = match presentation {
            Some(name) => Some(PresentationId(from_hex(name).ok_or(Reason::Damaged)?)),
            None => None,
        };
        if is_here {
            self.memory.accept(credential, presentation, at);
        } else {
            self.memory.flag_elsewhere(credential, at);
        }
        Ok(())
    }
}

fn checked(verdict: Verdict) -> Checked {
    let (zh, en) = (verdict.reason.chinese(), verdict.reason.english());
    let words = |zh: &str, en: &str| Words {
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    Checked {
        light: verdict.light.code().to_owned(),
        reason: verdict.reason.code().to_owned(),
        what: words(zh.what, en.what),
        advice: words(zh.advice, en.advice),
        credential: verdict.credential.map(|id| hex(&id.0)),
        guest: verdict.details.map(|details| Guest {
            name: details.name,
            number: details.number,
            sealed: details.sealed.map(|sealed| URL_SAFE_NO_PAD.encode(sealed)),
            expires: details.expires,
            presentation: details.presentation.map(|id| hex(&id.0)),
        }),
    }
}

fn policy(rules: &DeskPolicy) -> Policy {
    Policy {
        purpose: match rules.purpose {
            CredentialPurpose::HotelCheckIn => Purpose::HotelCheckIn,
            CredentialPurpose::InternetCafe => Purpose::InternetCafe,
            CredentialPurpose::Travel => Purpose::Travel,
            CredentialPurpose::PoliceCounter => Purpose::PoliceCounter,
            CredentialPurpose::Venue => Purpose::Venue,
        },
        suites: suites(&rules.algorithms),
        site: Site {
            relying_party: rules.relying_party.clone(),
            origin: rules.origin.clone(),
        },
        disclosure: match rules.disclosure {
            Travels::Full => Disclosure::Full,
            Travels::Masked => Disclosure::Masked,
            Travels::Sealed => Disclosure::Sealed,
        },
        presentation_age: rules.presentation_age.into(),
        presentation_ahead: rules.presentation_ahead.into(),
        bound_difference: rules.bound_difference.into(),
        unlock_age: rules.unlock_age.into(),
        life: rules.life.into(),
        paper_life: rules.paper_life.into(),
        issuer_ahead: rules.issuer_ahead.into(),
        list_amber: rules.list_amber.into(),
        list_red: rules.list_red.into(),
        is_counter_required: rules.is_counter_required,
        is_paper_taken: rules.is_paper_taken,
    }
}

/// The suites of these COSE numbers; unknown ones are off.
pub(crate) fn suites(numbers: &[i64]) -> Vec<Algorithm> {
    numbers
        .iter()
        .filter_map(|number| Algorithm::from_cose(*number))
        .collect()
}

/// The roots' keys; one of a suite that is not built in is left out.
pub(crate) fn roots(roots: &[TrustKey]) -> Result<Vec<PublicKey>, Reason> {
    let mut keys = Vec::new();
    for root in roots {
        let point = bytes(&root.point)?
            .try_into()
            .map_err(|_| Reason::Damaged)?;
        if let Some(suite) = Algorithm::from_cose(root.algorithm) {
            match PublicKey::new(suite, point) {
                Ok(key) => keys.push(key),
                Err(Reason::SuiteOff) => {}
                Err(reason) => return Err(reason),
            }
        }
    }
    Ok(keys)
}

/// Bytes of base64url without padding.
pub(crate) fn bytes(text: &str) -> Result<Vec<u8>, Reason> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Reason::Damaged)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    if text.len() != 32 {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}
