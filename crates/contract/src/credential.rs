//! The temporary electronic ID (电子临时身份凭证) as its holder deals with it, and the lists that are
//! published for everybody. `docs/credential-format.md` specifies the bytes.
//!
//! Times are epoch milliseconds. Bytes travel as base64url without padding.

use crate::endpoint::endpoint;
use serde::{Deserialize, Serialize};

/// The longest key of a request that may be repeated, in characters.
pub const KEY_CHARACTERS_AT_MOST: usize = 40;

/// What a temporary electronic ID is for (用途). Nothing else may be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CredentialPurpose {
    /// To check in at a hotel (旅馆入住).
    HotelCheckIn,
    /// To use an internet café (上网服务).
    InternetCafe,
    /// To travel (乘车乘机).
    Travel,
    /// To show at a police counter (窗口办事).
    PoliceCounter,
    /// To enter a venue (场馆入场).
    Venue,
}

impl CredentialPurpose {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::HotelCheckIn,
        Self::InternetCafe,
        Self::Travel,
        Self::PoliceCounter,
        Self::Venue,
    ];
}

/// How the ID number travels; a setting of the deployment (证件号码披露方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Disclosure {
    /// In full.
    Full,
    /// Masked, nothing else.
    Masked,
    /// Masked, and sealed for the police, which the desk forwards unread.
    Sealed,
}

/// What a credential is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CredentialForm {
    /// To a passkey: shown live on a phone (动态码).
    Phone,
    /// To premises: printed (纸质凭证).
    Paper,
}

/// Where a credential stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CredentialState {
    /// It can be shown.
    Valid,
    /// Its time is over.
    Expired,
    /// Its holder took it back (已撤销).
    Revoked,
    /// A newer one took its place (已更换).
    Superseded,
    /// The phone was reported lost (手机丢失).
    Lost,
}

/// What the caller may have issued, before they agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialOffer {
    /// What for.
    pub purposes: Vec<CredentialPurpose>,
    /// How the number travels.
    pub disclosure: Disclosure,
    /// Name as the desk will see it.
    pub shown_name: String,
    /// Number as the desk will see it.
    pub shown_number: String,
    /// Life in hours unless asked otherwise.
    pub hours: u16,
    /// Longest life in hours.
    pub hours_at_most: u16,
    /// Life of a paper in hours.
    pub paper_hours: u16,
    /// How many may be issued in a calendar month.
    pub issues_a_month: u16,
    /// How many more this month.
    pub issues_left: u16,
    /// Whether a silent alarm can be put inside the sealed number.
    pub may_alarm_silently: bool,
    /// For how many days a check-in stays in the history.
    pub history_days: u16,
}

/// A wish for a credential on this phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CredentialDraft {
    /// Made by the browser, at most 40 characters: the same key again gives the same credential.
    pub key: String,
    /// What for. A valid credential for the same purpose is superseded.
    pub purpose: CredentialPurpose,
    /// Life in hours; `None` for what the offer says.
    pub hours: Option<u16>,
    /// The passkey that will unlock it ([`crate::passkey::PasskeySummary::id`]).
    pub passkey: String,
    /// Whether the police shall be warned when it is used; the desk sees nothing of it.
    pub is_silent_alarm: bool,
}

/// A wish for a credential on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperDraft {
    /// As for a phone.
    pub key: String,
    /// What for.
    pub purpose: CredentialPurpose,
    /// The only premises where it counts.
    pub premises: String,
}

/// A credential as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialView {
    /// Its name in records: 32 hexadecimal digits.
    pub id: String,
    /// What for.
    pub purpose: CredentialPurpose,
    /// What it is bound to.
    pub form: CredentialForm,
    /// Where it stands.
    pub state: CredentialState,
    /// Since when.
    pub issued_ms: i64,
    /// Until when.
    pub expires_ms: i64,
    /// When it was revoked, replaced or reported lost.
    pub ended_ms: Option<i64>,
    /// Name of the premises a paper is for.
    pub premises_name: Option<String>,
    /// Identifier of the passkey that unlocks it, as WebAuthn has it (base64url); none for paper.
    pub passkey_credential_id: Option<String>,
}

/// A credential with everything that the phone needs to show it, offline too.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedCredential {
    /// The credential.
    pub view: CredentialView,
    /// The signed bytes, base64url.
    pub bytes: String,
    /// The twelve characters to be typed at a desk, in groups: `XXXX-XXXX-XXXX`.
    pub typed_code: String,
    /// Relying party of the passkey, such as `id.example.org`.
    pub relying_party: String,
    /// Origin of the passkey, such as `https://id.example.org`.
    pub origin: String,
    /// The server's time: the phone's clock may be wrong.
    pub now_ms: i64,
}

