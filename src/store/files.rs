//! Which files are meant by the paths that were given.
//!
//! A file that is named is taken. A folder is walked: what is hidden, what `.kehoachignore` or `--exclude` names and what is no
//! document by its ending is left out, and what was left out is told. A pattern that the shell left alone
//! (`"van-ban/**/*.docx"`) is expanded. Links are followed, a loop of links ends where it begins, and a file that is
//! reached by two ways is one file.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use globset::GlobBuilder;
use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};

use super::write::Stamp;
use super::{StoreError, integer};

/// Endings of documents that are read.
const DOCUMENTS: [&str; 23] = [
    "doc", "docm", "docx", "dot", "dotx", "htm", "html", "jpeg", "jpg", "markdown", "md", "ods", "odt", "pdf", "png", "rtf",
    "tif", "tiff", "txt", "xhtml", "xls", "xlsm", "xlsx",
];

/// Endings of archives, which are not opened.
const ARCHIVES: [&str; 11] = ["zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "tbz2", "xz", "txz", "zst"];

/// Names the files that a walk leaves out, one pattern a line, as `.gitignore` does.
const IGNORE_FILE: &str = ".kehoachignore";

/// How long after a file was written it may be written again without its time telling.
const TICK: Duration = Duration::from_secs(2);

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Files, folders and patterns.
    pub paths: Vec<PathBuf>,
    /// Patterns of what a walk leaves out.
    pub exclude: Vec<String>,
    /// Take files of every ending, and hidden ones.
    pub all: bool,
    /// Files that are never meant: the store's own.
    pub never: Vec<PathBuf>,
}

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Absolute path, links resolved.
    pub path: PathBuf,
    /// What tells its content without reading it.
    pub stamp: Stamp,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, sorted, each once.
    pub files: Vec<Candidate>,
    /// Archives that were met and not opened.
    pub archives: Vec<PathBuf>,
    /// How many files were left out as no documents, by their ending.
    pub others: BTreeMap<String, usize>,
    /// Paths that lead nowhere, and folders that could not be read.
    pub problems: Vec<String>,
}

/// Finds the files.
///
/// # Errors
/// Where a pattern cannot be understood; a path that leads nowhere is told in [`Found::problems`].
pub fn find(search: &Search) -> Result<Found, StoreError> {
    let mut finder = Finder {
        all: search.all,
        found: Found::default(),
        folders: HashMap::new(),
        never: search.never.iter().filter_map(|path| resolve(path)).collect(),
    };
    for path in &search.paths {
        if path.is_dir() {
            let excluded = overrides(path, &search.exclude)?;
            finder.walk(path, excluded, |_| true);
        } else if path.exists() {
            finder.named(path);
        } else if let Some((base, pattern)) = pattern(path)? {
            let excluded = overrides(&base, &search.exclude)?;
            if finder.walk(&base, excluded, |file| file.strip_prefix(&base).is_ok_and(|rest| pattern.is_match(rest))) == 0 {
                finder.found.problems.push(format!("{}: matches no file; check the pattern", path.display()));
            }
        } else {
            finder.found.problems.push(format!("{}: there is no such file or folder; check the path", path.display()));
        }
    }
    let mut found = finder.found;
    found.files.sort_by(|one, other| one.path.cmp(&other.path));
    found.files.dedup_by(|one, other| one.path == other.path);
    found.archives.sort();
    found.archives.dedup();
    Ok(found)
}

/// What `--exclude` gives, as a walk from `base` wants it.
fn overrides(base: &Path, exclude: &[String]) -> Result<Override, StoreError> {
    let mut builder = OverrideBuilder::new(base);
    for pattern in exclude {
        builder.add(&format!("!{pattern}")).map_err(|error| {
            StoreError::Meaning(format!(
                "--exclude {pattern}: is no pattern ({error}); write it as in .gitignore, for example '*.bak'"
            ))
        })?;
    }
    builder.build().map_err(|error| StoreError::Meaning(format!("--exclude: {error}; write patterns as in .gitignore")))
}

/// Whether a path that leads nowhere is meant as a pattern: `van-ban/**/*.docx`.
#[must_use]
pub fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// The folder that a pattern begins at, and the rest of it; nothing where it is no pattern.
fn pattern(path: &Path) -> Result<Option<(PathBuf, globset::GlobMatcher)>, StoreError> {
    let parts: Vec<_> = path.components().collect();
    let Some(first) = parts.iter().position(|part| is_pattern(Path::new(part))) else { return Ok(None) };
    let base: PathBuf = if first == 0 { PathBuf::from(".") } else { parts[..first].iter().collect() };
    let rest: PathBuf = parts[first..].iter().collect();
    let rest = rest.to_string_lossy();
    let glob = GlobBuilder::new(&rest).literal_separator(true).build();
    let glob = glob.map_err(|error| {
        StoreError::Meaning(format!("{}: is neither a file nor a pattern ({error}); check the path", path.display()))
    })?;
    Ok(Some((base, glob.compile_matcher())))
}

