//! VISCII (RFC 1456), of Unix mail and news: every letter has a byte, some below 0x20.

/// Letters among the control characters.
pub(super) const CONTROL: &[(u8, char)] = &[(0x02, 'Ẳ'), (0x05, 'Ẵ'), (0x06, 'Ẫ'), (0x14, 'Ỷ'), (0x19, 'Ỹ'), (0x1E, 'Ỵ')];

/// Letters of 0x80 to 0xFF, sixteen a row.
pub(super) const HIGH: [&str; 8] = [
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ", // 80
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ", // 90
    "Õắằặấầẩậẽẹếềểễệố", // A0
    "ồổỗỠƠộờởịỰỨỪỬơớƯ", // B0
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ", // C0
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư", // D0
    "àáâãảăữẫèéêẻìíĩỉ", // E0
    "đựòóôõỏọụùúũủýợỮ", // F0
];
