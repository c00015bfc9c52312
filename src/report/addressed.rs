//! Who is meant by a name: `UBND các xã, phường` and `các địa phương` mean `UBND xã Khe Vàng` too, `UBND xã Bến Thuận` does not.

use crate::check::Case;
use crate::check::names::{group, one_body};
use crate::lexicon::{GroupWord, Lexicon};
use crate::record::Level;
use crate::words::{Token, fold, without_marks};

/// The body that is asked for.
pub struct Wanted {
    name: String,
    folded: String,
    /// Whether it was typed without marks.
    is_bare: bool,
    /// Also what is given to groups that may hold any body.
    any: bool,
    parts: Parts,
}

/// How a name means the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// It is the body's own name, or its head's.
    Itself,
    /// It names a group that the body is of.
    Group,
}

/// What a name is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    /// The words before the units that are no `UBND`: `trạm y tế` of `Trạm Y tế các xã`.
    body: String,
    is_committee: bool,
    /// Several are meant: `các`, `cấp`, or units of several kinds.
    is_plural: bool,
    /// Levels of the units, as bits of [`bit`].
    levels: u8,
    has_locality: bool,
    has_department: bool,
    has_any: bool,
    /// Words that are none of these behind the units: a name.
    has_name: bool,
}

const COMMUNE: u8 = 1;
const DISTRICT: u8 = 2;
const PROVINCE: u8 = 4;

impl Parts {
    fn of(name: &str, lexicon: &Lexicon) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        let bare = is_bare(name);
        lexicon.groups.vocabulary.cut(name, 0, &mut tokens);
        let words = if bare { &lexicon.groups.bare } else { &lexicon.groups.marked };
        let mut parts = Self::default();
        // `thành phố` takes the level of what it stands beside.
        let (mut cities, mut kinds, mut begun) = (false, 0, false);
        let mut at = 0;
        while at < tokens.len() {
            let Some((length, word)) = words.at(&tokens, at) else {
                let token = &tokens[at];
                at += 1;
                let written = token.span().slice(name).unwrap_or_default();
                if !written.contains(char::is_alphanumeric) {
                    continue;
                }
                if begun {
                    parts.has_name = true;
                } else {
                    parts.body.push_str(&fold(written));
                    parts.body.push(' ');
                }
                continue;
            };
            at += length;
            match word {
                GroupWord::Within => break,
                GroupWord::Head | GroupWord::Joint => continue,
                GroupWord::Committee => parts.is_committee = true,
                GroupWord::Plural => parts.is_plural = true,
                // `Ban Quản lý …`, `Đơn vị …`: a body's own first word, unless several are meant.
                GroupWord::Department => parts.has_department = true,
                GroupWord::Any => parts.has_any = true,
                GroupWord::Locality => parts.has_locality = true,
                GroupWord::City => {
                    cities = true;
                    kinds += 1;
                }
                GroupWord::Commune | GroupWord::District | GroupWord::Province => {
                    parts.levels |= match word {
                        GroupWord::Commune => COMMUNE,
                        GroupWord::District => DISTRICT,
                        _ => PROVINCE,
                    };
                    kinds += 1;
                    // `cấp xã` is every one of them.
                    parts.is_plural |= length > 1 && fold(name).contains("cấp ");
                }
            }
            begun |= !matches!(word, GroupWord::Committee);
        }
        parts.body.truncate(parts.body.trim_end().len());
        if cities && parts.levels & (DISTRICT | PROVINCE) == 0 {
            parts.levels |= DISTRICT | if parts.levels == 0 { PROVINCE } else { 0 };
        }
        parts.is_plural |= kinds > 1 || parts.has_locality;
        parts
    }

    /// Whether the body is one of those that a group's name means, in a document of that level.
    fn is_of(&self, group: &Self, level: Level) -> bool {
        if !group.is_plural || group.has_name {
            return false;
        }
        let same_body = if self.is_committee { group.body.is_empty() } else { self.body == group.body && !self.body.is_empty() };
        let below = match level {
            Level::Central => PROVINCE,
            Level::Province | Level::Department => DISTRICT | COMMUNE,
            Level::District => COMMUNE,
            Level::Commune | Level::Other => DISTRICT | COMMUNE | PROVINCE,
        };
        let units = self.levels & group.levels != 0 || group.has_locality && self.levels & below != 0;
        // `Sở Y tế` of `các sở, ban, ngành`; `phường` of a name is none of its own.
        let department = self.has_department && !self.is_committee && group.has_department && group.body.is_empty();
        same_body && units || department
    }
}

/// Whether a name was typed without marks.
fn is_bare(name: &str) -> bool {
    name.is_ascii() && name.split_whitespace().count() > 1
}

impl Wanted {
    /// The body called `name`; `any` also takes what is given to groups that may hold any body: `các cơ quan, đơn vị`.
    #[must_use]
    pub fn new(name: &str, any: bool, lexicon: &Lexicon) -> Self {
        let parts = Parts::of(name, lexicon);
        Self { name: name.to_owned(), folded: fold(name), is_bare: is_bare(name), any, parts }
    }

    /// How `name`, in a document, means the body; `None` where it does not.
    #[must_use]
    pub fn meant(&self, name: &str, case: &Case) -> Option<Meant> {
        if self.fits(name) {
            return Some(Meant::Itself);
        }
        let parts = Parts::of(name, case.lexicon);
        let mut own = self.parts.clone();
        if self.is_bare {
            own.body = without_marks(&own.body);
        }
        let given = Parts { body: if self.is_bare { without_marks(&parts.body) } else { parts.body.clone() }, ..parts };
        let is_of =
            own.is_of(&given, case.record.document.level) || self.any && (group(name) || given.is_plural && given.has_any);
        is_of.then_some(Meant::Group)
    }

