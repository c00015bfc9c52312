//! Head, title, legal basis and signature of a document, and the fields that they tell.

use kehoach::record::{Document, DocumentKind, Level, Period, ReferenceRole, Signer};

use super::known::{Noted, reference};
use super::writer::{Kind, Writer};
use super::{Feature, topics};

/// The lines around the body.
pub struct Frame {
    /// Left column of the head: bodies, number.
    pub left: Vec<String>,
    /// Right column: motto, place and date.
    pub right: Vec<String>,
    pub kind: String,
    pub title: Vec<String>,
    pub foot: Vec<String>,
}

const MOTTO: [&str; 2] = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"];

/// Writes all but the body; the preamble's paragraphs go to the writer.
pub fn write(writer: &mut Writer, report: bool) -> Frame {
    let random = &mut *writer.random;
    let (province, district) = (*random.pick(topics::PROVINCES), *random.pick(topics::DISTRICTS));
    let place_like_body = (writer.allowed)(Feature::PlaceLikeBody);
    let communes: Vec<&'static str> =
        topics::COMMUNES.iter().copied().filter(|name| place_like_body || !name.starts_with("Bản")).collect();
    let commune = *random.pick(&communes);
    let year = writer.year;
    let level = *random.pick(&[Level::Province, Level::Province, Level::District, Level::Commune, Level::Department]);
    let (bodies, issuer, short, unit, place) = match level {
        Level::District => (
            vec!["ỦY BAN NHÂN DÂN".into(), format!("HUYỆN {}", district.to_uppercase())],
            format!("Ủy ban nhân dân huyện {district}"),
            format!("UBND huyện {district}"),
            format!("huyện {district}"),
            district,
        ),
        Level::Commune => (
            vec![format!("UBND HUYỆN {}", district.to_uppercase()), format!("ỦY BAN NHÂN DÂN XÃ {}", commune.to_uppercase())],
            format!("Ủy ban nhân dân xã {commune}"),
            format!("UBND xã {commune}"),
            format!("xã {commune}"),
            commune,
        ),
        Level::Department => (
            vec![format!("UBND TỈNH {}", province.to_uppercase()), "SỞ Y TẾ".into()],
            "Sở Y tế".into(),
            "Sở Y tế".into(),
            format!("tỉnh {province}"),
            province,
        ),
        _ => (
            vec!["ỦY BAN NHÂN DÂN".into(), format!("TỈNH {}", province.to_uppercase())],
            format!("Ủy ban nhân dân tỉnh {province}"),
            format!("UBND tỉnh {province}"),
            format!("tỉnh {province}"),
            province,
        ),
    };
    writer.agencies = match level {
        Level::District => topics::DISTRICT_AGENCIES,
        Level::Commune => topics::COMMUNE_AGENCIES,
        _ => topics::PROVINCE_AGENCIES,
    };
    let decision = !report && writer.scheme == Feature::SchemeArticle;
    let (kind, name, letters) = if report {
        (DocumentKind::Report, "BÁO CÁO", "BC")
    } else if decision {
        (DocumentKind::Decision, "QUYẾT ĐỊNH", "QĐ")
    } else {
        (DocumentKind::Plan, "KẾ HOẠCH", "KH")
    };
    let symbol = format!("{letters}-{}", if level == Level::Department { "SYT" } else { "UBND" });
    // Districts ended on 1 July 2025.
    let districts = matches!(level, Level::District | Level::Commune);
    let (month, day) = (random.between(1, if districts && year == 2025 { 6 } else { 12 }), random.between(1, 28));
    let numbered =
        (!(writer.allowed)(Feature::BlankNumber) || random.chance(75)).then(|| format!("{}/{symbol}", random.between(1, 400)));
    let (date, dated) = match random.below(4) {
        0 => (Some(format!("{year}")), format!("{place}, ngày      tháng      năm {year}")),
        1 => (Some(format!("{year}-{month:02}")), format!("{place}, ngày    tháng {month:02} năm {year}")),
        _ => (Some(format!("{year}-{month:02}-{day:02}")), format!("{place}, ngày {day:02} tháng {month:02} năm {year}")),
    };
    let span = |from: &str, to: &str| Some(Period { from: Some(from.to_owned()), to: Some(to.to_owned()) });
    let (covered, period) = match random.below(if report { 3 } else { 2 }) {
        0 => (format!("năm {year}"), span(&format!("{year}-01-01"), &format!("{year}-12-31"))),
        1 if report => (format!("6 tháng đầu năm {year}"), span(&format!("{year}-01-01"), &format!("{year}-06-30"))),
        1 => (format!("giai đoạn {year} - {}", year + 5), span(&format!("{year}-01-01"), &format!("{}-12-31", year + 5))),
        _ => (format!("9 tháng đầu năm {year}"), span(&format!("{year}-01-01"), &format!("{year}-09-30"))),
    };
    let field = *random.pick(topics::FIELDS);
    let lead = if report { "Kết quả thực hiện công tác ".to_owned() + &field.to_lowercase() } else { field.to_owned() };
    let whole = format!("{lead} trên địa bàn {unit} {covered}");
    let title = match random.below(3) {
        0 => vec![whole.clone()],
        1 => vec![lead, format!("trên địa bàn {unit} {covered}")],
        _ => vec![lead, format!("trên địa bàn {unit}"), covered],
    };
    let (office, foot_title) = match (level, random.chance(40)) {
        (Level::Department, true) => (vec!["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "PHÓ GIÁM ĐỐC"),
        (Level::Department, false) => (vec!["GIÁM ĐỐC"], "GIÁM ĐỐC"),
        (_, true) => (vec!["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "PHÓ CHỦ TỊCH"),
        (_, false) => (vec!["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], "CHỦ TỊCH"),
    };
    let signer = *random.pick(topics::NAMES);
    let foot =
        ["Nơi nhận:", "- Như trên;", "- Lưu: VT."].into_iter().chain(office).chain(["", "", signer]).map(str::to_owned).collect();
    let missing = (writer.allowed)(Feature::HeadMissing) && random.chance(8);
    let features = &mut writer.known.features;
    features.extend((numbered.is_none() && !missing).then_some(Feature::BlankNumber));
    features.extend((level == Level::Commune && commune.starts_with("Bản")).then_some(Feature::PlaceLikeBody));
    // In a stage of several years a day without a year is the first after the issue: both years are right to somebody.
    writer.yearless = !whole.contains("giai đoạn");
    writer.known.document = Document {
        kind,
        number: numbered.clone().filter(|_| !missing),
        symbol: (!missing).then(|| symbol.clone()),
        date: date.filter(|_| !missing),
        title: Some(whole),
        issuer: Some(if missing { short.clone() } else { issuer }),
        level,
        province: Some(province.to_owned()),
        district: districts.then(|| district.to_owned()).filter(|_| !missing || level == Level::District),
        commune: (level == Level::Commune).then(|| commune.to_owned()),
        period,
        signer: Some(Signer { name: Some(signer.to_owned()), title: Some(foot_title.to_owned()) }),
        evidence: Vec::new(),
    };
    let number = numbered.unwrap_or_else(|| format!("      /{symbol}"));
    preamble(writer, province, &short, name);
    let mut left = bodies;
    left.push(format!("Số: {number}"));
    let mut right: Vec<String> = MOTTO.iter().map(|line| (*line).to_owned()).collect();
    right.push(dated);
    if missing {
        left.clear();
        right.clear();
    }
    Frame { left, right, kind: name.to_owned(), title, foot }
}

/// Legal basis, and who issues.
fn preamble(writer: &mut Writer, province: &str, short: &str, name: &str) {
    let province_body = format!("UBND tỉnh {province}");
    let sources: [(&str, &str, &str, Feature); 6] = [
        ("Quyết định", "{n}/QĐ-TTg", "Thủ tướng Chính phủ", Feature::ReferenceState),
        ("Nghị định", "{n}/{y}/NĐ-CP", "Chính phủ", Feature::ReferenceState),
        ("Nghị quyết", "{n}-NQ/TU", "Tỉnh ủy", Feature::ReferenceParty),
        ("Chỉ thị", "{n}-CT/TW", "Ban Bí thư", Feature::ReferenceParty),
        ("Thông tư", "{n}/{y}/TT-BYT", "Bộ Y tế", Feature::ReferenceState),
        ("Công văn", "{n}/BTC-NSNN", "Bộ Tài chính", Feature::ReferenceState),
    ];
    let count = writer.random.between(1, 3);
    let mut chosen: Vec<_> = writer.random.some(&sources, count).into_iter().copied().collect();
    chosen.push(("Kế hoạch", "{n}/KH-UBND", province_body.as_str(), Feature::ReferenceState));
    let mut quoted = Vec::new();
    for (at, (kind, form, issuer, feature)) in chosen.into_iter().enumerate() {
        let year = writer.year - 1 - i32::try_from(writer.random.below(3)).unwrap_or(0);
        let (month, day) = (writer.random.between(1, 12), writer.random.between(1, 28));
        let number =
            form.replace("{n}", &format!("{:02}", 11 * (at + 1) + writer.random.below(9))).replace("{y}", &year.to_string());
        let about = writer.random.pick(topics::FIELDS).to_lowercase();
        let wording = format!("{kind} số {number} ngày {day:02}/{month}/{year} của {issuer} về {about}");
        let item = reference(
            kind,
            Some(number),
            Some(format!("{year}-{month:02}-{day:02}")),
            Some(issuer.to_owned()),
            ReferenceRole::Basis,
        );
        writer.known.references.push(Noted { item, features: vec![feature], wording: wording.clone() });
        quoted.push(wording);
    }
    let last = quoted.pop().unwrap_or_default();
    if writer.may(Feature::ReferenceLaw, 40) {
        let (name, number, date) = *writer.random.pick(&[
            ("Bảo vệ môi trường", "72/2020/QH14", "2020-11-17"),
            ("Đầu tư công", "39/2019/QH14", "2019-06-13"),
            ("Căn cước", "26/2023/QH15", "2023-11-27"),
        ]);
        let named = writer.random.chance(50);
        let written = format!("{}/{}/{}", &date[8..], date[5..7].trim_start_matches('0'), &date[..4]);
        let wording = if named { format!("Luật {name}") } else { format!("Luật {name} số {number} ngày {written}") };
        let item =
            reference("Luật", (!named).then(|| number.to_owned()), (!named).then(|| date.to_owned()), None, ReferenceRole::Basis);
        let item = kehoach::record::Reference { title: named.then(|| name.to_owned()), ..item };
        writer.known.references.push(Noted { item, features: vec![Feature::ReferenceLaw], wording: wording.clone() });
        quoted.insert(0, wording);
    }
    let issues = match name {
        "BÁO CÁO" => format!("{short} báo cáo kết quả như sau:"),
        "QUYẾT ĐỊNH" => format!("{short} ban hành Quyết định với các nội dung như sau:"),
        _ => format!("{short} ban hành Kế hoạch với các nội dung như sau:"),
    };
    writer.push(Kind::Plain, format!("Căn cứ {};", quoted.join("; ")));
    writer.push(Kind::Plain, format!("Thực hiện {last}, {issues}"));
}
