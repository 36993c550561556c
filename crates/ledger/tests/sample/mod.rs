//! Sample logs: honest ones, and every way of tampering with one.

use ledger::{Act, Entry, Frontier, Hash, SigningKey, leaf_hash, sign_checkpoint};
use rand::prelude::*;

pub const NAME: &str = "guardbook.example/ledger/sample";

/// A log with what its owner and a trustee hold.
#[derive(Clone)]
pub struct Log {
    pub entries: Vec<Vec<u8>>,
    pub checkpoints: Vec<String>,
    pub vkey: String,
}

pub fn key() -> SigningKey {
    SigningKey::from_seed(NAME, &[7; 32]).unwrap()
}

/// The key of somebody who would like to be the owner.
pub fn false_key() -> SigningKey {
    SigningKey::from_seed(NAME, &[8; 32]).unwrap()
}

pub fn entry(seq: u64) -> Entry {
    let byte = u8::try_from(seq % 251).unwrap();
    Entry {
        seq,
        day: 20_260_301 + u32::try_from(seq / 3 % 28).unwrap(),
        act: Act::ALL[usize::try_from(seq).unwrap() % Act::ALL.len()],
        actor: [byte; 16],
        purpose: u16::from(byte) + 300,
        subject: [byte.wrapping_add(1); 32],
        commit: [byte.wrapping_add(2); 32],
        count: 1,
    }
}

pub fn root(entries: &[Vec<u8>]) -> Hash {
    let mut frontier = Frontier::new();
    for entry in entries {
        frontier.append(leaf_hash(entry));
    }
    frontier.root()
}

/// A checkpoint at `size` of these entries.
pub fn checkpoint(entries: &[Vec<u8>], size: usize, key: &SigningKey) -> String {
    sign_checkpoint(size as u64, &root(&entries[..size]), key)
}

impl Log {
    /// An honest log with checkpoints at these sizes.
    pub fn honest(length: u64, sizes: &[usize]) -> Self {
        let entries: Vec<Vec<u8>> = (0..length).map(|seq| entry(seq).encode()).collect();
        let checkpoints = sizes.iter().map(|&size| checkpoint(&entries, size, &key())).collect();
        Self { entries, checkpoints, vkey: key().verifier().to_string() }
    }

    /// An honest log of some length, with a checkpoint at its end and some before.
    pub fn random(rng: &mut StdRng) -> Self {
        let length = rng.random_range(2..40_usize);
        let mut sizes: Vec<usize> = (1..length).filter(|_| rng.random_bool(0.2)).collect();
        sizes.push(length);
        Self::honest(length as u64, &sizes)
    }

    /// Gives every entry the number of its place, as a careful forger would.
    fn renumber(&mut self) {
        for (seq, entry) in (0_u64..).zip(&mut self.entries) {
            entry[1..9].copy_from_slice(&seq.to_be_bytes());
        }
    }

    /// Signs all of it anew, at the sizes given, as somebody with the owner's key could.
    fn sign_again(&mut self, sizes: &[usize]) {
        let notes: Vec<String> = sizes.iter().map(|&size| checkpoint(&self.entries, size, &key())).collect();
        self.checkpoints.extend(notes);
    }
}

/// The ways of tampering. Each leaves a log that an honest owner could not have made.
pub const TAMPERINGS: [&str; 16] = [
    "flip",
    "drop",
    "drop and renumber",
    "insert",
    "insert and renumber",
    "swap",
    "swap and renumber",
    "truncate",
    "roll back",
    "fork",
    "fork at the same size",
    "sign with another key",
    "bend a note",
    "signed gap",
    "signed day backwards",
    "cut an entry short",
];

/// Tampers with a log of at least two entries whose last checkpoint covers all of it.
pub fn tamper(log: &Log, how: &str, rng: &mut StdRng) -> Log {
    let mut log = log.clone();
    let length = log.entries.len();
    let at = rng.random_range(0..length);
    match how {
        "flip" => {
            let byte = rng.random_range(0..log.entries[at].len());
            log.entries[at][byte] ^= 1 << rng.random_range(0..8);
        }
        "drop" => drop(log.entries.remove(at)),
        "drop and renumber" => {
            log.entries.remove(at);
            log.renumber();
        }
        "insert" => log.entries.insert(at, entry(at as u64 + 500).encode()),
        "insert and renumber" => {
            log.entries.insert(at, Entry { count: 77, ..entry(at as u64) }.encode());
            log.renumber();
        }
        "swap" => log.entries.swap(at, (at + 1) % length),
        "swap and renumber" => {
            log.entries.swap(at, (at + 1) % length);
            log.renumber();
        }
        "truncate" => log.entries.truncate(at),
        "cut an entry short" => drop(log.entries[at].pop()),
        _ => return tamper_with_signatures(log, how, at, rng),
    }
    log
}

/// The ways that touch the notes, or that somebody has who holds the key.
fn tamper_with_signatures(mut log: Log, how: &str, at: usize, rng: &mut StdRng) -> Log {
    let length = log.entries.len();
    match how {
        "roll back" => {
            // The owner's own notes go back with the entries; the trustee's last one does not.
            let kept = log.checkpoints.pop().unwrap();
            log.entries.truncate(at);
            log.checkpoints.clear();
            log.sign_again(&[at]);
            log.checkpoints.push(kept);
        }
        "fork" => {
            let kept = log.checkpoints.pop().unwrap();
            log.entries[at] = Entry { count: 99, ..entry(at as u64) }.encode();
            log.entries.push(entry(length as u64).encode());
            log.checkpoints.clear();
            log.sign_again(&[length + 1]);
            log.checkpoints.push(kept);
        }
        "fork at the same size" => {
            log.entries[at] = Entry { count: 99, ..entry(at as u64) }.encode();
            log.sign_again(&[length]);
        }
        "sign with another key" => {
            log.entries[at] = Entry { count: 99, ..entry(at as u64) }.encode();
            log.checkpoints = vec![checkpoint(&log.entries, length, &false_key())];
        }
        "bend a note" => {
            let note = rng.random_range(0..log.checkpoints.len());
            let mut characters: Vec<char> = log.checkpoints[note].chars().collect();
            let place = rng.random_range(0..characters.len());
            characters[place] = if characters[place] == 'A' { 'B' } else { 'A' };
            log.checkpoints[note] = characters.into_iter().collect();
        }
        "signed gap" => {
            log.entries[at] = entry(at as u64 + 7).encode();
            log.checkpoints.clear();
            log.sign_again(&[length]);
        }
        "signed day backwards" => {
            let first = rng.random_range(0..length - 1);
            log.entries[first] = Entry { day: 20_991_231, ..entry(first as u64) }.encode();
            log.checkpoints.clear();
            log.sign_again(&[length]);
        }
        other => panic!("{other} is not a way of tampering"),
    }
    log
}
