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
    /// Whether the hit began in the cell before.
    pub goes_on: bool,
}

impl Piece {
    /// Text in which nothing was found.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), hit: 0, goes_on: false }
    }
}

/// A row of cells.
type Row = Vec<Vec<Piece>>;

/// The rows of a text that is a table: most of its lines have tabs. Nothing for other texts.
pub fn rows(pieces: &[Piece]) -> Vec<Row> {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let (mut lines, mut with_tabs) = (0, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        lines += 1;
        with_tabs += usize::from(line.contains('\t'));
    }
    if with_tabs < 2 || with_tabs * 3 < lines * 2 {
        return Vec::new();
    }
    let mut rows: Vec<Row> = vec![vec![Vec::new()]];
    for piece in pieces {
        for (line, text) in piece.text.split('\n').enumerate() {
            if line > 0 {
                rows.push(vec![Vec::new()]);
            }
            for (cell, text) in text.split('\t').enumerate() {
                let Some(row) = rows.last_mut() else { break };
                if cell > 0 {
                    row.push(Vec::new());
                }
                let goes_on = piece.hit > 0 && (line > 0 || cell > 0);
                if let Some(cell) = row.last_mut().filter(|_| !text.is_empty()) {
                    cell.push(Piece { text: text.to_owned(), hit: piece.hit, goes_on });
                }
            }
        }
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
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
            pieces.push(Piece::plain(&text[from..*start]));
        }
        pieces.push(Piece { hit: before + number + 1, ..Piece::plain(&text[*start..*end]) });
        from = *end;
    }
    if from < text.len() {
        pieces.push(Piece::plain(&text[from..]));
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
    fn a_sheet_is_shown_in_cells_and_a_hit_over_two_cells_is_marked_in_both() {
        let text = "Day\tPupil\nMonday\tAda Sample\n\nTuesday\t\tnobody\n";
        let (pieces, found) = pieces(text, "monday ada", 0);
        assert_eq!(found, 1);
        let rows = rows(&pieces);
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 3]);
        assert!(rows[2][1].is_empty(), "an empty cell keeps its place");
        let marked = |row: usize, cell: usize| (rows[row][cell][0].hit, rows[row][cell][0].goes_on);
        assert_eq!((marked(1, 0), marked(1, 1)), ((1, false), (1, true)));
        assert!(super::rows(&[Piece::plain("A letter.\nWith one\ttab.\nAnd no more.")]).is_empty());
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
