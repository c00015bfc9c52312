//! What changed between two versions of a document: draft and signed, this year's and last year's.
//!
//! Items are paired by their words, to the letter first, then by the nearest wording; a pair that was reworded shows both wordings, and
//! what has no near wording is new or gone. `hộ nghèo` and `hộ cận nghèo` with two values are two targets and no rewording. A reference
//! whose number changed is paired by its title. Nothing is dropped: every item of both versions is equal, changed, new or gone. Capital
//! letters, line breaks and the place of a tone mark (`thuỷ`, `thủy`) are no change.

use std::fmt::Write;

use serde::Serialize;

use super::table::{Cell, Row, Table};
use super::{Lang, markdown};
use crate::check::alike::Wording;
use crate::check::show;
use crate::record::{Deadline, Document, Record, Reference, Target, Task};
use crate::words::fold;

/// So near, and two wordings are versions of one item.
const NEAR: f64 = 0.72;

/// The name and version of the JSON form.
pub const SCHEMA: &str = "kehoach.diff/1";

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It is in both, with other values or words.
    Changed,
    /// It is in the new version alone.
    Added,
    /// It was in the old version alone.
    Removed,
}

/// A value that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The column's name: `gia_tri`.
    pub field: &'static str,
    /// What the old version says.
    pub old: String,
    /// What the new version says.
    pub new: String,
}

/// An item that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// `van_ban`, `chi_tieu`, `nhiem_vu`, `thoi_han`, `can_cu`.
    pub kind: &'static str,
    /// What became of it.
    pub became: Became,
    /// Its words: those of the new version, where it is there.
    pub name: String,
    /// Its identifier in the old record.
    pub old_id: Option<String>,
    /// Its identifier in the new record.
    pub new_id: Option<String>,
    /// First and last character in the old text.
    pub old_place: Option<[usize; 2]>,
    /// First and last character in the new text.
    pub new_place: Option<[usize; 2]>,
    /// What differs; of an item that is new or gone, what it says.
    pub fields: Vec<Field>,
}

/// Two versions compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The name and version of this form.
    pub schema: &'static str,
    /// The old file.
    pub old: String,
    /// The new file.
    pub new: String,
    /// How many items are the same in both.
    pub same: usize,
    /// What is not.
    pub changes: Vec<Change>,
}

