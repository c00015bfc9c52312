//! Tables as an Excel workbook: a sheet a table, numbers and days as such, the header frozen, filters, widths, links to the files; and the
//! sheet that an office prints.
//!
//! What a document says is text: a cell that begins with `=`, `+`, `-` or `@` is stored as a string and never as a formula. Rows are
//! written to the disk as they come: a workbook of a hundred thousand documents takes no more memory than one of a hundred.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url, Workbook, Worksheet, XlsxError,
};

use super::Lang;
use super::table::{Cell, Column, Table, tracking};
use crate::ingest::own::MARK;

/// So many rows a sheet has, its header among them; more go on in another sheet.
const ROWS: u32 = 1_048_576;

/// So many links a sheet has, which are kept in memory until the end; the files of later rows are named without one.
const LINKS: u32 = 10_000;

/// So many characters a cell holds.
const LONGEST: usize = 32_000;

/// A cell that is longer ends with this.
const CUT: &str = " … (ô bị cắt; xem nguyên văn trong tệp)";

/// The height of a line of text in points, and the least that a row of the printed sheet has.
const LINE: f64 = 15.5;

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

    /// For paper: a line around every cell, the letters of offices.
    fn printed() -> Self {
        let face = |format: Format| format.set_font_name("Times New Roman").set_font_size(12).set_border(FormatBorder::Thin);
        let screen = Self::new();
        let centred = |format: Format| format.set_align(FormatAlign::Center);
        Self {
            header: centred(face(screen.header)),
            text: face(screen.text),
            whole: centred(face(screen.whole)),
            number: centred(face(screen.number)),
            day: centred(face(screen.day)),
            link: face(screen.link),
        }
    }
}

/// Writes the tables, a sheet each, as the bytes of a workbook.
///
/// # Errors
/// Where the workbook cannot be packed.
pub fn write(tables: &[Table], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(lang)?;
    for table in tables {
        let sheet = book.sheet(table)?;
        book.push(sheet, &table.rows)?;
    }
    let mut bytes = Vec::new();
    book.finish(&mut bytes)?;
    Ok(bytes)
}

/// A sheet that rows are added to.
struct Sheet {
    title: String,
    columns: Cow<'static, [Column]>,
    /// Which sheet of the workbook it is now, and which one of its own.
    at: usize,
    part: usize,
    /// The row that is written next.
    row: u32,
    links: u32,
    is_printed: bool,
    /// How many rows of the table it has, those of other parts among them.
    numbered: u32,
}

/// The lines over the table that an office prints.
pub struct Heading {
    /// What it is: `BẢNG THEO DÕI …`.
    pub title: String,
    /// Whose it is.
    pub unit: String,
}

/// A workbook that is written row by row.
pub struct Book {
    book: Workbook,
    formats: Formats,
    printed: Formats,
    lang: Lang,
    sheets: Vec<Sheet>,
}

