//! PDFs that lead in circles, go deep, or unpack without end.

use super::{Bomb, bomb, noise, zeros};
use crate::making::{deflated, pdf_of, pdf_with, stream};

#[expect(clippy::too_many_lines, reason = "one line for each kind")]
pub fn pdfs() -> Vec<Bomb> {
    let page = |entries: &str| format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{entries}>>").into_bytes();
    let root = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    let pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec();
    let image = |entries: &str, body: &[u8]| {
        let object = stream(&format!("/Type/XObject/Subtype/Image{entries}"), body);
        pdf_with("500 0 0 700 20 20 cm /Im Do", "", "", &[object])
    };
    let flate = |content: &[u8]| {
        pdf_of(&[
            root.clone(),
            pages.clone(),
            page("/Contents 4 0 R"),
            stream("/Filter/FlateDecode", &deflated(content)),
        ])
    };
    let chain = |times: usize| {
        let mut body = zeros(40);
        for _ in 0..times {
            body = deflated(&body);
        }
        let filters = "/FlateDecode".repeat(times);
        pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), stream(&format!("/Filter[{filters}]"), &body)])
    };
    let form_loop =
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Im 6 0 R>>>>", b"/Im Do /Im Do");
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
    let sampled =
        stream("/FunctionType 0/Domain[0 1 0 1 0 1 0 1]/Range[0 1]/Size[9999 9999 9999 9999]/BitsPerSample 32", b"x");
    let shading = b"<</PatternType 2/Shading<</ShadingType 1/ColorSpace/DeviceGray/Function 7 0 R>>>>".to_vec();
    let shaded = |function: Vec<u8>| {
        pdf_with(
            "/Pattern cs /P scn 0 0 595 842 re f",
            "",
            "/Resources<</Pattern<</P 6 0 R>>>>",
            &[shading.clone(), function],
        )
    };
    let kids: String = (0..200_000).map(|_| "3 0 R ").collect();
    vec![
        bomb(
            "pdf: pages that hold themselves",
            "a.pdf",
            pdf_of(&[root.clone(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_vec()]),
        ),
        bomb(
            "pdf: pages that hold each other",
            "a.pdf",
            pdf_of(&[
                root.clone(),
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
                b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1>>".to_vec(),
            ]),
        ),
        bomb(
            "pdf: 200,000 pages that are one",
            "a.pdf",
            pdf_of(&[root.clone(), format!("<</Type/Pages/Kids[{kids}]/Count 200000>>").into_bytes(), page("")]),
        ),
        bomb("pdf: a table that leads to itself", "a.pdf", prev.as_bytes().to_vec()),
        bomb("pdf: a table of billions", "a.pdf", huge_xref.into_bytes()),
        bomb(
            "pdf: a stream of places of billions",
            "a.pdf",
            pdf_of(&[root.clone(), pages.clone(), page(""), xref_stream]),
        ),
        bomb(
            "pdf: objects in a stream in itself",
            "a.pdf",
            pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), object_stream]),
        ),
        bomb("pdf: content of 400 MB", "a.pdf", flate(&vec![b' '; 400 << 20])),
        bomb("pdf: a million operators", "a.pdf", flate(&b"0 0 1 1 re f ".repeat(1_000_000))),
        bomb("pdf: a million states saved", "a.pdf", flate(&b"q ".repeat(1_000_000))),
        bomb("pdf: packed nine times over", "a.pdf", chain(9)),
        bomb(
            "pdf: filters without end",
            "a.pdf",
            pdf_of(&[
                root.clone(),
                pages.clone(),
                page("/Contents 4 0 R"),
                stream(&format!("/Filter[{}]", "/ASCIIHexDecode".repeat(5_000)), b"00"),
            ]),
        ),
        bomb(
            "pdf: a length that leads to itself",
            "a.pdf",
            pdf_of(&[
                root.clone(),
                pages.clone(),
                page("/Contents 4 0 R"),
                b"<</Length 4 0 R>>\nstream\nx\nendstream".to_vec(),
            ]),
        ),
        bomb(
            "pdf: a reference to itself",
            "a.pdf",
            pdf_of(&[root.clone(), pages.clone(), page("/Contents 4 0 R"), b"4 0 R".to_vec()]),
        ),
        bomb(
            "pdf: dictionaries 100,000 deep",
            "a.pdf",
            pdf_of(&[
                root.clone(),
                pages.clone(),
                page(&format!("/X{}{}", "<</X".repeat(100_000), ">>".repeat(100_000))),
            ]),
        ),
        bomb(
            "pdf: lists 100,000 deep",
            "a.pdf",
            pdf_of(&[root.clone(), pages.clone(), page(&format!("/X{}{}", "[".repeat(100_000), "]".repeat(100_000)))]),
        ),
        bomb("pdf: lists in the content, 1,000,000 deep", "a.pdf", flate(&vec![b'['; 1_000_000])),
        bomb(
            "pdf: a page of a light year",
            "a.pdf",
            pdf_of(&[root.clone(), pages.clone(), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e30 1e30]>>".to_vec()]),
        ),
        bomb(
            "pdf: a page of nothing",
            "a.pdf",
            pdf_of(&[root.clone(), pages.clone(), b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 0 0]>>".to_vec()]),
        ),
        bomb(
            "pdf: a page turned inside out",
            "a.pdf",
            pdf_of(&[
                root.clone(),
                pages.clone(),
                b"<</Type/Page/Parent 2 0 R/MediaBox[600 900 -600 -900]/Rotate 91/UserUnit 1e9>>".to_vec(),
            ]),
        ),
        bomb("pdf: a form in itself", "a.pdf", pdf_with("/Im Do", "", "", &[form_loop])),
        bomb("pdf: ten forms in each of ten", "a.pdf", pdf_with("/Im Do", "", "", &forms)),
        bomb(
            "pdf: tiles of nothing",
            "a.pdf",
            pdf_with("/Pattern cs /P scn 0 0 595 842 re f", "", "/Resources<</Pattern<</P 6 0 R>>>>", &[tiling]),
        ),
        bomb("pdf: 4,000,000 letters on a page", "a.pdf", flate_page(&letters)),
        bomb(
            "pdf: an image of billions of pixels",
            "a.pdf",
            image(
                "/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode",
                &deflated(&zeros(50)),
            ),
        ),
        bomb(
            "pdf: an image packed to 300 MB",
            "a.pdf",
            image(
                "/Width 10000/Height 10000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode",
                &deflated(&zeros(300)),
            ),
        ),
        bomb(
            "pdf: JBIG2 of noise",
            "a.pdf",
            image(
                "/Width 5000/Height 5000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode",
                &noise(20_000),
            ),
        ),
        bomb(
            "pdf: JPEG 2000 of noise",
            "a.pdf",
            image("/Width 5000/Height 5000/Filter/JPXDecode", &[&b"\xff\x4f\xff\x51"[..], &noise(20_000)].concat()),
        ),
        bomb(
            "pdf: fax of noise",
            "a.pdf",
            image(
                "/Width 20000/Height 20000/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000/Rows 2000000000>>",
                &noise(20_000),
            ),
        ),
        bomb(
            "pdf: JPEG of noise",
            "a.pdf",
            image(
                "/Width 5000/Height 5000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode",
                &[&b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03"[..], &noise(20_000)].concat(),
            ),
        ),
        bomb(
            "pdf: LZW of noise",
            "a.pdf",
            image("/Width 5000/Height 5000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/LZWDecode", &noise(20_000)),
        ),
        bomb(
            "pdf: runs of 128 over and over",
            "a.pdf",
            image(
                "/Width 9999/Height 9999/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/RunLengthDecode",
                &[129, 0].repeat(500_000),
            ),
        ),
        bomb(
            "pdf: a predictor of billions",
            "a.pdf",
            image(
                "/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000/Colors 2000000000>>",
                &deflated(&zeros(1)),
            ),
        ),
        bomb("pdf: a function 100,000 deep", "a.pdf", shaded(function)),
        bomb("pdf: a function with 10^16 samples", "a.pdf", shaded(sampled)),
        bomb(
            "pdf: a script when it opens",
            "a.pdf",
            pdf_with("", "/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "", &[]),
        ),
        bomb("pdf: a program when it opens", "a.pdf", pdf_with("", "/OpenAction<</S/Launch/F(/bin/sh)>>", "", &[])),
        bomb(
            "pdf: locked by nobody",
            "a.pdf",
            b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 99>>>>\n%%EOF"
                .to_vec(),
        ),
        bomb("pdf: only its first line", "a.pdf", b"%PDF-1.7".to_vec()),
        bomb("pdf: 2,000,000 ends", "a.pdf", [b"%PDF-1.7\n".to_vec(), b"%%EOF\n".repeat(300_000)].concat()),
        bomb(
            "pdf: 300,000 objects of the same number",
            "a.pdf",
            [b"%PDF-1.7\n".to_vec(), b"1 0 obj<<>>endobj\n".repeat(300_000)].concat(),
        ),
    ]
}

fn flate_page(content: &str) -> Vec<u8> {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec()];
    objects.push(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
    );
    objects.push(stream("/Filter/FlateDecode", &deflated(content.as_bytes())));
    objects.push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec());
    pdf_of(&objects)
}

