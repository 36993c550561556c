//! What comes in from outside before anybody here has read it: asked on the website, or sent by e-mail. Each lies in a
//! file of its own, with a key of its own, until somebody takes it in or sets it aside.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{BodyId, FileId, RecordId};
use crate::personal::{Personal, sealed, sealed_option};

/// By which way it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArrivalWay {
    /// Asked on the website.
    Website,
    /// Sent by e-mail.
    Email,
}

impl ArrivalWay {
    /// What a page says.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Website => "on the website",
            Self::Email => "by e-mail",
        }
    }
}

macro_rules! slugs {
    ($name:ident { $($variant:ident = $slug:literal),* $(,)? }) => {
        impl $name {
            /// All, in the order in which a page offers them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word in forms.
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),* }
            }

            /// The one that a slug names.
            pub fn from_slug(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.slug() == slug)
            }
        }
    };
}

/// Who asks, as they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asking {
    /// The person themselves.
    Person,
    /// A parent or carer.
    Parent,
    /// Somebody who helps.
    Helper,
}

slugs!(Asking { Person = "person", Parent = "parent", Helper = "helper" });

impl Asking {
    /// What staff read.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Person => "The person themselves",
            Self::Parent => "A parent or carer",
            Self::Helper => "Somebody who helps",
        }
    }
}

/// What they want.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Want {
    /// To see what is held.
    See,
    /// To have something put right.
    Fix,
    /// To have something deleted.
    Delete,
    /// That something stops.
    Stop,
    /// Something about photographs.
    Photos,
    /// To tell a new address, or how they want to hear from the charity.
    Details,
    /// To complain.
    Complain,
    /// Something else.
    Other,
}

slugs!(Want {
    See = "see",
    Fix = "fix",
    Delete = "delete",
    Stop = "stop",
    Photos = "photos",
    Details = "details",
    Complain = "complain",
    Other = "other",
});

impl Want {
    /// What staff read.
    pub const fn words(self) -> &'static str {
        match self {
            Self::See => "See what we hold",
            Self::Fix => "Put something right",
            Self::Delete => "Delete something",
            Self::Stop => "Stop using something",
            Self::Photos => "Photos",
            Self::Details => "New details, or how to reach them",
            Self::Complain => "Complain",
            Self::Other => "Something else",
        }
    }
}

/// By what they want to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// On the website, with number and secret words: nothing is sent.
    Website,
    /// By e-mail.
    Email,
    /// By telephone.
    Phone,
    /// By letter.
    Post,
}

slugs!(Reach { Website = "website", Email = "email", Phone = "phone", Post = "post" });

impl Reach {
    /// What staff read.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Website => "Only here on the website",
            Self::Email => "By e-mail",
            Self::Phone => "By telephone",
            Self::Post => "By letter",
        }
    }
}

/// What somebody answered on the website.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Who asks.
    pub asking: Option<Asking>,
    /// What they want.
    pub want: Option<Want>,
    /// The name of the person whom it is about.
    #[serde(with = "sealed_option", default)]
    pub subject: Option<Personal<String>>,
    /// That person's day of birth, as typed.
    #[serde(with = "sealed_option", default)]
    pub born: Option<Personal<String>>,
    /// The name of whoever asks for another.
    #[serde(with = "sealed_option", default)]
    pub name: Option<Personal<String>>,
    /// What they are to the person.
    #[serde(with = "sealed_option", default)]
    pub relation: Option<Personal<String>>,
    /// What it is about, in their words.
    #[serde(with = "sealed_option", default)]
    pub about: Option<Personal<String>>,
    /// By what they want to be reached.
    pub reach: Option<Reach>,
    /// The address or number for it.
    #[serde(with = "sealed_option", default)]
    pub reach_at: Option<Personal<String>>,
    /// How not to reach them.
    #[serde(with = "sealed_option", default)]
    pub reach_not: Option<Personal<String>>,
    /// Who here knows them, or what they can show.
    #[serde(with = "sealed_option", default)]
    pub known_by: Option<Personal<String>>,
}

impl Answers {
    /// The answers as they were given, line by line: the original that is kept.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let text = |words: &Option<Personal<String>>| words.as_ref().map(|words| words.for_page().clone());
        [
            ("Who asks", self.asking.map(|asking| asking.words().to_owned())),
            ("What they want", self.want.map(|want| want.words().to_owned())),
            ("About", text(&self.subject)),
            ("Date of birth", text(&self.born)),
            ("Name of whoever asks", text(&self.name)),
            ("What they are to the person", text(&self.relation)),
            ("In their words", text(&self.about)),
            ("How to reach them", self.reach.map(|reach| reach.words().to_owned())),
            ("Address or number", text(&self.reach_at)),
            ("How not to reach them", text(&self.reach_not)),
            ("How we can know them", text(&self.known_by)),
        ]
        .into_iter()
        .filter_map(|(what, words)| words.filter(|words| !words.is_empty()).map(|words| (what, words)))
        .collect()
    }
}

/// An e-mail that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailIn {
    /// From whom, as the mail says. A mail can say anything.
    #[serde(with = "sealed")]
    pub from: Personal<String>,
    /// Its subject.
    #[serde(with = "sealed")]
    pub subject: Personal<String>,
    /// Its words.
    #[serde(with = "sealed")]
    pub text: Personal<String>,
    /// The mail itself, on the shelf.
    pub original: BodyId,
    /// SHA-256 of the mail in hexadecimal: it is not taken twice.
    pub sha256: String,
}

/// A number and the digest of a secret: whoever has both may look how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// The number, as people write it: `K7MX-3P9Q`.
    pub number: String,
    /// The digest of the secret.
    pub digest: String,
}

/// What was written to and fro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When.
    pub at: Timestamp,
    /// The member of staff who wrote it; none where they wrote it themselves.
    pub by: Option<FileId>,
    /// The words.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
}

/// How an arrival ended without becoming anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<FileId>,
    /// What was done about it, as they read it.
    #[serde(with = "sealed")]
    pub words: Personal<String>,
}

/// Something that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Its number, and the secret that opens it.
    pub pass: Pass,
    /// By which way it came.
    pub way: ArrivalWay,
    /// When it was begun, or the mail came.
    pub begun: Timestamp,
    /// When it was sent; none while they have only saved it.
    pub sent: Option<Timestamp>,
    /// What they answered on the website.
    #[serde(default)]
    pub answers: Answers,
    /// The mail, where it is one.
    pub mail: Option<MailIn>,
    /// What was written to and fro.
    pub messages: Vec<Message>,
    /// Set where it was dealt with without becoming a request or complaint.
    pub set_aside: Option<SetAside>,
}

impl Arrival {
    /// Whether it waits for somebody here.
    pub const fn waits(&self) -> bool {
        self.sent.is_some() && self.set_aside.is_none()
    }

    /// What they want, as far as it is known.
    pub fn want(&self) -> Option<Want> {
        self.answers.want
    }

    /// The original in words.
    pub fn words(&self) -> String {
        let mut words: Vec<String> =
            self.answers.lines().into_iter().map(|(what, said)| format!("{what}: {said}")).collect();
        if let Some(mail) = &self.mail {
            words.push(format!("From: {}", mail.from.for_page()));
            words.push(format!("Subject: {}", mail.subject.for_page()));
            words.push(String::new());
            words.push(mail.text.for_page().clone());
        }
        words.join("\n")
    }
}

/// What lets somebody look how far their request or complaint is. It lies beside it, in the same file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// Number and secret.
    pub pass: Pass,
    /// The request or complaint.
    pub of: RecordId,
    /// What was written to and fro.
    pub messages: Vec<Message>,
}
