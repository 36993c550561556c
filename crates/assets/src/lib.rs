//! Stylesheet, script, font and pictures, built from the npm lockfile into the binary.
//!
//! `build.rs` makes the files; this crate is the table of them. Every name holds the hash of its content, so a
//! browser may keep a file for ever.

mod notices;

pub use notices::{NOTICES, Notice};

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The one stylesheet.
    Stylesheet,
    /// The one script. Every page works without it.
    Script,
    /// A part of the typeface.
    Font,
    /// A picture for Easy Read, or the mark.
    Picture,
}

/// One file that pages can ask for.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// What it is for.
    pub kind: Kind,
    /// Its name without hash and ending, like `app` or `letter`.
    pub name: &'static str,
    /// Its address, like `/assets/app-0123456789ab.css`.
    pub path: &'static str,
    /// Its media type, for the `Content-Type` header.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
    /// Its content packed with gzip (RFC 1952), where that helps.
    pub gzip: Option<&'static [u8]>,
    /// Its content packed with Brotli (RFC 7932), where that helps.
    pub brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// Where the npm packages lie from which this build was made; `None` when the assets were ready-made. Tests
/// compare our markup with the samples in them.
pub const NODE_MODULES: Option<&str> = option_env!("GUARDBOOK_NODE_MODULES");

/// The file at this address, like `/assets/app-0123456789ab.css`.
pub fn by_path(path: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.path == path)
}

/// Address of the stylesheet; empty only if the build made none, which a test forbids.
pub fn stylesheet() -> &'static str {
    first(Kind::Stylesheet, "app")
}

/// Address of the script.
pub fn script() -> &'static str {
    first(Kind::Script, "app")
}

/// Address of the typeface's main part, for preloading.
pub fn font() -> &'static str {
    first(Kind::Font, "atkinson-latin")
}

/// Address of the mark, which is the site's icon too.
pub fn mark() -> &'static str {
    first(Kind::Picture, "guardbook")
}

/// The picture with this name, like `letter`.
pub fn picture(name: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.kind == Kind::Picture && asset.name == name)
}

/// Every picture, for a page on which one is chosen.
pub fn pictures() -> impl Iterator<Item = &'static Asset> {
    ALL.iter().filter(|asset| asset.kind == Kind::Picture && asset.name != "guardbook")
}

fn first(kind: Kind, name: &str) -> &'static str {
    ALL.iter().find(|asset| asset.kind == kind && asset.name == name).map_or("", |asset| asset.path)
}

#[cfg(test)]
mod tests;
