//! Starting a child, feeding it, and taking what it says, within bounds of time and size.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::Refused;
use crate::worker::WorkerError;

/// Lets so many in at once; the others wait their turn.
#[derive(Debug)]
pub struct Gate {
    free: Mutex<usize>,
    left: Condvar,
}

/// Somebody's turn, until it is dropped.
pub struct Turn<'a>(&'a Gate);

impl Gate {
    /// A gate for so many.
    pub const fn new(at_once: usize) -> Self {
        Self { free: Mutex::new(at_once), left: Condvar::new() }
    }

    /// Waits for a turn.
    pub fn enter(&self) -> Turn<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.left.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Turn(self)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}

/// One run of a program.
pub struct Run<'a> {
    /// The program.
    pub program: &'a Path,
    /// Its arguments.
    pub arguments: &'a [&'a OsStr],
    /// What it reads, one after the other.
    pub input: &'a [&'a [u8]],
    /// How long it may take.
    pub wall: Duration,
    /// How many bytes it may answer.
    pub most: usize,
}

/// Runs a program to its end and returns what it wrote. It is ended by force when it takes too long or says too much.
pub fn run(run: &Run<'_>) -> Result<Vec<u8>, WorkerError> {
    let mut child = Command::new(run.program)
        .args(run.arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .current_dir("/")
        .spawn()?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        end(&mut child);
        return Err(io::Error::from(io::ErrorKind::BrokenPipe).into());
    };
    std::thread::scope(|scope| {
        // A child that ends early closes its pipe; that is no error of ours.
        scope.spawn(move || {
            for part in run.input {
                if stdin.write_all(part).is_err() {
                    break;
                }
            }
        });
        let (said, ear) = channel();
        scope.spawn(move || {
            let mut output = Vec::new();
            let read = stdout.take(run.most as u64 + 1).read_to_end(&mut output);
            let _ = said.send(read.map(|_| output));
        });
        let heard = ear.recv_timeout(run.wall);
        let result = match heard {
            Err(RecvTimeoutError::Timeout) => Err(Refused::TookTooLong),
            Err(RecvTimeoutError::Disconnected) | Ok(Err(_)) => Err(Refused::Broke),
            Ok(Ok(output)) if output.len() > run.most => Err(Refused::TooMuch),
            Ok(Ok(output)) => Ok(output),
        };
        if result.is_err() {
            end(&mut child);
            return Err(result.err().unwrap_or(Refused::Broke).into());
        }
        let status = child.wait()?;
        match (status.success(), result) {
            (true, Ok(output)) => Ok(output),
            _ => Err(by_signal(status).into()),
        }
    })
}

/// Why a child ended.
fn by_signal(status: std::process::ExitStatus) -> Refused {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(libc::SIGXCPU | libc::SIGKILL) => Refused::TookTooLong,
        Some(libc::SIGABRT) => Refused::NeedsTooMuch,
        _ => Refused::Broke,
    }
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