    /// Whether `name` means the body at all.
    #[must_use]
    pub fn is_meant(&self, name: &str, case: &Case) -> bool {
        self.meant(name, case).is_some()
    }

    /// Whether it is the body of that name: asked for `Sở A`, `Giám đốc Sở A` and `Sở A tỉnh` are it too.
    fn fits(&self, name: &str) -> bool {
        if self.is_bare {
            let name = without_marks(&fold(name));
            return one_body(&name, &self.name) || name.starts_with(&format!("{} ", self.folded));
        }
        one_body(name, &self.name) || fold(name).starts_with(&format!("{} ", self.folded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(asked: &str, name: &str, level: &str, any: bool) -> Option<Meant> {
        let lexicon = Lexicon::embedded().expect("embedded lexicons");
        let source = crate::ingest::decode("a.txt", "KẾ HOẠCH\nCấp nước năm 2025\n".into()).expect("a text");
        let lines = crate::normalize::normalize(source.text.as_str());
        let mut record = crate::extract::extract(&source, &crate::structure::read(&lines, &lexicon), &lexicon);
        record.document.level = serde_json::from_value(serde_json::json!(level)).expect("a level");
        Wanted::new(asked, any, &lexicon).meant(name, &Case::new(&record, &lexicon))
    }

    const COMMUNE: &str = "UBND xã Khe Vàng";

    #[test]
    fn a_commune_is_one_of_these() {
        for name in [
            "UBND các xã, phường",
            "UBND các xã, phường, thị trấn",
            "UBND các xã, phường, đặc khu",
            "UBND các xã/phường",
            "UBND xã, phường",
            "UBND huyện, thành phố, xã, phường",
            "Ủy ban nhân dân các xã, phường",
            "Uỷ ban nhân dân các xã, thị trấn",
            "Ủy ban nhân dân cấp xã",
            "UBND cấp huyện, cấp xã",
            "Chủ tịch UBND các xã, phường",
            "Chủ tịch Ủy ban nhân dân cấp xã",
            "các xã, phường trên địa bàn tỉnh",
            "Các xã",
            "các địa phương",
            "các địa phương liên quan",
            "các địa phương trên địa bàn",
            "chính quyền địa phương",
            "chính quyền cấp xã",
            "UBND các cấp",
            "các cơ quan, đơn vị, địa phương liên quan",
            "Các sở, ban, ngành, địa phương",
            "Thủ trưởng các sở, ngành và Chủ tịch UBND các xã, phường",
        ] {
            assert_eq!(meant(COMMUNE, name, "province", false), Some(Meant::Group), "{name}");
        }
        for bare in ["UBND cac xa, phuong", "cac dia phuong"] {
            assert_eq!(meant("UBND xa Khe Vang", bare, "province", false), Some(Meant::Group), "{bare}");
        }
        assert_eq!(meant("UBND xa Khe Vang", "Chủ tịch UBND các xã, phường", "province", false), Some(Meant::Group));
        assert_eq!(meant("ubnd xa khe vang", "UBND xã Khe Vàng", "province", false), Some(Meant::Itself));
        assert_eq!(meant(COMMUNE, "Chủ tịch UBND xã Khe Vàng", "province", false), Some(Meant::Itself));
    }

    #[test]
    fn a_commune_is_none_of_these() {
        for name in [
            "UBND xã Bến Thuận",
            "UBND các huyện, thị xã, thành phố",
            "UBND các tỉnh, thành phố",
            "UBND tỉnh",
            "UBND huyện",
            "Công an các xã, phường",
            "Trạm Y tế các xã, phường",
            "Sở Y tế",
            "các sở, ban, ngành",
            "các cơ quan, đơn vị",
            "Thủ trưởng các sở, cơ quan, đơn vị cấp tỉnh",
            "các tổ chức chính trị - xã hội",
            "Sở Lao động - Thương binh và Xã hội",
            "các hộ dân",
        ] {
            assert_eq!(meant(COMMUNE, name, "province", false), None, "{name}");
        }
        // A ministry's localities are provinces.
        assert_eq!(meant(COMMUNE, "các địa phương", "central", false), None);
        assert_eq!(meant("UBND tỉnh Thanh Giang", "các địa phương", "central", false), Some(Meant::Group));
        assert_eq!(
            meant("UBND tỉnh Thanh Giang", "các tỉnh, thành phố trực thuộc trung ương", "central", false),
            Some(Meant::Group)
        );
    }

    #[test]
    fn other_bodies_have_their_groups() {
        for (asked, name, wanted) in [
            ("Công an xã Khe Vàng", "Công an các xã, phường", Some(Meant::Group)),
            ("Công an xã Khe Vàng", "UBND các xã, phường", None),
            ("Trạm Y tế phường Bến Đá", "trạm y tế cấp xã", Some(Meant::Group)),
            ("Sở Y tế", "các sở, ban, ngành", Some(Meant::Group)),
            ("Sở Y tế", "Thủ trưởng các sở, ngành, địa phương", Some(Meant::Group)),
            ("Sở Y tế", "Sở Nội vụ", None),
            ("UBND huyện Suối Lim", "UBND các huyện, thành phố", Some(Meant::Group)),
            ("UBND thành phố Đá Trắng", "UBND các huyện, thị xã, thành phố", Some(Meant::Group)),
            ("UBND huyện Suối Lim", "UBND các tỉnh, thành phố", None),
        ] {
            assert_eq!(meant(asked, name, "province", false), wanted, "{asked}: {name}");
        }
        assert_eq!(meant(COMMUNE, "các cơ quan, đơn vị liên quan", "province", true), Some(Meant::Group));
        assert_eq!(meant("Hội Nông dân tỉnh", "các cơ quan, đơn vị", "province", true), Some(Meant::Group));
    }
}
