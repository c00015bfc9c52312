"""Spark in local-cluster mode against a single machine: every file one row, an executor killed, the same rows.

    python python/tools/cluster.py                     # 5,000 generated documents and the damaged files of the tests
    python python/tools/cluster.py --documents 500 --executors 1 --no-kill

Needs this package with its extra `spark`, Java 17, and cargo, which makes the documents. Prints a log; exits with 1 where
something differs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "python" / "tests"))
# What OCR reads takes as long as the machine is busy, and may pass the limit of time here and not there.
os.environ["KEHOACH_TESSERACT"] = "none"

START = time.monotonic()


def say(text: str) -> None:
    print(f"[{time.monotonic() - START:7.1f} s] {text}", flush=True)


def documents(folder: Path, count: int) -> None:
    """Generated documents, and among them the damaged files of the tests."""
    from conftest import damage

    command = ["cargo", "run", "--quiet", "--locked", "--example", "generate", "--", str(folder), str(count)]
    subprocess.run(command, cwd=ROOT, check=True)
    damaged = damage(folder / "damaged", changes=8)
    say(f"{count} documents and {len(damaged)} damaged files in {folder}")


def executors() -> list[int]:
    """The processes of the cluster's executors, which are this process's descendants."""
    parents: dict[int, int] = {}
    named: list[int] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if "CoarseGrainedExecutorBackend" in (entry / "cmdline").read_text():
                named.append(int(entry.name))
        except OSError:
            continue

    def is_ours(process: int) -> bool:
        while process in parents:
            if process == os.getpid():
                return True
            process = parents[process]
        return False

    return sorted(process for process in named if is_ours(process))


def kill_one(done: threading.Event, spark: Any) -> None:
    """Kills an executor once some tasks have ended and others run."""
    tracker = spark.sparkContext.statusTracker()
    while not done.wait(0.2):
        for stage in tracker.getActiveStageIds():
            about = tracker.getStageInfo(stage)
            if about and about.numCompletedTasks >= max(2, about.numTasks // 4) and about.numActiveTasks > 0:
                victims = executors()
                os.kill(victims[0], signal.SIGKILL)
                say(f"killed executor process {victims[0]} of {victims}: {about.numCompletedTasks} of {about.numTasks} tasks had ended")
                return


def single(folder: Path) -> Iterator[tuple[str, Any]]:
    """The records and errors of a single machine, by the names that Spark gives the files."""
    import kehoach
    from concurrent.futures import ThreadPoolExecutor

    def one(path: Path) -> tuple[str, Any]:
        name = f"file:{path}"
        try:
            return name, kehoach.read(path.read_bytes(), name=name)
        except kehoach.ReadError as error:
            return name, error

    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(one, paths)


def plain(rows: list[Any]) -> list[str]:
    """Rows of Spark or Arrow in one form, sorted."""
    def value(cell: Any) -> Any:
        if hasattr(cell, "asDict"):
            cell = cell.asDict()
        if isinstance(cell, dict):
            return {key: value(inner) for key, inner in cell.items()}
        if isinstance(cell, (list, tuple)):
            return [value(inner) for inner in cell]
        return cell

    return sorted(json.dumps(value(row), default=str, sort_keys=True, ensure_ascii=False) for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--executors", type=int, default=2)
    parser.add_argument("--no-kill", action="store_true", help="no executor is killed: for measuring")
    parser.add_argument("--folder", type=Path, help="where documents are made, or were made by an earlier run")
    parser.add_argument("--read-only", action="store_true", help="only read, and say how many files a second")
    arguments = parser.parse_args()

    import kehoach
    import pyspark
    from pyspark.sql import SparkSession

    from kehoach import spark as plans

    work = Path(tempfile.mkdtemp(prefix="kehoach-cluster-"))
    folder = (arguments.folder or work / "documents").resolve()
    if not folder.exists():
        documents(folder, arguments.documents)
    count = sum(path.is_file() for path in folder.rglob("*"))

    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    master = f"local-cluster[{arguments.executors},1,2048]"
    builder = SparkSession.builder.master(master).appName("kehoach")
    for name in ("KEHOACH_PROGRAM", "KEHOACH_TESSERACT"):
        if name in os.environ:
            builder = builder.config(f"spark.executorEnv.{name}", os.environ[name])
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.executor.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": str(work / "spark"),
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.session.timeZone": "UTC",
    }.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    while len(executors()) < arguments.executors:
        time.sleep(0.2)
    say(f"Spark {spark.version}, {master}, kehoach {kehoach.__version__}; executors {executors()}")
    failed = 0
    try:
        # Python workers are started, and ours with them, before anything is measured.
        plans.read(spark, str(ROOT / "corpus" / "*.txt"), account=False).count()
        done = threading.Event()
        killer = threading.Thread(target=kill_one, args=(done, spark))
        if not arguments.no_kill:
            killer.start()
        start = time.monotonic()
        plans.read(spark, str(folder)).write.parquet(str(work / "records"))
        seconds = time.monotonic() - start
        done.set()
        if not arguments.no_kill:
            killer.join()
        say(f"{count} files read and written in {seconds:.1f} s: {count / seconds:.1f} files a second")
        if arguments.read_only:
            return 0
        records = spark.read.parquet(str(work / "records"))

        say("the same on a single machine …")
        alone = dict(single(folder))

        def compare(what: str, ours: list[Any], theirs: list[Any]) -> None:
            nonlocal failed
            one, other = plain(ours), plain(theirs)
            same = one == other
            failed += not same
            say(f"{what}: {len(one)} rows, {len(other)} on the single machine: {'the same' if same else 'DIFFERENT'}")
            if not same:
                for row in [*(row for row in one if row not in other), "---", *(row for row in other if row not in one)][:6]:
                    print("   ", row[:400])

        rows = records.select("path", "record", "error").collect()
        compare("files", [row.path for row in rows], list(alone))
        compare(
            "records and errors",
            [[row.path, row.record, row.error] for row in rows],
            [
                [name, one.to_json(), None]
                if isinstance(one, kehoach.Record)
                else [name, None, {"code": one.code, "reason": one.reason, "action": one.action}]
                for name, one in alone.items()
            ],
        )
        failures = [one for one in alone.values() if isinstance(one, kehoach.ReadError)]
        say(f"of which {len(failures)} are errors: {dict(_counts(error.code for error in failures))}")
        read = [one for one in alone.values() if isinstance(one, kehoach.Record)]
        local = kehoach.to_tables(read, names=["documents", "targets", "tasks", "deadlines"])
        for name, table in plans.tables(records, ["documents", "targets", "tasks", "deadlines"]).items():
            compare(name, table.collect(), local[name].to_pyarrow().to_pylist())

        findings = []
        for record in read:
            findings += kehoach.to_tables([record], kehoach.audit([record]), names=["findings"])["findings"].to_pyarrow().to_pylist()
        compare("findings of each document alone", plans.tables(records, ["findings"])["findings"].collect(), findings)

        groups: dict[Any, list[Any]] = {}
        heads = {row.path: (row.province, row.year) for row in records.select("path", "province", "year").collect()}
        for record in sorted(read, key=lambda record: record.source.path):
            groups.setdefault(heads[record.source.path], []).append(record)
        together = []
        for (province, _), group in groups.items():
            table = kehoach.to_tables(group, kehoach.audit(group), names=["findings"])["findings"].to_pyarrow()
            together += [{"province": province, **row} for row in table.to_pylist()]
        compare(f"findings of {len(groups)} groups", plans.audit(records).collect(), together)
    finally:
        spark.stop()
        shutil.rmtree(work, ignore_errors=True)
    say("all the same" if not failed else f"{failed} comparisons failed")
    return 1 if failed else 0


def _counts(codes: Iterator[str]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for code in codes:
        counts[code] = counts.get(code, 0) + 1
    return sorted(counts.items())


if __name__ == "__main__":
    sys.exit(main())
