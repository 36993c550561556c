//! Archives that unpack to more than there is room for, or say what is not so.

use super::{Bomb, bomb, zeros};
use crate::making::zipped;

pub fn archives() -> Vec<Bomb> {
    let flat = zipped(&[("zeros.bin", &zeros(200))]);
    let many: Vec<(String, Vec<u8>)> = (0..30).map(|n| (format!("{n}.txt"), vec![b'a'; 10 << 20])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let names: Vec<String> = (0..25_000).map(|n| format!("{n}.txt")).collect();
    let crowd: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"a"[..])).collect();
    let mut nested = zipped(&[("a.txt", b"deep")]);
    for depth in 0..40 {
        nested = zipped(&[(format!("{depth}.zip").as_str(), &nested)]);
    }
    let mut wide = zipped(&[("zeros.bin", &zeros(60))]);
    for _ in 0..3 {
        let copies: Vec<(String, Vec<u8>)> = (0..10).map(|n| (format!("{n}.zip"), wide.clone())).collect();
        let copies: Vec<(&str, &[u8])> = copies.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        wide = zipped(&copies);
    }
    let slip = zipped(&[
        ("../../../etc/passwd", b"root"),
        ("/etc/shadow", b"root"),
        ("C:\\Windows\\win.ini", b"x"),
        ("..\\..\\boot.ini", b"x"),
    ]);
    let mut lying = zipped(&[("a.txt", b"short")]);
    let central = lying.windows(4).position(|four| four == b"PK\x01\x02").unwrap_or(0);
    lying[central + 24..central + 28].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
    let mut counting = zipped(&[("a.txt", b"short")]);
    let end = counting.len() - 22;
    counting[end + 8..end + 12].copy_from_slice(&[0xff; 4]);
    let mut locked = zipped(&[("a.txt", b"short")]);
    let central = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap_or(0);
    (locked[6], locked[central + 8]) = (1, 1);
    let mut unknown = zipped(&[("a.txt", b"short")]);
    (unknown[8], unknown[central + 10]) = (99, 99);
    let mut comment = zipped(&[("a.txt", b"short")]);
    comment.extend(vec![b'P'; 70_000]);
    vec![
        bomb("zip: one member of 200 MB", "a.zip", flat),
        bomb("zip: many members, 300 MB in all", "a.zip", zipped(&many)),
        bomb("zip: 25,000 members", "a.zip", zipped(&crowd)),
        bomb("zip: archives in archives, 40 deep", "a.zip", nested),
        bomb("zip: ten archives in each of ten", "a.zip", wide),
        bomb("zip: names that lead elsewhere", "a.zip", slip),
        bomb("zip: members that overlap", "a.zip", overlapping(2_000)),
        bomb("zip: a size that is a lie", "a.zip", lying),
        bomb("zip: a count that is a lie", "a.zip", counting),
        bomb("zip: locked with no password", "a.zip", locked),
        bomb("zip: packed in a way that nobody knows", "a.zip", unknown),
        bomb("zip: a long tail", "a.zip", comment),
        bomb("zip: nothing in it", "a.zip", zipped(&[])),
        bomb("zip: only its end", "a.zip", b"PK\x05\x06".iter().chain(&[0; 18]).copied().collect()),
        bomb("zip: a name of 60,000 letters", "a.zip", zipped(&[("a".repeat(60_000).as_str(), b"x")])),
        bomb("zip: the same name twice over", "a.zip", overlapping(2)),
    ]
}

/// Many entries of the list lead to the same bytes, which unpack to 20 MB each time.
fn overlapping(count: u32) -> Vec<u8> {
    let body = zipped(&[("a.bin", &zeros(20))]);
    let central = body.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap_or(0);
    let end = body.len() - 22;
    let entry = &body[central..end];
    let mut bytes = body[..central].to_vec();
    for number in 0..count {
        let mut own = entry.to_vec();
        let name = format!("{number:05}");
        own[46..51].copy_from_slice(name.as_bytes());
        bytes.extend(own);
    }
    let size = u32::try_from(entry.len()).unwrap_or(0) * count;
    let short = u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes();
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(short.iter().chain(&short));
    bytes.extend(size.to_le_bytes());
    bytes.extend(u32::try_from(central).unwrap_or(0).to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
