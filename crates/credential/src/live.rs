//! The live form: what the phone shows, new every ten seconds.

use crate::cbor::{self, array, bytes, fixed};
use crate::claims::encode_paper;
use crate::reason::Reason;
use crate::suite::{PublicKey, Sign, sha256};
use crate::text::{self, Prefix};
use crate::unlock::Unlock;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use minicbor::Decoder;

/// The longest credential inside a form.
const MAX_CREDENTIAL: usize = 1024;

/// The counter that a presentation is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CounterBinding {
    /// Which counter: the start of the hash of its card.
    pub audience: [u8; 8],
    /// What the counter drew for this code; none on a printed card.
    pub nonce: Option<[u8; 4]>,
}

impl CounterBinding {
    fn bytes(counter: Option<&Self>) -> Vec<u8> {
        let mut bytes = Vec::new();
        if let Some(counter) = counter {
            bytes.extend_from_slice(&counter.audience);
            bytes.extend(counter.nonce.iter().flatten());
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Option<Self>, Reason> {
        let Some((audience, nonce)) = bytes.split_first_chunk::<8>() else {
            return if bytes.is_empty() {
                Ok(None)
            } else {
                Err(Reason::Damaged)
            };
        };
        let nonce = match nonce.len() {
            0 => None,
            _ => Some(nonce.try_into().map_err(|_| Reason::Damaged)?),
        };
        Ok(Some(Self {
            audience: *audience,
            nonce,
        }))
    }
}

/// The name of one presentation in a desk's memory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PresentationId(pub [u8; 16]);

/// One presentation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Live {
    /// The credential, a COSE_Sign1.
    pub credential: Vec<u8>,
    /// The unlock that lends the session key its authority.
    pub unlock: Unlock,
    /// When it was made, in seconds since 1970.
    pub at: u64,
    /// The counter it is for.
    pub counter: Option<CounterBinding>,
    /// By the session key.
    pub signature: [u8; 64],
}

impl Live {
    /// Presents a credential.
    #[must_use]
    pub fn present(
        credential: &[u8],
        unlock: &Unlock,
        at: u64,
        counter: Option<CounterBinding>,
        session: &impl Sign,
    ) -> Self {
        let mut live = Self {
            credential: credential.to_vec(),
            unlock: unlock.clone(),
            at,
            counter,
            signature: [0; 64],
        };
        live.signature = session.sign(&live.message());
        live
    }

    /// What the session key signs. A page whose session key is the browser's own signs this
    /// itself and puts [`Live::signature`] in place.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        cbor::encode(|encoder| {
            encoder.array(5)?.str("PT1-live")?.bytes(&self.credential)?;
            self.unlock.encode(encoder)?;
            encoder.u64(self.at)?;
            encoder.bytes(&CounterBinding::bytes(self.counter.as_ref()))?;
            Ok(())
        })
    }

    /// The name of this presentation.
    #[must_use]
    pub fn id(&self) -> PresentationId {
        let mut id = [0; 16];
        id.copy_from_slice(&sha256(&self.message())[..16]);
        PresentationId(id)
    }

    /// Checks the session key's signature.
    ///
    /// # Errors
    /// [`Reason::BadPresentation`] or [`Reason::SignatureNotCanonical`].
    pub fn verify(&self) -> Result<(), Reason> {
        PublicKey::new(crate::suite::Algorithm::Es256, self.unlock.session)
            .map_err(|_| Reason::BadPresentation)?
            .verify(&self.message(), &self.signature)
            .map_err(|reason| match reason {
                Reason::SignatureNotCanonical => reason,
                _ => Reason::BadPresentation,
            })
    }

    /// Form 1.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(|encoder| {
            encoder.array(6)?.u8(1)?.bytes(&self.credential)?;
            self.unlock.encode(encoder)?;
            encoder.u64(self.at)?;
            encoder.bytes(&CounterBinding::bytes(self.counter.as_ref()))?;
            encoder.bytes(&self.signature)?;
            Ok(())
        })
    }

    /// The text of the QR code.
    #[must_use]
    pub fn text(&self) -> String {
        text::encode(Prefix::Credential, &self.encode())
    }
}

/// What a `PT1:` text holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Form 1.
    Live(Box<Live>),
    /// Form 2: a credential alone.
    Paper(Vec<u8>),
}

impl Shown {
    /// Reads a text. Nothing is believed yet: no signature is looked at.
    ///
    /// # Errors
    /// A reason about the form.
    pub fn read(shown: &str) -> Result<Self, Reason> {
        let bytes = text::decode(Prefix::Credential, shown)?;
        cbor::parse(&bytes, Self::parse, Self::encode)
    }

    fn encode(&self) -> Vec<u8> {
        match self {
            Self::Live(live) => live.encode(),
            Self::Paper(credential) => encode_paper(credential),
        }
    }

    fn parse(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        let mut ahead = decoder.clone();
        let length = ahead.array()?.ok_or(Reason::NotCanonical)?;
        match (length, ahead.u64()?) {
            (6, 1) => {
                array(decoder, 6)?;
                decoder.u8()?;
                Ok(Self::Live(Box::new(Live {
                    credential: bytes(decoder, MAX_CREDENTIAL)?.to_vec(),
                    unlock: Unlock::read(decoder)?,
                    at: decoder.u64()?,
                    counter: CounterBinding::read(bytes(decoder, 12)?)?,
                    signature: fixed(decoder)?,
                })))
            }
            (2, 2) => {
                array(decoder, 2)?;
                decoder.u8()?;
                Ok(Self::Paper(bytes(decoder, MAX_CREDENTIAL)?.to_vec()))
            }
            (_, 1 | 2) => Err(Reason::Damaged),
            _ => Err(Reason::UnknownForm),
        }
    }
}
