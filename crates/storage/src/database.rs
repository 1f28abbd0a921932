//! Opening the database, reading it in a snapshot, writing it with retries.

use crate::Error;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

/// Which engine is behind a [`Database`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Engine {
    /// The engine's name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL URL.
    Postgres(String),
}

impl Location {
    /// The place a setting names: the URL, else the embedded database in the data folder.
    ///
    /// # Errors
    /// If the URL names no supported engine.
    pub fn from_settings(url: Option<&str>, data: &Path) -> Result<Self, Error> {
        match url {
            None => Ok(Self::File(data.join("yichuang.sqlite3"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Self::Postgres(url.to_owned()))
            }
            Some(url) => url
                .strip_prefix("sqlite://")
                .map(|path| Self::File(path.into()))
                .ok_or(Error::UnknownEngine),
        }
    }

    /// The place for a message: never with a password.
    #[must_use]
    pub fn for_people(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                let rest = rest.split_once('?').map_or(rest, |(place, _)| place);
                let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
                format!("{scheme}://{place}")
            }
        }
    }
}

/// The future a transaction's work returns.
pub type Work<'t, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 't>>;

/// How often a transaction is tried before the caller is told.
const ATTEMPTS: u32 = 12;

/// A pool of connections to one region's database.
#[derive(Clone, Debug)]
pub struct Database {
    connection: DatabaseConnection,
    location: Location,
    region: String,
}

impl Database {
    /// Opens the database; a SQLite file and its folder are created if they are missing.
    /// No migration runs here: see [`crate::migration::migrate`].
    ///
    /// # Errors
    /// If the folder cannot be written or the database not be opened.
    pub async fn open(location: Location, region: &str) -> Result<Self, Error> {
        if let Location::File(path) = &location {
            prepare_folder(path)?;
        }
        Self::connect(location, region, true, SqliteJournalMode::Wal).await
    }

    /// Opens a SQLite file that leaves nothing beside itself when it is closed: a backup.
    pub(crate) async fn open_single_file(
        file: &Path,
        region: &str,
        create: bool,
    ) -> Result<Self, Error> {
        let location = Location::File(file.to_owned());
        Self::connect(location, region, create, SqliteJournalMode::Delete).await
    }

    async fn connect(
        location: Location,
        region: &str,
        create: bool,
        journal: SqliteJournalMode,
    ) -> Result<Self, Error> {
        let mut options = match &location {
            Location::File(path) => {
                let mut options = ConnectOptions::new("sqlite::memory:");
                let path = path.clone();
                options
                    .max_connections(4)
                    .map_sqlx_sqlite_opts(move |sqlite| {
                        sqlite
                            .filename(&path)
                            .in_memory(false)
                            .shared_cache(false)
                            .create_if_missing(create)
                            .journal_mode(journal)
                            // What was acknowledged survives a power cut.
                            .synchronous(SqliteSynchronous::Full)
                            .foreign_keys(true)
                            .busy_timeout(Duration::from_secs(5))
                    });
                options
            }
            Location::Postgres(url) => {
                let mut options = ConnectOptions::new(url.clone());
                options
                    .max_connections(16)
                    .connect_timeout(Duration::from_secs(10))
                    .set_application_name("yichuang");
                options
            }
        };
        options
            .sqlx_logging(false)
            .acquire_timeout(Duration::from_secs(10));
        let connection = sea_orm::Database::connect(options)
            .await
            .map_err(|reason| Error::Open {
                place: location.for_people(),
                reason,
            })?;
        Ok(Self {
            connection,
            location,
            region: region.to_owned(),
        })
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.location {
            Location::File(_) => Engine::Sqlite,
            Location::Postgres(_) => Engine::Postgres,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// The region every key of this installation starts with.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The connection for single reading statements.
    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// sea-orm's name of the engine.
    pub(crate) fn backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    /// Runs `work` in a writing transaction and commits it if it succeeds. If another writer was
    /// faster, the whole work runs again; it must therefore do nothing outside the transaction.
    ///
    /// # Errors
    /// What `work` returned, or what the driver said after the last attempt.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send,
        F: for<'t> Fn(&'t DatabaseTransaction) -> Work<'t, T> + Send + Sync,
    {
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.write_once(&work).await {
                Err(error) if error.is_retryable() && attempt < ATTEMPTS => {
                    tracing::debug!(attempt, "transaction repeated");
                    tokio::time::sleep(pause(attempt)).await;
                }
                done => return done,
            }
        }
    }

    async fn write_once<T, F>(&self, work: &F) -> Result<T, Error>
    where
        F: for<'t> Fn(&'t DatabaseTransaction) -> Work<'t, T> + Send + Sync,
    {
        let options = match self.engine() {
            Engine::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
            Engine::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::Serializable),
                ..TransactionOptions::default()
            },
        };
        let transaction = self.connection.begin_with_options(options).await?;
        match work(&transaction).await {
            Ok(value) => {
                transaction.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // The first error is the one to report; a failed rollback ends with the connection.
                let _ = transaction.rollback().await;
                Err(error)
            }
        }
    }

    /// A reading transaction that sees one moment of the database throughout.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, Error> {
        let options = match self.engine() {
            Engine::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..TransactionOptions::default()
            },
            Engine::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        Ok(self.connection.begin_with_options(options).await?)
    }

    /// Whether the database answers; for readiness.
    ///
    /// # Errors
    /// If it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.connection.ping().await?)
    }

    /// Closes all connections after their work is done.
    ///
    /// # Errors
    /// If a connection cannot be closed.
    pub async fn close(self) -> Result<(), Error> {
        Ok(self.connection.close().await?)
    }
}

/// Waits longer after each attempt, never twice the same, at most about a quarter of a second.
fn pause(attempt: u32) -> Duration {
    let ceiling = (2_u64 << attempt.min(7)).min(256);
    let random = uuid::Uuid::now_v7().as_bytes()[15];
    Duration::from_millis(1 + u64::from(random) * ceiling / 256)
}

/// Creates the folder of a database file and proves that it can be written.
fn prepare_folder(file: &Path) -> Result<(), Error> {
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let failed = |reason| Error::DataFolder {
        folder: folder.to_owned(),
        reason,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    let probe = folder.join(format!(".write-probe-{}", std::process::id()));
    std::fs::write(&probe, b"").map_err(failed)?;
    std::fs::remove_file(&probe).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_never_holds_a_password() {
        let location = Location::from_settings(
            Some("postgres://yichuang:se@cret@db.example:5432/city?sslmode=require"),
            Path::new("."),
        )
        .unwrap();
        assert_eq!(location.for_people(), "postgres://db.example:5432/city");
    }

    #[test]
    fn without_a_url_the_database_lies_in_the_data_folder() {
        assert_eq!(
            Location::from_settings(None, Path::new("/var/lib/yichuang")).unwrap(),
            Location::File("/var/lib/yichuang/yichuang.sqlite3".into())
        );
        assert!(matches!(
            Location::from_settings(Some("mysql://x"), Path::new(".")),
            Err(Error::UnknownEngine)
        ));
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        for attempt in 1..40 {
            assert!(pause(attempt) <= Duration::from_millis(257));
        }
    }
}
