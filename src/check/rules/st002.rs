//! ST002: a number is left out or used twice: `1.`, `2.`, `4.`.

use crate::check::{Case, Check, Findings, Report, Rule, Severity, show};
use crate::record::{RowOf, Section, Step, Table};
use crate::structure::marker::roman;

pub(super) const RULE: Rule = Rule {
    code: "ST002",
    name: "numbering-gap-or-repeat",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/ST002.md"),
    check: Check::Document(check),
};

fn check(case: &Case, findings: &mut Findings) {
    for step in &case.record.mentions.numbering {
        // What is left out stands there, in a form that nobody reads a marker from: `- 3. Sở Y tế`.
        if !step.met {
            told(case, step, findings);
        }
    }
    annexes(case, findings);
    for (place, table) in case.record.tables.iter().enumerate() {
        rows(case, place, table, findings);
    }
}

fn told(case: &Case, step: &Step, findings: &mut Findings) {
    let twice = step.after == step.found;
    // A list's letters may be run in where the text wraps; two that went on before show that they are set one a line.
    let lettered = step.found.chars().all(char::is_lowercase) && step.found.chars().any(char::is_alphabetic);
    let severity = if lettered && step.run < 3 { Severity::Note } else { Severity::Warning };
    let (after, found) = (&step.after, &step.found);
    // `f` and `g` have one place in the order of Vietnamese letters.
    let foreign = lettered && ["f", "j", "w", "z"].contains(&after.as_str());
    let vi = if foreign {
        format!("Mục {after} không thuộc thứ tự chữ cái tiếng Việt; sau đó là mục {found}.")
    } else {
        format!("Đánh số {}: sau mục {after} là mục {found}.", if twice { "dùng hai lần" } else { "không liền số" })
    };
    findings.report(
        Report::new(case.sides(step.section.as_deref(), &step.evidence))
            .severity(case.by_letters(severity))
            .cause(format!("{:?}", step.section))
            .vi(vi, "Sửa lại số thứ tự, hoặc bổ sung mục còn thiếu; xem các chỗ dẫn tới những mục này.")
            .en(
                format!("Numbering {}: {found} follows {after}.", if twice { "repeats" } else { "is not in order" }),
                "Correct the numbers, or add what is missing; look at references to these headings.",
            )
            .value("after", after)
            .value("found", found),
    );
}

/// The labels of the annexes: `PL.I`, `PL.III`.
fn annexes(case: &Case, findings: &mut Findings) {
    let mut before: Option<(&Section, &str, (char, u32))> = None;
    for section in case.record.sections.iter().filter(|section| section.level == 1) {
        let Some(label) = section.path.strip_prefix("PL.") else { continue };
        let Some(place) = ordinal(label) else { continue };
        if let Some((last, after, known)) = before
            && known.0 == place.0
            && place.1 != known.1 + 1
            && place.1 != 1
        {
            let evidence = last.evidence.iter().chain(&section.evidence).cloned().collect();
            let (after, found) = (after.to_owned(), label.to_owned());
            told(case, &Step { after, found, run: 1, met: false, section: Some("PL".to_owned()), evidence }, findings);
        }
        before = Some((section, label, place));
    }
}

/// The form of a row's number: the greater, the deeper.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Capital,
    Roman,
    Digit,
    /// `1.2`: so many numbers.
    Parts(usize),
    Letter,
}

/// A row's number.
#[derive(Clone, PartialEq, Eq)]
struct Mark {
    form: Form,
    label: String,
    stem: String,
    ordinal: u32,
    row: usize,
}

fn mark(cell: &str, row: usize) -> Option<Mark> {
    let label = cell.trim().trim_end_matches(['.', ')']);
    if let Some((stem, last)) = label.rsplit_once('.') {
        let parts = label.split('.').count();
        let numbered =
            label.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
        let (form, ordinal) = (Form::Parts(parts), last.parse().ok()?);
        return numbered.then_some(Mark { form, label: label.to_owned(), stem: stem.to_owned(), ordinal, row });
    }
    let (form, ordinal) = match ordinal(label)? {
        ('1', number) => (Form::Digit, number),
        ('I', number) => (Form::Roman, number),
        ('a', number) => (Form::Letter, number),
        ('A', number) => (Form::Capital, number),
        _ => return None,
    };
    Some(Mark { form, label: label.to_owned(), stem: String::new(), ordinal, row })
}

