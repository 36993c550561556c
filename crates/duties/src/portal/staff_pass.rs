//! Number and secret for somebody whose request came another way: read out, or printed and handed over, once.

use book::{Act, Filing};
use records::arrival::Track;
use records::{Content, Provenance, Record};

use super::pass::{Given, new_pass, with_number};
use super::say::track_of;
use crate::office::Office;
use crate::permit::SignedIn;
use crate::post::{Affair, AffairKind};
use crate::stopped::Stopped;

/// Gives number and secret for a request or complaint. Where there were some, the number stays and the old secret ends.
pub async fn give_pass(
    office: &Office,
    who: &SignedIn,
    (kind, reference): (AffairKind, &str),
) -> Result<Given, Stopped> {
    let mut affair = Affair::open(office, who, kind, reference).await?;
    let had = track_of(office, affair.file(), affair.id()).await?;
    affair.happened("A number and secret for looking on the website were given.".to_owned());
    let mut work = office.book().begin(affair.operation()).await?;
    let given = if let Some((header, provenance, track)) = had {
        let (given, pass) = with_number(track.pass.number.clone());
        let record = Record::new(provenance, Content::Track(Track { pass, ..track }));
        let filing = Filing { state: Some(header.state), ..Filing::default() };
        work.change(Act::TrackGiven, &header, &record, filing).await?;
        given
    } else {
        let (given, pass) = new_pass();
        let provenance = Provenance::from_the_work(affair.operation().actor.staff(), affair.operation().now);
        let track = Track { pass, of: affair.id(), messages: Vec::new() };
        let record = Record::new(provenance, Content::Track(track));
        work.add(Act::TrackGiven, affair.file(), &record, Filing::default()).await?;
        given
    };
    affair.put(&mut work).await?;
    work.commit().await?;
    Ok(given)
}
