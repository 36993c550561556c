//! Files in which something hides: PDF, Word, Excel, mail, pictures and text, each with words of its own that must not leave.

#![expect(clippy::too_many_lines, reason = "lists of papers")]

use std::io::Write as _;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A file with a word that hides in it, or that is covered.
pub struct Hostile {
    /// What hides, in words.
    pub what: String,
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The word that must not leave.
    pub canary: String,
}

fn canary(number: usize) -> String {
    // A word that stands nowhere else, and that no font or packing makes by chance.
    let letters: String = format!("{number:03}").bytes().map(|digit| char::from(b'k' + (digit - b'0'))).collect();
    format!("Wexyl{letters}quorb")
}

/// A PDF of one page. `page` is its content, `more` are further entries of the page and objects from number 6 on.
struct Pdf {
    content: String,
    page: String,
    catalog: String,
    resources: String,
    objects: Vec<Vec<u8>>,
    info: String,
    tail: Vec<u8>,
}

impl Pdf {
    fn new(content: &str) -> Self {
        let shown = "BT /F1 14 Tf 60 760 Td (Meeting of the family group) Tj ET\n";
        Self {
            content: format!("{shown}{content}"),
            page: String::new(),
            catalog: String::new(),
            resources: String::new(),
            objects: Vec::new(),
            info: String::new(),
            tail: Vec::new(),
        }
    }

    fn page(mut self, entries: &str) -> Self {
        self.page.push_str(entries);
        self
    }

    fn catalog(mut self, entries: &str) -> Self {
        self.catalog.push_str(entries);
        self
    }

    fn object(mut self, object: impl Into<Vec<u8>>) -> Self {
        self.objects.push(object.into());
        self
    }

    fn stream(self, entries: &str, body: &str) -> Self {
        let object = format!("<< {entries} /Length {} >>\nstream\n{body}\nendstream", body.len());
        self.object(object)
    }

