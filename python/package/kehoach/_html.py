"""How a notebook shows a record and a finding."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Iterable, List, Optional, Sequence

if TYPE_CHECKING:
    from ._audit import Finding
    from .record import Record

#: How many rows of a list are shown.
ROWS = 20

_SIGNS = {"eq": "=", "gt": ">", "ge": "≥", "lt": "<", "le": "≤", "approx": "≈"}


def record(shown: "Record") -> str:
    """A document's head, and the first of its targets, tasks and deadlines, each with its place."""
    data = shown.to_dict()
    source, document = data["source"], data["document"]
    head = [document["number"], document["date"], document["title"], document["issuer"]]
    numbers = data["ledger"]["numbers"]
    lists = [
        _table("Targets", data["targets"], ["indicator", "", "value", "unit", "due"], _target),
        _table("Tasks", data["tasks"], ["task", "owner"], lambda task: [task["text"], ", ".join(task["owner"])]),
        _table("Deadlines", data["deadlines"], ["words", "from", "to"], lambda day: [day["text"], day["from"], day["to"]]),
    ]
    return (
        f"<div><p><b>{escape(source['path'])}</b> ({escape(source['format'])})<br>"
        + "<br>".join(escape(part) for part in head if part)
        + f"</p>{''.join(lists)}<p>{numbers['unread']} of {sum(numbers.values())} numbers were not read.</p></div>"
    )


def finding(shown: "Finding") -> str:
    """What is wrong and what to do, in Vietnamese and in English, and every side of it."""
    told = "".join(
        f"<p>{escape(message['problem'])}<br><i>{escape(message['action'])}</i></p>"
        for message in (shown.message["vi"], shown.message["en"])
    )
    sides = "".join(
        f"<li>{escape(side.document)}{_place(side.section, side.page)}: <q>{escape(side.text)}</q></li>" for side in shown.evidence
    )
    return f"<div><p><b>{escape(shown.severity)} {escape(shown.code)}</b> {escape(shown.name)}</p>{told}<ul>{sides}</ul></div>"


def _target(target: Any) -> List[Any]:
    value = target["value"]
    if target["range"]:
        value = f"{target['range']['from']}–{target['range']['to']}"
    return [target["indicator"], _SIGNS.get(target["comparator"], target["comparator"]), value, target["unit"], target["due"]]


def _table(title: str, items: Sequence[Any], columns: Iterable[str], cells: Any) -> str:
    if not items:
        return ""
    rows = []
    for item in items[:ROWS]:
        # The words themselves, as the title of the row: where a value was read.
        quoted = escape(item["evidence"][0]["text"]) if item["evidence"] else ""
        written = "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in cells(item))
        rows.append(f'<tr title="{quoted}">{written}</tr>')
    more = f"<p>and {len(items) - ROWS} more</p>" if len(items) > ROWS else ""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    return f"<p>{title}: {len(items)}</p><table><tr>{head}</tr>{''.join(rows)}</table>{more}"


def _place(section: Optional[str], page: Optional[int]) -> str:
    parts = [f"section {section}" if section else "", f"page {page}" if page else ""]
    told = ", ".join(part for part in parts if part)
    return f" ({escape(told)})" if told else ""