/// An item as comparing sees it.
struct Item {
    id: String,
    name: String,
    /// The words by which a near wording is told.
    wording: String,
    /// What else must be the same for two near wordings to be one item.
    group: String,
    place: Option<[usize; 2]>,
    fields: Vec<(&'static str, String)>,
}

/// Compares two versions.
#[must_use]
pub fn diff(old: &Record, new: &Record) -> Diff {
    let mut found =
        Diff { schema: SCHEMA, old: old.source.path.clone(), new: new.source.path.clone(), same: 0, changes: Vec::new() };
    let fields = differing(&head(&old.document), &head(&new.document));
    if !fields.is_empty() {
        found.changes.push(Change {
            kind: "van_ban",
            became: Became::Changed,
            name: new.document.title.clone().unwrap_or_default(),
            old_id: None,
            new_id: None,
            old_place: None,
            new_place: None,
            fields,
        });
    }
    let both = |of: fn(&Record) -> Vec<Item>| (of(old), of(new));
    for (kind, (one, other)) in [
        ("chi_tieu", both(|record| record.targets.iter().map(target).collect())),
        ("nhiem_vu", both(|record| record.tasks.iter().map(|one| task(record, one)).collect())),
        ("thoi_han", both(|record| record.deadlines.iter().map(deadline).collect())),
        ("can_cu", both(|record| record.references.iter().map(reference).collect())),
    ] {
        compare(kind, &one, &other, &mut found);
    }
    found
}

fn place(evidence: &[crate::record::Evidence]) -> Option<[usize; 2]> {
    Some([evidence.first()?.start, evidence.last()?.end])
}

fn head(document: &Document) -> Vec<(&'static str, String)> {
    let text = |text: &Option<String>| line(text.as_deref().unwrap_or_default());
    let signer = document.signer.as_ref().and_then(|signer| signer.name.clone());
    vec![
        ("so_ky_hieu", text(&document.number)),
        ("ngay_ban_hanh", text(&document.date)),
        ("co_quan_ban_hanh", text(&document.issuer)),
        ("trich_yeu", text(&document.title)),
        ("nguoi_ky", text(&signer)),
    ]
}

fn target(target: &Target) -> Item {
    let [compares, value, to, unit, result, scope, lead, coordinate, monitor, due] = Row::values(target).map(|cell| shown(&cell));
    let fields = [
        ("so_sanh", compares),
        ("gia_tri", value),
        ("gia_tri_den", to),
        ("don_vi_tinh", unit.clone()),
        ("ket_qua", result),
        ("pham_vi", scope),
        ("don_vi_chu_tri", lead),
        ("don_vi_phoi_hop", coordinate),
        ("don_vi_theo_doi", monitor),
        ("thoi_han", due),
    ];
    Item {
        id: target.id.clone(),
        name: line(&target.indicator),
        wording: line(&target.indicator),
        // Body and annex state one target twice; each is compared with its own.
        group: format!("{:?}|{}|{}", target.origin, fold(&unit), target.scope.as_deref().map(fold).unwrap_or_default()),
        place: place(&target.evidence),
        fields: fields.into(),
    }
}

fn task(record: &Record, task: &Task) -> Item {
    let deadline = task.deadline.and_then(|at| record.deadlines.get(at)).map(|deadline| line(&deadline.text)).unwrap_or_default();
    let fields = [
        ("don_vi_chu_tri", task.owner.join("; ")),
        ("don_vi_phoi_hop", task.coordinate.join("; ")),
        ("thoi_han", deadline),
        ("san_pham", line(task.product.as_deref().unwrap_or_default())),
    ];
    Item {
        id: task.id.clone(),
        name: line(&task.text),
        wording: line(&task.text),
        group: format!("{:?}", task.origin),
        place: place(&task.evidence),
        fields: fields.into(),
    }
}

fn deadline(deadline: &Deadline) -> Item {
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let recurs = deadline.recurrence.as_ref().map(super::ics::recurs_vi).unwrap_or_default();
    let fields = [
        ("thoi_han_goc", line(&deadline.text)),
        ("tu_ngay", day(&deadline.from)),
        ("thoi_han", day(&deadline.to)),
        ("dinh_ky", recurs),
    ];
    Item {
        id: deadline.id.clone(),
        name: line(&deadline.about),
        wording: line(&deadline.about),
        group: String::new(),
        place: place(&deadline.evidence),
        fields: fields.into(),
    }
}

fn reference(reference: &Reference) -> Item {
    let text = |text: &Option<String>| line(text.as_deref().unwrap_or_default());
    // A document is the one with its number; one without is known by its title.
    let name = [&reference.kind, &reference.number].map(text).join(" ");
    let name = if reference.number.is_some() { name } else { format!("{} {}", name.trim(), text(&reference.title)) };
    Item {
        id: reference.id.clone(),
        // One that has neither number nor title near another's is another document.
        group: text(&reference.kind),
        wording: text(&reference.title),
        name: name.trim().to_owned(),
        place: place(&reference.evidence),
        fields: vec![
            ("ngay_ban_hanh", text(&reference.date)),
            ("co_quan_ban_hanh", text(&reference.issuer)),
            ("trich_yeu", text(&reference.title)),
        ],
    }
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::File(text) => line(text),
        Cell::Number(number) => show::vi(*number),
        Cell::Day(day) => day.to_string(),
        Cell::Kind(kind) => kind.key().to_owned(),
    }
}

fn differing(old: &[(&'static str, String)], new: &[(&'static str, String)]) -> Vec<Field> {
    let pairs = old.iter().zip(new).filter(|(one, other)| fold(&one.1) != fold(&other.1));
    pairs.map(|(one, other)| Field { field: one.0, old: one.1.clone(), new: other.1.clone() }).collect()
}

