//! What the built files must be, whoever built them.

use super::*;

fn css() -> String {
    let asset = by_path(stylesheet()).unwrap();
    String::from_utf8(asset.bytes.to_vec()).unwrap()
}

#[test]
fn every_page_has_a_stylesheet_a_script_a_font_and_a_mark() {
    for path in [stylesheet(), script(), font(), mark()] {
        assert!(by_path(path).is_some_and(|asset| !asset.bytes.is_empty()), "{path:?} is missing");
    }
}

#[test]
fn the_name_of_a_file_changes_with_its_content() {
    for asset in ALL {
        let hash = asset.path.rsplit_once('-').unwrap().1.split_once('.').unwrap().0;
        assert_eq!(hash.len(), 12, "{}", asset.path);
        assert!(hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{}", asset.path);
    }
}

#[test]
fn nothing_of_the_government_brand_is_left() {
    let css = css();
    for mark in ["GDS Transport", "crest", "crown", "govuk-header", "govuk-footer", "1d70b8", "ffdd00"] {
        assert!(!css.contains(mark), "{mark} is in the stylesheet");
    }
}

#[test]
fn no_file_asks_another_host_for_anything() {
    for asset in ALL.iter().filter(|asset| matches!(asset.kind, Kind::Script | Kind::Picture)) {
        let text = String::from_utf8_lossy(asset.bytes).replace("http://www.w3.org/2000/svg", "");
        assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("url(//"), "{}", asset.path);
    }
    let css = css();
    assert!(!css.contains("@import"));
    for (at, _) in css.match_indices("url(") {
        assert!(css[at + 4..].trim_start_matches('"').starts_with("/assets/"), "{}", &css[at..at + 40]);
    }
}

#[test]
fn a_page_weighs_at_most_80_kilobytes_packed() {
    let packed = |path| by_path(path).map(|asset| asset.gzip.unwrap_or(asset.bytes).len()).unwrap();
    let weight = packed(stylesheet()) + packed(script()) + packed(font()) + packed(mark());
    assert!(weight <= 70_000, "{weight} bytes, and the page itself needs some of the 80,000 too");
}

#[test]
fn pictures_are_drawings_without_scripts_or_links() {
    let names: Vec<_> = pictures().map(|asset| asset.name).collect();
    assert!(names.len() >= 24, "{names:?}");
    for asset in pictures() {
        let text = std::str::from_utf8(asset.bytes).unwrap();
        assert!(text.starts_with("<svg"), "{}", asset.name);
        assert!(
            !["<script", "href", "onload", "<foreignObject", "<style"].iter().any(|bad| text.contains(bad)),
            "{}",
            asset.name
        );
    }
}

#[test]
fn packed_copies_are_smaller_than_the_file() {
    for asset in ALL.iter().filter(|asset| asset.bytes.len() > 1000) {
        for copy in [asset.gzip, asset.brotli].into_iter().flatten() {
            assert!(copy.len() < asset.bytes.len(), "{}", asset.path);
        }
    }
}

#[test]
fn the_lockfile_names_no_registry() {
    let lockfile = include_str!("../package-lock.json");
    assert!(!lockfile.contains("\"resolved\""), "npm install with --omit-lockfile-registry-resolved");
    assert!(!lockfile.contains("registry"));
}

#[test]
fn the_licences_of_others_are_told_in_full() {
    assert!(NOTICES.iter().any(|notice| notice.name == "govuk-frontend" && notice.text.contains("AS IS")));
    assert!(NOTICES.iter().any(|notice| notice.text.contains("SIL OPEN FONT LICENSE")));
}

/// Relative luminance of a colour like `#1b1f2a` (WCAG 2.2, "relative luminance").
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn token(name: &str) -> &'static str {
    let tokens = include_str!("../scss/_tokens.scss");
    let line = tokens.lines().find(|line| line.starts_with(&format!("${name}:"))).unwrap();
    line.split_once(':').unwrap().1.trim().trim_end_matches(';')
}

#[test]
fn words_can_be_read_on_every_ground_they_stand_on() {
    let pairs = [
        ("ink", "white"),
        ("ink", "paper"),
        ("muted", "white"),
        ("muted", "paper"),
        ("link", "white"),
        ("link", "paper"),
        ("visited", "white"),
        ("visited", "paper"),
        ("white", "button"),
        ("white", "button-dark"),
        ("white", "danger"),
        ("danger", "white"),
        ("danger", "danger-tint"),
        ("ink", "danger-tint"),
        ("warning", "warning-tint"),
        ("success", "success-tint"),
        ("brand", "brand-tint"),
        ("brand", "paper"),
        ("muted", "danger-tint"),
        ("white", "brand"),
        ("ink", "amber"),
    ];
    for (words, ground) in pairs {
        let contrast = contrast(token(words), token(ground));
        assert!(contrast >= 4.5, "{words} on {ground}: {contrast:.2}, needs 4.5 (WCAG 1.4.3)");
    }
    for ground in ["white", "paper"] {
        let contrast = contrast(token("input-border"), token(ground));
        assert!(contrast >= 3.0, "input border on {ground}: {contrast:.2}, needs 3 (WCAG 1.4.11)");
    }
}
