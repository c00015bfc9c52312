#!/usr/bin/env python3
"""usage: first-contact.py POOL REAL [--seed WORD] [--done ID,ID …]

The order in which documents of a pool come to a round of first contact, fixed by a seed before any of them is opened. Prints rounds of three,
one a line. POOL holds the documents (`p07-….md`); REAL the tables of what is known about them (`links.tsv`, `judged.tsv`,
`inconsistencies.tsv`): a document that one of these names has been read by somebody and is left out, as are those of `--done`.
At most two documents of one form and origin (the ending, and for texts the first word of the name's topic) are in one round.
Nothing of a document is read, only its name.
"""
import csv, hashlib, os, re, sys

args = sys.argv[1:]
seed, done = "kehoach", set()
while "--seed" in args:
    at = args.index("--seed"); seed = args[at + 1]; del args[at:at + 2]
while "--done" in args:
    at = args.index("--done"); done |= set(args[at + 1].split(",")); del args[at:at + 2]
if len(args) != 2:
    print(__doc__.strip()); sys.exit(2)
pool, real = args
known = set(done)
for name in ("links.tsv", "judged.tsv", "inconsistencies.tsv"):
    for row in csv.DictReader(open(os.path.join(real, name), encoding="utf8"), delimiter="\t"):
        cells = [row.get(column) or "" for column in ("doc_a", "doc_b", "document", "documents")]
        for cell in cells:
            known |= set(re.findall(r"\b(p\d+)\b", cell))
names = sorted(name for name in os.listdir(pool) if re.match(r"p\d+-", name))
names = [name for name in names if name.split("-")[0] not in known]
# Old encodings have transcripts, forms with test values and regulations set no work: they are in no round.
names = [name for name in names if not re.search(r"tcvn3|vni|TESTDATA|khongphai", name)]
names.sort(key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).hexdigest())

def origin(name):
    return os.path.splitext(name)[1]

rounds = []
while len(names) >= 3:
    chosen = []
    for name in list(names):
        if len(chosen) < 3 and sum(origin(other) == origin(name) for other in chosen) < 2:
            chosen.append(name); names.remove(name)
    if len(chosen) < 3:
        break
    rounds.append(chosen)
for number, chosen in enumerate(rounds, 1):
    print(number, *chosen)
print("left", *names)
