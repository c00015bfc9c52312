//! Mutants through the whole pipeline and the audit: one result each, and none that harms its worker.
//!
//! A mutant is known by its number, which is the seed of what is changed: XML inside archives, the unpacked streams of a PDF, the
//! records of an XLS, texts of odd numbers and tables. Here some hundred are run. `tests/mutants.sh` runs as many as are asked for, and
//! goes on where it was stopped: `KEHOACH_MUTANTS_FROM` and `KEHOACH_MUTANTS_COUNT` say which, `KEHOACH_MUTANTS_KIND` is `native`,
//! `office` (DOC, RTF, ODT through LibreOffice) or `ocr` (scans with blots, stamps, lost lines; damaged pictures); `KEHOACH_MUTANTS_DOCS` names a folder of more documents to change.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How many files one run of the program gets.
const BATCH: usize = 100;

/// Numbers that look random: the same seed gives the same mutant.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1));
        (0..4).for_each(|_| {
            let _ = dice.roll(2);
        });
        dice
    }

    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value}: is no number")))
}

/// The files of the project with one of the endings, sorted.
fn bases(endings: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut open = vec![root.join("fixtures"), root.join("corpus")];
    open.extend(std::env::var_os("KEHOACH_MUTANTS_DOCS").map(PathBuf::from));
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What stands in documents and may stand anywhere in a damaged one.
const ODD: [&str; 24] = [
    "-0,0",
    "1.2.3.4",
    "9999999999999999999999",
    "1e400",
    "٣",
    "½",
    "0x1F",
    "--",
    "1,5,5",
    "%",
    "31/02/2025",
    "00/00/0000",
    "tháng 13",
    "ngày ngày",
    "\u{0}",
    "\u{FFFD}",
    "\u{202E}",
    "e\u{301}\u{301}\u{301}",
    "<sup>",
    "</w:tbl>",
    "&#x0;",
    "\t\t\t\t",
    "\n\n\n",
    "9.9.9.9.9.",
];

/// One change of bytes.
fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.roll(bytes.len());
    let length = (1 << dice.roll(11)).min(bytes.len() - at);
    match dice.roll(7) {
        0 => bytes[at] ^= 1 << dice.roll(8),
        1 => drop(bytes.drain(at..at + length)),
        2 => {
            let piece = bytes[at..at + length].to_vec();
            let to = dice.roll(bytes.len());
            bytes.splice(to..to, piece);
        }
        3 => bytes[at..at + length].fill([0, 0xFF, b'9', b'(', b'<', b' '][dice.roll(6)]),
        4 => {
            if let Some(digit) = bytes[at..].iter_mut().find(|byte| byte.is_ascii_digit()) {
                *digit = b'0' + u8::try_from(dice.roll(10)).unwrap_or(0);
            }
        }
        5 => drop(bytes.splice(at..at, dice.pick(&ODD).bytes())),
        // A tag or an operator is taken out, or said many times.
        _ => {
            if let Some(begin) = bytes[at..].iter().position(|byte| *byte == b'<').map(|begin| at + begin)
                && let Some(end) = bytes[begin..].iter().position(|byte| *byte == b'>').map(|end| begin + end + 1)
            {
                let tag = bytes[begin..end].to_vec();
                let times = [0, 2, 300][dice.roll(3)];
                drop(bytes.splice(begin..end, tag.repeat(times)));
            }
        }
    }
}