    fn bytes(self) -> Vec<u8> {
        let mut objects: Vec<Vec<u8>> = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> {} >> {} >>",
                self.resources, self.page
            )
            .into_bytes(),
            format!("<< /Length {} >>\nstream\n{}\nendstream", self.content.len(), self.content).into_bytes(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        ];
        objects.extend(self.objects);
        objects.push(format!("<< {} >>", self.info).into_bytes());
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut places = Vec::new();
        for (number, object) in (1..).zip(&objects) {
            places.push(out.len());
            out.extend(format!("{number} 0 obj\n").bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
        for place in &places {
            out.extend(format!("{place:010} 00000 n \n").bytes());
        }
        let size = places.len() + 1;
        let info = places.len();
        out.extend(
            format!("trailer\n<< /Size {size} /Root 1 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes(),
        );
        out.extend(self.tail);
        out
    }
}

fn pdfs(c: &str) -> Vec<(&'static str, Vec<u8>)> {
    let text = |mode: &str| format!("BT {mode} /F1 12 Tf 60 600 Td ({c}) Tj ET\n");
    let info = |key: &str| Pdf { info: format!("/{key} ({c})"), ..Pdf::new("") };
    let annotation = |entries: &str| {
        Pdf::new("").page("/Annots [6 0 R]").object(format!("<< /Type /Annot /Rect [60 500 200 520] {entries} >>"))
    };
    let kept: String = hex(c);
    let mut after = Pdf::new("").bytes();
    after.extend(format!("% {c}\n").bytes());
    let mut twice = Pdf::new(&text("")).bytes();
    let place = twice.len();
    let content = "BT /F1 14 Tf 60 760 Td (Meeting of the family group) Tj ET";
    twice.extend(format!("4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n", content.len()).bytes());
    let xref = twice.len();
    let old = Pdf::new(&text("")).bytes();
    let old = String::from_utf8_lossy(&old).rfind("\nxref").map_or(0, |at| at + 1);
    twice.extend(
        format!("xref\n4 1\n{place:010} 00000 n \ntrailer\n<< /Size 7 /Root 1 0 R /Prev {old} >>\nstartxref\n{xref}\n%%EOF\n")
            .bytes(),
    );
    vec![
        ("visible text that is covered", Pdf::new(&text("")).bytes()),
        (
            "visible text in hexadecimal that is covered",
            Pdf::new(&format!("BT /F1 12 Tf 60 600 Td <{kept}> Tj ET\n")).bytes(),
        ),
        ("visible text letter by letter that is covered", {
            let letters: String = apart(c);
            Pdf::new(&format!("BT /F1 12 Tf 60 600 Td [{letters}] TJ ET\n")).bytes()
        }),
        ("white text", Pdf::new(&text("1 1 1 rg")).bytes()),
        ("text drawn in no way", Pdf::new(&text("3 Tr")).bytes()),
        ("tiny text", Pdf::new(&format!("BT /F1 0.1 Tf 60 600 Td ({c}) Tj ET\n")).bytes()),
        ("text outside the page", Pdf::new(&format!("BT /F1 12 Tf 900 600 Td ({c}) Tj ET\n")).bytes()),
        ("text under a black box", Pdf::new(&format!("{}0 0 0 rg 50 590 300 30 re f\n", text(""))).bytes()),
        ("text under a white box", Pdf::new(&format!("{}1 1 1 rg 50 590 300 30 re f\n", text(""))).bytes()),
        ("text cut off by a clip", Pdf::new(&format!("q 0 0 1 1 re W n {}Q\n", text(""))).bytes()),
        ("title", info("Title").bytes()),
        ("author", info("Author").bytes()),
        ("subject", info("Subject").bytes()),
        ("keywords", info("Keywords").bytes()),
        ("creator", info("Creator").bytes()),
        ("a property of its own", info("Company").bytes()),
        (
            "XMP",
            Pdf::new("")
                .catalog("/Metadata 6 0 R")
                .stream(
                    "/Type /Metadata /Subtype /XML",
                    &format!("<x:xmpmeta xmlns:x='adobe:ns:meta/'>{c}</x:xmpmeta>"),
                )
                .bytes(),
        ),
        ("a comment", annotation(&format!("/Subtype /Text /Contents ({c})")).bytes()),
        ("the author of a comment", annotation(&format!("/Subtype /Text /T ({c}) /Contents (Hello)")).bytes()),
        ("a hidden comment", annotation(&format!("/Subtype /FreeText /F 2 /DA (/F1 9 Tf) /Contents ({c})")).bytes()),
        ("a pop-up", annotation(&format!("/Subtype /Popup /Contents ({c})")).bytes()),
        ("a link", annotation(&format!("/Subtype /Link /A << /S /URI /URI (https://example.org/{c}) >>")).bytes()),
        (
            "a form field",
            annotation(&format!("/Subtype /Widget /FT /Tx /T (field) /V ({c})"))
                .catalog("/AcroForm << /Fields [6 0 R] >>")
                .bytes(),
        ),
        (
            "the default of a form field",
            annotation(&format!("/Subtype /Widget /FT /Tx /T (field) /DV ({c})"))
                .catalog("/AcroForm << /Fields [6 0 R] >>")
                .bytes(),
        ),
        (
            "the name of a form field",
            annotation(&format!("/Subtype /Widget /FT /Tx /T ({c})"))
                .catalog("/AcroForm << /Fields [6 0 R] >>")
                .bytes(),
        ),
        (
            "XFA",
            Pdf::new("")
                .catalog("/AcroForm << /Fields [] /XFA 6 0 R >>")
                .stream("", &format!("<xdp>{c}</xdp>"))
                .bytes(),
        ),
        (
            "an attachment",
            Pdf::new("")
                .catalog("/Names << /EmbeddedFiles << /Names [(a.txt) 7 0 R] >> >>")
                .stream("/Type /EmbeddedFile", c)
                .object("<< /Type /Filespec /F (a.txt) /EF << /F 6 0 R >> >>")
                .bytes(),
        ),
        (
            "the name of an attachment",
            Pdf::new("")
                .catalog(&format!("/Names << /EmbeddedFiles << /Names [({c}) 7 0 R] >> >>"))
                .stream("/Type /EmbeddedFile", "x")
                .object(format!("<< /Type /Filespec /F ({c}.txt) /EF << /F 6 0 R >> >>"))
                .bytes(),
        ),
        (
            "a script",
            Pdf::new("")
                .catalog("/OpenAction 6 0 R")
                .object(format!("<< /S /JavaScript /JS (app.alert\\('{c}'\\)) >>"))
                .bytes(),
        ),
        (
            "a bookmark",
            Pdf::new("")
                .catalog("/Outlines 6 0 R")
                .object("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>")
                .object(format!("<< /Title ({c}) /Parent 6 0 R /Dest [3 0 R /Fit] >>"))
                .bytes(),
        ),
        ("a page label", Pdf::new("").catalog(&format!("/PageLabels << /Nums [0 << /P ({c}) >>] >>")).bytes()),
        ("a named place", Pdf::new("").catalog(&format!("/Dests << /{c} [3 0 R /Fit] >>")).bytes()),
        (
            "alternative text",
            Pdf::new("")
                .catalog("/StructTreeRoot 6 0 R /MarkInfo << /Marked true >>")
                .object("<< /Type /StructTreeRoot /K 7 0 R >>")
                .object(format!("<< /Type /StructElem /S /Figure /P 6 0 R /Alt ({c}) >>"))
                .bytes(),
        ),
        (
            "ActualText",
            Pdf::new(&format!("/Span << /ActualText ({c}) >> BDC BT /F1 12 Tf 60 600 Td (tea) Tj ET EMC\n")).bytes(),
        ),
        (
            "a layer that is off",
            Pdf {
                resources: "/Properties << /L 6 0 R >>".into(),
                ..Pdf::new(&format!("/OC /L BDC {}EMC\n", text("")))
            }
            .catalog("/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>")
            .object("<< /Type /OCG /Name (Notes) >>")
            .bytes(),
        ),
        (
            "the name of a layer",
            Pdf::new("")
                .catalog("/OCProperties << /OCGs [6 0 R] /D << >> >>")
                .object(format!("<< /Type /OCG /Name ({c}) >>"))
                .bytes(),
        ),
        ("an object that nothing leads to", Pdf::new("").object(format!("({c})")).bytes()),
        ("a stream that nothing leads to", Pdf::new("").stream("", c).bytes()),
        ("private data", Pdf::new("").page(&format!("/PieceInfo << /App << /Private ({c}) >> >>")).bytes()),
        (
            "a thumbnail",
            Pdf::new("")
                .page("/Thumb 6 0 R")
                .stream("/Width 8 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", c)
                .bytes(),
        ),
        ("bytes after the end", after),
        ("an earlier version", twice),
    ]
}

fn packed(files: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, body) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(body.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

fn word(body: &str, more: &[(&str, String)]) -> Vec<u8> {
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut files = vec![
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{rels}/officeDocument\" Target=\"word/document.xml\"/></Relationships>")),
        ("word/document.xml", format!("<w:document {W}><w:body><w:p><w:r><w:t>Meeting of the family group</w:t></w:r></w:p>{body}</w:body></w:document>")),
    ];
    files.extend(more.iter().cloned());
    packed(&files)
}

fn words(c: &str) -> Vec<(&'static str, Vec<u8>)> {
    let run = |properties: &str| format!("<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{c}</w:t></w:r></w:p>");
    let part = |name: &'static str, root: &str| {
        word("", &[(name, format!("<w:{root} {W}><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:{root}>"))])
    };
    vec![
        ("visible text that is covered", word(&run(""), &[])),
        ("text set not to show", word(&run("<w:vanish/>"), &[])),
        (
            "deleted text",
            word(&format!("<w:p><w:del w:author=\"A\"><w:r><w:delText>{c}</w:delText></w:r></w:del></w:p>"), &[]),
        ),
        (
            "the author of a change",
            word(&format!("<w:p><w:ins w:author=\"{c}\"><w:r><w:t>added</w:t></w:r></w:ins></w:p>"), &[]),
        ),
        (
            "a moved text",
            word(&format!("<w:p><w:moveFrom w:author=\"A\"><w:r><w:t>{c}</w:t></w:r></w:moveFrom></w:p>"), &[]),
        ),
        (
            "a comment",
            word(
                "",
                &[(
                    "word/comments.xml",
                    format!(
                        "<w:comments {W}><w:comment w:id=\"0\" w:author=\"A\"><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:comment></w:comments>"
                    ),
                )],
            ),
        ),
        (
            "the author of a comment",
            word(
                "",
                &[(
                    "word/comments.xml",
                    format!("<w:comments {W}><w:comment w:id=\"0\" w:author=\"{c}\"><w:p/></w:comment></w:comments>"),
                )],
            ),
        ),
        (
            "the author",
            word(
                "",
                &[(
                    "docProps/core.xml",
                    format!(
                        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>{c}</dc:creator></cp:coreProperties>"
                    ),
                )],
            ),
        ),
        (
            "the company",
            word(
                "",
                &[(
                    "docProps/app.xml",
                    format!(
                        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Company>{c}</Company></Properties>"
                    ),
                )],
            ),
        ),
        (
            "a property of its own",
            word(
                "",
                &[(
                    "docProps/custom.xml",
                    format!("<Properties><property name=\"n\"><v>{c}</v></property></Properties>"),
                )],
            ),
        ),
        ("custom data", word("", &[("customXml/item1.xml", format!("<data>{c}</data>"))])),
        (
            "a variable of the document",
            word(
                "",
                &[(
                    "word/settings.xml",
                    format!(
                        "<w:settings {W}><w:docVars><w:docVar w:name=\"x\" w:val=\"{c}\"/></w:docVars></w:settings>"
                    ),
                )],
            ),
        ),
        ("a field's instruction", word(&format!("<w:p><w:r><w:instrText> AUTHOR {c} </w:instrText></w:r></w:p>"), &[])),
        ("a member that nothing leads to", word("", &[("word/old.xml", c.to_owned())])),
        ("a thumbnail", word("", &[("docProps/thumbnail.jpeg", c.to_owned())])),
        ("a header", part("word/header1.xml", "hdr")),
        ("a glossary", part("word/glossary/document.xml", "glossaryDocument")),
        (
            "people",
            word(
                "",
                &[(
                    "word/people.xml",
                    format!(
                        "<w15:people xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"><w15:person w15:author=\"{c}\"/></w15:people>"
                    ),
                )],
            ),
        ),
    ]
}

