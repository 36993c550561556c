//! Letters within letters, and more of everything than a letter has.

use super::{Bomb, bomb, zeros};
use crate::making::zipped;

pub fn mails() -> Vec<Bomb> {
    let head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n";
    let mut nested = String::new();
    for n in 0..5_000 {
        nested += &format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    }
    let letters =
        format!("{head}{}\r\nx", "Content-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\n".repeat(20_000));
    let parts = "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n".repeat(100_000);
    let words = "=?utf-8?b?YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=?= ".repeat(100_000);
    let mailbox = format!("From a@example.org x\n{head}\nhi\n\n").repeat(20_000);
    let attached = hex_of(&zipped(&[("zeros.bin", &zeros(300))]));
    let attached = format!(
        "{head}Content-Type: application/zip; name=a.zip\r\nContent-Disposition: attachment\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{attached}"
    );
    vec![
        bomb("mail: an archive of 300 MB attached", "a.eml", attached.into_bytes()),
        bomb("mail: parts 5,000 deep", "a.eml", format!("{head}{nested}").into_bytes()),
        bomb("mail: letters in letters", "a.eml", letters.into_bytes()),
        bomb(
            "mail: 100,000 attachments",
            "a.eml",
            format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}").into_bytes(),
        ),
        bomb("mail: 300,000 headers", "a.eml", format!("{head}{}\r\nx", "X-A: b\r\n".repeat(300_000)).into_bytes()),
        bomb("mail: a header of 20 MB", "a.eml", format!("{head}X-A: {}\r\n\r\nx", "a".repeat(20 << 20)).into_bytes()),
        bomb("mail: 100,000 coded words", "a.eml", format!("{head}Cc: {words}\r\n\r\nx").into_bytes()),
        bomb(
            "mail: 500,000 people",
            "a.eml",
            format!("{head}Cc: {}\r\n\r\nx", "a@example.org, ".repeat(500_000)).into_bytes(),
        ),
        bomb(
            "mail: a web page 300,000 deep",
            "a.eml",
            format!("{head}Content-Type: text/html\r\n\r\n{}", "<div><table><tr><td>".repeat(300_000)).into_bytes(),
        ),
        bomb(
            "mail: borders without end",
            "a.eml",
            format!("{head}Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n{}", "--\r\n".repeat(500_000))
                .into_bytes(),
        ),
        bomb("mailbox: 20,000 letters", "a.mbox", mailbox.into_bytes()),
        bomb("mailbox: only first lines", "a.mbox", b"From a\n\nFrom b\n\n".repeat(200_000)),
    ]
}

/// Bytes as a letter may carry them: each as `=` and two digits.
fn hex_of(bytes: &[u8]) -> String {
    bytes.chunks(25).map(|line| line.iter().map(|byte| format!("={byte:02X}")).collect::<String>() + "=\r\n").collect()
}
