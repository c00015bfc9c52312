"""What others say to have read → whether the document says it."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterable, List, Literal, Mapping, Optional, Union

from . import _reading
from ._program import program
from .record import Record

#: A table or list in a file, a record, or the claims themselves, with the names of a record's targets.
Claims = Union[_reading.PathLike, Record, Iterable[Mapping[str, Any]]]

#: Exit codes of the program: no claim is wrong, some are.
_DONE = (0, 1)


class Judged:
    """A claim and what is said of it.

    Attributes:
        at: Where it stands in the claims: the line or row, of a list the place; from 1.
        indicator: What it is about.
        claim: Its value with comparison and unit, as Vietnamese writes it.
        verdict: `holds`; `differs`: the document says something else of the same; `not_in_document`; `undecided`: the number was not
            understood.
        differs: The fields that differ, each with `field`, `claimed` and `document`.
        item: The identifier of the item of the record that the verdict is about.
        evidence: The places in the document, as in a record.
    """

    at: int
    indicator: str
    claim: str
    verdict: Literal["holds", "differs", "not_in_document", "undecided"]
    differs: List[Mapping[str, str]]
    item: Optional[str]
    evidence: List[Mapping[str, Any]]

    __slots__ = ("_data", "at", "claim", "differs", "evidence", "indicator", "item", "verdict")

    def __init__(self, data: Dict[str, Any]) -> None:
        self._data = data
        self.at = data["at"]
        self.indicator = data["indicator"]
        self.claim = data["claim"]
        self.verdict = data["verdict"]
        self.differs = data["differs"]
        self.item = data["item"]
        self.evidence = data["evidence"]

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dictionaries and lists; more than the attributes: why it is undecided, what its number stands as."""
        return dict(self._data)

    def __repr__(self) -> str:
        fields = "".join(f", {one['field']}: {one['claimed']} / {one['document']}" for one in self.differs)
        return f"<kehoach.Judged {self.verdict}: {self.indicator} {self.claim}{fields}>"


class Verification:
    """Claims, judged, in their order.

    Attributes:
        claims: The claims.
        missed: What the document says and no claim does.
        counts: How many claims have each verdict.
        left_out: How many rows or items of the claims are none: tasks, rows without a value.
    """

    claims: List[Judged]
    missed: List[Mapping[str, Any]]
    counts: Mapping[str, int]
    left_out: int

    __slots__ = ("_json", "claims", "counts", "left_out", "missed")

    def __init__(self, told: str) -> None:
        self._json = told
        data = json.loads(told)
        self.claims = [Judged(claim) for claim in data["claims"]]
        self.missed = data["missed"]
        self.counts = data["counts"]
        self.left_out = data["left_out"]

    def to_json(self) -> str:
        """The verdicts as `kehoach verify --format json` prints them."""
        return self._json

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dictionaries and lists."""
        found: Dict[str, Any] = json.loads(self._json)
        return found

    def __repr__(self) -> str:
        told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.counts.items())
        return f"<kehoach.Verification of {told}>"


def verify(
    document: Union[_reading.PathLike, _reading.Content],
    claims: Claims,
    *,
    profile: Optional[_reading.PathLike] = None,
    rules: Optional[_reading.PathLike] = None,
    time_limit: float = _reading.TIME_LIMIT,
    memory_limit: int = _reading.MEMORY_LIMIT,
) -> Verification:
    """Judges what a person's table or a language model says to have read from a document.

    >>> claims = [{"indicator": "Tỷ lệ hồ sơ TTHC giải quyết đúng hạn và trước hạn", "value": 89, "unit": "%"}]
    >>> found = kehoach.verify(corpus / "2025-tinh-cai-cach-hanh-chinh.txt", claims)
    >>> found.claims[0].verdict, found.claims[0].differs[0]["field"]
    ('differs', 'value')

    Args:
        document: A path, or the content of a file of any format.
        claims: A path (a record or a list of targets as JSON or NDJSON; CSV or XLSX with the column names of trackers), a record, or
            a list of mappings: `indicator`, `value`, `unit`, `comparator`, `scope`, `due`, `agencies`. What a claim does not state is
            not judged.
        profile: A TOML file with the names and signs of another system's table.
        rules: A folder whose `lexicons/*.toml` are laid over the embedded ones.
        time_limit: As in `read`; so is `memory_limit`.

    Raises:
        ReadError: the document cannot be read; says why, and what to do.
        ValueError: the claims hold none, or those of another document; the profile, the rules or the limits are wrong.
    """
    with tempfile.TemporaryDirectory(prefix="kehoach-verify-") as folder:
        path = _kept(document, Path(folder, "document"))
        command = [program(), "verify", path, _listed(claims, Path(folder, "claims.json")), "--format", "json", "--quiet"]
        command += ["--time-limit", str(max(1, round(time_limit))), "--memory-limit", str(memory_limit)]
        for option, value in (("--profile", profile), ("--rules", rules)):
            command += [option, os.fspath(value)] if value is not None else []
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode in _DONE:
            return Verification(done.stdout.decode())
        # Whether it is the document that cannot be read: then its error says so.
        _reading.read(path, rules=rules, time_limit=time_limit, memory_limit=memory_limit)
    raise ValueError(done.stderr.decode(errors="replace").strip().removeprefix("kehoach: "))


def _kept(document: Union[_reading.PathLike, _reading.Content], place: Path) -> str:
    """The path of a document; content is put into a file."""
    if isinstance(document, (str, os.PathLike)):
        return os.fspath(document)
    place.write_bytes(document)
    return os.fspath(place)


def _listed(claims: Claims, place: Path) -> str:
    """The path of claims; those that are no file are put into one."""
    if isinstance(claims, (str, os.PathLike)):
        return os.fspath(claims)
    told = claims.to_json() if isinstance(claims, Record) else json.dumps([dict(claim) for claim in claims], ensure_ascii=False)
    place.write_text(told, encoding="utf-8")
    return os.fspath(place)
