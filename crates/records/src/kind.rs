//! The kinds of record. A new kind does not compile until the catalogue declares it.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $slug:literal;)*) => {
        /// What kind of record it is. The number stands in headers and never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u16)]
        pub enum Kind { $($(#[$doc])* $name = $number,)* }

        impl Kind {
            /// Every kind there is.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The number in the header.
            pub const fn number(self) -> u16 { self as u16 }

            /// The kind behind a header's number.
            pub const fn from_number(number: u16) -> Option<Self> {
                match number { $($number => Some(Self::$name),)* _ => None }
            }

            /// The word in URLs, exports and tests.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }
        }
    };
}

kinds! {
    /// Who the person is.
    Identity = 1, "identity";
    /// One address, telephone number or e-mail, and whether it is safe to use.
    Contact = 2, "contact";
    /// How two people belong together, and who has parental responsibility.
    Relationship = 3, "relationship";
    /// What everybody must know before they act (do not write to this address…).
    Warning = 4, "warning";
    /// A person's use of a service.
    Enrolment = 5, "enrolment";
    /// A privacy notice given to the person, or owed to them.
    Notice = 6, "notice";
    /// A note of the work.
    Note = 7, "note";
    /// A correction to an earlier record; the earlier one stays.
    Correction = 8, "correction";
    /// A fact about health that a service needs.
    Health = 9, "health";
    /// A fact about money that a service needs.
    Financial = 10, "financial";
    /// A paper: a letter that came in, an original that was kept.
    Paper = 11, "paper";
    /// One act of sharing.
    Disclosure = 12, "disclosure";
    /// Two files turned out to be one person's.
    Merge = 13, "merge";
    /// A request for access to personal data.
    AccessRequest = 20, "access-request";
    /// Where was looked for a request, for what, when, by whom.
    Search = 21, "search";
    /// What was decided about one item of a request.
    Review = 22, "review";
    /// What was or will be released.
    Pack = 23, "pack";
    /// A letter that the charity wrote to the person.
    Letter = 24, "letter";
    /// A complaint about how the charity handles personal data.
    Complaint = 25, "complaint";
    /// A question, or a change that somebody wants in their file.
    Wish = 26, "wish";
    /// Something that came in from outside and that nobody has taken in yet.
    Arrival = 27, "arrival";
    /// What lets somebody look how far their request or complaint is.
    Track = 28, "track";
    /// Somebody who was asked whether what they told may be given.
    Consultation = 29, "consultation";
    /// The end of the work with somebody, and how long their file is kept.
    Closure = 30, "closure";
    /// Something that keeps a file longer than the policy's time.
    Hold = 31, "hold";
    /// A staff member's way into the book.
    Account = 40, "account";
    /// The charity itself: name, contacts, nation.
    Charity = 60, "charity";
    /// A service that the charity runs.
    Service = 61, "service";
    /// One version of the charity's policy.
    Policy = 62, "policy";
    /// A bank holiday that was proclaimed after this program was built.
    Holiday = 63, "holiday";
    /// A place where records may lie outside the book (a cabinet, a shared drive).
    Place = 64, "place";
    /// A record of an import, so that it can be undone.
    Import = 65, "import";
    /// That a file was disposed of, and under which rule; not whose.
    Disposal = 66, "disposal";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_slugs_are_each_used_once() {
        for (i, a) in Kind::ALL.iter().enumerate() {
            assert_eq!(Kind::from_number(a.number()), Some(*a));
            for b in &Kind::ALL[i + 1..] {
                assert_ne!(a.slug(), b.slug());
            }
        }
    }
}
