//! What encodings a document holds, told from all its runs before any is decoded.
//!
//! One run is often too short to tell (`cã` is `có` in TCVN3 and may be anything in French); the
//! runs of one font together are not. And a document may have been converted while its
//! font names stayed: then the letters, not the font, tell.

use std::collections::BTreeMap;

use super::syllable::is_syllable;
use super::{Encoding, FontEncoding, is_unicode, of_font};

/// How many words of a font are looked at.
const ENOUGH: u32 = 3_000;

/// Words with letters beyond ASCII, and how many of them are syllables under each reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Score {
    words: u32,
    as_is: u32,
    decoded: [u32; 4],
}

/// The encodings that text in characters may hide; windows-1258 is decoded with the file.
const HIDDEN: [Encoding; 4] = [Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Vps];

impl Score {
    fn of(text: &str) -> Self {
        let mut score = Self::default();
        score.add(text);
        score
    }

    fn add(&mut self, text: &str) {
        let mut decoded = String::new();
        for word in words(text) {
            self.words += 1;
            self.as_is += u32::from(is_syllable(word));
            for (encoding, count) in HIDDEN.iter().zip(&mut self.decoded) {
                decoded.clear();
                encoding.push(&mut decoded, word);
                *count += u32::from(is_syllable(&decoded));
            }
            if self.words >= ENOUGH {
                break;
            }
        }
    }

    /// The reading that makes most words syllables.
    fn best(&self) -> (Encoding, u32) {
        // The first of equals: the more usual encoding.
        let mut best = (HIDDEN[0], self.decoded[0]);
        for (encoding, count) in HIDDEN.iter().zip(self.decoded).skip(1) {
            if count > best.1 {
                best = (*encoding, count);
            }
        }
        best
    }

    /// Whether an encoding makes a syllable of every word.
    fn is_all(&self, encoding: Encoding) -> bool {
        self.words > 0 && HIDDEN.iter().zip(self.decoded).any(|(known, good)| *known == encoding && good == self.words)
    }

    /// The encoding, where one makes sense of what makes none as it is.
    fn hidden(&self, least: u32) -> Option<Encoding> {
        let (encoding, good) = self.best();
        (self.words >= least && good * 100 >= self.words * 80 && self.as_is * 2 < good).then_some(encoding)
    }
}

/// The words of a coded text that hold something beyond ASCII. `¹` and `®` are letters here.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| {
        c.is_ascii_whitespace()
            || c.is_ascii_punctuation()
            || c.is_ascii_digit()
            || c == '\u{A0}'
            || matches!(c, '\u{2010}'..='\u{2015}' | '“' | '”' | '‘' | '’' | '…' | '•')
    };
    // Letters among the control characters (VISCII `Ẳ` = 0x02) stay in their words.
    text.split(parts).filter(|word| !word.is_empty() && !word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_measure(word))
}

/// `m²`, `km³`, a note's `¹`: the same in every encoding, and no letters (`m²` would be `mỗ` in VPS).
fn is_measure(word: &str) -> bool {
    let stem = word.trim_end_matches(['²', '³', '¹']);
    stem.len() < word.len() && matches!(stem, "" | "m" | "km" | "hm" | "dam" | "dm" | "cm" | "mm")
}

/// The one encoding that makes Vietnamese of a Latin reading, where at least `least` words tell.
pub(super) fn convincing(latin: &str, least: u32) -> Option<Encoding> {
    let mut score = Score::of(latin);
    // windows-1258 leaves tones behind their vowels: it is judged as a text, not as characters.
    let mut composed = String::new();
    Encoding::Windows1258.push(&mut composed, latin);
    let windows = words(&composed).take(ENOUGH as usize).filter(|word| is_syllable(word)).count();
    let windows = u32::try_from(windows).unwrap_or(u32::MAX);
    let best = score.best().1;
    if windows > best && windows > score.as_is && score.words >= least && windows * 100 >= score.words * 80 {
        return Some(Encoding::Windows1258);
    }
    score.as_is = score.as_is.min(score.words);
    score.hidden(least)
}

/// What the runs in one font are.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    score: Score,
    unicode: u32,
}

/// What a document's runs tell, font by font.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    fonts: BTreeMap<String, Tally>,
}

impl Survey {
    /// Takes note of a run.
    pub fn observe(&mut self, font: Option<&str>, text: &str) {
        if text.is_ascii() {
            return;
        }
        let name = font.unwrap_or_default();
        if !self.fonts.contains_key(name) {
            self.fonts.insert(name.to_owned(), Tally::default());
        }
        let Some(tally) = self.fonts.get_mut(name) else { return };
        if is_unicode(text) {
            tally.unicode += 1;
        } else if tally.score.words < ENOUGH {
            tally.score.add(text);
        }
    }

    /// How a run is to be read; `None` where it is Unicode.
    #[must_use]
    pub fn tell(&self, font: Option<&str>, text: &str) -> Option<FontEncoding> {
        let told = font.and_then(of_font);
        if (told.is_none() && text.is_ascii()) || is_unicode(text) {
            return None;
        }
        let tally = self.fonts.get(font.unwrap_or_default()).copied().unwrap_or_default();
        if let Some(told) = told {
            // The text was converted and the font's name stayed.
            let converted = tally.unicode > tally.score.decoded.iter().copied().max().unwrap_or_default();
            // Text that was pasted in another old encoding, and took the font of what stands around it.
            let other = self.own(text, told.encoding);
            let told = other.map_or(told, |encoding| FontEncoding { encoding, capitals: false });
            return (!converted).then_some(told);
        }
        let here = tally.score.hidden(3);
        let encoding = match here {
            Some(encoding) if tally.unicode == 0 => self.own(text, encoding).unwrap_or(encoding),
            // Unicode and older text in one font: the run itself must tell, unless the older is nearly all.
            Some(encoding) if tally.unicode * 20 < tally.score.words && Score::of(text).is_all(encoding) => encoding,
            _ => Score::of(text).hidden(3).or_else(|| self.elsewhere(text))?,
        };
        Some(FontEncoding { encoding, capitals: false })
    }

