//! A letter of a request or complaint: read on the page, printed, as PDF, put into the outbox, marked as sent; and the
//! outbox itself.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form as Posting, Router};
use duties::papers::document::Document;
use duties::papers::typeset;
use duties::post::{
    Affair, AffairKind, CameBackError, ChangeWordsError, MarkSentError, OutboxLine, QueueError, Sending, came_back,
    change_words, mark_sent, must_hold, queue, sending, take_out, view_letter,
};
use duties::requests::paper;
use jiff::Timestamp;
use serde::Deserialize;

use crate::app::{App, problem};
use crate::components::{Cell, Content, Table, Tag, Tone};
use crate::errors::Problem;
use crate::forms::{Field, Form};
use crate::page::{Page, Section, Shell, Title};
use crate::pages::requests::Done;
use crate::posted::Posted;
use crate::records::RecordId;
use crate::records::mailing::{MailEnd, Mailing};
use crate::records::operation::london;
use crate::records::work::Letter;
use crate::who::Who;

/// The letters of both, and the outbox.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/outbox", get(show_outbox))
        .route("/requests/{reference}/letters/{letter}/words", get(words_of_request).post(change_on_request))
        .route("/complaints/{reference}/letters/{letter}/words", get(words_of_complaint).post(change_on_complaint))
        .route("/requests/{reference}/letters/{letter}", get(of_request).post(deed_on_request))
        .route("/complaints/{reference}/letters/{letter}", get(of_complaint).post(deed_on_complaint))
}

#[derive(Template)]
#[template(path = "requests/letter.html")]
struct LetterPage {
    shell: Shell,
    reference: String,
    base: String,
    id: String,
    kind: &'static str,
    charity: String,
    letterhead: Vec<String>,
    to: Vec<String>,
    date: String,
    subject: String,
    paragraphs: Vec<String>,
    /// The address to which it may be mailed, where it may.
    mail_to: Option<String>,
    /// Whether its words can still be changed.
    open: bool,
    /// How it stands, in words; none where it is to be sent and nothing happened yet.
    stands: Vec<String>,
    /// What must be done about it.
    warning: String,
    /// What can be done, the main thing first.
    deeds: Vec<DeedButton>,
}

/// A button below the letter.
struct DeedButton {
    value: String,
    words: String,
}

type At = Path<(String, String)>;

async fn of_request(app: State<App>, who: Who, at: At, done: Query<Done>) -> Result<Response, Problem> {
    show(&app, &who, AffairKind::Request, at.0, &done.done).await
}

async fn of_complaint(app: State<App>, who: Who, at: At, done: Query<Done>) -> Result<Response, Problem> {
    show(&app, &who, AffairKind::Complaint, at.0, &done.done).await
}

/// `GET /{requests,complaints}/{reference}/letters/{letter}`, with `.pdf` at the end as PDF/UA, with `.docx` as a Word document.
async fn show(
    app: &App,
    who: &Who,
    kind: AffairKind,
    (reference, letter): (String, String),
    done: &str,
) -> Result<Response, Problem> {
    let (id, form) = letter.split_once('.').map_or((letter.as_str(), ""), |(id, form)| (id, form));
    let record: RecordId = id.parse().map_err(|_| Problem::NotFound)?;
    let (affair, written) = view_letter(&app.office, &who.0, (kind, &reference), record).await.map_err(problem)?;
    let document = paper(affair.house(), &reference, &written.letter);
    match form {
        "" => {}
        "pdf" => return pdf(&reference, document).await,
        "docx" => return docx(&reference, &document),
        _ => return Err(Problem::NotFound),
    }
    let ways = sending(&app.office, &affair, &written).await.map_err(problem)?;
    let mut shell = app.shell(who, Title::new("Letter").reference(&reference)).await?.within(Section::Requests);
    if let Some(words) = done_words(done) {
        shell = shell.result(words, true);
    }
    Ok(Page::new(letter_page(shell, &affair, (id, written.letter), (document, ways))).into_response())
}

async fn pdf(reference: &str, document: Document) -> Result<Response, Problem> {
    // Typesetting takes long enough to hold others up.
    let typeset = tokio::task::spawn_blocking(move || typeset::to_pdf(&document)).await;
    let Ok(Ok(pdf)) = typeset else {
        tracing::error!("a letter could not be typeset");
        return Err(Problem::Internal);
    };
    let name = format!("inline; filename=\"{reference}-letter.pdf\"");
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, pdf.pdf).into_response())
}

