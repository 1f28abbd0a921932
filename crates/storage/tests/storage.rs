//! The storage on both engines: migrations, contention, backup, restore, moving.

use sea_orm::sqlx;
use std::path::Path;
use yichuang_storage::client_report::{self, Failure};
use yichuang_storage::content_release::{self, ContentRelease};
use yichuang_storage::{Database, Engine, Error, Location, meta, migration, portable};
use yichuang_test_support::app::{START_MS, database};
use yichuang_test_support::{on_both_engines, postgres};

fn release(version: &str, served_from_ms: i64) -> ContentRelease {
    ContentRelease {
        version: version.to_owned(),
        services: 262,
        guides: 262,
        bundles: 71,
        served_from_ms,
    }
}

fn failure(place: &str) -> Failure {
    Failure {
        kind: "panic".to_owned(),
        route: "/services/:code".to_owned(),
        place: place.to_owned(),
        release: "1.0".to_owned(),
    }
}

/// Fills every table with rows whose order differs between naive sort orders.
async fn fill(database: &Database) {
    meta::set_once(database, meta::CREATED_MS, "1")
        .await
        .unwrap();
    meta::set_once(database, "城市", "深圳").await.unwrap();
    meta::set_once(database, "a_b", "x").await.unwrap();
    meta::set_once(database, "aB", "y").await.unwrap();
    for number in 0..3 {
        let release = release(&format!("v{number}"), START_MS + number);
        content_release::record(database, release).await.unwrap();
    }
    for number in 0..450 {
        let place = format!("src/app.rs:{number}");
        client_report::count(database, failure(&place), START_MS)
            .await
            .unwrap();
    }
}

