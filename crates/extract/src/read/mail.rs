//! E-mail: what its reader sees first, and what the reader does not see in the list of the unseen.

use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use super::{Draft, web_page};
use crate::reading::{HiddenSort, Reading};
use crate::{Refused, limits};

/// Messages of one mailbox.
const MESSAGES: usize = 5_000;

/// Headers that the reader sees, or that only say how the message is packed.
const SHOWN: [&str; 9] = [
    "from",
    "to",
    "cc",
    "date",
    "subject",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
];

/// Reads one message.
pub fn read(bytes: &[u8]) -> Result<Reading, Refused> {
    let mut draft = Draft::default();
    message(bytes, "Message", &mut draft)?;
    Ok(draft.done())
}

/// Reads a mailbox: one message after the other.
pub fn mailbox(bytes: &[u8]) -> Reading {
    let mut draft = Draft::default();
    let messages = messages(bytes);
    for (number, one) in messages.iter().take(MESSAGES).enumerate() {
        let title = format!("Message {}", number + 1);
        if draft.is_full() {
            break;
        }
        if message(one, &title, &mut draft).is_err() {
            draft.trouble(format!("{title} could not be read."));
        }
    }
    if messages.len() > MESSAGES {
        draft.trouble(format!("Only the first {MESSAGES} of {} messages were read.", messages.len()));
    }
    draft.done()
}

/// Each message begins after a line `From …` that follows an empty one.
fn messages(bytes: &[u8]) -> Vec<&[u8]> {
    let mut starts = Vec::new();
    let mut at = 0;
    let mut after_empty = true;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if after_empty && line.starts_with(b"From ") {
            starts.push((at, at + line.len()));
        }
        after_empty = line.iter().all(u8::is_ascii_whitespace);
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([bytes.len()]);
    starts.iter().zip(ends).map(|((_, start), end)| &bytes[*start..end]).collect()
}

fn message(bytes: &[u8], title: &str, draft: &mut Draft) -> Result<(), Refused> {
    let message = MessageParser::default().parse(bytes).ok_or(Refused::Damaged)?;
    let dated = message.date().filter(|date| date.is_valid()).map(|date| {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS.get(usize::from(date.month).wrapping_sub(1)).unwrap_or(&"?");
        format!("{title} of {} {month} {}", date.day, date.year)
    });
    draft.begin(dated.as_deref().unwrap_or(title));
    head(&message, draft);
    draft.line();
    body(&message, title, draft);
    unseen_headers(&message, title, draft);
    attachments(&message, draft);
    Ok(())
}

fn head(message: &Message<'_>, draft: &mut Draft) {
    for (name, address) in [("From", message.from()), ("To", message.to()), ("Cc", message.cc())] {
        if let Some(address) = address {
            draft.write(&format!("{name}: {}\n", addresses(address)));
        }
    }
    if let Some(date) = message.header_raw("Date") {
        draft.write(&format!("Date: {}\n", date.trim()));
    }
    if let Some(subject) = message.subject() {
        draft.write(&format!("Subject: {}\n", one_line(subject)));
    }
}

fn addresses(address: &Address<'_>) -> String {
    let each = |one: &mail_parser::Addr<'_>| match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{} <{}>", one_line(name), one_line(address)),
        (Some(one), None) | (None, Some(one)) => one_line(one),
        (None, None) => String::new(),
    };
    address.iter().take(1_000).map(each).collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The plain text; where there is none, the words of the web page that it is instead.
fn body(message: &Message<'_>, title: &str, draft: &mut Draft) {
    for place in 0..message.text_body_count().min(100) {
        match message.text_part(u32::try_from(place).unwrap_or(u32::MAX)).map(|part| &part.body) {
            Some(PartType::Text(text)) => {
                draft.write(text.replace("\r\n", "\n").trim_end());
                draft.line();
            }
            Some(PartType::Html(html)) => {
                let page = web_page::read(html);
                draft.write(page.shown.trim_end());
                draft.line();
                if !page.unseen.trim().is_empty() {
                    draft.hide(HiddenSort::HiddenText, format!("{title}, set not to show"), &page.unseen);
                }
            }
            _ => {}
        }
    }
    // Readers see the web page where there are both; other words in it than in the plain text are to be known.
    for place in 0..message.html_body_count().min(100) {
        let plain = message.text_bodies().any(|part| matches!(part.body, PartType::Text(_)));
        let Some(html) = message.html_part(u32::try_from(place).unwrap_or(u32::MAX)).filter(|_| plain) else {
            continue;
        };
        let PartType::Html(html) = &html.body else { continue };
        let page = web_page::read(html);
        let words = format!("{} {}", page.shown, page.unseen);
        let shown = draft.text();
        let other: Vec<&str> =
            words.split_whitespace().filter(|word| !shown.contains(word.trim_matches(['<', '>']))).collect();
        if !other.is_empty() {
            draft.hide(HiddenSort::Other, format!("{title}, only in its web page"), &other.join(" "));
        }
    }
}

fn unseen_headers(message: &Message<'_>, title: &str, draft: &mut Draft) {
    for (name, value) in message.headers_raw() {
        if !SHOWN.contains(&name.to_ascii_lowercase().as_str()) {
            draft.hide(HiddenSort::MailHeader, format!("{title}, {}", name.trim()), value);
        }
    }
}

fn attachments(message: &Message<'_>, draft: &mut Draft) {
    for (number, part) in message.attachments().enumerate().take(limits::INSIDE * 2) {
        let name = part.attachment_name().map(one_line).filter(|name| !name.is_empty());
        match &part.body {
            PartType::Message(inner) => {
                let name = inner.subject().map(one_line).unwrap_or_default();
                let name = if name.is_empty() { format!("message {}", number + 1) } else { name };
                draft.keep_inside(format!("{name}.eml"), inner.raw_message().to_vec());
            }
            PartType::Multipart(_) => {}
            _ => {
                let name = name.unwrap_or_else(|| format!("attachment {}", number + 1));
                draft.keep_inside(name, part.contents().to_vec());
            }
        }
    }
}
