//! What is something else than it says, and good papers that were damaged.

use super::{Bomb, bomb, noise, zeros};
use crate::making::{good, mail, pdf, zipped};

pub fn odd() -> Vec<Bomb> {
    let archive = zipped(&[("a.txt", b"inner")]);
    let mut polyglot = pdf("");
    polyglot.extend(&archive);
    let script = [&b"GIF89a/*"[..], &[0; 10], b"*/=1;alert(1)//"].concat();
    vec![
        bomb("odd: nothing", "a.pdf", Vec::new()),
        bomb("odd: one byte", "a.txt", vec![0]),
        bomb("odd: 10 MB of noughts", "a.txt", zeros(10)),
        bomb("odd: 10 MB of noise", "a.doc", noise(10 << 20)),
        bomb("odd: a line of 30 MB", "a.csv", vec![b'a'; 30 << 20]),
        bomb("odd: a line of ten million cells", "a.csv", vec![b','; 10 << 20]),
        bomb("odd: 20 million lines", "a.txt", vec![b'\n'; 20 << 20]),
        bomb("odd: quotation marks that never close", "a.csv", vec![b'"'; 5 << 20]),
        bomb("odd: PDF and archive in one", "a.pdf", polyglot),
        bomb("odd: picture and script in one", "a.gif", script),
        bomb("odd: a web page that says it is a letter", "a.eml", b"<html><script>alert(1)</script></html>".to_vec()),
        bomb("odd: a program that says it is a PDF", "a.pdf", [&b"\x7fELF\x02\x01\x01"[..], &noise(5_000)].concat()),
        bomb("odd: a PDF that says it is a picture", "a.png", pdf("")),
        bomb("odd: an old Word document", "a.doc", [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &noise(5_000)].concat()),
        bomb("odd: a name of 100,000 letters", &"a".repeat(100_000), mail()),
        bomb("odd: a name that leads elsewhere", "../../../../etc/passwd\0.pdf", pdf("")),
        bomb("odd: text that turns round", "a.txt", "\u{202e}\u{2066}\u{200b}".repeat(1_000_000).into_bytes()),
        bomb("odd: marks over one letter", "a.txt", format!("a{}", "\u{301}".repeat(3_000_000)).into_bytes()),
        bomb("odd: half of sixteen bits", "a.txt", [&b"\xff\xfe"[..], &vec![0xd8; 999_999]].concat()),
        bomb("odd: 70 MB", "a.txt", vec![b'a'; 70 << 20]),
    ]
}

/// Every sort of good paper, broken in every usual way.
pub fn damaged() -> Vec<Bomb> {
    let mut all = Vec::new();
    for (name, bytes) in good() {
        let mut flipped = bytes.clone();
        // The first bytes stay, or it would be another sort and nobody would read it.
        for at in (40..flipped.len()).step_by(151) {
            flipped[at] ^= 1 << (at % 8);
        }
        let mut headed = bytes.clone();
        let end = headed.len();
        for at in (16.min(end)..end).step_by(3) {
            headed[at] = 0xff;
        }
        let most = bytes.len() - bytes.len() / 10;
        all.push(bomb(&format!("damaged: nine tenths of {name}"), name, bytes[..most].to_vec()));
        all.push(bomb(&format!("damaged: half of {name}"), name, bytes[..bytes.len() / 2].to_vec()));
        all.push(bomb(&format!("damaged: bits turned in {name}"), name, flipped));
        all.push(bomb(&format!("damaged: bytes filled in {name}"), name, headed));
        all.push(bomb(&format!("damaged: {name} twice"), name, bytes.repeat(2)));
        all.push(bomb(&format!("damaged: {name} with a wrong ending"), "a.exe", bytes));
    }
    all
}
