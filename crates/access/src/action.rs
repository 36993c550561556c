//! Everything that somebody can ask to do, one name per deed; the schema and the routes use the same names.

/// What a deed is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The charity as a whole: no file is named.
    House,
    /// One file, which must be named.
    File,
    /// Either: a list or a new thing without a file, one person's with it.
    Either,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident $scope:ident $words:literal;)*) => {
        /// A deed that the rules decide on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// All actions, in the order of the screens.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name in the rules, the schema and the golden matrix.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// What it is done to.
            pub const fn scope(self) -> Scope {
                match self { $(Self::$name => Scope::$scope,)* }
            }

            /// The deed in a sentence: "you may …".
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

actions! {
    /// The first page after signing in (S1).
    SeeToday House "see your day";
    /// The charity's policy as it stands.
    SeePolicy House "see our policy";
    /// One's own account, sign-ins, and what one has looked at.
    SeeOwnSessions House "see your account and your sign-ins";
    /// One's own password, second factor, recovery codes, keys; end one's own sign-ins.
    ChangeOwnAccount House "change your account and end your sign-ins";

    /// Search and lists of people (S2, S3); what they show is narrowed by [`crate::ListScope`].
    FindPeople House "look for people";
    /// Start a file (S3).
    AddPerson House "add a person";
    /// Bring in people and notes from a table (S6).
    ImportPeople House "bring in records";
    /// Open a file: the summary and the last thirty days (S4).
    OpenFile File "open the file";
    /// What is older than thirty days (S4).
    SeeHistory File "see what is older than thirty days";
    /// Name, contact details, relationships (S4).
    ChangePerson File "change the person's details";
    /// Add a note (S5).
    WriteNote File "write a note";
    /// Add a correction to a note (S5); the note itself stays.
    CorrectNote File "correct a note";
    /// Add to the warning strip (S4).
    AddWarning File "add a warning";
    /// Begin or end support by a service (S4).
    Enrol File "enrol the person";
    /// Name the person to a volunteer, or end that (S4).
    NameVolunteer File "name the person to a volunteer";
    /// End the work with the person: the file is closed, and its time runs; or open it again (S4).
    CloseFile File "close the file";
    /// Keep the file longer than the policy's time, look at that again, or end it (S17).
    HoldFile File "keep the file longer";
    /// Put a file whose time is over forward to be disposed of, or call that off (S17).
    DisposeOfFile File "put the file forward to be disposed of";
    /// Agree to that as the second person (S17).
    AgreeDisposal File "agree that the file is disposed of";
    /// Put the file forward to be erased; a second person and the waiting time come after it.
    EraseFile File "put the file forward to be erased";
    /// Who has looked at this file, or, without a file, at anything (S4, S21).
    SeeWhoLooked Either "see who has looked";

    /// The inbox of requests (S7).
    SeeRequests House "see the requests";
    /// Take in a request by letter, telephone or in person (S7), with the person's file once it is known.
    RecordRequest Either "record a request";
    /// Open the case and do its tasks; gathering reads the person's records for it (S8).
    WorkOnRequest File "work on the request";
    /// Read the answer as the requester will see it, with the list of dangers (S9, S10).
    SeeReview File "see what will go out";
    /// Mark what is left out, and why (S9).
    ReviewText File "mark what is left out";
    /// Approve the answer as the second person (S10).
    ApproveRelease File "approve the answer";
    /// Begin an appointment to look through the approved answer together (K20).
    BeginViewing File "begin a viewing";
    /// See the appointment, show the approved answer at it, note what is asked, end it (K20).
    ShowAnswer File "show the answer at a viewing";
    /// Release the pack to an address (S11).
    ReleasePack File "release the answer";
    /// Fetch the released pack (S11).
    DownloadPack File "download the answer";

    /// Files whose time is over, and what was disposed of (S17).
    SeeDisposals House "see what is kept or disposed of";

    /// How the promises stand (T1); no personal data.
    SeeBoard House "see how our promises stand";
    /// How the book is set up, who has an account, and what is still to be done (S21, S22).
    SeeAdministration House "see how the book is set up";
    /// Put a version of the policy into force (S21, S22).
    AdoptPolicy House "put a policy into force";
    /// Services and the categories that they need (S21).
    ManageServices House "look after services";
    /// Places where records may lie, to be searched (S21).
    ManagePlaces House "look after the places to search";
    /// Added bank holidays (S21).
    ManageHolidays House "look after bank holidays";
    /// The charity's details and everything else that is set once (S21, S22).
    ManageSettings House "look after settings";
    /// End somebody's sign-ins (S21).
    EndSessions House "end somebody's sign-ins";
    /// Have the ledger verified (S21).
    VerifyLedger House "have the ledger verified";
    /// Accounts and roles: the list without a file, one account with its file (S21).
    ManageAccounts Either "look after accounts and roles";
    /// Say yes or no, as the second person, to making or unmaking an administrator (S21).
    ConfirmRoles House "confirm who is an administrator";
    /// Open a file, or with none a service, to somebody for a time (S21).
    GiveGrant Either "open a file or a service to somebody";
}

impl Action {
    /// The action that a name in a route table or a rule means.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// The place in [`Action::ALL`].
    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}
