//! The counter's code: the guest scans it first, reads which house asks for what, and the answer
//! is bound to it.
//!
//! The authority signs a card for each counter (or terminal). The counter's own key signs a fresh
//! number onto it for each guest; a card can also be printed, without a number.

use crate::cbor::{self, array, bytes, fixed, text};
use crate::claims::Purpose;
use crate::cose::{self, Kind, Sign1};
use crate::live::CounterBinding;
use crate::reason::Reason;
use crate::suite::{Algorithm, PublicKey, Sign, sha256};
use crate::text::{self as wire, Prefix};
use crate::trust::TrustList;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use minicbor::Decoder;

/// How old a fresh number may be when the guest scans it, and how far ahead its clock: seconds.
const FRESH: u64 = 300;
/// The longest card, in bytes.
const MAX_CARD: usize = 512;

/// What the authority says of a counter. Times are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CounterCard {
    /// The id of the premises.
    pub premises: String,
    /// Their name, as the guest knows it.
    pub name: String,
    /// Which counter or terminal.
    pub terminal: String,
    /// What it may ask for.
    pub purpose: Purpose,
    /// The counter's key (ES256, compressed).
    pub key: [u8; 33],
    /// From when on the licence counts.
    pub not_before: u64,
    /// Until when the licence counts.
    pub not_after: u64,
}

impl CounterCard {
    /// Signs the card.
    #[must_use]
    pub fn sign(&self, authority: &impl Sign) -> Vec<u8> {
        cose::sign(Kind::Counter, &self.encode(), authority)
    }

    fn encode(&self) -> Vec<u8> {
        cbor::encode(|encoder| {
            encoder.array(7)?.str(&self.premises)?.str(&self.name)?;
            encoder.str(&self.terminal)?.u8(self.purpose.number())?;
            encoder.bytes(&self.key)?;
            encoder.u64(self.not_before)?.u64(self.not_after)?;
            Ok(())
        })
    }

    fn read(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        array(decoder, 7)?;
        Ok(Self {
            premises: text(decoder, 32)?.to_string(),
            name: text(decoder, 120)?.to_string(),
            terminal: text(decoder, 32)?.to_string(),
            purpose: Purpose::from_number(decoder.u8()?).ok_or(Reason::WrongPurpose)?,
            key: fixed(decoder)?,
            not_before: decoder.u64()?,
            not_after: decoder.u64()?,
        })
    }

    /// Opens a signed card.
    ///
    /// # Errors
    /// [`Reason::NotYetValid`] or [`Reason::Expired`] if the licence does not count now, or a
    /// reason about the form, the key or the signature.
    pub fn open(
        card: &[u8],
        trust: &TrustList,
        suites: &[Algorithm],
        now: u64,
    ) -> Result<Self, Reason> {
        let parts = Sign1::parse_own(card)?;
        let key = trust.check(&parts, Kind::Counter, suites)?;
        let card = cbor::parse(parts.payload, Self::read, Self::encode)?;
        key.check_time(card.not_before)?;
        match now {
            now if now < card.not_before => Err(Reason::NotYetValid),
            now if now >= card.not_after => Err(Reason::Expired),
            _ => Ok(card),
        }
    }

    /// The counter's key.
    ///
    /// # Errors
    /// [`Reason::Damaged`] if it is none.
    pub fn public_key(&self) -> Result<PublicKey, Reason> {
        PublicKey::new(Algorithm::Es256, self.key)
    }
}

/// Which counter a signed card stands for.
///
/// # Errors
/// A reason about the form.
pub fn audience(card: &[u8]) -> Result<[u8; 8], Reason> {
    let mut audience = [0; 8];
    audience.copy_from_slice(&sha256(Sign1::parse_own(card)?.payload)[..8]);
    Ok(audience)
}

/// A counter's code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CounterCode {
    /// On a screen, fresh for each guest.
    Screen {
        /// The signed card.
        card: Vec<u8>,
        /// The fresh number.
        nonce: [u8; 4],
        /// When it was drawn, in seconds since 1970.
        at: u64,
        /// By the counter's key.
        signature: [u8; 64],
    },
    /// Printed.
    Printed(Vec<u8>),
}

impl CounterCode {
    /// Signs a fresh number onto a card.
    #[must_use]
    pub fn screen(card: &[u8], nonce: [u8; 4], at: u64, counter: &impl Sign) -> Self {
        Self::Screen {
            signature: counter.sign(&Self::message(card, nonce, at)),
            card: card.to_vec(),
            nonce,
            at,
        }
    }

    /// What the counter's key signs. A desk whose key is the browser's own signs this itself.
    #[must_use]
    pub fn message(card: &[u8], nonce: [u8; 4], at: u64) -> Vec<u8> {
        cbor::encode(|encoder| {
            encoder.array(4)?.str("PT1-counter")?.bytes(card)?;
            encoder.bytes(&nonce)?.u64(at)?;
            Ok(())
        })
    }

    fn encode(&self) -> Vec<u8> {
        cbor::encode(|encoder| {
            match self {
                Self::Screen {
                    card,
                    nonce,
                    at,
                    signature,
                } => {
                    encoder.array(5)?.u8(1)?.bytes(card)?.bytes(nonce)?;
                    encoder.u64(*at)?.bytes(signature)?;
                }
                Self::Printed(card) => {
                    encoder.array(2)?.u8(2)?.bytes(card)?;
                }
            }
            Ok(())
        })
    }

    fn parse(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        let length = decoder.array()?.ok_or(Reason::NotCanonical)?;
        match (length, decoder.u64()?) {
            (5, 1) => Ok(Self::Screen {
                card: bytes(decoder, MAX_CARD)?.to_vec(),
                nonce: fixed(decoder)?,
                at: decoder.u64()?,
                signature: fixed(decoder)?,
            }),
            (2, 2) => Ok(Self::Printed(bytes(decoder, MAX_CARD)?.to_vec())),
            (_, 1 | 2) => Err(Reason::Damaged),
            _ => Err(Reason::UnknownForm),
        }
    }

    /// The text of the QR code.
    #[must_use]
    pub fn text(&self) -> String {
        wire::encode(Prefix::Counter, &self.encode())
    }

    /// Reads and checks a code on the guest's phone: who asks, and what an answer is bound to.
    ///
    /// # Errors
    /// [`Reason::OldCounterCode`] if the number is not fresh, [`Reason::BadPresentation`] if the
    /// counter's key did not sign it, or a reason about the card.
    pub fn read(
        shown: &str,
        trust: &TrustList,
        suites: &[Algorithm],
        now: u64,
    ) -> Result<(CounterCard, CounterBinding), Reason> {
        let bytes = wire::decode(Prefix::Counter, shown)?;
        let code = cbor::parse(&bytes, Self::parse, Self::encode)?;
        let (Self::Screen { card: signed, .. } | Self::Printed(signed)) = &code;
        let card = CounterCard::open(signed, trust, suites, now)?;
        let mut binding = CounterBinding {
            audience: audience(signed)?,
            nonce: None,
        };
        if let Self::Screen {
            nonce,
            at,
            signature,
            ..
        } = &code
        {
            card.public_key()?
                .verify(&Self::message(signed, *nonce, *at), signature)
                .map_err(|_| Reason::BadPresentation)?;
            if now.abs_diff(*at) > FRESH {
                return Err(Reason::OldCounterCode);
            }
            binding.nonce = Some(*nonce);
        }
        Ok((card, binding))
    }
}
