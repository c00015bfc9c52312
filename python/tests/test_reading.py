"""Files and bytes → records: the same as the command line's, whatever a file does to its reader."""

from __future__ import annotations

import itertools
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Iterator, List

import pytest
from conftest import ROOT, corpus, damage, run

import kehoach

PLAN = "corpus/2025-tinh-cai-cach-hanh-chinh.txt"


#: Seconds: what is compared must not depend on how busy the machine is.
LONG = 1800


def same_as_the_command_line(paths: List[str], **options: bool) -> int:
    lines = run("extract", "--quiet", "--time-limit", str(LONG), *paths, check=False).stdout.decode().splitlines()
    assert len(lines) == len(paths)
    read = list(kehoach.read_many(paths, time_limit=LONG, **options))  # type: ignore[arg-type]
    for path, line, found in zip(paths, lines, read):
        if isinstance(found, kehoach.Record):
            assert found.to_json() == line, path
        else:
            assert '"schema":"kehoach.error/1"' in line and f'"code":"{found.code}"' in line, path
    return sum(isinstance(found, kehoach.Record) for found in read)


def test_records_of_the_corpus_are_the_command_lines_to_the_byte() -> None:
    paths = corpus()
    assert same_as_the_command_line(paths) == len(paths) == 15


def test_records_of_every_format_are_the_command_lines_to_the_byte() -> None:
    paths = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "fixtures/parity").glob("*/2025-benda*"))
    assert same_as_the_command_line(paths) == len(paths) > 4
    assert same_as_the_command_line(paths, isolation=False) == len(paths)


def test_records_of_real_documents_are_the_command_lines_to_the_byte() -> None:
    real = os.environ.get("KEHOACH_REAL")
    if not real:
        pytest.skip("KEHOACH_REAL names no folder of real documents")
    paths = sorted(str(path) for path in (Path(real) / "docs").rglob("*") if path.is_file())
    assert same_as_the_command_line(paths) > 0


def test_damaged_files_give_the_command_lines_errors(tmp_path: Path) -> None:
    paths = [str(path) for path in damage(tmp_path)]
    assert same_as_the_command_line(paths) < len(paths)


def test_bytes_are_read_like_files() -> None:
    content = (ROOT / PLAN).read_bytes()
    from_file = kehoach.read(PLAN)
    for given in (content, bytearray(content), memoryview(content)):
        assert kehoach.read(given, name=PLAN) == from_file
    assert kehoach.read(content, name=PLAN, isolation=False) == from_file
    assert kehoach.read(content).source.path == "<bytes>"
    assert kehoach.read(Path(PLAN), name="s3://kho/a.txt").to_json() == from_file.to_json().replace(PLAN, "s3://kho/a.txt")
    assert kehoach.text(content) == kehoach.text(PLAN) == run("text", PLAN).stdout.decode()


def test_attributes_and_dictionary_say_the_same() -> None:
    record = kehoach.read("corpus/2024-tinh-chuyen-doi-so.txt")
    whole = record.to_dict()
    assert record.document.type == whole["document"]["type"] == "plan"
    assert [target.to_dict() for target in record.targets] == whole["targets"]
    period = record.document.period
    assert period is not None and period.from_ == whole["document"]["period"]["from"]
    assert record.ledger.numbers.unread == whole["ledger"]["numbers"]["unread"]
    assert record.targets[0].evidence[0] == record.targets[0].evidence[0] != record.targets[1].evidence[0]
    assert kehoach.Record.from_json(record.to_json() + "\n") == record == pickle.loads(pickle.dumps(record))
    report = kehoach.read("corpus/2024-benthuan-bao-cao-giao-duc.txt")
    actuals = [target.actual for target in report.targets if target.actual is not None]
    assert {type(actual).__name__ for actual in actuals} <= {"ActualValue", "ActualText"} and actuals
    with pytest.raises(AttributeError):
        record.nothing  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="no record of kehoach"):
        kehoach.Record.from_json('{"schema": "kehoach.error/1"}')


def test_an_error_says_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(kehoach.ReadError) as raised:
        kehoach.read("corpus/none.txt")
    error = raised.value
    assert (error.path, error.code, error.action) == ("corpus/none.txt", "unopened", "check the path and the permissions")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    with pytest.raises(kehoach.ReadError, match="is a folder; name the files in it"):
        kehoach.read("corpus")
    with pytest.raises(kehoach.ReadError, match="cannot be opened"):
        kehoach.read("corpus/none.txt", name="a.txt")
    large = tmp_path / "large.html"
    large.write_text("<html><body>" + "<p>Tỷ lệ hộ dùng nước sạch đạt 85%.</p>" * 400_000 + "</body></html>")
    with pytest.raises(kehoach.ReadError, match="memory_limit=") as raised:
        kehoach.read(large, memory_limit=96)
    assert raised.value.code == "out-of-memory"
    with pytest.raises(kehoach.ReadError, match="time_limit=") as raised:
        kehoach.read(large, time_limit=0.05)
    assert raised.value.code == "timed-out"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"rules": "corpus/none"}, "is no folder; name the folder that holds lexicons/"),
        ({"time_limit": 0}, "time_limit: 0 is no number of seconds"),
        ({"memory_limit": 1}, "memory_limit: 1 is not between 64 and 1048576 MiB"),
    ],
)
def test_wrong_arguments_are_told(options: "dict[str, object]", told: str) -> None:
    with pytest.raises(ValueError, match=told):
        kehoach.read(PLAN, **options)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="threads: 0"):
        kehoach.read_many([PLAN], threads=0)


