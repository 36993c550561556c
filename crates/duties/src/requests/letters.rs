//! The letters of a request: plain words, what happens next, and the charity's own details. Templates only; what is
//! decided is decided in the step that writes the letter.

use std::fmt::Write as _;

use clock::{Limit, weekday_date};
use jiff::civil::Date;
use papers::document::{Block, Document, DocumentKind, Letterhead, paragraph};
use records::consultation::Consultation;
use records::house::{Charity, Regulator};
use records::requests::{Fee, RefusalGround};
use records::wish::{Wish, WishKind};
use records::work::{Letter, LetterKind};

use super::case::Case;
use super::details::Missing;
use super::fee::fee_words;
use super::limit::settings_of;
use crate::office::House;

/// We have your request, and by when we answer.
pub fn acknowledgement(case: &Case, limit: &Limit) -> Vec<String> {
    let request = &case.request;
    let mut letter = vec![
        format!(
            "Thank you for your request of {}. You asked to see what we hold about {}.",
            clock::uk_date(request.received),
            about(case)
        ),
        format!(
            "We will answer without delay, and at the latest by {}. {}",
            weekday_date(limit.due),
            fee_words(&settings_of(&case.house, request))
        ),
    ];
    if let Some(stopped) = limit.stopped {
        letter.push(format!(
            "We asked you for {} and still wait for it. The date moves on by each day until we have it.",
            stopped.matter.words()
        ));
    }
    letter.push(
        "What happens next: we look for everything that we hold, we read it through, and a second person checks it. We \
         leave out only what the law lets us leave out, such as things about other people, and we tell you why."
            .to_owned(),
    );
    letter.push(format!(
        "It is dealt with by {}. Please give our reference {} when you write or telephone.",
        here(&request.routed_to),
        request.reference
    ));
    letter.push(contact(&case.house.charity.1));
    letter
}

/// Please tell us what is missing.
pub fn missing_details(case: &Case, missing: &[Missing]) -> Vec<String> {
    let wanted: Vec<_> = missing.iter().map(|missing| missing.question()).collect();
    vec![
        had_it(case),
        format!("To answer you well, we would like to know: {}.", wanted.join("; ")),
        "We are working on your request in the meantime. If you do not want to tell us, we answer with what we have."
            .to_owned(),
        contact(&case.house.charity.1),
    ]
}

/// Please show us who you are.
pub fn identity(case: &Case, count: u32) -> Vec<String> {
    let proofs = match count {
        0 | 1 => "something that shows who you are".to_owned(),
        2 => "two things that show who you are".to_owned(),
        more => format!("{more} things that show who you are"),
    };
    vec![
        had_it(case),
        format!(
            "Before we send anything, we must be sure that it goes to the right person. Please show us {proofs}: for \
             example a passport, a driving licence, a letter from school or doctor, or a bill with your name and address."
        ),
        "You can bring them or send copies. We look at them, note what we saw, and do not keep copies.".to_owned(),
        "The month in which we answer starts on the day on which we have them. If somebody here knows you, tell us who: \
         then you need not show us anything."
            .to_owned(),
        contact(&case.house.charity.1),
    ]
}

/// By what right do you ask for somebody else?
pub fn authority(case: &Case) -> Vec<String> {
    vec![
        had_it(case),
        format!(
            "You ask for what we hold about {}. The information belongs to them, also where they are a child. Please \
             tell us by what right you ask, and show us something for it.",
            about(case)
        ),
        "It can be their own written agreement, a birth certificate or court order that shows parental responsibility, \
         or your authority as their solicitor."
            .to_owned(),
        "The month in which we answer starts on the day on which we have it.".to_owned(),
        contact(&case.house.charity.1),
    ]
}

