//! `guardbook clock`: a time limit and why it falls on that day.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use clock::{
    BankHolidays, Because, BreachLimit, ClockError, Limit, Nation, Nations, Obtained, Request, Span, Wait, batch,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// The answer is there.
const OK: u8 = 0;
/// The answer is no: a bad line, no limit, an extension that came too late.
const NO: u8 = 1;
/// The question makes no sense.
const USAGE: u8 = 2;

/// Statutory time limits with their reasons.
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    args_conflicts_with_subcommands = true,
    after_help = "Example: guardbook clock access --received 2026-03-02 --nation england-and-wales\n         \
                  guardbook clock --batch < requests.jsonl"
)]
pub struct ClockArgs {
    /// Read JSON lines from FILE (or standard input) and write one JSON line for each: the law alone, no policy.
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    batch: Option<PathBuf>,
    #[command(subcommand)]
    kind: Option<Kind>,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// When must a request to see what is held be answered?
    #[command(
        after_help = "Example: guardbook clock access --received 2026-03-02 --nation england-and-wales --paused \
                            2026-03-09..2026-03-16 --policy \"30 days\""
    )]
    Access(RequestArgs),
    /// When must a request about another right be answered (correct, erase, restrict, object, move)?
    #[command(after_help = "Example: guardbook clock right --received \"2 March 2026\" --nation scotland")]
    Right(RequestArgs),
    /// By when must a complaint about data protection be acknowledged?
    #[command(after_help = "Example: guardbook clock complaint --received 2/7/2026 --nation northern-ireland")]
    Complaint(ComplaintArgs),
    /// By when must the regulator be told of a breach?
    #[command(after_help = "Example: guardbook clock breach --aware \"2026-10-24 12:00\"")]
    Breach(BreachArgs),
    /// By when must a person be told that we hold information which came from somebody else?
    #[command(
        after_help = "Example: guardbook clock notice --obtained 2026-11-22 --first-contact 2026-12-01 --nation scotland"
    )]
    Notice(NoticeArgs),
}