fn compare(kind: &'static str, old: &[Item], new: &[Item], found: &mut Diff) {
    let partner = pair(kind, old, new);
    let mut taken = vec![false; new.len()];
    for (one, at) in old.iter().zip(&partner) {
        let other = at.map(|at| {
            taken[at] = true;
            &new[at]
        });
        let mut fields = Vec::new();
        if let Some(other) = other {
            if fold(&one.name) != fold(&other.name) {
                fields.push(Field { field: "ten", old: one.name.clone(), new: other.name.clone() });
            }
            fields.extend(differing(&one.fields, &other.fields));
            if fields.is_empty() {
                found.same += 1;
                continue;
            }
        } else {
            fields.extend(said(one).map(|(field, old)| Field { field, old, new: String::new() }));
        }
        found.changes.push(Change {
            kind,
            became: if other.is_some() { Became::Changed } else { Became::Removed },
            name: other.unwrap_or(one).name.clone(),
            old_id: Some(one.id.clone()),
            new_id: other.map(|other| other.id.clone()),
            old_place: one.place,
            new_place: other.and_then(|other| other.place),
            fields,
        });
    }
    for item in new.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(item, _)| item) {
        found.changes.push(Change {
            kind,
            became: Became::Added,
            name: item.name.clone(),
            old_id: None,
            new_id: Some(item.id.clone()),
            old_place: None,
            new_place: item.place,
            fields: said(item).map(|(field, new)| Field { field, old: String::new(), new }).collect(),
        });
    }
}

/// What an item says of itself.
fn said(item: &Item) -> impl Iterator<Item = (&'static str, String)> {
    item.fields.iter().filter(|(_, text)| !text.is_empty()).cloned()
}

/// The new item that each old one became.
fn pair(kind: &str, old: &[Item], new: &[Item]) -> Vec<Option<usize>> {
    let mut partner: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    // The same in all; the same words in the same group; the same words: each old item takes the first that is left.
    let keys: [fn(&Item) -> String; 3] = [
        |item| format!("{}|{}|{:?}", fold(&item.name), item.group, item.fields),
        |item| format!("{}|{}", fold(&item.name), item.group),
        |item| fold(&item.name),
    ];
    for key in keys {
        let theirs: Vec<String> = new.iter().map(key).collect();
        for (at, item) in old.iter().enumerate() {
            if partner[at].is_none() {
                let own = key(item);
                partner[at] = (0..new.len()).find(|other| !taken[*other] && theirs[*other] == own);
                partner[at].into_iter().for_each(|other| taken[other] = true);
            }
        }
    }
    // The nearest wordings, the nearest pair first.
    let words = |items: &[Item]| items.iter().map(|item| Wording::new(&item.wording)).collect::<Vec<_>>();
    let (ours, theirs) = (words(old), words(new));
    let mut near: Vec<(f64, usize, usize)> = Vec::new();
    for at in (0..old.len()).filter(|at| partner[*at].is_none()) {
        for other in (0..new.len()).filter(|other| !taken[*other] && old[at].group == new[*other].group) {
            let closeness = ours[at].closeness(&theirs[other]);
            // With the same value it is the same target, however it is called; a task's words hold its dates and numbers.
            let apart = kind == "chi_tieu"
                && ours[at].tells_apart(&theirs[other])
                && !differing(&old[at].fields, &new[other].fields).is_empty();
            if closeness >= NEAR && !apart {
                near.push((closeness, at, other));
            }
        }
    }
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    for (_, at, other) in near {
        if partner[at].is_none() && !taken[other] {
            partner[at] = Some(other);
            taken[other] = true;
        }
    }
    partner
}

fn words(kind: &str, became: Became, lang: Lang) -> (&'static str, &'static str) {
    let kind = match (kind, lang) {
        ("chi_tieu", Lang::Vi) => "Chỉ tiêu",
        ("nhiem_vu", Lang::Vi) => "Nhiệm vụ",
        ("thoi_han", Lang::Vi) => "Thời hạn",
        ("can_cu", Lang::Vi) => "Căn cứ, viện dẫn",
        (_, Lang::Vi) => "Văn bản",
        ("chi_tieu", Lang::En) => "Target",
        ("nhiem_vu", Lang::En) => "Task",
        ("thoi_han", Lang::En) => "Deadline",
        ("can_cu", Lang::En) => "Reference",
        (_, Lang::En) => "Document",
    };
    let became = match (became, lang) {
        (Became::Changed, Lang::Vi) => "sửa",
        (Became::Added, Lang::Vi) => "thêm",
        (Became::Removed, Lang::Vi) => "bỏ",
        (Became::Changed, Lang::En) => "changed",
        (Became::Added, Lang::En) => "added",
        (Became::Removed, Lang::En) => "removed",
    };
    (kind, became)
}

