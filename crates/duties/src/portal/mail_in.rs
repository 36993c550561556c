//! E-mails that came in: dropped onto the page by somebody who had one, or fetched from the charity's mailbox.

use access::Action;
use book::{Act, Filing};
use extract::{Sort, sort_of};
use jiff::{SignedDuration, Timestamp};
use records::arrival::{Arrival, ArrivalWay, MailIn};
use records::{Actor, Content, Kind, Operation, Personal, Purpose};
use sha2::{Digest as _, Sha256};

use super::ask::{new_arrival, open_file, put_first};
use super::pass::new_pass;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// The largest mail that is taken: 25 MB, as most mail servers do.
pub const LARGEST_MAIL: usize = 25 * 1024 * 1024;
/// A mail that says it is older than this came today for all that is known.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 60);

/// Why a mail was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailInError {
    /// It is none.
    #[error("This is not a saved e-mail. Save the e-mail as a file that ends in .eml, and choose that.")]
    NotMail,
    /// It is too large.
    #[error("This e-mail is larger than 25 MB. Save its attachments apart, and bring them into the file later.")]
    TooLarge,
    /// It cannot be read.
    #[error("This e-mail could not be read: {0}. Take the request in by hand.")]
    Unreadable(String),
    /// It was taken before.
    #[error("This e-mail came in before.")]
    Known,
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl From<book::BookError> for MailInError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// Takes a mail that somebody saved. Returns its number.
pub async fn receive(office: &Office, who: &SignedIn, file_name: &str, bytes: Vec<u8>) -> Result<String, MailInError> {
    let operation = office.permit(who, Action::SeeRequests, None, Purpose::Request, "an e-mail was dropped").await?;
    keep(office, &operation, file_name, bytes).await
}

/// Takes a mail from the charity's mailbox. The program's own duty.
pub async fn receive_by(office: &Office, bytes: Vec<u8>) -> Result<String, MailInError> {
    let operation = Operation::for_the_book(Actor::Program, "an e-mail came", office.now());
    keep(office, &operation, "message.eml", bytes).await
}

async fn keep(office: &Office, operation: &Operation, file_name: &str, bytes: Vec<u8>) -> Result<String, MailInError> {
    if bytes.len() > LARGEST_MAIL {
        return Err(MailInError::TooLarge);
    }
    if sort_of(file_name, &bytes) != Some(Sort::Mail) {
        return Err(MailInError::NotMail);
    }
    let sha256 = hex::encode(Sha256::digest(&bytes));
    if is_known(office, &sha256).await? {
        return Err(MailInError::Known);
    }
    let (worker, name, read) = (office.worker().clone(), file_name.to_owned(), bytes.clone());
    let reading = tokio::task::spawn_blocking(move || worker.read(&name, &read)).await;
    let reading = match reading {
        Ok(Ok(reading)) => reading,
        Ok(Err(error)) => return Err(MailInError::Unreadable(error.to_string())),
        Err(_) => return Err(MailInError::Unreadable("the reading stopped".to_owned())),
    };
    // Nobody can be told a secret here: the pass opens nothing until staff give another.
    let (_, pass) = new_pass();
    let number = pass.number.clone();
    let line = |name: &str| head_line(&reading.text, name).unwrap_or_default();
    let mut work = office.book().begin(operation).await?;
    let file = open_file(&mut work, &number).await?;
    let shelved = office.book().shelve(file, &bytes).await?;
    work.note_body(&shelved, None).await?;
    let mail = MailIn {
        from: Personal::new(line("From")),
        subject: Personal::new(line("Subject")),
        text: Personal::new(reading.text.clone()),
        original: shelved.id,
        sha256,
    };
    let sent = Some(came(&line("Date"), operation.now));
    let arrival = Arrival { sent, mail: Some(mail), ..new_arrival(pass, ArrivalWay::Email, operation.now) };
    put_first(&mut work, file, arrival, (Act::ArrivalSent, Filing::open(None))).await?;
    work.commit().await?;
    Ok(number)
}

/// The day on which it came: as the mail says, where that can be, so that the clock never starts too late.
fn came(date: &str, now: Timestamp) -> Timestamp {
    let said = jiff::fmt::rfc2822::parse(date).map(|zoned| zoned.timestamp());
    match said {
        Ok(said) if said <= now && now.duration_since(said) <= OLDEST => said,
        _ => now,
    }
}

fn head_line(text: &str, name: &str) -> Option<String> {
    let begins = format!("{name}: ");
    text.lines().take(12).find_map(|line| line.strip_prefix(&begins)).map(str::to_owned)
}

async fn is_known(office: &Office, sha256: &str) -> Result<bool, Stopped> {
    let all = office.book().all_of_kind(Kind::Arrival).await?;
    Ok(all.into_iter().any(|opened| match opened.record.content {
        Content::Arrival(arrival) => arrival.mail.is_some_and(|mail| mail.sha256 == sha256),
        _ => false,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_of_a_mail_never_starts_later_than_today_nor_long_ago() {
        let now: Timestamp = "2026-07-06T08:00:00Z".parse().unwrap();
        let friday: Timestamp = "2026-07-03T19:30:00Z".parse().unwrap();
        assert_eq!(came("Fri, 3 Jul 2026 20:30:00 +0100", now), friday);
        for odd in ["Fri, 3 Jul 2099 20:30:00 +0100", "Thu, 3 Jul 2025 20:30:00 +0100", "yesterday", ""] {
            assert_eq!(came(odd, now), now, "{odd}");
        }
    }
}
