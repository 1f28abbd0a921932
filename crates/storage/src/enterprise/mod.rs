//! Legal persons (法人): enterprises, their premises and members.

mod member;

pub use member::{NewMember, add_member, is_member, members, remove_member};

use crate::entity::{enterprise, membership, premises};
use crate::{Database, Error};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set,
};
use uuid::Uuid;

/// Roles in an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberKind {
    /// Decides who else is a member.
    Owner,
    /// Deals with the enterprise's business.
    Clerk,
    /// Checks guests in.
    FrontDesk,
}

impl MemberKind {
    /// As it is stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Clerk => "clerk",
            Self::FrontDesk => "front-desk",
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        [Self::Owner, Self::Clerk, Self::FrontDesk]
            .into_iter()
            .find(|kind| kind.id() == id)
    }
}

/// An enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enterprise {
    /// Identifier.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
}

/// A place of an enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Premises {
    /// Identifier.
    pub id: Uuid,
    /// Enterprise.
    pub enterprise: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
}

/// A person's belonging to an enterprise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Identifier.
    pub id: Uuid,
    /// Enterprise.
    pub enterprise: Enterprise,
    /// Person.
    pub person: Uuid,
    /// As what.
    pub kind: MemberKind,
    /// Where; `None` for all premises.
    pub premises: Option<Uuid>,
    /// Since when.
    pub created_ms: i64,
}

/// A member as the owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The membership.
    pub membership: Membership,
    /// What the enterprise calls the person.
    pub label: String,
    /// Whether a passkey is registered.
    pub is_enrolled: bool,
}

impl From<enterprise::Model> for Enterprise {
    fn from(row: enterprise::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            credit_code: row.credit_code,
        }
    }
}

impl From<premises::Model> for Premises {
    fn from(row: premises::Model) -> Self {
        Self {
            id: row.id,
            enterprise: row.enterprise_id,
            name: row.name,
            address: row.address,
        }
    }
}

/// The enterprise with a unified social credit code.
///
/// # Errors
/// If the database does not answer.
pub async fn find(database: &Database, credit_code: &str) -> Result<Option<Enterprise>, Error> {
    let row = enterprise::Entity::find()
        .filter(enterprise::Column::Region.eq(database.region()))
        .filter(enterprise::Column::CreditCode.eq(credit_code))
        .one(database.connection())
        .await?;
    Ok(row.map(Enterprise::from))
}

/// Premises of an enterprise.
///
/// # Errors
/// If the database does not answer.
pub async fn premises_of(database: &Database, enterprise: Uuid) -> Result<Vec<Premises>, Error> {
    load_premises(database.connection(), database.region(), enterprise).await
}

/// Premises by identifier.
///
/// # Errors
/// If the database does not answer.
pub async fn find_premises(database: &Database, id: Uuid) -> Result<Option<Premises>, Error> {
    let row = premises::Entity::find_by_id((database.region().to_owned(), id))
        .one(database.connection())
        .await?;
    Ok(row.map(Premises::from))
}

pub(crate) async fn load_premises(
    connection: &impl ConnectionTrait,
    region: &str,
    enterprise: Uuid,
) -> Result<Vec<Premises>, Error> {
    let rows = premises::Entity::find()
        .filter(premises::Column::Region.eq(region))
        .filter(premises::Column::EnterpriseId.eq(enterprise))
        .order_by_asc(premises::Column::Id)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(Premises::from).collect())
}

fn membership(row: membership::Model, enterprise: enterprise::Model) -> Option<Membership> {
    Some(Membership {
        id: row.id,
        enterprise: enterprise.into(),
        person: row.person_id,
        kind: MemberKind::from_id(&row.role)?,
        premises: row.premises_id,
        created_ms: row.created_ms,
    })
}

/// Memberships of a person.
pub(crate) async fn of_person(
    connection: &impl ConnectionTrait,
    region: &str,
    person: Uuid,
) -> Result<Vec<Membership>, Error> {
    let rows = membership::Entity::find()
        .filter(membership::Column::Region.eq(region))
        .filter(membership::Column::PersonId.eq(person))
        .order_by_asc(membership::Column::Id)
        .all(connection)
        .await?;
    let mut found = Vec::new();
    for row in rows {
        let enterprise = enterprise::Entity::find_by_id((region.to_owned(), row.enterprise_id))
            .one(connection)
            .await?;
        found.extend(enterprise.and_then(|enterprise| membership(row, enterprise)));
    }
    Ok(found)
}

/// A new enterprise with its premises (name and address); if it exists already, only premises that
/// it lacks are added. Returns the enterprise and all its premises.
///
/// # Errors
/// If the database does not answer.
pub async fn create(
    database: &Database,
    name: &str,
    credit_code: &str,
    places: &[(String, String)],
    now_ms: i64,
) -> Result<(Enterprise, Vec<Premises>), Error> {
    let region = database.region().to_owned();
    let wanted = Enterprise {
        id: Uuid::now_v7(),
        name: name.to_owned(),
        credit_code: credit_code.to_owned(),
    };
    let places = places.to_vec();
    database
        .write(move |transaction| {
            let (region, wanted, places) = (region.clone(), wanted.clone(), places.clone());
            Box::pin(async move {
                let known = enterprise::Entity::find()
                    .filter(enterprise::Column::Region.eq(region.as_str()))
                    .filter(enterprise::Column::CreditCode.eq(wanted.credit_code.as_str()))
                    .one(transaction)
                    .await?;
                let found = match known {
                    Some(row) => row.into(),
                    None => {
                        insert(transaction, &region, &wanted, now_ms).await?;
                        wanted
                    }
                };
                let mut here = load_premises(transaction, &region, found.id).await?;
                for (name, address) in places {
                    if here.iter().any(|known| known.name == name) {
                        continue;
                    }
                    let place = Premises {
                        id: Uuid::now_v7(),
                        enterprise: found.id,
                        name,
                        address,
                    };
                    insert_premises(transaction, &region, &place, now_ms).await?;
                    here.push(place);
                }
                Ok((found, here))
            })
        })
        .await
}

async fn insert(
    transaction: &DatabaseTransaction,
    region: &str,
    new: &Enterprise,
    now_ms: i64,
) -> Result<(), Error> {
    enterprise::Entity::insert(enterprise::ActiveModel {
        region: Set(region.to_owned()),
        id: Set(new.id),
        name: Set(new.name.clone()),
        credit_code: Set(new.credit_code.clone()),
        created_ms: Set(now_ms),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}

async fn insert_premises(
    transaction: &DatabaseTransaction,
    region: &str,
    new: &Premises,
    now_ms: i64,
) -> Result<(), Error> {
    premises::Entity::insert(premises::ActiveModel {
        region: Set(region.to_owned()),
        id: Set(new.id),
        enterprise_id: Set(new.enterprise),
        name: Set(new.name.clone()),
        address: Set(new.address.clone()),
        created_ms: Set(now_ms),
    })
    .exec_without_returning(transaction)
    .await?;
    Ok(())
}
