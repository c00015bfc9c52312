"""A text of the corpus as an office would have it in its word processor: head, paragraphs, tables, footnotes, annex.

The reading is simple on purpose and shares nothing with the program under test. Tables whose cells the text has flattened
stand in ../tables/<document>.tsv.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

TABLES = Path(__file__).parent.parent / "tables"
TYPES = ("KẾ HOẠCH", "BÁO CÁO", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH")
ROMAN = re.compile(r"(?:[IVX]+\.|Phần thứ )")
MARKER = re.compile(r"(?:[-+*•] |\(\d+\) |[a-zđ]\) |\d{1,2}(?:\.\d{1,2})*\. |[IVX]+\. |Phần thứ |Phụ lục)")
SIGNED = re.compile(r"(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG |CHÁNH )")
FOOTNOTE = re.compile(r"(?:<sup>(\d+)</sup>|⁽([¹²³⁴⁵⁶⁷⁸⁹])⁾) ")
NOTE_MARK = re.compile(r"<sup>(\d+)</sup>|⁽([¹²³⁴⁵⁶⁷⁸⁹])⁾")
GROUP = re.compile(r"[IVXLC]+$")


@dataclass
class Run:
    """Characters of one look. `note` is a footnote's number, and then there is no text."""

    text: str = ""
    bold: bool = False
    note: int = 0


@dataclass
class Paragraph:
    """`kind`: body, heading, title, centre, legend (italic, centred)."""

    runs: list
    kind: str = "body"

    @property
    def text(self):
        return "".join(run.text for run in self.runs)


@dataclass
class Table:
    """The first row is the header."""

    rows: list

    def is_group(self, row):
        """`I | Chính quyền số | | |`"""
        return bool(GROUP.match(row[0])) and not any(row[2:])

    def spans(self, merge=True):
        """How many rows each cell covers: one agency for neighbouring rows is one cell, as offices merge it. 0: covered."""
        spans = [[1] * len(row) for row in self.rows]
        merged = [at for at, name in enumerate(self.rows[0]) if re.search("chủ trì|phối hợp|theo dõi|thực hiện$", name)]
        for column in merged:
            start = 0
            for at in range(1, len(self.rows) if merge else 0):
                row = self.rows[at]
                if row[column] and row[column] == self.rows[start][column] and not self.is_group(row):
                    spans[start][column] += 1
                    spans[at][column] = 0
                else:
                    start = at
        return spans


@dataclass
class Document:
    name: str
    left: list = field(default_factory=list)
    right: list = field(default_factory=list)
    body: list = field(default_factory=list)
    recipients: list = field(default_factory=list)
    signature: list = field(default_factory=list)
    annex: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)


def number(match):
    plain = match.group(1) or str("¹²³⁴⁵⁶⁷⁸⁹".index(match.group(2)) + 1)
    return int(plain)


def runs_of(text):
    """`**đậm**` and `<sup>1</sup>` as runs."""
    runs, bold = [], False
    for piece in re.split(r"(\*\*|</?b>)", text):
        if piece in ("**", "<b>", "</b>"):
            bold = not bold if piece == "**" else piece == "<b>"
            continue
        last = 0
        for match in NOTE_MARK.finditer(piece):
            runs += [Run(piece[last : match.start()], bold), Run(note=number(match))]
            last = match.end()
        runs.append(Run(piece[last:], bold))
    return [run for run in runs if run.text or run.note]


def plain(text):
    return re.sub(r"\*\*|</?b>|^#+ *", "", text).strip().strip("*").strip()


def split_breaks(text):
    """Lines at `<br>`; what is bold across a break is bold on both sides."""
    lines, open_bold = [], False
    for line in text.split("\n"):
        if line.startswith("|"):
            lines.append(line)
            continue
        for piece in re.split(r"<br> ?", line):
            piece = ("**" if open_bold else "") + piece
            open_bold = piece.count("**") % 2 == 1
            piece += "**" if open_bold else ""
            lines.append("" if piece.strip("*") == "" and piece else piece)
    return lines


def join(one, other):
    """A word cut behind its own hyphen (`20/KH-` + `UBND`) stays one word."""
    return one + other if re.search(r"\S-$", one) else f"{one} {other}"


def paragraphs(lines):
    """Wrapped lines joined: a line ends a paragraph where the next line's first word would still have had room."""
    width = max((len(line) for line in lines), default=0)
    doubled = sum(1 for a, b in zip(lines, lines[1:]) if a and b) < len(lines) / 8 and width < 100
    joined, gap, previous = [], False, ""
    for line in lines:
        if not line.strip():
            gap = True
            continue
        line = re.sub(r" {2,}", " ", line.strip())
        starts = MARKER.match(line.lstrip("*")) or ROMAN.match(line)
        room = len(previous) + 1 + len(line.split(" ")[0]) <= min(width, 100)
        ended = (previous.endswith((".", ";", ":")) and line[0].isupper()) or (gap and not doubled)
        cut_by_page = line[0].islower() and not previous.endswith((".", ";", ":"))
        if joined and not starts and (cut_by_page or not (room or ended)):
            joined[-1] = join(joined[-1], line)
        else:
            joined.append(line)
        gap, previous = False, line
    return joined


