//! AG004: an agency or unit that did not exist at the date.

use std::collections::BTreeSet;

use crate::check::{Case, Cases, Check, Findings, Report, Rule, Severity, show};
use crate::lexicon::places::REFORM;
use crate::link::{Resolved, agencies};
use crate::record::{Evidence, Level, Record};
use crate::words::fold;

pub(super) const RULE: Rule = Rule {
    code: "AG004",
    name: "agency-not-in-being",
    severity: Severity::Warning,
    page: include_str!("../../../rules/checks/AG004.md"),
    check: Check::Collection(check),
};

fn check(cases: &Cases, findings: &mut Findings) {
    for case in &cases.cases {
        let document = &case.record.document;
        offices(case, findings);
        towns(case, findings);
        let Some(date) = document.date.as_deref() else { continue };
        let mut told: BTreeSet<String> = BTreeSet::new();
        for (name, section, evidence) in named(case.record) {
            if !told.insert(fold(name)) {
                continue;
            }
            let Some(piece) = evidence.iter().find(|piece| piece.text.contains(name)).or(evidence.first()) else { continue };
            // `Trung tâm Y tế khu vực … (tiền thân là Trung tâm Y tế huyện …)`: told as what is no more.
            let former = ["tiền thân là", "trước đây là", "trước là", "tên cũ là"]
                .iter()
                .any(|word| piece.text.contains(&format!("{word} {name}")));
            if former {
                continue;
            }
            let sides = || [case.quote(section, piece)];
            if let Resolved::Known { one, .. } = agencies::resolve(name, document.province.as_deref(), Some(date), cases.words)
                && one.in_force == Some(false)
                // Communes have a `Phòng Kinh tế` of their own since the reform; the one that ended was the district's.
                && !(one.agency.level == Level::District && document.level == Level::Commune)
            {
                let ended = one.agency.until.as_deref().filter(|until| *until < date);
                let became = one
                    .agency
                    .successors
                    .iter()
                    .filter_map(|id| cases.words.agencies.iter().find(|other| other.id == *id))
                    .map(|other| other.name.as_str())
                    .collect::<Vec<_>>()
                    .join(", ");
                let (vi, en) = match ended {
                    Some(until) => (
                        format!(
                            "{} không còn từ sau ngày {}{}.",
                            one.agency.name,
                            show::date_vi(until),
                            if became.is_empty() { String::new() } else { format!(", nay là {became}") }
                        ),
                        format!(
                            "{} ended on {until}{}.",
                            one.agency.name,
                            if became.is_empty() { String::new() } else { format!("; it is {became} now") }
                        ),
                    ),
                    None => (
                        format!("{} chưa có vào ngày ban hành ({}).", one.agency.name, show::date_vi(date)),
                        format!("{} did not exist yet on the date of issue ({date}).", one.agency.name),
                    ),
                };
                findings.report(
                    Report::new(sides())
                        .vi(vi, "Ghi tên cơ quan đúng với thời điểm ban hành.")
                        .en(en, "Use the name of the day of issue.")
                        .value("agency", &one.agency.name)
                        .value("successors", &one.agency.successors),
                );
            } else if date >= REFORM && of_district(name) {
                findings.report(
                    Report::new(sides())
                        .vi(
                            format!("Không còn cấp huyện từ {}: “{name}”.", show::date_vi(REFORM)),
                            "Giao cho cấp xã hoặc cơ quan cấp tỉnh.",
                        )
                        .en(
                            format!("There is no district level since {REFORM}: “{name}”."),
                            "Give it to a commune or to a body of the province.",
                        )
                        .value("agency", name),
                );
            }
        }
    }
}

/// `các xã, phường, thị trấn` in a paper after the reform: there are no towns since, only communes, wards and special zones.
fn towns(case: &Case, findings: &mut Findings) {
    const TOWN: &str = "thị trấn";
    if case.record.document.date.as_deref().is_none_or(|date| date < REFORM) {
        return;
    }
    let record = case.record;
    let tasks = record.tasks.iter().map(|task| (task.section.as_deref(), &task.evidence));
    let targets = record.targets.iter().map(|target| (target.section.as_deref(), &target.evidence));
    let sections = record.sections.iter().map(|section| (Some(section.path.as_str()), &section.evidence));
    // A name (`thị trấn Sông Trà cũ`) may say where something is; `xã, phường, thị trấn` says who acts.
    let listed = |text: &str| {
        let text = fold(text);
        text.match_indices(TOWN).any(|(at, _)| {
            let before = text[..at].trim_end();
            let listed =
                ["xã,", "phường,", "xã", "phường", "và", "hoặc", "xã/", "phường/"].iter().any(|word| before.ends_with(word));
            listed && !text[at + TOWN.len()..].trim_start().starts_with("cũ") && !before.contains("trước đây")
        })
    };
    let sides: Vec<_> = tasks
        .chain(targets)
        .chain(sections)
        .flat_map(|(section, evidence)| {
            evidence.iter().filter(|piece| listed(&piece.text)).map(|piece| case.quote(section, piece)).collect::<Vec<_>>()
        })
        .collect();
    if sides.is_empty() {
        return;
    }
    findings.report(
        Report::new(sides)
            .vi(
                format!("Không còn thị trấn từ {}: chỉ có xã, phường, đặc khu.", show::date_vi(REFORM)),
                "Ghi đơn vị hành chính đúng với thời điểm ban hành.",
            )
            .en(
                format!("There are no towns (thị trấn) since {REFORM}: only communes, wards and special zones."),
                "Use the units of the day of issue.",
            )
            .value("unit", TOWN),
    );
}