impl std::fmt::Debug for IssuedCredential {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "IssuedCredential({})", self.view.id)
    }
}

/// The caller's credentials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialList {
    /// The credentials, the newest first.
    pub credentials: Vec<CredentialView>,
}

/// Why a credential ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RevocationReason {
    /// Not needed any more.
    NotNeeded,
    /// The phone is lost: every credential of the same passkey ends.
    LostPhone,
}

/// A wish to end a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevocationDraft {
    /// Why.
    pub reason: RevocationReason,
}

/// One use of one of the caller's credentials (使用记录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialUse {
    /// The credential.
    pub credential: String,
    /// When it was used.
    pub at_ms: i64,
    /// When the server heard of it: later if the desk had no network.
    pub recorded_ms: i64,
    /// Name of the premises.
    pub premises_name: String,
    /// Their address.
    pub premises_address: String,
    /// Whether the same credential was used at other premises too.
    pub is_used_elsewhere: bool,
    /// When this record will be erased.
    pub erased_ms: i64,
}

/// Where the caller's credentials were used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialUseList {
    /// The uses, the newest first.
    pub uses: Vec<CredentialUse>,
}

/// Which premises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PremisesFilter {
    /// Part of the name; at least one character.
    pub name: String,
}

/// Premises that take temporary electronic IDs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PremisesList {
    /// At most twenty.
    pub premises: Vec<PremisesName>,
}

/// Premises by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PremisesName {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
}

/// The signed lists, for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustView {
    /// The roots: whoever verifies should know them from elsewhere.
    pub roots: Vec<TrustKey>,
    /// The signed trust list, base64url.
    pub trust_list: String,
    /// The signed status list, base64url.
    pub status_list: String,
    /// When the status list was signed.
    pub status_issued_ms: i64,
    /// What the trust list says, in words.
    pub keys: Vec<TrustKey>,
    /// When the trust list is over.
    pub expires_ms: i64,
    /// Whether the keys are a demonstration's.
    pub is_demonstration: bool,
    /// The server's time.
    pub now_ms: i64,
}

/// A key that signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustKey {
    /// Name: 16 hexadecimal digits.
    pub id: String,
    /// Suite: -7 for ES256, -65537 for SM2.
    pub algorithm: i64,
    /// Compressed point, base64url.
    pub point: String,
    /// What it may sign: `credential`, `status`, `counter`; nothing if it was withdrawn.
    pub uses: Vec<String>,
    /// From when.
    pub not_before_ms: i64,
    /// Until when.
    pub not_after_ms: i64,
}

endpoint!(
    /// What the caller may have issued.
    GetCredentialOffer, Get "/api/v1/me/credential-offer", RealName, () => CredentialOffer
);
endpoint!(
    /// Issue a credential for this phone.
    IssueCredential, Post "/api/v1/me/credentials", RealName, CredentialDraft => IssuedCredential
);
endpoint!(
    /// Issue a credential on paper.
    IssuePaper, Post "/api/v1/me/paper-credentials", RealName, PaperDraft => IssuedCredential
);
endpoint!(
    /// The caller's credentials.
    ListCredentials, Get "/api/v1/me/credentials", RealName, () => CredentialList
);
endpoint!(
    /// One of them, with its bytes.
    GetCredential, Get "/api/v1/me/credentials/{credential}", RealName, () => IssuedCredential
);
endpoint!(
    /// End a credential.
    RevokeCredential, Post "/api/v1/me/credentials/{credential}/revocation", RealName, RevocationDraft => CredentialList
);
endpoint!(
    /// Where the caller's credentials were used.
    ListCredentialUses, Get "/api/v1/me/credential-uses", RealName, () => CredentialUseList
);
endpoint!(
    /// Premises that a paper can be issued for.
    FindPremises, Get "/api/v1/credential-premises", RealName, PremisesFilter => PremisesList
);
endpoint!(
    /// The signed lists. The same bytes are at [`TRUST_LIST_PATH`] and [`STATUS_LIST_PATH`].
    GetTrust, Get "/api/v1/trust", Anonymous, () => TrustView
);

/// The signed trust list, `application/cose`.
pub const TRUST_LIST_PATH: &str = "/.well-known/yichuang/trust-list";
/// The signed status list, `application/cose`.
pub const STATUS_LIST_PATH: &str = "/.well-known/yichuang/status-list";
/// What both say, for people.
pub const TRUST_PAGE_PATH: &str = "/.well-known/yichuang/";
