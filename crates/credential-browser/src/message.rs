//! What the worker and the application say to each other, as JSON. Bytes are base64url without
//! padding, names of credentials and presentations hexadecimal, times seconds since 1970.

use serde::{Deserialize, Serialize};
use yichuang_contract::credential::TrustKey;
use yichuang_contract::desk::DeskPolicy;

/// What a desk needs to verify without a network. It comes from the server and is kept on the
/// device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskKit {
    /// Where the desk is (the server's identifier of the premises).
    pub premises: String,
    /// The roots that may sign trust lists.
    pub roots: Vec<TrustKey>,
    /// The signed trust list.
    pub trust: String,
    /// The signed status list.
    pub status: Option<String>,
    /// The counter's signed card.
    pub card: String,
    /// The rules.
    pub policy: DeskPolicy,
}

/// What a desk knows about itself once its kit is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    /// Identifier of the premises, as the server has it.
    pub id: String,
    /// Name of the premises.
    pub premises: String,
    /// The counter.
    pub terminal: String,
    /// When the trust list was signed.
    pub trust_issued: u64,
    /// Until when the trust list counts.
    pub trust_expires: u64,
    /// When the status list was signed.
    pub status_issued: Option<u64>,
    /// The age of the status list at which a person decides.
    pub list_amber: u64,
    /// The age of the status list at which it no longer counts.
    pub list_red: u64,
    /// Until when the licence counts.
    pub licence_ends: u64,
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// The verdict on what was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// `green`, `amber` or `red`.
    pub light: String,
    /// The stable code of the one reason.
    pub reason: String,
    /// What is the matter.
    pub what: Words,
    /// What to do.
    pub advice: Words,
    /// The credential's name in records, once its issuer's signature was good.
    pub credential: Option<String>,
    /// What may be shown and kept; nothing on red.
    pub guest: Option<Guest>,
}

/// What a desk may show of an accepted credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Name.
    pub name: String,
    /// Number, as it may be shown.
    pub number: String,
    /// The sealed number, to be forwarded.
    pub sealed: Option<String>,
    /// Until when the credential is valid.
    pub expires: u64,
    /// The name of the presentation; a paper has none.
    pub presentation: Option<String>,
}

/// What is needed to present a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneKit {
    /// As the server issued it: the COSE_Sign1.
    pub credential: String,
    /// The roots.
    pub roots: Vec<TrustKey>,
    /// The signed trust list, to know counters by.
    pub trust: String,
    /// The relying party's id of passkeys.
    pub relying_party: String,
    /// The origin of the page.
    pub origin: String,
}

/// What a credential says, read on the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneView {
    /// Name.
    pub name: String,
    /// Number, as desks see it.
    pub number: String,
    /// What it is for, see the format: 1 is a hotel's check-in.
    pub purpose: u8,
    /// Valid from.
    pub issued: u64,
    /// Valid until.
    pub expires: u64,
    /// Its name in records.
    pub id: String,
}

/// Who asks, read from a counter's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterView {
    /// Name of the premises.
    pub premises: String,
    /// The counter.
    pub terminal: String,
    /// What it asks for.
    pub purpose: u8,
    /// Whether the code was drawn for this guest; a printed one is not.
    pub is_fresh: bool,
}
