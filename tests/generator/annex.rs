//! The annex: a table of the body's targets with who monitors, leads and coordinates.

use kehoach::record::{Comparator, Origin, Role, Target};

use super::Feature;
use super::known::{Noted, agencies, section};
use super::layout::{breaks, wrap};
use super::writer::Writer;

const HEADER: [&str; 5] = ["STT", "Chỉ tiêu", "Cơ quan theo dõi, đôn đốc", "Cơ quan chủ trì", "Cơ quan phối hợp"];
const VALUES: [&str; 5] = ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Cơ quan chủ trì"];
const GROUPS: [&str; 3] = ["I", "II", "III"];
/// Widths of the columns of a flattened table.
const WIDTHS: [usize; 5] = [4, 52, 22, 22, 22];
/// Forms that a row of a table is made from.
const PLAIN: &[Feature] = &[
    Feature::ShareReached,
    Feature::ShareFirst,
    Feature::Falling,
    Feature::Level,
    Feature::Counted,
    Feature::Frequency,
    Feature::Condition,
    Feature::Scopes,
];

/// A row: its cells, or a group's marker and title.
enum Row {
    Group(&'static str, &'static str),
    Cells(Vec<String>),
}

/// Writes the annex's lines, and its targets into the known record.
pub fn write(writer: &mut Writer) -> Vec<String> {
    let forms = [Feature::AnnexTabs, Feature::AnnexPipes, Feature::AnnexCellALine, Feature::AnnexFlattened];
    let Some(form) = writer.choose(&forms) else { return Vec::new() };
    let values = writer.may(Feature::AnnexValueColumns, 35);
    let grouped = writer.may(Feature::GroupRows, 60);
    let empty_cells = matches!(form, Feature::AnnexTabs | Feature::AnnexPipes) && writer.random.chance(40);
    let mut features = vec![form];
    features.extend(values.then_some(Feature::AnnexValueColumns));
    features.extend(grouped.then_some(Feature::GroupRows));
    let title = "CHỈ TIÊU CHỦ YẾU VÀ PHÂN CÔNG THỰC HIỆN";
    writer.known.sections.push(Noted {
        item: section("PL".into(), title.into()),
        features: features.clone(),
        wording: "Phụ lục".into(),
    });
    let two_partners = form != Feature::AnnexFlattened || (writer.allowed)(Feature::FlatTwoPartners);
    let from = (writer.allowed)(Feature::FromInCell);
    let flat = matches!(form, Feature::AnnexCellALine | Feature::AnnexFlattened);
    let bare = flat && values && !(writer.allowed)(Feature::FlatComparator);
    features.extend((flat && values && !bare).then_some(Feature::FlatComparator));
    let mut source = sentences(writer, values, bare, from);
    if form == Feature::AnnexFlattened && !values {
        let rate =
            |targets: &[Target]| targets.iter().any(|target| target.unit.as_deref().is_some_and(|unit| unit.contains('/')));
        if !(writer.allowed)(Feature::FlatRate) {
            source.retain(|(_, targets)| !rate(targets));
        }
        features.extend(source.iter().any(|(_, targets)| rate(targets)).then_some(Feature::FlatRate));
    }
    let mut rows = Vec::new();
    let per_group = source.len().div_ceil(if grouped { 3 } else { 1 }).max(1);
    let mut path = "PL".to_owned();
    for (at, (wording, targets)) in source.iter().enumerate() {
        if grouped && at % per_group == 0 {
            let group = GROUPS[at / per_group];
            let name = super::topics::FIELDS[(at + writer.random.below(3)) % super::topics::FIELDS.len()];
            path = format!("PL.{group}");
            writer.known.sections.push(Noted {
                item: section(path.clone(), name.into()),
                features: features.clone(),
                wording: format!("{group} {name}"),
            });
            rows.push(Row::Group(group, name));
        }
        let number = if grouped { at % per_group } else { at } + 1;
        let (cells, agency) = cells(writer, number, wording, targets, values, empty_cells, two_partners);
        for target in targets {
            let target = Target {
                origin: Origin::Annex,
                section: Some(path.clone()),
                agencies: agency.clone(),
                due: None,
                ..target.clone()
            };
            writer.known.targets.push(Noted { item: target, features: features.clone(), wording: cells.join(" | ") });
        }
        rows.push(Row::Cells(cells));
    }
    if source.is_empty() {
        writer.known.sections.pop();
        return Vec::new();
    }
    let header = if values { VALUES } else { HEADER };
    let repeat = writer.may(Feature::HeaderRepeated, 30).then(|| writer.random.between(1, rows.len()));
    writer.known.features.extend(repeat.map(|_| Feature::HeaderRepeated));
    writer.known.features.extend(features);
    let mut lines = vec!["Phụ lục".to_owned(), title.to_owned(), String::new()];
    lines.extend(lay_out(writer, form, &header, &rows, repeat));
    lines
}

