//! What an answer says around the records: the letter and the seven parts of clause T19, from the catalogue, the
//! disclosures and the policy in force.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use papers::document::Letterhead;
use papers::pack::{About, PackContents, PackItem, PackPage, Part, Regulator, SevenAnswers};
use papers::pages::{Format, Made};
use papers::redact::Segment;
use policy::Origin;
use records::requests::Verdict;
use records::work::LetterKind;
use records::{Content, Kind, PersonClass, catalogue};

use crate::office::{House, Office};
use crate::requests::letters::own_words;
use crate::requests::review::{Opened, PictureError, Seen, SeenItem, SeenPage, day_in_words, name_of, pictures};
use crate::stopped::Stopped;

/// To whom an answer is addressed.
#[derive(Clone, Debug)]
pub(crate) struct Addressee {
    /// The name.
    pub name: String,
    /// Name and address, one line each.
    pub lines: Vec<String>,
}

/// The contents of an answer, without letter and front: what is searched while it is still being checked.
pub(crate) fn contents_to_search(opened: &Opened, seen: &Seen) -> PackContents {
    let nobody = Addressee { name: String::new(), lines: Vec::new() };
    contents(opened, seen, &nobody, opened.case.request.received, Vec::new())
}

/// The whole contents of an answer.
pub(crate) fn contents(
    opened: &Opened,
    seen: &Seen,
    to: &Addressee,
    date: Date,
    signature: Vec<String>,
) -> PackContents {
    let case = &opened.case;
    let house = &case.house;
    let charity = &house.charity.1;
    let subject = case.subject.card.called().to_owned();
    let (opening, closing) = own_words(house, LetterKind::Cover);
    let about = if case.request.requester.is_some() { About::SomeoneElse(subject) } else { About::Reader };
    PackContents {
        reference: case.request.reference.clone(),
        date,
        language: "en-GB".to_owned(),
        letterhead: Letterhead {
            organisation: charity.name.clone(),
            lines: vec![
                charity.address.join(", "),
                format!("{} · {} · {}", charity.contact_phone, charity.contact_email, charity.registration),
            ],
        },
        addressee: to.lines.clone(),
        salutation: format!("Dear {}", to.name),
        requested: case.request.received,
        summary: vec![summary(opened, seen)],
        opening,
        closing,
        signature,
        answers: SevenAnswers {
            confirmation: confirmation(seen, &about),
            purposes: purposes(opened),
            categories: categories(opened),
            recipients: recipients(opened, seen),
            retention: retention(house, case.subject.class),
            source: sources(opened),
            rights: rights(house),
        },
        about,
        searched: searched(opened),
        items: items(opened, seen),
        left_out_whole: counted(seen),
        complain_to_us: complain(house),
        regulator: Regulator {
            name: charity.regulator.name.clone(),
            lines: charity.regulator.address.clone(),
            phone: charity.regulator.phone.clone(),
            website: with_scheme(&charity.regulator.website),
        },
        footer: Some(charity.name.clone()),
    }
}

fn with_scheme(website: &str) -> String {
    if website.is_empty() || website.contains("://") { website.to_owned() } else { format!("https://{website}") }
}

/// The records in the words that may be read. `seen` and the items are in the same order.
fn items(opened: &Opened, seen: &Seen) -> Vec<PackItem> {
    seen.items
        .iter()
        .filter_map(|item| {
            let (_, texts) = opened.items.iter().find(|(gathered, _)| gathered.review.position == item.position)?;
            Some(PackItem {
                kind: texts.kind.slug().to_owned(),
                heading: item.sent.heading.clone(),
                happened: texts.happened.or(Some(texts.written)),
                written: Some(texts.written),
                source: item.sent.source.clone(),
                facts: item.facts.clone(),
                text: item.sent.text.clone(),
                pages: pages_without_pictures(&item.sent.pages),
            })
        })
        .collect()
}

/// The pages with a picture of nothing, until the real ones are made: enough to search their words.
fn pages_without_pictures(pages: &[SeenPage]) -> Vec<PackPage> {
    let page = |page: &SeenPage| PackPage {
        number: page.number,
        of: page.of,
        picture: Arc::new(Made { bytes: Vec::new(), format: Format::Png, width: 0, height: 0, boxes: Vec::new() }),
        text: page.text.clone(),
        layer: page.layer.clone(),
    };
    pages.iter().map(page).collect()
}

