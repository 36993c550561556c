//! `guardbook people import`: brings people in from a table, or says row by row what is wrong with it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use duties::people::import_people::{
    Checked, Column, ImportError, Likely, Of, Options, Problem, Table, check_table, import_people_as,
};
use indicatif::ProgressBar;
use records::{Actor, Operation, PersonClass};
use serde_json::{Value, json};

use super::imports::{self, ImportsArgs, UndoArgs};
use super::open::OpenArgs;

/// The question makes no sense.
const USAGE: u8 = 2;

/// Bring people in.
#[derive(Debug, Args)]
pub struct PeopleArgs {
    #[command(subcommand)]
    command: PeopleCommand,
}

#[derive(Debug, Subcommand)]
enum PeopleCommand {
    /// Bring people in from a table: all of them, or none.
    Import(ImportArgs),
    /// List the imports, newest first, with the numbers by which they can be undone.
    Imports(ImportsArgs),
    /// Undo a whole import: the files that it opened are erased with their keys.
    UndoImport(UndoArgs),
}

/// Bring people in from a table.
#[derive(Debug, Args)]
#[command(after_help = "Example: guardbook people import people.csv --book /srv/guardbook/book --dry-run\n\
                        The first row names the columns: name, or first name and last name; date of birth, phone, e-mail,\n\
                        street, town, postcode, role, number, related to, relation, service, reason. Dates as in the UK.\n\
                        Exit code 1 when something is wrong in the table; nothing is brought in then.")]
struct ImportArgs {
    /// The table: CSV, XLSX or ODS.
    file: PathBuf,
    #[command(flatten)]
    open: OpenArgs,
    /// Only check: write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
    /// What people are where the table does not say it.
    #[arg(long, value_name = "CLASS", default_value = "child", value_parser = class)]
    class: PersonClass,
    /// Enrol the children with this service, by its name.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Why they use the service, where the table does not say it.
    #[arg(long, value_name = "WORDS", default_value = "")]
    reason: String,
    /// What the rows are: people, notes, or enrolments of people who are in the book.
    #[arg(long, value_name = "ROWS", default_value = "people", value_parser = rows_of)]
    of: Of,
    /// The sheet, where a workbook has several.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Use a column for something, such as "Contact=phone"; may be given several times.
    #[arg(long = "use", value_name = "COLUMN=USE", value_parser = one_use)]
    uses: Vec<(String, String)>,
    /// Leave this column out; may be given several times, or several with commas between.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    ignore: Vec<String>,
}

fn class(slug: &str) -> Result<PersonClass, String> {
    PersonClass::from_slug(slug).ok_or_else(|| {
        let all: Vec<_> = PersonClass::PEOPLE.iter().map(|class| class.slug()).collect();
        format!("choose one of {}", all.join(", "))
    })
}

fn rows_of(slug: &str) -> Result<Of, String> {
    Of::from_slug(slug).ok_or_else(|| "choose one of people, notes, enrolments".to_owned())
}

fn one_use(text: &str) -> Result<(String, String), String> {
    let (column, slug) = text.rsplit_once('=').ok_or("write the column, an equals sign, and what it is used for")?;
    let slug = slug.trim();
    if Column::from_slug(slug).is_some() {
        return Ok((column.trim().to_owned(), slug.to_owned()));
    }
    let mut all: Vec<_> = Of::ALL.into_iter().flat_map(Column::offered).map(|(slug, _)| slug).collect();
    all.sort_unstable();
    all.dedup();
    Err(format!("a column can be used for: {}", all.join(", ")))
}

/// Runs `people`.
pub async fn run(args: &PeopleArgs, out: &mut dyn Write) -> io::Result<u8> {
    match &args.command {
        PeopleCommand::Import(args) => import(args, out).await,
        PeopleCommand::Imports(args) => imports::list(args, out).await,
        PeopleCommand::UndoImport(args) => imports::undo(args, out).await,
    }
}

async fn import(args: &ImportArgs, out: &mut dyn Write) -> io::Result<u8> {
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            writeln!(io::stderr(), "{} cannot be read: {error}. Check the name.", args.file.display())?;
            return Ok(USAGE);
        }
    };
    let office = args.open.office().await?;
    let house = office.house().await.map_err(io::Error::other)?;
    let service = match &args.service {
        None => None,
        Some(name) => {
            let known = house.services.iter().map(|(_, service)| service);
            let Some(found) = known.clone().find(|service| service.name.eq_ignore_ascii_case(name)) else {
                let all: Vec<_> = known.map(|service| service.name.as_str()).collect();
                let advice = if all.is_empty() {
                    "The book has none yet. Add it on the Services page, or leave --service out.".to_owned()
                } else {
                    format!("There are: {}.", all.join(", "))
                };
                writeln!(io::stderr(), "There is no service \"{name}\". {advice}")?;
                return Ok(USAGE);
            };
            Some(found.id)
        }
    };
    let options = Options {
        file_name: args.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        class: Some(args.class),
        service,
        reason: args.reason.clone(),
        ignore: args.ignore.clone(),
        sheet: args.sheet.clone().unwrap_or_default(),
        uses: args.uses.clone(),
        of: args.of,
        ..Options::default()
    };
    let progress = ProgressBar::new_spinner().with_message("Checking the table");
    progress.enable_steady_tick(Duration::from_millis(200));
    let checked = match check(&office, &bytes, &options).await {
        Ok(checked) => checked,
        Err(ImportError::Stopped(stopped)) => return Err(io::Error::other(stopped)),
        Err(refused) => {
            progress.finish_and_clear();
            let whole = json!({"row": refused.row(), "column": "", "value": "", "message": refused.to_string()});
            return tell_refusal(args, out, &refused, &whole);
        }
    };
    let told = Told::of(&checked);
    if args.dry_run || !checked.is_right() {
        progress.finish_and_clear();
        return told.tell(args, out, 0);
    }
    progress.set_message(format!("Bringing in {} {}", checked.rows, options.of.slug()));
    let operation = Operation::for_the_book(Actor::Operator, "people import", office.now());
    let done = import_people_as(&office, &operation, checked, &options).await.map_err(io::Error::other)?;
    progress.finish_and_clear();
    told.tell(args, out, done.added)
}

