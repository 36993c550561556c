//! Licences of what others made and every page carries.

/// What somebody else made, and under which terms we pass it on.
#[derive(Clone, Copy, Debug)]
pub struct Notice {
    /// What it is.
    pub name: &'static str,
    /// Who holds the copyright.
    pub copyright: &'static str,
    /// Name of the licence.
    pub licence: &'static str,
    /// The licence's text. The npm package of govuk-frontend does not bring it, so it stands here.
    pub text: &'static str,
}

/// The notices of the licences page.
pub const NOTICES: &[Notice] = &[
    Notice {
        name: "govuk-frontend",
        copyright: "Copyright (c) 2017 Crown Copyright (Government Digital Service)",
        licence: "MIT",
        text: include_str!("../licences/mit.txt"),
    },
    Notice {
        name: "Atkinson Hyperlegible Next",
        copyright: "Copyright 2020-2024 The Atkinson Hyperlegible Next Project Authors",
        licence: "SIL Open Font License 1.1",
        text: include_str!("../licences/ofl-1.1.txt"),
    },
];