/// An archive with some parts changed inside.
fn inside_archive(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = dice.roll(archive.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        if index == chosen || part.name().ends_with("document.xml") || part.name().contains("sheet1") {
            (0..=dice.roll(6)).for_each(|_| change(&mut content, dice));
        }
        out.start_file(part.name(), SimpleFileOptions::default()).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

fn find(bytes: &[u8], words: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.windows(words.len()).position(|part| part == words).map(|at| from + at)
}

/// A PDF in which one stream that unpacks was changed inside; its length in the file is kept by blanks or by cutting.
fn inside_pdf(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut streams = Vec::new();
    let mut at = 0;
    while let Some(begin) = find(bytes, b"stream", at) {
        let start = begin + 6 + bytes[begin + 6..].iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let Some(end) = find(bytes, b"endstream", start) else { break };
        let mut plain = Vec::new();
        if ZlibDecoder::new(&bytes[start..end]).take(1 << 22).read_to_end(&mut plain).is_ok() && !plain.is_empty() {
            streams.push((start, end, plain));
        }
        at = end + 9;
    }
    if streams.is_empty() {
        return None;
    }
    let (start, end, mut plain) = streams.swap_remove(dice.roll(streams.len()));
    (0..=dice.roll(8)).for_each(|_| change(&mut plain, dice));
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&plain).ok()?;
    let mut packed = packer.finish().ok()?;
    packed.resize(end - start, b'\n');
    let mut out = bytes.to_vec();
    out.splice(start..end, packed);
    Some(out)
}

/// A scan with blots, a stamp, lines that were lost or stand twice, bands in negative, turned: what OCR has to cope with, as a PNG.
fn inside_picture(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).ok()?;
    let (width, _) = decoder.dimensions().ok()?;
    let tiff::decoder::DecodingResult::U8(packed) = decoder.read_image().ok()? else { return None };
    let width = usize::try_from(width).ok()?;
    let row = width.div_ceil(8);
    let rows: Vec<&[u8]> = packed.chunks(row).collect();
    // A piece of the page, so that a run takes seconds.
    let height = 150 + dice.roll(500);
    let top = dice.roll(rows.len().saturating_sub(height));
    let mut lines: Vec<Vec<[u8; 3]>> = rows[top..(top + height).min(rows.len())]
        .iter()
        .map(|row| (0..width).map(|x| if row[x / 8] & (0x80 >> (x % 8)) == 0 { [0; 3] } else { [255; 3] }).collect())
        .collect();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(lines.len());
        let count = (1 << dice.roll(7)).min(lines.len() - at);
        let (left, reach) = (dice.roll(width), 1 << dice.roll(9));
        match dice.roll(7) {
            0 => drop(lines.drain(at..at + count.min(lines.len() - 60))),
            1 => {
                let piece = lines[at..at + count].to_vec();
                drop(lines.splice(at..at, piece));
            }
            2 => lines[at..at + count].iter_mut().flatten().for_each(|dot| *dot = dot.map(|part| 255 - part)),
            3 => lines[at..at + count].iter_mut().for_each(|line| line[left..(left + reach).min(width)].fill([0; 3])),
            4 => {
                // A red stamp over the letters.
                let radius = 30 + dice.roll(90);
                for (y, line) in lines.iter_mut().enumerate() {
                    for (x, dot) in line.iter_mut().enumerate() {
                        let (dx, dy) = (x.abs_diff(left), y.abs_diff(at));
                        let square = dx * dx + dy * dy;
                        if (radius * radius..(radius + 6) * (radius + 6)).contains(&square) && dot[0] > 0 {
                            *dot = [200, 30, 40];
                        }
                    }
                }
            }
            5 => {
                for _ in 0..dice.roll(5000) {
                    let (y, x) = (dice.roll(lines.len()), dice.roll(width));
                    lines[y][x] = [[0; 3], [255; 3], [120; 3]][dice.roll(3)];
                }
            }
            _ => {
                lines.reverse();
                lines.iter_mut().for_each(|line| line.reverse());
            }
        }
    }
    let height = lines.len();
    let dots: Vec<u8> = lines.into_iter().flatten().flatten().collect();
    let picture = image::RgbImage::from_raw(u32::try_from(width).ok()?, u32::try_from(height).ok()?, dots)?;
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).ok()?;
    Some(out.into_inner())
}

