//! Building the pack: made anew from what was approved, searched before anything of it is kept, sealed with an end.

use access::Action;
use book::Act;
use jiff::{SignedDuration, Timestamp};
use papers::pack::{FinishError, FinishedFile, Withheld, finish, still_shown};
use papers::verify::Leak;
use records::requests::{Pack, PackPart, Stage};
use records::{Content, Header, Provenance, Record, RecordId};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::contents::{Addressee, contents, places_covered, put_pictures, reader_name};
use super::download::DOWNLOAD_DAYS;
use super::release::{Destination, destinations_of};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::requests::review::{Answer, Case, Opened, PictureError};
use crate::stopped::Stopped;

/// Where covered words were found. It does not repeat them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaked {
    /// In which file.
    pub file: &'static str,
    /// Which of the covered texts, by its place in the list.
    pub withheld: usize,
}

/// Why no pack was built. Nothing was kept.
#[derive(Debug, thiserror::Error)]
pub enum BuildPackError {
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Nobody has approved it.
    #[error("a second person must approve the answer first")]
    NotApproved,
    /// The answer is no longer what was approved.
    #[error("the answer changed after it was approved: have it checked again")]
    ChangedSinceApproval,
    /// Covered words can be read in a finished file.
    #[error("covered words can be read in the finished files in {} places; nothing was kept", .0.len())]
    Leak(Vec<Leaked>),
    /// A file could not be made or searched.
    #[error("the pack could not be made or checked: {0}")]
    NotMade(String),
}

impl From<book::BookError> for BuildPackError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// What stands in the way of building or releasing, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackStanding {
    /// It is not approved.
    NotApproved,
    /// It changed after it was approved.
    Changed,
    /// It can be built.
    ToBuild,
    /// It is built and can be released.
    Built,
    /// It went out.
    Released,
}

/// The pack's page.
pub struct OnPack {
    /// The request.
    pub case: Case,
    /// How far it is.
    pub standing: PackStanding,
    /// The pack, once built.
    pub pack: Option<Pack>,
    /// To where it could go.
    pub destinations: Vec<Destination>,
    /// To whom.
    pub reader: String,
    /// Why identity or authority is not settled; empty when it is.
    pub unsettled: Vec<String>,
}

/// The digest that the second person approved, if the last check was a yes.
pub(crate) fn approved(case: &Case) -> Option<&str> {
    case.request.second_checks.last().filter(|check| check.approved).map(|check| check.fingerprint.as_str())
}

/// The pack record of a request.
pub(crate) fn pack_of(case: &Case) -> Option<(Header, Provenance, Pack)> {
    let id = case.request.pack?;
    let opened = case.subject.record(id)?;
    match &opened.record.content {
        Content::Pack(pack) => Some((opened.header.clone(), opened.record.provenance.clone(), pack.clone())),
        _ => None,
    }
}

/// Opens the page of the pack.
pub async fn open_pack(office: &Office, who: &SignedIn, reference: &str) -> Result<OnPack, Stopped> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::WorkOnRequest).await?;
    let seen = (case.header.id, case.header.kind);
    office.book().seen(&operation, Act::RecordSeen, case.file, Some(seen)).await?;
    let opened = Opened::load(office, case).await?;
    let fingerprint = opened.answer().fingerprint;
    let pack = pack_of(&opened.case).map(|(_, _, pack)| pack);
    let standing = match (opened.case.request.stage, approved(&opened.case)) {
        (Stage::Released | Stage::Closed, _) => PackStanding::Released,
        (Stage::Approved, Some(digest)) if digest == fingerprint => match &pack {
            Some(pack) if pack.fingerprint == fingerprint => PackStanding::Built,
            _ => PackStanding::ToBuild,
        },
        (Stage::Approved, _) => PackStanding::Changed,
        _ => PackStanding::NotApproved,
    };
    let destinations = destinations_of(office, &opened.case).await?;
    let reader = reader_name(office, &opened);
    let mut unsettled = super::release::unsettled(&opened.case, office.today());
    unsettled.extend(super::release::lacking_words(&opened.lacking(office.today())));
    Ok(OnPack { case: opened.case, standing, pack, destinations, reader, unsettled })
}

/// Builds the pack of an approved answer. Whatever is kept has been opened again and searched for every covered word.
pub async fn build_pack(office: &Office, who: &SignedIn, reference: &str) -> Result<RecordId, BuildPackError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::WorkOnRequest).await?;
    if case.request.stage != Stage::Approved {
        return Err(BuildPackError::NotApproved);
    }
    let opened = Opened::load(office, case).await?;
    let answer = opened.answer();
    if approved(&opened.case) != Some(answer.fingerprint.as_str()) {
        return Err(BuildPackError::ChangedSinceApproval);
    }
    let to = addressee(office, &opened).await?;
    let mut whole = contents(&opened, &answer.seen, &to, operation.today(), signature(&opened, who));
    put_pictures(office, &opened, &answer.seen, &mut whole).await.map_err(not_pictured)?;
    let files = make(whole, answer.withheld.clone()).await?;

    let expires = operation.now + SignedDuration::from_hours(24 * DOWNLOAD_DAYS);
    let mut shelved = Vec::new();
    let mut parts = Vec::new();
    for (file_name, media_type, bytes) in &files {
        let body = office.book().shelve(opened.case.file, bytes).await?;
        shelved.push(body);
        parts.push(part(file_name, media_type, &body, bytes));
    }
    let pack = describe(&opened, &answer, parts, (operation.now, expires));
    let record = Record::new(Provenance::from_the_work(Some(who.file), operation.now), Content::Pack(pack));
    let mut work = office.book().begin(&operation).await?;
    for body in &shelved {
        work.note_body(body, Some(expires)).await?;
    }
    let id = work.add(Act::PackBuilt, opened.case.file, &record, book::Filing::default()).await?;
    let mut request = opened.case.request.clone();
    request.pack = Some(id);
    opened.case.change_request(&mut work, Act::RecordChanged, request, "Pack built and searched").await?;
    work.commit().await?;
    Ok(id)
}

