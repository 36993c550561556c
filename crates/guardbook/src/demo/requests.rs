//! The demo's access requests, each at another stage, taken in and worked with the program's own use cases.

use book::Act;
use duties::post::{AffairKind, mark_sent};
use duties::requests::review::{Decision, decide, open_item, send_to_check};
use duties::requests::standing::{NewStanding, settle};
use duties::requests::{
    Case, NewOriginal, NewRequest, NewRequester, Subject, acknowledge, ask_identity, assign_owner, collect, pause,
    record_request, record_search, vouch,
};
use duties::{Office, SignedIn};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};
use records::people::{Channel, Relation};
use records::requests::{Details, Intake, Release, Review, SecondCheck, Stage, Verdict};
use records::staff::StaffRole;
use records::standing::{Agrees, Barred, Right};
use records::{Content, FileId, Kind, Personal, State};

use super::DemoError;
use super::cast::{Family, Member};
use super::story::at;

/// The office of the demo at work, on days that have passed.
pub struct Desk<'a> {
    /// The office.
    pub office: &'a Office,
    /// The data protection lead, who works on requests.
    pub lead: SignedIn,
}

/// A request as it came, and what was done with it.
#[derive(Debug)]
pub struct Told {
    subject: Member,
    by: Intake,
    asks: Option<Member>,
    words: &'static str,
    steps: Vec<(Timestamp, Step)>,
}

/// One step of the work on a request.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Taken in.
    TakeIn,
    /// Acknowledged.
    Acknowledge,
    /// Proof of identity asked for.
    AskIdentity,
    /// Known without papers.
    Vouch(&'static str),
    /// Asked what is meant.
    Pause(&'static str),
    /// Gathered, and every place searched.
    Gather,
    /// Read through and given to the second person.
    ToSecondPerson,
    /// Approved, handed over and closed.
    HandOver,
}

fn failed(error: impl std::fmt::Display) -> DemoError {
    DemoError::Request(error.to_string())
}

/// A moment of the working day so many days before another.
fn ago(today: Date, days: i32, hour: i8) -> Timestamp {
    let mut day = today.saturating_sub(days.days());
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.saturating_sub(1.day());
    }
    at(day, hour, 0)
}

const MET: &str = "The family worker has known them since the first visit.";

/// The requests: one closed long ago, one with the second person, Maya's, one with the clock stopped, one that waits for
/// identity, one that just came.
#[expect(clippy::too_many_lines, reason = "a table: one request after the other, in the order of its steps")]
pub fn requests(today: Date, maya: i32, hero: &Family, families: &[Family]) -> Vec<Told> {
    let with_us: Vec<&Family> = families.iter().filter(|family| family.left.is_none()).collect();
    let [closed, second, paused, waiting, new] = [0, 3, 5, 8, 11].map(|turn| with_us[turn % with_us.len()]);
    let told = |family: &Family, by, for_child: bool, words, steps: &[(i32, i8, Step)]| Told {
        subject: if for_child { family.children[0].clone() } else { family.carers[0].clone() },
        by,
        asks: for_child.then(|| family.carers[0].clone()),
        words,
        steps: steps.iter().map(|(days, hour, step)| (ago(today, *days, *hour), *step)).collect(),
    };
    let old = (today - closed.joined).get_days().clamp(60, 440) - 40;
    let mut all = vec![
        told(
            closed,
            Intake::Email,
            true,
            "Please send me what you hold about my child.",
            &[
                (old, 9, Step::TakeIn),
                (old - 1, 9, Step::Vouch(MET)),
                (old - 5, 9, Step::Gather),
                (old - 12, 11, Step::HandOver),
            ],
        ),
        told(
            second,
            Intake::Letter,
            true,
            "I am asking for the file of my child. I have parental responsibility and enclose nothing, as you have seen the birth certificate.",
            &[
                (22, 9, Step::TakeIn),
                (21, 9, Step::Acknowledge),
                (21, 10, Step::Vouch(MET)),
                (12, 9, Step::Gather),
                (3, 15, Step::ToSecondPerson),
            ],
        ),
        Told {
            asks: None,
            ..told(
                hero,
                Intake::InPerson,
                true,
                "Maya asked at the end of her review: she wants to read everything that we hold about her, with her mother beside her. Written down word for word and read back to her.",
                &[
                    (maya, 16, Step::TakeIn),
                    (maya - 3, 10, Step::Acknowledge),
                    (
                        maya - 3,
                        11,
                        Step::Vouch(
                            "Ffion Lampwright has worked with Maya for more than two years and was there when she asked.",
                        ),
                    ),
                    (6, 10, Step::Gather),
                ],
            )
        },
        told(
            paused,
            Intake::Phone,
            false,
            "Rang the office: wants a copy of everything about the summer, and of the letters.",
            &[
                (17, 9, Step::TakeIn),
                (16, 9, Step::Acknowledge),
                (16, 10, Step::Vouch("The family worker knows their voice and rang back the number in the file.")),
                (
                    13,
                    14,
                    Step::Pause(
                        "Do you mean this summer only, or last summer too? And do you mean the letters that we wrote, or also those that others wrote to us?",
                    ),
                ),
            ],
        ),
        told(
            waiting,
            Intake::Email,
            false,
            "Hello, please tell me what you store about me and who got to see it. I write from my new address because I no longer use the old one. Thank you",
            &[(10, 10, Step::TakeIn), (9, 11, Step::Acknowledge), (9, 12, Step::AskIdentity)],
        ),
        told(
            new,
            Intake::Letter,
            true,
            "Dear Sir or Madam,\nI would like to see everything that you have written about my child since we came to you. Please send it to my address by post.\nYours faithfully",
            &[(1, 15, Step::TakeIn)],
        ),
    ];
    // A day of rest counts here: moved to the Friday before, the answer would be due too early.
    all[2].steps[0].0 = at(today.saturating_sub(maya.days()), 16, 0);
    all
}

