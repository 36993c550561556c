//! Mail by SMTP: the adapter between the outbox and a charity's mail server.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use duties::post::{Carrier, CarryError, Mail};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, Message, SmtpTransport, Transport};

/// How long the mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which mail server.
#[derive(Debug, Clone, Default, Args)]
pub struct MailArgs {
    /// The mail server: smtps://HOST for TLS from the start, smtp://HOST for STARTTLS, each with :PORT if need be.
    /// Without encryption only on this machine. Without it letters are printed.
    #[arg(long, value_name = "URL", env = "GUARDBOOK_SMTP", requires = "mail_from")]
    smtp: Option<String>,
    /// The address from which letters go.
    #[arg(long, value_name = "ADDRESS", env = "GUARDBOOK_MAIL_FROM")]
    mail_from: Option<String>,
    /// The name with which Guardbook signs in to the mail server.
    #[arg(long, value_name = "NAME", env = "GUARDBOOK_SMTP_USER", requires = "smtp")]
    smtp_user: Option<String>,
    /// The file with the password for it; without it, it is taken from GUARDBOOK_SMTP_PASSWORD.
    #[arg(long, value_name = "FILE", env = "GUARDBOOK_SMTP_PASSWORD_FILE", requires = "smtp_user")]
    smtp_password_file: Option<PathBuf>,
}

impl MailArgs {
    /// The mail server, where one is given.
    ///
    /// # Errors
    /// A URL, address or password file that is not usable, in words.
    pub fn carrier(&self) -> io::Result<Option<Arc<dyn Carrier>>> {
        let (Some(url), Some(from)) = (&self.smtp, &self.mail_from) else { return Ok(None) };
        let from: Address =
            from.parse().map_err(|_| usage(format!("“{from}” is no e-mail address. Check --mail-from.")))?;
        let credentials = self.credentials()?;
        Ok(Some(Arc::new(SmtpServer::new(url, from, credentials)?)))
    }

    fn credentials(&self) -> io::Result<Option<Credentials>> {
        let Some(user) = &self.smtp_user else { return Ok(None) };
        let password = match &self.smtp_password_file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|error| usage(format!("{}: {error}. Check --smtp-password-file.", path.display())))?,
            None => std::env::var("GUARDBOOK_SMTP_PASSWORD").map_err(|_| {
                usage("The mail server wants a password for this name: give --smtp-password-file FILE.".to_owned())
            })?,
        };
        Ok(Some(Credentials::new(user.clone(), password.trim_end_matches(['\r', '\n']).to_owned())))
    }
}

fn usage(words: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, words)
}

/// A mail server that is spoken to over SMTP.
struct SmtpServer {
    transport: SmtpTransport,
    from: Address,
    host: String,
}

impl SmtpServer {
    fn new(url: &str, from: Address, credentials: Option<Credentials>) -> io::Result<Self> {
        let wrong = || {
            usage(format!("“{url}” names no mail server. Write smtps://HOST or smtp://HOST, with :PORT if need be."))
        };
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let (host, port) = host_and_port(rest.trim_end_matches('/')).ok_or_else(wrong)?;
        let builder = match scheme {
            "smtps" => SmtpTransport::relay(host),
            // What goes to this very machine passes no wire.
            "smtp" if is_this_machine(host) => Ok(SmtpTransport::builder_dangerous(host)),
            "smtp" => SmtpTransport::starttls_relay(host),
            _ => return Err(wrong()),
        };
        let mut builder = builder.map_err(|error| usage(format!("{host}: {error}")))?.timeout(Some(PATIENCE));
        if let Some(port) = port {
            builder = builder.port(port);
        }
        if let Some(credentials) = credentials {
            builder = builder.credentials(credentials);
        }
        Ok(Self { transport: builder.build(), from, host: host.to_owned() })
    }
}

pub(crate) fn host_and_port(rest: &str) -> Option<(&str, Option<u16>)> {
    let bare = |host: &str| !host.is_empty() && !host.contains(['@', '/', '?']);
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !port.contains(']') => (host, Some(port.parse().ok()?)),
        _ => (rest, None),
    };
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare(host).then_some((host, port))
}