fn excel(sheets: &str, sheet: &str, second: &str, more: &[(&str, String)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let page = |body: &str| format!("<worksheet xmlns=\"{main}\">{body}</worksheet>");
    let mut files = vec![
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/worksheets/sheet2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{rels}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{main}\" xmlns:r=\"{rels}\"><sheets>{sheets}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{rels}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{rels}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>")),
        ("xl/worksheets/sheet1.xml", page(sheet)),
        ("xl/worksheets/sheet2.xml", page(second)),
    ];
    files.extend(more.iter().cloned());
    packed(&files)
}

fn sheets(c: &str) -> Vec<(&'static str, Vec<u8>)> {
    let cell = |place: &str, words: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    let row = |attributes: &str, number: u32, cells: &str| format!("<row r=\"{number}\" {attributes}>{cells}</row>");
    let rows = |rows: &str| format!("<sheetData>{}{rows}</sheetData>", row("", 1, &cell("A1", "Meeting")));
    let plain = "<sheet name=\"Visits\" sheetId=\"1\" r:id=\"r1\"/>";
    let two = |state: &str| format!("{plain}<sheet name=\"Other\" sheetId=\"2\" r:id=\"r2\" state=\"{state}\"/>");
    let there = rows(&row("", 2, &cell("A2", c)));
    let none = rows("");
    let with = |name: &'static str, body: String| excel(plain, &none, &none, &[(name, body)]);
    vec![
        ("a visible cell that is covered", excel(plain, &there, &none, &[])),
        ("a hidden sheet", excel(&two("hidden"), &none, &there, &[])),
        ("a very hidden sheet", excel(&two("veryHidden"), &none, &there, &[])),
        ("a hidden row", excel(plain, &rows(&row("hidden=\"1\"", 2, &cell("A2", c))), &none, &[])),
        (
            "a row of no height",
            excel(plain, &rows(&row("ht=\"0\" customHeight=\"1\" hidden=\"1\"", 2, &cell("A2", c))), &none, &[]),
        ),
        (
            "a hidden column",
            excel(
                plain,
                &format!("<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>{}", rows(&row("", 2, &cell("B2", c)))),
                &none,
                &[],
            ),
        ),
        ("a sheet that is in no list", excel(plain, &none, &there, &[])),
        (
            "a comment",
            with(
                "xl/comments1.xml",
                format!(
                    "<comments><commentList><comment ref=\"A1\"><text><t>{c}</t></text></comment></commentList></comments>"
                ),
            ),
        ),
        (
            "a pivot cache",
            with(
                "xl/pivotCache/pivotCacheRecords1.xml",
                format!("<pivotCacheRecords><r><s v=\"{c}\"/></r></pivotCacheRecords>"),
            ),
        ),
        (
            "an external link",
            with("xl/externalLinks/externalLink1.xml", format!("<externalLink><t>{c}</t></externalLink>")),
        ),
        ("the author", with("docProps/core.xml", format!("<coreProperties><creator>{c}</creator></coreProperties>"))),
        (
            "a string that no cell uses",
            with(
                "xl/sharedStrings.xml",
                format!(
                    "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>{c}</t></si></sst>"
                ),
            ),
        ),
        (
            "a defined name",
            excel(
                &format!(
                    "{plain}</sheets><definedNames><definedName name=\"x\" hidden=\"1\">\"{c}\"</definedName></definedNames><sheets>"
                ),
                &none,
                &none,
                &[],
            ),
        ),
        (
            "a validation list",
            excel(
                plain,
                &format!(
                    "{none}<dataValidations><dataValidation sqref=\"A1\"><formula1>\"{c}\"</formula1></dataValidation></dataValidations>"
                ),
                &none,
                &[],
            ),
        ),
    ]
}

