//! What this program has written itself, known by a mark that each form carries: a document property of a workbook, a tag of a page,
//! the last line of a text. Such a file is no document, so it is left out when folders are read, and `--output` may replace it.
//!
//! | form | mark |
//! |---|---|
//! | XLSX | the document property [`MARK`] |
//! | HTML | `<meta name="generator" content="kehoach.report/1">` |
//! | text, Markdown | the last line: [`TEXT_END`], [`MARKDOWN_END`] |
//! | CSV | the line of names, which is one of [`HEADERS`] |
//! | JSON, NDJSON | `"schema": "kehoach.…"` before anything else, or the first names of [`KEYS`] |
//! | messages (`2> nhat-ky.txt`) | the first line begins with the program's name |
//! | ICS, SARIF, Parquet, manual pages | the name of the program where the format has a place for it |
//! | store | SQLite's application id; its log, index and lock by their names beside it |

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;

use super::archive::Archive;

/// What marks a file as written by this program.
pub const MARK: &str = "kehoach.report/1";
/// The last line of a report in plain text.
pub const TEXT_END: &str = "-- kehoach.report/1 --\n";
/// The last line of a report in Markdown, which no reader shows.
pub const MARKDOWN_END: &str = "\n<!-- kehoach.report/1 -->\n";
/// Who has made a calendar.
pub const CALENDAR: &str = "PRODID:-//kehoach//kehoach//VI";
/// What every message on stderr begins with.
pub const SAYS: &str = "kehoach: ";
/// SQLite's application id of a store: `KHOA`.
pub const APPLICATION: u32 = 0x4B48_4F41;
/// When every workbook is said to have been made: one that was saved by another program since says a later time.
pub const MADE: &str = "2000-01-01T00:00:00Z";

/// The first lines of tables as CSV; the columns of another table would be another line.
pub const HEADERS: [&str; 9] = [
    "so_ky_hieu,ngay_ban_hanh,co_quan_ban_hanh,cap_ban_hanh,ma,ten,loai,so_sanh,gia_tri,gia_tri_den,don_vi_tinh,ket_qua,\
     ky,pham_vi,don_vi_chu_tri,don_vi_phoi_hop,don_vi_theo_doi,thoi_han_goc,thoi_han,san_pham,can_cu,vi_tri,trich_dan,\
     canh_bao,tep,ky_tu_dau,ky_tu_cuoi",
    "so_ky_hieu,ngay_ban_hanh,ma,thoi_han_goc,tu_ngay,thoi_han,trong_ngay,dinh_ky,noi_dung,vi_tri,trich_dan,canh_bao,tep,\
     ky_tu_dau,ky_tu_cuoi",
    "so_ky_hieu,ma,vai_tro,loai_van_ban,so_ky_hieu_vien_dan,ngay_vien_dan,co_quan_vien_dan,trich_yeu,so_lan,vi_tri,\
     trich_dan,canh_bao,tep,ky_tu_dau,ky_tu_cuoi",
    "ma_quy_tac,muc_do,vi_tri,van_de,can_lam,trich_dan_1,trich_dan_2,trich_dan_khac,dau_van_tay,tep,ky_tu_dau,ky_tu_cuoi",
    "so_ky_hieu,loai_cho_chua_doc,ly_do,hang,cot,xung_quanh,vi_tri,trich_dan,canh_bao,tep,ky_tu_dau,ky_tu_cuoi",
    "stt,ten,ket_qua,danh_gia",
    "thoi_han,thoi_han_goc,vai_tro,loai,ten,don_vi,so_ky_hieu,vi_tri,tep",
    "ke_hoach_cap_tren,chi_tieu,muc_giao,ke_hoach_cap_duoi,tinh_trang",
    "ma,ten,don_vi,cap,nam,loai,so_sanh,gia_tri,don_vi_tinh,tap_tin,muc",
];

/// The first names in JSON that has no schema, in the order in which they are written: of `coverage`, `tasks`, `series`, `link`, `list`,
/// `search`, `show --chain`, `status`, `extract --ledger` and `corrections list`. Others who write the same are no documents either.
pub const KEYS: [&[&str]; 15] = [
    &["matrices", "programmes"],
    &["matrices", "upper"],
    &["part", "kind", "text"],
    &["documents", "date", "id", "number", "path"],
    &["documents", "rows"],
    &["documents", "unit", "level"],
    &["documents", "units", "targets", "indicators"],
    &["one", "one_name", "other"],
    &["id", "type", "number", "symbol"],
    &["hits", "document", "id", "type"],
    &["hits", "more", "other_marks"],
    &["units", "status", "unit", "code"],
    &["counts", "documents", "failures"],
    &["start", "end", "text", "class", "why"],
    &["correction", "schema", "id", "slot"],
];

/// How much of the beginning and of the end of a file is looked at.
const HEAD: usize = 4096;
const TAIL: usize = 512;

