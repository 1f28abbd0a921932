//! Check-ins (入住登记): which credential was used where and when.

use crate::entity::check_in::{ActiveModel, Column, Entity, Model};
use crate::entity::credential;
use crate::{Database, Error};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a check-in shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing strange.
    Recorded,
    /// The credential was used at other premises before.
    UsedElsewhere,
    /// The credential had ended early before it was used.
    EndedBefore,
    /// The credential was over when it was used.
    ExpiredBefore,
    /// There is no such credential; nothing is kept.
    Unknown,
}

impl Finding {
    const ALL: [Self; 4] = [
        Self::Recorded,
        Self::UsedElsewhere,
        Self::EndedBefore,
        Self::ExpiredBefore,
    ];

    const fn id(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::UsedElsewhere => "used-elsewhere",
            Self::EndedBefore => "ended-before",
            Self::ExpiredBefore => "expired-before",
            Self::Unknown => "unknown",
        }
    }

    fn from_id(id: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|finding| finding.id() == id)
            .unwrap_or(Self::Recorded)
    }
}

/// A check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIn {
    /// Identifier.
    pub id: Uuid,
    /// Where.
    pub premises: Uuid,
    /// Key of the report.
    pub request_key: String,
    /// Which credential.
    pub credential: Uuid,
    /// When.
    pub at_ms: i64,
    /// When the server heard of it.
    pub recorded_ms: i64,
    /// What it shows.
    pub finding: Finding,
}

impl From<Model> for CheckIn {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            premises: row.premises_id,
            request_key: row.request_key,
            credential: row.credential_id,
            at_ms: row.at_ms,
            recorded_ms: row.recorded_ms,
            finding: Finding::from_id(&row.finding),
        }
    }
}

/// A report of a desk.
#[derive(Clone, Debug)]
pub struct Report {
    /// Where.
    pub premises: Uuid,
    /// Key, which makes a repeated report count once.
    pub request_key: String,
    /// Which credential.
    pub credential: Uuid,
    /// When.
    pub at_ms: i64,
}

/// Records reports, in their order.
pub(crate) async fn record(
    transaction: &DatabaseTransaction,
    region: &str,
    reports: &[Report],
    now_ms: i64,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::with_capacity(reports.len());
    for report in reports {
        findings.push(record_one(transaction, region, report, now_ms).await?);
    }
    Ok(findings)
}

async fn record_one(
    transaction: &DatabaseTransaction,
    region: &str,
    report: &Report,
    now_ms: i64,
) -> Result<Finding, Error> {
    let known = Entity::find()
        .filter(Column::Region.eq(region))
        .filter(Column::PremisesId.eq(report.premises))
        .filter(Column::RequestKey.eq(report.request_key.as_str()))
        .one(transaction)
        .await?;
    if let Some(row) = known {
        return Ok(Finding::from_id(&row.finding));
    }
    let credential = credential::Entity::find_by_id((region.to_owned(), report.credential))
        .one(transaction)
        .await?;
    let Some(credential) = credential else {
        return Ok(Finding::Unknown);
    };
    let elsewhere = Entity::find()
        .filter(Column::Region.eq(region))
        .filter(Column::CredentialId.eq(report.credential))
        .filter(Column::PremisesId.ne(report.premises))
        .one(transaction)
        .await?;
    let finding = if credential
        .ended_ms
        .is_some_and(|ended| ended <= report.at_ms)
    {
        Finding::EndedBefore
    } else if credential.expires_ms <= report.at_ms {
        Finding::ExpiredBefore
    } else if elsewhere.is_some() {
        Finding::UsedElsewhere
    } else {
        Finding::Recorded
    };
    Entity::insert(ActiveModel {
        region: Set(region.to_owned()),
        id: Set(Uuid::now_v7()),
        premises_id: Set(report.premises),
        request_key: Set(report.request_key.clone()),
        credential_id: Set(report.credential),
        at_ms: Set(report.at_ms),
        recorded_ms: Set(now_ms),
        finding: Set(finding.id().to_owned()),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(finding)
}

/// Check-ins of premises between two times, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_premises(
    database: &Database,
    premises: Uuid,
    from_ms: i64,
    before_ms: i64,
    at_most: u64,
) -> Result<Vec<CheckIn>, Error> {
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::PremisesId.eq(premises))
        .filter(Column::AtMs.gte(from_ms))
        .filter(Column::AtMs.lt(before_ms))
        .order_by_desc(Column::AtMs)
        .order_by_desc(Column::Id)
        .limit(at_most)
        .all(database.connection())
        .await?;
    Ok(rows.into_iter().map(CheckIn::from).collect())
}

/// Check-ins with a person's credentials since a time, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of_person(
    database: &Database,
    person: Uuid,
    from_ms: i64,
) -> Result<Vec<CheckIn>, Error> {
    let credentials: Vec<Uuid> = credential::Entity::find()
        .select_only()
        .column(credential::Column::Id)
        .filter(credential::Column::Region.eq(database.region()))
        .filter(credential::Column::PersonId.eq(person))
        .into_tuple()
        .all(database.connection())
        .await?;
    if credentials.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::CredentialId.is_in(credentials))
        .filter(Column::AtMs.gte(from_ms))
        .order_by_desc(Column::AtMs)
        .order_by_desc(Column::Id)
        .all(database.connection())
        .await?;
    Ok(rows.into_iter().map(CheckIn::from).collect())
}

/// Credentials used at more premises than one since a time, each with its check-ins, the oldest
/// first; the credential used last comes first.
///
/// # Errors
/// If the database does not answer.
pub async fn duplicates(
    database: &Database,
    from_ms: i64,
    at_most: usize,
) -> Result<Vec<(Uuid, Vec<CheckIn>)>, Error> {
    let flagged: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::CredentialId)
        .distinct()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::AtMs.gte(from_ms))
        .filter(Column::Finding.eq(Finding::UsedElsewhere.id()))
        .into_tuple()
        .all(database.connection())
        .await?;
    let rows = Entity::find()
        .filter(Column::Region.eq(database.region()))
        .filter(Column::CredentialId.is_in(flagged))
        .order_by_asc(Column::AtMs)
        .order_by_asc(Column::Id)
        .all(database.connection())
        .await?;
    let mut by_credential: BTreeMap<Uuid, Vec<CheckIn>> = BTreeMap::new();
    for row in rows {
        by_credential
            .entry(row.credential_id)
            .or_default()
            .push(row.into());
    }
    let mut found: Vec<_> = by_credential.into_iter().collect();
    found.sort_by_key(|(_, uses)| std::cmp::Reverse(uses.last().map(|last| last.at_ms)));
    found.truncate(at_most);
    Ok(found)
}

/// Which of these credentials were used at more premises than one.
#[must_use]
pub fn used_at_several(check_ins: &[CheckIn]) -> BTreeSet<Uuid> {
    let mut places: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for check_in in check_ins {
        places
            .entry(check_in.credential)
            .or_default()
            .insert(check_in.premises);
    }
    places
        .into_iter()
        .filter(|(_, premises)| premises.len() > 1)
        .map(|(credential, _)| credential)
        .collect()
}

/// Erases check-ins of before a time.
pub(crate) async fn erase(
    transaction: &DatabaseTransaction,
    region: &str,
    before_ms: i64,
) -> Result<u64, Error> {
    Ok(Entity::delete_many()
        .filter(Column::Region.eq(region))
        .filter(Column::AtMs.lt(before_ms))
        .exec(transaction)
        .await?
        .rows_affected)
}
