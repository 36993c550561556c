//! Tables in the shapes in which they come, and in shapes that are meant to hurt.

use std::io::Write;

use super::*;

fn one(bytes: &[u8]) -> Vec<Vec<String>> {
    sheets("table.csv", bytes).unwrap().remove(0).rows
}

/// A workbook of these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn xlsx(rows: &str) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Old\" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/></sheets></workbook>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            ),
        ),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData/></worksheet>",
        ),
    ])
}

#[test]
fn utf_8_utf_16_and_windows_letters_are_read_with_and_without_a_mark() {
    let words = "name,town\r\nSiân,Łódź\r\n";
    let utf16 = |big: bool| -> Vec<u8> {
        words.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    for bytes in [
        words.as_bytes().to_vec(),
        marked(b"\xef\xbb\xbf", words.as_bytes().to_vec()),
        marked(b"\xff\xfe", utf16(false)),
        marked(b"\xfe\xff", utf16(true)),
        utf16(false),
        utf16(true),
    ] {
        assert_eq!(one(&bytes), [vec!["name", "town"], vec!["Siân", "Łódź"]]);
    }
    let windows = sheets("t.csv", b"name\nSi\xe2n O\x92Hara\n").unwrap().remove(0);
    assert_eq!((windows.rows[1][0].as_str(), windows.guessed), ("Siân O’Hara", Some("Windows-1252")));
}

#[test]
fn commas_semicolons_and_tabs_separate_and_rows_keep_their_numbers() {
    for separator in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["\"first\nname\"|born", "Ann|1", "", "", "\"Cee \"\"C\"\"\nDee\"|2", ""]
                .join(end)
                .replace('|', separator);
            let rows = one(text.as_bytes());
            assert_eq!(rows.len(), 5, "{separator:?} {end:?}");
            assert_eq!((rows[1][0].as_str(), rows[4][0].as_str(), rows[4][1].as_str()), ("Ann", "Cee \"C\"\nDee", "2"));
            assert!(rows[2].is_empty() && rows[3].is_empty());
        }
    }
}

#[test]
fn quotes_that_do_not_close_are_told_and_never_swallow_the_rows_below() {
    for (text, wrong) in [
        ("name,street\n\"Ann Bee,1 High St\nCee Dee,x\n", 2),
        ("name\nAnn\n\"Cee\" Dee\n", 3),
        ("name,street\nAnn,\"x\n", 2),
        ("name\n\nAnn\n\"", 4),
    ] {
        assert!(
            matches!(sheets("t.csv", text.as_bytes()), Err(TableError::Broken { row, .. }) if row == wrong),
            "{text}"
        );
    }
    for text in ["name\nAnn \"Annie\" Bee\n", "name\n\"Ann \"\"A\"\" Bee\"", "name,x\n,\"\"\n"] {
        assert!(sheets("t.csv", text.as_bytes()).is_ok(), "{text}");
    }
}

#[test]
fn a_workbook_gives_its_sheets_with_days_as_this_country_writes_them() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Name</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Born</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Ada</t></is></c><c r=\"B3\" s=\"1\"><v>41700</v></c><c r=\"D3\"><v>1632960001</v></c></row>";
    let read = sheets("people.xlsx", &xlsx(rows)).unwrap();
    assert_eq!(
        (read[0].name.as_str(), read[0].hidden, read[1].name.as_str(), read[1].hidden),
        ("People", false, "Old", true)
    );
    assert!(read[0].rows[1].is_empty());
    assert_eq!(read[0].rows[2], ["Ada", "2/3/2014", "", "1632960001"]);
}

#[test]
fn an_opendocument_sheet_is_read_without_its_remarks_and_repeats() {
    let content = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">\
        <style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
        <table:table table:name=\"People\" table:style-name=\"ta1\">\
        <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>Born</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
        <table:table-row><table:table-cell><office:annotation><text:p>ask her mother</text:p></office:annotation><text:p>Ada &amp; B</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2014-03-02\"><text:p>02.03.14</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048572\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
        <table:table table:name=\"Old\" table:style-name=\"ta2\"/></office:document-content>";
    let read = sheets("people.ods", &packed(&[("content.xml", content)])).unwrap();
    assert_eq!(read[0].rows.len(), 4);
    assert_eq!(read[0].rows[3], ["Ada & B", "2/3/2014"]);
    assert!(read[1].hidden && !read[0].hidden);
}

#[test]
fn what_is_no_table_or_means_to_hurt_is_refused_in_words() {
    let far = xlsx("<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
    let wide = "<d xmlns:table=\"t\" xmlns:text=\"x\"><table:table><table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>x</text:p></table:table-cell></table:table-row></table:table></d>";
    let tall = "<d xmlns:table=\"t\" xmlns:text=\"x\"><table:table><table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table></d>";
    for bytes in [far, packed(&[("content.xml", wide)]), packed(&[("content.xml", tall)])] {
        assert!(matches!(sheets("t", &bytes), Err(TableError::TooLarge(_))));
    }
    for bytes in [
        &b"PK\x03\x04..."[..],
        b"\xd0\xcf\x11\xe0",
        b"%PDF-1.7",
        &packed(&[("content.xml", "<a><b")]),
        &packed(&[("xl/workbook.xml", "nothing")]),
        &packed(&[("word/document.xml", "<w/>")]),
    ] {
        let refused = sheets("people.xlsx", bytes).unwrap_err().to_string();
        assert!(
            refused.contains("save it again") || refused.contains("Save the table") || refused.contains("Export"),
            "{refused}"
        );
    }
}
