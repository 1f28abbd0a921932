//! Temporary electronic IDs.
use sea_orm::entity::prelude::*;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub region: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub request_key: String,
    pub purpose: String,
    pub form: String,
    pub passkey_id: Option<Uuid>,
    pub passkey_credential_id: Option<Vec<u8>>,
    pub premises_id: Option<Uuid>,
    pub day: i64,
    pub place: i64,
    pub typed_code_index: Vec<u8>,
    pub sealed_credential: Vec<u8>,
    pub issued_ms: i64,
    pub expires_ms: i64,
    pub ended_ms: Option<i64>,
    pub end_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
