//! Tables as an Excel workbook: a sheet a table, numbers and days as such, the header frozen, filters, widths, links to the files.
//!
//! What a document says is text: a cell that begins with `=`, `+`, `-` or `@` is stored as a string and never as a formula.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

use super::Lang;
use super::table::{Cell, Table};
use crate::ingest::own::MARK;

/// So many rows a sheet has under its header; more go on in the next sheet.
const ROWS: usize = 1_048_575;

/// So many links a sheet may have; the files of later rows are named without one.
const LINKS: u32 = 65_000;

/// So many characters a cell holds.
const LONGEST: usize = 32_000;

/// A cell that is longer ends with this.
const CUT: &str = " … (ô bị cắt; xem nguyên văn trong tệp)";

/// The formats of cells.
struct Formats {
    header: Format,
    text: Format,
    whole: Format,
    number: Format,
    day: Format,
    link: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0xDD_E8_F3))
                .set_border_bottom(FormatBorder::Thin),
            text: cell.clone(),
            // `#,##0.######` would show 420 as `420.` in Excel.
            whole: cell.clone().set_num_format("#,##0"),
            number: cell.clone().set_num_format("#,##0.0#####"),
            day: cell.clone().set_num_format("dd/mm/yyyy"),
            link: Format::new().set_align(FormatAlign::Top).set_hyperlink(),
        }
    }
}

/// Writes the tables, a sheet each, as the bytes of a workbook.
///
/// # Errors
/// Where the workbook cannot be packed.
pub fn write(tables: &[Table], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same records give the same bytes: no clock.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made).set_custom_property("Generator", MARK));
    let formats = Formats::new();
    for table in tables {
        let parts = table.rows.len().div_ceil(ROWS).max(1);
        for part in 0..parts {
            let name = if part == 0 { table.title(lang).to_owned() } else { format!("{} ({})", table.title(lang), part + 1) };
            let rows = &table.rows[part * ROWS..table.rows.len().min((part + 1) * ROWS)];
            write_sheet(book.add_worksheet().set_name(name)?, table, rows, &formats, lang)?;
        }
    }
    book.save_to_buffer()
}

fn write_sheet(sheet: &mut Worksheet, table: &Table, rows: &[Vec<Cell>], formats: &Formats, lang: Lang) -> Result<(), XlsxError> {
    for (at, column) in (0u16..).zip(table.columns.iter()) {
        sheet.write_string_with_format(0, at, column.title(lang), &formats.header)?;
        sheet.set_column_width(at, column.width)?;
    }
    let mut links = 0;
    for (line, row) in (1u32..).zip(rows) {
        for (at, cell) in (0u16..).zip(row) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_string_with_format(line, at, fitted(text), &formats.text)?;
                }
                Cell::Number(number) => {
                    let format = if number.fract() == 0.0 { &formats.whole } else { &formats.number };
                    sheet.write_number_with_format(line, at, *number, format)?;
                }
                Cell::Day(day) => {
                    let (year, month, of) = (day.year(), day.month(), day.day());
                    let serial = u16::try_from(year).ok().zip(u8::try_from(month).ok().zip(u8::try_from(of).ok()));
                    let date = serial.and_then(|(year, (month, of))| ExcelDateTime::from_ymd(year, month, of).ok());
                    match date {
                        Some(date) => sheet.write_datetime_with_format(line, at, &date, &formats.day)?,
                        // Excel has no day before 1900.
                        None => sheet.write_string_with_format(line, at, day.to_string(), &formats.text)?,
                    };
                }
                Cell::File(path) => {
                    links += 1;
                    let url = Url::new(format!("file:///{path}")).set_text(fitted(path));
                    // `#` would cut the path: what follows it names a cell.
                    if links > LINKS || path.contains('#') || sheet.write_url_with_format(line, at, url, &formats.link).is_err() {
                        sheet.write_string_with_format(line, at, fitted(path), &formats.text)?;
                    }
                }
            }
        }
    }
    let (last_row, last_column) =
        (u32::try_from(rows.len()).unwrap_or(u32::MAX), u16::try_from(table.columns.len()).unwrap_or(1).saturating_sub(1));
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// A text as long as a cell may be.
fn fitted(text: &str) -> String {
    let mut length = 0;
    for (at, c) in text.char_indices() {
        length += c.len_utf16();
        if length > LONGEST {
            return format!("{}{CUT}", &text[..at]);
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_cut_where_excel_would_refuse_it_and_says_so() {
        assert_eq!(fitted("ngắn"), "ngắn");
        let cut = fitted(&"ữ".repeat(LONGEST + 1));
        assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= 32_767);
    }
}
