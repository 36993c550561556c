//! Asks somebody whether what they told in confidence, or what names them, may be given; notes what they say; weighs it
//! (K25, K27). Until it is weighed, the records stay closed.

use access::Action;
use book::{Act, Filing, Work};
use jiff::ToSpan as _;
use jiff::civil::Date;
use records::consultation::{Agreed, Consultation, Reply, Weighed};
use records::people::Channel;
use records::requests::{Details, Intake, ItemRef, Stage};
use records::work::{Letter, LetterKind};
use records::{Content, FileId, Header, Kind, Personal, Provenance, Purpose, Record, RecordId, State};

use super::address::{Addressee, addressee_of};
use super::case::Case;
use super::letters;
use super::limit::end_of;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// So many days somebody who is asked usually has.
pub const USUAL_DAYS: i32 = 10;

/// Whom to ask, and about what, as it was typed.
#[derive(Clone, Debug)]
pub struct NewConsultation {
    /// The places of the records in the answer, from 1, as typed: "3, 5".
    pub items: String,
    /// The words in them that it is about; empty for all of them.
    pub passage: String,
    /// Their name, and where to write to.
    pub whom: Details,
    /// What they are told that it is about.
    pub about: String,
    /// By when an answer is wanted.
    pub reply_by: Date,
}

/// Why it was not done. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConsultError {
    /// Nobody is named.
    #[error("Enter whom you ask: name and place of work.")]
    NoName,
    /// No records.
    #[error(
        "Enter the numbers of the records that it is about, like 3, 5. Gather the records first if there are none yet."
    )]
    NoItems,
    /// The words stand in one of the records no longer, or never did.
    #[error(
        "These words do not stand in record {0}. Copy them from it, or leave this empty to ask about the whole record."
    )]
    NoPassage(usize),
    /// Nothing is said about it.
    #[error("Write down what it is about, as they may know it. They read it as you write it.")]
    NoWords,
    /// The day is past, or so late that the answer would be.
    #[error("Enter a day from tomorrow on, and before the answer is due.")]
    Day,
    /// Nothing was chosen.
    #[error("Choose what they said.")]
    NotChosen,
    /// They were not asked again.
    #[error("Ask them once more first: silence alone is no answer.")]
    NotChased,
    /// Nothing was weighed.
    #[error("Write down what you weighed, and why it comes out so.")]
    NoReasons,
    /// There is no answer yet.
    #[error("Note what they said first.")]
    NoReply,
    /// The request is over, or with the second person.
    #[error("This request is not being read through now. Nothing more is asked or decided for it.")]
    NotNow,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for ConsultError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// One of them, with its record.
pub type Asked = (Header, Provenance, Consultation);

/// Who was asked in a request. The view is in the ledger first.
pub async fn consultations(office: &Office, who: &SignedIn, reference: &str) -> Result<(Case, Vec<Asked>), Stopped> {
    let case = Case::to_work_on(office, who, reference).await?;
    let seen = Some((case.header.id, Kind::AccessRequest));
    office.book().seen(&case.operation, Act::RecordSeen, case.file(), seen).await?;
    let file = office.person_in_passing(case.file()).await?;
    let ours = |opened: book::Opened| match opened.record.content {
        Content::Consultation(one) if one.request == case.header.id => {
            Some((opened.header, opened.record.provenance, *one))
        }
        _ => None,
    };
    let asked = file.records.into_iter().filter_map(ours).collect();
    Ok((case, asked))
}

/// Asks somebody: the letter is written, and waits to be sent. Returns the letter.
pub async fn consult(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    new: NewConsultation,
) -> Result<RecordId, ConsultError> {
    let mut case = open(office, who, reference).await?;
    let name = new.whom.name.as_ref().map(|name| name.for_paper().trim().to_owned()).unwrap_or_default();
    if name.is_empty() {
        return Err(ConsultError::NoName);
    }
    let items = items_at(&case, &new.items).ok_or(ConsultError::NoItems)?;
    let passage = passage_in(office, &case, &items, new.passage.trim()).await?;
    let about = new.about.trim();
    if about.is_empty() {
        return Err(ConsultError::NoWords);
    }
    let due = super::limit::clock_of(&case.house, &case.request, case.today()).ok().map(|limit| limit.due);
    if new.reply_by <= case.today() || due.is_some_and(|due| new.reply_by >= due && due > case.today()) {
        return Err(ConsultError::Day);
    }
    let mut asked = Consultation {
        request: case.header.id,
        items,
        passage,
        file: None,
        whom: new.whom,
        about: Personal::new(about.to_owned()),
        asked: case.today(),
        reply_by: new.reply_by,
        chased: Vec::new(),
        letters: Vec::new(),
        reply: None,
        weighed: None,
    };
    let paragraphs = letters::consultation(&case, &asked);
    case.happened(format!(
        "{name} was asked whether it may be given; an answer is wanted by {}.",
        clock::uk_date(new.reply_by)
    ));
    let mut work = case.begin(office).await?;
    let letter = write(office, &case, &mut work, &asked, (LetterKind::Consultation, paragraphs)).await?;
    asked.letters.push(letter);
    let provenance = Provenance::from_the_work(case.operation.actor.staff(), case.operation.now);
    let filing = Filing::open(end_of(asked.reply_by));
    let record = Record::new(provenance, Content::Consultation(Box::new(asked)));
    work.add(Act::ThirdPartyAsked, case.file(), &record, filing).await?;
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(letter)
}

