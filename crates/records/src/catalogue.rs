//! The catalogue: for each kind of record what it is for, on which basis, how long it is kept, who may see it.
//!
//! The access pack, the notice's table, the retention sweep and the register of processing are derived from here.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::operation::Purpose;
use crate::people::PersonClass;

/// How strictly the law treats data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Category {
    /// Personal data.
    Ordinary,
    /// Special category data (GDPR article 9).
    Special,
    /// About offences, also alleged (article 10).
    Criminal,
}

/// What a fact is about. The two lists of T3, and money (K4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataCategory {
    /// Name.
    Name,
    /// Address.
    Address,
    /// E-mail, telephone.
    Reachability,
    /// Date of birth, age.
    Age,
    /// Family and relationships.
    Family,
    /// The work with the person.
    Work,
    /// Photographs and recordings.
    Photograph,
    /// Online identifiers, location, cookies.
    Online,
    /// Profiling and analytical data.
    Profile,
    /// Money. Not special in law, but only where a service needs it (K4).
    Money,
    /// Health.
    Health,
    /// Race or ethnic origin.
    Ethnicity,
    /// Religion or belief.
    Religion,
    /// Political opinions.
    Politics,
    /// Trade union membership.
    Union,
    /// Sex life or sexual orientation.
    Sexuality,
    /// Genetic data.
    Genetic,
    /// Biometric data.
    Biometric,
    /// Offences and allegations.
    Offences,
}

impl DataCategory {
    /// Every category: what is merely personal first, then what the law treats more strictly.
    pub const ALL: [Self; 19] = [
        Self::Name,
        Self::Address,
        Self::Reachability,
        Self::Age,
        Self::Family,
        Self::Work,
        Self::Photograph,
        Self::Online,
        Self::Profile,
        Self::Money,
        Self::Health,
        Self::Ethnicity,
        Self::Religion,
        Self::Politics,
        Self::Union,
        Self::Sexuality,
        Self::Genetic,
        Self::Biometric,
        Self::Offences,
    ];

    /// The categories that a service must name before anything of them may be kept (K4).
    pub const NEEDED: [Self; 10] = [
        Self::Health,
        Self::Money,
        Self::Ethnicity,
        Self::Religion,
        Self::Politics,
        Self::Union,
        Self::Sexuality,
        Self::Genetic,
        Self::Biometric,
        Self::Offences,
    ];

    /// How strictly the law treats it.
    pub const fn category(self) -> Category {
        match self {
            Self::Offences => Category::Criminal,
            Self::Health
            | Self::Ethnicity
            | Self::Religion
            | Self::Politics
            | Self::Union
            | Self::Sexuality
            | Self::Genetic
            | Self::Biometric => Category::Special,
            _ => Category::Ordinary,
        }
    }

    /// The word in forms and imports.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Reachability => "reachability",
            Self::Age => "age",
            Self::Family => "family",
            Self::Work => "work",
            Self::Photograph => "photograph",
            Self::Online => "online",
            Self::Profile => "profile",
            Self::Money => "money",
            Self::Health => "health",
            Self::Ethnicity => "ethnicity",
            Self::Religion => "religion",
            Self::Politics => "politics",
            Self::Union => "union",
            Self::Sexuality => "sexuality",
            Self::Genetic => "genetic",
            Self::Biometric => "biometric",
            Self::Offences => "offences",
        }
    }

    /// What a page or pack calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "where the person lives",
            Self::Reachability => "e-mail and telephone",
            Self::Age => "date of birth",
            Self::Family => "family and relationships",
            Self::Work => "our work with the person",
            Self::Photograph => "photographs and recordings",
            Self::Online => "IP address, location and cookies",
            Self::Profile => "profiles and analysis",
            Self::Money => "money",
            Self::Health => "health",
            Self::Ethnicity => "race or ethnic origin",
            Self::Religion => "religion or belief",
            Self::Politics => "political opinions",
            Self::Union => "trade union membership",
            Self::Sexuality => "sex life or sexual orientation",
            Self::Genetic => "genetic data",
            Self::Biometric => "biometric data",
            Self::Offences => "offences and allegations",
        }
    }

    /// The category that a slug names, among those that a service must name.
    pub fn needed_from_slug(slug: &str) -> Option<Self> {
        Self::NEEDED.into_iter().find(|category| category.slug() == slug)
    }
}

