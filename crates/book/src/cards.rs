//! The memory index: every card, searched by name, former name, birth date and postcode. Nothing of it is on disk.

use std::collections::HashMap;

use jiff::civil::Date;
use memchr::memmem;
use records::{Card, FileId, PersonClass, Personal};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::names::{Likeness, Names};

/// After so many changes the arena is built anew.
const RECENT_LIMIT: usize = 2_000;

/// One person in the index.
#[derive(Clone, Debug)]
pub struct Found {
    /// Whose.
    pub file: FileId,
    /// The card.
    pub card: Card,
}

/// All cards, and one long folded text that a search runs over.
#[derive(Default)]
pub(crate) struct CardIndex {
    cards: HashMap<FileId, Card>,
    arena: String,
    starts: Vec<(usize, FileId)>,
    recent: HashMap<FileId, String>,
    names: Names,
}

impl CardIndex {
    pub(crate) fn from_cards(cards: HashMap<FileId, Card>) -> Self {
        let mut index = Self::default();
        for (file, card) in &cards {
            index.names.add(*file, card);
        }
        index.cards = cards;
        index.rebuild();
        index
    }

    fn rebuild(&mut self) {
        self.arena.clear();
        self.starts.clear();
        self.recent.clear();
        for (&file, card) in &self.cards {
            self.starts.push((self.arena.len(), file));
            self.arena.push_str(&search_text(card));
            self.arena.push('\n');
        }
    }

    pub(crate) fn get(&self, file: FileId) -> Option<&Card> {
        self.cards.get(&file)
    }

    pub(crate) fn len(&self) -> usize {
        self.cards.len()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (FileId, &Card)> {
        self.cards.iter().map(|(&file, card)| (file, card))
    }

    pub(crate) fn put(&mut self, file: FileId, card: Card) {
        self.recent.insert(file, search_text(&card));
        self.keep(file, card);
        if self.recent.len() > RECENT_LIMIT {
            self.rebuild();
        }
    }

    fn keep(&mut self, file: FileId, card: Card) {
        self.names.add(file, &card);
        if let Some(old) = self.cards.insert(file, card) {
            // Out with the old words, and in again with those that stay.
            self.names.remove(file, &old);
            if let Some(card) = self.cards.get(&file) {
                self.names.remove(file, card);
                self.names.add(file, card);
            }
        }
    }

    pub(crate) fn put_many(&mut self, cards: Vec<(FileId, Card)>) {
        if cards.len() > RECENT_LIMIT / 2 {
            for (file, card) in cards {
                self.keep(file, card);
            }
            self.rebuild();
        } else {
            for (file, card) in cards {
                self.put(file, card);
            }
        }
    }

    pub(crate) fn forget(&mut self, files: &[FileId]) {
        let mut gone = false;
        for file in files {
            if let Some(card) = self.cards.remove(file) {
                self.names.remove(*file, &card);
                gone = true;
            }
        }
        if gone {
            // The arena holds the names: they go at once, not at the next rebuild.
            self.rebuild();
        }
    }

    /// People of whom every word of the query is part of the card, best first, at most `limit`.
    pub(crate) fn search(&self, query: &str, limit: usize, keep: impl Fn(FileId, &Card) -> bool) -> Vec<Found> {
        let words = query_words(query);
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return Vec::new() };
        let finder = memmem::Finder::new(longest);
        let mut hits = Vec::new();
        let mut from = 0;
        while let Some(at) = finder.find(&self.arena.as_bytes()[from..]).map(|at| at + from) {
            let which = self.starts.partition_point(|(start, _)| *start <= at) - 1;
            let (start, file) = self.starts[which];
            let end = self.starts.get(which + 1).map_or(self.arena.len(), |(next, _)| *next);
            from = end;
            if !self.recent.contains_key(&file) {
                self.consider(file, &self.arena[start..end], &words, &keep, &mut hits);
            }
            if from >= self.arena.len() {
                break;
            }
        }
        for (&file, text) in &self.recent {
            self.consider(file, text, &words, &keep, &mut hits);
        }
        hits.sort_by(|(a_score, a), (b_score, b)| {
            b_score.cmp(a_score).then_with(|| a.card.name.cmp(&b.card.name)).then(a.file.cmp(&b.file))
        });
        hits.truncate(limit);
        hits.into_iter().map(|(_, found)| found).collect()
    }

