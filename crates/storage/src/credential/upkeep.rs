//! What follows for credentials from changes elsewhere: passkeys that are gone, keys of the vault that
//! are rotated.

use super::{LOST, StoredCredential, place};
use crate::entity::credential::{Column, Entity};
use crate::entity::{passkey, person};
use crate::vault::key_number;
use crate::{Database, Error, Vault};
use sea_orm::sea_query::{Condition, Expr, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

/// Ends credentials whose passkey or person is gone, and erases the bytes of the latter: whoever
/// removes a passkey, recovers an account or deletes it need not think of credentials. Returns how
/// many ended.
///
/// # Errors
/// If the database does not answer.
pub async fn end_orphans(database: &Database, now_ms: i64) -> Result<u64, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                let persons = Query::select()
                    .column(person::Column::Id)
                    .from(person::Entity)
                    .and_where(person::Column::Region.eq(region.as_str()))
                    .to_owned();
                let passkeys = Query::select()
                    .column(passkey::Column::Id)
                    .from(passkey::Entity)
                    .and_where(passkey::Column::Region.eq(region.as_str()))
                    .to_owned();
                let is_nobodys = Column::PersonId.not_in_subquery(persons);
                let is_keyless = Column::PasskeyId
                    .is_not_null()
                    .and(Column::PasskeyId.not_in_subquery(passkeys));
                let ended = Entity::update_many()
                    .col_expr(Column::EndedMs, Expr::value(now_ms))
                    .col_expr(Column::EndReason, Expr::value(LOST))
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::EndedMs.is_null())
                    .filter(Column::ExpiresMs.gt(now_ms))
                    .filter(Condition::any().add(is_nobodys.clone()).add(is_keyless))
                    .exec(transaction)
                    .await?;
                Entity::update_many()
                    .col_expr(Column::SealedCredential, Expr::value(Vec::<u8>::new()))
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(is_nobodys)
                    .exec(transaction)
                    .await?;
                Ok(ended.rows_affected)
            })
        })
        .await
}

/// Seals everything anew that is not sealed under the active key. Returns how many changed.
///
/// # Errors
/// If the database does not answer or a value does not open; what was done before stays done.
pub async fn reseal(database: &Database, vault: &Vault) -> Result<u64, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .all(database.connection())
        .await?;
    let mut changed = 0;
    for row in rows.into_iter().map(StoredCredential::from) {
        let number = key_number(&row.sealed);
        if number.is_none() || number == Some(vault.active_key()) {
            continue;
        }
        let text = vault.open(place(row.id), &row.sealed)?;
        let sealed = vault.seal(place(row.id), &text)?;
        let region = database.region().to_owned();
        changed += database
            .write(move |transaction| {
                let (region, row, sealed) = (region.clone(), row.clone(), sealed.clone());
                Box::pin(async move {
                    // Bytes that were erased meanwhile stay erased.
                    let updated = Entity::update_many()
                        .col_expr(Column::SealedCredential, Expr::value(sealed))
                        .filter(Column::Region.eq(region.as_str()))
                        .filter(Column::Id.eq(row.id))
                        .filter(Column::SealedCredential.eq(row.sealed))
                        .exec(transaction)
                        .await?;
                    Ok(updated.rows_affected)
                })
            })
            .await?;
    }
    Ok(changed)
}
