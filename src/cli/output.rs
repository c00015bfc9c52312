//! Where a result goes: to stdout, or into the file that `--output` names.
//!
//! A file is never written over unless it is an earlier result of this program, known by its mark, or `--force` says so; an input or
//! the store is not written over even then. What is written goes into a new file beside the old one, to the disk, and then takes its
//! name: whoever reads it, and whatever happens meanwhile, sees the whole old file or the whole new one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{complain, print, print_raw, visible, visible_in_colours, watch};
use crate::ingest::own;
use crate::report::table::Table;
use crate::report::{Lang, xlsx};
use crate::store::files::{self, Search};

/// Where a command writes what it makes.
#[derive(Args)]
pub(super) struct Output {
    /// The file to write; else stdout. An earlier result of this program is replaced, another file only with --force, an input never.
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub(super) path: Option<PathBuf>,

    /// Let --output replace a file that this program has not written, or that was changed since; never an input or the store.
    #[arg(long, requires = "path")]
    force: bool,
}

impl Output {
    /// Whether the output may be written: asked before any work is done. `read` are the files and folders that the command reads,
    /// `store` is the store that it uses.
    ///
    /// # Errors
    /// Where it may not, which is told.
    pub(super) fn check<'a>(&self, read: impl IntoIterator<Item = &'a Path>, store: Option<&Path>) -> Result<(), ExitCode> {
        let Some(path) = &self.path else { return Ok(()) };
        let checked = self.apart(path, read, store).and_then(|()| free(path, self.force));
        checked.map_err(|message| {
            complain(&message);
            super::exit::WRONG.into()
        })
    }

    /// Whether the output is none of the inputs.
    fn apart<'a>(&self, path: &Path, read: impl IntoIterator<Item = &'a Path>, store: Option<&Path>) -> Result<(), String> {
        let shown = path.display();
        let Some(target) = files::resolve(path) else { return Ok(()) };
        if store.is_some_and(|store| files::own_files(store).iter().any(|file| files::resolve(file).as_ref() == Some(&target))) {
            return Err(format!("{shown}: is the store that is read; name another file with --output"));
        }
        for input in read {
            let Some(input) = files::resolve(input) else { continue };
            // A file in a folder is one that is read if the folder's walk finds it; one of our own is then left out.
            let is_read = || {
                let search = Search { paths: vec![input.clone()], ..Search::default() };
                self.force && files::find(&search).is_ok_and(|found| found.files.iter().any(|file| file.path == target))
            };
            if input == target && target.is_file() && own::recognise(&target).is_none()
                || target.starts_with(&input) && target.is_file() && own::recognise(&target).is_none() && is_read()
            {
                return Err(format!("{shown}: is one of the files that are read; name another file with --output"));
            }
        }
        Ok(())
    }

    /// Writes text.
    pub(super) fn text(&self, text: &str) -> ExitCode {
        match &self.path {
            Some(path) => self.file(text.as_bytes(), path),
            // Made for a program, or by what escapes control characters itself.
            None => print(text),
        }
    }

    /// Writes a report in plain text: with its mark, unless a person reads it on a terminal.
    pub(super) fn report(&self, text: &str) -> ExitCode {
        if self.path.is_none() && io::stdout().is_terminal() {
            print_raw(&visible_in_colours(text))
        } else {
            self.text(&format!("{text}{}", own::TEXT_END))
        }
    }

    /// Writes tables as a workbook.
    pub(super) fn workbook(&self, tables: &[Table], lang: Lang) -> ExitCode {
        match xlsx::write(tables, lang) {
            Ok(book) => self.bytes(&book),
            Err(error) => {
                complain(&format!("the workbook cannot be made: {error}; try fewer documents"));
                super::exit::WRONG.into()
            }
        }
    }

    /// Writes what is no text; never onto a terminal.
    fn bytes(&self, bytes: &[u8]) -> ExitCode {
        if let Some(path) = &self.path {
            return self.file(bytes, path);
        }
        watch::done();
        let mut out = io::stdout();
        if out.is_terminal() {
            complain("stdout: is a terminal, and a workbook is no text; name a file with --output");
            return super::exit::WRONG.into();
        }
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                complain(&format!("stdout: cannot be written: {error}; check the disk or the pipe"));
                super::exit::WRONG.into()
            }
        }
    }

    fn file(&self, bytes: &[u8], path: &Path) -> ExitCode {
        watch::done();
        let written = free(path, self.force).and_then(|()| {
            replace(path, bytes).map_err(|error| {
                format!("{}: cannot be written: {error}; check the folder and close the file where it is open", path.display())
            })
        });
        match written {
            Ok(()) => ExitCode::SUCCESS,
            Err(message) => {
                complain(&message);
                super::exit::WRONG.into()
            }
        }
    }
}

/// What is written piece by piece: to stdout, or beside the file that is replaced at the end.
pub(super) enum Pieces {
    Stdout(io::BufWriter<io::Stdout>),
    File {
        file: io::BufWriter<File>,
        beside: PathBuf,
        target: PathBuf,
    },
    /// Whoever read it has gone away: `| head`.
    Gone,
}

