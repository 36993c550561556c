//! Why a part of an answer may be left out: plain name, the law, and what the person who asked will read.

use serde::{Deserialize, Serialize};

/// A lawful reason to leave something out of an answer (UK GDPR art 15 and the exemptions of the Data Protection Act
/// 2018). Stored by its code; see [`RedactionReason::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RedactionReason {
    /// It tells something about somebody else, who has not agreed, and it is not reasonable to share it without.
    AboutSomeoneElse,
    /// Reading it is likely to cause serious harm. Needs the opinion of a health professional where it is about health.
    SeriousHarm,
    /// Legal advice, or papers made for it.
    LegalAdvice,
    /// A reference given in confidence.
    ConfidentialReference,
    /// A child or young person said it expecting that the person who now asks would not be told.
    GivenInConfidence,
    /// Not about the person whose information was asked for.
    NotAboutYou,
    /// Papers of a court that only the court may give out.
    CourtRecords,
    /// Sharing it would get in the way of preventing or finding out about crime, or of tax.
    CrimeOrTax,
    /// About whether a child is at risk of abuse, asked for by a parent, and sharing it is not best for the child.
    ChildAbuse,
    /// Adoption or parental order records that the law keeps closed.
    AdoptionOrParentalOrder,
    /// Another exemption; the reviewer writes down which.
    Other,
}

impl RedactionReason {
    /// All reasons, in the order of the keys 1 to 9 and onwards on the review page.
    pub const ALL: [Self; 11] = [
        Self::AboutSomeoneElse,
        Self::SeriousHarm,
        Self::LegalAdvice,
        Self::ConfidentialReference,
        Self::GivenInConfidence,
        Self::NotAboutYou,
        Self::CourtRecords,
        Self::CrimeOrTax,
        Self::ChildAbuse,
        Self::AdoptionOrParentalOrder,
        Self::Other,
    ];

    /// The stable code under which it is stored and sent: `about-someone-else`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AboutSomeoneElse => "about-someone-else",
            Self::SeriousHarm => "serious-harm",
            Self::LegalAdvice => "legal-advice",
            Self::ConfidentialReference => "confidential-reference",
            Self::GivenInConfidence => "given-in-confidence",
            Self::NotAboutYou => "not-about-you",
            Self::CourtRecords => "court-records",
            Self::CrimeOrTax => "crime-or-tax",
            Self::ChildAbuse => "child-abuse",
            Self::AdoptionOrParentalOrder => "adoption-or-parental-order",
            Self::Other => "other",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Its number for staff, from 1: the key on the review page.
    pub fn number(self) -> u32 {
        Self::ALL.iter().position(|reason| *reason == self).map_or(0, |index| u32::try_from(index + 1).unwrap_or(0))
    }

    /// The plain name that staff see.
    pub fn name(self) -> &'static str {
        match self {
            Self::AboutSomeoneElse => "About someone else",
            Self::SeriousHarm => "Could cause serious harm",
            Self::LegalAdvice => "Legal advice",
            Self::ConfidentialReference => "Confidential reference",
            Self::GivenInConfidence => "Said in confidence",
            Self::NotAboutYou => "Not about the person",
            Self::CourtRecords => "Court papers",
            Self::CrimeOrTax => "Crime or tax",
            Self::ChildAbuse => "A child at risk",
            Self::AdoptionOrParentalOrder => "Adoption or parental order",
            Self::Other => "Another legal reason",
        }
    }

    /// Where the law allows it.
    pub fn law(self) -> &'static str {
        match self {
            Self::AboutSomeoneElse => "Data Protection Act 2018, Schedule 2, paragraphs 16 and 17",
            Self::SeriousHarm => "Data Protection Act 2018, Schedule 3, paragraphs 5, 6, 11 and 19",
            Self::LegalAdvice => "Data Protection Act 2018, Schedule 2, paragraph 19",
            Self::ConfidentialReference => "Data Protection Act 2018, Schedule 2, paragraph 24",
            Self::GivenInConfidence => "Data Protection Act 2018, Schedule 3, paragraphs 4 and 10",
            Self::NotAboutYou => "UK GDPR, articles 4(1) and 15(1)",
            Self::CourtRecords => "Data Protection Act 2018, Schedule 3, paragraphs 3, 9 and 18",
            Self::CrimeOrTax => "Data Protection Act 2018, Schedule 2, paragraph 2",
            Self::ChildAbuse => "Data Protection Act 2018, Schedule 3, paragraph 21",
            Self::AdoptionOrParentalOrder => "Data Protection Act 2018, Schedule 4, paragraphs 3 and 5",
            Self::Other => "Data Protection Act 2018, Schedules 2 to 4",
        }
    }

    /// What staff should know before they use it; `None` when there is nothing special.
    pub fn caution(self) -> Option<&'static str> {
        match self {
            Self::AboutSomeoneElse => Some(
                "Ask first whether the other person agrees, or whether it is reasonable to share it without asking.",
            ),
            Self::SeriousHarm => {
                Some("Health information needs a health professional's opinion from the last six months.")
            }
            Self::GivenInConfidence => {
                Some("Only when a parent, or somebody appointed by a court, asks for a child's information.")
            }
            Self::ChildAbuse => Some(
                "Only when a parent or a court's appointee asks. Not in Scotland. Never against the child's own request.",
            ),
            Self::CourtRecords => Some("Check with the court before you share or withhold these."),
            Self::Other => Some("Write down which exemption you rely on, and why it applies here."),
            _ => None,
        }
    }

    /// Whether the answer may name the reason. Naming the others would itself give away what they protect (a police
    /// inquiry, a worry about a child, an adoption), so they share one number and one sentence.
    pub fn is_told(self) -> bool {
        !matches!(self, Self::CrimeOrTax | Self::ChildAbuse | Self::AdoptionOrParentalOrder | Self::Other)
    }

    /// The number that the person who asked sees: 1 to 7, or 8 for every reason that is not named.
    pub fn public_number(self) -> u32 {
        if self.is_told() { self.number() } else { Self::CrimeOrTax.number() }
    }

    /// The name that the person who asked reads.
    pub fn public_name(self) -> &'static str {
        match self {
            Self::NotAboutYou => "Not about you",
            told if told.is_told() => told.name(),
            _ => "Another legal reason",
        }
    }

    /// Where the law allows it, as the person who asked reads it.
    pub fn public_law(self) -> &'static str {
        if self.is_told() { self.law() } else { Self::Other.law() }
    }

    /// What the person who asked reads.
    pub fn told(self) -> &'static str {
        match self {
            Self::AboutSomeoneElse => {
                "It is about another person. They have the right to privacy too, and we could not fairly share it."
            }
            Self::SeriousHarm => "Reading it is likely to seriously harm somebody's health or wellbeing.",
            Self::LegalAdvice => "It is advice from a lawyer, or was written to get that advice.",
            Self::ConfidentialReference => "It is a reference that somebody gave in confidence.",
            Self::GivenInConfidence => "Somebody told us in confidence and expected that it would not be passed on.",
            Self::NotAboutYou => "It is not about you. It stands on the same page as something that is.",
            Self::CourtRecords => "It belongs to a court. Only the court can decide who may read it.",
            Self::CrimeOrTax | Self::ChildAbuse | Self::AdoptionOrParentalOrder | Self::Other => {
                "The law allows us, or requires us, to leave it out. We cannot say more without giving it away."
            }
        }
    }
}
