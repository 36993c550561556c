//! `guardbook policy`: checks a policy's texts, and publishes them as notices.

mod page;
mod paper;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use miette::{GraphicalReportHandler, GraphicalTheme};
use policy::{Code, Origin, Policy, Problem, Reading, Source, Text, notice_of};
use serde::Serialize;

/// The policy can run.
const OK: u8 = 0;
/// It has errors.
const NO: u8 = 1;
/// The question makes no sense.
const USAGE: u8 = 2;
/// Characters to a line of a report; the same everywhere, so that a saved report compares.
const WIDTH: usize = 100;

/// A charity's policy: the text that the program runs.
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Example: guardbook policy check policies/kids.md policies/kids-easy-read.md\n         \
                  guardbook policy publish policies/kids.md policies/kids-easy-read.md --out notices"
)]
pub struct PolicyArgs {
    #[command(subcommand)]
    does: Does,
}

#[derive(Debug, Subcommand)]
enum Does {
    /// Read the texts of a policy and say everything that is wrong with them.
    #[command(after_help = "Texts of the same charity are one policy and are checked against each other. Exit code 1 \
                            when there are errors.\nExample: guardbook policy check policies/kids.md policies/kids-easy-read.md")]
    Check(CheckArgs),
    /// Write each text as a notice: a web page and an accessible PDF.
    #[command(
        after_help = "Example: guardbook policy publish policies/kids.md policies/kids-easy-read.md --out notices"
    )]
    Publish(PublishArgs),
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// The texts: the full policy, and its Easy Read, children's or Welsh versions.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write one JSON object: errors, settings in figures, clauses, number of statements. With texts of several
    /// charities, the settings are those of the first.
    #[arg(long)]
    json: bool,
    /// List every setting with where it comes from, and every sentence that sets nothing.
    #[arg(long, conflicts_with = "json")]
    all: bool,
}

#[derive(Debug, Args)]
struct PublishArgs {
    /// The texts of one policy.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder to write to; made if it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The date on the notices; without it, the day the policy was last reviewed or adopted.
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
}

/// Runs the command and gives its exit code.
///
/// # Errors
/// When `out` cannot be written.
pub fn run(args: &PolicyArgs, out: &mut dyn Write) -> io::Result<u8> {
    match &args.does {
        Does::Check(args) => check(args, out),
        Does::Publish(args) => publish(args, out),
    }
}

fn check(args: &CheckArgs, out: &mut dyn Write) -> io::Result<u8> {
    let reading = match read(&args.files) {
        Ok(reading) => reading,
        Err(message) => return usage(&message),
    };
    if args.json {
        serde_json::to_writer(&mut *out, &Report::of(&reading))?;
        writeln!(out)?;
    } else {
        write!(out, "{}", told(&reading, args.all))?;
    }
    out.flush()?;
    Ok(if reading.errors().next().is_some() { NO } else { OK })
}

fn publish(args: &PublishArgs, out: &mut dyn Write) -> io::Result<u8> {
    let reading = match read(&args.files) {
        Ok(reading) => reading,
        Err(message) => return usage(&message),
    };
    if reading.errors().next().is_some() {
        write!(out, "{}", told(&reading, false))?;
        writeln!(out, "Nothing was published. Mend the errors and publish again.")?;
        return Ok(NO);
    }
    for policy in &reading.policies {
        for text in policy.texts() {
            if let Err(message) = publish_text(args, policy, text, out)? {
                writeln!(io::stderr(), "{message}")?;
                return Ok(USAGE);
            }
        }
    }
    Ok(OK)
}

/// Writes one text as page and paper, and names the files.
fn publish_text(
    args: &PublishArgs,
    policy: &Policy,
    text: &Text,
    out: &mut dyn Write,
) -> io::Result<Result<(), String>> {
    let notice = notice_of(text, policy.front());
    let front = (&text.front, policy.front());
    let dates = [front.0.reviewed, front.0.adopted, front.1.reviewed, front.1.adopted];
    let Some(date) = args.on.or_else(|| dates.into_iter().flatten().next().map(policy::PolicyDate::first_day)) else {
        return Ok(Err(format!(
            "{} has no date. Add \"adopted: 2026-01-31\" to its front matter, or give --on.",
            text.source.name()
        )));
    };
    let others: Vec<_> = policy.texts().iter().map(|other| (stem(other.source.name()), other.front.text)).collect();
    let stem = stem(text.source.name());
    let html = page::page(&notice, &stem, &others);
    let paper = match papers::typeset::to_pdf(&paper::document(&notice, date)) {
        Ok(paper) => paper,
        Err(error) => return Ok(Err(format!("{}: {error}", text.source.name()))),
    };
    fs::create_dir_all(&args.out)?;
    for (name, bytes) in [(format!("{stem}.html"), html.as_bytes()), (format!("{stem}.pdf"), &paper.pdf)] {
        let path = args.out.join(name);
        fs::write(&path, bytes)?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(Ok(()))
}

/// Reads the texts. One in another encoding is an error at its place, and the others are read all the same.
fn read(files: &[PathBuf]) -> Result<Reading, String> {
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.display().to_string();
        let bytes = fs::read(file).map_err(|error| format!("{name} cannot be read: {error}. Check the name."))?;
        match String::from_utf8(bytes) {
            Ok(text) => sources.push(Source::new(name, text)),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let source = Source::new(name, String::from_utf8_lossy(error.as_bytes()));
                let message = "The text is not UTF-8, so it was not read";
                let problem = Problem::new(Code::NotUtf8, &source, source.place(good..good + 3), message);
                problems.push(problem.help("Save it as UTF-8."));
            }
        }
    }
    let mut reading = if sources.is_empty() { Reading::default() } else { policy::read(&sources) };
    problems.append(&mut reading.problems);
    reading.problems = problems;
    Ok(reading)
}

