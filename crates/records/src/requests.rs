//! A request for access: who asks, what the clock needs, what was decided, what went out.

use clock::Nation;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::id::{BodyId, FileId, RecordId};
use crate::operation::london_day;
use crate::opinion::Opinion;
use crate::people::Channel;
use crate::personal::{Personal, sealed, sealed_list, sealed_option};
use crate::standing::{Competence, PhoneCheck, Standing};

/// How a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intake {
    /// By letter.
    Letter,
    /// By e-mail.
    Email,
    /// By fax.
    Fax,
    /// By telephone.
    Phone,
    /// In person.
    InPerson,
    /// By a message, on social media or in an app.
    Message,
    /// On the charity's own website.
    Website,
}

impl Intake {
    /// All ways in.
    pub const ALL: [Self; 7] =
        [Self::Letter, Self::Email, Self::Fax, Self::Phone, Self::InPerson, Self::Message, Self::Website];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Email => "email",
            Self::Fax => "fax",
            Self::Phone => "phone",
            Self::InPerson => "in-person",
            Self::Message => "message",
            Self::Website => "website",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Letter => "by letter",
            Self::Email => "by e-mail",
            Self::Fax => "by fax",
            Self::Phone => "by telephone",
            Self::InPerson => "in person",
            Self::Message => "by a message",
            Self::Website => "on our website",
        }
    }

    /// The way in that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|intake| intake.slug() == slug)
    }
}

/// Who asks, where it is not the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// Their file, where they are in the book.
    pub file: Option<FileId>,
    /// What they are to the subject, as stated ("mother", "solicitor").
    #[serde(with = "sealed")]
    pub relation: Personal<String>,
    /// By what right they ask, and what was seen for it; none until it is settled.
    #[serde(with = "sealed_option", default)]
    pub authority: Option<Personal<String>>,
    /// What was found out about their right to ask, whether it suffices or not.
    #[serde(default)]
    pub standing: Option<Standing>,
}

/// The four details that a request in writing should bear (T20).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// Name of whoever asks.
    #[serde(with = "sealed_option", default)]
    pub name: Option<Personal<String>>,
    /// Where to write to.
    #[serde(with = "sealed_option", default)]
    pub address: Option<Personal<String>>,
    /// Telephone number.
    #[serde(with = "sealed_option", default)]
    pub phone: Option<Personal<String>>,
    /// E-mail address.
    #[serde(with = "sealed_option", default)]
    pub email: Option<Personal<String>>,
    /// What is wanted.
    #[serde(with = "sealed_option", default)]
    pub wanted: Option<Personal<String>>,
}

/// Something that was asked for and may have come: identity, authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The day on which the charity asked.
    pub asked: Date,
    /// The day on which it had it.
    pub received: Option<Date>,
    /// What was seen ("passport and a bill, seen and handed back"), never a copy.
    #[serde(with = "sealed_option", default)]
    pub seen: Option<Personal<String>>,
    /// The forms of identification that were seen, one by one.
    #[serde(with = "sealed_list", default)]
    pub proofs: Vec<Personal<String>>,
}

impl Asked {
    /// Asked for on a day, and not come yet.
    pub const fn on(asked: Date) -> Self {
        Self { asked, received: None, seen: None, proofs: Vec::new() }
    }
}

/// A fee in place of a refusal, or for further copies: what it covers, item by item (UK GDPR art. 12(5)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// The day on which it was asked for.
    pub asked: Date,
    /// The day on which it was paid.
    pub paid: Option<Date>,
    /// What it covers: words and pence.
    pub items: Vec<(String, u32)>,
    /// Why it is asked for at all, as the person reads it.
    #[serde(with = "sealed")]
    pub reasons: Personal<String>,
    /// What shows it, for the file.
    #[serde(with = "sealed")]
    pub evidence: Personal<String>,
}

impl Fee {
    /// The sum in pence.
    pub fn pence(&self) -> u32 {
        self.items.iter().map(|(_, pence)| pence).sum()
    }
}