fn mails(c: &str) -> Vec<(&'static str, Vec<u8>)> {
    let head =
        "From: School <office@example.org>\r\nTo: Desk <desk@example.org>\r\nSubject: Taxi\r\nMIME-Version: 1.0\r\n";
    let mail = |headers: &str, body: &str| format!("{head}{headers}\r\n{body}\r\n").into_bytes();
    let header = |name: &str| mail(&format!("{name}: {c}\r\n"), "The taxi comes at eight.");
    let html = |body: &str| {
        mail(
            "Content-Type: text/html; charset=utf-8\r\n",
            &format!("<html><body><p>The taxi comes.</p>{body}</body></html>"),
        )
    };
    vec![
        ("visible text that is covered", mail("", c)),
        ("a blind copy", header("Bcc")),
        ("a header of the sender's program", header("X-Mailer")),
        ("where it came from", header("X-Originating-IP")),
        ("a trace", header("Received")),
        ("an organisation", header("Organization")),
        ("an HTML comment", html(&format!("<!-- {c} -->"))),
        ("a script in HTML", html(&format!("<script>var x='{c}'</script>"))),
        ("a style in HTML", html(&format!("<style>.x{{content:'{c}'}}</style>"))),
        ("HTML that does not show", html(&format!("<div style=\"display:none\">{c}</div>"))),
        ("a hidden attribute of HTML", html(&format!("<div hidden>{c}</div>"))),
        ("an attribute of HTML", html(&format!("<p data-x=\"{c}\">x</p>"))),
        (
            "words before the parts",
            mail(
                "Content-Type: multipart/mixed; boundary=e\r\n",
                &format!("{c}\r\n--e\r\nContent-Type: text/plain\r\n\r\nThe taxi comes.\r\n--e--"),
            ),
        ),
        (
            "words after the parts",
            mail(
                "Content-Type: multipart/mixed; boundary=e\r\n",
                &format!("--e\r\nContent-Type: text/plain\r\n\r\nThe taxi comes.\r\n--e--\r\n{c}"),
            ),
        ),
        (
            "the other form of the mail",
            mail(
                "Content-Type: multipart/alternative; boundary=e\r\n",
                &format!(
                    "--e\r\nContent-Type: text/plain\r\n\r\nThe taxi comes.\r\n--e\r\nContent-Type: text/html\r\n\r\n<p>The taxi comes.</p><!-- {c} -->\r\n--e--"
                ),
            ),
        ),
    ]
}

