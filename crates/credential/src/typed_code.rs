//! The typed code: twelve characters for a phone that dies or a screen that will not scan. The
//! desk types them and the server looks them up; the code itself proves nothing.
//!
//! Eleven characters of Crockford's alphabet hold 55 random bits, the twelfth checks them (Luhn's
//! formula with base 32): one wrong character is noticed, and nearly every swap of two neighbours.

use crate::reason::Reason;
use alloc::string::String;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

/// A typed code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TypedCode(u64);

impl TypedCode {
    /// A code from random bits, of which 55 count.
    #[must_use]
    pub const fn new(random: u64) -> Self {
        Self(random >> 9)
    }

    /// The number, to be stored and looked up.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// As shown: three groups of four.
    #[must_use]
    pub fn text(self) -> String {
        let digits = self.digits();
        let mut text = String::new();
        for (place, digit) in digits.into_iter().chain([check(&digits)]).enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(digit)]));
        }
        text
    }

    /// Reads what somebody typed: small letters, spaces and hyphens do not matter, O is 0, and I
    /// and L are 1.
    ///
    /// # Errors
    /// [`Reason::Truncated`] if characters are missing, [`Reason::TooLong`] if there are too many,
    /// [`Reason::Damaged`] if one is wrong.
    pub fn read(typed: &str) -> Result<Self, Reason> {
        if typed.len() > 64 {
            return Err(Reason::TooLong);
        }
        let mut digits = [0; LENGTH];
        let mut count = 0;
        for character in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let character = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let digit = ALPHABET
                .iter()
                .position(|known| char::from(*known) == character)
                .ok_or(Reason::Damaged)?;
            *digits.get_mut(count).ok_or(Reason::TooLong)? = digit as u8;
            count += 1;
        }
        if count < LENGTH {
            return Err(Reason::Truncated);
        }
        let (last, body) = digits.split_last().ok_or(Reason::Truncated)?;
        if check(body) != *last {
            return Err(Reason::Damaged);
        }
        let number = body
            .iter()
            .fold(0, |number, digit| number << 5 | u64::from(*digit));
        Ok(Self(number))
    }

    fn digits(self) -> [u8; LENGTH - 1] {
        core::array::from_fn(|place| (self.0 >> (5 * (LENGTH - 2 - place)) & 31) as u8)
    }
}

/// Luhn's check digit, base 32.
fn check(digits: &[u8]) -> u8 {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 0 { 2 } else { 1 };
            value / 32 + value % 32
        })
        .sum();
    ((32 - sum % 32) % 32) as u8
}