/// A pause: the charity asked what is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The day on which it asked.
    pub asked: Date,
    /// The day on which it had the answer.
    pub answered: Option<Date>,
    /// What it asked.
    #[serde(with = "sealed")]
    pub question: Personal<String>,
    /// What it was told.
    #[serde(with = "sealed_option", default)]
    pub answer: Option<Personal<String>>,
}

/// Why two further months are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExtensionGround {
    /// The request is complex.
    Complex,
    /// The person has made many requests.
    Numerous,
}

impl ExtensionGround {
    /// The ground that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        match slug {
            "complex" => Some(Self::Complex),
            "numerous" => Some(Self::Numerous),
            _ => None,
        }
    }

    /// What a letter says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Complex => "the request is complex",
            Self::Numerous => "of the number of your requests",
        }
    }
}

/// An extension, told to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The day on which the person was told.
    pub told: Date,
    /// Why.
    pub ground: ExtensionGround,
    /// The reasons in words, as the person reads them.
    #[serde(with = "sealed")]
    pub reasons: Personal<String>,
}

/// Why a charity does not act on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalGround {
    /// Nobody really wants the information, or means to harass.
    Unfounded,
    /// Clearly out of proportion, or repeated without reason.
    Excessive,
    /// Whoever asks has no right to ask for this person.
    NoRight,
}

impl RefusalGround {
    /// All grounds, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Unfounded, Self::Excessive, Self::NoRight];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Unfounded => "unfounded",
            Self::Excessive => "excessive",
            Self::NoRight => "no-right",
        }
    }

    /// The ground that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.slug() == slug)
    }
}

/// A decision not to act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The day.
    pub on: Date,
    /// On which ground.
    pub ground: RefusalGround,
    /// The reasons, as the person reads them.
    #[serde(with = "sealed")]
    pub reasons: Personal<String>,
    /// The evidence, for the file.
    #[serde(with = "sealed")]
    pub evidence: Personal<String>,
}

/// What the second person said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondCheck {
    /// Who.
    pub by: FileId,
    /// When.
    pub at: Timestamp,
    /// Yes, or back to the first person.
    pub approved: bool,
    /// What they wrote.
    #[serde(with = "sealed")]
    pub comments: Personal<String>,
    /// How many dangers the list showed, all of which were opened.
    pub dangers_seen: u32,
    /// The digest of what they approved, so that nothing else is released.
    pub fingerprint: String,
}

/// How the pack went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// When.
    pub at: Timestamp,
    /// Who released it.
    pub by: FileId,
    /// By which channel.
    pub channel: Channel,
    /// To whom and where, as checked.
    #[serde(with = "sealed")]
    pub to: Personal<String>,
}

/// An item that was shown at a viewing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its place in the answer, from 1.
    pub position: u32,
    /// When.
    pub at: Timestamp,
}

/// Why a viewing did not take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledOff {
    /// When.
    pub at: Timestamp,
    /// Who noted it.
    pub by: Option<FileId>,
    /// Why.
    #[serde(with = "sealed")]
    pub because: Personal<String>,
}

/// An appointment at which somebody looks through their file with a member of staff (K20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewing {
    /// The day and the time, as London's clocks show it.
    pub planned: DateTime,
    /// Where.
    #[serde(with = "sealed")]
    pub place: Personal<String>,
    /// The member of staff who shows it.
    pub host: FileId,
    /// Who comes with them, if anybody.
    #[serde(with = "sealed_option", default)]
    pub supporter: Option<Personal<String>>,
    /// What makes it easier for them: breaks, a quiet room, water, an interpreter.
    #[serde(with = "sealed_option", default)]
    pub comfort: Option<Personal<String>>,
    /// Set where it was called off before it began.
    #[serde(default)]
    pub called_off: Option<CalledOff>,
    /// When it began.
    pub started: Option<Timestamp>,
    /// When it was over.
    pub ended: Option<Timestamp>,
    /// What was shown, in the order in which it was shown.
    pub shown: Vec<Shown>,
    /// What was asked and said, as the host noted it.
    #[serde(with = "sealed_option", default)]
    pub remarks: Option<Personal<String>>,
}

