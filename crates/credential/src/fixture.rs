//! A small fictional world: a root, an authority, a hotel's counter, a guest with a simulated
//! passkey, and a fixed time. Tests, vectors and measurements start from it.
//!
//! Everything is made from counters, so that the same world comes out every time. Its keys are
//! public knowledge.

use crate::cbor;
use crate::claims::{Binding, Claims, Credential, Purpose, StatusIndex};
use crate::counter::{CounterCard, audience};
use crate::live::{CounterBinding, Live};
use crate::sealed;
use crate::seen::{Forgetful, Seen};
use crate::status::StatusList;
use crate::suite::{Algorithm, SecretKey, Sign, sha256, signature_from_der};
use crate::trust::{TrustList, TrustedKey, Uses};
use crate::unlock::{Site, Unlock};
use crate::verify::{Counter, Desk, Policy};
use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use core::convert::Infallible;
use p256::elliptic_curve::rand_core::{TryCryptoRng, TryRng};

/// The moment of every story: 15 January 2027, 08:00:00 UTC.
pub const NOW: u64 = 1_800_000_000;
/// Its day.
pub const TODAY: u32 = (NOW / 86_400) as u32;
/// A number with a valid check character from a range that no town has.
pub const NUMBER: &str = "44039919900101019X";
/// What Chromium appends to one client data in five.
pub const CHROMIUM: &str = ",\"other_keys_can_be_added_here\":\"do not compare clientDataJSON against a template. See https://goo.gl/yabPex\"}";

/// Numbers that look random and are not.
#[derive(Clone, Debug)]
pub struct Numbers {
    seed: u64,
    count: u64,
}

impl Numbers {
    /// A sequence of its own for each seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, count: 0 }
    }
}

