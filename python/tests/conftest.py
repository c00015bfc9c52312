"""What the tests share: the installed package, the documents of the repository, damaged files."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator, List

import pytest

kehoach = pytest.importorskip("kehoach", reason="the wheel is not installed: pip install ./python")

# A damaged PDF is often one that OCR would read, for minutes and with Tesseract's help only: here it is refused as a scan.
os.environ["KEHOACH_TESSERACT"] = "none"

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "corpus"


def program() -> str:
    """The command line that came with the wheel."""
    from kehoach._program import program

    return program()


def run(*arguments: "str | os.PathLike[str]", check: bool = True) -> "subprocess.CompletedProcess[bytes]":
    """Runs the command line in the repository's root."""
    done = subprocess.run([program(), *arguments], cwd=ROOT, capture_output=True, check=False)
    if check and done.returncode not in (0, 1):
        raise AssertionError(f"{arguments}: {done.stderr.decode()}")
    return done


def corpus() -> List[str]:
    """The documents of corpus/, as paths from the root."""
    return sorted(str(path.relative_to(ROOT)) for path in [*CORPUS.glob("*.txt"), *CORPUS.glob("audit/*.txt")])


def damage(folder: Path, changes: int = 3) -> List[Path]:
    """Files that nobody can read as they are: cut and changed at random (the same each time), empty, of no known kind."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(20)
    made = {
        "empty.txt": b"",
        "blank.txt": b"  \n\n ",
        "half.txt": b"abc\xff\xfedef",
        "archive.docx": b"PK\x03\x04....",
        "utf16.txt": b"\xff\xfea\x00b",
        "picture.pdf": bytes(range(256)) * 8,
    }
    for source in sorted((ROOT / "fixtures" / "parity").glob("*/2025-tinh-cai-cach-hanh-chinh.*")):
        whole = source.read_bytes()
        stem = f"{source.parent.name}-{source.stem}"
        for number in range(changes):
            made[f"{stem}-cut-{number}{source.suffix}"] = whole[: dice.randrange(len(whole))]
            changed = bytearray(whole)
            for _ in range(20):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            made[f"{stem}-changed-{number}{source.suffix}"] = bytes(changed)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return sorted(folder / name for name in made)


def rows_of(table: Any) -> List[Any]:
    """The rows of an Arrow table, sorted by what they say."""
    return sorted(table.to_pylist(), key=lambda row: json.dumps(row, default=str, sort_keys=True))


@pytest.fixture(autouse=True)
def in_root(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Paths are those of the repository's root, as on the command line."""
    monkeypatch.chdir(ROOT)
    yield


def pytest_report_header() -> List[str]:
    return [f"kehoach {kehoach.__version__} in {Path(kehoach.__file__).parent}, {sys.version.split()[0]}"]
