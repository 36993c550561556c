//! Where somebody goes after a step: to a place of ours, never to one that an address brought along.

/// A path of our own, or none. Only visible ASCII; no second slash or backslash at the start, which browsers take
/// for another host; no sign-in page, which would send people in a circle.
pub fn local_path(to: &str) -> Option<&str> {
    let plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let own = to.starts_with('/') && !to.starts_with("//");
    let circle = ["/sign-in", "/sign-out", "/step-up", "/hide", "/welcome", "/first-run"]
        .iter()
        .any(|start| to.starts_with(start));
    (plain && own && !circle && to.len() <= 500).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        for own in ["/today", "/people/0123?done=saved", "/admin/accounts", "/"] {
            assert_eq!(local_path(own), Some(own));
        }
        for foreign in [
            "",
            "today",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "https://evil.example/",
            "/\tevil",
            "/a\r\nSet-Cookie: x=y",
            "javascript:alert(1)",
            "/sign-in/code",
            "/step-up?to=/step-up",
            "/sign-out",
            "/ü",
        ] {
            assert_eq!(local_path(foreign), None, "{foreign:?}");
        }
    }
}
