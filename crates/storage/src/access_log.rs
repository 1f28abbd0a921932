//! Who read whose data, for what and why (数据足迹): append-only and chained.
//!
//! Every row holds the hash of the row before it, so a changed, removed or moved row breaks the
//! chain. Rows cut off at the end are found by checkpoints: the head at a moment, signed by a key
//! outside the database and written to the server's log, too. No row holds a name or a number of
//! the person: the subject is the account's identifier, which means nothing once it is deleted.

use crate::entity::{access_checkpoint, access_log};
use crate::migration::hex;
use crate::{Database, Error, Vault};
use futures_util::TryStreamExt;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, VerifyingKey};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Who reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Account of the reader.
    pub id: Uuid,
    /// The office or hotel in Chinese; never somebody's name.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Department of an officer; empty for others.
    pub department: String,
    /// Hall of an officer; empty for all or for others.
    pub hall: String,
}

/// A reading about to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Who.
    pub reader: Reader,
    /// What is done, such as `look-up`.
    pub act: &'static str,
    /// What for, as on the wire.
    pub purpose: String,
    /// Reference of a case; empty if there is none.
    pub reference: String,
    /// Why, in the reader's words.
    pub reason: String,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number.
    pub number: i64,
    /// When.
    pub at_ms: i64,
    /// Who.
    pub reader: Reader,
    /// Whose data.
    pub subject: Uuid,
    /// What was done.
    pub act: String,
    /// What for.
    pub purpose: String,
    /// Reference of a case.
    pub reference: String,
    /// Why.
    pub reason: String,
}

/// Appends an entry within the transaction that does the reading; returns its number.
///
/// # Errors
/// If the database does not answer.
pub async fn append(
    transaction: &DatabaseTransaction,
    region: &str,
    reading: &Reading,
    subject: Uuid,
    now_ms: i64,
) -> Result<i64, Error> {
    let last = access_log::Entity::find()
        .filter(access_log::Column::Region.eq(region))
        .order_by_desc(access_log::Column::Number)
        .one(transaction)
        .await?;
    let (number, previous_hash) = last.map_or((1, Vec::new()), |row| (row.number + 1, row.hash));
    let reading = reading.clone();
    let mut row = access_log::Model {
        region: region.to_owned(),
        number,
        at_ms: now_ms,
        actor_id: reading.reader.id,
        actor_zh: reading.reader.zh,
        actor_en: reading.reader.en,
        department: reading.reader.department,
        hall: reading.reader.hall,
        subject_id: subject,
        act: reading.act.to_owned(),
        purpose: reading.purpose,
        reference: reading.reference,
        reason: reading.reason,
        previous_hash,
        hash: Vec::new(),
    };
    row.hash = hash_of(&row);
    let row: access_log::ActiveModel = row.into();
    access_log::Entity::insert(row.reset_all())
        .exec_without_returning(transaction)
        .await?;
    Ok(number)
}

