//! Writes random plans and reports into a folder, for measuring what takes many documents.
//!
//! `cargo run --release --example generate -- FOLDER COUNT`: COUNT documents in folders of 500. The same number of documents
//! is the same documents.
#![allow(dead_code)]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::path::Path;
use std::process::ExitCode;

/// Documents of one folder.
const FOLDER: u64 = 500;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count] = arguments.as_slice() else {
        eprintln!("generate: say where and how many: generate FOLDER COUNT");
        return ExitCode::from(2);
    };
    let Ok(count) = count.parse() else {
        eprintln!("generate: {count}: is no number; say how many documents");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: {folder}: cannot be written: {error}; check the path and the disk");
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path, count: u64) -> std::io::Result<()> {
    let allowed = |feature: generator::Feature| !generator::NOT_YET.contains(&feature);
    for seed in 0..count {
        let inner = folder.join(format!("{:04}", seed / FOLDER));
        if seed % FOLDER == 0 {
            std::fs::create_dir_all(&inner)?;
        }
        std::fs::write(inner.join(format!("{seed:07}.txt")), generator::document(seed, &allowed).text)?;
    }
    Ok(())
}