/// Asks once more, with a new day. Returns the letter.
pub async fn chase(office: &Office, who: &SignedIn, reference: &str, id: RecordId) -> Result<RecordId, ConsultError> {
    let mut case = open(office, who, reference).await?;
    let (header, provenance, mut asked) = find(office, &case, id).await?;
    if asked.reply.is_some() {
        return Err(ConsultError::NotNow);
    }
    asked.chased.push(case.today());
    asked.reply_by = case.today().saturating_add(USUAL_DAYS.days());
    let paragraphs = letters::consultation_again(&case, &asked);
    case.happened(format!("{} was asked once more.", asked.name()));
    let mut work = case.begin(office).await?;
    let letter = write(office, &case, &mut work, &asked, (LetterKind::ConsultationAgain, paragraphs)).await?;
    asked.letters.push(letter);
    let filing = Filing::open(end_of(asked.reply_by));
    let record = Record::new(provenance, Content::Consultation(Box::new(asked)));
    work.change(Act::ThirdPartyAsked, &header, &record, filing).await?;
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(letter)
}

/// Notes what they said.
pub async fn note_reply(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    id: RecordId,
    (agreed, words): (Option<Agreed>, &str),
) -> Result<(), ConsultError> {
    let mut case = open(office, who, reference).await?;
    let (header, provenance, mut asked) = find(office, &case, id).await?;
    let agreed = agreed.ok_or(ConsultError::NotChosen)?;
    if agreed == Agreed::Silent && asked.chased.is_empty() {
        return Err(ConsultError::NotChased);
    }
    let by = case.operation.actor.staff();
    asked.reply = Some(Reply { on: case.today(), agreed, words: Personal::new(words.trim().to_owned()), by });
    // What was decided before they answered is decided anew.
    asked.weighed = None;
    case.happened(format!("{}: {}.", asked.name(), agreed.words().to_lowercase()));
    let filing = Filing::open(end_of(case.today()));
    save(office, &mut case, (header, provenance, asked), (Act::ThirdPartyAnswered, filing)).await
}

/// Decides, having weighed it. Agreement is enough; without it, the reasons say why it is reasonable to give it all the
/// same, or not.
pub async fn weigh(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    id: RecordId,
    (give, reasons): (Option<bool>, &str),
) -> Result<(), ConsultError> {
    let mut case = open(office, who, reference).await?;
    let (header, provenance, mut asked) = find(office, &case, id).await?;
    let give = give.ok_or(ConsultError::NotChosen)?;
    let reply = asked.reply.as_ref().ok_or(ConsultError::NoReply)?;
    let follows = give == (reply.agreed == Agreed::Yes);
    let reasons = reasons.trim();
    if reasons.is_empty() && !(follows && give) {
        return Err(ConsultError::NoReasons);
    }
    let by = case.operation.actor.staff();
    asked.weighed = Some(Weighed { on: case.today(), give, reasons: Personal::new(reasons.to_owned()), by });
    case.happened(format!(
        "Weighed, having asked {}: it {}.",
        asked.name(),
        if give { "may be given" } else { "stays out" }
    ));
    let filing = Filing::in_state(State::Done);
    save(office, &mut case, (header, provenance, asked), (Act::ThirdPartyDecided, filing)).await
}

async fn open(office: &Office, who: &SignedIn, reference: &str) -> Result<Case, ConsultError> {
    let case = Case::open(office, who, reference, Action::WorkOnRequest).await?;
    if matches!(case.request.stage, Stage::Open | Stage::Review) { Ok(case) } else { Err(ConsultError::NotNow) }
}

async fn find(office: &Office, case: &Case, id: RecordId) -> Result<Asked, ConsultError> {
    let opened = office.book().record_in_passing(case.file(), id).await?;
    match opened.record.content {
        Content::Consultation(one) if one.request == case.header.id => {
            Ok((opened.header, opened.record.provenance, *one))
        }
        _ => Err(Stopped::NotFound.into()),
    }
}