/// So many irregular steps, and a column is no longer believed to number the rows, unless many more steps are regular.
const IRREGULAR: usize = 2;

/// The numbers of a table's rows; every group begins anew, and what is numbered below a row does not end its own sequence.
fn rows(case: &Case, place: usize, table: &Table, findings: &mut Findings) {
    let ordinal_column = table.header.first().is_some_and(|label| {
        let label = label.to_lowercase().replace([' ', '.'], "");
        matches!(label.as_str(), "stt" | "tt" | "sốtt" | "số" | "sốthứtự")
    });
    if !ordinal_column {
        return;
    }
    let latin = is_latin(table);
    let mut open: Vec<Mark> = Vec::new();
    // The row whose list is interrupted by others of the same form below it.
    let mut outer: Option<Mark> = None;
    let (mut regular, mut steps) = (0_usize, Vec::new());
    for (at, row) in table.rows.iter().enumerate() {
        let cell = row.first().map_or("", |cell| cell.trim());
        // `….....`: rows were left out, and the table says so.
        if row.iter().any(|cell| is_omission(cell)) {
            open.clear();
            continue;
        }
        let before = open.iter().rev().find(|mark| mark.form == Form::Capital);
        let Some(found) = mark(cell, at).map(|found| as_letter(found, before)) else {
            // The head of the table, again on a new page.
            let again = row.iter().filter(|cell| cell.len() > 3 && table.header.contains(cell)).count() >= 2;
            // The title of a group without a number; `-` and `+` stand under a row.
            if cell.chars().count() > 3 && !again {
                open.clear();
            }
            continue;
        };
        let kept = open.iter().position(|mark| mark.form > found.form).unwrap_or(open.len());
        let below = kept < open.len();
        open.truncate(kept);
        let before = open.last().filter(|mark| mark.form == found.form && mark.stem == found.stem).cloned();
        if let Some(before) = before {
            // A cell merged over several rows stands in each of them.
            let merged = before.ordinal == found.ordinal && table.rows[before.row].get(1) == row.get(1);
            // `1.1.2`, under it `1` to `12`, then the `2` that the `1` above awaits.
            let above = outer.as_ref().is_some_and(|mark| mark.form == found.form && found.ordinal == mark.ordinal + 1);
            if found.ordinal == before.ordinal + 1 {
                regular += 1;
            } else if found.ordinal == 1 && below {
                outer.get_or_insert(before);
            } else if above {
                outer = None;
            } else if found.ordinal != 1 && !merged && !is_habit(&before, &found, latin) {
                steps.push((before, found.clone()));
            }
        }
        if open.last().is_some_and(|mark| mark.form == found.form) {
            open.pop();
        }
        open.push(found);
    }
    if steps.len() > IRREGULAR && regular < steps.len() * 3 {
        return;
    }
    for (before, found) in steps {
        if !is_met(table, &before, &found) {
            report(case, place, table, &before, &found, findings);
        }
    }
}

/// `L` after `K`, `M` after `L`: a letter that is a Roman number too goes on with the letters that came before it.
fn as_letter(found: Mark, before: Option<&Mark>) -> Mark {
    let Some(before) = before.filter(|_| found.form == Form::Roman && matches!(found.label.as_str(), "C" | "D" | "L" | "M"))
    else {
        return found;
    };
    match letter(&found.label) {
        Some(('A', ordinal)) if ordinal == before.ordinal + 1 => Mark { form: Form::Capital, ordinal, ..found },
        _ => found,
    }
}

/// Whether a column numbers its rows with the letters of other alphabets, `E`, `F`, `J`, `Z`, and doubles them after the last one:
/// `AA`, `BB`, in which `II` and `XXX` are no Roman numbers.
fn is_latin(table: &Table) -> bool {
    let doubled = |cell: &str| {
        let first = cell.chars().next().filter(|first| first.is_ascii_uppercase() && !matches!(first, 'C' | 'I' | 'M' | 'X'));
        cell.len() > 1 && first.is_some_and(|first| cell.chars().all(|c| c == first))
    };
    let foreign = |cell: &str| matches!(cell, "F" | "J" | "W" | "Z") || doubled(cell);
    table.rows.iter().any(|row| row.first().is_some_and(|cell| foreign(cell.trim().trim_end_matches(['.', ')']))))
}

