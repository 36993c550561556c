//! Words and numbers: a phrase becomes tokens in which "thirty", "30" and "thirty (30)" are the same number.

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A whole number, written in figures or words.
    Number(u32),
    /// A word in lower case.
    Word(String),
    /// A number that is not whole or does not fit; no value can be read from it.
    Strange,
}

impl Token {
    /// The word, if it is one.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Number(_) | Self::Strange => None,
        }
    }
}

/// Words in lower case, with everything that is neither letter nor figure taken as a gap.
pub(super) fn plain_words(phrase: &str) -> String {
    let gaps: String = phrase
        .to_lowercase()
        .replace(['’', '\''], "")
        .chars()
        .map(|each| if each.is_alphanumeric() { each } else { ' ' })
        .collect();
    gaps.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tokens of a phrase, numbers in words put together.
pub(super) fn tokens(phrase: &str) -> Vec<Token> {
    let pieces = pieces(phrase);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if let Some((number, used)) = number_in_words(&pieces[at..]) {
            tokens.push(Token::Number(number));
            at += used;
        } else {
            tokens.push(figures_or_word(&pieces[at]));
            at += 1;
        }
    }
    // "thirty (30) days": the same number given twice is given once.
    tokens.dedup_by(|later, earlier| matches!(later, Token::Number(_)) && later == earlier);
    tokens
}

/// Splits at everything that is neither letter nor figure, and between figures and letters ("30days"). A point
/// between figures stays, so that "1.5" is seen as one strange number and not as two good ones.
fn pieces(phrase: &str) -> Vec<String> {
    let lower = phrase.to_lowercase().replace(['’', '\''], "");
    let chars: Vec<char> = lower.chars().collect();
    let mut pieces: Vec<String> = Vec::new();
    let mut current = String::new();
    for (at, &each) in chars.iter().enumerate() {
        let between_figures = matches!(each, '.' | ',')
            && at > 0
            && chars[at - 1].is_ascii_digit()
            && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        // "-3" is one strange word: the hyphen of "twenty-eight" stands between letters and is a gap.
        let minus = matches!(each, '-' | '\u{2212}')
            && (at == 0 || chars[at - 1].is_whitespace())
            && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        let joins = each.is_alphanumeric() || between_figures || minus;
        let turns = current
            .chars()
            .last()
            .is_some_and(|last| joins && !between_figures && last.is_alphabetic() != each.is_alphabetic());
        if (!joins || turns) && !current.is_empty() {
            pieces.push(std::mem::take(&mut current));
        }
        if joins {
            current.push(each);
        }
    }
    if !current.is_empty() {
        pieces.push(current);
    }
    pieces
}

fn figures_or_word(piece: &str) -> Token {
    if !piece.starts_with(|first: char| first.is_numeric()) {
        return Token::Word(piece.to_owned());
    }
    piece.parse().map_or(Token::Strange, Token::Number)
}

/// A number in words at the start of `pieces`: its value and how many pieces it took.
fn number_in_words(pieces: &[String]) -> Option<(u32, usize)> {
    let first = below_hundred(pieces)?;
    let rest = &pieces[first.1..];
    if (1..10).contains(&first.0) && rest.first().is_some_and(|word| word == "hundred") {
        let hundreds = first.0 * 100;
        let after = &rest[1..];
        let used = first.1 + 1;
        if after.first().is_some_and(|word| word == "and")
            && let Some((small, more)) = below_hundred(&after[1..])
        {
            return Some((hundreds + small, used + 1 + more));
        }
        if let Some((small, more)) = below_hundred(after) {
            return Some((hundreds + small, used + more));
        }
        return Some((hundreds, used));
    }
    Some(first)
}

fn below_hundred(pieces: &[String]) -> Option<(u32, usize)> {
    let first = number_word(pieces.first()?)?;
    let tens = first >= 20 && first % 10 == 0;
    match pieces.get(1).and_then(|word| number_word(word)) {
        Some(units) if tens && (1..10).contains(&units) => Some((first + units, 2)),
        _ => Some((first, 1)),
    }
}

/// English to ninety, Welsh to twelve: Welsh texts write larger numbers in figures.
const NUMBER_WORDS: &[(&str, u32)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("un", 1),
    ("dau", 2),
    ("dwy", 2),
    ("ddau", 2),
    ("ddwy", 2),
    ("tri", 3),
    ("tair", 3),
    ("pedwar", 4),
    ("pedair", 4),
    ("pump", 5),
    ("pum", 5),
    ("chwech", 6),
    ("chwe", 6),
    ("saith", 7),
    ("wyth", 8),
    ("naw", 9),
    ("deg", 10),
    ("deuddeg", 12),
];

fn number_word(word: &str) -> Option<u32> {
    NUMBER_WORDS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}
