#!/usr/bin/env python3
"""Writes the documents of corpus/ in TCVN3 and VNI, as DOC, RTF, XLS and PDF, in small letters and in capitals, and measures how many
letters with marks come back.

    tests/old-encodings.py [PATH-OF-KEHOACH] [FOLDER]

FOLDER: documents in old encodings that have no transcript; it is told what in their words is no Vietnamese syllable.
LibreOffice (soffice) makes the DOC and XLS and reads DOC and RTF; iconv is the other program's table of TCVN3. Ends with 1 where less than
.99 of the letters of a form come back, or one ư is lost.
"""

import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
KEHOACH = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target" / "debug" / "kehoach")
GOAL = 0.99
MARKS = {"̀": "ø", "́": "ù", "̉": "û", "̃": "õ", "̣": "ï"}
ROOF = {"̀": "à", "́": "á", "̉": "å", "̃": "ã", "̣": "ä", "": "â"}
BREVE = {"̀": "è", "́": "é", "̉": "ú", "̃": "ü", "̣": "ë", "": "ê"}
DOTLESS = {"̀": "ì", "́": "í", "̉": "æ", "̃": "ó", "̣": "ò"}
PLAIN = {ord(rare): plain for rare, plain in [("–", "-"), ("“", '"'), ("”", '"'), ("’", "'"), ("…", "..."), ("²", "2"), ("³", "3"), ("≥", ">="), ("≤", "<=")]}
TCVN3 = {}


def vni(text):
    """The bytes of VNI-Windows, as Latin letters: a letter, and behind it one for all its marks."""
    out = []
    for letter in text:
        plain, marks = (unicodedata.normalize("NFD", letter) + " ")[:1], unicodedata.normalize("NFD", letter)[1:]
        tone = "".join(mark for mark in marks if mark in MARKS)
        small = plain.lower()
        if letter in "đĐ":
            code = "ñ"
        elif "̛" in marks:
            code = {"o": "ô", "u": "ö"}[small] + MARKS.get(tone, "")
        elif "̂" in marks:
            code = small + ROOF[tone]
        elif "̆" in marks:
            code = small + BREVE[tone]
        elif tone and small == "i":
            code = DOTLESS[tone]
        elif tone and small == "y" and tone == "̣":
            code = "î"
        elif tone:
            code = small + MARKS[tone]
        else:
            out.append(letter)
            continue
        out.append(code.upper() if letter.isupper() else code)
    return "".join(out)


def tcvn3(text):
    """The bytes of TCVN3, as Latin letters. Its fonts draw capitals with marks by the small letters of a font of capitals."""
    return "".join(letter if letter in "ĂÂĐÊÔƠƯ" or not letter.isupper() else letter.lower() if not letter.isascii() else letter for letter in text).translate(TCVN3)


