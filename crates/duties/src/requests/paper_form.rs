//! The form to ask for one's records on paper (K19): to print, to fill in by hand, to send or bring.

use jiff::civil::Date;
use papers::document::{Block, Document, DocumentKind, Letterhead, heading, paragraph};

use crate::office::House;

/// A line to write on.
const LINE: &str = "______________________________________________________________";

/// The form. It names nobody.
pub fn paper_form(house: &House, today: Date) -> Document {
    let charity = &house.charity.1;
    let mut form = Document::new(DocumentKind::Notice, "Ask us what we hold about you", today);
    form.letterhead = Letterhead {
        organisation: charity.name.clone(),
        lines: charity
            .address
            .iter()
            .cloned()
            .chain([charity.contact_phone.clone(), charity.contact_email.clone()])
            .filter(|line| !line.is_empty())
            .collect(),
    };
    form.blocks.push(paragraph(
        "It costs nothing. You need not use this form: a letter in your own words, an e-mail or a telephone call is just as \
         good. Leave empty what you do not want to answer.",
    ));
    let questions: [(&str, usize); 9] = [
        ("Your full name", 1),
        ("Whom is it about, if not you? Their full name, and what you are to them", 2),
        ("Date of birth of the person whom it is about", 1),
        ("What would you like? (see what we hold, a copy, something put right, something else)", 2),
        ("About what, and from which time? “Everything” is an answer", 3),
        ("How may we reach you? (letter, e-mail, telephone; with the address or number)", 3),
        ("Is there a way in which we must not reach you?", 2),
        ("Who here knows you, or what can you show us? You need no passport", 2),
        ("Date and signature", 1),
    ];
    for (question, lines) in questions {
        form.blocks.push(heading(2, question));
        form.blocks.extend(std::iter::repeat_n(paragraph(LINE), lines));
    }
    form.blocks.push(Block::Heading { level: 1, text: "What happens next".to_owned() });
    form.blocks.push(paragraph(format!(
        "Send this to {} at the address above, or give it to anybody who works with us. We tell you that we have it, and \
         answer within a month as a rule. If we need to know more, we ask you.",
        charity.name
    )));
    form
}
