//! The verdict. Everything it rests on is an argument: the time, the rules, the lists, the memory.

use crate::claims::{Binding, Claims, Credential, CredentialId, Number, Purpose};
use crate::cose::{Kind, Sign1};
use crate::live::{CounterBinding, Live, PresentationId, Shown};
use crate::reason::{Light, Reason};
use crate::seen::{Seen, Sighting};
use crate::status::StatusList;
use crate::suite::{Algorithm, PublicKey};
use crate::trust::TrustList;
use crate::unlock::Site;
use alloc::string::String;
use alloc::vec::Vec;

const HOUR: u64 = 3600;

/// How the ID number may travel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Disclosure {
    /// In full.
    Full,
    /// Masked, nothing else.
    Masked,
    /// Masked, and sealed for the authority.
    Sealed,
}

/// The rules of a deployment. Times are seconds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// What is asked for.
    pub purpose: Purpose,
    /// Which suites are on.
    pub suites: Vec<Algorithm>,
    /// The site that passkeys belong to.
    pub site: Site,
    /// How the number must travel.
    pub disclosure: Disclosure,
    /// How old a presentation may be.
    pub presentation_age: u64,
    /// How far ahead the phone's clock may be.
    pub presentation_ahead: u64,
    /// How far the clocks may differ when the counter's fresh number proves the moment.
    pub bound_difference: u64,
    /// For how long an unlock counts.
    pub unlock_age: u64,
    /// The longest life of a credential.
    pub life: u64,
    /// The longest life of a paper.
    pub paper_life: u64,
    /// How far ahead the issuer's clock may be.
    pub issuer_ahead: u64,
    /// The age of the status list at which a person decides.
    pub list_amber: u64,
    /// The age of the status list at which it no longer counts.
    pub list_red: u64,
    /// Whether a presentation must answer this counter's code.
    pub is_counter_required: bool,
    /// Whether papers are taken.
    pub is_paper_taken: bool,
}

impl Policy {
    /// The rules by default, for a hotel's desk.
    #[must_use]
    pub fn new(site: Site) -> Self {
        Self {
            purpose: Purpose::HotelCheckIn,
            suites: alloc::vec![Algorithm::Es256],
            site,
            disclosure: Disclosure::Sealed,
            presentation_age: 40,
            presentation_ahead: 20,
            bound_difference: 600,
            unlock_age: 300,
            life: 72 * HOUR,
            paper_life: 24 * HOUR,
            issuer_ahead: 60,
            list_amber: 6 * HOUR,
            list_red: 24 * HOUR,
            is_counter_required: true,
            is_paper_taken: true,
        }
    }
}

/// The counter that checks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Counter {
    /// The id of the premises.
    pub premises: String,
    /// Which counter (see [`crate::counter::audience`]).
    pub audience: [u8; 8],
    /// The fresh numbers that may still be answered.
    pub nonces: Vec<[u8; 4]>,
}

/// What a desk has at hand.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The rules.
    pub policy: &'a Policy,
    /// Whose signatures count.
    pub trust: &'a TrustList,
    /// What was revoked.
    pub status: Option<&'a StatusList>,
    /// Where the desk is.
    pub counter: &'a Counter,
    /// What it remembers.
    pub seen: &'a dyn Seen,
}

/// What the desk may show and keep of an accepted credential.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Details {
    /// The name.
    pub name: String,
    /// The number, as it may be shown.
    pub number: String,
    /// The sealed number, to be forwarded.
    pub sealed: Option<Vec<u8>>,
    /// Until when the credential is valid.
    pub expires: u64,
    /// The presentation; a paper has none.
    pub presentation: Option<PresentationId>,
}

/// The verdict.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The colour.
    pub light: Light,
    /// The one reason.
    pub reason: Reason,
    /// The credential's name in records, once the issuer's signature was good.
    pub credential: Option<CredentialId>,
    /// What may be shown; nothing on red.
    pub details: Option<Details>,
}

/// Checks what was shown to a desk. `now` is the desk's clock, in seconds since 1970.
#[must_use]
pub fn verify(shown: &str, desk: &Desk<'_>, now: u64) -> Verdict {
    let mut check = Check {
        desk,
        // Signed lists come from the past: whatever the clock says, it is not earlier.
        now: now
            .max(desk.trust.issued)
            .max(desk.status.map_or(0, |status| status.issued)),
        is_clock_behind: now + desk.policy.issuer_ahead
            < desk
                .trust
                .issued
                .max(desk.status.map_or(0, |status| status.issued)),
        credential: None,
    };
    let outcome = check.run(shown);
    let (reason, details) = match outcome {
        Ok((reason, details)) => (reason, Some(details)),
        Err(reason) => (reason, None),
    };
    Verdict {
        light: reason.light(),
        reason,
        credential: check.credential,
        details,
    }
}

struct Check<'a> {
    desk: &'a Desk<'a>,
    now: u64,
    is_clock_behind: bool,
    credential: Option<CredentialId>,
}

