//! Temporary electronic IDs (电子临时身份凭证): issued, ended, erased.
//!
//! Issuing, ending and check-ins are [`Order`](crate::group::Order)s: they are carried out together
//! with others in one transaction, so that one wait for the disk serves many.

pub mod check_in;
pub mod counter_card;
mod upkeep;

pub use upkeep::{end_orphans, reseal};

use crate::enterprise::Premises;
use crate::entity::credential::{ActiveModel, Column, Entity, Model};
use crate::entity::{passkey, premises};
use crate::{Database, Error, Vault};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, TryInsertResult,
};
use uuid::Uuid;

/// Name of the blind index of typed codes.
const TYPED_CODE: &str = "credential.typed_code";
/// Why a credential ended: its holder took it back.
pub const REVOKED: &str = "revoked";
/// Why a credential ended: a newer one took its place.
pub const SUPERSEDED: &str = "superseded";
/// Why a credential ended: the phone was reported lost.
pub const LOST: &str = "lost";
/// How long rows are kept that the limit of issues a month counts.
const COUNTED_MS: i64 = 40 * 86_400_000;

/// A credential as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredCredential {
    /// Identifier: the credential's name in records.
    pub id: Uuid,
    /// Whose.
    pub person: Uuid,
    /// Key of the request.
    pub request_key: String,
    /// What for, as on the wire.
    pub purpose: String,
    /// `phone` or `paper`.
    pub form: String,
    /// The passkey it is bound to.
    pub passkey: Option<Uuid>,
    /// WebAuthn's identifier of that passkey.
    pub passkey_credential_id: Option<Vec<u8>>,
    /// The premises it is bound to.
    pub premises: Option<Uuid>,
    /// Day of its place in the status list.
    pub day: u32,
    /// Its place.
    pub place: u32,
    /// Blind index of the typed code.
    pub typed_code_index: Vec<u8>,
    /// The signed bytes and the typed code, sealed; empty when they were erased.
    pub sealed: Vec<u8>,
    /// Since when.
    pub issued_ms: i64,
    /// Until when.
    pub expires_ms: i64,
    /// When it ended early.
    pub ended_ms: Option<i64>,
    /// Why.
    pub end_reason: Option<String>,
}

impl std::fmt::Debug for StoredCredential {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "StoredCredential({})", self.id)
    }
}

impl From<Model> for StoredCredential {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            person: row.person_id,
            request_key: row.request_key,
            purpose: row.purpose,
            form: row.form,
            passkey: row.passkey_id,
            passkey_credential_id: row.passkey_credential_id,
            premises: row.premises_id,
            day: u32::try_from(row.day).unwrap_or_default(),
            place: u32::try_from(row.place).unwrap_or_default(),
            typed_code_index: row.typed_code_index,
            sealed: row.sealed_credential,
            issued_ms: row.issued_ms,
            expires_ms: row.expires_ms,
            ended_ms: row.ended_ms,
            end_reason: row.end_reason,
        }
    }
}

fn place(id: Uuid) -> crate::vault::Place<'static> {
    crate::vault::Place {
        table: "credential",
        column: "sealed_credential",
        row: id,
    }
}

/// Seals the signed bytes, as text, and the typed code.
///
/// # Errors
/// If the machine gives no randomness.
pub fn seal(vault: &Vault, id: Uuid, bytes: &str, typed_code: &str) -> Result<Vec<u8>, Error> {
    vault.seal(place(id), &format!("{typed_code} {bytes}"))
}

/// The blind index of a typed code.
#[must_use]
pub fn typed_code_index(vault: &Vault, typed_code: &str) -> Vec<u8> {
    vault.index(TYPED_CODE, typed_code)
}

impl StoredCredential {
    /// The signed bytes, as text, and the typed code; `None` if they were erased.
    ///
    /// # Errors
    /// If they do not open.
    pub fn open(&self, vault: &Vault) -> Result<Option<(String, String)>, Error> {
        if self.sealed.is_empty() {
            return Ok(None);
        }
        let text = vault.open(place(self.id), &self.sealed)?;
        let (code, bytes) = text
            .split_once(' ')
            .ok_or_else(|| Error::Vault(format!("credential {}", self.id)))?;
        Ok(Some((bytes.to_owned(), code.to_owned())))
    }
}

