//! The flows of the store, one after the other, each said aloud once it is on the disk: what the crash test kills.
//!
//! `flows FOLDER`: the book lies in FOLDER/book, its root key in FOLDER/root.key, and FOLDER/victim names a person
//! to erase.

#![expect(clippy::print_stdout, reason = "what it prints is what it acknowledges")]

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

use book::{Act, Book, Filing, Place, RootSecret, Session, SessionState, Work};
use jiff::Timestamp;
use records::people::Identity;
use records::{Card, Content, FileId, Kind, Operation, PersonClass, Provenance, Purpose, Record, ServiceId, sample};

fn say(words: &str) -> Result<(), Box<dyn Error>> {
    println!("{words}");
    Ok(std::io::stdout().flush()?)
}

fn record(content: Content, now: Timestamp) -> Record {
    Record::new(Provenance::from_the_work(None, now), content)
}

async fn person(book: &Book, operation: &Operation, name: &str) -> Result<FileId, Box<dyn Error>> {
    let card = Card {
        name: name.into(),
        preferred: None,
        former: Vec::new(),
        born: None,
        postcode: None,
        class: PersonClass::Child,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    };
    let mut work: Work = book.begin(operation).await?;
    let file = work.open_file(PersonClass::Child, card).await?;
    let identity = Identity { name: name.into(), ..Identity::default() };
    work.add(Act::RecordAdded, file, &record(Content::Identity(identity), operation.now), Filing::default()).await?;
    work.commit().await?;
    say(&format!("person {file}"))?;
    Ok(file)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    let root = RootSecret::from_key_file(&folder.join("root.key"))?;
    let now = Timestamp::from_second(1_772_442_000)?;
    let operation = Operation::by_staff(FileId::from_bytes([9; 16]), Purpose::Support, "a planned visit", now);
    let book = Book::open(&Place::folder(folder.join("book")), &root).await?;
    book.finish_erasures(now).await?;
    let victim: FileId = std::fs::read_to_string(folder.join("victim"))?.trim().parse()?;

    let ada = person(&book, &operation, "Ada Sample").await?;
    let ben = person(&book, &operation, "Ben Sample").await?;

    let note = record(sample::content(Kind::Note, ben, ServiceId::from_bytes([7; 16]), "mark"), now);
    let mut work = book.begin(&operation).await?;
    let id = work.add(Act::RecordAdded, ada, &note, Filing::default()).await?;
    work.commit().await?;
    say(&format!("note {ada} {id} 1"))?;

    let was = book.record_in_passing(ada, id).await?;
    let mut work = book.begin(&operation).await?;
    work.change(Act::RecordChanged, &was.header, &was.record, Filing::default()).await?;
    work.commit().await?;
    say(&format!("note {ada} {id} 2"))?;

    let shelved = book.shelve(ada, &vec![42; 150_000]).await?;
    let mut work = book.begin(&operation).await?;
    work.note_body(&shelved, None).await?;
    work.act(Act::PaperAdded, ada, None)?;
    work.witness();
    work.commit().await?;
    say(&format!("body {ada} {}", shelved.id))?;

    book.file(&operation, ada).await?;
    say(&format!("seen {ada}"))?;

    let session = Session {
        id: "token".to_owned(),
        file: ada,
        opened: now,
        seen: now,
        ends: now,
        stepped_up: None,
        state: SessionState::In,
        device: "Firefox on Linux".to_owned(),
    };
    let mut work = book.begin(&operation).await?;
    work.add_session(&session).await?;
    work.act(Act::SignedIn, ada, None)?;
    work.commit().await?;
    say("session token")?;

    book.erase(&operation, victim).await?;
    say(&format!("erased {victim}"))?;
    Ok(())
}
