//! A staff member's way into the book: it lies in their own file.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{FileId, ServiceId};
use crate::personal::{Personal, sealed, sealed_list, sealed_option};

/// What somebody does in the charity, as far as the book is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffRole {
    /// A volunteer: named people, the last thirty days.
    Volunteer,
    /// A family worker at a service.
    FamilyWorker,
    /// The manager of a service.
    ServiceManager,
    /// A senior manager, with a named grant for each file.
    SeniorManager,
    /// The data protection lead or officer.
    DataProtectionLead,
    /// A trustee.
    Trustee,
    /// Looks after accounts and settings; no file by default.
    Administrator,
    /// An official inspector, for a time, reading only.
    Inspector,
    /// The body that pays for a service, reading only, with a reason each time.
    Commissioner,
}

impl StaffRole {
    /// All roles.
    pub const ALL: [Self; 9] = [
        Self::Volunteer,
        Self::FamilyWorker,
        Self::ServiceManager,
        Self::SeniorManager,
        Self::DataProtectionLead,
        Self::Trustee,
        Self::Administrator,
        Self::Inspector,
        Self::Commissioner,
    ];

    /// The word in policies and forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Volunteer => "volunteer",
            Self::FamilyWorker => "family-worker",
            Self::ServiceManager => "service-manager",
            Self::SeniorManager => "senior-manager",
            Self::DataProtectionLead => "data-protection-lead",
            Self::Trustee => "trustee",
            Self::Administrator => "administrator",
            Self::Inspector => "inspector",
            Self::Commissioner => "commissioner",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Volunteer => "volunteer",
            Self::FamilyWorker => "family worker",
            Self::ServiceManager => "service manager",
            Self::SeniorManager => "senior manager",
            Self::DataProtectionLead => "data protection lead",
            Self::Trustee => "trustee",
            Self::Administrator => "administrator",
            Self::Inspector => "inspector",
            Self::Commissioner => "commissioner",
        }
    }

    /// The role that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.slug() == slug)
    }
}

/// A file or service opened to somebody for a time and a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The one file, or none for all files of the service.
    pub file: Option<FileId>,
    /// The service, where the grant is for one.
    pub service: Option<ServiceId>,
    /// The last day.
    pub until: Date,
    /// Why.
    #[serde(with = "sealed")]
    pub reason: Personal<String>,
    /// Who gave it.
    pub by: Option<FileId>,
}

/// Work at a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Which service.
    pub service: ServiceId,
    /// First day.
    pub from: Date,
    /// Last day, once it has ended.
    pub until: Option<Date>,
}

/// A change of roles that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolesAsked {
    /// The roles as they would be.
    pub roles: Vec<StaffRole>,
    /// Who asked.
    pub by: FileId,
    /// When.
    pub at: Timestamp,
}

/// How far an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// Invited: a password is still to be chosen, with the invitation's secret.
    Invited,
    /// The second factor is still to be set up, at the first sign-in.
    SecondFactorDue,
    /// In use.
    Active,
    /// Closed: no sign-in.
    Disabled,
}

/// A staff member's way into the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The address that signs in, in lower case.
    #[serde(with = "sealed")]
    pub email: Personal<String>,
    /// The password's argon2id hash, in PHC form; none while invited.
    pub password: Option<String>,
    /// The second factor's secret.
    #[serde(with = "sealed_option", default)]
    pub totp: Option<Personal<Vec<u8>>>,
    /// The last time step of a code that was used, so that none is used twice.
    pub totp_used: Option<u64>,
    /// A second factor's secret that is shown, and not yet proved with a code.
    #[serde(with = "sealed_option", default)]
    pub totp_pending: Option<Personal<Vec<u8>>>,
    /// Hashes of recovery codes that are left.
    #[serde(with = "sealed_list", default)]
    pub recovery: Vec<Personal<String>>,
    /// The hash of the invitation's secret, while invited.
    pub invitation: Option<String>,
    /// Until when the invitation holds.
    pub invited_until: Option<Timestamp>,
    /// How far it is.
    pub state: AccountState,
    /// What the person does.
    pub roles: Vec<StaffRole>,
    /// A change of roles that waits for a second person, because it makes or unmakes an administrator.
    #[serde(default)]
    pub roles_asked: Option<RolesAsked>,
    /// Where the person works.
    pub assignments: Vec<Assignment>,
    /// What else is open to the person.
    pub grants: Vec<Grant>,
    /// Files that the person must not see (own family, a conflict).
    pub conflicts: Vec<FileId>,
    /// Whether single-key shortcuts are off for this person.
    pub keys_off: bool,
    /// Whether no mails about what is due go to this person.
    #[serde(default)]
    pub reminders_off: bool,
    /// The digest of the secret address of the person's calendar of what is due.
    #[serde(default)]
    pub calendar: Option<String>,
}

impl Account {
    /// An account that signs in with an address, and so far can do nothing: without password, factor and roles.
    pub fn new(email: impl Into<Personal<String>>) -> Self {
        Self {
            email: email.into(),
            password: None,
            totp: None,
            totp_used: None,
            totp_pending: None,
            recovery: Vec::new(),
            invitation: None,
            invited_until: None,
            state: AccountState::Invited,
            roles: Vec::new(),
            roles_asked: None,
            assignments: Vec::new(),
            grants: Vec::new(),
            conflicts: Vec::new(),
            keys_off: false,
            reminders_off: false,
            calendar: None,
        }
    }

    /// The services where the person works on a day.
    pub fn services_on(&self, day: Date) -> Vec<ServiceId> {
        self.assignments
            .iter()
            .filter(|a| a.from <= day && a.until.is_none_or(|until| day <= until))
            .map(|a| a.service)
            .collect()
    }

    /// The grants that hold on a day.
    pub fn grants_on(&self, day: Date) -> impl Iterator<Item = &Grant> {
        self.grants.iter().filter(move |grant| day <= grant.until)
    }
}
