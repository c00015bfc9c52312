"""Records → what does not hold together, and what links them."""

from __future__ import annotations

import json
import os
import threading
from typing import Any, Dict, Iterable, List, Literal, Mapping, NamedTuple, Optional, Tuple, Union

from . import _reading
from ._errors import ReadError
from ._kehoach import Examiner, Outcome
from ._kehoach import find as _find
from .record import Record

#: What is audited and linked: records, what `read_many` gives, or paths of files and folders.
Documents = Iterable[Union[Record, ReadError, _reading.PathLike]]

_examiners: Dict[Tuple[int, Optional[str]], Examiner] = {}
_lock = threading.Lock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: globals().update(_lock=threading.Lock()))


class Side(NamedTuple):
    """A place that a finding quotes: `start` and `end` count the code points of what `kehoach.text` gives."""

    path: str
    document: str
    section: Optional[str]
    page: Optional[int]
    start: int
    end: int
    text: str


class Finding:
    """Something that does not hold together, with every side of it.

    Attributes:
        code: The rule: `DL001`. `kehoach rules DL001` prints its page.
        name: Its name: `deadline-before-issue`.
        severity: `error`: it contradicts itself; `warning`: most likely a slip; `note`: worth a look.
        fingerprint: Stays the same while the text moves.
        message: In `vi` and `en`: `where`, `problem` and `action`.
        evidence: The places that were compared.
        values: What was compared: numbers, dates, symbols.
    """

    code: str
    name: str
    severity: Literal["error", "warning", "note"]
    fingerprint: str
    message: Mapping[str, Mapping[str, str]]
    evidence: List[Side]
    values: Mapping[str, Any]

    __slots__ = ("_data", "code", "evidence", "fingerprint", "message", "name", "severity", "values")

    def __init__(self, data: Dict[str, Any]) -> None:
        self._data = data
        self.code = data["code"]
        self.name = data["name"]
        self.severity = data["severity"]
        self.fingerprint = data["fingerprint"]
        self.message = data["message"]
        self.evidence = [_side(side) for side in data["evidence"]]
        self.values = data["values"]

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dictionaries and lists."""
        return dict(self._data)

    def __repr__(self) -> str:
        return f"<kehoach.Finding {self.severity} {self.code} {self.name}: {self.message['en']['problem']}>"

    def _repr_html_(self) -> str:
        from ._html import finding

        return finding(self)


class Undecided:
    """A check that could not be decided.

    Attributes:
        code: The rule.
        name: Its name.
        why: The reason, in `vi` and `en`.
        evidence: The places that could not be compared.
    """

    code: str
    name: str
    why: Mapping[str, str]
    evidence: List[Side]

    __slots__ = ("_data", "code", "evidence", "name", "why")

    def __init__(self, data: Dict[str, Any]) -> None:
        self._data = data
        self.code = data["code"]
        self.name = data["name"]
        self.why = data["why"]
        self.evidence = [_side(side) for side in data["evidence"]]

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dictionaries and lists."""
        return dict(self._data)

    def __repr__(self) -> str:
        return f"<kehoach.Undecided {self.code} {self.name}: {self.why['en']}>"


