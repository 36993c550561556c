//! A person's line in the memory index: what lists and searches need, and nothing more.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::id::{FileId, ServiceId};
use crate::people::PersonClass;
use crate::personal::{Personal, sealed, sealed_list, sealed_option};

/// A card. It is sealed in the file's row and opened into memory at start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The full name.
    #[serde(with = "sealed")]
    pub name: Personal<String>,
    /// What the person wants to be called.
    #[serde(with = "sealed_option", default)]
    pub preferred: Option<Personal<String>>,
    /// Former names.
    #[serde(with = "sealed_list", default)]
    pub former: Vec<Personal<String>>,
    /// The day of birth.
    #[serde(with = "sealed_option", default)]
    pub born: Option<Personal<Date>>,
    /// The current postcode.
    #[serde(with = "sealed_option", default)]
    pub postcode: Option<Personal<String>>,
    /// What the person is to the charity.
    pub class: PersonClass,
    /// The services that the person uses or used.
    #[serde(default)]
    pub services: Vec<ServiceId>,
    /// Whether a warning stands in the file.
    #[serde(default)]
    pub warned: bool,
    /// The file that leads, where this one was merged into it.
    #[serde(default)]
    pub merged_into: Option<FileId>,
    /// The files that were merged into this one.
    #[serde(default)]
    pub merged: Vec<FileId>,
}

impl Card {
    /// The name that a page greets the person with.
    pub fn called(&self) -> &str {
        self.preferred.as_ref().unwrap_or(&self.name).for_page()
    }
}
