//! The OpenAPI document: generated from the code, committed as docs/openapi.json, and shown as a
//! page that needs no script.

mod page;

use crate::body::{Keep, Prepared};
use crate::routes::Promise;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::info::{ContactBuilder, LicenseBuilder};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder};
use yichuang_contract::endpoint::{Access, Method};

const DESCRIPTION: &str = "One window for a city's police services: the catalogue, guided \
questions, checklists, bundles and service points are public. Whoever signs in does so with a \
passkey and gets a cookie; `x-access` on each operation says who may call it. Requests that change \
something must come from the site itself (Sec-Fetch-Site or Origin). Errors are RFC 9457 problem details with a stable `code` and sentences \
in Chinese and English. Lists and details carry an ETag; send it back as If-None-Match. One \
client may make a limited number of requests a second; Retry-After says when to go on.";

/// The document's head, before any endpoint is added.
#[must_use]
pub fn head() -> OpenApi {
    let tag = |name: &str, description: &str| {
        TagBuilder::new()
            .name(name)
            .description(Some(description))
            .build()
    };
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Yichuang (一窗)")
                .version("1")
                .description(Some(DESCRIPTION))
                .contact(Some(ContactBuilder::new().name(Some("Yichuang")).build()))
                .license(Some(
                    LicenseBuilder::new()
                        .name("Apache-2.0")
                        .identifier(Some("Apache-2.0"))
                        .build(),
                ))
                .build(),
        )
        .tags(Some([
            tag("content", "Which content is served"),
            tag("services", "Services, their guides and checklists"),
            tag("search", "Search"),
            tag("bundles", "\"One thing\" bundles"),
            tag("points", "Service points"),
            tag("sessions", "Who is signed in"),
            tag("passkeys", "Signing in and registering with a passkey"),
            tag("proofing", "Proving a real name"),
            tag(
                "account",
                "Own data: view, copy, deletion, who has looked at them",
            ),
            tag("enterprises", "Legal persons and their members"),
            tag("officers", "What officers and supervisors do with persons"),
            tag("credentials", "The temporary electronic ID for its holder"),
            tag("trust", "The signed lists of the temporary electronic ID"),
            tag(
                "desk",
                "A hotel's front desk, and what supervisors see of it",
            ),
            tag("operation", "Running the server"),
        ]))
        .build()
}

/// The name of an access level in the document.
#[must_use]
pub const fn access_name(access: Access) -> &'static str {
    match access {
        Access::Anonymous => "anonymous",
        Access::Account => "account",
        Access::RealName => "real-name",
        Access::Desk => "desk",
        Access::Officer => "officer",
        Access::Supervisor => "supervisor",
        Access::Operator => "operator",
    }
}

/// Writes into every operation who may call it (`x-access`).
pub fn complete(document: &mut OpenApi, promises: &[Promise]) {
    for promise in promises {
        let Some(item) = document.paths.paths.get_mut(promise.path) else {
            continue;
        };
        let operation = match promise.method {
            Method::Get => item.get.as_mut(),
            Method::Post => item.post.as_mut(),
            Method::Put => item.put.as_mut(),
            Method::Delete => item.delete.as_mut(),
        };
        if let Some(operation) = operation {
            let extension = ExtensionsBuilder::new()
                .add("x-access", access_name(promise.access))
                .build();
            operation.extensions = Some(extension);
        }
    }
}

/// The document as it is committed: stable order, two spaces, a line end.
#[must_use]
pub fn text() -> String {
    let document = crate::routes::open_api();
    // A document made of strings and maps can always be written.
    document.to_pretty_json().unwrap_or_default() + "\n"
}

/// The document and its page, made once.
pub struct Documents {
    /// The document.
    pub json: Prepared,
    /// The page.
    pub page: Prepared,
}

impl Default for Documents {
    fn default() -> Self {
        Self::new()
    }
}

impl Documents {
    /// Makes both.
    #[must_use]
    pub fn new() -> Self {
        let text = text();
        let page = page::html(&serde_json::from_str(&text).unwrap_or_default());
        Self {
            json: Prepared::json(text),
            page: Prepared::new(page, "text/html; charset=utf-8", Keep::Revalidate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_document_is_the_one_the_code_makes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
        let made = text();
        if std::env::var_os("YICHUANG_WRITE_OPENAPI").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            made == committed,
            "docs/openapi.json is not what the code makes; look at the difference, then run \
             YICHUANG_WRITE_OPENAPI=1 cargo test -p yichuang-server openapi"
        );
    }

    #[test]
    fn every_endpoint_is_documented_with_its_access_level() {
        let document: serde_json::Value = serde_json::from_str(&text()).unwrap();
        let promises = crate::routes::promises();
        assert!(promises.len() >= 15);
        for promise in promises {
            let method = format!("{:?}", promise.method).to_lowercase();
            let operation = &document["paths"][promise.path][&method];
            assert_eq!(operation["x-access"], access_name(promise.access));
            assert!(
                operation["summary"].is_string(),
                "{} has no summary",
                promise.path
            );
        }
    }
}
