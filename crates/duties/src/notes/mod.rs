//! Notes of the work, corrections that stand beside them, and papers.

mod correct_note;
mod keep_paper;
mod open_paper;
mod write_note;

pub use correct_note::{CorrectNoteError, NewCorrection, correct_note};
pub use keep_paper::{KeepPaperError, LARGEST_PAPER, MEDIA_TYPES, NewPaper, Upload, keep_paper, media_type_of};
pub use open_paper::{PaperOpened, open_paper};
pub use write_note::{NewNote, WriteNoteError, write_note};
