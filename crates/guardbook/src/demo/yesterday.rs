//! What happened yesterday afternoon and evening: a complaint, a question about an answer, a message, and something that
//! a parent asked on the website.

use duties::Office;
use duties::complaints::{NewComplaint, acknowledge, record_complaint};
use duties::portal::{Key, give_pass, say, send};
use duties::post::AffairKind;
use duties::requests::Subject;
use duties::requests::wishes::{NewWish, note_wish};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use records::arrival::{Answers, Asking, Reach, Want};
use records::requests::{AccessRequest, Details, Intake, Stage};
use records::wish::WishKind;
use records::{Content, FileId, Kind, Personal};

use super::DemoError;
use super::requests::Desk;
use super::story::at;

fn failed(error: impl std::fmt::Display) -> DemoError {
    DemoError::Request(error.to_string())
}

/// A request of the story, with the file in which it lies.
type Found = (FileId, AccessRequest);

async fn all(office: &Office) -> Result<Vec<Found>, DemoError> {
    let all = office.book().all_of_kind(Kind::AccessRequest).await?;
    Ok(all
        .into_iter()
        .filter_map(|opened| match opened.record.content {
            Content::AccessRequest(request) => Some((opened.header.file, *request)),
            _ => None,
        })
        .collect())
}

/// Tells it. `set` moves the clock.
pub async fn tell(desk: &Desk<'_>, today: Date, set: &(dyn Fn(Timestamp) + Sync)) -> Result<(), DemoError> {
    let (office, lead) = (desk.office, &desk.lead);
    let yesterday = today.saturating_sub(1.day());
    let requests = all(office).await?;
    let paused = requests.iter().find(|(_, request)| request.pauses.iter().any(|pause| pause.answered.is_none()));
    let closed = requests.iter().find(|(_, request)| request.stage == Stage::Closed || request.release.is_some());

    set(at(yesterday, 16, 10));
    if let Some((file, request)) = paused {
        let complaint = complaint(today, request);
        let reference = record_complaint(office, lead, Subject::Known(*file), complaint).await.map_err(failed)?;
        set(at(yesterday, 16, 30));
        acknowledge(office, lead, &reference).await.map_err(failed)?;
        set(at(yesterday, 16, 40));
        let given = give_pass(office, lead, (AffairKind::Request, &request.reference)).await.map_err(failed)?;
        set(at(yesterday, 18, 5));
        let words = "Both summers, please, and only the letters that you wrote. Thank you for asking.";
        say(office, &Key::typed(&given.number, &given.secret), words).await.map_err(failed)?;
    }
    set(at(yesterday, 18, 20));
    if let Some((_, request)) = closed {
        let words = "On page 2 it says that we came in May. It was in March, I have the leaflet still.";
        let wish = NewWish { wish: Some(WishKind::Change), words: words.to_owned(), viewing: None, position: None };
        note_wish(office, lead, &request.reference, wish).await.map_err(failed)?;
    }
    set(at(yesterday, 19, 40));
    send(office, asked(), None).await.map_err(failed)?;
    Ok(())
}

fn complaint(today: Date, request: &AccessRequest) -> NewComplaint {
    NewComplaint {
        intake: Some(Intake::Phone),
        received: today.saturating_sub(1.day()),
        about: "I rang three times before anybody wrote my question down, and then you asked me what I meant. It should not take \
                three calls."
            .to_owned(),
        by: None,
        details: Details { name: request.details.name.clone(), ..Details::default() },
        request: request.reference.clone(),
        arrival: None,
    }
}

fn asked() -> Answers {
    let text = |words: &str| Some(Personal::new(words.to_owned()));
    Answers {
        asking: Some(Asking::Parent),
        want: Some(Want::See),
        subject: text("Rowan Thistlemere"),
        born: text("14 9 2015"),
        name: text("Hazel Thistlemere"),
        relation: text("grandmother, he lives with me"),
        about: text("Everything from the holiday club, and who was told about his asthma."),
        reach: Some(Reach::Post),
        reach_at: text("3 Invented Mews\nSampleton\nZZ1 4QQ"),
        reach_not: text("Please do not ring the number that you have. It is his father’s."),
        known_by: text("The lady with the red bicycle who does the holiday club"),
    }
}
