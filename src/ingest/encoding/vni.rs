//! VNI-Windows, the encoding of the `VNI-Times` fonts (`Keá hoaïch` for `Kế hoạch`).
//!
//! A letter is one or two characters: the vowel, and behind it a second one that carries
//! the mark, or the mark and the tone. Eleven letters are one character alone.

use unicode_normalization::char::compose;

/// Characters that are a letter by themselves.
const ALONE: &[(char, char)] = &[
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('æ', 'ỉ'),
    ('Æ', 'Ỉ'),
    ('ò', 'ị'),
    ('Ò', 'Ị'),
    ('ó', 'ĩ'),
    ('Ó', 'Ĩ'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
];

const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';

/// What the character behind a vowel adds to it.
fn mark(c: char) -> Option<(Option<char>, Option<char>)> {
    const ACUTE: char = '\u{301}';
    const GRAVE: char = '\u{300}';
    const HOOK: char = '\u{309}';
    const TILDE: char = '\u{303}';
    const DOT: char = '\u{323}';
    Some(match c {
        'ù' | 'Ù' => (None, Some(ACUTE)),
        'ø' | 'Ø' => (None, Some(GRAVE)),
        'û' | 'Û' => (None, Some(HOOK)),
        'õ' | 'Õ' => (None, Some(TILDE)),
        'ï' | 'Ï' => (None, Some(DOT)),
        'â' | 'Â' => (Some(CIRCUMFLEX), None),
        'á' | 'Á' => (Some(CIRCUMFLEX), Some(ACUTE)),
        'à' | 'À' => (Some(CIRCUMFLEX), Some(GRAVE)),
        'å' | 'Å' => (Some(CIRCUMFLEX), Some(HOOK)),
        'ã' | 'Ã' => (Some(CIRCUMFLEX), Some(TILDE)),
        'ä' | 'Ä' => (Some(CIRCUMFLEX), Some(DOT)),
        'ê' | 'Ê' => (Some(BREVE), None),
        'é' | 'É' => (Some(BREVE), Some(ACUTE)),
        'è' | 'È' => (Some(BREVE), Some(GRAVE)),
        'ú' | 'Ú' => (Some(BREVE), Some(HOOK)),
        'ü' | 'Ü' => (Some(BREVE), Some(TILDE)),
        'ë' | 'Ë' => (Some(BREVE), Some(DOT)),
        _ => return None,
    })
}

/// The letter that `base` and the mark character `c` make; `None` where they make none.
fn marked(base: char, c: char) -> Option<char> {
    let (shape, tone) = mark(c)?;
    let shaped = match (shape, base) {
        (Some(CIRCUMFLEX), 'a' | 'e' | 'o' | 'A' | 'E' | 'O') => compose(base, CIRCUMFLEX)?,
        (Some(BREVE), 'a' | 'A') => compose(base, BREVE)?,
        (None, 'a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư' | 'A' | 'E' | 'O' | 'U' | 'Y' | 'Ơ' | 'Ư') => base,
        _ => return None,
    };
    match tone {
        None => Some(shaped),
        Some(dot @ '\u{323}') if shape.is_some() => {
            // `ậ` is composed of `ạ` and the circumflex.
            let dotted = compose(base, dot)?;
            compose(dotted, shape?)
        }
        Some(tone) => compose(shaped, tone),
    }
}

/// Decodes behind what `out` holds already: a run may begin with the mark of a vowel that
/// ended the run before it.
pub(super) fn push(out: &mut String, text: impl Iterator<Item = char>) {
    for c in text {
        if let Some(letter) = out.chars().next_back().and_then(|base| marked(base, c)) {
            out.pop();
            out.push(letter);
        } else {
            out.push(ALONE.iter().find(|(code, _)| *code == c).map_or(c, |(_, letter)| *letter));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vowels_and_marks_are_letters() {
        for (coded, wanted) in [
            ("Keá hoaïch", "Kế hoạch"),
            ("ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
            ("Tröông Taán Thieäu", "Trương Tấn Thiệu"),
            ("kyø, kyõ, kyû, quyù, kî", "kỳ, kỹ, kỷ, quý, kỵ"),
            ("chæ tieâu ñònh kyø vôùi nöôùc", "chỉ tiêu định kỳ với nước"),
            ("thuûy saûn, naêm, baèng, caét, ñaëc", "thủy sản, năm, bằng, cắt, đặc"),
        ] {
            let mut out = String::new();
            push(&mut out, coded.chars());
            assert_eq!(out, wanted);
        }
    }

    #[test]
    fn a_mark_finds_its_vowel_in_the_run_before() {
        let mut out = String::new();
        push(&mut out, "hoa".chars());
        push(&mut out, "ïch".chars());
        assert_eq!(out, "hoạch");
    }
}
