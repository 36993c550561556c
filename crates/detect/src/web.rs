//! E-mail addresses and names on social networks.

use crate::near::before;
use crate::register::Register;
use crate::words::NOBODY;
use crate::{Finding, Ground, Kind};

const NETWORKS: &[&str] = &[
    "insta",
    "instagram",
    "snap",
    "snapchat",
    "tiktok",
    "tik tok",
    "twitter",
    "discord",
    "roblox",
    "xbox",
    "psn",
    "twitch",
    "kik",
    "username",
    "user name",
    "handle",
    "gamertag",
    "ig",
    "sc",
    "facebook",
    "fb",
    "youtube",
    "telegram",
    "reddit",
    "threads",
    "bereal",
    "skype",
    "steam",
];

pub(crate) fn find(text: &str, register: &Register, found: &mut Vec<Finding>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        if let Some((start, end)) = address(bytes, at) {
            let spelt = text.get(start..end).unwrap_or_default();
            let entry = register.with_detail(spelt).first().copied().unwrap_or(NOBODY);
            found.push(Finding { start, end, kind: Kind::Email, ground: Ground::Form, entry });
        } else if let Some(end) = handle_end(bytes, at + 1)
            && !at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphanumeric)
        {
            found.push(Finding { start: at, end, kind: Kind::Handle, ground: Ground::Form, entry: NOBODY });
        }
    }
    bare_handles(text, found);
}

fn local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-' | b'\'')
}

fn address(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut start = at;
    while start > 0 && bytes.get(start - 1).is_some_and(|byte| local(*byte)) {
        start -= 1;
    }
    while bytes.get(start).is_some_and(|byte| matches!(byte, b'.' | b'\'' | b'-') || (0x80..0xC0).contains(byte)) {
        start += 1;
    }
    if start >= at {
        return None;
    }
    // "name@ example.org": a slip that people make.
    let mut from = at + 1;
    if bytes.get(from) == Some(&b' ') {
        from += 1;
    }
    let mut end = from;
    let (mut dot, mut label) = (None, 0);
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. => label += 1,
            b'-' if label > 0 => label += 1,
            b'.' if label > 0 && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => {
                dot = Some(end);
                label = 0;
            }
            _ => break,
        }
        end += 1;
    }
    let dot = dot?;
    let last = bytes.get(dot + 1..end).unwrap_or_default();
    (last.len() >= 2 && last.iter().all(u8::is_ascii_alphabetic)).then_some((start, end))
}

fn handle_end(bytes: &[u8], from: usize) -> Option<usize> {
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let mut end = from + bytes.get(from..)?.iter().take_while(|byte| inside(byte)).count();
    while end > from && matches!(bytes.get(end - 1), Some(b'.' | b'-')) {
        end -= 1;
    }
    (end >= from + 2 && bytes.get(from..end)?.iter().any(u8::is_ascii_alphabetic)).then_some(end)
}

/// "insta: kayz.xo_14", "snap lil_moxie09": no sign, but the name of a network before it.
fn bare_handles(text: &str, found: &mut Vec<Finding>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'_', b'.', b':', bytes) {
        let mut start = at;
        if bytes.get(at) == Some(&b':') {
            start += 1;
            while bytes.get(start) == Some(&b' ') {
                start += 1;
            }
            if !before(text, at, 12, NETWORKS) {
                continue;
            }
        } else {
            // Most full stops end a sentence.
            if bytes.get(at) != Some(&b'_') && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
                continue;
            }
            while start > 0
                && at - start < 40
                && bytes
                    .get(start - 1)
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
            {
                start -= 1;
            }
            if start == at || !before(text, start, 18, NETWORKS) {
                continue;
            }
        }
        if bytes.get(start) == Some(&b'@') {
            continue;
        }
        if let Some(end) = handle_end(bytes, start) {
            let word = text.get(start..end).unwrap_or_default();
            let marked = word.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.'));
            if marked
                && !word.starts_with("http")
                && !word.starts_with("www")
                && found.last().is_none_or(|last| last.start != start)
            {
                found.push(Finding { start, end, kind: Kind::Handle, ground: Ground::Near, entry: NOBODY });
            }
        }
    }
}