/// A credential to be kept, and what it must respect.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The credential.
    pub credential: StoredCredential,
    /// Since when issues are counted.
    pub month_begins_ms: i64,
    /// How many there may be since then, this one included.
    pub at_most: u64,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issued {
    /// It is kept; so many older ones ended.
    New {
        /// How many.
        superseded: u64,
    },
    /// The same request was answered before, with this.
    Known(Box<StoredCredential>),
    /// There were as many as there may be.
    TooMany,
    /// Another credential has its place in the status list or its typed code: draw anew.
    PlaceTaken,
    /// The passkey is gone meanwhile.
    PasskeyGone,
}

/// Keeps a credential.
pub(crate) async fn issue(
    transaction: &DatabaseTransaction,
    region: &str,
    order: &Issue,
) -> Result<Issued, Error> {
    let new = &order.credential;
    let known = Entity::find()
        .filter(Column::Region.eq(region))
        .filter(Column::PersonId.eq(new.person))
        .filter(Column::RequestKey.eq(new.request_key.as_str()))
        .one(transaction)
        .await?;
    if let Some(row) = known {
        return Ok(Issued::Known(Box::new(row.into())));
    }
    if let Some(id) = new.passkey {
        let passkey = passkey::Entity::find_by_id((region.to_owned(), id))
            .one(transaction)
            .await?;
        if passkey.is_none_or(|passkey| passkey.person_id != new.person) {
            return Ok(Issued::PasskeyGone);
        }
    }
    let count = Entity::find()
        .filter(Column::Region.eq(region))
        .filter(Column::PersonId.eq(new.person))
        .filter(Column::IssuedMs.gte(order.month_begins_ms))
        .count(transaction)
        .await?;
    if count >= order.at_most {
        return Ok(Issued::TooMany);
    }
    let inserted = Entity::insert(ActiveModel {
        region: Set(region.to_owned()),
        id: Set(new.id),
        person_id: Set(new.person),
        request_key: Set(new.request_key.clone()),
        purpose: Set(new.purpose.clone()),
        form: Set(new.form.clone()),
        passkey_id: Set(new.passkey),
        passkey_credential_id: Set(new.passkey_credential_id.clone()),
        premises_id: Set(new.premises),
        day: Set(i64::from(new.day)),
        place: Set(i64::from(new.place)),
        typed_code_index: Set(new.typed_code_index.clone()),
        sealed_credential: Set(new.sealed.clone()),
        issued_ms: Set(new.issued_ms),
        expires_ms: Set(new.expires_ms),
        ended_ms: Set(None),
        end_reason: Set(None),
    })
    .on_conflict_do_nothing()
    .exec_without_returning(transaction)
    .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        return Ok(Issued::PlaceTaken);
    }
    let superseded = Entity::update_many()
        .col_expr(Column::EndedMs, Expr::value(new.issued_ms))
        .col_expr(Column::EndReason, Expr::value(SUPERSEDED))
        .filter(Column::Region.eq(region))
        .filter(Column::PersonId.eq(new.person))
        .filter(Column::Purpose.eq(new.purpose.as_str()))
        .filter(Column::Form.eq(new.form.as_str()))
        .filter(Column::Id.ne(new.id))
        .filter(Column::EndedMs.is_null())
        .filter(Column::ExpiresMs.gt(new.issued_ms))
        .exec(transaction)
        .await?
        .rows_affected;
    Ok(Issued::New { superseded })
}

/// A wish to end credentials.
#[derive(Clone, Debug)]
pub struct End {
    /// Who wishes it.
    pub person: Uuid,
    /// Which.
    pub credential: Uuid,
    /// Whether the phone is lost: every credential of the same passkey ends.
    pub is_phone_lost: bool,
    /// When.
    pub now_ms: i64,
}

/// Ends credentials; `None` if the person has no such credential, else how many ended.
pub(crate) async fn end(
    transaction: &DatabaseTransaction,
    region: &str,
    order: &End,
) -> Result<Option<u64>, Error> {
    let row = Entity::find_by_id((region.to_owned(), order.credential))
        .one(transaction)
        .await?;
    let Some(row) = row.filter(|row| row.person_id == order.person) else {
        return Ok(None);
    };
    let reason = if order.is_phone_lost { LOST } else { REVOKED };
    let which = match row.passkey_id {
        Some(passkey) if order.is_phone_lost => Column::PasskeyId.eq(passkey),
        _ => Column::Id.eq(row.id),
    };
    let ended = Entity::update_many()
        .col_expr(Column::EndedMs, Expr::value(order.now_ms))
        .col_expr(Column::EndReason, Expr::value(reason))
        .filter(Column::Region.eq(region))
        .filter(Column::PersonId.eq(order.person))
        .filter(which)
        .filter(Column::EndedMs.is_null())
        .filter(Column::ExpiresMs.gt(order.now_ms))
        .exec(transaction)
        .await?;
    Ok(Some(ended.rows_affected))
}

