//! What came in, carried along to the pages on which it is taken in: its number in the address, its answers in the form.

use duties::portal::{ArrivalView, view_arrival};
use duties::requests::NewRequest;
use serde::Deserialize;

use crate::app::{App, problem};
use crate::errors::Problem;
use crate::posted::{Posted, parts};
use crate::records::Personal;
use crate::records::arrival::{ArrivalWay, Asking, Reach};
use crate::records::operation::london_day;
use crate::records::requests::Intake;
use crate::who::Who;

/// The number of what came in, as an address bears it.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    /// Empty where nothing came in.
    #[serde(default)]
    pub arrival: String,
}

impl From {
    /// The number, if there is one.
    pub fn number(&self) -> Option<String> {
        (!self.arrival.is_empty()).then(|| self.arrival.clone())
    }

    /// What is added to the address of the next page. Only what can be a number goes into an address.
    pub fn suffix(&self) -> String {
        let fits = self.arrival.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if self.arrival.is_empty() || !fits { String::new() } else { format!("?arrival={}", self.arrival) }
    }

    /// The request with the number of what came in.
    pub fn along(&self, new: NewRequest) -> NewRequest {
        NewRequest { arrival: self.number(), ..new }
    }

    async fn view(&self, app: &App, who: &Who) -> Result<Option<ArrivalView>, Problem> {
        match self.number() {
            Some(number) => Ok(Some(view_arrival(&app.office, &who.0, &number).await.map_err(problem)?)),
            None => Ok(None),
        }
    }

    /// The search for whom it is about.
    pub async fn searched(&self, app: &App, who: &Who) -> Result<Posted, Problem> {
        let view = self.view(app, who).await?;
        let name = view.and_then(|view| view.arrival.answers.subject.map(|name| name.for_page().clone()));
        Ok(name.map(|name| vec![("q".to_owned(), name)]).unwrap_or_default())
    }

    /// The answers of the form in which a request is taken in.
    pub async fn intake(&self, app: &App, who: &Who) -> Result<Posted, Problem> {
        let Some(view) = self.view(app, who).await? else { return Ok(Posted::new()) };
        let mut posted = shared(&view);
        let answers = &view.arrival.answers;
        let other = answers.asking.is_some_and(|asking| asking != Asking::Person);
        let mut put = |name: &str, value: Option<String>| {
            posted.extend(value.filter(|value| !value.is_empty()).map(|value| (name.to_owned(), value)));
        };
        put("subject-name", answers.subject.as_ref().map(|name| name.for_page().clone()));
        if answers.asking.is_some() {
            put("requester", Some(if other { "other" } else { "self" }.to_owned()));
        }
        put("wanted", text(answers.about.as_ref()));
        let phone = (answers.reach == Some(Reach::Phone)).then(|| text(answers.reach_at.as_ref())).flatten();
        put("phone", phone);
        Ok(posted)
    }

    /// The answers of the form in which a complaint is taken in.
    pub async fn complaint(&self, app: &App, who: &Who) -> Result<Posted, Problem> {
        let Some(view) = self.view(app, who).await? else { return Ok(Posted::new()) };
        let mut posted = shared(&view);
        let answers = &view.arrival.answers;
        let about = text(answers.about.as_ref())
            .or_else(|| view.arrival.mail.as_ref().map(|mail| mail.text.for_page().clone()))
            .unwrap_or_default();
        posted.push(("about".to_owned(), about));
        let other = answers.asking.is_some_and(|asking| asking != Asking::Person);
        posted.push(("who".to_owned(), if other { "other" } else { "self" }.to_owned()));
        Ok(posted)
    }
}

fn text(words: Option<&Personal<String>>) -> Option<String> {
    words.map(|words| words.for_page().clone())
}

/// What both forms ask: how and when it came, who it is, how to reach them.
fn shared(view: &ArrivalView) -> Posted {
    let (arrival, answers) = (&view.arrival, &view.arrival.answers);
    let intake = match arrival.way {
        ArrivalWay::Website => Intake::Website,
        ArrivalWay::Email => Intake::Email,
    };
    let (day, month, year) = parts(london_day(arrival.sent.unwrap_or(arrival.begun)));
    let at = text(answers.reach_at.as_ref());
    let (mut address, mut email) = (None, None);
    match answers.reach {
        Some(Reach::Post) => address = at,
        Some(Reach::Email) => email = at,
        _ => {}
    }
    let mail = arrival.mail.as_ref().map(|mail| mail.from.for_page().clone());
    let (mail_name, mail_address) = mail.as_deref().map(sender).unwrap_or_default();
    [
        ("intake", Some(intake.slug().to_owned())),
        ("received-day", Some(day)),
        ("received-month", Some(month)),
        ("received-year", Some(year)),
        ("name", text(answers.name.as_ref()).or_else(|| text(answers.subject.as_ref())).or(mail_name)),
        ("relation", text(answers.relation.as_ref())),
        ("address", address),
        ("email", email.or(mail_address)),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)))
    .collect()
}

/// Name and address of `Ada Sample <ada@example.org>`.
fn sender(from: &str) -> (Option<String>, Option<String>) {
    let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().trim_matches('"').to_owned());
    match from.split_once('<') {
        Some((name, address)) => (filled(name), filled(address.trim_end_matches('>'))),
        None => (None, filled(from)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_of_a_mail_is_read_from_its_line_and_no_address_takes_more_than_a_number() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(sender("Ada Sample <ada@example.org>"), (some("Ada Sample"), some("ada@example.org")));
        assert_eq!(sender("ada@example.org"), (None, some("ada@example.org")));
        assert_eq!(From { arrival: "K7MX-3P9Q".to_owned() }.suffix(), "?arrival=K7MX-3P9Q");
        assert_eq!(From { arrival: "x&to=//evil".to_owned() }.suffix(), "");
    }
}
