//! Bars: one measure, its target and whether it is reached, as one JSON line.
//!
//! A bar counts only while its self-test finds the faults planted for it; a bar that cannot run here says so and never passes.

use std::path::Path;

use serde_json::{Value, json};

use crate::finding::Finding;
use crate::{bombs, layers, tidy};

/// What one bar read off.
#[derive(Debug, Clone)]
pub struct Reading {
    name: &'static str,
    value: Value,
    target: &'static str,
    pass: bool,
}

impl Reading {
    /// Whether the target is reached.
    pub fn pass(&self) -> bool {
        self.pass
    }

    /// `{"name":…,"value":…,"target":…,"pass":…}`
    pub fn json_line(&self) -> String {
        json!({ "name": self.name, "value": self.value, "target": self.target, "pass": self.pass }).to_string()
    }
}

/// A bar: its name, its target in words, how it is measured, and its self-test.
struct Bar {
    name: &'static str,
    target: &'static str,
    measure: fn(&Path) -> Result<(Value, bool), String>,
    selftest: fn() -> Vec<Finding>,
}

const BARS: &[Bar] = &[
    Bar {
        name: "layers",
        target: "0 breaches",
        measure: |root| Ok(count(&layers::findings(root)?)),
        selftest: layers::selftest,
    },
    Bar {
        name: "tidy",
        target: "0 faults",
        measure: |root| Ok(count(&tidy::findings(root)?)),
        selftest: tidy::selftest,
    },
    Bar {
        name: "bombs",
        target: "at least 100 kinds of hostile files; no fault, at most 5 s and 256 MB each",
        measure: bombs::measure,
        selftest: bombs::selftest,
    },
];

fn count(findings: &[Finding]) -> (Value, bool) {
    let faults = findings.iter().filter(|finding| finding.is_fault()).count();
    (json!(faults), faults == 0)
}

/// The names of all bars.
pub fn names() -> impl Iterator<Item = &'static str> {
    BARS.iter().map(|bar| bar.name)
}

/// Measures the bar `name` in the checkout at `root`; nothing when there is no such bar.
///
/// A bar whose self-test misses a planted fault does not pass, whatever it read.
pub fn measure(name: &str, root: &Path) -> Option<Result<Reading, String>> {
    let bar = BARS.iter().find(|bar| bar.name == name)?;
    Some((bar.measure)(root).map(|(value, reached)| Reading {
        name: bar.name,
        value,
        target: bar.target,
        pass: reached && (bar.selftest)().is_empty(),
    }))
}

/// The planted faults that the bar `name` missed; nothing when there is no such bar.
pub fn selftest(name: &str) -> Option<Vec<Finding>> {
    let bar = BARS.iter().find(|bar| bar.name == name)?;
    Some((bar.selftest)())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_one_json_line_with_its_four_parts() {
        let reading = Reading { name: "layers", value: json!(0), target: "0 breaches", pass: true };
        let line: serde_json::Value = serde_json::from_str(&reading.json_line()).expect("a line of JSON");
        assert_eq!(line, json!({"name": "layers", "pass": true, "target": "0 breaches", "value": 0}));
        assert!(!reading.json_line().contains('\n'));
    }

    #[test]
    fn an_unknown_bar_is_no_bar() {
        assert!(measure("moonlight", Path::new(".")).is_none());
    }
}
