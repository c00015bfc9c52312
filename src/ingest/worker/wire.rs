//! What the parent and a worker tell each other: frames of a letter, a length (8 bytes, low first) and that many bytes.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::ingest::{LARGEST, Source};

/// What becomes of a file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    Source(Box<Source>),
    Refused {
        /// [`Reason::code`](crate::ingest::Reason::code).
        code: String,
        message: String,
    },
}

/// What a worker says.
#[derive(Debug)]
pub(super) enum Frame {
    /// The file is long, but work goes on.
    Progress,
    Answer(Answer),
    /// More than may be; the rest is not read.
    TooLong,
}

const PROGRESS: u8 = b'P';
const SOURCE: u8 = b'S';

/// The longest path of a request, in bytes.
const LONGEST_PATH: u64 = 1 << 20;

pub(super) fn write_request(out: &mut impl Write, path: &str, bytes: &[u8]) -> io::Result<()> {
    for part in [path.as_bytes(), bytes] {
        out.write_all(&(part.len() as u64).to_le_bytes())?;
        out.write_all(part)?;
    }
    out.flush()
}

/// The next request; `None` where the parent has closed, or is not understood.
pub(super) fn read_request(input: &mut impl Read) -> Option<(String, Vec<u8>)> {
    let path = read_part(input, LONGEST_PATH)?;
    Some((String::from_utf8(path).ok()?, read_part(input, LARGEST)?))
}

pub(super) fn write_progress(out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[PROGRESS])?;
    out.write_all(&0_u64.to_le_bytes())?;
    out.flush()
}

pub(super) fn write_answer(out: &mut impl Write, answer: &Answer) -> io::Result<()> {
    let json = serde_json::to_vec(answer)?;
    out.write_all(&[SOURCE])?;
    out.write_all(&(json.len() as u64).to_le_bytes())?;
    out.write_all(&json)?;
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
    let bytes = read_bytes(input, length)?;
    match kind[0] {
        PROGRESS => Some(Frame::Progress),
        SOURCE => serde_json::from_slice(&bytes).ok().map(Frame::Answer),
        _ => None,
    }
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
        let mut bytes = Vec::new();
        write_request(&mut bytes, "kế hoạch.pdf", b"%PDF-").expect("written");
        assert_eq!(read_request(&mut bytes.as_slice()), Some(("kế hoạch.pdf".into(), b"%PDF-".to_vec())));
        for cut in 0..bytes.len() {
            assert_eq!(read_request(&mut &bytes[..cut]), None, "cut at {cut}");
        }
    }

    #[test]
    fn an_answer_comes_back() {
        let mut bytes = Vec::new();
        write_progress(&mut bytes).expect("written");
        write_answer(&mut bytes, &Answer::Refused { code: "blank".into(), message: "holds only white space".into() })
            .expect("written");
        let mut input = bytes.as_slice();
        assert!(matches!(read_frame(&mut input, 1000), Some(Frame::Progress)));
        assert!(matches!(read_frame(&mut input, 1000), Some(Frame::Answer(Answer::Refused { code, .. })) if code == "blank"));
        assert!(read_frame(&mut input, 1000).is_none());
        assert!(matches!(read_frame(&mut &bytes[9..], 10), Some(Frame::TooLong)));
    }
}
