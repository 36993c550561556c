//! Shows a case: the request with its sum, tasks, letters, searches and history. The view is in the ledger first.

use access::Action;
use book::Act;
use clock::Limit;
use jiff::civil::Date;
use records::requests::{Review, Search};
use records::work::{Letter, Paper};
use records::{Content, FileId, Header, Kind};

use super::address::{Addressee, addressee};
use super::case::Case;
use super::limit::{clock_of, notice_by};
use super::standing::{May, Stop, age_of, birthdays, who_may};
use super::tasks::counts;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A case, opened to be looked at.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The request.
    pub case: Case,
    /// Its limit, with the reasons; the clock's own words where there is none.
    pub limit: Result<Limit, clock::ClockError>,
    /// The last day for telling them that it takes longer.
    pub notice_by: Option<jiff::civil::Date>,
    /// The subject's name.
    pub subject: String,
    /// The name of whoever asks, where it is not the subject.
    pub requester: Option<String>,
    /// Where letters go.
    pub addressee: Addressee,
    /// The original, as it was kept.
    pub original: Option<Paper>,
    /// Its letters, newest first.
    pub letters: Vec<(Header, Letter)>,
    /// Its searches.
    pub searches: Vec<(Header, Search)>,
    /// How far the reading is.
    pub reviews: Vec<Review>,
    /// Whether whoever asks may have the answer, as it stands today.
    pub may: Result<May, Stop>,
    /// Birthdays between request and answer that change who decides: the age and the day.
    pub birthdays: Vec<(i16, Date)>,
    /// How old the subject is; none where no birthday is known.
    pub age: Option<i16>,
    /// Whether the person who looks may open the subject's file as well.
    pub may_open_file: bool,
    /// Whether there are warnings in the subject's file, with their words.
    pub warnings: Vec<(&'static str, String)>,
}

/// Opens a case to look at it.
pub async fn view_case(office: &Office, who: &SignedIn, reference: &str) -> Result<CaseView, Stopped> {
    let case = Case::open(office, who, reference, Action::WorkOnRequest).await?;
    let seen = Some((case.header.id, Kind::AccessRequest));
    office.book().seen(&case.operation, Act::RecordSeen, case.file(), seen).await?;
    let file = office.person_in_passing(case.file()).await?;
    let id = case.header.id;
    let limit = clock_of(&case.house, &case.request, case.today());
    let until = limit.as_ref().map_or(case.today(), |limit| limit.due.max(case.today()));
    let mut view = CaseView {
        may: who_may(&case.house, &case.request, &file.card, case.today()),
        birthdays: birthdays(&case.house, &case.request, &file.card, until),
        age: age_of(&file.card, case.today()),
        limit,
        notice_by: notice_by(&case.house, &case.request, case.today()).ok(),
        subject: file.card.name.for_page().clone(),
        requester: requester_name(office, &case),
        addressee: addressee(office, &case).await?,
        original: None,
        letters: Vec::new(),
        searches: Vec::new(),
        reviews: Vec::new(),
        warnings: Vec::new(),
        may_open_file: crate::people::purposes(office, who, Action::OpenFile, case.file()).await.is_ok(),
        case,
    };
    for opened in file.records {
        let header = opened.header;
        match opened.record.content {
            Content::Paper(paper) if Some(header.id) == view.case.request.original => view.original = Some(paper),
            Content::Letter(letter) if letter.request == Some(id) => view.letters.push((header, letter)),
            Content::Search(search) if search.request == id => view.searches.push((header, search)),
            Content::Review(review) if review.request == id && counts(header.state) => view.reviews.push(review),
            Content::Warning(warning) if counts(header.state) => {
                view.warnings.push((warning.warning.words(), warning.text.for_page().clone()));
            }
            _ => {}
        }
    }
    view.letters.reverse();
    view.reviews.sort_by_key(|review| review.position);
    Ok(view)
}

fn requester_name(office: &Office, case: &Case) -> Option<String> {
    let requester = case.request.requester.as_ref()?;
    let card = requester.file.and_then(|file: FileId| office.book().card(file));
    let typed = case.request.details.name.as_ref().map(|name| name.for_page().clone());
    Some(card.map(|card| card.name.for_page().clone()).or(typed).unwrap_or_default())
}