/// What a file of this program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// What people call it, in English: `a workbook`.
    pub what: &'static str,
    /// Another program has saved it since: somebody may have filled it in.
    pub edited: bool,
    /// It is a store or belongs to one.
    pub is_store: bool,
}

fn own(what: &'static str) -> Option<Own> {
    Some(Own { what, edited: false, is_store: false })
}

fn of_store(what: &'static str) -> Option<Own> {
    Some(Own { what, edited: false, is_store: true })
}

/// Tells a file of this program by its name and content; workbooks, which have to be unpacked, by [`workbook`].
pub(super) fn of_bytes(name: &str, bytes: &[u8]) -> Option<Own> {
    of_ends(name, &bytes[..bytes.len().min(HEAD)], &bytes[bytes.len().saturating_sub(TAIL)..])
}

fn of_ends(name: &str, head: &[u8], tail: &[u8]) -> Option<Own> {
    if let Some(found) = store(name, head) {
        return Some(found);
    }
    if head.starts_with(b"PAR1") {
        return if holds(tail, b"kehoach") { own("a Parquet file") } else { None };
    }
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    // A character may be cut at the end of the head, and at the beginning of the tail.
    let text = String::from_utf8_lossy(head);
    let end = String::from_utf8_lossy(tail);
    let start = text.trim_start();
    if end.ends_with(TEXT_END.trim_end()) || end.ends_with(TEXT_END) {
        own("a report")
    } else if end.trim_end().ends_with(MARKDOWN_END.trim()) {
        own("a report")
    } else if start.starts_with("<!DOCTYPE html>") && start.contains("<meta name=\"generator\" content=\"kehoach.report/1\">") {
        own("a page")
    } else if start.starts_with("BEGIN:VCALENDAR") && start.contains(CALENDAR) {
        own("a calendar")
    } else if is_records(start) {
        own("records or findings as JSON")
    } else if start.starts_with(".ie \\n(.g") && start.contains(".TH kehoach") {
        own("a manual page")
    } else if start.starts_with(SAYS) {
        own("messages")
    } else if is_table(start) {
        own("a table")
    } else {
        None
    }
}

/// A store, or what SQLite and the lock leave beside it.
fn store(name: &str, head: &[u8]) -> Option<Own> {
    if head.starts_with(b"SQLite format 3\0") {
        return if head.get(68..72) == Some(&APPLICATION.to_be_bytes()[..]) { of_store("a store") } else { None };
    }
    let beside = |ending: &str, mark: &[&[u8]]| name.ends_with(ending) && mark.iter().any(|mark| head.starts_with(mark));
    if beside("-wal", &[b"\x37\x7F\x06\x82", b"\x37\x7F\x06\x83"]) || beside("-shm", &[b"\x18\xE2\x2D\x00"]) {
        return of_store("a part of a store");
    }
    let number = head.strip_prefix(b"process ")?;
    let is_lock = name.ends_with("-lock") && !number.is_empty() && number.len() < 12 && number.iter().all(u8::is_ascii_digit);
    if is_lock { of_store("the lock of a store") } else { None }
}

/// Records, errors, findings or differences: `{"schema":"kehoach.record/1"`, in a list or not, indented or not; SARIF of this program.
fn is_records(start: &str) -> bool {
    if !start.starts_with(['{', '[']) {
        return false;
    }
    let bare: String = start.chars().filter(|c| !c.is_whitespace()).take(1024).collect();
    let inside = bare.strip_prefix('[').unwrap_or(&bare);
    let names = names_of(start);
    inside.starts_with("{\"schema\":\"kehoach.")
        || KEYS.iter().any(|keys| names.len() >= keys.len() && names.iter().zip(*keys).all(|(name, key)| name == key))
        || inside.starts_with("{\"$schema\":") && inside.contains("\"driver\":{\"name\":\"kehoach\"")
}

