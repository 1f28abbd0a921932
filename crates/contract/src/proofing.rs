//! Real-name proofing (实名核验): who somebody is, proved by an authority.

use crate::Text;
use crate::endpoint::endpoint;
use crate::session::SessionView;
use serde::{Deserialize, Serialize};

/// Ways to prove a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProofingMethod {
    /// The embedded register of fictional residents.
    DemonstrationRegister,
    /// An authority's identity service, by OpenID Connect.
    OpenIdConnect,
    /// An officer at a counter looked at the documents.
    Counter,
}

/// What the caller can do to prove their name, and whether it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofingView {
    /// Ways offered here.
    pub offers: Vec<ProofingOffer>,
    /// The proof, if there is one.
    pub proof: Option<ProofView>,
}

/// A way to prove a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofingOffer {
    /// Which way.
    pub method: ProofingMethod,
    /// Its name for people.
    pub name: Text,
    /// Whether what it proves is made up.
    pub is_demonstration: bool,
}

/// A proof of a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofView {
    /// By which way.
    pub method: ProofingMethod,
    /// When.
    pub proved_ms: i64,
    /// Whether the person is made up.
    pub is_demonstration: bool,
}

/// What a person says to be proved by the demonstration register.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DemonstrationProofDraft {
    /// Name as in the register.
    pub name: String,
    /// ID number (公民身份号码) as in the register, 18 characters.
    pub id_number: String,
    /// Whether to take over the account that this person has already: a lost phone. Its old
    /// passkeys and sessions end. Without it, such a person is refused with the code
    /// `already-proved-elsewhere`.
    pub recover: bool,
}

impl std::fmt::Debug for DemonstrationProofDraft {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DemonstrationProofDraft(…)")
    }
}

/// A wish to be proved by an authority's identity service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenIdProofDraft {
    /// As in [`DemonstrationProofDraft::recover`].
    pub recover: bool,
}

/// Where the browser must go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenIdStart {
    /// Address at the identity service. The way back ends at `/me/proofing#RESULT`, where RESULT is
    /// `proved` or the code of a problem.
    pub url: String,
}

/// What an identity service sends back in the address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct OpenIdReturn {
    /// One-time code.
    pub code: Option<String>,
    /// State this server gave it.
    pub state: Option<String>,
    /// Why it refused.
    pub error: Option<String>,
}

/// A fictional resident, so that visitors can try proofing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemonstrationResident {
    /// Name.
    pub name: String,
    /// ID number of a region that does not exist.
    pub id_number: String,
}

/// Which part of the demonstration register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ResidentFilter {
    /// How many to skip; 0 if left out.
    pub offset: Option<u32>,
    /// How many to show, 1 to 100; 10 if left out.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 100))]
    pub limit: Option<u16>,
}

/// A part of the demonstration register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemonstrationResidents {
    /// Always true.
    pub is_demonstration: bool,
    /// How many there are.
    pub total: u32,
    /// The residents.
    pub residents: Vec<DemonstrationResident>,
}

endpoint!(
    /// What can be done to prove a name, and whether it is done.
    GetProofing, Get "/api/v1/proofing", Account, () => ProofingView
);
endpoint!(
    /// Prove a name by the demonstration register; the session gets a new cookie.
    ProveByDemonstration, Post "/api/v1/proofing/demonstration", Account, DemonstrationProofDraft => SessionView
);
endpoint!(
    /// Fictional residents to try with; only where the demonstration register is switched on.
    ListDemonstrationResidents, Get "/api/v1/proofing/demonstration/residents", Anonymous, ResidentFilter => DemonstrationResidents
);
endpoint!(
    /// Begin to prove a name by an authority's identity service.
    StartOpenIdProof, Post "/api/v1/proofing/openid/start", Account, OpenIdProofDraft => OpenIdStart
);
endpoint!(
    /// The way back from the identity service; sends the browser to the application.
    FinishOpenIdProof, Get "/api/v1/proofing/openid/callback", Anonymous, OpenIdReturn => ()
);
