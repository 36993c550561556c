//! A value about a person: it cannot be printed by accident and leaves only through named exits.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A personal value. It has no `Display`, its `Debug` is masked, and it does not implement `Serialize`:
/// a field that is sealed says so with `#[serde(with = "…::sealed")]`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Takes a value in at the edge.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The exit to a page that this actor was allowed to see.
    pub const fn for_page(&self) -> &T {
        &self.0
    }

    /// The exit to a letter, notice or pack.
    pub const fn for_paper(&self) -> &T {
        &self.0
    }

    /// The exit to searching and matching in memory.
    pub const fn for_search(&self) -> &T {
        &self.0
    }

    /// The exit to the store, where it is sealed.
    pub const fn for_store(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Personal<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

/// The exit to the store for a plain field: `#[serde(with = "sealed")]`.
pub mod sealed {
    use super::{Deserialize, Deserializer, Personal, Serialize, Serializer};

    /// Writes the value on its way into a sealed body.
    pub fn serialize<T: Serialize, S: Serializer>(value: &Personal<T>, to: S) -> Result<S::Ok, S::Error> {
        value.for_store().serialize(to)
    }

    /// Reads the value back from an opened body.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Personal<T>, D::Error> {
        T::deserialize(from).map(Personal::new)
    }
}

/// The same for an optional field: `#[serde(with = "sealed_option", default)]`.
pub mod sealed_option {
    use super::{Deserialize, Deserializer, Personal, Serialize, Serializer};

    /// Writes the value on its way into a sealed body.
    pub fn serialize<T: Serialize, S: Serializer>(value: &Option<Personal<T>>, to: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Personal::for_store).serialize(to)
    }

    /// Reads the value back from an opened body.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Personal<T>>, D::Error> {
        Ok(Option::<T>::deserialize(from)?.map(Personal::new))
    }
}

/// The same for a list: `#[serde(with = "sealed_list", default)]`.
pub mod sealed_list {
    use super::{Deserialize, Deserializer, Personal, Serialize, Serializer};

    /// Writes the values on their way into a sealed body.
    pub fn serialize<T: Serialize, S: Serializer>(values: &[Personal<T>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(values.iter().map(Personal::for_store))
    }

    /// Reads the values back from an opened body.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<Personal<T>>, D::Error> {
        Ok(Vec::<T>::deserialize(from)?.into_iter().map(Personal::new).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_value_never_prints_itself() {
        let name = Personal::new("Ada Example");
        assert_eq!(format!("{name:?} {:?}", Some(&name)), "[personal] Some([personal])");
    }
}
