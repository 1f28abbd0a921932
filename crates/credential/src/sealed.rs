//! The sealed number: the ID number encrypted to the authority inside what the issuer signs. The
//! desk forwards it and cannot read it.
//!
//! The first byte of what is encrypted holds flags. A resident number (18 characters with a valid
//! check character, GB 11643) follows as its 17 digits in eight bytes, anything else as text.

use crate::claims::{Number, mask};
use crate::reason::Reason;
use crate::suite::{PublicKey, SecretKey};
use alloc::string::String;
use alloc::vec::Vec;
use p256::elliptic_curve::rand_core::CryptoRng;

/// What the authority finds inside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// The ID number.
    pub number: String,
    /// The holder asked silently for help when the credential was issued (胁迫报警). Nothing that
    /// the desk sees tells.
    pub is_silent_alarm: bool,
}

/// Seals a number.
///
/// # Errors
/// [`Reason::Damaged`] if the number has no bytes or too many.
pub fn seal(
    number: &str,
    is_silent_alarm: bool,
    authority: &PublicKey,
    rng: &mut impl CryptoRng,
) -> Result<Number, Reason> {
    if number.is_empty() || number.len() > 32 {
        return Err(Reason::Damaged);
    }
    let mut plain = Vec::with_capacity(1 + number.len());
    let packed = pack(number);
    let packed_flag = if packed.is_some() { PACKED } else { 0 };
    plain.push(packed_flag | if is_silent_alarm { ALARM } else { 0 });
    match packed {
        Some(digits) => plain.extend_from_slice(&digits.to_be_bytes()),
        None => plain.extend_from_slice(number.as_bytes()),
    }
    let sealed = authority.seal(&plain, rng).ok_or(Reason::Damaged)?;
    Ok(Number::Sealed {
        masked: mask(number),
        sealed,
    })
}

/// Opens a sealed number.
///
/// # Errors
/// [`Reason::Damaged`] if it was altered or sealed to another key.
pub fn open(sealed: &[u8], authority: &SecretKey) -> Result<Opened, Reason> {
    let plain = authority.open(sealed).ok_or(Reason::Damaged)?;
    let (flags, number) = plain.split_first().ok_or(Reason::Damaged)?;
    let number = match flags & !ALARM {
        PACKED => unpack(number),
        0 => String::from_utf8(number.to_vec()).ok(),
        _ => None,
    };
    Ok(Opened {
        number: number.ok_or(Reason::Damaged)?,
        is_silent_alarm: flags & ALARM != 0,
    })
}

const ALARM: u8 = 1;
const PACKED: u8 = 2;
const DIGITS: usize = 17;

fn pack(number: &str) -> Option<u64> {
    let digits = number.get(..DIGITS)?;
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let packed: u64 = digits.parse().ok()?;
    (number[DIGITS..] == *check_character(digits).encode_utf8(&mut [0; 4])).then_some(packed)
}

fn unpack(packed: &[u8]) -> Option<String> {
    let packed = u64::from_be_bytes(packed.try_into().ok()?);
    let mut number = alloc::format!("{packed:017}");
    if number.len() > DIGITS {
        return None;
    }
    number.push(check_character(&number));
    Some(number)
}

/// ISO 7064, MOD 11-2, as GB 11643 writes it.
fn check_character(digits: &str) -> char {
    let sum = digits.bytes().fold(0, |sum, digit| {
        (sum + u32::from(digit.wrapping_sub(b'0'))) * 2 % 11
    });
    char::from(b"10X98765432"[sum as usize % 11])
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn resident_numbers_take_eight_bytes_and_come_back() {
        for number in ["11010519491231002X", "440524188001010014"] {
            let packed = pack(number).expect("a resident number");
            assert_eq!(unpack(&packed.to_be_bytes()), Some(number.to_string()));
        }
        for other in ["110105194912310021", "E12345678", "", "44052418800101001四"] {
            assert_eq!(pack(other), None);
        }
        assert_eq!(unpack(&u64::MAX.to_be_bytes()), None);
    }
}
