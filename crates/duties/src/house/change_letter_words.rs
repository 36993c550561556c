//! What the charity says of its own in letters of a kind, before and after what they must say.

use access::Action;
use book::Act;
use records::house::{Charity, OwnWords};
use records::work::LetterKind;
use records::{Content, Purpose};

use super::{HouseError, write};
use crate::office::Office;
use crate::permit::SignedIn;

/// So many characters each part may have.
const LONGEST: usize = 4_000;

/// Changes the charity's own words in letters of a kind. Letters that are written already stay as they are.
pub async fn change_letter_words(
    office: &Office,
    who: &SignedIn,
    kind: LetterKind,
    words: OwnWords,
) -> Result<(), HouseError> {
    let operation = office.permit(who, Action::ManageSettings, None, Purpose::Administration, "").await?;
    let too_long =
        |field, text: &str| (text.len() > LONGEST).then_some((field, "Write less: a letter is one or two pages"));
    let faults: Vec<_> =
        too_long("opening", &words.opening).into_iter().chain(too_long("closing", &words.closing)).collect();
    if !faults.is_empty() {
        return Err(HouseError::Fields(faults));
    }
    let house = office.house().await?;
    let (header, was) = &house.charity;
    let words = OwnWords { opening: words.opening.trim().to_owned(), closing: words.closing.trim().to_owned() };
    let mut own_words = was.own_words.clone();
    own_words.retain(|(of, _)| *of != kind);
    if words != OwnWords::default() {
        own_words.push((kind, words));
    }
    let charity = Charity { own_words, ..was.clone() };
    write(office, &operation, Act::SettingChanged, Some(header), Content::Charity(Box::new(charity))).await
}
