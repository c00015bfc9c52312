"""Spark in local-cluster mode against a single machine: every file one row, an executor killed, the same rows.

    python python/tools/cluster.py                     # 5,000 generated documents and the damaged files of the tests
    python python/tools/cluster.py --documents 500 --executors 1 --no-kill
    python python/tools/cluster.py --scaling 3         # only how fast: `kehoach extract`, one executor, two, three times over

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
from typing import Any, Callable, Iterator

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


def descendants() -> list[int]:
    """The processes that this one has started, and theirs."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int(_stat(entry)[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, open_ones = [], [os.getpid()]
    while open_ones:
        made = children.get(open_ones.pop(), [])
        found += made
        open_ones += made
    return found


def _stat(process: Path) -> list[str]:
    """What Linux tells of a process, after its name: state, parent, …"""
    return (process / "stat").read_text().rsplit(")", 1)[1].split()


def executors() -> list[int]:
    """The processes of the cluster's executors."""
    found = []
    for process in descendants():
        try:
            if "CoarseGrainedExecutorBackend" in Path(f"/proc/{process}/cmdline").read_text():
                found.append(process)
        except OSError:
            continue
    return sorted(found)


def processor() -> float:
    """Seconds of processor time that this process and all that it has started have taken, those that have ended included."""
    ticks = 0
    for process in [os.getpid(), *descendants()]:
        try:
            ticks += sum(int(part) for part in _stat(Path(f"/proc/{process}"))[11:15])
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


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


def session(executors_wanted: int, work: Path) -> Any:
    """A cluster on this machine: a master, and executors that are processes of their own."""
    import kehoach
    import pyspark
    from pyspark.sql import SparkSession

    from kehoach import spark as plans

    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    master = f"local-cluster[{executors_wanted},1,2048]"
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
    while len(executors()) < executors_wanted:
        time.sleep(0.2)
    # Python workers are started, and ours with them, before anything is measured.
    plans.read(spark, str(ROOT / "corpus" / "*.txt"), account=False).count()
    say(f"Spark {spark.version}, {master}, kehoach {kehoach.__version__}; executors {executors()}")
    return spark


class Memory(threading.Thread):
    """MiB that the largest Python worker of Spark and the largest worker process of ours have, in each quarter of the time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.samples: list[tuple[float, float]] = []

    def run(self) -> None:
        while not self.ended.wait(0.5):
            spark, ours = 0.0, 0.0
            for process in descendants():
                try:
                    words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
                    size = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
                except (OSError, IndexError):
                    continue
                if b"pyspark.daemon" in words:
                    spark = max(spark, size)
                elif b"worker" in words and words[0].endswith(b"kehoach"):
                    ours = max(ours, size)
            self.samples.append((spark, ours))

    def told(self) -> str:
        self.ended.set()
        self.join()
        size = len(self.samples)
        quarters = [self.samples[size * at // 4 : size * (at + 1) // 4] for at in range(4)]
        spark, ours = ([max((pair[which] for pair in quarter), default=0.0) for quarter in quarters] for which in (0, 1))
        show = [", ".join(f"{one:.0f}" for one in sizes) for sizes in (spark, ours)]
        return f"MiB at most in each quarter: Python worker {show[0]}; ours {show[1]}"


def scaling(folder: Path, count: int, rounds: int, work: Path) -> None:
    """Files a second of the command line and of one and two executors, in turns, since other work may share the machine."""
    from kehoach import spark as plans
    from kehoach._program import program

    files = sorted(path for path in folder.rglob("*") if path.is_file())

    def extract() -> None:
        with open(work / "records.ndjson", "wb") as records:
            command = [program(), "extract", "--quiet", *map(str, files)]
            # Exit code 2: some files, the damaged ones, could not be read.
            assert subprocess.run(command, stdout=records, stderr=subprocess.DEVNULL, check=False).returncode in (0, 2)
        # Each has its line all the same.
        with open(work / "records.ndjson", "rb") as records:
            assert sum(1 for _ in records) == len(files)

    def measured(what: str, act: Callable[[], None]) -> None:
        start, used = time.monotonic(), processor()
        act()
        seconds, used = time.monotonic() - start, processor() - used
        load = os.getloadavg()[0]
        say(f"{what}: {seconds:.1f} s, {count / seconds:.1f} files a second; {used:.1f} s of processor time; load {load:.1f}")

    for number in range(1, rounds + 1):
        measured(f"round {number}, kehoach extract", extract)
        for wanted in (1, 2):
            spark = session(wanted, work)
            try:
                write = plans.read(spark, str(folder)).write.mode("overwrite").parquet
                memory = Memory()
                memory.start()
                measured(f"round {number}, executors: {wanted}", lambda: write(str(work / "records")))
                say(memory.told())
            finally:
                spark.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--executors", type=int, default=2)
    parser.add_argument("--no-kill", action="store_true", help="no executor is killed")
    parser.add_argument("--folder", type=Path, help="where documents are made, or were made by an earlier run")
    parser.add_argument("--scaling", type=int, metavar="ROUNDS", help="only say how many files a second, round after round")
    arguments = parser.parse_args()

    import kehoach

    from kehoach import spark as plans

    work = Path(tempfile.mkdtemp(prefix="kehoach-cluster-"))
    folder = (arguments.folder or work / "documents").resolve()
    if not folder.exists():
        documents(folder, arguments.documents)
    count = sum(path.is_file() for path in folder.rglob("*"))
    if arguments.scaling:
        try:
            scaling(folder, count, arguments.scaling, work)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return 0

    spark = session(arguments.executors, work)
    failed = 0
    try:
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