/// Whether the second of two numbers is the next by a habit: `d` and then `e`, or letters and doubled letters of another alphabet.
fn is_habit(before: &Mark, found: &Mark, latin: bool) -> bool {
    let skips = before.label.eq_ignore_ascii_case("d") && found.label.eq_ignore_ascii_case("e");
    match found.form {
        Form::Letter => skips,
        Form::Capital => skips || latin,
        Form::Roman => latin,
        Form::Digit | Form::Parts(_) => false,
    }
}

/// Whether a cell is nothing but dots.
fn is_omission(cell: &str) -> bool {
    let dots = cell.trim();
    dots.chars().count() >= 5 && dots.chars().all(|c| matches!(c, '.' | '…' | ' '))
}

/// Whether a number that is left out stands in another cell: a row whose number was read into its words.
fn is_met(table: &Table, before: &Mark, found: &Mark) -> bool {
    let missing = (before.ordinal + 1..found.ordinal).map(|ordinal| match found.form {
        Form::Roman => roman_of(ordinal),
        Form::Parts(_) => format!("{}.{ordinal}", found.stem),
        _ => ordinal.to_string(),
    });
    let missing: Vec<String> = missing.collect();
    let holds = |cell: &str, label: &str| {
        cell.trim().strip_prefix(label).is_some_and(|rest| {
            rest.is_empty() && found.form != Form::Digit
                || rest.strip_prefix(['.', ')']).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let cells = || table.rows[before.row..=found.row].iter().flatten().flat_map(|cell| cell.lines());
    missing.iter().any(|label| cells().any(|cell| holds(cell, label)))
}

/// Roman digits, up to 39.
fn roman_of(ordinal: u32) -> String {
    let place = ordinal as usize;
    format!("{}{}", "X".repeat(place / 10), ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][place % 10])
}

fn report(case: &Case, place: usize, table: &Table, before: &Mark, found: &Mark, findings: &mut Findings) {
    let quoted = |row: usize| {
        let cells = &table.rows[row];
        let worded = cells.iter().find(|cell| cell.chars().filter(|c| c.is_alphabetic()).count() > 6);
        show::short(worded.or_else(|| cells.get(1)).map_or("", String::as_str))
    };
    // The row's own words, where something was read from it; else the table's head.
    let read = case.record.targets.iter().find(|target| target.row == Some(RowOf { table: place, row: found.row }));
    let sides = match read {
        Some(target) => case.target(target),
        None => case.sides(table.section.as_deref(), &table.evidence[..1.min(table.evidence.len())]),
    };
    let (after, number) = (before.label.trim_start_matches('0'), found.label.trim_start_matches('0'));
    let words = format!(" (“{}” → “{}”)", quoted(before.row), quoted(found.row));
    findings.report(
        Report::new(sides)
            .severity(case.by_letters(Severity::Warning))
            .cause(format!("table {place}"))
            .vi(
                format!("Số thứ tự trong bảng không liền: sau {after} là {number}{words}."),
                "Sửa lại số thứ tự, hoặc bổ sung dòng còn thiếu.",
            )
            .en(
                format!("Row numbers are not in order: {number} follows {after}{words}."),
                "Correct the numbers, or add the missing row.",
            )
            .value("after", after)
            .value("found", number),
    );
}

/// The form and place of a label: `4`, `IV`, `d`, `Điều 4`.
fn ordinal(label: &str) -> Option<(char, u32)> {
    if let Some(number) = label.strip_prefix("Điều ").and_then(|rest| rest.parse().ok()) {
        return Some(('Đ', number));
    }
    if let Ok(number) = label.parse::<u32>() {
        return (number < 200).then_some(('1', number));
    }
    if let Some(number) = roman(label) {
        return Some(('I', number));
    }
    letter(label)
}

/// The form and place of a letter in the order of Vietnamese.
fn letter(label: &str) -> Option<(char, u32)> {
    const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";
    let mut chars = label.chars();
    let letter = chars.next()?;
    let small = letter.to_lowercase().next()?;
    let place = LETTERS.chars().position(|known| known == small)?;
    let style = if letter == small { 'a' } else { 'A' };
    chars.next().is_none().then_some((style, u32::try_from(place + 1).unwrap_or(0)))
}
