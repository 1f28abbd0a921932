//! Backup, restore and moving between engines: one format and one way of copying.
//!
//! A backup is a SQLite file that holds every table, and a manifest with the rows and the hash of
//! each. From SQLite it is taken with `VACUUM INTO`, from PostgreSQL by copying one snapshot. Rows
//! are hashed in the order of their keys as the program reads them, so the same rows have the same
//! hash in either engine.

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
use std::path::{Path, PathBuf};

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

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// When it was taken.
    pub created_ms: i64,
    /// The newest migration in it.
    pub migration: i32,
    /// Every table.
    pub tables: Vec<TableSummary>,
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

/// Takes a backup of a running or stopped installation. The file appears only when it is whole.
///
/// # Errors
/// If the file exists, cannot be written, or the database fails.
pub async fn backup(database: &Database, file: &Path, now_ms: i64) -> Result<Manifest, Error> {
    if file.exists() {
        return Err(Error::FileExists(file.to_owned()));
    }
    migration::check(database).await?;
    let partial = with_suffix(file, ".partial");
    remove_if_there(&partial)?;
    let taken = take(database, &partial, now_ms).await;
    if taken.is_err() {
        let _ = remove_if_there(&partial);
    }
    let manifest = taken?;
    let io = |path: &Path| {
        let path = path.to_owned();
        move |reason| Error::File { path, reason }
    };
    let whole = std::fs::File::open(&partial).map_err(io(&partial))?;
    whole.sync_all().map_err(io(&partial))?;
    std::fs::rename(&partial, file).map_err(io(file))?;
    if let Some(folder) = file.parent().filter(|folder| *folder != Path::new("")) {
        let folder_handle = std::fs::File::open(folder).map_err(io(folder))?;
        folder_handle.sync_all().map_err(io(folder))?;
    }
    Ok(manifest)
}

async fn take(database: &Database, partial: &Path, now_ms: i64) -> Result<Manifest, Error> {
    let copy = match database.engine() {
        Engine::Sqlite => {
            database
                .connection()
                .execute_raw(Statement::from_sql_and_values(
                    database.backend(),
                    "VACUUM INTO $1",
                    [partial.display().to_string().into()],
                ))
                .await?;
            Database::open_single_file(partial, database.region(), false).await?
        }
        Engine::Postgres => {
            let copy = Database::open_single_file(partial, database.region(), true).await?;
            migration::migrate(&copy, now_ms).await?;
            copy_all(database, &copy, false).await?;
            copy
        }
    };
    let manifest = Manifest {
        created_ms: now_ms,
        migration: migration::newest(),
        tables: summary(&copy).await?,
    };
    write_manifest(&copy, &manifest).await?;
    copy.close().await?;
    Ok(manifest)
}

async fn write_manifest(copy: &Database, manifest: &Manifest) -> Result<(), Error> {
    copy.write(move |transaction| {
        let manifest = manifest.clone();
        Box::pin(async move {
            let backend = ConnectionTrait::get_database_backend(transaction);
            for statement in [
                "CREATE TABLE backup (created_ms BIGINT NOT NULL, migration INTEGER NOT NULL)",
                "CREATE TABLE backup_table (name TEXT NOT NULL PRIMARY KEY, rows BIGINT NOT NULL, hash TEXT NOT NULL)",
            ] {
                transaction.execute_unprepared(statement).await?;
            }
            transaction
                .execute_raw(Statement::from_sql_and_values(
                    backend,
                    "INSERT INTO backup VALUES ($1, $2)",
                    [manifest.created_ms.into(), manifest.migration.into()],
                ))
                .await?;
            for table in manifest.tables {
                let rows = i64::try_from(table.rows).unwrap_or(i64::MAX);
                transaction
                    .execute_raw(Statement::from_sql_and_values(
                        backend,
                        "INSERT INTO backup_table VALUES ($1, $2, $3)",
                        [table.table.into(), rows.into(), table.hash.into()],
                    ))
                    .await?;
            }
            Ok(())
        })
    })
    .await
}

/// Restores a backup into a database. Nothing of the target changes unless all of it fits.
///
/// # Errors
/// If the file is damaged, the target not empty (and `replace` is false), or the copy differs.
pub async fn restore(
    file: &Path,
    target: &Database,
    replace: bool,
    now_ms: i64,
) -> Result<Manifest, Error> {
    let (source, _folder, manifest) = open_backup(file, target.region(), now_ms).await?;
    migration::migrate(target, now_ms).await?;
    copy_all(&source, target, replace).await?;
    source.close().await?;
    Ok(manifest)
}

/// Opens a copy of a backup file, proves that it is whole, and brings the copy to this program's
/// migrations. The file itself is only read.
async fn open_backup(
    file: &Path,
    region: &str,
    now_ms: i64,
) -> Result<(Database, tempfile::TempDir, Manifest), Error> {
    let damaged = |reason: String| Error::Damaged {
        file: file.to_owned(),
        reason,
    };
    let io = |reason| Error::File {
        path: file.to_owned(),
        reason,
    };
    let folder = tempfile::tempdir().map_err(io)?;
    let copy = folder.path().join("backup.sqlite3");
    std::fs::copy(file, &copy).map_err(io)?;
    let source = Database::open_single_file(&copy, region, false)
        .await
        .map_err(|error| damaged(error.to_string()))?;
    integrity(&source)
        .await
        .map_err(|error| damaged(error.to_string()))?;
    let manifest = read_manifest(&source)
        .await
        .map_err(|error| damaged(format!("no manifest ({error})")))?;
    migration::migrate(&source, now_ms).await?;
    let is_same_layout = manifest.migration == migration::newest();
    let found = summary(&source).await?;
    for table in &manifest.tables {
        let fits = found.iter().any(|found| {
            found.table == table.table
                && found.rows == table.rows
                && (!is_same_layout || found.hash == table.hash)
        });
        if !fits {
            return Err(damaged(format!(
                "table {} does not hold what the manifest says",
                table.table
            )));
        }
    }
    Ok((source, folder, manifest))
}

async fn read_manifest(source: &Database) -> Result<Manifest, Error> {
    let query = |sql: &str| Statement::from_string(source.backend(), sql);
    let head = source
        .connection()
        .query_one_raw(query("SELECT created_ms, migration FROM backup"))
        .await?
        .ok_or_else(|| Error::Integrity("the manifest is empty".to_owned()))?;
    let rows = source
        .connection()
        .query_all_raw(query(
            "SELECT name, rows, hash FROM backup_table ORDER BY rowid",
        ))
        .await?;
    let mut tables = Vec::new();
    for row in rows {
        let rows: i64 = row.try_get("", "rows")?;
        tables.push(TableSummary {
            table: row.try_get("", "name")?,
            rows: u64::try_from(rows).unwrap_or(0),
            hash: row.try_get("", "hash")?,
        });
    }
    Ok(Manifest {
        created_ms: head.try_get("", "created_ms")?,
        migration: head.try_get("", "migration")?,
        tables,
    })
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

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove_if_there(file: &Path) -> Result<(), Error> {
    match std::fs::remove_file(file) {
        Err(reason) if reason.kind() != std::io::ErrorKind::NotFound => Err(Error::File {
            path: file.to_owned(),
            reason,
        }),
        _ => Ok(()),
    }
}