/// What a file's ending tells.
#[derive(Debug, PartialEq, Eq)]
enum Ending {
    Document,
    Archive,
    /// Made by an editor while a document is open: `~$ke-hoach.docx`.
    Temporary,
    Other(String),
}

fn ending(path: &Path) -> Ending {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        return Ending::Temporary;
    }
    let Some((_, ending)) = name.rsplit_once('.') else { return Ending::Document };
    let ending = ending.to_ascii_lowercase();
    // `KH 48.2024`, `Kế hoạch số 5. Giảm nghèo`: a dot in a name without an ending.
    let is_ending = (1..=8).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    if ARCHIVES.contains(&ending.as_str()) {
        Ending::Archive
    } else if !is_ending || DOCUMENTS.contains(&ending.as_str()) {
        Ending::Document
    } else {
        Ending::Other(ending)
    }
}

struct Finder {
    all: bool,
    found: Found,
    /// Folders with their links resolved.
    folders: HashMap<PathBuf, Option<PathBuf>>,
    never: Vec<PathBuf>,
}

impl Finder {
    /// A file that was named: taken, whatever its ending.
    fn named(&mut self, path: &Path) {
        if ending(path) == Ending::Archive {
            self.found.archives.push(path.to_owned());
            return;
        }
        match path.metadata() {
            Ok(metadata) if metadata.is_file() => self.take(path, path.is_symlink(), &metadata),
            // A pipe or a device has no content that could be compared next time, and may have no end.
            Ok(_) => {
                self.found.problems.push(format!("{}: is a pipe or a device, not a file; save what it gives", path.display()))
            }
            Err(error) => self.found.problems.push(format!("{}: cannot be seen: {error}; check the permissions", path.display())),
        }
    }

    /// Walks a folder; how many files were wanted.
    fn walk(&mut self, folder: &Path, excluded: Override, wanted: impl Fn(&Path) -> bool) -> usize {
        let mut walk = WalkBuilder::new(folder);
        walk.standard_filters(false)
            .hidden(!self.all)
            .follow_links(true)
            .add_custom_ignore_filename(IGNORE_FILE)
            .overrides(excluded);
        let mut count = 0;
        for entry in walk.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    // A link that leads back to where it stands has been walked already.
                    if !is_loop(&error) {
                        self.found.problems.push(format!("{error}; check the permissions and links"));
                    }
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) || !wanted(entry.path()) {
                continue;
            }
            count += 1;
            match ending(entry.path()) {
                Ending::Temporary => continue,
                Ending::Archive => {
                    self.found.archives.push(entry.path().to_owned());
                    continue;
                }
                Ending::Other(ending) if !self.all => {
                    *self.found.others.entry(ending).or_default() += 1;
                    continue;
                }
                Ending::Document | Ending::Other(_) => {}
            }
            match entry.metadata() {
                Ok(metadata) => self.take(entry.path(), entry.path_is_symlink(), &metadata),
                Err(error) => self.found.problems.push(format!("{error}; check the permissions")),
            }
        }
        count
    }

    fn take(&mut self, path: &Path, is_link: bool, metadata: &Metadata) {
        let resolved = if is_link { path.canonicalize().ok() } else { self.in_folder(path) };
        let path = resolved.unwrap_or_else(|| path.to_owned());
        if !self.never.contains(&path) {
            self.found.files.push(Candidate { path, stamp: stamp(metadata) });
        }
    }

    /// The path with its folder's links resolved: once a folder, not once a file.
    fn in_folder(&mut self, path: &Path) -> Option<PathBuf> {
        let folder = match path.parent()? {
            empty if empty.as_os_str().is_empty() => Path::new("."),
            folder => folder,
        };
        if !self.folders.contains_key(folder) {
            self.folders.insert(folder.to_owned(), folder.canonicalize().ok());
        }
        self.folders.get(folder)?.as_ref().map(|folder| folder.join(path.file_name().unwrap_or_default()))
    }
}

/// The path with its links resolved, of a file that may not be there.
#[must_use]
pub fn resolve(path: &Path) -> Option<PathBuf> {
    if let Ok(path) = path.canonicalize() {
        return Some(path);
    }
    let absolute = std::path::absolute(path).ok()?;
    let folder = absolute.parent()?.canonicalize().ok()?;
    Some(folder.join(absolute.file_name()?))
}

