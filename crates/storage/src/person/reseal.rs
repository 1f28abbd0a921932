//! Sealing everything anew after a rotation of keys.

use super::{load, place};
use crate::entity::person::{Column, Entity, Model};
use crate::vault::key_number;
use crate::{Database, Error, Vault};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

/// Seals everything anew that is not sealed under the active key. Returns how many persons changed.
///
/// # Errors
/// If the database does not answer or a value does not open; what was done before stays done.
pub async fn reseal(database: &Database, vault: &Vault) -> Result<u64, Error> {
    const BATCH: u64 = 200;
    let region = database.region().to_owned();
    let mut after = Uuid::nil();
    let mut changed = 0;
    loop {
        let ids: Vec<Uuid> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::Region.eq(region.as_str()))
            .filter(Column::Id.gt(after))
            .order_by_asc(Column::Id)
            .limit(BATCH)
            .into_tuple()
            .all(database.connection())
            .await?;
        let Some(last) = ids.last() else {
            return Ok(changed);
        };
        after = *last;
        for id in ids {
            changed += u64::from(reseal_one(database, vault, id).await?);
        }
    }
}

async fn reseal_one(database: &Database, vault: &Vault, id: Uuid) -> Result<bool, Error> {
    // The row is read twice: what is sealed anew must be what the transaction still finds.
    let region = database.region().to_owned();
    let Some(row) = load(database.connection(), &region, id).await? else {
        return Ok(false);
    };
    let active = vault.active_key();
    let again = |column: &str, sealed: &Option<Vec<u8>>| -> Result<Option<Vec<u8>>, Error> {
        match sealed {
            Some(value) if key_number(value) != Some(active) => {
                let text = vault.open(place(id, column), value)?;
                Ok(Some(vault.seal(place(id, column), &text)?))
            }
            other => Ok(other.clone()),
        }
    };
    let new = Model {
        sealed_name: again("sealed_name", &row.sealed_name)?,
        sealed_id_number: again("sealed_id_number", &row.sealed_id_number)?,
        sealed_phone: again("sealed_phone", &row.sealed_phone)?,
        sealed_address: again("sealed_address", &row.sealed_address)?,
        ..row.clone()
    };
    if new == row {
        return Ok(false);
    }
    database
        .write(move |transaction| {
            let (region, row, new) = (region.clone(), row.clone(), new.clone());
            Box::pin(async move {
                if load(transaction, &region, id).await?.as_ref() != Some(&row) {
                    return Err(Error::Conflict(
                        "a person changed while keys were rotated; run the rotation again",
                    ));
                }
                let mut changed = row.into_active_model();
                changed.sealed_name = Set(new.sealed_name);
                changed.sealed_id_number = Set(new.sealed_id_number);
                changed.sealed_phone = Set(new.sealed_phone);
                changed.sealed_address = Set(new.sealed_address);
                Entity::update(changed).exec(transaction).await?;
                Ok(true)
            })
        })
        .await
}
