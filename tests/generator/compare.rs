//! Compares the known record with the one that was read, thing by thing, in one line each.

use std::collections::HashMap;

use kehoach::record::{Deadline, Document, Evidence, Fact, Ratio, Record, Reference, Section, Sum, Target, Task};

use super::Feature;
use super::known::{Known, Noted};

/// One difference.
pub struct Difference {
    pub what: &'static str,
    pub expected: Option<String>,
    pub got: Option<String>,
    pub wording: String,
    pub features: Vec<Feature>,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "  {} {:?}", self.what, self.features)?;
        if !self.wording.is_empty() {
            writeln!(f, "    text      {}", self.wording)?;
        }
        writeln!(f, "    expected  {}", self.expected.as_deref().unwrap_or("(nothing)"))?;
        write!(f, "    got       {}", self.got.as_deref().unwrap_or("(nothing)"))
    }
}

/// White space folded, tone marks in one place: both are as the file has them.
fn fold(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let stem = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let moved = [("oà", "òa"), ("oá", "óa"), ("uỷ", "ủy"), ("UỶ", "ỦY"), ("OÀ", "ÒA")]
            .into_iter()
            .find_map(|(older, new)| Some(format!("{}{new}", stem.strip_suffix(older)?)));
        moved.map_or_else(|| word.to_owned(), |moved| moved + &word[stem.len()..])
    });
    words.collect::<Vec<_>>().join(" ")
}

fn or_dash(text: Option<&String>) -> &str {
    text.map_or("-", String::as_str)
}

fn show_target(target: &Target) -> String {
    let agencies: Vec<String> = target.agencies.iter().map(|agency| format!("{:?}: {}", agency.role, agency.name)).collect();
    let to = target.value_to.map_or(String::new(), |to| format!("..{}", to.0));
    fold(&format!(
        "{:?} {} | {} | {:?} {}{to} {} | scope {} | except {:?} | due {} | {}",
        target.origin,
        or_dash(target.section.as_ref()),
        target.indicator,
        target.comparator,
        target.value.0,
        or_dash(target.unit.as_ref()),
        or_dash(target.scope.as_ref()),
        target.conditions,
        or_dash(target.due.as_ref()),
        agencies.join("; "),
    ))
}

fn show_task(task: &Task, deadlines: &[&Deadline]) -> String {
    let deadline = task.deadline.map_or("-", |at| deadlines.get(at).map_or("(no such)", |deadline| deadline.text.as_str()));
    fold(&format!(
        "{} | {} | owner {:?} | with {:?} | by {deadline}",
        or_dash(task.section.as_ref()),
        task.text,
        task.owner,
        task.coordinate
    ))
}

fn show_deadline(deadline: &Deadline) -> String {
    let every = deadline
        .recurrence
        .as_ref()
        .map_or("-".to_owned(), |every| format!("{:?} x{:?} {}", every.every, every.interval, or_dash(every.rule.as_ref())));
    fold(&format!(
        "{} | {} | {}..{} | {every}",
        or_dash(deadline.section.as_ref()),
        deadline.text,
        or_dash(deadline.from.as_ref()),
        or_dash(deadline.to.as_ref())
    ))
}

fn show_reference(quoted: &Reference) -> String {
    // A law that is known by its name alone; the word `Luật` may be told or not.
    let name = quoted
        .title
        .as_deref()
        .filter(|_| quoted.number.is_none())
        .map_or("", |title| title.trim_start_matches("Luật ").trim_end_matches([';', ',']));
    fold(&format!(
        "{} {} {name} {} {} {:?}",
        or_dash(quoted.kind.as_ref()),
        or_dash(quoted.number.as_ref()),
        or_dash(quoted.date.as_ref()),
        or_dash(quoted.issuer.as_ref()),
        quoted.role
    ))
}

fn show_fact(fact: &Fact) -> String {
    fold(&format!(
        "{} | {} | {:?} {} {}",
        or_dash(fact.section.as_ref()),
        fact.subject,
        fact.comparator,
        fact.value.0,
        or_dash(fact.unit.as_ref())
    ))
}