/// A page with text in this font, which may name objects from 6 on.
fn in_font(font: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_vec(),
        stream("", b"BT /F1 12 Tf 72 700 Td (abcdefgh) Tj ET"),
        font.as_bytes().to_vec(),
    ];
    objects.extend_from_slice(more);
    pdf_of(&objects)
}

/// Fonts that draw themselves, or that say more of their letters than there are letters.
pub fn fonts() -> Vec<Bomb> {
    let own = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[1]\
               /Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>";
    let glyph = stream("", b"9 0 d0 BT /F1 1 Tf (aaaaaaaaaa) Tj ET");
    let wide =
        format!("<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 0/LastChar 255/Widths[{}]>>", "1e38 ".repeat(256));
    let ranges = format!("begincmap 1 beginbfrange {} endbfrange endcmap", "<00> <ffffffff> <0000> ".repeat(200_000));
    let letters = format!("begincmap 1 beginbfchar <61> <{}> endbfchar endcmap", "0061".repeat(1_000_000));
    let mapped = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>";
    let many = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R/DescendantFonts[7 0 R]/ToUnicode 6 0 R>>";
    let uses_itself = stream(
        "/Type/CMap/CMapName/X/UseCMap 6 0 R",
        b"/X usecmap begincodespacerange <00> <ffffffff> endcodespacerange",
    );
    let descendant =
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>\
                       /W[0 2147483647 1000]>>"
            .to_vec();
    vec![
        bomb("pdf: a font that draws itself", "a.pdf", in_font(own, &[glyph])),
        bomb("pdf: letters of a light year", "a.pdf", in_font(&wide, &[])),
        bomb("pdf: billions of letters mapped", "a.pdf", in_font(mapped, &[stream("", ranges.as_bytes())])),
        bomb("pdf: a letter that is a million", "a.pdf", in_font(mapped, &[stream("", letters.as_bytes())])),
        bomb("pdf: a map of letters that uses itself", "a.pdf", in_font(many, &[uses_itself, descendant])),
        bomb("pdf: a font of noise", "a.pdf", font_of_noise()),
    ]
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
