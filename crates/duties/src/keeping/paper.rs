//! The certificate of a disposal, as a paper: that it was done, under which rule and by whom. It names nobody else.

use papers::document::{Block, Document, DocumentKind, Letterhead, paragraph, text};
use records::keeping::Disposal;

use crate::office::House;
use crate::requests::review::day_in_words;

/// The certificate.
pub fn certificate_paper(house: &House, disposal: &Disposal) -> Document {
    let charity = &house.charity.1;
    let mut paper = Document::new(DocumentKind::Notice, "Certificate of disposal", disposal.done);
    paper.reference = Some(disposal.reference.clone());
    paper.letterhead = Letterhead { organisation: charity.name.clone(), lines: charity.address.clone() };
    let by = |by: Option<records::FileId>| by.map_or("the program", |by| house.staff_name(by)).to_owned();
    paper.blocks.push(paragraph(
        "A file was destroyed because its time was over. Its key was destroyed first, so that no copy of it can be read, \
         not in a backup either once the days for backups are over. This paper does not say whose file it was.",
    ));
    let papers = match disposal.papers {
        0 => "none of them a paper".to_owned(),
        1 => "one of them a paper".to_owned(),
        more => format!("{more} of them papers"),
    };
    let rule = policy::registry::entry(&disposal.rule);
    let rule = rule.map_or_else(String::new, |rule| format!(" ({})", rule.about));
    let facts = [
        ("Kind of file", disposal.class.words().to_owned()),
        ("Last day with us", day_in_words(disposal.left)),
        ("Kept for", format!("{}{rule}", disposal.kept_for)),
        ("Had to be kept until", day_in_words(disposal.keep_until)),
        ("What was in it", format!("{} records, {papers}", disposal.records)),
        (
            "Originals on paper",
            if disposal.originals { "taken out and shredded" } else { "none were on record" }.to_owned(),
        ),
        ("Put forward", format!("{}, by {}", day_in_words(disposal.put_forward.0), by(disposal.put_forward.1))),
        ("Agreed", format!("{}, by {}", day_in_words(disposal.agreed.0), by(disposal.agreed.1))),
        ("Destroyed", day_in_words(disposal.done)),
    ];
    paper.blocks.push(Block::Facts(facts.into_iter().map(|(key, value)| (key.to_owned(), text(value))).collect()));
    paper
}
