#!/usr/bin/env python3
"""Changes one value at a time in families of real documents, and counts how often `kehoach audit` tells it.

    KEHOACH_REAL=… python3 tests/planted-links.py FOLDER… [--bin PATH] [--plants 40] [--seed 2026] [-v]

KEHOACH_REAL names the folder with `links.tsv`; the documents lie there in `docs` and in FOLDERs, as plain text. A plant is a value that a
reader found to be one with another document's, where the two bind each other: of one owner, or the one document is above the other, or
both are under one paper on which one of them, a report, tells. The later, or the lower, of the two gets a worse value. Where a document gives a whole and its parts by
unit, and they add up, a part is a plant, too. Told is what is a finding at the planted place that was none before.
"""

import collections
import csv
import glob
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

arguments = sys.argv[1:]


def option(name, default):
    if name not in arguments:
        return default
    at = arguments.index(name)
    value = arguments[at + 1]
    del arguments[at : at + 2]
    return value


binary, wanted, seed = option("--bin", "target/debug/kehoach"), int(option("--plants", 40)), int(option("--seed", 2026))
verbose = "-v" in arguments
folders = [argument for argument in arguments if argument != "-v"]
real = os.environ.get("KEHOACH_REAL")
if not real:
    sys.exit(__doc__)
folders = [os.path.join(real, "docs"), *folders]


def path(document):
    for folder in folders:
        for found in sorted(glob.glob(os.path.join(folder, document + "[-_.]*"))):
            return found
    return None


with open(os.path.join(real, "links.tsv"), encoding="utf-8") as lines:
    rows = list(csv.DictReader(lines, delimiter="\t"))
uppers = collections.defaultdict(set)
for row in rows:
    if row["relation"] == "above":
        uppers[row["doc_b"]].add(row["doc_a"])
rows = [row for row in rows if row["relation"] == "same" and path(row["doc_a"]) and path(row["doc_b"])]
families = collections.defaultdict(set)
for row in rows:
    families[row["family"]] |= {row["doc_a"], row["doc_b"]}


def run(command, files):
    done = subprocess.run([binary, command, "--format", "json", *files], capture_output=True, check=False)
    return json.loads(done.stdout)


def findings(files):
    told = run("audit", files)["findings"]
    return [finding for finding in told if finding["code"].startswith("X")]


def number(text):
    """`1.763,00` and `1763` are one."""
    return float(text.replace(".", "").replace(",", ".")) if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+(,\d+)?", text) else float(text)


