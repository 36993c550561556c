//! By what right somebody asks: whether a child decides alone, who may act for them, and how identity was made sure of.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::personal::{Personal, sealed, sealed_list, sealed_option};

/// The seven things that are weighed before somebody reads what is held about a child (guidance of the regulator).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// How mature the child is, and whether they can decide such things.
    Maturity,
    /// What kind of data it is.
    Nature,
    /// Court orders on access or parental responsibility.
    Orders,
    /// What is owed to the child in confidence.
    Confidence,
    /// What follows if a parent reads it, above all where there is talk of abuse.
    Consequences,
    /// What the child loses if their parents cannot read it.
    Detriment,
    /// What the child says.
    Views,
}

impl Factor {
    /// All seven, in the order in which a form asks for them.
    pub const ALL: [Self; 7] = [
        Self::Maturity,
        Self::Nature,
        Self::Orders,
        Self::Confidence,
        Self::Consequences,
        Self::Detriment,
        Self::Views,
    ];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Maturity => "maturity",
            Self::Nature => "nature",
            Self::Orders => "orders",
            Self::Confidence => "confidence",
            Self::Consequences => "consequences",
            Self::Detriment => "detriment",
            Self::Views => "views",
        }
    }

    /// What a form asks.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Maturity => "How mature are they, and can they decide things like this?",
            Self::Nature => "What kind of information is it?",
            Self::Orders => "Are there court orders about contact or parental responsibility?",
            Self::Confidence => "What did they tell us in confidence?",
            Self::Consequences => "What could follow if a parent reads it?",
            Self::Detriment => "What would they lose if a parent cannot read it?",
            Self::Views => "What do they say themselves?",
        }
    }
}

/// Somebody's judgement whether a child understands their rights and what asking means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competence {
    /// Whether the child decides alone.
    pub able: bool,
    /// What was weighed, one answer for each of [`Factor::ALL`].
    #[serde(with = "sealed_list", default)]
    pub weighed: Vec<Personal<String>>,
    /// Who judged.
    pub by: Option<FileId>,
    /// On which day; a birthday that changes the presumption makes it out of date.
    pub on: Date,
}

/// On what somebody relies who asks for another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// The person agreed that they ask.
    Agreement,
    /// They are the person's solicitor or other agent, with signed authority.
    Agent,
    /// Birth mother.
    Mother,
    /// Father or second parent, married to or in a civil partnership with the mother.
    Married,
    /// Father or second parent who stands on the birth register.
    Registered,
    /// An agreement or an order of a court gives them parental responsibility; also adoptive parents and guardians.
    Order,
    /// The local authority, under a care order.
    CareOrder,
    /// Attorney or deputy of an adult who cannot decide.
    Attorney,
    /// Nothing of these: a step-parent, grandparent or foster carer without an order, an authority that only accommodates.
    Nothing,
}

impl Right {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 9] = [
        Self::Agreement,
        Self::Agent,
        Self::Mother,
        Self::Married,
        Self::Registered,
        Self::Order,
        Self::CareOrder,
        Self::Attorney,
        Self::Nothing,
    ];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Agent => "agent",
            Self::Mother => "mother",
            Self::Married => "married",
            Self::Registered => "registered",
            Self::Order => "order",
            Self::CareOrder => "care-order",
            Self::Attorney => "attorney",
            Self::Nothing => "nothing",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Agreement => "The person agreed that they ask",
            Self::Agent => "Solicitor or other agent, with signed authority",
            Self::Mother => "Birth mother",
            Self::Married => "Father or second parent, married to the mother",
            Self::Registered => "Father or second parent on the birth register",
            Self::Order => "Parental responsibility by agreement or court order",
            Self::CareOrder => "Local authority under a care order",
            Self::Attorney => "Attorney or deputy of an adult",
            Self::Nothing => "None of these",
        }
    }

    /// The right that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.slug() == slug)
    }

    /// Whether it is parental responsibility.
    pub const fn is_parental(self) -> bool {
        matches!(self, Self::Mother | Self::Married | Self::Registered | Self::Order | Self::CareOrder)
    }
}

/// What the person themselves says about somebody asking for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agrees {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nobody has asked them.
    NotAsked,
}

impl Agrees {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotAsked];

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
        Self::ALL.into_iter().find(|answer| answer.slug() == slug)
    }
}

/// What courts and the file say about telling whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Barred {
    /// Somebody looked, and nothing stands against it.
    Nothing,
    /// An order of a court stands against it.
    ByCourt,
    /// This person must not be told.
    MustNotBeTold,
}

impl Barred {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::ByCourt, Self::MustNotBeTold];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::ByCourt => "by-court",
            Self::MustNotBeTold => "must-not-be-told",
        }
    }

    /// The answer that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.slug() == slug)
    }
}

/// By what right somebody asks for another, as it was found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// On what they rely.
    pub right: Right,
    /// What was seen for it, and handed back.
    #[serde(with = "sealed")]
    pub seen: Personal<String>,
    /// What the person themselves says.
    pub agrees: Agrees,
    /// Why it is in a child's interest that they read it; none where nobody says so.
    #[serde(with = "sealed_option", default)]
    pub in_their_interest: Option<Personal<String>>,
    /// What stands against it.
    pub barred: Barred,
    /// On which day it was settled.
    pub on: Date,
}

/// A telephone call to make sure that the person did ask, at a number that the file had before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCheck {
    /// The day.
    pub on: Date,
    /// The number, from the file.
    #[serde(with = "sealed")]
    pub number: Personal<String>,
    /// Whether they said that it was them who asked.
    pub confirmed: bool,
    /// What was said.
    #[serde(with = "sealed")]
    pub said: Personal<String>,
    /// Who called.
    pub by: Option<FileId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_in_a_form_names_one_answer() {
        for right in Right::ALL {
            assert_eq!(Right::from_slug(right.slug()), Some(right));
        }
        for answer in Agrees::ALL {
            assert_eq!(Agrees::from_slug(answer.slug()), Some(answer));
        }
        for answer in Barred::ALL {
            assert_eq!(Barred::from_slug(answer.slug()), Some(answer));
        }
        assert_eq!(Right::from_slug("uncle"), None);
    }

    #[test]
    fn what_was_seen_does_not_print_itself() {
        let standing = Standing {
            right: Right::Mother,
            seen: "zebra certificate".into(),
            agrees: Agrees::NotAsked,
            in_their_interest: Some("zebra".into()),
            barred: Barred::Nothing,
            on: jiff::civil::date(2026, 3, 2),
        };
        assert!(!format!("{standing:?}").contains("zebra"));
    }
}
