//! The bounded child process in which papers are read, seen from the server.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::process::{Gate, Run, run};
use crate::reading::Reading;
use crate::recognise;
use crate::wire::{self, Done, Task};
use crate::{Refused, child, limits};

/// Reads papers, one child process each.
#[derive(Clone, Debug)]
pub struct Worker {
    program: Option<Arc<Program>>,
}

/// The program that children are started from.
#[derive(Debug)]
struct Program {
    path: PathBuf,
    argument: OsString,
    gate: Gate,
    recogniser: OnceLock<Option<PathBuf>>,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The file asked for more than it may have, or broke its reader. In words for staff.
    #[error("this file could not be read: {0}")]
    Unreadable(&'static str),
    /// The child process did not start.
    #[error("the reader of papers did not start: {0}")]
    NotStarted(#[from] std::io::Error),
}

/// A page as an image.
#[derive(Clone)]
pub struct PageImage {
    /// The image, as PNG, without any metadata.
    pub png: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

impl std::fmt::Debug for PageImage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageImage").field("width", &self.width).field("height", &self.height).finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker that starts `program paper-worker` for each paper, as many at once as there are processors.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self::started_with(program, child::ARGUMENT)
    }

    /// A worker whose children have another first argument: for the tests of the walls themselves.
    #[doc(hidden)]
    pub fn started_with(program: impl Into<PathBuf>, argument: impl Into<OsString>) -> Self {
        let at_once = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            program: Some(Arc::new(Program {
                path: program.into(),
                argument: argument.into(),
                gate: Gate::new(at_once),
                recogniser: OnceLock::new(),
            })),
        }
    }

    /// A worker that reads in this process, without bounds: for tests. It recognises nothing.
    pub const fn within() -> Self {
        Self { program: None }
    }

    /// Whether words in pictures can be recognised here: `tesseract` is on the path.
    pub fn recognises(&self) -> bool {
        self.recogniser().is_some()
    }

    fn recogniser(&self) -> Option<&Path> {
        self.program.as_ref()?.recogniser.get_or_init(recognise::find).as_deref()
    }

    /// Reads a paper. Blocks until the child is done or its time is up; scans take some seconds a page.
    ///
    /// # Errors
    /// [`WorkerError`]; the server is none the worse for it.
    pub fn read(&self, file_name: &str, bytes: &[u8]) -> Result<Reading, WorkerError> {
        let Done::Reading(mut reading) = self.perform(&Task::Read { name: file_name.to_owned() }, bytes)? else {
            return Err(Refused::Broke.into());
        };
        if reading.pages.iter().any(|page| page.scan && page.words.is_empty()) {
            self.recognise(file_name, bytes, &mut reading);
        }
        Ok(*reading)
    }

    /// One page as an image, `page` counted from 0, at so many dots per inch (at most 200).
    ///
    /// # Errors
    /// [`WorkerError`].
    pub fn page(&self, file_name: &str, bytes: &[u8], page: u32, dpi: u32) -> Result<PageImage, WorkerError> {
        let task = Task::Page { name: file_name.to_owned(), page, dpi: dpi.clamp(10, limits::DPI) };
        let Done::Page(image) = self.perform(&task, bytes)? else {
            return Err(Refused::Broke.into());
        };
        Ok(image)
    }

    fn perform(&self, task: &Task, bytes: &[u8]) -> Result<Done, WorkerError> {
        if bytes.is_empty() {
            return Err(Refused::Empty.into());
        }
        if bytes.len() > limits::INPUT {
            return Err(Refused::TooLarge.into());
        }
        let Some(program) = &self.program else {
            return Ok(child::perform(task, bytes)?);
        };
        let length = OsString::from(bytes.len().to_string());
        let mut opening = Vec::new();
        wire::ask(&mut opening, task, &[])?;
        let _turn = program.gate.enter();
        let output = run(&Run {
            program: &program.path,
            arguments: &[&program.argument, &length],
            input: &[&opening, bytes],
            wall: limits::WALL,
            most: limits::OUTPUT,
        })?;
        wire::answered(&output)
    }

    /// Gives the scanned pages their words, as far as this machine can and time allows.
    fn recognise(&self, file_name: &str, bytes: &[u8], reading: &mut Reading) {
        let (Some(program), Some(recogniser)) = (&self.program, self.recogniser()) else {
            reading.troubles.push(recognise::MISSING.to_owned());
            return;
        };
        let scans: Vec<usize> =
            (0..reading.pages.len()).filter(|&n| reading.pages[n].scan && reading.pages[n].words.is_empty()).collect();
        let mut found = Vec::new();
        for &number in scans.iter().take(limits::RECOGNISED_PAGES) {
            let page = u32::try_from(number).unwrap_or(u32::MAX);
            let words = self.page(file_name, bytes, page, limits::RECOGNITION_DPI).ok().and_then(|image| {
                let _turn = program.gate.enter();
                let arguments = [program.argument.as_os_str(), "recognise".as_ref(), recogniser.as_os_str()];
                let table = run(&Run {
                    program: &program.path,
                    arguments: &arguments,
                    input: &[&image.png],
                    wall: limits::WALL,
                    most: limits::TEXT,
                });
                Some(recognise::words(&table.ok()?, &image, &reading.pages[number]))
            });
            match words {
                Some(words) => found.push((number, words)),
                None => reading.troubles.push(format!("The words of page {} could not be recognised.", number + 1)),
            }
        }
        if scans.len() > limits::RECOGNISED_PAGES {
            reading.troubles.push(format!(
                "Only the first {} of {} scanned pages were recognised.",
                limits::RECOGNISED_PAGES,
                scans.len()
            ));
        }
        recognise::put_in(reading, found);
    }
}
