//! The text of a paper on pages: cut into sheets of a size that is read at once, and searched for words.

use duties::extract::reading::Reading;

/// A page shows about so many bytes of text.
const SHEET: usize = 20_000;
/// So many hits are marked; more are only counted.
const MOST_HITS: usize = 500;

/// A part of the text, or as much of a part as is shown at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What the part is called; empty for text without parts.
    pub title: String,
    /// Its lines.
    pub text: String,
}

/// The sheets of a reading, in order.
pub fn sheets(reading: &Reading) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    if reading.parts.is_empty() {
        cut("", &reading.text, &mut sheets);
    }
    for part in &reading.parts {
        let text = reading.text.get(part.start..part.end).unwrap_or_default();
        cut(&part.title, text, &mut sheets);
    }
    sheets
}

/// Cuts a text at ends of lines, or where a line is very long, at its characters.
fn cut(title: &str, text: &str, sheets: &mut Vec<Sheet>) {
    let mut rest = text.trim_matches(['\n', '\r']);
    if rest.trim().is_empty() {
        return;
    }
    loop {
        if rest.len() <= SHEET + SHEET / 2 {
            sheets.push(Sheet { title: title.to_owned(), text: rest.to_owned() });
            return;
        }
        let end = rest.floor_char_boundary(SHEET);
        let end = rest[..end].rfind('\n').filter(|at| *at > SHEET / 4).unwrap_or(end);
        sheets.push(Sheet { title: title.to_owned(), text: rest[..end].to_owned() });
        rest = rest[end..].trim_start_matches('\n');
    }
}

/// Gathers sheets into pages of about the same size: short parts stand together.
pub fn gathered(sheets: &[Sheet]) -> Vec<&[Sheet]> {
    let mut pages = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, sheet) in sheets.iter().enumerate() {
        if at > start && size + sheet.text.len() > SHEET {
            pages.push(&sheets[start..at]);
            (start, size) = (at, 0);
        }
        size += sheet.text.len();
    }
    if start < sheets.len() {
        pages.push(&sheets[start..]);
    }
    pages
}

/// A piece of a text, and whether it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// The number of the hit, counted from 1 over the paper; 0 for text between.
    pub hit: usize,
}

/// Where words stand in a text: capitals and line ends make no difference. `before` hits were found already.
pub fn pieces(text: &str, asked: &str, before: usize) -> (Vec<Piece>, usize) {
    let hits = hits(text, asked);
    let (mut pieces, mut from) = (Vec::new(), 0);
    for (number, (start, end)) in hits.iter().enumerate() {
        if before + number >= MOST_HITS {
            break;
        }
        if *start > from {
            pieces.push(Piece { text: text[from..*start].to_owned(), hit: 0 });
        }
        pieces.push(Piece { text: text[*start..*end].to_owned(), hit: before + number + 1 });
        from = *end;
    }
    if from < text.len() {
        pieces.push(Piece { text: text[from..].to_owned(), hit: 0 });
    }
    (pieces, hits.len())
}

/// The byte ranges at which the words stand, none over another.
fn hits(text: &str, asked: &str) -> Vec<(usize, usize)> {
    let asked: Vec<char> = folded(asked.trim()).into_iter().map(|(_, _, c)| c).collect();
    let text = folded(text);
    let (mut found, mut at) = (Vec::new(), 0);
    if asked.is_empty() {
        return found;
    }
    while at + asked.len() <= text.len() {
        let window = &text[at..at + asked.len()];
        if window.iter().map(|(_, _, c)| c).eq(asked.iter()) {
            found.push((window[0].0, window[window.len() - 1].1));
            at += asked.len();
        } else {
            at += 1;
        }
    }
    found
}

/// Characters in small letters with the bytes that they come from; a run of white space is one space.
fn folded(text: &str) -> Vec<(usize, usize, char)> {
    let mut folded: Vec<(usize, usize, char)> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if c.is_whitespace() {
            match folded.last_mut() {
                Some(last) if last.2 == ' ' => last.1 = end,
                _ => folded.push((start, end, ' ')),
            }
        } else {
            // A letter that folds to two, like a sharp s, stays what it is: ranges must not split it.
            let mut lower = c.to_lowercase();
            let first = lower.next().unwrap_or(c);
            folded.push((start, end, if lower.next().is_some() { c } else { first }));
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use duties::extract::reading::Part;

    use super::*;

    #[test]
    fn words_are_found_over_capitals_and_line_ends_and_nothing_is_lost() {
        let text = "Dear Élan Sample,\nthank you. élan\n  SAMPLE came.";
        let (pieces, found) = pieces(text, " élan sample ", 4);
        assert_eq!(found, 2);
        assert_eq!(pieces.iter().map(|piece| piece.hit).filter(|hit| *hit > 0).collect::<Vec<_>>(), [5, 6]);
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
        assert_eq!(super::pieces(text, "  ", 0).1, 0);
    }

    #[test]
    fn a_long_part_is_cut_at_lines_and_short_parts_stand_together() {
        let line = "A line of a long report.\n";
        let long = line.repeat(4_000);
        let text = format!("{long}\nshort");
        let parts = vec![
            Part { title: "Page 1".to_owned(), start: 0, end: long.len() },
            Part { title: "Page 2".to_owned(), start: long.len(), end: text.len() },
        ];
        let reading = Reading { text, parts, ..Reading::default() };
        let sheets = sheets(&reading);
        assert!(sheets.len() > 3 && sheets.iter().all(|sheet| sheet.text.len() <= SHEET * 2));
        assert_eq!(sheets.iter().map(|sheet| sheet.text.matches("long").count()).sum::<usize>(), 4_000);
        let pages = gathered(&sheets);
        assert_eq!(pages.iter().map(|page| page.len()).sum::<usize>(), sheets.len());
        assert_eq!(pages.last().unwrap().last().unwrap().title, "Page 2");
    }
}
