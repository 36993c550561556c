//! Papers that are packed: a Word document, a workbook and an e-mail, each with something that its reader does not see.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use base64::Engine as _;
use zip::write::SimpleFileOptions;

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPES: &str = "application/vnd.openxmlformats-officedocument";

fn zipped(members: &[(&str, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        // INVARIANT: writing to memory does not fail; an archive without its end would be refused with words.
        let _ = writer.start_file(*name, SimpleFileOptions::default());
        let _ = writer.write_all(text.as_bytes());
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn types(parts: &[(&str, &str)]) -> (&'static str, String) {
    let mut text = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for (part, kind) in parts {
        let _ = write!(text, "<Override PartName=\"{part}\" ContentType=\"{TYPES}.{kind}+xml\"/>");
    }
    ("[Content_Types].xml", text + "</Types>")
}

fn relations(targets: &[(&str, &str)]) -> String {
    let mut text = format!("<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (number, (kind, target)) in targets.iter().enumerate() {
        let id = number + 1;
        let _ = write!(text, "<Relationship Id=\"r{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
    }
    text + "</Relationships>"
}

/// A Word document of these paragraphs, with a sentence that was taken out with changes tracked, and a comment.
pub fn word(paragraphs: &[&str], taken_out: &str, comment: &str) -> Vec<u8> {
    let by = "w:author=\"A. Candlewick\" w:date=\"2026-01-01T09:00:00Z\"";
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
    let mut body = String::new();
    for (place, text) in paragraphs.iter().enumerate() {
        let style = if place == 0 { "<w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>" } else { "" };
        let _ = write!(body, "<w:p>{style}{}", run(text));
        if place + 1 == paragraphs.len() {
            let _ = write!(
                body,
                "<w:del w:id=\"1\" {by}><w:r><w:delText xml:space=\"preserve\"> {}</w:delText></w:r></w:del>\
                 <w:r><w:commentReference w:id=\"2\"/></w:r>",
                escaped(taken_out)
            );
        }
        body.push_str("</w:p>");
    }
    zipped(&[
        types(&[
            ("/word/document.xml", "wordprocessingml.document.main"),
            ("/word/comments.xml", "wordprocessingml.comments"),
        ]),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml")])),
        ("word/_rels/document.xml.rels", relations(&[("comments", "comments.xml")])),
        ("word/document.xml", format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>")),
        (
            "word/comments.xml",
            format!(
                "<w:comments xmlns:w=\"{WORD}\"><w:comment w:id=\"2\" {by} w:initials=\"AC\"><w:p>{}</w:p></w:comment></w:comments>",
                run(comment)
            ),
        ),
    ])
}

/// A workbook of one sheet, in which one column and one row are hidden (both counted from 0).
pub fn workbook<const N: usize>(name: &str, rows: &[[&str; N]], column: usize, row: usize) -> Vec<u8> {
    let letters = ["A", "B", "C", "D", "E", "F"];
    let hidden = column + 1;
    let mut sheet = format!(
        "<cols><col min=\"1\" max=\"{column}\" width=\"24\" customWidth=\"1\"/>\
         <col min=\"{hidden}\" max=\"{hidden}\" width=\"40\" hidden=\"1\" customWidth=\"1\"/></cols><sheetData>"
    );
    for (place, cells) in rows.iter().enumerate() {
        let number = place + 1;
        let _ = write!(sheet, "<row r=\"{number}\"{}>", if place == row { " hidden=\"1\"" } else { "" });
        for (letter, text) in letters.iter().zip(cells) {
            let _ = write!(sheet, "<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text));
        }
        sheet.push_str("</row>");
    }
    let list = format!("<sheet name=\"{name}\" sheetId=\"1\" r:id=\"r1\"/>");
    zipped(&[
        types(&[
            ("/xl/workbook.xml", "spreadsheetml.sheet.main"),
            ("/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
        ]),
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/_rels/workbook.xml.rels", relations(&[("worksheet", "worksheets/sheet1.xml")])),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{SHEET}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{SHEET}\">{sheet}</sheetData></worksheet>")),
    ])
}

/// An e-mail to the charity with a blind copy and one attachment.
pub fn mail(from: &str, subject: &str, text: &str, blind: &str, (name, bytes): (&str, &[u8])) -> Vec<u8> {
    let packed = base64::engine::general_purpose::STANDARD.encode(bytes);
    let lines: Vec<&str> = packed.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!(
        "From: {from}\r\nTo: Family support <families@lantern.example.org>\r\nBcc: {blind}\r\nSubject: {subject}\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"edge\"\r\n\r\n\
         --edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\
         --edge\r\nContent-Type: {TYPES}.spreadsheetml.sheet; name=\"{name}\"\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--edge--\r\n",
        lines.join("\r\n")
    )
    .into_bytes()
}
