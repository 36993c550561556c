//! The board: every promise of the policy, and what became of it. A state stands only where it was computed.

mod access;
mod answers;
mod keeping;
mod measures;
mod see_board;

pub use measures::Measure;
pub use see_board::{BoardLine, Standing, see_board};