pub(crate) fn part(file_name: &str, media_type: &str, body: &book::Shelved, bytes: &[u8]) -> PackPart {
    PackPart {
        file_name: file_name.to_owned(),
        media_type: media_type.to_owned(),
        body: body.id,
        size: body.size,
        sha256: hex::encode(Sha256::digest(bytes)),
    }
}

fn not_pictured(error: PictureError) -> BuildPackError {
    match error {
        PictureError::Stopped(stopped) => BuildPackError::Stopped(stopped),
        other => BuildPackError::NotMade(other.to_string()),
    }
}

fn describe(opened: &Opened, answer: &Answer, parts: Vec<PackPart>, (built, expires): (Timestamp, Timestamp)) -> Pack {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Pack {
        request: opened.case.header.id,
        built,
        parts,
        items: count(answer.seen.items.len()),
        left_out: places_covered(&answer.seen) + count(answer.seen.left_out_whole.len()),
        searched_for: count(answer.withheld.len()),
        leaks: 0,
        fingerprint: answer.fingerprint.clone(),
        expires,
        download: None,
        archive: None,
        opened: Vec::new(),
    }
}

/// The letter goes to the first safe postal address; without one it bears the name alone.
async fn addressee(office: &Office, opened: &Opened) -> Result<Addressee, Stopped> {
    let name = reader_name(office, opened);
    let places = destinations_of(office, &opened.case).await?;
    let mut lines = vec![name.clone()];
    if let Some(place) = places.iter().find(|place| place.channel == records::people::Channel::Post && place.usable()) {
        lines.extend(place.value.lines().map(str::to_owned));
    }
    Ok(Addressee { name, lines })
}

fn signature(opened: &Opened, who: &SignedIn) -> Vec<String> {
    let owner = opened.case.request.owner.unwrap_or(who.file);
    let staff = opened.case.house.staff.get(&owner);
    let role = staff.and_then(|staff| staff.account.roles.first()).map(|role| role.words());
    let mut role = role.unwrap_or("for the charity").to_owned();
    if let Some(first) = role.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    vec![opened.case.house.staff_name(owner).to_owned(), role]
}

type File = (&'static str, &'static str, Vec<u8>);

/// Typesets and searches, away from the threads that answer pages.
async fn make(whole: papers::pack::PackContents, withheld: Vec<String>) -> Result<Vec<File>, BuildPackError> {
    let made = tokio::task::spawn_blocking(move || finish_files(&whole, &withheld)).await;
    made.map_err(|_| BuildPackError::NotMade("the typesetter stopped".to_owned()))?
}

/// The second person ticked every word that is covered in one place and readable in another; the digest is theirs, so
/// what is still readable now is what they confirmed.
fn finish_files(whole: &papers::pack::PackContents, withheld: &[String]) -> Result<Vec<File>, BuildPackError> {
    let mut words: Vec<Withheld<'_>> =
        withheld.iter().map(|text| Withheld { text, may_be_read_elsewhere: false }).collect();
    let confirmed = still_shown(whole, &words).map_err(|error| BuildPackError::NotMade(error.to_string()))?;
    for shown in confirmed {
        if let Some(word) = words.get_mut(shown.withheld) {
            word.may_be_read_elsewhere = true;
        }
    }
    let pack = finish(whole, &words).map_err(|error| match error {
        FinishError::Leaks(leaks) => BuildPackError::Leak(leaks.iter().map(leaked).collect()),
        other => BuildPackError::NotMade(other.to_string()),
    })?;
    Ok(vec![
        ("access-pack.pdf", "application/pdf", pack.pdf),
        ("access-pack.html", "text/html; charset=utf-8", pack.html.into_bytes()),
        ("access-pack.json", "application/json", pack.json.into_bytes()),
        ("cover-letter.pdf", "application/pdf", pack.letter),
    ])
}

fn leaked((file, leak): &(FinishedFile, Leak)) -> Leaked {
    let file = match file {
        FinishedFile::Pdf => "access-pack.pdf",
        FinishedFile::Letter => "cover-letter.pdf",
        FinishedFile::Html => "access-pack.html",
        FinishedFile::Json => "access-pack.json",
    };
    Leaked { file, withheld: leak.withheld }
}

/// Reads one file of the pack. The reading is entered first; a body that is not the one that was searched is refused.
pub async fn read_part(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    file_name: &str,
) -> Result<(PackPart, Zeroizing<Vec<u8>>), Stopped> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::DownloadPack).await?;
    let (header, _, pack) = pack_of(&case).ok_or(Stopped::NotFound)?;
    let part = pack.parts.into_iter().find(|part| part.file_name == file_name).ok_or(Stopped::NotFound)?;
    office.book().seen(&operation, Act::PackDownloaded, case.file, Some((header.id, header.kind))).await?;
    let body = unchanged(office, &case, &part).await?;
    Ok((part, body))
}

/// The body of a part, if it is still what was searched.
pub(crate) async fn unchanged(office: &Office, case: &Case, part: &PackPart) -> Result<Zeroizing<Vec<u8>>, Stopped> {
    let body = office.book().body(case.file, part.body).await?;
    if hex::encode(Sha256::digest(body.as_slice())) == part.sha256 {
        return Ok(body);
    }
    let what = "it is not what was searched".to_owned();
    Err(Stopped::Store(book::BookError::Corrupt { place: format!("body {}", part.body), what }))
}
