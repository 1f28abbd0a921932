//! Keys of the catalogue. A value of these types is always well formed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A text that is not a code of the kind asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidCode {
    /// What was expected, for a person: `two capital letters, a hyphen, three digits`.
    pub expected: &'static str,
}

impl fmt::Display for InvalidCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {}", self.expected)
    }
}

impl std::error::Error for InvalidCode {}

/// `XX-000`: two capital letters, a hyphen, three digits.
fn is_numbered_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 6
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2] == b'-'
        && bytes[3..].iter().all(u8::is_ascii_digit)
}

macro_rules! numbered_code {
    ($(#[$doc:meta])* $name:ident, $valid:expr, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub struct $name(String);

        impl $name {
            /// The code as people write it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidCode;
            fn try_from(text: String) -> Result<Self, InvalidCode> {
                if $valid(&text) { Ok(Self(text)) } else { Err(InvalidCode { expected: $expected }) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidCode;
            fn from_str(text: &str) -> Result<Self, InvalidCode> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

numbered_code!(
    /// Key of a service (事项编码), such as `HJ-017`.
    ServiceCode,
    |text: &str| is_numbered_code(text) && !text.starts_with("YJ"),
    "a service code such as HJ-017"
);
numbered_code!(
    /// Key of a bundle (一件事编码), such as `YJ-001`.
    BundleCode,
    |text: &str| is_numbered_code(text) && text.starts_with("YJ"),
    "a bundle code such as YJ-001"
);
numbered_code!(
    /// Key of a service point (服务点), such as `NS-001`.
    PointId,
    is_numbered_code,
    "a point id such as NS-001"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_code_is_two_letters_a_hyphen_and_three_digits() {
        assert!("HJ-017".parse::<ServiceCode>().is_ok());
        for wrong in [
            "",
            "HJ017",
            "hj-017",
            "HJ-17",
            "HJ-0171",
            "户籍-017",
            "YJ-001",
            "HJ-01x",
        ] {
            assert!(wrong.parse::<ServiceCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_invalid_code_cannot_be_deserialised() {
        assert!(serde_json::from_str::<ServiceCode>("\"drop table\"").is_err());
        assert!(serde_json::from_str::<BundleCode>("\"HJ-001\"").is_err());
    }
}
