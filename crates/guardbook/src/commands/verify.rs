//! `guardbook verify` and `guardbook fsck`: does the ledger still hold, and every invariant of the store?

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::open::{OpenArgs, OpenError};

/// Check that the ledger holds: every entry, every checkpoint, every sealed detail.
#[derive(Debug, Args)]
#[command(after_help = "Example: guardbook verify --book /srv/guardbook/book --checkpoint kept/1024.note\n\
                        Exit code 1 when something does not hold. tools/verify.py checks the same without this program.")]
pub struct VerifyArgs {
    #[command(flatten)]
    open: OpenArgs,
    /// A checkpoint that was kept elsewhere; may be given several times.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
}

/// Check the invariants of the store.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: guardbook fsck --book /srv/guardbook/book --sweep\nThe book may be served meanwhile; who writes then waits until the check is done.\nExit code 1 when something does not hold."
)]
pub struct FsckArgs {
    #[command(flatten)]
    open: OpenArgs,
    /// Remove what a crash left over: keys without a file, bodies that no record has noted for a day.
    #[arg(long)]
    sweep: bool,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs `verify`.
pub async fn run(args: &VerifyArgs, out: &mut dyn Write) -> io::Result<u8> {
    let mut kept = Vec::new();
    for path in &args.checkpoint {
        kept.push(std::fs::read_to_string(path).map_err(|error| OpenError::File { path: path.clone(), error })?);
    }
    let office = args.open.office().await?;
    let found = office.book().verify(&kept).await.map_err(io::Error::other)?;
    let ok = found.problems.is_empty();
    let root = found.root.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    if args.json {
        let problems: Vec<_> = found.problems.iter().map(|p| json!({"seq": p.seq, "what": p.what})).collect();
        writeln!(out, "{}", json!({"size": found.size, "root": root, "ok": ok, "problems": problems}))?;
    } else if ok {
        writeln!(
            out,
            "The ledger holds: {} entries, {} checkpoints, {} sealed details.",
            found.size, found.checkpoints, found.traces
        )?;
        writeln!(out, "Root: {root}")?;
    } else {
        writeln!(out, "The ledger does not hold:")?;
        for problem in &found.problems {
            let at = problem.seq.map_or_else(String::new, |seq| format!("entry {seq}: "));
            writeln!(out, "  {at}{}", problem.what)?;
        }
        writeln!(out, "Keep this book and its backups as they are, and ask somebody who can compare them.")?;
    }
    Ok(u8::from(!ok))
}

/// Runs `fsck`.
pub async fn fsck(args: &FsckArgs, out: &mut dyn Write) -> io::Result<u8> {
    let office = args.open.office().await?;
    let operation = records::Operation::for_the_book(records::Actor::Operator, "fsck", office.now());
    let report = office.book().fsck(&operation, args.sweep).await.map_err(io::Error::other)?;
    let ok = report.faults.is_empty();
    if args.json {
        let faults: Vec<_> = report.faults.iter().map(|f| json!({"invariant": f.invariant, "what": f.what})).collect();
        let (files, records) = (report.files, report.records);
        writeln!(
            out,
            "{}",
            json!({"ok": ok, "files": files, "records": records, "faults": faults, "swept": report.swept})
        )?;
        return Ok(u8::from(!ok));
    }
    writeln!(out, "{} files, {} records.", report.files, report.records)?;
    for fault in &report.faults {
        writeln!(out, "Does not hold: {} ({})", fault.invariant, fault.what)?;
    }
    for left in &report.swept {
        writeln!(out, "{}: {left}", if args.sweep { "Removed" } else { "Left over by a crash (--sweep removes it)" })?;
    }
    if ok {
        writeln!(out, "Everything holds.")?;
    }
    Ok(u8::from(!ok))
}