/// The first names of objects in JSON, whatever they are within, at most as many as [`KEYS`] tell apart.
fn names_of(json: &str) -> Vec<&str> {
    const MOST: usize = 5;
    let mut names = Vec::new();
    let mut rest = json;
    while names.len() < MOST
        && let Some((_, behind)) = rest.split_once('"')
    {
        let mut is_escaped = false;
        let end = behind.find(|c| {
            let ends = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let Some(end) = end else { break };
        rest = &behind[end + 1..];
        if rest.trim_start().starts_with(':') {
            names.push(&behind[..end]);
        }
    }
    names
}

/// A table whose first line is one that this program writes. A list that people keep may share some names, but not all in order.
fn is_table(start: &str) -> bool {
    start.split_once('\n').is_some_and(|(line, _)| HEADERS.contains(&line.trim_end()))
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|part| part == mark)
}

/// Tells a workbook of this program by its properties.
pub(super) fn workbook(archive: &mut Archive) -> Option<Own> {
    let properties = archive.text("docProps/custom.xml").ok().flatten()?;
    let times = archive.text("docProps/core.xml").ok().flatten().unwrap_or_default();
    of_properties(&properties, &times)
}

fn of_properties(properties: &str, times: &str) -> Option<Own> {
    properties.contains(MARK).then(|| Own { what: "a workbook", edited: times.matches(MADE).count() < 2, is_store: false })
}

/// Tells a file of this program at `path`, whatever its form; nothing where it cannot be opened.
#[must_use]
pub fn recognise(path: &Path) -> Option<Own> {
    let mut file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    let mut part = |from: u64, most: usize| -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(from)).ok()?;
        (&mut file).take(most as u64).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    };
    let head = part(0, HEAD)?;
    let tail = part(length.saturating_sub(TAIL as u64), TAIL)?;
    if !head.starts_with(b"PK\x03\x04") {
        return of_ends(&path.to_string_lossy(), &head, &tail);
    }
    let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
    let mut entry = |name: &str| {
        let mut text = Vec::new();
        archive.by_name(name).ok()?.take(1 << 16).read_to_end(&mut text).ok()?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    of_properties(&entry("docProps/custom.xml")?, &entry("docProps/core.xml").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, content: &[u8]) -> Option<&'static str> {
        of_bytes(name, content).map(|own| own.what)
    }

    #[test]
    fn what_this_program_writes_is_known_by_its_mark() {
        let mut store = b"SQLite format 3\0".to_vec();
        store.resize(68, 0);
        store.extend(APPLICATION.to_be_bytes());
        for (name, content, wanted) in [
            ("a.txt", "1 lỗi\n-- kehoach.report/1 --\n".as_bytes(), "a report"),
            ("a.md", "# Kết quả\n\n<!-- kehoach.report/1 -->\n".as_bytes(), "a report"),
            ("a.html", b"<!DOCTYPE html>\n<html><meta name=\"generator\" content=\"kehoach.report/1\">", "a page"),
            ("a.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kehoach//kehoach//VI\r\n", "a calendar"),
            ("a.json", b"[\n  {\n    \"schema\": \"kehoach.record/1\",", "records or findings as JSON"),
            ("a.ndjson", b"{\"schema\":\"kehoach.error/1\",\"source\":{}}", "records or findings as JSON"),
            (
                "a.txt",
                b"[\n  {\n    \"part\": \"lead\",\n    \"kind\": \"nhiem_vu\",\n    \"text\": \"",
                "records or findings as JSON",
            ),
            (
                "a.txt",
                b"{\"start\":1,\"end\":3,\"text\":\"\\\"a\",\"class\":\"date\",\"why\":null}",
                "records or findings as JSON",
            ),
            ("a.txt", b"kehoach: d/a.txt: is empty\n", "messages"),
            ("a.csv", "\u{FEFF}stt,ten,ket_qua,danh_gia\r\n1,Rà soát,,\r\n".as_bytes(), "a table"),
            ("a.db", &store, "a store"),
            ("a.db-lock", b"process 4711", "the lock of a store"),
            ("a.db-wal", b"\x37\x7F\x06\x82....", "a part of a store"),
        ] {
            assert_eq!(told(name, content), Some(wanted), "{name}");
        }
    }

    #[test]
    fn what_others_write_is_not() {
        for (name, content) in [
            ("a.txt", "KẾ HOẠCH\nPhòng chống cháy rừng\n".as_bytes()),
            ("a.txt", b"process 4711"),
            ("a.html", b"<!DOCTYPE html><meta name=\"generator\" content=\"Word\"> kehoach.report/1"),
            ("a.ics", b"BEGIN:VCALENDAR\r\nPRODID:-//Lich Suoi Lim//VI\r\n"),
            ("a.json", b"{\"schema\":\"http://json-schema.org/\"}"),
            ("a.json", b"[{\"part\": \"lead\", \"text\": \"kind\"}]"),
            ("a.csv", b"stt,ten,ghi chu\r\n1,a,b\r\n"),
            ("a.csv", b"so_ky_hieu,ma,ten\r\n1/KH,1,a\r\n"),
            ("a.db", b"SQLite format 3\0................................................................"),
            ("a.txt", b""),
        ] {
            assert_eq!(told(name, content), None, "{name}");
        }
    }

    #[test]
    fn a_workbook_that_was_saved_since_may_be_filled_in() {
        let made = format!("<created>{MADE}</created><modified>{MADE}</modified>");
        let saved = format!("<created>{MADE}</created><modified>2025-06-01T08:00:00Z</modified>");
        assert_eq!(of_properties(MARK, &made).map(|own| own.edited), Some(false));
        assert_eq!(of_properties(MARK, &saved).map(|own| own.edited), Some(true));
        assert_eq!(of_properties("another", &made), None);
    }
}
