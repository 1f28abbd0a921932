//! Sessions (会话): who is signed in, by the hash of a random cookie.

use crate::enterprise::{self, Membership, Premises};
use crate::entity::session::{ActiveModel, Column, Entity, Model};
use crate::officer::{self, OfficerRole};
use crate::person::Person;
use crate::vault::random;
use crate::{Database, Error};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The time of the last use is written to the minute, so that reading does not become writing.
const USE_STEP_MS: i64 = 60_000;

/// The secret in the cookie: 256 random bits in hexadecimal. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// If the machine gives no randomness.
    pub fn generate() -> Result<Self, Error> {
        let bytes: [u8; 32] = random()?;
        Ok(Self(crate::migration::hex(&bytes)))
    }

    /// The token in a cookie; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_one.then(|| Self(text.to_owned()))
    }

    /// For the cookie.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// A session to be opened.
#[derive(Clone)]
pub struct NewSession {
    /// Its secret.
    pub token: Token,
    /// Whose.
    pub person: Uuid,
    /// With which passkey.
    pub passkey: Uuid,
    /// Browser and system in a few words.
    pub browser: String,
    /// After how long without a request it ends.
    pub idle_ms: i64,
    /// After how long it ends in any case.
    pub life_ms: i64,
}

/// An open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identifier.
    pub id: Uuid,
    /// Whose.
    pub person: Uuid,
    /// With which passkey it was opened.
    pub passkey: Uuid,
    /// Browser and system in a few words.
    pub browser: String,
    /// When it began.
    pub created_ms: i64,
    /// When it was last used, to the minute.
    pub used_ms: i64,
    /// When a passkey was last used in it.
    pub verified_ms: i64,
    /// After how long without a request it ends.
    pub idle_ms: i64,
    /// When it ends at the latest.
    pub ends_ms: i64,
}

impl From<Model> for Session {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            person: row.person_id,
            passkey: row.passkey_id,
            browser: row.browser,
            created_ms: row.created_ms,
            used_ms: row.used_ms,
            verified_ms: row.verified_ms,
            idle_ms: row.idle_ms,
            ends_ms: row.ends_ms,
        }
    }
}

impl Session {
    fn is_open(&self, now_ms: i64) -> bool {
        now_ms < self.ends_ms && now_ms - self.used_ms < self.idle_ms
    }
}

/// Who is behind a session, with everything they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The session.
    pub session: Session,
    /// The account.
    pub person: Person,
    /// Roles as an officer.
    pub officer_roles: Vec<OfficerRole>,
    /// Enterprises.
    pub memberships: Vec<Membership>,
    /// Premises where the person may work.
    pub premises: Vec<Premises>,
}

/// Opens a session within a transaction.
pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    region: &str,
    new: NewSession,
    now_ms: i64,
) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::Region.eq(region))
        .filter(Column::EndsMs.lt(now_ms))
        .exec(transaction)
        .await?;
    Entity::insert(ActiveModel {
        region: Set(region.to_owned()),
        id: Set(Uuid::now_v7()),
        token_hash: Set(new.token.hash()),
        person_id: Set(new.person),
        passkey_id: Set(new.passkey),
        browser: Set(new.browser),
        created_ms: Set(now_ms),
        used_ms: Set(now_ms),
        verified_ms: Set(now_ms),
        idle_ms: Set(new.idle_ms),
        ends_ms: Set(now_ms + new.life_ms),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// Who is behind a token; `None` if there is no such session or its time is over. Counts as a use.
///
/// # Errors
/// If the database does not answer.
pub async fn identify(
    database: &Database,
    token: &Token,
    now_ms: i64,
) -> Result<Option<Identity>, Error> {
    let (connection, region) = (database.connection(), database.region());
    let row = Entity::find()
        .filter(Column::Region.eq(region))
        .filter(Column::TokenHash.eq(token.hash()))
        .one(connection)
        .await?;
    let Some(session) = row
        .map(Session::from)
        .filter(|session| session.is_open(now_ms))
    else {
        return Ok(None);
    };
    let Some(person) = crate::person::load(connection, region, session.person).await? else {
        return Ok(None);
    };
    let officer_roles = officer::of_person(connection, region, person.id).await?;
    let memberships = enterprise::of_person(connection, region, person.id).await?;
    let mut premises = Vec::new();
    for membership in &memberships {
        let all = enterprise::load_premises(connection, region, membership.enterprise.id).await?;
        premises.extend(
            all.into_iter()
                .filter(|place| membership.premises.is_none_or(|only| only == place.id)),
        );
    }
    if now_ms - session.used_ms >= USE_STEP_MS {
        touch(database, session.id, now_ms).await?;
    }
    Ok(Some(Identity {
        session,
        person: Person::from(&person),
        officer_roles,
        memberships,
        premises,
    }))
}

async fn touch(database: &Database, id: Uuid, now_ms: i64) -> Result<(), Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                Entity::update_many()
                    .col_expr(Column::UsedMs, Expr::value(now_ms))
                    .filter(Column::Region.eq(region))
                    .filter(Column::Id.eq(id))
                    .filter(Column::UsedMs.lt(now_ms))
                    .exec(transaction)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Gives a session a new token: what somebody saw before the privileges changed is worth nothing
/// afterwards. `false` if the session has ended.
///
/// # Errors
/// If the database does not answer.
pub async fn rotate(database: &Database, id: Uuid, token: &Token) -> Result<bool, Error> {
    let region = database.region().to_owned();
    let hash = token.hash();
    database
        .write(move |transaction| {
            let (region, hash) = (region.clone(), hash.clone());
            Box::pin(async move {
                let Some(row) = Entity::find_by_id((region, id)).one(transaction).await? else {
                    return Ok(false);
                };
                let mut row = row.into_active_model();
                row.token_hash = Set(hash);
                Entity::update(row).exec(transaction).await?;
                Ok(true)
            })
        })
        .await
}

/// Open sessions of a person, the last used first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_person(
    database: &Database,
    person: Uuid,
    now_ms: i64,
) -> Result<Vec<Session>, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::UsedMs)
        .order_by_desc(Column::Id)
        .all(database.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(Session::from)
        .filter(|session| session.is_open(now_ms))
        .collect())
}

/// Ends one session of a person. `false` if the person has no such session.
///
/// # Errors
/// If the database does not answer.
pub async fn end(database: &Database, person: Uuid, id: Uuid) -> Result<bool, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                let result = Entity::delete_many()
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::Id.eq(id))
                    .filter(Column::PersonId.eq(person))
                    .exec(transaction)
                    .await?;
                Ok(result.rows_affected == 1)
            })
        })
        .await
}

/// Ends all sessions of a person.
///
/// # Errors
/// If the database does not answer.
pub async fn end_everywhere(database: &Database, person: Uuid) -> Result<(), Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move { end_all(transaction, &region, person).await })
        })
        .await
}

/// Ends all sessions of a person within a transaction.
pub(crate) async fn end_all(
    transaction: &DatabaseTransaction,
    region: &str,
    person: Uuid,
) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::Region.eq(region))
        .filter(Column::PersonId.eq(person))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Ends the sessions opened with a passkey within a transaction.
pub(crate) async fn end_of_passkey(
    transaction: &DatabaseTransaction,
    region: &str,
    passkey: Uuid,
) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::Region.eq(region))
        .filter(Column::PasskeyId.eq(passkey))
        .exec(transaction)
        .await?;
    Ok(())
}
