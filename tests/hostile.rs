//! Texts that no document is, over and over: what they cost grows with their length, in reading and in auditing. `benches/hostile.sh`
//! measures more of them, and longer ones.

mod common;

use std::fs;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use common::{lexicon, read_text};
use kehoach::check::{self, Known};
use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::Collection;
use kehoach::record::Record;

/// What a text is made of, by the number of times it was said.
type Unit<'a> = &'a dyn Fn(usize) -> String;

/// Below this, starting and noise count for more than the text.
const LEAST: Duration = Duration::from_millis(400);

fn document(unit: Unit, length: usize) -> String {
    let mut text = "KẾ HOẠCH\nThử năm 2025\nI. MỤC TIÊU\n".to_owned();
    let mut number = 0;
    while text.len() < length {
        number += 1;
        text.push_str(&unit(number));
    }
    text
}

fn audited(record: Record, words: &LinkLexicon) -> usize {
    let mut records = [record];
    let collection = Collection::link(&records, words);
    collection.apply(&mut records);
    let known = Known { lexicon: lexicon(), words, collection: &collection };
    check::audit(&records, check::rules::RULES, known).found.len()
}

/// The processor time of this process: other work on the machine makes a test wait, and is not the text's doing. Where the system does not
/// tell it, the time.
fn spent(start: Instant) -> Duration {
    const TICK: Duration = Duration::from_millis(10);
    let told = || -> Option<Duration> {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let (user, system): (u32, u32) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some(TICK * (user + system))
    };
    told().unwrap_or_else(|| start.elapsed())
}

/// What it costs, the less of two times: a processor that is shared is slower.
fn cost(text: &str, words: &LinkLexicon) -> Duration {
    // What another test does meanwhile would be counted.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let once = || {
        let start = Instant::now();
        let before = spent(start);
        audited(read_text(text), words);
        spent(start).saturating_sub(before)
    };
    let first = once();
    if first < LEAST { first } else { first.min(once()) }
}

#[test]
fn what_is_said_over_and_over_costs_in_proportion() {
    let words = LinkLexicon::embedded().expect("embedded lexicons");
    let units: [(&str, usize, Unit); 14] = [
        ("headers of columns", 30_000, &|_| "STT  Nội dung  Đơn vị\n".into()),
        ("headers of bars", 30_000, &|_| "| STT | Nội dung | Đơn vị |\n".into()),
        ("headers of tabs", 30_000, &|_| "STT\tNội dung\tĐơn vị\n".into()),
        ("headers alone", 30_000, &|_| "STT\n1\n2\n".into()),
        ("annexes", 50_000, &|_| "PHỤ LỤC\n1. A\n".into()),
        ("headings with numbers", 4_000, &|at| format!("{at}. Mục {at}\n- Rà soát {at} hồ sơ.\n")),
        ("references", 60_000, &|at| format!("- Thực hiện Quyết định số {at}/QĐ-UBND ngày 5/3/2024.\n")),
        ("targets", 12_000, &|at| format!("- Trồng rừng thôn {at} đạt 10 ha; phấn đấu 12 ha.\n")),
        ("targets in an annex", 12_000, &|at| {
            format!("- Trồng rừng thôn {at} đạt 10 ha.\nPHỤ LỤC\n| 1 | Trồng rừng thôn {at} | ha | 11 |\n")
        }),
        ("dates", 10_000, &|_| "ngày 30/6/2025, ".into()),
        ("shares", 10_000, &|_| "10% 20% ".into()),
        ("slashes", 10_000, &|_| "1/2/3/".into()),
        ("bars", 30_000, &|_| "|\n".into()),
        ("brackets", 30_000, &|_| "([{(".into()),
    ];
    let mut steep = Vec::new();
    for (name, length, unit) in units {
        let (one, four) = (cost(&document(unit, length), &words), cost(&document(unit, 4 * length), &words));
        // Four times the length takes four times as long, and sixteen times where each is compared with each.
        if four > LEAST && four > one * 10 {
            steep.push(format!("{name}: {one:?}, and four times as long {four:?}"));
        }
    }
    assert!(steep.is_empty(), "{}", steep.join("\n"));
}

/// A list of dates is one match up to a length that lists have, and every date begins a list of those behind it.
#[test]
fn dates_in_a_row_cost_no_more_than_the_words_of_a_text() {
    let words = LinkLexicon::embedded().expect("embedded lexicons");
    let plain = cost(&document(&|_| "chữ thường viết ra, ".into(), 40_000), &words);
    let dates = cost(&document(&|_| "ngày 30/6/2025, ".into(), 40_000), &words);
    assert!(dates < plain * 40 + LEAST, "{plain:?} {dates:?}");
}
