//! The unlock: a passkey assertion (WebAuthn) that lends a session key its authority for some
//! minutes.
//!
//! The authenticator signs `authenticatorData || SHA-256(clientDataJSON)`. Both can be rebuilt
//! from what a verifier knows, except the flags, the counter and what a browser appends to the
//! JSON; only those travel.

use crate::cbor::{self, Encoded, array, bytes, fixed};
use crate::reason::Reason;
use crate::suite::{PublicKey, sha256, signature_from_der};
use alloc::string::String;
use alloc::vec::Vec;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// User present and user verified.
const PRESENT_AND_VERIFIED: u8 = 0x05;
/// Attested data or extensions follow: never in our assertions.
const MORE_FOLLOWS: u8 = 0xC0;
/// The longest remainder of the client data that is carried.
pub const MAX_REMAINDER: usize = 160;
/// What Chromium appends at random, so that nobody compares with a template.
const CHROMIUM: &[u8] = b",\"other_keys_can_be_added_here\":\"do not compare clientDataJSON against a template. See https://goo.gl/yabPex\"}";

/// The site that the passkey belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    /// The relying party's id: a host name.
    pub relying_party: String,
    /// The origin of the page: scheme, host and port.
    pub origin: String,
}

/// What follows `"crossOrigin":false` in the client data.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Remainder {
    Plain,
    Chromium,
    Other(Vec<u8>),
}

impl Remainder {
    fn of(bytes: &[u8]) -> Result<Self, Reason> {
        match bytes {
            b"}" => Ok(Self::Plain),
            CHROMIUM => Ok(Self::Chromium),
            [b',', .., b'}']
                if bytes.len() <= MAX_REMAINDER
                    && core::str::from_utf8(bytes).is_ok()
                    && !bytes.windows(9).any(|window| window == b"topOrigin")
                    && !bytes.windows(11).any(|window| window == b"crossOrigin") =>
            {
                Ok(Self::Other(bytes.to_vec()))
            }
            _ => Err(Reason::BadUnlock),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Plain => b"}",
            Self::Chromium => CHROMIUM,
            Self::Other(bytes) => bytes,
        }
    }
}

/// An unlock: until some minutes after `at`, `session` may sign for the passkey's holder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unlock {
    /// The session's public key (ES256, compressed).
    pub session: [u8; 33],
    /// When, in seconds since 1970.
    pub at: u64,
    flags: u8,
    counter: u32,
    remainder: Remainder,
    signature: [u8; 64],
}

impl Unlock {
    /// What the page gives the authenticator as challenge.
    #[must_use]
    pub fn challenge(credential: &[u8], session: &[u8; 33], at: u64) -> [u8; 32] {
        sha256(&cbor::encode(|encoder| {
            encoder.array(4)?.str("PT1-unlock")?;
            encoder
                .bytes(&sha256(credential))?
                .bytes(session)?
                .u64(at)?;
            Ok(())
        }))
    }

    /// Takes what the browser answered (`authenticatorData`, `clientDataJSON`, `signature`).
    ///
    /// # Errors
    /// [`Reason::BadUnlock`] if the answer is for another site, challenge or kind of request, or
    /// was given inside another site's page; [`Reason::UnlockWithoutVerification`].
    pub fn from_assertion(
        credential: &[u8],
        session: [u8; 33],
        at: u64,
        site: &Site,
        authenticator_data: &[u8],
        client_data: &[u8],
        der_signature: &[u8],
    ) -> Result<Self, Reason> {
        let challenge = Self::challenge(credential, &session, at);
        let remainder = client_data
            .strip_prefix(client_data_start(&challenge, &site.origin).as_bytes())
            .ok_or(Reason::BadUnlock)?;
        let unlock = Self {
            session,
            at,
            flags: *authenticator_data.get(32).ok_or(Reason::BadUnlock)?,
            counter: authenticator_data
                .get(33..37)
                .and_then(|counter| counter.try_into().ok())
                .map(u32::from_be_bytes)
                .ok_or(Reason::BadUnlock)?,
            remainder: Remainder::of(remainder)?,
            signature: signature_from_der(der_signature).map_err(|_| Reason::BadUnlock)?,
        };
        unlock.check_flags()?;
        if unlock.authenticator_data(site) != authenticator_data {
            return Err(Reason::BadUnlock);
        }
        Ok(unlock)
    }

    /// Checks that the passkey signed this unlock for this credential, with its user verified.
    ///
    /// # Errors
    /// [`Reason::UnlockWithoutVerification`], [`Reason::SignatureNotCanonical`] or
    /// [`Reason::BadUnlock`].
    pub fn verify(
        &self,
        credential: &[u8],
        passkey: &PublicKey,
        site: &Site,
    ) -> Result<(), Reason> {
        self.check_flags()?;
        let challenge = Self::challenge(credential, &self.session, self.at);
        let mut client_data = client_data_start(&challenge, &site.origin).into_bytes();
        client_data.extend_from_slice(self.remainder.bytes());
        let mut message = self.authenticator_data(site);
        message.extend_from_slice(&sha256(&client_data));
        passkey
            .verify(&message, &self.signature)
            .map_err(|reason| match reason {
                Reason::SignatureNotCanonical => reason,
                _ => Reason::BadUnlock,
            })
    }

    fn check_flags(&self) -> Result<(), Reason> {
        if self.flags & MORE_FOLLOWS != 0 {
            return Err(Reason::BadUnlock);
        }
        if self.flags & PRESENT_AND_VERIFIED != PRESENT_AND_VERIFIED {
            return Err(Reason::UnlockWithoutVerification);
        }
        Ok(())
    }

    fn authenticator_data(&self, site: &Site) -> Vec<u8> {
        let mut data = sha256(site.relying_party.as_bytes()).to_vec();
        data.push(self.flags);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }

    pub(crate) fn encode(&self, encoder: &mut Encoder<Vec<u8>>) -> Encoded {
        encoder.array(6)?.bytes(&self.session)?.u64(self.at)?;
        encoder.u8(self.flags)?.u32(self.counter)?;
        match &self.remainder {
            Remainder::Plain => encoder.u8(0)?,
            Remainder::Chromium => encoder.u8(1)?,
            Remainder::Other(bytes) => encoder.bytes(bytes)?,
        };
        encoder.bytes(&self.signature)?;
        Ok(())
    }

    pub(crate) fn read(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        array(decoder, 6)?;
        Ok(Self {
            session: fixed(decoder)?,
            at: decoder.u64()?,
            flags: decoder.u8()?,
            counter: decoder.u32()?,
            remainder: if decoder.datatype()? == Type::Bytes {
                Remainder::of(bytes(decoder, MAX_REMAINDER)?)?
            } else {
                match decoder.u8()? {
                    0 => Remainder::Plain,
                    1 => Remainder::Chromium,
                    _ => return Err(Reason::Damaged),
                }
            },
            signature: fixed(decoder)?,
        })
    }
}

/// The client data up to where browsers differ. WebAuthn fixes the order of these members.
fn client_data_start(challenge: &[u8; 32], origin: &str) -> String {
    alloc::format!(
        r#"{{"type":"webauthn.get","challenge":"{}","origin":"{origin}","crossOrigin":false"#,
        URL_SAFE_NO_PAD.encode(challenge)
    )
}
