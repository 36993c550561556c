//! The pack (S11): build it, look at it, and release it to a safe place.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Form as Body, Router};
use duties::requests::pack::{
    BuildPackError, How, OnPack, PackStanding, ReleaseError, Released, build_pack, open_pack, read_part, release_pack,
};
use duties::requests::review::day_in_words;
use serde::Deserialize;

use super::{Answered, Posted, file, posted, see};
use crate::app::{App, problem};
use crate::page::{Page, Section, Shell, Title};
use crate::records::operation::london_day;
use crate::records::people::Safe;
use crate::records::requests::Stage;
use crate::who::Who;

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
}

struct FileRow {
    name: String,
    about: &'static str,
    size: String,
}

struct PlaceRow {
    key: String,
    channel: &'static str,
    lines: Vec<String>,
    usable: bool,
    flag: String,
    mind: String,
}

#[derive(Template)]
#[template(path = "review/pack.html")]
struct PackPage {
    shell: Shell,
    reference: String,
    back: String,
    standing: PackStanding,
    reader: String,
    unsettled: Vec<String>,
    files: Vec<FileRow>,
    counts: String,
    expires: String,
    places: Vec<PlaceRow>,
    went: String,
    openings: usize,
    closed: bool,
    error: String,
    link: String,
    passphrase: String,
    /// Where a way to reach the person is added.
    add_place: String,
    /// Whether the person proved lately that it is them: files are opened and released only then.
    proved: bool,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/requests/{reference}/pack", get(show))
        .route("/requests/{reference}/pack/build", post(build))
        .route("/requests/{reference}/pack/release", post(release))
        .route("/requests/{reference}/pack/{file}", get(download))
}

fn about(name: &str) -> &'static str {
    match name {
        "access-pack.pdf" => "the whole answer, to read and print",
        "access-pack.html" => "the whole answer as a web page, for screen readers and phones",
        "access-pack.json" => "the whole answer for computer programs",
        "cover-letter.pdf" => "the letter alone",
        _ => "a file of the answer",
    }
}

