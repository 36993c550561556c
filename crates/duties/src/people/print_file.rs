//! Printing a file: a summary, a chronology or everything, as numbered pages that say who printed them and when.

use access::Action;
use book::{Act, OpenFile, Opened};
use papers::document::{Block, Document, DocumentKind, Inline, Letterhead, Table, heading, paragraph, text};
use records::people::{ParentalResponsibility, Safe};
use records::{Content, FileId, Kind, Source, State, operation};

use crate::office::{House, Office};
use crate::people::chronology::{Happening, Narrow, called};
use crate::people::{Why, happened_on, is_recent};
use crate::permit::SignedIn;
use crate::requests::review::{Around, Role, day_in_words, item_texts};
use crate::stopped::Stopped;

/// How much is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Who the person is and what holds now.
    Summary,
    /// What happened, oldest first.
    Chronology,
    /// Both.
    Whole,
}

impl Extent {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Self; 3] = [Self::Summary, Self::Chronology, Self::Whole];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Chronology => "chronology",
            Self::Whole => "whole",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Summary => "Summary",
            Self::Chronology => "Chronology",
            Self::Whole => "Whole file",
        }
    }

    /// The extent that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extent| extent.slug() == slug)
    }
}

/// What is printed.
pub struct Printing {
    /// How much.
    pub extent: Extent,
    /// Which happenings; a summary has none.
    pub narrow: Narrow,
    /// Also what is older than thirty days.
    pub history: bool,
}

/// The paper of a file, to be typeset. That it was printed is in the ledger before this returns.
///
/// # Errors
/// As for opening the file; the history asks for the second factor and a reason.
pub async fn print_file(
    office: &Office,
    who: &SignedIn,
    file: FileId,
    why: &Why,
    what: &Printing,
) -> Result<Document, Stopped> {
    let action = if what.history { Action::SeeHistory } else { Action::OpenFile };
    let operation = office.permit(who, action, Some(file), why.purpose, &why.reason).await?;
    let mut opened = office.book().file_in_passing(file).await?;
    office.with_other_files(who, action, why, &mut opened).await?;
    let today = operation.today();
    if !what.history {
        opened.records.retain(|record| is_recent(record, today));
    }
    let house = office.house().await?;
    let document = document(office, &house, &opened, what, &footer(who, operation.now), today);
    office.book().seen(&operation, Act::Printed, file, None).await?;
    Ok(document)
}

fn footer(who: &SignedIn, now: jiff::Timestamp) -> String {
    let at = operation::london(now);
    format!("Printed by {} on {}, {:02}:{:02}", who.name, day_in_words(at.date()), at.hour(), at.minute())
}

fn document(
    office: &Office,
    house: &House,
    file: &OpenFile,
    what: &Printing,
    footer: &str,
    today: jiff::civil::Date,
) -> Document {
    let title = match what.extent {
        Extent::Summary => "Summary of a file",
        Extent::Chronology => "Chronology",
        Extent::Whole => "A whole file",
    };
    let mut paper = Document::new(DocumentKind::Notice, title, today);
    paper.reference = Some(short(file.file));
    paper.letterhead = Letterhead { organisation: house.charity.1.name.clone(), lines: Vec::new() };
    paper.footer = Some(footer.to_owned());
    paper.blocks.push(Block::Callout {
        title: "Confidential".to_owned(),
        body: vec![text(
            "This paper is about a person. Keep it with you, show it to nobody who does not need it, and destroy it when \
             it has done its work. What changes later is not on it.",
        )],
    });
    paper.blocks.push(Block::Facts(who_it_is(file)));
    paper.blocks.extend(warnings(file));
    if what.extent != Extent::Chronology {
        paper.blocks.extend(summary(office, house, file));
    }
    if what.extent != Extent::Summary {
        paper.blocks.extend(chronology(office, house, file, &what.narrow, what.history));
    }
    paper
}

/// A number for the head of every page, so that a page that got loose finds its way back without a name on it.
fn short(file: FileId) -> String {
    let id: String = file.to_string().chars().filter(char::is_ascii_alphanumeric).collect();
    // The end of an id is random; its beginning tells when it was made.
    let end = id.get(id.len().saturating_sub(8)..).unwrap_or_default().to_uppercase();
    format!("File {}-{}", end.get(..4).unwrap_or_default(), end.get(4..).unwrap_or_default())
}

fn who_it_is(file: &OpenFile) -> Vec<(String, Vec<Inline>)> {
    let card = &file.card;
    let mut facts = vec![("Name".to_owned(), vec![Inline::Strong(card.name.for_paper().clone())])];
    if let Some(preferred) = &card.preferred {
        facts.push(("Called".to_owned(), text(preferred.for_paper())));
    }
    if let Some(born) = &card.born {
        facts.push(("Born".to_owned(), text(day_in_words(*born.for_paper()))));
    }
    facts.push(("Who they are".to_owned(), text(card.class.words())));
    facts
}

fn warnings(file: &OpenFile) -> Vec<Block> {
    let standing = file.of_kind(Kind::Warning).filter(|opened| opened.header.state != State::Superseded);
    standing
        .filter_map(|opened| match &opened.record.content {
            Content::Warning(warning) => Some(Block::Callout {
                title: warning.warning.words().to_owned(),
                body: vec![text(warning.text.for_paper())],
            }),
            _ => None,
        })
        .collect()
}

