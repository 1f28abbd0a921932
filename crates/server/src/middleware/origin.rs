//! Requests that change something must come from the site itself.
//!
//! Browsers say where a request comes from (`Sec-Fetch-Site`, older ones `Origin` alone) and no page
//! can make them lie. Programs that say neither are let through only without a session: a cookie
//! without an origin is what a forged request would look like.

use super::limit::Class;
use crate::account::Accounts;
use crate::problem::{Failure, Kind};
use http::{HeaderMap, Method, header};

/// Refuses what another site made a browser send.
///
/// # Errors
/// With the kind [`Kind::WrongOrigin`].
pub fn check(
    accounts: &Accounts,
    class: Class,
    method: &Method,
    headers: &HeaderMap,
) -> Result<(), Failure> {
    if class != Class::Api || matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let text = |name: &header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = headers
        .get("sec-fetch-site")
        .map(|value| value.to_str().unwrap_or_default());
    let is_own = match (site, text(&header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == accounts.origin(),
        (None, None) => {
            !headers.contains_key(header::ORIGIN) && accounts.cookie().read(headers).is_none()
        }
    };
    if is_own {
        Ok(())
    } else {
        Err(Failure::new(Kind::WrongOrigin))
    }
}
