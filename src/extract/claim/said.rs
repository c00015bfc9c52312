//! What the words around values say of them, by the rules of `rules/grammar/values.toml`: where a change begins, what only describes,
//! which words are no part of what is measured.

use std::ops::Range;

use crate::agency::Agencies;
use crate::extract::deadline;
use crate::extract::passage::{Passage, Role};
use crate::extract::quantity::{Lead, Quantity};
use crate::grammar::said::Production;
use crate::grammar::{Before, Given, Source};
use crate::lexicon::UnitKind;
use crate::record::Comparator;
use crate::words::Kind;

/// What was read of a passage before.
pub(super) struct Known<'a> {
    agencies: Agencies<'a>,
    quantities: &'a [Quantity],
    times: Vec<Range<usize>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(
        passage: &'a Passage<'a>,
        quantities: &'a [Quantity],
        deadlines: &[deadline::Found],
        times: &[Range<usize>],
    ) -> Self {
        let times = deadlines.iter().map(|found| found.range.clone()).chain(times.iter().cloned()).collect();
        Self { agencies: Agencies::new(passage.lexicon, passage.tokens), quantities, times }
    }

    /// The place of the first quantity whose number stands at `at` or behind.
    fn next(&self, at: usize) -> usize {
        self.quantities.partition_point(|quantity| quantity.number.start < at)
    }
}

impl Before for Known<'_> {
    fn end(&self, given: Given, at: usize) -> Option<usize> {
        match given {
            Given::Value | Given::Number => {
                let quantity = self.quantities.get(self.next(at))?;
                let first = if given == Given::Number { quantity.number.start } else { quantity.whole.start };
                (first <= at).then_some(quantity.whole.end)
            }
            Given::When => self.times.iter().find(|time| time.start == at).map(|time| time.end),
            Given::Bodies => {
                let (names, end) = self.agencies.list(at);
                (!names.is_empty()).then_some(end)
            }
        }
    }
}

/// The values of a passage that are left to be read, and the words that are no part of what is measured.
pub(super) struct Said {
    pub(super) quantities: Vec<Quantity>,
    pub(super) asides: Vec<Range<usize>>,
}

