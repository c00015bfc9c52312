//! TCVN3, the encoding of the `.VnTime` fonts (`KÕ ho¹ch` for `Kế hoạch`).
//!
//! One byte a letter. Capitals with a tone have no place in these fonts: `KẾ HOẠCH` is written
//! small in `.VnTimeH`, whose letters are capitals. Where a font leaves a byte free, the
//! national standard TCVN 5712 puts a capital there, and so does this table.

/// Letters of 0xA0 to 0xFF, sixteen a row; `·` where the byte is no letter.
pub(super) const HIGH: [&str; 6] = [
    "·ĂÂÊÔƠƯĐăâêôơưđẰ", // A0
    "·····àảãáạẲằẳẵắẴ", // B0
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ", // C0
    "éẹềểễếệìỉỄẾỒĩíịò", // D0
    "Ổỏõóọồổỗốộờởỡớợù", // E0
    "ỖủũúụừửữứựỳỷỹýỵỐ", // F0
];
