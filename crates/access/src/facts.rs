//! What the rules are told: about who asks, about the file, and about the moment. The caller reads it from the book.

use jiff::civil::Date;
use records::people::PersonClass;
use records::staff::{Account, AccountState, Grant};
use records::{FileId, Purpose, ServiceId, StaffRole};

/// A grant that holds today. With a file and a service it opens that one file; with neither it opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GrantFact {
    /// The one file that it opens.
    pub file: Option<FileId>,
    /// The service whose files it opens, or in whose name the one file is open.
    pub service: Option<ServiceId>,
}

impl From<&Grant> for GrantFact {
    fn from(grant: &Grant) -> Self {
        Self { file: grant.file, service: grant.service }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorFacts {
    /// The file about this member of staff.
    pub file: FileId,
    /// What they do.
    pub roles: Vec<StaffRole>,
    /// Where they work today.
    pub services_now: Vec<ServiceId>,
    /// What else is open to them today.
    pub grants: Vec<GrantFact>,
    /// Files that they must not see.
    pub conflicts: Vec<FileId>,
    /// Whether the account is in use.
    pub active: bool,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// Whether they proved a moment ago, once more, that it is them.
    pub stepped_up: bool,
}

impl ActorFacts {
    /// Somebody in these roles with an account in use and a second factor, and nothing else.
    pub fn new(file: FileId, roles: &[StaffRole]) -> Self {
        Self {
            file,
            roles: roles.to_vec(),
            services_now: Vec::new(),
            grants: Vec::new(),
            conflicts: Vec::new(),
            active: true,
            second_factor: true,
            stepped_up: false,
        }
    }

    /// What an account says on a day. Assignments and grants outside their time do not count. Whether the session is
    /// a fresh one is for the caller to add: it is not in the account.
    pub fn from_account(file: FileId, account: &Account, today: Date) -> Self {
        Self {
            file,
            roles: account.roles.clone(),
            services_now: account.services_on(today),
            grants: account.grants_on(today).map(GrantFact::from).collect(),
            conflicts: account.conflicts.clone(),
            active: matches!(account.state, AccountState::Active | AccountState::SecondFactorDue),
            second_factor: account.state == AccountState::Active && account.totp.is_some(),
            stepped_up: false,
        }
    }

    /// Whether somebody has a role.
    pub fn is(&self, role: StaffRole) -> bool {
        self.roles.contains(&role)
    }
}

/// How a file stands, as far as access goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileState {
    /// In use.
    Open,
    /// The support has ended; the file is read and answers requests as before (K30).
    Closed,
    /// Kept for its time limit alone: read, and no longer written.
    Archived,
    /// Restricted at the person's wish (UK GDPR article 18): stored, and little else.
    Restricted,
    /// Erased: nothing is left.
    Erased,
}

impl FileState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Open, Self::Closed, Self::Archived, Self::Restricted, Self::Erased];

    /// The word in the rules.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Archived => "archived",
            Self::Restricted => "restricted",
            Self::Erased => "erased",
        }
    }
}

/// Whose file it is and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Which.
    pub file: FileId,
    /// What kind of person it is about.
    pub class: PersonClass,
    /// Where the person is or was enrolled; for staff and volunteers, where they work or worked. A parent or carer
    /// has the services of the children in their care, too: the caller adds them.
    pub services_ever: Vec<ServiceId>,
    /// Where the person is enrolled, or works, today.
    pub services_now: Vec<ServiceId>,
    /// How it stands.
    pub state: FileState,
    /// Whether a hold keeps it from being disposed of or erased.
    pub on_hold: bool,
    /// The volunteers to whom the person was named.
    pub named_to: Vec<FileId>,
}

impl FileFacts {
    /// An open file of somebody whom no service supports yet.
    pub fn new(file: FileId, class: PersonClass) -> Self {
        Self {
            file,
            class,
            services_ever: Vec::new(),
            services_now: Vec::new(),
            state: FileState::Open,
            on_hold: false,
            named_to: Vec::new(),
        }
    }
}

/// The moment: what for, whether somebody said why, and what the request in hand says about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// What for.
    pub purpose: Purpose,
    /// Whether a reason was given in words.
    pub reason_given: bool,
    /// Whether this member of staff worked on the request in hand. Where there is doubt, say yes.
    pub worked_on_it: bool,
    /// Whether this member of staff was asked to help with the request in hand.
    pub asked_to_help: bool,
    /// Whether this member of staff is the host of an appointment to look through the answer that is not over.
    pub hosts: bool,
    /// Whether the request in hand waits for the second person.
    pub sent_to_check: bool,
    /// To whom the charity's policy sends requests, where it names a role.
    pub requests_go_to: Option<StaffRole>,
}

impl Circumstances {
    /// For a purpose, without a reason in words and without a request in hand.
    pub const fn of(purpose: Purpose) -> Self {
        Self {
            purpose,
            reason_given: false,
            worked_on_it: false,
            asked_to_help: false,
            hosts: false,
            sent_to_check: false,
            requests_go_to: None,
        }
    }

    /// The same, with a reason in words.
    #[must_use]
    pub const fn with_reason(self) -> Self {
        Self { reason_given: true, ..self }
    }
}
