//! `guardbook init`: a new, empty book with a charity and its policy.

use std::io::{self, Write};
use std::path::PathBuf;

use book::RootSecret;
use clap::Args;
use duties::Office;
use duties::start::Start;
use records::house::{Charity, Regulator};

use super::open::{OpenArgs, OpenError, key_file_beside};
use crate::system_clock::clock;

/// Make a new book.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: guardbook init --book /srv/guardbook/book --policy policies/kids.md --name \"Our charity\"\n\
                        Without --root-key or a passphrase, a key file is made beside the folder. Keep a copy of it in \
                        a safe place: without it nobody can read the book."
)]
pub struct InitArgs {
    #[command(flatten)]
    open: OpenArgs,
    /// The texts of the charity's policy: the full one, Easy Read, Welsh. They must check clean.
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    policy: Vec<PathBuf>,
    /// The charity's name; by default the one in the policy.
    #[arg(long)]
    name: Option<String>,
}

/// The policy cannot run.
const NO: u8 = 1;

/// Runs it.
pub async fn run(args: &InitArgs, out: &mut dyn Write) -> io::Result<u8> {
    let mut texts = Vec::new();
    for path in &args.policy {
        let text = std::fs::read_to_string(path).map_err(|error| OpenError::File { path: path.clone(), error })?;
        texts.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text));
    }
    // Nothing is made before the policy holds: a key file left over would stand in the way of the next try.
    let sources: Vec<_> = texts.iter().map(|(name, text)| policy::Source::new(name.clone(), text.clone())).collect();
    let wrong = policy::read(&sources).errors().count();
    if wrong > 0 {
        writeln!(
            io::stderr(),
            "The policy does not check clean ({wrong} found), so no book was made. `guardbook policy check` names each \
             with its line."
        )?;
        return Ok(NO);
    }
    let key = key_file_beside(&args.open.book);
    let given = args.open.root_key.is_some()
        || std::env::var_os("GUARDBOOK_PASSPHRASE").is_some()
        || std::env::var_os("GUARDBOOK_PASSPHRASE_FILE").is_some();
    if !given && key.exists() {
        return Err(OpenError::Taken(args.open.book.clone()).into());
    }
    let secret =
        if given { args.open.secret()? } else { RootSecret::generate_key_file(&key).map_err(OpenError::from)? };
    let charity = charity_of(&texts, args.name.as_deref());
    Office::create(&args.open.place(), &secret, Start { charity, policy: texts }, clock())
        .await
        .map_err(OpenError::from)?;
    writeln!(out, "The book is in {}.", args.open.book.display())?;
    if !given {
        writeln!(out, "Its root key is in {}.", key.display())?;
        writeln!(out, "Keep a copy of that file apart from the book and from its backups: it opens everything.")?;
    }
    writeln!(out, "Start it: guardbook serve --book {}", args.open.book.display())?;
    writeln!(out, "It prints a link, for you alone, that makes the first account and leads through the set-up.")?;
    Ok(0)
}

/// The charity as its policy names it; the rest is filled in on the first pages.
fn charity_of(texts: &[(String, String)], name: Option<&str>) -> Charity {
    let sources: Vec<policy::Source> = texts.iter().map(|(n, t)| policy::Source::new(n.clone(), t.clone())).collect();
    let stated = policy::Policy::read(&sources).map(|policy| policy.front().charity.clone()).unwrap_or_default();
    Charity {
        name: name.map(str::to_owned).or(stated).unwrap_or_else(|| "Our charity".to_owned()),
        registration: String::new(),
        address: Vec::new(),
        contact_email: String::new(),
        contact_phone: String::new(),
        nations: clock::Nation::ALL.to_vec(),
        regulator: regulator(),
        demo: false,
        own_words: Vec::new(),
    }
}

/// The regulator's details as they were on the day below; the charity checks and changes them on its page.
pub fn regulator() -> Regulator {
    Regulator {
        name: "Information Commissioner's Office".to_owned(),
        address: ["Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"].map(str::to_owned).to_vec(),
        phone: "0303 123 1113".to_owned(),
        website: "ico.org.uk".to_owned(),
        checked: jiff::civil::date(2026, 11, 22),
    }
}
