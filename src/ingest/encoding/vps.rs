//! VPS, of the Vietnamese Professionals Society: every letter has a byte, some below 0x20.

/// Letters among the control characters.
pub(super) const CONTROL: &[(u8, char)] = &[
    (0x02, 'Ạ'),
    (0x03, 'Ậ'),
    (0x04, 'Ặ'),
    (0x05, 'Ẹ'),
    (0x06, 'Ệ'),
    (0x10, 'Ị'),
    (0x11, 'Ọ'),
    (0x12, 'Ộ'),
    (0x13, 'Ợ'),
    (0x14, 'Ụ'),
    (0x15, 'Ự'),
    (0x19, 'Ỵ'),
    (0x1C, 'Ẫ'),
    (0x1D, 'Ữ'),
];

/// Letters of 0x80 to 0xFF, sixteen a row; `·` where the byte is no letter.
pub(super) const HIGH: [&str; 8] = [
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ", // 80
    "Ế··ỀỂỄỐỒỔỖýỷỵỚỜỞ", // 90
    "·ắằẳẵặỠớÙờởỡŨỨợỪ", // A0
    "ổỬỲỸÍÌộỈĨÓửữÒỎÕự", // B0
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ", // C0
    "ƯỦồốÔỏơÈừứÚũưÝẺ·", // D0
    "àáâãảạă·èéêẽìí·ĩ", // E0
    "ẴĐòóôõ·Ơụùúủ·ỶẼỳ", // F0
];
