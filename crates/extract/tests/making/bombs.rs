//! Hostile files, each of its own kind. None may cost more than its share.

mod archives;
mod mails;
mod odd;
mod office;
mod pdfs;
mod pictures;

/// A hostile file.
pub struct Bomb {
    /// What kind it is.
    pub kind: String,
    /// Its file name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

fn bomb(kind: &str, file_name: &str, bytes: Vec<u8>) -> Bomb {
    Bomb { kind: kind.to_owned(), file_name: file_name.to_owned(), bytes }
}

/// All kinds.
pub fn all() -> Vec<Bomb> {
    [
        archives::archives(),
        office::office(),
        pdfs::pdfs(),
        pdfs::fonts(),
        pictures::pictures(),
        mails::mails(),
        odd::odd(),
        odd::damaged(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Those that must break a reader without walls: whoever measures finds them, or measures nothing.
pub fn greedy() -> Vec<Bomb> {
    pdfs::pdfs().into_iter().filter(|bomb| bomb.kind == "pdf: content of 400 MB").collect()
}

fn zeros(megabytes: usize) -> Vec<u8> {
    vec![0; megabytes << 20]
}

/// Bytes without order, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 24) as u8
    })
    .take(length)
    .collect()
}
