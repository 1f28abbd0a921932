//! Members of enterprises: who they are, adding and removing them.

use super::{Enterprise, Member, MemberKind, Membership};
use crate::entity::{membership, passkey, person};
use crate::{Database, Error};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
};
use uuid::Uuid;

/// Members of an enterprise, the oldest first.
///
/// # Errors
/// If the database does not answer.
pub async fn members(database: &Database, enterprise: &Enterprise) -> Result<Vec<Member>, Error> {
    let region = database.region();
    let rows = membership::Entity::find()
        .filter(membership::Column::Region.eq(region))
        .filter(membership::Column::EnterpriseId.eq(enterprise.id))
        .order_by_asc(membership::Column::Id)
        .all(database.connection())
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let Some(kind) = MemberKind::from_id(&row.role) else {
            continue;
        };
        let person = person::Entity::find_by_id((region.to_owned(), row.person_id))
            .one(database.connection())
            .await?;
        let passkeys = passkey::Entity::find()
            .filter(passkey::Column::Region.eq(region))
            .filter(passkey::Column::PersonId.eq(row.person_id))
            .count(database.connection())
            .await?;
        found.push(Member {
            membership: Membership {
                id: row.id,
                enterprise: enterprise.clone(),
                person: row.person_id,
                kind,
                premises: row.premises_id,
                created_ms: row.created_ms,
            },
            label: person.map(|person| person.label).unwrap_or_default(),
            is_enrolled: passkeys > 0,
        });
    }
    Ok(found)
}

/// A member to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// Enterprise.
    pub enterprise: Uuid,
    /// What the enterprise calls the person.
    pub label: String,
    /// As what.
    pub kind: MemberKind,
    /// Where; `None` for all premises.
    pub premises: Option<Uuid>,
}

/// Adds a member: an account with a one-time code to register its passkey. If the enterprise has a
/// member with this label and role, they get a new code: using it ends their passkeys of before.
/// Returns the identifiers of the membership and the person.
///
/// # Errors
/// If the database does not answer.
pub async fn add_member(
    database: &Database,
    member: NewMember,
    code: &str,
    now_ms: i64,
    life_ms: i64,
) -> Result<(Uuid, Uuid), Error> {
    let region = database.region().to_owned();
    let code = code.to_owned();
    let (id, person) = (Uuid::now_v7(), Uuid::now_v7());
    database
        .write(move |transaction| {
            let (region, member, code) = (region.clone(), member.clone(), code.clone());
            Box::pin(async move {
                if let Some(known) = same(transaction, &region, &member).await? {
                    let person = known.person_id;
                    crate::enrolment::make(
                        transaction,
                        &region,
                        person,
                        true,
                        now_ms,
                        life_ms,
                        &code,
                    )
                    .await?;
                    return Ok((known.id, person));
                }
                crate::person::create(transaction, &region, person, &member.label, now_ms).await?;
                membership::Entity::insert(membership::ActiveModel {
                    region: Set(region.clone()),
                    id: Set(id),
                    enterprise_id: Set(member.enterprise),
                    person_id: Set(person),
                    role: Set(member.kind.id().to_owned()),
                    premises_id: Set(member.premises),
                    created_ms: Set(now_ms),
                })
                .exec_without_returning(transaction)
                .await?;
                crate::enrolment::make(transaction, &region, person, true, now_ms, life_ms, &code)
                    .await?;
                Ok((id, person))
            })
        })
        .await
}

/// The member of the same label, role and premises.
async fn same(
    transaction: &DatabaseTransaction,
    region: &str,
    member: &NewMember,
) -> Result<Option<membership::Model>, Error> {
    let rows = membership::Entity::find()
        .filter(membership::Column::Region.eq(region))
        .filter(membership::Column::EnterpriseId.eq(member.enterprise))
        .filter(membership::Column::Role.eq(member.kind.id()))
        .all(transaction)
        .await?;
    for row in rows {
        let person = crate::person::load(transaction, region, row.person_id).await?;
        let is_same = row.premises_id == member.premises
            && person.is_some_and(|person| person.label == member.label);
        if is_same {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// Removes a member and ends the person's sessions. `false` if there is no such member.
///
/// # Errors
/// If the database does not answer.
pub async fn remove_member(
    database: &Database,
    enterprise: Uuid,
    member: Uuid,
) -> Result<bool, Error> {
    let region = database.region().to_owned();
    database
        .write(move |transaction| {
            let region = region.clone();
            Box::pin(async move {
                let row = membership::Entity::find_by_id((region.clone(), member))
                    .one(transaction)
                    .await?;
                let Some(row) = row.filter(|row| row.enterprise_id == enterprise) else {
                    return Ok(false);
                };
                membership::Entity::delete_by_id((region.clone(), member))
                    .exec(transaction)
                    .await?;
                crate::session::end_all(transaction, &region, row.person_id).await?;
                crate::enrolment::withdraw(transaction, &region, row.person_id).await?;
                Ok(true)
            })
        })
        .await
}

/// Whether a person belongs to any enterprise.
///
/// # Errors
/// If the database does not answer.
pub async fn is_member(database: &Database, person: Uuid) -> Result<bool, Error> {
    let memberships = membership::Entity::find()
        .filter(membership::Column::Region.eq(database.region()))
        .filter(membership::Column::PersonId.eq(person))
        .count(database.connection())
        .await?;
    Ok(memberships > 0)
}
