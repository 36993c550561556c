//! What a health professional says about the harm that reading something could do (Data Protection Act 2018, Schedule 3).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::personal::{Personal, sealed};

/// The professions whose opinion counts (Data Protection Act 2018, section 204). Counsellors and social workers are not
/// among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profession {
    /// A registered medical practitioner.
    Doctor,
    /// A registered nurse, midwife or health visitor.
    Nurse,
    /// A registered dentist or dental care professional.
    Dentist,
    /// A registered optician or optometrist.
    Optician,
    /// A registered osteopath or chiropractor.
    Osteopath,
    /// A registered pharmacist or pharmacy technician.
    Pharmacist,
    /// A child psychotherapist.
    ChildPsychotherapist,
    /// A profession on the register of the Health and Care Professions Council, such as a psychologist or therapist.
    HealthAndCareRegister,
}

impl Profession {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 8] = [
        Self::Doctor,
        Self::Nurse,
        Self::ChildPsychotherapist,
        Self::HealthAndCareRegister,
        Self::Dentist,
        Self::Optician,
        Self::Osteopath,
        Self::Pharmacist,
    ];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Doctor => "doctor",
            Self::Nurse => "nurse",
            Self::Dentist => "dentist",
            Self::Optician => "optician",
            Self::Osteopath => "osteopath",
            Self::Pharmacist => "pharmacist",
            Self::ChildPsychotherapist => "child-psychotherapist",
            Self::HealthAndCareRegister => "health-and-care-register",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Doctor => "Doctor",
            Self::Nurse => "Nurse, midwife or health visitor",
            Self::Dentist => "Dentist",
            Self::Optician => "Optician",
            Self::Osteopath => "Osteopath or chiropractor",
            Self::Pharmacist => "Pharmacist",
            Self::ChildPsychotherapist => "Child psychotherapist",
            Self::HealthAndCareRegister => "Psychologist or therapist on the Health and Care Professions register",
        }
    }

    /// The profession that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profession| profession.slug() == slug)
    }
}

/// What they think: would reading it be likely to cause serious harm to somebody's body or mind?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Who gave it, with their place of work.
    #[serde(with = "sealed")]
    pub from: Personal<String>,
    /// What they are.
    pub profession: Profession,
    /// The day on which they gave it: it counts for six months.
    pub given: Date,
    /// Whether it would be likely to cause serious harm.
    pub harm: bool,
    /// What it is about, and what they said.
    #[serde(with = "sealed")]
    pub said: Personal<String>,
    /// Who noted it.
    pub by: Option<FileId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_in_a_form_names_one_profession_and_a_counsellor_is_none() {
        for profession in Profession::ALL {
            assert_eq!(Profession::from_slug(profession.slug()), Some(profession));
        }
        assert_eq!(Profession::from_slug("counsellor"), None);
    }
}
