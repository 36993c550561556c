//! From words to lines in reading order, column by column.

use hayro::vello_cpu::kurbo::Rect;

use super::words::Piece;

/// A line.
pub struct Line {
    /// Its words from left to right.
    pub pieces: Vec<Piece>,
    /// Whether more room than usual lies above it: a paragraph begins.
    pub after_gap: bool,
}

/// Words that stand together in a line.
struct Stretch {
    pieces: Vec<Piece>,
    area: Rect,
    baseline: f64,
    size: f64,
}

/// Stretches beside each other.
type Row = Vec<Stretch>;

/// A gap wider than so many heights of the letters parts a line: a column or a cell begins.
const APART: f64 = 0.9;
/// A gap as wide as this is shown as one: the next word is another cell.
const FAR: f64 = 1.6;
/// A row that follows after so many heights, and stands on one side only, is no longer part of the columns.
const AWAY: f64 = 2.5;
/// More rows than this are not looked through for columns.
const MOST_ROWS: usize = 400;

/// The lines of a page in reading order.
pub fn in_reading_order(pieces: Vec<Piece>) -> Vec<Line> {
    let (level, turned): (Vec<Piece>, Vec<Piece>) = pieces.into_iter().partition(|piece| piece.level);
    let mut stretches = Vec::new();
    read_rows(rows(level), &mut stretches, 0);
    let mut lines = lines(stretches);
    lines.extend(lines_of_turned(turned));
    lines
}

/// Groups words into rows by their baselines.
fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let mut baseline = f64::NEG_INFINITY;
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if piece.baseline - baseline < 0.3 * piece.size.max(1.0) => row.push(piece),
            _ => {
                baseline = piece.baseline;
                rows.push(vec![piece]);
            }
        }
    }
    rows.into_iter().map(stretches).collect()
}

/// Joins the words of a row into stretches.
fn stretches(mut pieces: Vec<Piece>) -> Row {
    pieces.sort_by(|a, b| a.area.x0.total_cmp(&b.area.x0).then(a.drawn.cmp(&b.drawn)));
    let mut row: Row = Vec::new();
    for piece in pieces {
        let Some(stretch) = row.last_mut() else {
            row.push(Stretch::of(piece));
            continue;
        };
        let gap = piece.area.x0 - stretch.area.x1;
        let size = piece.size.max(stretch.size).max(1.0);
        if gap > APART * size {
            row.push(Stretch::of(piece));
            continue;
        }
        stretch.area = stretch.area.union(piece.area);
        stretch.size = stretch.size.max(piece.size);
        let Some(last) = stretch.pieces.last_mut() else { continue };
        let overlap = last.area.intersect(piece.area).area();
        if last.text == piece.text && overlap > 0.7 * piece.area.area() {
            // Drawn twice to look bold.
        } else if !last.spaced && gap < 0.12 * size && (last.size - piece.size).abs() < 0.2 * size {
            last.text.push_str(&piece.text);
            last.area = last.area.union(piece.area);
            last.spaced = piece.spaced;
        } else {
            stretch.pieces.push(piece);
        }
    }
    row
}

impl Stretch {
    fn of(piece: Piece) -> Self {
        Self { area: piece.area, baseline: piece.baseline, size: piece.size, pieces: vec![piece] }
    }

    fn letters(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.len() + 1).sum()
    }
}

/// Reads rows from the top: where several stand in columns, each column is read to its end first.
fn read_rows(mut rows: Vec<Row>, out: &mut Vec<Stretch>, depth: usize) {
    if depth > 6 || rows.len() > MOST_ROWS {
        out.extend(rows.into_iter().filter_map(in_one_line));
        return;
    }
    while !rows.is_empty() {
        let Some((count, cut)) = columns(&rows) else {
            let row = rows.remove(0);
            out.extend(in_one_line(row));
            continue;
        };
        let rest = rows.split_off(count);
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for row in rows {
            let (before, after): (Row, Row) = row.into_iter().partition(|stretch| stretch.area.x0 < cut);
            left.push(before);
            right.push(after);
        }
        for mut side in [left, right] {
            side.retain(|row| !row.is_empty());
            read_rows(side, out, depth + 1);
        }
        rows = rest;
    }
}

