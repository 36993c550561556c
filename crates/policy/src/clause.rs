//! Clause ids, and how each known clause is kept: enforced, measured or attested.

use std::cmp::Ordering;
use std::fmt;

/// The id of a clause: letters and a number, as in `K23` or `T41`. Ordered as people count: K9 before K10.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClauseId {
    letters: String,
    number: u32,
}

impl ClauseId {
    /// Reads one to three capital letters followed by one to four figures; anything else is no clause id.
    pub fn read(text: &str) -> Option<Self> {
        let split = text.find(|each: char| !each.is_ascii_uppercase())?;
        let (letters, figures) = text.split_at(split);
        let fits = (1..=3).contains(&letters.len())
            && (1..=4).contains(&figures.len())
            && figures.bytes().all(|each| each.is_ascii_digit())
            && !figures.starts_with('0');
        fits.then(|| Self { letters: letters.to_owned(), number: figures.parse().unwrap_or_default() })
    }
}

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letters, self.number)
    }
}

impl Ord for ClauseId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.letters.cmp(&other.letters).then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for ClauseId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How a promise is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// The program refuses or acts by itself.
    Enforced,
    /// The board counts it from the ledger.
    Measured,
    /// A named role confirms on a cycle that people did it.
    Attested,
}

impl Kept {
    /// The word on the board.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enforced => "enforced",
            Self::Measured => "measured",
            Self::Attested => "attested",
        }
    }
}

/// The seven principles of UK GDPR article 5, under which the board groups promises (T2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principle {
    /// Lawfulness, fairness and transparency: article 5(1)(a).
    Fairness,
    /// Purpose limitation: article 5(1)(b).
    Purpose,
    /// Data minimisation: article 5(1)(c).
    Minimisation,
    /// Accuracy: article 5(1)(d).
    Accuracy,
    /// Storage limitation: article 5(1)(e).
    Storage,
    /// Integrity and confidentiality: article 5(1)(f).
    Security,
    /// Accountability: article 5(2).
    Accountability,
}

impl Principle {
    /// Every principle in the order of article 5.
    pub const ALL: [Self; 7] = [
        Self::Fairness,
        Self::Purpose,
        Self::Minimisation,
        Self::Accuracy,
        Self::Storage,
        Self::Security,
        Self::Accountability,
    ];

    /// Its name as the law has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fairness => "Lawfulness, fairness and transparency",
            Self::Purpose => "Purpose limitation",
            Self::Minimisation => "Data minimisation",
            Self::Accuracy => "Accuracy",
            Self::Storage => "Storage limitation",
            Self::Security => "Integrity and confidentiality",
            Self::Accountability => "Accountability",
        }
    }
}

/// How a known clause is kept; empty for the charity's own ids.
pub fn kept(id: &ClauseId) -> Vec<Kept> {
    let marks = row(id).map_or("", |row| row.1);
    marks
        .chars()
        .filter_map(|mark| match mark {
            'E' => Some(Kept::Enforced),
            'M' => Some(Kept::Measured),
            'A' => Some(Kept::Attested),
            _ => None,
        })
        .collect()
}

/// The principle that a known clause serves most.
pub fn principle(id: &ClauseId) -> Option<Principle> {
    row(id).map(|row| row.2)
}

fn row(id: &ClauseId) -> Option<&'static (&'static str, &'static str, Principle)> {
    let wanted = id.to_string();
    TABLE.iter().find(|row| row.0 == wanted)
}

use Principle::{
    Accountability as Account, Accuracy as Accurate, Fairness as Fair, Minimisation as Minimal, Purpose as Aim,
    Security as Secure, Storage as Store,
};

/// Clause, how it is kept (E enforced, M measured, A attested), the principle that it serves.
const TABLE: &[(&str, &str, Principle)] = &[
    ("K1", "E", Fair),
    ("K2", "E", Accurate),
    ("K3", "E", Aim),
    ("K4", "E", Minimal),
    ("K5", "E M", Minimal),
    ("K6", "E M", Fair),
    ("K7", "E", Aim),
    ("K8", "E", Account),
    ("K9", "E", Secure),
    ("K10", "E", Secure),
    ("K11", "E", Secure),
    ("K12", "E", Secure),
    ("K13", "E", Fair),
    ("K14", "E", Fair),
    ("K15", "E", Fair),
    ("K16", "E M", Aim),
    ("K17", "E", Fair),
    ("K18", "E", Fair),
    ("K19", "E", Fair),
    ("K20", "E", Fair),
    ("K21", "E", Fair),
    ("K22", "E", Accurate),
    ("K23", "E M", Fair),
    ("K24", "E", Fair),
    ("K25", "E", Fair),
    ("K26", "E", Fair),
    ("K27", "E", Fair),
    ("K28", "E", Store),
    ("K29", "E M", Store),
    ("K30", "E", Fair),
    ("K31", "E", Store),
    ("K32", "E", Store),
    ("K33", "E", Store),
    ("K34", "E M", Account),
    ("K35", "E", Account),
    ("K36", "E M", Account),
    ("T1", "E M", Store),
    ("T2", "M", Account),
    ("T3", "E", Fair),
    ("T4", "M", Account),
    ("T5", "E", Fair),
    ("T6", "E", Fair),
    ("T7", "E", Fair),
    ("T8", "E M", Fair),
    ("T9", "E", Aim),
    ("T10", "E", Minimal),
    ("T11", "E", Store),
    ("T12", "E", Fair),
    ("T13", "E", Secure),
    ("T14", "E", Secure),
    ("T15", "E", Minimal),
    ("T16", "E", Aim),
    ("T17", "E", Aim),
    ("T18", "E", Fair),
    ("T19", "E", Fair),
    ("T20", "E", Fair),
    ("T21", "E", Fair),
    ("T22", "E", Secure),
    ("T23", "E", Secure),
    ("T24", "E M", Fair),
    ("T25", "E", Fair),
    ("T26", "E", Fair),
    ("T27", "E", Fair),
    ("T28", "E", Fair),
    ("T29", "E", Account),
    ("T30", "E", Fair),
    ("T31", "E", Accurate),
    ("T32", "E", Store),
    ("T33", "E", Fair),
    ("T34", "E", Fair),
    ("T35", "E", Fair),
    ("T36", "E", Fair),
    ("T37", "E", Fair),
    ("T38", "E", Fair),
    ("T39", "E", Account),
    ("T40", "E", Fair),
    ("T41", "E", Fair),
    ("T42", "E", Fair),
    ("T43", "E", Store),
    ("T44", "E", Minimal),
    ("T45", "A", Secure),
    ("T46", "E M", Secure),
    ("T47", "E", Secure),
    ("T48", "E A", Store),
    ("T49", "E", Store),
    ("T50", "E", Store),
    ("T51", "E M", Accurate),
    ("T52", "E M", Accurate),
    ("T53", "A", Store),
    ("T54", "E M", Secure),
    ("T55", "E", Account),
    ("T56", "E", Account),
    ("T57", "E", Secure),
    ("T58", "E", Account),
    ("T59", "E", Account),
    ("T60", "E", Account),
    ("T61", "E", Account),
    ("T62", "E", Account),
    ("T63", "E", Account),
    ("T64", "E", Fair),
    ("T65", "E", Account),
    ("T66", "E", Account),
    ("T67", "E M", Account),
    ("T68", "E", Secure),
    ("T69", "E", Secure),
    ("T70", "E", Secure),
    ("T71", "E", Secure),
    ("T72", "E", Fair),
    ("T73", "E M", Fair),
    ("T74", "E M", Fair),
    ("T75", "E M", Account),
];
