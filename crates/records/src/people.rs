//! Who people are, how to reach them safely, and how they belong together.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::personal::{Personal, sealed, sealed_list, sealed_option};

/// What somebody is to the charity. One file has one class; a parent who volunteers has links, not two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(i16)]
pub enum PersonClass {
    /// A child or young person.
    Child = 1,
    /// A parent, carer or other relative.
    Carer = 2,
    /// A paid member of staff.
    Staff = 3,
    /// A volunteer.
    Volunteer = 4,
    /// A trustee.
    Trustee = 5,
    /// A supporter or donor.
    Supporter = 6,
    /// A contact at a supplier, or at another agency.
    Contact = 7,
    /// Somebody who wrote from outside and whom nobody here has placed yet.
    Stranger = 8,
    /// The charity itself: the house file.
    House = 9,
}

impl PersonClass {
    /// Every class of person (the house and whoever only wrote are none).
    pub const PEOPLE: [Self; 7] =
        [Self::Child, Self::Carer, Self::Staff, Self::Volunteer, Self::Trustee, Self::Supporter, Self::Contact];

    /// The number in the file's row.
    pub const fn number(self) -> i16 {
        self as i16
    }

    /// The class behind a number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::PEOPLE.into_iter().chain([Self::Stranger, Self::House]).find(|class| class.number() == number)
    }

    /// The word in URLs, imports and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Carer => "carer",
            Self::Staff => "staff",
            Self::Volunteer => "volunteer",
            Self::Trustee => "trustee",
            Self::Supporter => "supporter",
            Self::Contact => "contact",
            Self::Stranger => "stranger",
            Self::House => "house",
        }
    }

    /// What a page calls such a person.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Child => "Child or young person",
            Self::Carer => "Parent or carer",
            Self::Staff => "Member of staff",
            Self::Volunteer => "Volunteer",
            Self::Trustee => "Trustee",
            Self::Supporter => "Supporter",
            Self::Contact => "Contact at a supplier or agency",
            Self::Stranger => "Somebody who wrote to us",
            Self::House => "The charity",
        }
    }

    /// The class that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::PEOPLE.into_iter().find(|class| class.slug() == slug)
    }
}

/// Who the person is.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identity {
    /// The full name.
    #[serde(with = "sealed")]
    pub name: Personal<String>,
    /// What the person wants to be called, if not by the first name.
    #[serde(with = "sealed_option", default)]
    pub preferred: Option<Personal<String>>,
    /// Former names, newest first.
    #[serde(with = "sealed_list", default)]
    pub former: Vec<Personal<String>>,
    /// The day of birth.
    #[serde(with = "sealed_option", default)]
    pub born: Option<Personal<Date>>,
    /// Pronouns, as the person says them.
    #[serde(with = "sealed_option", default)]
    pub pronouns: Option<Personal<String>>,
    /// The language, and how the person likes to be written to (Easy Read, large print…).
    #[serde(with = "sealed_option", default)]
    pub language: Option<Personal<String>>,
    /// The charity's or the old system's own number for the person.
    #[serde(with = "sealed_option", default)]
    pub number: Option<Personal<String>>,
}

impl Identity {
    /// The name that a page greets the person with.
    pub fn called(&self) -> &str {
        self.preferred.as_ref().unwrap_or(&self.name).for_page()
    }
}

/// By what somebody can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A postal address.
    Post,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
}

impl Channel {
    /// All channels.
    pub const ALL: [Self; 3] = [Self::Post, Self::Phone, Self::Email];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Phone => "phone",
            Self::Email => "email",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Post => "Address",
            Self::Phone => "Telephone",
            Self::Email => "E-mail",
        }
    }

    /// The channel that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.slug() == slug)
    }
}

/// The answer to "is it safe to use?", asked once and obeyed everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Safe {
    /// Yes.
    Yes,
    /// No: never use it, never show it to others.
    No,
    /// Nobody has asked yet.
    NotAsked,
}

impl Safe {
    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotAsked => "not-asked",
        }
    }

    /// The answer that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::NotAsked].into_iter().find(|safe| safe.slug() == slug)
    }
}

/// One way to reach a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDetail {
    /// By what.
    pub channel: Channel,
    /// The address (lines separated by line ends), number or e-mail.
    #[serde(with = "sealed")]
    pub value: Personal<String>,
    /// The postcode, for addresses.
    #[serde(with = "sealed_option", default)]
    pub postcode: Option<Personal<String>>,
    /// Is it safe to use?
    pub safe: Safe,
    /// What to mind ("after 6 pm", "do not leave a message").
    #[serde(with = "sealed_option", default)]
    pub mind: Option<Personal<String>>,
    /// Whether the person likes to be reached this way best.
    pub preferred: bool,
}

