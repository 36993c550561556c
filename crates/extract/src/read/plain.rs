//! Plain text and CSV: the encoding is told from the bytes.

use std::borrow::Cow;

use super::Draft;
use crate::reading::Reading;
use crate::sort::sixteen_bits;

/// Reads text.
pub fn read(bytes: &[u8]) -> Reading {
    let mut draft = Draft::default();
    draft.begin("Text");
    let text = decoded(bytes);
    if text.contains('\r') {
        draft.write(&text.replace("\r\n", "\n").replace('\r', "\n"));
    } else {
        draft.write(&text);
    }
    draft.done()
}

/// Text of any of the usual encodings: UTF-8, UTF-16 with or without its mark, and otherwise Latin-1 as Windows writes it.
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if bytes.starts_with(b"\xff\xfe") {
        return encoding_rs::UTF_16LE.decode(bytes).0;
    }
    if bytes.starts_with(b"\xfe\xff") {
        return encoding_rs::UTF_16BE.decode(bytes).0;
    }
    if let Some(lower_first) = sixteen_bits(bytes) {
        let encoding = if lower_first { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes)
        .map_or_else(|_| encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)
}