/// Please tell us what you mean.
pub fn clarification(case: &Case, question: &str) -> Vec<String> {
    let mut letter = vec![had_it(case), "So that we find what you are looking for, please tell us:".to_owned()];
    letter.extend(question.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
    letter.push(
        "Until we have your answer, the days do not count towards the time in which we must answer. If you would \
         rather have everything, just say so."
            .to_owned(),
    );
    letter.push(contact(&case.house.charity.1));
    letter
}

/// We need longer, and why.
pub fn extension(case: &Case, due: Date) -> Vec<String> {
    let mut letter = vec![had_it(case)];
    let Some(extension) = &case.request.extension else { return letter };
    letter.push(format!(
        "We need more time, because {}. The law allows this if we tell you within the first month, and why.",
        extension.ground.words()
    ));
    letter.push("These are our reasons:".to_owned());
    letter.extend(extension.reasons.for_paper().lines().map(str::to_owned).filter(|line| !line.trim().is_empty()));
    letter.push(format!("We will answer at the latest by {}, and sooner if we can.", weekday_date(due)));
    letter.extend(ways_to_complain(&case.house.charity.1));
    letter
}

/// We will not do it: why, both ways to complain, and the court (UK GDPR art. 12(4)).
pub fn refusal(case: &Case, ground: RefusalGround, reasons: &str) -> Vec<String> {
    let because = match ground {
        RefusalGround::Unfounded => "we think that it is unfounded in the meaning of the law",
        RefusalGround::Excessive => "we think that it is excessive in the meaning of the law",
        RefusalGround::NoRight => "from what we have seen you have no right to ask for it",
    };
    let mut letter = vec![
        // Whether there is a file at all is not for somebody without a right to know.
        if ground == RefusalGround::NoRight { had_it_from_somebody(case) } else { had_it(case) },
        format!("We have decided not to act on your request, because {because}."),
        "These are our reasons:".to_owned(),
    ];
    letter.extend(reasons.lines().map(str::to_owned).filter(|line| !line.trim().is_empty()));
    letter.push("You do not have to accept this.".to_owned());
    letter.extend(ways_to_complain(&case.house.charity.1));
    letter
}

/// To us, to the regulator, to a court: all three, always together.
fn ways_to_complain(charity: &Charity) -> Vec<String> {
    vec![
        format!(
            "You can complain to us. Write to {} at {}, or to {}, or telephone {}. We acknowledge a complaint within 30 \
             days and look into it without delay.",
            charity.name,
            charity.address.join(", "),
            charity.contact_email,
            charity.contact_phone
        ),
        format!("You can complain to the regulator, the {}.", regulator_words(&charity.regulator)),
        "You can also ask a court to decide. A solicitor or a law centre can tell you how.".to_owned(),
    ]
}

pub(crate) fn regulator_words(regulator: &Regulator) -> String {
    let mut words = regulator.name.clone();
    if !regulator.address.is_empty() {
        let _ = write!(words, ", {}", regulator.address.join(", "));
    }
    if !regulator.phone.is_empty() {
        let _ = write!(words, ", telephone {}", regulator.phone);
    }
    if !regulator.website.is_empty() {
        let _ = write!(words, ", {}", regulator.website);
    }
    words
}

pub(crate) fn contact(charity: &Charity) -> String {
    format!(
        "If you have a question, write to {} or telephone {}. We can also explain things in person, in large print or in \
         Easy Read. If you are not content with how we handle this, you can complain to us, or at any time to the \
         regulator, the {}.",
        charity.contact_email,
        charity.contact_phone,
        regulator_words(&charity.regulator)
    )
}

fn had_it(case: &Case) -> String {
    format!(
        "We had your request to see what we hold about {} on {}. Our reference is {}.",
        about(case),
        clock::uk_date(case.request.received),
        case.request.reference
    )
}

/// As [`had_it`], and without a word on whether anything is held.
fn had_it_from_somebody(case: &Case) -> String {
    format!(
        "We had your request about somebody else on {}. Our reference is {}. This letter does not say whether we hold \
         anything about them.",
        clock::uk_date(case.request.received),
        case.request.reference
    )
}

/// A fee in place of a refusal: what it covers item by item, why, and that it can be contested (UK GDPR art. 12(5)).
pub fn fee(case: &Case, fee: &Fee) -> Vec<String> {
    let mut letter = vec![
        had_it(case),
        "Your first copy was or is free. For this request the law lets us ask for a fee that covers the work, and we do."
            .to_owned(),
        "These are our reasons:".to_owned(),
    ];
    letter.extend(fee.reasons.for_paper().lines().map(str::to_owned).filter(|line| !line.trim().is_empty()));
    letter.push("The fee covers:".to_owned());
    letter.extend(fee.items.iter().map(|(what, pence)| format!("{what}: {}", pounds(*pence))));
    letter.push(format!("Together: {}.", pounds(fee.pence())));
    letter.push(
        "The month in which we answer starts on the day on which we have it. You can also ask for less, so that it costs \
         less or nothing."
            .to_owned(),
    );
    letter.extend(ways_to_complain(&case.house.charity.1));
    letter
}

/// May what you told us be given? Whoever is asked learns of the request only what this says.
pub fn consultation(case: &Case, asked: &Consultation) -> Vec<String> {
    let mut letter = vec![
        format!(
            "Somebody has asked us for a copy of what we hold, as the law lets everybody do for themselves and some for \
             others. Our reference is {}. Among it is something that came from you, or that names you:",
            case.request.reference
        ),
        asked.about.for_paper().clone(),
        format!(
            "We would like to know whether you agree that we give it to them. Please answer by {}: write to {} or telephone \
             {}.",
            weekday_date(asked.reply_by),
            case.house.charity.1.contact_email,
            case.house.charity.1.contact_phone
        ),
        "You do not have to agree. If you do not, or only to a part, please tell us why. We weigh what you say; the law leaves \
         the decision to us, and we tell you how it came out if you wish."
            .to_owned(),
        "Please do not speak about this with anybody else.".to_owned(),
    ];
    letter.push(contact(&case.house.charity.1));
    letter
}

/// The same, once more.
pub fn consultation_again(case: &Case, asked: &Consultation) -> Vec<String> {
    let mut letter = vec![format!(
        "On {} we asked you whether we may give somebody what came from you, or names you. We have not heard from you. Our \
         reference is {}.",
        clock::uk_date(asked.asked),
        case.request.reference
    )];
    letter.extend(consultation(case, asked).into_iter().skip(1));
    letter.push("If we do not hear from you by then, we decide without your answer.".to_owned());
    letter
}

/// What came of questions and of changes that they wanted; where one was declined, every way to complain.
pub fn wishes(case: &Case, settled: &[&Wish]) -> Vec<String> {
    let mut letter = vec![format!(
        "You asked us some things when you saw your records. Our reference is {}.",
        case.request.reference
    )];
    let mut declined = false;
    for wish in settled {
        let Some(outcome) = &wish.outcome else { continue };
        let asked = wish.words.for_paper().replace('\n', " ");
        let answer = outcome.words.for_paper().replace('\n', " ");
        declined |= !outcome.done;
        letter.push(match (wish.wish, outcome.done) {
            (WishKind::Question, _) => format!("You asked: {asked} Our answer: {answer}"),
            (WishKind::Change, true) => format!("You wanted changed: {asked} We did it: {answer}"),
            (WishKind::Change, false) => format!(
                "You wanted changed: {asked} We did not change it: {answer} Your words stand in your file beside ours."
            ),
        });
    }
    if declined {
        letter.push("You do not have to accept this.".to_owned());
        letter.extend(ways_to_complain(&case.house.charity.1));
    } else {
        letter.push(contact(&case.house.charity.1));
    }
    letter
}

/// "£12.50"
pub fn pounds(pence: u32) -> String {
    format!("£{}.{:02}", pence / 100, pence % 100)
}

/// "you", or "the person whom you named": a letter that goes astray names no child.
fn about(case: &Case) -> &'static str {
    if case.request.requester.is_some() { "the person whom you named" } else { "you" }
}