/// A text of odd numbers, markers and tables, put together by a small grammar.
fn text(dice: &mut Dice) -> String {
    const HEADS: [&str; 4] = ["KẾ HOẠCH\n", "BÁO CÁO\n", "ỦY BAN NHÂN DÂN\nTỈNH KHÊ VANG\nSố: 1/KH-UBND\n", ""];
    const LABELS: [&str; 10] = ["I.", "1.", "a)", "-", "+", "1.1.", "(1)", "PHỤ LỤC", "Điều 1.", "STT\tChỉ tiêu\tĐơn vị\t2025"];
    const WORDS: [&str; 18] = [
        "tỷ lệ hộ nghèo",
        "đạt",
        "trên",
        "giảm",
        "từ",
        "đến",
        "trước ngày",
        "hằng quý",
        "so với",
        "Sở Y tế",
        "chủ trì",
        "trong đó",
        "và",
        ";",
        ",",
        "phấn đấu",
        "tổng số",
        "lần lượt",
    ];
    const UNITS: [&str; 6] = ["%", "ha", "hộ", "triệu đồng", "", "xã/năm"];
    let figure = |dice: &mut Dice| match dice.roll(6) {
        0 => dice.pick(&ODD).to_owned(),
        1 => format!("{}.{:03},{}", dice.roll(999), dice.roll(1000), dice.roll(99)),
        2 => format!("{}/{}/{}", dice.roll(40), dice.roll(15), 1900 + dice.roll(300)),
        3 => "9".repeat(dice.roll(40)),
        _ => dice.roll(2000).to_string(),
    };
    let mut out = dice.pick(&HEADS).to_owned();
    for _ in 0..5 + dice.roll(60) {
        if dice.roll(5) == 0 {
            for _ in 0..1 + dice.roll(12) {
                let cells: Vec<String> = (0..1 + dice.roll(8))
                    .map(|_| if dice.roll(3) == 0 { dice.pick(&WORDS).to_owned() } else { figure(dice) })
                    .collect();
                let _ = writeln!(out, "{}", cells.join(dice.pick(&["\t", " | ", "    "])));
            }
            continue;
        }
        let _ = write!(out, "{} ", dice.pick(&LABELS));
        for _ in 0..1 + dice.roll(40) {
            match dice.roll(3) {
                0 => {
                    let _ = write!(out, "{} {} ", figure(dice), dice.pick(&UNITS));
                }
                _ => {
                    let _ = write!(out, "{} ", dice.pick(&WORDS));
                }
            }
        }
        out.push_str(dice.pick(&[".\n", ";\n", "\n", "\n\n", ""]));
    }
    out
}

/// The mutant of a number.
fn mutant(number: u64, kind: &str, files: &BTreeMap<&str, Vec<PathBuf>>) -> Vec<u8> {
    let mut dice = Dice::new(number);
    let form = match kind {
        "office" => "office",
        "ocr" => "ocr",
        _ => ["archive", "pdf", "xls", "text", "page"][dice.roll(5)],
    };
    let of = |dice: &mut Dice| {
        files.get(form).filter(|list| !list.is_empty()).map(|list| fs::read(&list[dice.roll(list.len())]).expect("read"))
    };
    if form == "office" && files["office"].is_empty() {
        // The corpus in RTF, as old programs save it.
        let pages = &files["page"];
        let text = fs::read_to_string(&pages[dice.roll(pages.len())]).unwrap_or_default();
        let mut rtf = String::from("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\n");
        for c in text.chars() {
            match c {
                '\n' => rtf.push_str("\\par\n"),
                '\\' | '{' | '}' => rtf.extend(['\\', c]),
                c if c.is_ascii() => rtf.push(c),
                c => drop(write!(rtf, "\\u{}?", u32::from(c))),
            }
        }
        let mut bytes = format!("{rtf}}}").into_bytes();
        (0..=dice.roll(8)).for_each(|_| change(&mut bytes, &mut dice));
        return bytes;
    }
    let Some(whole) = (if form == "text" { None } else { of(&mut dice) }) else { return text(&mut dice).into_bytes() };
    let made = match form {
        "archive" => inside_archive(&whole, &mut dice),
        "pdf" => inside_pdf(&whole, &mut dice),
        "ocr" if dice.roll(5) > 0 => inside_picture(&whole, &mut dice),
        _ => None,
    };
    made.unwrap_or_else(|| {
        let mut bytes = whole;
        (0..=dice.roll(8)).for_each(|_| change(&mut bytes, &mut dice));
        bytes
    })
}

