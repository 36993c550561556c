//! The roles that a policy can name, and the words by which it names them.

/// Somebody by what they do in the charity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Staff who work in the service that the person uses.
    ServiceStaff,
    /// Who runs a service.
    ServiceManager,
    /// Managers above the services.
    SeniorManagers,
    /// Official inspectors.
    Inspectors,
    /// The authority or body that pays for a service.
    Commissioner,
    /// Who leads on data protection; the data protection officer where there is one.
    DataProtectionLead,
    /// The charity's trustees.
    Trustees,
    /// The chief executive.
    ChiefExecutive,
    /// Volunteers.
    Volunteers,
    /// The committee that runs the charity's work.
    Committee,
    /// Who looks after the program itself.
    Administrators,
    /// Everybody who works for the charity.
    AllStaff,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 12] = [
        Self::ServiceStaff,
        Self::ServiceManager,
        Self::SeniorManagers,
        Self::Inspectors,
        Self::Commissioner,
        Self::DataProtectionLead,
        Self::Trustees,
        Self::ChiefExecutive,
        Self::Volunteers,
        Self::Committee,
        Self::Administrators,
        Self::AllStaff,
    ];

    /// The name in lists and checks; the policy's own words are kept beside it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceStaff => "service staff",
            Self::ServiceManager => "service manager",
            Self::SeniorManagers => "senior managers",
            Self::Inspectors => "inspectors",
            Self::Commissioner => "commissioner",
            Self::DataProtectionLead => "data protection lead",
            Self::Trustees => "trustees",
            Self::ChiefExecutive => "chief executive",
            Self::Volunteers => "volunteers",
            Self::Committee => "committee",
            Self::Administrators => "administrators",
            Self::AllStaff => "all staff",
        }
    }

    /// Phrases that name the role, as they read once case and punctuation are gone. The Welsh ones are last.
    fn phrases(self) -> &'static [&'static str] {
        match self {
            Self::ServiceStaff => &[
                "service staff",
                "staff at the service",
                "staff of the service",
                "staff at your service",
                "staff who work with you",
                "workers at the service",
                "workers at your service",
                "staff y gwasanaeth",
            ],
            Self::ServiceManager => &[
                "service manager",
                "service managers",
                "manager of the service",
                "manager of your service",
                "manager at the service",
                "manager at your service",
                "rheolwr y gwasanaeth",
            ],
            Self::SeniorManagers => &["senior manager", "senior managers", "senior management", "uwch reolwyr"],
            Self::Inspectors => &["inspector", "inspectors", "arolygwyr"],
            Self::Commissioner => &[
                "commissioner of the service",
                "commissioner",
                "commissioners",
                "commissioning authority",
                "local authority that pays",
                "comisiynydd",
            ],
            Self::DataProtectionLead => &[
                "data protection lead",
                "data protection officer",
                "data protection team",
                "dpo",
                "swyddog diogelu data",
            ],
            Self::Trustees => &["trustee", "trustees", "board of trustees", "ymddiriedolwyr"],
            Self::ChiefExecutive => &["chief executive", "chief executive officer", "ceo", "prif weithredwr"],
            Self::Volunteers => &["volunteer", "volunteers", "gwirfoddolwyr"],
            Self::Committee => &["committee", "committee members", "pwyllgor"],
            Self::Administrators => &["administrator", "administrators", "gweinyddwyr"],
            Self::AllStaff => {
                &["all staff", "any member of staff", "all our staff", "every member of staff", "holl staff"]
            }
        }
    }

    /// The one role that `words` (lower case, single spaces) name; nothing where they name none or more than one.
    /// The longest phrase wins, so that "staff at the service manager's office" is not read as two.
    pub(super) fn named_in(words: &str) -> Option<Self> {
        let padded = format!(" {words} ");
        let mut hits: Vec<(usize, usize, Self)> = Vec::new();
        for role in Self::ALL {
            for phrase in role.phrases() {
                let wanted = format!(" {phrase} ");
                hits.extend(padded.match_indices(&wanted).map(|(at, _)| (at, at + wanted.len() - 1, role)));
            }
        }
        let longest = hits
            .iter()
            .filter(|(start, end, _)| {
                !hits.iter().any(|(from, to, _)| from <= start && end <= to && (to - from) > (end - start))
            })
            .map(|(_, _, role)| *role)
            .collect::<std::collections::BTreeSet<_>>();
        (longest.len() == 1).then(|| longest.into_iter().next()).flatten()
    }
}
