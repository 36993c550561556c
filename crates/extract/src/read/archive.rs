//! Archives: their members are papers inside, also those of archives within, to a depth.

use super::Draft;
use crate::reading::{Reading, Sort};
use crate::zipped::Zipped;
use crate::{Refused, limits, sort_of};

/// Reads an archive.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut draft = Draft::default();
    draft.begin("Archive");
    open(bytes, "", 1, &mut draft)?;
    Ok(draft.done())
}

fn open(bytes: &[u8], within: &str, depth: usize, draft: &mut Draft) -> Result<(), Refused> {
    let mut archive = Zipped::open(bytes)?;
    for (index, name) in archive.names().into_iter().enumerate() {
        let Some(shown) = plain_name(&name) else { continue };
        let shown = format!("{within}{shown}");
        if draft.inside_left() == 0 {
            draft.trouble("It has more files than are taken out of one archive; the others were left in it.");
            break;
        }
        draft.write(&shown);
        draft.line();
        let bytes = match archive.read_at(index) {
            Ok((_, bytes)) => bytes,
            Err(Refused::Locked) => {
                draft.trouble("A file in the archive is locked with a password and was left in it.");
                continue;
            }
            Err(Refused::TooMuch) => {
                draft.trouble("A file in the archive is too large and was left in it.");
                continue;
            }
            Err(_) => {
                draft.trouble("A file in the archive is damaged and was left in it.");
                continue;
            }
        };
        if bytes.is_empty() {
            continue;
        }
        if sort_of(&shown, &bytes) != Some(Sort::Zip) {
            draft.keep_inside(shown, bytes);
        } else if depth >= limits::DEPTH {
            draft.trouble("Archives lie in archives too deep; the innermost were not opened.");
        } else if open(&bytes, &format!("{shown}/"), depth + 1, draft).is_err() {
            draft.trouble("An archive within the archive is damaged and was left in it.");
        }
    }
    Ok(())
}

/// The name of a member as a name: no root, no way up, no folders of a system's own; nothing for a folder.
fn plain_name(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.ends_with('/') {
        return None;
    }
    let parts: Vec<&str> =
        name.split('/').filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':')).collect();
    let last = parts.last()?;
    let of_the_system = parts.first() == Some(&"__MACOSX") || matches!(*last, ".DS_Store" | "Thumbs.db");
    let plain: String = parts.join("/").chars().filter(|one| !one.is_control()).take(200).collect();
    (!of_the_system && !plain.is_empty()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        assert_eq!(plain_name("../../etc/passwd").as_deref(), Some("etc/passwd"));
        assert_eq!(plain_name("/srv/a.txt").as_deref(), Some("srv/a.txt"));
        assert_eq!(plain_name("C:\\Users\\a.txt").as_deref(), Some("Users/a.txt"));
        assert_eq!(plain_name("a/b/"), None);
        assert_eq!(plain_name(".."), None);
        assert_eq!(plain_name("a\0\n.txt").as_deref(), Some("a.txt"));
    }
}
