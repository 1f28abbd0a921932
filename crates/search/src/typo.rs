//! One wrong, missing, doubled or swapped character.

/// Whether one edit, or none, turns one into the other: a substitution, an insertion, a deletion,
/// or two neighbours swapped.
pub(crate) fn is_near<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short
        .iter()
        .zip(long)
        .take_while(|(one, other)| one == other)
        .count();
    if long.len() > short.len() {
        return short[same..] == long[same + 1..];
    }
    if same == short.len() {
        return true;
    }
    if short[same + 1..] == long[same + 1..] {
        return true;
    }
    same + 1 < short.len()
        && short[same] == long[same + 1]
        && short[same + 1] == long[same]
        && short[same + 2..] == long[same + 2..]
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        for (one, other) in [
            ("passport", "pasport"),
            ("passport", "passprot"),
            ("passport", "passsport"),
            ("passport", "pazsport"),
            ("passport", "passport"),
            ("passport", "passpor"),
        ] {
            assert!(is_near(one.as_bytes(), other.as_bytes()), "{one} {other}");
            assert!(is_near(other.as_bytes(), one.as_bytes()), "{other} {one}");
        }
        for (one, other) in [
            ("passport", "pasprt"),
            ("passport", "pspasort"),
            ("a", "bcd"),
            ("ab", "cd"),
        ] {
            assert!(!is_near(one.as_bytes(), other.as_bytes()), "{one} {other}");
        }
    }
}
