//! What carries a mail out of the house. The adapter to SMTP lies in the executable; without one nothing is mailed.

use uuid::Uuid;

/// A mail to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Names the mail for good: the same letter, sent again after a crash, bears the same one.
    pub id: String,
    /// The charity's name, shown as the sender.
    pub from_name: String,
    /// Where an answer goes.
    pub reply_to: String,
    /// The one recipient's address.
    pub to: String,
    /// The subject. Mail programs show it on locked screens: a reference, never a name.
    pub subject: String,
    /// The text.
    pub text: String,
    /// A file beside it.
    pub attachment: Option<Attachment>,
}

impl Mail {
    /// The name of a mail from the charity: a number nobody else has, at its own domain.
    pub(crate) fn name(number: Uuid, reply_to: &str) -> String {
        let domain = reply_to.rsplit_once('@').map_or("guardbook.invalid", |(_, domain)| domain);
        format!("<{}@{domain}>", number.simple())
    }

    /// The same for a mail that is sent once.
    pub(crate) fn new_name(reply_to: &str) -> String {
        Self::name(Uuid::from_u128(rand::random()), reply_to)
    }
}

/// A file in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name; nothing personal.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CarryError {
    /// It may work later: the server is away or busy.
    #[error("{0}")]
    Later(String),
    /// It will not work: the server refused the recipient or the mail for good.
    #[error("{0}")]
    Never(String),
}

/// Hands a mail to a mail server and waits for its answer. Called outside the threads that serve pages.
pub trait Carrier: Send + Sync {
    /// Hands over one mail.
    ///
    /// # Errors
    /// [`CarryError`] with the server's own words.
    fn carry(&self, mail: &Mail) -> Result<(), CarryError>;

    /// Where mail goes and from whom, for the administrator's page: "smtp.example.org, from office@example.org".
    fn describe(&self) -> String;
}
