//! Which words are names of people: what a word can be, how it is written, and what stands on either side of it.
//!
//! Two looks: the first takes what is plain where it stands; the second takes what the first found elsewhere in the
//! same text. "Hope was the theme" is no person, unless the text has shown that Hope is one.

use crate::lexicon::{
    ACRONYM, ARTICLE, BEFORE_MONTH, BODY, DAY, DOES, EVERYDAY, FAMILY, FIRST, HELPER, KNOWN, KNOWN_FAMILY, KNOWN_GIVEN, LABEL, LAST,
    MESSAGE, MONTH, NAME, PARTICLE, PREFIX, PRONOUN, PROPER, RELATIVE, ROLE, SPEAKS, STREET, THINGS, TITLE, TOWARDS, TOWN, WHERE,
    WHOSE, WordMap, digest, key,
};
use crate::register::Register;
use crate::tables::Columns;
use crate::words::{Gap, NOBODY, Shape, Word};
use crate::{Finding, Ground, Kind};

/// What is thought of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// No name.
    No,
    /// A name if the text shows so elsewhere.
    Maybe,
    /// A name.
    Yes(Ground, u32),
}

impl Mark {
    pub fn yes(self) -> bool {
        matches!(self, Self::Yes(..))
    }
}

struct Look<'t> {
    text: &'t str,
    words: &'t [Word],
    register: &'t Register,
    columns: &'t Columns,
    taken: &'t [Finding],
}

/// Marks the words of a text.
pub(crate) fn find(
    text: &str,
    words: &[Word],
    register: &Register,
    columns: &Columns,
    taken: &[Finding],
    marks: &mut Vec<Mark>,
) {
    marks.clear();
    marks.resize(words.len(), Mark::No);
    let look = Look { text, words, register, columns, taken };
    let mut taken = taken.iter().peekable();
    let mut unsure = false;
    for (at, word) in words.iter().enumerate() {
        while taken.next_if(|one| one.end <= word.start as usize).is_some() {}
        if taken.peek().is_some_and(|one| one.start < word.full_end as usize) {
            continue;
        }
        if word.shape == Shape::Lower && word.traits & (NAME | PARTICLE) == 0 && columns.is_empty() {
            // The most frequent case: a plain word. Unknown ones count only in a few places.
            if word.traits != 0 || !look.unknown_lower_may_count(at) {
                continue;
            }
        }
        let mark = look.judge(at, marks);
        unsure |= mark == Mark::Maybe;
        if let Some(place) = marks.get_mut(at) {
            *place = mark;
        }
    }
    if unsure {
        second_look(&look, marks);
    }
}

/// Takes what was unsure where the same word is a name elsewhere.
fn second_look(look: &Look, marks: &mut [Mark]) {
    let mut names: WordMap<u32> = WordMap::default();
    for (word, mark) in look.words.iter().zip(marks.iter()) {
        if mark.yes() && word.shape != Shape::Single {
            names.insert(word.digest, word.entry);
        }
    }
    if names.is_empty() {
        return;
    }
    let initials = initials_of(look, marks);
    for at in 0..marks.len() {
        let Some(word) = look.words.get(at) else { break };
        if marks.get(at) == Some(&Mark::Maybe)
            && let Some(entry) = names.get(&word.digest)
            && look.may_stand(at)
            && let Some(place) = marks.get_mut(at)
        {
            *place = Mark::Yes(Ground::Elsewhere, *entry);
        } else if marks.get(at) == Some(&Mark::Maybe)
            && word.shape == Shape::Upper
            && word.end - word.start == 2
            && initials.contains(&word.digest)
            && look.stands_for_person(at)
            && let Some(place) = marks.get_mut(at)
        {
            *place = Mark::Yes(Ground::Elsewhere, NOBODY);
        }
    }
}

/// The initials of the names of two words that were found.
fn initials_of(look: &Look, marks: &[Mark]) -> Vec<u64> {
    let first = |word: &Word| word.text(look.text).bytes().next().filter(u8::is_ascii_alphabetic).map(|byte| byte.to_ascii_lowercase());
    let pairs = look.words.windows(2).zip(marks.windows(2));
    pairs
        .filter_map(|(words, marks)| match (words, marks) {
            ([given, family], [one, other]) if one.yes() && other.yes() && family.gap == Gap::Space => {
                Some(digest(&[first(given)?, first(family)?]))
            }
            _ => None,
        })
        .collect()
}

