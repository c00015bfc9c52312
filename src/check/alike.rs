//! Whether two wordings in one document, or in two, name one thing: `Tỷ lệ hồ sơ TTHC xử lý trực tuyến` in the annex is
//! `Tỷ lệ hồ sơ thủ tục hành chính (TTHC) xử lý trực tuyến` in the body; `… tại cấp xã` is not `… tại cấp huyện`.
//!
//! Words are compared folded; an abbreviation stands for the words that its letters begin. Two wordings are the same only
//! where what is left over on either side measures nothing else; a near miss is told apart from both.

use crate::record::Target;
use crate::words::fold;

/// How two wordings compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// They name one thing.
    Same,
    /// They may; a reader has to look.
    Near,
    /// They do not.
    Other,
}

/// A wording, ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    words: Vec<String>,
    /// Which words were written in capitals: abbreviations.
    capitals: Vec<bool>,
}

/// Words that measure nothing.
const FILLERS: [&str; 38] = [
    "tỷ", "lệ", "tỉ", "các", "của", "được", "có", "và", "về", "là", "cho", "trên", "địa", "bàn", "với", "để", "những", "mọi",
    "đảm", "bảo", "đạt", "tại", "ở", "trong", "thì", "mà", "toàn", "theo", "đến", "từ", "do", "số", "phấn", "đấu", "việc",
    "hoặc", "khác", "từng",
];

/// Words that tell what is measured, of whom or where: one that only one side has makes another thing of it.
const TELLING: [&str; 36] = [
    "tỉnh",
    "huyện",
    "xã",
    "thôn",
    "bản",
    "phường",
    "sở",
    "trung",
    "ương",
    "nhỏ",
    "vừa",
    "lớn",
    "mới",
    "cũ",
    "nam",
    "nữ",
    "trẻ",
    "em",
    "nghèo",
    "cận",
    "trưởng",
    "thành",
    "thuê",
    "bao",
    "toàn",
    "trình",
    "phần",
    "một",
    "không",
    "chưa",
    "ngoài",
    "giảm",
    "tăng",
    "điện",
    "tử",
    "tuyến",
];