/// The sentences of the body that a table can hold, each with its targets.
fn sentences(writer: &mut Writer, values: bool, bare: bool, from: bool) -> Vec<(String, Vec<Target>)> {
    let mut source: Vec<(String, Vec<Target>)> = Vec::new();
    for noted in &writer.known.targets {
        let plain = noted.features.first().is_some_and(|form| PLAIN.contains(form));
        if !plain || !noted.item.agencies.is_empty() || noted.item.due.is_some() {
            continue;
        }
        match source.last_mut().filter(|(wording, _)| *wording == noted.wording) {
            Some((_, targets)) => targets.push(noted.item.clone()),
            None => source.push((noted.wording.clone(), vec![noted.item.clone()])),
        }
    }
    source.retain(|(wording, targets)| {
        !values || in_columns(wording, targets) && (from || !wording.contains(" từ ") || wording.contains("trở lên"))
    });
    // `tối thiểu 12` in a column of values, where no mark parts the columns.
    source.retain(|(wording, targets)| {
        !bare
            || wording[targets[0].indicator.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit())
            || wording.contains(" đạt ") && targets[0].comparator == Comparator::Eq
    });
    // `04` behind row 3 looks like the next row's number.
    let ordinal_like = (writer.allowed)(Feature::ValueLikeOrdinal);
    source.retain(|(_, targets)| !bare || ordinal_like || targets[0].value.0 > 20.0 || targets[0].value.0.fract() > 0.0);
    let most = writer.random.between(3, 9);
    source.truncate(most);
    // Where it may, a value stands behind the row before its number.
    let small = |(_, targets): &(String, Vec<Target>)| (2..=4).find(|value| targets[0].value.0 == f64::from(*value));
    if bare
        && ordinal_like
        && let Some((at, value)) = source.iter().enumerate().find_map(|(at, row)| Some((at, small(row)?)))
    {
        let place = (value as usize - 2).min(source.len() - 1);
        source.swap(at, place);
    }
    source
}

/// Whether a sentence can be cut into the columns of indicator, unit and value.
fn in_columns(wording: &str, targets: &[Target]) -> bool {
    let [target] = targets else { return false };
    let unit = target.unit.as_deref().unwrap_or_default();
    target.conditions.is_empty()
        && wording.starts_with(&target.indicator)
        && wording.ends_with(unit)
        && wording.len() > target.indicator.len() + unit.len()
}

fn cells(
    writer: &mut Writer,
    number: usize,
    wording: &str,
    targets: &[Target],
    values: bool,
    empty: bool,
    two_partners: bool,
) -> (Vec<String>, Vec<kehoach::record::Agency>) {
    let names: Vec<String> = writer.random.some(writer.agencies, 4).into_iter().map(|name| (*name).to_owned()).collect();
    let monitor = if names[0].starts_with("Sở ") { format!("Giám đốc {}", names[0]) } else { names[0].clone() };
    let unit = targets[0].unit.clone().unwrap_or_default();
    if values {
        let indicator = targets[0].indicator.clone();
        let rest = wording[indicator.len()..].trim();
        let value = rest.strip_suffix(unit.as_str()).unwrap_or(rest).trim();
        let value = value.strip_prefix("phấn đấu ").unwrap_or(value);
        let value = value.strip_prefix("đạt ").unwrap_or(value).to_owned();
        return (vec![number.to_string(), indicator, unit, value, names[1].clone()], agencies(Role::Lead, &names[1..2]));
    }
    let mut cells = vec![number.to_string(), wording.to_owned(), monitor.clone()];
    let mut known = agencies(Role::Monitor, &[monitor]);
    for (at, role) in [(1, Role::Lead), (2, Role::Coordinate)] {
        if empty && writer.random.chance(30) {
            cells.push(String::new());
            continue;
        }
        let two = at == 2 && two_partners && writer.random.chance(40);
        let own: Vec<String> = if two { names[2..4].to_vec() } else { names[at..=at].to_vec() };
        cells.push(own.join("; "));
        known.extend(agencies(role, &own));
    }
    (cells, known)
}

fn lay_out(writer: &mut Writer, form: Feature, header: &[&str; 5], rows: &[Row], repeat: Option<usize>) -> Vec<String> {
    let mut lines = Vec::new();
    let head: Vec<String> = header.iter().map(|label| (*label).to_owned()).collect();
    let page_break = writer.random.chance(50);
    let gap = writer.random.chance(50);
    let breaks = breaks(writer);
    let mut write = |cells: &[String], first: bool, lines: &mut Vec<String>| match form {
        Feature::AnnexTabs => lines.push(cells.join("\t")),
        Feature::AnnexPipes => {
            lines.push(format!("| {} |", cells.join(" | ")));
            if first {
                lines.push("|---|---|---|---|---|".to_owned());
            }
        }
        Feature::AnnexCellALine => lines.extend(cells.iter().filter(|cell| !cell.is_empty()).cloned()),
        _ => {
            for (cell, width) in cells.iter().zip(WIDTHS).filter(|(cell, _)| !cell.is_empty()) {
                lines.extend(wrap(cell, width, breaks));
                if gap && writer.random.chance(60) {
                    lines.push(String::new());
                }
            }
        }
    };
    write(&head, true, &mut lines);
    for (at, row) in rows.iter().enumerate() {
        if repeat == Some(at) && at > 0 {
            if page_break {
                lines.push("\u{c}".to_owned());
            }
            write(&head, false, &mut lines);
        }
        match row {
            Row::Cells(cells) => write(cells, false, &mut lines),
            Row::Group(marker, title) if matches!(form, Feature::AnnexTabs | Feature::AnnexPipes) => {
                write(
                    &[(*marker).to_owned(), (*title).to_owned(), String::new(), String::new(), String::new()],
                    false,
                    &mut lines,
                );
            }
            Row::Group(marker, title) if form == Feature::AnnexCellALine => {
                lines.extend([(*marker).to_owned(), (*title).to_owned()])
            }
            Row::Group(marker, title) => lines.push(format!("{marker}  {title}")),
        }
    }
    lines
}
