"""A folder of any number of documents → a folder of Parquet, in pieces that fit into memory.

    pip install kehoach pyarrow
    cargo run --release --example generate -- plans 10000     # ten thousand invented documents to try it with
    python folder.py plans tables
"""

import sys
import time
from itertools import islice
from pathlib import Path

import pyarrow.parquet

import kehoach

#: Documents of a piece: their records, and the tables that are made of them, are in memory at once.
PIECE = 500

folder, output = sys.argv[1], Path(sys.argv[2])
start, count, failed = time.monotonic(), 0, 0
found = kehoach.read_many(kehoach.find(folder))
while piece := list(islice(found, PIECE)):
    for name, table in kehoach.to_tables(piece).items():
        if len(table) > 0:
            (output / name).mkdir(parents=True, exist_ok=True)
            pyarrow.parquet.write_table(pyarrow.table(table), output / name / f"{count:09}.parquet")
    count += len(piece)
    failed += sum(isinstance(one, kehoach.ReadError) for one in piece)
    print(f"{count} files, {count / (time.monotonic() - start):.0f} a second; {failed} were not read", file=sys.stderr)
