"""Records → Arrow tables, with the columns of the Parquet export."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Optional, Tuple, Union

from ._audit import Audit
from ._errors import ReadError
from ._kehoach import TABLES as _NAMES
from ._kehoach import Table as _Table
from ._kehoach import tables as _tables
from .record import Record

#: The names of the tables, from `documents` to `unread`.
TABLES: Tuple[str, ...] = tuple(_NAMES)


class Table:
    """A table that every library which knows Arrow's PyCapsule interface takes without a copy.

    `pyarrow.table(table)`, `polars.DataFrame(table)`, `duckdb.sql("FROM table")` and pandas' `DataFrame.from_arrow(table)` read it.
    """

    __slots__ = ("_table",)

    def __init__(self, table: _Table) -> None:
        self._table = table

    @property
    def column_names(self) -> List[str]:
        """The names of its columns."""
        return self._table.column_names

    @property
    def num_rows(self) -> int:
        """How many rows it has."""
        return self._table.num_rows

    def __len__(self) -> int:
        return self._table.num_rows

    def __repr__(self) -> str:
        return repr(self._table)

    def __arrow_c_schema__(self) -> Any:
        return self._table.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)

    def to_pyarrow(self) -> Any:
        """A `pyarrow.Table` of the same memory; needs pyarrow."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`; needs pandas and pyarrow."""
        return self.to_pyarrow().to_pandas()

    def to_polars(self) -> Any:
        """A `polars.DataFrame` of the same memory; needs polars."""
        import polars

        return polars.DataFrame(self)


def to_tables(
    records: Iterable[Union[Record, ReadError]],
    audit: Optional[Audit] = None,
    *,
    names: Optional[Iterable[str]] = None,
) -> Dict[str, Table]:
    """Arrow tables of records: a table a list of the record, with the columns of `kehoach export --format parquet`.

    >>> record = kehoach.read(corpus / "2023-tinh-giam-ngheo.txt")
    >>> tables = kehoach.to_tables([record])
    >>> tables["targets"]
    <kehoach.Table: 24 rows, 25 columns>
    >>> tables["targets"].column_names[-2:]
    ['year', 'level']

    Args:
        records: Records, or what `read_many` gives; its errors are the rows of `unread`. All of them are in memory at once: give
            an archive in pieces.
        audit: What `audit` found, for `findings` and `undecided`; what it could not read comes into `unread`. Targets of the documents
            that it has seen get their `indicator_id` and `direction`, as those of the export do; without it they have the record's own.
        names: Which tables are made; all of `kehoach.TABLES` unless given.

    Raises:
        ValueError: there is no table of a name.
    """
    json: List[bytes] = []
    unread: List[Tuple[str, str]] = []
    for one in records:
        if isinstance(one, ReadError):
            unread.append((one.path, str(one)))
        else:
            json.append(one._json)
    outcome = None if audit is None else audit._outcome
    if audit is not None:
        unread = [row for row in unread if row not in audit.unread]
    made = _tables(json, list(TABLES if names is None else names), outcome, unread)
    return {name: Table(table) for name, table in made.items()}