/// What people call a field.
fn label(field: &str, lang: Lang) -> &str {
    let (vi, en) = match field {
        "ten" => ("Tên", "Name"),
        "so_ky_hieu" => ("Số, ký hiệu", "Number"),
        "ngay_ban_hanh" => ("Ngày ban hành", "Issued"),
        "co_quan_ban_hanh" => ("Cơ quan ban hành", "Issuer"),
        "trich_yeu" => ("Trích yếu", "Title"),
        "nguoi_ky" => ("Người ký", "Signed by"),
        "so_sanh" => ("So sánh", "Compares"),
        "gia_tri" => ("Giá trị", "Value"),
        "gia_tri_den" => ("Đến", "To"),
        "don_vi_tinh" => ("Đơn vị tính", "Unit"),
        "ket_qua" => ("Kết quả", "Result"),
        "pham_vi" => ("Phạm vi, điều kiện", "Scope, conditions"),
        "don_vi_chu_tri" => ("Đơn vị chủ trì", "Lead"),
        "don_vi_phoi_hop" => ("Đơn vị phối hợp", "Coordinates"),
        "don_vi_theo_doi" => ("Đơn vị theo dõi", "Monitors"),
        "thoi_han_goc" => ("Thời hạn (nguyên văn)", "Deadline as written"),
        "tu_ngay" => ("Từ ngày", "From"),
        "thoi_han" => ("Thời hạn", "Due"),
        "dinh_ky" => ("Định kỳ", "Recurs"),
        "san_pham" => ("Sản phẩm", "Product"),
        other => (other, other),
    };
    if lang == Lang::Vi { vi } else { en }
}

/// A value as people of the language write it: `2024-03-15` is `15/3/2024`.
fn value(field: &str, text: &str, lang: Lang) -> String {
    let is_day = matches!(field, "ngay_ban_hanh" | "tu_ngay" | "thoi_han") && crate::check::Days::parse(text).is_some();
    if lang == Lang::Vi && is_day { show::date_vi(text) } else { text.to_owned() }
}

/// The changes for a terminal.
#[must_use]
pub fn text(diff: &Diff, lang: Lang) -> String {
    let mut out = format!("--- {}\n+++ {}\n", diff.old, diff.new);
    for change in &diff.changes {
        let (kind, became) = words(change.kind, change.became, lang);
        let sign = match change.became {
            Became::Changed => '~',
            Became::Added => '+',
            Became::Removed => '-',
        };
        let id = change.new_id.as_deref().or(change.old_id.as_deref()).unwrap_or_default();
        let _ = writeln!(out, "{sign} {kind} {became}{}{id}: {}", if id.is_empty() { "" } else { " " }, change.name);
        for field in &change.fields {
            let told =
                |text: &str| if text.is_empty() { "–".to_owned() } else { format!("“{}”", value(field.field, text, lang)) };
            let (field, old, new) = (label(field.field, lang), told(&field.old), told(&field.new));
            let _ = match change.became {
                Became::Changed => writeln!(out, "    {field}: {old} → {new}"),
                Became::Added => writeln!(out, "    {field}: {new}"),
                Became::Removed => writeln!(out, "    {field}: {old}"),
            };
        }
    }
    let count = |became| diff.changes.iter().filter(|change| change.became == became).count();
    let [changed, added, removed] = [Became::Changed, Became::Added, Became::Removed].map(count);
    let _ = match lang {
        Lang::Vi => writeln!(out, "{changed} sửa, {added} thêm, {removed} bỏ, {} không đổi", diff.same),
        Lang::En => writeln!(out, "{changed} changed, {added} added, {removed} removed, {} the same", diff.same),
    };
    out
}

