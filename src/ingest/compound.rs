//! OLE compound files, in which Office 97 kept its documents: a small file system.
//!
//! Only what is needed: the names of the streams in the root folder, and their bytes.
//! Chains of sectors are followed for no longer than the file has sectors.

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// For each sector, the one behind it.
    next: Vec<u32>,
    /// The same for the small sectors of 64 bytes, which stand in a stream of their own.
    next_small: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    stream: bool,
    start: u32,
    size: usize,
}

const LAST: u32 = 0xFFFF_FFFA;
const SMALL_SECTOR: usize = 64;
const SMALL_LIMIT: usize = 4096;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

impl<'a> Compound<'a> {
    /// Opens a compound file; `None` where it is damaged beyond its table of sectors.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        if !matches!(shift, 9 | 12) {
            return None;
        }
        let mut file =
            Self { bytes, sector: 1 << shift, next: Vec::new(), next_small: Vec::new(), small: Vec::new(), entries: Vec::new() };
        let sectors = bytes.len() / file.sector + 1;
        let per_sector = file.sector / 4;
        // The table's own sectors: 109 in the header, the rest in a chain.
        let mut table: Vec<u32> = (0..109).filter_map(|index| u32_at(bytes, 76 + index * 4)).collect();
        let mut more = u32_at(bytes, 68)?;
        let mut steps = 0;
        while more < LAST && steps < sectors {
            let at = file.offset(more);
            table.extend((0..per_sector - 1).filter_map(|index| u32_at(bytes, at + index * 4)));
            more = u32_at(bytes, at + (per_sector - 1) * 4)?;
            steps += 1;
        }
        for sector in table.into_iter().filter(|sector| *sector < LAST).take(sectors) {
            let at = file.offset(sector);
            file.next.extend((0..per_sector).map(|index| u32_at(bytes, at + index * 4).unwrap_or(LAST)));
        }
        let folder = file.chain(u32_at(bytes, 48)?, usize::MAX);
        file.entries = folder.chunks_exact(128).filter_map(entry).collect();
        let small = file.chain(u32_at(bytes, 60)?, usize::MAX);
        file.next_small = small.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect();
        let root = file.entries.first()?;
        file.small = file.chain(root.start, root.size);
        Some(file)
    }

    fn offset(&self, sector: u32) -> usize {
        (sector as usize).saturating_add(1).saturating_mul(self.sector)
    }

    fn chain(&self, start: u32, size: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut sector = start;
        let mut steps = 0;
        while sector < LAST && out.len() < size && steps <= self.next.len() {
            let at = self.offset(sector);
            let Some(piece) =
                self.bytes.get(at..at.saturating_add(self.sector).min(self.bytes.len())).filter(|piece| !piece.is_empty())
            else {
                break;
            };
            out.extend_from_slice(piece);
            sector = self.next.get(sector as usize).copied().unwrap_or(LAST);
            steps += 1;
        }
        out.truncate(size);
        out
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.stream && entry.name == name)
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.stream && entry.name == name)?;
        if entry.size >= SMALL_LIMIT {
            return Some(self.chain(entry.start, entry.size));
        }
        let mut out = Vec::new();
        let mut sector = entry.start;
        while sector < LAST && out.len() < entry.size {
            let at = sector as usize * SMALL_SECTOR;
            let Some(piece) = self.small.get(at..(at + SMALL_SECTOR).min(self.small.len())).filter(|piece| !piece.is_empty())
            else {
                break;
            };
            out.extend_from_slice(piece);
            sector = self.next_small.get(sector as usize).copied().unwrap_or(LAST);
        }
        out.truncate(entry.size);
        Some(out)
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).min(64);
    let kind = *bytes.get(66)?;
    let units = (0..length.saturating_sub(2) / 2).filter_map(|index| u16_at(bytes, index * 2));
    let name = char::decode_utf16(units).map(|c| c.unwrap_or('?')).collect();
    let size = u32_at(bytes, 120)? as usize;
    Some(Entry { name, stream: kind == 2, start: u32_at(bytes, 116)?, size })
}
