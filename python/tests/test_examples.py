"""The scripts of python/examples, as the README names them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import kehoach


def example(name: str, *arguments: "str | Path") -> "subprocess.CompletedProcess[str]":
    """Runs a script in the repository's root, as who reads its first lines does."""
    command = [sys.executable, str(ROOT / "python" / "examples" / name), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_duckdb_is_asked_for_targets_and_findings() -> None:
    pytest.importorskip("duckdb", reason="DuckDB is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    told = example("duckdb_targets.py", "corpus").stdout
    # DuckDB cuts long words and long tables to what a terminal shows.
    assert all(words in told for words in ("indicator", "Tỷ lệ", "KH-UBND", "severity", "error"))


def test_a_folder_becomes_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import pyarrow.parquet

    (tmp_path / "plans").mkdir()
    for number in range(3):
        (tmp_path / "plans" / f"{number}.txt").write_bytes((ROOT / "corpus/2023-tinh-giam-ngheo.txt").read_bytes())
    (tmp_path / "plans" / "empty.txt").write_bytes(b"")
    told = example("folder.py", tmp_path / "plans", tmp_path / "tables").stderr
    assert "4 files" in told and "1 were not read" in told
    targets = pyarrow.parquet.read_table(tmp_path / "tables" / "targets")
    assert len(targets) == 3 * len(kehoach.read("corpus/2023-tinh-giam-ngheo.txt").targets)
    assert len(pa.parquet.read_table(tmp_path / "tables" / "unread")) == 1