def paragraph(text):
    """A paragraph, its heading bold where the text itself has no bold."""
    if text.startswith("#"):
        return Paragraph([Run(plain(text), True)], "heading")
    runs = runs_of(text)
    if ROMAN.match(text):
        return Paragraph([Run(plain(text), True)], "heading")
    body = "".join(run.text for run in runs)
    if any(run.bold for run in runs) or not re.match(r"\d+(\.\d+)*\. ", body):
        return Paragraph(runs, "heading" if runs and all(run.bold for run in runs) else "body")
    head, colon, rest = body.partition(":")
    if len(body) < 90 and not body.endswith((".", ";", ":")):
        return Paragraph([Run(body, True)], "heading")
    if colon and len(head) < 60 and not any(run.note for run in runs):
        return Paragraph([Run(head + colon, True), Run(rest)])
    return Paragraph(runs)


def cells(line):
    if line.startswith("|"):
        return [plain(cell.replace("<br>", " ")) for cell in line.strip().strip("|").split("|")]
    return [plain(cell) for cell in line.split("\t")]


def is_row(line):
    return line.startswith("|") or line.count("\t") > 2


def table_of(lines):
    rows = [cells(line) for line in lines if not re.match(r"\|[-| ]+\|$", line)]
    width = max(map(len, rows))
    return Table([row + [""] * (width - len(row)) for row in rows])


def head(lines, document):
    for line in lines:
        parts = [part for cell in (cells(line) if "|" in line else [line]) for part in [cell]]
        if line.startswith("|"):
            if re.match(r"\|[-| ]+\|$", line):
                continue
            left, right = line.strip().strip("|").split("|")
            document.left += [plain(piece) for piece in left.split("<br>")]
            document.right += [plain(piece) for piece in right.split("<br>")]
            continue
        for part in re.split(r"\t| {3,}(?=[A-ZĐ])", parts[0].strip()):
            part = plain(part)
            if not part or set(part) == {"-"}:
                continue
            right = part.startswith(("CỘNG HÒA", "CỘNG HOÀ", "Độc lập")) or re.search(r", ngày\s.*năm", part)
            (document.right if right else document.left).append(part)


def blocks(lines):
    """Paragraphs and tables, in order."""
    found, text, rows = [], [], []
    for line in [*lines, ""]:
        if is_row(line):
            rows.append(line)
            continue
        if rows and line.strip():
            found += [paragraph(one) for one in paragraphs(text)] + [table_of(rows)]
            text, rows = [], []
        if not rows:
            text.append(line)
    found += [paragraph(one) for one in paragraphs(text)]
    return found + ([table_of(rows)] if rows else [])


def annex(lines, document):
    """The title in the middle, its legend in brackets, the table."""
    at = next((at for at, line in enumerate(lines) if is_row(line) or re.match(r"S?TT\b|S$", line.strip())), len(lines))
    for line in (plain(line) for line in lines[:at]):
        if line:
            document.annex.append(Paragraph([Run(line, not line.startswith("("))], "legend" if line.startswith("(") else "centre"))
    sidecar = TABLES / f"{document.name}.tsv"
    if sidecar.exists():
        document.annex.append(Table([row.split("\t") for row in sidecar.read_text(encoding="utf-8").rstrip("\n").split("\n")]))
    elif at < len(lines):
        document.annex.append(table_of([line for line in lines[at:] if is_row(line)]))


def read(path):
    """The document of a text file."""
    document = Document(path.stem)
    lines = []
    for line in split_breaks(path.read_text(encoding="utf-8").replace("\f", "\n")):
        line = line.rstrip(" ")
        note = FOOTNOTE.match(line)
        if note:
            document.notes[number(note)] = plain(line[note.end() :])
        elif not re.fullmatch(r"\s*\d+\s*", line) or any(before.startswith("Phụ lục") for before in lines):
            lines.append(line)
    titled = next(at for at, line in enumerate(lines) if plain(line) in TYPES)
    head(lines[:titled], document)
    title = [plain(lines[titled])]
    body = titled + 1
    started = re.compile("Căn cứ|Thực hiện Kế|Thực hiện Nghị|Theo ")
    while not started.match(lines[body]):
        title.append(plain(lines[body]))
        body += 1
    document.body.append(Paragraph([Run(title[0], True)], "title"))
    document.body.append(Paragraph([Run(" ".join(part for part in title[1:] if part), True)], "title"))
    closing = next((at for at, line in enumerate(lines) if plain(line).startswith("Nơi nhận:")), len(lines))
    document.body += blocks(lines[body:closing])
    end = next((at for at, line in enumerate(lines) if at > closing and re.match("Phụ lục|PHỤ LỤC", plain(line))), len(lines))
    for line in lines[closing:end]:
        for part in re.split(r" {3,}", line.strip()):
            part = plain(part)
            signing = document.signature or SIGNED.match(part)
            if part:
                to_right = signing and not part.startswith("-")
                (document.signature if to_right else document.recipients).append(part)
    annex(lines[end:], document)
    return document