fn show_sum(sum: &Sum) -> String {
    let parts: Vec<f64> = sum.parts.iter().map(|part| part.0).collect();
    fold(&format!(
        "{} | {} = {parts:?} {} | holds {}",
        or_dash(sum.section.as_ref()),
        sum.total.0,
        or_dash(sum.unit.as_ref()),
        sum.holds
    ))
}

fn show_ratio(ratio: &Ratio) -> String {
    format!(
        "{} | {}/{} = {}% | holds {}",
        or_dash(ratio.section.as_ref()),
        ratio.numerator.0,
        ratio.denominator.0,
        ratio.stated.0,
        ratio.holds
    )
}

fn show_section(section: &Section) -> String {
    fold(&format!("{} | {}", section.path, section.title))
}

/// The fields of the head, one a line; the issuer and the places in small letters, since a head shouts.
fn fields(document: &Document) -> Vec<(&'static str, String)> {
    let small = |text: Option<&String>| fold(or_dash(text)).to_lowercase();
    let period = document
        .period
        .as_ref()
        .map_or("-".to_owned(), |period| format!("{}..{}", or_dash(period.from.as_ref()), or_dash(period.to.as_ref())));
    let signer = document
        .signer
        .as_ref()
        .map_or("-".to_owned(), |signer| fold(&format!("{}, {}", or_dash(signer.name.as_ref()), or_dash(signer.title.as_ref()))));
    vec![
        ("type", format!("{:?}", document.kind)),
        ("number", fold(or_dash(document.number.as_ref()))),
        ("symbol", fold(or_dash(document.symbol.as_ref()))),
        ("date", or_dash(document.date.as_ref()).to_owned()),
        ("title", fold(or_dash(document.title.as_ref()))),
        ("issuer", small(document.issuer.as_ref())),
        ("level", format!("{:?}", document.level)),
        ("province", fold(or_dash(document.province.as_ref()))),
        ("district", fold(or_dash(document.district.as_ref()))),
        ("commune", fold(or_dash(document.commune.as_ref()))),
        ("period", period),
        ("signer", signer),
    ]
}

/// How many words two lines share.
fn alike(one: &str, other: &str) -> usize {
    let words: Vec<&str> = other.split(' ').collect();
    one.split(' ').filter(|word| words.contains(word)).count()
}

/// Pairs what is expected with what was read; what is left over on either side differs.
fn pair(what: &'static str, expected: Vec<(String, Vec<Feature>, String)>, mut got: Vec<String>, found: &mut Vec<Difference>) {
    let mut left: Vec<(String, Vec<Feature>, String)> = Vec::new();
    for known in expected {
        match got.iter().position(|line| *line == known.0) {
            Some(at) => drop(got.remove(at)),
            None => left.push(known),
        }
    }
    for (line, features, wording) in left {
        let nearest = (0..got.len())
            .max_by_key(|at| alike(&line, &got[*at]))
            .filter(|at| alike(&line, &got[*at]) * 3 > line.split(' ').count());
        let got = nearest.map(|at| got.remove(at));
        found.push(Difference { what, expected: Some(line), got, wording, features });
    }
    found.extend(got.into_iter().map(|line| Difference {
        what,
        expected: None,
        got: Some(line),
        wording: String::new(),
        features: Vec::new(),
    }));
}

fn lines<T>(known: &[Noted<T>], show: impl Fn(&T) -> String) -> Vec<(String, Vec<Feature>, String)> {
    known.iter().map(|noted| (show(&noted.item), noted.features.clone(), noted.wording.clone())).collect()
}