impl<'t> Look<'t> {
    fn word(&self, at: usize) -> Option<&'t Word> {
        self.words.get(at)
    }

    fn before(&self, at: usize) -> Option<&'t Word> {
        at.checked_sub(1).and_then(|before| self.words.get(before))
    }

    /// The next word, if only a space stands between.
    fn next(&self, at: usize) -> Option<&'t Word> {
        self.word(at + 1).filter(|next| matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Line))
    }

    fn next_is(&self, at: usize, traits: u32) -> bool {
        self.next(at).is_some_and(|next| next.is(traits))
    }

    /// The word before, if only a space stands between.
    fn left(&self, at: usize) -> Option<&'t Word> {
        let word = self.word(at)?;
        if matches!(word.gap, Gap::Space | Gap::Line) { self.before(at) } else { None }
    }

    fn left_is(&self, at: usize, traits: u32) -> bool {
        self.left(at).is_some_and(|left| left.is(traits))
    }

    fn text_of(&self, at: usize) -> &'t str {
        self.word(at).map_or("", |word| word.text(self.text))
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        let text = self.text_of(at);
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    /// Whether an unknown word in small letters stands where names stand.
    fn unknown_lower_may_count(&self, at: usize) -> bool {
        if self.word(at).is_some_and(|word| word.shouted) {
            return true;
        }
        let Some(left) = self.before(at) else { return self.next_is(at, SPEAKS) };
        left.is(TITLE | RELATIVE) || left.is(TOWARDS) || self.next_is(at, SPEAKS) || left.is(FIRST) || left.is(PARTICLE)
    }

    fn yes(&self, at: usize, otherwise: Ground) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if word.is(KNOWN) {
            return Mark::Yes(Ground::Known, word.entry);
        }
        if word.is(NAME) {
            return Mark::Yes(Ground::Listed, NOBODY);
        }
        match self.slip(at) {
            Some((_, entry)) => Mark::Yes(Ground::KnownSlip, entry),
            None => Mark::Yes(otherwise, NOBODY),
        }
    }

    fn slip(&self, at: usize) -> Option<(u32, u32)> {
        let word = self.word(at)?;
        if word.traits & (EVERYDAY | NAME | PROPER | ACRONYM) != 0 || matches!(word.shape, Shape::Digits | Shape::Script) {
            return None;
        }
        self.register.slip(&key(word.text(self.text)))
    }

    fn judge(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if self.columns.names(word.start as usize) && !matches!(word.shape, Shape::Digits | Shape::Coded) {
            let heading = word.is(LABEL | ROLE | RELATIVE) && !word.is(NAME);
            return if heading || (word.is(EVERYDAY) && word.shape == Shape::Lower && !word.is(NAME)) {
                Mark::No
            } else {
                self.yes(at, Ground::Column)
            };
        }
        match word.shape {
            Shape::Digits => Mark::No,
            Shape::Coded => self.coded(at),
            Shape::Script => self.script(at),
            Shape::Single => self.single(at, marks),
            Shape::Upper if !word.shouted => self.upper(at, marks),
            Shape::Capital | Shape::Mixed if !word.shouted => self.capital(at, marks),
            _ => self.lower(at, marks),
        }
    }

    /// `L1am`, `0kafor`: read badly from paper.
    fn coded(&self, at: usize) -> Mark {
        let text = self.text_of(at);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if text.len() < 4 || digits * 2 > text.len() {
            return Mark::No;
        }
        for one in ['l', 'i'] {
            let read: String = text
                .chars()
                .map(|c| match c {
                    '0' => 'o',
                    '1' => one,
                    '3' => 'e',
                    '5' => 's',
                    '8' => 'b',
                    c => c,
                })
                .collect();
            let (traits, entry) = self.register.known(&key(&read));
            if traits & NAME != 0 && traits & EVERYDAY == 0 {
                return Mark::Yes(if traits & KNOWN != 0 { Ground::KnownSlip } else { Ground::Listed }, entry);
            }
        }
        Mark::No
    }

    /// A word of another script.
    fn script(&self, at: usize) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if word.is(KNOWN) {
            return Mark::Yes(Ground::Known, word.entry);
        }
        let text = self.text_of(at);
        if crate::relatives::in_script(text).is_some() {
            return Mark::No;
        }
        let cased = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_lowercase());
        if cased {
            let capital = text.chars().next().is_some_and(char::is_uppercase);
            return if capital && self.script_run(at) <= 12 { Mark::Yes(Ground::Script, NOBODY) } else { Mark::No };
        }
        // No capitals to go by: a few words within another script are most often a name.
        let letters = text.chars().count();
        if self.script_run(at) <= 5 && letters <= 12 { Mark::Yes(Ground::Script, NOBODY) } else { Mark::No }
    }

    /// How many words of another script stand side by side here.
    fn script_run(&self, at: usize) -> usize {
        let script = |word: &Word| word.shape == Shape::Script;
        let before = self.words.get(..at).unwrap_or_default().iter().rev().take(16).take_while(|word| script(word)).count();
        let after = self.words.get(at..).unwrap_or_default().iter().take(16).take_while(|word| script(word)).count();
        before + after
    }

    /// One capital: a whole initial, or the beginning of "A. Okafor".
    fn single(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let text = self.text_of(at);
        let initials = Mark::Yes(Ground::Initials, NOBODY);
        if word.shouted {
            return Mark::No;
        }
        // L.O. and L. O.
        if let Some(run) = self.dotted(at) {
            return if run { initials } else { Mark::No };
        }
        if self.left_title(at) {
            return initials;
        }
        if let Some(next) = self.word(at + 1) {
            let dotted = matches!(next.gap, Gap::Stop | Gap::Dot) && self.gap_is_dot(at + 1);
            let name_next = next.capital() && next.shape != Shape::Single;
            if dotted && name_next && (next.is(NAME | PARTICLE) || !next.is(EVERYDAY | BODY | PROPER | DAY | MONTH | ACRONYM)) && !next.is(PRONOUN | ARTICLE) {
                return initials;
            }
            if next.gap == Gap::Space && name_next && next.is(LAST) && !next.is(EVERYDAY | TOWN) && !self.left_is(at, EVERYDAY & ARTICLE) && text != "I" {
                return initials;
            }
        }
        // After a given name: "Liam O", "Liam O."
        if matches!(word.gap, Gap::Space) && marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes()) && self.before(at).is_some_and(|before| before.is(FIRST) && before.capital()) && text != "I" && text != "A" {
            return initials;
        }
        let listed = self.left(at).is_some_and(|left| left.is(EVERYDAY) && !left.is(TOWARDS | RELATIVE | ROLE | HELPER | DOES | PRONOUN));
        if word.possessive() && text != "I" && !listed {
            return initials;
        }
        if text == "I" || text == "A" {
            return if text == "A" && self.left_is(at, TOWARDS) && self.next_is(at, SPEAKS) { initials } else { Mark::No };
        }
        let ends = self.word(at + 1).is_none_or(|next| next.gap != Gap::Space) || self.next_is(at, DOES | TOWARDS | WHERE | PRONOUN);
        if !listed && (self.next_is(at, DOES) && (word.begins() || self.left_is(at, TOWARDS)) || self.left_is(at, TOWARDS) && ends) {
            return initials;
        }
        Mark::No
    }

    /// Whether only a full stop and spaces stand before this word.
    fn gap_is_dot(&self, at: usize) -> bool {
        let (Some(before), Some(word)) = (self.before(at), self.word(at)) else { return false };
        self.text.get(before.full_end as usize..word.start as usize).is_some_and(|gap| gap.trim_end_matches(' ') == ".")
    }

    /// `Some(true)` inside initials with stops, `Some(false)` inside another short form such as `D.O.B.`
    fn dotted(&self, at: usize) -> Option<bool> {
        let linked = |at: usize| {
            self.word(at).is_some_and(|word| word.shape == Shape::Single && matches!(word.gap, Gap::Dot | Gap::Stop))
                && self.before(at).is_some_and(|before| before.shape == Shape::Single)
                && self.gap_is_dot(at)
        };
        let mut first = at;
        while first + 8 > at && linked(first) {
            first -= 1;
        }
        let mut last = at;
        while last < at + 8 && linked(last + 1) {
            last += 1;
        }
        if first == last {
            return None;
        }
        let letters: String = (first..=last).map(|at| self.text_of(at)).collect();
        let short = matches!(letters.as_str(), "UK" | "US" | "USA" | "DOB" | "NB" | "PS" | "PE" | "RE" | "AM" | "PM" | "EG" | "IE" | "KC" | "QC" | "PTO" | "AOB" | "RIP" | "NI" | "GP" | "AKA");
        let sentence = self.next(last).is_some_and(|next| next.capital());
        Some(!short && (last - first < 4) || short && sentence && letters.len() == 3)
    }

    fn left_title(&self, at: usize) -> bool {
        let Some(before) = self.before(at) else { return false };
        let near = match self.word(at).map(|word| word.gap) {
            Some(Gap::Space | Gap::Line) => true,
            Some(Gap::Stop | Gap::Dot) => self.gap_is_dot(at),
            _ => false,
        };
        // "miss", "nurse" and the like in small letters are other words.
        let plain = !before.is(EVERYDAY) || before.capital();
        near && before.is(TITLE) && (plain || self.word(at).is_some_and(Word::capital))
    }

    /// `JB`, `OKAFOR`, `BRZĘCZYK`, `EHCP` among words in small letters.
    fn upper(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let letters = word.text(self.text).chars().count();
        let before_yes = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes()) && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Comma);
        let after_name = self.next(at).is_some_and(|next| next.capital() && next.is(FIRST) && next.shape != Shape::Single && !next.is(EVERYDAY))
            || self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma && next.capital() && next.is(FIRST) && !next.is(EVERYDAY));
        if self.left_title(at) {
            return self.yes(at, Ground::Around);
        }
        if letters == 2 {
            return self.two_letters(at, marks);
        }
        if word.is(ACRONYM) || word.is(BODY | PROPER | TITLE | DAY) && !word.is(KNOWN) {
            return if before_yes && word.is(KNOWN_FAMILY) { self.yes(at, Ground::Around) } else { Mark::No };
        }
        if word.is(NAME) && !word.is(EVERYDAY) {
            return self.yes(at, Ground::Listed);
        }
        if word.is(NAME) {
            let pair = self.next(at).is_some_and(|next| next.shape == Shape::Upper && next.is(NAME) && !next.is(ACRONYM))
                || self.left(at).is_some_and(|left| left.shape == Shape::Upper && left.is(NAME) && !left.is(ACRONYM));
            let around = self.left_is(at, TOWARDS | RELATIVE | ROLE) || self.next_is(at, SPEAKS) || word.possessive();
            return if before_yes || after_name || pair || (around && word.is(KNOWN)) { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if !word.is(EVERYDAY) && (after_name || before_yes && self.before(at).is_some_and(|before| before.is(FIRST) || before.shape == Shape::Single)) && letters >= 3 {
            return self.yes(at, Ground::Around);
        }
        if letters >= 5 && !word.is(EVERYDAY) && self.slip(at).is_some() {
            return self.yes(at, Ground::Around);
        }
        Mark::No
    }

    /// Whether two capitals stand where a person would, not a thing.
    fn stands_for_person(&self, at: usize) -> bool {
        let then = self.is_word(at + 1, &["to", "and"]) && self.word(at + 1).is_some_and(|next| next.gap == Gap::Space);
        let ends = self.word(at + 1).is_none_or(|next| !matches!(next.gap, Gap::Space | Gap::Hyphen));
        !self.left_is(at, ARTICLE | WHOSE) && (self.next_is(at, DOES) || then || ends || self.left_is(at, TOWARDS))
    }

    fn two_letters(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let initials = Mark::Yes(Ground::Initials, NOBODY);
        let number_before = self.left(at).is_some_and(|left| matches!(left.shape, Shape::Digits | Shape::Coded));
        let number_after = self.word(at + 1).is_some_and(|next| matches!(next.shape, Shape::Digits | Shape::Coded) && matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Other));
        let near_upper = self.next(at).is_some_and(|next| next.shape == Shape::Upper) || self.left(at).is_some_and(|left| left.shape == Shape::Upper);
        let person = self.next_is(at, DOES) || word.possessive() || self.left_is(at, TOWARDS | RELATIVE | ROLE);
        if self.left_is(at, ARTICLE | WHOSE) || number_before || number_after {
            return Mark::No;
        }
        if word.is(ACRONYM) {
            // A person of the register with these initials, where nothing but a person can stand.
            let saw = self.is_word(at.wrapping_sub(1), &["saw", "met", "with", "to", "told", "asked", "rang", "phoned"]) && word.gap == Gap::Space;
            let who = self.is_word(at + 1, &["who", "whose"]) && self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma);
            let then = self.is_word(at + 1, &["at", "and"]) && self.word(at + 1).is_some_and(|next| next.gap == Gap::Space);
            let friend = self.is_word(at.wrapping_sub(1), &["group", "friend", "called", "named"]) && matches!(word.gap, Gap::Comma | Gap::Space);
            let person = who || saw && then || friend || self.left_is(at, RELATIVE) && self.next_is(at, DOES) || self.next_is(at, SPEAKS) && !self.left_is(at, ARTICLE) && word.begins();
            return if person && self.register.has_initials(word.text(self.text)) { initials } else { Mark::Maybe };
        }
        if near_upper && !person {
            return if word.is(NAME) { self.yes(at, Ground::Listed) } else { Mark::No };
        }
        let _ = marks;
        initials
    }

    /// `Okafor`, `McDonald`.
    fn capital(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let begins = word.begins() || self.titled(at);
        let before_yes = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes()) && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Under | Gap::Cut);
        let title = self.left_title(at);
        if word.gap == Gap::Hyphen && !before_yes && !word.is(NAME) {
            return Mark::No;
        }
        let saint_name = word.text(self.text) == "St" && word.gap == Gap::Space && self.next(at).is_some_and(|next| next.capital() && next.is(LAST | FIRST));
        if saint_name && (title || before_yes && self.before(at).is_some_and(|before| before.is(FIRST))) {
            return Mark::Yes(Ground::Around, NOBODY);
        }
        if title && !word.is(BODY) || title && word.is(LAST) {
            return if word.is(PARTICLE) && !word.is(NAME) { Mark::No } else { self.yes(at, Ground::Around) };
        }
        if self.saint(at) {
            return Mark::No;
        }
        let goes_on = self.before(at).is_some_and(|before| {
            let slip = !before.is(NAME | EVERYDAY) && self.slip(at - 1).is_some();
            before.is(FIRST) || slip || before.shape == Shape::Single || before.is(LAST) && (!word.is(EVERYDAY) || word.gap == Gap::Hyphen)
        });
        if before_yes && word.is(LAST) && goes_on && !self.in_place_name(at, true) {
            return self.yes(at, Ground::Around);
        }
        let hyphen_first = before_yes && word.gap == Gap::Hyphen && word.is(FIRST);
        if hyphen_first {
            return self.yes(at, Ground::Around);
        }
        if self.in_place_name(at, false) {
            return Mark::No;
        }
        if word.is(DAY) || (word.is(ACRONYM) && !word.is(NAME)) || (word.is(TITLE) && !word.is(NAME)) {
            return Mark::No;
        }
        let person = self.person_follows(at) || word.possessive() && !word.is(EVERYDAY | BODY | RELATIVE);
        let led = self.led(at, marks);
        if word.is(RELATIVE) && (!word.is(NAME) || word.is(EVERYDAY)) && !before_yes {
            // "Nana" and "Bibi" are relatives where nothing makes them names.
            return if word.is(NAME) && self.next(at).is_some_and(|next| next.capital() && next.is(LAST)) { self.yes(at, Ground::Around) } else { Mark::No };
        }
        if word.is(MONTH) {
            return self.month(at, begins, person, led);
        }
        if word.is(PROPER) && !word.is(KNOWN_GIVEN) {
            let firm = word.is(NAME) && (led || person && !begins) && !self.left_is(at, WHERE);
            return if firm || before_yes && word.is(LAST) { self.yes(at, Ground::Around) } else { Mark::No };
        }
        if word.is(TOWN) {
            return self.town(at, begins, person, led);
        }
        if word.is(BODY) && !word.is(FIRST) {
            return if before_yes && word.is(LAST) { self.yes(at, Ground::Around) } else { Mark::No };
        }
        match (word.is(NAME), word.is(EVERYDAY)) {
            (true, false) => self.yes(at, Ground::Listed),
            (true, true) => self.ambiguous(at, begins, person, led, before_yes, marks),
            (false, true) => Mark::No,
            (false, false) => self.unknown(at, begins, person, led, before_yes),
        }
    }

    /// "St Mary's", "Saint Osyth": churches, schools and towns.
    fn saint(&self, at: usize) -> bool {
        self.left(at).is_some_and(|left| {
            let text = left.text(self.text);
            matches!(text, "St" | "Saint" | "Ss") && {
                let place = at - 1;
                !self.before(place).is_some_and(|before| before.is(FIRST | TITLE) && before.capital() && self.word(place).is_some_and(|word| word.gap == Gap::Space))
            }
        })
    }

    /// Whether the capitals that run on from here end in what buildings, bodies and streets are called by.
    fn in_place_name(&self, at: usize, after_given: bool) -> bool {
        let mut end = at;
        let mut body = None;
        for step in 1..6 {
            let Some(next) = self.word(at + step) else { break };
            let linked = matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Line) || next.gap == Gap::Other && self.text.get(next.start as usize - 1..next.start as usize) == Some("&");
            if !linked || next.gap == Gap::Line && next.begins() && !next.capital() {
                break;
            }
            let joint = next.shape == Shape::Lower && self.is_word(at + step, &["of", "and", "the", "for"]);
            if !next.capital() && !joint {
                break;
            }
            end = at + step;
            let saint = next.text(self.text) == "St" && self.word(end + 1).is_some_and(|after| after.gap == Gap::Space && after.capital());
            if next.capital() && next.is(BODY | STREET) && next.gap != Gap::Line && !saint {
                body = Some(end);
            }
        }
        let _ = end;
        let Some(body) = body else { return false };
        let Some(word) = self.word(at) else { return false };
        let last = self.word(body);
        // "Owen Hopkins-Heath", and "his mum Kim Hall": somebody is spoken of, not a place.
        let double = last.is_some_and(|last| last.gap == Gap::Hyphen && last.is(LAST)) && word.is(FIRST);
        let spoken_of = body <= at + 2
            && last.is_some_and(|last| last.is(LAST))
            && (word.is(FIRST) || self.slip(at).is_some())
            && (self.led(at, &[]) || self.person_follows(body));
        if double || spoken_of {
            return false;
        }
        // "Liam Church", "Ada Park": a given name and a surname that is also such a word.
        if body == at + 1 && !after_given {
            let street = last.is_some_and(|last| last.is(KNOWN_FAMILY));
            let pair = word.is(KNOWN_GIVEN) && street && self.pair_known(at, body);
            let plain = word.is(FIRST) && !word.is(EVERYDAY | LAST | TOWN) && last.is_some_and(|last| last.is(LAST) && !last.possessive());
            let number_before = self.left(at).is_some_and(|left| matches!(left.shape, Shape::Digits | Shape::Coded));
            if (pair || plain) && !number_before {
                return false;
            }
        }
        true
    }

    /// Whether somebody of the register has both names.
    fn pair_known(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.word(one), self.word(other)) else { return false };
        if one.entry == NOBODY || other.entry == NOBODY {
            return false;
        }
        let others = self.register.entry(other.entry);
        self.register.entry(one.entry).iter().any(|person| others.contains(person))
    }

    /// Whether the line is written with capitals throughout, like a heading.
    fn titled(&self, at: usize) -> bool {
        let Some(next) = self.word(at + 1) else { return false };
        let ordinary = |word: &Word| word.capital() && word.is(EVERYDAY) && !word.is(NAME | TITLE);
        let before = self.before(at);
        let linked = |word: &Word| matches!(word.gap, Gap::Space | Gap::Line);
        let right = linked(next) && ordinary(next);
        let left = self.word(at).is_some_and(linked) && before.is_some_and(|before| ordinary(before) && before.shape != Shape::Single && !before.begins());
        right || left && before.is_some_and(|before| !before.is(TOWARDS | LABEL | ROLE | RELATIVE))
    }

    /// Whether what follows is said of people: "Grace threw", "Will, who", "Rose and Liam".
    fn person_follows(&self, at: usize) -> bool {
        let Some(next) = self.word(at + 1) else { return false };
        match next.gap {
            Gap::Comma => self.is_word(at + 1, &["who", "whose", "aged", "age"]),
            Gap::Other => self.is_word(at + 1, &["aged", "age"]) && next.shape == Shape::Lower,
            Gap::Space | Gap::Line if next.shape == Shape::Lower || next.shouted => {
                if self.is_word(at + 1, &["and", "&"]) {
                    let acts = self.word(at + 3).is_some_and(|after| after.is(DOES) && after.shape == Shape::Lower);
                    return self.word(at + 2).is_some_and(|other| other.capital() && !other.is(EVERYDAY | PROPER | TOWN | BODY | MONTH | DAY) && (other.is(NAME) || acts));
                }
                if next.is(HELPER) || self.is_word(at + 1, &["is", "was", "has", "had"]) {
                    let after = self.word(at + 2);
                    return after.is_some_and(|after| !after.is(ARTICLE | THINGS) && !self.is_word(at + 2, &["said", "given", "needed", "in"]) && matches!(after.gap, Gap::Space | Gap::Line));
                }
                if next.is(DOES) {
                    return true;
                }
                let text = next.text(self.text);
                text.len() > 4 && text.ends_with("ed") && !next.is(THINGS) && !next.is(ROLE)
            }
            _ => false,
        }
    }

    /// Whether what stands before leads to a person: "his mum Rose", "saw Will", "Child: May".
    fn led(&self, at: usize, marks: &[Mark]) -> bool {
        let (Some(word), Some(before)) = (self.word(at), self.before(at)) else { return false };
        match word.gap {
            Gap::Space | Gap::Line => {
                if before.is(RELATIVE | ROLE) && !before.is(ARTICLE) || before.is(TITLE) {
                    return true;
                }
                if word.gap == Gap::Line && before.is(LABEL) && before.capital() {
                    return true;
                }
                if self.is_word(at - 1, &["and", "&"]) {
                    return at >= 2 && marks.get(at - 2).is_some_and(|mark| mark.yes());
                }
                before.is(LABEL) && before.capital() && self.is_word(at - 1, &["dear", "hi", "hello", "hey", "hiya", "morning", "afternoon", "evening", "re"])
                    || before.is(TOWARDS) && !before.capital() && !before.is(WHERE)
                    || before.is(TOWARDS) && before.begins() && !before.is(WHERE | NAME)
            }
            Gap::Colon => before.is(LABEL | RELATIVE | ROLE) && !before.is(DAY),
            Gap::Comma => {
                before.is(RELATIVE | ROLE) && before.shape == Shape::Lower
                    || marks.get(at - 1).is_some_and(|mark| mark.yes()) && self.word(at + 1).is_none_or(|next| matches!(next.gap, Gap::Comma | Gap::Line | Gap::Paragraph | Gap::Stop | Gap::Other) || self.is_word(at + 1, &["and"]))
            }
            Gap::Paragraph | Gap::Start => false,
            Gap::Other => {
                let bytes = self.text.as_bytes();
                let opened = bytes.get(word.start as usize - 1) == Some(&b'(');
                opened && (before.is(RELATIVE | ROLE | LABEL) || bytes.get(word.full_end as usize) == Some(&b')'))
            }
            _ => before.is(LABEL) && matches!(word.gap, Gap::Stop),
        }
    }

    /// May, June, April, August.
    fn month(&self, at: usize, begins: bool, person: bool, led: bool) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if !word.is(NAME) {
            return Mark::No;
        }
        let number = |word: Option<&Word>| word.is_some_and(|word| matches!(word.shape, Shape::Digits | Shape::Coded));
        let dated = number(self.left(at)) || number(self.next(at)) || self.next_is(at, MONTH) || self.left_is(at, MONTH | DAY)
            || self.is_word(at + 1, &["half", "be", "we", "i", "and"]) && begins
            || self.is_word(at + 1, &["and"]) && self.word(at + 2).is_some_and(|other| other.is(MONTH))
            || self.is_word(at.wrapping_sub(1), &["and", "or"]) && at >= 2 && self.word(at - 2).is_some_and(|other| other.is(MONTH));
        let month_before = self.left_is(at, BEFORE_MONTH | WHERE) && !self.is_word(at.wrapping_sub(1), &["to", "from", "for", "of", "with", "by"]);
        if dated || month_before && !person {
            return Mark::No;
        }
        if self.word(at + 1).is_some_and(|next| next.gap == Gap::Space && next.capital() && next.is(LAST) && !next.is(DAY | MONTH)) {
            return self.yes(at, Ground::Around);
        }
        let outright = self.next(at).is_some_and(|next| next.is(SPEAKS)) || word.possessive() && !begins;
        if led || person && (!begins || outright || self.is_word(at + 1, &["is", "was", "has", "had"])) || outright {
            return self.yes(at, Ground::Around);
        }
        if begins || month_before { Mark::Maybe } else { self.maybe_known(at) }
    }

    fn maybe_known(&self, at: usize) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let place_before = self.left_is(at, WHERE | BEFORE_MONTH);
        if word.is(KNOWN_GIVEN) && !place_before { self.yes(at, Ground::Around) } else { Mark::Maybe }
    }

    /// Preston, Jordan, Chelsea: a name and a place.
    fn town(&self, at: usize, begins: bool, person: bool, led: bool) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        if !word.is(NAME) {
            return Mark::No;
        }
        let next_name = self.next(at).is_some_and(|next| next.capital() && next.is(LAST) && !next.is(BODY | STREET) && word.is(FIRST));
        if led || person || next_name {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, WHERE) && !self.is_word(at.wrapping_sub(1), &["to", "towards"]) || self.left_is(at, ARTICLE) {
            return Mark::Maybe;
        }
        if word.is(FIRST) && !begins { self.yes(at, Ground::Listed) } else { Mark::Maybe }
    }

    /// A name that is also an everyday word.
    fn ambiguous(&self, at: usize, begins: bool, person: bool, led: bool, before_yes: bool, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let helper = word.is(HELPER);
        let next_last = self.word(at + 1).is_some_and(|next| {
            matches!(next.gap, Gap::Space | Gap::Hyphen | Gap::Under) && next.capital() && !next.is(DAY | MONTH | BODY | PRONOUN)
                && (next.is(LAST) && (!next.is(FIRST) || !helper) || next.is(PARTICLE) || !next.is(EVERYDAY | NAME | PROPER | TOWN | ACRONYM | TITLE | RELATIVE) && !helper && next.gap != Gap::Under)
        });
        let next_dotted = self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma && next.capital() && next.is(FIRST) && word.is(LAST) && self.pair_known(at + 1, at));
        if word.is(FIRST) && next_last || next_dotted {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, ARTICLE) {
            let family = self.is_word(at + 1, &["family", "family's", "household", "siblings", "children", "boys", "girls", "twins"]) && word.is(LAST);
            return if family { self.yes(at, Ground::Around) } else { Mark::No };
        }
        let next_hyphen = self.word(at + 1).is_some_and(|next| next.gap == Gap::Hyphen && next.capital() && next.is(FIRST));
        if before_yes && word.gap == Gap::Hyphen || word.is(FIRST) && next_hyphen || self.left_is(at, PARTICLE) && word.is(LAST) && self.left(at).is_some_and(|left| !left.is(ARTICLE | WHERE) && !left.begins()) && at >= 2 && self.word(at - 2).is_some_and(|before| before.capital() || before.is(PARTICLE)) {
            return self.yes(at, Ground::Around);
        }
        if begins {
            let labelled = led && matches!(word.gap, Gap::Colon | Gap::Line | Gap::Other) || led && self.titled(at) && !word.begins();
            if word.is(FIRST) {
                let outright = self.next(at).is_some_and(|next| next.is(SPEAKS) && next.shape == Shape::Lower);
                let owns = word.possessive() && !word.is(DAY);
                if self.next_is(at, HELPER) && self.word(at + 2).is_some_and(|after| after.is(ARTICLE)) {
                    return Mark::No;
                }
                if labelled || person && (!helper || outright || self.is_word(at + 1, &["is", "was", "has", "had"])) || owns && word.is(KNOWN_GIVEN) {
                    return self.yes(at, Ground::Around);
                }
                return Mark::Maybe;
            }
            return if labelled || word.is(KNOWN_FAMILY) && self.next_is(at, SPEAKS) && !self.next_is(at, THINGS) { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if word.is(FIRST) {
            let joined = self.next(at).is_some_and(|next| next.capital() && next.is(EVERYDAY) && !next.is(NAME) && next.shape != Shape::Single);
            return if joined { Mark::Maybe } else { self.yes(at, Ground::Around) };
        }
        let alone = self.next(at).is_none_or(|next| !next.capital()) && self.left(at).is_none_or(|left| !left.capital() || left.begins());
        let _ = marks;
        if alone && (led || person || word.possessive()) { self.yes(at, Ground::Around) } else { Mark::Maybe }
    }

    /// Whether it follows an address after a comma: a town.
    fn after_address(&self, at: usize) -> bool {
        let (Some(word), Some(before)) = (self.word(at), self.before(at)) else { return false };
        if word.gap != Gap::Comma {
            return false;
        }
        let end = before.full_end as usize;
        let next = self.taken.partition_point(|one| one.end < end);
        self.taken.get(next).is_some_and(|one| one.end == end && one.kind == Kind::Address)
    }

    /// A capital, and no list has the word.
    fn unknown(&self, at: usize, begins: bool, person: bool, led: bool, before_yes: bool) -> Mark {
        let next = self.next(at);
        let next_name = next.is_some_and(|next| next.capital() && next.shape != Shape::Single && (next.is(LAST) && !next.is(EVERYDAY) || next.is(FIRST) && !next.is(EVERYDAY) || next.is(KNOWN_FAMILY) && self.slip(at).is_some()));
        if before_yes && !self.before(at).is_some_and(|before| before.possessive()) {
            return self.yes(at, Ground::Around);
        }
        let slip = self.slip(at);
        let place = self.left(at).is_some_and(|left| left.is(PREFIX) && left.capital() && !left.is(TITLE)) && !led && slip.is_none();
        if place || self.after_address(at) {
            return Mark::Maybe;
        }
        if begins {
            let outright = next.is_some_and(|next| next.is(SPEAKS) && next.shape == Shape::Lower);
            let ending = english_ending(self.text_of(at));
            if outright || led && !self.is_word(at.wrapping_sub(1), &["subject", "re"]) || next_name && !ending || slip.is_some() && !ending || person && !ending && !next.is_some_and(|next| next.is(HELPER)) {
                return self.yes(at, Ground::Around);
            }
            if person && !ending && self.is_word(at + 1, &["is", "was", "has"]) {
                return self.yes(at, Ground::Around);
            }
            return Mark::Maybe;
        }
        if slip.is_some() && !self.left_is(at, ARTICLE) {
            return self.yes(at, Ground::Around);
        }
        if self.left_is(at, ARTICLE) {
            let family = self.is_word(at + 1, &["family", "family's", "household", "siblings", "twins"]);
            return if family { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if self.left_is(at, WHERE) {
            let from = self.is_word(at.wrapping_sub(1), &["to", "from", "near", "around", "towards"]);
            let message = at >= 2 && self.word(at - 2).is_some_and(|word| word.is(MESSAGE | TOWARDS | SPEAKS));
            return if from && (message || person) { self.yes(at, Ground::Around) } else { Mark::Maybe };
        }
        if self.left(at).is_some_and(|left| left.capital() && left.is(TOWN | PROPER) && !left.begins()) {
            return Mark::Maybe;
        }
        self.yes(at, Ground::Around)
    }

    /// Small letters, or a line of capitals.
    fn lower(&self, at: usize, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let letters = word.text(self.text).len();
        let before_yes = marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes()) && matches!(word.gap, Gap::Space | Gap::Hyphen | Gap::Under | Gap::Line | Gap::Comma);
        let tight = before_yes && word.gap != Gap::Comma && word.gap != Gap::Line;
        let title = self.left_title(at);
        if word.gap == Gap::Cut && marks.get(at.wrapping_sub(1)).is_some_and(|mark| mark.yes()) {
            return self.yes(at, Ground::Around);
        }
        if word.is(DAY | ACRONYM | BODY | STREET) && !(word.shouted && word.is(LAST) && tight) && !(tight && word.is(KNOWN_FAMILY)) || word.is(PROPER) && !word.is(KNOWN) {
            return Mark::No;
        }
        if word.is(NAME) && !word.is(EVERYDAY) {
            if word.is(MONTH) || word.is(RELATIVE) && !title || word.is(TITLE) && !title {
                return Mark::No;
            }
            if title || tight && (word.is(LAST) || word.shouted) {
                return self.yes(at, Ground::Listed);
            }
            if word.is(TOWN) && self.left_is(at, WHERE) {
                return Mark::No;
            }
            if word.is(FIRST) {
                let short = letters < 3;
                let particle = word.is(PARTICLE);
                let firm = self.led(at, marks) || self.person_follows(at) || word.possessive();
                let next_last = self.next(at).is_some_and(|next| next.is(LAST) && !next.is(EVERYDAY));
                return if (short || particle || word.is(TOWN)) && !firm && !next_last { Mark::Maybe } else { self.yes(at, Ground::Listed) };
            }
            let firm = self.led(at, marks) || self.person_follows(at);
            let pair_before = self.left(at).is_some_and(|left| left.is(FIRST) && !left.is(EVERYDAY));
            return if word.is(KNOWN_FAMILY) && letters >= 4 || word.shouted || pair_before || word.is(FAMILY) && letters >= 5 && firm { self.yes(at, Ground::Listed) } else { Mark::Maybe };
        }
        if word.is(NAME) {
            return self.lower_ambiguous(at, tight, title, marks);
        }
        if word.traits & (EVERYDAY | RELATIVE | TITLE | PARTICLE | DOES | TOWARDS | ROLE | LABEL | THINGS) != 0 {
            return Mark::No;
        }
        // No list has it.
        let called = self.is_word(at.wrapping_sub(1), &["called", "named"]) && word.gap == Gap::Space;
        let outright = self.next_is(at, SPEAKS);
        if title && letters >= 3 || called && letters >= 3 && !english_ending(self.text_of(at)) {
            return self.yes(at, Ground::Around);
        }
        let slip = if letters >= 4 { self.slip(at).filter(|(traits, _)| traits & EVERYDAY == 0) } else { None };
        if tight && self.before(at).is_some_and(|before| before.is(FIRST)) && slip.is_some() {
            return self.yes(at, Ground::Around);
        }
        if slip.is_some() && (outright || self.left_is(at, RELATIVE) || self.left_is(at, TOWARDS) && !self.left_is(at, WHERE)) && !english_ending(self.text_of(at)) {
            return self.yes(at, Ground::Around);
        }
        if word.shouted && !english_ending(self.text_of(at)) && letters >= 3 && (tight && self.before(at).is_some_and(|before| before.is(NAME)) || self.next(at).is_some_and(|next| next.is(LAST) && !next.is(EVERYDAY))) {
            return self.yes(at, Ground::Around);
        }
        Mark::No
    }

    /// "rose", "will", "young" in small letters.
    fn lower_ambiguous(&self, at: usize, tight: bool, title: bool, marks: &[Mark]) -> Mark {
        let Some(word) = self.word(at) else { return Mark::No };
        let helper = word.is(HELPER | MONTH);
        if title && word.is(LAST) {
            return self.yes(at, Ground::Around);
        }
        if tight && word.is(KNOWN_FAMILY) && self.pair_known(at - 1, at) {
            return self.yes(at, Ground::Around);
        }
        let next = self.next(at);
        let pair = word.is(FIRST) && next.is_some_and(|next| {
            next.is(KNOWN_FAMILY) && self.pair_known(at, at + 1) && (!next.is(EVERYDAY) || word.is(KNOWN_GIVEN) && next.gap == Gap::Space && !next.is(HELPER | TOWARDS | WHERE | DOES)) || next.is(FAMILY) && !next.is(EVERYDAY) && !helper
        });
        if pair {
            return self.yes(at, Ground::Around);
        }
        if !word.is(FIRST) || word.is(ARTICLE | PRONOUN | WHERE) || word.shouted && helper {
            return Mark::No;
        }
        let speaks = next.is_some_and(|next| next.is(SPEAKS));
        let clause = word.begins() || word.gap == Gap::Comma || self.left_is(at, RELATIVE) || self.is_word(at.wrapping_sub(1), &["and", "that", "when", "because", "then", "if", "as"]);
        if speaks && clause && !(helper && !word.is(KNOWN_GIVEN)) {
            return self.yes(at, Ground::Around);
        }
        if word.possessive() && !helper && !word.is(DAY) && word.is(KNOWN_GIVEN) && self.next(at).is_some_and(|next| next.is(RELATIVE | EVERYDAY)) && !self.left_is(at, ARTICLE) {
            return self.yes(at, Ground::Around);
        }
        let who = self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma) && self.is_word(at + 1, &["who", "whose", "and"]);
        let at_place = self.is_word(at + 1, &["at", "and"]) && next.is_some();
        let led = self.is_word(at.wrapping_sub(1), &["saw", "met", "with", "named", "called", "phoned", "rang", "texted", "told", "asked"]) && word.gap == Gap::Space;
        let to = self.is_word(at.wrapping_sub(1), &["to", "from", "for", "by", "with"]) && word.gap == Gap::Space;
        let relative = self.left_is(at, RELATIVE);
        let asks = next.is_some_and(|next| next.is(SPEAKS | DOES) && !next.is(HELPER));
        if word.is(KNOWN_GIVEN) && (led && (at_place || who || self.ends(at)) || to && who || relative && (speaks || self.is_word(at + 1, &["was", "is", "has", "had"]) || asks && !helper)) {
            return self.yes(at, Ground::Around);
        }
        let called = self.is_word(at.wrapping_sub(1), &["named", "called"]) && word.gap == Gap::Space;
        let comma_name = word.gap == Gap::Comma && self.before(at).is_some_and(|before| before.is(ROLE | RELATIVE)) && self.word(at + 1).is_some_and(|next| next.gap == Gap::Comma || next.is(DOES));
        let _ = marks;
        if called || comma_name { self.yes(at, Ground::Around) } else { Mark::No }
    }

    /// Whether an unsure word may be the name that the text shows elsewhere: at the beginning of a sentence, an everyday
    /// word needs to be followed by what follows names.
    fn may_stand(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        if !word.begins() || !word.is(EVERYDAY) {
            return !self.next_is(at, ARTICLE | PRONOUN) || !word.begins();
        }
        if self.ends(at) || self.person_follows(at) {
            return true;
        }
        word.is(FIRST) && self.next(at).is_some_and(|next| next.capital() && next.is(LAST))
            || self.is_word(at + 1, &["and", "at", "with", "also", "then", "still", "not"]) && word.is(FIRST)
    }

    /// Whether a clause ends after this word.
    fn ends(&self, at: usize) -> bool {
        self.word(at + 1).is_none_or(|next| matches!(next.gap, Gap::Stop | Gap::Paragraph | Gap::Comma | Gap::Other))
    }
}

/// "Wriggling", "Mostly": unknown, but built like an English word.
fn english_ending(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.len() > 5
        && ["ing", "ings", "tion", "tions", "ment", "ments", "ness", "ally", "ably", "ibly", "ously", "ively", "fully", "less", "able", "ible", "ology", "ised", "ized", "ising", "ivity", "ically", "ations"]
            .iter()
            .any(|ending| lower.ends_with(ending))
}
