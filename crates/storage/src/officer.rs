//! Officers and supervisors, by department and hall.

use crate::entity::officer_role::{ActiveModel, Column, Entity};
use crate::entity::person;
use crate::{Database, Error};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set,
};
use uuid::Uuid;

/// What an officer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficerKind {
    /// Deals with cases (民警).
    Officer,
    /// Examines how they are dealt with (督导).
    Supervisor,
}

impl OfficerKind {
    /// As it is stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        [Self::Officer, Self::Supervisor]
            .into_iter()
            .find(|kind| kind.id() == id)
    }
}

/// A role of an officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerRole {
    /// Which.
    pub kind: OfficerKind,
    /// Department's identifier.
    pub department: String,
    /// Hall (a service point); empty for all halls.
    pub hall: String,
}

/// Roles of a person.
pub(crate) async fn of_person(
    connection: &impl ConnectionTrait,
    region: &str,
    person: Uuid,
) -> Result<Vec<OfficerRole>, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(region))
        .filter(Column::PersonId.eq(person))
        .order_by_asc(Column::Id)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(OfficerRole {
                kind: OfficerKind::from_id(&row.role)?,
                department: row.department,
                hall: row.hall,
            })
        })
        .collect())
}

/// Gives a person a role within a transaction.
pub(crate) async fn grant(
    transaction: &DatabaseTransaction,
    region: &str,
    person: Uuid,
    role: OfficerRole,
    now_ms: i64,
) -> Result<(), Error> {
    Entity::insert(ActiveModel {
        region: Set(region.to_owned()),
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        role: Set(role.kind.id().to_owned()),
        department: Set(role.department),
        hall: Set(role.hall),
        created_ms: Set(now_ms),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// An account of an officer, with a one-time code to register its passkey. If an officer with this
/// label and role exists, they get a new code: using it ends their passkeys of before.
///
/// # Errors
/// If the database does not answer.
pub async fn create(
    database: &Database,
    label: &str,
    role: OfficerRole,
    code: &str,
    now_ms: i64,
    life_ms: i64,
) -> Result<Uuid, Error> {
    let region = database.region().to_owned();
    let (label, code) = (label.to_owned(), code.to_owned());
    let new = Uuid::now_v7();
    database
        .write(move |transaction| {
            let (region, label, code, role) =
                (region.clone(), label.clone(), code.clone(), role.clone());
            Box::pin(async move {
                let mut id = None;
                for known in person::Entity::find()
                    .filter(person::Column::Region.eq(region.as_str()))
                    .filter(person::Column::Label.eq(label.as_str()))
                    .all(transaction)
                    .await?
                {
                    let roles = of_person(transaction, &region, known.id).await?;
                    if roles.contains(&role) {
                        id = Some(known.id);
                    }
                }
                let id = match id {
                    Some(id) => id,
                    None => {
                        crate::person::create(transaction, &region, new, &label, now_ms).await?;
                        grant(transaction, &region, new, role, now_ms).await?;
                        new
                    }
                };
                crate::enrolment::make(transaction, &region, id, true, now_ms, life_ms, &code)
                    .await?;
                Ok(id)
            })
        })
        .await
}