/// All differences between the two records.
pub fn compare(known: &Known, loose: &[String], record: &Record) -> Vec<Difference> {
    let mut found = Vec::new();
    for ((what, expected), (_, got)) in fields(&known.document).into_iter().zip(fields(&record.document)) {
        if expected != got {
            found.push(Difference {
                what,
                expected: Some(expected),
                got: Some(got),
                wording: String::new(),
                features: vec![Feature::Head],
            });
        }
    }
    pair("section", lines(&known.sections, show_section), record.sections.iter().map(show_section).collect(), &mut found);
    pair("target", lines(&known.targets, show_target), record.targets.iter().map(show_target).collect(), &mut found);
    let own: Vec<&Deadline> = known.deadlines.iter().map(|noted| &noted.item).collect();
    let read: Vec<&Deadline> = record.deadlines.iter().collect();
    pair(
        "task",
        lines(&known.tasks, |task| show_task(task, &own)),
        record.tasks.iter().map(|task| show_task(task, &read)).collect(),
        &mut found,
    );
    pair(
        "deadline",
        lines(&known.deadlines, show_deadline),
        read.iter().map(|deadline| show_deadline(deadline)).collect(),
        &mut found,
    );
    pair(
        "reference",
        lines(&known.references, show_reference),
        record.references.iter().map(show_reference).collect(),
        &mut found,
    );
    // Where totals and shares stand, their parts are facts too; those are not told one by one.
    let checked = |section: Option<&String>| section.is_none_or(|path| !loose.contains(path));
    let expected = lines(&known.facts, show_fact)
        .into_iter()
        .zip(&known.facts)
        .filter(|(_, noted)| checked(noted.item.section.as_ref()))
        .map(|(line, _)| line)
        .collect();
    let got = record.facts.iter().filter(|fact| checked(fact.section.as_ref())).map(show_fact).collect();
    pair("fact", expected, got, &mut found);
    pair("sum", lines(&known.sums, show_sum), record.sums.iter().map(show_sum).collect(), &mut found);
    pair("ratio", lines(&known.ratios, show_ratio), record.ratios.iter().map(show_ratio).collect(), &mut found);
    found
}

/// Evidence that is missing, or is not what stands at its place in the text.
pub fn unfounded(record: &Record, text: &str) -> Vec<Difference> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut check = |what: &'static str, line: String, evidence: &[Evidence]| {
        let wrong = evidence.iter().find(|piece| {
            piece.start >= piece.end
                || piece.end > chars.len()
                || chars[piece.start..piece.end].iter().collect::<String>() != piece.text
        });
        if evidence.is_empty() || wrong.is_some() {
            let got = wrong.map(|piece| format!("{}..{} {:?}", piece.start, piece.end, piece.text));
            found.push(Difference {
                what,
                expected: Some(format!("evidence of {line}")),
                got,
                wording: String::new(),
                features: vec![Feature::Head],
            });
        }
    };
    record.targets.iter().for_each(|item| check("target", show_target(item), &item.evidence));
    record.tasks.iter().for_each(|item| check("task", item.text.clone(), &item.evidence));
    record.deadlines.iter().for_each(|item| check("deadline", item.text.clone(), &item.evidence));
    record.references.iter().for_each(|item| check("reference", show_reference(item), &item.evidence));
    record.facts.iter().for_each(|item| check("fact", show_fact(item), &item.evidence));
    record.sums.iter().for_each(|item| check("sum", show_sum(item), &item.evidence));
    record.ratios.iter().for_each(|item| check("ratio", show_ratio(item), &item.evidence));
    record
        .sections
        .iter()
        .filter(|item| !item.title.is_empty())
        .for_each(|item| check("section", show_section(item), &item.evidence));
    found
}

/// How often each form was written, and how often it was read back.
#[derive(Default)]
pub struct Tally(pub HashMap<Feature, (usize, usize)>);

impl Tally {
    /// Counts a document's items; what differs counts as not read.
    pub fn add(&mut self, known: &Known, differences: &[Difference]) {
        let mut count = |features: &[Feature], written: usize, failed: usize| {
            for feature in features {
                let entry = self.0.entry(*feature).or_default();
                entry.0 += written;
                entry.1 += failed;
            }
        };
        count(&known.features, 1, usize::from(!differences.is_empty()));
        for difference in differences.iter().filter(|difference| difference.expected.is_some()) {
            count(&difference.features, 0, 1);
        }
        let all = known.sections.iter().map(|noted| &noted.features).chain(known.targets.iter().map(|noted| &noted.features));
        let all =
            all.chain(known.tasks.iter().map(|noted| &noted.features)).chain(known.deadlines.iter().map(|noted| &noted.features));
        let all = all
            .chain(known.references.iter().map(|noted| &noted.features))
            .chain(known.facts.iter().map(|noted| &noted.features));
        let all =
            all.chain(known.sums.iter().map(|noted| &noted.features)).chain(known.ratios.iter().map(|noted| &noted.features));
        all.for_each(|features| count(features, 1, 0));
    }
}