impl Viewing {
    /// An appointment that is still to come.
    pub const fn planned(planned: DateTime, place: Personal<String>, host: FileId) -> Self {
        Self {
            planned,
            place,
            host,
            supporter: None,
            comfort: None,
            called_off: None,
            started: None,
            ended: None,
            shown: Vec::new(),
            remarks: None,
        }
    }

    /// Whether it is on: begun on this day, and not over. One that nobody ended shows nothing on the next day.
    pub fn is_on(&self, day: Date) -> bool {
        self.ended.is_none() && self.started.is_some_and(|at| london_day(at) == day)
    }

    /// Whether its host still has to do with it on a day: it lies ahead, or was held on that day.
    pub fn concerns_its_host(&self, day: Date) -> bool {
        let held = self.started.is_some_and(|at| london_day(at) == day);
        self.called_off.is_none() && (held || (self.started.is_none() && self.planned.date() >= day))
    }

    /// The places in the answer that were shown, each once, in the answer's order.
    pub fn positions(&self) -> Vec<u32> {
        let mut positions: Vec<u32> = self.shown.iter().map(|shown| shown.position).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }
}

/// How far a request has come. The order is the order of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(i16)]
pub enum Stage {
    /// Taken in; nothing gathered yet.
    Open = 1,
    /// Everything is gathered and being read.
    Review = 2,
    /// A second person looks.
    SecondCheck = 3,
    /// Approved; the pack can be built and released.
    Approved = 4,
    /// It went out.
    Released = 5,
    /// The charity will not act.
    Refused = 6,
    /// Over.
    Closed = 7,
}

impl Stage {
    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Open => "Taken in",
            Self::Review => "Being read through",
            Self::SecondCheck => "With the second person",
            Self::Approved => "Approved",
            Self::Released => "Released",
            Self::Refused => "Refused",
            Self::Closed => "Closed",
        }
    }

    /// Whether the clock still matters.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Review | Self::SecondCheck | Self::Approved)
    }
}

/// Why an answer is late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// The day on which it was noted.
    pub on: Date,
    /// Why, and what is done about it.
    #[serde(with = "sealed")]
    pub because: Personal<String>,
    /// Who noted it.
    pub by: Option<FileId>,
}

/// One line of the case's own history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who; none for the program.
    pub by: Option<FileId>,
    /// What happened, in words.
    #[serde(with = "sealed")]
    pub what: Personal<String>,
}

/// A request for access. It lies in the subject's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// The reference on letters ("REQ-2026-0042").
    pub reference: String,
    /// The day on which the charity, anybody in it, had it.
    pub received: Date,
    /// How it came.
    pub intake: Intake,
    /// The original, kept as a paper.
    pub original: Option<RecordId>,
    /// Who asks, where it is not the subject.
    pub requester: Option<Requester>,
    /// The four details.
    pub details: Details,
    /// Whether the person was asked for the missing details, and when.
    pub missing_asked: Option<Date>,
    /// The role that the policy sends it to, in the policy's words.
    pub routed_to: String,
    /// The version of the policy under which it is worked.
    pub policy: Option<RecordId>,
    /// Who works on it.
    pub owner: Option<FileId>,
    /// Acknowledged on.
    pub acknowledged: Option<Date>,
    /// Identity: asked for and received. None where the person is known.
    pub identity: Option<Asked>,
    /// Identity known without papers: who vouches, and how they know.
    #[serde(with = "sealed_option", default)]
    pub known_because: Option<Personal<String>>,
    /// Evidence of authority, where somebody asks for another.
    pub authority: Option<Asked>,
    /// Where the subject lives, where the charity works in several nations.
    #[serde(default)]
    pub nation: Option<Nation>,
    /// Whether a child decides alone, as it was judged.
    #[serde(default)]
    pub competence: Option<Competence>,
    /// Telephone calls to make sure that they did ask.
    #[serde(default)]
    pub phone_checks: Vec<PhoneCheck>,
    /// What health professionals said about harm that an answer could do.
    #[serde(default)]
    pub opinions: Vec<Opinion>,
    /// A fee that was asked for.
    #[serde(default)]
    pub fee: Option<Fee>,
    /// Pauses for clarification.
    pub pauses: Vec<Pause>,
    /// The extension, if one was told in time.
    pub extension: Option<Extension>,
    /// Why it is late, if it is.
    #[serde(default)]
    pub late: Option<Late>,
    /// The refusal, if any.
    pub refusal: Option<Refusal>,
    /// How far it is.
    pub stage: Stage,
    /// When everything was gathered.
    pub collected: Option<Timestamp>,
    /// What was gathered, in reading order.
    pub items: Vec<ItemRef>,
    /// Records in other people's files that mention the subject and were taken in, though nobody had linked them.
    #[serde(default)]
    pub found: Vec<(crate::FileId, crate::RecordId)>,
    /// Second checks, the last one counts.
    pub second_checks: Vec<SecondCheck>,
    /// The pack record, once built.
    pub pack: Option<RecordId>,
    /// The release.
    pub release: Option<Release>,
    /// The viewings, in the order in which they were planned.
    #[serde(default)]
    pub viewings: Vec<Viewing>,
    /// The day on which it was closed.
    pub closed: Option<Date>,
    /// The case's history in words.
    pub events: Vec<Event>,
}

