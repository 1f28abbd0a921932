//! Real-name proofing (实名核验): one trait, two parts.
//!
//! [`register`] is the embedded register of fictional residents; [`openid`] an authority's identity
//! service. What they prove is the same: a name and an ID number that belong together.

pub mod register;

use crate::problem::{Failure, Kind};
use crate::settings::IdentitySettings;
use register::Register;
use std::pin::Pin;
use webauthn_rs::prelude::Url;
use yichuang_contract::proofing::{ProofingMethod, ProofingOffer};
use yichuang_storage::person::PersonData;

/// What somebody brings to be proved.
pub enum Evidence {
    /// A name and an ID number, to be looked up.
    NameAndNumber {
        /// Name as typed.
        name: String,
        /// ID number, read already.
        id_number: String,
    },
    /// What an identity service sent back, and what was kept when the visit began.
    Return {
        /// One-time code.
        code: String,
        /// What was kept.
        kept: String,
    },
}

/// A visit to an identity service.
pub struct Visit {
    /// Where the browser goes.
    pub url: String,
    /// What comes back with it.
    pub state: String,
    /// What must be kept until then.
    pub kept: String,
}

/// A future of a trait that must be usable as an object.
pub type Working<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// A way to prove who somebody is.
pub trait IdentityProofing: Send + Sync {
    /// How it is offered.
    fn offer(&self) -> ProofingOffer;

    /// Begins a visit; ways without one refuse.
    fn begin(&self) -> Working<'_, Visit> {
        Box::pin(async { Err(Failure::new(Kind::ProofingNotOffered)) })
    }

    /// Proves a person.
    fn prove(&self, evidence: Evidence) -> Working<'_, PersonData>;
}

/// The ways this server offers.
pub struct Proofing {
    register: Option<Register>,
    others: Vec<Box<dyn IdentityProofing>>,
}

impl Proofing {
    /// From the settings.
    ///
    /// # Errors
    /// If a setting does not fit.
    pub fn new(settings: &IdentitySettings, _origin: &Url) -> anyhow::Result<Self> {
        Ok(Self {
            register: settings.demonstration_register.then(Register::new),
            others: Vec::new(),
        })
    }

    /// The demonstration register, if it is switched on.
    ///
    /// # Errors
    /// If it is switched off.
    pub fn register(&self) -> Result<&Register, Failure> {
        self.register
            .as_ref()
            .ok_or(Failure::new(Kind::ProofingNotOffered))
    }

    fn all(&self) -> impl Iterator<Item = &dyn IdentityProofing> {
        let register = self.register.as_ref();
        register
            .map(|register| register as &dyn IdentityProofing)
            .into_iter()
            .chain(self.others.iter().map(AsRef::as_ref))
    }

    /// What is offered.
    #[must_use]
    pub fn offers(&self) -> Vec<ProofingOffer> {
        self.all().map(IdentityProofing::offer).collect()
    }

    /// A way by its method.
    ///
    /// # Errors
    /// If it is not offered here.
    pub fn by(&self, method: ProofingMethod) -> Result<&dyn IdentityProofing, Failure> {
        self.all()
            .find(|way| way.offer().method == method)
            .ok_or(Failure::new(Kind::ProofingNotOffered))
    }
}
