//! Today (S1): what needs somebody, late first. Nothing late can hide.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use duties::complaints::ComplaintLine;
use duties::keeping::KeepingDue;
use duties::portal::ArrivalLine;
use duties::post::AffairKind;
use duties::requests::{InboxLine, OpenConsultation};
use duties::today::{Hosting, NoticeOwed, Today, UnsentLetter, see_today};
use jiff::civil::Date;

use super::letters::moment;
use super::requests::due_tag;
use crate::app::{App, problem};
use crate::components::{Tag, Tone};
use crate::errors::Problem;
use crate::page::{Page, Section, Shell, Title};
use crate::records::{FileId, Purpose};
use crate::who::Who;

/// One thing to do.
struct Line {
    tag: Tag,
    words: String,
    href: String,
    more: String,
}

#[derive(Template)]
#[template(path = "today.html")]
struct TodayPage {
    shell: Shell,
    heading: String,
    late: usize,
    lists: Vec<(&'static str, Vec<Line>)>,
    others: String,
    may_add: bool,
}

impl TodayPage {
    fn late_words(&self) -> String {
        if self.late == 1 { "1 answer is".to_owned() } else { format!("{} answers are", self.late) }
    }
}

/// The pages of this part.
pub fn routes() -> Router<App> {
    Router::new().route("/today", get(show))
}

async fn show(State(app): State<App>, who: Who) -> Result<Response, Problem> {
    let today = see_today(&app.office, &who.0).await.map_err(problem)?;
    let shell = app.shell(&who, Title::new("Today")).await?.at(Section::Today);
    let add = crate::access::Action::FindPeople;
    let page = TodayPage {
        shell,
        heading: heading(today.count()),
        late: today.requests.iter().filter(|line| line.due.late).count()
            + today.complaints.iter().filter(|line| line.late).count(),
        others: others(&today),
        lists: lists(&today),
        may_add: app.office.would_permit(&who.0, add, None, Purpose::Support).await,
    };
    Ok(Page::new(page).into_response())
}

fn heading(count: usize) -> String {
    match count {
        0 => "Today: nothing needs you".to_owned(),
        1 => "Today: 1 thing needs you".to_owned(),
        more => format!("Today: {more} things need you"),
    }
}

fn lists(today: &Today) -> Vec<(&'static str, Vec<Line>)> {
    let day = today.day;
    let (waiting, running): (Vec<_>, Vec<_>) = today.requests.iter().partition(|line| line.due.stopped.is_some());
    let mut lists = vec![
        ("What came in", today.arrivals.iter().map(arrival).collect::<Vec<_>>()),
        (
            "Waiting for you as the second person",
            today.checks.iter().map(check).chain(today.keeping.to_agree.iter().map(agree)).collect(),
        ),
        ("You look through an answer with somebody", today.hosting.iter().map(host).collect()),
        ("Requests", running.into_iter().map(request).collect()),
        ("Complaints", today.complaints.iter().map(complaint).collect()),
        ("Questions and changes", today.wishes.iter().map(|line| wish(day, line)).collect()),
        ("Messages to answer", today.messages.iter().map(message).collect()),
        ("Asked others", today.consultations.iter().map(|one| asked(day, one)).collect()),
        ("Letters to send", today.letters.iter().map(letter).collect()),
        ("Notices to give", today.notices.iter().map(notice).collect()),
        ("Keep or dispose", keeping(day, &today.keeping)),
        ("Waiting for somebody outside", waiting.into_iter().map(request).collect()),
    ];
    lists.retain(|(_, lines)| !lines.is_empty());
    lists
}

fn arrival(line: &ArrivalLine) -> Line {
    Line {
        tag: Tag::new("Came in", Tone::Yellow),
        words: format!("{}: read it, and take it in", line.number),
        href: format!("/arrivals/{}", line.number),
        more: format!("Came {}, {}", line.way.words(), moment(line.came)),
    }
}

fn complaint(line: &ComplaintLine) -> Line {
    Line {
        tag: Tag::new(line.words.clone(), if line.late { Tone::Red } else { Tone::Plain }),
        words: format!("{}: complaint about {}", line.reference, line.subject.clone().unwrap_or_default()),
        href: format!("/complaints/{}", line.reference),
        more: format!("Came {}", duties::clock::short_date(line.received)),
    }
}

fn due(day: Date, due: Date) -> Tag {
    Tag::new(duties::requests::due_words(day, due), if due < day { Tone::Red } else { Tone::Plain })
}

fn wish(day: Date, (reference, count, by): &(String, usize, Date)) -> Line {
    Line {
        tag: due(day, *by),
        words: format!("{reference}: what they ask or want changed"),
        href: format!("/requests/{reference}/wishes"),
        more: if *count == 1 { "1 is open".to_owned() } else { format!("{count} are open") },
    }
}

fn message((kind, reference): &(AffairKind, String)) -> Line {
    Line {
        tag: Tag::new("New message", Tone::Yellow),
        words: format!("{reference}: they wrote to you"),
        href: format!("/{}/{reference}/messages", kind.slug()),
        more: "They read your answer with number and secret".to_owned(),
    }
}

fn asked(day: Date, one: &OpenConsultation) -> Line {
    let (tag, more) = if one.answered {
        (Tag::new("To be weighed", Tone::Yellow), "Their answer is there; decide")
    } else {
        (due(day, one.reply_by), "Their answer is wanted")
    };
    Line {
        tag,
        words: format!("{}: somebody was asked", one.reference),
        href: format!("/requests/{}/consultations", one.reference),
        more: more.to_owned(),
    }
}

fn letter(letter: &UnsentLetter) -> Line {
    Line {
        tag: letter.failed.map_or_else(|| Tag::new("Not sent yet", Tone::Yellow), |words| Tag::new(words, Tone::Red)),
        words: format!("{}: send the letter", letter.reference),
        href: format!("/{}/{}/letters/{}", letter.kind.slug(), letter.reference, letter.letter),
        more: format!("{}, written {}", letter.words, duties::clock::short_date(letter.dated)),
    }
}

fn notice(notice: &NoticeOwed) -> Line {
    Line {
        tag: Tag::new(notice.due.clone(), if notice.late { Tone::Red } else { Tone::Plain }),
        words: format!("{}: give the privacy notice", notice.name),
        href: format!("/people/{}", notice.file),
        more: "Full, Easy Read, or explained in conversation".to_owned(),
    }
}

fn host(one: &Hosting) -> Line {
    let (day, time) = (duties::clock::short_date(one.planned.date()), one.planned.strftime("%H:%M"));
    Line {
        tag: Tag::new(format!("{day}, {time}"), Tone::Purple),
        words: format!("{}: you are the host", one.reference),
        href: format!("/requests/{}/viewing/{}", one.reference, one.number),
        more: "Where, who comes, and the answer to show".to_owned(),
    }
}

fn agree((file, name): &(FileId, String)) -> Line {
    Line {
        tag: Tag::new("Second person", Tone::Yellow),
        words: format!("{name}: agree that the file is destroyed, or call it off"),
        href: format!("/disposals/{file}"),
        more: "Its time is over".to_owned(),
    }
}

fn keeping(day: Date, due: &KeepingDue) -> Vec<Line> {
    let over = Line {
        tag: Tag::new("Decide", Tone::Yellow),
        words: match due.due {
            1 => "1 file’s time is over".to_owned(),
            more => format!("{more} files’ time is over"),
        },
        href: "/disposals".to_owned(),
        more: "Put them forward, or keep them longer for a reason".to_owned(),
    };
    let holds = due.holds.iter().map(|(file, name, on)| Line {
        tag: self::due(day, *on),
        words: format!("{name}: is the file still needed?"),
        href: format!("/people/{file}/keeping"),
        more: "It is kept longer than usual".to_owned(),
    });
    (due.due > 0).then_some(over).into_iter().chain(holds).collect()
}

fn request(line: &InboxLine) -> Line {
    let about = line.subject.clone().unwrap_or_default();
    let owner = line.owner.as_ref().map_or_else(|| "nobody\u{2019}s yet".to_owned(), |(_, name)| name.clone());
    Line {
        tag: due_tag(&line.due).unwrap_or_else(|| Tag::new(line.due.words.clone(), Tone::Plain)),
        words: format!("{}: access request about {about}", line.reference),
        href: format!("/requests/{}", line.reference),
        more: format!("{}. Owner: {owner}", line.stage.words()),
    }
}

fn check(line: &InboxLine) -> Line {
    Line {
        words: format!("{}: check what will go out", line.reference),
        href: format!("/requests/{}/check", line.reference),
        ..request(line)
    }
}

fn others(today: &Today) -> String {
    let count = |n: usize| if n == 1 { "1 open request is".to_owned() } else { format!("{n} open requests are") };
    match (today.others, today.others_late) {
        (0, _) => String::new(),
        (all, 0) => format!("{} with others, none of them late.", count(all)),
        (all, late) => format!("{} with others, {late} of them late.", count(all)),
    }
}
