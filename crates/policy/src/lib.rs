//! A published policy, read into promises and settings (pure).
//!
//! A policy is a Markdown text in which the words that carry a duty are links: `We answer
//! [within one month](answer:access). [T24]`. The link's scheme is a [`verb::Verb`], its target an entry of the
//! [`registry`], and its words are the value. [`read`] reads any number of texts and reports everything that is wrong
//! with them at once; [`Policy::read`] reads the texts of one policy that is to run.

pub mod clause;
pub mod document;
mod easy_read;
pub mod front;
pub mod html;
mod line;
mod markdown;
pub mod notice;
pub mod picture;
mod policy;
pub mod problem;
pub mod reading;
pub mod registry;
pub mod sentence;
pub mod settings;
pub mod source;
mod span;
mod text;
pub mod value;
pub mod verb;

pub use clause::{ClauseId, Kept, Principle};
pub use clock::Span;
pub use document::{Block, Inline};
pub use front::{Front, PolicyDate, TextKind};
pub use html::{Html, notice_html};
pub use markdown::Section;
pub use notice::{Notice, notice, notice_of};
pub use policy::{Change, NotAPolicy, Policy, Promise, Reading, read};
pub use problem::{Code, Problem};
pub use settings::{Origin, Setting, Settings};
pub use source::{Place, Source};
pub use text::{Found, Sentence, Text};
pub use value::{Amount, Channel, Contact, Role, Value};
