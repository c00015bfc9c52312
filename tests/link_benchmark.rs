//! How well indicators are linked: pairs of wordings that measure the same, of blocks in fixtures/link.
//!
//! A pair is found where both wordings are of one indicator. Precision: how many found pairs are of one block; recall: how many
//! pairs of one block are found.

use std::path::Path;
use std::rc::Rc;

use kehoach::lexicon::linking::LinkLexicon;
use kehoach::link::indicators::{Indicators, MemberKind, TargetView, link};

/// A wording: unit, scope, words.
type Line = (Option<String>, Option<String>, String);

/// The blocks of a file.
fn blocks(file: &str) -> Vec<Vec<Line>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/link").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let some = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
    let line = |line: &str| {
        let mut cells = line.splitn(3, '|');
        let mut next = || cells.next().unwrap_or_else(|| panic!("{file}: `{line}` is not unit|scope|wording"));
        (some(next()), some(next()), next().to_owned())
    };
    text.split("\n\n")
        .map(|block| block.lines().filter(|one| !one.starts_with('#') && !one.trim().is_empty()).map(line).collect())
        .filter(|block: &Vec<Line>| !block.is_empty())
        .collect()
}

fn linked(blocks: &[Vec<Line>]) -> Indicators {
    let lexicon = LinkLexicon::embedded().expect("lexicon");
    let none: Rc<[(String, String)]> = Rc::from(Vec::new());
    let views: Vec<TargetView> = blocks
        .iter()
        .enumerate()
        .flat_map(|(document, block)| block.iter().enumerate().map(move |(target, line)| (document, target, line)))
        .map(|(document, target, (unit, scope, indicator))| TargetView {
            document,
            kind: MemberKind::Target,
            target,
            indicator,
            unit: unit.as_deref(),
            scope: scope.as_deref(),
            change: None,
            abbreviations: Rc::clone(&none),
        })
        .collect();
    link(&views, &lexicon)
}

/// Precision and recall over pairs, and what is wrong.
fn measure(blocks: &[Vec<Line>]) -> (f64, f64, Vec<String>) {
    let indicators = linked(blocks);
    let of = indicators.of_members();
    let all: Vec<(usize, usize)> =
        blocks.iter().enumerate().flat_map(|(at, block)| (0..block.len()).map(move |line| (at, line))).collect();
    let (mut right, mut wrong, mut missed, mut notes) = (0_u32, 0_u32, 0_u32, Vec::new());
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            let same = of[&(one.0, MemberKind::Target, one.1)] == of[&(other.0, MemberKind::Target, other.1)];
            let text = |place: &(usize, usize)| &blocks[place.0][place.1].2;
            match (same, one.0 == other.0) {
                (true, true) => right += 1,
                (true, false) => {
                    wrong += 1;
                    notes.push(format!("WRONG  {}  =  {}", text(one), text(other)));
                }
                (false, true) => {
                    missed += 1;
                    notes.push(format!("missed {}  =  {}", text(one), text(other)));
                }
                (false, false) => {}
            }
        }
    }
    let share = |of: u32, rest: u32| f64::from(of) / f64::from((of + rest).max(1));
    (share(right, wrong), share(right, missed), notes)
}

fn check(file: &str) {
    let (precision, recall, notes) = measure(&blocks(file));
    println!("{file}: precision {precision:.3}, recall {recall:.3}\n{}", notes.join("\n"));
    assert!(precision >= 0.98, "{file}: precision {precision:.3}\n{}", notes.join("\n"));
    assert!(recall >= 0.90, "{file}: recall {recall:.3}\n{}", notes.join("\n"));
}

#[test]
fn digital_transformation_and_administration() {
    check("digital.txt");
}

#[test]
fn health_schools_forests_roads_justice() {
    check("other-topics.txt");
}
