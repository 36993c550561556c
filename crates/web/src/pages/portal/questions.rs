//! The questions of asking, page by page, and the answers as they travel from page to page in the form itself: nothing
//! is kept anywhere before somebody saves or sends it.

use duties::portal::Wrong;

use crate::forms::{Choice, Field, Form};
use crate::posted::{Posted, words};
use crate::records::Personal;
use crate::records::arrival::{Answers, Asking, Reach, Want};
use crate::words::Words;

/// The pages, in order.
pub const STEPS: [&str; 6] = ["asking", "want", "subject", "about", "reach", "known"];
/// After the last: everything once more, to check.
pub const CHECK: &str = "check";

/// Every answer, and the page that asks it.
const ANSWERS: [(&str, &str); 11] = [
    ("asking", "asking"),
    ("want", "want"),
    ("subject", "subject"),
    ("born", "subject"),
    ("name", "subject"),
    ("relation", "subject"),
    ("about", "about"),
    ("reach", "reach"),
    ("reach-at", "reach"),
    ("reach-not", "reach"),
    ("known-by", "known"),
];

/// The page that asks for an answer.
pub fn page_of(answer: &str) -> &'static str {
    ANSWERS.iter().find(|(name, _)| *name == answer).map_or(STEPS[0], |(_, page)| page)
}

/// The answers as they were posted.
pub fn answers(posted: &Posted) -> Answers {
    let text = |name: &str| {
        let typed = words(posted, name);
        (!typed.is_empty()).then(|| Personal::new(typed.to_owned()))
    };
    let asking = Asking::from_slug(words(posted, "asking"));
    let for_another = asking.is_some_and(|asking| asking != Asking::Person);
    let reach = Reach::from_slug(words(posted, "reach"));
    Answers {
        asking,
        want: Want::from_slug(words(posted, "want")),
        subject: text("subject"),
        born: text("born"),
        name: text("name").filter(|_| for_another),
        relation: text("relation").filter(|_| for_another),
        about: text("about"),
        reach,
        reach_at: text("reach-at").filter(|_| reach != Some(Reach::Website)),
        reach_not: text("reach-not"),
        known_by: text("known-by"),
    }
}

/// The same the other way: as a form would post them.
pub fn posted_from(answers: &Answers) -> Posted {
    let text = |words: &Option<Personal<String>>| words.as_ref().map(|words| words.for_page().clone());
    [
        ("asking", answers.asking.map(|one| one.slug().to_owned())),
        ("want", answers.want.map(|one| one.slug().to_owned())),
        ("subject", text(&answers.subject)),
        ("born", text(&answers.born)),
        ("name", text(&answers.name)),
        ("relation", text(&answers.relation)),
        ("about", text(&answers.about)),
        ("reach", answers.reach.map(|one| one.slug().to_owned())),
        ("reach-at", text(&answers.reach_at)),
        ("reach-not", text(&answers.reach_not)),
        ("known-by", text(&answers.known_by)),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value)))
    .collect()
}

