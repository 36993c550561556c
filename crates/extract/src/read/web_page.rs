//! The words of a web page, as mail carries them: those that show, and those that are set not to.
//!
//! What an element says of itself counts (`hidden`, `style`). Style sheets are not applied: words that only a sheet hides are
//! read as shown, so whoever reads the paper through sees them.

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

/// Elements inside each other; what lies deeper counts as set not to show.
const DEEP: usize = 1_000;

/// Elements without an end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose content is no text of the page.
const NO_TEXT: [&str; 7] = ["head", "noframes", "noscript", "script", "style", "template", "title"];

/// Elements that begin a line of their own.
const BLOCKS: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];

/// The words of a web page.
#[derive(Default)]
pub struct WebPage {
    /// What its reader sees.
    pub shown: String,
    /// What is set not to show.
    pub unseen: String,
}

/// How the words of an element are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Shown,
    Unseen,
    NoText,
}

/// Reads a web page. Broken ones are read as far as browsers would.
pub fn read(html: &str) -> WebPage {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = WebPage::default();
    let mut open: Vec<(HtmlString, Look)> = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => start(&tag, &mut open, &mut page),
            Token::EndTag(tag) => end(&tag.name, &mut open, &mut page),
            Token::String(text) => {
                let text = String::from_utf8_lossy(&text);
                match look(&open) {
                    Look::Shown => write(&mut page.shown, &text),
                    Look::Unseen => write(&mut page.unseen, &text),
                    Look::NoText => {}
                }
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page
}

fn look(open: &[(HtmlString, Look)]) -> Look {
    open.last().map_or(Look::Shown, |(_, look)| *look)
}

fn start(tag: &StartTag<()>, open: &mut Vec<(HtmlString, Look)>, page: &mut WebPage) {
    let is = |names: &[&str]| names.iter().any(|name| tag.name.as_slice() == name.as_bytes());
    if is(&BLOCKS) {
        line(page);
    } else if is(&["td", "th"]) {
        write(&mut page.shown, " ");
        write(&mut page.unseen, " ");
    }
    // A paragraph, an item or a cell ends where the next begins.
    let ends = |last: &[u8]| match last {
        b"p" => is(&BLOCKS),
        b"li" | b"dt" | b"dd" | b"tr" | b"td" | b"th" | b"option" => last == tag.name.as_slice(),
        _ => false,
    };
    if open.last().is_some_and(|(last, _)| ends(last)) {
        open.pop();
    }
    if is(&VOID) {
        return;
    }
    let around = look(open);
    let own = match around {
        Look::NoText => Look::NoText,
        _ if is(&NO_TEXT) => Look::NoText,
        Look::Unseen => Look::Unseen,
        Look::Shown if unseen(tag) || open.len() >= DEEP => Look::Unseen,
        Look::Shown => Look::Shown,
    };
    if open.len() <= DEEP {
        open.push((tag.name.clone(), own));
    }
}

fn end(name: &HtmlString, open: &mut Vec<(HtmlString, Look)>, page: &mut WebPage) {
    if BLOCKS.iter().any(|block| name.as_slice() == block.as_bytes()) {
        line(page);
    }
    if let Some(place) = open.iter().rposition(|(one, _)| one == name) {
        open.truncate(place);
    }
}

/// Whether an element is set not to show.
fn unseen(tag: &StartTag<()>) -> bool {
    if tag.attributes.contains_key(b"hidden".as_slice()) {
        return true;
    }
    let Some(style) = tag.attributes.get(b"style".as_slice()) else { return false };
    let style = String::from_utf8_lossy(style).to_ascii_lowercase();
    style.split(';').any(|rule| {
        let Some((name, value)) = rule.split_once(':') else { return false };
        let value = value.trim_end().trim_end_matches("!important").trim();
        let nothing = || {
            let end = value.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(value.len());
            value[..end].parse::<f32>().is_ok_and(|number| number < 0.05)
        };
        match name.trim() {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            "mso-hide" => value == "all",
            "opacity" | "font-size" => nothing(),
            _ => false,
        }
    })
}

/// Ends a line of both texts, where one was begun.
fn line(page: &mut WebPage) {
    for text in [&mut page.shown, &mut page.unseen] {
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }
}

/// Writes text with one space where there is white space.
fn write(to: &mut String, text: &str) {
    for (place, word) in text.split(|one: char| one.is_whitespace() && one != '\u{a0}').enumerate() {
        if place > 0 && !to.is_empty() && !to.ends_with([' ', '\n']) {
            to.push(' ');
        }
        to.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_shows_is_read_in_lines() {
        let page = read(
            "<html><head><title>T</title><style>p{}</style></head><body><p>One &amp; two<p>Three<br>four\
                         <table><tr><td>a<td>b<tr><td>c</table><script>var x = '<p>no</p>';</script>\n\n end",
        );
        assert_eq!(page.shown, "One & two\nThree\nfour\na b\nc\nend");
        assert_eq!(page.unseen.trim(), "");
    }

    #[test]
    fn what_is_set_not_to_show_is_apart() {
        for hidden in [
            "<div hidden>W</div>",
            "<div style='display:none'>W</div>",
            "<div style='color:red; DISPLAY : none !important'><b>W</b></div>",
            "<span style=visibility:hidden>W</span>",
            "<p style='font-size:0px'>W<p>",
            "<p style='opacity:0.0'>W</p>",
            "<div style='mso-hide:all'><div>W</div></div>",
        ] {
            let page = read(&format!("<p>Seen {hidden} <p>also seen"));
            assert_eq!((page.unseen.trim(), page.shown.contains('W')), ("W", false), "{hidden}");
            assert!(page.shown.contains("also seen"), "{hidden}");
        }
        for shown in ["<p style='opacity:0.9'>W", "<p style='font-size:0.8em'>W", "<p style='display:block'>W", "<p>W"]
        {
            assert_eq!(read(shown).shown, "W", "{shown}");
        }
    }

    #[test]
    fn broken_pages_are_read() {
        assert_eq!(read("<p><b>one</p></i>two").shown.trim(), "one\ntwo");
        assert_eq!(read("<div><p hidden>no</div>yes").shown.trim(), "yes");
        assert_eq!(read("").shown, "");
        let deep = format!("{}in{}out", "<div>".repeat(5_000), "</div>".repeat(5_000));
        assert_eq!((read(&deep).shown.trim(), read(&deep).unseen.trim()), ("out", "in"));
    }
}
