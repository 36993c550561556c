//! How long one person's file is kept, as the page of the file shows it.

use book::Opened;
use jiff::civil::Date;
use records::keeping::{Closure, Hold};
use records::{Content, Header};

use super::close::{last_day, standing};
use super::rule::{Rule, kept_until, rule_of};
use crate::office::Office;
use crate::people::FileOpened;

/// How long a file is kept.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// The words of the policy in force.
    pub rule: Option<Rule>,
    /// The closing that stands, with its header.
    pub closure: Option<(Header, Closure)>,
    /// The last day on which it must be kept, as far as the policy goes.
    pub kept_until: Option<Date>,
    /// What keeps it longer, also what did before.
    pub holds: Vec<(Header, Hold)>,
    /// Whether a service runs.
    pub enrolled: bool,
    /// The last day of the last service.
    pub last_day: Option<Date>,
}

impl Keeping {
    /// What is known from the records of an opened file. The records of closings and holds are never left out as history.
    pub fn of(office: &Office, opened: &FileOpened) -> Self {
        let records = &opened.file.records;
        let settings = opened.house.settings();
        // A file that is in use has no closing that counts, also where one that was merged into it has.
        let closed = opened.file.state == book::FileState::Closed;
        let closure = standing(records).filter(|_| closed).map(|(opened, closure)| (opened.header, closure));
        let class = office.book().card(opened.file.file).map_or(opened.file.class, |card| card.class);
        Self {
            rule: rule_of(settings, class),
            kept_until: closure.as_ref().map(|(_, closure)| kept_until(settings, class, closure)),
            closure,
            holds: holds(records),
            enrolled: records
                .iter()
                .any(|one| matches!(&one.record.content, Content::Enrolment(enrolment) if enrolment.ended.is_none())),
            last_day: last_day(records),
        }
    }

    /// What keeps it longer today.
    pub fn standing_holds(&self) -> impl Iterator<Item = &(Header, Hold)> {
        self.holds.iter().filter(|(_, hold)| hold.lifted.is_none())
    }
}

fn holds(records: &[Opened]) -> Vec<(Header, Hold)> {
    let holds = records.iter().filter_map(|one| match &one.record.content {
        Content::Hold(hold) => Some((one.header.clone(), hold.clone())),
        _ => None,
    });
    holds.collect()
}