    /// People with names like those of the query, each with the least likeness of its words: the nearest first, at most
    /// `limit`. `short_forms` knows the other forms of a given name.
    pub(crate) fn search_alike(
        &self,
        query: &str,
        limit: usize,
        short_forms: impl Fn(&str) -> Vec<&'static str>,
        keep: impl Fn(FileId, &Card) -> bool,
    ) -> Vec<(Found, Likeness)> {
        let words = query_words(query);
        let (others, names): (Vec<_>, Vec<_>) =
            words.iter().partition(|word| word.contains(|c: char| c.is_ascii_digit()));
        let mut like = names.iter().map(|word| self.names.like(word, &short_forms(word))).collect::<Vec<_>>();
        like.sort_by_key(HashMap::len);
        let Some((fewest, rest)) = like.split_first() else { return Vec::new() };
        let mut hits = Vec::new();
        for (&file, &first) in fewest {
            let Some(worst) = rest.iter().try_fold(first, |worst, like| Some(worst.max(*like.get(&file)?))) else {
                continue;
            };
            let Some(card) = self.cards.get(&file) else { continue };
            let fits = others.is_empty() || {
                let text = search_text(card);
                others.iter().all(|word| text.contains(word.as_str()))
            };
            if fits {
                hits.push((worst, file, card));
            }
        }
        hits.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.2.name.cmp(&b.2.name)).then(a.1.cmp(&b.1)));
        let kept = hits.into_iter().filter(|(_, file, card)| keep(*file, card)).take(limit);
        kept.map(|(likeness, file, card)| (Found { file, card: card.clone() }, likeness)).collect()
    }

    fn consider(
        &self,
        file: FileId,
        text: &str,
        words: &[String],
        keep: &impl Fn(FileId, &Card) -> bool,
        hits: &mut Vec<(u32, Found)>,
    ) {
        if !words.iter().all(|word| text.contains(word.as_str())) {
            return;
        }
        if let Some(card) = self.cards.get(&file).filter(|card| keep(file, card)) {
            let score = words.iter().filter(|word| text.split([' ', '\n']).any(|part| part == word.as_str())).count();
            let score = u32::try_from(score).unwrap_or(u32::MAX);
            hits.push((score, Found { file, card: card.clone() }));
        }
    }

    /// People who may be the same: a name that is alike, or the same birth date and a shared name part.
    pub(crate) fn alike(&self, name: &str, born: Option<Date>, class: Option<PersonClass>) -> Vec<Found> {
        let sought = fold(name);
        let mut hits: Vec<(f64, Found)> = self
            .cards
            .iter()
            .filter(|(_, card)| class.is_none_or(|class| class == card.class))
            .filter_map(|(&file, card)| {
                let likeness = strsim::jaro_winkler(&sought, &fold(card.name.for_search()));
                let same_day = born.is_some() && card.born.as_ref().map(|born| *born.for_search()) == born;
                let other_day = born.is_some() && card.born.is_some() && !same_day;
                let shares = sought.split(' ').any(|part| fold(card.name.for_search()).split(' ').any(|p| p == part));
                let near =
                    (likeness > 0.93 && !other_day) || likeness > 0.985 || (same_day && (shares || likeness > 0.8));
                near.then(|| (likeness, Found { file, card: card.clone() }))
            })
            .collect();
        hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.file.cmp(&b.1.file)));
        hits.truncate(10);
        hits.into_iter().map(|(_, found)| found).collect()
    }
}

