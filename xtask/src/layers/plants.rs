//! The layer check's own check: wrong metadata that it must find.

use serde_json::{Value, json};

use super::rules::ARROWS;
use super::{check, members};
use crate::finding::{Finding, unseen};

/// Who names what wrongly, in which kind of dependency; ours begin with `guardbook-`.
const PLANTS: &[(&str, &str, Option<&str>)] = &[
    ("clock", "guardbook-book", None),
    ("duties", "guardbook-web", None),
    ("web", "guardbook-book", None),
    ("records", "guardbook-policy", None),
    ("access", "guardbook-book", None),
    ("vault", "guardbook-ledger", None),
    ("duties", "guardbook-testkit", None),
    ("policy", "guardbook-duties", Some("build")),
    ("duties", "sqlx", None),
    ("guardbook", "sqlx-core", None),
    ("book", "aes-gcm", None),
    ("book", "chacha20poly1305", None),
    ("ledger", "aws-lc-rs", None),
    ("duties", "axum", None),
    ("assets", "axum-core", Some("build")),
    ("web", "typst", None),
    ("duties", "typst-pdf", None),
    ("papers", "object_store", None),
    ("web", "cedar-policy", None),
    ("vault", "ed25519-dalek", None),
    ("clock", "tokio", None),
    ("records", "tracing", None),
];

/// Plants one breach after another in otherwise clean metadata; a finding is a plant that went unseen.
pub fn selftest() -> Vec<Finding> {
    let mut missed = false_alarms();
    for (member, names, kind) in PLANTS {
        let called = format!("{member} names {names}");
        let wanted = format!("`{}`", names.trim_start_matches("guardbook-"));
        missed.extend(unseen(&called, &judge(&planted(member, names, *kind)), &wanted));
    }
    missed.extend(unseen("a crate without a row", &judge(&planted("attic", "serde", None)), "has no row"));
    missed.extend(unseen("a row without a crate", &judge(&json!({ "packages": [] })), "which is no crate"));
    missed
}

/// What is allowed must not be found: each crate naming just what it may, and a test reaching across.
fn false_alarms() -> Vec<Finding> {
    let alarms = [judge(&clean()), judge(&planted("clock", "guardbook-testkit", Some("dev")))].concat();
    alarms.iter().map(|alarm| Finding::fault("clean metadata", format!("a false alarm: {alarm}"))).collect()
}

fn judge(metadata: &Value) -> Vec<Finding> {
    match members(metadata) {
        Ok(members) => check(&members),
        Err(fault) => vec![Finding::fault("self-test metadata", fault)],
    }
}

/// Every crate of the rules, each naming just what it may.
fn clean() -> Value {
    let packages: Vec<Value> = ARROWS
        .iter()
        .map(|(name, allowed)| {
            let ours = |other: &&str| json!({ "name": format!("guardbook-{other}"), "kind": null, "path": "in/the/workspace" });
            json!({ "name": format!("guardbook-{name}"), "dependencies": allowed.iter().map(ours).collect::<Vec<_>>() })
        })
        .collect();
    json!({ "packages": packages })
}

/// Clean metadata with one more dependency for `member` (a new package when there is none of that name).
fn planted(member: &str, names: &str, kind: Option<&str>) -> Value {
    let path = names.starts_with("guardbook-").then_some("in/the/workspace");
    let dependency = json!({ "name": names, "kind": kind, "path": path });
    let name = format!("guardbook-{member}");
    let mut metadata = clean();
    let Some(packages) = metadata["packages"].as_array_mut() else {
        return metadata;
    };
    match packages.iter_mut().find(|package| package["name"] == name.as_str()) {
        Some(package) => {
            if let Some(dependencies) = package["dependencies"].as_array_mut() {
                dependencies.push(dependency);
            }
        }
        None => packages.push(json!({ "name": name, "dependencies": [dependency] })),
    }
    metadata
}