class Audit:
    """What an audit found, in the order of the documents and the places in them.

    Attributes:
        findings: What does not hold together.
        undecided: What could not be checked, and why.
        unread: Paths and messages of what could not be read.
        documents: How many documents were audited.
    """

    findings: List[Finding]
    undecided: List[Undecided]
    unread: List[Tuple[str, str]]
    documents: int

    __slots__ = ("_outcome", "documents", "findings", "undecided", "unread")

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        data = json.loads(outcome.json())
        self.findings = [Finding(finding) for finding in data["findings"]]
        self.undecided = [Undecided(entry) for entry in data["undecided"]]
        self.unread = [(entry["path"], entry["reason"]) for entry in data["summary"]["unread"]]
        self.documents = data["summary"]["documents"]

    def to_json(self) -> str:
        """The audit as `kehoach audit --format json` prints it."""
        return self._outcome.json().decode()

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dictionaries and lists."""
        found: Dict[str, Any] = json.loads(self._outcome.json())
        return found

    def __repr__(self) -> str:
        counts = [sum(one.severity == severity for one in self.findings) for severity in ("error", "warning", "note")]
        told = "{} errors, {} warnings, {} notes".format(*counts)
        return f"<kehoach.Audit of {self.documents} documents: {told}, {len(self.undecided)} undecided, {len(self.unread)} unread>"

    def _repr_html_(self) -> str:
        return f"<p>{_escaped(repr(self)[9:-1])}</p>" + "".join(finding._repr_html_() for finding in self.findings[:50])


def audit(
    documents: Documents,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Optional[_reading.PathLike] = None,
    threads: Optional[int] = None,
) -> Audit:
    """What does not hold together in documents, and between them.

    >>> found = kehoach.audit([corpus / "audit"], select=["XL001"])
    >>> found.findings[0].severity, [side.text for side in found.findings[0].evidence][1]
    ('error', 'Tỷ lệ hộ dân nông thôn có nhà tiêu hợp vệ sinh đạt trên 88%')

    Args:
        documents: Records, what `read_many` gives, or paths of files and folders. They are compared with each other: give together
            what is to be seen together.
        select: Only these rules, by code (`DL001`), family (`DL`) or name.
        ignore: Not these.
        rules: A folder whose `lexicons/*.toml` are laid over the embedded ones.
        threads: How many files are read at once.

    Raises:
        ValueError: a rule is not known, or the rules' folder is wrong.

    A path that leads nowhere, or cannot be read, is in `unread`, and the others are audited.
    """
    records, unread = _gather(documents, rules, threads)
    examiner = _examiner(rules)
    return Audit(examiner.audit([record._json for record in records], list(select), list(ignore), unread))


def link(
    documents: Documents, *, rules: Optional[_reading.PathLike] = None, threads: Optional[int] = None
) -> Dict[str, Any]:
    """Which targets of the documents measure the same, what only looks alike and why, which document is above which.

    >>> linked = kehoach.link([corpus / "2023-tinh-giam-ngheo.txt", corpus / "2023-khevang-giam-ngheo.txt"])
    >>> linked["documents"][1]["chain"]["upper"][0]["to"]
    {'document': 0}

    Returns:
        What `kehoach link --format json` prints. `documents` are in the order given, and members of indicators name them by their
        place there; documents that could not be read are left out.

    Args and errors are those of `audit`.
    """
    records, _ = _gather(documents, rules, threads)
    linked: Dict[str, Any] = json.loads(_examiner(rules).link([record._json for record in records]))
    return linked


def _gather(
    documents: Documents, rules: Optional[_reading.PathLike], threads: Optional[int]
) -> Tuple[List[Record], List[Tuple[str, str]]]:
    """The records of documents, and paths and messages of what could not be read; what kehoach has written itself is left out."""
    if isinstance(documents, (str, bytes, os.PathLike, Record)):
        raise TypeError("documents: is one of them and no list; put it into brackets: [document]")
    given: List[Union[Record, ReadError, None]] = []
    paths: Dict[str, Tuple[int, str]] = {}
    unread: List[Tuple[str, str]] = []
    for document in documents:
        if isinstance(document, (Record, ReadError)):
            given.append(document)
            continue
        files, problems = _find(document)
        unread += [(os.fspath(document), problem) for problem in problems]
        for file in files:
            # A folder and a folder in it: a document is one, however often it is named.
            if paths.setdefault(os.path.realpath(file), (len(given), os.fspath(file)))[0] == len(given):
                given.append(None)
    if paths:
        read = _reading.read_tried([path for _, path in paths.values()], threads, rules)
        for (at, _), one in zip(paths.values(), read):
            given[at] = one
    failed = [one for one in given if isinstance(one, ReadError) and one.code != "own-output"]
    unread += [(error.path, str(error)) for error in failed]
    return [one for one in given if isinstance(one, Record)], unread


def _examiner(rules: Optional[_reading.PathLike]) -> Examiner:
    key = (os.getpid(), None if rules is None else os.fspath(rules))
    with _lock:
        found = _examiners.get(key)
        if found is None:
            found = _examiners[key] = Examiner(rules)
        return found


def _side(side: Mapping[str, Any]) -> Side:
    return Side(
        side["path"], side["document"], side.get("section"), side["page"], side["start"], side["end"], side["text"]
    )


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
