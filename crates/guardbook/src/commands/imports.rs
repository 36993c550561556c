//! `guardbook people imports` and `people undo-import`: what was brought in, and taking an import back as a whole.

use std::io::{self, Write};

use clap::Args;
use duties::people::import_people::{UndoError, Undoing, imports_as, look_at_undo_as, says, undo_import_as};
use records::{Actor, Operation, RecordId};
use serde_json::{Value, json};

use super::open::OpenArgs;

/// List the imports.
#[derive(Debug, Args)]
#[command(after_help = "Example: guardbook people imports --book /srv/guardbook/book")]
pub struct ImportsArgs {
    #[command(flatten)]
    open: OpenArgs,
    /// Write one JSON array.
    #[arg(long)]
    json: bool,
}

/// Undo an import.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: guardbook people undo-import NUMBER --reason \"the wrong table\" --book /srv/guardbook/book\n\
                        `guardbook people imports` shows the numbers. People whose files have got something else since are named,\n\
                        and nothing is done, unless --keep says that they stay. Exit code 1 where it cannot be undone."
)]
pub struct UndoArgs {
    /// The import's number.
    import: RecordId,
    #[command(flatten)]
    open: OpenArgs,
    /// Why; kept with the import.
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// Keep the people whose files have got something else since, and undo the rest.
    #[arg(long)]
    keep: bool,
    /// Only say what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Write one JSON object.
    #[arg(long)]
    json: bool,
}

/// Runs `people imports`.
pub async fn list(args: &ImportsArgs, out: &mut dyn Write) -> io::Result<u8> {
    let office = args.open.office().await?;
    let imports = imports_as(&office).await.map_err(io::Error::other)?;
    let rows: Vec<Value> = imports
        .iter()
        .filter_map(|opened| {
            let import = says(opened)?;
            Some(json!({
                "number": opened.header.id.to_string(),
                "at": opened.header.opened.to_string(),
                "file": import.file_name,
                "sheet": import.sheet,
                "rows": import.rows,
                "undone": import.undone.is_some(),
            }))
        })
        .collect();
    if args.json {
        writeln!(out, "{}", Value::Array(rows))?;
        return Ok(0);
    }
    if rows.is_empty() {
        writeln!(out, "Nobody was brought in from a table yet.")?;
    }
    for row in &rows {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let undone = if row["undone"] == true { ", undone" } else { "" };
        writeln!(out, "{}  {}  {}, {} rows{undone}", text("number"), text("at"), text("file"), row["rows"])?;
    }
    Ok(0)
}

/// Runs `people undo-import`.
pub async fn undo(args: &UndoArgs, out: &mut dyn Write) -> io::Result<u8> {
    let office = args.open.office().await?;
    if args.dry_run {
        return match look_at_undo_as(&office, args.import).await {
            Ok(undoing) => would(args, out, &undoing),
            Err(error) => refused(args, out, &error),
        };
    }
    let operation = Operation::for_the_book(Actor::Operator, &args.reason, office.now());
    match undo_import_as(&office, &operation, args.import, args.keep).await {
        Ok(undone) if args.json => {
            let answer = json!({"undone": true, "files": undone.files, "records": undone.records, "kept": undone.kept});
            writeln!(out, "{answer}")?;
            Ok(0)
        }
        Ok(undone) => {
            let (files, kept) = (undone.files, undone.kept);
            writeln!(out, "The import was undone: {files} files were erased with their keys, {kept} were kept.")?;
            Ok(0)
        }
        Err(error) => refused(args, out, &error),
    }
}

fn would(args: &UndoArgs, out: &mut dyn Write, undoing: &Undoing) -> io::Result<u8> {
    if args.json {
        let held: Vec<Value> =
            undoing.held.iter().map(|held| json!({"name": held.name.for_paper(), "why": held.why})).collect();
        writeln!(
            out,
            "{}",
            json!({"undone": false, "files": undoing.free.len(), "records": undoing.records(), "held": held})
        )?;
    } else {
        writeln!(out, "{} files would be erased. Nothing was done: this was a dry run.", undoing.free.len())?;
        tell_held(out, &undoing.held)?;
    }
    Ok(0)
}

fn refused(args: &UndoArgs, out: &mut dyn Write, error: &UndoError) -> io::Result<u8> {
    let held = match error {
        UndoError::Stopped(duties::Stopped::Store(_)) => return Err(io::Error::other(error.to_string())),
        UndoError::Held(held) => held.as_slice(),
        _ => &[],
    };
    if args.json {
        let held: Vec<Value> =
            held.iter().map(|held| json!({"name": held.name.for_paper(), "why": held.why})).collect();
        writeln!(out, "{}", json!({"undone": false, "message": error.to_string(), "held": held}))?;
    } else {
        writeln!(out, "{error}")?;
        tell_held(out, held)?;
        writeln!(out, "Nothing was undone.")?;
    }
    Ok(1)
}

fn tell_held(out: &mut dyn Write, held: &[duties::people::import_people::Held]) -> io::Result<()> {
    for held in held {
        writeln!(out, "{}: {}.", held.name.for_paper(), held.why.join("; "))?;
    }
    Ok(())
}
