//! One module a command.
pub mod bench;
pub mod build;
pub mod bundles;
pub mod content;
pub mod fuzz;
pub mod guides;
pub mod lighthouse;
pub mod probe;
pub mod run;
pub mod search;
pub mod size;
pub mod test;
pub mod tidy;