def test_rules_are_laid_over_the_embedded_ones(tmp_path: Path) -> None:
    for name, words in (("same", run("rules", "units").stdout), ("wrong", b"wrong")):
        lexicons = tmp_path / name / "lexicons"
        lexicons.mkdir(parents=True)
        (lexicons / "units.toml").write_bytes(words)
    assert kehoach.read(PLAN, rules=tmp_path / "same") == kehoach.read(PLAN)
    with pytest.raises(ValueError, match="(?s)units.toml.*correct the lexicon"):
        kehoach.read(PLAN, rules=str(tmp_path / "wrong"))


def workers() -> List[int]:
    """The worker processes of this process."""
    listed = subprocess.run(["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, check=False)
    lines = (line.split(None, 1) for line in listed.stdout.decode().splitlines())
    return [int(number) for number, arguments in lines if " worker " in arguments]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked for with ps of Linux")
def test_one_worker_reads_all_files_and_another_takes_its_place() -> None:
    kehoach.read(PLAN)
    before = workers()
    for path in corpus():
        kehoach.read(path)
    assert workers() == before != []
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    found = list(kehoach.read_many([PLAN] * (len(before) + 1), threads=1))
    # Each that was killed while it waited costs a file, which says so.
    failed = [one.code for one in found if isinstance(one, kehoach.ReadError)]
    assert failed == ["killed"] * len(failed) and len(failed) <= len(before)
    assert isinstance(found[-1], kehoach.Record)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_has_workers_of_its_own() -> None:
    expected = kehoach.read(PLAN).to_json()
    found = len(kehoach.audit([PLAN]).findings)
    code = (
        "import os, sys, kehoach\n"
        f"parent = kehoach.read({PLAN!r}).to_json(); count = len(kehoach.audit([{PLAN!r}]).findings)\n"
        "child = os.fork()\n"
        f"same = kehoach.read({PLAN!r}).to_json() == parent and len(kehoach.audit([{PLAN!r}]).findings) == count\n"
        # The child leaves as any Python does, and ends nothing of its parent's.
        "if child == 0: sys.exit(0 if same else 3)\n"
        "status = os.waitpid(child, 0)[1]\n"
        f"print(os.waitstatus_to_exitcode(status) if sys.version_info > (3, 9) else status, same, kehoach.read({PLAN!r}).to_json() == parent)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=300, check=False)
    assert done.stdout.decode().split() == ["0", "True", "True"], done.stderr.decode()
    assert kehoach.read(PLAN).to_json() == expected and len(kehoach.audit([PLAN]).findings) == found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_other_threads_run_while_a_file_is_read(tmp_path: Path) -> None:
    """The file is a pipe that only another thread of this process fills: with the interpreter held nobody would."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes((ROOT / PLAN).read_bytes()))
    writer.start()
    assert len(kehoach.read(pipe).targets) == len(kehoach.read(PLAN).targets)
    writer.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_an_interrupt_ends_the_wait(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        kehoach.read(pipe, time_limit=300)
    assert time.monotonic() - start < 200


def test_many_files_are_taken_only_a_little_ahead() -> None:
    taken = itertools.count()

    def paths() -> Iterator[str]:
        while True:
            next(taken)
            yield PLAN

    some = kehoach.read_many(paths(), threads=2)
    assert all(isinstance(one, kehoach.Record) for one in itertools.islice(some, 5))
    some.close()  # type: ignore[attr-defined]
    assert next(taken) < 20


def test_errors_come_in_their_place() -> None:
    paths = [PLAN, "corpus/none.txt", "corpus/2023-tinh-giam-ngheo.txt", "corpus", PLAN]
    found = list(kehoach.read_many(paths, threads=3))
    assert [one.code if isinstance(one, kehoach.ReadError) else one.source.path for one in found] == [
        PLAN, "unopened", "corpus/2023-tinh-giam-ngheo.txt", "folder", PLAN,
    ]  # fmt: skip


def test_a_folder_means_its_documents() -> None:
    assert sorted(kehoach.find("corpus/audit", PLAN, PLAN)) == sorted([*(p for p in corpus() if "/audit/" in p), PLAN])
    with pytest.raises(FileNotFoundError, match="there is no such file or folder"):
        kehoach.find("corpus/none")


def test_a_notebook_shows_words_and_no_markup() -> None:
    record = kehoach.read("KẾ HOẠCH\nThử\nI. MỤC TIÊU\n- Tỷ lệ hộ <b>nghèo</b> & cận nghèo còn dưới 3%.\n".encode(), name="<i>.txt")
    shown = record._repr_html_()
    assert "&lt;i&gt;.txt" in shown and "<b>nghèo" not in shown and "Targets: 1" in shown and "&lt; " not in repr(record)
    assert "numbers were not read" in shown


def test_the_program_comes_with_the_package() -> None:
    for call in ([sys.executable, "-m", "kehoach"], [str(Path(sys.executable).with_name("kehoach"))]):
        done = subprocess.run([*call, "--version"], capture_output=True, check=True)
        assert done.stdout.decode().split() == ["kehoach", kehoach.__version__]
        assert subprocess.run([*call, "extract", "corpus/none.txt"], capture_output=True, check=False).returncode == 2


def test_a_missing_program_is_told() -> None:
    code = f"import kehoach\nassert kehoach.read({PLAN!r}, isolation=False).targets\nkehoach.read({PLAN!r})"
    environment = {**os.environ, "KEHOACH_PROGRAM": "/none/kehoach"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert "FileNotFoundError: /none/kehoach: is no program that can be started; correct KEHOACH_PROGRAM" in done.stderr.decode()
