//! Persons: accounts, and behind the vault's door what identifies them.
//!
//! [`read`] is the one way to a person's data for anybody else: it writes the entry in the access
//! log first, in the same transaction, and returns the data only with the entry's number.

mod proof;
mod reseal;

pub use proof::{Proved, enrol_at_counter, prove};
pub use reseal::reseal;

use crate::access_log::{self, Reading};
use crate::entity::person::{ActiveModel, Column, Entity, Model};
use crate::entity::{enrolment_code, membership, officer_role};
use crate::vault::Place;
use crate::{Database, Error, Vault};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    Set,
};
use uuid::Uuid;

/// Name of the blind index of ID numbers.
const ID_NUMBER: &str = "person.id_number";

/// An account, without anything that identifies a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Identifier.
    pub id: Uuid,
    /// What a member of staff is called; empty for citizens.
    pub label: String,
    /// Since when.
    pub created_ms: i64,
    /// The proof of the name.
    pub proof: Option<Proof>,
}

/// A proof of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// By which way, as on the wire.
    pub method: String,
    /// When.
    pub proved_ms: i64,
    /// Whether the person is made up.
    pub is_demonstration: bool,
}

/// What identifies a person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PersonData {
    /// Name.
    pub name: String,
    /// ID number.
    pub id_number: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
}

impl std::fmt::Debug for PersonData {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PersonData(…)")
    }
}

impl From<&Model> for Person {
    fn from(row: &Model) -> Self {
        let proof = match (&row.proof_method, row.proved_ms) {
            (Some(method), Some(proved_ms)) => Some(Proof {
                method: method.clone(),
                proved_ms,
                is_demonstration: row.is_demonstration,
            }),
            _ => None,
        };
        Self {
            id: row.id,
            label: row.label.clone(),
            created_ms: row.created_ms,
            proof,
        }
    }
}

/// Opens an account within a transaction.
pub(crate) async fn create(
    transaction: &DatabaseTransaction,
    region: &str,
    id: Uuid,
    label: &str,
    now_ms: i64,
) -> Result<(), Error> {
    Entity::insert(ActiveModel {
        region: Set(region.to_owned()),
        id: Set(id),
        label: Set(label.to_owned()),
        created_ms: Set(now_ms),
        proof_method: Set(None),
        proved_ms: Set(None),
        is_demonstration: Set(false),
        id_number_index: Set(None),
        sealed_name: Set(None),
        sealed_id_number: Set(None),
        sealed_phone: Set(None),
        sealed_address: Set(None),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// An account by its identifier.
///
/// # Errors
/// If the database does not answer.
pub async fn find(database: &Database, id: Uuid) -> Result<Option<Person>, Error> {
    let row = load(database.connection(), database.region(), id).await?;
    Ok(row.as_ref().map(Person::from))
}

pub(crate) async fn load(
    connection: &impl ConnectionTrait,
    region: &str,
    id: Uuid,
) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id((region.to_owned(), id))
        .one(connection)
        .await?)
}

/// The account of the person with an ID number.
///
/// # Errors
/// If the database does not answer.
pub async fn find_by_id_number(
    database: &Database,
    vault: &Vault,
    id_number: &str,
) -> Result<Option<Uuid>, Error> {
    let index = vault.index(ID_NUMBER, id_number);
    Ok(by_index(database.connection(), database.region(), index)
        .await?
        .map(|row| row.id))
}

async fn by_index(
    connection: &impl ConnectionTrait,
    region: &str,
    index: Vec<u8>,
) -> Result<Option<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::Region.eq(region))
        .filter(Column::IdNumberIndex.eq(index))
        .one(connection)
        .await?)
}

