//! Numbers and symbols of documents taken apart: `48/KH-UBND`, `111-NQ/TU`, `84/2015/QH13`, `445/2013/QĐ-UBND`.

/// A symbol's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol<'a> {
    /// The number: `48`.
    pub number: u32,
    /// The year inside it: `2015`.
    pub year: Option<i16>,
    /// What stands behind: `KH-UBND`, `NQ/TU`.
    pub letters: &'a str,
}

impl<'a> Symbol<'a> {
    /// Takes a symbol apart; `None` where it begins with no number or has no letters.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = text[..digits].parse().ok()?;
        let mut rest = text[digits..].strip_prefix(['/', '-'])?;
        let mut year = None;
        if let Some((first, after)) = rest.split_once(['/', '-'])
            && first.len() == 4
            && let Ok(found) = first.parse::<i16>()
        {
            year = Some(found);
            rest = after;
        }
        (!rest.is_empty()).then_some(Self { number, year, letters: rest })
    }

    /// The letters that tell the type: `KH` of `KH-UBND`, `NQ` of `NQ/TU`.
    #[must_use]
    pub fn kind(&self) -> &'a str {
        self.letters.split(['-', '/']).next().unwrap_or_default()
    }

    /// The letters alone: `QĐ-TTg` and `QĐTTg` are one.
    #[must_use]
    pub fn bare(&self) -> String {
        self.letters.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_taken_apart() {
        for (text, wanted) in [
            ("48/KH-UBND", Some((48, None, "KH-UBND", "KH"))),
            ("111-NQ/TU", Some((111, None, "NQ/TU", "NQ"))),
            ("445/2013/QĐ-UBND", Some((445, Some(2013), "QĐ-UBND", "QĐ"))),
            ("84/2015/QH13", Some((84, Some(2015), "QH13", "QH13"))),
            ("06/QĐTTg", Some((6, None, "QĐTTg", "QĐTTg"))),
            ("257", None),
            ("KH-UBND", None),
        ] {
            let parsed = Symbol::parse(text).map(|symbol| (symbol.number, symbol.year, symbol.letters, symbol.kind()));
            assert_eq!(parsed, wanted, "{text}");
        }
    }
}
