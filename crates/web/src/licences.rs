//! The licences page: what others made that every page carries, and our own licence.

use crate::page::{Page, Shell};
use askama::Template;
use assets::Notice;

/// The page at `/licences`, open to everybody.
#[derive(Debug, Template)]
#[template(path = "licences.html")]
pub struct LicencesPage {
    shell: Shell,
    notices: &'static [Notice],
}

/// Builds the page; `shell` brings the title, e.g. `Title::new("Licences")`.
pub fn page(shell: Shell) -> Page<LicencesPage> {
    Page::new(LicencesPage { shell, notices: assets::NOTICES })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Title;

    #[test]
    fn the_page_names_what_others_made_with_copyright_and_terms() {
        let shell = Shell::public("Sample Charity", Title::new("Licences"));
        let page = LicencesPage { shell, notices: assets::NOTICES }.to_string();
        for words in
            ["govuk-frontend", "Crown Copyright", "Atkinson Hyperlegible Next", "SIL OPEN FONT LICENSE", "AGPL"]
        {
            assert!(page.contains(words), "{words} is missing");
        }
    }
}
