"""The same on a cluster: `kehoach.spark.read` makes a DataFrame of records out of a folder of any file system that Spark reads.

    from kehoach import spark as plans

    records = plans.read(spark, "s3a://archive/plans/")
    records.write.parquet("s3a://archive/records")            # reading is the work: keep what it gives
    records = spark.read.parquet("s3a://archive/records")
    plans.tables(records)["targets"].createOrReplaceTempView("targets")
    plans.audit(records).where("severity = 'error'").show()

Every executor needs this package, pyarrow and pandas. A Python worker of Spark has one worker process of ours, which reads one file
after the other; a file that makes it crash, hang or eat memory is a row with the error, and no task fails of it. A row depends on
its file alone (bytes, path, rules), so that a task which is tried again, or run twice by speculation, gives the same rows.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union
from urllib.parse import unquote

import pyarrow as pa

from . import _audit, _reading, _tables
from ._errors import ReadError
from ._kehoach import LARGEST
from .record import Record

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["audit", "link", "read", "tables"]

#: Rows are handed on once they hold so many bytes.
_BATCH = 16 << 20

#: These say nothing of a file: its reader was ended, or could not be started. It is read again before it is given up.
_AGAIN = ("killed", "no-worker")
_TRIES = 3

_ERROR = pa.struct([("code", pa.string()), ("reason", pa.string()), ("action", pa.string())])


def read(
    spark: "SparkSession",
    path: Union[str, Sequence[str]],
    *,
    rules: Optional[str] = None,
    account: bool = True,
    isolation: bool = True,
    time_limit: float = _reading.TIME_LIMIT,
    memory_limit: int = _reading.MEMORY_LIMIT,
) -> "DataFrame":
    """A row a file: what the document's head says, its `record` as JSON, or the `error` that says why it was not read.

    Args:
        spark: The session.
        path: A folder, which is read with all that is in it, or a pattern (`s3a://archive/*.pdf`), or several.
        rules: A folder whose `lexicons/*.toml` are laid over the embedded ones, under the same name on every executor.
        account: Whether a file that Spark does not hand on is a row with the error, too: one without a byte, or one that the file
            system refuses (its permissions, a broken block). Rows are then joined with the list of files, which the driver holds,
            and shuffled once. `False` saves that: files without a byte have no row, and one that is refused fails the job.
        isolation: As in `kehoach.read`; so are `time_limit` and `memory_limit`, which a worker process has beside the Python worker.

    Returns:
        `path`, the other columns of the table `documents` without its evidence, `record`, and `error` with `code`, `reason` and
        `action`. Either `record` or `error` is null.
    """
    from pyspark.sql import functions

    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    if account:
        reader = reader.option("ignoreCorruptFiles", "true").option("ignoreMissingFiles", "true")
    files = reader.load(path)  # type: ignore[arg-type]
    # Spark itself fails on a file of two GiB: what is longer than anything that is read is not opened.
    small, large = files.where(f"length <= {LARGEST}"), files.where(f"length > {LARGEST}")
    limits = (rules, isolation, time_limit, memory_limit)

    def make(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _read(batches, *limits)

    schema = _spark_schema(_records_schema())
    rows = small.select("path", "length", "content").mapInArrow(make, schema)
    # Of those only the length is needed, and a content that is null is too long.
    rows = rows.unionByName(
        large.select("path", "length", functions.lit(None).cast("binary").alias("content")).mapInArrow(make, schema)
    )
    if not account:
        return rows
    # Spark's scan passes over files without a byte, and with `ignoreCorruptFiles` over what cannot be read: its list has them all.
    listed = spark.createDataFrame([(_plain_path(file),) for file in files.inputFiles()], "path string")
    joined = listed.join(rows, "path", "left")
    refused = functions.col("record").isNull() & functions.col("error").isNull()
    why = functions.udf(_why_missing, rows.schema["error"].dataType)(functions.when(refused, functions.col("path")))
    return joined.withColumn("error", functions.coalesce(functions.col("error"), why)).select(rows.columns)


def _plain_path(file: str) -> str:
    """A file of Spark's list as the column `path` of a binary file names it."""
    return re.sub("^file:/+", "file:/", unquote(file))


def _why_missing(path: Optional[str]) -> Optional[Dict[str, str]]:
    """The error of a file that Spark's list has and its scan has not; `None` for one that was read."""
    if path is None:
        return None
    size = None
    if path.startswith("file:"):
        try:
            size = os.stat(path[len("file:") :]).st_size
        except OSError as error:
            return _error(ReadError(path, "unopened", f"cannot be opened: {error.strerror}; check the path and the permissions"))
    if size == 0:
        return _error(ReadError(path, "empty", "is empty (0 bytes); nothing to read"))
    what = "cannot be opened: the file system refuses it" + ("" if size else ", or it is empty")
    return _error(ReadError(path, "unopened", f"{what}; check the file and its permissions, and read it again"))


def _error(error: ReadError) -> Dict[str, str]:
    return {"code": error.code, "reason": error.reason, "action": error.action}


