//! The words and the order of an answer: letter, the seven parts, contents, records, log, how to complain.

use super::{About, LeftOut, PackContents, PackPage, Part};
use crate::document::{
    Block, Document, DocumentKind, Inline, Item, ItemPage, Table, date_in_words, heading, paragraph, text,
};
use crate::redact::{RedactionReason, paragraphs};

/// The letter alone, for printing and posting beside a download.
pub fn cover_letter(contents: &PackContents) -> Document {
    let mut document = opening(contents, DocumentKind::Letter);
    document.blocks = letter(contents);
    document
}

/// The whole pack as one document: the letter in front, then everything else.
pub fn document(contents: &PackContents) -> Document {
    let mut document = opening(contents, DocumentKind::Pack);
    let mut blocks = letter(contents);
    blocks.push(Block::PageBreak);
    blocks.extend(seven_answers(contents));
    if !contents.searched.is_empty() {
        blocks.push(heading(1, "Where we looked"));
        blocks.push(Block::List(contents.searched.iter().map(text).collect()));
    }
    blocks.extend(reading_guide(contents));
    blocks.extend(records(contents));
    blocks.extend(log(contents));
    blocks.extend(complaints(contents));
    document.blocks = blocks;
    document
}

fn opening(contents: &PackContents, kind: DocumentKind) -> Document {
    let title = match contents.about {
        About::Reader => "Your information: our answer to your request",
        About::SomeoneElse(_) => "Our answer to your request for information",
    };
    let mut document = Document::new(kind, title, contents.date);
    document.language.clone_from(&contents.language);
    document.reference = Some(contents.reference.clone());
    document.letterhead = contents.letterhead.clone();
    document.addressee.clone_from(&contents.addressee);
    document.footer.clone_from(&contents.footer);
    document
}

fn letter(contents: &PackContents) -> Vec<Block> {
    let whose = match &contents.about {
        About::Reader => "the information that we hold about you".to_owned(),
        About::SomeoneElse(name) => format!("the information that we hold about {name}"),
    };
    let mut blocks = vec![
        paragraph(&contents.salutation),
        paragraph(format!("On {} you asked us for {whose}. This is our answer.", date_in_words(contents.requested))),
    ];
    blocks.extend(contents.opening.iter().chain(&contents.summary).map(paragraph));
    blocks.push(paragraph(counts(contents)));
    blocks.push(paragraph(
        "Some of what you read may be hard, or may not be how you remember it. If you would like to talk to somebody \
         about it, or if anything is unclear, please ask us.",
    ));
    blocks.push(paragraph(
        "If you think that something is wrong or missing, tell us. The last part of this answer says how to complain.",
    ));
    blocks.extend(contents.closing.iter().map(paragraph));
    blocks.push(paragraph("Yours sincerely"));
    if !contents.signature.is_empty() {
        blocks.push(Block::Signature(contents.signature.clone()));
    }
    blocks
}

/// How much is in the pack and how much is not, in one paragraph.
fn counts(contents: &PackContents) -> String {
    let records = match contents.items.len() {
        0 => "We found no records to send you.".to_owned(),
        1 => "You will find 1 record in this answer.".to_owned(),
        many => format!("You will find {many} records in this answer."),
    };
    let places = match contents.places_left_out() {
        0 => String::new(),
        1 => " We left out 1 part.".to_owned(),
        many => format!(" We left out {many} parts."),
    };
    let whole: u32 = contents.left_out_whole.iter().map(|(_, count)| count).sum();
    let whole = match whole {
        0 => String::new(),
        1 => " We left out 1 record as a whole.".to_owned(),
        many => format!(" We left out {many} records as a whole."),
    };
    let why = if places.is_empty() && whole.is_empty() {
        " We left nothing out."
    } else {
        " The part “What we left out” says why."
    };
    format!("{records}{places}{whole}{why}")
}

fn seven_answers(contents: &PackContents) -> Vec<Block> {
    let answers = &contents.answers;
    let held = match &contents.about {
        About::Reader => "Do we hold information about you?".to_owned(),
        About::SomeoneElse(name) => format!("Do we hold information about {name}?"),
    };
    [
        (held.as_str(), &answers.confirmation),
        ("Why we use it", &answers.purposes),
        ("What kinds of information it is", &answers.categories),
        ("Who has received it or may receive it", &answers.recipients),
        ("How long we keep it", &answers.retention),
        ("Where it came from", &answers.source),
        ("Your rights", &answers.rights),
    ]
    .into_iter()
    .flat_map(|(title, part)| std::iter::once(heading(1, title)).chain(part_blocks(part)))
    .collect()
}

fn part_blocks(part: &Part) -> Vec<Block> {
    let mut blocks: Vec<Block> = part.paragraphs.iter().map(paragraph).collect();
    if !part.points.is_empty() {
        blocks.push(Block::List(part.points.iter().map(text).collect()));
    }
    blocks
}

fn reading_guide(contents: &PackContents) -> Vec<Block> {
    if contents.items.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::PageBreak, heading(1, "What is in the records"), Block::Contents];
    if let Some(first) = contents.left_out().first() {
        let line = vec![
            Inline::Text("Where we left something out, you see a black box like ".to_owned()),
            Inline::Redacted { number: first.numbers.0, reason: first.reason.public_number() },
            Inline::Text(
                ". The first number is the number of the box: use it when you ask us about it. The reason is explained \
                 after the records. The size of a box says nothing about what is under it."
                    .to_owned(),
            ),
        ];
        blocks.push(Block::Callout { title: "How to read the boxes".to_owned(), body: vec![line] });
    }
    if contents.items.iter().any(|item| !item.pages.is_empty()) {
        let line = text(
            "Some papers are in this answer as pictures of their pages, because of how they look or because they are \
             scans. Each picture was made anew; nothing lies under its boxes. Below each picture stand its words, so that \
             they can be read aloud and searched. Words that a machine read in a scan may be wrong: the picture counts.",
        );
        blocks.push(Block::Callout { title: "Pages that are pictures".to_owned(), body: vec![line] });
    }
    blocks
}