/// Lawful basis (GDPR article 6(1); the seventh since 5 February 2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// (a)
    Consent,
    /// (b)
    Contract,
    /// (c)
    LegalObligation,
    /// (d)
    VitalInterests,
    /// (e)
    PublicTask,
    /// (ea)
    RecognisedLegitimateInterest,
    /// (f)
    LegitimateInterests,
}

impl Basis {
    /// What a notice or pack says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Consent => "permission that was given",
            Self::Contract => "a contract with the person",
            Self::LegalObligation => "a duty in law",
            Self::VitalInterests => "protecting somebody's life",
            Self::PublicTask => "a task in the public interest",
            Self::RecognisedLegitimateInterest => "safeguarding, which the law recognises as a legitimate interest",
            Self::LegitimateInterests => "our legitimate interest in supporting children and families well",
        }
    }
}

/// The further condition for special and criminal data (article 9, DPA 2018 Schedule 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    /// Explicit consent, 9(2)(a).
    ExplicitConsent,
    /// Employment and social protection law, Schedule 1 paragraph 1.
    Employment,
    /// Health or social care, Schedule 1 paragraph 2.
    SocialCare,
    /// Safeguarding of children and people at risk, Schedule 1 paragraph 18.
    Safeguarding,
    /// Legal claims, 9(2)(f).
    LegalClaims,
}

/// How long a kind is kept: by which words of the policy. No period stands in the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Retention {
    /// As long as the file, which its class of person decides.
    WithFile,
    /// As long as the thing itself is in use, then with the house file.
    WithHouse,
    /// Until the download ends, then the body goes and the record stays with the file.
    BodyUntilExpiry,
    /// Until somebody takes it in, and its words move to the file that they are about; or for a time after it was set
    /// aside or left unsent.
    UntilTakenIn,
}

/// Who may see a kind, before any file-level decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// Everybody who may open the file.
    FileReaders,
    /// Those who work on requests.
    RequestWorkers,
    /// The person themselves, and administrators.
    Own,
    /// Everybody signed in.
    Everybody,
    /// Data protection leads and administrators.
    Stewards,
}

/// What a kind does in an access pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InPack {
    /// Gathered, read and given.
    Item,
    /// Told in the front part (who it was shared with; notices), and given as an item too.
    FrontAndItem,
    /// Told in the front part that such a record exists; its body is security or the request's own working.
    Mentioned,
    /// Not about a person: never in a pack.
    House,
}

/// What the catalogue says of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The kind.
    pub kind: Kind,
    /// What a page calls one of them.
    pub title: &'static str,
    /// What a family reads that it is.
    pub plain: &'static str,
    /// How strictly it is treated.
    pub category: Category,
    /// What it may be about.
    pub about: &'static [DataCategory],
    /// What it is for.
    pub purpose: Purpose,
    /// On which basis.
    pub basis: Basis,
    /// On which further condition, for special data.
    pub condition: Option<Condition>,
    /// How long it is kept.
    pub retention: Retention,
    /// Who may see it.
    pub audience: Audience,
    /// In whose files it may stand.
    pub classes: &'static [PersonClass],
    /// What it does in an access pack.
    pub in_pack: InPack,
}

use PersonClass as P;
const EVERYBODY: &[P] = &P::PEOPLE;
const FAMILIES: &[P] = &[P::Child, P::Carer];
const TEAM: &[P] = &[P::Staff, P::Volunteer, P::Trustee, P::Contact];
const HOUSE: &[P] = &[P::House];

