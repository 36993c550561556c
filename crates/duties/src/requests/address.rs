//! To whom and where a letter goes: a way that is safe to use, and never one that is marked unsafe or out of date.

use book::BookError;
use records::people::{Channel, ContactDetail, Safe};
use records::requests::{Details, Intake};
use records::{Content, FileId, Kind, State};

use super::case::Case;
use crate::office::Office;
use crate::stopped::Stopped;

/// How sure we are that a way is safe to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The person said that it is safe.
    Safe,
    /// It stands in the request itself.
    AsGiven,
    /// It is in the file, and nobody has asked whether it is safe.
    NotAsked,
    /// No way is known: somebody must ask first.
    NoWay,
}

impl Certainty {
    /// What a page says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Safe => "They told us that this is safe to use.",
            Self::AsGiven => "This stands in the request itself.",
            Self::NotAsked => "Nobody has asked whether this is safe to use. Ask before you send anything.",
            Self::NoWay => "We know no safe way to write to them. Ask how they want to be reached.",
        }
    }
}

/// Whom a letter addresses.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// The name.
    pub name: String,
    /// The way.
    pub channel: Channel,
    /// Address lines, or the e-mail address; empty where no way is known.
    pub place: Vec<String>,
    /// How sure we are.
    pub certainty: Certainty,
}

impl Addressee {
    /// Name and place, line by line, as they stand on the letter.
    pub fn lines(&self) -> Vec<String> {
        let named = (!self.name.is_empty()).then(|| self.name.clone());
        named.into_iter().chain(self.place.iter().cloned()).collect()
    }
}

/// Whom to write to about a request, and where.
pub async fn addressee(office: &Office, case: &Case) -> Result<Addressee, Stopped> {
    let request = &case.request;
    let to = match &request.requester {
        Some(requester) => requester.file,
        None => Some(case.file()),
    };
    addressee_of(office, to, &request.details, request.intake).await
}

/// Where to write to somebody: to their file's safe ways first, then to what stands in what they sent.
pub(crate) async fn addressee_of(
    office: &Office,
    to: Option<FileId>,
    details: &Details,
    intake: Intake,
) -> Result<Addressee, Stopped> {
    let typed_name = details.name.as_ref().map(|name| name.for_paper().clone());
    let name = to
        .and_then(|file| office.book().card(file).map(|card| card.name.for_paper().clone()))
        .or(typed_name)
        .unwrap_or_default();
    let ways = match to {
        Some(file) => ways_of(office, file).await?,
        None => Vec::new(),
    };
    let wanted = if intake == Intake::Email { Channel::Email } else { Channel::Post };
    let (channel, place, certainty) = choose(&ways, details, wanted);
    Ok(Addressee { name, channel, place, certainty })
}

/// The ways to reach somebody that are not out of date.
async fn ways_of(office: &Office, file: FileId) -> Result<Vec<ContactDetail>, Stopped> {
    let opened = match office.person_in_passing(file).await {
        Ok(opened) => opened,
        Err(Stopped::Store(BookError::NoFile(_))) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut ways: Vec<ContactDetail> = opened
        .records
        .into_iter()
        .filter(|opened| opened.header.kind == Kind::Contact)
        .filter_map(|opened| match opened.record.content {
            // An old address is kept to be avoided: somebody else may live there now.
            Content::Contact(detail) if opened.header.state == State::Superseded => {
                Some(ContactDetail { safe: Safe::No, ..detail })
            }
            Content::Contact(detail) => Some(detail),
            _ => None,
        })
        .collect();
    unsafe_wherever_it_stands(&mut ways);
    Ok(ways)
}

/// A place that one record calls unsafe is unsafe in every other record and in every file of the person.
fn unsafe_wherever_it_stands(ways: &mut [ContactDetail]) {
    let places: Vec<ContactDetail> = ways.iter().filter(|way| way.safe == Safe::No).cloned().collect();
    for way in ways.iter_mut().filter(|way| way.safe != Safe::No) {
        let typed = format!(
            "{} {}",
            way.value.for_search(),
            way.postcode.as_ref().map_or("", |postcode| postcode.for_search().as_str())
        );
        if places.iter().any(|place| place.channel == way.channel && same_place(place, &typed)) {
            way.safe = Safe::No;
        }
    }
}

fn choose(ways: &[ContactDetail], details: &Details, wanted: Channel) -> (Channel, Vec<String>, Certainty) {
    let written = |way: &&ContactDetail| matches!(way.channel, Channel::Post | Channel::Email);
    let best = |safe: Safe| {
        ways.iter()
            .filter(written)
            .filter(|way| way.safe == safe)
            .max_by_key(|way| (way.preferred, way.channel == wanted))
    };
    if let Some(way) = best(Safe::Yes) {
        return (way.channel, lines_of(way.value.for_paper()), Certainty::Safe);
    }
    let unsafe_ways: Vec<&ContactDetail> = ways.iter().filter(|way| way.safe == Safe::No).collect();
    let by_post = details.address.as_ref().map(|text| (Channel::Post, text.for_paper()));
    let by_email = details.email.as_ref().map(|text| (Channel::Email, text.for_paper()));
    let given = if wanted == Channel::Email { [by_email, by_post] } else { [by_post, by_email] };
    for (channel, text) in given.into_iter().flatten() {
        if !text.trim().is_empty() && !unsafe_ways.iter().any(|way| same_place(way, text)) {
            return (channel, lines_of(text), Certainty::AsGiven);
        }
    }
    if let Some(way) = best(Safe::NotAsked) {
        return (way.channel, lines_of(way.value.for_paper()), Certainty::NotAsked);
    }
    (wanted, Vec::new(), Certainty::NoWay)
}

/// Whether a typed address may be the place that is marked unsafe: cautious, by letters and digits alone, and by
/// postcode.
fn same_place(way: &ContactDetail, typed: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (unsafe_place, typed) = (bare(way.value.for_search()), bare(typed));
    let postcode = way.postcode.as_ref().map(|postcode| bare(postcode.for_search())).unwrap_or_default();
    (!unsafe_place.is_empty() && (typed.contains(&unsafe_place) || unsafe_place.contains(&typed)))
        || (!postcode.is_empty() && typed.contains(&postcode))
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}