impl Output {
    /// Begins what is written piece by piece.
    ///
    /// # Errors
    /// Where the file may not be written, in words.
    pub(super) fn begin(&self) -> Result<Pieces, String> {
        let Some(path) = &self.path else { return Ok(Pieces::Stdout(io::BufWriter::new(io::stdout()))) };
        free(path, self.force)?;
        let target = path.canonicalize().unwrap_or_else(|_| path.clone());
        if fs::metadata(&target).is_ok_and(|there| !there.is_file()) {
            // A pipe or a device has nothing that could be lost.
            let file = OpenOptions::new().write(true).open(&target).map_err(|error| unwritten(path, &error))?;
            return Ok(Pieces::File { file: io::BufWriter::new(file), beside: PathBuf::new(), target });
        }
        let (file, beside) = create_beside(folder_of(&target)).map_err(|error| unwritten(path, &error))?;
        Ok(Pieces::File { file: io::BufWriter::new(file), beside, target })
    }

    /// Whether stdout is a terminal that bytes would go to.
    pub(super) fn is_terminal(&self) -> bool {
        self.path.is_none() && io::stdout().is_terminal()
    }
}

impl Pieces {
    /// Writes text; on stdout without the characters that a terminal takes for commands.
    ///
    /// # Errors
    /// Where it cannot be written, in words.
    pub(super) fn text(&mut self, text: &str) -> Result<(), String> {
        match self {
            Self::Stdout(_) => self.bytes(visible(text).as_bytes()),
            _ => self.bytes(text.as_bytes()),
        }
    }

    /// Writes bytes.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), String> {
        match self {
            Self::Gone => Ok(()),
            Self::File { file, target, .. } => file.write_all(bytes).map_err(|error| unwritten(target, &error)),
            Self::Stdout(out) => {
                let written = out.write_all(bytes);
                self.or_gone(written)
            }
        }
    }

    fn or_gone(&mut self, written: io::Result<()>) -> Result<(), String> {
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                *self = Self::Gone;
                Ok(())
            }
            Err(error) => Err(format!("stdout: cannot be written: {error}; check the disk or the pipe")),
            Ok(()) => Ok(()),
        }
    }

    /// Puts what was written in its place.
    ///
    /// # Errors
    /// Where it cannot be; then what was there is as it was.
    pub(super) fn end(mut self) -> Result<(), String> {
        match &mut self {
            Self::Gone => Ok(()),
            Self::Stdout(out) => {
                let flushed = out.flush();
                self.or_gone(flushed)
            }
            Self::File { file, beside, target } => {
                let written = file.flush();
                let placed = if beside.as_os_str().is_empty() {
                    written
                } else {
                    let (beside, target) = (std::mem::take(beside), target.as_path());
                    written.and_then(|()| file.get_ref().sync_all()).and_then(|()| place(&beside, target)).inspect_err(|_| {
                        let _ = fs::remove_file(&beside);
                    })
                };
                placed.map_err(|error| unwritten(target, &error))
            }
        }
    }
}

impl Drop for Pieces {
    /// What was not brought to its end leaves nothing behind.
    fn drop(&mut self) {
        if let Self::File { beside, .. } = self
            && !beside.as_os_str().is_empty()
        {
            let _ = fs::remove_file(beside);
        }
    }
}

fn unwritten(path: &Path, error: &io::Error) -> String {
    format!("{}: cannot be written: {error}; check the folder and close the file where it is open", path.display())
}

/// How many columns the terminal has.
pub(super) fn columns() -> usize {
    terminal_size::terminal_size().map_or(crate::report::text::WIDTH, |(width, _)| usize::from(width.0).max(60))
}

/// Whether `path` may be written: nothing is there, nothing is in it, it is no file (`/dev/null`), it is ours, or `force` says so.
///
/// # Errors
/// Where it may not, in words.
pub(super) fn free(path: &Path, force: bool) -> Result<(), String> {
    let shown = path.display();
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("{shown}: cannot be seen: {error}; check the folder and its rights")),
    };
    if metadata.is_dir() {
        return Err(format!("{shown}: is a folder; name a file with --output"));
    }
    if force || !metadata.is_file() || metadata.len() == 0 {
        return Ok(());
    }
    match own::recognise(path) {
        // A store is no result: what was ingested would be lost.
        Some(own) if own.is_store => Err(format!("{shown}: is {}; name another file with --output", own.what)),
        Some(own) if own.edited => Err(format!(
            "{shown}: was changed in another program since it was written here; name another file with --output, or replace it with --force"
        )),
        Some(_) => Ok(()),
        None => Err(format!(
            "{shown}: is there already, and this program has not written it; name another file with --output, or replace it with --force"
        )),
    }
}

/// Writes a file as a whole: beside the old one, to the disk, then in its place.
///
/// # Errors
/// Where it cannot be written; then what was there is as it was.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link; what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let earlier = fs::metadata(&target).ok();
    if earlier.as_ref().is_some_and(|earlier| !earlier.is_file()) {
        // A pipe or a device has nothing that could be lost.
        return OpenOptions::new().write(true).open(&target)?.write_all(bytes);
    }
    let (mut file, beside) = create_beside(folder_of(&target))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    written.and_then(|()| place(&beside, &target)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

/// Gives a file that was written beside another one the other's name and rights.
fn place(beside: &Path, target: &Path) -> io::Result<()> {
    if let Ok(earlier) = fs::metadata(target) {
        fs::set_permissions(beside, earlier.permissions())?;
    }
    fs::rename(beside, target)?;
    if let Ok(folder) = File::open(folder_of(target)) {
        // The new name is on the disk too, where the system can do that.
        let _ = folder.sync_all();
    }
    Ok(())
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A new file of a name that no walk takes for a document.
fn create_beside(folder: &Path) -> io::Result<(File, PathBuf)> {
    for number in 0..1000 {
        let path = folder.join(format!(".kehoach-{}-{number}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "no free name for a new file beside it"))
}
