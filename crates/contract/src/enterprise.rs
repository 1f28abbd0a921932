//! Legal persons (法人): enterprises, their members and premises.

use crate::endpoint::endpoint;
use crate::officer::EnrolmentCode;
use crate::session::{MemberRole, Premises};
use serde::{Deserialize, Serialize};

/// An enterprise for its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterpriseView {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Unified social credit code (统一社会信用代码).
    pub credit_code: String,
    /// As what the caller belongs to it.
    pub role: MemberRole,
    /// Its premises.
    pub premises: Vec<Premises>,
    /// Its members; only owners see them.
    pub members: Vec<MemberView>,
}

/// A member of an enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberView {
    /// Identifier of the membership.
    pub id: String,
    /// What the enterprise calls the member, such as "Front desk 2".
    pub label: String,
    /// As what.
    pub role: MemberRole,
    /// Where; `None` for all premises.
    pub premises: Option<String>,
    /// Since when.
    pub since_ms: i64,
    /// Whether the member has registered a passkey.
    pub is_enrolled: bool,
}

/// Enterprises the caller belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnterpriseList {
    /// The enterprises.
    pub enterprises: Vec<EnterpriseView>,
}

/// A new member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberDraft {
    /// What the enterprise calls the member; 1 to 40 characters, no long numbers.
    pub label: String,
    /// As what.
    pub role: MemberRole,
    /// Where; `None` for all premises.
    pub premises: Option<String>,
}

/// A member who can now enrol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewMember {
    /// The member.
    pub member: MemberView,
    /// The code with which they register their passkey.
    pub code: EnrolmentCode,
}

endpoint!(
    /// Enterprises the caller belongs to.
    ListEnterprises, Get "/api/v1/enterprises", Account, () => EnterpriseList
);
endpoint!(
    /// Add a member; owners only. Needs a fresh sign-in.
    AddMember, Post "/api/v1/enterprises/{enterprise}/members", Account, MemberDraft => NewMember
);
endpoint!(
    /// Remove a member and end their sessions; owners only. Needs a fresh sign-in.
    RemoveMember, Delete "/api/v1/enterprises/{enterprise}/members/{member}", Account, () => ()
);
