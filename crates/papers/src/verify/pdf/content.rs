//! The text of a page, read from its drawing instructions through the fonts' own tables.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object};

/// What a page's instructions say.
#[derive(Default)]
pub(super) struct Read {
    /// The text shown, whether or not something is painted over it.
    pub(super) text: String,
    /// Texts in marked content: replacement and alternative texts.
    pub(super) properties: String,
}

/// A font that does not say which letters it shows, or instructions that cannot be read.
#[derive(Debug)]
pub(super) struct Unreadable;

/// A gap in a line of glyphs that parts words, in thousandths of the type size.
const GAP: f32 = -180.0;

/// The fonts of a file with their tables of letters, each read once. `None` for a font whose letters cannot be known.
#[derive(Default)]
pub(super) struct Fonts<'d> {
    /// By where the font's dictionary lies in the loaded file.
    known: HashMap<*const Dictionary, Option<Rc<Encoding<'d>>>>,
}

impl<'d> Fonts<'d> {
    fn encoding(&mut self, document: &'d Document, font: &'d Dictionary) -> Option<Rc<Encoding<'d>>> {
        let read = || {
            let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
            let explained = !composite || font.has(b"ToUnicode");
            if explained { font.get_font_encoding(document).ok().map(Rc::new) } else { None }
        };
        self.known.entry(std::ptr::from_ref(font)).or_insert_with(read).clone()
    }
}

/// Reads drawing instructions.
pub(super) fn read<'d>(
    document: &'d Document,
    bytes: &[u8],
    page_fonts: &BTreeMap<Vec<u8>, &'d Dictionary>,
    fonts: &mut Fonts<'d>,
) -> Result<Read, Unreadable> {
    let content = Content::decode(bytes).map_err(|_| Unreadable)?;
    let mut reader = Reader { fonts: BTreeMap::new(), current: None, read: Read::default() };
    for (name, font) in page_fonts {
        reader.fonts.insert(name, fonts.encoding(document, font));
    }
    for operation in &content.operations {
        reader.operation(operation)?;
    }
    Ok(reader.read)
}

struct Reader<'p, 'd> {
    fonts: BTreeMap<&'p [u8], Option<Rc<Encoding<'d>>>>,
    current: Option<Vec<u8>>,
    read: Read,
}

impl Reader<'_, '_> {
    fn operation(&mut self, operation: &Operation) -> Result<(), Unreadable> {
        let operands = operation.operands.as_slice();
        match (operation.operator.as_str(), operands) {
            ("Tf", [Object::Name(name), ..]) => self.current = Some(name.clone()),
            ("BT" | "Td" | "TD" | "Tm" | "T*", _) => self.read.text.push('\n'),
            ("Tj", [Object::String(bytes, _)]) => self.show(bytes)?,
            ("'", [Object::String(bytes, _)]) | ("\"", [_, _, Object::String(bytes, _)]) => {
                self.read.text.push('\n');
                self.show(bytes)?;
            }
            ("TJ", [Object::Array(pieces)]) => {
                for piece in pieces {
                    match piece {
                        Object::String(bytes, _) => self.show(bytes)?,
                        number if number.as_float().is_ok_and(|gap| gap < GAP) => self.read.text.push(' '),
                        _ => {}
                    }
                }
            }
            ("BDC" | "DP", operands) => operands.iter().for_each(|operand| self.property(operand)),
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        let font = self.current.as_deref().and_then(|name| self.fonts.get(name));
        match font {
            Some(Some(encoding)) => match Document::decode_text(encoding, bytes) {
                Ok(text) => self.read.text.push_str(&text),
                Err(_) => return Err(Unreadable),
            },
            Some(None) if !bytes.is_empty() => return Err(Unreadable),
            // No font chosen, or one that the page does not list: viewers guess; read the bytes as letters.
            _ => self.read.text.push_str(&super::latin1(bytes)),
        }
        Ok(())
    }

    fn property(&mut self, operand: &Object) {
        match operand {
            Object::String(bytes, _) => {
                self.read.properties.push_str(&super::string_text(bytes));
                self.read.properties.push('\n');
            }
            Object::Dictionary(entries) => entries.iter().for_each(|(_, value)| self.property(value)),
            Object::Array(entries) => entries.iter().for_each(|value| self.property(value)),
            _ => {}
        }
    }
}