async fn save(
    office: &Office,
    case: &mut Case,
    (header, provenance, asked): Asked,
    (act, filing): (Act, Filing),
) -> Result<(), ConsultError> {
    let record = Record::new(provenance, Content::Consultation(Box::new(asked)));
    let mut work = case.begin(office).await?;
    work.change(act, &header, &record, filing).await?;
    case.put(&mut work, Act::RecordChanged).await?;
    work.commit().await?;
    Ok(())
}

/// The records at the places that somebody typed.
fn items_at(case: &Case, typed: &str) -> Option<Vec<ItemRef>> {
    let numbers = typed.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty());
    let items: Option<Vec<ItemRef>> = numbers
        .map(|number| {
            let place: usize = number.parse().ok()?;
            case.request.items.get(place.checked_sub(1)?).copied()
        })
        .collect();
    items.filter(|items| !items.is_empty())
}

/// The words that somebody typed, once they were found in each of the records.
async fn passage_in(
    office: &Office,
    case: &Case,
    items: &[ItemRef],
    words: &str,
) -> Result<Option<Personal<String>>, ConsultError> {
    if words.is_empty() {
        return Ok(None);
    }
    let term = papers::redact::Term::new(words);
    for item in items {
        let record = office.book().version_in_passing(item.file, item.record, item.version).await?;
        if !term.as_ref().is_some_and(|term| stands_in(office, case, term, &record)) {
            let place = case.request.items.iter().position(|one| one == item).map_or(0, |index| index + 1);
            return Err(ConsultError::NoPassage(place));
        }
    }
    Ok(Some(Personal::new(words.to_owned())))
}

fn stands_in(office: &Office, case: &Case, term: &papers::redact::Term, record: &Record) -> bool {
    let called = |file| super::review::name_of(office, file);
    let texts = super::review::item_texts(record, &super::review::Around { house: &case.house, called: &called });
    texts.parts.iter().any(|part| !papers::redact::find_all(term, &part.text).is_empty())
}

/// Where whoever is asked is written to, as it stands now.
pub(crate) async fn addressee_of_asked(office: &Office, asked: &Consultation) -> Result<Addressee, Stopped> {
    let intake =
        if asked.whom.email.is_some() && asked.whom.address.is_none() { Intake::Email } else { Intake::Letter };
    addressee_of(office, asked.file, &asked.whom, intake).await
}

async fn write(
    office: &Office,
    case: &Case,
    work: &mut Work,
    asked: &Consultation,
    (kind, paragraphs): (LetterKind, Vec<String>),
) -> Result<RecordId, Stopped> {
    let to = addressee_of_asked(office, asked).await?;
    let letter = Letter {
        letter: kind,
        request: Some(case.header.id),
        dated: case.today(),
        to: Personal::new(to.lines().join("\n")),
        channel: if to.place.is_empty() { Channel::Post } else { to.channel },
        paragraphs: letters::with_own_words(&case.house, kind, paragraphs).into_iter().map(Personal::new).collect(),
        sent: None,
        mail: None,
    };
    let provenance = Provenance::from_the_work(case.operation.actor.staff(), case.operation.now);
    let record = Record::new(provenance, Content::Letter(letter));
    Ok(work.add(Act::RecordAdded, case.file(), &record, Filing::open(None)).await?)
}

/// One line of the day: the reference, whom, and by when, or since when it is to be decided.
#[derive(Clone, Debug)]
pub struct OpenConsultation {
    /// The request.
    pub reference: String,
    /// Whether their answer is there and only the decision is missing.
    pub answered: bool,
    /// By when their answer is wanted.
    pub reply_by: Date,
}

/// Whoever has not answered, and what is not decided, for those who may work on it.
pub async fn open_consultations(office: &Office, who: &SignedIn) -> Result<Vec<OpenConsultation>, Stopped> {
    let mut lines = Vec::new();
    for opened in office.book().work_of_kind(Kind::Consultation).await? {
        let (file, Content::Consultation(asked)) = (opened.header.file, opened.record.content) else { continue };
        if !office.would_permit(who, Action::WorkOnRequest, Some(file), Purpose::Request).await {
            continue;
        }
        let request = office.book().record_in_passing(file, asked.request).await?;
        let Content::AccessRequest(request) = request.record.content else { continue };
        if request.stage.is_live() {
            let answered = asked.reply.is_some();
            lines.push(OpenConsultation { reference: request.reference, answered, reply_by: asked.reply_by });
        }
    }
    lines.sort_by_key(|line| (!line.answered, line.reply_by));
    Ok(lines)
}

/// The consultation to which a letter belongs.
pub(crate) async fn consultation_of_letter(
    office: &Office,
    file: FileId,
    letter: RecordId,
) -> Result<Option<Consultation>, Stopped> {
    let opened = office.person_in_passing(file).await?;
    Ok(opened.records.into_iter().find_map(|opened| match opened.record.content {
        Content::Consultation(one) if one.letters.contains(&letter) => Some(*one),
        _ => None,
    }))
}
