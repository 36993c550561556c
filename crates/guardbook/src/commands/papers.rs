//! `guardbook papers import`: brings a folder of papers in, and says of each what came of it.

use std::collections::HashMap;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use duties::Office;
use duties::notes::{ImportedPaper, LARGEST_PAPER, OneImport, PaperAnswers, Upload, import_paper_as};
use indicatif::ProgressBar;
use records::work::PaperSort;
use records::{Actor, Content, FileId, Kind, Operation, Source};
use serde_json::json;

use super::open::OpenArgs;
use super::papers_index::{Index, Row};

/// The question makes no sense.
const USAGE: u8 = 2;

/// Bring papers in.
#[derive(Debug, Args)]
pub struct PapersArgs {
    #[command(subcommand)]
    command: PapersCommand,
}

#[derive(Debug, Subcommand)]
enum PapersCommand {
    /// Bring the papers of a folder in, each into somebody's file.
    Import(ImportArgs),
}

/// Bring the papers of a folder in.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  guardbook papers import scans/ --book /srv/guardbook/book --person 1042 --needed-for \"support plan\"\n  \
                        guardbook papers import drive/ --book /srv/guardbook/book --dry-run\n\
                        A table papers.csv in the folder spreads the files over people. Its columns: file, person, title,\n\
                        dated, sort, needed for, source, in confidence. Only the files that it names are brought in then.\n\
                        What lies in a file already, byte for byte, is passed over: a folder can be brought in again.\n\
                        Exit code 1 when a file was not kept; the others are."
)]
struct ImportArgs {
    /// The folder.
    folder: PathBuf,
    #[command(flatten)]
    open: OpenArgs,
    /// Into whose file: the person's number, or the file's id as it stands in the address of their page.
    #[arg(long, value_name = "NUMBER|FILE-ID")]
    person: Option<String>,
    /// What sort of paper, where the table does not say it.
    #[arg(long, value_name = "SORT", default_value = "other", value_parser = sort)]
    sort: PaperSort,
    /// What they are kept for, where the table does not say it.
    #[arg(long, value_name = "WORDS", default_value = "")]
    needed_for: String,
    /// Only read and check: write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
}

fn sort(slug: &str) -> Result<PaperSort, String> {
    PaperSort::from_slug(slug).ok_or_else(|| {
        let all: Vec<_> = PaperSort::ALL.iter().map(|sort| sort.slug()).collect();
        format!("choose one of {}", all.join(", "))
    })
}

/// Runs `papers`.
pub async fn run(args: &PapersArgs, out: &mut dyn Write) -> io::Result<u8> {
    match &args.command {
        PapersCommand::Import(args) => import(args, out).await,
    }
}

/// What came of one file.
struct Told {
    file: String,
    outcome: ImportedPaper,
}

async fn import(args: &ImportArgs, out: &mut dyn Write) -> io::Result<u8> {
    let rows = match Index::of(&args.folder, args.person.as_deref()) {
        Ok(index) => index.rows,
        Err(words) => {
            writeln!(io::stderr(), "{words}")?;
            return Ok(USAGE);
        }
    };
    let office = args.open.office().await?;
    office.read_papers_by(extract::Worker::new(std::env::current_exe()?));
    let people = people(&office).await?;
    let progress = ProgressBar::new(rows.len() as u64);
    // Quiet where it takes less than two seconds, and where nobody watches.
    progress.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    let started = progress.clone();
    let watcher = io::stderr().is_terminal().then(|| {
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(2)).await;
            started.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        })
    });
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let file = row.file.clone();
        let outcome = bring_in(args, &office, &people, row).await?;
        told.push(Told { file, outcome });
        progress.inc(1);
    }
    if let Some(watcher) = watcher {
        watcher.abort();
    }
    progress.finish_and_clear();
    office.book().close().await;
    if args.json { tell_json(args, out, &told) } else { tell(args, out, &told) }
}

/// Whose file a number means: the charity's own numbers, from everybody's identity.
async fn people(office: &Office) -> io::Result<HashMap<String, Vec<FileId>>> {
    let mut people: HashMap<String, Vec<FileId>> = HashMap::new();
    let mut after = None;
    loop {
        let (some, last) = office.book().some_of_kind(Kind::Identity, after, 1_000).await.map_err(io::Error::other)?;
        for opened in some {
            if let Content::Identity(identity) = opened.record.content
                && let Some(number) = identity.number
            {
                people.entry(number.for_search().trim().to_lowercase()).or_default().push(opened.header.file);
            }
        }
        match last {
            Some(last) => after = Some(last),
            None => return Ok(people),
        }
    }
}

async fn bring_in(
    args: &ImportArgs,
    office: &Office,
    people: &HashMap<String, Vec<FileId>>,
    row: Row,
) -> io::Result<ImportedPaper> {
    let one = match prepared(args, office, people, row) {
        Ok(one) => one,
        Err(words) => return Ok(ImportedPaper::Refused(words)),
    };
    let operation = Operation::for_the_book(Actor::Operator, "papers import", office.now());
    import_paper_as(office, &operation, one, args.dry_run).await.map_err(io::Error::other)
}

