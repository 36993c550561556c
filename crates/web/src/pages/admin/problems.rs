//! What is wrong with the texts of a policy: each problem with its place, the line as it stands, and what to do.

use duties::policy::Problem;

/// One problem as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// "kids.md, line 12, column 5".
    pub place: String,
    /// The line up to what is meant.
    pub before: String,
    /// What is meant.
    pub marked: String,
    /// The rest of the line.
    pub after: String,
    /// What is wrong.
    pub message: String,
    /// What was expected, and a suggestion; empty for none.
    pub help: String,
}

/// The problem, with its line taken from the texts that were checked.
pub fn told(problem: &Problem, texts: &[(String, String)]) -> Told {
    let text = texts.iter().find(|(name, _)| *name == problem.file).map_or("", |(_, text)| text.as_str());
    let (before, marked, after) = line_at(text, problem.place.offset, problem.place.length);
    Told {
        place: format!("{}, line {}, column {}", problem.file, problem.place.line, problem.place.column),
        before,
        marked,
        after,
        message: problem.message.clone(),
        help: problem.help.clone().unwrap_or_default(),
    }
}

/// The line of a place, cut in three around what is meant; what runs on to the next line is cut off.
fn line_at(text: &str, offset: usize, length: usize) -> (String, String, String) {
    let (Some(head), Some(tail)) = (text.get(..offset), text.get(offset..)) else { return Default::default() };
    let before = head.rsplit('\n').next().unwrap_or_default();
    let rest = tail.split('\n').next().unwrap_or_default();
    let marked = rest.get(..length.min(rest.len())).unwrap_or(rest);
    (before.to_owned(), marked.to_owned(), rest[marked.len()..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_around_what_is_meant_and_nowhere_else() {
        let text = "one\nWe answer [in 9 moons](answer:access). ü\nthree";
        let at = text.find("[in").unwrap_or_default();
        let (before, marked, after) = line_at(text, at, "[in 9 moons](answer:access)".len());
        assert_eq!(
            (before.as_str(), marked.as_str(), after.as_str()),
            ("We answer ", "[in 9 moons](answer:access)", ". ü")
        );
        assert_eq!(line_at(text, 4, 4000).1, "We answer [in 9 moons](answer:access). ü");
        assert_eq!(line_at("", 7, 1), Default::default());
    }
}
