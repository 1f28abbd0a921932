//! Every client address, once: [`Page`] parses and writes them.
//!
//! What follows the `?` is not part of a page: a page that changes its query (a filter, the
//! answers of a guide) stays mounted and reads it through [`crate::navigation`].

use crate::personal::Personal;
use yichuang_contract::{BundleCode, ServiceCode};

/// A page of the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// Home: search first.
    Home,
    /// The catalogue (事项目录), narrowed by its query.
    Services,
    /// One service.
    Service(ServiceCode),
    /// The guide of a service (问答式指引); query `a` holds the answers.
    Guide(ServiceCode),
    /// The personal checklist (收件清单) of a guide; query `a` holds the answers.
    Checklist(ServiceCode),
    /// One picture (一图看懂) of a guide; query `a` holds the answers.
    Map(ServiceCode),
    /// All search results; query `q`.
    Search,
    /// All bundles (一件事).
    Bundles,
    /// One bundle.
    Bundle(BundleCode),
    /// The joined questionnaire of a bundle.
    BundleQuestions(BundleCode),
    /// The plan of a bundle.
    BundlePlan(BundleCode),
    /// The custom bundle (随心办): what is in the basket.
    Basket,
    /// The joined questionnaire of a basket; query `s` holds its services, `a` the answers.
    BasketQuestions,
    /// The plan of a basket.
    BasketPlan,
    /// Checklists kept on this device.
    Saved,
    /// What this is, and about whom to complain.
    About,
    /// Every base component with examples, for whoever builds pages.
    Examples,
    /// A page around identity.
    Personal(Personal),
    /// An address nobody knows.
    NotFound,
}

impl Page {
    /// The page at this path (without query).
    #[must_use]
    pub fn from_path(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let parts = [parts.next(), parts.next(), parts.next(), parts.next()];
        let service =
            |code: &str, page: fn(ServiceCode) -> Self| code.parse().map_or(Self::NotFound, page);
        let bundle =
            |code: &str, page: fn(BundleCode) -> Self| code.parse().map_or(Self::NotFound, page);
        match parts {
            [None, ..] => Self::Home,
            [Some("services"), None, ..] => Self::Services,
            [Some("services"), Some(code), None, _] => service(code, Self::Service),
            [Some("services"), Some(code), Some("guide"), None] => service(code, Self::Guide),
            [Some("services"), Some(code), Some("checklist"), None] => {
                service(code, Self::Checklist)
            }
            [Some("services"), Some(code), Some("map"), None] => service(code, Self::Map),
            [Some("search"), None, ..] => Self::Search,
            [Some("bundles"), None, ..] => Self::Bundles,
            [Some("bundles"), Some(code), None, _] => bundle(code, Self::Bundle),
            [Some("bundles"), Some(code), Some("questions"), None] => {
                bundle(code, Self::BundleQuestions)
            }
            [Some("bundles"), Some(code), Some("plan"), None] => bundle(code, Self::BundlePlan),
            [Some("basket"), None, ..] => Self::Basket,
            [Some("basket"), Some("questions"), None, _] => Self::BasketQuestions,
            [Some("basket"), Some("plan"), None, _] => Self::BasketPlan,
            [Some("saved"), None, ..] => Self::Saved,
            [Some("about"), None, ..] => Self::About,
            [Some("examples"), None, ..] => Self::Examples,
            _ => Personal::from_path(path).map_or(Self::NotFound, Self::Personal),
        }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> String {
        let service = |code: &ServiceCode, rest: &str| ["/services/", code.as_str(), rest].concat();
        let bundle = |code: &BundleCode, rest: &str| ["/bundles/", code.as_str(), rest].concat();
        match self {
            Self::Home | Self::NotFound => "/".into(),
            Self::Services => "/services".into(),
            Self::Service(code) => service(code, ""),
            Self::Guide(code) => service(code, "/guide"),
            Self::Checklist(code) => service(code, "/checklist"),
            Self::Map(code) => service(code, "/map"),
            Self::Search => "/search".into(),
            Self::Bundles => "/bundles".into(),
            Self::Bundle(code) => bundle(code, ""),
            Self::BundleQuestions(code) => bundle(code, "/questions"),
            Self::BundlePlan(code) => bundle(code, "/plan"),
            Self::Basket => "/basket".into(),
            Self::BasketQuestions => "/basket/questions".into(),
            Self::BasketPlan => "/basket/plan".into(),
            Self::Saved => "/saved".into(),
            Self::About => "/about".into(),
            Self::Examples => "/examples".into(),
            Self::Personal(page) => page.path().into(),
        }
    }

    /// Its path with a query; pairs with an empty value are left out.
    #[must_use]
    pub fn with_query(&self, pairs: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        let path = self.path();
        if query.is_empty() {
            path
        } else {
            [&path, "?", &query].concat()
        }
    }

    /// The pattern of its path, for reports that must not tell who looked at what.
    #[must_use]
    pub const fn pattern(&self) -> &'static str {
        match self {
            Self::Personal(page) => page.path(),
            Self::Home => "/",
            Self::Services => "/services",
            Self::Service(_) => "/services/:code",
            Self::Guide(_) => "/services/:code/guide",
            Self::Checklist(_) => "/services/:code/checklist",
            Self::Map(_) => "/services/:code/map",
            Self::Search => "/search",
            Self::Bundles => "/bundles",
            Self::Bundle(_) => "/bundles/:code",
            Self::BundleQuestions(_) => "/bundles/:code/questions",
            Self::BundlePlan(_) => "/bundles/:code/plan",
            Self::Basket => "/basket",
            Self::BasketQuestions => "/basket/questions",
            Self::BasketPlan => "/basket/plan",
            Self::Saved => "/saved",
            Self::About => "/about",
            Self::Examples => "/examples",
            Self::NotFound => "/*",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_page() -> Vec<Page> {
        let service: ServiceCode = "HJ-017".parse().expect("a service code");
        let bundle: BundleCode = "YJ-001".parse().expect("a bundle code");
        vec![
            Page::Home,
            Page::Services,
            Page::Service(service.clone()),
            Page::Guide(service.clone()),
            Page::Checklist(service.clone()),
            Page::Map(service),
            Page::Search,
            Page::Bundles,
            Page::Bundle(bundle.clone()),
            Page::BundleQuestions(bundle.clone()),
            Page::BundlePlan(bundle),
            Page::Basket,
            Page::BasketQuestions,
            Page::BasketPlan,
            Page::Saved,
            Page::About,
            Page::Examples,
            Page::Personal(Personal::Me),
            Page::Personal(Personal::Passkeys),
        ]
    }

    #[test]
    fn every_page_is_found_again_at_its_own_path() {
        for page in every_page() {
            assert_eq!(Page::from_path(&page.path()), page);
        }
    }

    #[test]
    fn a_trailing_slash_does_not_matter() {
        assert_eq!(Page::from_path("/services/"), Page::Services);
    }

    #[test]
    fn an_unknown_or_malformed_address_is_not_found() {
        for path in [
            "/nothing",
            "/services/XX",
            "/services/HJ-017/other",
            "/services/HJ-017/guide/x",
            "/bundles/HJ-017",
        ] {
            assert_eq!(Page::from_path(path), Page::NotFound, "{path}");
        }
    }

    #[test]
    fn a_query_is_escaped_and_empty_values_are_left_out() {
        assert_eq!(
            Page::Search.with_query(&[("q", "宝宝 &"), ("x", "")]),
            "/search?q=%E5%AE%9D%E5%AE%9D+%26"
        );
        assert_eq!(Page::Search.with_query(&[("q", "")]), "/search");
    }
}
