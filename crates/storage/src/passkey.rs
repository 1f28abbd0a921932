//! Passkeys (通行密钥) of persons.

use crate::entity::passkey::{ActiveModel, Column, Entity, Model};
use crate::session::{self, NewSession};
use crate::{Database, Error, enrolment, person};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, Set,
};
use uuid::Uuid;

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Identifier.
    pub id: Uuid,
    /// Whose.
    pub person: Uuid,
    /// WebAuthn's identifier of it.
    pub credential_id: Vec<u8>,
    /// What the device knows the person by.
    pub user_handle: Uuid,
    /// What the person calls it.
    pub name: String,
    /// Compressed point of an ES256 key (33 bytes); empty for other algorithms.
    pub public_key: Vec<u8>,
    /// What the server's WebAuthn library keeps about it.
    pub state: String,
    /// When it was registered.
    pub created_ms: i64,
    /// When it was last used.
    pub used_ms: Option<i64>,
}

impl From<Model> for Passkey {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            person: row.person_id,
            credential_id: row.credential_id,
            user_handle: row.user_handle,
            name: row.name,
            public_key: row.public_key,
            state: row.state,
            created_ms: row.created_ms,
            used_ms: row.used_ms,
        }
    }
}

/// Passkeys of a person, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_person(database: &Database, person: Uuid) -> Result<Vec<Passkey>, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::PersonId.eq(person))
        .order_by_asc(Column::Id)
        .all(database.connection())
        .await?;
    Ok(rows.into_iter().map(Passkey::from).collect())
}

/// The passkey with WebAuthn's identifier.
///
/// # Errors
/// If the database does not answer.
pub async fn find(database: &Database, credential_id: &[u8]) -> Result<Option<Passkey>, Error> {
    let row = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::CredentialId.eq(credential_id.to_vec()))
        .one(database.connection())
        .await?;
    Ok(row.map(Passkey::from))
}

/// For whom a passkey is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registrant {
    /// Nobody known: an account is opened.
    New,
    /// Whoever is signed in.
    Known,
    /// The person an enrolment code was made for.
    Enrolled(enrolment::Enrolment),
}

/// What became of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// The passkey is registered and a session opened.
    Done,
    /// The device's passkey is registered already.
    KnownAlready,
    /// The enrolment code was used up or withdrawn meanwhile.
    CodeGone,
}

/// Registers a passkey, and opens a session with it.
///
/// # Errors
/// If the database does not answer.
pub async fn register(
    database: &Database,
    passkey: Passkey,
    registrant: Registrant,
    session: NewSession,
    now_ms: i64,
) -> Result<Registered, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let (region, passkey, session) = (region.clone(), passkey.clone(), session.clone());
            Box::pin(async move {
                let is_known = Entity::find()
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::CredentialId.eq(passkey.credential_id.clone()))
                    .count(transaction)
                    .await?
                    > 0;
                if is_known {
                    return Ok(Registered::KnownAlready);
                }
                match registrant {
                    Registrant::New => {
                        person::create(transaction, &region, passkey.person, "", now_ms).await?;
                    }
                    Registrant::Known => {}
                    Registrant::Enrolled(enrolment) => {
                        if !enrolment::use_up(transaction, &region, enrolment.id, now_ms).await? {
                            return Ok(Registered::CodeGone);
                        }
                        if enrolment.replaces {
                            remove_all(transaction, &region, enrolment.person).await?;
                            session::end_all(transaction, &region, enrolment.person).await?;
                        }
                    }
                }
                insert(transaction, &region, passkey).await?;
                session::insert(transaction, &region, session, now_ms).await?;
                Ok(Registered::Done)
            })
        })
        .await
}

async fn insert(
    transaction: &DatabaseTransaction,
    region: &str,
    passkey: Passkey,
) -> Result<(), Error> {
    Entity::insert(ActiveModel {
        region: Set(region.to_owned()),
        id: Set(passkey.id),
        person_id: Set(passkey.person),
        credential_id: Set(passkey.credential_id),
        user_handle: Set(passkey.user_handle),
        name: Set(passkey.name),
        public_key: Set(passkey.public_key),
        state: Set(passkey.state),
        created_ms: Set(passkey.created_ms),
        used_ms: Set(passkey.used_ms),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// Records a use of a passkey and opens a session with it. `false` if the passkey was removed
/// meanwhile.
///
/// # Errors
/// If the database does not answer.
pub async fn sign_in(
    database: &Database,
    id: Uuid,
    state: &str,
    session: NewSession,
    now_ms: i64,
) -> Result<bool, Error> {
    let region = database.region().to_owned();
    let state = state.to_owned();
    database
        .write(move |transaction| {
            let (region, state, session) = (region.clone(), state.clone(), session.clone());
            Box::pin(async move {
                let Some(row) = Entity::find_by_id((region.clone(), id))
                    .one(transaction)
                    .await?
                else {
                    return Ok(false);
                };
                if row.person_id != session.person {
                    return Ok(false);
                }
                let mut row = row.into_active_model();
                row.state = Set(state);
                row.used_ms = Set(Some(now_ms));
                Entity::update(row).exec(transaction).await?;
                session::insert(transaction, &region, session, now_ms).await?;
                Ok(true)
            })
        })
        .await
}

/// Renames a passkey of a person. `None` if the person has no such passkey.
///
/// # Errors
/// If the database does not answer.
pub async fn rename(
    database: &Database,
    person: Uuid,
    id: Uuid,
    name: &str,
) -> Result<Option<Passkey>, Error> {
    let region = database.region().to_owned();
    let name = name.to_owned();
    database
        .write(move |transaction| {
            let (region, name) = (region.clone(), name.clone());
            Box::pin(async move {
                let row = Entity::find_by_id((region, id)).one(transaction).await?;
                let Some(mut row) = row.filter(|row| row.person_id == person) else {
                    return Ok(None);
                };
                row.name = name.clone();
                let mut changed = row.clone().into_active_model();
                changed.name = Set(name);
                Entity::update(changed).exec(transaction).await?;
                Ok(Some(row.into()))
            })
        })
        .await
}

/// What became of a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It is gone, and so are the sessions opened with it.
    Done,
    /// The person has no such passkey.
    Unknown,
    /// It is the last, and the person would have no other way in.
    IsLast,
}

/// Removes a passkey of a person, and ends the sessions opened with it.
///
/// # Errors
/// If the database does not answer.
pub async fn remove(
    database: &Database,
    person: Uuid,
    id: Uuid,
    may_be_last: bool,
) -> Result<Removed, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                let rows = Entity::find()
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::PersonId.eq(person))
                    .all(transaction)
                    .await?;
                if !rows.iter().any(|row| row.id == id) {
                    return Ok(Removed::Unknown);
                }
                if rows.len() == 1 && !may_be_last {
                    return Ok(Removed::IsLast);
                }
                Entity::delete_by_id((region.clone(), id))
                    .exec(transaction)
                    .await?;
                session::end_of_passkey(transaction, &region, id).await?;
                Ok(Removed::Done)
            })
        })
        .await
}

/// Removes all passkeys of a person within a transaction.
pub(crate) async fn remove_all(
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
