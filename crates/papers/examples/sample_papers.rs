//! Writes the sample papers into a folder, to look at: `cargo run -p guardbook-papers --example sample_papers -- FOLDER`.

use std::error::Error;
use std::path::PathBuf;

use papers::pack::Withheld;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let pack = papers::sample::pack();
    let finished = papers::pack::finish(
        &pack,
        &["Corwin", "Penhaligon"].map(|text| Withheld { text, may_be_read_elsewhere: false }),
    )?;
    std::fs::write(folder.join("pack.pdf"), finished.pdf)?;
    std::fs::write(folder.join("pack.html"), finished.html)?;
    std::fs::write(folder.join("pack.json"), finished.json)?;
    std::fs::write(folder.join("pack.txt"), papers::plain::to_text(&papers::pack::document(&pack)))?;
    std::fs::write(folder.join("letter.pdf"), papers::typeset::to_pdf(&papers::sample::letter())?.pdf)?;
    std::fs::write(folder.join("easy-read.pdf"), papers::typeset::to_pdf(&papers::sample::easy_read())?.pdf)?;
    Ok(())
}
