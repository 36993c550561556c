//! The project's own chores: layer check, tidiness, bars.
//!
//! `cargo xtask NAME [--selftest]`. Exit codes as in the product: 0 yes, 1 the answer is no, 2 usage, 3 internal.

mod bar;
mod bombs;
mod finding;
mod layers;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use finding::Finding;

const USAGE: &str = "\
Chores of the project. Run as `cargo xtask NAME`.

  layers [--selftest]       which crate may name which: the arrows of ARCHITECTURE.md
  tidy [--selftest]         file heads, sizes, names, links, machine paths
  bar NAME [--selftest]     one measure as one JSON line {name,value,target,pass}; NAME `list` lists them

--selftest plants faults and fails unless every one of them is found.

Example: cargo xtask layers && cargo xtask bar layers";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Ok(Answer::Usage) => {
            say(USAGE);
            ExitCode::from(2)
        }
        Err(fault) => {
            say(&format!("xtask could not finish: {fault}"));
            ExitCode::from(3)
        }
    }
}

/// What a chore concludes.
enum Answer {
    Yes,
    No,
    Usage,
}

fn run(words: &[&str]) -> Result<Answer, String> {
    match words {
        ["layers"] => Ok(report("layers", &layers::findings(&root())?)),
        ["layers", "--selftest"] => Ok(report("layers --selftest", &layers::selftest())),
        ["tidy"] => Ok(report("tidy", &tidy::findings(&root())?)),
        ["tidy", "--selftest"] => Ok(report("tidy --selftest", &tidy::selftest())),
        ["bar", "list"] => {
            for name in bar::names() {
                say(name);
            }
            Ok(Answer::Yes)
        }
        ["bar", name] => bar::measure(name, &root()).map_or(Ok(Answer::Usage), |reading| show_bar(&reading)),
        ["bar", name, "--selftest"] => {
            bar::selftest(name).map_or(Ok(Answer::Usage), |found| Ok(report(&format!("bar {name} --selftest"), &found)))
        }
        _ => Ok(Answer::Usage),
    }
}

fn show_bar(reading: &Result<bar::Reading, String>) -> Result<Answer, String> {
    let reading = reading.as_ref().map_err(Clone::clone)?;
    say(&reading.json_line());
    Ok(if reading.pass() { Answer::Yes } else { Answer::No })
}

/// Prints warnings and faults; only faults make the answer no.
fn report(chore: &str, findings: &[Finding]) -> Answer {
    for finding in findings {
        say(&finding.to_string());
    }
    let faults = findings.iter().filter(|finding| finding.is_fault()).count();
    let warnings = findings.len() - faults;
    say(&format!("{chore}: {faults} faults, {warnings} warnings"));
    if faults == 0 { Answer::Yes } else { Answer::No }
}

/// The checkout: the folder above this crate.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or(here.clone(), PathBuf::from)
}

#[expect(clippy::print_stdout, reason = "the one place where a chore speaks")]
fn say(line: &str) {
    println!("{line}");
}
