//! The words of the family portal: one file for each language (Fluent), each message plain or in Easy Read.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::{LanguageIdentifier, langid};

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(langid!("en-GB"), include_str!("../words/en.ftl")));

fn bundle(language: LanguageIdentifier, text: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // The marks around what is put in are for mixed directions of writing, and stand in the way of searches.
    bundle.set_use_isolating(false);
    // INVARIANT: the test below reads every file; one that does not read never leaves a build whose tests ran.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(whole, _)| whole);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The words of a page, plain or in Easy Read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Whether the page is in Easy Read.
    pub easy: bool,
}

impl Words {
    /// The words of a message.
    pub fn t(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The words of a message with one value put in.
    pub fn with1(&self, id: &str, name: &str, value: &str) -> String {
        self.with(id, &[(name, value)])
    }

    /// The words of a message with values put in.
    pub fn with(&self, id: &str, values: &[(&str, &str)]) -> String {
        let bundle = &*ENGLISH;
        let Some(message) = bundle.get_message(id) else {
            tracing::error!(id, "the portal has no words for this");
            return String::new();
        };
        let easy = message.get_attribute("easy").map(|attribute| attribute.value()).filter(|_| self.easy);
        let Some(pattern) = easy.or_else(|| message.value()) else { return String::new() };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, (*value).to_owned());
        }
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message that code and templates name. Those whose names are put together are listed by their parts.
    fn named() -> Vec<String> {
        let sources = [
            include_str!("pages/portal/ask.rs"),
            include_str!("pages/portal/questions.rs"),
            include_str!("pages/portal/track.rs"),
            include_str!("pages/portal/home.rs"),
            include_str!("pages/portal/mod.rs"),
            include_str!("../templates/portal/layout.html"),
            include_str!("../templates/portal/home.html"),
            include_str!("../templates/portal/ask.html"),
            include_str!("../templates/portal/check.html"),
            include_str!("../templates/portal/given.html"),
            include_str!("../templates/portal/track.html"),
            include_str!("../templates/portal/looked.html"),
            include_str!("../templates/portal/paper.html"),
        ];
        let calls = [".t(\"", ".with1(\"", ".with(\""];
        sources
            .iter()
            .flat_map(|source| calls.iter().flat_map(|call| source.split(call).skip(1)))
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_words_of_the_portal_read_and_none_that_a_page_names_is_missing() {
        FluentResource::try_new(include_str!("../words/en.ftl").to_owned()).map_err(|(_, errors)| errors).unwrap();
        let named = named();
        assert!(named.len() > 40, "the pages are searched: {}", named.len());
        for id in named {
            assert!(ENGLISH.has_message(&id), "no words for {id}");
        }
    }

    #[test]
    fn easy_read_has_its_own_words_where_there_are_some_and_the_plain_ones_elsewhere() {
        let (plain, easy) = (Words { easy: false }, Words { easy: true });
        assert_ne!(plain.t("step-checking"), easy.t("step-checking"));
        assert_eq!(plain.t("step-ready"), easy.t("step-ready"));
        assert_eq!(plain.with1("looked-due", "date", "4 May"), "We answer at the latest by 4 May.");
    }
}