def tables(
    records: "DataFrame",
    names: Iterable[str] = ("targets", "tasks", "deadlines", "findings"),
    *,
    rules: Optional[str] = None,
) -> Dict[str, "DataFrame"]:
    """The tables of records, with the columns of the Parquet export; `findings` and `undecided` are those of each document by itself.

    Each is computed when it is used, out of `records`: keep those (`persist`, or write and read them) where several are.

    Args:
        records: What `read` gave, with its column `record`.
        names: Some of `kehoach.TABLES`.
        rules: As in `read`.

    Raises:
        ValueError: there is no table of a name.
    """
    made = {}
    for name in names:
        schema = _table_schema(name)
        if name == "unread":
            made[name] = records.where("error is not null").selectExpr(
                "path", "concat(path, ': ', error.reason, '; ', error.action) as reason"
            )
            continue
        written = records.where("record is not null").select("record")
        made[name] = written.mapInArrow(_tabulator(name, rules), _spark_schema(schema))
    return made


def audit(
    records: "DataFrame",
    by: Sequence[str] = ("province", "year"),
    *,
    table: str = "findings",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    rules: Optional[str] = None,
    most: int = 10_000,
) -> "DataFrame":
    """What does not hold together in documents and between those of a group: the same province and year unless `by` says otherwise.

    Documents of different groups are not compared. With the usual groups that leaves out a year against the one before it, and a
    province against the central level, whose documents name no province; `by=["province"]` has the years of a province together.

    Args:
        records: What `read` gave.
        by: Columns of `records` that make the groups.
        table: `findings`, or `undecided`: what could not be checked, and why.
        select: As in `kehoach.audit`; so are `ignore` and `rules`.
        most: A group of more documents is audited document by document, and a row named `not-audited` says so: a Python worker
            holds a whole group.

    Returns:
        The table with the columns of the Parquet export, and those of `by` that it has not.
    """
    if table not in ("findings", "undecided"):
        raise ValueError(f"table: {table} is neither findings nor undecided")
    keys = [key for key in by if key not in _table_schema(table).names]
    schema = _grouped_schema(records, keys, table)
    chosen = {"select": list(select), "ignore": list(ignore), "rules": rules}
    names = list(by)

    def work(key: Tuple[Any, ...], group: Any) -> Any:
        return _audited(dict(zip(names, key)), group, table, most, chosen)

    return records.where("record is not null").select(*by, "path", "record").groupBy(*by).applyInPandas(work, schema)


def link(
    records: "DataFrame", by: Sequence[str] = ("province", "year"), *, rules: Optional[str] = None, most: int = 10_000
) -> "DataFrame":
    """Which targets and facts of a group's documents measure the same: a row an item, with the indicator that it belongs to.

    The identifier of an indicator that the registry does not know is that of its group.

    Args:
        records: What `read` gave.
        by: As in `audit`; so are `rules` and `most`; a larger group gives no rows but one without a path.

    Returns:
        The columns of `by`, `path`, `item` (`t3`), `indicator_id` and `indicator`.
    """
    fields = {field.name: field.dataType.simpleString() for field in records.schema.fields}
    columns = [f"`{key}` {fields[key]}" for key in by] + [f"{name} string" for name in ("path", "item", "indicator_id", "indicator")]
    names = list(by)

    def work(key: Tuple[Any, ...], group: Any) -> Any:
        return _linked(dict(zip(names, key)), group, most, rules)

    grouped = records.where("record is not null").select(*by, "path", "record").groupBy(*by)
    return grouped.applyInPandas(work, ", ".join(columns))


def _read(
    batches: Iterator[pa.RecordBatch], rules: Optional[str], isolation: bool, time_limit: float, memory_limit: int
) -> Iterator[pa.RecordBatch]:
    used = _reading.reader(isolation, rules, time_limit, memory_limit)
    paths: List[str] = []
    found: List[Union[Record, ReadError]] = []
    size = 0
    for batch in batches:
        for path, length, content in zip(*(batch.column(name) for name in ("path", "length", "content"))):
            paths.append(path.as_py())
            found.append(_one(used, paths[-1], length.as_py(), content.as_py()))
            size += len(found[-1]._json) if isinstance(found[-1], Record) else 0
            if size > _BATCH:
                yield _rows(paths, found)
                paths, found, size = [], [], 0
    if paths:
        yield _rows(paths, found)


def _one(used: Any, path: str, length: int, content: Optional[bytes]) -> Union[Record, ReadError]:
    if content is None:
        return ReadError(path, "too-large", f"is {length} bytes, more than the {LARGEST} that are read; split it")
    for attempt in range(_TRIES):
        try:
            return Record(used.record(path, content, True))
        except ReadError as error:
            if error.code not in _AGAIN or attempt == _TRIES - 1:
                return error
    raise AssertionError("a try is the last")