/// Whoever the policy sends it to, as a letter of the charity says: "your service manager" stays, "trustees" are ours.
pub(crate) fn here(routed_to: &str) -> String {
    let owned = ["our ", "your ", "the "].iter().any(|word| routed_to.to_lowercase().starts_with(word));
    if owned { routed_to.to_owned() } else { format!("our {routed_to}") }
}

/// What stands in the subject line.
const fn subject(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Acknowledgement => "We have your request",
        LetterKind::MissingDetails => "Some details that we need",
        LetterKind::Identity => "Please show us who you are",
        LetterKind::Clarification => "What would you like to see?",
        LetterKind::Extension => "We need more time",
        LetterKind::Fee => "A fee for your request",
        LetterKind::Refusal => "Our decision on your request",
        LetterKind::Cover => "What we hold about you",
        LetterKind::Wishes => "What came of your questions",
        LetterKind::Consultation => "May we give what you told us?",
        LetterKind::ConsultationAgain => "We asked you something",
        LetterKind::ComplaintAcknowledged => "We have your complaint",
        LetterKind::ComplaintProgress => "How far we are with your complaint",
        LetterKind::ComplaintOutcome => "What came of your complaint",
    }
}

/// What the charity says of its own at the beginning and at the end of letters of a kind, paragraph by paragraph.
pub(crate) fn own_words(house: &House, kind: LetterKind) -> (Vec<String>, Vec<String>) {
    let own = house.charity.1.words_in(kind);
    (lines_of(&own.opening), lines_of(&own.closing))
}

pub(crate) fn lines_of(words: &str) -> Vec<String> {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A letter's paragraphs with what the charity says of its own around them.
pub(crate) fn with_own_words(house: &House, kind: LetterKind, paragraphs: Vec<String>) -> Vec<String> {
    let (mut letter, closing) = own_words(house, kind);
    letter.extend(paragraphs);
    letter.extend(closing);
    letter
}

/// A letter as a paper, to be printed as a page or as PDF.
pub fn paper(house: &House, reference: &str, letter: &Letter) -> Document {
    let charity = &house.charity.1;
    let mut paper = Document::new(DocumentKind::Letter, subject(letter.letter), letter.dated);
    paper.reference = Some(reference.to_owned());
    paper.letterhead = Letterhead {
        organisation: charity.name.clone(),
        lines: charity
            .address
            .iter()
            .cloned()
            .chain([charity.contact_phone.clone(), charity.contact_email.clone(), charity.registration.clone()])
            .filter(|line| !line.is_empty())
            .collect(),
    };
    paper.addressee = letter.to.for_paper().lines().map(str::to_owned).collect();
    paper.blocks.extend(letter.paragraphs.iter().map(|words| paragraph(words.for_paper())));
    paper.blocks.push(Block::Signature(vec![charity.name.clone()]));
    paper
}