/// Puts the real pictures into the contents. `seen` and the items of the contents are in the same order.
pub(crate) async fn put_pictures(
    office: &Office,
    opened: &Opened,
    seen: &Seen,
    contents: &mut PackContents,
) -> Result<(), PictureError> {
    for (item, to) in seen.items.iter().zip(&mut contents.items).filter(|(item, _)| !item.sent.pages.is_empty()) {
        let texts = opened.items.iter().find(|(gathered, _)| gathered.review.position == item.position);
        let pages = texts.and_then(|(_, texts)| texts.pages.as_deref()).ok_or(Stopped::NotFound)?;
        for (page, made) in to.pages.iter_mut().zip(pictures(office, pages, item).await?) {
            page.picture = Arc::new(made);
        }
    }
    Ok(())
}

fn counted(seen: &Seen) -> Vec<(papers::redact::RedactionReason, u32)> {
    let mut reasons = seen.left_out_whole.clone();
    reasons.sort();
    let mut counted: Vec<(papers::redact::RedactionReason, u32)> = Vec::new();
    for reason in reasons {
        match counted.last_mut() {
            Some((last, count)) if *last == reason => *count += 1,
            _ => counted.push((reason, 1)),
        }
    }
    counted
}

fn summary(opened: &Opened, seen: &Seen) -> String {
    let days = opened.items.iter().filter(|(gathered, _)| gathered.review.verdict == Verdict::Give);
    let days: BTreeSet<Date> = days.filter_map(|(_, texts)| texts.happened.or(Some(texts.written))).collect();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!(
            "This answer holds what we wrote and kept between {} and {}. First it says what we do with the information \
             and what rights there are; then come the records themselves, one after the other.",
            day_in_words(*first),
            day_in_words(*last)
        ),
        (Some(only), _) => {
            format!("This answer holds what we wrote and kept on {}, and says what we do with it.", day_in_words(*only))
        }
        _ if seen.left_out_whole.is_empty() => "We looked in every place where we keep information.".to_owned(),
        _ => "What we found had to be left out. This answer says why, and what you can do.".to_owned(),
    }
}

fn paragraph(words: impl Into<String>) -> Part {
    Part { paragraphs: vec![words.into()], points: Vec::new() }
}

fn confirmation(seen: &Seen, about: &About) -> Part {
    let whom = match about {
        About::Reader => "you",
        About::SomeoneElse(name) => name.as_str(),
    };
    if seen.items.is_empty() && seen.left_out_whole.is_empty() {
        return paragraph(format!("No. We looked, and hold no information about {whom}."));
    }
    paragraph(format!("Yes. We hold information about {whom}, and this is a copy of it."))
}

/// The kinds of record that this person's file really holds, in the catalogue's order.
fn kinds(opened: &Opened) -> Vec<catalogue::Entry> {
    let in_file = opened.case.subject.records.iter().map(|one| one.header.kind);
    let linked = opened.items.iter().map(|(_, texts)| texts.kind);
    let held: BTreeSet<Kind> = in_file.chain(linked).collect();
    let entries = held.into_iter().map(catalogue::entry);
    entries.filter(|entry| entry.in_pack != catalogue::InPack::House).collect()
}

fn purposes(opened: &Opened) -> Part {
    let mut points: Vec<String> = Vec::new();
    for entry in kinds(opened) {
        let point = format!("{} ({})", entry.purpose.words(), entry.basis.words());
        if !points.contains(&point) {
            points.push(point);
        }
    }
    Part {
        paragraphs: vec!["We use it for these purposes. The words in brackets say why the law lets us:".to_owned()],
        points,
    }
}

fn categories(opened: &Opened) -> Part {
    let points = kinds(opened).into_iter().map(|entry| entry.plain.to_owned()).collect();
    Part { paragraphs: vec!["We hold these kinds of information:".to_owned()], points }
}

/// From the sharing log. A recipient whose name is covered in its item is not named here either.
fn recipients(opened: &Opened, seen: &Seen) -> Part {
    let mut points = Vec::new();
    let mut unnamed = false;
    for one in &opened.case.subject.records {
        let Content::Disclosure(disclosure) = &one.record.content else { continue };
        let mut of_item = opened.items.iter().filter(|(gathered, _)| gathered.review.item.record == one.header.id);
        let open =
            of_item.all(|(gathered, _)| gathered.review.verdict == Verdict::Give && gathered.review.covered.is_empty());
        if open {
            points.push(format!(
                "{}, on {}, {}",
                disclosure.to.for_paper(),
                day_in_words(disclosure.on),
                disclosure.ground.words()
            ));
        } else {
            unnamed = true;
        }
    }
    if unnamed {
        points.push("others, whom we may not name here; the records say why".to_owned());
    }
    let first = match (points.is_empty(), seen.items.is_empty()) {
        (true, _) => {
            "Our own staff have it for their work. We have no record of giving it to anybody outside the charity, or of \
                      sending it to another country."
        }
        (false, _) => "Our own staff have it for their work. We also gave something of it to:",
    };
    Part { paragraphs: vec![first.to_owned()], points }
}

