//! What is due, told where people look: a mail on a working morning, and a calendar. Neither holds a name: only what kind
//! of thing it is, its reference, and the day.

mod calendar;
mod due;
mod remind;

pub use calendar::{calendar, calendar_of, end_calendar, new_calendar, switch_reminders};
pub use due::{DueLine, due_lines};
pub use remind::remind;
