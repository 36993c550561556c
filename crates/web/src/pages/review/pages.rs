//! The pages of papers on the desk: pictures with what is covered drawn over them, and boxes as a form.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use duties::papers::pages::{Area, Format};
use duties::papers::redact::Numbering;
use duties::papers::suggest::Kind;
use duties::requests::review::{
    AllOf, Decision, OnTheDesk, PaperPages, PictureError, SeenItem, area_of, desk_page, reason_of, sent_page, unseen,
};

use super::{Answered, Posted, all_posted, posted, reason};
use crate::app::{App, problem};
use crate::components::Pagination;
use crate::errors::Problem;
use crate::forms::{Choice, Field, Form};
use crate::records::FileId;
use crate::records::requests::Review;
use crate::who::Who;
use duties::papers::redact::RedactionReason;

/// So many pages stand on one screen.
const ON_ONE_SCREEN: usize = 6;

/// A box on a picture, in hundredths of a point.
pub struct BoxOn {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
    /// Drawn on the page; the others come from the text.
    pub drawn: bool,
}

/// A page on the desk.
pub struct PageOn {
    pub number: u32,
    pub of: usize,
    pub src: String,
    pub alt: String,
    pub width: u32,
    pub height: u32,
    pub boxes: Vec<BoxOn>,
}

/// A drawn box with the button that takes it away.
pub struct Drawn {
    pub words: String,
    pub reason: String,
    pub place: usize,
}

/// The pages of the item on the desk.
pub struct PagesOn {
    pub pages: Vec<PageOn>,
    pub drawn: Vec<Drawn>,
    pub screens: Pagination,
    pub many: bool,
    pub as_pictures: bool,
    pub unseen: usize,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests/{reference}/review/{position}/pages/{page}", get(on_the_desk))
        .route("/requests/{reference}/check/{position}/pages/{page}", get(as_sent))
}

/// The questions for a box, as a list for whoever does not draw.
pub fn ask(form: Form, of: usize) -> Form {
    let pages = (1..=of.max(1)).map(|page| Choice::new(page.to_string(), format!("Page {page}")));
    let side = |name: &str, label: &str| Field::text(name, label).width(4).suffix("%");
    form.ask(Field::select("box-page", "Page", pages))
        .ask(side("box-left", "From the left"))
        .ask(side("box-top", "From the top"))
        .ask(side("box-width", "Width"))
        .ask(side("box-height", "Height"))
        .ask(Field::text("box-words", "Words in the line").hint("Every line of the pages in which they stand."))
}

/// The pages of an item, where it has any that can be shown.
pub fn pages(desk: &OnTheDesk, here: &str, screen: usize, as_requester: bool) -> Option<PagesOn> {
    let all = desk.texts.pages.as_deref()?;
    let review = &desk.item.review;
    let screens = all.pages.len().div_ceil(ON_ONE_SCREEN);
    let screen = screen.clamp(1, screens.max(1));
    let sent = all.as_sent(&desk.texts, review, &mut Numbering::default());
    let shown = sent.iter().skip((screen - 1) * ON_ONE_SCREEN).take(ON_ONE_SCREEN);
    let as_pictures = review.as_images.unwrap_or(true);
    let pages = shown.map(|page| {
        let boxes = page.burns.iter().map(|burn| {
            let Area { left, top, width, height } = burn.area;
            let drawn = review.boxes.iter().any(|one| one.page + 1 == page.number && area_of(one) == burn.area);
            BoxOn { left, top, width, height, drawn }
        });
        PageOn {
            number: page.number,
            of: all.pages.len(),
            src: if as_requester {
                format!("{}/pages/{}", here.replace("/review/", "/check/"), page.number)
            } else {
                format!("{here}/pages/{}", page.number)
            },
            alt: format!("Page {} of {}. What could be read on it stands in the text.", page.number, all.pages.len()),
            width: page.size.0,
            height: page.size.1,
            boxes: if as_requester { Vec::new() } else { boxes.collect() },
        }
    });
    Some(PagesOn {
        pages: if as_requester && !as_pictures { Vec::new() } else { pages.collect() },
        drawn: drawn(all, review),
        screens: Pagination::new(screen, screens, |screen| format!("{here}?screen={screen}#pages")),
        many: screens > 1,
        as_pictures,
        unseen: unseen(&desk.texts, review).len(),
    })
}

fn drawn(all: &PaperPages, review: &Review) -> Vec<Drawn> {
    let one = |(place, one): (usize, &crate::records::requests::CoveredBox)| {
        let size = all.pages.get(one.page as usize).map_or((1, 1), |page| page.size);
        let share = |at: u32, whole: u32| u64::from(at) * 100 / u64::from(whole.max(1));
        let reason = reason_of(&one.reason);
        Drawn {
            words: format!(
                "Page {}: {} % from the left, {} % from the top, {} % wide, {} % high",
                one.page + 1,
                share(one.left, size.0),
                share(one.top, size.1),
                share(one.width, size.0),
                share(one.height, size.1)
            ),
            reason: format!("{}. {}", reason.number(), reason.name()),
            place,
        }
    };
    review.boxes.iter().enumerate().map(one).collect()
}

