//! The child's side: build the walls, then read one paper from the pipe, answer, and end.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::panic::AssertUnwindSafe;
use std::process::{Command, ExitCode};

use crate::wire::{self, Done, Task};
use crate::{Refused, jail, limits, read};

/// The argument that makes a program a child: `program paper-worker …`.
pub const ARGUMENT: &str = "paper-worker";

/// Does a child's work and says how it went. `arguments` are those after [`ARGUMENT`]: the length of the paper, or `recognise` and
/// the program that recognises characters.
///
/// To be called first of all, before anything else is started: threads that run already would stand outside the walls.
pub fn run(arguments: &[String]) -> ExitCode {
    std::panic::set_hook(Box::new(|_| {}));
    match arguments {
        [word, program] if word == "recognise" => recognise(program),
        [length] => length.parse().map_or(ExitCode::from(2), |length| in_thread(length, jail::for_reading)),
        _ => ExitCode::from(2),
    }
}

/// Reads as [`run`] does, without walls: what the bombs must find out about.
#[doc(hidden)]
pub fn run_without_walls(length: usize) -> ExitCode {
    in_thread(length, |_| Ok(()))
}

/// Readers go deep into nested values, so they have a stack of their own; it is made before the walls are.
fn in_thread(length: usize, walls: fn(u64) -> io::Result<()>) -> ExitCode {
    let reader = std::thread::Builder::new().stack_size(limits::STACK).spawn(move || {
        let done = match walls(limits::cpu_seconds(length)) {
            Ok(()) => task(length)?,
            Err(_) => Err(Refused::NoWalls),
        };
        wire::answer(&mut io::BufWriter::new(io::stdout().lock()), done)
    });
    match reader.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn task(length: usize) -> io::Result<Result<Done, Refused>> {
    let (task, bytes) = wire::asked(&mut io::stdin().lock(), length)?;
    Ok(perform(&task, &bytes))
}

/// Does what is asked. A reader that panics has broken, and nothing else has.
pub fn perform(task: &Task, bytes: &[u8]) -> Result<Done, Refused> {
    std::panic::catch_unwind(AssertUnwindSafe(|| match task {
        Task::Read { name } => read::read(name, bytes).map(|reading| Done::Reading(Box::new(reading))),
        Task::Page { name, page, dpi } => read::page(name, bytes, *page as usize, *dpi).map(Done::Page),
    }))
    .unwrap_or(Err(Refused::Broke))
}

/// Becomes the program that recognises characters: picture in, table of words out.
fn recognise(program: &str) -> ExitCode {
    if jail::for_recognition().is_err() {
        return ExitCode::FAILURE;
    }
    let error = Command::new(program)
        .args(["stdin", "stdout", "--psm", "3", "tsv"])
        .env_clear()
        .env("OMP_THREAD_LIMIT", "1")
        .env("LC_ALL", "C.UTF-8")
        .exec();
    let _ = writeln!(io::stderr(), "{error}");
    ExitCode::FAILURE
}
