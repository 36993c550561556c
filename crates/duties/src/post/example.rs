//! What a letter of a kind looks like with certain words of the charity's own around it. Nothing is saved.

use access::Action;
use records::Purpose;
use records::house::OwnWords;
use records::work::LetterKind;

use crate::office::Office;
use crate::permit::SignedIn;
use crate::requests::letters::lines_of;
use crate::stopped::Stopped;

/// The paragraphs of such a letter, about a request or complaint that does not exist.
///
/// # Errors
/// [`Stopped::NotFound`] for those who do not set the words.
pub async fn example_letter(
    office: &Office,
    who: &SignedIn,
    kind: LetterKind,
    own: &OwnWords,
) -> Result<Vec<String>, Stopped> {
    office.permit(who, Action::ManageSettings, None, Purpose::Administration, "").await?;
    let house = office.house().await?;
    let example = crate::requests::example(&house, office.now(), kind);
    let example = example.or_else(|| crate::complaints::example(&house, office.now(), kind));
    let mut letter = lines_of(&own.opening);
    if kind == LetterKind::Cover {
        // The answer's own first sentence comes before anything else.
        let mut said = example.unwrap_or_default().into_iter();
        letter = said.next().into_iter().chain(letter).chain(said).collect();
    } else {
        letter.extend(example.unwrap_or_default());
    }
    letter.extend(lines_of(&own.closing));
    Ok(letter)
}
