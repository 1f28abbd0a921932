//! The route table. Each endpoint's method, path and access level come from its type in the
//! contract; [`mount`] refuses to start a server whose handlers say otherwise.

mod account;
mod bundle;
mod checklist;
mod client_report;
mod content;
mod credential;
pub mod desk;
mod document;
mod enterprise;
mod export;
mod guide;
mod officer;
mod operation;
mod pack;
mod page;
mod passkey;
mod plan;
mod point;
mod proofing;
mod search;
mod service;
mod session;
mod sign_in;
mod trust;

use crate::middleware::{access, frame};
use crate::state::Shared;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use yichuang_contract::endpoint::{Access, Endpoint, Method};

pub use enterprise::ENROLMENT_PATH;
use yichuang_contract::{access_log, account as own, api, enterprise as firm, officer as office};
use yichuang_contract::{credential as ident, desk as front};
use yichuang_contract::{passkey as key, proofing as proof, session as who};

/// What an endpoint promises: read by the access matrix test and the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Method.
    pub method: Method,
    /// Path pattern.
    pub path: &'static str,
    /// Who may call.
    pub access: Access,
}

/// The routes of the API with what they promise.
struct Table {
    router: OpenApiRouter<Shared>,
    promises: Vec<Promise>,
}

impl Table {
    /// Mounts an endpoint.
    ///
    /// # Panics
    /// If the handler documents another method or path than the endpoint's type: a defect that
    /// every start and every test would show.
    fn mount<E: Endpoint>(mut self, (schemas, paths, methods): UtoipaMethodRouter<Shared>) -> Self {
        let method = match E::METHOD {
            Method::Get => utoipa::openapi::HttpMethod::Get,
            Method::Post => utoipa::openapi::HttpMethod::Post,
            Method::Put => utoipa::openapi::HttpMethod::Put,
            Method::Delete => utoipa::openapi::HttpMethod::Delete,
        };
        assert!(
            paths.paths.len() == 1 && paths.get_path_operation(E::PATH, method).is_some(),
            "the handler of {} does not fit its endpoint",
            E::PATH
        );
        let access = E::ACCESS;
        let guarded =
            (schemas, paths, methods).layer(from_fn(move |request: Request, next: Next| {
                access::require(access, request, next)
            }));
        self.router = self.router.routes(guarded);
        self.promises.push(Promise {
            method: E::METHOD,
            path: E::PATH,
            access,
        });
        self
    }
}

