"""HTML for Chromium to print, HTML as a legal portal shows it, and Markdown as converters make it."""

from html import escape

from docx import shares
from model import Table

PRINT_STYLE = """
@page { size: A4 portrait; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); font: 13pt 'Liberation Serif'; } }
@page :first { @top-center { content: none; } }
@page across { size: A4 landscape; }
body { font: 14pt 'Liberation Serif'; margin: 0; }
p { margin: 4pt 0; text-align: justify; text-indent: 12.5mm; }
.centre, .head p, .sign p { text-align: center; text-indent: 0; }
table { border-collapse: collapse; width: 100%; }
td p, .left p { text-indent: 0; text-align: left; margin: 0; }
.head td, .sign td { vertical-align: top; }
.cells td, .cells th { padding: 2pt 4pt; font-size: 12pt; vertical-align: middle; }
.notes { font-size: 10pt; } .notes p { text-indent: 0; }
.annex { break-before: page; }
"""
RULED = ".cells td, .cells th { border: 0.5pt solid black; }"
ACROSS = ".annex { page: across; }"
MENU = """<header><div class="logo"><a href="/">CỔNG VĂN BẢN</a></div><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/vb">Văn bản mới</a></li>
<li><a href="/hd">Hỏi đáp pháp luật</a></li><li><a href="/lh">Liên hệ</a></li></ul></nav>
<form action="/tim"><input name="q" placeholder="Tìm kiếm văn bản"><button>Tìm kiếm</button></form></header>
<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/vb">Văn bản</a> » Kế hoạch</div>"""
ASIDE = """<aside class="sidebar"><h3>Văn bản cùng lĩnh vực</h3><ul><li><a href="/1">Kế hoạch 12/KH-UBND năm 2022 về cải cách hành chính</a></li>
<li><a href="/2">Quyết định 7/QĐ-UBND năm 2021 về giao chỉ tiêu đạt 95%</a></li></ul>
<div class="ads"><a href="/qc"><img src="/qc.png" alt="Quảng cáo"></a><p>Đăng ký gói dịch vụ chỉ 99.000 đồng/tháng</p></div></aside>"""
FOOTER = """<footer><p>Bản quyền thuộc về Cổng văn bản. Giấy phép số 15/GP-TTĐT ngày 01/01/2015.</p>
<p>Điện thoại: 0900 000 000. Ghi rõ nguồn khi phát hành lại thông tin.</p></footer><script>var visits = 12;</script>"""


def runs(parts):
    out = ""
    for part in parts:
        text = f"<sup>{part.note}</sup>" if part.note else escape(part.text, quote=False)
        out += f"<b>{text}</b>" if part.bold else text
    return out


def table(one, merge):
    spans, rows, widths = one.spans(merge), [], shares(one, 100, 3.6)
    for at, row in enumerate(one.rows):
        if one.is_group(row):
            rows.append(f'<tr><td><b>{row[0]}</b></td><td colspan="{len(row) - 1}"><b>{escape(row[1])}</b></td></tr>')
            continue
        kind, cells = "th" if at == 0 else "td", ""
        for column, text in enumerate(row):
            if spans[at][column]:
                span = f' rowspan="{spans[at][column]}"' if spans[at][column] > 1 else ""
                width = f' style="width:{widths[column]}%"' if at == 0 else ""
                cells += f"<{kind}{span}{width}>{escape(text, quote=False)}</{kind}>"
        rows.append(f"<tr>{cells}</tr>")
    return f'<table class="cells"><thead>{rows[0]}</thead><tbody>{"".join(rows[1:])}</tbody></table>'


def block(one, merge):
    if isinstance(one, Table):
        return table(one, merge)
    kind = {"title": ' class="centre"', "centre": ' class="centre"', "legend": ' class="centre"'}.get(one.kind, "")
    return f"<p{kind}>{runs(one.runs)}</p>"


def lines(texts, bold=False):
    return "".join(f"<p>{'<b>' if bold else ''}{escape(text, quote=False)}{'</b>' if bold else ''}</p>" for text in texts)


def body(document, merge=True):
    out = []
    if document.left or document.right:
        left, right = lines(document.left, True), lines(document.right, True)
        out.append(f'<table class="head"><tr><td style="width:40%">{left}</td><td>{right}</td></tr></table>')
    out += [block(one, merge) for one in document.body]
    left, right = lines(document.recipients), lines(document.signature, True)
    out.append(f'<table class="sign"><tr><td class="left" style="width:50%">{left}</td><td>{right}</td></tr></table>')
    if document.notes:
        notes = "".join(f"<p><sup>{at}</sup> {escape(text)}</p>" for at, text in document.notes.items())
        out.append(f'<hr><div class="notes">{notes}</div>')
    if document.annex:
        out.append('<div class="annex">' + "".join(block(one, merge) for one in document.annex) + "</div>")
    return "\n".join(out)


def printed(document, landscape, ruled):
    """A page for Chromium's printer."""
    style = PRINT_STYLE + (RULED if ruled else "") + (ACROSS if landscape else "")
    return f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><style>{style}</style></head><body>{body(document, ruled)}</body></html>'


def portal(document):
    """The document inside a site's menus, adverts and footer."""
    title = escape(document.body[1].text)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>{MENU}'
        f'<div class="wrap"><div class="main"><h1>{title}</h1><div class="content">{body(document)}</div></div>{ASIDE}</div>{FOOTER}</body></html>\n'
    )


def mark(parts):
    out = ""
    for part in parts:
        text = f"<sup>{part.note}</sup>" if part.note else part.text
        stripped = text.strip()
        out += text.replace(stripped, f"**{stripped}**") if part.bold and stripped else text
    return out


def pipes(one):
    rows = [f"| {' | '.join(text.replace('|', chr(92) + '|') for text in row)} |" for row in one.rows]
    return "\n".join([rows[0], "|" + " --- |" * len(one.rows[0]), *rows[1:]])


def markdown(document):
    """The head's two columns as two cells of a table without a body; every row of a table whole, since pipes merge nothing."""
    out = []
    if document.left or document.right:
        out.append("| **" + "**<br>**".join(document.left) + "** | **" + "**<br>**".join(document.right) + "** |\n| --- | --- |")
    for one in document.body:
        out.append(pipes(one) if isinstance(one, Table) else mark(one.runs))
    out.append("<br>".join(document.recipients))
    out.append("<br>".join(f"**{text}**" for text in document.signature))
    out += [f"<sup>{at}</sup> {text}" for at, text in document.notes.items()]
    for one in document.annex:
        out.append(pipes(one) if isinstance(one, Table) else mark(one.runs))
    return "\n\n".join(out) + "\n"