def written(value, like):
    """The value as the text writes numbers: `1.968` where it wrote `3.280`."""
    if "." in like and value >= 1000:
        return f"{round(value):,}".replace(",", ".")
    return f"{value:g}".replace(".", ",")


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def place(text, quote, value):
    """Where the number stands in the text: in the quotation, whatever its blanks."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    found = re.search(pattern, text)
    if not found:
        return None
    for token in NUMBER.finditer(text, found.start(), found.end()):
        try:
            if abs(number(token.group()) - value) < 1e-6:
                return token.span()
        except ValueError:
            continue
    return None


def year(row, side):
    found = re.search(r"\d{4}", row["year_" + side])
    return int(found.group()) if found else 0


def kind(document):
    record = subprocess.run([binary, "extract", path(document)], capture_output=True, check=False).stdout
    return json.loads(record)["document"]["type"]


def plants_of_pairs():
    kinds = {document: kind(document) for document in sorted(set().union(*families.values()))}
    for row in rows:
        one, other = row["doc_a"], row["doc_b"]
        owners = row["owner_a"] == row["owner_b"]
        above = one in uppers[other] or other in uppers[one]
        report = "result" in (row["kind_a"], row["kind_b"])
        common = bool(uppers[one] & uppers[other]) and "report" in (kinds[one], kinds[other])
        same_time = year(row, "a") == year(row, "b")
        if one == other or not (owners and (same_time or not report) or above or common and same_time and not owners):
            continue
        # The lower one of two levels, the later one of two years, the result beside its target.
        lower = {"xã": 3, "huyện": 2, "tỉnh": 1, "thành": 1}
        rank = [lower.get(row["owner_" + side].split(" ")[0], 0) for side in "ab"]
        key = [(rank[at], row["kind_" + side] == "result", year(row, side)) for at, side in enumerate("ab")]
        side = "b" if key[1] >= key[0] else "a"
        first = re.match(r"\d+(?:\.\d+)?", row["value_" + side])
        if first:
            yield row["family"], row[f"doc_{side}"], row[f"quote_{side}"], float(first.group()), row[f"indicator_{side}"]


def plants_of_parts():
    for family, documents in sorted(families.items()):
        for document in sorted(documents):
            record = json.loads(subprocess.run([binary, "extract", path(document)], capture_output=True, check=False).stdout)
            linked = run("link", [path(document)])["indicators"]
            for cluster in linked["clusters"]:
                members = [member for member in cluster["members"] if member["kind"] == "target"]
                parts, wholes = {}, []
                for member in members:
                    target = record["targets"][member["target"]]
                    unit = linked["wordings"][member["wording"]].get("place")
                    if unit:
                        parts.setdefault(unit, target)
                    else:
                        wholes.append(target)
                if len(wholes) != 1 or len(parts) < 3:
                    continue
                total = sum(target["value"] for target in parts.values())
                if abs(total - wholes[0]["value"]) < 0.5:
                    for target in parts.values():
                        yield family, document, target["evidence"][0]["text"], float(target["value"]), f"part: {target['indicator']}"


candidates = {}
for family, document, quote, value, indicator in [*plants_of_pairs(), *plants_of_parts()]:
    text = pathlib.Path(path(document)).read_text(encoding="utf-8")
    span = place(text, quote, value)
    if span:
        candidates.setdefault((family, document, span), (value, indicator))
by_family = collections.defaultdict(list)
for key, what in candidates.items():
    by_family[key[0]].append((key, what))
order = random.Random(seed)
for plants in by_family.values():
    order.shuffle(plants)
chosen = []
# Each family in turn, so that a large one does not stand for all.
while len(chosen) < wanted and any(by_family.values()):
    for family in sorted(by_family):
        if by_family[family] and len(chosen) < wanted:
            chosen.append(by_family[family].pop())

told, by_rule, per_family = 0, collections.Counter(), collections.defaultdict(collections.Counter)
before = {}
with tempfile.TemporaryDirectory() as folder:
    for (family, document, (start, end)), (value, indicator) in chosen:
        files = [path(other) for other in sorted(families[family])]
        if family not in before:
            before[family] = {(finding["code"], *(piece["text"] for piece in finding["evidence"])) for finding in findings(files)}
        text = pathlib.Path(path(document)).read_text(encoding="utf-8")
        worse = round(value * 0.6) if value * 0.6 >= 2 else round(value * 0.6, 2)
        new_words = written(worse, text[start:end])
        planted = os.path.join(folder, os.path.basename(path(document)))
        pathlib.Path(planted).write_text(text[:start] + new_words + text[end:], encoding="utf-8")
        found = findings([planted if file == path(document) else file for file in files])
        new = []
        for finding in found:
            words = tuple(piece["text"] for piece in finding["evidence"])
            here = any(piece["path"] == planted and new_words in piece["text"] for piece in finding["evidence"])
            if here and (finding["code"], *words) not in before[family]:
                new.append(finding["code"])
        os.remove(planted)
        told += bool(new)
        by_rule.update(set(new))
        per_family[family]["plants"] += 1
        per_family[family]["told"] += bool(new)
        if verbose:
            print("told  " if new else "MISSED", family, document, f"{text[start:end]} → {new_words}", indicator, sorted(set(new)))
for family, count in sorted(per_family.items()):
    print(f"{family:18} {count['plants']:3} planted {count['told']:3} told")
print(f"all {len(chosen)} planted, {told} told: {told / max(1, len(chosen)):.3f}; " + ", ".join(f"{code} {n}" for code, n in sorted(by_rule.items())))
