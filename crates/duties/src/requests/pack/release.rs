//! Releasing: to whom and where is settled and safe, the bytes are those that were searched, and it is entered.

use access::Action;
use book::Act;
use jiff::civil::Date;
use records::people::{Channel, Safe};
use records::requests::{AccessRequest, Pack, Release, Stage};
use records::{Content, Header, Personal, Provenance, Record, State};

use super::build::{approved, pack_of, part, unchanged};
use super::download::ARCHIVE;
use crate::accounts::{digest, new_code, new_token};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::requests::is_late;
use crate::requests::review::{Case, Opened, Unmet};
use crate::requests::standing::{warned_about, who_may};
use crate::stopped::Stopped;
use zeroize::Zeroizing;

/// Where an answer could go.
#[derive(Clone, Debug)]
pub struct Destination {
    /// By what it is chosen in a form.
    pub key: String,
    /// By what.
    pub channel: Channel,
    /// The address, number or e-mail.
    pub value: String,
    /// Is it safe?
    pub safe: Safe,
    /// An old one.
    pub superseded: bool,
    /// What to mind.
    pub mind: String,
    /// It stands in the request only; nobody has compared it with the file.
    pub only_in_request: bool,
}

impl Destination {
    /// Whether anything may be sent there.
    pub fn usable(&self) -> bool {
        self.safe != Safe::No && !self.superseded
    }
}

/// How it goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Printed, by post.
    Post,
    /// By a secret link that ends, to an archive that a passphrase opens.
    Download,
}

impl How {
    /// All ways.
    pub const ALL: [Self; 2] = [Self::Post, Self::Download];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Download => "download",
        }
    }

    /// The way that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.slug() == slug)
    }

    /// Whether it can go to such a place.
    pub const fn fits(self, channel: Channel) -> bool {
        match self {
            Self::Post => matches!(channel, Channel::Post),
            Self::Download => true,
        }
    }
}

/// Why nothing was released.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// There is no pack, or it is not of what was approved.
    #[error("build the pack of the approved answer first")]
    NoPack,
    /// Identity, or the right to ask for somebody else, is not settled.
    #[error("not settled: {}", .0.join("; "))]
    Unsettled(Vec<String>),
    /// No such place, an unsafe one, or one that does not fit the way.
    #[error("choose a safe place that fits the way it goes")]
    Destination,
    /// The archive for the download could not be made.
    #[error("the archive for the download could not be made: {0}")]
    NotLocked(String),
    /// Nobody confirmed name and address.
    #[error("confirm that you compared name and address")]
    Unconfirmed,
}

impl From<book::BookError> for ReleaseError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// What whoever released it must pass on; shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Released {
    /// Print it and post it.
    ByPost,
    /// The secret of the link, and the passphrase of the archive behind it: they go by two different ways.
    Link {
        /// The secret of the link.
        token: Personal<String>,
        /// What opens the archive. It is kept nowhere: where it is lost, the answer goes on paper.
        passphrase: Personal<String>,
    },
}

/// What is not settled about who asks (UK GDPR article 12(6)), as it stands on a day: birthdays count.
pub(crate) fn unsettled(case: &Case, today: Date) -> Vec<String> {
    let request = &case.request;
    let mut open = Vec::new();
    let seen = request.identity.as_ref().is_some_and(|asked| asked.received.is_some());
    if request.known_because.is_none() && !seen {
        open.push("Who asks is not settled: note how you know them, or what you saw.".to_owned());
    }
    if request.phone_checks.last().is_some_and(|call| !call.confirmed) {
        open.push("Somebody telephoned, and it was not them who asked.".to_owned());
    }
    if is_late(&case.house, request, today) && request.late.is_none() {
        open.push("It is late: note why, under “Why it is late”.".to_owned());
    }
    if let Err(stop) = who_may(&case.house, request, &case.subject.card, today) {
        open.push(stop.words());
    }
    if let Some(warning) = warned_about(&case.subject, request) {
        open.push(format!("The file warns about whoever asks: {}", warning.for_page()));
    }
    open
}

/// What items lack on the day, in words.
pub(crate) fn lacking_words(lacking: &[(u32, Unmet)]) -> Vec<String> {
    lacking.iter().map(|(position, unmet)| format!("Record {position}: {}.", unmet.words())).collect()
}

/// To where an answer could go, usable places first.
pub async fn destinations(office: &Office, who: &SignedIn, reference: &str) -> Result<Vec<Destination>, Stopped> {
    let case = Case::load(office, reference).await?;
    case.permit(office, who, Action::WorkOnRequest).await?;
    destinations_of(office, &case).await
}

pub(crate) async fn destinations_of(office: &Office, case: &Case) -> Result<Vec<Destination>, Stopped> {
    let mut found = Vec::new();
    match &case.request.requester {
        None => found.extend(of_file(&case.subject)),
        Some(requester) => match requester.file {
            Some(file) => found.extend(of_file(&office.person_in_passing(file).await?)),
            None => found.extend(of_request(&case.request)),
        },
    }
    found.sort_by_key(|place| (!place.usable(), place.safe != Safe::Yes));
    Ok(found)
}