impl Wording {
    /// Prepares a wording.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut words = Vec::new();
        let mut capitals = Vec::new();
        let mut bracket = String::new();
        let text = &without_place_and_time(text);
        for raw in text.split(|c: char| !(c.is_alphanumeric() || c == '(' || c == ')')) {
            // `thủ tục hành chính (TTHC)`: the abbreviation says the same again.
            if raw.starts_with('(') && raw.ends_with(')') && is_abbreviation(raw.trim_matches(['(', ')'])) {
                bracket.clear();
                continue;
            }
            for piece in raw.split(['(', ')']).filter(|piece| !piece.is_empty()) {
                words.push(fold(piece));
                capitals.push(is_abbreviation(piece));
            }
        }
        Self { words, capitals }
    }

    /// The wording of a target: what is measured, and for whom.
    #[must_use]
    pub fn of(target: &Target) -> Self {
        match &target.scope {
            Some(scope) => Self::new(&format!("{} {scope}", target.indicator)),
            None => Self::new(&target.indicator),
        }
    }

    /// The words that the other side has not, and those that this side has not; abbreviations stand for their words.
    fn differences<'a>(&'a self, other: &'a Self) -> (Vec<&'a str>, Vec<&'a str>, usize) {
        if self.words == other.words {
            return (Vec::new(), Vec::new(), self.words.len());
        }
        let mut used = vec![false; other.words.len()];
        let mut mine = Vec::new();
        let mut common = 0_usize;
        let mut at = 0;
        while at < self.words.len() {
            if let Some(found) = (0..other.words.len()).find(|there| !used[*there] && other.words[*there] == self.words[at]) {
                used[found] = true;
                common += 1;
                at += 1;
                continue;
            }
            if self.capitals[at]
                && let Some(range) = other.spelled(&self.words[at], &used)
            {
                common += range.len();
                used[range].fill(true);
                at += 1;
                continue;
            }
            // These words are spelled here, and short there.
            let short = (0..other.words.len()).find_map(|there| {
                if !other.capitals[there] || used[there] {
                    return None;
                }
                let letters: Vec<char> = other.words[there].chars().collect();
                (letters.len() >= 2 && self.begins(at, &letters)).then_some((there, letters.len()))
            });
            if let Some((there, length)) = short {
                used[there] = true;
                common += length;
                at += length;
                continue;
            }
            // `hệ thốngcamera`: a space was lost.
            let glued = |long: &str, one: Option<&String>, two: Option<&String>| {
                one.zip(two).is_some_and(|(one, two)| long.strip_prefix(one.as_str()) == Some(two.as_str()))
            };
            let whole = &self.words[at];
            if let Some(there) = (1..other.words.len()).find(|there| {
                !used[there - 1] && !used[*there] && glued(whole, other.words.get(there - 1), other.words.get(*there))
            }) {
                used[there - 1] = true;
                used[there] = true;
                common += 2;
                at += 1;
                continue;
            }
            if let Some(there) = (0..other.words.len())
                .find(|there| !used[*there] && glued(&other.words[*there], self.words.get(at), self.words.get(at + 1)))
            {
                used[there] = true;
                common += 2;
                at += 2;
                continue;
            }
            mine.push(self.words[at].as_str());
            at += 1;
        }
        let theirs = (0..other.words.len()).filter(|at| !used[*at]).map(|at| other.words[at].as_str()).collect();
        (mine, theirs, common)
    }

    /// Whether the words from `at` on begin with these letters, one each.
    fn begins(&self, at: usize, letters: &[char]) -> bool {
        letters.iter().enumerate().all(|(ahead, letter)| {
            self.words.get(at + ahead).is_some_and(|word| word.chars().next().is_some_and(|first| bare(first) == bare(*letter)))
        })
    }

    /// Where the words of an abbreviation stand, one letter a word.
    fn spelled(&self, short: &str, used: &[bool]) -> Option<std::ops::Range<usize>> {
        let letters: Vec<char> = short.chars().collect();
        if letters.len() < 2 {
            return None;
        }
        (0..self.words.len())
            .find(|at| self.begins(*at, &letters) && used[*at..at + letters.len()].iter().all(|used| !used))
            .map(|at| at..at + letters.len())
    }

    /// How two wordings compare.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Likeness {
        let (mine, theirs, common) = self.differences(other);
        let content = |words: &[&str]| words.iter().filter(|word| !FILLERS.contains(word)).count();
        let telling = |words: &[&str]| words.iter().any(|word| Self::is_telling(word));
        let (left, right) = (content(&mine), content(&theirs));
        let all = common + left.max(right);
        if common == 0 || all == 0 {
            return Likeness::Other;
        }
        let apart = left + right;
        if apart == 0 || apart == 1 && common >= 5 && !telling(&mine) && !telling(&theirs) {
            return Likeness::Same;
        }
        // A slip of one syllable in a long name: `thể mạnh` for `thế mạnh`.
        if left == 1 && right == 1 && common >= 8 && slip(&mine, &theirs) {
            return Likeness::Same;
        }
        if common * 100 >= all * 55 { Likeness::Near } else { Likeness::Other }
    }

    /// How much two wordings have in common, from 0 to 1.
    #[must_use]
    pub fn closeness(&self, other: &Self) -> f64 {
        let (mine, theirs, common) = self.differences(other);
        #[allow(clippy::cast_precision_loss)]
        let share = 2.0 * common as f64 / (2 * common + mine.len() + theirs.len()).max(1) as f64;
        share
    }

    /// Whether a word that only one side has, or a number, tells what is measured, of whom or where: `hộ nghèo`, `hộ cận nghèo`.
    #[must_use]
    pub fn tells_apart(&self, other: &Self) -> bool {
        let (mine, theirs, _) = self.differences(other);
        mine.iter().chain(&theirs).any(|word| Self::is_telling(word))
    }

    /// The words that only this side has, and those that only the other has, without those that measure nothing; abbreviations stand for
    /// their words.
    #[must_use]
    pub fn left_over<'a>(&'a self, other: &'a Self) -> [Vec<&'a str>; 2] {
        let (mine, theirs, _) = self.differences(other);
        [mine, theirs].map(|words| words.into_iter().filter(|word| !FILLERS.contains(word)).collect())
    }

    /// A telling word that only this side has, and the one that the other has in its place, next to the same word: `cấp xã`, `cấp tỉnh`.
    #[must_use]
    pub fn swapped<'a>(&'a self, other: &'a Self) -> Option<[&'a str; 2]> {
        let (mine, theirs, _) = self.differences(other);
        let beside = |side: &'a Self, own: &[&str]| -> Vec<[Option<&'a str>; 3]> {
            let word = |at: usize| side.words.get(at).map(String::as_str);
            let telling = |at: &usize| own.contains(&side.words[*at].as_str()) && Self::is_telling(&side.words[*at]);
            (0..side.words.len()).filter(telling).map(|at| [at.checked_sub(1).and_then(word), word(at), word(at + 1)]).collect()
        };
        let others = beside(other, &theirs);
        beside(self, &mine).into_iter().find_map(|[before, one, after]| {
            let same =
                |there: &&[Option<&str>; 3]| before.is_some() && before == there[0] || after.is_some() && after == there[2];
            Some([one?, others.iter().find(same)?[1]?])
        })
    }

    /// Whether a word tells what is measured, of whom or where, or is a number: one that only one side has makes another thing of it.
    #[must_use]
    pub fn is_telling(word: &str) -> bool {
        TELLING.contains(&word) || word.chars().any(|c| c.is_ascii_digit())
    }

    /// The words that say something.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str).filter(|word| !FILLERS.contains(word))
    }

    /// How many words say something.
    #[must_use]
    pub fn length(&self) -> usize {
        self.words().count()
    }
}

