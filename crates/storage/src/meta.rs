//! Facts about the installation: small names and values.

use crate::entity::meta;
use crate::{Database, Error};
use sea_orm::{EntityTrait, Set, sea_query::OnConflict};

/// When the installation was created, in epoch milliseconds.
pub const CREATED_MS: &str = "created-ms";

/// The value of a name.
///
/// # Errors
/// If the database does not answer.
pub async fn get(database: &Database, name: &str) -> Result<Option<String>, Error> {
    let row = meta::Entity::find_by_id((database.region().to_owned(), name.to_owned()))
        .one(database.connection())
        .await?;
    Ok(row.map(|row| row.value))
}

/// Sets a value unless the name has one already.
///
/// # Errors
/// If the database does not answer.
pub async fn set_once(database: &Database, name: &str, value: &str) -> Result<(), Error> {
    let row = meta::ActiveModel {
        region: Set(database.region().to_owned()),
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
    };
    database
        .write(move |transaction| {
            let row = row.clone();
            Box::pin(async move {
                meta::Entity::insert(row)
                    .on_conflict(
                        OnConflict::columns([meta::Column::Region, meta::Column::Name])
                            .do_nothing()
                            .to_owned(),
                    )
                    .exec_without_returning(transaction)
                    .await?;
                Ok(())
            })
        })
        .await
}
