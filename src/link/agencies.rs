//! Which body is it: `Giám đốc Sở TT&TT` is Sở Thông tin và Truyền thông, which went into Sở Khoa học và Công nghệ on 2025-03-01.
//!
//! A title stands for its body. A name is taken by the day of the document; one that had ended by then is known still, with what
//! it became. Whose body it is (`Sở Y tế` of which province) the name itself tells, else the document's own province.

use serde::Serialize;

use super::{Resolved, Why};
use crate::lexicon::linking::{LinkLexicon, RegisteredAgency, plain_name as plain};

/// An agency's name, resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Body {
    /// The body.
    #[serde(flatten)]
    pub agency: RegisteredAgency,
    /// The office that stood for it: `Giám đốc`.
    pub office: Option<String>,
    /// The unit that the name gives, else the document's province; null of central bodies and where neither is known.
    pub of: Option<String>,
    /// Whether the name was in force on the document's day; null without a day.
    pub in_force: Option<bool>,
}

/// Resolves an agency's name as written, in a document of `province` of `date` (`2024-03-01`, `2024-03`, `2024`).
#[must_use]
pub fn resolve(name: &str, province: Option<&str>, date: Option<&str>, lexicon: &LinkLexicon) -> Resolved<Body> {
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(name, 0, &mut tokens);
    let longest = lexicon.offices.at(&tokens, 0).map_or(0, |(length, ())| length);
    // `Chánh | Văn phòng UBND tỉnh`: the shortest office that leaves a body.
    for length in 0..=longest {
        let Some(first) = tokens.get(length) else { break };
        let body = name.get(first.span().start..).unwrap_or_default();
        let office = name.get(..first.span().start).map(str::trim).filter(|office| !office.is_empty());
        let found = bearing(body, lexicon);
        if found.is_empty() {
            continue;
        }
        return told(found, office, province, date);
    }
    Resolved::Unknown
}

/// The entries whose name or alias `body` is, with the unit that stands behind it.
fn bearing<'a>(body: &str, lexicon: &'a LinkLexicon) -> Vec<(&'a RegisteredAgency, Option<String>)> {
    let wanted = plain(body);
    let first = wanted.split(' ').next().unwrap_or_default();
    let mut found: Vec<(usize, &RegisteredAgency, Option<String>)> = Vec::new();
    for (form, agency) in lexicon.agency_forms.get(first).into_iter().flatten() {
        let agency = &lexicon.agencies[*agency];
        let Some(rest) = wanted.strip_prefix(form.as_str()) else { continue };
        if rest.is_empty() {
            found.push((form.len(), agency, None));
        } else if rest.starts_with(' ') && names_a_unit(rest.trim(), lexicon) {
            // The unit's own letters, not the folded ones.
            let words = rest.split_whitespace().count();
            let own: Vec<&str> = body.split_whitespace().collect();
            let place = own.get(own.len().saturating_sub(words)..).unwrap_or_default().join(" ");
            found.push((form.len(), agency, Some(place)));
        }
    }
    let longest = found.iter().map(|(length, ..)| *length).max().unwrap_or(0);
    let mut best: Vec<_> =
        found.into_iter().filter(|(length, ..)| *length == longest).map(|(_, agency, place)| (agency, place)).collect();
    best.dedup_by(|one, other| one.0.id == other.0.id);
    best
}

/// `tỉnh Bắc Kạn`, `huyện`: nothing but a unit stands behind the name.
fn names_a_unit(rest: &str, lexicon: &LinkLexicon) -> bool {
    use crate::lexicon::linking::FillerKind;
    let mut tokens = Vec::new();
    lexicon.vocabulary.cut(rest, 0, &mut tokens);
    let unit =
        |at| lexicon.fillers.at(&tokens, at).filter(|(_, kinds)| kinds.contains(&FillerKind::Unit)).map(|(length, _)| length);
    let begins = tokens.first().is_some_and(|first| !first.is_mark(b',')) && unit(0).is_some();
    begins && tokens.iter().all(crate::words::Token::is_word)
}

fn told(
    found: Vec<(&RegisteredAgency, Option<String>)>,
    office: Option<&str>,
    province: Option<&str>,
    date: Option<&str>,
) -> Resolved<Body> {
    use crate::record::Level;
    let bodies: Vec<Body> = found
        .into_iter()
        .map(|(agency, place)| Body {
            of: place.or_else(|| province.filter(|_| agency.level != Level::Central).map(str::to_owned)),
            office: office.map(str::to_owned),
            in_force: date.map(|date| in_force(agency, date)),
            agency: agency.clone(),
        })
        .collect();
    let current: Vec<&Body> = bodies.iter().filter(|body| body.in_force != Some(false)).collect();
    match (bodies.as_slice(), current.as_slice()) {
        ([], _) => Resolved::Unknown,
        ([one], _) => Resolved::Known { one: one.clone(), why: why(one, date) },
        (_, [one]) => Resolved::Known { one: (*one).clone(), why: why(one, date) },
        _ => Resolved::Ambiguous {
            candidates: bodies.clone(),
            why: Why::new(
                "nhiều cơ quan cùng tên, ngày của văn bản không cho biết cơ quan nào",
                "several bodies bear the name, and the date does not tell which",
            ),
        },
    }
}

