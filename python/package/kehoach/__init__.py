"""Reads Vietnamese government plans and reports into records whose every value is traced to its place in the source.

>>> import kehoach
>>> record = kehoach.read(corpus / "2025-tinh-cai-cach-hanh-chinh.txt")
>>> target = record.targets[2]
>>> print(target.indicator, target.comparator, target.value, target.unit)
Tỷ lệ hồ sơ TTHC giải quyết đúng hạn và trước hạn gt 98 %
>>> target.evidence[0].text
'Tỷ lệ hồ sơ TTHC giải quyết đúng hạn và\\ntrước hạn đạt trên 98%'

| function | does |
|---|---|
| `read`, `read_many` | files or bytes → records; files are read in worker processes, within limits |
| `text` | the source text that evidence points into |
| `find` | the documents of a folder |
| `audit` | what does not hold together, in documents and between them |
| `link` | which targets measure the same, which document is above which |
| `verify` | what a tracker or a language model says to have read, held against the document |
| `to_tables` | Arrow tables for pyarrow, pandas, polars and DuckDB, with the columns of the Parquet export |
| `kehoach.spark` | the same on a cluster |

What a text does not say is `None`; what was seen but not understood is in `record.unread`; nothing is guessed.
"""

from ._audit import Audit, Finding, Side, Undecided, audit, link
from ._errors import ReadError
from ._kehoach import __version__
from ._reading import find, read, read_many, text
from ._tables import TABLES, Table, to_tables
from ._verify import Judged, Verification, verify
from .record import Record

__all__ = [
    "TABLES",
    "Audit",
    "Finding",
    "Judged",
    "ReadError",
    "Record",
    "Side",
    "Table",
    "Undecided",
    "Verification",
    "__version__",
    "audit",
    "find",
    "link",
    "read",
    "read_many",
    "text",
    "to_tables",
    "verify",
]
