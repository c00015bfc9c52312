//! The same papers in other layouts: tables in bars, lines wrapped as in print, a portal's frame, a web page, a plan behind the
//! decision that promulgates it. What is found in one layout must be found in the others, and what is clean stays so.

use std::fmt::Write as _;

/// A layout: its name, the file's ending, and how a paper is written in it.
pub type Layout = (&'static str, &'static str, fn(&str) -> String);

/// Layouts that keep the paper as it is, head and all.
pub const LAYOUTS: &[Layout] = &[
    ("tables in bars", "txt", bars),
    ("wrapped at 80 columns", "txt", wrapped),
    ("in a portal's frame", "txt", portal),
    ("a web page", "html", page),
    ("headings in bold", "md", bold),
];

/// Rows with tabs between their cells as rows of `| … | … |`.
fn bars(text: &str) -> String {
    let mut written = String::new();
    let mut width = 0;
    for line in text.lines() {
        if line.contains('\t') {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let _ = writeln!(written, "| {} |", cells.join(" | "));
            if width == 0 {
                width = cells.len();
                let _ = writeln!(written, "|{}", "---|".repeat(width));
            }
        } else {
            width = 0;
            let _ = writeln!(written, "{line}");
        }
    }
    written
}

/// Lines of more than 80 characters broken between words, as a print file is.
fn wrapped(text: &str) -> String {
    const WIDTH: usize = 80;
    let mut written = String::new();
    for line in text.lines() {
        if line.contains('\t') || line.chars().count() <= WIDTH {
            let _ = writeln!(written, "{line}");
            continue;
        }
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > WIDTH {
                written.push('\n');
                column = 0;
            } else if column > 0 {
                written.push(' ');
                column += 1;
            }
            written.push_str(word);
            column += length;
        }
        written.push('\n');
    }
    written
}

fn portal(text: &str) -> String {
    format!(
        "Trang chủ\nGiới thiệu\nTin tức - Sự kiện\nVăn bản\nThủ tục hành chính\nHỏi đáp\nLiên hệ\nĐăng nhập\n\n{text}\nTải về\nIn trang\nChia sẻ\n\
         Lượt xem: 318\nVăn bản liên quan\nBản quyền thuộc Cổng thông tin điện tử\n"
    )
}

fn page(text: &str) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut written = String::from("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Văn bản</title></head><body>\n");
    let mut inside = false;
    for line in text.lines() {
        let row = line.contains('\t');
        if row != inside {
            written.push_str(if row { "<table>\n" } else { "</table>\n" });
            inside = row;
        }
        if row {
            let cells: String = line.split('\t').map(|cell| format!("<td>{}</td>", escape(cell.trim()))).collect();
            let _ = writeln!(written, "<tr>{cells}</tr>");
        } else {
            // The marks of footnotes are markup in both.
            let marks = escape(line).replace("&lt;sup&gt;", "<sup>").replace("&lt;/sup&gt;", "</sup>");
            let _ = writeln!(written, "<p>{marks}</p>");
        }
    }
    written.push_str(if inside { "</table>\n</body></html>\n" } else { "</body></html>\n" });
    written
}

/// Chapters and numbered headings set in bold, with blank lines between paragraphs.
fn bold(text: &str) -> String {
    let mut written = String::new();
    for line in text.lines() {
        let marker = line.split(' ').next().unwrap_or_default().trim_end_matches('.');
        let chapter = !marker.is_empty() && marker.chars().all(|c| "IVX".contains(c));
        let row = line.contains('\t');
        let _ =
            if chapter { write!(written, "**{line}**\n\n") } else { write!(written, "{line}\n{}", if row { "" } else { "\n" }) };
    }
    written
}

/// A plan behind the decision that promulgates it, which has the number and the day. `None` where the paper has no head of three lines.
pub fn behind_a_decision(text: &str) -> Option<String> {
    let mut lines = text.lines();
    let issuer = lines.next()?;
    let mut day = lines.find(|line| line.contains(", ngày "))?.to_owned();
    if !day.ends_with(|c: char| c.is_ascii_digit()) {
        day.push_str(" 2024");
    }
    let kind = lines.next().filter(|kind| *kind == "KẾ HOẠCH")?;
    let title = lines.next()?;
    let rest: Vec<&str> = lines.collect();
    Some(format!(
        "{issuer}\nSố: 914/QĐ-UBND\n{day}\nQUYẾT ĐỊNH\nBan hành Kế hoạch {}\nCHỦ TỊCH ỦY BAN NHÂN DÂN\nCăn cứ Luật Tổ chức chính quyền địa phương;\n\
         QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Kế hoạch {}.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\
         Điều 3. Thủ trưởng các cơ quan có liên quan chịu trách nhiệm thi hành Quyết định này./.\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\
         TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n{kind}\n{title}\n(Ban hành kèm theo Quyết định số 914/QĐ-UBND của UBND tỉnh An Bình)\n{}\n",
        title,
        title,
        rest.join("\n")
    ))
}
