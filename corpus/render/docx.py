"""A DOCX as Word would save it: head and signature as tables without lines, real footnotes, page numbers in the header.

Layouts: `landscape` turns the annex, `ruled` draws the lines of tables and merges the cells of one agency: without lines
nothing would show how far a cell reaches. Group rows over the whole width and a header row that is repeated on each page
are always there.
"""

import zipfile
from xml.sax.saxutils import escape

from model import Run, Table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>
<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>
</Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
PARTS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>
<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>
</Relationships>"""
STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>
<w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"""
HEADER = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"""


def run(part, size):
    if part.note:
        return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{part.note}"/></w:r>'
    look = ("<w:b/>" if part.bold else "") + f'<w:sz w:val="{size}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(part.text)}</w:t></w:r>'


def paragraph(runs, align="both", size=28, indent=0, space=80, extra=""):
    look = f'<w:spacing w:before="{space}" w:after="{space}"/><w:ind w:firstLine="{indent}"/><w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{extra}{look}</w:pPr>{''.join(run(part, size) for part in runs)}</w:p>"


def cell(text, width, *, span=1, merge="", align="left", bold=False, size=24):
    props = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    props += {"": "", "start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge] + '<w:vAlign w:val="center"/>'
    lines = text if isinstance(text, list) else [text]
    inside = "".join(paragraph([Run(line, bold)], align, size, space=20) for line in lines)
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inside}</w:tc>"


def grid(widths, rows, borders):
    lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in "top left bottom right insideH insideV".split()) if borders else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    props = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{props}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def shares(table, total, first):
    """Widths of columns by how much stands in them; `first` is the weight of the column of numbers."""
    weights = []
    for column in range(len(table.rows[0])):
        longest = max(len(row[column]) for row in table.rows)
        weights.append(min(max(longest, 7), 60) ** 0.75 if column else first)
    return [int(total * weight / sum(weights)) for weight in weights]


def table(one, total, ruled):
    # Between lines some offices make the first column too narrow for its label: `S` above `TT`.
    widths, spans, rows = shares(one, total, 3.6 if ruled else 6), one.spans(merge=ruled), []
    for at, row in enumerate(one.rows):
        if one.is_group(row):
            cells = cell(row[0], widths[0], align="center", bold=True)
            cells += cell(row[1], sum(widths[1:]), span=len(row) - 1, bold=True)
        else:
            cells = ""
            for column, text in enumerate(row):
                merge = "on" if spans[at][column] == 0 else "start" if spans[at][column] > 1 else ""
                align = "center" if at == 0 or column == 0 or len(text) < 14 else "left"
                cells += cell("" if merge == "on" else text, widths[column], merge=merge, align=align, bold=at == 0)
        rows.append(f"<w:tr><w:trPr>{'<w:tblHeader/>' if at == 0 else ''}</w:trPr>{cells}</w:tr>")
    return grid(widths, rows, ruled)


def section(landscape):
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    margins = '<w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="851" w:header="567" w:footer="567"/>'
    return f'<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>{size}{margins}<w:titlePg/></w:sectPr>'


def block(one, total, ruled):
    if isinstance(one, Table):
        return table(one, total, ruled) + paragraph([], space=0)
    if one.kind in ("title", "centre"):
        return paragraph(one.runs, "center", space=40)
    if one.kind == "legend":
        return paragraph(one.runs, "center", 26, space=40)
    return paragraph(one.runs, indent=709)


def body(document, landscape, ruled):
    out = []
    if document.left or document.right:
        left = cell(document.left, 3700, align="center", bold=True, size=26)
        right = cell(document.right, 5654, align="center", bold=True, size=26)
        out += [grid([3700, 5654], [f"<w:tr>{left}{right}</w:tr>"], False), paragraph([], space=0)]
    out += [block(one, 9354, ruled) for one in document.body]
    left = cell(document.recipients, 4700, size=22)
    signature = document.signature[:-1] + ["", "", ""] + document.signature[-1:]
    right = cell(signature if document.signature[-1:] != ["CHỦ TỊCH"] else document.signature, 4654, align="center", bold=True, size=28)
    out.append(grid([4700, 4654], [f"<w:tr>{left}{right}</w:tr>"], False))
    if document.annex:
        out.append(f"<w:p><w:pPr>{section(False)}</w:pPr></w:p>")
        out += [block(one, 14286 if landscape else 9354, ruled) for one in document.annex]
    return "".join(out) + section(landscape and bool(document.annex))


def footnotes(document):
    out = ""
    for kind, at in (("separator", -1), ("continuationSeparator", 0)):
        out += f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for at, text in document.notes.items():
        mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="20"/></w:rPr><w:footnoteRef/></w:r>'
        out += f'<w:footnote w:id="{at}"><w:p>{mark}{run(Run(" " + text), 20)}</w:p></w:footnote>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {W}>{out}</w:footnotes>'


def write(document, path, landscape=True, ruled=True):
    inside = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W} {R}><w:body>{body(document, landscape, ruled)}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": inside,
        "word/_rels/document.xml.rels": PARTS,
        "word/styles.xml": STYLES,
        "word/footnotes.xml": footnotes(document),
        "word/header1.xml": HEADER,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # A fixed date, so that the same document gives the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
