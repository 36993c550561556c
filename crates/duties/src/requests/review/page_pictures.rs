//! Pictures of pages: as the file shows them on the desk, and made anew with their boxes for what leaves.

use access::Action;
use book::Act;
use extract::WorkerError;
use papers::pages::{Made, make};
use rayon::prelude::*;
use records::Kind;
use zeroize::Zeroizing;

use super::answer::{Opened, SeenItem};
use super::case::Case;
use super::covering::as_sent;
use super::pages::{PaperPages, SeenPage, as_pictures};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;
use papers::redact::Numbering;

/// Dots per inch of what leaves: small print can be read, and a page has some hundred kilobytes.
const DPI: u32 = 150;

/// Dots per inch on the desk.
const DESK_DPI: u32 = 110;

/// Why there is no picture of a page.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// From outside.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// The reader of papers gave none.
    #[error(transparent)]
    Worker(#[from] WorkerError),
    /// What it gave could not be made into a page that leaves.
    #[error(transparent)]
    Page(#[from] papers::pages::PageError),
    /// The work was broken off.
    #[error("the work on a page stopped")]
    BrokenOff,
}

impl From<book::BookError> for PictureError {
    fn from(error: book::BookError) -> Self {
        Self::Stopped(error.into())
    }
}

/// A page of an item on the desk as an image, without its boxes. The opening is entered first, each time.
pub async fn desk_page(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    (position, page): (u32, u32),
) -> Result<Vec<u8>, PictureError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::ReviewText).await?;
    let item = case.item(position).ok_or(Stopped::NotFound)?.review.item;
    let texts = case.texts(office, &item).await?;
    let pages = texts.pages.ok_or(Stopped::NotFound)?;
    if page as usize >= pages.pages.len() {
        return Err(Stopped::NotFound.into());
    }
    office.book().seen(&operation, Act::PaperSeen, item.file, Some((item.record, Kind::Paper))).await?;
    let bytes = office.book().body(pages.file, pages.body).await?;
    let (worker, name) = (office.worker().clone(), pages.file_name.clone());
    let image = tokio::task::spawn_blocking(move || worker.page(&name, &bytes, page, DESK_DPI)).await;
    Ok(image.map_err(|_| PictureError::BrokenOff)??.png)
}

/// A page of an item as it will leave, for whoever checks the answer.
pub async fn sent_page(
    office: &Office,
    who: &SignedIn,
    reference: &str,
    (position, page): (u32, u32),
) -> Result<Made, PictureError> {
    let case = Case::load(office, reference).await?;
    let operation = case.permit(office, who, Action::SeeReview).await?;
    let review = case.item(position).ok_or(Stopped::NotFound)?.review.clone();
    let texts = case.texts(office, &review.item).await?;
    let pages = as_pictures(&texts, &review).ok_or(Stopped::NotFound)?;
    // The numbers of boxes follow from all items before this one.
    let opened = Opened::load(office, case).await?;
    let mut items = opened.answer().seen.items;
    let item = items.iter_mut().find(|item| item.position == position);
    let seen = match item {
        Some(item) => std::mem::take(&mut item.sent.pages),
        None => as_sent(&texts, &review, &mut Numbering::default()).pages,
    };
    let seen = seen.into_iter().find(|one| one.number == page + 1).ok_or(Stopped::NotFound)?;
    office.book().seen(&operation, Act::PaperSeen, review.item.file, Some((review.item.record, Kind::Paper))).await?;
    let bytes = office.book().body(pages.file, pages.body).await?;
    let mut made = render(office, pages, bytes, vec![seen]).await?;
    made.pop().ok_or_else(|| Stopped::NotFound.into())
}

/// The pages of an item, made anew for the pack, in their order.
pub async fn pictures(office: &Office, pages: &PaperPages, item: &SeenItem) -> Result<Vec<Made>, PictureError> {
    let bytes = office.book().body(pages.file, pages.body).await?;
    render(office, pages, bytes, item.sent.pages.clone()).await
}

async fn render(
    office: &Office,
    pages: &PaperPages,
    bytes: Zeroizing<Vec<u8>>,
    seen: Vec<SeenPage>,
) -> Result<Vec<Made>, PictureError> {
    let (worker, name) = (office.worker().clone(), pages.file_name.clone());
    let work = tokio::task::spawn_blocking(move || {
        let one = |page: SeenPage| -> Result<Made, PictureError> {
            let image = worker.page(&name, &bytes, page.number - 1, DPI)?;
            Ok(make(&image.png, page.size, &page.burns)?)
        };
        // Each page is drawn in a child and written here: on two cores two pages are under way.
        seen.into_par_iter().map(one).collect::<Result<Vec<Made>, _>>()
    });
    work.await.map_err(|_| PictureError::BrokenOff)?
}
