//! Who is signed in: the session, its roles, and the list of a person's sessions.
//!
//! The session travels in a cookie that scripts cannot read. A browser therefore only asks "who am
//! I" ([`GetSession`]) and shows the answer; it keeps nothing.

use crate::Text;
use crate::endpoint::endpoint;
use crate::service::Department;
use serde::{Deserialize, Serialize};

/// How much is known about who asks (身份等级).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nobody is signed in.
    Anonymous,
    /// Somebody is signed in with a passkey; their name is not proved.
    Account,
    /// Their real name is proved (实名).
    RealName,
}

/// What a caller may do beside being a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// An officer (民警) of a department in a hall.
    Officer {
        /// The department.
        department: Department,
        /// The hall (a service point's identifier); empty for all halls.
        hall: String,
    },
    /// A supervisor (督导) of a department in a hall.
    Supervisor {
        /// The department.
        department: Department,
        /// The hall (a service point's identifier); empty for all halls.
        hall: String,
    },
    /// A member of an enterprise.
    Member {
        /// Identifier of the enterprise.
        enterprise: String,
        /// Its name.
        enterprise_name: String,
        /// As what.
        role: MemberRole,
    },
}

/// Roles in an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MemberRole {
    /// Decides who else is a member (负责人).
    Owner,
    /// Deals with the enterprise's business (经办人).
    Clerk,
    /// Checks guests in at a hotel's front desk (前台).
    FrontDesk,
}

/// A place of an enterprise, such as one hotel (经营场所).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Premises {
    /// Identifier.
    pub id: String,
    /// Identifier of the enterprise.
    pub enterprise: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
}

/// The caller, as far as the screen may show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// How much is known about the caller.
    pub level: Level,
    /// The proved name, masked (张*); `None` below [`Level::RealName`].
    pub masked_name: Option<String>,
    /// The proved ID number, masked (440***********1234).
    pub masked_id_number: Option<String>,
    /// What an account without a proved name is called: the label an administrator or an
    /// enterprise gave it; never a citizen's name.
    pub label: Option<String>,
    /// Whether the proved identity comes from the demonstration register.
    pub is_demonstration: bool,
    /// Roles.
    pub roles: Vec<Role>,
    /// Premises where the caller may work.
    pub premises: Vec<Premises>,
    /// Identifier of this session in the list of sessions; `None` if nobody is signed in.
    pub session: Option<String>,
    /// When the session ends at the latest, in epoch milliseconds.
    pub ends_ms: Option<i64>,
    /// After how long without a request it ends.
    pub idle_ms: Option<i64>,
    /// When the passkey was last used in this session. Some acts ask for a use within the last
    /// [`FRESH_MS`]: sign in again then.
    pub verified_ms: Option<i64>,
    /// The server's time, in epoch milliseconds.
    pub now_ms: i64,
}

/// How recent the use of a passkey must be before passkeys are added or removed, data are exported
/// or the account is deleted. Otherwise the answer is a problem with the code `fresh-sign-in-needed`.
pub const FRESH_MS: i64 = 10 * 60 * 1000;

/// One of the caller's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionSummary {
    /// Identifier.
    pub id: String,
    /// Whether it is the one that asks.
    pub is_current: bool,
    /// Browser and system in a few words, such as "Chrome, Android".
    pub browser: Text,
    /// Name of the passkey it was opened with; `None` if that passkey is gone.
    pub passkey: Option<String>,
    /// When it began.
    pub began_ms: i64,
    /// When it was last used, to the minute.
    pub used_ms: i64,
    /// When it ends at the latest.
    pub ends_ms: i64,
}

/// The caller's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionList {
    /// The sessions, the last used first.
    pub sessions: Vec<SessionSummary>,
}

endpoint!(
    /// Who am I.
    GetSession, Get "/api/v1/session", Anonymous, () => SessionView
);
endpoint!(
    /// Sign out here.
    SignOut, Delete "/api/v1/session", Anonymous, () => ()
);
endpoint!(
    /// The caller's sessions.
    ListSessions, Get "/api/v1/sessions", Account, () => SessionList
);
endpoint!(
    /// Sign out everywhere, here too.
    SignOutEverywhere, Delete "/api/v1/sessions", Account, () => ()
);
endpoint!(
    /// End one session.
    RevokeSession, Delete "/api/v1/sessions/{session}", Account, () => ()
);
