//! Why a place was taken, in words for the person who decides.

use crate::lexicon::KNOWN;
use crate::register::{Person, Register};
use crate::words::{NOBODY, cut};
use crate::{Finding, Ground, Kind};

/// So many people are told apart by name; past that their number says enough.
const MOST_NAMED: usize = 3;

pub(crate) fn people<'r>(text: &str, finding: &Finding, register: &'r Register) -> Vec<&'r str> {
    meant(text, finding, register)
        .into_iter()
        .filter_map(|number| register.people().get(number as usize))
        .map(|person| person.id.as_str())
        .collect()
}

/// The people of the register whose names these words may be: those who have all words, else those who have one.
fn meant(text: &str, finding: &Finding, register: &Register) -> Vec<u32> {
    let written = text.get(finding.range()).unwrap_or_default();
    match finding.kind {
        Kind::Person => {
            let mut words = Vec::new();
            cut(written, register.words(), &mut words);
            let known: Vec<&[u32]> = words
                .iter()
                .filter(|word| word.is(KNOWN) && word.entry != NOBODY)
                .map(|word| register.entry(word.entry))
                .collect();
            let Some((first, rest)) = known.split_first() else {
                return if finding.entry == NOBODY { Vec::new() } else { register.entry(finding.entry).to_vec() };
            };
            let all: Vec<u32> =
                first.iter().copied().filter(|person| rest.iter().all(|others| others.contains(person))).collect();
            if all.is_empty() && words.len() == 1 { first.to_vec() } else { all }
        }
        Kind::Dob if finding.entry != NOBODY => vec![finding.entry],
        Kind::Dob | Kind::Relation => Vec::new(),
        _ => register.with_detail(written).to_vec(),
    }
}

pub(crate) fn why(text: &str, finding: &Finding, register: &Register) -> String {
    let meant = meant(text, finding, register);
    let people: Vec<&Person> = meant.iter().filter_map(|number| register.people().get(*number as usize)).collect();
    if let Some(words) = in_this_book(finding, &people) {
        return words;
    }
    let words = match (finding.kind, finding.ground) {
        (Kind::Person, Ground::Known) => "names of people in this book, put together in another way",
        (Kind::Person, Ground::KnownSlip) => "one letter away from a name in this book",
        (Kind::Person, Ground::Listed) => "a name; nobody in this book has it",
        (Kind::Person, Ground::Around) => "stands where names stand",
        (Kind::Person, Ground::Initials) => "looks like initials",
        (Kind::Person, Ground::Elsewhere) => "a name elsewhere in this text",
        (Kind::Person, Ground::Column) => "stands under or after a heading for names",
        (Kind::Person, _) => "a word in another script, where a name may stand",
        (Kind::Phone, Ground::Column) => "stands under a heading for telephone numbers",
        (Kind::Phone, _) => "a telephone number by its form",
        (Kind::Email, _) => "an e-mail address by its form",
        (Kind::Nhs, _) => "ten digits with the check digit of an NHS number",
        (Kind::NhsBad, _) => "called an NHS number, but its check digit is wrong",
        (Kind::Nino, _) => "a National Insurance number by its form",
        (Kind::Postcode, _) => "a postcode by its form",
        (Kind::Address, _) => "a house and a street",
        (Kind::Dob, Ground::Column) => "stands under a heading for dates of birth",
        (Kind::Dob, _) => "a date with words of birth beside it",
        (Kind::Relation, _) => "a relative, who can be told from these words",
        (Kind::Handle, _) => "a name on a social network",
        (Kind::CarReg, _) => "a registration mark of a vehicle",
        (Kind::Bank, Ground::Form) => "a card or account number with the right check digits",
        (Kind::Bank, _) => "a sort code or account number by the words near it",
        (Kind::Passport, _) => "a passport number by the words near it",
    };
    words.to_owned()
}

fn in_this_book(finding: &Finding, people: &[&Person]) -> Option<String> {
    let slip = if finding.ground == Ground::KnownSlip { ", misspelt" } else { "" };
    let of = match finding.kind {
        Kind::Person => "",
        Kind::Phone => "telephone of ",
        Kind::Email => "e-mail of ",
        Kind::Nhs | Kind::NhsBad => "NHS number of ",
        Kind::Nino => "National Insurance number of ",
        Kind::Postcode => "postcode of ",
        Kind::Address => "address of ",
        Kind::Dob => "date of birth of ",
        _ => "detail of ",
    };
    match people {
        [] => None,
        [one] => {
            let relation = one.relation.as_ref().map(|relation| format!(", {relation}")).unwrap_or_default();
            Some(format!("{of}{}{relation}, in this book{slip}", one.full()))
        }
        some if some.len() <= MOST_NAMED => {
            let names: Vec<String> = some.iter().map(|person| person.full()).collect();
            Some(format!("{of}one of {}, in this book{slip}", names.join(", ")))
        }
        many => Some(format!("{of}one of {} people in this book{slip}", many.len())),
    }
}
