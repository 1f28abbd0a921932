//! What the issuer says: a CWT (RFC 8392) with identity data under claim 169.

use crate::cbor::{self, Encoded, array, bytes, fixed, map, text};
use crate::cose::{self, Kind, Sign1};
use crate::reason::Reason;
use crate::suite::{Sign, sha256};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use minicbor::{Decoder, Encoder};

/// How many credentials a day can have: the length of each day's list.
pub const INDEXES: u32 = 1 << 17;

/// The longest name, in bytes.
const MAX_NAME: usize = 120;
/// The longest issuer, premises or number, in bytes.
const MAX_WORD: usize = 32;
/// The longest sealed number, in bytes.
const MAX_SEALED: usize = 128;

/// What a credential may be used for (用途).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Purpose {
    /// Checking in at a hotel (旅馆入住).
    HotelCheckIn,
    /// Going online at an internet café (网吧上网).
    InternetCafe,
    /// Travelling by train or coach (乘车).
    Travel,
    /// Business at a police counter (窗口办事).
    PoliceCounter,
    /// Entering a venue (场馆入场).
    Venue,
}

impl Purpose {
    /// Every purpose; its place, counted from 1, is its number on the wire.
    pub const ALL: [Self; 5] = [
        Self::HotelCheckIn,
        Self::InternetCafe,
        Self::Travel,
        Self::PoliceCounter,
        Self::Venue,
    ];

    /// The number on the wire.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The purpose with a number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }
}

/// How the ID number travels (公民身份号码).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Number {
    /// In full: the desk reads it.
    Full(String),
    /// Only masked: `4403**********123X`.
    Masked(String),
    /// Masked, and in full for the authority alone (see [`crate::sealed`]).
    Sealed {
        /// What the desk shows.
        masked: String,
        /// What the desk forwards.
        sealed: Vec<u8>,
    },
}

impl Number {
    /// What a screen may show.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Full(number) => number,
            Self::Masked(masked) | Self::Sealed { masked, .. } => masked,
        }
    }
}

/// What a mask shows instead of the middle, however long that was. One `*` stands for it on the
/// wire.
const STARS: &str = "**********";

/// Masks a number: four characters at each end stay. Short numbers vanish altogether.
#[must_use]
pub fn mask(number: &str) -> String {
    let characters: Vec<char> = number.chars().collect();
    match characters.as_slice() {
        [start @ .., _, _, _, _] if start.len() > 4 => {
            let end = &characters[start.len()..];
            let start = start[..4].iter();
            start
                .copied()
                .chain(STARS.chars())
                .chain(end.iter().copied())
                .collect()
        }
        _ => STARS.into(),
    }
}

/// Where a credential stands in the status list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct StatusIndex {
    /// The day of the list, in days since 1970.
    pub day: u32,
    /// The bit, below [`INDEXES`]. The issuer draws it at random among the day's free ones.
    pub index: u32,
}

/// To what a credential is bound.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Binding {
    /// A passkey (ES256, compressed point): shown live only.
    Passkey([u8; 33]),
    /// The premises with this id: printed.
    Premises(String),
}

/// What the issuer says. Times are seconds since 1970.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claims {
    /// The issuing authority: an administrative division code, "4403".
    pub issuer: String,
    /// Valid until before this moment.
    pub expires: u64,
    /// Issued at, valid from.
    pub issued: u64,
    /// To what it is bound.
    pub binding: Binding,
    /// Its place in the status list.
    pub status: StatusIndex,
    /// The full name.
    pub name: String,
    /// The ID number.
    pub number: Number,
    /// What it may be used for.
    pub purpose: Purpose,
}

/// The name of a credential in records: the start of the hash of what the issuer signed. A
/// signature in another form makes no other credential.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CredentialId(pub [u8; 16]);

impl CredentialId {
    /// The name of the credential with this payload.
    #[must_use]
    pub fn of(payload: &[u8]) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&sha256(payload)[..16]);
        Self(id)
    }
}

/// An issued credential: what the phone keeps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credential {
    /// What the issuer says.
    pub claims: Claims,
    /// The COSE_Sign1.
    pub bytes: Vec<u8>,
    /// Its name in records.
    pub id: CredentialId,
}

impl Credential {
    /// Issues a credential.
    #[must_use]
    pub fn issue(claims: Claims, signer: &impl Sign) -> Self {
        let payload = claims.encode();
        Self {
            bytes: cose::sign(Kind::Credential, &payload, signer),
            id: CredentialId::of(&payload),
            claims,
        }
    }

    /// Reads a credential. Nothing is believed yet: no signature is looked at.
    ///
    /// # Errors
    /// A reason about the form.
    pub fn read(bytes: &[u8]) -> Result<Self, Reason> {
        let parts = Sign1::parse_own(bytes)?;
        Ok(Self {
            claims: Claims::parse(parts.payload)?,
            bytes: bytes.to_vec(),
            id: CredentialId::of(parts.payload),
        })
    }

    /// As a text, to hand the credential to the phone or to print it: form 2.
    #[must_use]
    pub fn paper(&self) -> String {
        crate::text::encode(crate::text::Prefix::Credential, &encode_paper(&self.bytes))
    }
}

/// Form 2: a credential and nothing else.
pub fn encode_paper(credential: &[u8]) -> Vec<u8> {
    cbor::encode(|encoder| {
        encoder.array(2)?.u8(2)?.bytes(credential)?;
        Ok(())
    })
}

