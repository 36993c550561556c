//! Papers of a charity that does not exist, to look at and to test with. Every name and number here is made up.

use jiff::civil::date;

use crate::document::{Block, Document, DocumentKind, Inline, Letterhead, heading, paragraph, text};
use crate::pack::{About, PackContents, PackItem, Part, Regulator, SevenAnswers};
use crate::pictures::Picture;
use crate::redact::{Numbering, RedactionReason, Redactions, Span, Term, find_all, segments};

/// The letterhead of the made-up charity.
pub fn letterhead() -> Letterhead {
    Letterhead {
        organisation: "Kite & Lantern".to_owned(),
        lines: vec![
            "12 Lantern Yard, Exampleton EX1 1ZZ".to_owned(),
            "01632 960 001 · hello@kiteandlantern.example · charity number 0000000".to_owned(),
        ],
    }
}

/// A short letter.
pub fn letter() -> Document {
    let mut letter = Document::new(DocumentKind::Letter, "We have your request", date(2026, 11, 22));
    letter.reference = Some("REQ-2026-0042".to_owned());
    letter.letterhead = letterhead();
    letter.addressee = vec!["Ms Ada Quill".to_owned(), "4 Pretend Street".to_owned(), "Exampleton EX2 2ZZ".to_owned()];
    letter.footer = Some("Kite & Lantern is a made-up charity".to_owned());
    letter.blocks = vec![
        paragraph("Dear Ms Quill"),
        paragraph(
            "Thank you for your letter of 20 November 2026. You asked us for the information that we hold about you.",
        ),
        Block::Paragraph(vec![
            Inline::Text("We will answer by ".to_owned()),
            Inline::Strong("Tuesday 22 December 2026".to_owned()),
            Inline::Text(". You do not need to do anything until then.".to_owned()),
        ]),
        heading(1, "What happens next"),
        Block::Numbered(vec![
            text("We look in every place where we keep information."),
            text("Two people read what we found, and take out what is about others."),
            text("We send you everything else, and say what we left out and why."),
        ]),
        paragraph("If you have a question, please ring us and say the reference at the top of this letter."),
        paragraph("Yours sincerely"),
        Block::Signature(vec!["Bram Tally".to_owned(), "Data protection lead".to_owned()]),
    ];
    letter
}

/// An Easy Read sheet.
pub fn easy_read() -> Document {
    let mut sheet = Document::new(DocumentKind::EasyRead, "You can see what we write", date(2026, 11, 22));
    "Kite & Lantern".clone_into(&mut sheet.letterhead.organisation);
    let row = |picture, words: &str| Block::EasyRead { picture, text: text(words) };
    sheet.blocks = vec![
        heading(1, "You can ask"),
        row(Picture::Page, "We write things down about you."),
        row(Picture::Speech, "You can ask to see it."),
        row(Picture::Calendar, "We must answer in one month."),
        heading(1, "What you get"),
        row(Picture::Letter, "We send you a letter."),
        row(Picture::CoveredPage, "Some words may be covered."),
        row(Picture::TwoPeople, "They are about someone else."),
    ];
    sheet
}

/// The texts of the sample pack's records, and the name that is covered in them.
pub const NOTES: [(&str, &str); 4] = [
    (
        "First visit at home",
        "Ada opened the door herself and showed me round. Her brother Corwin Quill was doing homework in the kitchen; \
         Corwin's school had rung that morning.\n\nWe talked about the holiday club. Ada would like to come on \
         Wednesdays. I left the form with her mother.",
    ),
    (
        "Call from the school",
        "Mrs Penhaligon of Exampleton Primary rang about Corwin. She will ring again. Ada is doing well in class: \
         she read aloud for the first time.",
    ),
    (
        "Holiday club, first day",
        "Ada came, painted a kite 🪁 and stayed until four. She says: „Dw i’n hapus!” Привіт from Olena.",
    ),
    (
        "Note of a meeting",
        "Present: Ada, her mother, Corwin Quill, family worker. Agreed: club until Easter, then look again.",
    ),
];