/// Reads what is said of the values of a passage.
pub(super) fn read(passage: &Passage, known: &Known) -> Said {
    let grammar = &passage.lexicon.values;
    let mut said = Said { quantities: known.quantities.to_vec(), asides: Vec::new() };
    let Some(kind) = grammar.kind("saying").filter(|_| passage.role != Role::Results) else { return said };
    let source = Source { before: Some(known), ..passage.source() };
    let mut gone: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < passage.tokens.len() {
        // `cải | cách`, `công | cộng`: a syllable of a longer word begins nothing.
        let inside = at > 0 && passage.lexicon.compounds.at(passage.tokens, at - 1).is_some_and(|(length, ())| length > 1);
        let begins = !inside && grammar.may_begin(kind, &passage.tokens[at]);
        let found = if begins { grammar.at(kind, source, at) } else { None };
        let Some(found) = found else {
            at += 1;
            continue;
        };
        let begins = || {
            let before =
                (0..found.start).rev().find(|at| passage.tokens[*at].kind != Kind::Mark || !passage.tokens[*at].is_mark(b'-'));
            before.is_none_or(|at| passage.ends_sentence(at) || passage.tokens[at].is_mark(b';'))
        };
        let given: Vec<usize> = found.value.given.iter().map(|range| known.next(range.start)).collect();
        let (first, last) = (given.first().copied(), given.last().copied());
        let whole = found.start..found.end;
        match found.value.gives {
            Production::Described => gone.extend(given),
            Production::Aside => said.asides.push(whole.clone()),
            Production::Setting if begins() => said.asides.push(whole.clone()),
            Production::From => {
                gone.extend(first);
                if let Some(reached) = last.and_then(|last| said.quantities.get_mut(last)) {
                    // `giảm từ 15% xuống 9%`: the verb leads to the level, too.
                    let led = first.and_then(|first| known.quantities.get(first)).map_or(found.start, |from| from.whole.start);
                    reached.whole.start = found.start.min(led);
                    reached.lead = Lead::Level;
                }
            }
            Production::Becomes => {
                gone.extend(first);
                if let Some(of) = first.and_then(|first| known.quantities.get(first)) {
                    said.asides.push(of.number.clone());
                }
                if let Some(reached) = last.and_then(|last| said.quantities.get_mut(last)) {
                    reached.whole.start = reached.number.start.saturating_sub(1);
                    reached.lead = Lead::Level;
                }
            }
            Production::Above | Production::Below => {
                if let Some(quantity) = last.and_then(|last| said.quantities.get_mut(last)) {
                    quantity.comparator = None;
                    quantity.lead = if found.value.gives == Production::Above { Lead::Increase } else { Lead::Decrease };
                    quantity.whole.start = found.start;
                }
            }
            Production::AtMost => {
                if let Some(quantity) = last.and_then(|last| said.quantities.get_mut(last)) {
                    quantity.comparator = Some(Comparator::Le);
                    let word = (found.start..quantity.number.start).rev().find(|at| passage.tokens[*at].is_word());
                    quantity.whole.start = quantity.whole.start.min(word.unwrap_or(quantity.whole.start));
                }
            }
            Production::AtLeast => {
                // `từ 38% dân số trở lên`: the noun between belongs to what is measured, the words after it do not.
                const MORE: usize = 2;
                let quantity = last.and_then(|last| said.quantities.get_mut(last));
                if let Some(quantity) = quantity.filter(|quantity| quantity.unit_kind != Some(UnitKind::Time)) {
                    quantity.comparator = Some(Comparator::Ge);
                    quantity.whole.start = quantity.whole.start.min(found.start);
                    said.asides.push(found.end - MORE..found.end);
                }
            }
            Production::Setting | Production::Partners | Production::Owners => {
                gone.extend(given);
                at += 1;
                continue;
            }
        }
        at = found.end.max(at + 1);
    }
    let mut place = 0;
    said.quantities.retain(|quantity| {
        let inside = said.asides.iter().any(|aside| aside.contains(&quantity.number.start));
        place += 1;
        !inside && !gone.contains(&(place - 1))
    });
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::quantity;
    use crate::grammar::Language;
    use crate::grammar::said::Sayings;
    use crate::lexicon::Lexicon;
    use crate::structure::Place;

    /// What the rule of `values.toml` reads in a line.
    fn shown(lexicon: &Lexicon, rule: usize, line: &str) -> Option<String> {
        let mut tokens = Vec::new();
        lexicon.vocabulary.cut(line, 0, &mut tokens);
        let passage = Passage::new(lexicon, line, &tokens, Role::Aims, None, Place::Body);
        let (deadlines, times) = deadline::find_with_times(&passage, deadline::Frame::default());
        let quantities = quantity::find(&passage);
        let known = Known::new(&passage, &quantities, &deadlines, &times);
        let source = Source { before: Some(&known), ..passage.source() };
        let found = lexicon.values.reads(rule, source)?;
        Some(Sayings::show(&found.value, source))
    }

    #[test]
    fn every_rule_of_the_grammar_of_values_reads_its_lines_and_leaves_the_others() {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let wrong = crate::grammar::tried(lexicon.values.rules(), |rule, line| shown(&lexicon, rule, line));
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn check(role: Role, lines: &[(&str, &[&str])]) {
        let wrong: Vec<String> = lines
            .iter()
            .map(|(text, wanted)| (text, super::super::tests::shown(text, role), wanted))
            .filter(|(_, got, wanted)| got != *wanted)
            .map(|(text, got, _)| format!("{text}\n    {got:?}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn what_a_change_reaches_is_the_value() {
        check(
            Role::Aims,
            &[
                ("Giảm số vụ cháy từ 14 vụ của năm trước xuống còn không quá 9 vụ", &["số vụ cháy | Le 9 vụ"]),
                ("Nâng năng suất chè từ mức 9 tấn/ha hiện nay lên 11 tấn/ha", &["năng suất chè | Eq 11 tấn/ha"]),
                ("Sáp nhập 22 trạm khuyến nông thành 7 trạm", &["Sáp nhập trạm khuyến nông | Eq 7 trạm"]),
                (
                    "Tỷ lệ hộ dùng điện đạt 97%, cao hơn 2 điểm phần trăm so với năm 2025",
                    &["Tỷ lệ hộ dùng điện | Eq 97 %", "Tỷ lệ hộ dùng điện cao hơn so với năm 2025 | Eq 2 điểm phần trăm"],
                ),
                // A span is no change, and what is lower than a bound is no difference.
                ("Tỷ lệ hao hụt từ 2 đến 3%", &["Tỷ lệ hao hụt | Eq 2 %"]),
                ("Tỷ lệ hao hụt thấp hơn 3%", &["Tỷ lệ hao hụt | Lt 3 %"]),
            ],
        );
    }

    #[test]
    fn what_only_describes_is_no_value() {
        check(
            Role::Aims,
            &[
                ("Khắc phục tình trạng mới có 35% số chợ được nâng cấp", &[]),
                ("Xử lý xe chở đất quá tải trên 20%", &[]),
                ("Trong điều kiện 60% cán bộ kiêm nhiệm, giữ vững kết quả", &[]),
                ("Cứ 1.000 dân có 2 dược sĩ", &["Cứ 1.000 dân có dược sĩ | Eq 2 dược sĩ"]),
                ("So với 300 hộ của năm trước, số hộ nuôi ong tăng lên 400 hộ", &["số hộ nuôi ong | Eq 400 hộ"]),
                ("Giảm tình trạng bỏ học xuống dưới 1%", &["tình trạng bỏ học | Lt 1 %"]),
                ("Số việc làm mới đạt 500 người", &["Số việc làm mới | Eq 500 người"]),
            ],
        );
    }

    #[test]
    fn words_that_only_tell_more_are_left_out() {
        check(
            Role::Aims,
            &[
                ("Thời hạn cấp phép còn 5 ngày thay vì 10 ngày như trước", &["Thời hạn cấp phép | Eq 5 ngày"]),
                ("Tổng vốn đầu tư đạt 860 tỷ đồng, chưa bao gồm vốn của dân", &["Tổng vốn đầu tư | Eq 860 tỷ đồng"]),
                ("100% thôn có tủ sách và ngày càng nâng cao chất lượng", &["thôn có tủ sách | Eq 100 %"]),
                ("Tại các bản ven suối, nơi có dưới 30 hộ, 100% hộ được báo tin lũ", &["hộ được báo tin lũ | Eq 100 %"]),
                ("80% trường học hưởng ứng, tham gia", &["trường học hưởng ứng, tham gia | Eq 80 %"]),
            ],
        );
    }

    #[test]
    fn one_subject_and_several_groups() {
        check(
            Role::Aims,
            &[
                (
                    "Tỷ lệ trẻ đến lớp ở nhà trẻ, mẫu giáo lần lượt đạt 35% và 98%",
                    &["Tỷ lệ trẻ đến lớp | Eq 35 % | nhà trẻ", "Tỷ lệ trẻ đến lớp | Eq 98 % | mẫu giáo"],
                ),
                (
                    "Tiêm phòng 90% đàn bò ở xã và 70% ở phường",
                    &["Tiêm phòng đàn bò | Eq 90 % | xã", "Tiêm phòng đàn bò | Eq 70 % | phường"],
                ),
                (
                    "Cơ cấu lao động: nông nghiệp 40%, công nghiệp 35%, dịch vụ 25%",
                    &[
                        "Cơ cấu lao động | Eq 40 % | nông nghiệp",
                        "Cơ cấu lao động | Eq 35 % | công nghiệp",
                        "Cơ cấu lao động | Eq 25 % | dịch vụ",
                    ],
                ),
                (
                    "100% học sinh lớp 9 được tư vấn nghề, ít nhất 40% vào học nghề",
                    &["học sinh lớp 9 được tư vấn nghề | Eq 100 %", "học sinh lớp 9 vào học nghề | Ge 40 %"],
                ),
                (
                    "Tỷ lệ phát hiện, điều tra án đạt 90%, tỷ lệ thu hồi tài sản không dưới 60%",
                    &["Tỷ lệ phát hiện, điều tra án | Eq 90 %", "tỷ lệ thu hồi tài sản | Ge 60 %"],
                ),
                (
                    "Trồng rừng tập trung 320 ha, trong đó rừng ven biển 45 ha",
                    &["Trồng rừng tập trung | Eq 320 ha", "Trồng rừng ven biển | Eq 45 ha | rừng ven biển"],
                ),
                (
                    "Tỷ lệ thất nghiệp dưới 3%, tỷ lệ thiếu việc làm dưới 2%",
                    &["Tỷ lệ thất nghiệp | Lt 3 %", "tỷ lệ thiếu việc làm | Lt 2 %"],
                ),
            ],
        );
    }

    #[test]
    fn bare_values_of_work_beside_bounds() {
        check(
            Role::Tasks,
            &[
                ("Chăm sóc 150 ha rừng, tỷ lệ cây sống đạt trên 85%", &["Chăm sóc rừng | Eq 150 ha", "tỷ lệ cây sống | Gt 85 %"]),
                (
                    "Sửa chữa 08 cầu treo và 02 ngầm tràn, tổng kinh phí không quá 6 tỷ đồng",
                    &["Sửa chữa cầu treo | Eq 8 cầu", "Sửa chữa ngầm tràn | Eq 2 ngầm tràn", "tổng kinh phí | Le 6 tỷ đồng"],
                ),
                (
                    "Trao 300 suất quà, mỗi suất trị giá không dưới 500 nghìn đồng",
                    &["Trao suất quà | Eq 300 suất", "mỗi suất trị giá | Ge 500 nghìn đồng"],
                ),
                (
                    "Hỗ trợ ít nhất 2 tỷ đồng mỗi xã, 1 tỷ đồng mỗi phường cho sửa đường",
                    &["Hỗ trợ cho sửa đường | Ge 2 tỷ đồng | mỗi xã", "Hỗ trợ cho sửa đường | Ge 1 tỷ đồng | mỗi phường"],
                ),
                ("Dồn đổi 220 ha tại 4 thôn", &["Dồn đổi tại 4 thôn | Eq 220 ha"]),
                ("Tỷ lệ 25 dịch vụ công đạt 80%", &["Tỷ lệ 25 dịch vụ công | Eq 80 %"]),
            ],
        );
    }
}
