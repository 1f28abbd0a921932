//! Which content was served from when (内容版本).

use crate::entity::content_release::{ActiveModel, Column, Entity};
use crate::{Database, Error};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

/// A content version that was put into service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentRelease {
    /// The content hash.
    pub version: String,
    /// Number of services.
    pub services: i64,
    /// Number of guides.
    pub guides: i64,
    /// Number of bundles.
    pub bundles: i64,
    /// From when.
    pub served_from_ms: i64,
}

/// Records a content version, unless it is the one recorded last (a restart changes nothing).
/// Returns whether it was recorded.
///
/// # Errors
/// If the database does not answer.
pub async fn record(database: &Database, release: ContentRelease) -> Result<bool, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            let release = release.clone();
            Box::pin(async move {
                let last = Entity::find()
                    .filter(Column::Region.eq(region.as_str()))
                    .order_by_desc(Column::ServedFromMs)
                    .order_by_desc(Column::Id)
                    .one(transaction)
                    .await?;
                if last.is_some_and(|last| last.version == release.version) {
                    return Ok(false);
                }
                Entity::insert(ActiveModel {
                    region: Set(region),
                    id: Set(Uuid::now_v7()),
                    version: Set(release.version),
                    services: Set(release.services),
                    guides: Set(release.guides),
                    bundles: Set(release.bundles),
                    served_from_ms: Set(release.served_from_ms),
                })
                .exec_without_returning(transaction)
                .await?;
                Ok(true)
            })
        })
        .await
}

/// All recorded versions, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn list(database: &Database) -> Result<Vec<ContentRelease>, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .order_by_desc(Column::ServedFromMs)
        .order_by_desc(Column::Id)
        .all(database.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ContentRelease {
            version: row.version,
            services: row.services,
            guides: row.guides,
            bundles: row.bundles,
            served_from_ms: row.served_from_ms,
        })
        .collect())
}
