//! The pages around identity: their addresses, once. They share a chunk (see [`crate::chunks`]).

/// A page around identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// Sign in, or register a passkey.
    SignIn,
    /// What belongs to the person (我的).
    Me,
    /// Passkeys.
    Passkeys,
    /// Sessions.
    Sessions,
    /// Prove one's real name (实名核验).
    Proofing,
    /// Who has looked at my data (谁看过我的数据).
    Accesses,
    /// Copy or delete one's data.
    Data,
    /// The temporary electronic ID (电子临时身份凭证).
    Credential,
    /// The hotel's desk (旅馆前台).
    Desk,
}

/// Each with its path.
const PATHS: [(Personal, &str); 9] = [
    (Personal::SignIn, "/sign-in"),
    (Personal::Me, "/me"),
    (Personal::Passkeys, "/me/passkeys"),
    (Personal::Sessions, "/me/sessions"),
    (Personal::Proofing, "/me/proofing"),
    (Personal::Accesses, "/me/accesses"),
    (Personal::Data, "/me/data"),
    (Personal::Credential, "/me/credential"),
    (Personal::Desk, "/desk"),
];

impl Personal {
    /// The page at a path.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        // Links on paper are short; what they hold stands behind a `#`.
        let path = match path.trim_end_matches('/') {
            "/enrol" => "/sign-in",
            path => path,
        };
        PATHS
            .iter()
            .find(|(_, known)| *known == path)
            .map(|(page, _)| *page)
    }

    /// Its path.
    #[must_use]
    pub const fn path(self) -> &'static str {
        PATHS[self as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_at_its_own_path() {
        for (page, path) in PATHS {
            assert_eq!(page.path(), path);
            assert_eq!(Personal::from_path(path), Some(page));
        }
    }
}
