//! One-time enrolment codes (一次性登记码): whoever has one may register a passkey for the person
//! it was made for.

use crate::entity::enrolment_code::{ActiveModel, Column, Entity, Model};
use crate::vault::random;
use crate::{Database, Error};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Letters and digits that are hard to mistake for each other (Crockford's alphabet).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code: 80 bits.
const CHARACTERS: usize = 16;

/// A code that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// Identifier.
    pub id: Uuid,
    /// Whose passkey is registered with it.
    pub person: Uuid,
    /// Whether the person's passkeys and sessions of before end then.
    pub replaces: bool,
}

/// Makes a code for a person within a transaction; codes made for them before end.
///
/// # Errors
/// If the database does not answer.
pub async fn make(
    transaction: &DatabaseTransaction,
    region: &str,
    person: Uuid,
    replaces: bool,
    now_ms: i64,
    life_ms: i64,
    code: &str,
) -> Result<(), Error> {
    withdraw(transaction, region, person).await?;
    Entity::insert(ActiveModel {
        region: Set(region.to_owned()),
        id: Set(Uuid::now_v7()),
        code_hash: Set(hash(code)),
        person_id: Set(person),
        replaces: Set(replaces),
        created_ms: Set(now_ms),
        ends_ms: Set(now_ms + life_ms),
        used_ms: Set(None),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

/// Withdraws the codes made for a person.
pub(crate) async fn withdraw(
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

/// The person a code was made for; `None` if it is wrong, used or too old.
///
/// # Errors
/// If the database does not answer.
pub async fn find(
    database: &Database,
    code: &str,
    now_ms: i64,
) -> Result<Option<Enrolment>, Error> {
    let row = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::CodeHash.eq(hash(code)))
        .one(database.connection())
        .await?;
    Ok(row.and_then(|row| usable(&row, now_ms)))
}

fn usable(row: &Model, now_ms: i64) -> Option<Enrolment> {
    (row.used_ms.is_none() && row.ends_ms >= now_ms).then_some(Enrolment {
        id: row.id,
        person: row.person_id,
        replaces: row.replaces,
    })
}

/// Uses a code up within a transaction; `false` if somebody else was faster or its time is over.
pub(crate) async fn use_up(
    transaction: &DatabaseTransaction,
    region: &str,
    id: Uuid,
    now_ms: i64,
) -> Result<bool, Error> {
    let result = Entity::update_many()
        .col_expr(Column::UsedMs, Expr::value(Some(now_ms)))
        .filter(Column::Region.eq(region))
        .filter(Column::Id.eq(id))
        .filter(Column::UsedMs.is_null())
        .filter(Column::EndsMs.gte(now_ms))
        .exec(transaction)
        .await?;
    Ok(result.rows_affected == 1)
}

/// A new random code in groups of four.
///
/// # Errors
/// If the machine gives no randomness.
pub fn new_code() -> Result<String, Error> {
    let bytes: [u8; CHARACTERS] = random()?;
    let mut code = String::new();
    for (index, byte) in bytes.into_iter().enumerate() {
        if index > 0 && index % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Ok(code)
}

/// The hash under which a code is kept; how it was typed does not matter.
fn hash(code: &str) -> Vec<u8> {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Sha256::digest(plain.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = new_code().unwrap();
        assert_eq!(code.len(), 19);
        assert_eq!(hash(&code), hash(&code.to_lowercase().replace('-', " ")));
        assert_eq!(hash("O1IL"), hash("o-1-1-1"));
        assert_ne!(new_code().unwrap(), code);
    }
}
