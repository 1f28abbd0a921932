//! Failures in browsers, counted (浏览器故障计数).

use crate::entity::client_report::{ActiveModel, Column, Entity};
use crate::{Database, Error};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QueryOrder, Set,
};
use uuid::Uuid;

/// Distinct failures kept. Anyone may report, so the table must not grow without end: what
/// comes after is counted in one row a kind.
pub const DISTINCT_AT_MOST: u64 = 5_000;

/// A failure as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Kind, as on the wire.
    pub kind: String,
    /// Route pattern.
    pub route: String,
    /// Place in the program.
    pub place: String,
    /// Version of the application.
    pub release: String,
}

/// A failure with its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedFailure {
    /// The failure.
    pub failure: Failure,
    /// How often.
    pub count: i64,
    /// First seen.
    pub first_seen_ms: i64,
    /// Last seen.
    pub last_seen_ms: i64,
}

/// Counts one failure.
///
/// # Errors
/// If the database does not answer.
pub async fn count(database: &Database, failure: Failure, now_ms: i64) -> Result<(), Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            let mut failure = failure.clone();
            Box::pin(async move {
                if increment(transaction, &region, &failure, now_ms).await? {
                    return Ok(());
                }
                let distinct = Entity::find()
                    .filter(Column::Region.eq(region.as_str()))
                    .count(transaction)
                    .await?;
                if distinct >= DISTINCT_AT_MOST {
                    failure.route = "other".to_owned();
                    failure.place = "other".to_owned();
                    failure.release = "other".to_owned();
                    if increment(transaction, &region, &failure, now_ms).await? {
                        return Ok(());
                    }
                }
                Entity::insert(ActiveModel {
                    region: Set(region),
                    id: Set(Uuid::now_v7()),
                    kind: Set(failure.kind),
                    route: Set(failure.route),
                    place: Set(failure.place),
                    release: Set(failure.release),
                    count: Set(1),
                    first_seen_ms: Set(now_ms),
                    last_seen_ms: Set(now_ms),
                })
                .exec_without_returning(transaction)
                .await?;
                Ok(())
            })
        })
        .await
}

/// Adds one to a failure that is known; `false` if it is not.
async fn increment(
    transaction: &DatabaseTransaction,
    region: &str,
    failure: &Failure,
    now_ms: i64,
) -> Result<bool, Error> {
    let result = Entity::update_many()
        .col_expr(Column::Count, Expr::col(Column::Count).add(1))
        .col_expr(Column::LastSeenMs, Expr::value(now_ms))
        .filter(Column::Region.eq(region))
        .filter(Column::Kind.eq(failure.kind.as_str()))
        .filter(Column::Route.eq(failure.route.as_str()))
        .filter(Column::Place.eq(failure.place.as_str()))
        .filter(Column::Release.eq(failure.release.as_str()))
        .exec(transaction)
        .await?;
    Ok(result.rows_affected == 1)
}

/// All counted failures, the most frequent first.
///
/// # Errors
/// If the database does not answer.
pub async fn list(database: &Database) -> Result<Vec<CountedFailure>, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .order_by_desc(Column::Count)
        .order_by_asc(Column::Id)
        .all(database.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| CountedFailure {
            failure: Failure {
                kind: row.kind,
                route: row.route,
                place: row.place,
                release: row.release,
            },
            count: row.count,
            first_seen_ms: row.first_seen_ms,
            last_seen_ms: row.last_seen_ms,
        })
        .collect())
}
