//! Passkeys: signing in and registering with the face, the fingerprint or the PIN of a device.
//!
//! `options` are what browsers take in `PublicKeyCredential.parseCreationOptionsFromJSON` and
//! `parseRequestOptionsFromJSON`; `credential` is what `PublicKeyCredential.toJSON` gives. The
//! types below name the members that the server reads; browsers may send more.

use crate::endpoint::endpoint;
use crate::session::SessionView;
use serde::{Deserialize, Serialize};

/// The longest name of a passkey, in characters.
pub const NAME_CHARACTERS_AT_MOST: usize = 40;
/// How many passkeys a person may have.
pub const PASSKEYS_AT_MOST: usize = 20;

/// A wish to register a passkey. Whoever is signed in adds one to the account; whoever is not
/// opens a new account, or takes over the one an enrolment code was made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegistrationDraft {
    /// How the person calls the device, such as "My phone"; 1 to 40 characters.
    pub name: String,
    /// A one-time enrolment code from a counter, an administrator or an enterprise. Capital or
    /// small letters, spaces and hyphens do not matter.
    pub enrolment_code: Option<String>,
}

/// What the browser needs to make a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegistrationChallenge {
    /// To be sent back with the passkey; good once, for five minutes.
    pub ceremony: String,
    /// For `PublicKeyCredential.parseCreationOptionsFromJSON`.
    pub options: CreationOptions,
}

/// Options to make a passkey (WebAuthn `PublicKeyCredentialCreationOptionsJSON`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreationOptions {
    /// Who asks.
    pub rp: RelyingParty,
    /// For whom.
    pub user: PasskeyUser,
    /// Random, base64url.
    pub challenge: String,
    /// Algorithms, the preferred first.
    pub pub_key_cred_params: Vec<PasskeyAlgorithm>,
    /// How long the browser may take, in milliseconds.
    pub timeout: u32,
    /// Passkeys the person has already.
    pub exclude_credentials: Vec<PasskeyDescriptor>,
    /// What the device must be able to do.
    pub authenticator_selection: AuthenticatorSelection,
    /// Always `none`: which make a device is, is nobody's business.
    pub attestation: String,
    /// Extensions.
    pub extensions: CreationExtensions,
}

/// Who asks for a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RelyingParty {
    /// Domain.
    pub id: String,
    /// Name.
    pub name: String,
}

/// For whom a passkey is; what the device shows in its list. Never a real name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PasskeyUser {
    /// Identifier, base64url.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name for display.
    pub display_name: String,
}

/// An algorithm of passkeys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyAlgorithm {
    /// Always `public-key`.
    #[serde(rename = "type")]
    pub kind: String,
    /// COSE number; -7 is ES256.
    pub alg: i64,
}

/// A passkey as browsers name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyDescriptor {
    /// Always `public-key`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Credential identifier, base64url.
    pub id: String,
}

/// What the device must be able to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticatorSelection {
    /// Always `required`: signing in needs no user name.
    pub resident_key: String,
    /// The same for old browsers.
    pub require_resident_key: bool,
    /// Always `required`: face, fingerprint or PIN.
    pub user_verification: String,
}

/// Extensions of a registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreationExtensions {
    /// Asks whether the passkey is discoverable.
    pub cred_props: bool,
}

/// A passkey the browser made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegistrationAnswer {
    /// From the challenge.
    pub ceremony: String,
    /// `credential.toJSON()`.
    pub credential: CreatedCredential,
}

/// A new passkey (WebAuthn `RegistrationResponseJSON`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreatedCredential {
    /// Identifier, base64url.
    pub id: String,
    /// The same.
    pub raw_id: String,
    /// `public-key`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the device said.
    pub response: AttestationResponse,
}

/// What the device said when it made a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AttestationResponse {
    /// Base64url.
    #[serde(rename = "clientDataJSON")]
    pub client_data_json: String,
    /// Base64url.
    pub attestation_object: String,
}

/// What the browser needs to sign in with a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInChallenge {
    /// To be sent back; good once, for five minutes.
    pub ceremony: String,
    /// For `PublicKeyCredential.parseRequestOptionsFromJSON`.
    pub options: RequestOptions,
}

/// Options to use a passkey (WebAuthn `PublicKeyCredentialRequestOptionsJSON`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions {
    /// Random, base64url.
    pub challenge: String,
    /// How long the browser may take, in milliseconds.
    pub timeout: u32,
    /// Domain.
    pub rp_id: String,
    /// Empty: the device offers the passkeys it has.
    pub allow_credentials: Vec<PasskeyDescriptor>,
    /// Always `required`.
    pub user_verification: String,
}

/// A passkey used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignInAnswer {
    /// From the challenge.
    pub ceremony: String,
    /// `credential.toJSON()`.
    pub credential: UsedCredential,
}

/// A used passkey (WebAuthn `AuthenticationResponseJSON`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UsedCredential {
    /// Identifier, base64url.
    pub id: String,
    /// The same.
    pub raw_id: String,
    /// `public-key`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the device said.
    pub response: AssertionResponse,
}

/// What the device said when a passkey was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AssertionResponse {
    /// Base64url.
    #[serde(rename = "clientDataJSON")]
    pub client_data_json: String,
    /// Base64url.
    pub authenticator_data: String,
    /// Base64url.
    pub signature: String,
    /// Base64url; whose passkey it is.
    pub user_handle: Option<String>,
}

/// One of the caller's passkeys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeySummary {
    /// Identifier.
    pub id: String,
    /// WebAuthn's identifier of it, base64url; for `PublicKeyCredential.signalUnknownCredential`
    /// and for unlocking the temporary electronic ID with this very passkey.
    pub credential_id: String,
    /// How the person calls it.
    pub name: String,
    /// When it was registered.
    pub created_ms: i64,
    /// When it was last used.
    pub used_ms: Option<i64>,
    /// Whether this session was opened with it.
    pub is_current: bool,
}

/// The caller's passkeys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasskeyList {
    /// The passkeys, the oldest first.
    pub passkeys: Vec<PasskeySummary>,
    /// Whether the last one may be removed, because the account can be recovered by proofing.
    pub may_remove_last: bool,
}

/// A new name of a passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasskeyName {
    /// 1 to 40 characters.
    pub name: String,
}

endpoint!(
    /// Begin to register a passkey.
    BeginRegistration, Post "/api/v1/passkeys/registration/begin", Anonymous, RegistrationDraft => RegistrationChallenge
);
endpoint!(
    /// Register the passkey; opens a session.
    FinishRegistration, Post "/api/v1/passkeys/registration/finish", Anonymous, RegistrationAnswer => SessionView
);
endpoint!(
    /// Begin to sign in.
    BeginSignIn, Post "/api/v1/passkeys/sign-in/begin", Anonymous, () => SignInChallenge
);
endpoint!(
    /// Sign in; opens a session.
    FinishSignIn, Post "/api/v1/passkeys/sign-in/finish", Anonymous, SignInAnswer => SessionView
);
endpoint!(
    /// The caller's passkeys.
    ListPasskeys, Get "/api/v1/passkeys", Account, () => PasskeyList
);
endpoint!(
    /// Rename a passkey.
    RenamePasskey, Put "/api/v1/passkeys/{passkey}", Account, PasskeyName => PasskeySummary
);
endpoint!(
    /// Remove a passkey and end the sessions opened with it.
    RemovePasskey, Delete "/api/v1/passkeys/{passkey}", Account, () => ()
);