    /// The encoding of a run whose words are syllables in another one than its font's: for sure of three words or more, of fewer where
    /// the document holds that encoding elsewhere.
    fn own(&self, text: &str, usual: Encoding) -> Option<Encoding> {
        let score = Score::of(text);
        let (best, good) = score.best();
        let as_usual = HIDDEN.iter().zip(score.decoded).find(|(known, _)| **known == usual).map_or(0, |(_, good)| good);
        let sure = score.hidden(3) == Some(best) || score.is_all(best) && self.encodings().contains(&best);
        (best != usual && good > as_usual && sure).then_some(best)
    }

    /// A short run that is nonsense as it is, and makes sense in an encoding that the document holds elsewhere.
    fn elsewhere(&self, text: &str) -> Option<Encoding> {
        let held = self.encodings();
        if held.is_empty() {
            return None;
        }
        let score = Score::of(text);
        // `Mét sè nhËn xÐt`: two of four words are syllables as they are, all four in TCVN3.
        held.into_iter().find(|encoding| score.as_is < score.words && score.is_all(*encoding))
    }

    /// The old encodings that the document holds, in order.
    #[must_use]
    pub fn encodings(&self) -> Vec<Encoding> {
        let mut found: Vec<Encoding> = self
            .fonts
            .iter()
            .filter_map(|(name, tally)| match of_font(name) {
                Some(told) => {
                    (tally.unicode <= tally.score.decoded.iter().copied().max().unwrap_or_default()).then_some(told.encoding)
                }
                None => tally.score.hidden(3),
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The name of what the document is encoded in.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self.encodings().as_slice() {
            [] => "utf-8",
            [one] => one.name(),
            [Encoding::Tcvn3, Encoding::Vni] => "tcvn3+vni",
            _ => "mixed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(runs: &[(Option<&str>, &str)]) -> Vec<Option<Encoding>> {
        let mut survey = Survey::default();
        for (font, text) in runs {
            survey.observe(*font, text);
        }
        runs.iter().map(|(font, text)| survey.tell(*font, text).map(|told| told.encoding)).collect()
    }

    #[test]
    fn runs_of_a_font_tell_together() {
        let runs = [
            (Some("Arial"), "Thùc hiÖn n¨m 2001"),
            (Some("Arial"), "cã"),
            (Some("Arial"), "KÕ ho¹ch"),
            (Some("Calibri"), "có là"),
        ];
        assert_eq!(told(&runs), [Some(Encoding::Tcvn3), Some(Encoding::Tcvn3), Some(Encoding::Tcvn3), None]);
    }

    #[test]
    fn a_converted_text_keeps_its_letters() {
        let runs = [(Some(".VnTime"), "Kế hoạch năm 2025"), (Some(".VnTime"), "của tỉnh"), (Some(".VnTime"), "có")];
        assert_eq!(told(&runs), [None, None, None]);
    }

    #[test]
    fn short_lines_follow_the_document() {
        let older: Vec<(Option<&str>, &str)> = ["Thùc hiÖn n¨m 2001 chØ tiªu kÕ ho¹ch cña ngµnh c«ng nghiÖp trong c¶ n\u{AD}íc";
            4]
            .map(|text| (None, text))
            .to_vec();
        let runs = [older, vec![(None, "Mét sè nhËn xÐt chung"), (None, "dÞch vô"), (None, "Sở Công Thương")]].concat();
        assert_eq!(told(&runs)[4..], [Some(Encoding::Tcvn3), Some(Encoding::Tcvn3), None]);
    }

    #[test]
    fn a_run_in_another_old_encoding_than_its_font_is_told_by_its_words() {
        let usual = (Some("Một phông"), "Thùc hiÖn n¨m 2001 chØ tiªu kÕ ho¹ch cña ngµnh c«ng nghiÖp trong c¶ n\u{AD}íc");
        let runs = [
            usual,
            usual,
            usual,
            (Some("Một phông"), "heä thoáng thoâng tin quaûn lyù löu trình coâng vieäc"),
            (Some("VNI-Times"), "ñöôïc toång hôïp"),
            (Some("Một phông"), "öùng duïng"),
            (Some(".VnTime"), "Caùc heä thoâng tin taïi caùc Sôû, Ban, Ngaønh"),
            (Some(".VnTime"), "tæng hîp"),
        ];
        let (old, vni) = (Some(Encoding::Tcvn3), Some(Encoding::Vni));
        assert_eq!(told(&runs), [old, old, old, vni, vni, vni, vni, old]);
    }

    #[test]
    fn units_of_area_are_no_old_letters() {
        let unit = |text| (Some("Calibri"), text);
        let runs = [unit("Diện tích nhà kính"), unit("m²"), unit("người/km²"), unit("10³ m³"), unit("m³"), unit("nghìn m²")];
        assert_eq!(told(&runs), [None; 6]);
        assert_eq!(told(&[(None, "m²; km²; 10 m³; dam²")]), [None]);
    }

    #[test]
    fn encodings_may_be_mixed() {
        let runs = [
            (Some(".VnTime"), "Tæng sè"),
            (Some("VNI-Times"), "Toång soá"),
            (Some("Arial"), "Tổng số"),
            (Some(".VnTimeH"), "tong"),
        ];
        assert_eq!(told(&runs), [Some(Encoding::Tcvn3), Some(Encoding::Vni), None, Some(Encoding::Tcvn3)]);
    }
}
