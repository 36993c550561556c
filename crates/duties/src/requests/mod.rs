//! Requests for access, the whole way: taken in, gathered, read, checked by a second person, released, closed.
//!
//! A request lies in the subject's file. Each step opens the [`Case`], checks, changes the request, and saves it with
//! its due date worked out afresh, the letter that the step writes, and its line in the history: in one `Work`.

mod acknowledge;
mod address;
mod ask_authority;
mod ask_identity;
mod assign_owner;
mod case;
mod choose_subject;
mod close_request;
mod collect;
mod confirm_by_phone;
mod consult;
mod details;
mod earlier;
mod example;
mod extend_request;
mod fee;
mod find;
mod inbox;
mod late;
pub mod letters;
mod limit;
mod note_opinion;
mod open_original;
pub mod pack;
mod paper_form;
mod pause_request;
mod record_request;
mod record_search;
mod refuse_request;
pub mod review;
mod role;
mod seek_mentions;
pub mod standing;
mod tasks;
mod view_case;
pub mod viewing;
pub mod wishes;

pub use acknowledge::{AcknowledgeError, acknowledge};
pub(crate) use address::addressee_of;
pub use address::{Addressee, Certainty, addressee};
pub use ask_authority::{AuthorityError, ask_authority};
pub use ask_identity::{IdentityError, Proofs, ask_identity, proofs_wanted, receive_identity, vouch};
pub use assign_owner::{AssignError, assign_owner, may_own};
pub use case::Case;
pub use choose_subject::{ChosenSubject, FoundSubject, choose_subject, find_subjects};
pub use close_request::{CloseError, CloseRequest, close_request};
pub use collect::{CollectError, Collected, collect};
pub use confirm_by_phone::{CallError, NewCall, Number, confirm_by_phone, numbers};
pub use consult::{
    Asked as AskedSomebody, ConsultError, NewConsultation, OpenConsultation, USUAL_DAYS, chase, consult, consultations,
    note_reply, open_consultations, weigh,
};
pub(crate) use consult::{addressee_of_asked, consultation_of_letter};
pub use details::{DetailsError, Missing, NewDetails, add_details, ask_missing_details, missing};
pub use earlier::{Earlier, earlier};
pub(crate) use example::{example, nowhere};
pub use extend_request::{ExtendError, ExtendRequest, Extended, extend, preview_extension};
pub use fee::{AskFee, FeeAllowed, FeeError, ask_fee, fee_allowed, fee_words, preview_fee, receive_fee, waive_fee};
pub use find::{CaseAt, References, find};
pub(crate) use inbox::due_of;
pub use inbox::{Due, InboxLine, inbox};
pub(crate) use late::is_late;
pub use late::{LateError, note_late};
pub use letters::paper;
pub(crate) use limit::end_of;
pub use limit::{clock_of, due_words, filing_of, notice_by};
pub use note_opinion::{NewOpinion, OpinionError, note_opinion};
pub use open_original::{Original, open_original};
pub use paper_form::paper_form;
pub use pause_request::{PauseError, pause, preview_pause, resume};
pub(crate) use record_request::open_file as open_file_for;
pub use record_request::{
    Intaken, NewOriginal, NewRequest, NewRequester, RecordRequestError, Recorded, Subject, Upload, record_request,
};
pub use record_search::{RecordSearchError, THIS_BOOK, record_search};
pub use refuse_request::{RefuseError, RefuseRequest, preview_refusal, refuse};
pub(crate) use role::role_words;
pub use role::{in_the_policys_words, staff_role};
pub use seek_mentions::{SeekMentionsError, seek_mentions, take_in};
pub use tasks::{Progress, Task, TaskLine, next_task, tasks};
pub use view_case::{CaseView, view_case};
pub(crate) use wishes::wish_due;
