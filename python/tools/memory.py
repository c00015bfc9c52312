"""Memory of a Python process that reads 10,000 files, and of its worker process, every 1,000 files.

    python python/tools/memory.py FOLDER [FILES]

FOLDER is what `cargo run --release --example generate -- FOLDER 10000` made. Linux only: reads /proc.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import kehoach


def resident(process: int) -> float:
    """MiB that a process has in memory."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def children() -> list[int]:
    return [int(number) for number in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def main() -> None:
    files = kehoach.find(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    start, targets = time.monotonic(), 0
    print("files  files/s  Python MiB  worker MiB")
    for number, found in enumerate(kehoach.read_many(islice(cycle(files), count), threads=1), 1):
        targets += len(found.targets) if isinstance(found, kehoach.Record) else 0
        if number % 1000 == 0 or number == 100:
            rate = number / (time.monotonic() - start)
            worker = sum(resident(child) for child in children())
            print(f"{number:6} {rate:7.1f} {resident(os.getpid()):10.1f} {worker:11.1f}", flush=True)
    print(f"{targets} targets")


if __name__ == "__main__":
    main()