fn summary(office: &Office, house: &House, file: &OpenFile) -> Vec<Block> {
    let mut blocks = Vec::new();
    let current = |kind| file.of_kind(kind).filter(|opened| opened.header.state != State::Superseded);
    let rows: Vec<_> = current(Kind::Contact)
        .filter_map(|opened| match &opened.record.content {
            Content::Contact(contact) => Some(vec![
                text(contact.channel.words()),
                text(contact.value.for_paper()),
                text(match contact.safe {
                    Safe::Yes => "Yes",
                    Safe::No => "NO: never use it",
                    Safe::NotAsked => "Not asked yet",
                }),
                text(contact.mind.as_ref().map_or("", |mind| mind.for_paper().as_str())),
            ]),
            _ => None,
        })
        .collect();
    blocks.push(heading(1, "How to reach them"));
    blocks.push(table("Ways to reach them", &["By", "Where", "Safe to use?", "To mind"], rows, &[2, 4, 2, 3]));
    let rows: Vec<_> = current(Kind::Relationship)
        .filter_map(|opened| match &opened.record.content {
            Content::Relationship(relationship) => Some(vec![
                text(called(office, relationship.other)),
                text(relationship.relation.words()),
                text(match relationship.parental_responsibility {
                    ParentalResponsibility::Yes => "Yes",
                    ParentalResponsibility::No => "No",
                    ParentalResponsibility::NotKnown => "Not known",
                }),
                text(if relationship.same_household { "Yes" } else { "No" }),
            ]),
            _ => None,
        })
        .collect();
    blocks.push(heading(1, "Family and network"));
    let head = ["Name", "Is the", "Parental responsibility", "Same household"];
    blocks.push(table("Who belongs to them", &head, rows, &[4, 3, 3, 2]));
    for (kind, title) in [(Kind::Enrolment, "Services"), (Kind::Health, "Health"), (Kind::Financial, "Money")] {
        let entries: Vec<&Opened> = current(kind).collect();
        if !entries.is_empty() {
            blocks.push(heading(1, title));
            blocks.extend(entries.into_iter().flat_map(|opened| what_it_says(office, house, opened)));
        }
    }
    blocks
}

fn table(caption: &str, head: &[&str], rows: Vec<Vec<Vec<Inline>>>, widths: &[u8]) -> Block {
    if rows.is_empty() {
        return paragraph("Nothing is known yet.");
    }
    Block::Table(Table {
        caption: caption.to_owned(),
        head: head.iter().map(|&name| name.to_owned()).collect(),
        rows,
        row_headers: true,
        widths: widths.to_vec(),
    })
}

fn chronology(office: &Office, house: &House, file: &OpenFile, narrow: &Narrow, history: bool) -> Vec<Block> {
    let mut wanted: Vec<&Opened> = file
        .records
        .iter()
        .filter(|opened| Happening::of(opened.header.kind).is_some() && narrow.wants(office, house, file, opened))
        .collect();
    wanted.sort_by_key(|opened| happened_on(opened));
    let mut blocks = vec![heading(1, "What happened, oldest first"), paragraph(chosen(house, narrow, history))];
    if wanted.is_empty() {
        blocks.push(paragraph("Nothing in this choice."));
    }
    for opened in wanted {
        let day = operation::london_day(happened_on(opened));
        blocks.push(heading(2, format!("{}: {}", day_in_words(day), title_of(office, house, opened))));
        blocks.extend(what_it_says(office, house, opened));
    }
    blocks
}

/// What was chosen, so that whoever reads the paper knows what is not on it.
fn chosen(house: &House, narrow: &Narrow, history: bool) -> String {
    let mut said = vec![if history { "The whole time" } else { "The last 30 days" }.to_owned()];
    if let Some(what) = narrow.what {
        said.push(format!("only {}", what.words().to_lowercase()));
    }
    if let Some(service) = narrow.service {
        said.push(format!("only at {}", house.service_name(service)));
    }
    if let Some(from) = narrow.from {
        said.push(format!("from {}", day_in_words(from)));
    }
    if let Some(until) = narrow.until {
        said.push(format!("until {}", day_in_words(until)));
    }
    if !narrow.words.trim().is_empty() {
        said.push(format!("only with the words “{}”", narrow.words.trim()));
    }
    format!("{}.", said.join(", "))
}

fn title_of(office: &Office, house: &House, opened: &Opened) -> String {
    let called = |id: FileId| called(office, id);
    let texts = item_texts(&opened.record, &Around { house, called: &called });
    let title = texts.parts.iter().find(|part| part.role == Role::Title);
    title.map_or_else(|| texts.heading.to_owned(), |part| part.text.replace('\n', " "))
}

/// Facts and words of a record.
fn what_it_says(office: &Office, house: &House, opened: &Opened) -> Vec<Block> {
    let called = |id: FileId| called(office, id);
    let texts = item_texts(&opened.record, &Around { house, called: &called });
    let mut facts: Vec<(String, Vec<Inline>)> = Vec::new();
    let provenance = &opened.record.provenance;
    if let Some(writer) = provenance.written_by {
        let when = day_in_words(texts.written);
        facts.push(("Written".to_owned(), text(format!("by {} on {when}", house.staff_name(writer)))));
    }
    if let Some(whom) = &texts.in_confidence {
        facts.push(("In confidence".to_owned(), text(format!("told by {whom}"))));
    }
    facts.extend(texts.facts.into_iter().map(|(name, value)| (name, text(value))));
    let mut blocks = vec![Block::Facts(facts)];
    let from_us = provenance.source == Source::Staff;
    let said = texts.parts.iter().filter(|part| part.role != Role::Title && !(from_us && part.role == Role::Source));
    blocks
        .extend(said.flat_map(|part| part.text.split("\n\n")).filter(|words| !words.trim().is_empty()).map(paragraph));
    blocks
}