impl Claims {
    /// The payload.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        cbor::encode(|encoder| {
            let passkey = match &self.binding {
                Binding::Passkey(point) => Some(point),
                Binding::Premises(_) => None,
            };
            encoder.map(5 + u64::from(passkey.is_some()))?;
            encoder.u8(1)?.str(&self.issuer)?;
            encoder.u8(4)?.u64(self.expires)?;
            encoder.u8(6)?.u64(self.issued)?;
            if let Some(point) = passkey {
                encoder.u8(8)?.map(1)?.u8(1)?;
                encode_key(encoder, point)?;
            }
            encoder.u8(169)?;
            self.encode_identity(encoder)?;
            encoder.u32(65535)?.array(2)?;
            encoder.u32(self.status.day)?.u32(self.status.index)?;
            Ok(())
        })
    }

    fn encode_identity(&self, encoder: &mut Encoder<Vec<u8>>) -> Encoded {
        let premises = match &self.binding {
            Binding::Premises(premises) => Some(premises),
            Binding::Passkey(_) => None,
        };
        let is_sealed = matches!(self.number, Number::Sealed { .. });
        encoder.map(3 + u64::from(is_sealed) + u64::from(premises.is_some()))?;
        encoder.u8(4)?.str(&self.name)?;
        match &self.number {
            Number::Full(number) => {
                encoder.u8(75)?.str(number)?;
            }
            Number::Masked(masked) => {
                encoder.u8(76)?.str(&masked.replacen(STARS, "*", 1))?;
            }
            Number::Sealed { masked, sealed } => {
                encoder.u8(76)?.str(&masked.replacen(STARS, "*", 1))?;
                encoder.u8(77)?.bytes(sealed)?;
            }
        }
        encoder.u8(78)?.u8(self.purpose.number())?;
        if let Some(premises) = premises {
            encoder.u8(79)?.str(premises)?;
        }
        Ok(())
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// A reason about the form.
    pub fn parse(payload: &[u8]) -> Result<Self, Reason> {
        cbor::parse(payload, Self::read, Self::encode)
    }

    fn read(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        let pairs = map(decoder)?;
        key(decoder, 1)?;
        let issuer = text(decoder, MAX_WORD)?.to_string();
        key(decoder, 4)?;
        let expires = decoder.u64()?;
        key(decoder, 6)?;
        let issued = decoder.u64()?;
        let passkey = if pairs == 6 {
            key(decoder, 8)?;
            map(decoder)?;
            key(decoder, 1)?;
            Some(read_key(decoder)?)
        } else {
            None
        };
        key(decoder, 169)?;
        let identity = Identity::read(decoder)?;
        key(decoder, 65535)?;
        array(decoder, 2)?;
        let status = StatusIndex {
            day: decoder.u32()?,
            index: decoder.u32()?,
        };
        let binding = match (passkey, identity.premises) {
            (Some(point), None) => Binding::Passkey(point),
            (None, Some(premises)) => Binding::Premises(premises),
            _ => return Err(Reason::Damaged),
        };
        if status.index >= INDEXES {
            return Err(Reason::Damaged);
        }
        Ok(Self {
            issuer,
            expires,
            issued,
            binding,
            status,
            name: identity.name,
            number: identity.number,
            purpose: identity.purpose,
        })
    }
}

struct Identity {
    name: String,
    number: Number,
    purpose: Purpose,
    premises: Option<String>,
}

impl Identity {
    fn read(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        let pairs = map(decoder)?;
        key(decoder, 4)?;
        let name = text(decoder, MAX_NAME)?.to_string();
        let first = decoder.u32()?;
        let mut number = text(decoder, MAX_WORD)?.to_string();
        if first == 76 {
            number = number.replacen('*', STARS, 1);
        }
        let mut next = decoder.u32()?;
        let mut taken = 3;
        let number = match (first, next) {
            (75, _) => Number::Full(number),
            (76, 77) => {
                let sealed = bytes(decoder, MAX_SEALED)?.to_vec();
                next = decoder.u32()?;
                taken += 1;
                Number::Sealed {
                    masked: number,
                    sealed,
                }
            }
            (76, _) => Number::Masked(number),
            _ => return Err(Reason::Damaged),
        };
        if next != 78 {
            return Err(Reason::Damaged);
        }
        let purpose = Purpose::from_number(decoder.u8()?).ok_or(Reason::WrongPurpose)?;
        let premises = if pairs > taken {
            key(decoder, 79)?;
            Some(text(decoder, MAX_WORD)?.to_string())
        } else {
            None
        };
        Ok(Self {
            name,
            number,
            purpose,
            premises,
        })
    }
}

/// Takes a key of a map, which must be the expected one.
pub fn key(decoder: &mut Decoder<'_>, expected: u32) -> Result<(), Reason> {
    if decoder.u32()? == expected {
        Ok(())
    } else {
        Err(Reason::Damaged)
    }
}

/// A COSE_Key: EC2, P-256, compressed.
fn encode_key(encoder: &mut Encoder<Vec<u8>>, point: &[u8; 33]) -> Encoded {
    encoder.map(4)?.u8(1)?.u8(2)?;
    encoder.i8(-1)?.u8(1)?;
    encoder.i8(-2)?.bytes(&point[1..])?;
    encoder.i8(-3)?.bool(point[0] == 3)?;
    Ok(())
}

fn read_key(decoder: &mut Decoder<'_>) -> Result<[u8; 33], Reason> {
    map(decoder)?;
    key(decoder, 1)?;
    key(decoder, 2)?;
    let mut point = [0; 33];
    let labels = (decoder.i64()?, decoder.u8()?, decoder.i64()?);
    point[1..].copy_from_slice(&fixed::<32>(decoder)?);
    if labels != (-1, 1, -2) || decoder.i64()? != -3 {
        return Err(Reason::Damaged);
    }
    point[0] = if decoder.bool()? { 3 } else { 2 };
    Ok(point)
}