impl Check<'_> {
    fn run(&mut self, shown: &str) -> Result<(Reason, Details), Reason> {
        let shown = Shown::read(shown)?;
        let bytes = match &shown {
            Shown::Live(live) => &live.credential,
            Shown::Paper(credential) => credential,
        };
        let credential = self.issuer(bytes)?;
        self.times(&credential.claims)?;
        self.purpose(&credential.claims)?;
        let (presentation, is_bound) = match (&shown, &credential.claims.binding) {
            (Shown::Live(live), Binding::Passkey(passkey)) => {
                let is_bound = self.live(live, *passkey)?;
                (Some(live.id()), is_bound)
            }
            (Shown::Live(_), Binding::Premises(_)) => return Err(Reason::BadUnlock),
            (Shown::Paper(_), Binding::Passkey(_)) => return Err(Reason::NoHolderProof),
            (Shown::Paper(_), Binding::Premises(premises)) => {
                self.paper(premises)?;
                (None, false)
            }
        };
        let is_list_old = self.status(&credential.claims)?;
        let sighting = self.desk.seen.look(credential.id, presentation);
        let reason = match sighting {
            Some(Sighting::SamePresentation) => return Err(Reason::Replayed),
            Some(Sighting::Elsewhere) => return Err(Reason::UsedElsewhere),
            Some(Sighting::Here) => Reason::AlreadyHere,
            None if presentation.is_none() => Reason::Paper,
            None if is_list_old => Reason::ListOld,
            None if self.is_clock_behind => Reason::ClockBehind,
            None if !is_bound => Reason::NotBoundToCounter,
            None => Reason::Valid,
        };
        let claims = credential.claims;
        Ok((
            reason,
            Details {
                name: claims.name,
                number: claims.number.shown().into(),
                sealed: match claims.number {
                    Number::Sealed { sealed, .. } => Some(sealed),
                    _ => None,
                },
                expires: claims.expires,
                presentation,
            },
        ))
    }

    /// Who says so?
    fn issuer(&mut self, bytes: &[u8]) -> Result<Credential, Reason> {
        let credential = Credential::read(bytes)?;
        let parts = Sign1::parse_own(bytes)?;
        let trust = self.desk.trust;
        let key = trust.check(&parts, Kind::Credential, &self.desk.policy.suites)?;
        self.credential = Some(credential.id);
        key.check_time(credential.claims.issued)?;
        if self.now >= trust.expires {
            return Err(Reason::TrustListExpired);
        }
        Ok(credential)
    }

    fn times(&self, claims: &Claims) -> Result<(), Reason> {
        let policy = self.desk.policy;
        let longest = match claims.binding {
            Binding::Passkey(_) => policy.life,
            Binding::Premises(_) => policy.paper_life,
        };
        if claims.issued > self.now.saturating_add(policy.issuer_ahead) {
            return Err(Reason::NotYetValid);
        }
        if self.now >= claims.expires {
            return Err(Reason::Expired);
        }
        if claims.expires - claims.issued.min(claims.expires) > longest {
            return Err(Reason::LifeTooLong);
        }
        Ok(())
    }

    fn purpose(&self, claims: &Claims) -> Result<(), Reason> {
        let policy = self.desk.policy;
        let disclosure = match claims.number {
            Number::Full(_) => Disclosure::Full,
            Number::Masked(_) => Disclosure::Masked,
            Number::Sealed { .. } => Disclosure::Sealed,
        };
        if claims.purpose != policy.purpose {
            return Err(Reason::WrongPurpose);
        }
        if disclosure != policy.disclosure {
            return Err(Reason::WrongDisclosure);
        }
        Ok(())
    }

    /// Whether the holder shows it, now and here. Returns whether it is bound to this counter.
    fn live(&self, live: &Live, passkey: [u8; 33]) -> Result<bool, Reason> {
        let policy = self.desk.policy;
        live.verify()?;
        let passkey = PublicKey::new(Algorithm::Es256, passkey).map_err(|_| Reason::BadUnlock)?;
        live.unlock
            .verify(&live.credential, &passkey, &policy.site)?;
        let is_bound = self.counter(live.counter.as_ref())?;
        let has_nonce = live.counter.is_some_and(|counter| counter.nonce.is_some());
        let (age, ahead) = if is_bound && has_nonce {
            (policy.bound_difference, policy.bound_difference)
        } else {
            (policy.presentation_age, policy.presentation_ahead)
        };
        if live.at > self.now.saturating_add(ahead) || live.unlock.at > live.at {
            return Err(Reason::FromTheFuture);
        }
        if live.at.saturating_add(age) < self.now {
            return Err(Reason::Screenshot);
        }
        if live.at - live.unlock.at > policy.unlock_age {
            return Err(Reason::UnlockTooOld);
        }
        Ok(is_bound)
    }

    fn counter(&self, counter: Option<&CounterBinding>) -> Result<bool, Reason> {
        match counter {
            None if self.desk.policy.is_counter_required => Err(Reason::NoCounter),
            None => Ok(false),
            Some(counter) if counter.audience != self.desk.counter.audience => {
                Err(Reason::WrongCounter)
            }
            Some(CounterBinding {
                nonce: Some(nonce), ..
            }) if !self.desk.counter.nonces.contains(nonce) => Err(Reason::OldCounterCode),
            Some(_) => Ok(true),
        }
    }

    fn paper(&self, premises: &str) -> Result<(), Reason> {
        if !self.desk.policy.is_paper_taken {
            return Err(Reason::PaperRefused);
        }
        if premises != self.desk.counter.premises {
            return Err(Reason::WrongPremises);
        }
        Ok(())
    }

    /// Whether it was revoked. Returns whether the list is old.
    fn status(&self, claims: &Claims) -> Result<bool, Reason> {
        let policy = self.desk.policy;
        let list = self.desk.status.ok_or(Reason::NoStatusList)?;
        let age = self.now - list.issued.min(self.now);
        if age > policy.list_red {
            return Err(Reason::ListTooOld);
        }
        match list.is_revoked(claims.status) {
            Some(true) => Err(Reason::Revoked),
            Some(false) => Ok(age > policy.list_amber),
            // The list is older than the credential's day: it cannot have been revoked by then.
            None if claims.issued > list.issued => Ok(age > policy.list_amber),
            None => Err(Reason::StatusNotCovered),
        }
    }
}
