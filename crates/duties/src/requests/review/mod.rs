//! Reading an answer through before it goes out: what is covered, what is left out, and the second person's yes.

mod answer;
mod case;
mod check;
mod cover_all;
mod covering;
mod danger;
mod decide;
mod decided;
mod exemptions;
mod known;
mod page_pictures;
mod pages;
mod read;
mod texts;

pub use answer::{Answer, Seen, SeenItem};
pub use case::{Case, Gathered};
pub use check::{Approval, CheckError, OnCheck, approve, open_check, reopen_review, send_back, send_to_check};
pub use cover_all::{AllOf, cover_all};
pub use covering::{AsSent, as_sent, reason_of};
pub use danger::Danger;
pub use decide::{DecideError, Decision, Stretch, cover_everywhere, decide};
pub use decided::Copy;
pub use exemptions::Unmet;
pub use page_pictures::{PictureError, desk_page, pictures, sent_page};
pub use pages::{PaperPages, SeenPage, area_of, as_pictures, unseen};
pub use read::{Listed, OnTheDesk, Pointed, open_item};
pub use texts::{Around, ItemTexts, Line, Part, Role, day_in_words, item_texts, lines};

pub(crate) use answer::Opened;
pub(crate) use case::name_of;
pub(crate) use known::known_person;
