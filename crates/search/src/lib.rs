//! Search over the catalogue, made for Chinese as people type it.
//!
//! The same code answers in the browser, keystroke by keystroke, and in the server. It has two
//! halves:
//!
//! * **Building** (feature `build`, native only): [`build`] turns [`Document`]s and a [`Lexicon`]
//!   into one small blob. [`Lexicon::load`] reads `content/search/`.
//! * **Answering** (everywhere): [`Index::open`] takes the blob and the names and summaries that
//!   the catalogue pack carries anyway (so that they travel once), and [`Index::search`] answers.
//!
//! ```ignore
//! let blob = build(&documents, &lexicon);              // native, feature `build`
//! let index = Index::open(&blob, &shown)?;             // `shown` in the order of `documents`
//! let answer = index.search("宝宝上户口", 5);
//! for hit in &answer.hits { println!("{}", shown[hit.document].code); }
//! ```
//!
//! How it ranks is told in [`rank`](crate::rank), how a query is understood in
//! [`query`](crate::query).

mod answer;
mod asked;
mod begun;
mod blob;
#[cfg(feature = "build")]
mod compile;
mod cover;
mod explain;
mod index;
mod lexicon;
mod meant;
mod pinyin;
pub mod query;
pub mod rank;
mod text;
mod typo;

pub use answer::{Answer, Elsewhere, Hit, Reason};
#[cfg(feature = "build")]
pub use compile::{Document, build};
pub use index::{Index, Shown, Unreadable};
#[cfg(feature = "build")]
pub use lexicon::{Concept, Fault, Lexicon, Office, Role};
