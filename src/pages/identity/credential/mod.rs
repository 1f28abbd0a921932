//! The citizen's temporary electronic ID (电子临时身份凭证).
//!
//! [`held`] is what this phone keeps so that the ID works in flight mode; [`issue`] asks for one,
//! [`show`] shows it, [`uses`] says where it was used, [`paper`] prints one for a phone that dies.

mod ending;
mod held;
mod issue;
mod paper;
mod show;
mod uses;

use crate::identity::session::{asked, only_for, shown};
use crate::ui::PageHeading;
use held::Held;
use leptos::prelude::*;
use yichuang_contract::session::Level;

/// The page.
pub fn page() -> AnyView {
    let held = asked(Held::read);
    view! {
        <PageHeading title=tr!(credential.title) />
        {shown(
            held,
            move |kept| match kept {
                Some(kept) => show::view(kept, held.again),
                None => only_for(Level::RealName, move |_| issue::view(held.again)),
            },
        )}
    }
    .into_any()
}
