//! Proving who somebody is: by a register, by an identity service, or at a counter.

use super::{ID_NUMBER, PersonData, Proof, by_index, create, load, place};
use crate::access_log::{self, Reading};
use crate::entity::person::Entity;
use crate::entity::{membership, passkey, session};
use crate::{Database, Error, Vault};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, Set};
use uuid::Uuid;

/// What became of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// The account has the proved name now.
    Here,
    /// The person has another account; nothing was changed.
    Elsewhere,
    /// The account was joined to the one the person had; that one's old passkeys and sessions
    /// ended. This is its identifier.
    Recovered(Uuid),
    /// The account already belongs to a person with another ID number; nothing was changed.
    SomebodyElse,
}

/// What sealing prepares once, outside the transaction that may be repeated.
#[derive(Clone)]
struct Sealed {
    name: Vec<u8>,
    id_number: Vec<u8>,
    phone: Option<Vec<u8>>,
    address: Option<Vec<u8>>,
}

fn seal(vault: &Vault, id: Uuid, data: &PersonData) -> Result<Sealed, Error> {
    let optional = |column: &str, value: &Option<String>| {
        value
            .as_ref()
            .map(|value| vault.seal(place(id, column), value))
            .transpose()
    };
    Ok(Sealed {
        name: vault.seal(place(id, "sealed_name"), &data.name)?,
        id_number: vault.seal(place(id, "sealed_id_number"), &data.id_number)?,
        phone: optional("sealed_phone", &data.phone)?,
        address: optional("sealed_address", &data.address)?,
    })
}

/// Records that an account's person is proved to be somebody.
///
/// If that person has an account already, then `recover` decides: without it nothing changes, with
/// it the passkeys of this account move there, and what was registered there before ends, because a
/// lost phone must not stay a key.
///
/// # Errors
/// If the database does not answer.
pub async fn prove(
    database: &Database,
    vault: &Vault,
    id: Uuid,
    data: &PersonData,
    proof: &Proof,
    recover: bool,
) -> Result<Proved, Error> {
    let region = database.region().to_owned();
    let index = vault.index(ID_NUMBER, &data.id_number);
    let sealed = seal(vault, id, data)?;
    let proof = proof.clone();
    database
        .write(move |transaction| {
            let (region, index, sealed, proof) =
                (region.clone(), index.clone(), sealed.clone(), proof.clone());
            Box::pin(async move {
                let known = by_index(transaction, &region, index.clone()).await?;
                if let Some(known) = known.filter(|known| known.id != id) {
                    if !recover {
                        return Ok(Proved::Elsewhere);
                    }
                    let own = load(transaction, &region, id).await?;
                    if own.is_some_and(|own| own.id_number_index.is_some()) {
                        return Ok(Proved::SomebodyElse);
                    }
                    join(transaction, &region, id, known.id).await?;
                    return Ok(Proved::Recovered(known.id));
                }
                let Some(row) = load(transaction, &region, id).await? else {
                    return Err(Error::Conflict("the account was deleted meanwhile"));
                };
                if row
                    .id_number_index
                    .as_ref()
                    .is_some_and(|known| *known != index)
                {
                    return Ok(Proved::SomebodyElse);
                }
                let mut row = row.into_active_model();
                row.proof_method = Set(Some(proof.method));
                row.proved_ms = Set(Some(proof.proved_ms));
                row.is_demonstration = Set(proof.is_demonstration);
                row.id_number_index = Set(Some(index));
                row.sealed_name = Set(Some(sealed.name));
                row.sealed_id_number = Set(Some(sealed.id_number));
                row.sealed_phone = Set(sealed.phone);
                row.sealed_address = Set(sealed.address);
                Entity::update(row).exec(transaction).await?;
                Ok(Proved::Here)
            })
        })
        .await
}

/// Moves the passkeys and the sessions of a new account to the one its person had, whose own end.
async fn join(
    transaction: &DatabaseTransaction,
    region: &str,
    from: Uuid,
    to: Uuid,
) -> Result<(), Error> {
    crate::passkey::remove_all(transaction, region, to).await?;
    crate::session::end_all(transaction, region, to).await?;
    crate::enrolment::withdraw(transaction, region, to).await?;
    passkey::Entity::update_many()
        .col_expr(passkey::Column::PersonId, Expr::value(to))
        .filter(passkey::Column::Region.eq(region))
        .filter(passkey::Column::PersonId.eq(from))
        .exec(transaction)
        .await?;
    session::Entity::update_many()
        .col_expr(session::Column::PersonId, Expr::value(to))
        .filter(session::Column::Region.eq(region))
        .filter(session::Column::PersonId.eq(from))
        .exec(transaction)
        .await?;
    membership::Entity::update_many()
        .col_expr(membership::Column::PersonId, Expr::value(to))
        .filter(membership::Column::Region.eq(region))
        .filter(membership::Column::PersonId.eq(from))
        .exec(transaction)
        .await?;
    Entity::delete_by_id((region.to_owned(), from))
        .exec(transaction)
        .await?;
    Ok(())
}

/// A person at a counter: finds or opens their account, and makes a one-time code for it.
///
/// # Errors
/// If the database does not answer.
#[allow(clippy::too_many_arguments, reason = "one transaction of the counter")]
pub async fn enrol_at_counter(
    database: &Database,
    vault: &Vault,
    reading: &Reading,
    data: &PersonData,
    proof: &Proof,
    code: &str,
    now_ms: i64,
    life_ms: i64,
) -> Result<Uuid, Error> {
    let region = database.region().to_owned();
    let index = vault.index(ID_NUMBER, &data.id_number);
    let new = Uuid::now_v7();
    let sealed = seal(vault, new, data)?;
    let (reading, proof, code) = (reading.clone(), proof.clone(), code.to_owned());
    database
        .write(move |transaction| {
            let (region, index, sealed, reading, proof, code) = (
                region.clone(),
                index.clone(),
                sealed.clone(),
                reading.clone(),
                proof.clone(),
                code.clone(),
            );
            Box::pin(async move {
                let id = match by_index(transaction, &region, index.clone()).await? {
                    Some(known) => known.id,
                    None => {
                        create(transaction, &region, new, "", now_ms).await?;
                        let row = load(transaction, &region, new)
                            .await?
                            .ok_or(Error::Conflict("the new account is gone"))?;
                        let mut row = row.into_active_model();
                        row.proof_method = Set(Some(proof.method));
                        row.proved_ms = Set(Some(proof.proved_ms));
                        row.is_demonstration = Set(proof.is_demonstration);
                        row.id_number_index = Set(Some(index));
                        row.sealed_name = Set(Some(sealed.name));
                        row.sealed_id_number = Set(Some(sealed.id_number));
                        Entity::update(row).exec(transaction).await?;
                        new
                    }
                };
                access_log::append(transaction, &region, &reading, id, now_ms).await?;
                crate::enrolment::make(transaction, &region, id, true, now_ms, life_ms, &code)
                    .await?;
                Ok(id)
            })
        })
        .await
}
