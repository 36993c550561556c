//! The three divisions of the United Kingdom that keep bank holidays of their own.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ClockError;

/// A division of the United Kingdom with its own bank holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nation {
    /// England and Wales.
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

impl Nation {
    /// All three, in the order in which they are named everywhere.
    pub const ALL: [Self; 3] = [Self::EnglandAndWales, Self::Scotland, Self::NorthernIreland];

    /// The name for programs: `england-and-wales`, `scotland`, `northern-ireland`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::EnglandAndWales => "england-and-wales",
            Self::Scotland => "scotland",
            Self::NorthernIreland => "northern-ireland",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::EnglandAndWales => 1,
            Self::Scotland => 2,
            Self::NorthernIreland => 4,
        }
    }
}

impl fmt::Display for Nation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EnglandAndWales => "England and Wales",
            Self::Scotland => "Scotland",
            Self::NorthernIreland => "Northern Ireland",
        })
    }
}

/// A nation's name that is none of the three.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a nation that we know. Write england-and-wales, scotland or northern-ireland.")]
pub struct UnknownNation(pub String);

impl FromStr for Nation {
    type Err = UnknownNation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|nation| nation.slug() == text).ok_or_else(|| UnknownNation(text.to_owned()))
    }
}

/// The nations a charity works in, at least one. With several, the earliest date of them is the one that is
/// always in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nations(u8);

impl Nations {
    /// All three nations: for when it is not known where the work is done.
    pub const fn all() -> Self {
        Self(7)
    }

    /// The nations given; naming one twice does no harm.
    ///
    /// # Errors
    /// [`ClockError::NoNation`] when there is none.
    pub fn of(nations: impl IntoIterator<Item = Nation>) -> Result<Self, ClockError> {
        match nations.into_iter().fold(0, |bits, nation| bits | nation.bit()) {
            0 => Err(ClockError::NoNation),
            bits => Ok(Self(bits)),
        }
    }

    /// The nations, in their usual order.
    pub fn iter(self) -> impl Iterator<Item = Nation> {
        Nation::ALL.into_iter().filter(move |nation| self.0 & nation.bit() != 0)
    }

    /// Whether this is exactly one nation.
    pub const fn is_single(self) -> bool {
        self.0.is_power_of_two()
    }
}

impl From<Nation> for Nations {
    fn from(nation: Nation) -> Self {
        Self(nation.bit())
    }
}

impl fmt::Display for Nations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self.iter().map(|nation| nation.to_string()).collect();
        match names.split_last() {
            Some((last, [])) => f.write_str(last),
            Some((last, rest)) => write!(f, "{} and {last}", rest.join(", ")),
            None => Ok(()),
        }
    }
}
