//! A notice as a web page that stands on its own: one file, no script, nothing loaded from elsewhere.

use papers::pictures::Picture;
use policy::html::{Html, escape};
use policy::{Notice, TextKind};

const STYLE: &str = include_str!("notice.css");

/// The whole page. `others` are the texts of the same policy, by file stem, for the links between them.
pub(super) fn page(notice: &Notice, stem: &str, others: &[(String, TextKind)]) -> String {
    let body = Html { picture: drawn, top_level: 2 }.notice(notice);
    let easy = if notice.kind == TextKind::EasyRead { " class=\"easy-read\"" } else { "" };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title} – {charity}</title>\n<style>\n{STYLE}</style>\n</head>\n<body{easy}>\n\
         <header><p class=\"charity\">{charity}</p></header>\n<main>\n<h1>{title}</h1>\n{links}{body}</main>\n\
         <footer><p><a href=\"{stem}.pdf\">This notice as a PDF</a></p></footer>\n</body>\n</html>\n",
        language = escape(&notice.language),
        title = escape(&notice.title),
        charity = escape(&notice.charity),
        links = links(stem, others),
        stem = escape(stem),
    )
}

fn links(stem: &str, others: &[(String, TextKind)]) -> String {
    let links: Vec<String> = others
        .iter()
        .filter(|(other, _)| other != stem)
        .map(|(other, kind)| format!("<li><a href=\"{}.html\">{}</a></li>", escape(other), version(*kind)))
        .collect();
    if links.is_empty() {
        return String::new();
    }
    format!("<nav aria-label=\"Other versions\"><ul>{}</ul></nav>\n", links.concat())
}

fn version(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Full => "The whole policy",
        TextKind::Parents => "For parents and carers",
        TextKind::YoungPeople => "For young people",
        TextKind::Children => "For children",
        TextKind::EasyRead => "In Easy Read",
        TextKind::Welsh => "<span lang=\"cy\">Cymraeg</span>",
    }
}

fn drawn(name: &str) -> Option<String> {
    Picture::from_name(name).map(Picture::svg)
}
