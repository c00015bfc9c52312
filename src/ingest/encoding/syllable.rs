//! Whether a word can be a Vietnamese syllable: the test that tells encodings apart.
//!
//! `hoạch` is one, `ho¹ch` and `hoaïch` are none.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::char::{compose, decompose_canonical};

const ONSETS: [&str; 28] = [
    "ngh", "ng", "gh", "gi", "kh", "nh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p",
    "r", "s", "t", "v", "x", "",
];

/// Vowels and endings, without tone.
const RIMES: &str = " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên \
    uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu yn ynh yt ";

/// Whether `word` is written as a syllable is; case does not count.
pub(in crate::ingest) fn is_syllable(word: &str) -> bool {
    if word.len() > 24 {
        return false;
    }
    let mut tone = None;
    let mut tones = 0;
    let mut plain = String::with_capacity(word.len());
    // Letter by letter: every word of a document that may be in an old encoding is asked five times.
    for c in word.chars().flat_map(char::to_lowercase) {
        decompose_canonical(c, |part| {
            if matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
                tone = Some(part);
                tones += 1;
            } else if let Some(letter) =
                plain.chars().next_back().filter(|_| !part.is_ascii()).and_then(|last| compose(last, part))
            {
                plain.pop();
                plain.push(letter);
            } else {
                plain.push(part);
            }
        });
    }
    if tones > 1 {
        return false;
    }
    let stopped = plain.ends_with(['c', 'p', 't']) || plain.ends_with("ch");
    if stopped && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    ONSETS.iter().any(|onset| plain.strip_prefix(onset).is_some_and(is_rime))
}

fn is_rime(rime: &str) -> bool {
    static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| RIMES.split_whitespace().collect());
    KNOWN.contains(rime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_what_is_none() {
        for word in [
            "hoạch",
            "Kế",
            "nghèo",
            "ĐƯỜNG",
            "giếng",
            "gì",
            "quý",
            "quyết",
            "thuở",
            "khuya",
            "ạch",
            "uỷ",
            "hoà",
            "quốc",
            "Nghị",
            "yếu",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["ho¹ch", "hoaïch", "KÕho", "đđ", "bạch̉", "tỉnhs", "công¹", "hôcs", "Ñieàu", "thủt"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
