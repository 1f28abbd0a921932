//! The pages around identity: signing in, what belongs to a person, the hotel's desk.

mod accesses;
mod credential;
mod data;
mod desk;
mod me;
mod passkeys;
mod proofing;
mod sessions;
mod sign_in;

use crate::personal::Personal;
use leptos::prelude::AnyView;

/// The page.
#[must_use]
pub fn page(page: Personal) -> AnyView {
    match page {
        Personal::SignIn => sign_in::page(),
        Personal::Me => me::page(),
        Personal::Passkeys => passkeys::page(),
        Personal::Sessions => sessions::page(),
        Personal::Proofing => proofing::page(),
        Personal::Accesses => accesses::page(),
        Personal::Data => data::page(),
        Personal::Credential => credential::page(),
        Personal::Desk => desk::page(),
    }
}
