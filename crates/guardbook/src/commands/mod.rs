//! The commands, one module each.

pub mod clock;
pub mod policy;
