//! Deterministic CBOR: a bounded look at the shape before anything is parsed, and small helpers.
//!
//! [`scan`] walks the heads only. It allocates nothing and recurses nowhere, so that a payload of
//! a stranger can be measured before it is believed.

use crate::reason::Reason;
use alloc::vec::Vec;
use core::convert::Infallible;
use minicbor::{Decoder, Encoder};

/// How deep arrays, maps and tags may be nested.
pub const MAX_DEPTH: usize = 12;

/// How many items a payload may have.
const MAX_ITEMS: usize = 4096;

/// Whose CBOR is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Our own: definite lengths and the shortest heads (RFC 8949, section 4.2.1).
    Deterministic,
    /// Anybody's.
    Any,
}

/// What the innermost open item still waits for.
#[derive(Clone, Copy)]
enum Open {
    /// So many more items.
    Items(u64),
    /// Items until a break.
    UntilBreak,
}

/// Checks that `bytes` are exactly one well-formed item within the limits.
///
/// # Errors
/// [`Reason::Truncated`], [`Reason::NestedTooDeep`], [`Reason::NotCanonical`] or
/// [`Reason::Damaged`].
pub fn scan(bytes: &[u8], form: Form) -> Result<(), Reason> {
    let mut open = [Open::Items(0); MAX_DEPTH];
    let mut depth = 0_usize;
    let mut rest = bytes;
    for _ in 0..MAX_ITEMS {
        let (major, argument) = head(&mut rest, form)?;
        let children = match (major, argument) {
            // A break closes what an indefinite length opened.
            (7, None) => match depth.checked_sub(1).map(|top| open[top]) {
                Some(Open::UntilBreak) => {
                    depth -= 1;
                    None
                }
                _ => return Err(Reason::Damaged),
            },
            (2..=5, None) => Some(Open::UntilBreak),
            (_, None) => return Err(Reason::Damaged),
            (2 | 3, Some(length)) => {
                let length = usize::try_from(length).map_err(|_| Reason::Truncated)?;
                let (string, tail) = rest.split_at_checked(length).ok_or(Reason::Truncated)?;
                if major == 3 && core::str::from_utf8(string).is_err() {
                    return Err(Reason::Damaged);
                }
                rest = tail;
                None
            }
            (4, Some(count)) => Some(Open::Items(count)),
            (5, Some(count)) => Some(Open::Items(count.checked_mul(2).ok_or(Reason::Damaged)?)),
            (6, Some(_)) => Some(Open::Items(1)),
            _ => None,
        };
        match children {
            // Every item takes a byte at least.
            Some(Open::Items(count)) if count > rest.len() as u64 => return Err(Reason::Truncated),
            Some(Open::Items(0)) | None => {}
            Some(children) => {
                *open.get_mut(depth).ok_or(Reason::NestedTooDeep)? = children;
                depth += 1;
                continue;
            }
        }
        // An item is complete; it may complete those around it.
        loop {
            let Some(top) = depth.checked_sub(1) else {
                return if rest.is_empty() {
                    Ok(())
                } else {
                    Err(Reason::Damaged)
                };
            };
            match &mut open[top] {
                Open::UntilBreak => break,
                Open::Items(left) => {
                    *left -= 1;
                    if *left > 0 {
                        break;
                    }
                    depth -= 1;
                }
            }
        }
    }
    Err(Reason::Damaged)
}

/// Takes the major type and the argument; no argument means an indefinite length or a break.
fn head(rest: &mut &[u8], form: Form) -> Result<(u8, Option<u64>), Reason> {
    let (&first, tail) = rest.split_first().ok_or(Reason::Truncated)?;
    let (major, info) = (first >> 5, first & 0x1F);
    *rest = tail;
    let width = match info {
        0..=23 => return Ok((major, Some(u64::from(info)))),
        24..=27 => 1_usize << (info - 24),
        31 if form == Form::Any => return Ok((major, None)),
        31 => return Err(Reason::NotCanonical),
        _ => return Err(Reason::Damaged),
    };
    let (argument, tail) = rest.split_at_checked(width).ok_or(Reason::Truncated)?;
    *rest = tail;
    let argument = argument
        .iter()
        .fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
    let least = [24, 0x100, 0x1_0000, 0x1_0000_0000][usize::from(info - 24)];
    // Floating-point numbers have no shortest head; nothing of ours holds one.
    if form == Form::Deterministic && (argument < least || major == 7) {
        return Err(Reason::NotCanonical);
    }
    Ok((major, Some(argument)))
}

/// What an encoder's closure returns.
pub type Encoded = Result<(), minicbor::encode::Error<Infallible>>;

/// Encodes into a new vector; writing to memory cannot fail.
pub fn encode(write: impl FnOnce(&mut Encoder<Vec<u8>>) -> Encoded) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    let outcome = write(&mut encoder);
    debug_assert!(outcome.is_ok(), "{outcome:?}");
    encoder.into_writer()
}

/// Parses a whole item of our own. The scan comes first, and encoding what was read must give the
/// same bytes again: one meaning has one form.
pub fn parse<'b, T>(
    bytes: &'b [u8],
    read: impl FnOnce(&mut Decoder<'b>) -> Result<T, Reason>,
    write: impl FnOnce(&T) -> Vec<u8>,
) -> Result<T, Reason> {
    scan(bytes, Form::Deterministic)?;
    let value = read(&mut Decoder::new(bytes))?;
    if write(&value) == bytes {
        Ok(value)
    } else {
        Err(Reason::NotCanonical)
    }
}

/// A well-formed item of the wrong kind is damage.
impl From<minicbor::decode::Error> for Reason {
    fn from(_: minicbor::decode::Error) -> Self {
        Self::Damaged
    }
}

/// Takes the head of an array of exactly `length` items.
pub fn array(decoder: &mut Decoder<'_>, length: u64) -> Result<(), Reason> {
    match decoder.array()? {
        Some(found) if found == length => Ok(()),
        _ => Err(Reason::Damaged),
    }
}

/// Takes the head of a map and returns how many pairs follow.
pub fn map(decoder: &mut Decoder<'_>) -> Result<u64, Reason> {
    decoder.map()?.ok_or(Reason::NotCanonical)
}

/// Takes a byte string of exactly `N` bytes.
pub fn fixed<const N: usize>(decoder: &mut Decoder<'_>) -> Result<[u8; N], Reason> {
    decoder.bytes()?.try_into().map_err(|_| Reason::Damaged)
}

/// Takes a text of at most `limit` bytes.
pub fn text<'b>(decoder: &mut Decoder<'b>, limit: usize) -> Result<&'b str, Reason> {
    let text = decoder.str()?;
    if text.is_empty() || text.len() > limit || text.chars().any(char::is_control) {
        return Err(Reason::Damaged);
    }
    Ok(text)
}

/// Takes a byte string of at most `limit` bytes.
pub fn bytes<'b>(decoder: &mut Decoder<'b>, limit: usize) -> Result<&'b [u8], Reason> {
    let bytes = decoder.bytes()?;
    if bytes.len() > limit {
        return Err(Reason::Damaged);
    }
    Ok(bytes)
}
