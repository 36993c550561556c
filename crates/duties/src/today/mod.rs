//! What needs somebody today: nothing late can hide.

mod see_today;

pub use see_today::{Hosting, NoticeOwed, Today, UnsentLetter, see_today};
