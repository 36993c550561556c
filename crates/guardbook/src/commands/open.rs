//! Opening a book: where it lies, and the secret that opens its keyring.

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use book::{BookError, Database, Place, RootSecret, VaultError};
use clap::Args;
use duties::Office;
use duties::start::StartError;

use crate::system_clock::clock;

/// Which book.
#[derive(Debug, Clone, Args)]
pub struct OpenArgs {
    /// The folder of the book.
    #[arg(long, value_name = "DIR", env = "GUARDBOOK_BOOK")]
    pub book: PathBuf,
    /// The file with the root key of the keyring. Without it you are asked for the passphrase, or it is taken from
    /// GUARDBOOK_PASSPHRASE or the file named in GUARDBOOK_PASSPHRASE_FILE.
    #[arg(long, value_name = "FILE", env = "GUARDBOOK_ROOT_KEY_FILE")]
    pub root_key: Option<PathBuf>,
    /// A PostgreSQL URL, where the rows lie on a server. Without it they lie in the book's folder.
    #[arg(long, value_name = "URL", env = "GUARDBOOK_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

/// Why a book could not be opened, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The secret is not to be had.
    #[error("{0}")]
    Secret(String),
    /// No book in the folder.
    #[error("There is no book in {}. Check --book, or make one: guardbook init --book {} --policy FILE", .0.display(), .0.display())]
    NoBook(PathBuf),
    /// A new book would lie over another.
    #[error("There is a book in {} already, or its key file beside it. It was left as it is; choose another folder.", .0.display())]
    Taken(PathBuf),
    /// A file that was named cannot be read.
    #[error("{} cannot be read: {error}. Check the name.", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        error: io::Error,
    },
    /// The book or its house file.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The keyring.
    #[error("the keyring: {0}")]
    Vault(#[from] VaultError),
}

impl OpenError {
    /// Whether the command was given wrongly, as against a book or a program that is broken.
    fn is_usage(&self) -> bool {
        match self {
            Self::Secret(_) | Self::NoBook(_) | Self::Taken(_) | Self::File { .. } => true,
            Self::Vault(error) | Self::Start(StartError::Store(BookError::Vault(error))) => matches!(
                error,
                VaultError::Exists(_)
                    | VaultError::Missing(_)
                    | VaultError::WrongRoot
                    | VaultError::WrongKindOfRoot(_)
                    | VaultError::WeakPassphrase(_)
                    | VaultError::NotAKeyFile(_)
            ),
            Self::Start(_) => false,
        }
    }
}

/// `main` ends with the usage code where the kind is `InvalidInput`.
impl From<OpenError> for io::Error {
    fn from(error: OpenError) -> Self {
        let kind = if error.is_usage() { io::ErrorKind::InvalidInput } else { io::ErrorKind::Other };
        Self::new(kind, error)
    }
}

impl OpenArgs {
    /// Where the book lies.
    pub fn place(&self) -> Place {
        let database = self.database.clone().map_or(Database::Embedded, Database::Postgres);
        Place { folder: self.book.clone(), database }
    }

    /// The secret: key file, variable, file named by a variable, or the keyboard.
    pub fn secret(&self) -> Result<RootSecret, OpenError> {
        if let Some(path) = &self.root_key {
            fs::File::open(path).map_err(|error| OpenError::File { path: path.clone(), error })?;
            return Ok(RootSecret::from_key_file(path)?);
        }
        if let Ok(passphrase) = std::env::var("GUARDBOOK_PASSPHRASE") {
            return Ok(RootSecret::from_passphrase(passphrase));
        }
        if let Ok(path) = std::env::var("GUARDBOOK_PASSPHRASE_FILE") {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| OpenError::Secret(format!("{path}: {error}. Check GUARDBOOK_PASSPHRASE_FILE.")))?;
            return Ok(RootSecret::from_passphrase(text.trim_end_matches(['\r', '\n'])));
        }
        self.beside_the_book().map_or_else(ask, |path| Ok(RootSecret::from_key_file(&path)?))
    }

    /// The key file that `init` and `demo` leave beside the book's folder, where it still lies there.
    fn beside_the_book(&self) -> Option<PathBuf> {
        let path = key_file_beside(&self.book);
        path.exists().then_some(path)
    }

    /// Opens the book.
    ///
    /// # Errors
    /// [`OpenError`] says what is missing and what to do.
    pub async fn office(&self) -> Result<Office, OpenError> {
        if !self.book.is_dir() {
            return Err(OpenError::NoBook(self.book.clone()));
        }
        Ok(Office::open(&self.place(), &self.secret()?, clock()).await?)
    }
}

/// Where `init` puts a new key file: beside the folder, never in it, so that a copy of the folder opens nothing.
pub fn key_file_beside(book: &std::path::Path) -> PathBuf {
    let mut name = book.file_name().unwrap_or_default().to_owned();
    name.push(".root-key");
    book.with_file_name(name)
}

fn ask() -> Result<RootSecret, OpenError> {
    if !io::stdin().is_terminal() {
        return Err(OpenError::Secret(
            "The keyring needs its root key: give --root-key FILE, or GUARDBOOK_PASSPHRASE_FILE.".to_owned(),
        ));
    }
    let failed = |error: io::Error| OpenError::Secret(format!("the passphrase could not be read: {error}"));
    let mut screen = io::stderr();
    write!(screen, "Passphrase of the keyring (it will show while you type): ").map_err(failed)?;
    screen.flush().map_err(failed)?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(RootSecret::from_passphrase(line.trim_end_matches(['\r', '\n'])))
}
