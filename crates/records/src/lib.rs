//! What a file can hold: typed records, their headers, and the catalogue that says why each kind may exist.
//!
//! This crate is pure: it reads no clock, draws no random numbers and knows no store.

pub mod arrival;
pub mod card;
pub mod catalogue;
pub mod complaint;
pub mod consultation;
pub mod header;
pub mod house;
pub mod id;
pub mod keeping;
pub mod kind;
pub mod mailing;
pub mod operation;
pub mod opinion;
pub mod people;
pub mod personal;
pub mod record;
pub mod requests;
pub mod sample;
pub mod staff;
pub mod standing;
pub mod wish;
pub mod work;

pub use card::Card;
pub use catalogue::{Audience, Basis, Category, Condition, DataCategory, Entry, Retention, entry};
pub use header::{Header, State};
pub use id::{BodyId, FileId, RecordId, ServiceId, SessionId};
pub use kind::Kind;
pub use operation::{Actor, Operation, Purpose, Reason};
pub use people::PersonClass;
pub use personal::Personal;
pub use record::{Content, Provenance, Record, Source};
pub use staff::StaffRole;
