//! People: found, added, changed; how to reach them; who belongs to whom; warnings; who has looked.

mod add_contact;
mod add_person;
mod add_relationship;
mod add_warning;
mod card;
mod change_identity;
mod chronology;
pub mod entered;
mod find_people;
pub mod import_people;
pub(crate) mod mentions;
mod merge_files;
mod merged;
mod name_volunteer;
mod open_file;
mod print_file;
mod who_looked;
mod why;

pub use add_contact::{ContactError, NewContact, add_contact, supersede_contact};
pub(crate) use add_person::end_of;
pub use add_person::{AddPersonError, NewPerson, add_person, first_notice};
pub use add_relationship::{NewRelationship, RelationshipError, add_relationship, end_relationship};
pub use add_warning::{NewWarning, WarningError, add_warning, lift_warning};
pub use change_identity::{ChangeIdentityError, ChangedIdentity, change_identity};
pub(crate) use chronology::called;
pub use chronology::{Happening, Narrow};
pub use find_people::{Filter, Hit, find_people, likely_same, list_people, near_matches};
pub use import_people::check_people;
pub use mentions::{FileMentions, Mention, MentionedIn, Mentions, mentions};
pub use merge_files::{CannotMerge, MergeError, merge_files, undo_merge};
pub use merged::Shut;
pub use name_volunteer::{NameVolunteerError, NewNaming, end_naming, name_volunteer, named_volunteers};
pub use open_file::{FileOpened, RECENT, happened_on, is_recent, open_file, open_history};
pub use print_file::{Extent, Printing, print_file};
pub use who_looked::{Look, LookedMonth, WhoLooked, who_looked};
pub use why::{Why, purposes, usual_why};
