//! People who left long ago: files that came with the old cabinet, of which the time is over or nearly so.

use book::{Act, FileState, Filing};
use duties::keeping::{NewHold, agree_disposal, carry_out, place_hold, put_forward, rule_of};
use duties::people::Why;
use duties::{Office, SignedIn};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use records::keeping::{Closure, HoldReason};
use records::work::{Enrolment, Note, Paper};
use records::{
    Content, FileId, Operation, PersonClass, Personal, Provenance, Purpose, Record, ServiceId, Source, State,
};

use super::DemoError;
use super::cast::Member;
use super::dice::Dice;
use super::story::{at, working};

/// Somebody who left before the book was started.
struct Left {
    name: &'static str,
    /// How old they were, and how many months ago they left.
    years: i32,
    months: i32,
    note: &'static str,
    end: &'static str,
    original: Option<&'static str>,
}

const LEFT: &[Left] = &[
    Left {
        name: "Wren Tallowby",
        years: 10,
        months: 118,
        note: "Wren came to the holiday club for two summers and liked the boats best.",
        end: "The family moved to the coast.",
        original: None,
    },
    Left {
        name: "Jonah Pettibrook",
        years: 8,
        months: 74,
        note: "Jonah was shy for three weeks and then did not stop talking. His sister collected him.",
        end: "Jonah started at a new school and did not need us any more.",
        original: None,
    },
    Left {
        name: "Elsie Marrowfield",
        years: 12,
        months: 73,
        note: "Elsie read to the little ones at the end of every session.",
        end: "Ended as planned.",
        original: Some("Cabinet 2, drawer M"),
    },
    Left {
        name: "Kit Underbarrow",
        years: 9,
        months: 86,
        note: "Kit fell from the low wall at the park and cut a knee. Cleaned, a plaster, his father told at the gate.",
        end: "The family did not come back after the autumn.",
        original: None,
    },
    Left {
        name: "Tamsin Quillfeather",
        years: 13,
        months: 70,
        note: "Tamsin planned the leavers’ tea and wrote all the invitations herself.",
        end: "Too old for the club, and missed.",
        original: None,
    },
];

/// The files of the old cabinet, in the order of [`LEFT`].
pub struct Old {
    files: Vec<FileId>,
}

fn failed(error: impl std::fmt::Display) -> DemoError {
    DemoError::Request(error.to_string())
}

/// Brings the old cabinet in, and destroys the one file whose time was over by then. `set` moves the clock.
pub async fn before(
    office: &Office,
    (lead, second): (&SignedIn, &SignedIn),
    (today, day, service): (Date, Date, ServiceId),
    set: &(dyn Fn(Timestamp) + Sync),
) -> Result<Old, DemoError> {
    let mut dice = Dice::new(61_188);
    let mut files = Vec::new();
    for left in LEFT {
        let last = working(today.saturating_sub(left.months.months()));
        files.push(bring(office, lead, &mut dice, (left, last), (at(day, 9, 0), service)).await?);
    }
    set(at(day, 10, 0));
    let words = "Two summers at the club, no worries, no papers. Nobody has asked for it since.";
    put_forward(office, lead, files[0], (words, false)).await.map_err(failed)?;
    set(at(day, 11, 0));
    let from = agree_disposal(office, second, files[0]).await.map_err(failed)?;
    set(at(from, 8, 30));
    carry_out(office).await.map_err(failed)?;
    Ok(Old { files })
}

async fn bring(
    office: &Office,
    lead: &SignedIn,
    dice: &mut Dice,
    (left, last): (&Left, Date),
    (moment, service): (Timestamp, ServiceId),
) -> Result<FileId, DemoError> {
    let born = last.saturating_sub(left.years.years()).saturating_sub(97.days());
    let child = Member { born: Some(born), ..Member::new(dice, PersonClass::Child, left.name) };
    let file = child.file;
    let house = office.house().await.map_err(failed)?;
    let rule = rule_of(house.settings(), PersonClass::Child).ok_or_else(|| failed("the policy says no time"))?;
    let imported = Provenance { source: Source::Import, ..Provenance::from_the_work(Some(lead.file), moment) };
    let operation = Operation::by_staff(lead.file, Purpose::Administration, "from the old cabinet", moment);
    let mut records = records(left, (born, last), service);
    let closure = Closure {
        left: last,
        rule: rule.key.to_owned(),
        kept_for: rule.span.value.figures(),
        keep_until: rule.span.value.after(last),
        words: Some(Personal::new(left.end.to_owned())),
        on: operation.today(),
        by: Some(lead.file),
        disposal: None,
        reopened: None,
    };
    let due = at(closure.keep_until, 17, 59);
    records.push((Content::Closure(closure), Filing::open(Some(due))));
    let mut work = office.book().begin(&operation).await?;
    work.open_files(vec![(file, PersonClass::Child, child.card(vec![service]))]).await?;
    for (content, filing) in records {
        work.add(Act::Imported, file, &Record::new(imported.clone(), content), filing).await?;
    }
    work.set_file_state(Act::FileClosed, file, FileState::Closed).await?;
    work.commit().await?;
    Ok(file)
}

/// What the old cabinet held of somebody.
fn records(left: &Left, (born, last): (Date, Date), service: ServiceId) -> Vec<(Content, Filing)> {
    let text = |words: &str| Personal::new(words.to_owned());
    let started = last.saturating_sub(14.months());
    let mut records = vec![
        (
            Content::Identity(records::people::Identity {
                name: text(left.name),
                born: Some(Personal::new(born)),
                ..Default::default()
            }),
            Filing::default(),
        ),
        (
            Content::Enrolment(Enrolment {
                service,
                reason: text("A safe place in the holidays."),
                started,
                ended: Some(last),
                outcomes: vec![text(left.end)],
            }),
            Filing::in_state(State::Done),
        ),
        (
            Content::Note(Note {
                happened: at(working(last.saturating_sub(40.days())), 15, 0),
                title: text("Holiday club"),
                text: text(left.note),
                own_words: None,
                service: Some(service),
                touches: Vec::new(),
                concerns: Vec::new(),
            }),
            Filing::default(),
        ),
    ];
    if let Some(place) = left.original {
        let paper = Paper {
            text: Some(text("Consent for outings, signed by the grandmother.")),
            original_at: Some(text(place)),
            ..Paper::new("Consent for outings", started)
        };
        records.push((Content::Paper(paper), Filing::default()));
    }
    records
}

/// Yesterday: one was put forward and waits for the second person, one is kept longer.
pub async fn yesterday(
    office: &Office,
    lead: &SignedIn,
    old: &Old,
    (day, set): (Date, &(dyn Fn(Timestamp) + Sync)),
) -> Result<(), DemoError> {
    set(at(day, 14, 20));
    let words =
        "Left six years ago, came as planned, no worries in the notes. The consent form is taken out of the cabinet.";
    put_forward(office, lead, old.files[2], (words, true)).await.map_err(failed)?;
    set(at(day, 14, 40));
    let review = day.saturating_add(6.months());
    let hold = NewHold {
        because: Some(HoldReason::Claim),
        words: "A solicitor wrote for the father about the fall in the park. Our insurer has the letter.".to_owned(),
        until: String::new(),
        review: review.strftime("%-d/%-m/%Y").to_string(),
    };
    let why = Why::with_reason(Purpose::Quality, "a letter from a solicitor");
    place_hold(office, lead, old.files[3], &why, hold).await.map_err(failed)?;
    Ok(())
}
