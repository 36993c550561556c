//! The secret link: opened by whoever has it, until it ends; every opening is entered. What lies behind it is an
//! archive that only the passphrase opens, which went another way.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use book::Act;
use jiff::Timestamp;
use papers::archive::{ArchiveError, unlock};
use records::requests::{Pack, PackPart};
use records::{Actor, Content, FileId, Header, Kind, Operation, Personal, Provenance, Purpose, Reason};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::release::change_pack;
use crate::accounts::{code_as_given, digest};
use crate::office::Office;
use crate::stopped::Stopped;

/// So many days a pack stays on the shelf and its link works. No policy says how long; a month is the time in which the
/// law expects an answer to a follow-up, and the pack can be built again.
pub const DOWNLOAD_DAYS: i64 = 30;

/// The name of the archive that goes out: it says nothing about anybody.
pub(crate) const ARCHIVE: &str = "your-documents.zip";

/// What is read in a browser.
const WEB_PAGE: &str = "access-pack.html";

/// What a link opens.
#[derive(Clone, Debug)]
pub struct Download {
    /// The archive.
    pub archive: PackPart,
    /// When the link ends.
    pub expires: Timestamp,
}

/// The answer to be read in a browser.
pub struct Reading {
    /// The whole web page, with its style in it.
    pub html: Zeroizing<String>,
    /// SHA-256 of that style in base 64, as a Content Security Policy names it.
    pub style: String,
}

/// The pack behind a link, while it holds. Wrong and ended links look the same.
async fn find(office: &Office, token: &str) -> Result<Option<Found>, Stopped> {
    let digest = digest(token);
    let now = office.now();
    let mut found = None;
    // All are compared, and in constant time: how long it takes tells nothing.
    for opened in office.book().all_of_kind(Kind::Pack).await? {
        let Content::Pack(pack) = opened.record.content else { continue };
        let same = pack.download.as_ref().is_some_and(|kept| kept.as_bytes().ct_eq(digest.as_bytes()).into());
        if same && now < pack.expires {
            found = Some((opened.header, opened.record.provenance, pack));
        }
    }
    Ok(found)
}

/// What a link opens; nothing for a wrong or ended one. Looking at the page is not an opening: mail programs do that.
pub async fn open_download(office: &Office, token: &str) -> Result<Option<Download>, Stopped> {
    let found = find(office, token).await?;
    Ok(found.and_then(|(.., pack)| Some(Download { archive: pack.archive?, expires: pack.expires })))
}

/// Reads the archive through a link and enters the opening.
pub async fn read_download(office: &Office, token: &str) -> Result<Option<(PackPart, Zeroizing<Vec<u8>>)>, Stopped> {
    let Some((found, part)) = with_archive(office, token).await? else { return Ok(None) };
    let body = office.book().body(found.0.file, part.body).await?;
    note_opening(office, found, &part.file_name).await?;
    Ok(Some((part, body)))
}

/// Opens the answer for reading in a browser, with the passphrase as somebody typed it; nothing where link or
/// passphrase is wrong. The opening is entered before anything is shown.
pub async fn read_here(office: &Office, token: &str, typed: &str) -> Result<Option<Reading>, Stopped> {
    let Some((found, part)) = with_archive(office, token).await? else { return Ok(None) };
    let body = office.book().body(found.0.file, part.body).await?;
    let passphrase = Zeroizing::new(code_as_given(typed));
    let opened = tokio::task::spawn_blocking(move || unlock(&body, WEB_PAGE, &passphrase)).await;
    let page = match opened.unwrap_or_else(|_| Err(ArchiveError::Broken("the work stopped".to_owned()))) {
        Ok(page) => page,
        Err(ArchiveError::Passphrase) => return Ok(None),
        Err(error) => return Err(broken(found.0.file, &error)),
    };
    let html = String::from_utf8(page.to_vec()).map_err(|_| broken(found.0.file, &"the page is not text"))?;
    note_opening(office, found, "read in the browser").await?;
    let style = STANDARD.encode(Sha256::digest(papers::html::style_of(&html).as_bytes()));
    Ok(Some(Reading { html: Zeroizing::new(html), style }))
}

fn broken(file: FileId, what: &impl std::fmt::Display) -> Stopped {
    let place = format!("archive of a pack in file {file}");
    Stopped::Store(book::BookError::Corrupt { place, what: what.to_string() })
}

type Found = (Header, Provenance, Pack);

async fn with_archive(office: &Office, token: &str) -> Result<Option<(Found, PackPart)>, Stopped> {
    let found = find(office, token).await?;
    Ok(found.and_then(|found| {
        let part = found.2.archive.clone()?;
        Some((found, part))
    }))
}

async fn note_opening(office: &Office, (header, provenance, mut pack): Found, what: &str) -> Result<(), Stopped> {
    let now = office.now();
    let operation = Operation {
        actor: Actor::Visitor,
        purpose: Purpose::Request,
        reason: Reason::new("opened through the link that was sent"),
        now,
    };
    pack.opened.push(Personal::new(format!("{now} {what}")));
    let mut work = office.book().begin(&operation).await?;
    change_pack(&mut work, Act::PackDownloaded, (&header, provenance), pack).await?;
    work.commit().await?;
    Ok(())
}
