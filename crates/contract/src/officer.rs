//! What officers do with persons: look them up, and hand out enrolment codes on paper.

use crate::access_log::{AccessPage, Purpose};
use crate::endpoint::endpoint;
use serde::{Deserialize, Serialize};

/// A one-time enrolment code, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentCode {
    /// The code in groups, to be printed.
    pub code: String,
    /// Path with the code behind a `#`, where it reaches no server and no log.
    pub path: String,
    /// When it ends.
    pub ends_ms: i64,
}

impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("EnrolmentCode(…)")
    }
}

/// Whose data an officer wants to see, and why.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonLookup {
    /// ID number, 18 characters.
    pub id_number: String,
    /// What for: `case`, `enquiry` or `proofing`.
    pub purpose: Purpose,
    /// Reference of the case, at most 40 characters; needed for `case`.
    pub reference: String,
    /// Why, 4 to 200 characters; the person can read it. No long numbers.
    pub reason: String,
    /// Whether the data are needed unmasked.
    pub unmasked: bool,
}

impl std::fmt::Debug for PersonLookup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PersonLookup(…)")
    }
}

/// A person, masked unless asked for otherwise.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonView {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// ID number.
    pub id_number: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Whether the values are masked.
    pub is_masked: bool,
    /// Whether the person is made up.
    pub is_demonstration: bool,
    /// Number of the entry this look made in the access log.
    pub access_number: i64,
}

/// A person at a counter who shall get an enrolment code on paper.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CounterEnrolmentDraft {
    /// Name as in the document the officer looked at.
    pub name: String,
    /// ID number in it.
    pub id_number: String,
    /// Which document was looked at and why a code is needed, 4 to 200 characters. No long numbers.
    pub reason: String,
}

impl std::fmt::Debug for CounterEnrolmentDraft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CounterEnrolmentDraft(…)")
    }
}

endpoint!(
    /// Look a person up; leaves an entry that the person sees.
    LookUpPerson, Post "/api/v1/officer/person-lookups", Officer, PersonLookup => PersonView
);
endpoint!(
    /// Make an enrolment code for a person at the counter, to be printed.
    MakeEnrolmentCode, Post "/api/v1/officer/enrolment-codes", Officer, CounterEnrolmentDraft => EnrolmentCode
);
endpoint!(
    /// What officers of the supervisor's departments and halls have looked at.
    ListOfficerAccesses, Get "/api/v1/supervisor/accesses", Supervisor, crate::access_log::AccessFilter => AccessPage
);
