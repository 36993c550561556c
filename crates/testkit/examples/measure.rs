//! The measurements of `bench/run`: ratios against a peer or limit in the same run, one JSON line each.

#![expect(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used, reason = "a measuring program")]

use std::time::Instant;

use book::{Act, Book, Filing, Place, RootSecret};
use jiff::Timestamp;
use records::people::{Channel, ContactDetail, Identity, Safe};
use records::work::Note;
use records::{Actor, Card, Content, FileId, Operation, PersonClass, Personal, Provenance, Record};

fn at() -> Timestamp {
    Timestamp::from_second(1_772_442_000).unwrap()
}

fn line(name: &str, unit: &str, ours: f64, limit: f64, note: &str) {
    let ratio = if limit > 0.0 { ours / limit } else { 0.0 };
    println!(
        r#"{{"name":"{name}","unit":"{unit}","ours":{ours:.4},"limit":{limit:.4},"ratio":{ratio:.3},"note":"{note}"}}"#
    );
}

fn seconds(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn record(content: Content) -> Record {
    Record::new(Provenance::from_the_work(None, at()), content)
}

fn card(n: usize) -> Card {
    Card {
        name: Personal::new(format!("Given{} Family{}", n % 6_131, n)),
        preferred: None,
        former: Vec::new(),
        born: None,
        postcode: None,
        class: PersonClass::Child,
        services: Vec::new(),
        warned: false,
        merged_into: None,
        merged: Vec::new(),
    }
}

async fn import(book: &Book, operation: &Operation, people: usize) -> f64 {
    let start = Instant::now();
    let mut work = book.begin(operation).await.unwrap();
    for block in (0..people).collect::<Vec<_>>().chunks(2_000) {
        let new: Vec<_> = block.iter().map(|n| (book.random_file_id(), PersonClass::Child, card(*n))).collect();
        let files: Vec<FileId> = new.iter().map(|(file, ..)| *file).collect();
        work.open_files(new).await.unwrap();
        for (file, n) in files.into_iter().zip(block) {
            let identity = Identity { name: card(*n).name, ..Identity::default() };
            work.add(Act::Imported, file, &record(Content::Identity(identity)), Filing::default()).await.unwrap();
            let address = ContactDetail {
                channel: Channel::Post,
                value: Personal::new(format!("{n} Example Street, Sampleton")),
                postcode: Some("ZZ1 1ZZ".into()),
                safe: Safe::NotAsked,
                mind: None,
                preferred: false,
            };
            work.add(Act::Imported, file, &record(Content::Contact(address)), Filing::default()).await.unwrap();
        }
    }
    work.commit().await.unwrap();
    start.elapsed().as_secs_f64()
}

async fn plain_rows(folder: &std::path::Path, rows: usize) -> f64 {
    sqlx::any::install_default_drivers();
    let pool =
        sqlx::AnyPool::connect(&format!("sqlite://{}?mode=rwc", folder.join("plain.db").display())).await.unwrap();
    sqlx::raw_sql("CREATE TABLE plain (id BIGINT PRIMARY KEY, name TEXT, address TEXT)").execute(&pool).await.unwrap();
    let start = Instant::now();
    let mut tx = pool.begin().await.unwrap();
    for n in 0..rows {
        sqlx::query("INSERT INTO plain (id, name, address) VALUES ($1, $2, $3)")
            .bind(i64::try_from(n).unwrap())
            .bind(format!("Given{n} Family{n}"))
            .bind(format!("{n} Example Street"))
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    start.elapsed().as_secs_f64()
}

async fn big_file(book: &Book, operation: &Operation) -> FileId {
    let mut work = book.begin(operation).await.unwrap();
    let file = work.open_file(PersonClass::Child, card(1)).await.unwrap();
    for n in 0..1_000 {
        let note = Note {
            happened: at(),
            title: Personal::new(format!("Visit {n}")),
            text: Personal::new("We met at home and went through the week. ".repeat(24)),
            own_words: None,
            service: None,
            touches: Vec::new(),
            concerns: Vec::new(),
        };
        work.add(Act::RecordAdded, file, &record(Content::Note(note)), Filing::default()).await.unwrap();
    }
    work.commit().await.unwrap();
    file
}

/// What a file of 1,000 notes costs at least: one range read of as many sealed bytes in plain SQLite, and opening them.
/// Nothing is read into values, looked up or shown. The median of several, in milliseconds.
async fn floor_of_1000_records(folder: &std::path::Path) -> f64 {
    use vault::{FileTag, Part, Vault};
    let root = vault::RootSecret::generate_key_file(&folder.join("floor.key")).unwrap();
    let vault = Vault::create(&folder.join("floor"), &root).unwrap();
    let file = FileTag([7; 16]);
    vault.add_files(&[file]).unwrap();
    let keys = vault.file(file).unwrap().unwrap();
    let place = |n: u8| vault::Place { tenant: [1; 16], file, record: [n; 16], kind: 1, version: 1 };
    let url = format!("sqlite://{}?mode=rwc", folder.join("floor.db").display());
    let pool = sqlx::AnyPool::connect(&url).await.unwrap();
    let table = "CREATE TABLE record (file TEXT, id BIGINT, sealed BLOB, PRIMARY KEY (file, id)) WITHOUT ROWID";
    sqlx::raw_sql(table).execute(&pool).await.unwrap();
    let note = "We met at home and went through the week. ".repeat(24) + &"a header's worth of further bytes".repeat(4);
    for n in 0..1_000_i64 {
        let sealed = keys.seal(Part::Record, &place(n.to_le_bytes()[0]), note.as_bytes());
        sqlx::query("INSERT INTO record (file, id, sealed) VALUES ('f', $1, $2)")
            .bind(n)
            .bind(sealed)
            .execute(&pool)
            .await
            .unwrap();
    }
    let mut times = Vec::new();
    for _ in 0..15 {
        let start = Instant::now();
        let rows = sqlx::query("SELECT id, sealed FROM record WHERE file = $1 ORDER BY id").bind("f");
        let rows = rows.fetch_all(&pool).await.unwrap();
        for row in &rows {
            use sqlx::Row as _;
            let (n, sealed): (i64, Vec<u8>) = (row.get("id"), row.get("sealed"));
            assert!(keys.open(Part::Record, &place(n.to_le_bytes()[0]), &sealed).unwrap().len() > 1_000);
        }
        assert_eq!(rows.len(), 1_000);
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    median(times)
}

/// An answer of 1,000 notes from approval to four finished files that were opened again and searched, in milliseconds:
/// typesetting, HTML and JSON included.
async fn pack_of_1000_records() -> f64 {
    use duties::requests::review::{Approval, Decision, approve, decide, open_check, send_to_check};
    use duties::requests::{collect, pack::build_pack};
    const REFERENCE: &str = "REQ-2026-0001";
    let office = testkit::TestOffice::new().await;
    let child = office.child("Ada Sample", jiff::civil::date(2014, 5, 6)).await;
    let note = |n: usize| Note {
        happened: office.office.now(),
        title: Personal::new(format!("Visit {n}")),
        text: Personal::new("We met at home and went through the week. ".repeat(24)),
        own_words: None,
        service: Some(office.service),
        touches: Vec::new(),
        concerns: Vec::new(),
    };
    let operation = Operation::for_the_book(Actor::Operator, "measuring", office.office.now());
    let mut work = office.office.book().begin(&operation).await.unwrap();
    for n in 0..1_000 {
        work.add(Act::RecordAdded, child, &record(Content::Note(note(n))), Filing::default()).await.unwrap();
    }
    work.commit().await.unwrap();
    let request = records::sample::content(records::Kind::AccessRequest, child, office.service, "");
    office.add(child, request).await;
    let (lead, trustee) = (office.data_protection_lead().await, office.trustee().await);
    collect(&office.office, &lead, REFERENCE).await.unwrap();
    for position in 1.. {
        // The first number past the end is no item.
        if decide(&office.office, &lead, REFERENCE, position, Decision::Give).await.is_err() {
            break;
        }
    }
    send_to_check(&office.office, &lead, REFERENCE).await.unwrap();
    let check = open_check(&office.office, &trustee, REFERENCE).await.unwrap();
    let approval = Approval {
        ticked: check.dangers.iter().map(|danger| danger.key.clone()).collect(),
        fingerprint: check.answer.fingerprint,
        comments: String::new(),
    };
    approve(&office.office, &trustee, REFERENCE, approval).await.unwrap();
    let start = Instant::now();
    build_pack(&office.office, &lead, REFERENCE).await.unwrap();
    start.elapsed().as_secs_f64() * 1e3
}

/// How many pages of a child's file a second: by one reader after the other, and by fifty at once. Each is a whole page
/// with its notes, and each view is in the ledger on the disk before it is sent.
async fn pages_of_a_file() -> (f64, f64) {
    use tower::ServiceExt as _;
    let office = testkit::TestOffice::new().await;
    let child = office.child("Ada Sample", jiff::civil::date(2014, 5, 6)).await;
    for n in 0..10 {
        let note = Note {
            happened: office.office.now(),
            title: Personal::new(format!("Visit {n}")),
            text: Personal::new("We met at home and went through the week. ".repeat(24)),
            own_words: None,
            service: Some(office.service),
            touches: Vec::new(),
            concerns: Vec::new(),
        };
        office.add(child, Content::Note(note)).await;
    }
    let worker = office.family_worker().await;
    let cookie = testkit::sign_in_cookie(&office, &worker).await;
    let app = web::app::App::new(office.office.clone(), Vec::new(), false).await.unwrap();
    let site = web::app::router(app);
    let read = move || {
        let request = axum::http::Request::get(format!("/people/{child}/timeline"))
            .header("cookie", &cookie)
            .header("host", "book.example")
            .body(axum::body::Body::empty())
            .unwrap();
        let site = site.clone();
        async move {
            let response = site.oneshot(request).await.unwrap();
            assert_eq!(response.status(), axum::http::StatusCode::OK);
            let page = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
            assert!(page.windows(7).any(|bytes| bytes == b"Visit 9"));
        }
    };
    read().await;
    let start = Instant::now();
    for _ in 0..100 {
        read().await;
    }
    let alone = 100.0 / start.elapsed().as_secs_f64();
    let before = office.office.book().ledger_size().await.unwrap();
    let start = Instant::now();
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let read = read.clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    read().await;
                }
            })
        })
        .collect();
    for reader in readers {
        reader.await.unwrap();
    }
    let together = 1_000.0 / start.elapsed().as_secs_f64();
    assert!(office.office.book().ledger_size().await.unwrap() >= before + 1_000, "every view is in the ledger");
    (together, alone)
}

fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kb = status.lines().find_map(|l| l.strip_prefix("RssAnon:")).unwrap_or("0").trim().trim_end_matches(" kB");
    kb.trim().parse::<f64>().unwrap_or(0.0) / 1024.0
}

/// Reading a file of 1,000 records, and building an answer of as many; gives the file back.
async fn measure_a_big_file(book: &Book, operation: &Operation, folder: &std::path::Path) -> FileId {
    let file = big_file(book, operation).await;
    let mut reads = Vec::new();
    for _ in 0..15 {
        let start = Instant::now();
        assert_eq!(book.file_in_passing(file).await.unwrap().records.len(), 1_000);
        reads.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let mut by_hand = Vec::new();
    for _ in 0..5 {
        let headers = book.headers_of(file).await.unwrap();
        let start = Instant::now();
        for header in &headers {
            book.record_in_passing(file, header.id).await.unwrap();
        }
        by_hand.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let reads = median(reads);
    line("file_of_1000_records", "ms", reads, median(by_hand), "peer: the same records read one by one");
    let floor = floor_of_1000_records(folder).await;
    line(
        "file_of_1000_records_floor",
        "ms",
        reads,
        floor,
        "limit: plain SQLite range read of the bytes, and opening them",
    );
    line(
        "pack_of_1000_records",
        "ms",
        pack_of_1000_records().await,
        floor,
        "limit: the same; ours typesets and searches",
    );
    file
}

fn measure_search(book: &Book, people: usize) {
    let mut searches = Vec::new();
    for n in 0..200 {
        let query = format!("family{}", n * 37 % people);
        searches.push(seconds(|| assert!(!book.search(&query, 20, |_, _| true).is_empty())) * 1e3);
    }
    let text = "given1234 family12345\n".repeat(people);
    let mut scans = Vec::new();
    for _ in 0..50 {
        scans.push(seconds(|| assert!(memchr::memmem::find(text.as_bytes(), b"nobody").is_none())) * 1e3);
    }
    line("search_among_people", "ms", median(searches), median(scans), "limit: one memmem pass over as much text");
}

async fn measure_views(book: &Book, operation: &Operation, file: FileId) {
    let one = Instant::now();
    for _ in 0..100 {
        book.seen(operation, Act::FileSeen, file, None).await.unwrap();
    }
    let alone = 100.0 / one.elapsed().as_secs_f64();
    let many = Instant::now();
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let (book, operation) = (book.clone(), operation.clone());
            tokio::spawn(async move {
                for _ in 0..40 {
                    book.seen(&operation, Act::FileSeen, file, None).await.unwrap();
                }
            })
        })
        .collect();
    for reader in readers {
        reader.await.unwrap();
    }
    line(
        "views_by_50_readers",
        "durable views/s",
        2_000.0 / many.elapsed().as_secs_f64(),
        alone,
        "limit: one view at a time",
    );
    let (together, alone) = pages_of_a_file().await;
    line("file_page_by_50_readers", "pages/s", together, alone, "peer: one reader; every view durable in the ledger");
}

