"""Spark on one machine, in its short form; python/tools/cluster.py is the long one, with several executors."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any, Iterator

import pytest
from conftest import CORPUS, damage, rows_of

import kehoach

if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is not installed: Spark is not tested", allow_module_level=True)
pytest.importorskip("pyspark", reason="PySpark is not installed: Spark is not tested")
pytest.importorskip("pandas", reason="pandas is not installed: Spark is not tested")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", str(tmp_path_factory.mktemp("spark")))
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("documents").resolve()
    for path in [*CORPUS.glob("*.txt"), *CORPUS.glob("audit/*.txt")]:
        shutil.copy(path, made / path.name)
    damage(made / "damaged", changes=1)
    shutil.copy(made / "2023-tinh-giam-ngheo.txt", made / "kế hoạch số 5%20 (sửa).txt")
    return made


@pytest.fixture(scope="module")
def records(spark: Any, folder: Path) -> Any:
    from kehoach import spark as plans

    return plans.read(spark, str(folder)).persist()


def test_every_file_is_one_row_and_the_same_as_on_one_machine(records: Any, folder: Path) -> None:
    rows = {row.path: row for row in records.collect()}
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    assert sorted(rows) == sorted(f"file:{path}" for path in paths) and records.count() == len(paths)
    for path in paths:
        name = f"file:{path}"
        try:
            record = kehoach.read(path.read_bytes(), name=name)
        except kehoach.ReadError as error:
            assert rows[name].record is None
            assert rows[name].error.asDict() == {"code": error.code, "reason": error.reason, "action": error.action}
        else:
            assert (rows[name].record, rows[name].error) == (record.to_json(), None)
            assert (rows[name].number, rows[name].province) == (record.document.number, record.document.province)


def test_a_file_that_the_file_system_refuses_is_a_row(spark: Any, folder: Path, tmp_path: Path) -> None:
    from kehoach import spark as plans

    for name in ("open.txt", "broken.txt"):
        shutil.copy(folder / "2023-tinh-giam-ngheo.txt", tmp_path / name)
    # A checksum beside the file that is not its own: Hadoop takes it for one whose disk is damaged.
    (tmp_path / ".broken.txt.crc").write_bytes(b"crc\0" + (512).to_bytes(4, "big") + bytes(4 * 64))
    rows = {Path(row.path).name: row for row in plans.read(spark, str(tmp_path)).collect()}
    assert sorted(rows) == ["broken.txt", "open.txt"]
    assert rows["open.txt"].error is None and rows["open.txt"].record is not None
    assert rows["broken.txt"].record is None and rows["broken.txt"].error.code == "unopened"


def test_tables_are_those_of_one_machine(records: Any) -> None:
    from kehoach import spark as plans

    read = [kehoach.Record(row.record.encode()) for row in records.collect() if row.record is not None]
    local = kehoach.to_tables(read, names=["targets", "tasks", "deadlines"])
    made = plans.tables(records)
    for name, table in local.items():
        assert rows_of(made[name].toArrow() if hasattr(made[name], "toArrow") else Rows(made[name])) == rows_of(
            table.to_pyarrow()
        ), name
    alone = [kehoach.audit([record]) for record in read]
    assert made["findings"].count() == sum(len(found.findings) for found in alone)
    assert plans.tables(records, ["unread"])["unread"].count() == records.where("error is not null").count() > 0
    with pytest.raises(ValueError, match="pages: is no table"):
        plans.tables(records, ["pages"])


def test_documents_of_a_province_and_year_are_audited_together(records: Any) -> None:
    from kehoach import spark as plans

    found = plans.audit(records).collect()
    # A commune's target below the province's is seen only where both are together.
    assert any(row.code == "XL001" for row in found)
    assert {row.code for row in plans.tables(records)["findings"].select("code").distinct().collect()}.isdisjoint({"XL001"})
    read = {row.path: (row.province, row.year) for row in records.collect() if row.record is not None}
    assert all((row.province, row.year) == read[row.path] for row in found)
    few = plans.audit(records, by=["province"], most=1).where("name = 'not-audited'").collect()
    assert few and "more than 1" in few[0].message.en.problem
    assert plans.audit(records, table="undecided", select=["XL"]).columns[0] == "province"


def test_items_of_a_province_are_linked(records: Any) -> None:
    from kehoach import spark as plans

    linked = plans.link(records, by=["province"]).collect()
    shared = {row.indicator_id for row in linked if row.path.endswith("2023-tinh-giam-ngheo.txt")}
    assert shared & {row.indicator_id for row in linked if row.path.endswith("2023-khevang-giam-ngheo.txt")}


class Rows:
    """A DataFrame of a Spark that gives no Arrow, as a table that lists its rows."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def to_pylist(self) -> Any:
        return [row.asDict(recursive=True) for row in self.frame.collect()]
