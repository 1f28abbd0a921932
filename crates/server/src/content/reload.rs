//! Follows changes of the content folder: whole and valid content is taken, anything else is
//! refused with every finding in the log, and the version in service stays.
//!
//! The folder is looked through every two seconds. That works on every file system and with every
//! way of changing files (an editor, a checkout, a mounted volume), and costs a millisecond.

use super::{Error, Served};
use crate::state::Shared;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use yichuang_storage::content_release::{self, ContentRelease};

/// How often the folder is looked through.
pub const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What a folder looked like, and on which day: fees change by date without any file changing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impression {
    files: Vec<(PathBuf, u64, Option<SystemTime>)>,
    day: i64,
}

impl Impression {
    /// Looks at a folder.
    #[must_use]
    pub fn of(folder: &Path, now_ms: i64) -> Self {
        let mut files = Vec::new();
        look(folder, &mut files);
        files.sort();
        Self {
            files,
            // The day in China, where the content's dates are meant.
            day: (now_ms + 8 * 3_600_000).div_euclid(86_400_000),
        }
    }
}

fn look(folder: &Path, files: &mut Vec<(PathBuf, u64, Option<SystemTime>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        if metadata.is_dir() {
            look(&entry.path(), files);
        } else {
            files.push((entry.path(), metadata.len(), metadata.modified().ok()));
        }
    }
}

/// Follows the folder until the process ends.
pub async fn follow(app: Shared, mut last: Impression) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let folder = app.settings.content.content.clone();
        let now_ms = app.clock.now_ms();
        let Ok(seen) = tokio::task::spawn_blocking(move || Impression::of(&folder, now_ms)).await
        else {
            continue;
        };
        if seen == last {
            continue;
        }
        // An editor may still be writing: take it only if it looks the same next time.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let folder = app.settings.content.content.clone();
        let settled = tokio::task::spawn_blocking(move || Impression::of(&folder, now_ms)).await;
        if settled.is_ok_and(|settled| settled == seen) {
            last = seen;
            take(&app).await;
        }
    }
}

/// Reads the folder and swaps its content in if it is whole and valid.
async fn take(app: &Shared) {
    let for_reading = Arc::clone(app);
    let read = tokio::task::spawn_blocking(move || {
        let packs = super::read(&for_reading.settings.content.content)?;
        let current = for_reading.content.load();
        if packs.version == current.version {
            return Ok(None);
        }
        let previous = Some(Arc::clone(&current.packs));
        Served::new(packs, for_reading.spa.as_ref(), previous).map(Some)
    })
    .await;
    match read {
        Ok(Ok(None)) => tracing::info!("content files changed, content did not"),
        Ok(Ok(Some(served))) => put_in_service(app, Arc::new(served)).await,
        Ok(Err(error)) => {
            let version = &app.content.load().version;
            if let Error::Findings { findings, .. } = &error {
                for finding in findings {
                    tracing::warn!(%finding, "content finding");
                }
            }
            tracing::error!(%error, %version, "changed content was refused; still serving the version before");
            app.metrics.reloaded(false);
        }
        Err(error) => {
            tracing::error!(%error, "reading the content failed; still serving the version before");
            app.metrics.reloaded(false);
        }
    }
}

async fn put_in_service(app: &Shared, served: Arc<Served>) {
    let version = served.version.clone();
    let packs = Arc::clone(&served.packs);
    // The one pack of a first visit is small from its first byte on; the others follow.
    app.content.store(Arc::clone(&served));
    tracing::info!(%version, "content reloaded; serving this version");
    app.metrics.reloaded(true);
    compress(packs);
    if let Err(error) = record(app, &served).await {
        tracing::error!(%error, "the content version could not be recorded");
    }
}

/// Makes the smallest forms of all packs on one background thread, the most needed first.
pub fn compress(packs: Arc<super::PackSet>) {
    tokio::task::spawn_blocking(move || {
        for pack in packs.in_order_of_need() {
            pack.compress_best();
        }
        tracing::info!(version = packs.version(), "packs compressed");
    });
}

/// Writes down which version is served from now on.
///
/// # Errors
/// If the database does not answer.
pub async fn record(app: &Shared, served: &Served) -> Result<bool, yichuang_storage::Error> {
    let view = &served.catalogue.view;
    content_release::record(
        &app.database,
        ContentRelease {
            version: view.version.clone(),
            services: view.services.into(),
            guides: view.guides.into(),
            bundles: view.bundles.into(),
            served_from_ms: app.clock.now_ms(),
        },
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_a_new_file_and_a_new_day_in_china_are_noticed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("services")).unwrap();
        let file = folder.path().join("services/a.toml");
        std::fs::write(&file, "a").unwrap();
        let first = Impression::of(folder.path(), 0);
        assert_eq!(first, Impression::of(folder.path(), 0));
        std::fs::write(&file, "ab").unwrap();
        let second = Impression::of(folder.path(), 0);
        assert_ne!(first, second);
        std::fs::write(folder.path().join("b.toml"), "").unwrap();
        assert_ne!(second, Impression::of(folder.path(), 0));
        let before_midnight = 16 * 3_600_000 - 1;
        assert_ne!(
            Impression::of(folder.path(), before_midnight),
            Impression::of(folder.path(), before_midnight + 1)
        );
    }
}
