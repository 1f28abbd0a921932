//! What can go wrong in the database, worded for the operator.

use std::path::PathBuf;

/// A failure of the database. Every text is one sentence that says what to do where that is known.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data folder cannot be created or written.
    #[error(
        "cannot write to the data folder {folder}: {reason}; choose a folder that the server's user may write (--data)"
    )]
    DataFolder {
        /// The folder.
        folder: PathBuf,
        /// What the operating system said.
        reason: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the database {place}: {reason}")]
    Open {
        /// Where, without a password.
        place: String,
        /// What the driver said.
        reason: sea_orm::DbErr,
    },
    /// A URL of no supported engine.
    #[error("the database URL must start with postgres:// or sqlite://")]
    UnknownEngine,
    /// The database was written by a newer program.
    #[error(
        "the database has migration {number} ({name}), which this program does not know; start the newer program that wrote it"
    )]
    NewerDatabase {
        /// Number of the unknown migration.
        number: i32,
        /// Its name.
        name: String,
    },
    /// A migration was edited after it had been applied.
    #[error(
        "migration {number} ({name}) was applied in another wording; restore the original file and add a new migration instead"
    )]
    ChangedMigration {
        /// Its number.
        number: i32,
        /// Its name.
        name: String,
    },
    /// Migrations that a reader needs have not been applied.
    #[error("the database lacks migration {number}; start the server once, or restore a backup")]
    MissingMigration {
        /// Number of the first missing migration.
        number: i32,
    },
    /// The target of a restore or a move holds rows already.
    #[error(
        "the target database already holds {rows} rows in {table}; use an empty one, or --replace to discard them"
    )]
    NotEmpty {
        /// A table that is not empty.
        table: String,
        /// How many rows.
        rows: u64,
    },
    /// A file exists where a backup would be written.
    #[error("{0} exists already; a backup never overwrites a file")]
    FileExists(PathBuf),
    /// A backup file is damaged or not a backup.
    #[error("{file} is not a whole backup: {reason}")]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// Source and target differ after copying; nothing was kept.
    #[error("table {table} differs after copying ({detail}); nothing was changed in the target")]
    CopyDiffers {
        /// The table.
        table: String,
        /// Counts or hashes.
        detail: String,
    },
    /// An integrity check failed.
    #[error("the database failed its integrity check: {0}")]
    Integrity(String),
    /// The ring of keys cannot be used.
    #[error("keys: {0}")]
    Keys(String),
    /// A value was sealed under a key that the ring no longer has.
    #[error("the ring of keys lacks key {0}, under which values are sealed; restore the key file")]
    MissingKey(u32),
    /// A sealed value does not open: it was changed, or copied from another place.
    #[error("the sealed value {0} does not open: it was changed or belongs elsewhere")]
    Vault(String),
    /// A rule about the data was broken between two requests; the whole can be tried again.
    #[error("{0}")]
    Conflict(&'static str),
    /// A file operation failed.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        reason: std::io::Error,
    },
    /// The server stops; nothing was written.
    #[error("the server is stopping")]
    Stopping,
    /// Everything else the driver reports.
    #[error("database: {0}")]
    Driver(#[from] sea_orm::DbErr),
}

impl Error {
    /// Whether running the same transaction again can succeed: another writer was faster.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        use sea_orm::{DbErr, RuntimeErr, sqlx};
        let Self::Driver(
            DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error))
            | DbErr::Conn(RuntimeErr::SqlxError(error)),
        ) = self
        else {
            return false;
        };
        let sqlx::Error::Database(error) = &**error else {
            return false;
        };
        match error.code().as_deref() {
            // PostgreSQL: serialisation failure, deadlock. SQLite: busy, locked, busy's variants.
            Some("40001" | "40P01" | "5" | "6" | "261" | "517") => true,
            // PostgreSQL: two programs created the same table at once.
            Some("23505") => error
                .constraint()
                .is_some_and(|name| name.starts_with("pg_")),
            _ => false,
        }
    }
}
