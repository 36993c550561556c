//! Walking through the XML of office documents: local names, no entities but the five and numbers, and bounded depth.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::{Refused, limits};

/// What is met on the way.
pub enum Step<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element of this name ends.
    Close(&'a str),
    /// Text.
    Text(&'a str),
}

/// An element that begins.
pub struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute of this name, prefix or not.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0.attributes().with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == name).map(
            |one| one.normalized_value(XmlVersion::Explicit1_0).map_or_else(|_| one.value.to_string(), Cow::into_owned),
        )
    }

    /// Whether a switch is on: there, and neither off nor false nor nought.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off"))
    }
}

/// XML as text, whatever its encoding.
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xff, 0xfe, ..] => Cow::Owned(encoding_rs::UTF_16LE.decode(bytes).0.into_owned()),
        [0xfe, 0xff, ..] => Cow::Owned(encoding_rs::UTF_16BE.decode(bytes).0.into_owned()),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// Walks through XML from its beginning to its end.
///
/// # Errors
/// Where it is broken or too deep. What came before was walked through.
pub fn walk(bytes: &[u8], mut step: impl FnMut(Step<'_>)) -> Result<(), Refused> {
    let text = text_of(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|_| Refused::Damaged)? {
            Event::Start(element) => {
                depth += 1;
                if depth > limits::XML_DEPTH {
                    return Err(Refused::Damaged);
                }
                step(Step::Open(Element(&element)));
            }
            Event::Empty(element) => {
                step(Step::Open(Element(&element)));
                step(Step::Close(element.local_name().into_inner()));
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                step(Step::Close(element.local_name().into_inner()));
            }
            Event::Text(text) => step(Step::Text(&text.xml10_content())),
            Event::CData(text) => step(Step::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => step(Step::Text(&entity(&reference))),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The five entities that every XML has, and numbers. Others are as if they were not there: they are how bombs are made.
fn entity(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match reference.borrow().into_inner().as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        _ => "",
    }
    .to_owned()
}

/// The values of all attributes, as far as they are shown in a list.
pub fn values_of(part: &[u8]) -> String {
    let mut all = String::new();
    let _ = walk(part, |step| {
        let Step::Open(element) = step else { return };
        for one in element.0.attributes().with_checks(false).flatten() {
            if all.len() < limits::HIDDEN_TEXT * 2 && !one.key.as_ref().starts_with("xmlns") {
                all.push_str(&one.value);
                all.push(' ');
            }
        }
    });
    all
}
