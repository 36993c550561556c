//! Notes of the work, corrections that stand beside them, and papers.

mod correct_note;
mod import_papers;
mod keep_paper;
mod open_paper;
mod same_paper;
mod see_paper;
mod upload;
mod write_note;

pub use correct_note::{CorrectNoteError, NewCorrection, correct_note};
pub use import_papers::{ImportedPaper, OneImport, import_paper_as, table_lines};
pub use keep_paper::{KeepPaperError, NewPaper, OnePaper, PaperAnswers, check_answers, keep_paper, keep_papers};
pub use open_paper::{PaperOpened, open_paper};
pub use same_paper::{Likeness, Same, find_same};
pub(crate) use see_paper::Openings;
pub use see_paper::{PageError, PaperShown, page_image, reading_of, see_paper};
pub use upload::{
    ACCEPTED, KINDS, LARGEST_PAPER, LARGEST_TOGETHER, MOST_TOGETHER, ReadPaper, Upload, hidden_counts, read_paper,
};
pub use write_note::{NewNote, WriteNoteError, write_note};
