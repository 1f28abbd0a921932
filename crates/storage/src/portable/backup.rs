//! Backup and restore: one SQLite file with a manifest, whichever engine it was taken from.

use super::{TableSummary, copy_all, integrity, summary};
use crate::{Database, Engine, Error, migration};
use sea_orm::{ConnectionTrait, Statement};
use serde::Serialize;
use std::path::{Path, PathBuf};

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