impl Book {
    /// A workbook without sheets.
    ///
    /// # Errors
    /// Where its properties cannot be set.
    pub fn new(lang: Lang) -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        // The same records give the same bytes: no clock.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made).set_custom_property("Generator", MARK));
        Ok(Self { book, formats: Formats::new(), printed: Formats::printed(), lang, sheets: Vec::new() })
    }

    /// Begins the sheet of a table, whose rows [`push`](Self::push) writes; gives back which one it is.
    ///
    /// # Errors
    /// Where no file can be made for it.
    pub fn sheet(&mut self, table: &Table) -> Result<usize, XlsxError> {
        let sheet = self.sheets.len();
        self.sheets.push(Sheet {
            title: table.title(self.lang).to_owned(),
            columns: table.columns.clone(),
            at: 0,
            part: 0,
            row: 0,
            links: 0,
            is_printed: false,
            numbered: 0,
        });
        self.begin(sheet)?;
        Ok(sheet)
    }

    /// Begins the sheet that an office prints.
    ///
    /// # Errors
    /// As [`sheet`](Self::sheet).
    pub fn tracking(&mut self, heading: &Heading) -> Result<usize, XlsxError> {
        let table = tracking::empty();
        let sheet = self.sheets.len();
        self.sheets.push(Sheet {
            title: table.title(self.lang).to_owned(),
            columns: table.columns,
            at: 0,
            part: 0,
            row: 0,
            links: 0,
            is_printed: true,
            numbered: 0,
        });
        self.headed(sheet, Some(heading))?;
        Ok(sheet)
    }

    fn begin(&mut self, sheet: usize) -> Result<(), XlsxError> {
        self.headed(sheet, None)
    }

    /// Begins another sheet of the workbook for the rows of this one.
    fn headed(&mut self, sheet: usize, heading: Option<&Heading>) -> Result<(), XlsxError> {
        let own = &mut self.sheets[sheet];
        let name = if own.part == 0 { own.title.clone() } else { format!("{} ({})", own.title, own.part + 1) };
        let page = self.book.add_worksheet_with_constant_memory()?.set_name(name)?;
        let formats = if own.is_printed { &self.printed } else { &self.formats };
        for (at, column) in (0u16..).zip(own.columns.iter()) {
            page.set_column_width(at, column.width)?;
        }
        let mut row = 0;
        if let Some(heading) = heading {
            let last = u16::try_from(own.columns.len()).unwrap_or(1).saturating_sub(1);
            let line = |size: f64| {
                Format::new().set_font_name("Times New Roman").set_font_size(size).set_align(FormatAlign::Center).set_text_wrap()
            };
            page.set_row_height(0, 24)?;
            page.merge_range(0, 0, 0, last, &heading.title, &line(14.0).set_bold().set_align(FormatAlign::VerticalCenter))?;
            page.set_row_height(1, LINE * lines(&heading.unit, 130))?;
            page.merge_range(1, 0, 1, last, &heading.unit, &line(12.0).set_align(FormatAlign::VerticalCenter))?;
            let until = if self.lang == Lang::Vi { "Tính đến ngày" } else { "As of" };
            let today = Formula::new(format!(
                "=\"{until} \"&TEXT(DAY(TODAY()),\"00\")&\"/\"&TEXT(MONTH(TODAY()),\"00\")&\"/\"&YEAR(TODAY())"
            ));
            page.merge_range(2, 0, 2, last, "", &line(11.0).set_italic())?;
            page.write_formula_with_format(2, 0, today, &line(11.0).set_italic())?;
            row = 4;
            page.set_row_height(row, 2.0 * LINE + 3.0)?;
        }
        for (at, column) in (0u16..).zip(own.columns.iter()) {
            page.write_string_with_format(row, at, column.title(self.lang), &formats.header)?;
        }
        page.set_freeze_panes(row + 1, 0)?;
        page.set_repeat_rows(row, row)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        if own.is_printed {
            page.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
            page.set_footer(if self.lang == Lang::Vi { "&RTrang &P/&N" } else { "&RPage &P of &N" });
        }
        own.at = self.book.worksheets().len() - 1;
        own.row = row + 1;
        own.links = 0;
        Ok(())
    }

    /// Adds rows to a sheet.
    ///
    /// # Errors
    /// Where the disk is full.
    pub fn push(&mut self, sheet: usize, rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
        for row in rows {
            if self.sheets[sheet].row == ROWS {
                self.end(sheet)?;
                self.sheets[sheet].part += 1;
                self.begin(sheet)?;
            }
            let own = &mut self.sheets[sheet];
            let formats = if own.is_printed { &self.printed } else { &self.formats };
            let page = self.book.worksheet_from_index(own.at)?;
            own.numbered += 1;
            if own.is_printed {
                let high = row.iter().zip(own.columns.iter()).map(|(cell, column)| match cell {
                    Cell::Text(text) => lines(text, column.width),
                    _ => 1.0,
                });
                page.set_row_height(own.row, (LINE * high.fold(1.0, f64::max) + 2.0).min(400.0))?;
            }
            for (at, cell) in (0u16..).zip(row) {
                write_cell(page, own.row, at, cell, formats, &mut own.links, self.lang)?;
            }
            if own.is_printed {
                page.write_number_with_format(own.row, 0, own.numbered, &formats.whole)?;
                for at in 1..u16::try_from(row.len()).unwrap_or(u16::MAX) {
                    if row[usize::from(at)] == Cell::Empty && at != tracking::LEFT {
                        page.write_blank(own.row, at, &formats.text)?;
                    }
                }
                days_left(page, own.row, &row[usize::from(tracking::DUE)], formats, self.lang)?;
            }
            own.row += 1;
        }
        Ok(())
    }

    fn end(&mut self, sheet: usize) -> Result<(), XlsxError> {
        let own = &self.sheets[sheet];
        let last = u16::try_from(own.columns.len()).unwrap_or(1).saturating_sub(1);
        let first = if own.is_printed && own.part == 0 { 4 } else { 0 };
        self.book.worksheet_from_index(own.at)?.autofilter(first, 0, own.row.saturating_sub(1), last)?;
        Ok(())
    }

    /// Packs the workbook.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish<W: Write + Send>(mut self, to: W) -> Result<(), XlsxError> {
        for sheet in 0..self.sheets.len() {
            self.end(sheet)?;
        }
        self.book.save_to_writer(to)
    }
}

