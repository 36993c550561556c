//! The pictures of Easy Read rows: a fixed set of names. The drawings are in `papers`; a test of the executable holds
//! that each name has one.

/// Every picture that a row can name, as in `![calendar](picture:calendar)`.
pub const PICTURES: [&str; 18] = [
    "letter",
    "calendar",
    "person",
    "people",
    "question",
    "covered-page",
    "page",
    "lock",
    "phone",
    "bin",
    "eye",
    "no-camera",
    "camera",
    "computer",
    "yes",
    "no",
    "help",
    "talk",
];
