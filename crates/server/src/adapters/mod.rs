//! Ways to other systems, each behind a small trait.

pub mod identity;
