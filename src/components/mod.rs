//! Parts that know the police's words and serve two pages or more.

mod add_to_basket;
mod address;
mod code_picture;
mod keep_button;
mod keep_everything;
mod notice;
mod paper_list;
mod point_list;
mod search_box;
mod search_results;
mod service_facts;
mod service_links;
mod service_row;
mod take_away;
pub mod words;

pub use add_to_basket::AddToBasket;
pub use address::full_address;
pub use code_picture::code_picture;
pub use keep_button::KeepButton;
pub use keep_everything::KeepEverything;
pub use notice::{arrow_sign, notice, sign, warning_sign};
pub use paper_list::paper_list;
pub use point_list::point_list;
pub use search_box::SearchBox;
pub use search_results::{ALL_RESULTS, SearchResults, department_links};
pub use service_facts::service_facts;
pub use service_links::service_links;
pub use service_row::{marked, service_list, service_row, summary_line};
pub use take_away::{PrintedFrom, TakeAway};
