//! Seeing how the promises stand (T1 of the screens): the sentences of the policy with what is known of each.

use access::Action;
use policy::{Kept, Principle};
use records::Purpose;

use super::measures::{Counted, Measure};
use crate::office::Office;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// Whether a promise is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It was counted, and it is.
    Kept,
    /// It was counted; so far it is, and soon it may not be.
    Slipping,
    /// It was counted, and it is not.
    NotKept,
    /// Nothing was counted.
    NotMeasured,
}

impl Standing {
    /// All of them, in the order of the page's filter.
    pub const ALL: [Self; 4] = [Self::NotKept, Self::Slipping, Self::Kept, Self::NotMeasured];

    /// The word in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Slipping => "slipping",
            Self::NotKept => "not-kept",
            Self::NotMeasured => "not-measured",
        }
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Kept => "Kept",
            Self::Slipping => "Slipping",
            Self::NotKept => "Not kept",
            Self::NotMeasured => "Not measured",
        }
    }
}

/// One promise on the board.
#[derive(Clone, Debug)]
pub struct BoardLine {
    /// Its clauses, like `K21`.
    pub clauses: Vec<String>,
    /// Its sentence.
    pub text: String,
    /// How it is kept.
    pub kinds: Vec<Kept>,
    /// The principle that it serves.
    pub principle: Option<Principle>,
    /// The section of the policy in which it stands.
    pub section: Option<String>,
    /// What its words set: name of the setting, value, and where the value comes from.
    pub settings: Vec<(String, String)>,
    /// What was counted; none where nothing was.
    pub measure: Option<Measure>,
}

impl BoardLine {
    /// Whether it is kept.
    pub fn standing(&self) -> Standing {
        self.measure.as_ref().map_or(Standing::NotMeasured, |measure| measure.standing)
    }

    /// Why it stands as it does, in a sentence.
    pub fn why(&self) -> String {
        match &self.measure {
            Some(measure) => measure.why.clone(),
            None if self.kinds.contains(&Kept::Enforced) => {
                "The program is to hold this itself; nothing is counted yet.".to_owned()
            }
            None if self.kinds.contains(&Kept::Attested) => {
                "Somebody has to confirm this; nobody has been asked yet.".to_owned()
            }
            None => "Nothing is counted yet.".to_owned(),
        }
    }
}

/// The board as it stands now. It shows no personal data.
///
/// # Errors
/// [`Stopped::NotFound`] for those who may not see it; when the store fails.
pub async fn see_board(office: &Office, who: &SignedIn) -> Result<Vec<BoardLine>, Stopped> {
    office.permit(who, Action::SeeBoard, None, Purpose::Quality, "").await?;
    let house = office.house().await?;
    let counted = Counted::now(office, &house).await?;
    let lines = house.policy.promises().into_iter().map(|promise| {
        let clauses: Vec<String> = promise.clauses.iter().map(ToString::to_string).collect();
        let settings = promise.settings.iter().filter_map(|key| {
            let about = policy::registry::entry(key)?.about;
            let setting = house.settings().get(key)?;
            Some((about.to_owned(), format!("{}: {}", setting.value, setting.origin.in_words())))
        });
        BoardLine {
            settings: settings.collect(),
            measure: counted.of(&promise.settings, &clauses).cloned(),
            clauses,
            text: promise.text,
            kinds: promise.kinds,
            principle: promise.principle,
            section: promise.section,
        }
    });
    Ok(lines.collect())
}
