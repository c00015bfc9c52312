//! ZIP archives (DOCX, XLSX, ODS), opened with limits: a small file may unpack to terabytes.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Reason;

/// The most entries that an archive may have; a document has a few dozen, with many images some hundred.
const MOST_ENTRIES: usize = 10_000;
/// The most bytes that are unpacked from an archive.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// How much larger than packed an entry may be, above [`SMALL`]; XML of real documents stays under 100.
const MOST_RATIO: u64 = 200;
/// Entries that are not suspected.
const SMALL: u64 = 8 * 1024 * 1024;

/// An archive and how much of it was unpacked.
pub(super) struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// Entries by their [`folded`] names.
    names: HashMap<String, usize>,
    unpacked: u64,
    /// What kind of document it is thought to be, for messages.
    pub(super) kind: &'static str,
}

impl Archive {
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, Reason> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("a ZIP archive (DOCX, XLSX, ODT …)", &error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(Reason::Bomb(format!("{} entries", zip.len())));
        }
        let mut names = HashMap::new();
        for (index, name) in (0..zip.len()).filter_map(|index| Some((index, zip.name_for_index(index)?))) {
            names.entry(folded(name)).or_insert(index);
        }
        Ok(Self { zip, names, unpacked: 0, kind: "a ZIP archive" })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// The names of the entries in a folder, sorted.
    pub(super) fn names_in(&self, folder: &str) -> Vec<String> {
        let folder = folded(folder);
        let mut names: Vec<String> =
            self.names.keys().filter(|name| name.starts_with(&folder) && !name.ends_with('/')).cloned().collect();
        names.sort_unstable();
        names
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name).or_else(|| self.names.get(&folded(name)).copied())
    }

    /// The bytes of an entry; `None` where there is no such entry.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Reason> {
        let kind = self.kind;
        let Some(index) = self.index(name) else { return Ok(None) };
        let entry = match self.zip.by_index(index) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(detail)) if detail == ZipError::PASSWORD_REQUIRED => {
                return Err(Reason::Encrypted(kind));
            }
            Err(error) => return Err(damaged(kind, &error)),
        };
        let packed = entry.compressed_size();
        let allowed = if entry.size() > SMALL { packed.saturating_mul(MOST_RATIO).max(SMALL) } else { SMALL };
        let allowed = allowed.min(MOST_BYTES.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        // What the entry says of its size is not believed: one byte more than allowed is asked for.
        let read =
            entry.take(allowed + 1).read_to_end(&mut bytes).map_err(|error| Reason::Damaged(kind, format!("{name}: {error}")))?;
        if read as u64 > allowed {
            return Err(Reason::Bomb(format!("{name}, {packed} bytes packed, becomes more than {allowed}")));
        }
        self.unpacked += read as u64;
        Ok(Some(bytes))
    }

    /// The text of an XML entry.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Reason> {
        Ok(self.bytes(name)?.map(|bytes| {
            // UTF-8 nearly always; a byte order mark tells the rest.
            encoding_rs::UTF_8.decode(&bytes).0.into_owned()
        }))
    }

    /// The text of an XML entry that has to be there.
    pub(super) fn required(&mut self, name: &str) -> Result<String, Reason> {
        self.text(name)?.ok_or_else(|| Reason::Damaged(self.kind, format!("{name} is missing")))
    }

    /// The targets of a part's relationships whose type ends in `kind`, by their ids, as paths in the archive.
    pub(super) fn related(&mut self, part: &str, kind: &str) -> Result<Vec<(String, String)>, Reason> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(text) = self.text(&name)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        super::xml::walk(&text, &mut |piece| {
            if let super::xml::Piece::Open(tag) = piece
                && tag.local() == "Relationship"
                && tag.get("Type").is_some_and(|value| value.ends_with(kind))
                && let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target"))
            {
                found.push((id, resolve(folder, &target)));
            }
        })
        .map_err(|detail| Reason::Damaged(self.kind, format!("{name}: {detail}")))?;
        Ok(found)
    }
}

/// A name as packages compare them: without case, and whatever the program that wrote them parts folders by (`xl\workbook.xml`).
fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A relationship's target as a path in the archive: `../media/x` from `word`, `/word/document.xml`.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn damaged(kind: &'static str, error: &ZipError) -> Reason {
    Reason::Damaged(kind, error.to_string())
}