def table_of_tcvn3():
    """Its letters, by another program's table: TCVN 5712 has the small letters of TCVN3 in the same places."""
    letters = {letter for base in "aăâeêioôơuưy" for tone in ["", *MARKS] for letter in unicodedata.normalize("NFC", base + tone)} | set("đĂÂĐÊÔƠƯ")
    return {
        ord(letter): subprocess.run(["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], input=letter.encode(), capture_output=True, check=True).stdout.decode("latin-1")
        for letter in letters
        if not letter.isascii()
    }


def runs(line, encoding, capitals):
    """A line as (font, codes): TCVN3 writes words in capitals by a font of their own."""
    if encoding == "vni":
        return [("VNI-Times", vni(line.upper() if capitals else line))]
    if capitals:
        return [(".VnTimeH", tcvn3(line.lower()))]
    out = []
    for part in re.findall(r"\s+|\S+", line):
        marked = any(letter.isupper() and letter not in "ĂÂĐÊÔƠƯ" and not letter.isascii() for letter in part)
        upper = part == part.upper() and marked
        first = not upper and marked
        if first:
            # A first letter in the font of capitals, the others in the usual one: `Ủ` of `Ủy ban`.
            at = next(index for index, letter in enumerate(part) if letter.isupper() and not letter.isascii())
            out += [(".VnTime", tcvn3(part[:at])), (".VnTimeH", tcvn3(part[at].lower())), (".VnTime", tcvn3(part[at + 1 :]))]
        else:
            out.append((".VnTimeH", tcvn3(part.lower())) if upper else (".VnTime", tcvn3(part)))
    return [run for run in out if run[1]]


def fonts_of(lines):
    return list(dict.fromkeys(font for line in lines for font, _ in line))


def rtf(lines, hyphen):
    """RTF as Word 97 wrote it; `hyphen` is how 0xAD is written: Word writes it as the optional hyphen, others as a byte."""
    fonts = fonts_of(lines)
    out = ["{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl"]
    out += [f"{{\\f{index}\\fnil\\fcharset0 {font};}}" for index, font in enumerate(fonts)]
    out.append("}\n")
    for line in lines:
        out.append("\\pard\\plain ")
        for font, codes in line:
            out.append(f"{{\\f{fonts.index(font)} ")
            for letter in codes:
                if letter in "\\{}":
                    out.append("\\" + letter)
                elif letter == "\t":
                    out.append("\\tab ")
                elif letter == "\xad":
                    out.append(hyphen)
                elif ord(letter) < 128:
                    out.append(letter)
                else:
                    out.append(f"\\'{ord(letter):02x}")
            out.append("}")
        out.append("\\par\n")
    return "".join(out + ["}"]).encode("ascii")


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def workbook(lines):
    """A flat ODS whose cells name their fonts, for LibreOffice to make an XLS of."""
    fonts = fonts_of(lines)
    styles = "".join(
        f'<style:style style:name="f{index}" style:family="table-cell"><style:text-properties style:font-name="{font}" fo:font-family="{font}"/></style:style>'
        f'<style:style style:name="t{index}" style:family="text"><style:text-properties style:font-name="{font}" fo:font-family="{font}"/></style:style>'
        for index, font in enumerate(fonts)
    )
    faces = "".join(f'<style:font-face style:name="{font}" svg:font-family="{font}"/>' for font in fonts)
    rows = []
    for line in lines:
        if not line:
            continue
        cells = [[]]
        for font, codes in line:
            first, *others = codes.split("\t")
            cells[-1].append((font, first))
            cells += [[(font, other)] for other in others]
        row = []
        for cell in cells:
            used = [run for run in cell if run[1]]
            base = fonts.index(used[0][0]) if used else 0
            spans = "".join(
                f'<text:span text:style-name="t{fonts.index(font)}">' + re.sub(" {2,}", lambda gap: f'<text:s text:c="{len(gap[0])}"/>', escaped(codes)) + "</text:span>"
                for font, codes in used
            )
            row.append(f'<table:table-cell table:style-name="f{base}" office:value-type="string"><text:p>{spans}</text:p></table:table-cell>')
        rows.append("<table:table-row>" + "".join(row) + "</table:table-row>")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:font-face-decls>{faces}</office:font-face-decls>
<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Bieu">{"".join(rows)}</table:table></office:spreadsheet></office:body></office:document>""".encode()


def pdf(lines, unicode_of_hyphen):
    """A PDF whose fonts have the names and bytes of the old ones; `unicode_of_hyphen`: what its ToUnicode calls 0xAD, None for no ToUnicode."""
    fonts, objects = fonts_of(lines), []

    def add(content):
        objects.append(content)
        return len(objects)

    def stream(data, entries=""):
        packed = zlib.compress(data)
        return f"<< /Length {len(packed)} /Filter /FlateDecode {entries}>>\nstream\n".encode("latin-1") + packed + b"\nendstream"

    maps = ""
    if unicode_of_hyphen is not None:
        codes = [(code, unicode_of_hyphen if code == 0xAD else ord(bytes([code]).decode("cp1252", "replace"))) for code in range(32, 256)]
        body = "".join(f"<{code:02X}> <{to:04X}>\n" for code, to in codes if to != 0xFFFD)
        table = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n{body.count(chr(10))} beginbfchar\n{body}endbfchar endcmap end end"
        maps = f"/ToUnicode {add(stream(table.encode()))} 0 R"
    width = 500
    named = []
    for index, font in enumerate(fonts):
        descriptor = add(f"<< /Type /FontDescriptor /FontName /ABCDEF+{font} /Flags 32 /Ascent 900 /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 /FontBBox [0 -200 1000 900] >>".encode())
        widths = " ".join([str(width)] * 224)
        number = add(f"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+{font} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [{widths}] /FontDescriptor {descriptor} 0 R {maps} >>".encode())
        named.append(f"/F{index} {number} 0 R")
    resources = "<< /Font << " + " ".join(named) + " >> >>"
    drawn = []
    for line in lines:
        # Lines of a page's width; a word stays whole, as a printer leaves it.
        pieces, used, row = [], 0, []
        for font, codes in line:
            for word in re.findall(r"\s+|\S+", codes.replace("\t", "    ")):
                if used + len(word) > 96 and word.strip():
                    pieces.append(row)
                    row, used = [], 0
                row.append((font, word))
                used += len(word)
        drawn += [*pieces, row]
    pages, parent = [], len(objects) + 2 * ((len(drawn) + 44) // 45) + 1
    for at in range(0, len(drawn), 45):
        ops = ["BT 10 TL 1 0 0 1 50 800 Tm"]
        for row in drawn[at : at + 45]:
            for font, codes in row:
                data = codes.encode("latin-1").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
                ops.append(f"/F{fonts.index(font)} 10 Tf (".encode("latin-1").decode("latin-1") + data.decode("latin-1") + ") Tj")
            ops.append("0 -16 Td")
        ops.append("ET")
        # Td moves from the beginning of the line; the show operators of a line follow each other.
        content = add(stream("\n".join(ops).encode("latin-1")))
        pages.append(add(f"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 595 842] /Resources {resources} /Contents {content} 0 R >>".encode()))
    kids = " ".join(f"{page} 0 R" for page in pages)
    assert add(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()) == parent
    root = add(f"<< /Type /Catalog /Pages {parent} 0 R >>".encode())
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    begin = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + "".join(f"{place:010} 00000 n \n" for place in places).encode()
    return out + f"trailer << /Size {len(objects) + 1} /Root {root} 0 R >>\nstartxref\n{begin}\n%%EOF\n".encode()


def text_of(path):
    result = subprocess.run([KEHOACH, "text", str(path)], capture_output=True, check=False)
    assert result.returncode == 0, (path, result.stderr.decode())
    return result.stdout.decode()


def words(text):
    return collections.Counter(word for word in re.split(r"[\W\d_]+", unicodedata.normalize("NFC", text)) if not word.isascii())


def measured(truth, text):
    """(letters with marks, of them come back in words that are wholly right, ư of the truth, ư that did not come back)."""
    found, all_, right, horned, lost = words(text), 0, 0, 0, 0
    for word, count in words(truth).items():
        letters = sum(not letter.isascii() for letter in word)
        horns = sum("̛" in unicodedata.normalize("NFD", letter) and letter.lower()[0] not in "ơờớởỡợ" for letter in word)
        back = min(count, found.get(word, 0))
        all_, right = all_ + letters * count, right + letters * back
        horned, lost = horned + horns * count, lost + horns * (count - back)
    return all_, right, horned, lost


def converted(paths, to, place):
    """What LibreOffice makes of files, in one go."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", to, "--outdir", str(place), *map(str, paths)],
        capture_output=True,
        check=True,
        timeout=600,
    )


def main():
    office = shutil.which("soffice") is not None
    if not office:
        print("skipped: DOC, RTF and XLS need LibreOffice (soffice)")
    failed = False
    TCVN3.update(table_of_tcvn3())
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        for encoding in ("tcvn3", "vni"):
            for capitals in (False, True):
                forms = collections.defaultdict(list)
                for path in sorted((ROOT / "corpus").glob("*.txt")):
                    source = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
                    # What the encodings have no sign for is no letter, and no part of the measure.
                    plain = "".join(letter if letter.isalpha() else unicodedata.normalize("NFKC", letter) for letter in source.translate(PLAIN))
                    plain = "".join(letter for letter in plain if letter.isascii() or letter.isalpha())
                    lines = [runs(line, encoding, capitals) for line in plain.splitlines()]
                    truth = source.upper() if capitals else source
                    stem = f"{path.stem}-{encoding}-{'capitals' if capitals else 'small'}"
                    for form, name, data in [
                        ("pdf", f"{stem}.pdf", pdf(lines, 0xAD)),
                        ("pdf, 0xAD called a minus", f"{stem}-minus.pdf", pdf(lines, 0x2212)),
                        ("pdf without ToUnicode", f"{stem}-bare.pdf", pdf(lines, None)),
                        ("rtf", f"{stem}.rtf", rtf(lines, "\\'ad")),
                        ("rtf, 0xAD as Word writes it", f"{stem}-word.rtf", rtf(lines, "\\-")),
                        ("fods", f"{stem}.fods", workbook(lines)),
                    ]:
                        (place / name).write_bytes(data)
                        forms[form].append((place / name, truth))
                if office:
                    converted([path for path, _ in forms["rtf, 0xAD as Word writes it"]], "doc:MS Word 97", place)
                    forms["doc"] = [(path.with_suffix(".doc"), truth) for path, truth in forms["rtf, 0xAD as Word writes it"]]
                    converted([path for path, _ in forms["fods"]], "xls:MS Excel 97", place)
                    forms["xls"] = [(path.with_suffix(".xls"), truth) for path, truth in forms["fods"]]
                else:
                    forms = {form: made for form, made in forms.items() if form.startswith("pdf")}
                forms.pop("fods", None)
                for form, made in sorted(forms.items()):
                    sums = [sum(column) for column in zip(*(measured(truth, text_of(path)) for path, truth in made))]
                    letters, right, horned, lost = sums
                    good = right >= GOAL * letters and lost == 0
                    failed |= not good
                    print(f"{encoding:6} {'capitals' if capitals else 'small':8} {form:28} {right}/{letters} = {right / letters:.4f}, ư {horned - lost}/{horned}{'' if good else '  <-- missed'}", flush=True)
    if len(sys.argv) > 2:
        without_transcript(pathlib.Path(sys.argv[2]))
    return 1 if failed else 0


def without_transcript(folder):
    """For documents that nobody has transcribed: words with letters that no Vietnamese word has, or whose ư is missing."""
    odd = re.compile(r"[^\W\d_]*[­¡-¿×÷þÞßäëïöüÿåæçñøÐð][^\W\d_]*")
    bare = re.compile(r"\b(?:nớc|đợc|phơng|trớc|thờng|trởng|lợng|ngời|chơng|hớng|cờng|xởng|đờng|vợt|mời|sửa)\b", re.IGNORECASE)
    for path in sorted(folder.iterdir()):
        if path.is_file():
            text = text_of(path)
            found = collections.Counter(match[0] for match in odd.finditer(text) if match[0])
            lost = [word for word in bare.findall(text) if word.lower() not in ("vợt", "sửa")]
            print(f"{path.name}: {sum(words(text).values())} words with marks, {sum(found.values())} with odd letters {found.most_common(8)}, {len(lost)} without their ư {collections.Counter(lost).most_common(5)}")


if __name__ == "__main__":
    sys.exit(main())
