//! Migrations: numbered SQL files, forward only, each in the wording in which it was applied.
//!
//! One wording serves both engines; three placeholders stand for what they name differently:
//! `{text}` (PostgreSQL compares by bytes as SQLite does, so that both sort alike), `{uuid}` and
//! `{bytes}`.

use crate::{Database, Engine, Error};
use sea_orm::{ConnectionTrait, Statement};
use sha2::{Digest, Sha256};

/// One migration.
struct Migration {
    number: i32,
    name: &'static str,
    sql: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "foundation",
        sql: include_str!("migrations/0001_foundation.sql"),
    },
    Migration {
        number: 2,
        name: "identity",
        sql: include_str!("migrations/0002_identity.sql"),
    },
    Migration {
        number: 3,
        name: "credential",
        sql: include_str!("migrations/0003_credential.sql"),
    },
];

/// The number of the newest migration this program knows.
#[must_use]
pub fn newest() -> i32 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

impl Migration {
    /// Fingerprint of the wording. Line ends do not count.
    fn checksum(&self) -> String {
        let mut hash = Sha256::new();
        for line in self.sql.lines() {
            hash.update(line.trim_end());
            hash.update(b"\n");
        }
        hex(&hash.finalize())
    }

    /// The statements in an engine's own words.
    fn statements(&self, engine: Engine) -> Vec<String> {
        let (text, uuid, bytes) = match engine {
            Engine::Sqlite => ("TEXT", "BLOB", "BLOB"),
            Engine::Postgres => ("TEXT COLLATE \"C\"", "UUID", "BYTEA"),
        };
        let sql: String = self
            .sql
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"))
            .flat_map(|line| [line, "\n"])
            .collect();
        sql.replace("{text}", text)
            .replace("{uuid}", uuid)
            .replace("{bytes}", bytes)
            .split(';')
            .map(str::trim)
            .filter(|statement| !statement.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

/// What the database says of an applied migration.
struct Applied {
    number: i32,
    name: String,
    checksum: String,
}

async fn applied(connection: &impl ConnectionTrait) -> Result<Vec<Applied>, Error> {
    let rows = connection
        .query_all_raw(Statement::from_string(
            connection.get_database_backend(),
            "SELECT number, name, checksum FROM schema_migration ORDER BY number",
        ))
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Applied {
                number: row.try_get("", "number")?,
                name: row.try_get("", "name")?,
                checksum: row.try_get("", "checksum")?,
            })
        })
        .collect()
}

/// Whether the applied migrations are the ones this program knows, in the same wording.
fn compare(applied: &[Applied]) -> Result<(), Error> {
    for found in applied {
        let Some(known) = MIGRATIONS
            .iter()
            .find(|migration| migration.number == found.number)
        else {
            return Err(Error::NewerDatabase {
                number: found.number,
                name: found.name.clone(),
            });
        };
        if known.checksum() != found.checksum {
            return Err(Error::ChangedMigration {
                number: found.number,
                name: found.name.clone(),
            });
        }
    }
    Ok(())
}

/// Applies what is missing and returns the names of what was applied now.
///
/// # Errors
/// If the database is newer than the program, a migration was changed, or a statement fails;
/// then nothing is applied.
pub async fn migrate(database: &Database, now_ms: i64) -> Result<Vec<&'static str>, Error> {
    let engine = database.engine();
    database
        .write(move |transaction| {
            Box::pin(async move {
                let backend = transaction.get_database_backend();
                transaction
                    .execute_unprepared(
                        "CREATE TABLE IF NOT EXISTS schema_migration (\
                         number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, \
                         checksum TEXT NOT NULL, applied_ms BIGINT NOT NULL)",
                    )
                    .await?;
                let applied = applied(transaction).await?;
                compare(&applied)?;
                let mut done = Vec::new();
                for migration in MIGRATIONS {
                    if applied.iter().any(|found| found.number == migration.number) {
                        continue;
                    }
                    for statement in migration.statements(engine) {
                        transaction.execute_unprepared(&statement).await?;
                    }
                    transaction
                        .execute_raw(Statement::from_sql_and_values(
                            backend,
                            "INSERT INTO schema_migration (number, name, checksum, applied_ms) \
                             VALUES ($1, $2, $3, $4)",
                            [
                                migration.number.into(),
                                migration.name.into(),
                                migration.checksum().into(),
                                now_ms.into(),
                            ],
                        ))
                        .await?;
                    done.push(migration.name);
                }
                Ok(done)
            })
        })
        .await
}

/// Checks, without changing anything, that the database is exactly at this program's migrations.
///
/// # Errors
/// If it is older, newer, or was migrated in another wording.
pub async fn check(database: &Database) -> Result<i32, Error> {
    let applied = match applied(database.connection()).await {
        Ok(applied) => applied,
        Err(Error::Driver(sea_orm::DbErr::Query(_) | sea_orm::DbErr::Exec(_))) => Vec::new(),
        Err(error) => return Err(error),
    };
    compare(&applied)?;
    for migration in MIGRATIONS {
        if !applied.iter().any(|found| found.number == migration.number) {
            return Err(Error::MissingMigration {
                number: migration.number,
            });
        }
    }
    Ok(newest())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_numbered_without_a_gap() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.number, i32::try_from(index).unwrap() + 1);
        }
    }

    #[test]
    fn every_table_key_starts_with_the_region() {
        for migration in MIGRATIONS {
            for key in ["PRIMARY KEY (", "UNIQUE ("] {
                for (position, _) in migration.sql.match_indices(key) {
                    let rest = &migration.sql[position + key.len()..];
                    assert!(rest.starts_with("region"), "{}: {rest}", migration.name);
                }
            }
        }
    }

    #[test]
    fn no_placeholder_is_left_in_a_statement() {
        for migration in MIGRATIONS {
            for engine in [Engine::Sqlite, Engine::Postgres] {
                let statements = migration.statements(engine);
                assert!(!statements.is_empty());
                assert!(statements.iter().all(|statement| !statement.contains('{')));
            }
        }
    }
}
