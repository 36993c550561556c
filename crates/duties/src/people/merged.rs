//! Files of one person: read as one, each under its own key and its own rules of access.

use access::Action;
use book::OpenFile;
use records::FileId;

use crate::office::Office;
use crate::people::why::Why;
use crate::permit::SignedIn;
use crate::stopped::Stopped;

/// A file of the same person that stayed shut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shut {
    /// How many other files of the person the one who looks may not open.
    pub files: usize,
    /// Whether a warning stands in one of them.
    pub warned: bool,
}

impl Office {
    /// The file that leads among the files of one person: the file itself, where it was not merged into another.
    pub fn leading(&self, file: FileId) -> FileId {
        self.book().card(file).and_then(|card| card.merged_into).unwrap_or(file)
    }

    /// All files of the person whose file this is, the leading one first.
    pub fn files_of(&self, file: FileId) -> Vec<FileId> {
        let leading = self.leading(file);
        let merged = self.book().card(leading).map(|card| card.merged).unwrap_or_default();
        std::iter::once(leading).chain(merged).collect()
    }

    /// Whether a warning stands in any file of the person whose file this is.
    pub fn is_warned(&self, file: FileId) -> bool {
        self.files_of(file).into_iter().any(|file| self.book().card(file).is_some_and(|card| card.warned))
    }

    /// A file with the records of the person's other files, for the inside of a deed: whoever shows it enters the view
    /// first. The records of the file that was asked for come last, so that the last of a kind is its own.
    pub(crate) async fn person_in_passing(&self, file: FileId) -> Result<OpenFile, Stopped> {
        let mut whole = self.book().file_in_passing(file).await?;
        for other in self.files_of(file).into_iter().filter(|other| *other != file) {
            let mut records = self.book().file_in_passing(other).await?.records;
            records.append(&mut whole.records);
            whole.records = records;
        }
        Ok(whole)
    }

    /// Adds to an opened file what the person's other files hold, as far as they are open to the one who looks; each view
    /// is entered in the ledger of its own file first. What stays shut is told without a word of it.
    pub(crate) async fn with_other_files(
        &self,
        who: &SignedIn,
        action: Action,
        why: &Why,
        whole: &mut OpenFile,
    ) -> Result<Shut, Stopped> {
        let mut shut = Shut::default();
        for other in self.files_of(whole.file).into_iter().filter(|other| *other != whole.file) {
            let operation = match self.permit(who, action, Some(other), why.purpose, &why.reason).await {
                Ok(operation) => operation,
                Err(Stopped::NotFound | Stopped::NeedsReason | Stopped::NeedsStepUp) => {
                    shut.files += 1;
                    shut.warned |= self.book().card(other).is_some_and(|card| card.warned);
                    continue;
                }
                Err(stopped) => return Err(stopped),
            };
            let mut records = self.book().file(&operation, other).await?.records;
            records.append(&mut whole.records);
            whole.records = records;
        }
        Ok(shut)
    }
}
