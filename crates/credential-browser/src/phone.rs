//! The guest's phone: a passkey unlocks, a counter is agreed to, a new form is made every few
//! seconds. The session's key lives in this structure and nowhere else.

use crate::desk::{bytes, hex, roots};
use crate::message::{CounterView, PhoneKit, PhoneView};
use yichuang_credential::counter::CounterCode;
use yichuang_credential::{
    Algorithm, Binding, CounterBinding, Credential, Live, PublicKey, Reason, SecretKey, Sign, Site,
    TrustList, Unlock,
};

/// The trust list says whose cards count; the phone need not know more.
const SUITES: [Algorithm; 2] = [Algorithm::Es256, Algorithm::Sm2];

/// A credential on its phone.
pub struct Phone {
    credential: Credential,
    site: Site,
    trust: TrustList,
    asked: Option<(SecretKey, u64)>,
    unlocked: Option<(SecretKey, Unlock)>,
    read: Option<CounterBinding>,
    agreed: Option<CounterBinding>,
}

impl Phone {
    /// Takes an issued credential.
    ///
    /// # Errors
    /// A reason about the credential or the trust list.
    pub fn open(kit: &PhoneKit) -> Result<Self, Reason> {
        let roots: Vec<PublicKey> = roots(&kit.roots)?;
        Ok(Self {
            credential: Credential::read(&bytes(&kit.credential)?)?,
            site: Site {
                relying_party: kit.relying_party.clone(),
                origin: kit.origin.clone(),
            },
            trust: TrustList::open(&bytes(&kit.trust)?, &roots)?,
            asked: None,
            unlocked: None,
            read: None,
            agreed: None,
        })
    }

    /// What the credential says.
    #[must_use]
    pub fn view(&self) -> PhoneView {
        let claims = &self.credential.claims;
        PhoneView {
            name: claims.name.clone(),
            number: claims.number.shown().to_owned(),
            purpose: claims.purpose.number(),
            issued: claims.issued,
            expires: claims.expires,
            id: hex(&self.credential.id.0),
        }
    }

    /// Begins an unlock with a new session key made from random bytes; returns the challenge for
    /// the passkey.
    ///
    /// # Errors
    /// [`Reason::Damaged`] if the bytes are no key: once in four thousand million; try others.
    pub fn ask(&mut self, random: &[u8; 32], now: u64) -> Result<[u8; 32], Reason> {
        let session = SecretKey::new(Algorithm::Es256, random)?;
        let challenge = Unlock::challenge(&self.credential.bytes, session.public().point(), now);
        self.asked = Some((session, now));
        Ok(challenge)
    }

    /// Takes the passkey's answer.
    ///
    /// # Errors
    /// [`Reason::BadUnlock`] if it answers something else or is not the credential's passkey's,
    /// [`Reason::UnlockWithoutVerification`].
    pub fn unlock(
        &mut self,
        authenticator_data: &[u8],
        client_data: &[u8],
        signature: &[u8],
    ) -> Result<(), Reason> {
        let (session, at) = self.asked.take().ok_or(Reason::BadUnlock)?;
        let bytes = &self.credential.bytes;
        let point = *session.public().point();
        let unlock = Unlock::from_assertion(
            bytes,
            point,
            at,
            &self.site,
            authenticator_data,
            client_data,
            signature,
        )?;
        // A person may have several passkeys; only one is the credential's. Better to hear it here
        // than at the desk.
        if let Binding::Passkey(passkey) = self.credential.claims.binding {
            let passkey = PublicKey::new(Algorithm::Es256, passkey)?;
            unlock.verify(bytes, &passkey, &self.site)?;
        }
        self.unlocked = Some((session, unlock));
        Ok(())
    }

    /// Forgets the session's key and the counter.
    pub fn lock(&mut self) {
        self.asked = None;
        self.unlocked = None;
        self.read = None;
        self.agreed = None;
    }

    /// Reads a counter's code: who asks for what. Nothing is shown to it before [`Phone::agree`].
    ///
    /// # Errors
    /// A reason about the code.
    pub fn read_counter(&mut self, shown: &str, now: u64) -> Result<CounterView, Reason> {
        let (card, binding) = CounterCode::read(shown, &self.trust, &SUITES, now)?;
        if card.purpose != self.credential.claims.purpose {
            return Err(Reason::WrongPurpose);
        }
        self.read = Some(binding);
        Ok(CounterView {
            premises: card.name,
            terminal: card.terminal,
            purpose: card.purpose.number(),
            is_fresh: binding.nonce.is_some(),
        })
    }

    /// From now on forms answer the counter that was read last.
    pub fn agree(&mut self) {
        self.agreed = self.read.take();
    }

    /// A new form; `None` if nothing is unlocked.
    #[must_use]
    pub fn present(&self, now: u64) -> Option<String> {
        let (session, unlock) = self.unlocked.as_ref()?;
        // The phone's clock may have been set back meanwhile: no form is older than its unlock.
        let at = now.max(unlock.at);
        let live = Live::present(&self.credential.bytes, unlock, at, self.agreed, session);
        Some(live.text())
    }
}