fn docx(reference: &str, document: &Document) -> Result<Response, Problem> {
    let bytes = duties::papers::word::to_docx(document).map_err(|_| {
        tracing::error!("a letter could not be written as a Word document");
        Problem::Internal
    })?;
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let name = format!("attachment; filename=\"{reference}-letter.docx\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn letter_page(
    shell: Shell,
    affair: &Affair,
    (id, letter): (&str, Letter),
    (document, ways): (Document, Sending),
) -> LetterPage {
    LetterPage {
        shell,
        base: format!("/{}/{}", affair.kind().slug(), affair.reference()),
        id: id.to_owned(),
        kind: letter.letter.words(),
        charity: document.letterhead.organisation,
        letterhead: document.letterhead.lines,
        to: document.addressee,
        date: duties::clock::uk_date(letter.dated),
        subject: document.title,
        paragraphs: letter.paragraphs.iter().map(|words| words.for_page().clone()).collect(),
        open: letter.is_to_send(),
        stands: stands(&letter),
        warning: warning(&letter, &ways),
        deeds: deeds(&letter, &ways),
        mail_to: match ways {
            Sending::Mail(address) => Some(address),
            _ => None,
        },
        reference: affair.reference().to_owned(),
    }
}

/// How the letter stands.
fn stands(letter: &Letter) -> Vec<String> {
    let mut words = Vec::new();
    if let (Some(at), None) = (letter.sent, &letter.mail) {
        words.push(format!("Sent on {}.", duties::clock::weekday_date(london(at).date())));
    }
    let Some(mail) = &letter.mail else { return words };
    words.push(match mail.end {
        Some(MailEnd::Sent) => format!("Sent by e-mail to {}, {}.", mail.to.for_page(), last_try(mail)),
        None if mail.tries.is_empty() => {
            format!("In the outbox since {}. It goes to {} within a minute.", moment(mail.queued), mail.to.for_page())
        }
        None => format!(
            "In the outbox since {}. Tried {}, last {}.{}",
            moment(mail.queued),
            times(mail.tries.len()),
            last_try(mail),
            mail.next.map(|next| format!(" Next try: {}.", moment(next))).unwrap_or_default()
        ),
        Some(end) => format!("{}, {}.", end.words(), last_try(mail)),
    });
    let said = mail.tries.last().map(|last| last.said.for_page().as_str()).unwrap_or_default();
    if !said.is_empty() && mail.end != Some(MailEnd::Sent) {
        words.push(format!("The mail server said: {said}"));
    }
    if let (Some(at), true) = (letter.sent, mail.end != Some(MailEnd::Sent)) {
        words.push(format!("Sent on {}.", duties::clock::weekday_date(london(at).date())));
    }
    words
}

fn last_try(mail: &Mailing) -> String {
    moment(mail.tries.last().map_or(mail.queued, |last| last.at))
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

fn warning(letter: &Letter, ways: &Sending) -> String {
    let came_back = letter.sent.is_none() && letter.mail.as_ref().is_some_and(Mailing::failed);
    match ways {
        Sending::AddressChanged => {
            "The address has changed since this letter was written. Do not send it as it is: write it again, or write \
             the new address on it yourself."
        }
        Sending::NotKnownSafe => {
            "Nobody has asked whether this e-mail address is safe to use. Ask them before you send anything."
        }
        Sending::Mail(_) if came_back => {
            "It did not reach them. Check the address with them before you send it again, and send it by post if you can."
        }
        _ => "",
    }
    .to_owned()
}

fn deeds(letter: &Letter, ways: &Sending) -> Vec<DeedButton> {
    let deeds: &[(&'static str, &'static str)] = match ways {
        Sending::Out if letter.mail.as_ref().is_some_and(|mail| mail.end == Some(MailEnd::Sent)) => {
            &[("came-back", "It came back")]
        }
        Sending::Out => &[],
        Sending::InTheOutbox => &[("take-out", "Take it out of the outbox")],
        Sending::Mail(_) => &[("mail", "Send by e-mail"), ("sent", "Mark as sent")],
        Sending::Paper | Sending::AddressChanged | Sending::NotKnownSafe | Sending::NoServer => {
            &[("sent", "Mark as sent")]
        }
    };
    deeds.iter().map(|&(value, words)| DeedButton { value: value.to_owned(), words: words.to_owned() }).collect()
}

fn done_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "queued" => "It is in the outbox, and goes within a minute.",
        "taken-out" => "It is out of the outbox. Nothing was sent.",
        "came-back" => "Noted. The letter is to be sent again.",
        "changed" => "Changed. This is how they will read it.",
        _ => return None,
    })
}

