//! What a desk remembers, so that nothing is used twice: names and times, nobody's data.

use crate::claims::CredentialId;
use crate::live::PresentationId;
use alloc::collections::BTreeMap;

/// What a desk knows about a credential.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sighting {
    /// This very presentation was accepted before.
    SamePresentation,
    /// It was checked in here.
    Here,
    /// It was checked in at other premises.
    Elsewhere,
}

/// A memory of what was accepted.
pub trait Seen {
    /// What is known; a paper has no presentation.
    fn look(
        &self,
        credential: CredentialId,
        presentation: Option<PresentationId>,
    ) -> Option<Sighting>;
}

/// Remembers nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forgetful;

impl Seen for Forgetful {
    fn look(&self, _: CredentialId, _: Option<PresentationId>) -> Option<Sighting> {
        None
    }
}

/// The most that a [`Memory`] keeps; the oldest goes first.
const LIMIT: usize = 20_000;

/// A memory of bounded size. Times are seconds since 1970.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    credentials: BTreeMap<CredentialId, (u64, bool)>,
    presentations: BTreeMap<PresentationId, u64>,
}

impl Memory {
    /// Remembers what was accepted here.
    pub fn accept(
        &mut self,
        credential: CredentialId,
        presentation: Option<PresentationId>,
        now: u64,
    ) {
        self.credentials.insert(credential, (now, true));
        if let Some(presentation) = presentation {
            self.presentations.insert(presentation, now);
        }
        while self.credentials.len() > LIMIT {
            let oldest = self.credentials.iter().min_by_key(|(_, (at, _))| *at);
            let Some(oldest) = oldest.map(|(id, _)| *id) else {
                break;
            };
            self.credentials.remove(&oldest);
        }
        while self.presentations.len() > LIMIT {
            let oldest = self.presentations.iter().min_by_key(|(_, at)| **at);
            let Some(oldest) = oldest.map(|(id, _)| *id) else {
                break;
            };
            self.presentations.remove(&oldest);
        }
    }

    /// Remembers what the server says of other premises.
    pub fn flag_elsewhere(&mut self, credential: CredentialId, now: u64) {
        self.credentials.entry(credential).or_insert((now, false)).1 = false;
    }

    /// Forgets what is older than a moment: after the longest life it cannot come again.
    pub fn forget_before(&mut self, moment: u64) {
        self.credentials.retain(|_, (at, _)| *at >= moment);
        self.presentations.retain(|_, at| *at >= moment);
    }
}

impl Seen for Memory {
    fn look(
        &self,
        credential: CredentialId,
        presentation: Option<PresentationId>,
    ) -> Option<Sighting> {
        if presentation.is_some_and(|id| self.presentations.contains_key(&id)) {
            return Some(Sighting::SamePresentation);
        }
        let (_, is_here) = self.credentials.get(&credential)?;
        Some(if *is_here {
            Sighting::Here
        } else {
            Sighting::Elsewhere
        })
    }
}