/// How many days are left until the day beside, counted whenever the workbook is opened; nothing where there is no day.
fn days_left(page: &mut Worksheet, row: u32, due: &Cell, formats: &Formats, lang: Lang) -> Result<(), XlsxError> {
    if !matches!(due, Cell::Day(_)) {
        page.write_blank(row, tracking::LEFT, &formats.text)?;
        return Ok(());
    }
    let late = if lang == Lang::Vi { "quá" } else { "late by" };
    let format = formats.whole.clone().set_num_format(format!("0;[Red]\"{late} \"0;0"));
    let column = char::from(b'A' + u8::try_from(tracking::DUE).unwrap_or_default());
    let formula = Formula::new(format!("={column}{}-TODAY()", row + 1));
    page.write_formula_with_format(row, tracking::LEFT, formula, &format)?;
    Ok(())
}

/// About how many lines a text takes in a column of that width: a row's height is not found out by whoever prints it.
fn lines(text: &str, width: u16) -> f64 {
    let width = usize::from(width).max(4);
    let mut count = 0;
    for line in text.lines() {
        // Words are not cut: each goes where it still fits.
        let mut used = 0;
        count += 1;
        for word in line.split(' ') {
            let long = word.chars().count();
            if used > 0 && used + 1 + long > width {
                count += 1;
                used = 0;
            }
            used += long + usize::from(used > 0);
            count += used.saturating_sub(1) / width;
            used = if used > width { used % width } else { used };
        }
    }
    f64::from(u32::try_from(count.max(1)).unwrap_or(1))
}

fn write_cell(
    sheet: &mut Worksheet,
    line: u32,
    at: u16,
    cell: &Cell,
    formats: &Formats,
    links: &mut u32,
    lang: Lang,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(line, at, fitted(text), &formats.text)?;
        }
        Cell::Kind(kind) => {
            sheet.write_string_with_format(line, at, kind.word(lang), &formats.text)?;
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
            *links += 1;
            let url = Url::new(format!("file:///{path}")).set_text(fitted(path));
            // `#` would cut the path: what follows it names a cell.
            if *links > LINKS || path.contains('#') || sheet.write_url_with_format(line, at, url, &formats.link).is_err() {
                sheet.write_string_with_format(line, at, fitted(path), &formats.text)?;
            }
        }
    }
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

    #[test]
    fn a_row_is_as_high_as_its_words_need() {
        for (text, width, wanted) in [
            ("", 10, 1.0),
            ("Rà soát", 10, 1.0),
            ("Rà soát hồ sơ", 10, 2.0),
            ("Rà soát hồ sơ tồn đọng", 10, 3.0),
            ("một\nhai", 10, 2.0),
            ("khongcodaucachnaotrongdongnay", 10, 3.0),
        ] {
            assert_eq!(lines(text, width), wanted, "{text}");
        }
    }
}
