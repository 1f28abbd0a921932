//! Cards of counters (柜台证): which key speaks for which counter of which premises.

use crate::entity::counter_card::{ActiveModel, Column, Entity};
use crate::{Database, Error};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterCard {
    /// Which premises.
    pub premises: Uuid,
    /// Which counter.
    pub terminal: String,
    /// The signed bytes.
    pub card: Vec<u8>,
    /// Since when.
    pub issued_ms: i64,
    /// Until when.
    pub expires_ms: i64,
}

/// Keeps a card in place of the terminal's older one.
///
/// # Errors
/// If the database does not answer.
pub async fn replace(database: &Database, card: CounterCard) -> Result<(), Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let (region, card) = (region.clone(), card.clone());
            Box::pin(async move {
                Entity::delete_many()
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::PremisesId.eq(card.premises))
                    .filter(Column::Terminal.eq(card.terminal.as_str()))
                    .exec(transaction)
                    .await?;
                Entity::insert(ActiveModel {
                    region: Set(region),
                    id: Set(Uuid::now_v7()),
                    premises_id: Set(card.premises),
                    terminal: Set(card.terminal),
                    card: Set(card.card),
                    issued_ms: Set(card.issued_ms),
                    expires_ms: Set(card.expires_ms),
                })
                .exec_without_returning(transaction)
                .await?;
                Ok(())
            })
        })
        .await
}

/// Erases cards that are over.
pub(crate) async fn erase(
    transaction: &DatabaseTransaction,
    region: &str,
    now_ms: i64,
) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::Region.eq(region))
        .filter(Column::ExpiresMs.lte(now_ms))
        .exec(transaction)
        .await?;
    Ok(())
}