/// Reads a person's data for somebody: entry first, then the row. `None` if there is no such
/// person or nothing is proved about them; then there is no entry either.
///
/// # Errors
/// If the database does not answer or a value does not open.
pub async fn read(
    database: &Database,
    vault: &Vault,
    reading: &Reading,
    id: Uuid,
    now_ms: i64,
) -> Result<Option<(Person, PersonData, i64)>, Error> {
    let region = database.region().to_owned();
    let reading = reading.clone();
    let read = database
        .write(move |transaction| {
            let (region, reading) = (region.clone(), reading.clone());
            Box::pin(async move {
                let Some(row) = load(transaction, &region, id).await? else {
                    return Ok(None);
                };
                if row.sealed_id_number.is_none() {
                    return Ok(None);
                }
                let number = access_log::append(transaction, &region, &reading, id, now_ms).await?;
                Ok(Some((row, number)))
            })
        })
        .await?;
    match read {
        None => Ok(None),
        Some((row, number)) => {
            let data = open(vault, &row)?;
            Ok(data.map(|data| (Person::from(&row), data, number)))
        }
    }
}

/// A person's own data, for that person: their own look leaves no entry.
///
/// # Errors
/// If the database does not answer or a value does not open.
pub async fn read_own(
    database: &Database,
    vault: &Vault,
    id: Uuid,
) -> Result<Option<PersonData>, Error> {
    match load(database.connection(), database.region(), id).await? {
        None => Ok(None),
        Some(row) => open(vault, &row),
    }
}

fn place(row: Uuid, column: &str) -> Place<'_> {
    Place {
        table: "person",
        column,
        row,
    }
}

fn open(vault: &Vault, row: &Model) -> Result<Option<PersonData>, Error> {
    let value = |column: &str, sealed: &Option<Vec<u8>>| {
        sealed
            .as_ref()
            .map(|sealed| vault.open(place(row.id, column), sealed))
            .transpose()
    };
    let name = value("sealed_name", &row.sealed_name)?;
    let id_number = value("sealed_id_number", &row.sealed_id_number)?;
    let (Some(name), Some(id_number)) = (name, id_number) else {
        return Ok(None);
    };
    Ok(Some(PersonData {
        name,
        id_number,
        phone: value("sealed_phone", &row.sealed_phone)?,
        address: value("sealed_address", &row.sealed_address)?,
    }))
}

/// Changes telephone and address.
///
/// # Errors
/// If the database does not answer.
pub async fn change_contact(
    database: &Database,
    vault: &Vault,
    id: Uuid,
    phone: Option<&str>,
    address: Option<&str>,
) -> Result<(), Error> {
    let region = database.region().to_owned();
    let seal = |column: &str, value: Option<&str>| {
        value
            .map(|value| vault.seal(place(id, column), value))
            .transpose()
    };
    let phone = seal("sealed_phone", phone)?;
    let address = seal("sealed_address", address)?;
    database
        .write(move |transaction| {
            let (region, phone, address) = (region.clone(), phone.clone(), address.clone());
            Box::pin(async move {
                if let Some(row) = load(transaction, &region, id).await? {
                    let mut row = row.into_active_model();
                    row.sealed_phone = Set(phone);
                    row.sealed_address = Set(address);
                    Entity::update(row).exec(transaction).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Deletes an account with everything that hangs on it. The access log keeps its entries: they name
/// an identifier that no longer means anybody.
///
/// # Errors
/// If the database does not answer.
pub async fn delete(database: &Database, id: Uuid) -> Result<(), Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                crate::session::end_all(transaction, &region, id).await?;
                crate::passkey::remove_all(transaction, &region, id).await?;
                enrolment_code::Entity::delete_many()
                    .filter(enrolment_code::Column::Region.eq(region.as_str()))
                    .filter(enrolment_code::Column::PersonId.eq(id))
                    .exec(transaction)
                    .await?;
                membership::Entity::delete_many()
                    .filter(membership::Column::Region.eq(region.as_str()))
                    .filter(membership::Column::PersonId.eq(id))
                    .exec(transaction)
                    .await?;
                officer_role::Entity::delete_many()
                    .filter(officer_role::Column::Region.eq(region.as_str()))
                    .filter(officer_role::Column::PersonId.eq(id))
                    .exec(transaction)
                    .await?;
                Entity::delete_by_id((region, id)).exec(transaction).await?;
                Ok(())
            })
        })
        .await
}
