//! Typst's view of the world: one template, one data file, a handful of fonts, and nothing else.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::fonts::FONTS;

const TEMPLATE: &str = include_str!("document.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // The "extras" let the template mark a table's row headings for screen readers.
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static MAIN: LazyLock<FileId> = LazyLock::new(|| id("document.typ"));
static DATA: LazyLock<FileId> = LazyLock::new(|| id("document.json"));

fn id(name: &str) -> FileId {
    // INVARIANT: both names are plain file names, which every virtual path takes.
    let path = VirtualPath::new(name).expect("a plain file name is a path");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The world of one paper.
pub(super) struct PaperWorld {
    source: Source,
    data: Bytes,
    /// How many pictures of pages there are; each has a placeholder.
    pictures: usize,
}

impl PaperWorld {
    /// The world with this paper's data, as JSON.
    pub(super) fn new(data: String, pictures: usize) -> Self {
        let source = Source::new(*MAIN, TEMPLATE.to_owned());
        Self { source, data: Bytes::new(data.into_bytes()), pictures }
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *MAIN { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA {
            return Ok(self.data.clone());
        }
        let number = super::placeholder::number(id.vpath().get_without_slash());
        let placeholder = number.filter(|number| *number < self.pictures).and_then(super::placeholder::image);
        placeholder.map(Bytes::new).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// There is no today: the paper's date comes with the paper.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