fn scanned(format: ImageFormat) -> Vec<u8> {
    let image = DynamicImage::ImageLuma8(GrayImage::from_fn(200, 280, |x, y| {
        Luma([if x % 9 == 0 && y % 17 < 8 { 0 } else { 255 }])
    }));
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn chunk(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut checked = kind.to_vec();
    checked.extend(body);
    let mut sum = flate2::Crc::new();
    sum.update(&checked);
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&length[..], &checked, &sum.sum().to_be_bytes()].concat()
}

fn pictures(c: &str) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let png = |kind: &[u8; 4], body: Vec<u8>| {
        let mut bytes = scanned(ImageFormat::Png);
        bytes.splice(33..33, chunk(*kind, &body));
        bytes
    };
    let jpeg = |marker: u8, body: Vec<u8>| {
        let mut bytes = scanned(ImageFormat::Jpeg);
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        bytes.splice(2..2, [&[0xff, marker][..], &length, &body].concat());
        bytes
    };
    let words = |before: &str| [before.as_bytes(), c.as_bytes()].concat();
    let mut packed = flate2::write::ZlibEncoder::new(b"Comment\0\0".to_vec(), flate2::Compression::default());
    packed.write_all(c.as_bytes()).unwrap();
    let after = |format| [scanned(format), c.as_bytes().to_vec()].concat();
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0".to_vec();
    exif.extend(u32::try_from(c.len()).unwrap().to_le_bytes());
    exif.extend(b"\x1a\0\0\0\0\0\0\0");
    exif.extend(c.as_bytes());
    vec![
        ("PNG text", "a.png", png(b"tEXt", words("Author\0"))),
        ("PNG packed text", "a.png", png(b"zTXt", packed.finish().unwrap())),
        ("PNG international text", "a.png", png(b"iTXt", words("XML:com.adobe.xmp\0\0\0\0\0"))),
        ("PNG EXIF", "a.png", png(b"eXIf", exif[6..].to_vec())),
        ("bytes after a PNG", "a.png", after(ImageFormat::Png)),
        ("JPEG comment", "a.jpg", jpeg(0xfe, words(""))),
        ("JPEG EXIF", "a.jpg", jpeg(0xe1, exif)),
        ("JPEG XMP", "a.jpg", jpeg(0xe1, words("http://ns.adobe.com/xap/1.0/\0"))),
        ("JPEG IPTC", "a.jpg", jpeg(0xed, words("Photoshop 3.0\0"))),
        ("JPEG maker's data", "a.jpg", jpeg(0xec, words("Ducky"))),
        ("JPEG colour profile", "a.jpg", jpeg(0xe2, words("ICC_PROFILE\0\x01\x01"))),
        ("bytes after a JPEG", "a.jpg", after(ImageFormat::Jpeg)),
    ]
}

