//! COSE_Sign1 (RFC 9052): one signature over a payload and its protected header.

use crate::cbor::{self, Form, array, scan};
use crate::reason::Reason;
use crate::suite::{Algorithm, KeyId, PublicKey, Sign};
use alloc::vec::Vec;
use minicbor::Decoder;
use minicbor::data::{Tag, Type};

/// The tag of COSE_Sign1.
const TAG: u64 = 18;
/// The tag of a CWT, which some put around it.
const CWT_TAG: u64 = 61;

/// What a signature is for. It goes into what is signed (`external_aad`), so that a signature
/// under one kind of object never counts under another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A credential: a plain CWT, which any reader of CWTs can check.
    Credential,
    /// The card of a counter.
    Counter,
    /// A receipt.
    Receipt,
    /// A status list.
    Status,
    /// A trust list.
    Trust,
}

impl Kind {
    /// The external data.
    #[must_use]
    pub const fn external(self) -> &'static [u8] {
        match self {
            Self::Credential => b"",
            Self::Counter => b"PT1-counter",
            Self::Receipt => b"PT1-receipt",
            Self::Status => b"PT1-status",
            Self::Trust => b"PT1-trust",
        }
    }
}

/// The parts of a COSE_Sign1.
#[derive(Debug, Clone, Copy)]
pub struct Sign1<'b> {
    /// The protected header, as signed.
    pub protected: &'b [u8],
    /// The algorithm that the protected header names. It is compared, never obeyed.
    pub algorithm: Option<i64>,
    /// The key that the header names, only to look it up.
    pub key: Option<&'b [u8]>,
    /// The payload, as signed.
    pub payload: &'b [u8],
    /// The signature.
    pub signature: &'b [u8],
}

impl<'b> Sign1<'b> {
    /// Takes a COSE_Sign1 of anybody apart, tagged (once, or as a CWT) or not.
    ///
    /// # Errors
    /// What [`scan`] gives, or [`Reason::Damaged`].
    pub fn parse(bytes: &'b [u8]) -> Result<Self, Reason> {
        scan(bytes, Form::Any)?;
        let mut decoder = Decoder::new(bytes);
        for expected in [CWT_TAG, TAG] {
            if decoder.datatype()? == Type::Tag {
                let tag = decoder.tag()?;
                if tag == Tag::new(TAG) {
                    break;
                }
                if tag != Tag::new(expected) {
                    return Err(Reason::Damaged);
                }
            }
        }
        array(&mut decoder, 4)?;
        let protected = decoder.bytes()?;
        let mut header = Header::default();
        if !protected.is_empty() {
            scan(protected, Form::Any)?;
            header.read(&mut Decoder::new(protected), true)?;
        }
        header.read(&mut decoder, false)?;
        Ok(Self {
            protected,
            algorithm: header.algorithm,
            key: header.key,
            payload: decoder.bytes()?,
            signature: decoder.bytes()?,
        })
    }

    /// Takes one of ours apart: tagged, deterministic, and nothing in the unprotected header.
    ///
    /// # Errors
    /// What [`Sign1::parse`] gives, or [`Reason::NotCanonical`].
    pub fn parse_own(bytes: &'b [u8]) -> Result<Self, Reason> {
        scan(bytes, Form::Deterministic)?;
        let parts = Self::parse(bytes)?;
        let (Some(algorithm), Some(key)) = (parts.algorithm, parts.key) else {
            return Err(Reason::Damaged);
        };
        let same = protected(algorithm, key) == parts.protected
            && assemble(parts.protected, parts.payload, parts.signature) == bytes;
        if same {
            Ok(parts)
        } else {
            Err(Reason::NotCanonical)
        }
    }

    /// Checks the signature with a key that is trusted already. The key says which algorithm.
    ///
    /// # Errors
    /// [`Reason::WrongAlgorithm`], [`Reason::SignatureNotCanonical`] or [`Reason::BadSignature`].
    pub fn verify(&self, kind: Kind, key: &PublicKey) -> Result<(), Reason> {
        if self.algorithm != Some(key.algorithm().cose()) {
            return Err(Reason::WrongAlgorithm);
        }
        let message = to_be_signed(self.protected, kind.external(), self.payload);
        key.verify(&message, self.signature)
    }
}

#[derive(Default)]
struct Header<'b> {
    algorithm: Option<i64>,
    key: Option<&'b [u8]>,
}

impl<'b> Header<'b> {
    /// Reads a header; an algorithm counts in a protected one only.
    fn read(&mut self, decoder: &mut Decoder<'b>, is_protected: bool) -> Result<(), Reason> {
        let pairs = decoder.map()?;
        let mut taken = 0;
        while pairs.is_none_or(|pairs| taken < pairs) {
            if pairs.is_none() && decoder.datatype()? == Type::Break {
                decoder.skip()?;
                break;
            }
            taken += 1;
            let label = match decoder.datatype()? {
                Type::String | Type::StringIndef => {
                    decoder.skip()?;
                    None
                }
                _ => Some(decoder.i64()?),
            };
            match (label, decoder.datatype()?) {
                (Some(1), Type::String) => decoder.skip()?,
                (Some(1), _) if is_protected => self.algorithm = Some(decoder.i64()?),
                (Some(4), Type::Bytes) if self.key.is_none() => self.key = Some(decoder.bytes()?),
                _ => decoder.skip()?,
            }
        }
        Ok(())
    }
}

fn protected(algorithm: i64, key: &[u8]) -> Vec<u8> {
    cbor::encode(|encoder| {
        encoder.map(2)?.u8(1)?.i64(algorithm)?.u8(4)?.bytes(key)?;
        Ok(())
    })
}

fn assemble(protected: &[u8], payload: &[u8], signature: &[u8]) -> Vec<u8> {
    cbor::encode(|encoder| {
        encoder
            .tag(Tag::new(TAG))?
            .array(4)?
            .bytes(protected)?
            .map(0)?;
        encoder.bytes(payload)?.bytes(signature)?;
        Ok(())
    })
}

/// The bytes that are signed: the Sig_structure.
fn to_be_signed(protected: &[u8], external: &[u8], payload: &[u8]) -> Vec<u8> {
    cbor::encode(|encoder| {
        encoder.array(4)?.str("Signature1")?.bytes(protected)?;
        encoder.bytes(external)?.bytes(payload)?;
        Ok(())
    })
}

/// Signs a payload.
pub fn sign(kind: Kind, payload: &[u8], signer: &impl Sign) -> Vec<u8> {
    let public = signer.public();
    sign_as(kind, payload, signer, public.algorithm(), public.id())
}

/// Signs a payload under a header of the caller's choice: tests forge with it.
pub fn sign_as(
    kind: Kind,
    payload: &[u8],
    signer: &impl Sign,
    algorithm: Algorithm,
    key: KeyId,
) -> Vec<u8> {
    let protected = protected(algorithm.cose(), &key.0);
    let signature = signer.sign(&to_be_signed(&protected, kind.external(), payload));
    assemble(&protected, payload, &signature)
}