impl TryRng for Numbers {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|number| (number >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, target: &mut [u8]) -> Result<(), Infallible> {
        for chunk in target.chunks_mut(32) {
            let mut input = self.seed.to_be_bytes().to_vec();
            input.extend_from_slice(&self.count.to_be_bytes());
            self.count += 1;
            chunk.copy_from_slice(&sha256(&input)[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Numbers {}

/// The world.
#[derive(Clone, Debug)]
pub struct World {
    /// The suite of the authority's keys.
    pub suite: Algorithm,
    /// Where new keys and sealings come from.
    pub numbers: Numbers,
    /// The long-lived root.
    pub root: SecretKey,
    /// Signs credentials.
    pub issuer: SecretKey,
    /// Signs status lists.
    pub lister: SecretKey,
    /// Signs the cards of counters.
    pub licenser: SecretKey,
    /// Opens sealed numbers.
    pub authority: SecretKey,
    /// The hotel's counter.
    pub desk_key: SecretKey,
    /// The guest's passkey.
    pub passkey: SecretKey,
    /// The guest's session.
    pub session: SecretKey,
    /// The trust list.
    pub trust: TrustList,
    /// The status list: covers yesterday and today, revokes the credential 7 of today.
    pub status: StatusList,
    /// The counter's card.
    pub card: CounterCard,
    /// The same, signed.
    pub signed_card: Vec<u8>,
    /// The desk.
    pub counter: Counter,
    /// The rules.
    pub policy: Policy,
}

impl World {
    /// The world with a suite.
    ///
    /// # Panics
    /// If the suite is not built in.
    #[must_use]
    pub fn new(suite: Algorithm) -> Self {
        let mut numbers = Numbers::new(suite as u64);
        let mut key = |suite| SecretKey::generate(suite, &mut numbers).expect("a suite");
        let [root, issuer, lister, licenser, authority] = core::array::from_fn(|_| key(suite));
        let [desk_key, passkey, session] = core::array::from_fn(|_| key(Algorithm::Es256));
        let month = NOW - 5 * 86_400..NOW + 25 * 86_400;
        let entry =
            |key: &SecretKey, uses| TrustedKey::new(key.public(), uses, month.start, month.end);
        let trust = TrustList {
            serial: 12,
            issued: NOW - 3600,
            expires: NOW + 7 * 86_400,
            keys: alloc::vec![
                entry(&issuer, Uses::CREDENTIAL),
                entry(&lister, Uses::STATUS),
                entry(&licenser, Uses::COUNTER),
            ],
        };
        let mut status = StatusList::new(NOW - 300, [TODAY - 1, TODAY]);
        let revoked = StatusIndex {
            day: TODAY,
            index: 7,
        };
        status.revoke(revoked).expect("a place of today");
        let card = CounterCard {
            premises: "H4403-0817".into(),
            name: "样例酒店".into(),
            terminal: "A1".into(),
            purpose: Purpose::HotelCheckIn,
            key: *desk_key.public().point(),
            not_before: NOW - 86_400,
            not_after: NOW + 300 * 86_400,
        };
        let signed_card = card.sign(&licenser);
        let counter = Counter {
            premises: card.premises.clone(),
            audience: audience(&signed_card).expect("a card"),
            nonces: alloc::vec![*b"\x12\x34\x56\x78"],
        };
        let mut policy = Policy::new(Site {
            relying_party: "id.example.org".into(),
            origin: "https://id.example.org".into(),
        });
        policy.suites = alloc::vec![suite];
        Self {
            suite,
            numbers,
            root,
            issuer,
            lister,
            licenser,
            authority,
            desk_key,
            passkey,
            session,
            trust,
            status,
            card,
            signed_card,
            counter,
            policy,
        }
    }

    /// What the issuer says of the guest.
    ///
    /// # Panics
    /// Never: the number can be sealed.
    #[must_use]
    pub fn claims(&mut self) -> Claims {
        let authority = self.authority.public().clone();
        let number = sealed::seal(NUMBER, false, &authority, &mut self.numbers);
        Claims {
            issuer: "4403".into(),
            expires: NOW - 1800 + 86_400,
            issued: NOW - 1800,
            binding: Binding::Passkey(*self.passkey.public().point()),
            status: StatusIndex {
                day: TODAY,
                index: 90_210,
            },
            name: "欧阳样例".into(),
            number: number.expect("a number"),
            purpose: Purpose::HotelCheckIn,
        }
    }

    /// The guest's credential.
    #[must_use]
    pub fn credential(&mut self) -> Credential {
        let claims = self.claims();
        Credential::issue(claims, &self.issuer)
    }

    /// The same on paper, for the hotel.
    #[must_use]
    pub fn paper(&mut self) -> Credential {
        let premises = self.card.premises.clone();
        let claims = Claims {
            binding: Binding::Premises(premises),
            ..self.claims()
        };
        Credential::issue(claims, &self.issuer)
    }

    /// What the counter's present code binds to.
    #[must_use]
    pub fn binding(&self) -> CounterBinding {
        CounterBinding {
            audience: self.counter.audience,
            nonce: self.counter.nonces.first().copied(),
        }
    }

    /// Unlocks the phone twenty seconds ago.
    #[must_use]
    pub fn unlock(&self, credential: &[u8]) -> Unlock {
        self.unlock_with(credential, &self.passkey, NOW - 20, 0x05, "}")
    }

    /// Unlocks with another key, time, flags or end of the client data.
    ///
    /// # Panics
    /// If the answer is not one that [`Unlock::from_assertion`] takes.
    #[must_use]
    pub fn unlock_with(
        &self,
        credential: &[u8],
        passkey: &SecretKey,
        at: u64,
        flags: u8,
        end: &str,
    ) -> Unlock {
        let session = *self.session.public().point();
        let challenge = Unlock::challenge(credential, &session, at);
        let answer = authenticate(&self.policy.site, passkey, challenge, flags, end);
        Unlock::from_assertion(
            credential,
            session,
            at,
            &self.policy.site,
            &answer.authenticator_data,
            answer.client_data.as_bytes(),
            &answer.signature,
        )
        .expect("the authenticator's answer")
    }

    /// An unlock for which the phone did not verify its user: no page of ours would take it.
    ///
    /// # Panics
    /// Never: the encoding is an unlock's.
    #[must_use]
    pub fn unlock_unverified(&self, credential: &[u8]) -> Unlock {
        let (at, flags) = (NOW - 20, 0x01);
        let session = *self.session.public().point();
        let challenge = Unlock::challenge(credential, &session, at);
        let answer = authenticate(&self.policy.site, &self.passkey, challenge, flags, "}");
        let signature = signature_from_der(&answer.signature).expect("a signature");
        let bytes = cbor::encode(|encoder| {
            encoder.array(6)?.bytes(&session)?.u64(at)?.u8(flags)?;
            encoder.u32(0)?.u8(0)?.bytes(&signature)?;
            Ok(())
        });
        Unlock::read(&mut minicbor::Decoder::new(&bytes)).expect("an unlock")
    }

    /// The guest shows the phone to the counter.
    #[must_use]
    pub fn live(&mut self) -> Live {
        let credential = self.credential().bytes;
        let unlock = self.unlock(&credential);
        let binding = self.binding();
        Live::present(&credential, &unlock, NOW - 2, Some(binding), &self.session)
    }

    /// The desk, without a memory.
    #[must_use]
    pub fn desk(&self) -> Desk<'_> {
        self.desk_with(&Forgetful)
    }

    /// The desk with a memory.
    #[must_use]
    pub fn desk_with<'a>(&'a self, seen: &'a dyn Seen) -> Desk<'a> {
        Desk {
            policy: &self.policy,
            trust: &self.trust,
            status: Some(&self.status),
            counter: &self.counter,
            seen,
        }
    }
}

/// What a browser gives a page after an unlock.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `authenticatorData`.
    pub authenticator_data: Vec<u8>,
    /// `clientDataJSON`.
    pub client_data: String,
    /// The signature, DER.
    pub signature: Vec<u8>,
}

/// A simulated authenticator.
///
/// # Panics
/// Never: its own signature is one.
#[must_use]
pub fn authenticate(
    site: &Site,
    passkey: &SecretKey,
    challenge: [u8; 32],
    flags: u8,
    end: &str,
) -> Answer {
    let client_data = alloc::format!(
        r#"{{"type":"webauthn.get","challenge":"{}","origin":"{}","crossOrigin":false{end}"#,
        URL_SAFE_NO_PAD.encode(challenge),
        site.origin
    );
    let mut authenticator_data = sha256(site.relying_party.as_bytes()).to_vec();
    authenticator_data.extend_from_slice(&[flags, 0, 0, 0, 0]);
    let mut message = authenticator_data.clone();
    message.extend_from_slice(&sha256(client_data.as_bytes()));
    let signature = p256::ecdsa::Signature::from_slice(&passkey.sign(&message));
    Answer {
        authenticator_data,
        client_data,
        signature: signature.expect("a signature").to_der().as_bytes().to_vec(),
    }
}
