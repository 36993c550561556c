//! Plans a viewing: a day and a time, a place, and the member of staff who shows the answer.

use access::Action;
use book::Act;
use jiff::civil::{Date, Time};
use records::requests::Viewing;
use records::{FileId, Personal};

use super::{ViewingError, approved_answer, may_host, open};
use crate::office::Office;
use crate::permit::SignedIn;

/// An appointment, as somebody typed it in.
#[derive(Clone, Debug)]
pub struct NewViewing {
    /// The day.
    pub day: Date,
    /// The time, as London's clocks show it.
    pub time: Time,
    /// Where.
    pub place: String,
    /// Who shows the answer.
    pub host: FileId,
    /// Who comes with them; empty for nobody.
    pub supporter: String,
    /// What makes it easier for them; empty for nothing.
    pub comfort: String,
}

/// Plans a viewing of the approved answer. Gives its number, from 1.
///
/// # Errors
/// [`ViewingError`]; nothing is saved then.
pub async fn plan_viewing(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: NewViewing,
) -> Result<usize, ViewingError> {
    let (case, operation) = open(office, who, reference, Action::WorkOnRequest).await?;
    let (opened, _) = approved_answer(office, case).await?;
    let case = &opened.case;
    if new.day < operation.today() {
        return Err(ViewingError::Past);
    }
    if new.place.trim().is_empty() {
        return Err(ViewingError::NoPlace);
    }
    let able = may_host(office, case.file).await?;
    let Some((_, name)) = able.into_iter().find(|(file, _)| *file == new.host) else {
        return Err(ViewingError::HostMayNot);
    };
    let mut request = case.request.clone();
    let place = Personal::new(new.place.trim().to_owned());
    let filled = |words: &str| (!words.trim().is_empty()).then(|| Personal::new(words.trim().to_owned()));
    request.viewings.push(Viewing {
        supporter: filled(&new.supporter),
        comfort: filled(&new.comfort),
        ..Viewing::planned(new.day.to_datetime(new.time), place, new.host)
    });
    let number = request.viewings.len();
    let when = format!("{} at {}", clock::weekday_date(new.day), new.time.strftime("%H:%M"));
    let what = format!("Viewing {number} planned: {when}, with {name}");
    let mut work = office.book().begin(&operation).await?;
    case.change_request(&mut work, Act::ViewingPlanned, request, &what).await?;
    work.commit().await?;
    Ok(number)
}