/// What a row's hash must be: over the region, the hash before and every field, each with its
/// length, so that no two rows hash the same bytes.
fn hash_of(row: &access_log::Model) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"yichuang access log 1\0");
    for part in [
        row.region.as_bytes(),
        &row.previous_hash,
        &row.number.to_be_bytes(),
        &row.at_ms.to_be_bytes(),
        row.actor_id.as_bytes(),
        row.actor_zh.as_bytes(),
        row.actor_en.as_bytes(),
        row.department.as_bytes(),
        row.hall.as_bytes(),
        row.subject_id.as_bytes(),
        row.act.as_bytes(),
        row.purpose.as_bytes(),
        row.reference.as_bytes(),
        row.reason.as_bytes(),
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

impl From<access_log::Model> for Entry {
    fn from(row: access_log::Model) -> Self {
        Self {
            number: row.number,
            at_ms: row.at_ms,
            reader: Reader {
                id: row.actor_id,
                zh: row.actor_zh,
                en: row.actor_en,
                department: row.department,
                hall: row.hall,
            },
            subject: row.subject_id,
            act: row.act,
            purpose: row.purpose,
            reference: row.reference,
            reason: row.reason,
        }
    }
}

/// Entries about a person, the newest first, with numbers below `before`.
///
/// # Errors
/// If the database does not answer.
pub async fn of_subject(
    database: &Database,
    subject: Uuid,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    let rows = access_log::Entity::find()
        .filter(access_log::Column::Region.eq(database.region()))
        .filter(access_log::Column::SubjectId.eq(subject))
        .filter(access_log::Column::Number.lt(before.unwrap_or(i64::MAX)))
        .order_by_desc(access_log::Column::Number)
        .limit(limit)
        .all(database.connection())
        .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Entries of officers of a department and a hall (empty: all halls), the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_department(
    database: &Database,
    department: &str,
    hall: &str,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    let mut select = access_log::Entity::find()
        .filter(access_log::Column::Region.eq(database.region()))
        .filter(access_log::Column::Department.eq(department))
        .filter(access_log::Column::Number.lt(before.unwrap_or(i64::MAX)));
    if !hall.is_empty() {
        select = select.filter(access_log::Column::Hall.eq(hall));
    }
    let rows = select
        .order_by_desc(access_log::Column::Number)
        .limit(limit)
        .all(database.connection())
        .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// The head of the log at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Number of the last entry.
    pub number: i64,
    /// Its hash in hexadecimal.
    pub hash: String,
}

/// Signs the head of the log, unless it was signed before. Returns the new checkpoint.
///
/// # Errors
/// If the database does not answer.
pub async fn checkpoint(
    database: &Database,
    vault: &Vault,
    now_ms: i64,
) -> Result<Option<Checkpoint>, Error> {
    let region = database.region();
    let Some(last) = access_log::Entity::find()
        .filter(access_log::Column::Region.eq(region))
        .order_by_desc(access_log::Column::Number)
        .one(database.connection())
        .await?
    else {
        return Ok(None);
    };
    let signed = access_checkpoint::Entity::find_by_id((region.to_owned(), last.number))
        .one(database.connection())
        .await?;
    if signed.is_some() {
        return Ok(None);
    }
    let signature: Signature =
        vault
            .log_key()
            .sign(&statement(region, last.number, now_ms, &last.hash));
    let row = access_checkpoint::ActiveModel {
        region: Set(region.to_owned()),
        number: Set(last.number),
        at_ms: Set(now_ms),
        hash: Set(last.hash.clone()),
        signature: Set(signature.to_bytes().to_vec()),
    };
    database
        .write(move |transaction| {
            let row = row.clone();
            Box::pin(async move {
                access_checkpoint::Entity::insert(row)
                    .on_conflict_do_nothing()
                    .exec_without_returning(transaction)
                    .await?;
                Ok(())
            })
        })
        .await?;
    Ok(Some(Checkpoint {
        number: last.number,
        hash: hex(&last.hash),
    }))
}

fn statement(region: &str, number: i64, at_ms: i64, hash: &[u8]) -> Vec<u8> {
    format!(
        "yichuang access log checkpoint 1\n{region}\n{number}\n{at_ms}\n{}\n",
        hex(hash)
    )
    .into_bytes()
}

/// What an examination of the log found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examination {
    /// How many entries there are.
    pub entries: u64,
    /// How many checkpoints there are.
    pub checkpoints: u64,
    /// The head.
    pub head: Option<Checkpoint>,
    /// What is wrong, a sentence each; empty if the log is sound.
    pub findings: Vec<String>,
}

/// Examines the whole log. `kept` is a checkpoint that somebody kept elsewhere.
///
/// # Errors
/// If the database does not answer.
pub async fn examine(
    database: &Database,
    key: &VerifyingKey,
    kept: Option<&Checkpoint>,
) -> Result<Examination, Error> {
    let snapshot = database.snapshot().await?;
    let region = database.region();
    let checkpoints = access_checkpoint::Entity::find()
        .filter(access_checkpoint::Column::Region.eq(region))
        .order_by_asc(access_checkpoint::Column::Number)
        .all(&snapshot)
        .await?;
    let mut found = Examination {
        checkpoints: checkpoints.len() as u64,
        ..Examination::default()
    };
    let mut awaited = checkpoints.iter().peekable();
    let mut is_kept_seen = kept.is_none();
    let mut previous: Vec<u8> = Vec::new();
    let mut expected = 1;
    let mut rows = access_log::Entity::find()
        .filter(access_log::Column::Region.eq(region))
        .order_by_asc(access_log::Column::Number)
        .stream(&snapshot)
        .await?;
    while let Some(row) = rows.try_next().await? {
        found.entries += 1;
        if row.number != expected {
            found.findings.push(format!(
                "entries {expected} to {} are missing",
                row.number - 1
            ));
        } else if row.previous_hash != previous {
            found.findings.push(format!(
                "entry {} does not follow the entry before it: one of them was changed or moved",
                row.number
            ));
        }
        if hash_of(&row) != row.hash {
            found
                .findings
                .push(format!("entry {} was changed", row.number));
        }
        while let Some(checkpoint) = awaited.next_if(|checkpoint| checkpoint.number <= row.number) {
            examine_checkpoint(&mut found, key, region, checkpoint, &row);
        }
        if let Some(kept) = kept.filter(|kept| kept.number == row.number) {
            is_kept_seen = true;
            if kept.hash != hex(&row.hash) {
                found.findings.push(format!(
                    "entry {} is not the one of the checkpoint kept elsewhere",
                    row.number
                ));
            }
        }
        expected = row.number + 1;
        found.head = Some(Checkpoint {
            number: row.number,
            hash: hex(&row.hash),
        });
        previous = row.hash;
    }
    if let Some(checkpoint) = awaited.next() {
        found.findings.push(format!(
            "the log ends before entry {}, which a checkpoint signs: entries were cut off",
            checkpoint.number
        ));
    }
    if !is_kept_seen {
        found.findings.push(
            "the log ends before the checkpoint kept elsewhere: entries were cut off".to_owned(),
        );
    }
    Ok(found)
}

fn examine_checkpoint(
    found: &mut Examination,
    key: &VerifyingKey,
    region: &str,
    checkpoint: &access_checkpoint::Model,
    row: &access_log::Model,
) {
    let is_signed = Signature::from_slice(&checkpoint.signature).is_ok_and(|signature| {
        let statement = statement(
            region,
            checkpoint.number,
            checkpoint.at_ms,
            &checkpoint.hash,
        );
        key.verify(&statement, &signature).is_ok()
    });
    if !is_signed {
        found.findings.push(format!(
            "the checkpoint of entry {} is not signed by the log's key",
            checkpoint.number
        ));
    } else if checkpoint.number == row.number && checkpoint.hash != row.hash {
        found.findings.push(format!(
            "entry {} is not the one that was signed: the log was rewritten",
            row.number
        ));
    }
}