/// A person's credentials, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_person(database: &Database, person: Uuid) -> Result<Vec<StoredCredential>, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::PersonId.eq(person))
        .order_by_desc(Column::IssuedMs)
        .order_by_desc(Column::Id)
        .all(database.connection())
        .await?;
    Ok(rows.into_iter().map(StoredCredential::from).collect())
}

/// A credential by its name in records.
///
/// # Errors
/// If the database does not answer.
pub async fn find(database: &Database, id: Uuid) -> Result<Option<StoredCredential>, Error> {
    let row = Entity::find_by_id((database.region().to_owned(), id))
        .one(database.connection())
        .await?;
    Ok(row.map(StoredCredential::from))
}

/// A credential by its typed code.
///
/// # Errors
/// If the database does not answer.
pub async fn find_by_typed_code(
    database: &Database,
    vault: &Vault,
    typed_code: &str,
) -> Result<Option<StoredCredential>, Error> {
    let row = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::TypedCodeIndex.eq(typed_code_index(vault, typed_code)))
        .one(database.connection())
        .await?;
    Ok(row.map(StoredCredential::from))
}

/// How many credentials a person had issued since a moment.
///
/// # Errors
/// If the database does not answer.
pub async fn count_since(database: &Database, person: Uuid, since_ms: i64) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::PersonId.eq(person))
        .filter(Column::IssuedMs.gte(since_ms))
        .count(database.connection())
        .await?)
}

/// Places in the status list since a day: day, place, and whether the credential ended early.
///
/// # Errors
/// If the database does not answer.
pub async fn places_since(database: &Database, day: u32) -> Result<Vec<(u32, u32, bool)>, Error> {
    let rows: Vec<(i64, i64, Option<i64>)> = Entity::find()
        .select_only()
        .columns([Column::Day, Column::Place, Column::EndedMs])
        .filter(Column::Region.eq(database.region()))
        .filter(Column::Day.gte(i64::from(day)))
        .into_tuple()
        .all(database.connection())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(day, place, ended)| {
            Some((
                u32::try_from(day).ok()?,
                u32::try_from(place).ok()?,
                ended.is_some(),
            ))
        })
        .collect())
}

/// Erases what has served: check-ins of before `history_begins_ms`, the bytes of credentials that
/// are over, and credentials that neither a check-in nor a limit needs. Returns how many rows went.
///
/// # Errors
/// If the database does not answer.
pub async fn erase(database: &Database, history_begins_ms: i64, now_ms: i64) -> Result<u64, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                let mut gone = check_in::erase(transaction, &region, history_begins_ms).await?;
                Entity::update_many()
                    .col_expr(Column::SealedCredential, Expr::value(Vec::<u8>::new()))
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::ExpiresMs.lte(now_ms))
                    .exec(transaction)
                    .await?;
                let kept_from = history_begins_ms.min(now_ms - COUNTED_MS);
                gone += Entity::delete_many()
                    .filter(Column::Region.eq(region.as_str()))
                    .filter(Column::ExpiresMs.lt(kept_from))
                    .exec(transaction)
                    .await?
                    .rows_affected;
                counter_card::erase(transaction, &region, now_ms).await?;
                Ok(gone)
            })
        })
        .await
}

/// Premises by a part of their name, at most so many.
///
/// # Errors
/// If the database does not answer.
pub async fn find_premises(
    database: &Database,
    name: &str,
    at_most: u64,
) -> Result<Vec<Premises>, Error> {
    let rows = premises::Entity::find()
        .filter(premises::Column::Region.eq(database.region()))
        .filter(premises::Column::Name.contains(name))
        .order_by_asc(premises::Column::Name)
        .limit(at_most)
        .all(database.connection())
        .await?;
    Ok(rows.into_iter().map(Premises::from).collect())
}
