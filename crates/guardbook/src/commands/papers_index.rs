//! Which files of a folder are brought in, and what is said of each: by its table `papers.csv`, or all of them.

use std::path::{Component, Path, PathBuf};

use super::papers::below;

/// The table's name.
const TABLE: &str = "papers.csv";

/// A file that is to be brought in, and what the table says of it. Empty where it says nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its path below the folder, as it is told.
    pub file: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Whose it is: a number, or the id of a file.
    pub person: String,
    /// What it is.
    pub title: String,
    /// The day that it bears.
    pub dated: String,
    /// What sort of paper.
    pub sort: String,
    /// What it is kept for.
    pub needed_for: String,
    /// From whom.
    pub source: String,
    /// Whether in confidence.
    pub in_confidence: String,
}

/// The files of a folder.
#[derive(Debug)]
pub struct Index {
    /// One a file.
    pub rows: Vec<Row>,
}

impl Index {
    /// Reads the folder and its table.
    ///
    /// # Errors
    /// Words that say what to do, where nothing can be brought in at all.
    pub fn of(folder: &Path, person: Option<&str>) -> Result<Self, String> {
        if !folder.is_dir() {
            return Err(format!("{} is no folder. Check the name.", folder.display()));
        }
        let table = folder.join(TABLE);
        let rows = if table.is_file() { by_table(folder, &table, person)? } else { whole(folder, person)? };
        if rows.is_empty() {
            return Err(format!("There are no files in {}.", folder.display()));
        }
        Ok(Self { rows })
    }
}

/// All files of the tree, by name. Hidden ones and links are passed over.
fn whole(folder: &Path, person: Option<&str>) -> Result<Vec<Row>, String> {
    let person = person.ok_or_else(|| {
        format!("Say into whose file they go: --person NUMBER, or a table {TABLE} in the folder with columns file and person.")
    })?;
    let (mut rows, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        let cannot = |error: std::io::Error| format!("{} cannot be read: {error}.", next.display());
        for entry in std::fs::read_dir(&next).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let kind = entry.file_type().map_err(cannot)?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                let path = entry.path();
                rows.push(Row { file: below(folder, &path), path, person: person.to_owned(), ..Row::default() });
            }
        }
    }
    rows.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(rows)
}

fn by_table(folder: &Path, table: &Path, person: Option<&str>) -> Result<Vec<Row>, String> {
    let cannot =
        |error: &dyn std::fmt::Display| format!("{} cannot be read: {error}. Save it as CSV UTF-8.", table.display());
    let text = std::fs::read_to_string(table).map_err(|error| cannot(&error))?;
    let mut lines = duties::notes::table_lines(&text).map_err(|error| cannot(&error))?.into_iter();
    let head: Vec<String> = lines.next().unwrap_or_default().iter().map(|name| plain(name)).collect();
    let place = |names: &[&str]| head.iter().position(|name| names.contains(&name.as_str()));
    let Some(file) = place(&["file", "filename", "path"]) else {
        return Err(format!("{} has no column \"file\". Its first row names the columns.", table.display()));
    };
    let columns = [
        place(&["person", "personnumber", "number"]),
        place(&["title"]),
        place(&["dated", "date"]),
        place(&["sort", "kind"]),
        place(&["neededfor", "purpose"]),
        place(&["source"]),
        place(&["inconfidence", "confidence", "confidential"]),
    ];
    if columns[0].is_none() && person.is_none() {
        return Err(format!("{} has no column \"person\". Add it, or say --person NUMBER.", table.display()));
    }
    let mut rows = Vec::new();
    for line in lines {
        let cell = |at: Option<usize>| at.and_then(|at| line.get(at)).map_or("", |cell| cell.trim()).to_owned();
        let name = cell(Some(file)).replace('\\', "/");
        if name.is_empty() {
            continue;
        }
        // Only what lies in the folder: a table from elsewhere must not reach for other files of this machine.
        let inside = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !inside {
            return Err(format!("{}: \"{name}\" leads out of the folder. Name files below it.", table.display()));
        }
        let [whose, title, dated, sort, needed_for, source, in_confidence] = columns.map(cell);
        let person = if whose.is_empty() { person.unwrap_or_default().to_owned() } else { whose };
        let path = folder.join(&name);
        rows.push(Row { file: name, path, person, title, dated, sort, needed_for, source, in_confidence });
    }
    Ok(rows)
}

/// A column's name without what people write differently.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
