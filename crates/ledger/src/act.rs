//! What an entry can say was done.

/// Declares the acts with their numbers and words in one list.
macro_rules! acts {
    ($($number:literal $name:ident $words:literal)*) => {
        /// A deed. The numbers are part of the format: new ones are added at the end, none is ever changed or used again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Act {
            $(#[doc = concat!("Somebody ", $words, ".")] $name = $number,)*
        }

        impl Act {
            /// All of them, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The act with this number, if there is one.
            pub const fn from_u16(number: u16) -> Option<Self> {
                match number {
                    $($number => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The number under which it stands in an entry.
            pub const fn number(self) -> u16 {
                self as u16
            }

            /// In plain English, to follow a name: "looked at a file".
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)*
                }
            }
        }
    };
}

acts! {
    1 BookCreated "created the book"
    2 FileOpened "opened a file for somebody"
    3 FileSeen "looked at a file"
    4 FileErased "erased a file"
    5 FileRestricted "restricted a file"
    6 FileRestrictionLifted "lifted the restriction of a file"
    7 FileClosed "closed a file"
    8 FileArchived "archived a file"
    9 RecordAdded "added a record"
    10 RecordChanged "changed a record"
    11 RecordCorrected "corrected a record"
    12 RecordRemoved "removed a record"
    13 RecordSeen "looked at a record"
    14 PaperAdded "added a paper"
    15 PaperSeen "opened a paper"
    16 Searched "searched"
    17 SignedIn "signed in"
    18 SignInFailed "failed to sign in"
    19 SignedOut "signed out"
    20 SessionsEnded "ended sessions"
    21 SecondFactorSet "set up a second step for signing in"
    22 PasswordChanged "changed a password"
    23 RecoveryCodeUsed "used a recovery code"
    24 StaffAdded "added a member of staff"
    25 StaffRemoved "removed a member of staff"
    26 RoleChanged "changed a role"
    27 AccessGranted "granted access to a file"
    28 AccessWithdrawn "withdrew access to a file"
    29 AccessDenied "was refused access"
    30 RequestRecorded "recorded a request"
    31 Acknowledged "acknowledged a request"
    32 IdentityAsked "asked for proof of identity"
    33 IdentityChecked "checked an identity"
    34 RequestPaused "paused a request to ask what is meant"
    35 RequestResumed "resumed a request"
    36 RequestExtended "extended the time for a request"
    37 RequestRefused "refused a request"
    38 Collected "collected the records for a request"
    39 ItemReviewed "reviewed an item"
    40 SecondChecked "checked as the second person"
    41 SentBack "sent a request back for another review"
    42 PackBuilt "built a pack"
    43 PackReleased "released a pack"
    44 PackDownloaded "downloaded a pack"
    45 RequestClosed "closed a request"
    46 Imported "brought people in from a file"
    47 Exported "exported records"
    48 Printed "printed a record"
    49 Enrolled "enrolled somebody with a service"
    50 EnrolmentEnded "ended an enrolment"
    51 ServiceChanged "changed a service"
    52 ConsentGiven "recorded a permission"
    53 ConsentWithdrawn "recorded a permission withdrawn"
    54 NoticeGiven "gave a privacy notice"
    55 Disclosed "shared records with somebody outside"
    56 IncidentRecorded "recorded an incident"
    57 IncidentReported "reported an incident to the regulator"
    58 ComplaintRecorded "recorded a complaint"
    59 HoldPlaced "placed a hold"
    60 HoldLifted "lifted a hold"
    61 DisposalApproved "approved a disposal"
    62 DisposalDone "disposed of records"
    63 ErasureApproved "approved an erasure"
    64 ErasureUndone "undid an erasure in time"
    65 PolicyAdopted "adopted a policy"
    66 PolicyChanged "changed the draft of a policy"
    67 SettingChanged "changed a setting"
    68 Checkpointed "signed a checkpoint"
    69 RootRotated "changed the root secret of the keyring"
    70 BackedUp "made a backup"
    71 Restored "restored from a backup"
    72 DutyRun "ran a duty that was due"
    73 PersonChanged "changed a person's details"
    74 WarningSet "set a warning on a file"
    75 WarningLifted "lifted a warning on a file"
    76 Linked "linked two people"
    77 Unlinked "took a link between two people away"
    78 Verified "verified the ledger"
    79 PasswordAccepted "gave the right password"
    80 SteppedUp "proved again who they were"
    81 ScreenHidden "hid the screen"
    82 ScreenShown "showed the screen again"
    83 RoleAsked "asked for a role that a second person confirms"
    84 RecoveryCodesMade "made new recovery codes"
    85 ViewingPlanned "planned a viewing"
    86 ViewingStarted "began a viewing"
    87 ItemShown "showed an item at a viewing"
    88 ViewingEnded "ended a viewing"
    89 Merged "merged two files of one person"
    90 MergeUndone "undid the merging of two files"
    91 ImportUndone "undid an import"
    92 MentionsSought "looked where a person is mentioned"
    93 ComplaintAcknowledged "acknowledged a complaint"
    94 ComplaintLookedInto "looked into a complaint"
    95 ComplaintAnswered "answered a complaint"
    96 WishNoted "noted a question or a change that somebody wants"
    97 WishSettled "settled a question or a change that somebody wanted"
    98 LetterQueued "put a letter into the outbox"
    99 LetterMailed "sent a letter by e-mail"
    100 LetterReturned "had a letter come back"
    101 ArrivalSaved "saved a question to the charity"
    102 ArrivalSent "asked the charity something"
    103 ArrivalTakenIn "took in what somebody had asked"
    104 ArrivalSetAside "dealt with what somebody had asked"
    105 TrackGiven "gave a way to look how far something is"
    106 TrackLooked "looked how far something is"
    107 MessageWritten "wrote a message"
    108 ThirdPartyAsked "asked somebody whether what they told may be given"
    109 ThirdPartyAnswered "noted what somebody answered who was asked"
    110 ThirdPartyDecided "decided whether what somebody told is given"
    111 Reminded "told members of staff what is due"
    112 ViewingCalledOff "called off a viewing"
    113 FileReopened "opened a closed file again"
    114 HoldReviewed "looked again at what keeps a file longer"
    115 DisposalPutForward "put a file forward to be disposed of"
    116 DisposalCalledOff "called off a disposal"
    117 ProofForgotten "forgot how somebody had proved who they are"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_run_from_one_without_a_gap_and_lead_back() {
        for (number, &act) in (1..).zip(Act::ALL) {
            assert_eq!(act.number(), number);
            assert_eq!(Act::from_u16(number), Some(act));
            assert!(!act.words().is_empty());
        }
        assert_eq!(Act::from_u16(0), None);
        assert_eq!(Act::ALL.iter().filter_map(|act| Act::from_u16(act.number() + 1)).count(), Act::ALL.len() - 1);
    }

    #[test]
    fn published_numbers_have_not_moved() {
        let some = [
            (1, Act::BookCreated),
            (3, Act::FileSeen),
            (4, Act::FileErased),
            (16, Act::Searched),
            (43, Act::PackReleased),
            (68, Act::Checkpointed),
        ];
        for (number, act) in some {
            assert_eq!(act.number(), number);
        }
    }
}
