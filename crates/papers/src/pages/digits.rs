//! The number in a box, from dots: no typeface, so that a made page depends on nothing but its pixels.

use super::Burnt;

/// The ten digits, five dots wide and seven high, a row a byte.
const DIGITS: [[u8; 7]; 10] = [
    [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
    [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
    [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
    [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
    [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
    [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
    [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
    [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
    [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
];

/// A number in a box is at most so many pixels a dot: it is a label, not a picture.
const LARGEST_DOT: u32 = 4;

/// The number of a box, where it has room.
pub(super) struct Label {
    left: u32,
    top: u32,
    dot: u32,
    digits: Vec<u8>,
}

impl Label {
    /// The number in the middle of its box; none where the box is too small for it.
    pub(super) fn fitting(burnt: &Burnt) -> Option<Self> {
        let (left, top, right, bottom) = burnt.pixels;
        let digits: Vec<u8> = burnt.number.to_string().bytes().map(|digit| digit - b'0').collect();
        let count = u32::try_from(digits.len()).ok()?;
        let (columns, rows) = (count * 6 - 1, 7);
        let (width, height) = (right - left, bottom - top);
        let dot = (width.checked_sub(4)? / columns).min(height.checked_sub(4)? / rows).min(LARGEST_DOT);
        (dot > 0).then(|| Self {
            left: left + (width - columns * dot) / 2,
            top: top + (height - rows * dot) / 2,
            dot,
            digits,
        })
    }

    fn width(&self) -> u32 {
        u32::try_from(self.digits.len() * 6 - 1).unwrap_or(0) * self.dot
    }

    /// All white pixels.
    pub(super) fn pixels(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let dots = (0_u32..).zip(&self.digits).flat_map(|(place, digit)| {
            let rows = DIGITS.get(usize::from(*digit)).into_iter().flat_map(|rows| (0_u32..).zip(rows));
            rows.flat_map(move |(row, bits)| {
                (0..5_u32)
                    .filter(move |column| bits >> (4 - column) & 1 == 1)
                    .map(move |column| (place * 6 + column, row))
            })
        });
        dots.flat_map(move |(column, row)| {
            (0..self.dot * self.dot).map(move |at| {
                (self.left + column * self.dot + at % self.dot, self.top + row * self.dot + at / self.dot)
            })
        })
    }

    /// Whether any of it can stand in a box.
    pub(super) fn touches(&self, burnt: &Burnt) -> bool {
        let (left, top, right, bottom) = burnt.pixels;
        self.left < right && left < self.left + self.width() && self.top < bottom && top < self.top + 7 * self.dot
    }

    /// Whether a pixel is so near that JPEG may have let the number shine into it.
    pub(super) fn is_near(&self, x: u32, y: u32, by: u32) -> bool {
        (self.left.saturating_sub(by)..self.left + self.width() + by).contains(&x)
            && (self.top.saturating_sub(by)..self.top + 7 * self.dot + by).contains(&y)
    }
}
