//! The pages of a TIFF: each is read as a file of its own, whose head leads to that page.

use crate::limits;

/// How many bytes a directory's entry has.
const ENTRY: usize = 12;

/// Where the directories of a TIFF's pages lie. A chain that leads back ends there.
pub fn directories(bytes: &[u8]) -> Vec<u32> {
    let little = bytes.starts_with(b"II");
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut next = number(bytes, 4, little);
    while let Some(at) = next.filter(|&at| at > 0 && seen.insert(at)) {
        let place = at as usize;
        let Some(count) = bytes.get(place..).and_then(|rest| rest.get(..2)) else { break };
        let count =
            if little { u16::from_le_bytes([count[0], count[1]]) } else { u16::from_be_bytes([count[0], count[1]]) };
        let end = place + 2 + usize::from(count) * ENTRY;
        found.push(at);
        if found.len() >= limits::PAGES {
            break;
        }
        next = number(bytes, end, little);
    }
    found
}

fn number(bytes: &[u8], at: usize, little: bool) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
}

/// Whether these are the bytes of a TIFF with places of four bytes.
pub fn is_tiff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

/// The head of a TIFF that begins with the page at `directory`.
pub fn head(bytes: &[u8], directory: u32) -> [u8; 8] {
    let mut head = [0; 8];
    head[..4].copy_from_slice(&bytes[..4]);
    let place = if bytes.starts_with(b"II") { directory.to_le_bytes() } else { directory.to_be_bytes() };
    head[4..].copy_from_slice(&place);
    head
}