/// The base from which most kinds differ in little: part of the file of somebody whom the charity supports.
const fn file_kind(kind: Kind, title: &'static str, plain: &'static str, about: &'static [DataCategory]) -> Entry {
    Entry {
        kind,
        title,
        plain,
        category: Category::Ordinary,
        about,
        purpose: Purpose::Support,
        basis: Basis::LegitimateInterests,
        condition: None,
        retention: Retention::WithFile,
        audience: Audience::FileReaders,
        classes: EVERYBODY,
        in_pack: InPack::Item,
    }
}

/// The base of kinds about the charity itself.
const fn house_kind(kind: Kind, title: &'static str, plain: &'static str) -> Entry {
    Entry {
        purpose: Purpose::BookKeeping,
        retention: Retention::WithHouse,
        audience: Audience::Everybody,
        classes: HOUSE,
        in_pack: InPack::House,
        ..file_kind(kind, title, plain, &[])
    }
}

/// The base of kinds that are the working of a request.
const fn request_kind(kind: Kind, title: &'static str, plain: &'static str) -> Entry {
    Entry {
        purpose: Purpose::Request,
        basis: Basis::LegalObligation,
        audience: Audience::RequestWorkers,
        in_pack: InPack::Mentioned,
        ..file_kind(kind, title, plain, &[DataCategory::Work])
    }
}