/// The answers that a page does not ask, to be sent along with it.
pub fn carried(posted: &Posted, step: &str) -> Posted {
    ANSWERS
        .iter()
        .filter(|(_, page)| *page != step)
        .map(|(name, _)| ((*name).to_owned(), words(posted, name).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// The questions of one page, with what was answered before.
pub fn form(w: Words, step: &str, posted: &Posted) -> Form {
    let so_far = answers(posted);
    let form = match step {
        "want" => one_of(w, "want", Want::ALL.iter().map(|want| want.slug()), w.t("want-title")),
        "subject" => subject(w, so_far.asking),
        "about" => about(w, so_far.want),
        "reach" => reach(w),
        "known" => Form::new().ask(Field::area("known-by", w.t("known-label")).hint(w.t("optional")).size("s").rows(3)),
        _ => one_of(w, "asking", Asking::ALL.iter().map(|one| one.slug()), w.t("asking-title")),
    };
    form.fill(posted)
}

/// The heading of a page whose questions do not bear it themselves, and a line below it.
pub fn heading(w: Words, step: &str, posted: &Posted) -> (String, String) {
    let so_far = answers(posted);
    let own = so_far.asking == Some(Asking::Person);
    match step {
        "subject" if own => (w.t("subject-title-own"), String::new()),
        "subject" => (w.t("subject-title"), String::new()),
        "about" => (w.t("about-title"), String::new()),
        "reach" => (w.t("reach-title"), w.t("reach-hint")),
        "known" => (w.t("known-title"), w.t("known-hint")),
        "asking" => (String::new(), w.t("asking-hint")),
        _ => Default::default(),
    }
}

/// The picture that stands beside a page in Easy Read.
pub fn picture(step: &str) -> &'static str {
    match step {
        "asking" => "person",
        "want" => "question",
        "subject" => "two-people",
        "about" => "pen",
        "reach" => "letter",
        "known" => "key",
        _ => "tick",
    }
}

fn one_of(w: Words, name: &str, slugs: impl Iterator<Item = &'static str>, title: String) -> Form {
    let choices = slugs.map(|slug| Choice::new(slug, w.t(&format!("{name}-{slug}"))));
    Form::new().ask(Field::radios(name, title, choices).heading())
}

fn subject(w: Words, asking: Option<Asking>) -> Form {
    let own = asking == Some(Asking::Person);
    let label = if own { w.t("subject-label-own") } else { w.t("subject-label") };
    let form = Form::new()
        .ask(Field::text("subject", label).size("s").autocomplete("off"))
        .ask(Field::text("born", w.t("born-label")).hint(w.t("born-hint")).size("s").width(10).autocomplete("off"));
    if own {
        return form;
    }
    form.ask(Field::text("name", w.t("name-label")).size("s").autocomplete("off"))
        .ask(Field::text("relation", w.t("relation-label")).hint(w.t("relation-hint")).size("s").width(20))
}

fn about(w: Words, want: Option<Want>) -> Form {
    let hint = match want {
        Some(Want::See) => w.t("about-hint-see"),
        Some(Want::Complain) => w.t("about-hint-complain"),
        _ => w.t("about-hint-other"),
    };
    Form::new().ask(Field::area("about", w.t("about-label")).hint(hint).size("s").rows(7))
}

fn reach(w: Words) -> Form {
    let choices = Reach::ALL.iter().map(|one| Choice::new(one.slug(), w.t(&format!("reach-{}", one.slug()))));
    Form::new()
        .ask(Field::radios("reach", w.t("reach-title"), choices).size("s"))
        .ask(Field::area("reach-at", w.t("reach-at-label")).size("s").rows(3).autocomplete("off"))
        .ask(Field::area("reach-not", w.t("reach-not-label")).hint(w.t("reach-not-hint")).size("s").rows(3))
}

/// What is wrong with an answer, in the portal's words.
pub fn wrong_words(w: Words, name: &str, wrong: Wrong) -> String {
    match wrong {
        Wrong::Missing => w.t(&format!("{name}-missing")),
        Wrong::TooLong => w.t("too-long"),
        Wrong::NoAddress => w.t("reach-at-wrong"),
    }
}

/// One answer on the page on which all are checked: question, answer, and the page that asks it.
pub struct Checked {
    pub question: String,
    pub answer: String,
    pub page: &'static str,
}

/// All answers, to be checked.
pub fn checked(w: Words, posted: &Posted) -> Vec<Checked> {
    let so_far = posted_from(&answers(posted));
    let own = words(&so_far, "asking") == Asking::Person.slug();
    ANSWERS
        .iter()
        .filter(|(name, _)| !own || !matches!(*name, "name" | "relation"))
        .filter(|(name, _)| *name != "reach-at" || words(&so_far, "reach") != Reach::Website.slug())
        .map(|(name, page)| {
            let typed = words(&so_far, name);
            let answer = match *name {
                _ if typed.is_empty() => w.t("check-empty"),
                "asking" | "want" | "reach" => w.t(&format!("{name}-{typed}")),
                _ => typed.to_owned(),
            };
            Checked { question: question(w, name, own), answer, page }
        })
        .collect()
}

fn question(w: Words, name: &str, own: bool) -> String {
    match name {
        "asking" => w.t("asking-title"),
        "want" => w.t("want-title"),
        "subject" if own => w.t("subject-label-own"),
        "subject" => w.t("subject-label"),
        "born" => w.t("born-label"),
        "name" => w.t("name-label"),
        "relation" => w.t("relation-label"),
        "about" => w.t("about-label"),
        "reach" => w.t("reach-title"),
        "reach-at" => w.t("reach-at-label"),
        "reach-not" => w.t("reach-not-label"),
        _ => w.t("known-title"),
    }
}
