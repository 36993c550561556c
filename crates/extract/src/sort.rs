//! What sort of file it is, told from its bytes. The name only tells apart what looks alike.

use crate::reading::Sort;
use crate::{limits, xml, zipped};

/// What sort of paper this is; nothing when no reader is for it.
pub fn sort_of(file_name: &str, bytes: &[u8]) -> Option<Sort> {
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let head = &bytes[..bytes.len().min(1024)];
    // A PDF may have some bytes of something else before it, and then still opens everywhere.
    if find(head, b"%PDF-").is_some() {
        return Some(Sort::Pdf);
    }
    if is_picture(bytes) {
        return Some(Sort::Picture);
    }
    if is_heic(bytes) {
        return Some(Sort::ClosedPicture);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(of_zip(bytes));
    }
    let first_line = bytes.starts_with(b"From ").then(|| find(head, b"\n")).flatten();
    if first_line.is_some_and(|at| ending == "mbox" || looks_like_mail(&bytes[at + 1..])) {
        return Some(Sort::Mailbox);
    }
    if ending == "eml" || looks_like_mail(bytes) {
        return is_text(bytes).then_some(Sort::Mail);
    }
    if !is_text(bytes) {
        return None;
    }
    Some(if ending == "csv" || ending == "tsv" { Sort::Csv } else { Sort::Text })
}

/// Where `needle` begins in `hay`.
pub fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

fn is_picture(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 7] =
        [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0"];
    STARTS.iter().any(|start| bytes.starts_with(start))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
        || (bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]))
}

fn is_heic(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

fn of_zip(bytes: &[u8]) -> Sort {
    let Ok(mut archive) = zipped::Zipped::open(bytes) else { return Sort::Zip };
    if archive.has("word/document.xml") {
        return Sort::Word;
    }
    if archive.has("xl/workbook.xml") {
        return Sort::Excel;
    }
    let Ok(open_document) = archive.read("mimetype") else {
        return office_by_types(&mut archive).unwrap_or(Sort::Zip);
    };
    match open_document.strip_prefix(b"application/vnd.oasis.opendocument.").unwrap_or_default() {
        kind if kind.starts_with(b"text") => Sort::OpenText,
        kind if kind.starts_with(b"spreadsheet") => Sort::OpenSheet,
        _ => Sort::Zip,
    }
}

/// Programs may name the parts of a document as they like; the list of types says which is the main one.
fn office_by_types(archive: &mut zipped::Zipped<'_>) -> Option<Sort> {
    let types = archive.read("[Content_Types].xml").ok()?;
    let types = xml::text_of(&types);
    if types.contains("wordprocessingml.document.main") {
        return Some(Sort::Word);
    }
    types.contains("spreadsheetml.sheet.main").then_some(Sort::Excel)
}

/// Whether the first lines are headers of a mail, and enough of the known ones.
fn looks_like_mail(bytes: &[u8]) -> bool {
    const KNOWN: [&str; 10] = [
        "from",
        "to",
        "subject",
        "date",
        "received",
        "message-id",
        "mime-version",
        "return-path",
        "delivered-to",
        "content-type",
    ];
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let mut known = 0;
    for line in head.lines() {
        if line.starts_with([' ', '\t']) && known > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            break;
        }
        known += usize::from(KNOWN.contains(&name.to_ascii_lowercase().as_str()));
    }
    known >= 3
}

/// Whether it can be text at all: no control characters but those of lines, tabs and pages, in a part from its beginning.
fn is_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let head = &bytes[..bytes.len().min(limits::TEXT).min(64 << 10)];
    if head.is_empty() {
        return false;
    }
    if sixteen_bits(head).is_some() {
        return true;
    }
    let control = head.iter().filter(|&&byte| byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r' | 12 | 27)).count();
    !head.contains(&0) && control * 200 <= head.len()
}

/// Text in sixteen bits without its mark: nearly every other byte is nought. True for the lower byte first.
pub fn sixteen_bits(bytes: &[u8]) -> Option<bool> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let even = head.iter().step_by(2).filter(|&&byte| byte == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|&&byte| byte == 0).count();
    if odd * 10 >= pairs * 9 && even * 10 < pairs {
        return Some(true);
    }
    (even * 10 >= pairs * 9 && odd * 10 < pairs).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_whose_mails_have_few_heads_is_known_by_its_name() {
        let mailbox = b"From a@example.org Mon Jan  1 00:00:00 2024\nFrom: a@example.org\nSubject: x\n\nHello\n";
        assert_eq!(sort_of("old.mbox", mailbox), Some(Sort::Mailbox));
        assert_eq!(sort_of("note.txt", mailbox), Some(Sort::Text), "a note that begins like one is a note");
    }
}
