//! The pages that are shown beside the text: drawn when they are first looked at, and kept in memory as far as that goes.
//!
//! A page takes a moment to draw and a scan seconds to be recognized anew, while keys are to be answered at once: so this is asked from
//! threads of its own, and draws one picture and finds the words of one page at a time. Whoever would wait for too many is sent away.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::json;

use super::places;
use super::{Body, Reply};
use crate::ingest::IngestError;
use crate::ingest::shown::{Part, Wanted, Words};

/// A page of a document, as it is asked for.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The files that hold the document; any that is still the one that was read will do.
    pub paths: Vec<String>,
    /// The SHA-256 of the file that was read.
    pub sha256: String,
    /// Which page, from 0.
    pub page: usize,
    /// What was read on it.
    pub text: String,
    /// The character of the document that it begins with.
    pub start: usize,
    /// The picture turned by so many quarters, or where its words stand.
    pub picture: Option<u8>,
}

/// Makes what is wanted of a page of a file.
pub type Show<'a> = &'a (dyn Fn(&Path, &Wanted) -> Result<Vec<u8>, IngestError> + Sync);

/// Bytes of pages that are kept: some hundred pictures.
const MOST_BYTES: usize = 64 << 20;
/// A page that could not be shown is tried again after this.
const ANEW: Duration = Duration::from_secs(60);
/// So many may wait.
const MOST_WAITING: usize = 8;
/// Where fewer words of 100 are found among the characters of a page, the text was read by OCR.
const OWN: usize = 60;

type Key = (String, usize, Option<u8>);

struct Kept {
    key: Key,
    reply: Reply,
    made: Instant,
}

/// The pages that were drawn.
#[derive(Default)]
pub struct Sheets {
    kept: Mutex<VecDeque<Kept>>,
    drawing: Mutex<()>,
    finding: Mutex<()>,
    waiting: AtomicUsize,
}

impl Sheets {
    /// The answer for a page, made by `show` where it is not kept.
    pub fn answer(&self, sheet: &Sheet, show: Show) -> Reply {
        let key = (sheet.sha256.clone(), sheet.page, sheet.picture);
        if let Some(reply) = self.known(&key) {
            return reply;
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Reply::json(503, &json!({"code": "busy", "error": "other pages are being drawn"}));
        }
        let turn = if sheet.picture.is_some() { &self.drawing } else { &self.finding };
        let turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever was before may have made it.
        let reply = self.known(&key).unwrap_or_else(|| {
            let reply = made(sheet, show);
            self.keep(key, reply.clone());
            reply
        });
        drop(turn);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        reply
    }

    fn known(&self, key: &Key) -> Option<Reply> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|one| one.key == *key)?;
        let one = kept.remove(at)?;
        if one.reply.status != 200 && one.made.elapsed() > ANEW {
            return None;
        }
        let reply = one.reply.clone();
        kept.push_back(one);
        Some(reply)
    }

    fn keep(&self, key: Key, reply: Reply) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(Kept { key, reply, made: Instant::now() });
        let mut bytes: usize = kept.iter().map(|one| one.reply.body.len()).sum();
        while bytes > MOST_BYTES
            && let Some(oldest) = kept.pop_front()
        {
            bytes -= oldest.reply.body.len();
        }
    }
}