/// The changes as Markdown.
#[must_use]
pub fn markdown(diff: &Diff, lang: Lang) -> String {
    let rows = diff.changes.iter().flat_map(|change| {
        let (kind, became) = words(change.kind, change.became, lang);
        let row = |field: &str, old: &str, new: &str| {
            vec![
                Cell::text(kind),
                Cell::text(became),
                Cell::text(&*change.name),
                Cell::text(field),
                Cell::text(old),
                Cell::text(new),
            ]
        };
        if change.fields.is_empty() {
            vec![row("", "", "")]
        } else {
            let told = |field: &Field, text: &str| value(field.field, text, lang);
            change
                .fields
                .iter()
                .map(|field| row(label(field.field, lang), &told(field, &field.old), &told(field, &field.new)))
                .collect()
        }
    });
    let table = Table { vi: "Thay đổi", en: "Changes", columns: COLUMNS.into(), rows: rows.collect() };
    format!("{} → {}\n\n{}", markdown::escaped(&diff.old), markdown::escaped(&diff.new), markdown::tables(&[table], lang))
}

const COLUMNS: &[super::table::Column] = &[
    super::table::column("loai", "Loại", "Kind", 12),
    super::table::column("thay_doi", "Thay đổi", "Change", 10),
    super::table::column("ten", "Tên", "Name", 60),
    super::table::column("truong", "Trường", "Field", 16),
    super::table::column("cu", "Cũ", "Old", 40),
    super::table::column("moi", "Mới", "New", 40),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Record {
        let lexicon = crate::lexicon::Lexicon::embedded().expect("lexicon");
        let source = crate::ingest::decode("plan.txt", text.into()).expect("a source");
        let lines = crate::normalize::normalize(source.text.as_str());
        crate::extract::extract(&source, &crate::structure::read(&lines, &lexicon), &lexicon)
    }

    const PLAN: &str = "KẾ HOẠCH\nGiảm nghèo năm 2025\n\
                        Thực hiện Kế hoạch số 5/KH-UBND ngày 12/02/2025 của UBND tỉnh về giảm nghèo bền vững năm 2025.\nI. MỤC TIÊU\n- Tỷ lệ hộ thoát nghèo đạt trên 3%.\n- Tỷ lệ đường thôn được bê tông đạt 80%.\n\
                        II. NHIỆM VỤ\n- Rà soát danh sách hộ trước ngày 30/6/2025.\n";

    #[test]
    fn what_changed_target_by_target() {
        for (from, to, wanted) in [
            ("3%", "3%", ""),
            ("80%", "75%", "Changed chi_tieu gia_tri 80→75"),
            ("đạt trên 3%", "đạt tối thiểu 3%", "Changed chi_tieu so_sanh trên→tối thiểu"),
            ("- Tỷ lệ đường thôn được bê tông đạt 80%.\n", "", "Removed chi_tieu"),
            ("II. NHIỆM VỤ", "- Số việc làm mới đạt 500 người.\nII. NHIỆM VỤ", "Added chi_tieu"),
            ("30/6/2025", "31/7/2025", "Changed nhiem_vu"),
            ("Tỷ lệ đường thôn được bê tông đạt 80%", "TỶ LỆ đường thôn được bê tông đạt 80%", ""),
            (
                "hộ thoát nghèo đạt trên 3%",
                "hộ thoát cận nghèo đạt trên 4%",
                "Removed chi_tieu so_sanh trên→ gia_tri 3→ don_vi_tinh %→; Added",
            ),
            ("hộ thoát nghèo đạt trên 3%", "hộ thoát cận nghèo đạt trên 3%", "Changed chi_tieu ten"),
            (
                "- Tỷ lệ đường thôn",
                "- Số việc làm mới đạt 500 người.\n- Tỷ lệ đường thôn",
                "Added chi_tieu so_sanh →đạt gia_tri →500",
            ),
            ("Kế hoạch số 5/KH-UBND", "Kế hoạch số 7/KH-UBND", "Changed can_cu ten Kế hoạch 5/KH-UBND→Kế hoạch 7/KH-UBND"),
        ] {
            let found = diff(&read(PLAN), &read(&PLAN.replace(from, to)));
            let told = found.changes.iter().map(|change| {
                let fields: Vec<String> =
                    change.fields.iter().map(|field| format!(" {} {}→{}", field.field, field.old, field.new)).collect();
                format!("{:?} {}{}", change.became, change.kind, fields.concat())
            });
            let told = told.collect::<Vec<_>>().join("; ");
            assert!(if wanted.is_empty() { told.is_empty() } else { told.starts_with(wanted) }, "{to}: {told}");
        }
    }
}