fn records(contents: &PackContents) -> Vec<Block> {
    if contents.items.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::PageBreak, heading(1, "The records")];
    for (number, item) in (1_u32..).zip(&contents.items) {
        let written = item.written.filter(|written| Some(*written) != item.happened);
        let written = written.map(|written| ("Written".to_owned(), date_in_words(written)));
        blocks.push(Block::Item(Item {
            number,
            heading: item.heading.clone(),
            dated: item.happened.or(item.written).map(date_in_words),
            source: item.source.clone(),
            facts: written.into_iter().chain(item.facts.iter().cloned()).collect(),
            text: paragraphs(&item.text),
            pages: item.pages.iter().map(page).collect(),
        }));
    }
    blocks
}

fn page(page: &PackPage) -> ItemPage {
    ItemPage {
        number: page.number,
        of: page.of,
        picture: std::sync::Arc::clone(&page.picture),
        text: paragraphs(&page.text),
        layer: page.layer.clone(),
    }
}

fn log(contents: &PackContents) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, heading(1, "What we left out")];
    let log = contents.left_out();
    if log.is_empty() && contents.left_out_whole.is_empty() {
        blocks.push(paragraph("Nothing. This answer holds everything that we found."));
        return blocks;
    }
    blocks.push(paragraph(
        "If you do not agree with something that we left out, tell us the number of the box. Somebody will look at it again.",
    ));
    blocks.push(reasons(contents));
    if !contents.left_out_whole.is_empty() {
        blocks.push(heading(2, "Records left out as a whole"));
        let line = |(reason, count): &(RedactionReason, u32)| {
            let records = if *count == 1 { "1 record".to_owned() } else { format!("{count} records") };
            text(format!("{records}: reason {}, {}", reason.public_number(), lower_first(reason.public_name())))
        };
        blocks.push(Block::List(merged(&contents.left_out_whole).iter().map(line).collect()));
    }
    if !log.is_empty() {
        blocks.push(boxes(&log));
    }
    blocks
}

/// Counts with the same public reason taken together, so that two counts do not tell that there are two reasons.
pub(super) fn merged(whole: &[(RedactionReason, u32)]) -> Vec<(RedactionReason, u32)> {
    let mut out: Vec<(RedactionReason, u32)> = Vec::new();
    for (reason, count) in whole {
        match out.iter_mut().find(|(seen, _)| seen.public_number() == reason.public_number()) {
            Some((_, total)) => *total += count,
            None => out.push((*reason, *count)),
        }
    }
    out.sort_by_key(|(reason, _)| reason.public_number());
    out
}

fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn reasons(contents: &PackContents) -> Block {
    let row = |reason: RedactionReason| {
        vec![
            text(reason.public_number().to_string()),
            text(format!("{}. {}", reason.public_name(), reason.told())),
            text(reason.public_law()),
        ]
    };
    Block::Table(Table {
        caption: "The reasons".to_owned(),
        head: vec!["Reason".to_owned(), "What it means".to_owned(), "Where the law says so".to_owned()],
        rows: contents.reasons().into_iter().map(row).collect(),
        row_headers: true,
        widths: vec![2, 8, 6],
    })
}

fn boxes(log: &[LeftOut]) -> Block {
    let row = |line: &LeftOut| {
        let numbers = match line.numbers {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first} to {last}"),
        };
        let reason = format!("{}: {}", line.reason.public_number(), lower_first(line.reason.public_name()));
        vec![text(numbers), text(format!("Item {}", line.item)), text(reason)]
    };
    Block::Table(Table {
        caption: "Every box".to_owned(),
        head: vec!["Box".to_owned(), "Where".to_owned(), "Reason".to_owned()],
        rows: log.iter().map(row).collect(),
        row_headers: true,
        widths: vec![3, 4, 9],
    })
}

fn complaints(contents: &PackContents) -> Vec<Block> {
    let mut blocks = vec![heading(1, "If you are not happy with this answer"), heading(2, "Complain to us")];
    blocks.extend(part_blocks(&contents.complain_to_us));
    let regulator = &contents.regulator;
    if regulator.name.is_empty() {
        return blocks;
    }
    blocks.push(heading(2, format!("Complain to the {}", regulator.name)));
    blocks.push(paragraph(format!(
        "The {} watches over how organisations use information about people. You can complain there at any time; they \
         may ask whether you have told us first. You can also go to court.",
        regulator.name
    )));
    blocks.push(Block::Address(regulator.lines.clone()));
    let mut line = Vec::new();
    if !regulator.phone.is_empty() {
        line.push(Inline::Text(format!("Telephone {}", regulator.phone)));
        line.push(Inline::LineBreak);
    }
    if !regulator.website.is_empty() {
        line.push(Inline::Link { text: bare(&regulator.website).to_owned(), href: regulator.website.clone() });
    }
    if !line.is_empty() {
        blocks.push(Block::Paragraph(line));
    }
    blocks
}

/// A web address as people read it: without its scheme and last slash.
fn bare(website: &str) -> &str {
    website.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}