/// Reads and checks the table. Nobody can look and choose here, so that a workbook with several sheets needs the name of one.
async fn check(office: &duties::Office, bytes: &[u8], options: &Options) -> Result<Checked, ImportError> {
    let table = Table::read(&options.file_name, bytes)?;
    let in_sight = || table.sheets().filter(|(_, hidden)| !hidden).map(|(name, _)| format!("\"{name}\""));
    if options.sheet.is_empty() && in_sight().count() > 1 {
        let all = in_sight().collect::<Vec<_>>().join(", ");
        return Err(ImportError::NotATable(format!("The workbook has several sheets: {all}. Name one with --sheet.")));
    }
    check_table(office, &table, options).await
}

fn tell_refusal(args: &ImportArgs, out: &mut dyn Write, refused: &ImportError, whole: &Value) -> io::Result<u8> {
    if args.json {
        let answer = json!({
            "rows": 0,
            "added": 0,
            "dry_run": args.dry_run,
            "errors": [whole],
            "warnings": [],
            "more_errors": 0,
            "more_warnings": 0,
            "columns": [],
        });
        writeln!(out, "{answer}")?;
    } else {
        writeln!(out, "{refused}\nNothing was brought in.")?;
    }
    Ok(1)
}

/// What is said about a table, taken from the check before the import uses it up.
struct Told {
    rows: u64,
    likely: Vec<Likely>,
    sheet: String,
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
    untold: (u64, u64),
    columns: Vec<(String, Option<&'static str>)>,
}

impl Told {
    fn of(checked: &Checked) -> Self {
        Self {
            rows: checked.rows,
            sheet: checked.sheet.clone(),
            likely: checked.likely.clone(),
            errors: checked.errors.clone(),
            warnings: checked.warnings.clone(),
            untold: checked.untold,
            columns: checked.columns.iter().map(|column| (column.column.clone(), column.used_for)).collect(),
        }
    }

    fn tell(&self, args: &ImportArgs, out: &mut dyn Write, added: u64) -> io::Result<u8> {
        if args.json {
            let columns: Vec<Value> =
                self.columns.iter().map(|(column, used)| json!({"column": column, "used_for": used})).collect();
            let likely: Vec<Value> = self
                .likely
                .iter()
                .map(|likely| json!({"row": likely.row, "file": likely.file.to_string(), "why": likely.why}))
                .collect();
            let answer = json!({
                "rows": self.rows,
                "sheet": self.sheet,
                "added": added,
                "dry_run": args.dry_run,
                "errors": self.errors.iter().map(problem).collect::<Vec<_>>(),
                "warnings": self.warnings.iter().map(problem).collect::<Vec<_>>(),
                "more_errors": self.untold.0,
                "more_warnings": self.untold.1,
                "columns": columns,
                "likely": likely,
            });
            writeln!(out, "{answer}")?;
        } else {
            self.tell_in_words(args, out, added)?;
        }
        Ok(u8::from(!self.errors.is_empty()))
    }

    fn tell_in_words(&self, args: &ImportArgs, out: &mut dyn Write, added: u64) -> io::Result<()> {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!("sheet \"{}\", ", self.sheet) };
        for (name, list, more) in [("Wrong", &self.errors, self.untold.0), ("Look at", &self.warnings, self.untold.1)] {
            for problem in list {
                let column =
                    if problem.column.is_empty() { String::new() } else { format!(", column \"{}\"", problem.column) };
                let value = problem.value.for_paper();
                let value = if value.is_empty() { String::new() } else { format!(", \"{value}\"") };
                writeln!(
                    out,
                    "{name}: {sheet}row {}{column}{value}: {}.",
                    problem.row,
                    problem.message.trim_end_matches('.')
                )?;
            }
            if more > 0 {
                writeln!(out, "{name}: and {more} more.")?;
            }
        }
        for likely in self.likely.iter().filter(|likely| !likely.surely) {
            let (row, name) = (likely.row, likely.card.name.for_paper());
            writeln!(out, "Look at: {sheet}row {row} may be {name}, who is in the book: {}.", likely.why)?;
        }
        if !self.errors.is_empty() {
            let count = self.errors.len() as u64 + self.untold.0;
            writeln!(out, "{} rows read. {count} things are wrong, so nothing was brought in.", self.rows)
        } else if args.dry_run {
            writeln!(
                out,
                "{} rows read, and all can be brought in. Nothing was written: this was a dry run.",
                self.rows
            )
        } else {
            writeln!(
                out,
                "{added} {} were brought in. Everybody who is new is owed your privacy notice; it stands on the Today page.",
                args.of.slug()
            )
        }
    }
}

fn problem(problem: &Problem) -> Value {
    json!({
        "row": problem.row,
        "column": problem.column,
        "value": problem.value.for_paper(),
        "message": problem.message,
    })
}
