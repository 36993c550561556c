//! The secret link: opened by whoever has it, until it ends; every opening is entered.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use book::Act;
use jiff::Timestamp;
use rand::RngExt;
use records::requests::{Pack, PackPart};
use records::{Actor, Content, Header, Kind, Operation, Personal, Provenance, Purpose, Reason};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::release::change_pack;
use crate::office::Office;
use crate::stopped::Stopped;

/// So many days a pack stays on the shelf and its link works. No policy says how long; a month is the time in which the
/// law expects an answer to a follow-up, and the pack can be built again.
pub const DOWNLOAD_DAYS: i64 = 30;

/// What a link opens.
#[derive(Clone, Debug)]
pub struct Download {
    /// The files.
    pub parts: Vec<PackPart>,
    /// When the link ends.
    pub expires: Timestamp,
}

/// A secret of 256 random bits, and the digest under which it is kept.
pub(crate) fn new_token() -> (String, String) {
    let secret: [u8; 32] = rand::rng().random();
    let token = URL_SAFE_NO_PAD.encode(secret);
    let digest = digest(&token);
    (token, digest)
}

fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// The pack behind a link, while it holds. Wrong and ended links look the same.
async fn find(office: &Office, token: &str) -> Result<Option<(Header, Provenance, Pack)>, Stopped> {
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
    Ok(found.map(|(_, _, pack)| Download { parts: pack.parts, expires: pack.expires }))
}

/// Reads one file through a link and enters the opening.
pub async fn read_download(
    office: &Office,
    token: &str,
    file_name: &str,
) -> Result<Option<(PackPart, Zeroizing<Vec<u8>>)>, Stopped> {
    let Some((header, provenance, mut pack)) = find(office, token).await? else { return Ok(None) };
    let Some(part) = pack.parts.iter().find(|part| part.file_name == file_name).cloned() else { return Ok(None) };
    let now = office.now();
    let operation = Operation {
        actor: Actor::Visitor,
        purpose: Purpose::Request,
        reason: Reason::new("opened through the link that was sent"),
        now,
    };
    pack.opened.push(Personal::new(format!("{now} {file_name}")));
    let body = office.book().body(header.file, part.body).await?;
    let mut work = office.book().begin(&operation).await?;
    change_pack(&mut work, Act::PackDownloaded, (&header, provenance), pack).await?;
    work.commit().await?;
    Ok(Some((part, body)))
}
