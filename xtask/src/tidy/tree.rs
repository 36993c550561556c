//! The files that tidiness looks at: read from git, or made up for a self-test.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Path from the root, with `/`, to text; files that are not UTF-8 are left out.
#[derive(Debug, Clone)]
pub struct Tree {
    files: BTreeMap<String, String>,
}

impl Tree {
    /// Reads what git tracks at `root` and what is new there; ignored files stay out.
    pub fn read(root: &Path) -> Result<Self, String> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .map_err(|fault| format!("git did not start: {fault}"))?;
        if !output.status.success() {
            return Err(format!("git could not list the files: {}", String::from_utf8_lossy(&output.stderr)));
        }
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let files = listed
            .split('\0')
            .filter(|path| !path.is_empty())
            // A tracked file may be deleted in the work tree, and pictures are no text: neither has lines to judge.
            .filter_map(|path| Some((path.to_owned(), std::fs::read_to_string(root.join(path)).ok()?)))
            .collect();
        Ok(Self { files })
    }

    /// A tree of just these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect() }
    }

    /// The same tree with one file more, or with that file replaced.
    pub fn with(&self, path: &str, text: &str) -> Self {
        let mut files = self.files.clone();
        files.insert(path.to_owned(), text.to_owned());
        Self { files }
    }

    /// Every path and text, in order of path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose path ends so.
    pub fn ending(&self, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |(path, _)| path.ends_with(end))
    }

    /// One file's text.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether a file, or a folder with files in it, lies there.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.contains_key(path) || self.files.keys().any(|other| other.starts_with(&folder))
    }
}
