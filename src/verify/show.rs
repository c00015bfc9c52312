//! Verdicts as text for people.

use std::fmt::Write;

use super::{Counts, Doubt, Field, Judged, Missed, StandsAs, Verdict, Verification};
use crate::check::show;
use crate::record::Evidence;
use crate::record::ledger::{Class, Why};
use crate::report::Lang;

/// The verdicts: first what does not hold, then what is undecided, then what is missed; what holds is listed where `all` asks for it.
#[must_use]
pub fn text(found: &Verification, lang: Lang, all: bool) -> String {
    let mut out = String::new();
    for verdict in [Verdict::Differs, Verdict::NotInDocument, Verdict::Undecided, Verdict::Holds] {
        if verdict == Verdict::Holds && !all {
            continue;
        }
        for claim in found.claims.iter().filter(|claim| claim.verdict == verdict) {
            judged(&mut out, claim, lang);
        }
    }
    for missed in &found.missed {
        left(&mut out, missed, lang);
    }
    let Counts { claims, holds, differs, not_in_document, undecided, missed } = found.counts;
    let _ = match lang {
        Lang::Vi => writeln!(
            out,
            "{claims} mục kê khai: {holds} đúng, {differs} khác văn bản, {not_in_document} không có trong văn bản, {undecided} chưa kết luận được; \
             {missed} mục văn bản nêu mà chưa kê khai"
        ),
        Lang::En => writeln!(
            out,
            "{claims} claims: {holds} hold, {differs} differ, {not_in_document} not in the document, {undecided} undecided; the document \
             says {missed} more"
        ),
    };
    if found.left_out > 0 {
        let _ = match lang {
            Lang::Vi => {
                writeln!(out, "không xét {} dòng: nhiệm vụ, dòng không có giá trị, dòng của văn bản khác", found.left_out)
            }
            Lang::En => writeln!(out, "{} rows not judged: tasks, rows without a value, rows of other documents", found.left_out),
        };
    }
    out
}

fn judged(out: &mut String, claim: &Judged, lang: Lang) {
    let verdict = match (claim.verdict, lang) {
        (Verdict::Holds, Lang::Vi) => "đúng",
        (Verdict::Differs, Lang::Vi) => "khác văn bản",
        (Verdict::NotInDocument, Lang::Vi) => "không có trong văn bản",
        (Verdict::Undecided, Lang::Vi) => "chưa kết luận được",
        (Verdict::Holds, Lang::En) => "holds",
        (Verdict::Differs, Lang::En) => "differs",
        (Verdict::NotInDocument, Lang::En) => "not in the document",
        (Verdict::Undecided, Lang::En) => "undecided",
    };
    let row = if lang == Lang::Vi { "dòng" } else { "row" };
    let _ = writeln!(out, "{verdict} [{row} {}]: {}: {}", claim.at, show::short(&claim.indicator), claim.claim);
    for difference in &claim.differs {
        let field = field(difference.field, lang);
        let told = |text: &str| {
            let text = if difference.field == Field::Time && lang == Lang::Vi { show::date_vi(text) } else { text.to_owned() };
            if text.is_empty() { "–".to_owned() } else { format!("“{text}”") }
        };
        let (claimed, document) = (told(&difference.claimed), told(&difference.document));
        let _ = match lang {
            Lang::Vi => writeln!(out, "    {field}: kê khai {claimed}, văn bản {document}"),
            Lang::En => writeln!(out, "    {field}: claimed {claimed}, in the document {document}"),
        };
    }
    if let Some(reason) = reason(claim, lang) {
        let _ = writeln!(out, "    {reason}");
    }
    if claim.verdict != Verdict::Holds || !claim.evidence.is_empty() {
        place(out, claim.section.as_deref(), &claim.evidence, lang);
    }
}

fn left(out: &mut String, missed: &Missed, lang: Lang) {
    let verdict = if lang == Lang::Vi { "chưa kê khai" } else { "missed" };
    let _ = writeln!(out, "{verdict}: {}: {}", show::short(&missed.indicator), missed.says);
    place(out, missed.section.as_deref(), &missed.evidence, lang);
}

