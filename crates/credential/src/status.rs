//! The status list: one bit a credential, set when it was revoked, replaced or reported lost. Why
//! is nobody's business but the authority's.
//!
//! Each day has a list of [`INDEXES`] bits, however many credentials it issued: with places drawn
//! at random and some bits set for nobody, the list does not tell how many there are.

use crate::cbor::{self, Form, array, bytes, scan};
use crate::claims::{INDEXES, StatusIndex};
use crate::cose::{self, Kind, Sign1};
use crate::reason::Reason;
use crate::suite::{Algorithm, Sign};
use crate::text::inflate;
use crate::trust::TrustList;
use alloc::collections::BTreeMap;
use alloc::vec;
use alloc::vec::Vec;
use minicbor::Decoder;
use miniz_oxide::deflate::compress_to_vec_zlib;

/// The bytes of a day.
const DAY: usize = INDEXES as usize / 8;
/// The most days a list may cover.
const MAX_DAYS: u64 = 8;
/// The longest signed list, in bytes.
const MAX_LIST: usize = 64 * 1024;

/// A status list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusList {
    /// When it was signed, in seconds since 1970.
    pub issued: u64,
    days: BTreeMap<u32, Vec<u8>>,
}

impl StatusList {
    /// A list that covers these days and revokes nothing.
    #[must_use]
    pub fn new(issued: u64, days: impl IntoIterator<Item = u32>) -> Self {
        Self {
            issued,
            days: days.into_iter().map(|day| (day, vec![0; DAY])).collect(),
        }
    }

    /// Sets a bit.
    ///
    /// # Errors
    /// [`Reason::StatusNotCovered`] if the list has no such place.
    pub fn revoke(&mut self, status: StatusIndex) -> Result<(), Reason> {
        let byte = self
            .days
            .get_mut(&status.day)
            .and_then(|bits| bits.get_mut(status.index as usize / 8))
            .ok_or(Reason::StatusNotCovered)?;
        *byte |= 1 << (status.index % 8);
        Ok(())
    }

    /// Whether a bit is set; none if the list has no such place.
    #[must_use]
    pub fn is_revoked(&self, status: StatusIndex) -> Option<bool> {
        let bits = self.days.get(&status.day)?;
        let byte = bits.get(status.index as usize / 8)?;
        Some(byte & 1 << (status.index % 8) != 0)
    }

    /// Signs the list.
    #[must_use]
    pub fn sign(&self, signer: &impl Sign) -> Vec<u8> {
        let payload = cbor::encode(|encoder| {
            encoder.array(2)?.u64(self.issued)?;
            encoder.array(self.days.len() as u64)?;
            for (day, bits) in &self.days {
                encoder.array(2)?.u32(*day)?;
                encoder.bytes(&compress_to_vec_zlib(bits, 10))?;
            }
            Ok(())
        });
        cose::sign(Kind::Status, &payload, signer)
    }

    /// Opens a signed list.
    ///
    /// # Errors
    /// A reason about the form, the key or the signature.
    pub fn open(bytes: &[u8], trust: &TrustList, suites: &[Algorithm]) -> Result<Self, Reason> {
        if bytes.len() > MAX_LIST {
            return Err(Reason::TooLong);
        }
        let parts = Sign1::parse_own(bytes)?;
        let key = trust.check(&parts, Kind::Status, suites)?;
        scan(parts.payload, Form::Deterministic)?;
        let list = Self::read(&mut Decoder::new(parts.payload))?;
        key.check_time(list.issued)?;
        Ok(list)
    }

    fn read(decoder: &mut Decoder<'_>) -> Result<Self, Reason> {
        array(decoder, 2)?;
        let issued = decoder.u64()?;
        let count = decoder.array()?.ok_or(Reason::NotCanonical)?;
        if count > MAX_DAYS {
            return Err(Reason::TooLong);
        }
        let mut days = BTreeMap::new();
        for _ in 0..count {
            array(decoder, 2)?;
            let day = decoder.u32()?;
            let bits = inflate(bytes(decoder, MAX_LIST)?, DAY)?;
            if bits.len() != DAY || days.insert(day, bits).is_some() {
                return Err(Reason::Damaged);
            }
        }
        Ok(Self { issued, days })
    }
}