/// Every endpoint, on one screen.
fn table() -> Table {
    Table {
        router: OpenApiRouter::with_openapi(crate::openapi::head()),
        promises: Vec::new(),
    }
    .mount::<api::GetContent>(routes!(content::get_content))
    .mount::<api::ListServices>(routes!(service::list_services))
    .mount::<api::GetService>(routes!(service::get_service))
    .mount::<api::GetGuide>(routes!(guide::get_guide))
    .mount::<api::ComputeChecklist>(routes!(checklist::compute_checklist))
    .mount::<api::SearchServices>(routes!(search::search_services))
    .mount::<api::ListPoints>(routes!(point::list_points))
    .mount::<api::ListBundles>(routes!(bundle::list_bundles))
    .mount::<api::GetBundle>(routes!(bundle::get_bundle))
    .mount::<api::ComputePlan>(routes!(plan::compute_plan))
    .mount::<api::ReportFailure>(routes!(client_report::report_failure))
    .mount::<who::GetSession>(routes!(session::get_session))
    .mount::<who::SignOut>(routes!(session::sign_out))
    .mount::<who::ListSessions>(routes!(session::list_sessions))
    .mount::<who::SignOutEverywhere>(routes!(session::sign_out_everywhere))
    .mount::<who::RevokeSession>(routes!(session::revoke_session))
    .mount::<key::BeginRegistration>(routes!(sign_in::begin_registration))
    .mount::<key::FinishRegistration>(routes!(sign_in::finish_registration))
    .mount::<key::BeginSignIn>(routes!(sign_in::begin_sign_in))
    .mount::<key::FinishSignIn>(routes!(sign_in::finish_sign_in))
    .mount::<key::ListPasskeys>(routes!(passkey::list_passkeys))
    .mount::<key::RenamePasskey>(routes!(passkey::rename_passkey))
    .mount::<key::RemovePasskey>(routes!(passkey::remove_passkey))
    .mount::<proof::GetProofing>(routes!(proofing::get_proofing))
    .mount::<proof::ProveByDemonstration>(routes!(proofing::prove_by_demonstration))
    .mount::<proof::ListDemonstrationResidents>(routes!(proofing::list_demonstration_residents))
    .mount::<own::GetAccount>(routes!(account::get_account))
    .mount::<own::ChangeContact>(routes!(account::change_contact))
    .mount::<own::ExportAccount>(routes!(export::export_account))
    .mount::<own::ReadExport>(routes!(export::read_export))
    .mount::<own::GetDeletion>(routes!(account::get_deletion))
    .mount::<own::DeleteAccount>(routes!(account::delete_account))
    .mount::<access_log::ListAccesses>(routes!(account::list_accesses))
    .mount::<firm::ListEnterprises>(routes!(enterprise::list_enterprises))
    .mount::<firm::AddMember>(routes!(enterprise::add_member))
    .mount::<firm::RemoveMember>(routes!(enterprise::remove_member))
    .mount::<office::LookUpPerson>(routes!(officer::look_up_person))
    .mount::<office::MakeEnrolmentCode>(routes!(officer::make_enrolment_code))
    .mount::<office::ListOfficerAccesses>(routes!(officer::list_officer_accesses))
    .mount::<ident::GetCredentialOffer>(routes!(credential::get_credential_offer))
    .mount::<ident::IssueCredential>(routes!(credential::issue_credential))
    .mount::<ident::IssuePaper>(routes!(credential::issue_paper))
    .mount::<ident::ListCredentials>(routes!(credential::list_credentials))
    .mount::<ident::GetCredential>(routes!(credential::get_credential))
    .mount::<ident::RevokeCredential>(routes!(credential::revoke_credential))
    .mount::<ident::ListCredentialUses>(routes!(credential::list_credential_uses))
    .mount::<ident::FindPremises>(routes!(credential::find_premises))
    .mount::<ident::GetTrust>(routes!(trust::get_trust))
    .mount::<front::GetDeskSetup>(routes!(desk::get_desk_setup))
    .mount::<front::RegisterCounter>(routes!(desk::register_counter))
    .mount::<front::CheckTypedCode>(routes!(desk::check_typed_code))
    .mount::<front::RecordCheckIns>(routes!(desk::record_check_ins))
    .mount::<front::ListCheckIns>(routes!(desk::list_check_ins))
    .mount::<front::ListDuplicateUses>(routes!(desk::list_duplicate_uses))
    .mount::<api::GetOpenApi>(routes!(document::get_open_api))
    .mount::<api::GetDocs>(routes!(document::get_docs))
    .mount::<api::GetHealth>(routes!(operation::get_health))
    .mount::<api::GetReadiness>(routes!(operation::get_readiness))
    .mount::<api::GetMetrics>(routes!(operation::get_metrics))
}

/// The OpenAPI document.
#[must_use]
pub fn open_api() -> OpenApi {
    let table = table();
    let mut document = table.router.into_openapi();
    crate::openapi::complete(&mut document, &table.promises);
    document
}

/// What every endpoint promises.
#[must_use]
pub fn promises() -> Vec<Promise> {
    table().promises
}

/// Everything that can be asked, with the middleware around it.
pub fn router(app: &Shared) -> Router {
    let (api, _) = table().router.split_for_parts();
    api.route(
        "/packs/{version}/{*name}",
        axum::routing::get(pack::get_pack),
    )
    .route(
        ident::TRUST_LIST_PATH,
        axum::routing::get(trust::get_trust_list),
    )
    .route(
        ident::STATUS_LIST_PATH,
        axum::routing::get(trust::get_status_list),
    )
    .route(
        ident::TRUST_PAGE_PATH,
        axum::routing::get(trust::get_trust_page),
    )
    .fallback(page::get_page)
    .layer(DefaultBodyLimit::max(app.settings.body_bytes))
    .layer(from_fn_with_state(app.clone(), frame))
    .with_state(app.clone())
}
