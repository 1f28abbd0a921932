//! Service points (服务点): halls, police stations, community offices, terminals.

use crate::service::Department;
use crate::{PointId, Text};
use serde::{Deserialize, Serialize};

/// Kind of a service point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PointKind {
    /// Service hall (办事大厅).
    Hall,
    /// Police station (派出所).
    Station,
    /// Community office (社区警务室).
    CommunityOffice,
    /// A terminal open around the clock (24 小时自助机).
    #[serde(rename = "kiosk-24h")]
    Kiosk24h,
    /// Self-service hall (自助办证厅).
    SelfServiceHall,
}

/// A service point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServicePoint {
    /// Key.
    pub id: PointId,
    /// Name.
    pub name: Text,
    /// Kind.
    pub kind: PointKind,
    /// District (区).
    pub district: Text,
    /// Address as written.
    pub address: String,
    /// Longitude in micro-degrees, WGS84.
    pub longitude_e6: i32,
    /// Latitude in micro-degrees, WGS84.
    pub latitude_e6: i32,
    /// Opening hours.
    pub hours: OpeningHours,
    /// Departments served.
    pub departments: Vec<Department>,
    /// Multi-function terminals at the point.
    pub terminals: u16,
    /// Accessibility features, identifiers such as `ramp`, `lift`, `hearing-loop`.
    pub accessible: Vec<String>,
    /// Telephone.
    pub phone: String,
    /// Whether it is made up for demonstration.
    pub is_demonstration: bool,
}

/// Opening hours as `HH:MM-HH:MM`, several parts joined by a comma; empty = closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpeningHours {
    /// Monday to Friday, public holidays excepted.
    pub weekday: String,
    /// Saturday.
    pub saturday: String,
    /// Sunday.
    pub sunday: String,
    /// A remark.
    pub note: Option<Text>,
}
