//! What the parent and a worker tell each other: frames of a letter, a length (8 bytes, low first) and that many bytes.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::ingest::{LARGEST, Sign};

/// What the parent asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// What is wanted, as whoever serves understands it.
    pub(super) want: u8,
    pub(super) path: PathBuf,
    /// The content, where there is no file that could be opened once more.
    pub(super) given: Option<Vec<u8>>,
    /// What the file is to be compared with, where that is wanted.
    pub(super) beside: Option<Vec<u8>>,
}

/// Why a file was not read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Refusal {
    /// [`Reason::code`](crate::ingest::Reason::code).
    pub(super) code: String,
    pub(super) message: String,
}

/// What a worker says.
#[derive(Debug)]
pub(super) enum Frame {
    /// The file takes its time, but work goes on.
    Sign(Sign),
    /// What was made of the file.
    Made(Vec<Vec<u8>>),
    Refused(Refusal),
    /// More than may be; the rest is not read.
    TooLong,
}

const PAGE: u8 = b'P';
const CONVERSION: u8 = b'C';
const MADE: u8 = b'M';
const REFUSED: u8 = b'R';

/// The longest path of a request, in bytes.
const LONGEST_PATH: u64 = 1 << 20;

#[cfg(unix)]
fn bytes_of(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

/// Set where a request has a content, and where it has something beside.
const GIVEN: u8 = 1;
const BESIDE: u8 = 2;

pub(super) fn write_request(
    out: &mut impl Write,
    want: u8,
    path: &Path,
    given: Option<&[u8]>,
    beside: Option<&[u8]>,
) -> io::Result<()> {
    let parts = if given.is_some() { GIVEN } else { 0 } | if beside.is_some() { BESIDE } else { 0 };
    out.write_all(&[want, parts])?;
    write_part(out, &bytes_of(path))?;
    for bytes in [given, beside].into_iter().flatten() {
        write_part(out, bytes)?;
    }
    out.flush()
}

/// The next request; `None` where the parent has closed, or is not understood.
pub(super) fn read_request(input: &mut impl Read) -> Option<Request> {
    let mut begin = [0; 2];
    input.read_exact(&mut begin).ok()?;
    let path = path_of(read_part(input, LONGEST_PATH)?);
    let given = if begin[1] & GIVEN != 0 { Some(read_part(input, LARGEST)?) } else { None };
    let beside = if begin[1] & BESIDE != 0 { Some(read_part(input, LARGEST)?) } else { None };
    Some(Request { want: begin[0], path, given, beside })
}

pub(super) fn write_sign(out: &mut impl Write, sign: Sign) -> io::Result<()> {
    out.write_all(&[if sign == Sign::Page { PAGE } else { CONVERSION }])?;
    out.write_all(&0_u64.to_le_bytes())?;
    out.flush()
}

pub(super) fn write_made(out: &mut impl Write, parts: &[Vec<u8>]) -> io::Result<()> {
    out.write_all(&[MADE])?;
    out.write_all(&parts.iter().map(|part| part.len() as u64 + 8).sum::<u64>().to_le_bytes())?;
    for part in parts {
        write_part(out, part)?;
    }
    out.flush()
}

pub(super) fn write_refusal(out: &mut impl Write, refusal: &Refusal) -> io::Result<()> {
    out.write_all(&[REFUSED])?;
    write_part(out, &serde_json::to_vec(refusal)?)?;
    out.flush()
}

/// What a worker says next; `None` where it is gone, or is not understood.
pub(super) fn read_frame(input: &mut impl Read, longest: u64) -> Option<Frame> {
    let mut kind = [0];
    input.read_exact(&mut kind).ok()?;
    let length = read_length(input)?;
    if length > longest {
        return Some(Frame::TooLong);
    }
    match kind[0] {
        PAGE => Some(Frame::Sign(Sign::Page)),
        CONVERSION => Some(Frame::Sign(Sign::Conversion)),
        MADE => {
            let (mut parts, mut left) = (Vec::new(), length);
            while left > 0 {
                left = left.checked_sub(8)?;
                let part = read_part(input, left)?;
                left -= part.len() as u64;
                parts.push(part);
            }
            Some(Frame::Made(parts))
        }
        REFUSED => serde_json::from_slice(&read_bytes(input, length)?).ok().map(Frame::Refused),
        _ => None,
    }
}

fn write_part(out: &mut impl Write, part: &[u8]) -> io::Result<()> {
    out.write_all(&(part.len() as u64).to_le_bytes())?;
    out.write_all(part)
}

fn read_part(input: &mut impl Read, longest: u64) -> Option<Vec<u8>> {
    let length = read_length(input)?;
    if length > longest { None } else { read_bytes(input, length) }
}

fn read_length(input: &mut impl Read) -> Option<u64> {
    let mut length = [0; 8];
    input.read_exact(&mut length).ok()?;
    Some(u64::from_le_bytes(length))
}

/// Exactly so many bytes; memory is taken as they come, whatever the length claims.
fn read_bytes(input: &mut impl Read, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_back_and_half_of_one_is_none() {
        let (pdf, gold) = (Some(b"%PDF-".to_vec()), Some(b"{}".to_vec()));
        for (given, beside) in [(None, None), (pdf.clone(), None), (None, gold.clone()), (pdf, gold)] {
            let path = PathBuf::from("kế hoạch.pdf");
            let mut bytes = Vec::new();
            write_request(&mut bytes, b'r', &path, given.as_deref(), beside.as_deref()).expect("written");
            for cut in 0..bytes.len() {
                assert_eq!(read_request(&mut &bytes[..cut]), None, "cut at {cut}");
            }
            assert_eq!(read_request(&mut bytes.as_slice()), Some(Request { want: b'r', path, given, beside }));
        }
    }

    #[test]
    fn an_answer_comes_back() {
        let mut bytes = Vec::new();
        write_sign(&mut bytes, Sign::Page).expect("written");
        write_made(&mut bytes, &[b"mot".to_vec(), Vec::new()]).expect("written");
        write_refusal(&mut bytes, &Refusal { code: "blank".into(), message: "holds only white space".into() }).expect("written");
        let mut input = bytes.as_slice();
        assert!(matches!(read_frame(&mut input, 1000), Some(Frame::Sign(Sign::Page))));
        assert!(matches!(read_frame(&mut input, 1000), Some(Frame::Made(parts)) if parts == [b"mot".to_vec(), Vec::new()]));
        assert!(matches!(read_frame(&mut input, 1000), Some(Frame::Refused(refusal)) if refusal.code == "blank"));
        assert!(read_frame(&mut input, 1000).is_none());
        assert!(matches!(read_frame(&mut &bytes[9..], 10), Some(Frame::TooLong)));
    }
}
