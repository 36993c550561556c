//! Reading an HTML page the way a search engine or a curious person would: text, title, attributes, comments, scripts.

use super::matching::Matcher;
use super::{Leak, Place};

/// Leaks in a page.
pub(super) fn search(html: &str, matcher: &Matcher) -> Vec<Leak> {
    // The style that our own pages carry is known, word for word.
    let parts = Parts::of(&html.replace(crate::html::STYLE, ""));
    let mut leaks = matcher.leaks(&parts.text, &Place::Text);
    leaks.extend(matcher.leaks(&parts.title, &Place::HtmlTitle));
    leaks.extend(matcher.leaks(&parts.attributes, &Place::Attribute));
    leaks.extend(matcher.leaks(&parts.markup, &Place::Markup));
    leaks
}

#[derive(Default)]
struct Parts {
    text: String,
    title: String,
    attributes: String,
    /// Comments, doctype, and the insides of scripts and styles.
    markup: String,
}

impl Parts {
    fn of(html: &str) -> Self {
        let mut parts = Self::default();
        let mut rest = html;
        let mut in_title = false;
        while let Some(open) = rest.find('<') {
            let (words, tag) = rest.split_at(open);
            parts.words(words, in_title);
            if let Some(comment) = tag.strip_prefix("<!--") {
                let end = comment.find("-->");
                parts.markup.push_str(comment.get(..end.unwrap_or(comment.len())).unwrap_or_default());
                parts.markup.push('\n');
                rest = end.and_then(|end| comment.get(end + 3..)).unwrap_or_default();
                continue;
            }
            if !tag
                .get(1..)
                .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)))
            {
                parts.words("<", in_title);
                rest = tag.get(1..).unwrap_or_default();
                continue;
            }
            let end = end_of_tag(tag);
            let inside = tag.get(1..end).unwrap_or_default();
            rest = tag.get((end + 1).min(tag.len())..).unwrap_or_default();
            let name = parts.tag(inside);
            match name.as_str() {
                "title" => in_title = true,
                "/title" => in_title = false,
                "script" | "style" => {
                    let close = format!("</{name}");
                    let end = rest.to_ascii_lowercase().find(&close).unwrap_or(rest.len());
                    parts.markup.push_str(rest.get(..end).unwrap_or_default());
                    parts.markup.push('\n');
                    rest = rest.get(end..).unwrap_or_default();
                }
                _ => {}
            }
        }
        parts.words(rest, in_title);
        parts
    }

    fn words(&mut self, words: &str, in_title: bool) {
        let target = if in_title { &mut self.title } else { &mut self.text };
        target.push_str(&decode(words));
    }

    /// Takes a tag apart; returns its name in lower case, with a slash when it closes.
    fn tag(&mut self, inside: &str) -> String {
        let name: String = inside.chars().take_while(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        let attributes = inside.get(name.len()..).unwrap_or_default();
        self.attributes.push_str(&decode(&without_own_tokens(attributes)));
        self.attributes.push('\n');
        let plain = name.trim_matches('/');
        // Inline elements can stand inside a word; all others part words.
        let inline = [
            "a", "b", "i", "u", "s", "em", "strong", "span", "mark", "small", "sub", "sup", "abbr", "wbr", "code",
            "bdi", "bdo",
        ];
        if !inline.contains(&plain) {
            self.text.push('\n');
        }
        name.trim_end_matches('/').to_owned()
    }
}

