//! The folder of a Parquet export: an earlier export in it is replaced as a whole, anything else in it is left alone.
//!
//! `_kehoach.json` lists the files that are the export's. It is written before them, so that an export that was cut short is
//! replaced as well. Files of an earlier run would be read as if they were of this one; so a folder with a Parquet file that is not
//! listed is refused. Readers of datasets pass over names that begin with `_`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::output;
use crate::report::parquet::File;

const LIST: &str = "_kehoach.json";
const SCHEMA: &str = "kehoach.parquet/1";

/// What an export has written.
#[derive(Serialize, Deserialize)]
struct Listed {
    schema: String,
    files: BTreeSet<String>,
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: cannot be written: {error}; check the folder and its rights", path.display())
}

/// The files of an earlier export; none where there is no folder yet.
fn earlier(folder: &Path) -> Result<BTreeSet<String>, String> {
    let path = folder.join(LIST);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(format!("{}: cannot be read: {error}; name another folder", path.display())),
    };
    let listed: Listed = serde_json::from_str(&text)
        .map_err(|error| format!("{}: is no list of an export: {error}; name another folder", path.display()))?;
    // Only what lies in the folder may ever be removed.
    let inside = |file: &String| {
        Path::new(file).components().all(|part| matches!(part, Component::Normal(_))) && file.ends_with(".parquet")
    };
    if listed.schema != SCHEMA || !listed.files.iter().all(inside) {
        return Err(format!("{}: is no list that this program has written; name another folder", path.display()));
    }
    Ok(listed.files)
}

/// Whether an export may be written to `folder`: it is not there, is empty, or holds an earlier export and no other Parquet files.
///
/// # Errors
/// Where it may not, and why.
pub(super) fn free(folder: &Path) -> Result<(), String> {
    match fs::metadata(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(format!("{}: cannot be opened: {error}; name another folder", folder.display())),
        Ok(found) if !found.is_dir() => {
            return Err(format!("{}: is a file, and Parquet needs a folder; name another", folder.display()));
        }
        Ok(_) => {}
    }
    let listed = earlier(folder)?;
    let mut inside = Vec::new();
    walk(folder, &mut inside).map_err(|error| format!("{}: cannot be read: {error}; name another folder", folder.display()))?;
    let ours = folder.join(LIST).is_file();
    let of_export = |path: &str| listed.contains(path) || path == LIST;
    let foreign = inside.iter().find(|path| if ours { path.ends_with(".parquet") && !of_export(path) } else { !of_export(path) });
    match foreign {
        Some(path) => Err(format!(
            "{}: holds `{path}`, which no export of this program has written; name an empty or a new folder",
            folder.display()
        )),
        None => Ok(()),
    }
}

/// The files of a folder, as paths from it with `/`.
fn walk(folder: &Path, found: &mut Vec<String>) -> std::io::Result<()> {
    fn into(folder: &Path, before: &str, found: &mut Vec<String>) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                into(&entry.path(), &format!("{path}/"), found)?;
            } else {
                found.push(path);
            }
        }
        Ok(())
    }
    into(folder, "", found)?;
    found.sort();
    Ok(())
}

/// An export that is written part by part, in place of an earlier one.
pub(super) struct Dataset {
    folder: PathBuf,
    old: BTreeSet<String>,
    new: BTreeSet<String>,
}

impl Dataset {
    /// Begins an export into `folder`.
    ///
    /// # Errors
    /// Where the folder is not free, or cannot be made.
    pub(super) fn begin(folder: &Path) -> Result<Self, String> {
        free(folder)?;
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
        Ok(Self { folder: folder.to_path_buf(), old: earlier(folder)?, new: BTreeSet::new() })
    }

    /// Writes files of the export.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub(super) fn add(&mut self, files: &[File]) -> Result<(), String> {
        self.new.extend(files.iter().map(|file| file.path.clone()));
        // Until all is written, what is of the old and what is of the new export are both ours.
        list(&self.folder, self.old.union(&self.new).cloned().collect())?;
        for file in files {
            let path = self.folder.join(&file.path);
            let parent = path.parent().unwrap_or(&self.folder);
            fs::create_dir_all(parent).and_then(|()| output::replace(&path, &file.bytes)).map_err(|error| told(&path, &error))?;
        }
        Ok(())
    }

    /// Takes out what only the earlier export had.
    ///
    /// # Errors
    /// Where a file cannot be removed.
    pub(super) fn end(self) -> Result<(), String> {
        for path in self.old.difference(&self.new) {
            let path = self.folder.join(path);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(told(&path, &error)),
                _ => {}
            }
            // Folders that are empty now go too; one that is not stays.
            let mut above = path.parent();
            while let Some(empty) = above.filter(|above| *above != self.folder && fs::remove_dir(above).is_ok()) {
                above = empty.parent();
            }
        }
        list(&self.folder, self.new)
    }
}

fn list(folder: &Path, files: BTreeSet<String>) -> Result<(), String> {
    let path = folder.join(LIST);
    let text = serde_json::to_string_pretty(&Listed { schema: SCHEMA.into(), files }).unwrap_or_default() + "\n";
    output::replace(&path, text.as_bytes()).map_err(|error| told(&path, &error))
}
