//! Which happenings of a file are wanted: by what they are, at which service, in which time, with which words.

use book::{OpenFile, Opened};
use jiff::civil::Date;
use records::{Content, FileId, Kind, ServiceId, operation};

use crate::office::{House, Office};
use crate::people::happened_on;
use crate::requests::review::{Around, item_texts};

/// What sort of happening it is, as staff would say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Happening {
    /// Notes, with what was put right in them.
    Note,
    /// Letters, scans and other papers.
    Paper,
    /// The use of services, and privacy notices.
    Service,
    /// What was shared with others.
    Sharing,
    /// Warnings.
    Warning,
}

impl Happening {
    /// All sorts, in the order in which a form offers them.
    pub const ALL: [Self; 5] = [Self::Note, Self::Paper, Self::Service, Self::Sharing, Self::Warning];

    /// The word in forms.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Note => "notes",
            Self::Paper => "papers",
            Self::Service => "services",
            Self::Sharing => "sharing",
            Self::Warning => "warnings",
        }
    }

    /// What a page calls them.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Note => "Notes",
            Self::Paper => "Papers",
            Self::Service => "Services and notices",
            Self::Sharing => "Sharing",
            Self::Warning => "Warnings",
        }
    }

    /// The sort that a slug names.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.slug() == slug)
    }

    /// The sort of a kind of record; none where it does not stand in a timeline.
    pub const fn of(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Note | Kind::Correction => Self::Note,
            Kind::Paper => Self::Paper,
            Kind::Enrolment | Kind::Notice => Self::Service,
            Kind::Disclosure => Self::Sharing,
            Kind::Warning => Self::Warning,
            _ => return None,
        })
    }
}

/// Which happenings are wanted. The empty choice wants all.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Only of this sort.
    pub what: Option<Happening>,
    /// Only at this service.
    pub service: Option<ServiceId>,
    /// Only from this day on.
    pub from: Option<Date>,
    /// Only up to and with this day.
    pub until: Option<Date>,
    /// Only with all of these words, however they are written.
    pub words: String,
}

impl Narrow {
    /// Whether everything is wanted.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a record is wanted. A note is found by the words of what was put right in it, too.
    pub fn wants(&self, office: &Office, house: &House, file: &OpenFile, opened: &Opened) -> bool {
        let day = operation::london_day(happened_on(opened));
        let in_time = self.from.is_none_or(|from| day >= from) && self.until.is_none_or(|until| day <= until);
        let sort = Happening::of(opened.header.kind);
        let of_sort = self.what.is_none_or(|what| sort == Some(what));
        let at_service = self.service.is_none_or(|service| service_of(opened) == Some(service));
        in_time && of_sort && at_service && self.finds(office, house, file, opened)
    }

    fn finds(&self, office: &Office, house: &House, file: &OpenFile, opened: &Opened) -> bool {
        let wanted = papers::fold::fold(&self.words);
        let mut wanted = wanted.split_whitespace().peekable();
        if wanted.peek().is_none() {
            return true;
        }
        let corrections = file.records.iter().filter(|other| {
            matches!(&other.record.content, Content::Correction(correction) if correction.of == opened.header.id)
        });
        let called = |id: FileId| called(office, id);
        let around = Around { house, called: &called };
        let said: Vec<String> = std::iter::once(opened)
            .chain(corrections)
            .flat_map(|one| item_texts(&one.record, &around).parts)
            .map(|part| papers::fold::fold(&part.text))
            .collect();
        wanted.all(|word| said.iter().any(|text| text.contains(word)))
    }
}

/// What somebody in the book is called.
pub(crate) fn called(office: &Office, file: FileId) -> String {
    office
        .book()
        .card(file)
        .map_or_else(|| "somebody whose file was erased".to_owned(), |card| card.name.for_page().clone())
}

fn service_of(opened: &Opened) -> Option<ServiceId> {
    match &opened.record.content {
        Content::Note(note) => note.service,
        Content::Enrolment(enrolment) => Some(enrolment.service),
        _ => None,
    }
}