/// The kinds that are covered at once: the word in the form, and what a page calls them.
const KINDS: [(&str, &str, Kind); 9] = [
    ("phone", "Telephone numbers", Kind::Phone),
    ("email", "E-mail addresses", Kind::Email),
    ("postcode", "Postcodes", Kind::Postcode),
    ("address", "Addresses", Kind::Address),
    ("nhs", "NHS numbers", Kind::Nhs),
    ("nino", "National Insurance numbers", Kind::Nino),
    ("born", "Dates of birth", Kind::Dob),
    ("bank", "Bank details", Kind::Bank),
    ("car", "Car registrations", Kind::CarReg),
];

/// The questions for covering all of a person or kind.
pub fn ask_all(form: Form, people: &[(FileId, String)]) -> Form {
    let people = people.iter().map(|(file, name)| Choice::new(file.to_string(), name.clone()));
    let kinds = KINDS.map(|(slug, words, _)| Choice::new(slug, words));
    form.ask(Field::select("all-about", "Everything about", people)).ask(Field::select(
        "all-kind",
        "Everything of a kind",
        kinds,
    ))
}

/// What of which all is covered, where a form says so.
pub fn all_of(form: &Posted) -> Option<AllOf> {
    match posted(form, "do") {
        "cover-person" => posted(form, "all-about").parse().ok().map(AllOf::Person),
        "cover-kind" => {
            let slug = posted(form, "all-kind");
            KINDS.iter().find(|(known, ..)| *known == slug).map(|(.., kind)| AllOf::Kind(*kind))
        }
        _ => None,
    }
}

/// What is wrong with a box as it was typed: the field, and words.
pub type WrongBox = (&'static str, &'static str);

/// The box that was drawn or typed, in hundredths of a percent of the page.
pub fn typed_box(desk: &OnTheDesk, form: &Posted) -> Result<Decision, WrongBox> {
    const PER_CENT: &str = "Write a number from 0 to 100, such as 12.5";
    let side = |name: &'static str| {
        let typed = posted(form, name).trim().trim_end_matches('%').trim().replace(',', ".");
        let number: f64 = typed.parse().map_err(|_| (name, PER_CENT))?;
        if (0.0..=100.0).contains(&number) { Ok(number / 100.0) } else { Err((name, PER_CENT)) }
    };
    let page = posted(form, "box-page").parse::<u32>().ok().and_then(|page| page.checked_sub(1));
    let all = desk.texts.pages.as_ref();
    let chosen = page.and_then(|page| Some((page, all?.pages.get(page as usize)?)));
    let (page, sheet) = chosen.ok_or(("box-page", "Choose a page"))?;
    let (left, top) = (side("box-left")?, side("box-top")?);
    let (width, height) = (side("box-width")?, side("box-height")?);
    if width <= 0.0 || height <= 0.0 {
        return Err(("box-width", "Give the box a width and a height"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a page's side")]
    let of = |share: f64, side: u32| (share * f64::from(side)).round() as u32;
    let area = Area {
        left: of(left, sheet.size.0),
        top: of(top, sheet.size.1),
        width: of(width, sheet.size.0).max(1),
        height: of(height, sheet.size.1).max(1),
    };
    Ok(Decision::CoverBox(page, area, reason(form).unwrap_or(RedactionReason::AboutSomeoneElse)))
}

/// The pages that stood on the screen from which a form came, from 0.
pub fn looked_at(form: &Posted) -> Vec<u32> {
    let pages = all_posted(form, "seen-page").into_iter();
    pages.filter_map(|page| page.parse::<u32>().ok()?.checked_sub(1)).collect()
}

/// The pages of an item on the page of the second check.
pub fn check_pages(reference: &str, item: &SeenItem) -> Vec<PageOn> {
    let one = |page: &duties::requests::review::SeenPage| PageOn {
        number: page.number,
        of: page.of as usize,
        src: format!("/requests/{reference}/check/{}/pages/{}", item.position, page.number),
        alt: format!("Page {} of {} as it goes out. Its words stand below.", page.number, page.of),
        width: page.size.0,
        height: page.size.1,
        boxes: Vec::new(),
    };
    item.sent.pages.iter().map(one).collect()
}

fn image(media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    (headers, bytes).into_response()
}

fn not_shown(error: PictureError) -> Problem {
    match error {
        PictureError::Stopped(stopped) => problem(stopped),
        other => {
            tracing::warn!(error = %other, "a page of a paper could not be shown");
            Problem::NotFound
        }
    }
}

async fn on_the_desk(
    State(app): State<App>,
    Who(who): Who,
    Path((reference, position, page)): Path<(String, u32, u32)>,
) -> Answered {
    let page = page.checked_sub(1).ok_or(Problem::NotFound)?;
    let png = desk_page(&app.office, &who, &reference, (position, page)).await.map_err(not_shown)?;
    Ok(image("image/png", png))
}

async fn as_sent(
    State(app): State<App>,
    Who(who): Who,
    Path((reference, position, page)): Path<(String, u32, u32)>,
) -> Answered {
    let page = page.checked_sub(1).ok_or(Problem::NotFound)?;
    let made = sent_page(&app.office, &who, &reference, (position, page)).await.map_err(not_shown)?;
    let media_type = match made.format {
        Format::Png => "image/png",
        Format::Jpeg => "image/jpeg",
    };
    Ok(image(media_type, made.bytes))
}