/// The attributes of a tag without those words that our own pages are built of: classes, roles, scopes, ids of items.
fn without_own_tokens(attributes: &str) -> String {
    const STRUCTURE: [&str; 6] = [" class=\"", " id=\"", " role=\"", " scope=\"", " name=\"", " aria-labelledby=\""];
    const OWN: [&str; 30] = [
        "addressee",
        "callout",
        "col",
        "contents",
        "dateline",
        "easy-picture",
        "easy-read",
        "easy-row",
        "facts",
        "heading",
        "hidden",
        "img",
        "item",
        "left-out",
        "letter",
        "letterhead",
        "note",
        "notice",
        "organisation",
        "pack",
        "page-break",
        "paper",
        "paper-easy-read",
        "paper-foot",
        "paper-letter",
        "paper-notice",
        "paper-pack",
        "row",
        "signature",
        "viewport",
    ];
    let own = |token: &str| {
        let bare =
            token.trim_end_matches("-heading").trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        OWN.contains(&token) || OWN.contains(&bare)
    };
    let mut out = String::new();
    let mut rest = attributes;
    while let Some((at, start)) = STRUCTURE.iter().filter_map(|start| Some((rest.find(start)?, start))).min() {
        let (before, value) = rest.split_at(at + start.len());
        let end = value.find('"').unwrap_or(value.len());
        let (value, after) = value.split_at(end);
        let name_ends = before.len() - start.len() + 1;
        out.push_str(before.get(..name_ends).unwrap_or_default());
        value.split(' ').filter(|token| !own(token)).for_each(|token| {
            out.push_str(token);
            out.push(' ');
        });
        rest = after;
    }
    out.push_str(rest);
    without_names(&out)
}

/// Attributes without their names, but for `data-…`, which is anybody's to invent.
fn without_names(attributes: &str) -> String {
    let pieces = attributes.split_inclusive('=').map(|piece| {
        let Some(before) = piece.strip_suffix('=') else { return piece };
        let name = before.rfind([' ', '\n', '\t', '"', '\'', '/']).map_or(0, |at| at + 1);
        let known = before.get(name..).is_some_and(|name| !name.starts_with("data-"));
        if known { before.get(..name).unwrap_or_default() } else { piece }
    });
    pieces.collect()
}

/// The text of an XML file as search engines see it, with the values of its attributes.
pub(super) fn xml_text(xml: &str) -> String {
    let parts = Parts::of(xml);
    // What is left of the attributes are values; the addresses of vocabularies say nothing.
    let values =
        parts.attributes.split_whitespace().filter(|value| !value.contains("://") && !value.contains("adobe:ns"));
    format!("{}\n{}\n{}", parts.text, parts.title, values.collect::<Vec<_>>().join(" "))
}

/// The index of the `>` that ends the tag, minding quotation marks; the whole length when it never ends.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    // An unclosed quotation mark: fall back to the first `>`, so that the rest is still read as text.
    tag.find('>').unwrap_or(tag.len())
}

/// Text with its entities resolved: numeric ones and those that stand for letters that names have.
fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let entity = rest.get(at + 1..).unwrap_or_default();
        let end = entity.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(entity.len());
        let name = entity.get(..end).unwrap_or_default();
        if let Some(c) = resolve(name) {
            out.push(c);
            let after = entity.get(end..).unwrap_or_default();
            rest = after.strip_prefix(';').unwrap_or(after);
        } else {
            out.push('&');
            rest = entity;
        }
    }
    out.push_str(rest);
    out
}

fn resolve(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code);
    }
    if let Some(c) = accented(name) {
        return Some(c);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "shy" | "zwj" | "zwnj" => '\u{AD}',
        "ndash" | "mdash" | "hyphen" | "dash" => '-',
        "szlig" => 'ß',
        "oslash" | "Oslash" => 'o',
        "aelig" | "AElig" => 'æ',
        "lstrok" | "Lstrok" => 'ł',
        _ => return None,
    })
}

/// `eacute`, `Ouml`, `ntilde`…: the plain letter, since accents make no difference to the search.
fn accented(name: &str) -> Option<char> {
    let mut chars = name.chars();
    let letter = chars.next()?;
    let mark = chars.as_str();
    let marks = ["acute", "grave", "circ", "tilde", "uml", "cedil", "ring", "caron", "breve", "macr", "ogon", "dot"];
    (letter.is_ascii_alphabetic() && marks.contains(&mark)).then_some(letter)
}
