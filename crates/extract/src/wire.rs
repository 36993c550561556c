//! What goes through the pipes between the server and a child: a length, a line of JSON, and bytes beside it.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::reading::{Inside, Reading};
use crate::worker::{PageImage, WorkerError};
use crate::{Refused, limits};

/// What a child is asked.
#[derive(Clone, Serialize, Deserialize)]
pub enum Task {
    /// Read the paper.
    Read {
        /// Its file name.
        name: String,
    },
    /// Show a page of it.
    Page {
        /// Its file name.
        name: String,
        /// The page, from 0.
        page: u32,
        /// Dots per inch.
        dpi: u32,
    },
}

/// What a child answers.
#[derive(Serialize, Deserialize)]
enum Answer {
    /// What was read, and how long each paper inside is.
    Reading { reading: Box<Reading>, inside: Vec<usize> },
    /// The page's width, height and length.
    Page { width: u32, height: u32, length: usize },
    /// Nothing, and why.
    Refused(Refused),
}

/// What a child has done.
pub enum Done {
    /// A paper was read.
    Reading(Box<Reading>),
    /// A page was shown.
    Page(PageImage),
}

/// Writes a task and the paper.
pub fn ask(to: &mut impl Write, task: &Task, bytes: &[u8]) -> io::Result<()> {
    write_value(to, task)?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a task and the paper, which is the rest.
pub fn asked(from: &mut impl Read, length: usize) -> io::Result<(Task, Vec<u8>)> {
    let task = read_value(from)?;
    let mut bytes = Vec::with_capacity(length.min(limits::INPUT));
    from.take(limits::INPUT as u64).read_to_end(&mut bytes)?;
    Ok((task, bytes))
}

/// Writes what was done.
pub fn answer(to: &mut impl Write, done: Result<Done, Refused>) -> io::Result<()> {
    match done {
        Ok(Done::Reading(mut reading)) => {
            let inside = std::mem::take(&mut reading.inside);
            let lengths = inside.iter().map(|one| one.bytes.len()).collect();
            reading.inside = inside.iter().map(|one| Inside { name: one.name.clone(), bytes: Vec::new() }).collect();
            write_value(to, &Answer::Reading { reading, inside: lengths })?;
            for one in &inside {
                to.write_all(&one.bytes)?;
            }
        }
        Ok(Done::Page(image)) => {
            let PageImage { png, width, height } = image;
            write_value(to, &Answer::Page { width, height, length: png.len() })?;
            to.write_all(&png)?;
        }
        Err(refused) => write_value(to, &Answer::Refused(refused))?,
    }
    to.flush()
}

/// Reads what was done out of everything that a child wrote. A child that was taken over may write anything: every length is checked.
pub fn answered(mut bytes: &[u8]) -> Result<Done, WorkerError> {
    let from = &mut bytes;
    let answer: Answer = read_value(from).map_err(|_| Refused::Broke)?;
    match answer {
        Answer::Refused(refused) => Err(refused.into()),
        Answer::Page { width, height, length } => {
            Ok(Done::Page(PageImage { png: part(from, length)?.to_vec(), width, height }))
        }
        Answer::Reading { mut reading, inside } => {
            if inside.len() != reading.inside.len() || !reading.holds() {
                return Err(Refused::Broke.into());
            }
            for (one, length) in reading.inside.iter_mut().zip(inside) {
                one.bytes = part(from, length)?.to_vec();
            }
            Ok(Done::Reading(reading))
        }
    }
}

fn part<'a>(from: &mut &'a [u8], length: usize) -> Result<&'a [u8], WorkerError> {
    let (part, rest) = from.split_at_checked(length).ok_or(Refused::Broke)?;
    *from = rest;
    Ok(part)
}

fn write_value(to: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_vec(value)?;
    to.write_all(&(json.len() as u64).to_le_bytes())?;
    to.write_all(&json)
}

fn read_value<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > limits::OUTPUT as u64 {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut json = Vec::new();
    from.take(length).read_to_end(&mut json)?;
    Ok(serde_json::from_slice(&json)?)
}
