//! The pictures of Easy Read rows: a fixed set of names. The drawings come with the pages and papers
//! that show them; a test of the executable holds that each name has one.

/// Every picture that a row can name, as in `![calendar](picture:calendar)`.
pub const PICTURES: [&str; 24] = [
    "letter",
    "calendar",
    "person",
    "two-people",
    "eye",
    "lock",
    "key",
    "clock",
    "phone",
    "house",
    "camera",
    "no-camera",
    "shield",
    "bin",
    "tick",
    "cross",
    "question",
    "speech",
    "folder",
    "pen",
    "magnifier",
    "covered-page",
    "computer",
    "warning",
];
