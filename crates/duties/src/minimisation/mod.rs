//! What no purpose covers (K5): the review that lists it, and the purpose that is given afterwards.

mod give_purpose;
mod see_uncovered;

pub use give_purpose::{GivePurposeError, NewPurpose, give_purpose};
pub use see_uncovered::{Uncovered, UncoveredWhy, see_uncovered};