fn made(sheet: &Sheet, show: Show) -> Reply {
    let mut failed = None;
    for path in &sheet.paths {
        match made_of(Path::new(path), sheet, show) {
            Ok(reply) => return reply,
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        Some(error) => Reply::json(404, &json!({"code": error.reason.code(), "error": error.to_string()})),
        None => Reply::json(404, &json!({"code": "unopened", "error": "the store knows no file of this document"})),
    }
}

fn made_of(path: &Path, sheet: &Sheet, show: Show) -> Result<Reply, IngestError> {
    let wanted = |part: Part| Wanted { sha256: sheet.sha256.clone(), page: sheet.page, part };
    if let Some(quarters) = sheet.picture {
        return Ok(Reply { status: 200, body: show(path, &wanted(Part::Picture(quarters)))?, is: Body::Picture });
    }
    let find = |part: Part| -> Result<(Words, Vec<places::Place>, usize), IngestError> {
        let words: Words = serde_json::from_slice(&show(path, &wanted(part))?).unwrap_or_default();
        let (found, share) = places::place(&sheet.text, sheet.start, &words.words);
        Ok((words, found, share))
    };
    let own = find(Part::Words)?;
    // Of a scan its own words, a stamp or another program's layer, are no help; without OCR the page is shown without marks.
    let mut without = None;
    let (words, found, share) = if own.2 >= OWN {
        own
    } else {
        match find(Part::Recognized) {
            Ok(recognized) if recognized.2 > own.2 => recognized,
            Ok(_) => own,
            Err(error) => {
                without = Some(error.reason.code().to_owned());
                own
            }
        }
    };
    let places: Vec<[usize; 6]> = found
        .iter()
        .map(|place| {
            let [left, top, right, bottom] = place.at.map(usize::from);
            [place.start, place.end, left, top, right, bottom]
        })
        .collect();
    Ok(Reply::json(200, &json!({"quarters": words.quarters, "places": places, "found": share, "without": without})))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::ingest::Reason;

    fn sheet(page: usize, picture: Option<u8>) -> Sheet {
        Sheet { paths: vec!["a.pdf".into()], sha256: "0a".into(), page, text: "Cấp nước".into(), start: 7, picture }
    }

    #[test]
    fn a_page_is_drawn_once_and_the_oldest_goes() {
        let sheets = Sheets::default();
        let drawn = AtomicUsize::new(0);
        let show = |_: &Path, _: &Wanted| {
            drawn.fetch_add(1, Ordering::Relaxed);
            Ok(vec![0; 20 << 20])
        };
        for page in [0, 0, 1, 0, 2, 0, 3] {
            assert_eq!(sheets.answer(&sheet(page, Some(0)), &show).status, 200);
        }
        assert_eq!(drawn.load(Ordering::Relaxed), 4, "page 0 was looked at again and again");
        sheets.answer(&sheet(1, Some(0)), &show);
        assert_eq!(drawn.load(Ordering::Relaxed), 5, "page 1 had to go");
    }

    #[test]
    fn a_scan_is_recognized_and_without_ocr_told() {
        let show = |recognized: bool| {
            move |path: &Path, wanted: &Wanted| {
                match wanted.part {
                Part::Recognized if !recognized => {
                    Err(IngestError { path: path.display().to_string(), reason: Reason::Scan("PDF", 1) })
                }
                Part::Recognized => Ok(
                    br#"{"quarters": 1, "words": [{"text": "C\u1ea5p", "at": [0.1, 0.1, 0.2, 0.2]}, {"text": "n\u01b0\u1edbc", "at": [0.2, 0.1, 0.3, 0.2]}]}"#
                        .to_vec(),
                ),
                _ => Ok(br#"{"quarters": 0, "words": []}"#.to_vec()),
            }
            }
        };
        let answer = |recognized: bool| -> serde_json::Value {
            let reply = Sheets::default().answer(&sheet(0, None), &show(recognized));
            serde_json::from_slice(&reply.body).expect("JSON")
        };
        let found = answer(true);
        assert_eq!((&found["quarters"], &found["places"][0]), (&json!(1), &json!([7, 10, 1000, 1000, 2000, 2000])), "{found}");
        let without = answer(false);
        assert_eq!((&without["without"], &without["places"]), (&json!("scan"), &json!([])), "{without}");
    }

    #[test]
    fn what_cannot_be_drawn_is_told_with_its_code_and_not_tried_again_at_once() {
        let sheets = Sheets::default();
        let tried = AtomicUsize::new(0);
        let show = |path: &Path, _: &Wanted| {
            tried.fetch_add(1, Ordering::Relaxed);
            Err(IngestError { path: path.display().to_string(), reason: Reason::TimedOut(60) })
        };
        for _ in 0..2 {
            let reply = sheets.answer(&sheet(0, Some(0)), &show);
            let told: serde_json::Value = serde_json::from_slice(&reply.body).expect("JSON");
            assert_eq!((reply.status, &told["code"]), (404, &json!("timed-out")));
        }
        assert_eq!(tried.load(Ordering::Relaxed), 1);
    }
}