fn of_file(file: &book::OpenFile) -> Vec<Destination> {
    let of_record = |one: &book::Opened| match &one.record.content {
        Content::Contact(contact) => {
            let mut value = contact.value.for_page().clone();
            if let Some(code) = contact.postcode.as_ref().filter(|code| !value.contains(code.for_page().as_str())) {
                value = format!("{value}\n{}", code.for_page());
            }
            Some(Destination {
                key: one.header.id.to_string(),
                channel: contact.channel,
                value,
                safe: contact.safe,
                superseded: one.header.state == State::Superseded,
                mind: contact.mind.as_ref().map(|mind| mind.for_page().clone()).unwrap_or_default(),
                only_in_request: false,
            })
        }
        _ => None,
    };
    file.records.iter().filter_map(of_record).collect()
}

fn of_request(request: &AccessRequest) -> Vec<Destination> {
    let details = &request.details;
    let pairs = [(Channel::Post, &details.address), (Channel::Email, &details.email), (Channel::Phone, &details.phone)];
    pairs
        .into_iter()
        .filter_map(|(channel, value)| {
            Some(Destination {
                key: format!("request-{}", channel.slug()),
                channel,
                value: value.as_ref()?.for_page().clone(),
                safe: Safe::NotAsked,
                superseded: false,
                mind: String::new(),
                only_in_request: true,
            })
        })
        .collect()
}

/// Releases the pack to a place. The approval, the digest and every body are compared once more first.
pub async fn release_pack(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    to: &str,
    (how, confirmed): (How, bool),
) -> Result<Released, ReleaseError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::ReleasePack).await?;
    let open = unsettled(&case, operation.today());
    if !open.is_empty() {
        return Err(ReleaseError::Unsettled(open));
    }
    let places = destinations_of(office, &case).await?;
    let place = places.into_iter().find(|place| place.key == to && place.usable() && how.fits(place.channel));
    let place = place.ok_or(ReleaseError::Destination)?;
    if !confirmed {
        return Err(ReleaseError::Unconfirmed);
    }
    let (header, provenance, mut pack) = pack_of(&case).ok_or(ReleaseError::NoPack)?;
    let opened = Opened::load(office, case).await?;
    let lacking = opened.lacking(operation.today());
    if !lacking.is_empty() {
        return Err(ReleaseError::Unsettled(lacking_words(&lacking)));
    }
    let fingerprint = opened.answer().fingerprint;
    let case = &opened.case;
    if case.request.stage != Stage::Approved || approved(case) != Some(&*fingerprint) || pack.fingerprint != fingerprint
    {
        return Err(ReleaseError::NoPack);
    }
    let mut files = Vec::new();
    for part in &pack.parts {
        files.push((part.file_name.clone(), unchanged(office, case, part).await?));
    }
    let mut shelved = None;
    let released = match how {
        How::Post => Released::ByPost,
        How::Download => {
            let (token, passphrase) = (new_token(), new_code());
            let archive = lock_up(files, passphrase.clone()).await?;
            let body = office.book().shelve(case.file, &archive).await?;
            pack.archive = Some(part(ARCHIVE, "application/zip", &body, &archive));
            pack.download = Some(digest(&token));
            shelved = Some(body);
            Released::Link { token: token.into(), passphrase: passphrase.into() }
        }
    };
    let mut request = case.request.clone();
    request.stage = Stage::Released;
    request.release = Some(Release {
        at: operation.now,
        by: who.file,
        channel: place.channel,
        to: Personal::new(format!("{}\n{}", super::contents::reader_name(office, &opened), place.value)),
    });
    let mut work = office.book().begin(&operation).await?;
    if let Some(body) = &shelved {
        work.note_body(body, Some(pack.expires)).await?;
    }
    change_pack(&mut work, Act::PackReleased, (&header, provenance), pack).await?;
    case.change_request(&mut work, Act::PackReleased, request, "Released").await?;
    work.witness();
    work.commit().await?;
    Ok(released)
}

/// Everything in one archive that the passphrase opens, made away from the threads that answer pages.
async fn lock_up(files: Vec<(String, Zeroizing<Vec<u8>>)>, passphrase: String) -> Result<Vec<u8>, ReleaseError> {
    let made = tokio::task::spawn_blocking(move || {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, body)| (name.as_str(), body.as_slice())).collect();
        papers::archive::lock(&files, &passphrase)
    });
    let made = made.await.map_err(|_| ReleaseError::NotLocked("the work stopped".to_owned()))?;
    made.map_err(|error| ReleaseError::NotLocked(error.to_string()))
}

/// Stores a pack as it now stands.
pub(crate) async fn change_pack(
    work: &mut book::Work,
    act: Act,
    (header, provenance): (&Header, Provenance),
    pack: Pack,
) -> Result<(), Stopped> {
    let filing = book::Filing { topic: header.topic, state: None, due: header.due };
    work.change(act, header, &Record::new(provenance, Content::Pack(pack)), filing).await?;
    Ok(())
}