/// What one person is to another, read "the other person is the … of this person".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Mother.
    Mother,
    /// Father.
    Father,
    /// Step-parent.
    StepParent,
    /// Grandparent.
    Grandparent,
    /// Foster carer.
    FosterCarer,
    /// Guardian or special guardian.
    Guardian,
    /// Brother, sister, half- or step-sibling.
    Sibling,
    /// Son, daughter or child in somebody's care.
    Child,
    /// Partner or former partner.
    Partner,
    /// A professional who works with the person.
    Professional,
    /// Somebody else who matters.
    Other,
}

impl Relation {
    /// All relations, in the order in which a form offers them.
    pub const ALL: [Self; 11] = [
        Self::Mother,
        Self::Father,
        Self::StepParent,
        Self::Grandparent,
        Self::FosterCarer,
        Self::Guardian,
        Self::Sibling,
        Self::Child,
        Self::Partner,
        Self::Professional,
        Self::Other,
    ];

    /// The word in forms and imports.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Father => "father",
            Self::StepParent => "step-parent",
            Self::Grandparent => "grandparent",
            Self::FosterCarer => "foster-carer",
            Self::Guardian => "guardian",
            Self::Sibling => "sibling",
            Self::Child => "child",
            Self::Partner => "partner",
            Self::Professional => "professional",
            Self::Other => "other",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Father => "father",
            Self::StepParent => "step-parent",
            Self::Grandparent => "grandparent",
            Self::FosterCarer => "foster carer",
            Self::Guardian => "guardian",
            Self::Sibling => "brother or sister",
            Self::Child => "child",
            Self::Partner => "partner",
            Self::Professional => "professional",
            Self::Other => "someone who matters",
        }
    }

    /// The relation that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.slug() == slug)
    }

    /// How the other person's file names this person.
    #[must_use]
    pub const fn seen_from_the_other_side(self) -> Self {
        match self {
            Self::Mother | Self::Father | Self::StepParent | Self::Grandparent | Self::FosterCarer | Self::Guardian => {
                Self::Child
            }
            Self::Sibling => Self::Sibling,
            Self::Partner => Self::Partner,
            Self::Child | Self::Professional | Self::Other => Self::Other,
        }
    }
}

/// Whether somebody has parental responsibility for the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParentalResponsibility {
    /// Yes, and the evidence is noted.
    Yes,
    /// No.
    No,
    /// Not known yet.
    NotKnown,
}

impl ParentalResponsibility {
    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotKnown => "not-known",
        }
    }

    /// The answer that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::NotKnown].into_iter().find(|answer| answer.slug() == slug)
    }
}

/// How another person in the book belongs to this one. The other's name is read from their own card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// The other person.
    pub other: FileId,
    /// What the other is to this one.
    pub relation: Relation,
    /// Parental responsibility of the other for this one.
    pub parental_responsibility: ParentalResponsibility,
    /// What was seen as evidence, or other remarks.
    #[serde(with = "sealed_option", default)]
    pub remarks: Option<Personal<String>>,
    /// Whether the other lives with this person.
    pub same_household: bool,
}

/// Two files turned out to be one person's. It stands in both; what they hold stays where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// The other file.
    pub other: FileId,
    /// Whether the file in which this stands leads: its name counts, and what is new goes into it.
    pub leads: bool,
    /// How one knows that it is the same person.
    #[serde(with = "sealed")]
    pub because: Personal<String>,
}

/// What kind of warning it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// An address that must not become known to somebody.
    ProtectedAddress,
    /// Somebody must not be contacted, or must not be told.
    DoNotContact,
    /// A court order that limits contact or disclosure.
    CourtOrder,
    /// Something that staff must mind for safety.
    Safety,
}

impl WarningKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::ProtectedAddress, Self::DoNotContact, Self::CourtOrder, Self::Safety];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ProtectedAddress => "protected-address",
            Self::DoNotContact => "do-not-contact",
            Self::CourtOrder => "court-order",
            Self::Safety => "safety",
        }
    }

    /// What the strip says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ProtectedAddress => "Safe address",
            Self::DoNotContact => "Do not contact",
            Self::CourtOrder => "Court order",
            Self::Safety => "Take care",
        }
    }

    /// The kind that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// What everybody must know before they act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What kind.
    pub warning: WarningKind,
    /// What to do or not to do.
    #[serde(with = "sealed")]
    pub text: Personal<String>,
    /// The person whom it is about, where one is in the book.
    pub about: Option<FileId>,
    /// When somebody must look at it again.
    pub review: Option<Date>,
}