fn place(out: &mut String, section: Option<&str>, evidence: &[Evidence], lang: Lang) {
    let Some(first) = evidence.first() else { return };
    let mut words = Vec::new();
    if let Some(section) = section {
        words.push(format!("{} {section}", if lang == Lang::Vi { "mục" } else { "section" }));
    }
    if let Some(page) = first.page {
        words.push(format!("{} {page}", if lang == Lang::Vi { "trang" } else { "page" }));
    }
    words.push(format!("{} {}–{}", if lang == Lang::Vi { "ký tự" } else { "characters" }, first.start, first.end));
    let _ = writeln!(out, "    {}: “{}”", words.join(", "), show::short(&first.text));
}

fn field(field: Field, lang: Lang) -> &'static str {
    let (vi, en) = match field {
        Field::Value => ("giá trị", "value"),
        Field::Unit => ("đơn vị tính", "unit"),
        Field::Comparator => ("so sánh", "comparison"),
        Field::Scope => ("cấp, phạm vi", "scope"),
        Field::Time => ("thời hạn", "time"),
        Field::Agency => ("đơn vị", "agency"),
        Field::Result => ("kết quả", "result"),
    };
    if lang == Lang::Vi { vi } else { en }
}

fn reason(claim: &Judged, lang: Lang) -> Option<String> {
    let why = |why: Option<Why>| {
        let words = why.map(|why| if lang == Lang::Vi { why.vietnamese() } else { why.english() });
        words.map(|words| format!(": {words}")).unwrap_or_default()
    };
    let (vi, en) = match (claim.stands_as, claim.doubt) {
        (Some(StandsAs::Nowhere), _) => ("con số này không có ở đâu trong văn bản", "the number stands nowhere in the document"),
        (Some(StandsAs::Target), _) => {
            ("văn bản nêu đây là chỉ tiêu, không phải kết quả", "the document has it as a target, not as a result")
        }
        (Some(StandsAs::Result), _) => {
            ("văn bản nêu đây là kết quả, không phải chỉ tiêu", "the document has it as a result, not as a target")
        }
        (Some(StandsAs::OtherScope), _) => ("đây là giá trị của cấp, phạm vi khác", "it is the value of another level or scope"),
        (Some(StandsAs::OtherItem), _) => ("con số này là của nội dung khác", "the number is of something else"),
        (Some(StandsAs::Described), _) => {
            let words = why(claim.why);
            return Some(match lang {
                Lang::Vi => format!("con số này không phải chỉ tiêu hay kết quả{words}"),
                Lang::En => format!("the number is neither a target nor a result{words}"),
            });
        }
        (Some(StandsAs::Other), _) => {
            let class = claim.class.map_or("", |class| class_words(class, lang));
            return Some(match lang {
                Lang::Vi => format!("con số này chỉ có ở chỗ khác, với nội dung khác: {class}"),
                Lang::En => format!("the number stands only elsewhere, among other words: {class}"),
            });
        }
        (None, Some(Doubt::Unread)) => {
            let words = why(claim.why);
            return Some(match lang {
                Lang::Vi => format!("có con số này nhưng chương trình chưa hiểu{words}"),
                Lang::En => format!("the number stands there and was not understood{words}"),
            });
        }
        (None, Some(Doubt::Wording)) => (
            "có con số này gần nội dung kê khai nhưng chương trình đọc khác",
            "the number stands near these words and was read otherwise",
        ),
        (None, Some(Doubt::Unit)) => ("văn bản không ghi đơn vị tính", "the document gives no unit"),
        (None, None) => return None,
    };
    Some(if lang == Lang::Vi { vi } else { en }.to_owned())
}

fn class_words(class: Class, lang: Lang) -> &'static str {
    let (vi, en) = match class {
        Class::Target => ("chỉ tiêu", "a target"),
        Class::Fact => ("kết quả", "a result"),
        Class::Sum => ("số tổng hoặc thành phần", "a total or a part of one"),
        Class::Ratio => ("tỷ lệ", "a share"),
        Class::Deadline => ("thời hạn", "part of a deadline"),
        Class::Reference => ("số, ngày của văn bản viện dẫn", "part of a reference"),
        Class::Marker => ("số thứ tự", "an ordinal"),
        Class::Date => ("ngày tháng", "a date"),
        Class::Name => ("một phần của tên", "part of a name"),
        Class::Described => ("số mô tả", "a described number"),
        Class::Unread => ("số chưa đọc được", "a number that was not read"),
    };
    if lang == Lang::Vi { vi } else { en }
}