/// How long, in the figures and in the very words of the policy in force.
fn retention(house: &House, class: PersonClass) -> Part {
    let (key, from) = crate::keeping::keep_key(class);
    let settings = house.settings();
    let Some(setting) = settings.get(key).or_else(|| settings.get("keep:longer")) else {
        return paragraph("We keep it no longer than we need it for the purposes above, and then destroy it.");
    };
    let at_least = matches!(&setting.origin, Origin::Text { words, .. } if words.to_lowercase().contains("at least"));
    let at_least = if at_least { "at least " } else { "" };
    let mut part = match settings.get(key) {
        Some(setting) => paragraph(format!(
            "We keep the file for {at_least}{} {from}, longer only where the law or a service’s rules ask for it. Then we \
             destroy it.",
            setting.value
        )),
        None => paragraph("We keep it no longer than we need it for the purposes above, and then destroy it."),
    };
    if let Origin::Text { words, .. } = &setting.origin {
        part.paragraphs.push(format!("Our policy says: “{}”", words.trim()));
    }
    part
}

fn sources(opened: &Opened) -> Part {
    let mut points: Vec<String> = Vec::new();
    for one in &opened.case.subject.records {
        let words = one.record.provenance.source.words().to_owned();
        if !points.contains(&words) {
            points.push(words);
        }
    }
    let first = "It came from the following. Beside each record stands where that record came from.";
    Part { paragraphs: vec![first.to_owned()], points }
}

fn rights(house: &House) -> Part {
    let charity = &house.charity.1;
    Part {
        paragraphs: vec![
            format!(
                "Write to {} or ring {}. You can also complain to us, and to the regulator, the {}; the last part of this \
                 answer says how. Our record system decides nothing about you by itself.",
                charity.contact_email, charity.contact_phone, charity.regulator.name
            ),
            "You can ask us to do the following. It is free, and we answer within one month:".to_owned(),
        ],
        points: [
            "put right what is wrong, and complete what is missing",
            "erase what we no longer need or should not have",
            "stop using it for a while, for instance until a mistake is put right",
            "stop a use that you object to",
            "give you, in a form that computers can read, what you gave us",
        ]
        .map(str::to_owned)
        .to_vec(),
    }
}

fn searched(opened: &Opened) -> Vec<String> {
    let request = opened.case.header.id;
    let mut places: Vec<String> = opened
        .case
        .subject
        .records
        .iter()
        .filter_map(|one| match &one.record.content {
            Content::Search(search) if search.request == request && search.done.is_some() => Some(search.place.clone()),
            _ => None,
        })
        .collect();
    if places.is_empty() {
        places.push("Our record book".to_owned());
    }
    places
}

fn complain(house: &House) -> Part {
    let charity = &house.charity.1;
    let acknowledged = policy::Value::Span(house.settings().acknowledge_complaint().value);
    Part {
        paragraphs: vec![
            format!(
                "Write to {}, {}, send an e-mail to {}, or ring {}. Say what is wrong and what you would like us to do.",
                charity.name,
                charity.address.join(", "),
                charity.contact_email,
                charity.contact_phone
            ),
            format!(
                "We tell you within {acknowledged} that we have your complaint, look into it, and tell you what came of it."
            ),
        ],
        points: Vec::new(),
    }
}

/// How many places are covered in the items.
pub(crate) fn places_covered(seen: &Seen) -> u32 {
    let covered = |segment: &&Segment| matches!(segment, Segment::Covered { .. });
    let in_item = |item: &SeenItem| {
        let on_pages = item.sent.pages.iter().flat_map(|page| &page.text);
        item.sent.text.iter().chain(on_pages).filter(covered).count()
    };
    let count: usize = seen.items.iter().map(in_item).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The name of the person to whom the answer goes: whoever asked.
pub(crate) fn reader_name(office: &crate::office::Office, opened: &Opened) -> String {
    let request = &opened.case.request;
    match &request.requester {
        Some(requester) => match (requester.file, &request.details.name) {
            (Some(file), _) => name_of(office, file),
            (None, Some(name)) => name.for_paper().clone(),
            (None, None) => "whoever asked".to_owned(),
        },
        None => opened.case.subject.card.name.for_paper().clone(),
    }
}
