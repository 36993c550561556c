//! The calendar of what is due (RFC 5545), behind a secret address: kind and reference, never a name.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use duties::reminders::{DueLine, calendar};
use icalendar::{Calendar, Component as _, Event};

use crate::app::{App, problem};
use crate::errors::Problem;

/// The route.
pub fn routes() -> Router<App> {
    Router::new().route("/calendar/{file}", get(show))
}

/// `GET /calendar/{secret}.ics`
async fn show(State(app): State<App>, Path(file): Path<String>) -> Result<Response, Problem> {
    let token = file.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let lines = calendar(&app.office, token).await.map_err(problem)?.ok_or(Problem::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"due.ics\""),
    ];
    Ok((headers, written(&lines, app.office.now())).into_response())
}

fn written(lines: &[DueLine], now: jiff::Timestamp) -> String {
    let mut calendar = Calendar::new();
    calendar.name("What is due");
    let mut times: HashMap<String, u32> = HashMap::new();
    for line in lines {
        let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let mut event = Event::new();
        // The same thing keeps its place in the calendar when its day moves; a second one of its sort has its own.
        let name = format!("{}-{}", line.reference, line.kind.to_lowercase().replace(' ', "-"));
        let time = times.entry(name.clone()).and_modify(|count| *count += 1).or_insert(1);
        let uid = if *time == 1 { format!("{name}@guardbook") } else { format!("{name}-{time}@guardbook") };
        event.uid(&uid).add_property("DTSTAMP", stamp);
        let begins = line.at.and_then(|at| line.due.to_datetime(at).to_zoned(duties::clock::london()).ok());
        if let Some(begins) = begins {
            let begins = begins.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
            event.summary(&format!("{} {}", line.kind, line.reference));
            event.add_property("DTSTART", begins).add_property("DURATION", "PT1H");
        } else {
            let day = line.due.strftime("%Y%m%d").to_string();
            event.summary(&format!("{} {} is due", line.kind, line.reference));
            event.append_property(icalendar::Property::new("DTSTART", day).add_parameter("VALUE", "DATE").done());
        }
        calendar.push(event.done());
    }
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_calendar_has_one_whole_day_for_each_thing_that_is_due() {
        let line = |kind, at| DueLine { kind, reference: "REQ-2026-0001".to_owned(), due: date(2026, 4, 2), at };
        let asked = "Answer of somebody asked";
        let lines = [line("Access request", None), line(asked, None), line(asked, None)];
        let viewing = line("Viewing", Some(jiff::civil::time(14, 30, 0, 0)));
        let calendar = written(&[&lines[..], &[viewing]].concat(), jiff::Timestamp::UNIX_EPOCH);
        for words in [
            "BEGIN:VCALENDAR\r\n",
            "VERSION:2.0\r\n",
            "UID:REQ-2026-0001-access-request@guardbook\r\n",
            "DTSTART;VALUE=DATE:20260402\r\n",
            "DTSTAMP:19700101T000000Z\r\n",
            "SUMMARY:Access request REQ-2026-0001 is due\r\n",
            "UID:REQ-2026-0001-answer-of-somebody-asked@guardbook\r\n",
            "UID:REQ-2026-0001-answer-of-somebody-asked-2@guardbook\r\n",
            "DTSTART:20260402T133000Z\r\n",
            "SUMMARY:Viewing REQ-2026-0001\r\n",
            "END:VCALENDAR\r\n",
        ] {
            assert!(calendar.contains(words), "{words}: {calendar}");
        }
    }
}
