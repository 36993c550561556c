//! `guardbook demo`: a charity that does not exist, to look at and to try out.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use book::{Place, RootSecret};
use clap::Args;
use duties::Office;
use serde_json::json;
use web::app::DemoSignIn;

use super::open::{OpenError, key_file_beside};
use super::serve::{listen, serve};
use crate::demo::{self, SignIn, sign_ins};
use crate::system_clock::clock;

/// Look at a made-up charity.
#[derive(Debug, Args)]
#[command(after_help = "Example: guardbook demo\n\
                        Makes a charity with four services, about 300 people and three years of notes, and serves it until \
                        you press Ctrl+C. The sign-ins are printed and shown on the sign-in page.")]
pub struct DemoArgs {
    /// Where the book is to lie. Without it the book is gone when the demo ends. A demo that lies there already is served
    /// as it is.
    #[arg(long, value_name = "DIR", env = "GUARDBOOK_BOOK")]
    book: Option<PathBuf>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", env = "GUARDBOOK_LISTEN")]
    listen: SocketAddr,
    /// Only make the book.
    #[arg(long, requires = "book")]
    no_serve: bool,
    /// Write the address, the book's folder and the sign-ins as JSON to this file when the pages are ready.
    #[arg(long, value_name = "FILE")]
    json_ready: Option<PathBuf>,
}

/// Runs it.
pub async fn run(args: &DemoArgs, out: &mut dyn Write) -> io::Result<u8> {
    // The address first: making the book takes seconds, and they would be lost.
    let listener = if args.no_serve { None } else { Some(listen(args.listen).await?) };
    let passing = if args.book.is_some() { None } else { Some(tempfile::tempdir()?) };
    let folder = match (&args.book, &passing) {
        (Some(folder), _) => folder.clone(),
        (None, Some(passing)) => passing.path().join("book"),
        (None, None) => return Ok(3),
    };
    let office = office(&folder, out).await?;
    let people = sign_ins();
    let Some(listener) = listener else {
        writeln!(
            out,
            "The demo's book is in {}. Serve it: guardbook demo --book {}",
            folder.display(),
            folder.display()
        )?;
        list(&people, out)?;
        out.flush()?;
        office.book().close().await;
        return Ok(0);
    };
    let address = format!("http://{}", listener.local_addr()?);
    writeln!(out, "The demo is at {address} - press Ctrl+C to end it.")?;
    list(&people, out)?;
    out.flush()?;
    if let Some(path) = &args.json_ready {
        write_ready(path, &address, &folder, &people)?;
    }
    serve(listener, office, people.into_iter().map(shown).collect(), false).await?;
    Ok(0)
}

/// Makes the demo, or opens the one that lies there.
async fn office(folder: &Path, out: &mut dyn Write) -> io::Result<Office> {
    let place = Place::folder(folder);
    let key = key_file_beside(folder);
    if folder.join("keyring").exists() {
        let root = RootSecret::from_key_file(&key).map_err(OpenError::from)?;
        let office = Office::open(&place, &root, clock()).await.map_err(OpenError::from)?;
        let house = office.house().await.map_err(io::Error::other)?;
        if !house.charity.1.demo {
            return Err(io::Error::other(format!(
                "{} is a real book. Serve it: guardbook serve --book DIR",
                folder.display()
            )));
        }
        return Ok(office);
    }
    writeln!(out, "Making a charity that does not exist. This takes a few seconds.")?;
    out.flush()?;
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    // A key without a book is what an attempt that failed left behind: it opens nothing, and serves as well as a new one.
    let root = if key.exists() { RootSecret::from_key_file(&key) } else { RootSecret::generate_key_file(&key) };
    let root = root.map_err(OpenError::from)?;
    demo::make(&place, &root, clock(), extract::Worker::new(std::env::current_exe()?)).await.map_err(io::Error::other)
}

fn list(people: &[SignIn], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nSign in as")?;
    for one in people {
        writeln!(out, "  {:22} {:44} {}", one.role.words(), one.email, one.password)?;
    }
    writeln!(out, "\nThe sign-in page shows the codes of the moment. For an authenticator app the secrets are:")?;
    for one in people {
        writeln!(out, "  {:22} {}", one.role.words(), one.totp_secret)?;
    }
    Ok(())
}

/// The file appears whole or not at all: whoever waits for it may read it at once.
fn write_ready(path: &Path, address: &str, folder: &Path, people: &[SignIn]) -> io::Result<()> {
    let people: Vec<_> = people
        .iter()
        .map(|one| {
            json!({
                "role": one.role.slug(), "name": one.name, "email": one.email,
                "password": one.password, "totp_secret": one.totp_secret,
            })
        })
        .collect();
    let text = json!({ "address": address, "book": folder, "people": people }).to_string();
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, path)
}

fn shown(one: SignIn) -> DemoSignIn {
    DemoSignIn {
        role: one.role.words().to_owned(),
        name: one.name,
        email: one.email,
        password: one.password,
        totp_secret: one.totp_secret,
    }
}
