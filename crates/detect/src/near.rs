//! Words near a place, for forms that mean something only in the right company.

/// Whether one of the words (small ASCII letters) stands in the bytes before `start` or the fewer ones after `end`.
pub(crate) fn near(text: &str, start: usize, end: usize, words: &[&str]) -> bool {
    before(text, start, 40, words) || {
        let bytes = text.as_bytes();
        let after = bytes.get(end..(end + 20).min(bytes.len())).unwrap_or_default();
        holds(after, words)
    }
}

/// Whether one of the words stands in so many bytes before `start`, on the same line.
pub(crate) fn before(text: &str, start: usize, reach: usize, words: &[&str]) -> bool {
    let bytes = text.as_bytes();
    let from = start.saturating_sub(reach);
    let span = bytes.get(from..start).unwrap_or_default();
    let line = span.iter().rposition(|byte| *byte == b'\n').map_or(span, |cut| span.get(cut..).unwrap_or_default());
    holds(line, words)
}

fn holds(span: &[u8], words: &[&str]) -> bool {
    let mut room = [0; 128];
    let Some(lower) = room.get_mut(..span.len()) else { return false };
    lower.copy_from_slice(span);
    lower.make_ascii_lowercase();
    let lower = &*lower;
    let letter = |at: usize| lower.get(at).is_some_and(u8::is_ascii_alphabetic);
    let begins = |at: &usize| at.checked_sub(1).is_none_or(|before| !letter(before));
    (0..lower.len()).filter(begins).any(|at| {
        let rest = lower.get(at..).unwrap_or_default();
        words.iter().any(|word| {
            rest.first() == word.as_bytes().first() && rest.starts_with(word.as_bytes()) && !letter(at + word.len())
        })
    })
}
