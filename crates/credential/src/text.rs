//! What a QR code says: a prefix and base45 (RFC 9285), the alphabet that QR codes pack best.
//!
//! Compressed bytes (zlib, RFC 1950) are understood too. Ours are not compressed: keys and
//! signatures do not shrink, and the wrapper would make them longer.

use crate::reason::Reason;
use alloc::string::String;
use alloc::vec::Vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

/// The longest text that is looked at.
pub const MAX_TEXT: usize = 4096;

/// The most bytes a text may stand for, compressed or not.
pub const MAX_BYTES: usize = 4096;

/// What a text is, told by its first four characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prefix {
    /// A credential, shown live or printed.
    Credential,
    /// A counter's code, which the guest scans.
    Counter,
    /// A receipt that the desk gives the guest.
    Receipt,
}

impl Prefix {
    /// The characters.
    #[must_use]
    pub const fn characters(self) -> &'static str {
        match self {
            Self::Credential => "PT1:",
            Self::Counter => "PC1:",
            Self::Receipt => "PR1:",
        }
    }
}

/// Writes bytes as a text.
#[must_use]
pub fn encode(prefix: Prefix, bytes: &[u8]) -> String {
    let mut text = String::from(prefix.characters());
    text.push_str(&base45::encode(bytes));
    text
}

/// Reads a text; whitespace around it, as scanners add it, does not count.
///
/// # Errors
/// [`Reason::NotACredential`], [`Reason::TooLong`] or one that [`unpack`] gives.
pub fn decode(prefix: Prefix, text: &str) -> Result<Vec<u8>, Reason> {
    // A space is a digit of base45 and may be the last one.
    let text = text.trim_start().trim_end_matches(['\r', '\n', '\t', '\0']);
    let digits = text
        .strip_prefix(prefix.characters())
        .ok_or(Reason::NotACredential)?;
    unpack(digits)
}

/// Reads base45 and inflates what is compressed.
///
/// # Errors
/// [`Reason::TooLong`], [`Reason::Truncated`], [`Reason::Damaged`] or
/// [`Reason::InflatesTooMuch`].
pub fn unpack(digits: &str) -> Result<Vec<u8>, Reason> {
    if digits.len() > MAX_TEXT {
        return Err(Reason::TooLong);
    }
    if digits.is_empty() || digits.len() % 3 == 1 {
        return Err(Reason::Truncated);
    }
    let bytes = base45::decode(digits).map_err(|_| Reason::Damaged)?;
    // The crate takes a last pair of digits beyond 255; RFC 9285 refuses it.
    if base45::encode(&bytes) != digits {
        return Err(Reason::Damaged);
    }
    // 0x78 begins a zlib stream and, in CBOR, a text, which none of our objects is.
    if bytes.first() == Some(&0x78) {
        return inflate(&bytes, MAX_BYTES);
    }
    Ok(bytes)
}

/// Inflates a zlib stream to at most `limit` bytes.
///
/// # Errors
/// [`Reason::InflatesTooMuch`], [`Reason::Truncated`] or [`Reason::Damaged`].
pub fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, Reason> {
    decompress_to_vec_zlib_with_limit(bytes, limit).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => Reason::InflatesTooMuch,
        TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => Reason::Truncated,
        _ => Reason::Damaged,
    })
}
