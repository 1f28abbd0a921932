//! Backup, restore and moving between engines: one format and one way of copying.
//!
//! A backup is a SQLite file that holds every table, and a manifest with the rows and the hash of
//! each. From SQLite it is taken with `VACUUM INTO`, from PostgreSQL by copying one snapshot. Rows
//! are hashed in the order of their keys as the program reads them, so the same rows have the same
//! hash in either engine.

mod backup;

pub use backup::{Manifest, backup, restore};

use crate::entity::{self, for_each_table};
use crate::migration::{self, hex};
use crate::{Database, Engine, Error, Location};
use futures_util::TryStreamExt;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Iterable,
    PaginatorTrait, PrimaryKeyToColumn, QueryOrder, Statement, StreamTrait,
};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Rows written with one statement.
const BATCH: usize = 200;

/// What a table holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableSummary {
    /// Its name.
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 over its rows in the order of their keys.
    pub hash: String,
}

/// What every table of a database holds, seen at one moment.
///
/// # Errors
/// If the database does not answer.
pub async fn summary(database: &Database) -> Result<Vec<TableSummary>, Error> {
    let snapshot = database.snapshot().await?;
    summarise_all(&snapshot).await
}

async fn summarise_all<C>(connection: &C) -> Result<Vec<TableSummary>, Error>
where
    C: ConnectionTrait + StreamTrait + Send + Sync,
{
    let mut tables = Vec::new();
    macro_rules! visit {
        ($table:ident) => {
            tables.push(summarise::<entity::$table::Entity, C>(connection).await?);
        };
    }
    for_each_table!(visit);
    Ok(tables)
}

/// All rows in the order of their keys.
fn ordered<E: EntityTrait>() -> sea_orm::Select<E> {
    E::PrimaryKey::iter().fold(E::find(), |select, key| {
        select.order_by_asc(key.into_column())
    })
}

async fn summarise<E, C>(connection: &C) -> Result<TableSummary, Error>
where
    E: EntityTrait,
    E::Model: Serialize,
    C: ConnectionTrait + StreamTrait + Send + Sync,
{
    let mut hash = Sha256::new();
    let mut rows = 0;
    let mut stream = ordered::<E>().stream(connection).await?;
    while let Some(row) = stream.try_next().await? {
        hash.update(line(&row)?);
        rows += 1;
    }
    Ok(TableSummary {
        table: E::default().table_name().to_owned(),
        rows,
        hash: hex(&hash.finalize()),
    })
}

/// A row as one line of JSON: fields in the order of the type, hence the same everywhere.
fn line<M: Serialize>(row: &M) -> Result<Vec<u8>, Error> {
    let mut line = serde_json::to_vec(row)
        .map_err(|error| Error::Driver(sea_orm::DbErr::Custom(error.to_string())))?;
    line.push(b'\n');
    Ok(line)
}

async fn copy<E>(from: &Database, to: &DatabaseTransaction) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let snapshot = from.snapshot().await?;
    let mut stream = ordered::<E>().stream(&snapshot).await?;
    let mut batch: Vec<E::ActiveModel> = Vec::with_capacity(BATCH);
    loop {
        let row = stream.try_next().await?;
        let is_last = row.is_none();
        batch.extend(row.map(|row| row.into_active_model().reset_all()));
        if (is_last && !batch.is_empty()) || batch.len() == BATCH {
            E::insert_many(std::mem::take(&mut batch))
                .exec_without_returning(to)
                .await?;
        }
        if is_last {
            return Ok(());
        }
    }
}

/// Copies every table of `from` into the empty tables of `to` in one transaction, and keeps the
/// result only if counts and hashes are the same afterwards.
///
/// # Errors
/// If the target holds rows and `replace` is false, or the copy differs.
pub async fn copy_all(
    from: &Database,
    to: &Database,
    replace: bool,
) -> Result<Vec<TableSummary>, Error> {
    let expected = summary(from).await?;
    let (from, expected) = (&from.clone(), &expected);
    to.write(move |transaction| {
        let (from, expected) = (from.clone(), expected.clone());
        Box::pin(async move {
            macro_rules! visit {
                ($table:ident) => {
                    empty::<entity::$table::Entity>(transaction, replace).await?;
                    copy::<entity::$table::Entity>(&from, transaction).await?;
                };
            }
            for_each_table!(visit);
            let found = summarise_all(transaction).await?;
            compare(&expected, &found)?;
            Ok(found)
        })
    })
    .await
}

/// Makes sure a table is empty: by refusing, or by deleting what it holds.
async fn empty<E>(transaction: &DatabaseTransaction, replace: bool) -> Result<(), Error>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    if replace {
        E::delete_many().exec(transaction).await?;
        return Ok(());
    }
    let rows = E::find().count(transaction).await?;
    if rows == 0 {
        Ok(())
    } else {
        Err(Error::NotEmpty {
            table: E::default().table_name().to_owned(),
            rows,
        })
    }
}

fn compare(expected: &[TableSummary], found: &[TableSummary]) -> Result<(), Error> {
    for (expected, found) in expected.iter().zip(found) {
        if expected != found {
            return Err(Error::CopyDiffers {
                table: expected.table.clone(),
                detail: format!(
                    "{} rows expected, {} found; hash {} expected, {} found",
                    expected.rows, found.rows, expected.hash, found.hash
                ),
            });
        }
    }
    Ok(())
}

/// Asks the engine whether its file is sound. PostgreSQL guards its pages itself.
///
/// # Errors
/// With what the engine found.
pub async fn integrity(database: &Database) -> Result<(), Error> {
    if database.engine() == Engine::Postgres {
        return database.ping().await;
    }
    for pragma in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
        let rows = database
            .connection()
            .query_all_raw(Statement::from_string(database.backend(), pragma))
            .await?;
        for row in rows {
            let finding: String = row.try_get_by_index(0)?;
            if finding != "ok" {
                return Err(Error::Integrity(finding));
            }
        }
    }
    Ok(())
}

/// Moves everything to another database: same counts, same hashes, or nothing at all.
///
/// # Errors
/// If the target is not empty or the copy differs.
pub async fn migrate_to(
    source: &Database,
    target: Location,
    replace: bool,
    now_ms: i64,
) -> Result<Vec<TableSummary>, Error> {
    migration::check(source).await?;
    let target = Database::open(target, source.region()).await?;
    migration::migrate(&target, now_ms).await?;
    let tables = copy_all(source, &target, replace).await?;
    target.close().await?;
    Ok(tables)
}