#[test]
fn mutants_give_one_result_each_and_harm_nothing() {
    let kind = std::env::var("KEHOACH_MUTANTS_KIND").unwrap_or_else(|_| "native".into());
    let (from, count) = (number("KEHOACH_MUTANTS_FROM", 0), number("KEHOACH_MUTANTS_COUNT", 100));
    let files: BTreeMap<&str, Vec<PathBuf>> = [
        ("archive", bases(&["docx", "xlsx", "ods"])),
        ("pdf", bases(&["pdf"])),
        ("xls", bases(&["xls"])),
        ("page", bases(&["html", "txt"])),
        ("office", bases(&["doc", "rtf", "odt"])),
        ("ocr", bases(&["tif", "png", "jpg"])),
    ]
    .into();
    let place = std::env::temp_dir().join(format!("kehoach-mutants-{}", std::process::id()));
    let temporary = place.join("tmp");
    fs::create_dir_all(&temporary).expect("made");
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut harmful = Vec::new();
    let numbers: Vec<u64> = (from..from + count).collect();
    for batch in numbers.chunks(BATCH) {
        let paths: Vec<PathBuf> = batch.iter().map(|number| place.join(format!("m{number}"))).collect();
        for (path, number) in paths.iter().zip(batch) {
            fs::write(path, mutant(*number, &kind, &files)).expect("written");
        }
        let run = |command: &str, more: &[&str], paths: &[PathBuf]| {
            let mut program = Command::new(env!("CARGO_BIN_EXE_kehoach"));
            program.args([command, "--quiet", "--time-limit", "60", "--memory-limit", "2048"]).args(more).args(paths);
            program.env("TMPDIR", &temporary);
            if kind == "native" {
                program.env("KEHOACH_SOFFICE", "none").env("KEHOACH_TESSERACT", "none");
            }
            program.output().expect("runs")
        };
        let mut tell = |outcome: &str, message: &str, name: &str| {
            if matches!(outcome, "crashed" | "timed-out" | "out-of-memory" | "flood" | "internal") {
                harmful.push(format!("mutant {name} ({kind}): {message}"));
            }
            *outcomes.entry(outcome.to_owned()).or_default() += 1;
        };
        let audited = if kind == "native" {
            let extracted = run("extract", &[], &paths);
            assert!(matches!(extracted.status.code(), Some(0 | 3)), "{from}: {:?}", extracted.status);
            let lines: Vec<serde_json::Value> = String::from_utf8(extracted.stdout)
                .expect("UTF-8")
                .lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect();
            assert_eq!(lines.len(), paths.len(), "one result a file");
            for (line, number) in lines.iter().zip(batch) {
                let outcome = line["error"]["code"].as_str().unwrap_or("read");
                tell(outcome, line["error"]["message"].as_str().unwrap_or_default(), &number.to_string());
            }
            run("audit", &["--format", "json"], &paths)
        } else {
            // What takes seconds to read is read once, and audited from the store.
            let store = place.join("store.db");
            let store = store.to_str().expect("UTF-8");
            let ingested = run("ingest", &["--store", store], &paths);
            assert!(matches!(ingested.status.code(), Some(0 | 3)), "{from}: {:?}", ingested.status);
            let status = run("status", &["--store", store, "--format", "json"], &[]);
            let status: serde_json::Value = serde_json::from_slice(&status.stdout).expect("JSON");
            let read = status["counts"]["files"].as_u64().expect("a count");
            let failures = status["failures"].as_array().expect("failures");
            assert_eq!(usize::try_from(read).unwrap_or(0) + failures.len(), paths.len(), "one result a file");
            (0..read).for_each(|_| tell("read", "", ""));
            for failure in failures {
                let part = |name: &str| failure[name].as_str().unwrap_or_default();
                tell(part("code"), part("message"), part("path"));
            }
            let audited = run("audit", &["--store", store, "--format", "json"], &[]);
            for beside in ["", "-wal", "-shm", ".lock"] {
                let _ = fs::remove_file(format!("{store}{beside}"));
            }
            audited
        };
        assert!(matches!(audited.status.code(), Some(0 | 1 | 3)), "{from}: {:?}", audited.status);
        // Where no file could be read there is nothing to audit.
        if outcomes.contains_key("read") && !audited.stdout.is_empty() {
            let told: serde_json::Value = serde_json::from_slice(&audited.stdout).expect("JSON");
            assert!(told["findings"].is_array(), "{told}");
        }
        paths.iter().for_each(|path| fs::remove_file(path).expect("removed"));
    }
    assert!(fs::read_dir(&temporary).expect("a folder").next().is_none(), "left in the temporary folder");
    fs::remove_dir_all(&place).expect("removed");
    println!("mutants {from}..{} ({kind}): {outcomes:?}", from + count);
    assert!(harmful.is_empty(), "{harmful:#?}");
}
