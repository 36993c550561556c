//! Reads one paper as the server does, and prints what came out: to look at a reader while working on it.

use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [first, rest @ ..] if first == extract::child::ARGUMENT => extract::child::run(rest),
        [file] => match show(file) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let _ = writeln!(io::stderr(), "{error}");
                ExitCode::FAILURE
            }
        },
        _ => ExitCode::from(2),
    }
}

fn show(file: &str) -> io::Result<()> {
    let worker = extract::Worker::new(std::env::current_exe()?);
    let bytes = std::fs::read(file)?;
    let reading = worker.read(file, &bytes).map_err(io::Error::other)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", reading.text)?;
    for page in &reading.pages {
        writeln!(out, "page {} x {}, {} words, scan {}", page.width, page.height, page.words.len(), page.scan)?;
        for word in page.words.iter().take(5) {
            writeln!(out, "  {:?} {:?}", &reading.text[word.start..word.end], word)?;
        }
    }
    for hidden in &reading.hidden {
        writeln!(out, "{:?} | {} | {}", hidden.sort, hidden.place, hidden.text)?;
    }
    for inside in &reading.inside {
        writeln!(out, "inside {} ({} bytes)", inside.name, inside.bytes.len())?;
    }
    for trouble in &reading.troubles {
        writeln!(out, "trouble: {trouble}")?;
    }
    if let Ok(image) = worker.page(file, &bytes, 0, 100) {
        let path = std::env::temp_dir().join("page.png");
        std::fs::write(&path, &image.png)?;
        writeln!(out, "page image {} x {} in {}", image.width, image.height, path.display())?;
    }
    Ok(())
}