/// Without `trên toàn tỉnh`: what is said of a document's whole place is said of the place.
#[must_use]
pub fn without_whole_place(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is =
        |at: usize, known: &[&str]| words.get(at).is_some_and(|word| known.contains(&fold(word).trim_end_matches([',', ';'])));
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        if is(at, &["trên"]) && is(at + 1, &["toàn"]) && is(at + 2, &["tỉnh", "huyện", "xã"]) {
            at += 3;
        } else {
            kept.push(words[at]);
            at += 1;
        }
    }
    kept.join(" ")
}

/// Without `trên địa bàn tỉnh …` and `6 tháng đầu năm 2024`, `năm 2024`: where and when a document's own figures are for is not
/// what they measure.
fn without_place_and_time(text: &str) -> String {
    const UNITS: [&str; 10] = ["tỉnh", "huyện", "xã", "phường", "thành", "phố", "thị", "trấn", "quận", "toàn"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower =
        |at: usize| words.get(at).map(|word| word.trim_end_matches([',', ';', '.', ')']).to_lowercase()).unwrap_or_default();
    let digits = |at: usize| !lower(at).is_empty() && lower(at).bytes().all(|byte| byte.is_ascii_digit());
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let place = lower(at) == "trên" && lower(at + 1) == "địa" && lower(at + 2) == "bàn";
        let months = digits(at) && lower(at + 1) == "tháng" && matches!(lower(at + 2).as_str(), "đầu" | "cuối");
        let year = lower(at) == "năm" && digits(at + 1) && lower(at + 1).len() == 4;
        if place && UNITS.contains(&lower(at + 3).as_str()) {
            at += 4;
            while at < words.len()
                && (UNITS.contains(&lower(at).as_str()) || words[at].chars().next().is_some_and(char::is_uppercase))
            {
                at += 1;
            }
        } else if months {
            at += 3;
        } else if year {
            at += 2;
        } else {
            kept.push(words[at]);
            at += 1;
        }
    }
    kept.join(" ")
}

