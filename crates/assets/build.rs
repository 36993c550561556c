//! Builds the stylesheet, script, font and pictures and writes the table that `src/lib.rs` includes.
//!
//! npm runs in a copy inside `OUT_DIR`, so that nothing is written beside the sources. `GUARDBOOK_ASSETS_DIR`
//! names a folder built earlier (`build.mjs` writes it); Node is not needed then.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCES: [&str; 6] = ["package.json", "package-lock.json", "build.mjs", "scss", "js", "pictures"];
const READY_MADE: &str = "GUARDBOOK_ASSETS_DIR";

fn main() {
    // Printed by hand: a returned error would be shown escaped and on one line.
    if let Err(error) = build() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={READY_MADE}");
    println!("cargo::rerun-if-changed=build.rs");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let dist = match std::env::var_os(READY_MADE) {
        Some(folder) => {
            let folder = PathBuf::from(folder);
            println!("cargo::rerun-if-changed={}", folder.display());
            folder
        }
        None => build_in(&out.join("site"))?,
    };
    let manifest = dist.join("manifest.tsv");
    let manifest = fs::read_to_string(&manifest).map_err(|error| {
        format!("{}: {error}. {READY_MADE} must name a folder that build.mjs wrote.", manifest.display())
    })?;
    fs::write(out.join("table.rs"), table(&dist, &manifest)?)?;
    Ok(())
}

/// Copies the sources to `site`, installs what the lockfile names, builds, and returns the folder of the results.
fn build_in(site: &Path) -> Result<PathBuf, Box<dyn Error>> {
    fs::create_dir_all(site)?;
    let installed = site.join("installed-lockfile.json");
    let lockfile = fs::read("package-lock.json")?;
    for source in SOURCES {
        copy(Path::new(source), &site.join(source))?;
    }
    // The lockfile of the last good installation is written last: an interrupted `npm ci` runs again.
    if fs::read(&installed).ok().as_deref() != Some(&lockfile[..]) {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        run(Command::new(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(site), "npm")?;
        fs::write(&installed, &lockfile)?;
    }
    let dist = site.join("dist");
    run(Command::new("node").arg("build.mjs").arg(&dist).current_dir(site), "Node.js")?;
    println!("cargo::rustc-env=GUARDBOOK_NODE_MODULES={}", site.join("node_modules").display());
    Ok(dist)
}

/// Runs one command and says plainly what is missing when it cannot.
fn run(command: &mut Command, tool: &str) -> Result<(), Box<dyn Error>> {
    let output = command.output().map_err(|error| {
        format!(
            "{tool} could not be started ({error}). Guardbook's pages are built with Node.js 20 or later and npm. \
             On Debian or Ubuntu: apt install nodejs npm. Or set {READY_MADE} to a folder with ready-made assets."
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<_> = said.lines().rev().take(30).collect();
    let last = last.into_iter().rev().collect::<Vec<_>>().join("\n");
    Err(format!("{tool} failed ({}). It said:\n{last}", output.status).into())
}

fn copy(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    if from.is_dir() {
        // A file that was removed from the sources must not live on in the copy.
        if to.exists() {
            fs::remove_dir_all(to)?;
        }
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        fs::copy(from, to).map_err(|error| format!("{}: {error}", from.display()))?;
    }
    Ok(())
}

/// The Rust source of the table: one entry for each line of the manifest, in its order.
fn table(dist: &Path, manifest: &str) -> Result<String, Box<dyn Error>> {
    let mut source = String::from("/// Every file that pages can ask for.\npub static ALL: &[Asset] = &[\n");
    for line in manifest.lines() {
        let [kind, name, file, media_type] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("manifest.tsv: four columns expected in {line:?}").into());
        };
        let variant = match kind {
            "stylesheet" => "Stylesheet",
            "script" => "Script",
            "font" => "Font",
            "picture" => "Picture",
            other => return Err(format!("manifest.tsv: unknown kind {other:?}").into()),
        };
        let path = dist.join(file);
        let packed = |ending: &str| {
            let packed = dist.join(format!("{file}.{ending}"));
            if packed.exists() {
                format!("Some(include_bytes!({:?}))", packed.display().to_string())
            } else {
                "None".to_owned()
            }
        };
        writeln!(
            source,
            "    Asset {{ kind: Kind::{variant}, name: {name:?}, path: {:?}, media_type: {media_type:?}, \
             bytes: include_bytes!({:?}), gzip: {}, brotli: {} }},",
            format!("/assets/{file}"),
            path.display().to_string(),
            packed("gz"),
            packed("br"),
        )?;
    }
    source.push_str("];\n");
    Ok(source)
}
