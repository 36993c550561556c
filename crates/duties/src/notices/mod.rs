//! Privacy notices: owed from the first record of a person, given in a form that they can use, chased until then.

mod give_notice;

pub(crate) use give_notice::settle_first_notice;
pub use give_notice::{GiveNoticeError, NewNotice, give_notice};