/// All of them: each kind with a word of its own, visible ones in three sorts of paper with covered words.
pub fn all() -> Vec<Hostile> {
    let mut out: Vec<Hostile> = Vec::new();
    let mut add = |sort: &str, name: &str, make: &dyn Fn(&str) -> Vec<(&'static str, Vec<u8>)>| {
        let count = make("x").len();
        for index in 0..count {
            let canary = canary(out.len());
            let (what, bytes) = make(&canary).swap_remove(index);
            out.push(Hostile { what: format!("{sort}: {what}"), name: name.to_owned(), bytes, canary });
        }
    };
    add("PDF", "a.pdf", &pdfs);
    add("Word", "a.docx", &words);
    add("Excel", "a.xlsx", &sheets);
    add("mail", "a.eml", &mails);
    add("picture", "a.png", &|c| pictures(c).into_iter().map(|(what, _, bytes)| (what, bytes)).collect());
    add("text", "a.txt", &|c| vec![("covered", format!("Meeting. {c} came.").into_bytes())]);
    out
}

/// Letters as hexadecimal digits, as PDF may write them.
fn hex(words: &str) -> String {
    words.bytes().fold(String::new(), |all, byte| format!("{all}{byte:02x}"))
}

/// Letters that are set one by one.
fn apart(words: &str) -> String {
    words.chars().fold(String::new(), |all, letter| format!("{all}({letter}) 0 "))
}
