//! Every setting that a policy can make: its key, its type, what the law says about it. One row adds a setting.
//!
//! A row names the limit that the law sets (a policy may promise better, never worse), the value that holds where a
//! policy is silent, and the clauses of the two starter policies that usually bear it.

use crate::value::Kind;

/// One thing that a policy can set.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Verb and target: "answer:access/extended".
    pub key: &'static str,
    /// What its words must say.
    pub kind: Kind,
    /// What it governs, in a few plain words for messages and for the page that lists settings.
    pub about: &'static str,
    /// What the law allows at most or at least.
    pub limit: Limit,
    /// What holds where the policy is silent.
    pub silent: Silent,
    /// Clauses of the starter policies that usually bear it, separated by spaces.
    pub clauses: &'static str,
}

/// The bound that the law sets, in figures, with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The law leaves it to the charity.
    Open,
    /// A policy may be shorter, never longer.
    AtMost(&'static str, &'static str),
    /// A policy may be longer, never shorter.
    AtLeast(&'static str, &'static str),
    /// The law requires that it costs nothing.
    Free(&'static str),
    /// In Scotland no more than this age; elsewhere open.
    ScottishAge(&'static str, &'static str),
}

/// What holds where a policy says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silent {
    /// Nothing: the program then does without it.
    Unset,
    /// The policy must say it, or it is not a policy that can run.
    Required,
    /// The law's value, and where the law says it.
    Law(&'static str, &'static str),
    /// Usual practice, and why; always shown as such, and never in place of words that the policy has.
    Practice(&'static str, &'static str),
    /// The value of another setting.
    As(&'static str),
}

impl Entry {
    const fn new(key: &'static str, kind: Kind, clauses: &'static str, about: &'static str) -> Self {
        Self { key, kind, about, limit: Limit::Open, silent: Silent::Unset, clauses }
    }

    const fn at_most(mut self, value: &'static str, source: &'static str) -> Self {
        self.limit = Limit::AtMost(value, source);
        self
    }

    const fn at_least(mut self, value: &'static str, source: &'static str) -> Self {
        self.limit = Limit::AtLeast(value, source);
        self
    }

    const fn must_be_free(mut self, source: &'static str) -> Self {
        self.limit = Limit::Free(source);
        self
    }

    const fn scottish_age(mut self, value: &'static str, source: &'static str) -> Self {
        self.limit = Limit::ScottishAge(value, source);
        self
    }

    const fn law(mut self, value: &'static str, source: &'static str) -> Self {
        self.silent = Silent::Law(value, source);
        self
    }

    const fn practice(mut self, value: &'static str, why: &'static str) -> Self {
        self.silent = Silent::Practice(value, why);
        self
    }

    const fn same_as(mut self, key: &'static str) -> Self {
        self.silent = Silent::As(key);
        self
    }

    const fn required(mut self) -> Self {
        self.silent = Silent::Required;
        self
    }
}

/// The entry of a key, if there is one. Attested names are the charity's own and have no entry.
pub fn entry(key: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.key == key)
}

const ART12A: &str = "UK GDPR article 12A";
const ART12_5: &str = "UK GDPR article 12(5)";
const ART14: &str = "UK GDPR article 14(3)";
const ART33: &str = "UK GDPR article 33(1)";
const S164A: &str = "Data Protection Act 2018 section 164A";
const S208: &str = "Data Protection Act 2018 section 208";

