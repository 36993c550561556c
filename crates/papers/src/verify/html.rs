//! Reading an HTML page the way a search engine or a curious person would: text, title, attributes, comments, scripts.

use super::matching::Matcher;
use super::{Leak, Place};

/// Leaks in a page.
pub(super) fn search(html: &str, matcher: &Matcher) -> Vec<Leak> {
    let parts = Parts::of(html);
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
        self.attributes.push_str(&decode(attributes));
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
        match resolve(name) {
            Some(c) => {
                out.push(c);
                let after = entity.get(end..).unwrap_or_default();
                rest = after.strip_prefix(';').unwrap_or(after);
            }
            None => {
                out.push('&');
                rest = entity;
            }
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
