"""Records → Arrow tables: the columns and rows of the Parquet export, and readers that take them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

import pytest
from conftest import corpus, rows_of, run

import kehoach

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

FOLDERS = ["corpus", "corpus/audit"]


@pytest.fixture(scope="module")
def tables() -> Dict[str, Any]:
    from conftest import ROOT

    paths = kehoach.find(*(ROOT / folder for folder in FOLDERS))
    given = [kehoach.read(path, name=str(Path(path).relative_to(ROOT.resolve()))) for path in paths]
    missing = kehoach.ReadError("corpus/none.txt", "unopened", "cannot be opened: none; check the path and the permissions")
    return dict(kehoach.to_tables([*given, missing], kehoach.audit([*given, missing])))


def test_tables_are_those_of_the_parquet_export(tables: Dict[str, Any], tmp_path: Path) -> None:
    import pyarrow.dataset

    run("export", *FOLDERS, "--format", "parquet", "--findings", "--output", tmp_path)
    partitioning = pyarrow.dataset.partitioning(pa.schema([("year", pa.int32()), ("level", pa.string())]), flavor="hive")
    assert list(tables) == list(kehoach.TABLES)
    for name in kehoach.TABLES:
        made = pa.table(tables[name])
        if name == "unread":
            assert made.to_pylist() == [
                {"path": "corpus/none.txt", "reason": "corpus/none.txt: cannot be opened: none; check the path and the permissions"}
            ]
            continue
        written = pyarrow.dataset.dataset(tmp_path / name, partitioning=partitioning, format="parquet").to_table()
        assert made.schema.equals(written.schema.remove_metadata()), name
        assert rows_of(made) == rows_of(written), name
        made.validate(full=True)
        assert len(made) == len(tables[name])
        assert len(made) > 0 or name == "diagnostics", name


def test_a_table_without_rows_has_its_columns() -> None:
    for name, table in kehoach.to_tables([]).items():
        made = pa.table(table)
        assert len(made) == 0 and made.column_names == table.column_names, name


def test_a_table_may_be_read_twice_and_outlives_its_records() -> None:
    table = kehoach.to_tables([kehoach.read(corpus()[0])], names=["targets"])["targets"]
    first, second = pa.table(table), pa.table(table)
    del table
    assert first.equals(second) and len(first) > 0
    with pytest.raises(ValueError, match="pages: is no table; there are documents, "):
        kehoach.to_tables([], names=["pages"])


def test_many_rows_come_in_batches() -> None:
    whole = kehoach.read(corpus()[0]).to_dict()
    whole["targets"] = whole["targets"][:1] * 1000 + whole["targets"][-1:]
    record = kehoach.Record.from_json(json.dumps(whole))
    read = pa.table(kehoach.to_tables([record] * 70, names=["targets"])["targets"])
    assert len(read) == 70 * 1001 > 65_536 and read.column("id").num_chunks > 1
    assert read.column("id").to_pylist() == [target.id for target in record.targets] * 70


def test_pandas_takes_them(tables: Dict[str, Any]) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = tables["targets"].to_pandas()
    assert len(frame) == len(tables["targets"]) and frame["value"].dtype == "float64"


def test_polars_takes_them(tables: Dict[str, Any]) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    frame = polars.DataFrame(tables["targets"])
    assert frame.equals(tables["targets"].to_polars()) and frame.height == len(tables["targets"])
    assert frame["due"].dtype == polars.Date


def test_duckdb_takes_them(tables: Dict[str, Any]) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    targets = tables["targets"]
    found = duckdb.sql("SELECT count(*), count(DISTINCT path), count(evidence[1].text) FROM targets").fetchall()
    assert found[0][0] == found[0][2] == len(targets) and found[0][1] > 10