/// Whether a name held on a day; of a month or year, on any day of it.
fn in_force(agency: &RegisteredAgency, date: &str) -> bool {
    let begun = agency.from.as_deref().is_none_or(|from| from <= date || from.starts_with(date));
    let not_over = agency.until.as_deref().is_none_or(|until| date <= until || until.starts_with(date));
    begun && not_over
}

fn why(body: &Body, date: Option<&str>) -> Why {
    let name = &body.agency.name;
    let mut why = match &body.office {
        Some(office) => Why::new(format!("{office} thay mặt {name}"), format!("{office} stands for {name}")),
        None => Why::new(format!("là tên của {name}"), format!("the name of {name}")),
    };
    if let (Some(false), Some(date)) = (body.in_force, date) {
        if let Some(until) = &body.agency.until {
            why = Why::new(format!("{}; kết thúc ngày {until}", why.vi), format!("{}; ended on {until}", why.en));
        }
        if let Some(from) = body.agency.from.as_deref().filter(|from| *from > date) {
            why = Why::new(format!("{}; bắt đầu ngày {from}", why.vi), format!("{}; begins on {from}", why.en));
        }
        why =
            Why::new(format!("{}, nên không có hiệu lực ngày {date}", why.vi), format!("{}, so not in force on {date}", why.en));
    }
    why
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str, province: Option<&str>, date: Option<&str>) -> String {
        let lexicon = LinkLexicon::embedded().expect("lexicon");
        match resolve(name, province, date, &lexicon) {
            Resolved::Known { one, .. } => {
                let of = one.of.as_deref().unwrap_or("-");
                let force = one.in_force.map_or("?", |yes| if yes { "in force" } else { "not in force" });
                format!("{} [{of}] {force} → {}", one.agency.id, one.agency.successors.join(","))
            }
            Resolved::Ambiguous { candidates, .. } => format!("{} candidates", candidates.len()),
            Resolved::Unknown => "unknown".into(),
        }
    }

    #[test]
    fn titles_stand_for_bodies_and_names_end() {
        let province = Some("Thanh Giang");
        for (name, date, wanted) in [
            ("Giám đốc Sở Y tế", Some("2024-03-01"), "so-y-te [Thanh Giang] in force → "),
            ("Sở TT&TT", Some("2024"), "so-thong-tin-va-truyen-thong [Thanh Giang] in force → so-khoa-hoc-va-cong-nghe"),
            (
                "Sở Thông tin và Truyền thông",
                Some("2025-08-01"),
                "so-thong-tin-va-truyen-thong [Thanh Giang] not in force → so-khoa-hoc-va-cong-nghe",
            ),
            ("Chánh Văn phòng UBND tỉnh", None, "van-phong-ubnd-tinh [Thanh Giang] ? → "),
            ("Chủ tịch UBND tỉnh", None, "ubnd-tinh [Thanh Giang] ? → "),
            ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", Some("2025-08"), "so-khoa-hoc-va-cong-nghe [Thanh Giang] in force → "),
            ("Sở Y tế tỉnh Long An", Some("2024"), "so-y-te [tỉnh Long An] in force → "),
            ("Bộ Kế hoạch và Đầu tư", Some("2024-01-01"), "bo-ke-hoach-va-dau-tu [-] in force → bo-tai-chinh"),
            ("Sở Nông nghiệp và Môi trường", Some("2024-01-01"), "so-nong-nghiep-va-moi-truong [Thanh Giang] not in force → "),
            (
                "Sở LĐ-TB&XH",
                Some("2023"),
                "so-lao-dong-thuong-binh-va-xa-hoi [Thanh Giang] in force → so-noi-vu,so-y-te,so-giao-duc-va-dao-tao,so-nong-nghiep-va-moi-truong",
            ),
        ] {
            assert_eq!(shown(name, province, date), wanted, "{name}");
        }
        for name in ["Sở hữu trí tuệ", "Hội Nông dân", "Sở Y tế và các huyện", "", "Giám đốc"] {
            assert_eq!(shown(name, province, None), "unknown", "{name}");
        }
    }
}
