//! Requests that come by e-mail: the charity's mailbox for them, read over IMAP. What is unread there comes into the book
//! and is marked as read; nothing is deleted.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_imap::{Client, Session};
use clap::Args;
use duties::Office;
use duties::portal::{MailInError, receive_by};
use futures::TryStreamExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::mail::{host_and_port, is_this_machine};

/// How long one look into the mailbox may take in all.
const PATIENCE: Duration = Duration::from_mins(4);

/// Which mailbox.
#[derive(Debug, Clone, Default, Args)]
pub struct MailboxArgs {
    /// The mailbox to which requests come by e-mail: imaps://HOST, with :PORT if need be. Use one for requests alone: all
    /// that is unread there comes into the book. Without encryption (imap://) only on this machine.
    #[arg(long, value_name = "URL", env = "GUARDBOOK_IMAP", requires = "imap_user")]
    imap: Option<String>,
    /// The name with which Guardbook signs in to the mailbox.
    #[arg(long, value_name = "NAME", env = "GUARDBOOK_IMAP_USER", requires = "imap")]
    imap_user: Option<String>,
    /// The file with the password for it; without it, it is taken from GUARDBOOK_IMAP_PASSWORD.
    #[arg(long, value_name = "FILE", env = "GUARDBOOK_IMAP_PASSWORD_FILE", requires = "imap_user")]
    imap_password_file: Option<PathBuf>,
    /// The folder of the mailbox.
    #[arg(long, value_name = "NAME", env = "GUARDBOOK_IMAP_FOLDER", default_value = "INBOX")]
    imap_folder: String,
}

/// A mailbox that is read.
#[derive(Clone)]
pub struct Mailbox {
    host: String,
    port: u16,
    /// Whether it is on this very machine, and spoken to in clear.
    plain: bool,
    user: String,
    password: String,
    folder: String,
}

/// Why a mailbox could not be read.
#[derive(Debug, thiserror::Error)]
pub enum MailboxError {
    /// The way to it.
    #[error("{0}")]
    Way(#[from] io::Error),
    /// What the server said.
    #[error("{0}")]
    Server(#[from] async_imap::error::Error),
    /// It took too long.
    #[error("it took longer than four minutes")]
    TooLong,
    /// The book.
    #[error(transparent)]
    Book(MailInError),
}

impl MailboxArgs {
    /// The mailbox, where one is given.
    ///
    /// # Errors
    /// A URL or password that is not usable, in words.
    pub fn mailbox(&self) -> io::Result<Option<Mailbox>> {
        let (Some(url), Some(user)) = (&self.imap, &self.imap_user) else { return Ok(None) };
        let wrong = || usage(format!("“{url}” names no mailbox. Write imaps://HOST, with :PORT if need be."));
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let (host, port) = host_and_port(rest.trim_end_matches('/')).ok_or_else(wrong)?;
        let (plain, usual) = match scheme {
            "imaps" => (false, 993),
            // What goes to this very machine passes no wire.
            "imap" if is_this_machine(host) => (true, 143),
            _ => return Err(wrong()),
        };
        let password = match &self.imap_password_file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|error| usage(format!("{}: {error}. Check --imap-password-file.", path.display())))?,
            None => std::env::var("GUARDBOOK_IMAP_PASSWORD")
                .map_err(|_| usage("The mailbox wants a password: give --imap-password-file FILE.".to_owned()))?,
        };
        Ok(Some(Mailbox {
            host: host.to_owned(),
            port: port.unwrap_or(usual),
            plain,
            user: user.clone(),
            password: password.trim_end_matches(['\r', '\n']).to_owned(),
            folder: self.imap_folder.clone(),
        }))
    }
}

fn usage(words: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, words)
}

impl Mailbox {
    /// Brings in what is unread. A mail is marked as read once it lies in the book, or lay there before; one that cannot be
    /// read stays unread, for a person to look at.
    pub async fn fetch(&self, office: &Office) -> Result<usize, MailboxError> {
        tokio::time::timeout(PATIENCE, self.look(office)).await.map_err(|_| MailboxError::TooLong)?
    }

    async fn look(&self, office: &Office) -> Result<usize, MailboxError> {
        let stream = TcpStream::connect((self.host.as_str(), self.port)).await?;
        if self.plain {
            return self.read(office, stream).await;
        }
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let name = ServerName::try_from(self.host.clone()).map_err(|error| io::Error::other(error.to_string()))?;
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
        self.read(office, stream).await
    }

    async fn read<S>(&self, office: &Office, stream: S) -> Result<usize, MailboxError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug,
    {
        let mut client = Client::new(stream);
        // The greeting.
        client.read_response().await?;
        let mut session = client.login(&self.user, &self.password).await.map_err(|(error, _)| error)?;
        session.select(&self.folder).await?;
        let mut unread: Vec<u32> = session.uid_search("UNSEEN").await?.into_iter().collect();
        unread.sort_unstable();
        let mut came = 0;
        for uid in unread {
            let Some(bytes) = body(&mut session, uid).await? else { continue };
            match receive_by(office, bytes).await {
                Ok(_) => came += 1,
                Err(MailInError::Known) => {}
                Err(error @ MailInError::Stopped(_)) => return Err(MailboxError::Book(error)),
                Err(MailInError::NotMail | MailInError::TooLarge | MailInError::Unreadable(_)) => {
                    tracing::warn!(uid, "an e-mail could not be brought in, and stays unread in the mailbox");
                    continue;
                }
            }
            let flags = session.uid_store(uid.to_string(), "+FLAGS (\\Seen)").await?;
            flags.try_collect::<Vec<_>>().await?;
        }
        session.logout().await?;
        Ok(came)
    }
}

async fn body<S>(session: &mut Session<S>, uid: u32) -> Result<Option<Vec<u8>>, MailboxError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug,
{
    let fetched: Vec<_> = session.uid_fetch(uid.to_string(), "BODY.PEEK[]").await?.try_collect().await?;
    Ok(fetched.iter().find_map(|mail| mail.body().map(<[u8]>::to_vec)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_named_by_its_url_and_never_spoken_to_in_clear_over_a_wire() {
        let folder = tempfile::tempdir().unwrap();
        let password = folder.path().join("password");
        std::fs::write(&password, "secret\n").unwrap();
        let args = |url: &str| MailboxArgs {
            imap: Some(url.to_owned()),
            imap_user: Some("requests".to_owned()),
            imap_password_file: Some(password.clone()),
            imap_folder: "INBOX".to_owned(),
        };
        let mailbox = args("imaps://imap.example.org").mailbox().unwrap().unwrap();
        assert_eq!((mailbox.port, mailbox.plain, mailbox.password.as_str()), (993, false, "secret"));
        assert!(args("imap://127.0.0.1:1143").mailbox().unwrap().unwrap().plain);
        for bad in ["imap://imap.example.org", "imap.example.org", "imaps://", "https://imap.example.org"] {
            let error = args(bad).mailbox().err().unwrap();
            assert!(error.to_string().contains("Write imaps://HOST"), "{bad}: {error}");
        }
    }
}
