//! Which files a command reads: the same for all that read files.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::exit::WRONG;
use super::{Context, complain};
use crate::store::files;

/// Stands for the standard input.
pub(super) const STDIN: &str = "-";

/// Files, folders, patterns, the standard input.
#[derive(Args)]
pub(super) struct Inputs {
    /// Files of any format, folders (the documents in them), patterns in quotes, or - for what stdin gives.
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// Also the paths that this file lists, one a line or parted by NUL; - for a list from stdin.
    #[arg(long, value_name = "FILE")]
    pub(super) files_from: Option<PathBuf>,

    /// Leave out of folders and patterns what fits this pattern, as in .gitignore; may be given several times.
    #[arg(long, value_name = "PATTERN")]
    pub(super) exclude: Vec<String>,

    /// What the document is called that comes from stdin.
    #[arg(long, value_name = "NAME", default_value = "stdin", hide_default_value = true)]
    pub(super) stdin_name: PathBuf,
}

/// The files that were found.
#[derive(Default)]
pub(super) struct Files {
    /// In the order given, those of a folder by name; each once.
    pub(super) paths: Vec<PathBuf>,
    /// Those that a folder or a pattern gave: what this program wrote itself is left out of these without a word of failure.
    pub(super) walked: HashSet<PathBuf>,
    /// Path and message of what leads nowhere.
    pub(super) problems: Vec<(String, String)>,
}

impl Inputs {
    /// Whether nothing was named.
    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.files_from.is_none()
    }

    /// The paths that were named, those of --files-from among them.
    ///
    /// # Errors
    /// Where the list cannot be read, or stdin is asked for twice; it is told.
    pub(super) fn named(&self) -> Result<Vec<PathBuf>, ExitCode> {
        let mut paths = self.paths.clone();
        let Some(list) = &self.files_from else { return Ok(paths) };
        let from_stdin = list.as_os_str() == STDIN;
        if from_stdin && paths.iter().any(|path| path.as_os_str() == STDIN) {
            complain("stdin cannot be both a document and the list of --files-from; write one of them into a file");
            return Err(WRONG.into());
        }
        let mut bytes = Vec::new();
        let read = if from_stdin { std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes) } else { std::fs::read(list) };
        let bytes = read.map_err(|error| {
            complain(&format!("--files-from {}: cannot be read: {error}; check the path", list.display()));
            ExitCode::from(WRONG)
        })?;
        paths.extend(listed(&bytes));
        Ok(paths)
    }

    /// The files that the paths mean. What is named and is not there is a file that cannot be read where `missing` says so, else a
    /// problem.
    ///
    /// # Errors
    /// Where a list, a pattern or stdin cannot be read; it is told.
    pub(super) fn files(&self, context: &Context, missing: bool) -> Result<Files, ExitCode> {
        let mut found = Files::default();
        let exclude = [self.exclude.as_slice(), &context.settings.config.exclude].concat();
        for path in self.named()? {
            if path.as_os_str() == STDIN {
                context.take_stdin(&self.stdin_name)?;
                found.paths.push(self.stdin_name.clone());
                continue;
            }
            if missing && !path.exists() && !files::is_pattern(&path) {
                found.paths.push(path);
                continue;
            }
            match files::documents_but(&path, &exclude) {
                Ok((files, problems)) => {
                    found.problems.extend(problems.into_iter().map(|problem| (path.display().to_string(), problem)));
                    if files.first() != Some(&path) {
                        found.walked.extend(files.iter().cloned());
                    }
                    found.paths.extend(files);
                }
                Err(error) => {
                    complain(&error.to_string());
                    return Err(WRONG.into());
                }
            }
        }
        // A folder and a folder in it: a document is one, however often it is named.
        let mut seen = HashSet::new();
        found.paths.retain(|file| seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())));
        if !context.settings.quiet && context.verbose {
            complain(&format!("{} files are read", found.paths.len()));
        }
        Ok(found)
    }
}

/// The paths of a list.
fn listed(bytes: &[u8]) -> impl Iterator<Item = PathBuf> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let line = move |line: &'_ [u8]| if end == 0 { line } else { line.strip_suffix(b"\r").unwrap_or(line) }.to_vec();
    bytes.split(move |byte| *byte == end).map(line).filter(|line| !line.is_empty()).map(path_of).collect::<Vec<_>>().into_iter()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(OsString::from(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Whether an argument makes a run read stdin, which cannot be read once more.
pub(super) fn reads_stdin(argument: &Path) -> bool {
    argument.as_os_str() == STDIN || argument.as_os_str() == "--files-from=-"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_path_a_line_or_between_nuls() {
        for (list, wanted) in [
            ("a.txt\nb c.docx\n", &["a.txt", "b c.docx"][..]),
            ("\u{FEFF}a.txt\r\n\r\nb.txt", &["a.txt", "b.txt"]),
            ("a\nb.txt\0c.txt\0", &["a\nb.txt", "c.txt"]),
            ("", &[]),
        ] {
            let found: Vec<PathBuf> = listed(list.as_bytes()).collect();
            assert_eq!(found, wanted.iter().map(PathBuf::from).collect::<Vec<_>>(), "{list:?}");
        }
    }
}
