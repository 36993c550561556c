//! Three years of a charity's work as deeds in the order in which they were done, each with its writer.

use std::collections::HashMap;

use book::{Act, Filing};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};
use records::people::{
    Channel, ContactDetail, Identity, ParentalResponsibility, Relation, Relationship, Safe, Warning, WarningKind,
};
use records::record::Source;
use records::work::{Disclosure, Enrolment, Ground, NeededFact, Note, NoticeForm, NoticeGiven, Paper, PaperSort};
use records::{Card, Content, FileId, PersonClass, Personal, Provenance, ServiceId, State};

use super::cast::{Family, Member};
use super::charity::Work;
use super::dice::Dice;
use super::papers::Coming;
use super::prose::{self, Draft, NOTES, choose};
use super::team::Colleague;

/// A deed.
#[derive(Debug)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// By whom; none for setting up.
    pub by: Option<FileId>,
    /// What.
    pub what: What,
}

impl Deed {
    /// Whether a file comes with it.
    pub const fn brings(&self) -> bool {
        matches!(self.what, What::Bring(_))
    }
}

/// What was done.
#[derive(Debug)]
pub enum What {
    /// A file was started.
    Open(FileId, PersonClass, Box<Card>),
    /// A record was added.
    Add(Act, FileId, Box<(Provenance, Content)>, Filing),
    /// The use of a service ended.
    EndEnrolment(FileId, Date),
    /// A file came, and was read and kept.
    Bring(Box<Coming>),
    /// The person had left on that day, and their file was closed.
    Close(FileId, PersonClass, Date),
}

/// Everything that happens, while it is being told.
pub struct Story<'a> {
    /// Chance.
    pub dice: Dice,
    /// The day on which the demo is made.
    pub today: Date,
    /// The four services.
    pub services: [ServiceId; 4],
    /// Who writes.
    pub team: &'a [Colleague],
    /// What was done so far, in no order.
    pub deeds: Vec<Deed>,
}

/// A moment of a day in London.
pub fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    // INVARIANT: hours and minutes here are given by this module and exist on every day between eight and eighteen.
    day.at(hour, minute, 0, 0).to_zoned(clock::london()).expect("an hour of a working day exists").timestamp()
}

/// The same day, or the Monday after it.
pub fn working(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => day.saturating_add(2.days()),
        Weekday::Sunday => day.saturating_add(1.day()),
        _ => day,
    }
}

