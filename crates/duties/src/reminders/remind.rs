//! One mail on a working morning to whoever has something late or due within a week. The program's own duty.

use std::fmt::Write as _;

use book::{Act, Work};
use jiff::civil::Date;
use records::{Actor, Operation};

use super::due::{DueLine, due_lines, in_absence};
use crate::accounts::usable;
use crate::office::Office;
use crate::post::Mail;
use crate::requests::due_words;
use crate::stopped::Stopped;

/// Not before this hour, as London's clocks show it.
const FROM_HOUR: i8 = 7;
/// What is due within so many days is told.
const DAYS: i32 = 7;
/// The fact of the book that says on which day the last mails went out.
const FACT: &str = "reminded";

/// Sends the mails of the day, once a day, where there is a mail server. Returns how many went out. That they are sent is
/// noted first: after a crash nobody is reminded twice, and what is due stands on Today.
pub async fn remind(office: &Office) -> Result<usize, Stopped> {
    let Some(carrier) = office.carrier() else { return Ok(0) };
    let now = records::operation::london(office.now());
    let today = now.date();
    let house = office.house().await?;
    // Where the charity works in several nations, a day on which one of them works is a working day.
    let works = house.charity.1.nations.iter().any(|nation| house.holidays.is_working_day(today, *nation));
    if !works || now.hour() < FROM_HOUR || office.book().fact(FACT).await?.as_deref() == Some(&today.to_string()) {
        return Ok(0);
    }
    let mut mails = Vec::new();
    for staff in house.staff.values().filter(|staff| usable(&staff.account) && !staff.account.reminders_off) {
        let mut lines = due_lines(office, &in_absence(staff)).await?;
        lines.retain(|line| line.due <= today.saturating_add(jiff::Span::new().days(DAYS)));
        if !lines.is_empty() {
            mails.push(mail(&house.charity.1, staff.account.email.for_paper(), today, &lines));
        }
    }
    let operation = Operation::for_the_book(Actor::Program, "reminders", office.now());
    let mut work: Work = office.book().begin(&operation).await?;
    work.act_of_the_house(Act::Reminded, u32::try_from(mails.len()).unwrap_or(u32::MAX));
    work.set_fact(FACT, &today.to_string()).await?;
    work.commit().await?;
    let count = mails.len();
    let sent = tokio::task::spawn_blocking(move || {
        for mail in mails {
            if let Err(error) = carrier.carry(&mail) {
                // The server's words can hold the address: only that it failed is logged.
                let kind = if matches!(error, crate::post::CarryError::Never(_)) { "refused" } else { "not taken" };
                tracing::warn!(kind, "a reminder did not go out");
            }
        }
    });
    if sent.await.is_err() {
        tracing::error!("the reminders stopped half way");
    }
    Ok(count)
}

fn mail(charity: &records::house::Charity, to: &str, today: Date, lines: &[DueLine]) -> Mail {
    let late = lines.iter().filter(|line| line.due < today).count();
    let subject = match (late, lines.len()) {
        (0, 1) => "1 thing is due within a week".to_owned(),
        (0, more) => format!("{more} things are due within a week"),
        (1, _) => "1 thing is late".to_owned(),
        (late, _) => format!("{late} things are late"),
    };
    let mut text = "This is due. Sign in to see more; this mail says nothing about anybody.\n\n".to_owned();
    for line in lines {
        let _ = writeln!(text, "{} {}: {}", line.kind, line.reference, due_words(today, line.due));
    }
    text.push_str("\nYou can switch these mails off on the page of your account.\n");
    Mail {
        id: Mail::new_name(&charity.contact_email),
        from_name: charity.name.clone(),
        reply_to: charity.contact_email.clone(),
        to: to.to_owned(),
        subject,
        text,
        attachment: None,
    }
}
