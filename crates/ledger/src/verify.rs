//! Verification: are the entries still those that were there when the checkpoints were signed?

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use serde::ser::SerializeStruct as _;

use crate::checkpoint::{Checkpoint, verify_checkpoint};
use crate::entry::Entry;
use crate::frontier::{Frontier, Hash, leaf_hash};
use crate::note::VerifierKey;

/// No more problems than this are told; one already means that the log is not what it was.
pub const MOST_PROBLEMS: usize = 1000;

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// At which entry, counted from 0; `None` when it cannot be said more closely than "up to a checkpoint".
    pub seq: Option<u64>,
    /// What.
    pub what: String,
}

/// The verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// How many of them stand under a true checkpoint.
    pub signed: u64,
    /// What does not hold, in the order of the entries, then of the checkpoints.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Whether everything holds.
    pub fn ok(&self) -> bool {
        self.problems.is_empty()
    }

    fn add(&mut self, seq: Option<u64>, what: String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { seq, what });
        }
    }
}

/// `{"size":n,"root":hex,"ok":bool,"problems":[{"seq":n|null,"what":"…"}]}`: the same as `tools/verify.py` writes.
impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Report", 4)?;
        out.serialize_field("size", &self.size)?;
        out.serialize_field("root", &hex::encode(self.root))?;
        out.serialize_field("ok", &self.ok())?;
        out.serialize_field("problems", &self.problems)?;
        out.end()
    }
}

/// Checks all entries, in order from the first, against each other and against checkpoints from wherever they were kept.
///
/// Found are: a changed, dropped, added or exchanged entry, entries cut off the end, a log rolled back, one that forked, one that was signed
/// with another key, days that run backwards, numbers with gaps. Entries behind the last checkpoint are checked for order only.
/// A log with entries and no true checkpoint at all does not verify: nothing vouches for it.
pub fn verify<I>(entries: I, checkpoints: &[String], key: &VerifierKey) -> Report
where
    I: IntoIterator,
    I::Item: AsRef<[u8]>,
{
    let mut report = Report { size: 0, root: Frontier::new().root(), signed: 0, problems: Vec::new() };
    let (said, mut late) = read_checkpoints(checkpoints, key);
    let mut frontier = Frontier::new();
    let mut order = Order { next: 0, day: 0 };
    let mut due = said.iter().flat_map(|(&size, roots)| roots.iter().map(move |root| (size, root))).peekable();
    let mut compare = |frontier: &Frontier, late: &mut Vec<String>, signed: &mut u64| {
        while let Some((size, root)) = due.next_if(|&(size, _)| size == frontier.size()) {
            if *root == frontier.root() {
                *signed = size;
            } else {
                late.push(format!("the entries are not those of the checkpoint at {size}"));
            }
        }
    };
    compare(&frontier, &mut late, &mut report.signed);
    for bytes in entries {
        let bytes = bytes.as_ref();
        order.check(bytes, frontier.size(), &mut report);
        frontier.append(leaf_hash(bytes));
        compare(&frontier, &mut late, &mut report.signed);
    }
    for (size, _) in due {
        late.push(format!("a checkpoint was signed at {size} entries, but there are only {}", frontier.size()));
    }
    if said.is_empty() && frontier.size() > 0 {
        late.push("no true checkpoint vouches for these entries".to_owned());
    }
    report.size = frontier.size();
    report.root = frontier.root();
    for what in late {
        report.add(None, what);
    }
    report
}

/// The true checkpoints by size, each root once, and what is wrong with the others. The same note from two places counts once.
fn read_checkpoints(notes: &[String], key: &VerifierKey) -> (BTreeMap<u64, Vec<Hash>>, Vec<String>) {
    let (mut said, mut wrong) = (BTreeMap::<u64, Vec<Hash>>::new(), Vec::new());
    let mut read = HashSet::new();
    for note in notes.iter().filter(|note| read.insert(note.as_str())) {
        match verify_checkpoint(note, key) {
            Ok(Checkpoint { size, root, .. }) => {
                let roots = said.entry(size).or_default();
                if !roots.contains(&root) {
                    roots.push(root);
                }
            }
            Err(why) => wrong.push(format!("a checkpoint that was given does not count: {why}")),
        }
    }
    for (size, roots) in said.iter_mut().filter(|(_, roots)| roots.len() > 1) {
        roots.sort_unstable();
        wrong.push(format!("the log forked: {} different checkpoints at {size} entries are signed", roots.len()));
    }
    (said, wrong)
}

/// What the entries say about their own order.
struct Order {
    next: u64,
    day: u32,
}

impl Order {
    fn check(&mut self, bytes: &[u8], at: u64, report: &mut Report) {
        match Entry::decode(bytes) {
            Ok(entry) => {
                if entry.seq != self.next {
                    report.add(Some(at), format!("number {} stands where {} is due", entry.seq, self.next));
                }
                if entry.day < self.day {
                    report.add(Some(at), format!("day {} comes after day {}", entry.day, self.day));
                }
                // Go on from what stands here, so that one gap is told once.
                self.next = entry.seq.wrapping_add(1);
                self.day = entry.day;
            }
            Err(why) => {
                report.add(Some(at), format!("not an entry: {why}"));
                self.next = self.next.wrapping_add(1);
            }
        }
    }
}
