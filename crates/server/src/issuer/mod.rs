//! The issuer (签发) of temporary electronic IDs: keys, places in the status list, signed lists.

pub mod issue;
pub mod keys;
pub mod ring;

use crate::problem::Failure;
use crate::settings::CredentialSettings;
use crate::state::Shared;
use arc_swap::ArcSwap;
use ring::Ring;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use yichuang_credential::claims::INDEXES;
use yichuang_credential::{StatusIndex, StatusList, Uses};
use yichuang_storage::group::Group;
use yichuang_storage::{Database, credential};

/// Seconds in a day.
const DAY: u64 = 86_400;
/// How many days the status list covers: a credential lives three, and a desk's clock may differ.
const DAYS_COVERED: u32 = 5;
/// How often the status list is signed anew.
const SIGN_EVERY_MS: i64 = 600_000;
/// How often the background looks at keys, list and what is to be erased.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How often is erased.
const ERASE_EVERY_MS: i64 = 3_600_000;

/// The signed lists as they are published.
#[derive(Default)]
pub struct Lists {
    /// The trust list.
    pub trust: Vec<u8>,
    /// The status list.
    pub status: Vec<u8>,
    /// When the status list was signed, in epoch milliseconds.
    pub signed_ms: i64,
}

/// Places of one day that are taken.
#[derive(Default)]
struct Places {
    day: u32,
    taken: BTreeSet<u32>,
}

/// The issuer.
pub struct Issuer {
    folder: PathBuf,
    ring: ArcSwap<Ring>,
    lists: ArcSwap<Lists>,
    is_list_stale: AtomicBool,
    signing: tokio::sync::Mutex<()>,
    places: Mutex<Places>,
    group: Group,
}

/// Epoch seconds.
#[must_use]
pub fn seconds(ms: i64) -> u64 {
    u64::try_from(ms / 1000).unwrap_or(0)
}

/// Epoch milliseconds.
#[must_use]
pub fn milliseconds(seconds: u64) -> i64 {
    i64::try_from(seconds.saturating_mul(1000)).unwrap_or(i64::MAX)
}

fn day_of(now: u64) -> u32 {
    u32::try_from(now / DAY).unwrap_or(u32::MAX)
}

impl Issuer {
    /// Opens the keys; a demonstration makes its own at the first start. Also says what was done.
    ///
    /// # Errors
    /// With one sentence if there are no keys.
    pub fn open(
        settings: &CredentialSettings,
        data: &Path,
        is_demonstration: bool,
        database: &Database,
        now_ms: i64,
    ) -> anyhow::Result<(Self, String)> {
        let folder = settings.folder(data);
        let now = seconds(now_ms);
        let is_new = !keys::has_ceremony(&folder);
        if is_new {
            anyhow::ensure!(
                is_demonstration,
                "there are no issuer's keys in {}; make them with `yichuang issuer ceremony`",
                folder.display()
            );
            let vault = folder.join(keys::DEMONSTRATION);
            keys::ceremony(&vault, &folder, settings.credential_suite.algorithm(), true)?;
        }
        renew_demonstration(&folder, now)?;
        let ring = Ring::open(&folder, now)?;
        let said = format!(
            "Issuer: {}keys in {}, root {}, trust list {}",
            if ring.is_demonstration {
                "demonstration "
            } else {
                ""
            },
            folder.display(),
            hex::encode(ring.root.id().0),
            ring.trust.serial
        );
        let issuer = Self {
            folder,
            ring: ArcSwap::from_pointee(ring),
            lists: ArcSwap::default(),
            is_list_stale: AtomicBool::new(true),
            signing: tokio::sync::Mutex::new(()),
            places: Mutex::new(Places::default()),
            group: Group::start(database.clone()),
        };
        Ok((issuer, said))
    }

    /// The keys in service.
    #[must_use]
    pub fn ring(&self) -> Arc<Ring> {
        self.ring.load_full()
    }

    /// Writes for all.
    #[must_use]
    pub fn group(&self) -> &Group {
        &self.group
    }

    /// Says that credentials ended: the next reader of the status list gets a new one.
    pub fn mark_stale(&self) {
        self.is_list_stale.store(true, Ordering::Release);
    }

    /// The signed lists, signed anew if they are ten minutes old or credentials ended since.
    ///
    /// # Errors
    /// If the database does not answer or no key may sign.
    pub async fn lists(&self, database: &Database, now_ms: i64) -> Result<Arc<Lists>, Failure> {
        let is_fresh = |lists: &Lists| {
            !self.is_list_stale.load(Ordering::Acquire)
                && (0..SIGN_EVERY_MS).contains(&(now_ms - lists.signed_ms))
        };
        let held = self.lists.load_full();
        if is_fresh(&held) {
            return Ok(held);
        }
        let _one_at_a_time = self.signing.lock().await;
        let held = self.lists.load_full();
        if is_fresh(&held) {
            return Ok(held);
        }
        // Before reading: what ends while this list is made belongs to the next.
        self.is_list_stale.store(false, Ordering::Release);
        match self.sign(database, now_ms).await {
            Ok(lists) => {
                self.lists.store(Arc::clone(&lists));
                Ok(lists)
            }
            Err(failure) => {
                self.mark_stale();
                Err(failure)
            }
        }
    }

