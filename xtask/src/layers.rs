//! Which crate may name which: the arrows of ARCHITECTURE.md, held against `cargo metadata`.
//!
//! Normal and build dependencies are checked; dev-dependencies are free (tests may reach across).

mod plants;
mod rules;

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::finding::Finding;
pub use plants::selftest;
use rules::{ARROWS, KEPT_TO, PURE, PURE_NEVER};

/// A package of the workspace and what it names outside of tests.
#[derive(Debug, Clone)]
struct Member {
    name: String,
    names: Vec<Named>,
}

#[derive(Debug, Clone)]
struct Named {
    name: String,
    in_workspace: bool,
}

/// Breaches of the layer rules in the checkout at `root`.
///
/// Fails when `cargo metadata` does or gives something unreadable.
pub fn findings(root: &Path) -> Result<Vec<Finding>, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .map_err(|fault| format!("cargo metadata did not start: {fault}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value =
        serde_json::from_slice(&output.stdout).map_err(|fault| format!("cargo metadata is not JSON: {fault}"))?;
    Ok(check(&members(&metadata)?))
}

fn members(metadata: &Value) -> Result<Vec<Member>, String> {
    let packages = metadata["packages"].as_array().ok_or("cargo metadata has no packages")?;
    packages.iter().map(member).collect()
}

fn member(package: &Value) -> Result<Member, String> {
    let name = package["name"].as_str().ok_or("a package without a name")?;
    let dependencies = package["dependencies"].as_array().ok_or("a package without dependencies")?;
    let names = dependencies
        .iter()
        .filter(|dependency| dependency["kind"].as_str() != Some("dev"))
        .map(|dependency| Named {
            name: short(dependency["name"].as_str().unwrap_or_default()),
            in_workspace: dependency["path"].is_string(),
        })
        .collect();
    Ok(Member { name: short(name), names })
}

/// `guardbook-clock` is spoken of as `clock`; the executable keeps its name.
fn short(package: &str) -> String {
    package.strip_prefix("guardbook-").unwrap_or(package).to_owned()
}

fn check(members: &[Member]) -> Vec<Finding> {
    let mut found = Vec::new();
    for member in members {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == member.name) else {
            found.push(Finding::fault(place(member), "has no row in xtask/src/layers/rules.rs: say what it may name"));
            continue;
        };
        for named in &member.names {
            found.extend(arrow_breach(member, named, allowed));
            found.extend(library_breach(member, named));
        }
    }
    for (row, _) in ARROWS {
        if !members.iter().any(|member| member.name == *row) {
            found
                .push(Finding::fault("xtask/src/layers/rules.rs", format!("has a row for `{row}`, which is no crate")));
        }
    }
    found
}

fn arrow_breach(member: &Member, named: &Named, allowed: &[&str]) -> Option<Finding> {
    let wrong = named.in_workspace && !allowed.contains(&named.name.as_str());
    wrong.then(|| Finding::fault(place(member), format!("must not name the crate `{}`", named.name)))
}

fn library_breach(member: &Member, named: &Named) -> Option<Finding> {
    if named.in_workspace {
        return None;
    }
    let home = KEPT_TO.iter().find(|(library, _)| matches(library, &named.name));
    if let Some((_, homes)) = home.filter(|(_, homes)| !homes.contains(&member.name.as_str())) {
        return Some(Finding::fault(
            place(member),
            format!("must not name `{}`, which belongs in {}", named.name, homes.join(" and ")),
        ));
    }
    let impure = PURE.contains(&member.name.as_str()) && PURE_NEVER.contains(&named.name.as_str());
    impure.then(|| Finding::fault(place(member), format!("is pure and must not name `{}`", named.name)))
}

/// A rule is a library's name, or the start of several names before a `*`.
fn matches(rule: &str, library: &str) -> bool {
    rule.strip_suffix('*').map_or(rule == library, |start| library.starts_with(start))
}

fn place(member: &Member) -> String {
    format!("crate {}", member.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_planted_breach_of_the_layers_is_found() {
        assert_eq!(selftest(), []);
    }

    #[test]
    fn this_workspace_keeps_its_layers() {
        assert_eq!(findings(&crate::root()), Ok(vec![]));
    }
}
