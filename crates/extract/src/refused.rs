//! Why a paper was not read.

use serde::{Deserialize, Serialize};

use crate::worker::WorkerError;

/// Why a paper was not read, as it goes through the pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    /// Nothing here reads it.
    UnknownSort,
    /// There is nothing in it.
    Empty,
    /// It begins well and then makes no sense.
    Damaged,
    /// A password is needed.
    Locked,
    /// More bytes than one paper may have.
    TooLarge,
    /// A picture with too many pixels.
    TooManyPixels,
    /// It has no such page.
    NoSuchPage,
    /// It has no pages.
    NoPages,
    /// The child took too long.
    TookTooLong,
    /// The child asked for more memory than there is for one paper.
    NeedsTooMuch,
    /// The child answered too much.
    TooMuch,
    /// The child ended before it answered.
    Broke,
    /// The walls could not be built.
    NoWalls,
}

impl From<Refused> for WorkerError {
    fn from(refused: Refused) -> Self {
        Self::Unreadable(match refused {
            Refused::UnknownSort => "it is of a sort that Guardbook does not read",
            Refused::Empty => "it is empty",
            Refused::Damaged => "it is damaged or incomplete",
            Refused::Locked => "it is locked with a password: save it without one and add it again",
            Refused::TooLarge => "it is larger than 64 MB: split it and add the parts",
            Refused::TooManyPixels => "its picture has too many pixels: make it smaller and add it again",
            Refused::NoSuchPage => "it has no such page",
            Refused::NoPages => "it has no pages to show as pictures",
            Refused::TookTooLong => "reading it took too long",
            Refused::NeedsTooMuch => "reading it needs too much memory",
            Refused::TooMuch => "too much comes out of it",
            Refused::Broke => "it breaks the program that reads it; it may be damaged, or made to do harm",
            Refused::NoWalls => "this machine cannot read papers safely: it needs Linux with seccomp",
        })
    }
}