#[derive(Template)]
#[template(path = "requests/letter_words.html")]
struct WordsPage {
    shell: Shell,
    reference: String,
    at: String,
    kind: &'static str,
    must_hold: Vec<String>,
    form: Form,
}

fn words_form() -> Form {
    Form::new().ask(Field::area("words", "The letter").hint("Each line is a paragraph").size("s").rows(18))
}

async fn words_of_request(app: State<App>, who: Who, at: At) -> Result<Response, Problem> {
    words_page(&app, &who, AffairKind::Request, &at.0, None).await
}

async fn words_of_complaint(app: State<App>, who: Who, at: At) -> Result<Response, Problem> {
    words_page(&app, &who, AffairKind::Complaint, &at.0, None).await
}

/// `GET /{requests,complaints}/{reference}/letters/{letter}/words`
async fn words_page(
    app: &App,
    who: &Who,
    kind: AffairKind,
    (reference, id): &(String, String),
    again: Option<Form>,
) -> Result<Response, Problem> {
    let record: RecordId = id.parse().map_err(|_| Problem::NotFound)?;
    let (affair, written) = view_letter(&app.office, &who.0, (kind, reference), record).await.map_err(problem)?;
    let mut shell = app.shell(who, Title::new("Letter").reference(reference)).await?.within(Section::Requests);
    let failed = again.is_some();
    if failed {
        shell = shell.titled_error();
    }
    let lines: Vec<&str> = written.letter.paragraphs.iter().map(|words| words.for_page().as_str()).collect();
    let page = WordsPage {
        shell,
        at: format!("/{}/{reference}/letters/{id}", kind.slug()),
        reference: reference.clone(),
        kind: written.letter.letter.words(),
        must_hold: must_hold(&affair.house().charity.1, written.letter.letter),
        form: again.unwrap_or_else(|| words_form().fill(&[("words".to_owned(), lines.join("\n\n"))])),
    };
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

async fn change_on_request(app: State<App>, who: Who, at: At, posted: Posting<Posted>) -> Result<Response, Problem> {
    change(&app, &who, AffairKind::Request, &at.0, &posted.0).await
}

async fn change_on_complaint(app: State<App>, who: Who, at: At, posted: Posting<Posted>) -> Result<Response, Problem> {
    change(&app, &who, AffairKind::Complaint, &at.0, &posted.0).await
}

async fn change(
    app: &App,
    who: &Who,
    kind: AffairKind,
    at: &(String, String),
    posted: &Posted,
) -> Result<Response, Problem> {
    let record: RecordId = at.1.parse().map_err(|_| Problem::NotFound)?;
    let typed = crate::posted::words(posted, "words");
    match change_words(&app.office, &who.0, (kind, &at.0), record, typed).await {
        Ok(()) => {
            let to = format!("/{}/{}/letters/{}?done=changed", kind.slug(), at.0, at.1);
            Ok(Redirect::to(&to).into_response())
        }
        Err(ChangeWordsError::Stopped(stopped)) => Err(problem(stopped)),
        Err(wrong) => {
            let mut form = words_form().fill(posted);
            form.error("words", wrong.to_string());
            words_page(app, who, kind, at, Some(form)).await
        }
    }
}

#[derive(Debug, Deserialize)]
struct Deed {
    #[serde(default)]
    deed: String,
}

async fn deed_on_request(app: State<App>, who: Who, at: At, deed: Posting<Deed>) -> Response {
    do_deed(&app, &who, AffairKind::Request, at.0, &deed.deed).await.unwrap_or_else(IntoResponse::into_response)
}

async fn deed_on_complaint(app: State<App>, who: Who, at: At, deed: Posting<Deed>) -> Response {
    do_deed(&app, &who, AffairKind::Complaint, at.0, &deed.deed).await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST` on a letter. What has become of it meanwhile is told by its own page, so that a second click harms nothing.
async fn do_deed(
    app: &App,
    who: &Who,
    kind: AffairKind,
    (reference, letter): (String, String),
    deed: &str,
) -> Result<Response, Problem> {
    let record: RecordId = letter.parse().map_err(|_| Problem::NotFound)?;
    let (office, at) = (&app.office, (kind, reference.as_str()));
    let page = format!("/{}/{reference}/letters/{letter}", kind.slug());
    let to = match deed {
        "mail" => match queue(office, &who.0, at, record).await {
            Ok(()) => format!("{page}?done=queued"),
            Err(QueueError::Stopped(stopped)) => return Err(problem(stopped)),
            Err(_) => page,
        },
        "take-out" => match take_out(office, &who.0, at, record).await {
            Ok(()) => format!("{page}?done=taken-out"),
            Err(CameBackError::Stopped(stopped)) => return Err(problem(stopped)),
            Err(_) => page,
        },
        "came-back" => match came_back(office, &who.0, at, record).await {
            Ok(()) => format!("{page}?done=came-back"),
            Err(CameBackError::Stopped(stopped)) => return Err(problem(stopped)),
            Err(_) => page,
        },
        _ => match mark_sent(office, &who.0, at, record).await {
            // Sent twice is sent.
            Ok(()) | Err(MarkSentError::Already) => format!("/{}/{reference}?done=sent", kind.slug()),
            Err(MarkSentError::InTheOutbox) => page,
            Err(MarkSentError::Stopped(stopped)) => return Err(problem(stopped)),
        },
    };
    Ok(Redirect::to(&to).into_response())
}

#[derive(Template)]
#[template(path = "requests/outbox.html")]
struct OutboxPage {
    shell: Shell,
    table: Table,
    server: Option<String>,
}

/// `GET /outbox`
async fn show_outbox(State(app): State<App>, who: Who) -> Result<Response, Problem> {
    let lines = duties::post::outbox(&app.office, &who.0).await.map_err(problem)?;
    let shell = app.shell(&who, Title::new("Outbox")).await?.within(Section::Requests);
    let head = Table::new("Letters by e-mail")
        .column("Letter")
        .column("About")
        .column("Put there")
        .column("How it stands")
        .named_rows()
        .cards();
    let table = lines.iter().fold(head, |table, line| table.row(row(line)));
    let server = app.office.carrier().map(|carrier| carrier.describe());
    Ok(Page::new(OutboxPage { shell, table, server }).into_response())
}

fn row(line: &OutboxLine) -> [Cell; 4] {
    let affair = format!("/{}/{}", line.kind.slug(), line.reference);
    let stands: Content = match line.end {
        Some(end @ (MailEnd::CameBack | MailEnd::AddressChanged)) => Tag::new(end.words(), Tone::Red).into(),
        Some(end) => end.words().to_owned().into(),
        None if line.tries == 0 => "Goes within a minute".to_owned().into(),
        None => {
            let next = line.next.map(|next| format!(", next try {}", moment(next))).unwrap_or_default();
            format!("Tried {}{next}. {}", times(line.tries), line.said).into()
        }
    };
    [
        Cell::link(line.words, format!("{affair}/letters/{}", line.letter)),
        Cell::link(line.reference.clone(), affair),
        moment(line.queued).into(),
        stands.into(),
    ]
}

/// A moment as lists show it.
pub fn moment(at: Timestamp) -> String {
    let at = london(at);
    format!("{}, {:02}:{:02}", duties::clock::short_date(at.date()), at.hour(), at.minute())
}

/// What the list of letters of a case says about one of them.
pub fn sent_cell(letter: &Letter) -> Cell {
    match (letter.sent, &letter.mail) {
        (Some(at), Some(mail)) if mail.end == Some(MailEnd::Sent) => {
            format!("{}, by e-mail", duties::clock::short_date(london(at).date())).into()
        }
        (Some(at), _) => duties::clock::short_date(london(at).date()).into(),
        (None, Some(mail)) if mail.waits() => Tag::new("In the outbox", Tone::Purple).into(),
        (None, Some(mail)) if mail.failed() => Tag::new(mail.end.map_or("", MailEnd::words), Tone::Red).into(),
        (None, _) => Tag::new("Not sent yet", Tone::Yellow).into(),
    }
}