fn many(count: u32, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// What is shown once, right after the release.
#[derive(Default)]
struct ShownOnce {
    link: String,
    passphrase: String,
}

fn page(shell: Shell, proved: bool, on: OnPack, (error, once): (String, ShownOnce)) -> PackPage {
    let request = &on.case.request;
    let reference = request.reference.clone();
    let places = on.destinations.into_iter().map(|place| PlaceRow {
        usable: place.usable(),
        flag: match (place.usable(), place.safe, place.only_in_request) {
            (false, _, _) if place.superseded => "Old: not used any more".to_owned(),
            (false, _, _) => "Not safe: never use it".to_owned(),
            (true, _, true) => "Only in the request: nobody has compared it".to_owned(),
            (true, Safe::Yes, _) => "Safe to use".to_owned(),
            (true, _, _) => "Nobody has asked whether it is safe".to_owned(),
        },
        key: place.key,
        channel: place.channel.words(),
        lines: place.value.lines().map(str::to_owned).collect(),
        mind: place.mind,
    });
    let pack = on.pack.as_ref();
    PackPage {
        back: format!("/requests/{reference}"),
        files: pack.map_or_else(Vec::new, |pack| {
            pack.parts
                .iter()
                .map(|part| FileRow {
                    name: part.file_name.clone(),
                    about: about(&part.file_name),
                    size: format!("{} kB", part.size.div_ceil(1024)),
                })
                .collect()
        }),
        counts: pack.map_or_else(String::new, |pack| {
            format!(
                "{}, {} left out. Every file was opened again and searched for {}: none was found.",
                many(pack.items, "record", "records"),
                many(pack.left_out, "place", "places"),
                many(pack.searched_for, "covered text", "covered texts")
            )
        }),
        expires: pack.map_or_else(String::new, |pack| day_in_words(london_day(pack.expires))),
        openings: pack.map_or(0, |pack| pack.opened.len()),
        places: places.collect(),
        went: request.release.as_ref().map_or_else(String::new, |release| {
            let to = release.to.for_page().replace('\n', ", ");
            format!("Released on {} to {to}.", day_in_words(london_day(release.at)))
        }),
        closed: request.stage == Stage::Closed,
        standing: on.standing,
        reader: on.reader,
        unsettled: on.unsettled,
        error,
        add_place: format!("/people/{}/contacts/new", on.case.file),
        link: once.link,
        passphrase: once.passphrase,
        proved,
        reference,
        shell,
    }
}

async fn render(app: &App, who: &Who, reference: &str, (error, once): (String, ShownOnce), done: &str) -> Answered {
    let on = open_pack(&app.office, &who.0, reference).await.map_err(problem)?;
    let title = Title::new("Pack").reference(reference).with_error(!error.is_empty());
    let mut shell = app.shell(who, title).await?.within(Section::Requests);
    let words = match done {
        "built" => "Built. Every file was opened again and searched.",
        "released" => "Released.",
        _ => "",
    };
    if !words.is_empty() {
        shell = shell.result(words, true);
    }
    let failed = !error.is_empty();
    let page = page(shell, who.0.stepped_up, on, (error, once));
    Ok(if failed { Page::with_errors(page).into_response() } else { Page::new(page).into_response() })
}

async fn show(State(app): State<App>, who: Who, Path(reference): Path<String>, Query(asked): Query<Asked>) -> Answered {
    render(&app, &who, &reference, <_>::default(), &asked.done).await
}

async fn build(State(app): State<App>, who: Who, Path(reference): Path<String>) -> Answered {
    let words = match build_pack(&app.office, &who.0, &reference).await {
        Ok(_) => return Ok(see(&format!("/requests/{reference}/pack?done=built"))),
        Err(BuildPackError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(BuildPackError::Leak(leaks)) => {
            let mut files: Vec<&str> = leaks.iter().map(|leak| leak.file).collect();
            files.dedup();
            format!(
                "Covered words can still be read in {}. Nothing was kept. Take the answer back and look for them.",
                files.join(" and ")
            )
        }
        Err(BuildPackError::NotMade(_)) => "The pack could not be made or searched. Nothing was kept.".to_owned(),
        Err(BuildPackError::NotApproved) => "A second person must approve the answer first.".to_owned(),
        Err(BuildPackError::ChangedSinceApproval) => {
            "The answer changed after it was approved. Have it checked again.".to_owned()
        }
    };
    render(&app, &who, &reference, (words, ShownOnce::default()), "").await
}

async fn release(
    State(app): State<App>,
    who: Who,
    Path(reference): Path<String>,
    Body(form): Body<Posted>,
) -> Answered {
    let how = How::from_slug(posted(&form, "how")).unwrap_or(How::Post);
    let confirmed = posted(&form, "confirmed") == "yes";
    let words = match release_pack(&app.office, &who.0, &reference, posted(&form, "to"), (how, confirmed)).await {
        Ok(Released::ByPost) => return Ok(see(&format!("/requests/{reference}/pack?done=released"))),
        // Shown here and nowhere else, so there is no redirect.
        Ok(Released::Link { token, passphrase }) => {
            let link = format!("/d/{}", token.for_page());
            let once = ShownOnce { link, passphrase: passphrase.for_page().clone() };
            return render(&app, &who, &reference, (String::new(), once), "released").await;
        }
        Err(ReleaseError::Stopped(stopped)) => return Err(problem(stopped)),
        Err(ReleaseError::Unsettled(_)) => "First settle who asks, and by what right. Nothing was released.",
        Err(ReleaseError::Destination) => "Choose a safe place that fits the way it goes: an address for post.",
        Err(ReleaseError::Unconfirmed) => "Compare name and address with the file, and tick that you did.",
        Err(ReleaseError::NotLocked(_)) => "The archive could not be made. Nothing was released. Try again.",
        Err(ReleaseError::NoPack) => "Build the pack of the approved answer first.",
    };
    render(&app, &who, &reference, (words.to_owned(), ShownOnce::default()), "").await
}

async fn download(State(app): State<App>, who: Who, Path((reference, name)): Path<(String, String)>) -> Answered {
    let (part, body) = read_part(&app.office, &who.0, &reference, &name).await.map_err(problem)?;
    Ok(file(&part.file_name, &part.media_type, &body))
}