on_both_engines! {
    async fn migrating_twice_changes_nothing(engine) {
        let (database, _folder) = database(engine).await;
        assert_eq!(migration::migrate(&database, START_MS).await.unwrap(), Vec::<&str>::new());
        assert_eq!(migration::check(&database).await.unwrap(), migration::newest());
    }

    async fn two_programs_that_start_at_once_migrate_once(engine) {
        let folder = tempfile::tempdir().unwrap();
        let location = match engine {
            Engine::Sqlite => Location::File(folder.path().join("new.sqlite3")),
            Engine::Postgres => Location::Postgres(postgres::fresh_database()),
        };
        let first = Database::open(location.clone(), "test").await.unwrap();
        let second = Database::open(location, "test").await.unwrap();
        let (one, two) = tokio::join!(
            migration::migrate(&first, START_MS),
            migration::migrate(&second, START_MS)
        );
        let applied = one.unwrap().len() + two.unwrap().len();
        assert_eq!(applied, usize::try_from(migration::newest()).unwrap());
    }

    async fn a_database_of_a_newer_program_is_refused(engine) {
        let (database, folder) = database(engine).await;
        execute(&database, folder.path(), "INSERT INTO schema_migration VALUES (99, 'future', 'x', 0)").await;
        let error = migration::migrate(&database, START_MS).await.unwrap_err();
        assert!(matches!(error, Error::NewerDatabase { number: 99, .. }), "{error}");
        assert!(migration::check(&database).await.is_err());
    }

    async fn a_migration_that_was_reworded_is_refused(engine) {
        let (database, folder) = database(engine).await;
        execute(&database, folder.path(), "UPDATE schema_migration SET checksum = 'x' WHERE number = 1").await;
        let error = migration::check(&database).await.unwrap_err();
        assert!(matches!(error, Error::ChangedMigration { number: 1, .. }), "{error}");
    }

    async fn no_count_is_lost_when_many_write_the_same_row(engine) {
        let (database, _folder) = database(engine).await;
        let writers = (0..40).map(|number| {
            let database = database.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    client_report::count(&database, failure("src/a.rs:1"), START_MS + number)
                        .await
                        .unwrap();
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let counted = client_report::list(&database).await.unwrap();
        assert_eq!(counted.len(), 1);
        assert_eq!(counted[0].count, 200);
    }

    async fn a_content_version_is_recorded_when_it_changes(engine) {
        let (database, _folder) = database(engine).await;
        assert!(content_release::record(&database, release("a", 1)).await.unwrap());
        assert!(!content_release::record(&database, release("a", 2)).await.unwrap());
        assert!(content_release::record(&database, release("b", 3)).await.unwrap());
        assert!(content_release::record(&database, release("a", 4)).await.unwrap());
        let versions: Vec<String> = content_release::list(&database)
            .await
            .unwrap()
            .into_iter()
            .map(|release| release.version)
            .collect();
        assert_eq!(versions, ["a", "b", "a"]);
    }

    async fn the_first_value_of_a_name_stays(engine) {
        let (database, _folder) = database(engine).await;
        meta::set_once(&database, "created", "1").await.unwrap();
        meta::set_once(&database, "created", "2").await.unwrap();
        assert_eq!(meta::get(&database, "created").await.unwrap().as_deref(), Some("1"));
        assert_eq!(meta::get(&database, "other").await.unwrap(), None);
    }

    async fn a_backup_comes_back_on_either_engine_with_the_same_hashes(engine) {
        let (database, folder) = database(engine).await;
        fill(&database).await;
        let file = folder.path().join("backup.sqlite3");
        let manifest = portable::backup(&database, &file, START_MS).await.unwrap();
        assert_eq!(manifest.tables, portable::summary(&database).await.unwrap());
        assert_eq!(manifest.tables.iter().map(|table| table.rows).sum::<u64>(), 4 + 3 + 450);
        for target in [Engine::Sqlite, Engine::Postgres] {
            let (restored, _folder) = self::database(target).await;
            portable::restore(&file, &restored, false, START_MS).await.unwrap();
            assert_eq!(portable::summary(&restored).await.unwrap(), manifest.tables);
            let again = portable::restore(&file, &restored, false, START_MS).await.unwrap_err();
            assert!(matches!(again, Error::NotEmpty { .. }), "{again}");
            portable::restore(&file, &restored, true, START_MS).await.unwrap();
            assert_eq!(portable::summary(&restored).await.unwrap(), manifest.tables);
        }
        let error = portable::backup(&database, &file, START_MS).await.unwrap_err();
        assert!(matches!(error, Error::FileExists(_)), "{error}");
    }

    async fn moving_to_another_engine_keeps_counts_and_hashes(engine) {
        let (database, folder) = database(engine).await;
        fill(&database).await;
        let before = portable::summary(&database).await.unwrap();
        let target = match engine {
            Engine::Sqlite => Location::Postgres(postgres::fresh_database()),
            Engine::Postgres => Location::File(folder.path().join("moved.sqlite3")),
        };
        let after = portable::migrate_to(&database, target.clone(), false, START_MS).await.unwrap();
        assert_eq!(after, before);
        let moved = Database::open(target.clone(), "test").await.unwrap();
        assert_eq!(portable::summary(&moved).await.unwrap(), before);
        assert_eq!(client_report::list(&moved).await.unwrap(), client_report::list(&database).await.unwrap());
        let again = portable::migrate_to(&database, target, false, START_MS).await.unwrap_err();
        assert!(matches!(again, Error::NotEmpty { .. }), "{again}");
    }

    async fn what_may_grow_without_end_is_bounded(engine) {
        let (database, folder) = database(engine).await;
        let rows = client_report::DISTINCT_AT_MOST;
        let one_id = match engine {
            Engine::Sqlite => "randomblob(16)",
            Engine::Postgres => "gen_random_uuid()",
        };
        let numbers = match engine {
            Engine::Sqlite => format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) SELECT i FROM n"),
            Engine::Postgres => format!("SELECT generate_series(1, {rows}) AS i"),
        };
        execute(&database, folder.path(), &format!(
            "INSERT INTO client_report SELECT 'test', {one_id}, 'panic', '/', CAST(i AS TEXT), '1', 1, 0, 0 FROM ({numbers}) AS numbers"
        )).await;
        for place in ["new:1", "new:2"] {
            client_report::count(&database, failure(place), START_MS).await.unwrap();
        }
        let counted = client_report::list(&database).await.unwrap();
        assert_eq!(counted.len(), usize::try_from(rows).unwrap() + 1);
        let other = counted.iter().find(|counted| counted.failure.place == "other").unwrap();
        assert_eq!(other.count, 2);
    }
}

/// Runs a statement that the storage itself would never run.
async fn execute(database: &Database, folder: &Path, statement: &str) {
    let statement = sqlx::AssertSqlSafe(statement.to_owned());
    match database.location() {
        Location::Postgres(url) => {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            sqlx::raw_sql(statement).execute(&pool).await.unwrap();
            pool.close().await;
        }
        Location::File(file) => {
            assert!(file.starts_with(folder));
            let url = format!("sqlite://{}", file.display());
            let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
            sqlx::raw_sql(statement).execute(&pool).await.unwrap();
            pool.close().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_one_file_and_leaves_nothing_beside_it() {
    let (database, _data) = database(Engine::Sqlite).await;
    fill(&database).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.sqlite3");
    portable::backup(&database, &file, START_MS).await.unwrap();
    let (restored, _other) = self::database(Engine::Sqlite).await;
    portable::restore(&file, &restored, false, START_MS)
        .await
        .unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["backup.sqlite3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_is_refused_and_changes_nothing() {
    let (database, folder) = database(Engine::Sqlite).await;
    fill(&database).await;
    let whole = folder.path().join("whole.sqlite3");
    portable::backup(&database, &whole, START_MS).await.unwrap();
    let bytes = std::fs::read(&whole).unwrap();
    let damaged = folder.path().join("damaged.sqlite3");

    // Cut off.
    std::fs::write(&damaged, &bytes[..bytes.len() / 2]).unwrap();
    refuse(&damaged).await;
    // Not a backup at all.
    std::fs::write(&damaged, "hello").unwrap();
    refuse(&damaged).await;
    // One value changed, the file itself sound.
    std::fs::write(&damaged, &bytes).unwrap();
    change(
        &damaged,
        "UPDATE client_report SET count = 7 WHERE place = 'src/app.rs:3'",
    )
    .await;
    refuse(&damaged).await;
    // One row missing.
    std::fs::write(&damaged, &bytes).unwrap();
    change(
        &damaged,
        "DELETE FROM client_report WHERE place = 'src/app.rs:3'",
    )
    .await;
    refuse(&damaged).await;
    // No manifest.
    std::fs::write(&damaged, &bytes).unwrap();
    change(&damaged, "DROP TABLE backup").await;
    refuse(&damaged).await;
}

async fn change(file: &Path, statement: &'static str) {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    sqlx::raw_sql(statement).execute(&pool).await.unwrap();
    pool.close().await;
}

async fn refuse(file: &Path) {
    let (target, _folder) = database(Engine::Sqlite).await;
    let before = portable::summary(&target).await.unwrap();
    let error = portable::restore(file, &target, true, START_MS)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert_eq!(portable::summary(&target).await.unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_on_disk() {
    let (database, _folder) = database(Engine::Sqlite).await;
    let Location::File(file) = database.location() else {
        panic!("a file");
    };
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
        .await
        .unwrap();
    let mode: (String,) = sqlx::query_as("PRAGMA journal_mode")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(mode.0, "wal");
}
