//! The temporary electronic ID (电子临时身份凭证): a format and its rules, without any input or
//! output. The server issues, the phone presents, the desk verifies, all with this crate, native
//! or in WebAssembly.
//!
//! `docs/credential-format.md` specifies every byte, `docs/credential-format.md#reasons` every
//! reason for a verdict. No clock, no randomness and no key is taken from the surroundings: they
//! are arguments.
//!
//! | object | module |
//! | --- | --- |
//! | credential (凭证): a CWT in COSE_Sign1 | [`claims`], [`sealed`] |
//! | unlock (解锁): a passkey lends a session key its authority | [`unlock`] |
//! | live form (动态码), paper (纸质凭证) | [`live`] |
//! | counter's code (柜台码), receipt (回执) | [`counter`], [`receipt`] |
//! | trust list (信任名单), status list (撤销名单) | [`trust`], [`status`] |
//! | verdict (核验结论) | [`verify`], [`reason`] |
//! | typed code (12位编码) | [`typed_code`] |

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod cbor;
pub mod claims;
pub mod cose;
pub mod counter;
#[cfg(feature = "fixture")]
pub mod fixture;
pub mod live;
pub mod reason;
pub mod receipt;
pub mod sealed;
pub mod seen;
pub mod status;
pub mod suite;
pub mod text;
pub mod trust;
pub mod typed_code;
pub mod unlock;
pub mod verify;

pub use claims::{Binding, Claims, Credential, CredentialId, Number, Purpose, StatusIndex};
pub use live::{CounterBinding, Live, PresentationId, Shown};
pub use p256::elliptic_curve::rand_core;
pub use reason::{Light, Reason, Sentences};
pub use status::StatusList;
pub use suite::{Algorithm, KeyId, PublicKey, SecretKey, Sign};
pub use trust::{TrustList, TrustedKey, Uses};
pub use unlock::{Site, Unlock};
pub use verify::{Counter, Desk, Details, Disclosure, Policy, Verdict};
