//! Documents in and out: letters, notices, packs; finding and covering words.
//!
//! A [`document::Document`] is written once and leaves as accessible HTML ([`html`]), as tagged PDF/UA-1 ([`typeset`])
//! or as plain text ([`plain`]). [`redact`] covers words, [`suggest`] proposes which, [`pack`] puts an answer to an
//! access request together, and [`verify`] opens the finished paper again and looks for every word that was withheld.
//!
//! The crate reads no clock and no files, and knows nothing of the store: everything comes in as plain values.

pub mod archive;
pub mod document;
pub use detect::fold;
pub mod html;
pub mod pack;
pub mod pages;
pub mod pictures;
pub mod plain;
pub mod redact;
pub mod sample;
pub mod suggest;
pub mod typeset;
pub mod verify;
pub mod word;