async fn measure_the_ledger(book: &Book) {
    let entries = book.ledger_entries().await.unwrap();
    let notes = book.checkpoints().await.unwrap();
    let key: ledger::VerifierKey = book.verifier_key().parse().unwrap();
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    let n = entries.len() as f64;
    let verify = seconds(|| {
        let report = ledger::verify(entries.iter().map(|(_, bytes)| bytes.as_slice()), &notes, &key);
        assert!(report.problems.is_empty());
    });
    let hash = seconds(|| {
        use sha2::Digest;
        let digest = entries.iter().fold(sha2::Sha256::new(), |sha, (_, bytes)| sha.chain_update(bytes)).finalize();
        assert_ne!(digest[..], [0; 32]);
    });
    line("verify_the_ledger", "entries/s", n / verify, n / hash, "limit: SHA-256 over the same bytes");
}

/// How long a book takes to open, cards in memory, and what the process then holds.
async fn measure_start(folder: &std::path::Path, people: usize) {
    let root = RootSecret::from_key_file(&folder.join("root.key")).unwrap();
    let start = Instant::now();
    let book = Book::open(&Place::folder(folder.join("book")), &root).await.unwrap();
    let opened = start.elapsed().as_secs_f64() * 1e3;
    assert_eq!(book.people(), people);
    line("start", "ms", opened, 0.0, &format!("{:.0} MB anonymous memory with {people} people", resident_mb()));
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let [_, start, folder, people] = &args[..]
        && start == "start"
    {
        return measure_start(folder.as_ref(), people.parse().unwrap()).await;
    }
    let people: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let root = RootSecret::generate_key_file(&folder.path().join("root.key")).unwrap();
    let place = Place::folder(folder.path().join("book"));
    let operation = Operation::for_the_book(Actor::Operator, "measuring", at());
    let book = Book::create(&place, &root, &operation).await.unwrap();

    let ours = import(&book, &operation, people).await;
    let plain = plain_rows(folder.path(), people).await;
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    let count = people as f64;
    line("import", "people/s", count / ours, count / plain, "limit: one plain row each in plain SQLite, unsealed");

    let file = measure_a_big_file(&book, &operation, folder.path()).await;
    measure_search(&book, people);
    measure_views(&book, &operation, file).await;
    measure_the_ledger(&book).await;
    book.close().await;
    drop(book);

    // In a process of its own: this one's memory is full of what was measured before.
    let started = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["start".as_ref(), folder.path().as_os_str(), (people + 1).to_string().as_ref()])
        .status();
    assert!(started.unwrap().success());
}
