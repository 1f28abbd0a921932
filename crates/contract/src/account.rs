//! The caller's own data: what is stored, a copy of all of it, and its deletion.

use crate::Text;
use crate::access_log::AccessEntry;
use crate::endpoint::endpoint;
use crate::passkey::PasskeySummary;
use crate::proofing::ProofView;
use crate::session::{Level, Role, SessionSummary};
use serde::{Deserialize, Serialize};

/// The caller's data, masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// How much is known.
    pub level: Level,
    /// Name, masked (张*).
    pub masked_name: Option<String>,
    /// ID number, masked (440***********1234).
    pub masked_id_number: Option<String>,
    /// Telephone, masked (138****0000).
    pub masked_phone: Option<String>,
    /// Address, its end masked.
    pub masked_address: Option<String>,
    /// The proof of the name.
    pub proof: Option<ProofView>,
    /// When the account was opened.
    pub created_ms: i64,
}

/// Contact data a person gives themselves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactDraft {
    /// Mobile number, 11 digits; `None` removes it.
    pub phone: Option<String>,
    /// Address, at most 200 characters; `None` removes it.
    pub address: Option<String>,
}

impl std::fmt::Debug for ContactDraft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ContactDraft(…)")
    }
}

/// Everything stored about the caller, unmasked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountExport {
    /// When this copy was made.
    pub made_ms: i64,
    /// Identifier of the account.
    pub account: String,
    /// When the account was opened.
    pub created_ms: i64,
    /// Name.
    pub name: Option<String>,
    /// ID number.
    pub id_number: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// The proof of the name.
    pub proof: Option<ProofView>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Passkeys.
    pub passkeys: Vec<PasskeySummary>,
    /// Sessions.
    pub sessions: Vec<SessionSummary>,
    /// Who has looked at the data.
    pub accesses: Vec<AccessEntry>,
}

/// What deletion means for the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletionView {
    /// What goes at once.
    pub deleted: Vec<Text>,
    /// What the law makes us keep.
    pub kept: Vec<KeptData>,
}

/// Data that outlive an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptData {
    /// Which data.
    pub what: Text,
    /// Why.
    pub why: Text,
    /// For how long.
    pub until: Text,
}

endpoint!(
    /// The caller's data, masked.
    GetAccount, Get "/api/v1/me", Account, () => AccountView
);
endpoint!(
    /// Change telephone and address.
    ChangeContact, Put "/api/v1/me/contact", RealName, ContactDraft => AccountView
);
endpoint!(
    /// A copy of all own data as JSON. Needs a fresh sign-in.
    ExportAccount, Get "/api/v1/me/export", Account, () => AccountExport
);
endpoint!(
    /// The same copy as a text to read or print. Needs a fresh sign-in.
    ReadExport, Get "/api/v1/me/export/readable", Account, () => ()
);
endpoint!(
    /// What deletion would mean.
    GetDeletion, Get "/api/v1/me/deletion", Account, () => DeletionView
);
endpoint!(
    /// Delete the account. Needs a fresh sign-in.
    DeleteAccount, Delete "/api/v1/me", Account, () => DeletionView
);
