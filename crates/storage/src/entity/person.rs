//! Persons; what identifies them is sealed.
use sea_orm::entity::prelude::*;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub label: String,
    pub created_ms: i64,
    pub proof_method: Option<String>,
    pub proved_ms: Option<i64>,
    pub is_demonstration: bool,
    pub id_number_index: Option<Vec<u8>>,
    pub sealed_name: Option<Vec<u8>>,
    pub sealed_id_number: Option<Vec<u8>>,
    pub sealed_phone: Option<Vec<u8>>,
    pub sealed_address: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