/// A pack with four records and the name of a brother and a teacher left out.
pub fn pack() -> PackContents {
    let mut numbering = Numbering::default();
    let items = (1_i8..)
        .zip(NOTES)
        .map(|(month, (heading, note))| PackItem {
            kind: "note".to_owned(),
            heading: heading.to_owned(),
            happened: Some(date(2026, month, 4)),
            written: Some(date(2026, month, 5)),
            source: Some("A family worker who was there".to_owned()),
            facts: Vec::new(),
            text: segments(note, &covered(note), &mut numbering),
            pages: Vec::new(),
        })
        .collect();
    PackContents {
        reference: "REQ-2026-0042".to_owned(),
        date: date(2026, 12, 14),
        language: "en-GB".to_owned(),
        letterhead: letterhead(),
        addressee: letter().addressee,
        salutation: "Dear Ms Quill".to_owned(),
        requested: date(2026, 11, 20),
        about: About::Reader,
        summary: vec!["We hold notes of visits, calls and club days, from January to April 2026.".to_owned()],
        opening: Vec::new(),
        closing: Vec::new(),
        signature: vec!["Bram Tally".to_owned(), "Data protection lead".to_owned()],
        answers: answers(),
        searched: vec!["The family book, by your name and date of birth".to_owned(), "The office's paper files".to_owned()],
        items,
        left_out_whole: vec![(RedactionReason::LegalAdvice, 1)],
        complain_to_us: Part {
            paragraphs: vec![
                "Tell us by letter, e-mail or telephone. We say within 30 days that we have your complaint, and then look \
                 into it without delay."
                    .to_owned(),
            ],
            points: Vec::new(),
        },
        regulator: Regulator {
            name: "Information Commissioner".to_owned(),
            lines: vec!["Wycliffe House, Water Lane".to_owned(), "Wilmslow, Cheshire SK9 5AF".to_owned()],
            phone: "0303 123 1113".to_owned(),
            website: "https://ico.org.uk/make-a-complaint/".to_owned(),
        },
        footer: Some("Kite & Lantern is a made-up charity".to_owned()),
    }
}

/// The redactions of one sample note: the brother and the teacher.
pub fn covered(note: &str) -> Redactions {
    let names = [
        ("Corwin Quill", RedactionReason::AboutSomeoneElse),
        ("Corwin", RedactionReason::AboutSomeoneElse),
        ("Mrs Penhaligon", RedactionReason::AboutSomeoneElse),
        ("She will ring again", RedactionReason::NotAboutYou),
    ];
    let spans =
        names.into_iter().filter_map(|(name, reason)| Some((Term::new(name)?, reason))).flat_map(|(term, reason)| {
            find_all(&term, note).into_iter().map(move |range| Span { start: range.start, end: range.end, reason })
        });
    // Spans that the search itself found fit their text.
    Redactions::new(note, spans).unwrap_or_default()
}

fn answers() -> SevenAnswers {
    let part = |paragraph: &str, points: &[&str]| Part {
        paragraphs: vec![paragraph.to_owned()],
        points: points.iter().map(|point| (*point).to_owned()).collect(),
    };
    SevenAnswers {
        confirmation: part("Yes. We hold information about you, and this is a copy of it.", &[]),
        purposes: part(
            "We use it for these purposes:",
            &[
                "to run the holiday club (legitimate interests)",
                "to keep you safe there (vital and legitimate interests)",
            ],
        ),
        categories: part("We hold:", &["your name, date of birth and address", "notes of visits, calls and club days"]),
        recipients: part("Nobody outside the charity has received it. It is not sent to other countries.", &[]),
        retention: part("We keep it until you are 25, and then destroy it.", &[]),
        source: part("It came from you, from your mother, from your school and from our own workers.", &[]),
        rights: part(
            "You can ask us to:",
            &[
                "put right what is wrong",
                "erase it, or stop using it",
                "stop using it for a purpose that you object to",
            ],
        ),
    }
}
