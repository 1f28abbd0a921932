//! Who is asking: the [`Actor`], read from the session's cookie.
//!
//! A handler that names an `Actor` among its arguments gets the caller; what the endpoint's
//! [`Access`] promises has been checked before. `actor.person_id()?`, `actor.premises()`.

use crate::problem::{Failure, Kind};
use crate::state::Shared;
use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::request::Parts;
use std::sync::Arc;
use uuid::Uuid;
use yichuang_contract::endpoint::Access;
use yichuang_contract::session::{FRESH_MS, Level};
use yichuang_storage::access_log::Reader;
use yichuang_storage::enterprise::{MemberKind, Membership, Premises};
use yichuang_storage::officer::{OfficerKind, OfficerRole};
use yichuang_storage::session::{self, Identity};

/// The caller of a request.
#[derive(Clone, Debug)]
pub struct Actor(Option<Arc<Identity>>);

impl Actor {
    /// Nobody.
    #[must_use]
    pub const fn nobody() -> Self {
        Self(None)
    }

    /// Whoever the cookie in these headers belongs to.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn of(app: &Shared, headers: &HeaderMap) -> Result<Self, Failure> {
        let Some(token) = app.accounts.cookie().read(headers) else {
            return Ok(Self::nobody());
        };
        let identity = session::identify(&app.database, &token, app.clock.now_ms()).await?;
        Ok(Self(identity.map(Arc::new)))
    }

    /// The caller with everything known about them.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub fn identity(&self) -> Result<&Identity, Failure> {
        self.0.as_deref().ok_or(Failure::new(Kind::SignInNeeded))
    }

    /// Whether somebody is signed in.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.0.is_some()
    }

    /// The caller's account.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub fn person_id(&self) -> Result<Uuid, Failure> {
        Ok(self.identity()?.person.id)
    }

    /// The session that asks.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub fn session_id(&self) -> Result<Uuid, Failure> {
        Ok(self.identity()?.session.id)
    }

    /// How much is known about the caller.
    #[must_use]
    pub fn level(&self) -> Level {
        match &self.0 {
            None => Level::Anonymous,
            Some(identity) if identity.person.proof.is_some() => Level::RealName,
            Some(_) => Level::Account,
        }
    }

    /// Premises where the caller may work.
    #[must_use]
    pub fn premises(&self) -> &[Premises] {
        self.0.as_ref().map_or(&[], |identity| &identity.premises)
    }

    /// The premises with this identifier, if the caller may work there. Others are told that there
    /// is no such thing.
    ///
    /// # Errors
    /// If they may not.
    pub fn premises_by_id(&self, id: &str) -> Result<&Premises, Failure> {
        self.premises()
            .iter()
            .find(|premises| premises.id.to_string() == id)
            .ok_or(Failure::new(Kind::NotFound))
    }

    /// Enterprises the caller belongs to.
    #[must_use]
    pub fn memberships(&self) -> &[Membership] {
        self.0
            .as_ref()
            .map_or(&[], |identity| &identity.memberships)
    }

    /// Roles as an officer or supervisor.
    #[must_use]
    pub fn officer_roles(&self) -> &[OfficerRole] {
        self.0
            .as_ref()
            .map_or(&[], |identity| &identity.officer_roles)
    }

    /// The caller's role of a kind in a department, in this hall or all halls.
    #[must_use]
    pub fn has_office(&self, kind: OfficerKind, department: &str, hall: &str) -> bool {
        self.officer_roles().iter().any(|role| {
            role.kind == kind
                && role.department == department
                && (role.hall.is_empty() || role.hall == hall)
        })
    }

    fn has_kind(&self, kind: OfficerKind) -> bool {
        self.officer_roles().iter().any(|role| role.kind == kind)
    }

    /// Lets through whoever reaches a level.
    ///
    /// # Errors
    /// With what is missing: a sign-in, a proved name, or a role.
    pub fn require(&self, access: Access) -> Result<(), Failure> {
        if matches!(access, Access::Anonymous) {
            return Ok(());
        }
        self.identity()?;
        let (is_reached, missing) = match access {
            Access::Anonymous | Access::Account => (true, Kind::Forbidden),
            Access::RealName => (self.level() == Level::RealName, Kind::RealNameNeeded),
            Access::Desk => (
                !self.premises().is_empty()
                    && self.memberships().iter().any(|membership| {
                        matches!(membership.kind, MemberKind::FrontDesk | MemberKind::Owner)
                    }),
                Kind::Forbidden,
            ),
            Access::Officer => (self.has_kind(OfficerKind::Officer), Kind::Forbidden),
            Access::Supervisor => (self.has_kind(OfficerKind::Supervisor), Kind::Forbidden),
            // Operators are known by their network, never by a session.
            Access::Operator => (false, Kind::NotFound),
        };
        if is_reached {
            Ok(())
        } else {
            Err(Failure::new(missing))
        }
    }

    /// Lets through whoever used a passkey within the last minutes: for what would hurt most if a
    /// session were stolen.
    ///
    /// # Errors
    /// If it was longer ago.
    pub fn require_fresh(&self, now_ms: i64) -> Result<(), Failure> {
        if now_ms - self.identity()?.session.verified_ms <= FRESH_MS {
            Ok(())
        } else {
            Err(Failure::new(Kind::FreshSignInNeeded))
        }
    }

    /// Whether the account belongs to an officer or supervisor.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        !self.officer_roles().is_empty()
    }

    /// How the caller stands in the access log as an officer: department and hall, no name.
    ///
    /// # Errors
    /// If the caller is no officer.
    pub fn as_reader(&self) -> Result<Reader, Failure> {
        let identity = self.identity()?;
        let role = identity
            .officer_roles
            .first()
            .ok_or(Failure::new(Kind::Forbidden))?;
        let department = yichuang_contract::service::Department::from_id(&role.department);
        let (zh, en) = department.map_or(("民警", "Officer"), crate::account::office_name);
        let at = if role.hall.is_empty() {
            String::new()
        } else {
            format!("（{}）", role.hall)
        };
        Ok(Reader {
            id: identity.person.id,
            zh: format!("{zh}{at}"),
            en: if role.hall.is_empty() {
                en.to_owned()
            } else {
                format!("{en} ({})", role.hall)
            },
            department: role.department.clone(),
            hall: role.hall.clone(),
        })
    }

    /// How the caller stands in the access log as a hotel: the name of the premises.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub fn as_reader_at(&self, premises: &Premises) -> Result<Reader, Failure> {
        Ok(Reader {
            id: self.person_id()?,
            zh: premises.name.clone(),
            en: premises.name.clone(),
            department: String::new(),
            hall: String::new(),
        })
    }

    /// How the person stands in the log for acts of their own, such as having an ID issued.
    ///
    /// # Errors
    /// If nobody is signed in.
    pub fn as_own_reader(&self) -> Result<Reader, Failure> {
        Ok(Reader {
            id: self.person_id()?,
            zh: "本人".to_owned(),
            en: "Yourself".to_owned(),
            department: String::new(),
            hall: String::new(),
        })
    }
}

impl FromRequestParts<Shared> for Actor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Failure> {
        match parts.extensions.get::<Self>() {
            Some(actor) => Ok(actor.clone()),
            None => Self::of(app, &parts.headers).await,
        }
    }
}
