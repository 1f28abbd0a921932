//! The parts of the application that are loaded when a person asks for them.
//!
//! Everything that only these pages use is cut out of the first module when the application is
//! built (docs/decisions/code-splitting.md). To add a page: name its chunk in [`page`] and give its
//! view in the function of that chunk; code that several chunks share becomes a chunk by itself.
//!
//! Keep the names few. The splitter makes a chunk for every set of names that share code, and each
//! chunk is a request: seven names gave sixty chunks and thirty-two requests for a service's page.
//! Hence five: the service page; what one does next there (guide, checklist, points, codes); what
//! draws (maps and plans); what is personal (signing in, the credential, the desk); the rest, with the catalogue, whose filters alone would be 8 KB of the
//! first download.
//!
//! Always `fallible`: without it, a failed download ends the whole application.

use crate::components;
use crate::page::Page;
use crate::pages::identity;
use crate::pages::{about, bundles, catalogue, examples, not_found, saved, service};
use crate::ui::{ChunkMissing, PageOf, lazy_page};
use leptos::prelude::{AnyView, Signal};
use yichuang_contract::service::Department;

/// Cuts a function and all that only it uses out of the first module, under the chunk's name.
/// Without the feature `split` nothing is cut: tests in the browser run one whole module.
macro_rules! in_chunk {
    ($chunk:ident, fn $name:ident() -> $result:ty $body:block) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($chunk, fallible)]
        fn $name() -> $result $body

        #[cfg(not(feature = "split"))]
        async fn $name() -> $result $body
    };
}

/// A page of a chunk; `None` for a page of the first module.
#[must_use]
pub fn page(page: &Page) -> Option<AnyView> {
    let asked = page.clone();
    Some(match page {
        Page::Home | Page::Search | Page::NotFound => return None,
        Page::Service(_) => lazy_page(service_chunk, asked),
        Page::Guide(_) => lazy_page(guide_chunk, asked),
        Page::Checklist(_) => lazy_page(checklist_chunk, asked),
        Page::Map(_) => lazy_page(map_chunk, asked),
        Page::Bundles | Page::Bundle(_) | Page::Basket => lazy_page(bundles_chunk, asked),
        Page::BundleQuestions(_)
        | Page::BundlePlan(_)
        | Page::BasketQuestions
        | Page::BasketPlan => lazy_page(plan_chunk, asked),
        Page::Services | Page::Saved | Page::About | Page::Examples => {
            lazy_page(extra_chunk, asked)
        }
        Page::Personal(_) => lazy_page(identity_chunk, asked),
    })
}

in_chunk!(
    service,
    fn service_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::Service(code) => service::service_page(code),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    guide,
    fn guide_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::Guide(code) => service::guide_page(code),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    guide,
    fn checklist_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::Checklist(code) => service::checklist_page(code),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    drawings,
    fn map_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::Map(code) => service::map_page(code),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    drawings,
    fn bundles_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::Bundles => bundles::list_page(),
            Page::Bundle(code) => bundles::bundle_page(code),
            Page::Basket => bundles::basket_page(),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    drawings,
    fn plan_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::BundleQuestions(code) => bundles::bundle_questions_page(code),
            Page::BundlePlan(code) => bundles::bundle_plan_page(code),
            Page::BasketQuestions => bundles::basket_questions_page(),
            Page::BasketPlan => bundles::basket_plan_page(),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    extra,
    fn extra_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::Services => catalogue::page(),
            Page::Saved => saved::page(),
            Page::About => about::page(),
            Page::Examples => examples::page(),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    identity,
    fn identity_chunk() -> Result<PageOf<Page>, ChunkMissing> {
        Ok(|page| match page {
            Page::Personal(page) => identity::page(page),
            _ => not_found::page(),
        })
    }
);

in_chunk!(
    guide,
    fn points_chunk() -> Result<PageOf<(Department, bool)>, ChunkMissing> {
        Ok(components::point_list)
    }
);

in_chunk!(
    guide,
    fn code_chunk() -> Result<PageOf<Signal<String>>, ChunkMissing> {
        Ok(components::code_picture)
    }
);

/// Where a service can be handed in: the points of its department, and whether terminals take it.
#[must_use]
pub fn point_list(department: Department, has_terminal: bool) -> AnyView {
    lazy_page(points_chunk, (department, has_terminal))
}

/// An address as a QR code. The encoder is loaded when a page needs it.
#[must_use]
pub fn code_picture(address: Signal<String>) -> AnyView {
    lazy_page(code_chunk, address)
}
