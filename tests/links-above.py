#!/usr/bin/env python3
"""Counts the documents above others that linking finds, against those that readers found.

    python3 tests/links-above.py LINKS.tsv FOLDER… [--bin PATH] [-v]

FOLDERs hold the documents; a file's name begins with its id. Of the rows `above` of LINKS.tsv the side above is a document of
the folders, or `ngoài:NUMBER DAY`: a paper that is not among them. One inside counts where the chain of the lower document leads to it; one
outside where the chain names its number and, if the row has a day, that day. Says also how many papers are named in all.
"""

import csv
import glob
import json
import os
import re
import subprocess
import sys

arguments = [argument for argument in sys.argv[1:] if argument != "-v"]
binary = "target/debug/kehoach"
if "--bin" in arguments:
    at = arguments.index("--bin")
    binary = arguments[at + 1]
    del arguments[at : at + 2]
if len(arguments) < 2:
    sys.exit(__doc__)
table, folders = arguments[0], arguments[1:]


def path(document):
    for folder in folders:
        for found in sorted(glob.glob(os.path.join(folder, document + "[-_.]*"))):
            return found
    return None


with open(table, encoding="utf-8") as lines:
    rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["relation"] == "above"]
named = {row[side] for row in rows for side in ("doc_a", "doc_b")}
files = {document: path(document) for document in sorted(named) if not document.startswith("ngoài:") and path(document)}
ids = list(files)
run = subprocess.run([binary, "link", "--format", "json", *files.values()], capture_output=True, check=False)
documents = json.loads(run.stdout)["documents"]
PAPER = re.compile(r"ngoài:(?P<number>[^ ]+)(?: .*?)?(?: (?P<day>\d{1,2}/\d{1,2}/\d{4}))?$")


def iso(day):
    day, month, year = day.split("/")
    return f"{year}-{int(month):02}-{int(day):02}"


right, all_rows = 0, 0
for row in rows:
    if row["doc_b"] not in files:
        continue
    all_rows += 1
    chain = documents[ids.index(row["doc_b"])]["chain"]
    links = chain["upper"] + chain["reports_on"]
    outside = PAPER.match(row["doc_a"])
    if outside:
        number, day = outside["number"].casefold(), outside["day"] and iso(outside["day"])
        whys = [link["why"] for link in links if link["why"].get("number")]
        same = [why for why in whys if why["number"].casefold() == number]
        found = any(not day or why.get("date") == day for why in same)
        told = [(why["number"], why.get("date")) for why in same]
    else:
        found = any(link["to"].get("document") == ids.index(row["doc_a"]) for link in links)
        told = []
    right += found
    if not found and "-v" in sys.argv:
        print(f"missed: {row['doc_a']} above {row['doc_b']} ({row['why']})", told or "")
papers = sum(len(entry["chain"]["upper"]) + len(entry["chain"]["reports_on"]) for entry in documents)
print(f"documents above: {right} of {all_rows}; {papers} papers are named as above these {len(ids)} documents in all")