/// Lower case, without diacritics, one kind of apostrophe, one space.
pub(crate) fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2019}' | '\u{2018}' | '`' => '\'',
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    plain.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn search_text(card: &Card) -> String {
    let mut text = fold(card.name.for_search());
    for name in card.preferred.iter().chain(&card.former).map(Personal::for_search) {
        text.push(' ');
        text.push_str(&fold(name));
    }
    if let Some(born) = card.born.as_ref().map(Personal::for_search) {
        text.push(' ');
        text.push_str(&born.to_string());
    }
    if let Some(postcode) = card.postcode.as_ref().map(|p| fold(p.for_search())) {
        text.push(' ');
        text.push_str(&postcode.replace(' ', ""));
    }
    text
}

/// The words of a query; a date in UK order and a postcode with its space are put as the index has them.
fn query_words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let parts: Vec<&str> = folded.split(' ').filter(|part| !part.is_empty()).collect();
    let mut words = Vec::new();
    let mut i = 0;
    while i < parts.len() {
        if let Some(date) = uk_date(parts[i]) {
            words.push(date.to_string());
        } else if i + 1 < parts.len() && is_outward(parts[i]) && is_inward(parts[i + 1]) {
            words.push(format!("{}{}", parts[i], parts[i + 1]));
            i += 1;
        } else {
            words.push(parts[i].to_owned());
        }
        i += 1;
    }
    words
}

fn is_outward(part: &str) -> bool {
    (2..=4).contains(&part.len())
        && part.starts_with(|c: char| c.is_ascii_alphabetic())
        && part.contains(|c: char| c.is_ascii_digit())
}

fn is_inward(part: &str) -> bool {
    part.len() == 3 && part.starts_with(|c: char| c.is_ascii_digit())
}

fn uk_date(part: &str) -> Option<Date> {
    let pieces: Vec<&str> = part.split(['/', '.', '-']).collect();
    let [day, month, year] = pieces.as_slice() else { return None };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn index(people: &[(&str, Option<Date>, Option<&str>)]) -> CardIndex {
        let cards = people.iter().enumerate().map(|(n, (name, born, postcode))| {
            let card = Card {
                name: (*name).into(),
                preferred: None,
                former: vec!["Oldname".into()],
                born: born.map(Personal::new),
                postcode: postcode.map(Personal::from),
                class: PersonClass::Child,
                services: Vec::new(),
                warned: false,
                merged_into: None,
                merged: Vec::new(),
            };
            (FileId::from_bytes([u8::try_from(n).unwrap() + 1; 16]), card)
        });
        CardIndex::from_cards(cards.collect())
    }

    fn names(found: &[Found]) -> Vec<&str> {
        found.iter().map(|f| f.card.name.for_search().as_str()).collect()
    }

    #[test]
    fn a_person_is_found_by_any_part_of_the_name_without_its_accents() {
        let index = index(&[("Siân O\u{2019}Neill", None, None), ("Sian Other", None, None)]);
        assert_eq!(names(&index.search("sian o'neill", 10, |_, _| true)), ["Siân O\u{2019}Neill"]);
        assert_eq!(index.search("oldname", 10, |_, _| true).len(), 2);
        assert!(index.search("  ", 10, |_, _| true).is_empty());
    }

    #[test]
    fn a_person_is_found_by_birth_date_and_postcode_as_people_write_them() {
        let index = index(&[
            ("Ada A", Some(date(2014, 5, 6)), Some("ZZ1 1ZZ")),
            ("Bob B", Some(date(2014, 6, 5)), Some("ZZ1 2ZZ")),
        ]);
        assert_eq!(names(&index.search("6/5/2014", 10, |_, _| true)), ["Ada A"]);
        assert_eq!(names(&index.search("zz1 2zz", 10, |_, _| true)), ["Bob B"]);
        assert_eq!(names(&index.search("zz11zz", 10, |_, _| true)), ["Ada A"]);
    }

    #[test]
    fn a_changed_card_is_found_by_its_new_words_only_and_a_forgotten_one_not_at_all() {
        let mut index = index(&[("Ada A", None, None)]);
        let found = index.search("ada", 1, |_, _| true).pop().unwrap();
        index.put(found.file, Card { name: "Eve E".into(), ..found.card });
        assert!(index.search("ada", 10, |_, _| true).is_empty());
        assert_eq!(names(&index.search("eve", 10, |_, _| true)), ["Eve E"]);
        index.forget(&[found.file]);
        assert!(index.search("eve", 10, |_, _| true).is_empty());
        assert!(!index.arena.contains("ada"), "the old name stays in memory");
    }

    fn alike(index: &CardIndex, query: &str) -> Vec<(String, Likeness)> {
        let short = |word: &str| if word == "libby" { vec!["elizabeth"] } else { Vec::new() };
        let found = index.search_alike(query, 10, short, |_, _| true);
        found.into_iter().map(|(found, likeness)| (found.card.name.for_search().clone(), likeness)).collect()
    }

    #[test]
    fn a_name_is_found_by_its_short_form_with_a_slip_and_by_its_sound_nearest_first() {
        let index =
            index(&[("Catherine Smythe", None, None), ("Elizabeth Okafor", None, None), ("Zoë Brzęczyk", None, None)]);
        let one = |name: &str, likeness| vec![(name.to_owned(), likeness)];
        assert_eq!(alike(&index, "Kathryn Smith"), one("Catherine Smythe", Likeness::Sound));
        assert_eq!(alike(&index, "libby okafor"), one("Elizabeth Okafor", Likeness::ShortForm));
        assert_eq!(alike(&index, "Elizabteh"), one("Elizabeth Okafor", Likeness::Slip));
        assert_eq!(alike(&index, "Okaffor"), one("Elizabeth Okafor", Likeness::Slip));
        assert_eq!(alike(&index, "zoe brzeczyk"), one("Zoë Brzęczyk", Likeness::Same));
        assert_eq!(alike(&index, "libby smythe"), [], "every word must fit the same person");
        assert_eq!(alike(&index, "ab"), []);
    }

    #[test]
    fn names_that_are_gone_are_not_found_by_their_sound_either() {
        let mut index = index(&[("Catherine Smythe", None, None)]);
        let found = index.search("catherine", 1, |_, _| true).pop().unwrap();
        index.put(found.file, Card { name: "Catherine Example".into(), ..found.card });
        assert_eq!(alike(&index, "smith"), []);
        assert_eq!(alike(&index, "kathryn").len(), 1, "a word that stays is still found");
        index.forget(&[found.file]);
        assert_eq!(alike(&index, "kathryn"), []);
    }

    #[test]
    fn likely_duplicates_are_alike_in_name_or_share_the_day_and_a_name() {
        let day = Some(date(2014, 5, 6));
        let index = index(&[("Jonathan Example", day, None), ("Maria Example", day, None), ("Zed Q", None, None)]);
        assert_eq!(names(&index.alike("Jonathon Example", None, None)), ["Jonathan Example"]);
        assert_eq!(index.alike("J Example", day, None).len(), 2);
        assert!(index.alike("Nobody Like", None, None).is_empty());
    }
}
