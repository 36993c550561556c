//! Names of people whom the book does not know, and what else leads to somebody.

use detect::{Detector, Kind as Detected};

use super::{Certainty, Found, Kind, Suggestion};

/// Adds what the detector finds where nothing was found yet.
pub(super) fn add(text: &str, detector: &Detector, found: &mut Vec<Found>) {
    let mut taken: Vec<(usize, usize)> = found.iter().map(|one| (one.suggestion.start, one.suggestion.end)).collect();
    taken.sort_unstable();
    for one in detector.find(text) {
        let Some(kind) = kind(one.kind) else { continue };
        let next = taken.partition_point(|(_, end)| *end <= one.start);
        // What the book knows of it says more, and a part of it that is known is enough to look at the rest.
        if taken.get(next).is_some_and(|(start, _)| *start < one.end) {
            continue;
        }
        let certainty = if kind == Kind::Person { Certainty::Maybe } else { Certainty::Likely };
        let explanation = detector.why(text, &one);
        let suggestion =
            Suggestion { start: one.start, end: one.end, kind, certainty, explanation, people: Vec::new() };
        found.push(Found { suggestion, subject: false });
    }
}

/// What is proposed; relatives are not, since whoever asks is most often one.
fn kind(kind: Detected) -> Option<Kind> {
    Some(match kind {
        Detected::Person => Kind::Person,
        Detected::Phone => Kind::Phone,
        Detected::Email => Kind::Email,
        Detected::Nhs => Kind::Nhs,
        Detected::NhsBad => Kind::NhsBad,
        Detected::Nino => Kind::Nino,
        Detected::Postcode => Kind::Postcode,
        Detected::Address => Kind::Address,
        Detected::Dob => Kind::Dob,
        Detected::Bank => Kind::Bank,
        Detected::Passport => Kind::Document,
        Detected::Handle => Kind::Handle,
        Detected::CarReg => Kind::CarReg,
        Detected::Relation => return None,
    })
}