const fn span(key: &'static str, clauses: &'static str, about: &'static str) -> Entry {
    Entry::new(key, Kind::Span, clauses, about)
}
const fn role(key: &'static str, clauses: &'static str, about: &'static str) -> Entry {
    Entry::new(key, Kind::Role, clauses, about)
}
const fn said(key: &'static str, clauses: &'static str, about: &'static str) -> Entry {
    Entry::new(key, Kind::Presence, clauses, about)
}
const fn count(key: &'static str, clauses: &'static str, about: &'static str) -> Entry {
    Entry::new(key, Kind::Count, clauses, about)
}
const fn amount(key: &'static str, clauses: &'static str, about: &'static str) -> Entry {
    Entry::new(key, Kind::Amount, clauses, about)
}
const fn by(key: &'static str, clauses: &'static str, about: &'static str) -> Entry {
    Entry::new(key, Kind::Channels, clauses, about)
}
const fn contact(key: &'static str, clauses: &'static str, about: &'static str) -> Entry {
    Entry::new(key, Kind::Contact, clauses, about)
}

/// The registry, verb by verb.
#[rustfmt::skip]
pub const ENTRIES: &[Entry] = &[
    // answer: by when somebody gets an answer
    span("answer:access", "K23 T24", "the answer to an access request").at_most("1 month", ART12A).law("1 month", ART12A),
    span("answer:access/extended", "T26", "the answer to a complex access request, counted from the start").at_most("3 months", ART12A).law("3 months", ART12A),
    span("answer:access/extension-notice", "T26", "telling somebody that their request takes longer").at_most("1 month", ART12A).law("1 month", ART12A),
    span("answer:right", "T31 T32 T33 T34", "the answer to a request under any other right").at_most("1 month", ART12A).law("1 month", ART12A),
    span("answer:right/extended", "T31", "the answer to a complex request under any other right").at_most("3 months", ART12A).law("3 months", ART12A),
    span("answer:complaint/acknowledgement", "K34", "saying that a complaint has arrived").at_most("30 days", S164A).law("30 days", S164A),
    span("answer:complaint", "K34", "the outcome of a complaint").practice("1 month", "the law says without undue delay; as long as for a request"),
    span("answer:third-party", "K25", "the reply of somebody who told us something in confidence").practice("10 days", "leaves time to chase within the month"),

    // keep: how long
    span("keep:child/leaving", "K28 T49", "a child's or family's file after they leave").required(),
    said("keep:child/archive", "T49", "moving the file of a child who left out of daily sight"),
    span("keep:parent/leaving", "K28", "a parent's or carer's file after the family leaves").same_as("keep:child/leaving"),
    span("keep:volunteer/last-contact", "T50", "a volunteer's details after the last contact").practice("5 years", "long enough for references and questions"),
    span("keep:staff/last-contact", "T50", "a staff member's details after the last contact").practice("6 years", "claims under a contract can be made for six years"),
    span("keep:supporter/last-contact", "T51", "a supporter's details after the last contact").practice("2 years", "one round of the mailing list"),
    span("keep:supplier/last-contact", "T52", "a supplier contact's details after the last contact").practice("6 years", "claims under a contract can be made for six years"),
    span("keep:gift-aid/last-gift", "", "a Gift Aid declaration after the year of the last gift").at_least("6 years", "HMRC guidance on Gift Aid records").practice("6 years", "what HMRC asks for"),
    span("keep:request/closed", "", "an answered request").practice("3 years", "time to look into a late complaint"),
    span("keep:complaint/closed", "", "an answered complaint").practice("3 years", "time to look into it again"),
    span("keep:breach/closed", "T66", "the record of a breach").practice("6 years", "claims can be made for six years"),
    span("keep:disclosure/made", "", "the record of what was shared").same_as("keep:child/leaving"),
    span("keep:identity/seen", "T22", "the note that identity was checked, after the request closes").practice("6 months", "no longer than it is needed"),
    span("keep:erasure/undo", "K32 T32", "the time in which an approved erasure can still be called off").practice("14 days", "a mistake must be noticed by somebody"),
    span("keep:erasure/backups", "K32 T32", "the time after which an erased key is gone from backups too").practice("7 days", "one round of backups"),
    said("keep:longer", "K29", "keeping a file longer where policy or law requires"),
    said("keep:no-longer-than-needed", "K29 T1 T11", "disposing of what is no longer needed"),

    // see: who may open a file
    said("see:service-staff", "K9", "staff at the service that the person uses"),
    said("see:senior-managers", "K10", "some senior managers, by name and with a reason"),
    said("see:inspectors", "K11", "official inspectors"),
    said("see:commissioner", "K12", "who pays for the service, for a reason"),
    said("see:committee", "T47", "members of the committee"),
    said("see:job-needs", "T10", "staff whose job needs it"),
    said("see:yourself", "K30", "the person themselves, also after the file is closed"),

    // share: on which ground
    said("share:permission", "K13 T12", "sharing after asking the person"),
    said("share:contract", "K15", "sharing under a service's contract"),
    said("share:on-behalf", "K16", "sharing in a service run for another organisation"),
    said("share:safeguarding", "K17 T16", "sharing where somebody may be at risk"),
    said("share:law", "K18 T16", "sharing that the law requires"),
    said("share:staff-safety", "T12", "sharing where staff may be in danger"),
    said("share:agencies", "T12", "sharing with other agencies"),
    said("share:suppliers", "T12", "sharing with suppliers who need it"),
    said("share:suppliers/guarantees", "T13", "only suppliers with sufficient guarantees"),
    said("share:suppliers/agreement", "T14", "a data sharing agreement with each supplier"),
    said("share:suppliers/needed", "T15", "only what a supplier needs"),
    said("share:research", "T17", "statistics that name nobody, or with consent"),
    said("share:emergency", "T18", "sharing in an emergency at an event"),
    count("share:override/people", "K14", "how many people it takes to share against a refusal").practice("2", "never one person alone"),

    // withhold: what may be left out of an answer
    said("withhold:confidence", "K25", "what somebody told us in confidence, until they agree"),
    said("withhold:serious-harm", "K26 T27", "what could seriously harm somebody"),
    said("withhold:others", "K27", "references to other people"),
    said("withhold:abuse-risk", "T27", "that a child is at risk of abuse, where telling is not in their interest"),
    said("withhold:adoption", "T27", "adoption and parental order records"),
    said("withhold:court", "T27", "what was given to a court about the child"),

    // refuse: what may be refused
    said("refuse:erasure/contract", "K33", "erasing what a contract requires us to hold"),
    said("refuse:erasure/safeguarding", "K33", "erasing what safeguarding requires us to hold"),
    said("refuse:unfounded", "T28", "requests that are unfounded or excessive"),
    amount("refuse:unfounded/fee", "T28", "the fee in place of a refusal"),
    said("refuse:reasons", "T29", "a refusal always gives its reasons and the right to complain"),

    // ask: what people may ask for, of whom, and what we ask them
    role("ask:access/to", "K19 T20 T41", "who receives access requests").required(),
    by("ask:access/by", "K19 T20", "how an access request may come"),
    said("ask:access/viewing", "K20", "looking through the file with a member of staff"),
    said("ask:access/corrections", "K22", "noting the changes that somebody wants"),
    count("ask:access/identity", "T22", "how many forms of identification we may ask for"),
    said("ask:access/phone-check", "T23", "telephoning to confirm a request"),
    Entry::new("ask:access/child-age", Kind::Age, "T21", "the age from which a child is presumed to understand their rights").scottish_age("12", S208).practice("12", "the age in Scottish law and the usual one elsewhere"),
    amount("ask:access/fee", "K24 T25", "what an access request costs").must_be_free(ART12_5).law("free", ART12_5),
    count("ask:access/approvers", "", "how many people it takes to release an answer").practice("2", "never one person alone"),
    role("ask:rights/to", "T41", "who receives requests under the other rights").same_as("ask:access/to"),
    said("ask:rectify", "K22 T31", "having something put right"),
    said("ask:erase", "K32 T32", "having something erased"),
    said("ask:restrict", "T33", "having use of data restricted"),
    said("ask:object", "T34", "objecting to a use"),
    said("ask:stop-marketing", "T35", "stopping direct marketing"),
    said("ask:public-interest", "T36", "challenging use in the public interest"),
    said("ask:distress", "T37", "preventing damage or distress"),
    said("ask:move", "T40", "having data moved in a machine-readable form"),
    role("ask:complaint/to", "K34", "who receives complaints").same_as("ask:access/to"),
    role("ask:complaint/advice", "K34", "who helps somebody to complain"),

    // tell: what people are told, and by when
    said("tell:held", "K6", "what we hold"),
    said("tell:notice/collected", "T8 T73", "the notice when we collect data from the person"),
    span("tell:notice/elsewhere", "T74", "the notice when we collect data from somebody else").at_most("1 month", ART14).law("1 month", ART14),
    said("tell:new-purpose", "T9", "a new purpose, before it starts"),
    said("tell:contract-sharing", "K15", "sharing under a contract, whenever it applies"),
    said("tell:on-behalf", "K16", "that the service is run for another organisation, at the outset"),
    said("tell:hand-over", "K31", "that the file goes back to the organisation that we worked for"),
    said("tell:regulator", "K35 T29 T39", "how to complain to the regulator"),
    said("tell:notices", "T72", "where the policy and the notices are"),

    // review: what is looked at again, and how often
    span("review:policy", "K36 T75", "the policy").practice("2 years", "usual among small charities"),
    role("review:policy/by", "T75", "who reviews the policy"),
    role("review:policy/monitor", "T75", "who watches that the policy is kept"),
    span("review:mailing-list", "T51", "the mailing list, asking who wants to stay").practice("2 years", "people forget that they signed up"),
    span("review:suppliers", "T52", "the list of suppliers").practice("2 years", "guarantees go out of date"),
    span("review:holds", "K29", "files kept longer than the rule").practice("1 year", "a reason can pass"),
    span("review:minimisation", "K5", "whether what is held is still needed").practice("1 year", "once a year, with the review of holds"),
    span("review:legitimate-interests", "K8", "the legitimate-interests assessment").practice("1 year", "a balance can shift"),
    span("review:breach", "T67", "whether what was done after a breach works").practice("3 months", "long enough to see an effect"),

    // consent: what needs a yes
    said("consent:child", "T6", "consent by the person, or by a parent or carer for a child"),
    said("consent:withdraw", "T30", "taking consent back at any time"),
    said("consent:photos", "T42", "photographs and video of children"),
    by("consent:photos/by", "T42", "how consent to photographs is given"),
    said("consent:photos/withdraw", "T43", "deleting photographs when consent is taken back"),
    said("consent:photos/no-names", "T44", "no other personal information beside a photograph"),
    span("consent:photos/lasts", "T42", "how long consent to photographs holds before we ask again").practice("2 years", "children change, and so do their wishes"),

    // breach: what happens when data are lost or go astray
    span("breach:report", "T54 T60 T62", "telling the regulator of a breach").at_most("72 hours", ART33).law("72 hours", ART33),
    role("breach:tell/to", "T55", "who is told of a breach at once").same_as("ask:complaint/to"),
    said("breach:decision", "T59 T61", "deciding whether to report, case by case, and writing it down"),
    said("breach:later", "T63", "sending the regulator later what is not known yet"),
    said("breach:people", "T38 T64", "telling the people concerned where the risk is high"),
    said("breach:helpers", "T65", "telling others who can lessen the harm"),
    said("breach:register", "T66", "the record of every breach"),
    said("breach:recall", "T68", "calling back what was mailed in error"),
    said("breach:return", "T69", "telling the sender about what came in error"),
    said("breach:delete", "T70", "asking whoever received it to delete it"),
    said("breach:confirmation", "T71", "written confirmation from every one of them"),

    // contact: where somebody is reached
    contact("contact:data-protection", "K2", "who leads on data protection"),
    contact("contact:regulator", "K35", "the regulator"),
    said("contact:preference", "K2", "how somebody prefers to hear from us"),
];