/// The cells of a table's row make one line.
fn in_one_line(row: Row) -> Option<Stretch> {
    let mut stretches = row.into_iter();
    let mut line = stretches.next()?;
    for next in stretches {
        let mut pieces = next.pieces;
        if let Some(first) = pieces.first_mut() {
            first.far = next.area.x0 - line.area.x1 > FAR * line.size;
        }
        line.pieces.extend(pieces);
        line.area = line.area.union(next.area);
        line.size = line.size.max(next.size);
    }
    Some(line)
}

/// How many rows from the top stand in two columns, and where the second begins.
fn columns(rows: &[Row]) -> Option<(usize, f64)> {
    let least = 3;
    let mut found = None;
    let mut count = least;
    while count <= rows.len() {
        if found.is_some_and(|(_, place)| leaves(&rows[count - 2], &rows[count - 1], place)) {
            break;
        }
        match cut(&rows[..count]) {
            Some(place) => found = Some((count, place)),
            None if found.is_some() => break,
            None if count > least + 1 => break,
            None => {}
        }
        count += 1;
    }
    let (count, place) = found?;
    looks_like_columns(&rows[..count], place).then_some((count, place))
}

/// Whether a row stands far below the one before.
fn leaves(before: &Row, row: &Row, place: f64) -> bool {
    let (Some(last), Some(first)) = (before.first(), row.first()) else { return false };
    let one_side = row.iter().all(|one| one.area.x0 < place) || row.iter().all(|one| one.area.x0 >= place);
    let step = (first.baseline - last.baseline) / first.size.max(last.size).max(1.0);
    step > 2.0 * AWAY || (one_side && step > AWAY)
}

/// Where a way runs from top to bottom between the stretches.
fn cut(rows: &[Row]) -> Option<f64> {
    let mut spans: Vec<(f64, f64)> = rows.iter().flatten().map(|stretch| (stretch.area.x0, stretch.area.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = rows.iter().flatten().map(|stretch| stretch.size).fold(1.0, f64::max);
    let mut reach = spans.first()?.1;
    let mut best: Option<(f64, f64)> = None;
    for (start, end) in spans {
        let gap = start - reach;
        if gap > 0.6 * size && best.is_none_or(|(wide, _)| gap > wide) {
            best = Some((gap, start));
        }
        reach = reach.max(end);
    }
    best.map(|(_, start)| start - 0.1)
}

/// Columns hold running text: several lines on both sides, long ones. Short ones are a table's cells, read row by row.
fn looks_like_columns(rows: &[Row], place: f64) -> bool {
    let side = |left: bool| {
        let lines: Vec<usize> =
            rows.iter().flatten().filter(|stretch| (stretch.area.x0 < place) == left).map(Stretch::letters).collect();
        let total: usize = lines.iter().sum();
        lines.len() >= 3 && total / lines.len() >= 18
    };
    side(true) && side(false)
}

fn lines(stretches: Vec<Stretch>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut last: Option<(f64, f64)> = None;
    for stretch in stretches {
        let after_gap = last.is_some_and(|(baseline, size)| {
            let step = stretch.baseline - baseline;
            step < 0.0 || step > 1.75 * size.max(stretch.size)
        });
        last = Some((stretch.baseline, stretch.size));
        lines.push(Line { pieces: stretch.pieces, after_gap });
    }
    lines
}

/// Turned text stays as it was drawn, a line for what belongs together.
fn lines_of_turned(pieces: Vec<Piece>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        let near = lines.last().and_then(|line| line.pieces.last()).is_some_and(|last| {
            let reach = last.area.inflate(piece.size * 0.6, piece.size * 0.6);
            last.drawn + 1 == piece.drawn && reach.intersect(piece.area).area() > 0.0
        });
        match lines.last_mut() {
            Some(line) if near => line.pieces.push(piece),
            _ => lines.push(Line { pieces: vec![piece], after_gap: true }),
        }
    }
    lines
}