pub(crate) fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Carrier for SmtpServer {
    fn carry(&self, mail: &Mail) -> Result<(), CarryError> {
        let message = message(&self.from, mail)?;
        match self.transport.send(&message) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(CarryError::Never(error.to_string())),
            Err(error) => Err(CarryError::Later(error.to_string())),
        }
    }

    fn describe(&self) -> String {
        format!("{}, from {}", self.host, self.from)
    }
}

/// The mail as it goes over the wire: one recipient, in the envelope and in the head.
fn message(from: &Address, mail: &Mail) -> Result<Message, CarryError> {
    let never = |words: &str| CarryError::Never(words.to_owned());
    let to: Address = mail.to.parse().map_err(|_| never("This is no e-mail address. Correct it in their details."))?;
    let reply_to: Address =
        mail.reply_to.parse().map_err(|_| never("The charity's own address is none. Correct it in administration."))?;
    let head = Message::builder()
        .from(Mailbox::new(Some(one_line(&mail.from_name)), from.clone()))
        .reply_to(Mailbox::new(None, reply_to))
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .message_id(Some(mail.id.clone()));
    let text = SinglePart::plain(mail.text.clone());
    let built = match &mail.attachment {
        None => head.singlepart(text),
        Some(file) => {
            let kind = ContentType::parse(file.media_type).map_err(|_| never("The file's type has no name."))?;
            let file = Attachment::new(file.name.clone()).body(file.bytes.clone(), kind);
            head.multipart(MultiPart::mixed().singlepart(text).singlepart(file))
        }
    };
    built.map_err(|error| CarryError::Never(format!("The mail could not be written: {error}.")))
}

/// A head's words on one line: an end of line in them would begin another head.
fn one_line(words: &str) -> String {
    words.split(char::is_control).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(smtp: &str, from: &str) -> MailArgs {
        MailArgs { smtp: Some(smtp.to_owned()), mail_from: Some(from.to_owned()), ..MailArgs::default() }
    }

    #[test]
    fn a_server_is_named_by_its_url_and_a_wrong_one_is_refused_in_words() {
        for good in
            ["smtps://smtp.example.org", "smtp://smtp.example.org:587", "smtp://127.0.0.1:2525", "smtp://[::1]:25"]
        {
            assert!(args(good, "office@example.org").carrier().unwrap().is_some(), "{good}");
        }
        for bad in ["smtp.example.org", "http://smtp.example.org", "smtp://", "smtp://host:port", "smtp://user:x@host"]
        {
            let error = args(bad, "office@example.org").carrier().err().unwrap().to_string();
            assert!(error.contains("Write smtps://HOST"), "{bad}: {error}");
        }
        let error = args("smtps://smtp.example.org", "office").carrier().err().unwrap();
        assert!(error.to_string().contains("--mail-from"));
        assert!(MailArgs::default().carrier().unwrap().is_none());
    }

    #[test]
    fn a_mail_has_one_recipient_and_no_line_of_it_can_be_smuggled() {
        let from: Address = "office@example.org".parse().unwrap();
        let mail = Mail {
            id: "<1@example.org>".to_owned(),
            from_name: "A Charity\r\nBcc: other@example.net".to_owned(),
            reply_to: "dpo@example.org".to_owned(),
            to: "ada@example.com".to_owned(),
            subject: "Reference\r\nBcc: other@example.net".to_owned(),
            text: "Hello\n.\nMore".to_owned(),
            attachment: None,
        };
        let message = message(&from, &mail).unwrap();
        assert_eq!(message.envelope().to().len(), 1);
        let written = String::from_utf8(message.formatted()).unwrap();
        let head = written.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("Cc:")), "{head}");
        for two in ["ada@example.com, other@example.net", "ada@example.com\r\nBcc: x@example.net", "ada"] {
            let mail = Mail { to: two.to_owned(), ..mail.clone() };
            assert!(matches!(super::message(&from, &mail), Err(CarryError::Never(_))), "{two}");
        }
    }
}