fn usage(message: &str) -> io::Result<u8> {
    writeln!(io::stderr(), "{message}")?;
    Ok(USAGE)
}

fn stem(name: &str) -> String {
    Path::new(name).file_stem().map_or_else(|| "notice".to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// What `--json` writes. Fields and codes are relied upon by other programs.
#[derive(Debug, Serialize)]
struct Report<'a> {
    errors: Vec<Fault<'a>>,
    settings: BTreeMap<String, String>,
    clauses: Vec<String>,
    statements: usize,
}

#[derive(Debug, Serialize)]
struct Fault<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    code: &'a str,
    message: &'a str,
}

impl<'a> Report<'a> {
    fn of(reading: &'a Reading) -> Self {
        let fault = |problem: &'a Problem| Fault {
            file: &problem.file,
            line: problem.place.line,
            column: problem.place.column,
            code: problem.code.word(),
            message: &problem.message,
        };
        let mut clauses: Vec<_> = reading.policies.iter().flat_map(Policy::clauses).collect();
        clauses.sort();
        clauses.dedup();
        Self {
            errors: reading.errors().map(fault).collect(),
            settings: reading.policies.first().map(|policy| policy.settings().in_figures()).unwrap_or_default(),
            clauses: clauses.iter().map(ToString::to_string).collect(),
            statements: texts(reading).map(statements).sum(),
        }
    }
}

fn texts(reading: &Reading) -> impl Iterator<Item = &Text> {
    reading.policies.iter().flat_map(Policy::texts)
}

fn statements(text: &Text) -> usize {
    text.sentences.iter().filter(|sentence| sentence.is_statement()).count()
}

/// The report for people: each problem with its place in the text, then a line for each text.
fn told(reading: &Reading, all: bool) -> String {
    // Colours only where somebody looks at a terminal; a saved report stays plain.
    let theme = if io::IsTerminal::is_terminal(&io::stdout()) {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(WIDTH);
    let mut report = String::new();
    for problem in &reading.problems {
        if handler.render_report(&mut report, problem).is_err() {
            report.push_str(&problem.message);
        }
        report.push('\n');
    }
    for text in texts(reading) {
        report.push_str(&format_text(reading, text));
        if all {
            report.push_str(&list_statements(text));
        }
    }
    if all {
        reading.policies.iter().for_each(|policy| report.push_str(&list_settings(policy)));
    }
    report
}

fn format_text(reading: &Reading, text: &Text) -> String {
    let of = |error: bool| {
        reading.problems.iter().filter(|each| each.file == text.source.name() && each.is_error() == error).count()
    };
    let warnings = match of(false) {
        0 => String::new(),
        count => format!(", {}", counted(count, "warning")),
    };
    format!(
        "{}: {}{warnings}; {}, {}, {}.\n",
        text.source.name(),
        counted(of(true), "error"),
        counted(text.clauses().len(), "clause"),
        counted(text.found.len(), "live phrase"),
        counted(statements(text), "statement"),
    )
}

fn list_statements(text: &Text) -> String {
    let lines = text.sentences.iter().filter(|sentence| sentence.is_statement());
    let lines: Vec<_> = lines.map(|each| format!("  line {}: {}\n", each.place.line, each.text)).collect();
    lines.concat()
}

fn list_settings(policy: &Policy) -> String {
    let line = |key: &str, value: String, origin: &Origin| format!("  {key} = {value}: {}\n", origin.in_words());
    let settings = policy.settings().iter();
    let lines: String = settings.map(|(key, setting)| line(key, setting.value.to_string(), &setting.origin)).collect();
    format!("Settings:\n{lines}")
}

fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    }
}

#[cfg(test)]
mod tests;
