//! Documents that are cut and changed at random: no crash of the batch, no hang beyond the limit, one result a file.
//!
//! Without more said this is a short form. `tests/damage.sh` runs the long one: every PDF and DOCX of a folder
//! (`KEHOACH_DAMAGE_DOCS`), `KEHOACH_DAMAGE_CUTS` cuts and `KEHOACH_DAMAGE_CHANGES` changes of each.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A small generator of numbers that look random: the same seed gives the same damage.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value}: is no number")))
}

fn documents() -> Vec<PathBuf> {
    let folders = match std::env::var_os("KEHOACH_DAMAGE_DOCS") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")],
    };
    let mut found = Vec::new();
    let mut open = folders;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).filter_map(Result::ok)
        {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "pdf" || ending == "docx") {
                found.push(path);
            }
        }
    }
    found.sort();
    // The short form takes one of each folder: one of each kind of program that made them.
    if std::env::var_os("KEHOACH_DAMAGE_DOCS").is_none() {
        found.dedup_by(|next, first| next.parent() == first.parent());
    }
    assert!(!found.is_empty(), "no PDF or DOCX");
    found
}

/// One change of the bytes: some are turned, taken out, doubled, moved, or written over.
fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.roll(bytes.len());
    let length = (1 << dice.roll(12)).min(bytes.len() - at);
    match dice.roll(6) {
        0 => bytes[at] ^= 1 << dice.roll(8),
        1 => drop(bytes.drain(at..at + length)),
        2 => {
            let piece = bytes[at..at + length].to_vec();
            let to = dice.roll(bytes.len());
            bytes.splice(to..to, piece);
        }
        3 => (at..at + length).for_each(|at| bytes[at] = u8::try_from(dice.roll(256)).unwrap_or(0)),
        4 => bytes[at..at + length].fill([0, 0xFF, b'9', b'(', b'<'][dice.roll(5)]),
        // A digit becomes another: lengths, offsets and numbers of objects stand in digits.
        _ => {
            if let Some(digit) = bytes[at..].iter_mut().find(|byte| byte.is_ascii_digit()) {
                *digit = b'0' + u8::try_from(dice.roll(10)).unwrap_or(0);
            }
        }
    }
}

/// A DOCX with one part changed inside, packed again so that its checksums fit: what a hostile file would be.
fn change_inside(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = dice.roll(archive.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        if index == chosen {
            change(&mut content, dice);
        }
        out.start_file(part.name(), SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

#[test]
fn damaged_documents_give_one_result_each() {
    let (cuts, changes) = (number("KEHOACH_DAMAGE_CUTS", 5), number("KEHOACH_DAMAGE_CHANGES", 20));
    let place = std::env::temp_dir().join(format!("kehoach-damage-{}", std::process::id()));
    let temporary = place.join("tmp");
    fs::create_dir_all(&temporary).expect("made");
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut harmful = Vec::new();
    for (seed, document) in documents().iter().enumerate() {
        let whole = fs::read(document).expect("read");
        let mut dice = Dice(seed as u64 + 1);
        let mut files: Vec<Vec<u8>> = (0..cuts).map(|cut| whole[..whole.len() * cut / cuts].to_vec()).collect();
        for turn in 0..changes {
            let inside = if turn % 2 == 0 { change_inside(&whole, &mut dice) } else { None };
            files.push(inside.unwrap_or_else(|| {
                let mut bytes = whole.clone();
                (0..=dice.roll(8)).for_each(|_| change(&mut bytes, &mut dice));
                bytes
            }));
        }
        for (batch, files) in files.chunks(256).enumerate() {
            let paths: Vec<PathBuf> = (0..files.len()).map(|index| place.join(format!("{seed}-{batch}-{index}"))).collect();
            for (path, bytes) in paths.iter().zip(files) {
                fs::write(path, bytes).expect("written");
            }
            let mut command = Command::new(env!("CARGO_BIN_EXE_kehoach"));
            command.args(["extract", "--quiet", "--time-limit", "60"]).args(&paths);
            // Scans are not what is tried here, and LibreOffice would only be asked for what no longer looks like a DOCX.
            let output =
                command.env("TMPDIR", &temporary).env("KEHOACH_SOFFICE", "none").env("KEHOACH_TESSERACT", "none").output();
            let output = output.expect("runs");
            assert!(matches!(output.status.code(), Some(0 | 3)), "{}: {:?}", document.display(), output.status);
            let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
                .expect("UTF-8")
                .lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect();
            assert_eq!(lines.len(), paths.len(), "{}: one result a file", document.display());
            for (line, path) in lines.iter().zip(&paths) {
                assert_eq!(line["source"]["path"].as_str(), path.to_str());
                let outcome = line["error"]["code"].as_str().unwrap_or("read").to_owned();
                if matches!(outcome.as_str(), "crashed" | "timed-out" | "out-of-memory" | "flood") {
                    harmful.push(format!("{}: {}", document.display(), line["error"]["message"].as_str().unwrap_or_default()));
                }
                *outcomes.entry(outcome).or_default() += 1;
                fs::remove_file(path).expect("removed");
            }
        }
    }
    assert!(fs::read_dir(&temporary).expect("a folder").next().is_none(), "left in the temporary folder");
    fs::remove_dir_all(&place).expect("removed");
    println!("{} documents: {outcomes:?}", documents().len());
    for message in harmful.iter().take(20) {
        println!("harmful to its worker: {message}");
    }
    assert!(outcomes.contains_key("read"), "{outcomes:?}");
}
