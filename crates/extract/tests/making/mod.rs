//! Papers made for tests: by hand where the bytes matter.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its paper has failed")]
#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "a list of what a paper is made of reads best so"
)]

pub mod bombs;

use std::io::{Cursor, Write};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use zip::write::SimpleFileOptions;

/// An archive of these members.
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Bytes packed as PDF and PNG pack them.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PDF of these objects, numbered from 1; the first is the root. With a table of places.
pub fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        writeln!(bytes, "{} 0 obj", number + 1).unwrap();
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(bytes, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    bytes
}

/// A stream of a PDF with these entries in its head.
pub fn stream(entries: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{entries}/Length {}>>\nstream\n", body.len()).into_bytes();
    bytes.extend(body);
    bytes.extend(b"\nendstream");
    bytes
}

/// A PDF of one A4 page that draws this with Helvetica as F1. `root`, `page` are further entries, `more` further objects from 6 on.
pub fn pdf_with(content: &str, root: &str, page: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{root}>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
             /Resources<</Font<</F1 5 0 R>>/XObject<</Im 6 0 R>>/Properties<</L 6 0 R>>>>{page}>>"
        )
        .into_bytes(),
        stream("", content.as_bytes()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf_of(&objects)
}

/// A PDF of one page that draws this.
pub fn pdf(content: &str) -> Vec<u8> {
    pdf_with(content, "", "", &[])
}

/// Drawing of a line of text.
pub fn line(x: i32, y: i32, size: i32, text: &str) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n")
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A Word document with this body and these further members.
pub fn docx(body: &str, members: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("word/document.xml", document.as_bytes()),
    ];
    all.extend_from_slice(members);
    zipped(&all)
}

/// A paragraph of a Word document.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A workbook: each sheet has a name, a state and its XML.
pub fn xlsx(sheets: &[(&str, &str, &str)], members: &[(&str, &[u8])]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut list = String::new();
    let mut relations = String::new();
    let mut parts = Vec::new();
    for (number, (name, state, xml)) in sheets.iter().enumerate() {
        let id = number + 1;
        list += &format!("<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{state}\" r:id=\"r{id}\"/>");
        relations +=
            &format!("<Relationship Id=\"r{id}\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet{id}.xml\"/>");
        parts.push((format!("xl/worksheets/sheet{id}.xml"), format!("<worksheet xmlns=\"{main}\">{xml}</worksheet>")));
    }
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>{list}</sheets>\
         <definedNames><definedName name=\"canaryname\">Visits!$A$1</definedName></definedNames></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())));
    all.extend_from_slice(members);
    zipped(&all)
}

/// A cell with text.
pub fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// An OpenDocument file of this kind.
pub fn open_document(kind: &str, styles: &str, body: &str, members: &[(&str, &[u8])]) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:o\" xmlns:text=\"urn:t\" xmlns:table=\"urn:b\" xmlns:style=\"urn:s\" \
         xmlns:dc=\"urn:d\"><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    );
    let mimetype = format!("application/vnd.oasis.opendocument.{kind}");
    let mut all: Vec<(&str, &[u8])> = vec![("mimetype", mimetype.as_bytes()), ("content.xml", content.as_bytes())];
    all.extend_from_slice(members);
    zipped(&all)
}

/// An e-mail with an attachment.
pub fn mail() -> Vec<u8> {
    b"From: Quill Tester <quill@example.org>\r\nTo: office@example.org\r\nBcc: canarybcc@example.org\r\n\
      Date: Mon, 4 May 2026 10:00:00 +0100\r\nSubject: A visit\r\nX-Originating-IP: 192.0.2.1\r\nMIME-Version: 1.0\r\n\
      Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe visit went well.\r\n\
      --b\r\nContent-Type: text/plain; name=notes.txt\r\nContent-Disposition: attachment; filename=notes.txt\r\n\r\n\
      Notes of the visit.\r\n--b--\r\n"
        .to_vec()
}

/// A picture with a black bar on white.
pub fn picture(format: ImageFormat) -> Vec<u8> {
    let image =
        RgbImage::from_fn(120, 80, |x, y| if (20..100).contains(&x) && y < 20 { Rgb([0; 3]) } else { Rgb([255; 3]) });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// One good paper of each sort, with its file name.
pub fn good() -> Vec<(&'static str, Vec<u8>)> {
    let sheet = format!("<sheetData><row r=\"1\">{}</row></sheetData>", cell("A1", "Quill"));
    let mut mailbox = b"From a@example.org Mon May  4 10:00:00 2026\n".to_vec();
    mailbox.extend(mail());
    vec![
        ("a.pdf", pdf(&line(72, 700, 12, "Visit report"))),
        ("a.docx", docx(&paragraph("Visit report"), &[])),
        ("a.odt", open_document("text", "", "<text:p>Visit report</text:p>", &[])),
        ("a.xlsx", xlsx(&[("Visits", "visible", &sheet)], &[])),
        (
            "a.ods",
            open_document(
                "spreadsheet",
                "",
                "<table:table table:name=\"Visits\"><table:table-row><table:table-cell><text:p>Quill</text:p></table:table-cell></table:table-row></table:table>",
                &[],
            ),
        ),
        ("a.eml", mail()),
        ("a.mbox", mailbox),
        ("a.png", picture(ImageFormat::Png)),
        ("a.jpg", picture(ImageFormat::Jpeg)),
        ("a.tif", picture(ImageFormat::Tiff)),
        ("a.gif", picture(ImageFormat::Gif)),
        ("a.webp", picture(ImageFormat::WebP)),
        ("a.bmp", picture(ImageFormat::Bmp)),
        ("a.csv", b"name,age\nQuill,7\n".to_vec()),
        ("a.txt", b"\xff\xfeV\0i\0s\0i\0t\0".to_vec()),
        ("a.zip", zipped(&[("folder/a.txt", b"Visit report")])),
    ]
}
