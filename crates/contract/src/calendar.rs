//! Working days (工作日): the yearly arrangement of holidays and working weekends.

use crate::Text;
use serde::{Deserialize, Serialize};

/// One year's arrangement (放假调休安排). Days are ISO 8601 dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
    /// Whether the official notice is not yet published, so that days may still move.
    pub is_provisional: bool,
    /// Holidays in order.
    pub holidays: Vec<Holiday>,
    /// Saturdays and Sundays on which offices work (调休上班).
    pub working_weekends: Vec<String>,
}

/// A holiday period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holiday {
    /// Name.
    pub name: Text,
    /// First day off.
    pub from: String,
    /// Last day off.
    pub to: String,
}
