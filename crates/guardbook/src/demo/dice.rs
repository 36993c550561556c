//! Chance that falls the same on every machine: SplitMix64, so that a demo's people never change with a library.

use jiff::ToSpan as _;
use jiff::civil::Date;
use records::{FileId, ServiceId};

/// The dice.
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall by a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to one less than `sides`; 0 where there are no sides.
    pub fn below(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides.max(1)).unwrap_or(1);
        usize::try_from(self.next() % sides).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        let sides = usize::try_from(most.saturating_sub(least)).unwrap_or(0) + 1;
        least + i32::try_from(self.below(sides)).unwrap_or(0)
    }

    /// One of several.
    ///
    /// # Panics
    /// Where there is nothing to pick from.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// True in so many cases of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// A day some days before or after another.
    pub fn day_near(&mut self, day: Date, least: i32, most: i32) -> Date {
        day.saturating_add(self.between(least, most).days())
    }

    /// A file's id, in the form of a random uuid.
    pub fn file(&mut self) -> FileId {
        FileId::from_bytes(self.uuid())
    }

    /// A service's id, in the form of a random uuid.
    pub fn service(&mut self) -> ServiceId {
        ServiceId::from_bytes(self.uuid())
    }

    /// Some bytes, for a second factor that everybody may know.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }

    fn uuid(&mut self) -> [u8; 16] {
        let mut bytes = self.bytes::<16>();
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_fall_the_same_way_again() {
        let throw = |seed| {
            let mut dice = Dice::new(seed);
            (dice.below(1000), dice.between(-5, 5), dice.file())
        };
        assert_eq!(throw(1), throw(1));
        assert_ne!(throw(1), throw(2));
    }

    #[test]
    fn a_throw_stays_between_its_ends_and_reaches_both() {
        let mut dice = Dice::new(7);
        let thrown: Vec<_> = (0..500).map(|_| dice.between(-2, 2)).collect();
        assert!(thrown.iter().all(|n| (-2..=2).contains(n)));
        assert!((-2..=2).all(|n| thrown.contains(&n)));
    }
}