impl AccessRequest {
    /// A request as it came in, and nothing done yet.
    pub fn new(reference: String, received: Date, intake: Intake, details: Details, routed_to: String) -> Self {
        Self {
            reference,
            received,
            intake,
            original: None,
            requester: None,
            details,
            missing_asked: None,
            routed_to,
            policy: None,
            owner: None,
            acknowledged: None,
            identity: None,
            known_because: None,
            authority: None,
            nation: None,
            competence: None,
            phone_checks: Vec::new(),
            opinions: Vec::new(),
            fee: None,
            pauses: Vec::new(),
            extension: None,
            late: None,
            refusal: None,
            stage: Stage::Open,
            collected: None,
            items: Vec::new(),
            found: Vec::new(),
            second_checks: Vec::new(),
            pack: None,
            release: None,
            viewings: Vec::new(),
            closed: None,
            events: Vec::new(),
        }
    }

    /// The numbers, from 1, of the viewings that somebody hosts and that lie ahead or were held on a day.
    pub fn hosted_by(&self, who: FileId, day: Date) -> impl Iterator<Item = (usize, &Viewing)> {
        let numbered = self.viewings.iter().enumerate().map(|(index, viewing)| (index + 1, viewing));
        numbered.filter(move |(_, viewing)| viewing.host == who && viewing.concerns_its_host(day))
    }
}

/// One gathered item: a record, in the subject's file or linked to the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ItemRef {
    /// The file it lies in.
    pub file: FileId,
    /// The record.
    pub record: RecordId,
    /// The version that was gathered.
    pub version: u32,
}

/// Where was looked, for what, when, by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// The request.
    pub request: RecordId,
    /// The place ("This book", "Shared drive", "Cabinet 2").
    pub place: String,
    /// What was looked for.
    #[serde(with = "sealed")]
    pub terms: Personal<String>,
    /// When it was done; none while it is still to do.
    pub done: Option<Timestamp>,
    /// By whom.
    pub by: Option<FileId>,
    /// What was found, or why it was not searched.
    #[serde(with = "sealed_option", default)]
    pub found: Option<Personal<String>>,
}

/// What happens to a whole item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Not read yet.
    Unread,
    /// Goes out, with its covered passages left out.
    Give,
    /// Left out whole, for a reason.
    Withhold,
}

/// One covered passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Which text of the item (its parts are numbered from 0).
    pub part: u16,
    /// First byte, in UTF-8.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Why, by the reason's slug.
    pub reason: String,
    /// Who decided.
    pub by: FileId,
    /// When.
    pub at: Timestamp,
}

/// One covered box on the image of a page. Lengths are in hundredths of a point, from the top left corner of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveredBox {
    /// The page of the paper, from 0.
    pub page: u32,
    /// Its left edge.
    pub left: u32,
    /// Its upper edge.
    pub top: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Why, by the reason's slug.
    pub reason: String,
    /// Who decided.
    pub by: FileId,
    /// When.
    pub at: Timestamp,
}

