//! The receipt: the desk's signature over what it accepted. The guest keeps it, and it proves
//! which counter's key answered.

use crate::cbor::{self, array, bytes, fixed};
use crate::claims::CredentialId;
use crate::cose::{self, Kind, Sign1};
use crate::counter::CounterCard;
use crate::live::PresentationId;
use crate::reason::Reason;
use crate::suite::{Algorithm, Sign};
use crate::text::{self, Prefix};
use crate::trust::TrustList;
use alloc::string::String;
use alloc::vec::Vec;
use minicbor::Decoder;

/// A receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// What was accepted.
    pub credential: CredentialId,
    /// The presentation.
    pub presentation: PresentationId,
    /// When, in seconds since 1970.
    pub at: u64,
}

impl Receipt {
    /// Signs the receipt with the counter's key; its card goes along.
    #[must_use]
    pub fn sign(&self, card: &[u8], counter: &impl Sign) -> String {
        let signed = cose::sign(Kind::Receipt, &self.encode(), counter);
        text::encode(Prefix::Receipt, &assemble(card, &signed))
    }

    fn encode(&self) -> Vec<u8> {
        cbor::encode(|encoder| {
            encoder.array(3)?.bytes(&self.credential.0)?;
            encoder.bytes(&self.presentation.0)?.u64(self.at)?;
            Ok(())
        })
    }

    fn read_payload(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        array(decoder, 3)?;
        Ok(Self {
            credential: CredentialId(fixed(decoder)?),
            presentation: PresentationId(fixed(decoder)?),
            at: decoder.u64()?,
        })
    }

    /// Reads and checks a receipt: what was accepted, and by which counter.
    ///
    /// # Errors
    /// [`Reason::UnknownKey`] if another key than the card's signed it, or a reason about the
    /// form, the card or the signature.
    pub fn read(
        shown: &str,
        trust: &TrustList,
        suites: &[Algorithm],
    ) -> Result<(Self, CounterCard), Reason> {
        let whole = text::decode(Prefix::Receipt, shown)?;
        let (card, signed) = cbor::parse(
            &whole,
            |decoder| {
                array(decoder, 2)?;
                Ok((bytes(decoder, 512)?, bytes(decoder, 512)?))
            },
            |(card, signed)| assemble(card, signed),
        )?;
        let parts = Sign1::parse_own(signed)?;
        let receipt = cbor::parse(parts.payload, Self::read_payload, Self::encode)?;
        // The licence must have counted when the receipt was given.
        let card = CounterCard::open(card, trust, suites, receipt.at)?;
        let key = card.public_key()?;
        if parts.key != Some(key.id().0.as_slice()) {
            return Err(Reason::UnknownKey);
        }
        parts.verify(Kind::Receipt, &key)?;
        Ok((receipt, card))
    }
}

fn assemble(card: &[u8], signed: &[u8]) -> Vec<u8> {
    cbor::encode(|encoder| {
        encoder.array(2)?.bytes(card)?.bytes(signed)?;
        Ok(())
    })
}