impl Story<'_> {
    /// Adds a record that somebody wrote from their own work.
    pub fn add(&mut self, at: Timestamp, by: Option<FileId>, file: FileId, content: Content) {
        let act = match content {
            Content::Enrolment(_) => Act::Enrolled,
            Content::Relationship(_) => Act::Linked,
            Content::Warning(_) => Act::WarningSet,
            Content::Paper(_) => Act::PaperAdded,
            Content::Disclosure(_) => Act::Disclosed,
            _ => Act::RecordAdded,
        };
        self.add_as(act, Provenance::from_the_work(by, at), file, content, Filing::default());
    }

    /// Adds a record with all that belongs to it.
    pub fn add_as(&mut self, act: Act, provenance: Provenance, file: FileId, content: Content, filing: Filing) {
        let (at, by) = (provenance.written_at, provenance.written_by);
        self.deeds.push(Deed { at, by, what: What::Add(act, file, Box::new((provenance, content)), filing) });
    }

    /// Starts a file: who they are, and how to reach them.
    pub fn open(&mut self, at: Timestamp, by: Option<FileId>, member: &Member, services: Vec<ServiceId>) {
        let card = Box::new(member.card(services));
        self.deeds.push(Deed { at, by, what: What::Open(member.file, member.class, card) });
        let identity = Identity {
            name: member.name.as_str().into(),
            preferred: member.preferred.as_deref().map(Personal::from),
            former: member.former.iter().map(|name| Personal::from(name.as_str())).collect(),
            born: member.born.map(Personal::new),
            ..Identity::default()
        };
        self.add(at, by, member.file, Content::Identity(identity));
        let safe = if member.address_unsafe { Safe::No } else { Safe::Yes };
        if let Some((address, postcode)) = &member.address {
            let detail = ContactDetail {
                postcode: Some(postcode.as_str().into()),
                preferred: true,
                ..contact(Channel::Post, address, safe)
            };
            self.add(at, by, member.file, Content::Contact(detail));
        }
        if let Some(number) = &member.phone {
            let (safe, mind) = match self.dice.below(12) {
                0 => (Safe::No, Some("The other parent answers this telephone.")),
                1 => (Safe::Yes, Some("Do not leave a message.")),
                2 => (Safe::NotAsked, None),
                _ => (Safe::Yes, None),
            };
            let detail = ContactDetail { mind: mind.map(Personal::from), ..contact(Channel::Phone, number, safe) };
            self.add(at, by, member.file, Content::Contact(detail));
        }
        if let Some(address) = &member.email {
            self.add(at, by, member.file, Content::Contact(contact(Channel::Email, address, Safe::Yes)));
        }
    }

    /// Somebody who writes the notes of a family.
    pub fn writer(&mut self, work: Work, turn: usize) -> FileId {
        let writers: Vec<FileId> = self
            .team
            .iter()
            .filter(|c| c.role == records::StaffRole::FamilyWorker && c.at.contains(&work))
            .map(|c| c.file)
            .collect();
        writers[turn % writers.len()]
    }

    /// A family comes: files, how they belong together, notices, enrolment.
    pub fn arrive(&mut self, family: &Family, by: FileId) {
        let (day, by) = (working(family.joined), Some(by));
        let services = vec![self.services[family.work as usize]];
        let start = at(day, 9, 0);
        for member in family.children.iter().chain(&family.carers) {
            self.open(start, by, member, services.clone());
        }
        self.relate(family, start, by);
        for child in &family.children {
            let enrolment = Enrolment {
                service: services[0],
                reason: (*self.dice.pick(prose::reasons(family.work))).into(),
                started: day,
                ended: None,
                outcomes: vec![(*self.dice.pick(prose::OUTCOMES)).into()],
            };
            self.add(start, by, child.file, Content::Enrolment(enrolment));
            self.notice(child, family, day, by);
            self.facts(child, family, start, by);
        }
    }

    fn relate(&mut self, family: &Family, start: Timestamp, by: Option<FileId>) {
        for (turn, child) in family.children.iter().enumerate() {
            for carer in &family.carers {
                let holds = matches!(carer.relation, Relation::Mother | Relation::Father);
                let responsible = if holds { ParentalResponsibility::Yes } else { ParentalResponsibility::NotKnown };
                let here = carer.address == child.address;
                self.link(start, by, child.file, carer.file, (carer.relation, responsible, here));
                self.link(start, by, carer.file, child.file, (Relation::Child, ParentalResponsibility::NotKnown, here));
            }
            for sibling in &family.children[turn + 1..] {
                let tie = (Relation::Sibling, ParentalResponsibility::No, true);
                self.link(start, by, child.file, sibling.file, tie);
                self.link(start, by, sibling.file, child.file, tie);
            }
        }
    }

    fn link(
        &mut self,
        at: Timestamp,
        by: Option<FileId>,
        file: FileId,
        other: FileId,
        tie: (Relation, ParentalResponsibility, bool),
    ) {
        let (relation, parental_responsibility, same_household) = tie;
        let relationship = Relationship { other, relation, parental_responsibility, remarks: None, same_household };
        self.add(at, by, file, Content::Relationship(relationship));
    }

    /// The notice: given on the first day, or still owed where the family came only now.
    fn notice(&mut self, child: &Member, family: &Family, day: Date, by: Option<FileId>) {
        let provenance = Provenance::from_the_work(by, at(day, 9, 20));
        let notice = |given| NoticeGiven {
            policy: None,
            given,
            to: family.carers.first().map(|c| c.file),
            because: "First use of a service.".to_owned(),
        };
        if self.today.saturating_sub(24.days()) < day {
            let due = day.saturating_add(28.days());
            let filing = Filing::open(Some(at(due, 18, 0)));
            self.add_as(Act::RecordAdded, provenance, child.file, Content::Notice(notice(None)), filing);
            return;
        }
        let form = *self.dice.pick(&[NoticeForm::EasyRead, NoticeForm::Full, NoticeForm::Spoken, NoticeForm::EasyRead]);
        let content = Content::Notice(notice(Some((day, form))));
        self.add_as(Act::NoticeGiven, provenance, child.file, content, Filing::in_state(State::Done));
    }

    fn facts(&mut self, child: &Member, family: &Family, start: Timestamp, by: Option<FileId>) {
        let service = self.services[family.work as usize];
        if matches!(family.work, Work::ShortBreaks) {
            let (text, needed_for) = *self.dice.pick(prose::HEALTH);
            let fact = NeededFact { service, text: text.into(), needed_for: needed_for.into() };
            let provenance = Provenance {
                source: Source::Professional,
                source_name: Some(family.doctor.into()),
                in_confidence: false,
                written_by: by,
                written_at: start,
            };
            self.add_as(Act::RecordAdded, provenance, child.file, Content::Health(fact), Filing::default());
        }
        if matches!(family.work, Work::FamilySupport) && self.dice.chance(60) {
            let (text, needed_for) = *self.dice.pick(prose::MONEY);
            let fact = NeededFact { service, text: text.into(), needed_for: needed_for.into() };
            self.add(start, by, child.file, Content::Financial(fact));
        }
    }

    /// What was written while the family was with the charity.
    pub fn live(&mut self, family: &Family, by: FileId, friends: &[Member]) {
        let end = family.left.unwrap_or(self.today);
        for child in &family.children {
            let mut day = self.dice.day_near(family.joined, 3, 12);
            while day < end {
                self.note(family, child, day, by, friends);
                day = self.dice.day_near(day, 9, 58);
            }
            self.papers(family, child, end, by);
        }
        if let Some(left) = family.left {
            self.leave(family, working(left), by);
        }
    }

    fn leave(&mut self, family: &Family, day: Date, by: FileId) {
        for child in &family.children {
            let deed = |minute, what| Deed { at: at(day, 16, minute), by: Some(by), what };
            self.deeds.push(deed(0, What::EndEnrolment(child.file, day)));
            self.deeds.push(deed(30, What::Close(child.file, child.class, day)));
        }
        for carer in &family.carers {
            let what = What::Close(carer.file, carer.class, day);
            self.deeds.push(Deed { at: at(day, 16, 45), by: Some(by), what });
        }
    }

    fn note(&mut self, family: &Family, child: &Member, day: Date, by: FileId, friends: &[Member]) {
        let sibling = family.children.iter().find(|other| other.file != child.file);
        let friend = friends
            .iter()
            .filter(|other| !family.children.iter().any(|c| c.file == other.file))
            .nth(self.dice.below(6));
        let fits = |draft: &&Draft| {
            draft.at.is_none_or(|work| work == family.work)
                && (sibling.is_some() || !draft.mentions("{sibling}"))
                && (friend.is_some() || !draft.mentions("{friend}"))
        };
        let fitting: Vec<&Draft> = NOTES.iter().filter(fits).collect();
        let own: Vec<&Draft> = fitting.iter().copied().filter(|draft| draft.at.is_some()).collect();
        let draft =
            if self.dice.chance(55) && !own.is_empty() { *self.dice.pick(&own) } else { *self.dice.pick(&fitting) };
        let places = Places { family, child, sibling, friend, worker: self.name_beside(by) };
        let (title, text, said) = (
            places.fill(draft.title, &mut self.dice),
            places.fill(draft.text, &mut self.dice),
            places.fill(draft.said, &mut self.dice),
        );
        let mut concerns: Vec<FileId> = Vec::new();
        for other in [sibling, friend].into_iter().flatten() {
            if [&title, &text, &said].iter().any(|words| words.contains(other.called())) {
                concerns.push(other.file);
            }
        }
        let day = working(day);
        let hour = i8::try_from(self.dice.between(9, 16)).unwrap_or(9);
        let content = Content::Note(Note {
            happened: at(day, hour, 0),
            title: title.into(),
            text: text.into(),
            own_words: (!said.is_empty()).then(|| said.into()),
            service: Some(self.services[family.work as usize]),
            touches: draft.touches.to_vec(),
            concerns,
        });
        let written = self.written(day, hour);
        if written < at(self.today, 8, 0) {
            self.add(written, Some(by), child.file, content);
        }
    }

    /// When a note is written: on the same day of late, on the Friday of its week in earlier years.
    fn written(&self, day: Date, hour: i8) -> Timestamp {
        if self.today.saturating_sub(45.days()) < day {
            return at(day, hour, 40);
        }
        let to_friday = i32::from(Weekday::Friday.to_monday_zero_offset() - day.weekday().to_monday_zero_offset());
        at(day.saturating_add(to_friday.days()), 17, 0)
    }

    fn name_beside(&self, by: FileId) -> &'static str {
        let here = self.team.iter().position(|colleague| colleague.file == by).unwrap_or(0);
        let name = self.team.get(here + 1).map_or("the duty worker", |colleague| colleague.name);
        name.split(' ').next().unwrap_or(name)
    }

    fn papers(&mut self, family: &Family, child: &Member, end: Date, by: FileId) {
        let sibling = None;
        let places = Places { family, child, sibling, friend: None, worker: "us" };
        for (title, text) in prose::PAPERS {
            if !self.dice.chance(30) {
                continue;
            }
            let length = (end - family.joined).get_days();
            let day = working(self.dice.day_near(family.joined, 2, length.max(3)));
            if day >= self.today || family.left.is_some_and(|left| day >= left) {
                continue;
            }
            let title = places.fill(title, &mut self.dice);
            let dated = self.dice.day_near(day, -9, -1);
            let paper = Paper {
                text: Some(places.fill(text, &mut self.dice).into()),
                original_at: self.dice.chance(50).then(|| "Cabinet 2 in the office".into()),
                sort: PaperSort::Letter,
                needed_for: Some("to plan our work with the family".into()),
                ..Paper::new(title, dated)
            };
            self.add(at(day, 11, 0), Some(by), child.file, Content::Paper(paper));
        }
        if family.work == Work::StrongerFamilies {
            let day = working(family.joined.saturating_add(40.days()));
            if day < end && day < self.today {
                let disclosure = Disclosure {
                    on: day,
                    to: "Sampleshire Council, Children's Services".into(),
                    what: "The plan and a summary of the first six weeks".into(),
                    ground: Ground::Contract,
                    how: "secure e-mail".to_owned(),
                };
                self.add(at(day, 15, 0), Some(by), child.file, Content::Disclosure(disclosure));
            }
        }
    }

    /// A warning in somebody's file.
    pub fn warn(
        &mut self,
        at: Timestamp,
        by: FileId,
        file: FileId,
        warning: (WarningKind, &str),
        about: Option<FileId>,
    ) {
        let (kind, text) = warning;
        let warning = Warning { warning: kind, text: text.into(), about, review: None };
        self.add(at, Some(by), file, Content::Warning(warning));
    }

    /// The deeds in the order in which they were done; those of one moment and writer stand together.
    pub fn in_order(mut self) -> Vec<Deed> {
        let writers: HashMap<FileId, usize> = self.team.iter().enumerate().map(|(turn, c)| (c.file, turn)).collect();
        self.deeds.sort_by_key(|deed| (deed.at, deed.by.map(|by| writers.get(&by).copied())));
        self.deeds
    }
}

fn contact(channel: Channel, value: &str, safe: Safe) -> ContactDetail {
    ContactDetail { channel, value: value.into(), postcode: None, safe, mind: None, preferred: false }
}

/// Who stands where in a text.
struct Places<'a> {
    family: &'a Family,
    child: &'a Member,
    sibling: Option<&'a Member>,
    friend: Option<&'a Member>,
    worker: &'static str,
}

impl Places<'_> {
    fn fill(&self, text: &str, dice: &mut Dice) -> String {
        let carer = self.family.carers.first().map_or("the carer", Member::called);
        choose(text, dice)
            .replace("{child}", self.child.called())
            .replace("{carer}", carer)
            .replace("{sibling}", self.sibling.map_or("", Member::called))
            .replace("{friend}", self.friend.map_or("", Member::called))
            .replace("{school}", self.family.school)
            .replace("{doctor}", self.family.doctor)
            .replace("{worker}", self.worker)
    }
}