/// What a store calls a file: its path; a byte that is no Unicode is `\\xFF`, so that two names stay two.
#[must_use]
pub fn key_of(path: &Path) -> Cow<'_, str> {
    match path.to_str() {
        Some(path) => Cow::Borrowed(path),
        None => Cow::Owned(escaped(path)),
    }
}

/// Whether the file that a store calls `key` is there.
#[must_use]
pub fn is_there(key: &str) -> bool {
    Path::new(key).exists() || key.contains("\\x") && unescaped(key).is_some_and(|path| path.exists())
}

#[cfg(unix)]
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for chunk in std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| out.push_str(&format!("\\x{byte:02X}")));
    }
    out
}

#[cfg(not(unix))]
fn escaped(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(unix)]
fn unescaped(key: &str) -> Option<PathBuf> {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key;
    while let Some(at) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        match rest.get(at + 2..at + 4).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[at + 4..];
            }
            None => {
                bytes.extend_from_slice(b"\\x");
                rest = &rest[at + 2..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    Some(PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes)))
}

#[cfg(not(unix))]
fn unescaped(_key: &str) -> Option<PathBuf> {
    None
}

/// The store's own files: itself, its log, its lock.
#[must_use]
pub fn own_files(store: &Path) -> Vec<PathBuf> {
    let mut names = vec![store.to_owned()];
    names.extend(resolve(store).filter(|file| file != store));
    let endings = ["", "-wal", "-shm", "-lock", "-journal"];
    names.iter().flat_map(|name| endings.map(|ending| super::with_ending(name, ending))).collect()
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => is_loop(err),
        _ => false,
    }
}

/// The stamp of a file.
#[must_use]
pub fn stamp(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok();
    // Who writes twice within one tick of the clock leaves the same time: then the content is compared next time.
    let settled = modified.filter(|modified| SystemTime::now().duration_since(*modified).is_ok_and(|age| age > TICK));
    let nanoseconds =
        settled.and_then(|modified| modified.duration_since(UNIX_EPOCH).ok()).map(|since| integer(since.as_nanos()));
    Stamp { size: integer(metadata.len()), modified: nanoseconds.unwrap_or(-1) }
}

/// The documents that a path means, named as it is, and what is wrong with it. A file is taken whatever it is called, and so is a pipe.
///
/// # Errors
/// As [`find`].
pub fn documents(path: &Path) -> Result<(Vec<PathBuf>, Vec<String>), StoreError> {
    documents_but(path, &[])
}

/// As [`documents`], without what a folder or a pattern gives that fits one of the patterns `exclude`.
///
/// # Errors
/// As [`find`].
pub fn documents_but(path: &Path, exclude: &[String]) -> Result<(Vec<PathBuf>, Vec<String>), StoreError> {
    if path.exists() && !path.is_dir() {
        return Ok((vec![path.to_path_buf()], Vec::new()));
    }
    let found = find(&Search { paths: vec![path.to_path_buf()], exclude: exclude.to_vec(), ..Search::default() })?;
    // What is found has its links resolved; people know it by the name that they gave.
    let given =
        if path.is_dir() { path.to_path_buf() } else { pattern(path)?.map_or_else(|| path.to_path_buf(), |(base, _)| base) };
    let base = given.canonicalize().unwrap_or_else(|_| given.clone());
    let shown = if given == Path::new(".") && path != given { PathBuf::new() } else { given };
    let named = |file: PathBuf| file.strip_prefix(&base).map(|rest| shown.join(rest)).unwrap_or(file);
    Ok((found.files.into_iter().map(|file| named(file.path)).collect(), found.problems))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_tells_documents_from_the_rest() {
        for (name, wanted) in [
            ("ke-hoach.docx", Ending::Document),
            ("bản quét.PDF", Ending::Document),
            ("trang-1.jpg", Ending::Document),
            ("trang-2.TIFF", Ending::Document),
            ("trang-3.png", Ending::Document),
            ("KH 48.2024", Ending::Document),
            ("Kế hoạch số 5. Giảm nghèo", Ending::Document),
            ("không đuôi", Ending::Document),
            ("tập.zip", Ending::Archive),
            ("~$ke-hoach.docx", Ending::Temporary),
            ("phim.mp4", Ending::Other("mp4".into())),
            ("biểu trưng.svg", Ending::Other("svg".into())),
        ] {
            assert_eq!(ending(Path::new(name)), wanted, "{name}");
        }
    }
}
