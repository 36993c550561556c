//! Carries what lies in the outbox, letter by letter. The program's own duty; nobody is signed in.
//!
//! A try is written down before it is made. If the program ends between the mail server's yes and the note of it, the
//! letter goes once more, under the same Message-ID, by which mail programs know it again.

use book::{Act, BookError, Filing};
use papers::document::Document;
use papers::{plain, typeset};
use records::mailing::MailEnd;
use records::{Actor, Content, FileId, Kind, Operation, RecordId, State};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::affair::{Affair, Written};
use super::carrier::{Attachment, CarryError, Mail};
use super::sending::address;
use crate::office::Office;
use crate::requests::paper;
use crate::stopped::Stopped;

/// How often the end of a letter is written down anew where somebody changed the same record in between.
const CONFLICTS: u8 = 5;

/// Tries every letter that is due. Returns how many were tried.
///
/// # Errors
/// The store. What the mail server refuses is written into the letter and is no error.
pub async fn deliver(office: &Office) -> Result<usize, Stopped> {
    if office.carrier().is_none() {
        return Ok(0);
    }
    let now = office.now();
    let mut tried = 0;
    for opened in office.book().work_of_kind(Kind::Letter).await? {
        let Content::Letter(letter) = &opened.record.content else { continue };
        let (Some(request), true) = (letter.request, letter.mail.as_ref().is_some_and(|mail| mail.is_due(now))) else {
            continue;
        };
        match deliver_one(office, opened.header.file, request, opened.header.id).await {
            Ok(()) => tried += 1,
            // Somebody works on it this moment: the next round comes soon.
            Err(Stopped::Conflict | Stopped::NotFound | Stopped::Store(BookError::NoFile(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(tried)
}

async fn deliver_one(office: &Office, file: FileId, request: RecordId, letter: RecordId) -> Result<(), Stopped> {
    let operation = Operation::for_the_book(Actor::Program, "carry the post", office.now());
    let mut affair = Affair::of_the_program(office, operation, file, request).await?;
    let mut written = affair.letter(office, letter).await?;
    let to = address(&affair.addressee_for(office, &written).await?);
    let Some(mailing) = written.letter.mail.as_mut().filter(|mailing| mailing.is_due(office.now())) else {
        return Ok(());
    };
    if to.as_deref() != Some(mailing.to.for_paper().as_str()) {
        mailing.end(MailEnd::AddressChanged);
        return over(office, &mut affair, &mut written).await;
    }
    mailing.begin(office.now());
    let next = mailing.next;
    let mut work = office.book().begin(affair.operation()).await?;
    written.put(&mut work, Act::RecordChanged, Filing::open(next)).await?;
    work.commit().await?;

    let answer = hand_over(office, &affair, &written).await;
    let Some(mailing) = written.letter.mail.as_mut() else { return Ok(()) };
    match answer {
        Ok(()) => {
            mailing.said("The mail server took it.");
            mailing.end(MailEnd::Sent);
            written.letter.sent = Some(office.now());
        }
        Err(CarryError::Later(words)) => mailing.said(words),
        Err(CarryError::Never(words)) => {
            mailing.said(words);
            mailing.end(MailEnd::CameBack);
        }
    }
    if mailing.waits() {
        let next = mailing.next;
        let mut work = office.book().begin(affair.operation()).await?;
        written.put(&mut work, Act::RecordChanged, Filing::open(next)).await?;
        work.commit().await?;
        return Ok(());
    }
    over(office, &mut affair, &mut written).await
}

/// Writes down how it ended, in the letter and in the history of what it belongs to. The mail is out, whatever somebody
/// has done to either meanwhile: the newest state of both takes it.
async fn over(office: &Office, affair: &mut Affair, written: &mut Written) -> Result<(), Stopped> {
    for _ in 0..CONFLICTS {
        match note_end(office, affair, written).await {
            Err(Stopped::Conflict) => {}
            other => return other,
        }
        let operation = affair.operation().clone();
        *affair = Affair::of_the_program(office, operation, affair.file(), affair.id()).await?;
        let fresh = affair.letter(office, written.header.id).await?;
        written.header = fresh.header;
    }
    Err(Stopped::Conflict)
}

async fn note_end(office: &Office, affair: &mut Affair, written: &mut Written) -> Result<(), Stopped> {
    let Some(end) = written.letter.mail.as_ref().and_then(|mail| mail.end) else { return Ok(()) };
    let (act, filing) = match end {
        MailEnd::Sent => (Act::LetterMailed, Filing::in_state(State::Done)),
        MailEnd::CameBack => (Act::LetterReturned, Filing::open(None)),
        MailEnd::AddressChanged | MailEnd::TakenOut => (Act::RecordChanged, Filing::open(None)),
    };
    affair.happened(format!("{}: {}.", end.words(), written.letter.letter.words().to_lowercase()));
    let mut work = office.book().begin(affair.operation()).await?;
    written.put(&mut work, act, filing).await?;
    affair.put(&mut work).await?;
    work.commit().await?;
    Ok(())
}

async fn hand_over(office: &Office, affair: &Affair, written: &Written) -> Result<(), CarryError> {
    let Some(carrier) = office.carrier() else { return Err(CarryError::Later("No mail server is set up.".to_owned())) };
    let Some(mailing) = &written.letter.mail else { return Err(CarryError::Later(String::new())) };
    let charity = &affair.house().charity.1;
    let document = paper(affair.house(), affair.reference(), &written.letter);
    let (reference, to) = (affair.reference().to_owned(), mailing.to.for_paper().clone());
    let (from_name, reply_to) = (charity.name.clone(), charity.contact_email.clone());
    let id = message_id(written.header.id, &reply_to);
    // Typesetting and the network take long enough to hold others up.
    let done = tokio::task::spawn_blocking(move || {
        let mail = Mail {
            id,
            text: text(&from_name, &reference, &document),
            subject: subject(&reference),
            attachment: Some(attachment(&reference, &document)?),
            from_name,
            reply_to,
            to,
        };
        carrier.carry(&mail)
    });
    done.await.unwrap_or_else(|_| Err(CarryError::Later("The letter could not be handed over.".to_owned())))
}

/// What stands in the list of mails, on locked screens too.
fn subject(reference: &str) -> String {
    format!("A letter for you, reference {reference}")
}

/// The letter as text. Its first lines, which a phone shows unasked, say nothing of what it is about.
fn text(charity: &str, reference: &str, document: &Document) -> String {
    format!(
        "{charity} has written to you. Our reference is {reference}.\n\nThe letter stands below, and as a PDF beside this \
         mail. If it is not for you, please tell us, and delete it.\n\n----------------------------------------\n\n{}",
        plain::to_text(document)
    )
}

fn attachment(reference: &str, document: &Document) -> Result<Attachment, CarryError> {
    let typeset = typeset::to_pdf(document)
        .map_err(|_| CarryError::Later("The letter could not be typeset. Print it from its page.".to_owned()))?;
    Ok(Attachment { name: format!("{reference}.pdf"), media_type: "application/pdf", bytes: typeset.pdf })
}

/// The same for the same letter, for ever; the letter's own number stays in the house.
fn message_id(letter: RecordId, reply_to: &str) -> String {
    let digest = Sha256::digest(letter.to_string().as_bytes());
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    Mail::name(Uuid::from_bytes(first), reply_to)
}
