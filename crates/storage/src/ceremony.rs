//! Ceremonies: registrations, sign-ins and visits to identity services between begin and finish.
//! Each can be finished once, within a few minutes.

use crate::entity::ceremony::{ActiveModel, Column, Entity};
use crate::{Database, Error};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

/// How long a ceremony may take.
pub const LIFE_MS: i64 = 5 * 60 * 1000;

/// A ceremony that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    /// Of which kind.
    pub kind: String,
    /// Of whom, if that was known.
    pub person: Option<Uuid>,
    /// What the server must know to finish it.
    pub state: String,
}

/// Begins a ceremony; returns the identifier it is finished with. It is random, not a time: nobody
/// can guess another's.
///
/// # Errors
/// If the database does not answer.
pub async fn begin(database: &Database, ceremony: Ceremony, now_ms: i64) -> Result<Uuid, Error> {
    let region = database.region().to_owned();
    let id = Uuid::new_v4();
    database
        .write(move |transaction| {
            let (region, ceremony) = (region.clone(), ceremony.clone());
            Box::pin(async move {
                Entity::delete_many()
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::EndsMs.lt(now_ms))
                    .exec(transaction)
                    .await?;
                Entity::insert(ActiveModel {
                    region: Set(region),
                    id: Set(id),
                    kind: Set(ceremony.kind),
                    person_id: Set(ceremony.person),
                    state: Set(ceremony.state),
                    ends_ms: Set(now_ms + LIFE_MS),
                })
                .exec_without_returning(transaction)
                .await?;
                Ok(id)
            })
        })
        .await
}

/// Takes a ceremony out, so that it cannot be finished twice. `None` if there is none of this kind
/// or its time is over.
///
/// # Errors
/// If the database does not answer.
pub async fn take(
    database: &Database,
    id: Uuid,
    kind: &'static str,
    now_ms: i64,
) -> Result<Option<Ceremony>, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                let Some(row) = Entity::find_by_id((region.clone(), id))
                    .one(transaction)
                    .await?
                else {
                    return Ok(None);
                };
                if row.kind != kind {
                    return Ok(None);
                }
                Entity::delete_by_id((region, id)).exec(transaction).await?;
                Ok((row.ends_ms >= now_ms).then_some(Ceremony {
                    kind: row.kind,
                    person: row.person_id,
                    state: row.state,
                }))
            })
        })
        .await
}