fn prepared(
    args: &ImportArgs,
    office: &Office,
    people: &HashMap<String, Vec<FileId>>,
    row: Row,
) -> Result<OneImport, String> {
    let sort =
        if row.sort.is_empty() { args.sort } else { sort(&row.sort).map_err(|words| format!("Sort: {words}"))? };
    let source = match row.source.as_str() {
        "" => Source::Import,
        word => Source::from_slug(word).ok_or_else(|| {
            let all: Vec<_> = Source::ALL.iter().map(Source::slug).collect();
            format!("Source: choose one of {}", all.join(", "))
        })?,
    };
    let in_confidence = match row.in_confidence.to_lowercase().as_str() {
        "" | "no" | "n" | "false" | "0" => false,
        "yes" | "y" | "true" | "1" => true,
        _ => return Err("In confidence: write yes or no".to_owned()),
    };
    let needed_for = if row.needed_for.is_empty() { args.needed_for.clone() } else { row.needed_for };
    if needed_for.trim().is_empty() {
        return Err("Say what we keep this for, in the column \"needed for\" or with --needed-for".to_owned());
    }
    let file = person(office, people, &row.person)?;
    let size = std::fs::metadata(&row.path).map_err(|error| format!("It cannot be read: {error}"))?.len();
    if size > LARGEST_PAPER as u64 {
        return Err(format!("It has more than {} MB. Scan it in parts", LARGEST_PAPER / 1024 / 1024));
    }
    let bytes = std::fs::read(&row.path).map_err(|error| format!("It cannot be read: {error}"))?;
    let file_name = row.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(OneImport {
        file,
        title: row.title,
        answers: PaperAnswers {
            sort,
            dated: row.dated,
            source,
            in_confidence,
            ..PaperAnswers::for_purpose(needed_for)
        },
        upload: Upload { file_name, bytes },
    })
}

fn person(office: &Office, people: &HashMap<String, Vec<FileId>>, said: &str) -> Result<FileId, String> {
    if let Ok(file) = said.parse::<FileId>()
        && office.book().card(file).is_some()
    {
        return Ok(file);
    }
    match people.get(&said.trim().to_lowercase()).map_or(&[][..], Vec::as_slice) {
        [only] => Ok(*only),
        [] => Err(format!("Nobody in the book has the number \"{said}\". Check it, or add the person first")),
        several => Err(format!(
            "{} people have the number \"{said}\". Write the id of the file, from the address of their page",
            several.len()
        )),
    }
}

fn tell_json(args: &ImportArgs, out: &mut dyn Write, told: &[Told]) -> io::Result<u8> {
    let files: Vec<_> = told
        .iter()
        .map(|told| match &told.outcome {
            ImportedPaper::Kept { papers, troubles } => {
                json!({"file": told.file, "outcome": "kept", "papers": papers, "troubles": troubles})
            }
            ImportedPaper::There(day) => json!({"file": told.file, "outcome": "there", "kept_on": day.to_string()}),
            ImportedPaper::Refused(words) => json!({"file": told.file, "outcome": "refused", "message": words}),
        })
        .collect();
    let (kept, there, refused) = counts(told);
    let answer = json!({
        "dry_run": args.dry_run, "kept": kept, "there": there, "refused": refused, "files": files,
    });
    writeln!(out, "{answer}")?;
    Ok(u8::from(refused > 0))
}

fn counts(told: &[Told]) -> (usize, usize, usize) {
    let count = |which: fn(&ImportedPaper) -> bool| told.iter().filter(|told| which(&told.outcome)).count();
    (
        count(|outcome| matches!(outcome, ImportedPaper::Kept { .. })),
        count(|outcome| matches!(outcome, ImportedPaper::There(_))),
        count(|outcome| matches!(outcome, ImportedPaper::Refused(_))),
    )
}

fn tell(args: &ImportArgs, out: &mut dyn Write, told: &[Told]) -> io::Result<u8> {
    for Told { file, outcome } in told {
        match outcome {
            ImportedPaper::Kept { papers, troubles } => {
                let inside = match papers - 1 {
                    0 => String::new(),
                    1 => ", with 1 paper inside".to_owned(),
                    more => format!(", with {more} papers inside"),
                };
                writeln!(out, "{}: {file}{inside}", if args.dry_run { "Would be kept" } else { "Kept" })?;
                for trouble in troubles {
                    writeln!(out, "  {}.", trouble.trim_end_matches('.'))?;
                }
            }
            ImportedPaper::There(day) => writeln!(out, "There already: {file}, kept on {}", clock::uk_date(*day))?,
            ImportedPaper::Refused(words) => writeln!(out, "Not kept: {file}. {}.", words.trim_end_matches('.'))?,
        }
    }
    let (kept, there, refused) = counts(told);
    let end = if args.dry_run { " Nothing was written: this was a dry run." } else { "" };
    let verb = if args.dry_run { "could be kept" } else { "kept" };
    writeln!(out, "{kept} {verb}, {there} there already, {refused} not kept.{end}")?;
    Ok(u8::from(refused > 0))
}

/// The path below the folder, as people write it.
pub(super) fn below(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