/// What was decided about one item of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The request.
    pub request: RecordId,
    /// The item.
    pub item: ItemRef,
    /// Its place in the pack, from 1.
    pub position: u32,
    /// What happens to it.
    pub verdict: Verdict,
    /// Why it is left out whole.
    pub withheld_for: Option<String>,
    /// The covered passages.
    pub covered: Vec<Covered>,
    /// Suggestions that were looked at and turned down, as (part, start, end).
    pub turned_down: Vec<(u16, u32, u32)>,
    /// Earlier states of `covered`, newest last, for undo.
    pub undo: Vec<Vec<Covered>>,
    /// The covered boxes on the images of its pages.
    #[serde(default)]
    pub boxes: Vec<CoveredBox>,
    /// Earlier states of `boxes`, newest last, each of the same moment as in `undo`; shorter where no box existed yet.
    #[serde(default)]
    pub boxes_undo: Vec<Vec<CoveredBox>>,
    /// The pages, from 0, that somebody has looked at as images.
    #[serde(default)]
    pub seen_pages: Vec<u32>,
    /// Whether the pages go out as images; none while the sort of paper decides.
    #[serde(default)]
    pub as_images: Option<bool>,
    /// Remarks of whoever read it, for the second person.
    #[serde(with = "sealed_option", default)]
    pub remarks: Option<Personal<String>>,
    /// How the subject knows already what it says about health; none where they do not, or nobody said so.
    #[serde(with = "sealed_option", default)]
    pub known_to_them: Option<Personal<String>>,
}

/// One file of a pack, sealed on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackPart {
    /// `access-pack.pdf`, `access-pack.html`, `access-pack.json`, `cover-letter.pdf`.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
    /// Its body.
    pub body: BodyId,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of the plain bytes, in hexadecimal.
    pub sha256: String,
}

/// What was built for release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The request.
    pub request: RecordId,
    /// When it was built.
    pub built: Timestamp,
    /// Its files.
    pub parts: Vec<PackPart>,
    /// How many items it has, and how many passages were left out.
    pub items: u32,
    /// Covered passages and withheld items.
    pub left_out: u32,
    /// How many withheld strings were searched for in the finished files.
    pub searched_for: u32,
    /// How many were found (a pack with a find is never released).
    pub leaks: u32,
    /// The digest of what it was built from; the second check names the same.
    pub fingerprint: String,
    /// When the download ends.
    pub expires: Timestamp,
    /// SHA-256 of the download's token, while a download is open.
    pub download: Option<String>,
    /// What the download gives: the files in one archive that only a passphrase opens, which is kept nowhere.
    #[serde(default)]
    pub archive: Option<PackPart>,
    /// The openings of the download.
    #[serde(with = "sealed_list", default)]
    pub opened: Vec<Personal<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn viewing() -> Viewing {
        Viewing::planned(jiff::civil::date(2026, 7, 1).at(10, 30, 0, 0), "zebra room".into(), FileId::HOUSE)
    }

    #[test]
    fn a_viewing_is_on_from_its_start_to_its_end_and_on_that_day_in_london_only() {
        let (day, next) = (jiff::civil::date(2026, 7, 1), jiff::civil::date(2026, 7, 2));
        let mut viewing = viewing();
        assert!(!viewing.is_on(day), "planned only");
        // Half past midnight of 2 July in London is still 1 July by UTC.
        viewing.started = Some(at("2026-07-01T23:30:00Z"));
        assert!(viewing.is_on(next) && !viewing.is_on(day) && !viewing.is_on(jiff::civil::date(2026, 7, 3)));
        viewing.ended = Some(at("2026-07-01T23:50:00Z"));
        assert!(!viewing.is_on(next));
    }

    #[test]
    fn what_was_shown_twice_counts_once() {
        let mut viewing = viewing();
        viewing.shown = [3, 1, 3, 2].map(|position| Shown { position, at: Timestamp::UNIX_EPOCH }).to_vec();
        assert_eq!(viewing.positions(), [1, 2, 3]);
    }

    #[test]
    fn the_place_of_a_viewing_does_not_print_itself() {
        assert!(!format!("{:?}", viewing()).contains("zebra"));
    }
}
