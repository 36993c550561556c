//! Cutting a line into sentences.

use std::ops::Range;

/// Words that end in a full stop and do not end a sentence.
const SHORT_FORMS: [&str; 10] = ["e.g", "i.e", "mr", "mrs", "ms", "dr", "st", "no", "art", "prof"];

/// The sentences of `plain`, trimmed, in order. What is left at the end without a full stop is a sentence too: list
/// items often have none.
pub fn sentences(plain: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = plain.char_indices().peekable();
    while let Some((at, each)) = chars.next() {
        if !matches!(each, '.' | '!' | '?') {
            continue;
        }
        let mut end = at + each.len_utf8();
        while let Some(&(close, next)) = chars.peek() {
            if !matches!(next, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')' | ']') {
                break;
            }
            end = close + next.len_utf8();
            chars.next();
        }
        if ends_here(plain, start, at, each, end) {
            push(plain, start..end, &mut found);
            start = end;
        }
    }
    push(plain, start..plain.len(), &mut found);
    found
}

fn ends_here(plain: &str, start: usize, at: usize, mark: char, end: usize) -> bool {
    let Some(next) = plain[end..].chars().next() else { return true };
    if !next.is_whitespace() {
        return false;
    }
    if mark != '.' {
        return true;
    }
    let word = plain[start..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(['(', '"', '“', '‘']).to_lowercase();
    let follows_small = plain[end..].trim_start().starts_with(char::is_lowercase);
    // "No." before a number is short for number; at the end of a sentence it is the word.
    let number_follows = plain[end..].trim_start().starts_with(|first: char| first.is_ascii_digit());
    let short = match word.as_str() {
        "no" | "art" => number_follows,
        word => SHORT_FORMS.contains(&word),
    };
    !short && !follows_small
}

fn push(plain: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let text = &plain[range.clone()];
    let lead = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        let start = range.start + lead;
        found.push(start..start + trimmed.len());
    }
}

/// The words of a sentence: runs with at least one letter or figure.
pub fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric))
}
