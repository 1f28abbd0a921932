//! Numbers that name persons and enterprises, and how they are shown to others.
//!
//! Masked forms are what screens show by default: enough for the person to recognise themselves,
//! too little for anybody else to find them.

/// Weights of the check character of an ID number (GB 11643-1999, ISO 7064 MOD 11-2).
const ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS: &[u8; 11] = b"10X98765432";

/// The check character of the first 17 digits of an ID number (公民身份号码); `None` if they are no
/// digits.
#[must_use]
pub fn id_check_character(digits: &str) -> Option<char> {
    let bytes = digits.as_bytes();
    if bytes.len() != ID_WEIGHTS.len() || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let sum: u32 = bytes
        .iter()
        .zip(ID_WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    ID_CHECKS
        .get(usize::try_from(sum % 11).ok()?)
        .map(|check| char::from(*check))
}

/// Reads an ID number as people type it: spaces and a small `x` are forgiven. `None` unless it is
/// 18 characters with a day of birth that exists and the right check character.
#[must_use]
pub fn parse_id_number(text: &str) -> Option<String> {
    let number: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| sign.to_ascii_uppercase())
        .collect();
    if !number.is_ascii() || number.len() != 18 {
        return None;
    }
    let check = id_check_character(&number[..17])?;
    if !number.ends_with(check) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| number[range].parse::<u32>().ok();
    let (year, month, day) = (part(6..10)?, part(10..12)?, part(12..14)?);
    let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return None,
    };
    let is_day = (1850..=2200).contains(&year) && (1..=days).contains(&day);
    is_day.then_some(number)
}

/// Letters of a unified social credit code (GB 32100-2015); I, O, S, V, Z are left out.
const CREDIT_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The check character of the first 17 characters of a unified social credit code
/// (统一社会信用代码); `None` if one of them cannot stand there.
#[must_use]
pub fn credit_check_character(characters: &str) -> Option<char> {
    let bytes = characters.as_bytes();
    if bytes.len() != 17 {
        return None;
    }
    let mut sum = 0;
    let mut weight = 1;
    for byte in bytes {
        let value = CREDIT_ALPHABET.iter().position(|known| known == byte)?;
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    CREDIT_ALPHABET
        .get((31 - sum % 31) % 31)
        .map(|check| char::from(*check))
}

/// Whether a text is a unified social credit code.
#[must_use]
pub fn is_credit_code(text: &str) -> bool {
    text.is_ascii()
        && text.len() == 18
        && credit_check_character(&text[..17]).is_some_and(|check| text.ends_with(check))
}

/// Whether a text is a mobile number of the mainland: eleven digits that begin with 1.
#[must_use]
pub fn is_mobile_number(text: &str) -> bool {
    text.len() == 11 && text.starts_with('1') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// 张*: the first character, whatever the length.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let mut masked: String = name.chars().take(1).collect();
    masked.push('*');
    masked
}

/// 440***********1234: three in front, four behind.
#[must_use]
pub fn mask_id_number(number: &str) -> String {
    mask_middle(number, 3, 4)
}

/// 138****0000: three in front, four behind.
#[must_use]
pub fn mask_phone(number: &str) -> String {
    mask_middle(number, 3, 4)
}

/// The first six characters (city and district), then stars.
#[must_use]
pub fn mask_address(address: &str) -> String {
    let mut masked: String = address.chars().take(6).collect();
    masked.push_str("****");
    masked
}

fn mask_middle(text: &str, front: usize, back: usize) -> String {
    let length = text.chars().count();
    if length <= front + back {
        return "*".repeat(length);
    }
    text.chars()
        .enumerate()
        .map(|(position, sign)| {
            if position < front || position >= length - back {
                sign
            } else {
                '*'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_example_has_its_check_character() {
        // GB 11643-1999, annex.
        assert_eq!(id_check_character("11010519491231002"), Some('X'));
        assert_eq!(id_check_character("44052418800101001"), Some('4'));
        assert_eq!(
            parse_id_number(" 110105 19491231 002x ").as_deref(),
            Some("11010519491231002X")
        );
    }

    #[test]
    fn every_wrong_character_and_every_day_that_does_not_exist_is_found() {
        let right = "11010519491231002X";
        for position in 0..17 {
            for digit in '0'..='9' {
                let mut wrong: Vec<char> = right.chars().collect();
                if wrong[position] != digit {
                    wrong[position] = digit;
                    let wrong: String = wrong.into_iter().collect();
                    assert_eq!(parse_id_number(&wrong), None, "{wrong}");
                }
            }
        }
        for body in [
            "11010519490230002",
            "11010519491301002",
            "11010519490100002",
        ] {
            let number = format!("{body}{}", id_check_character(body).unwrap());
            assert_eq!(parse_id_number(&number), None, "{number}");
        }
        for text in ["", "110105", "一二三四五六七八九十一二三四五六七八"] {
            assert_eq!(parse_id_number(text), None);
        }
    }

    #[test]
    fn a_credit_code_has_its_check_character() {
        // A published code: the Ministry's example in GB 32100-2015.
        assert!(is_credit_code("91350100M000100Y43"));
        assert!(!is_credit_code("91350100M000100Y44"));
        assert!(!is_credit_code("91350100M000100I43"));
        assert!(!is_credit_code("9135"));
    }

    #[test]
    fn masks_show_enough_for_the_person_and_too_little_for_others() {
        assert_eq!(mask_name("张三丰"), "张*");
        assert_eq!(mask_id_number("440301199001011234"), "440***********1234");
        assert_eq!(mask_phone("13800000000"), "138****0000");
        assert_eq!(mask_phone("12"), "**");
        assert!(!mask_address("示例市甲区乙路1号2栋303").contains("乙路"));
    }
}
