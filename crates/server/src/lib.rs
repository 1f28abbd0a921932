//! The Yichuang server: API, packs, the application's files, administration.
//!
//! `routes/mod.rs` is the table of everything that can be asked; `middleware/mod.rs` what every
//! request passes; `content/` what is served;
//! `account/` who is who; `issuer/` the temporary electronic ID; `adapters/` the ways to other systems; `commands/` what the binary can do.

pub mod account;
pub mod adapters;
pub mod body;
pub mod client;
pub mod clock;
pub mod commands;
pub mod content;
pub mod extract;
pub mod issuer;
pub mod listen;
pub mod metrics;
pub mod middleware;
pub mod openapi;
pub mod problem;
pub mod routes;
pub mod settings;
pub mod spa;
pub mod startup;
pub mod state;
