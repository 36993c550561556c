//! What is known about single words before any text is read: names of many countries, everyday words, words that point.
//!
//! The lists lie beside this file. A word may be several things at once: "rose" is a given name, a surname and an
//! everyday word. Words are kept folded, without accents, capitals and apostrophes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use crate::fold::fold;

/// What a word can be, as a set.
pub(crate) type Traits = u32;

/// A set of traits by name.
macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: Traits = 1 << $bit;)*
    };
}

traits! {
    /// A given name somewhere in the world.
    GIVEN = 0;
    /// A surname.
    FAMILY = 1;
    /// A given or short name of somebody in the register.
    KNOWN_GIVEN = 2;
    /// A surname of somebody in the register.
    KNOWN_FAMILY = 3;
    /// An everyday word.
    EVERYDAY = 4;
    /// Mr, Dr, Cllr.
    TITLE = 5;
    /// Mum, nain, babcia.
    RELATIVE = 6;
    /// A month.
    MONTH = 7;
    /// A day of the week.
    DAY = 8;
    /// What organisations and buildings are called by: school, hall, team.
    BODY = 9;
    /// Road, close, row.
    STREET = 10;
    /// A town, county or country.
    TOWN = 11;
    /// A language, faith, feast, brand or programme: written with a capital and no person.
    PROPER = 12;
    /// Between parts of a surname: van, bin, ap.
    PARTICLE = 13;
    /// What people do, in the forms that follow a name: said, has, threw.
    DOES = 14;
    /// Was, will, can.
    HELPER = 15;
    /// Before a person: saw, with, told.
    TOWARDS = 16;
    /// Before a place: in, at, from.
    WHERE = 17;
    /// His, their, my.
    WHOSE = 18;
    /// He, we, this.
    PRONOUN = 19;
    /// The, a, some.
    ARTICLE = 20;
    /// Teacher, worker, neighbour.
    ROLE = 21;
    /// Before a colon or a line break and then a name: child, from, regards.
    LABEL = 22;
    /// Letters that stand for something other than a person.
    ACRONYM = 23;
    /// What happens to things, not to people: delivered, closed.
    THINGS = 24;
    /// Said, told, asked: only people do this.
    SPEAKS = 25;
    /// Before a month: in, until, last.
    BEFORE_MONTH = 26;
    /// Letter, call, mail: what comes from and goes to people.
    MESSAGE = 27;
    /// The first word of a relative of several words: foster, half, great.
    BEGINS_RELATIVE = 28;
    /// First, twentieth.
    ORDINAL = 29;
    /// Before the name of a place: Ysgol, Loch, Upper.
    PREFIX = 30;
}

/// A name of any sort.
pub(crate) const NAME: Traits = GIVEN | FAMILY | KNOWN_GIVEN | KNOWN_FAMILY;
/// A name that comes first.
pub(crate) const FIRST: Traits = GIVEN | KNOWN_GIVEN;
/// A name that comes last.
pub(crate) const LAST: Traits = FAMILY | KNOWN_FAMILY;
/// A name in the register.
pub(crate) const KNOWN: Traits = KNOWN_GIVEN | KNOWN_FAMILY;

const SPEAKS_WORDS: &str = "said says told tells asked asks replied answered explained reported stated thinks thought \
    believes felt feels wants wanted wishes wished hoped likes liked loves loved hates hated prefers preferred enjoys \
    enjoyed agreed refused denied disclosed confirmed admitted mentioned complained promised suggested shouted screamed \
    cried laughed smiled whispered joked apologised rang phoned texted emailed spoke talked met attended arrived kicked \
    punched pushed slapped hugged swore threw hit bit chaired queried proposed seconded volunteered resigned";
const BEFORE_MONTH_WORDS: &str = "in by until till since of last this next during early late mid end start from to \
    every each before after through for between and begin beginning";
const MESSAGE_WORDS: &str = "letter letters call calls email emails mail text texts message messages card note reply \
    referral visit news contact heard word phone request complaint report statement update apology apologies gift said \
    spoke speak speaking talk talked talking listened according thanks sent wrote written write gave given give lent \
    shown showed showing introduced explained reported read handed moved close cruel kind rude mean attached next sit \
    sat hear hearing received";

/// Words by the digest of their folded form.
pub(crate) type WordMap<V> = HashMap<u64, V, BuildHasherDefault<Digested>>;

/// A key that is a digest already.
#[derive(Debug, Default)]
pub(crate) struct Digested(u64);

impl Hasher for Digested {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = digest(bytes);
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = digest;
    }
}

/// A digest of a folded word: 64 bits, so that two words of all lists and registers together do not share one.
pub(crate) fn digest(word: &[u8]) -> u64 {
    digest_with(word, 0)
}