/// What the catalogue says of a kind. The match is exhaustive: a new kind does not compile until it is declared.
#[expect(clippy::too_many_lines, reason = "one line for each kind: the length is the catalogue")]
pub const fn entry(kind: Kind) -> Entry {
    use DataCategory as D;
    match kind {
        Kind::Identity => {
            file_kind(kind, "Who they are", "your name, birthday and how you like to be called", &[D::Name, D::Age])
        }
        Kind::Contact => file_kind(
            kind,
            "How to reach them",
            "where you live and how to reach you safely",
            &[D::Address, D::Reachability],
        ),
        Kind::Relationship => file_kind(kind, "Family and network", "who belongs to your family", &[D::Family]),
        Kind::Merge => file_kind(
            kind,
            "Files of one person",
            "that we kept two files about you, and why they are one now",
            &[D::Name],
        ),
        Kind::Warning => Entry {
            purpose: Purpose::Safeguarding,
            basis: Basis::RecognisedLegitimateInterest,
            condition: Some(Condition::Safeguarding),
            category: Category::Special,
            ..file_kind(
                kind,
                "Warning",
                "what we must mind to keep you or others safe",
                &[D::Address, D::Family, D::Offences],
            )
        },
        Kind::Enrolment => Entry {
            classes: FAMILIES,
            ..file_kind(kind, "Use of a service", "which service you use, why, and how it went", &[D::Work])
        },
        Kind::Notice => Entry {
            basis: Basis::LegalObligation,
            in_pack: InPack::FrontAndItem,
            ..file_kind(kind, "Privacy notice", "which privacy notice you were given, and when", &[D::Work])
        },
        Kind::Note => Entry {
            category: Category::Special,
            condition: Some(Condition::SocialCare),
            ..file_kind(
                kind,
                "Note",
                "what we wrote down about our work with you",
                &[D::Work, D::Family, D::Health, D::Money],
            )
        },
        Kind::Correction => file_kind(kind, "Correction", "what was put right in your file", &[D::Work]),
        Kind::Health => Entry {
            category: Category::Special,
            condition: Some(Condition::SocialCare),
            classes: FAMILIES,
            ..file_kind(kind, "Health", "what a service must know about your health", &[D::Health])
        },
        Kind::Financial => Entry {
            classes: FAMILIES,
            ..file_kind(kind, "Money", "what a service must know about your family's money", &[D::Money])
        },
        Kind::Paper => Entry {
            category: Category::Special,
            condition: Some(Condition::SocialCare),
            ..file_kind(kind, "Paper", "letters and papers about you", &[D::Work, D::Family, D::Health])
        },
        Kind::Disclosure => Entry {
            basis: Basis::LegalObligation,
            in_pack: InPack::FrontAndItem,
            ..file_kind(kind, "Sharing", "with whom we shared something about you, and why", &[D::Work])
        },
        Kind::AccessRequest => request_kind(kind, "Access request", "your requests to see what we hold"),
        Kind::Wish => Entry {
            in_pack: InPack::Item,
            ..request_kind(kind, "Question or change", "what you asked, and what you wanted changed")
        },
        Kind::Arrival => Entry {
            classes: &[PersonClass::Stranger],
            retention: Retention::UntilTakenIn,
            ..request_kind(kind, "Arrival", "what you asked us on the website or by e-mail")
        },
        Kind::Consultation => {
            request_kind(kind, "Consultation", "whom we asked whether what they told us may be given to you")
        }
        Kind::Track => request_kind(kind, "Way to look", "how you can see how far your request is"),
        Kind::Complaint => Entry {
            in_pack: InPack::Item,
            ..request_kind(kind, "Complaint", "complaints about how we handle your information")
        },
        Kind::Search => request_kind(kind, "Search", "where we looked for your information"),
        Kind::Review => request_kind(kind, "Reading", "what we decided to leave out, and why"),
        Kind::Pack => {
            Entry { retention: Retention::BodyUntilExpiry, ..request_kind(kind, "Pack", "copies that we made for you") }
        }
        Kind::Letter => Entry { in_pack: InPack::Item, ..request_kind(kind, "Letter", "letters that we wrote to you") },
        Kind::Closure => Entry {
            basis: Basis::LegalObligation,
            ..file_kind(
                kind,
                "End of the work",
                "when our work with you ended, and how long we keep your file",
                &[D::Work],
            )
        },
        Kind::Hold => Entry {
            category: Category::Special,
            condition: Some(Condition::LegalClaims),
            basis: Basis::LegalObligation,
            ..file_kind(
                kind,
                "Kept longer",
                "why we keep your file longer than usual",
                &[D::Work, D::Health, D::Offences],
            )
        },
        Kind::Account => Entry {
            purpose: Purpose::BookKeeping,
            audience: Audience::Own,
            classes: TEAM,
            in_pack: InPack::Mentioned,
            ..file_kind(kind, "Account", "your way into our record system", &[D::Reachability, D::Online])
        },
        Kind::Charity => house_kind(kind, "The charity", "our name and address"),
        Kind::Service => house_kind(kind, "Service", "what we offer"),
        Kind::Policy => house_kind(kind, "Policy", "our published policy"),
        Kind::Holiday => house_kind(kind, "Bank holiday", "bank holidays that were added"),
        Kind::Place => {
            Entry { audience: Audience::RequestWorkers, ..house_kind(kind, "Place to search", "where records may lie") }
        }
        Kind::Disposal => Entry {
            audience: Audience::Stewards,
            ..house_kind(kind, "Disposal", "that a file was destroyed when its time was over")
        },
        Kind::Import => {
            Entry { audience: Audience::Stewards, ..house_kind(kind, "Import", "when records were brought in") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_declared_and_complete() {
        for &kind in Kind::ALL {
            let entry = entry(kind);
            assert_eq!(entry.kind, kind);
            assert!(!entry.title.is_empty() && !entry.plain.is_empty() && !entry.classes.is_empty(), "{kind:?}");
            assert_eq!(
                entry.in_pack == InPack::House,
                entry.classes == HOUSE,
                "{kind:?}: only house kinds stay out of packs"
            );
            assert!(
                entry.category == Category::Ordinary || entry.condition.is_some(),
                "{kind:?}: special data needs a condition of its own (T7)"
            );
        }
    }

    #[test]
    fn a_kind_that_may_touch_special_data_is_treated_as_special() {
        for &kind in Kind::ALL {
            let entry = entry(kind);
            let strictest = entry.about.iter().map(|about| about.category()).max().unwrap_or(Category::Ordinary);
            if strictest > Category::Ordinary {
                assert!(entry.category > Category::Ordinary, "{kind:?}");
            }
        }
    }
}
