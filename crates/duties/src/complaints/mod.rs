//! Complaints about how the charity handles personal data (K34; Data Protection Act 2018, section 164A): taken in however
//! they come, acknowledged in time, looked into, answered with what was found, and followed to the regulator.
//!
//! A complaint lies in the file of the person whose data it is about. Each step opens the [`Grievance`], changes it, and
//! saves it with its due date worked out afresh and the letter that the step writes: in one `Work`.

mod answer;
mod example;
mod grievance;
mod letters;
mod limit;
mod look_into;
mod record_complaint;
mod view;

pub use answer::{AnswerError, NewOutcome, answer, preview_answer, withdraw};
pub(crate) use example::example;
pub use grievance::Grievance;
pub(crate) use limit::next_due;
pub use limit::{Limits, limits};
pub use look_into::{ComplaintError, acknowledge, note_enquiry, note_regulator, preview_progress, tell_progress};
pub use record_complaint::{NewComplaint, RecordComplaintError, TakenIn, record_complaint, taken_in};
pub use view::{ComplaintLine, ComplaintView, complaints, view_complaint};