/// The digest of the folded form of ASCII letters, which is the letters in small.
pub(crate) fn digest_of_letters(word: &[u8]) -> u64 {
    const SMALL: u64 = 0x2020_2020_2020_2020;
    digest_with(word, SMALL)
}

fn digest_with(word: &[u8], bits: u64) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = (word.len() as u64).wrapping_mul(ODD);
    let (chunks, rest) = word.as_chunks::<8>();
    let mut mix = |chunk: u64| {
        state = (state ^ chunk).wrapping_mul(ODD);
        state ^= state >> 29;
    };
    for chunk in chunks {
        mix(u64::from_le_bytes(*chunk) | bits);
    }
    if !rest.is_empty() {
        mix(padded(rest) | bits >> ((8 - rest.len()) * 8));
    }
    state = state.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    state ^ (state >> 32)
}

/// Fewer than eight bytes as a number, the first lowest: loads that overlap, because a loop over bytes is slow.
fn padded(rest: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last)) << ((rest.len() - 4) * 8);
        return u64::from(u32::from_le_bytes(*first)) | last;
    }
    let byte = |at: usize| rest.get(at).map_or(0, |byte| u64::from(*byte) << (at * 8));
    byte(0) | byte(1) | byte(2)
}

/// Words of the language of the lists: read once, shared by all detectors.
pub(crate) fn lexicon() -> &'static WordMap<Traits> {
    static WORDS: OnceLock<WordMap<Traits>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = WordMap::with_capacity_and_hasher(20_000, BuildHasherDefault::default());
        let mut add = |list: &str, trait_: Traits| {
            for word in list.split_whitespace() {
                *words.entry(digest(key(word).as_bytes())).or_insert(0) |= trait_;
            }
        };
        add(include_str!("words/given.txt"), GIVEN);
        add(include_str!("words/family.txt"), FAMILY);
        add(include_str!("words/everyday.txt"), EVERYDAY);
        add(include_str!("words/streets.txt"), STREET | EVERYDAY);
        add(SPEAKS_WORDS, SPEAKS | DOES);
        add(BEFORE_MONTH_WORDS, BEFORE_MONTH);
        add(MESSAGE_WORDS, MESSAGE);
        for ordinal in crate::dates::ORDINALS {
            add(ordinal, ORDINAL);
        }
        for line in include_str!("words/cues.txt").lines() {
            let Some((name, list)) = line.split_once(": ") else { continue };
            if let Some(trait_) = cue(name) {
                add(list, trait_);
            } else if name == "relphrase" {
                for phrase in list.split_whitespace() {
                    add(phrase.split('|').next().unwrap_or_default().trim_end_matches("'s"), BEGINS_RELATIVE);
                }
            }
        }
        words
    })
}

/// Relatives of more than one word: "foster carer", "mum's partner"; digests of the first word, then of the rest.
pub(crate) fn relative_phrases() -> &'static WordMap<Vec<Vec<u64>>> {
    static PHRASES: OnceLock<WordMap<Vec<Vec<u64>>>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases: WordMap<Vec<Vec<u64>>> = WordMap::default();
        let lines = include_str!("words/cues.txt").lines().filter_map(|line| line.strip_prefix("relphrase: "));
        for phrase in lines.flat_map(str::split_whitespace) {
            let mut parts = phrase.split('|').map(|part| digest(key(part.trim_end_matches("'s")).as_bytes()));
            if let Some(first) = parts.next() {
                phrases.entry(first).or_default().push(parts.collect());
            }
        }
        for rests in phrases.values_mut() {
            rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        phrases
    })
}

pub(crate) fn cue(name: &str) -> Option<Traits> {
    Some(match name {
        "title" => TITLE,
        "relation" => RELATIVE,
        "month" => MONTH,
        "day" => DAY,
        "org" => BODY,
        "place" => TOWN,
        "proper" => PROPER,
        "acronym" => ACRONYM,
        "speech" => DOES | EVERYDAY,
        "aux" => HELPER | DOES | EVERYDAY,
        "saw" => TOWARDS | EVERYDAY,
        "preloc" => WHERE | EVERYDAY,
        "his" => WHOSE | EVERYDAY,
        "pronoun" => PRONOUN | EVERYDAY,
        "article" => ARTICLE | EVERYDAY,
        "role" => ROLE | EVERYDAY,
        "label" => LABEL | EVERYDAY,
        "particle" => PARTICLE,
        "things" => THINGS | EVERYDAY,
        "prefix" => PREFIX,
        _ => return None,
    })
}

/// A word as the lists keep it.
pub(crate) fn key(word: &str) -> String {
    let mut folded = fold(word);
    folded.retain(char::is_alphanumeric);
    folded
}
