#!/usr/bin/env python3
"""usage: ledger.py BIN GOLD:DOCS … [--tsv FILE]: how honest the ledger is, document by document.

Three questions about the gold's targets, facts, ratios and sums that a record misses (pairing as in the scorer: value, unit, words):
  described   numbers that the ledger calls described though a missed item has their value and half of its words stand on their line;
              at most 1 in 20 of the described may be one (exit 1 above)
  elsewhere   missed items whose value is in the record under other words, another unit or in another list: a misreading, and no loss
  lost        missed items whose value is neither in the record nor called unread: lost without a word
`--tsv FILE` writes a line a document: numbers, each class, the verdicts on blocks, entries of `unread` by kind. `ledger.py BIN --pool FOLDER
--tsv FILE` writes that table for all files of a folder that has no golds, and answers none of the questions."""
import difflib, glob, json, os, re, subprocess, sys, unicodedata

CLASSES = ("target", "fact", "sum", "ratio", "deadline", "reference", "marker", "date", "name", "described", "unread")
BLOCKS = ("read", "heading", "background", "furniture", "unread")
KINDS = ("number", "date", "block", "table", "part")
LISTS = {"targets": ("value", "indicator", 0.8), "facts": ("value", "subject", 0.6), "ratios": ("stated", None, 0), "sums": ("total", None, 0)}


def norm(text):
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text or "").casefold()))


def number(text):
    """The values that a number may be read as: `1.250` is 1250, and 1.25 where points part decimals."""
    found = set()
    for parts in ((".", ","), (",", ".")):
        try:
            found.add(round(float(text.replace(parts[0], "").replace(parts[1], ".")), 6))
        except ValueError:
            pass
    return found


def run(binary, *arguments):
    return subprocess.run([binary, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode("utf8", "replace")


def values(record):
    """Every value of the record's items."""
    found = set()
    for item in record["targets"] + record["facts"]:
        found |= {item["value"], item.get("value_to")}
        actual = item.get("actual") or {}
        found.add(actual.get("value"))
    for item in record["sums"]:
        found |= {item["total"], *item["parts"]}
    for item in record["ratios"]:
        found |= {item["numerator"], item["denominator"], item["stated"]}
    return {round(float(value), 6) for value in found if value is not None}


def missed(gold, record):
    """The gold's items that no item of the record is."""
    for name, (field, words, least) in LISTS.items():
        left = list(record[name])
        for item in gold.get(name) or []:
            value = item.get(field)
            if value is None:
                continue
            like = lambda one: difflib.SequenceMatcher(None, norm(item.get(words)), norm(one.get(words)), autojunk=False).ratio() if words else 1
            fits = [(like(one), at) for at, one in enumerate(left) if round(float(one[field]), 6) == round(float(value), 6)]
            best = max(fits, default=(0, -1))
            if best[1] >= 0 and best[0] >= least:
                left.pop(best[1])
            else:
                yield name, round(float(value), 6), norm(item.get(words) if words else "").split()


def row(name, record):
    """A document's line of the table."""
    counts, blocks = record["ledger"]["numbers"], record["ledger"]["blocks"]
    kinds = [sum(entry["kind"] == kind for entry in record["unread"]) for kind in KINDS]
    return [name, sum(counts.values()), *(counts[key] for key in CLASSES), *(blocks[key] for key in BLOCKS), *kinds]


def main():
    arguments = sys.argv[1:]
    tsv = None
    if "--tsv" in arguments:
        at = arguments.index("--tsv")
        tsv = arguments[at + 1]
        del arguments[at:at + 2]
    pool = None
    if "--pool" in arguments:
        at = arguments.index("--pool")
        pool = arguments[at + 1]
        del arguments[at:at + 2]
    binary, *pairs = arguments
    rows = [["document", "numbers", *CLASSES, *("blocks_" + name for name in BLOCKS), *("unread_" + name for name in KINDS)]]
    for path in sorted(glob.glob(os.path.join(pool, "[a-z][0-9]*"))) if pool else []:
        output = run(binary, "extract", path)
        if output:
            rows.append(row(os.path.basename(path).split("-")[0], json.loads(output)))
    total = dict.fromkeys(("missed", "told", "elsewhere", "lost", "described", "wrong"), 0)
    for pair in pairs:
        golds, docs = pair.split(":")
        for path in sorted(glob.glob(os.path.join(golds, "*.json"))):
            name = os.path.basename(path)[:-5]
            files = sorted(glob.glob(os.path.join(docs, name + "[-_.]*")))
            output = run(binary, "extract", files[0]) if files else ""
            if not output:
                continue
            with open(path, encoding="utf8") as file:
                gold = json.load(file)
            record, text = json.loads(output), run(binary, "text", files[0])
            entries = [json.loads(line) for line in run(binary, "extract", "--ledger", files[0]).splitlines()]
            counts = record["ledger"]["numbers"]
            rows.append(row(name, record))
            unread = set().union(*(number(entry["text"]) for entry in entries if entry["class"] == "unread"), set())
            known, wrong = values(record), set()
            lost = told = elsewhere = 0
            for _, value, words in missed(gold, record):
                told += value in unread
                elsewhere += value not in unread and value in known
                lost += value not in unread and value not in known
                for at, entry in enumerate(entries):
                    if entry["class"] == "described" and value in number(entry["text"]) and words:
                        start = text.rfind("\n", 0, entry["start"]) + 1
                        end = text.find("\n", entry["end"])
                        line = set(norm(text[start:end if end >= 0 else None]).split())
                        if 2 * sum(word in line for word in words) >= len(words):
                            wrong.add(at)
            for key, count in (("told", told), ("elsewhere", elsewhere), ("lost", lost), ("missed", told + elsewhere + lost),
                               ("described", counts["described"]), ("wrong", len(wrong))):
                total[key] += count
            print(f"{name}: {told + elsewhere + lost} missed: {told} told as unread, {elsewhere} read as something else, {lost} lost; "
                  f"{len(wrong)} of {counts['described']} described are wanted")
    if pairs:
        print("{missed} missed: {told} told as unread, {elsewhere} read as something else, {lost} lost without a word; "
              "{wrong} of {described} described are wanted".format(**total))
    if tsv:
        with open(tsv, "w", encoding="utf8") as file:
            file.writelines("\t".join(map(str, row)) + "\n" for row in rows)
    sys.exit(total["wrong"] * 20 > total["described"])


if __name__ == "__main__":
    main()