def _rows(paths: List[str], found: List[Union[Record, ReadError]]) -> pa.RecordBatch:
    """The rows of documents: heads where they are known."""
    read = [one for one in found if isinstance(one, Record)]
    heads = pa.table(_tables.to_tables(read, names=["documents"])["documents"])
    place = iter(range(len(read)))
    places = pa.array([next(place) if isinstance(one, Record) else None for one in found], pa.int64())
    errors = [None if isinstance(one, Record) else _error(one) for one in found]
    columns = {
        "path": pa.array(paths, pa.string()),
        "record": pa.array([one.to_json() if isinstance(one, Record) else None for one in found], pa.string()),
        "error": pa.array(errors, _ERROR),
    }
    schema = _records_schema()
    heads = heads.combine_chunks()
    arrays = [columns[name] if name in columns else _taken(heads.column(name), places) for name in schema.names]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _taken(column: pa.ChunkedArray, places: pa.Array) -> pa.Array:
    taken = column.take(places)
    return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken


def _tabulator(name: str, rules: Optional[str]) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What makes the rows of one table out of records."""

    def make(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            records = [Record(record.as_py().encode()) for record in batch.column(0)]
            if name in ("findings", "undecided"):
                for record in records:
                    yield from _table(name, [record], _audit.audit([record], rules=rules))
            else:
                yield from _table(name, records, None)

    return make


def _audited(key: Dict[str, Any], group: Any, table: str, most: int, chosen: Dict[str, Any]) -> Any:
    """What does not hold together in a group."""
    records = _in_order(group)
    pieces = [records] if len(records) <= most else [[record] for record in records]
    rows: List[Dict[str, Any]] = []
    for piece in pieces:
        found = _audit.audit(piece, **chosen)
        for batch in _table(table, piece, found):
            rows += batch.to_pylist()
        rows += [_not_audited(table, path, reason, reason) for path, reason in found.unread]
    if len(pieces) > 1:
        vi = f"Nhóm có {len(records)} văn bản, nhiều hơn {most}: chỉ kiểm tra từng văn bản."
        en = f"The group has {len(records)} documents, more than {most}: each was audited by itself."
        rows.append(_not_audited(table, None, vi, en))
    return _frame(rows, key, _table_schema(table).names)


def _not_audited(table: str, path: Optional[str], vi: str, en: str) -> Dict[str, Any]:
    if table == "undecided":
        return {"path": path, "name": "not-audited", "why": {"vi": vi, "en": en}, "evidence": []}
    action = "Chia nhóm nhỏ hơn.", "Make the groups smaller, or allow more."
    told = {
        language: {"place": "", "problem": problem, "action": todo}
        for language, problem, todo in zip(("vi", "en"), (vi, en), action)
    }
    return {"path": path, "name": "not-audited", "severity": "warning", "message": told, "evidence": []}


def _linked(key: Dict[str, Any], group: Any, most: int, rules: Optional[str]) -> Any:
    """The items of a group, each with its indicator."""
    records = _in_order(group)
    names = ["path", "item", "indicator_id", "indicator"]
    if len(records) > most:
        return _frame([{"indicator": f"{len(records)} documents, more than {most}: not linked"}], key, names)
    linked = _audit.link(records, rules=rules)
    documents = [record.to_dict() for record in records]
    rows = []
    for indicator in linked["indicators"]["clusters"]:
        for member in indicator["members"]:
            document = documents[member["document"]]
            item = document["targets" if member["kind"] == "target" else "facts"][member["target"]]
            told = {"indicator_id": indicator["id"], "indicator": indicator["name"]}
            rows.append({"path": document["source"]["path"], "item": item["id"], **told})
    return _frame(rows, key, names)


def _in_order(group: Any) -> List[Record]:
    """The records of a group by their paths: rows come out of a shuffle in any order."""
    return [Record(record.encode()) for record in group.sort_values("path")["record"]]


def _frame(rows: List[Dict[str, Any]], key: Dict[str, Any], names: List[str]) -> Any:
    import pandas

    columns = [name for name in key if name not in names] + names
    frame = pandas.DataFrame([{**key, **row} for row in rows], columns=columns, dtype=object)
    return frame.where(frame.notna(), None)


def _table(name: str, records: List[Record], found: Optional[_audit.Audit]) -> Iterable[pa.RecordBatch]:
    batches: Iterable[pa.RecordBatch] = pa.table(_tables.to_tables(records, found, names=[name])[name]).to_batches()
    return batches


def _table_schema(name: str) -> pa.Schema:
    return pa.table(_tables.to_tables([], names=[name])[name]).schema


def _records_schema() -> pa.Schema:
    heads = [field for field in _table_schema("documents") if field.name != "evidence"]
    return pa.schema([*heads, pa.field("record", pa.string()), pa.field("error", _ERROR)])


def _grouped_schema(records: "DataFrame", keys: List[str], table: str) -> Any:
    from pyspark.sql.types import StructType

    own = [field for field in records.schema.fields if field.name in keys]
    return StructType([*own, *_spark_schema(_table_schema(table)).fields])


def _spark_schema(schema: pa.Schema) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)