/// Whether two words differ by their marks alone.
fn slip(mine: &[&str], theirs: &[&str]) -> bool {
    let content = |words: &[&str]| words.iter().find(|word| !FILLERS.contains(word)).copied().unwrap_or_default().to_owned();
    let plain = |word: String| word.chars().map(bare).collect::<String>();
    plain(content(mine)) == plain(content(theirs))
}

/// A letter without its marks.
fn bare(c: char) -> char {
    use unicode_normalization::UnicodeNormalization;
    match c {
        'đ' | 'Đ' => 'd',
        c => std::iter::once(c).nfd().next().unwrap_or(c).to_ascii_lowercase(),
    }
}

fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(one: &str, other: &str) -> Likeness {
        let (one, other) = (Wording::new(one), Wording::new(other));
        assert_eq!(one.compare(&other), other.compare(&one), "one way as the other");
        one.compare(&other)
    }

    #[test]
    fn one_thing_in_two_wordings() {
        for (one, other) in [
            ("Tỷ lệ hồ sơ thủ tục hành chính (TTHC) xử lý trực tuyến", "Tỷ lệ hồ sơ TTHC xử lý trực tuyến"),
            ("Tỷ lệ cơ quan nhà nước cung cấp dữ liệu mở", "Tỷ lệ CQNN cung cấp dữ liệu mở"),
            ("hệ thốngcamera giám sát tại bộ phận một cửa", "hệ thống camera giám sát tại bộ phận một cửa"),
            ("Tỷ lệ hộ gia đình có cáp quang", "tỷ lệ hộ gia đình có cáp quang"),
            (
                "Tỷ trọng thương mại điện tử trong bán lẻ 6 tháng đầu năm 2024 trên địa bàn tỉnh An Bình",
                "Tỷ trọng thương mại điện tử trong bán lẻ",
            ),
            (
                "sản phẩm xuất khẩu có thế mạnh, sản phẩm chủ lực tham gia sàn",
                "sản phẩm xuất khẩu có thể mạnh, sản phẩm chủ lực tham gia sàn",
            ),
        ] {
            assert_eq!(compare(one, other), Likeness::Same, "{one} | {other}");
        }
    }

    #[test]
    fn the_whole_place() {
        for (text, wanted) in [
            ("số xã, phường trên toàn tỉnh không cháy rừng", "số xã, phường không cháy rừng"),
            ("tỷ lệ toàn trình trên toàn quốc", "tỷ lệ toàn trình trên toàn quốc"),
        ] {
            assert_eq!(without_whole_place(text), wanted);
        }
    }

    #[test]
    fn things_that_only_sound_alike() {
        for (one, other) in [
            ("Tỷ lệ dân số trưởng thành có điện thoại", "Tỷ lệ dân số có điện thoại"),
            (
                "hồ sơ công việc tại cấp huyện được xử lý trên môi trường mạng",
                "hồ sơ công việc tại cấp xã được xử lý trên môi trường mạng",
            ),
            ("Tỷ lệ dịch vụ công trực tuyến toàn trình", "Tỷ lệ dịch vụ công trực tuyến một phần"),
            ("Số trường đạt chuẩn mức độ 1", "Số trường đạt chuẩn mức độ 2"),
            ("Tỷ lệ hộ nghèo", "Tỷ lệ hộ cận nghèo"),
        ] {
            assert_ne!(compare(one, other), Likeness::Same, "{one} | {other}");
        }
        assert_eq!(compare("Tỷ lệ che phủ rừng", "Số vụ tai nạn giao thông"), Likeness::Other);
    }
}
