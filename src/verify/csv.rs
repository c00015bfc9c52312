//! CSV → rows of cells (RFC 4180): quoted cells may hold signs and line breaks, `""` is a quote.

/// What is wrong with a file of CSV, and on which line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) line: usize,
    pub(super) reason: &'static str,
}

/// What may stand between cells where no profile says so.
const BETWEEN: [char; 4] = [',', ';', '\t', '|'];

/// The sign between the cells of a text: that which its first line has most of.
pub(super) fn delimiter(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [0_usize; BETWEEN.len()];
    for c in first.chars() {
        quoted ^= c == '"';
        if let Some(at) = BETWEEN.iter().position(|sign| *sign == c && !quoted) {
            counts[at] += 1;
        }
    }
    let most = (0..counts.len()).rev().max_by_key(|at| counts[*at]).unwrap_or_default();
    BETWEEN[most]
}

/// The rows, each with the line that it begins on; blank lines are left out.
pub(super) fn rows(text: &str, delimiter: char) -> Result<Vec<(usize, Vec<String>)>, Broken> {
    let mut rows = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
    let (mut line, mut begun) = (1, 1);
    // Where the quoted cell began that is being read; whether the cell was quoted and has ended.
    let (mut quote, mut closed) = (None, false);
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        if quote.is_some() {
            match c {
                '"' if chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => (quote, closed) = (None, true),
                c => cell.push(c),
            }
            continue;
        }
        match c {
            '"' if cell.is_empty() && !closed => quote = Some(line),
            c if c == delimiter => {
                row.push(std::mem::take(&mut cell));
                closed = false;
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                closed = false;
                rows.push((begun, std::mem::take(&mut row)));
                begun = line;
            }
            c if closed && !c.is_whitespace() => {
                return Err(Broken { line, reason: "something stands behind the closing quote of a cell" });
            }
            c => cell.push(c),
        }
    }
    if let Some(line) = quote {
        return Err(Broken { line, reason: "a cell opens a quote that is never closed" });
    }
    row.push(cell);
    rows.push((begun, row));
    rows.retain(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_a_sheet_shows() {
        let text = "\u{FEFF}ten,\"gia, tri\"\r\n\r\n\"một \"\"hai\"\"\nba\",5\nbốn,\"\"";
        let rows = rows(text, delimiter(text)).expect("rows");
        let shown: Vec<String> = rows.iter().map(|(line, cells)| format!("{line}: {}", cells.join("|"))).collect();
        assert_eq!(shown, ["1: ten|gia, tri", "3: một \"hai\"\nba|5", "5: bốn|"]);
        assert_eq!(delimiter("a;b;\"c,d,e,f\""), ';');
        assert_eq!(delimiter("một cột"), ',');
    }

    #[test]
    fn what_is_broken_is_told_by_its_line() {
        for (text, line) in [("a,b\n1,\"x\n2,y\n", 2), ("a\n\"x\" y,2\n", 2)] {
            assert_eq!(rows(text, ',').map_err(|broken| broken.line), Err(line), "{text}");
        }
    }
}
