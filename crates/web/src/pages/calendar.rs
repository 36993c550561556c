//! The calendar of what is due (RFC 5545), behind a secret address: kind and reference, never a name.

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
    for line in lines {
        let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let day = line.due.strftime("%Y%m%d").to_string();
        let mut event = Event::new();
        // The same thing keeps its place in the calendar when its day moves.
        event
            .uid(&format!("{}-{}@guardbook", line.reference, line.kind.to_lowercase().replace(' ', "-")))
            .summary(&format!("{} {} is due", line.kind, line.reference))
            .add_property("DTSTAMP", stamp);
        event.append_property(icalendar::Property::new("DTSTART", day).add_parameter("VALUE", "DATE").done());
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
        let line = DueLine { kind: "Access request", reference: "REQ-2026-0001".to_owned(), due: date(2026, 4, 2) };
        let calendar = written(&[line], jiff::Timestamp::UNIX_EPOCH);
        for words in [
            "BEGIN:VCALENDAR\r\n",
            "VERSION:2.0\r\n",
            "UID:REQ-2026-0001-access-request@guardbook\r\n",
            "DTSTART;VALUE=DATE:20260402\r\n",
            "DTSTAMP:19700101T000000Z\r\n",
            "SUMMARY:Access request REQ-2026-0001 is due\r\n",
            "END:VCALENDAR\r\n",
        ] {
            assert!(calendar.contains(words), "{words}: {calendar}");
        }
    }
}