impl Told {
    /// Whose files the request touches.
    #[cfg(test)]
    pub fn people(&self) -> Vec<FileId> {
        std::iter::once(&self.subject).chain(&self.asks).map(|member| member.file).collect()
    }

    /// What was done, and when.
    pub fn steps(&self) -> impl Iterator<Item = (Timestamp, Step)> + '_ {
        self.steps.iter().copied()
    }
}

impl Desk<'_> {
    /// How many days ago a request came whose answer is due tomorrow, or as soon after it as the calendar allows.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn days_to_be_due_tomorrow(&self, today: Date) -> Result<i32, DemoError> {
        let house = self.office.house().await.map_err(failed)?;
        let due = |back: i32| {
            let facts = clock::Request::received(today.saturating_sub(back.days()), house.nations()).on(today);
            clock::access(&facts, &house.holidays)
                .map(|limit| limit.with_policy(house.settings().answer_access().value).due)
        };
        let tomorrow = today.saturating_add(1.day());
        Ok((24..40).rev().find(|back| due(*back).is_ok_and(|due| due >= tomorrow)).unwrap_or(29))
    }

    /// Does one step on the day to which the clock is set. `reference` is the request's, once it has one.
    ///
    /// # Errors
    /// When a use case refuses what the demo tells: a fault of the demo.
    pub async fn step(&self, told: &Told, step: Step, reference: &mut String) -> Result<(), DemoError> {
        let (office, lead) = (self.office, &self.lead);
        match step {
            Step::TakeIn => *reference = self.take_in(told, office.today()).await?,
            Step::Acknowledge => {
                assign_owner(office, lead, reference, lead.file).await.map_err(failed)?;
                let letter = acknowledge(office, lead, reference).await.map_err(failed)?;
                mark_sent(office, lead, (AffairKind::Request, reference), letter).await.map_err(failed)?;
            }
            Step::AskIdentity => {
                let letter = ask_identity(office, lead, reference).await.map_err(failed)?;
                mark_sent(office, lead, (AffairKind::Request, reference), letter).await.map_err(failed)?;
            }
            Step::Vouch(because) => vouch(office, lead, reference, because).await.map_err(failed)?,
            Step::Pause(question) => {
                let letter = pause(office, lead, reference, question).await.map_err(failed)?;
                mark_sent(office, lead, (AffairKind::Request, reference), letter).await.map_err(failed)?;
            }
            Step::Gather => self.gather(reference, told.subject.file).await?,
            Step::ToSecondPerson => self.to_the_second_person(reference).await?,
            Step::HandOver => self.hand_over(told, reference).await?,
        }
        Ok(())
    }

    async fn take_in(&self, came: &Told, received: Date) -> Result<String, DemoError> {
        let asks = came.asks.as_ref().unwrap_or(&came.subject);
        let details = Details {
            name: Some(asks.name.as_str().into()),
            address: asks.address.as_ref().map(|(lines, _)| Personal::from(lines.as_str())),
            phone: asks.phone.as_deref().map(Personal::from),
            email: asks.email.as_deref().map(Personal::from),
            wanted: Some(came.words.into()),
        };
        let lies_at = if came.by == Intake::Letter { "Cabinet 2 in the office, folder Requests" } else { "" };
        let new = NewRequest {
            intake: came.by,
            received,
            original: NewOriginal { upload: None, lies_at: lies_at.to_owned(), words: came.words.to_owned() },
            requester: came
                .asks
                .as_ref()
                .map(|member| NewRequester { file: Some(member.file), relation: member.relation.words().to_owned() }),
            details,
            arrival: None,
        };
        let recorded = record_request(self.office, &self.lead, Subject::Known(came.subject.file), new).await;
        Ok(recorded.map_err(failed)?.reference)
    }

    /// Gathers and notes the search of each place.
    async fn gather(&self, reference: &str, subject: FileId) -> Result<(), DemoError> {
        collect(self.office, &self.lead, reference).await.map_err(failed)?;
        let file = self.office.book().file_in_passing(subject).await?;
        for search in file.of_kind(Kind::Search) {
            let Content::Search(said) = &search.record.content else { continue };
            if said.done.is_none() && said.place != duties::requests::THIS_BOOK {
                let terms = said.terms.for_page().clone();
                let found = ("Nothing beyond what is in this book.", terms);
                record_search(self.office, &self.lead, reference, search.header.id, (&found.1, found.0))
                    .await
                    .map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Every item is read and given as it stands; what it would show of others is for the second person to see.
    async fn to_the_second_person(&self, reference: &str) -> Result<(), DemoError> {
        let (office, lead) = (self.office, &self.lead);
        let case = Case::to_work_on(office, lead, reference).await.map_err(failed)?;
        for (position, _) in (1..).zip(&case.request.items) {
            let item = open_item(office, lead, reference, position).await.map_err(failed)?;
            if let Some(pages) = &item.texts.pages {
                let every = (0_u32..).zip(&pages.pages).map(|(page, _)| page).collect();
                decide(office, lead, reference, position, Decision::SeePages(every)).await.map_err(failed)?;
            }
            decide(office, lead, reference, position, Decision::Give).await.map_err(failed)?;
        }
        send_to_check(office, lead, reference).await.map_err(failed)
    }

    /// What was seen of the parent's right to ask, and what the child says.
    async fn settle(&self, asks: &Member, reference: &str) -> Result<(), DemoError> {
        let (right, seen) = match asks.relation {
            Relation::Mother => (Right::Mother, "Full birth certificate, seen and handed back."),
            Relation::Father => (Right::Registered, "Full birth certificate with his name, seen and handed back."),
            _ => (Right::Order, "The order of the family court, seen and handed back."),
        };
        let agreed = NewStanding {
            right: Some(right),
            seen: seen.to_owned(),
            agrees: Some(Agrees::Yes),
            in_their_interest: "They want to plan the next school year together.".to_owned(),
            barred: Some(Barred::Nothing),
            nation: None,
            on: self.office.today(),
        };
        let found = settle(self.office, &self.lead, reference, agreed).await.map_err(failed)?;
        found.map(|_| ()).map_err(|stop| failed(stop.words()))
    }

    async fn hand_over(&self, told: &Told, reference: &str) -> Result<(), DemoError> {
        if let Some(asks) = &told.asks {
            self.settle(asks, reference).await?;
        }
        let words = "Read through and approved by the second person.";
        self.read_through(reference, told.subject.file, Stage::Approved, words, Act::SecondChecked).await?;
        let mut case = Case::to_work_on(self.office, &self.lead, reference).await.map_err(failed)?;
        let name = told.asks.as_ref().map_or(&told.subject.name, |asks| &asks.name);
        let to = Personal::new(format!("{name}, by hand at the office"));
        case.request.release = Some(Release { at: self.office.now(), by: self.lead.file, channel: Channel::Post, to });
        let house = self.office.house().await.map_err(failed)?;
        case.request.second_checks.extend(house.in_role(StaffRole::Trustee).min_by_key(|one| one.file).map(|second| {
            SecondCheck {
                by: second.file,
                at: self.office.now(),
                approved: true,
                comments: Personal::new(String::new()),
                dangers_seen: 0,
                fingerprint: String::new(),
            }
        }));
        case.request.stage = Stage::Closed;
        case.request.closed = Some(self.office.today());
        case.happened("Handed over on paper, and closed.");
        case.save(self.office, Act::RequestClosed).await.map_err(failed)
    }

    /// Every item is read and given; the request goes on to a stage.
    async fn read_through(
        &self,
        reference: &str,
        subject: FileId,
        stage: Stage,
        words: &str,
        act: Act,
    ) -> Result<(), DemoError> {
        let mut case = Case::to_work_on(self.office, &self.lead, reference).await.map_err(failed)?;
        let file = self.office.book().file_in_passing(subject).await?;
        let mut work = self.office.book().begin(&case.operation).await?;
        for opened in file.of_kind(Kind::Review) {
            let mut record = opened.record.clone();
            let Content::Review(Review { request, verdict, .. }) = &mut record.content else { continue };
            if *request == case.header.id {
                *verdict = Verdict::Give;
                let filing = book::Filing::in_state(State::Done);
                work.change(Act::ItemReviewed, &opened.header, &record, filing).await?;
            }
        }
        case.request.stage = stage;
        case.happened(words);
        case.put(&mut work, act).await.map_err(failed)?;
        work.commit().await?;
        Ok(())
    }
}