/// Where and how.
#[derive(Debug, Args)]
struct Common {
    /// Where the charity works; give it again for each nation. Without it: the earliest date of the three.
    #[arg(long, value_name = "NATION", value_parser = nation)]
    nation: Vec<Nation>,
    /// A bank holiday proclaimed since this program was made; give it again for each.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    bank_holiday: Vec<Date>,
    /// Our own policy's period, such as "30 days". The earlier of the law's date and ours is given.
    #[arg(long, value_name = "PERIOD")]
    policy: Option<Span>,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct RequestArgs {
    /// The day the request came.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    received: Date,
    /// The days from our question about what is wanted to the answer, as FROM..TO; FROM.. while we wait.
    #[arg(long, value_name = "FROM..TO", value_parser = pause)]
    paused: Vec<Wait>,
    /// The day we asked for proof of identity.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    identity_asked: Option<Date>,
    /// The day it came.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words, requires = "identity_asked")]
    identity_received: Option<Date>,
    /// The day we asked for proof that somebody may act for the person.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    authority_asked: Option<Date>,
    /// The day it came.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words, requires = "authority_asked")]
    authority_received: Option<Date>,
    /// The day we asked for a fee.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    fee_asked: Option<Date>,
    /// The day it was paid.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words, requires = "fee_asked")]
    fee_paid: Option<Date>,
    /// The limit is extended; with the day on which the person was told, it is checked whether that was in time.
    #[arg(long, value_name = "TOLD", num_args = 0..=1, default_missing_value = "", value_parser = told)]
    extended: Option<Told>,
    /// Today: needed while a question is open.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    today: Option<Date>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct ComplaintArgs {
    /// The day the complaint came.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    received: Date,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Args)]
struct BreachArgs {
    /// When we became aware: 2026-10-24T12:00:00+01:00, or "2026-10-24 12:00" for London time.
    #[arg(long, value_name = "MOMENT", value_parser = clock::moment_from_words)]
    aware: Timestamp,
    /// Our own policy's period, such as "24 hours". The earlier of the law's moment and ours is given.
    #[arg(long, value_name = "PERIOD")]
    policy: Option<Span>,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct NoticeArgs {
    /// The day we got the information.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    obtained: Date,
    /// The day of the first contact with the person.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    first_contact: Option<Date>,
    /// The day on which it is first shared.
    #[arg(long, value_name = "DATE", value_parser = clock::date_from_words)]
    first_disclosure: Option<Date>,
    #[command(flatten)]
    common: Common,
}

/// Whether and when the person was told of an extension.
#[derive(Debug, Clone, Copy)]
enum Told {
    InTime,
    On(Date),
}

fn nation(text: &str) -> Result<Nation, clock::UnknownNation> {
    text.parse()
}

fn pause(text: &str) -> Result<Wait, clock::DateUnreadable> {
    clock::range_from_words(text).map(|(asked, answered)| Wait { asked, answered })
}

fn told(text: &str) -> Result<Told, clock::DateUnreadable> {
    if text.is_empty() { Ok(Told::InTime) } else { clock::date_from_words(text).map(Told::On) }
}

impl Common {
    fn nations(&self) -> Result<Nations, ClockError> {
        if self.nation.is_empty() { Ok(Nations::all()) } else { Nations::of(self.nation.iter().copied()) }
    }

    fn remark(&self) -> Option<&'static str> {
        self.nation
            .is_empty()
            .then_some("No nation was given, so this is the earliest date of the three. Name yours with --nation.")
    }

    fn holidays(&self, nations: Nations) -> BankHolidays {
        self.bank_holiday
            .iter()
            .fold(BankHolidays::verified(), |holidays, date| holidays.proclaimed(*date, nations, "added by hand"))
    }
}

impl RequestArgs {
    fn request(&self, nations: Nations) -> Request {
        let wait = |asked: Option<Date>, answered| asked.map(|asked| Wait { asked, answered });
        let mut request = Request::received(self.received, nations);
        request.identity = wait(self.identity_asked, self.identity_received);
        request.authority = wait(self.authority_asked, self.authority_received);
        request.fee = wait(self.fee_asked, self.fee_paid);
        request.pauses.clone_from(&self.paused);
        request.today = self.today;
        request
    }

    fn limit(&self, rule: impl Fn(&Request, &BankHolidays) -> Result<Limit, ClockError>) -> Result<Limit, ClockError> {
        let nations = self.common.nations()?;
        let limit = rule(&self.request(nations), &self.common.holidays(nations))?;
        match (self.extended, limit.extension_notice_by) {
            (Some(Told::On(told)), _) => limit.extend(told),
            (Some(Told::InTime), Some(by)) => limit.extend(by),
            (Some(Told::InTime), None) => Err(ClockError::NoExtension),
            (None, _) => Ok(limit),
        }
    }
}

/// Runs the command. Answers go to `out`, usage errors to standard error; the result is the exit code.
///
/// # Errors
/// When `out` cannot be written or the batch cannot be read.
pub fn run(args: &ClockArgs, out: &mut dyn Write, input: &mut dyn BufRead) -> io::Result<u8> {
    match (&args.batch, &args.kind) {
        (Some(file), _) if file == Path::new("-") => run_batch(input, out),
        (Some(file), _) => match File::open(file) {
            Ok(file) => run_batch(&mut BufReader::new(file), out),
            Err(error) => {
                let hint = "Check the name, or leave it out to read standard input.";
                writeln!(io::stderr(), "{} cannot be read: {error}. {hint}", file.display())?;
                Ok(USAGE)
            }
        },
        (None, Some(kind)) => run_kind(kind, out),
        (None, None) => {
            writeln!(io::stderr(), "Say which limit: access, right, complaint, breach or notice; or --batch.")?;
            Ok(USAGE)
        }
    }
}

fn run_batch(input: &mut dyn BufRead, out: &mut dyn Write) -> io::Result<u8> {
    let holidays = BankHolidays::verified();
    let mut code = OK;
    let mut bytes = Vec::new();
    while input.read_until(b'\n', &mut bytes)? > 0 {
        let (answer, good) = match std::str::from_utf8(&bytes) {
            Ok(text) if text.trim().is_empty() => {
                bytes.clear();
                continue;
            }
            Ok(text) => batch::line(text.trim_start_matches('\u{feff}').trim(), &holidays),
            Err(_) => (batch::bad_line("This line is not UTF-8. Save the file as UTF-8."), false),
        };
        writeln!(out, "{answer}")?;
        if !good {
            code = NO;
        }
        bytes.clear();
    }
    out.flush()?;
    Ok(code)
}

fn run_kind(kind: &Kind, out: &mut dyn Write) -> io::Result<u8> {
    match kind {
        Kind::Access(args) => say(args.limit(clock::access), &args.common, out),
        Kind::Right(args) => say(args.limit(clock::right), &args.common, out),
        Kind::Complaint(args) => {
            let limit = args
                .common
                .nations()
                .and_then(|nations| clock::complaint(args.received, nations, &args.common.holidays(nations)));
            say(limit, &args.common, out)
        }
        Kind::Notice(args) => {
            let limit = args.common.nations().and_then(|nations| {
                let (obtained, first_contact) = (args.obtained, args.first_contact);
                let facts = Obtained { nations, obtained, first_contact, first_disclosure: args.first_disclosure };
                clock::notice(&facts, &args.common.holidays(nations))
            });
            say(limit, &args.common, out)
        }
        Kind::Breach(args) => match clock::breach(args.aware) {
            Ok(limit) => {
                let limit = args.policy.map_or_else(|| limit.clone(), |promise| limit.clone().with_policy(promise));
                Answer::of_breach(&limit).write(args.json, out).map(|()| OK)
            }
            Err(error) => refuse(&error, args.json, out),
        },
    }
}

fn say(limit: Result<Limit, ClockError>, common: &Common, out: &mut dyn Write) -> io::Result<u8> {
    let (answer, code) = match limit {
        Ok(limit) => (
            Answer::of(match common.policy {
                Some(promise) => limit.with_policy(promise),
                None => limit,
            }),
            OK,
        ),
        Err(ClockError::NoLimit { because }) => (Answer::none(because), NO),
        Err(error) => return refuse(&error, common.json, out),
    };
    answer.remarked(common.remark()).write(common.json, out)?;
    Ok(code)
}

fn refuse(error: &ClockError, json: bool, out: &mut dyn Write) -> io::Result<u8> {
    if json {
        writeln!(out, "{}", batch::bad_line(&error.to_string()))?;
    } else {
        writeln!(io::stderr(), "{error}")?;
    }
    Ok(if matches!(error, ClockError::ExtensionTooLate { .. }) { NO } else { USAGE })
}

/// What is written, for people or for programs.
#[derive(Serialize)]
struct Answer {
    #[serde(skip)]
    headline: String,
    due: Option<String>,
    statutory_due: Option<String>,
    safe: Option<Date>,
    extended_due: Option<Date>,
    extension_notice_by: Option<Date>,
    because: Vec<Because>,
    warnings: Vec<String>,
}

impl Answer {
    fn of(limit: Limit) -> Self {
        Self {
            headline: clock::weekday_date(limit.due),
            due: Some(limit.due.to_string()),
            statutory_due: Some(limit.statutory_due.to_string()),
            safe: Some(limit.safe),
            extended_due: limit.extended_due,
            extension_notice_by: limit.extension_notice_by,
            because: limit.because,
            warnings: limit.warnings,
        }
    }

    fn of_breach(limit: &BreachLimit) -> Self {
        let due = limit.due_in_london();
        Self {
            headline: format!("{}, {}", clock::weekday_date(due.date()), due.strftime("%H:%M")),
            due: Some(limit.due_rfc3339()),
            statutory_due: Some(limit.statutory_due_rfc3339()),
            safe: None,
            extended_due: None,
            extension_notice_by: None,
            because: limit.because.clone(),
            warnings: limit.warnings.clone(),
        }
    }

    fn none(because: Vec<Because>) -> Self {
        Self {
            headline: "No date".to_owned(),
            due: None,
            statutory_due: None,
            safe: None,
            extended_due: None,
            extension_notice_by: None,
            because,
            warnings: Vec::new(),
        }
    }

    fn remarked(mut self, remark: Option<&str>) -> Self {
        self.warnings.extend(remark.map(str::to_owned));
        self
    }

    fn write(&self, json: bool, out: &mut dyn Write) -> io::Result<()> {
        if json {
            return writeln!(out, "{}", serde_json::to_string(self)?);
        }
        writeln!(out, "{}\n", self.headline)?;
        for line in &self.because {
            writeln!(out, "{line}")?;
        }
        for warning in &self.warnings {
            writeln!(out, "Note: {warning}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        clock: ClockArgs,
    }

    /// The exit code and what was written, for arguments and standard input.
    fn ran(args: &[&str], mut input: &[u8]) -> (u8, String) {
        let cli = Cli::try_parse_from([&["clock"], args].concat()).unwrap();
        let mut out = Vec::new();
        let code = run(&cli.clock, &mut out, &mut input).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    fn usage(args: &[&str]) -> String {
        match Cli::try_parse_from([&["clock"], args].concat()) {
            Ok(_) => panic!("{args:?} was understood"),
            Err(error) => error.to_string(),
        }
    }

    const ACCESS: [&str; 5] = ["access", "--received", "2026-03-02", "--nation", "england-and-wales"];

    #[test]
    fn the_date_comes_first_and_then_the_reasons() {
        let (code, text) = ran(&[&ACCESS[..], &["--paused", "2026-03-09..2026-03-16"]].concat(), b"");
        assert_eq!(code, OK);
        assert!(text.starts_with("Friday 10 April 2026\n\nReceived on Monday 2 March 2026"), "{text}");
        assert!(!text.contains("Note:"), "{text}");
    }

    #[test]
    fn dates_are_read_as_people_write_them_and_a_policy_can_hasten_them() {
        let (code, text) =
            ran(&["access", "--received", "2/3/2026", "--nation", "scotland", "--policy", "30 days"], b"");
        assert_eq!(code, OK);
        assert!(text.starts_with("Wednesday 1 April 2026\n"), "{text}");
    }

    #[test]
    fn without_a_nation_the_earliest_date_is_given_with_a_note() {
        let (_, text) = ran(&["right", "--received", "31 July 2026"], b"");
        assert!(text.starts_with("Monday 31 August 2026\n"), "{text}");
        assert!(text.contains("Note: No nation was given"), "{text}");
    }

    #[test]
    fn a_bank_holiday_can_be_added() {
        let (_, text) = ran(&[&ACCESS[..], &["--bank-holiday", "2026-04-02"]].concat(), b"");
        assert!(text.starts_with("Tuesday 7 April 2026\n"), "{text}");
    }

    #[test]
    fn an_extension_is_checked_against_the_day_on_which_the_person_was_told() {
        let (code, text) = ran(&[&ACCESS[..], &["--extended", "2026-04-02"]].concat(), b"");
        assert!(code == OK && text.starts_with("Tuesday 2 June 2026\n"), "{text}");
        assert_eq!(ran(&[&ACCESS[..], &["--extended"]].concat(), b"").0, OK);
        let (code, text) = ran(&[&ACCESS[..], &["--extended", "2026-04-03", "--json"]].concat(), b"");
        assert!(code == NO && text.contains("It had to be by 2 April 2026"), "{text}");
    }

    #[test]
    fn json_carries_every_date() {
        let (_, text) = ran(&[&ACCESS[..], &["--policy", "30 days", "--json"]].concat(), b"");
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&value["due"], &value["statutory_due"]), (&"2026-04-01".into(), &"2026-04-02".into()));
        assert_eq!(value["extended_due"], "2026-06-02");
        let (_, text) = ran(&["breach", "--aware", "2026-10-24 12:00", "--json"], b"");
        assert!(text.contains(r#""due":"2026-10-27T11:00:00+00:00""#), "{text}");
    }

    #[test]
    fn other_limits_are_answered_too() {
        let (_, text) = ran(&["complaint", "--received", "2026-07-02", "--nation", "scotland"], b"");
        assert!(text.starts_with("Tuesday 4 August 2026\n"), "{text}");
        let (_, text) = ran(&["breach", "--aware", "2026-10-24T12:00:00+01:00", "--policy", "24 hours"], b"");
        assert!(text.starts_with("Sunday 25 October 2026, 11:00\n"), "{text}");
        let (_, text) = ran(&["notice", "--obtained", "2026-11-22", "--first-disclosure", "2026-11-28"], b"");
        assert!(text.starts_with("Saturday 28 November 2026\n"), "{text}");
    }

    #[test]
    fn where_there_is_no_date_yet_the_reasons_say_why_and_the_answer_is_no() {
        let (code, text) = ran(&[&ACCESS[..], &["--paused", "2026-03-09.."]].concat(), b"");
        assert_eq!(code, NO);
        assert!(text.starts_with("No date\n") && text.contains("The clock is stopped since Monday 9 March"), "{text}");
        let (code, text) = ran(&[&ACCESS[..], &["--paused", "2026-03-09..", "--today", "16/3/2026"]].concat(), b"");
        assert!(code == OK && text.starts_with("Friday 10 April 2026\n"), "{text}");
    }

    #[test]
    fn what_is_mistyped_is_named_with_the_way_to_write_it() {
        assert!(usage(&["access", "--received", "soon"]).contains("2 March 2026"));
        assert!(usage(&["access", "--received", "2026-03-02", "--nation", "wales"]).contains("england-and-wales"));
        assert!(usage(&["access", "--received", "2026-03-02", "--policy", "a while"]).contains("30 days"));
        assert!(usage(&["access", "--received", "2026-03-02", "--paused", "2026-03-09"]).contains(".."));
        assert!(usage(&["right", "--received", "2026-03-02", "--fee-paid", "2026-03-09"]).contains("--fee-asked"));
        assert_eq!(ran(&[&ACCESS[..], &["--paused", "2026-03-01..2026-03-04", "--json"]].concat(), b"").0, USAGE);
    }

    #[test]
    fn a_batch_answers_every_line_in_order_and_goes_on_after_a_bad_one() {
        let input = "\u{feff}{\"kind\":\"complaint\",\"nation\":\"scotland\",\"received\":\"2026-07-02\"}\r\n\nnonsense\n\
                     {\"kind\":\"breach\",\"aware\":\"2026-10-24T12:00:00+01:00\"}";
        let (code, text) = ran(&["--batch"], input.as_bytes());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((code, lines.len()), (NO, 3));
        assert!(lines[0].starts_with(r#"{"due":"2026-08-04""#), "{text}");
        assert!(lines[1].starts_with(r#"{"error":"#), "{text}");
        assert!(lines[2].starts_with(r#"{"due":"2026-10-27T11:00:00+00:00","extended_due":null,"#), "{text}");
    }

    #[test]
    fn a_batch_of_good_lines_ends_well_and_bytes_that_are_no_text_are_refused() {
        let good = br#"{"kind":"access","nation":"scotland","received":"2026-03-02"}"#;
        assert_eq!(ran(&["--batch"], good).0, OK);
        let (code, text) = ran(&["--batch"], b"\xff\xfe\n");
        assert!(code == NO && text.contains("UTF-8"), "{text}");
        assert_eq!(ran(&["--batch", "no-such-file.jsonl"], b"").0, USAGE);
    }

    #[test]
    fn every_help_page_has_an_example() {
        for kind in [&[][..], &["access"], &["right"], &["complaint"], &["breach"], &["notice"]] {
            assert!(usage(&[kind, &["--help"]].concat()).contains("Example: guardbook clock"), "{kind:?}");
        }
    }
}