/// `Giám đốc Ban …` in a paper that is signed by its `Trưởng Ban`: the office is left over from another body's text.
fn offices(case: &Case, findings: &mut Findings) {
    const HEADS: [(&str, &str); 4] = [
        ("trưởng ban", "giám đốc ban"),
        ("chi cục trưởng", "giám đốc chi cục"),
        ("cục trưởng", "giám đốc cục"),
        ("chủ nhiệm", "giám đốc ủy ban"),
    ];
    let signed = case.record.document.signer.as_ref().and_then(|signer| signer.title.as_deref()).map(fold).unwrap_or_default();
    let Some((own, other)) = HEADS.iter().find(|(own, _)| signed.starts_with(own)) else { return };
    // `Giám đốc Ban quản lý dự án` heads a body of its own.
    let wrong =
        |text: &str| text.match_indices(other).any(|(at, _)| !text[at + other.len()..].trim_start().starts_with("quản lý"));
    let Some(task) = case.record.tasks.iter().find(|task| wrong(&fold(&task.text))) else { return };
    findings.report(
        Report::new(case.sides(task.section.as_deref(), &task.evidence))
            .vi(
                format!("Văn bản do {own} ký nhưng nội dung ghi “{other}”: cơ quan không có chức danh này."),
                "Ghi đúng chức danh người đứng đầu.",
            )
            .en(
                format!("The document is signed by its {own}, but the text says “{other}”: there is no such office."),
                "Use the office that the body has.",
            )
            .value("office", other),
    );
}

/// The names of agencies that a document hands something to, with where.
fn named(record: &Record) -> Vec<(&str, Option<&str>, &[Evidence])> {
    let targets = record.targets.iter().flat_map(|target| {
        target.agencies.iter().map(|agency| (agency.name.as_str(), target.section.as_deref(), target.evidence.as_slice()))
    });
    let tasks = record.tasks.iter().flat_map(|task| {
        // The owner of a task stands in its heading.
        let heading = record.sections.iter().find(|section| Some(&section.path) == task.section.as_ref());
        task.owner.iter().chain(&task.coordinate).map(move |name| {
            let inside = task.evidence.iter().any(|piece| piece.text.contains(name.as_str()));
            let evidence = heading.filter(|_| !inside).map_or(task.evidence.as_slice(), |heading| heading.evidence.as_slice());
            (name.as_str(), task.section.as_deref(), evidence)
        })
    });
    // `… 31/3/2026. Sở Lao động - Thương binh và Xã hội chủ trì …`: a sentence behind the first has a subject of its own.
    let subjects = record.tasks.iter().flat_map(|task| {
        task.text
            .split_inclusive(". ")
            .skip(1)
            .filter_map(subject)
            .map(move |name| (name, task.section.as_deref(), task.evidence.as_slice()))
    });
    targets.chain(tasks).chain(subjects).collect()
}

/// Who a sentence gives its work to: `Giao Sở A chủ trì …`, `UBND các huyện chỉ đạo …`.
fn subject(sentence: &str) -> Option<&str> {
    let sentence = ["Giao ", "Đề nghị ", "Yêu cầu "].iter().find_map(|word| sentence.strip_prefix(word)).unwrap_or(sentence);
    let end =
        [" chủ trì", " chỉ đạo", " chịu trách nhiệm", " có trách nhiệm"].iter().filter_map(|verb| sentence.find(verb)).min()?;
    let name = &sentence[..end];
    let body = ["Sở ", "UBND ", "Ủy ban ", "Ban ", "Phòng ", "Cục ", "Chi cục "].iter().any(|kind| name.starts_with(kind));
    (body && name.chars().count() <= 80 && !name.contains(':')).then_some(name)
}

/// `UBND huyện`, `Phòng Y tế huyện`, `các huyện`: of the level that ended with the reform. `huyện cũ` tells a place.
fn of_district(name: &str) -> bool {
    let folded = fold(name);
    let mut words = folded.split([' ', ',']).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let town = word == "thị" && words.peek() == Some(&"xã");
        if word == "huyện" || word == "quận" || town {
            return !folded.contains("cũ")
                && !folded.contains("trước đây")
                && !folded.contains("tiền thân là")
                && !folded.contains("quân khu");
        }
    }
    false
}
