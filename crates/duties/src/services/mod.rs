//! Services: people are enrolled with a reason and a notice, what comes of it is written down, and it ends.

mod add_needed_fact;
mod end_enrolment;
pub(crate) mod enrol;

pub use add_needed_fact::{NeededFactError, NewNeededFact, add_needed_fact, refused_categories};
pub use end_enrolment::{end_enrolment, record_outcome};
pub use enrol::{EnrolError, NewEnrolment, NoticeAnswer, enrol};