    async fn sign(&self, database: &Database, now_ms: i64) -> Result<Arc<Lists>, Failure> {
        let now = seconds(now_ms);
        let ring = self.ring();
        let today = day_of(now);
        let first = (today + 1).saturating_sub(DAYS_COVERED);
        let mut list = StatusList::new(now, first..=today);
        credential::end_orphans(database, now_ms).await?;
        for (day, index, has_ended) in credential::places_since(database, first).await? {
            if has_ended && day <= today {
                list.revoke(StatusIndex { day, index })
                    .map_err(|reason| Failure::internal(&reason))?;
            }
        }
        let signer = ring
            .signer(Uses::STATUS, now)
            .map_err(|reason| Failure::internal(&reason))?;
        Ok(Arc::new(Lists {
            trust: ring.signed_trust.clone(),
            status: list.sign(signer),
            signed_ms: now_ms,
        }))
    }

    /// Draws a free place of today in the status list.
    ///
    /// # Errors
    /// If the database does not answer, or a day has no place left.
    async fn draw(&self, database: &Database, now: u64) -> Result<StatusIndex, Failure> {
        let day = day_of(now);
        let is_known = self.with_places(|places| places.day == day);
        if !is_known {
            let taken = credential::places_since(database, day).await?;
            self.with_places(|places| {
                if places.day != day {
                    *places = Places::default();
                    places.day = day;
                }
                places.taken.extend(
                    taken
                        .into_iter()
                        .filter(|(taken, _, _)| *taken == day)
                        .map(|(_, place, _)| place),
                );
            });
        }
        self.with_places(|places| {
            if places.taken.len() >= INDEXES as usize {
                return Err(Failure::internal(&"a day's status list is full"));
            }
            loop {
                let bits = keys::random_u64();
                // A power of two: every place is as likely as every other.
                let index = u32::try_from(bits % u64::from(INDEXES)).unwrap_or(0);
                if places.taken.insert(index) {
                    return Ok(StatusIndex { day, index });
                }
            }
        })
    }

    /// Gives a drawn place back.
    fn give_back(&self, place: StatusIndex) {
        self.with_places(|places| {
            if places.day == place.day {
                places.taken.remove(&place.index);
            }
        });
    }

    fn with_places<T>(&self, work: impl FnOnce(&mut Places) -> T) -> T {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut places)
    }

    /// Reads the keys again: an operator may have made new ones. A demonstration makes its own.
    ///
    /// # Errors
    /// If they do not open; the old ones stay.
    pub fn reload(&self, now: u64) -> anyhow::Result<()> {
        renew_demonstration(&self.folder, now)?;
        let ring = Ring::open(&self.folder, now)?;
        if ring.signed_trust != self.ring.load().signed_trust {
            self.ring.store(Arc::new(ring));
            self.mark_stale();
        }
        Ok(())
    }
}

/// A demonstration has its root at hand and renews its keys in time.
fn renew_demonstration(folder: &Path, now: u64) -> anyhow::Result<()> {
    if !keys::published(folder)?.is_demonstration {
        return Ok(());
    }
    let signs_until = Ring::open(folder, now).map_or(0, |ring| ring.signs_until());
    if signs_until < now + keys::RENEW_DAYS * DAY {
        keys::issue(&folder.join(keys::DEMONSTRATION), folder, now)?;
    }
    Ok(())
}

/// Keeps keys and lists fresh, and erases what has served.
pub async fn keep(app: Shared) {
    let mut tick = tokio::time::interval(LOOK_EVERY);
    let mut erased_ms = 0;
    loop {
        tick.tick().await;
        let now_ms = app.clock.now_ms();
        let now = seconds(now_ms);
        if let Err(error) = app.issuer.reload(now) {
            tracing::error!(%error, "the issuer's keys were not read again");
        }
        let left = app.issuer.ring().signs_until().saturating_sub(now) / DAY;
        if left < keys::RENEW_DAYS {
            tracing::warn!(
                days = left,
                "the issuer's keys end soon; run `yichuang issuer issue`"
            );
        }
        // A failure is in the log already; the next minute tries again.
        let _ = app.issuer.lists(&app.database, now_ms).await;
        if now_ms - erased_ms >= ERASE_EVERY_MS {
            match erase(&app, now_ms).await {
                Ok(rows) => {
                    erased_ms = now_ms;
                    tracing::info!(
                        rows,
                        "check-ins and credentials that have served were erased"
                    );
                }
                Err(error) => tracing::error!(%error, "nothing was erased"),
            }
        }
    }
}

/// Erases what has served; returns how many rows went.
///
/// # Errors
/// If the database does not answer.
pub async fn erase(app: &Shared, now_ms: i64) -> Result<u64, yichuang_storage::Error> {
    let begins = app.settings.credential.history_begins_ms(now_ms);
    credential::erase(&app.database, begins, now_ms).await
}
