#!/usr/bin/env python3
"""Opens what kehoach writes with programs that have no part in it, and compares what they read with the record.

    python3 -m venv .venv && .venv/bin/pip install openpyxl jsonschema icalendar recurring-ical-events duckdb pyarrow pandas
    .venv/bin/python tests/outputs.py [PATH-OF-KEHOACH]

Parquet is checked where that kehoach was built with `--features parquet`. Also used where they are installed: LibreOffice (soffice); Chromium with Node.js and playwright-core, whose folder KEHOACH_NODE_MODULES names;
KEHOACH_SHOTS names a folder for screenshots. What is missing is said and left out; with --strict that is a failure.
"""

import csv
import datetime
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
STRICT = "--strict" in sys.argv
SHOTS = os.environ.get("KEHOACH_SHOTS")
NAMED = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
KEHOACH = NAMED[0] if NAMED else str(ROOT / "target" / "debug" / "kehoach")
FILES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "corpus").glob("*.txt")) + ["corpus/audit"]
HOSTILE = """KẾ HOẠCH
Phát triển năm 2025
I. CHỈ TIÊU
- Tỷ lệ <script>document.title="hỏng"</script> hồ sơ đạt 90%.
- Tỷ lệ </script><img src=x onerror=alert(1)> đạt 80%.
II. NHIỆM VỤ
- =HYPERLINK("http://x";"y") hoàn thành trước ngày 31/02/2025.
- @SUM(1) báo cáo định kỳ hằng quý (trước ngày 15 của tháng cuối quý).
"""
missing, done = [], []


def kehoach(*arguments):
    """What kehoach prints; findings (1) are no failure."""
    result = subprocess.run([KEHOACH, "-q", *arguments], cwd=ROOT, capture_output=True, check=False)
    assert result.returncode in (0, 1), (arguments, result.stderr.decode())
    return result.stdout


def needs(name):
    """A module, or None with a word about it."""
    try:
        return __import__(name)
    except ImportError:
        missing.append(f"the Python package {name}")
        return None


def check(name, holds, told=""):
    assert holds, f"{name}: {told}"
    done.append(name)


def records():
    return [json.loads(line) for line in kehoach("export", *FILES, "--format", "ndjson", "--link").decode().splitlines()]


def workbook(folder, read):
    path = folder / "book.xlsx"
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    kehoach("export", *FILES, "--format", "xlsx", "--findings", "-o", str(path))
    openpyxl = needs("openpyxl")
    if openpyxl:
        book = openpyxl.load_workbook(path)
        check("xlsx: sheets", book.sheetnames == ["Theo dõi", "Chỉ tiêu", "Nhiệm vụ", "Thời hạn", "Căn cứ", "Chưa đọc", "Phát hiện"], book.sheetnames)
        for title, field in [("Chỉ tiêu", "targets"), ("Nhiệm vụ", "tasks"), ("Thời hạn", "deadlines"), ("Căn cứ", "references")]:
            rows, wanted = book[title].max_row - 1, sum(len(record[field]) for record in read)
            check(f"xlsx: rows of {title}", rows == wanted, (rows, wanted))
            check(f"xlsx: frozen header and filter of {title}", book[title].freeze_panes == "A2" and book[title].auto_filter.ref)
        sheet = book["Chỉ tiêu"]
        header = [cell.value for cell in sheet[1]]
        values = [row[header.index("Giá trị")] for row in sheet.iter_rows(min_row=2, values_only=True)]
        wanted = [target["value"] for record in read for target in record["targets"]]
        check("xlsx: numbers are numbers", values == wanted)
        days = [row[header.index("Ngày ban hành")] for row in sheet.iter_rows(min_row=2, values_only=True)]
        check("xlsx: dates are dates", any(isinstance(day, datetime.datetime) for day in days), set(map(type, days)))
        links = [row[header.index("Tệp")].hyperlink for row in sheet.iter_rows(min_row=2)]
        check("xlsx: every row has a link to its file", all(links))
        kehoach("export", str(hostile), "--format", "xlsx", "-o", str(folder / "hostile.xlsx"))
        cells = [cell for sheet in openpyxl.load_workbook(folder / "hostile.xlsx") for row in sheet.iter_rows() for cell in row]
        # The sheet to print counts the days that are left; nothing that a document says is a formula.
        own = [cell for cell in cells if cell.data_type == "f" and "TODAY()" in str(cell.value)]
        check("xlsx: no formula", all(cell.data_type != "f" for cell in cells if cell not in own) and len(own) > 1)
        # An officer's own template, and one agency's sheet.
        profile = folder / "mau.toml"
        profile.write_text('[[column]]\nname = "TT"\nfrom = "stt"\n[[column]]\nname = "Nội dung"\nfrom = ["ten", "Đơn vị tính"]\njoin = " – "\n[[column]]\nname = "Mức"\nfrom = "gia_tri"\n[[column]]\nname = "Nhóm"\nfrom = "loai"\nmap = { chi_tieu = "Chỉ tiêu" }\n', encoding="utf-8")
        kehoach("export", *FILES, "--format", "xlsx", "--profile", str(profile), "--table", "targets", "-o", str(folder / "mau.xlsx"))
        mapped = openpyxl.load_workbook(folder / "mau.xlsx")
        lines = list(mapped.worksheets[0].iter_rows(values_only=True))
        check("xlsx: a profile's columns", len(mapped.worksheets) == 1 and lines[0] == ("TT", "Nội dung", "Mức", "Nhóm"), lines[0])
        check("xlsx: a profile's numbers", [line[0] for line in lines[1:]] == list(range(1, len(lines))) and [line[2] for line in lines[1:]] == values)
        check("xlsx: a profile's words", {line[3] for line in lines[1:]} == {"Chỉ tiêu"})
        kehoach("export", *FILES, "--format", "xlsx", "--for", "Sở Nội vụ", "-o", str(folder / "theo-doi.xlsx"))
        first = openpyxl.load_workbook(folder / "theo-doi.xlsx").worksheets[0]
        check("xlsx: an agency's sheet", [cell.value for cell in first[5]][:4] == ["STT", "Loại", "Nhiệm vụ, chỉ tiêu", "Chủ trì"] and first["A2"].value == "Sở Nội vụ" and first.max_row > 10)
        check("xlsx: it prints on A4, its header on every page", first.page_setup.paperSize == 9 and first.print_title_rows == "$5:$5" and first.page_setup.fitToWidth == 1)
    office = shutil.which("soffice")
    if not office:
        missing.append("LibreOffice (soffice)")
        return
    profile = f"-env:UserInstallation=file://{folder}/office"
    subprocess.run([office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2", "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
    rows = list(csv.reader(io.StringIO(next(folder.glob("book*.csv")).read_text(encoding="utf-8"))))
    check("xlsx: LibreOffice reads every target", len(rows) - 1 == sum(len(record["targets"]) for record in read), len(rows))


def table(read):
    raw = kehoach("export", *FILES, "--format", "csv")
    check("csv: byte order mark", raw.startswith(b"\xef\xbb\xbf"))
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    check("csv: rows", len(rows) == sum(len(record["targets"]) + len(record["tasks"]) for record in read))
    wanted = [target["value"] for record in read for target in record["targets"]]
    check("csv: values", [float(row["gia_tri"]) for row in rows if row["loai"] == "chi_tieu"] == wanted)


def calendar(folder, read):
    raw = kehoach("export", *FILES, "--format", "ics")
    icalendar, recurring = needs("icalendar"), needs("recurring_ical_events")
    if not icalendar:
        return
    parsed = icalendar.Calendar.from_ical(raw)
    events = parsed.walk("VEVENT")
    check("ics: events have different names", len({str(event["UID"]) for event in events}) == len(events))
    check("ics: every event has alarms", all(event.walk("VALARM") for event in events))
    check("ics: lines of 75 bytes at most", all(len(line) <= 75 for line in raw.split(b"\r\n")))
    if recurring:
        quarterly = folder / "quarterly.txt"
        quarterly.write_text(
            "UBND TỈNH A\nSố: 5/KH-UBND\nngày 20 tháng 3 năm 2025\nKẾ HOẠCH\nNăm 2025\nI. NHIỆM VỤ\n"
            "- Văn phòng báo cáo định kỳ hằng quý (trước ngày 15 của tháng cuối quý).\n- Các đơn vị báo cáo hằng tháng trước ngày 25 của tháng.\n",
            encoding="utf-8",
        )
        raw = kehoach("export", str(quarterly), "--format", "ics")
        one = recurring.of(icalendar.Calendar.from_ical(raw))
        for year in (2026, 2041):
            days = sorted(str(event.start) for event in one.between(datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)) if "quý" in event["DESCRIPTION"])
            wanted = [f"{year}-{month:02}-15" for month in (3, 6, 9, 12)]
            check(f"ics: before the 15th of each quarter's last month, {year}", days == wanted, days)
        days = sorted(str(event.start) for event in one.between(datetime.date(2025, 1, 1), datetime.date(2026, 1, 1)) if "quý" in event["DESCRIPTION"])
        check("ics: nothing before the day of issue", days == ["2025-06-15", "2025-09-15", "2025-12-15"], days)


def sarif():
    raw = json.loads(kehoach("audit", "corpus/audit", "--format", "sarif"))
    run = raw["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    check("sarif: every result's rule is declared", all(result["ruleId"] in rules for result in run["results"]))
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        region, text = place["region"], (ROOT / place["artifactLocation"]["uri"]).read_text(encoding="utf-8")
        start = region["charOffset"]
        check("sarif: offsets", text[start : start + region["charLength"]] == region["snippet"]["text"])
        line = text.split("\n")[region["startLine"] - 1]
        check("sarif: lines", line[region["startColumn"] - 1 :].startswith(region["snippet"]["text"].split("\n")[0]))
    jsonschema = needs("jsonschema")
    schema = sarif_schema()
    if jsonschema and schema:
        jsonschema.Draft7Validator(schema).validate(raw)
        check("sarif: the official schema", True)


def sarif_schema():
    """The schema of OASIS, which the crate serde-sarif brings (`cargo fetch` in any package that depends on it)."""
    home = pathlib.Path(os.environ.get("CARGO_HOME", pathlib.Path.home() / ".cargo"))
    for path in sorted(home.glob("registry/src/*/serde-sarif-*/src/schema.json")):
        return json.loads(path.read_text(encoding="utf-8"))
    missing.append("the SARIF schema (of the crate serde-sarif)")
    return None


def record_schema(read):
    jsonschema = needs("jsonschema")
    if jsonschema:
        schema = json.loads(kehoach("schema"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        for record in read:
            validator.validate(record)
        check("json: every record fits the schema", True)


RENAMED = {
    "sections": {"path": "section", "level": "depth"},
    "deadlines": {"from": "first_day", "to": "last_day"},
    "period": {"from": "first_day", "to": "last_day"},
    "range": {"from": "low", "to": "high"},
    "evidence": {"start": "start_offset", "end": "end_offset"},
}
DAYS = {"documents": ["date"], "references": ["date"], "targets": ["due"], "deadlines": ["first_day", "last_day"], "period": ["first_day", "last_day"]}


def day(words):
    """A day as DuckDB gives it; None where no calendar has it."""
    try:
        return datetime.date.fromisoformat(words) if words and len(words) == 10 else None
    except ValueError:
        return None


def as_parquet(name, item):
    """What an item of a record is in the table or group of that name."""
    if isinstance(item, list):
        return [as_parquet(name, one) for one in item]
    if not isinstance(item, dict):
        return item
    out = {RENAMED.get(name, {}).get(key, key): as_parquet(key, value) for key, value in item.items()}
    for key in DAYS.get(name, []):
        out[f"{key}_text"] = out.get(key)
        out[key] = day(out.get(key))
    return out


def without_nulls(value):
    """A key that is not there and one that is null are the same."""
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    return [without_nulls(inner) for inner in value] if isinstance(value, list) else value


def wanted_rows(name, record):
    source, document = record["source"], record["document"]
    period = document["period"] or {}
    year = period.get("from") or document["date"] or period.get("to")
    place = {"path": source["path"], "sha256": source["sha256"], "level": document["level"], "year": int(year[:4]) if year else None}
    if name == "documents":
        yield without_nulls(as_parquet(name, document) | source | place)
        return
    for item in record[name]:
        row = as_parquet(name, item) | place
        if name == "tasks" and item["deadline"] is not None:
            row["deadline_id"] = record["deadlines"][item["deadline"]]["id"]
        yield without_nulls(row)


def parquet(folder, read):
    data = folder / "parquet"
    built = subprocess.run([KEHOACH, "-q", "export", *FILES, "--format", "parquet", "--findings", "-o", str(data)], cwd=ROOT, capture_output=True, text=True, check=False)
    if "was built without Parquet" in built.stderr:
        missing.append("Parquet in this kehoach (cargo build --features parquet)")
        return
    check("parquet: written", built.returncode == 0, built.stderr)
    duckdb, pyarrow, pandas = needs("duckdb"), needs("pyarrow"), needs("pandas")
    names = ["documents", "sections", "tables", "targets", "tasks", "deadlines", "references", "facts", "sums", "ratios", "diagnostics"]
    if duckdb:
        for name in names:
            found = duckdb.sql(f"SELECT * FROM read_parquet('{data}/{name}/**/*.parquet', hive_partitioning = true)")
            rows = [without_nulls(dict(zip(found.columns, row))) for row in found.fetchall()]
            wanted = [row for record in read for row in wanted_rows(name, record)]
            # Folders bring the documents into another order; within one the order stays.
            order = [record["source"]["path"] for record in read]
            rows.sort(key=lambda row: order.index(row["path"]))
            differing = next(((one, other) for one, other in zip(rows, wanted) if one != other), None)
            check(f"parquet: DuckDB reads every value of {name}", rows == wanted, differing or (len(rows), len(wanted)))
        types = {row[0]: row[1] for row in duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet('{data}/targets/**/*.parquet', hive_partitioning = true)").fetchall()}
        kinds = {"value": "DOUBLE", "due": "DATE", "comparator": "VARCHAR", "conditions": "VARCHAR[]", "year": "BIGINT"}
        check("parquet: typed", all(types[key] == kind for key, kind in kinds.items()), types)
        check("parquet: code points are BIGINT", "start_offset BIGINT" in types["evidence"], types["evidence"])
        joined = f"SELECT count(*) FROM '{data}/findings/**/*.parquet' f JOIN '{data}/documents/**/*.parquet' d USING (path)"
        findings = json.loads(kehoach("audit", *FILES, "--format", "json"))["findings"]
        check("parquet: findings join with their documents", duckdb.sql(joined).fetchall()[0][0] == len(findings))
    if pyarrow:
        import pyarrow.parquet  # noqa: PLC0415 - only where it is installed

        for name in [*names, "findings", "undecided", "unread"]:
            rows = pyarrow.parquet.read_table(data / name).num_rows
            if name in names:
                check(f"parquet: pyarrow reads {name}", rows == sum(1 for record in read for _ in wanted_rows(name, record)), rows)
        check("parquet: pyarrow finds the columns of an empty table", "reason" in pyarrow.parquet.read_table(data / "unread").column_names)
    if pandas and pyarrow:
        frame = pandas.read_parquet(data / "targets")
        wanted = sum(target["value"] for record in read for target in record["targets"])
        check("parquet: pandas sums the values", abs(frame["value"].sum() - wanted) < 1e-6 * wanted, frame["value"].sum())
        check("parquet: pandas filters by folder", len(pandas.read_parquet(data / "targets", filters=[("year", "==", 2025)])) == (frame["year"].astype(int) == 2025).sum())


def main():
    with tempfile.TemporaryDirectory() as name:
        folder, read = pathlib.Path(name), records()
        table(read)
        workbook(folder, read)
        calendar(folder, read)
        parquet(folder, read)
        sarif()
        record_schema(read)
        page(folder)
    print(f"{len(set(done))} checks hold")
    for what in sorted(set(missing)):
        print(f"not checked: {what} is missing")
    sys.exit(1 if STRICT and missing else 0)


def page(folder):
    """The HTML report, in Chromium (tests/page.mjs)."""
    node, chromium = shutil.which("node"), shutil.which("chromium")
    if not node or not chromium:
        missing.append("Node.js or Chromium")
        return
    many = folder / "many"
    many.mkdir()
    for plan in range(100):
        lines = "".join(f"{at}. Văn phòng hoàn thành việc thứ {at} trước ngày 31/02/2025.\n" for at in range(1, 111))
        head = f"UBND TỈNH A\nSố: {plan + 1}/KH-UBND\nNgày 20 tháng 3 năm 2025\nKẾ HOẠCH\nPhát triển năm 2025\nI. NHIỆM VỤ\n"
        (many / f"{plan:03}.txt").write_text(head + lines, encoding="utf-8")
    plenty = folder / "plenty"
    plenty.mkdir()
    for plan in range(620):
        text = f"UBND TỈNH A\nSố: {plan + 1}/KH-UBND\nNgày 20 tháng 3 năm 2025\nKẾ HOẠCH\nPhát triển năm 2025\nI. CHỈ TIÊU\n- Tỷ lệ hồ sơ đạt {plan % 90}%.\n"
        (plenty / f"{plan:03}.txt").write_text(text, encoding="utf-8")
    kehoach("ingest", "corpus", "--store", str(folder / "plans.db"))
    both = ["corpus", "corpus/audit"]
    for name, arguments in [
        ("report", ["audit", *both]),
        ("records", ["export", *both]),
        ("unit", ["audit", "--store", str(folder / "plans.db"), "--unit", "khe vang"]),
        ("hostile", ["audit", str(folder / "hostile.txt")]),
        ("many", ["audit", str(many)]),
        ("plenty", ["export", str(plenty)]),
    ]:
        kehoach(*arguments, "--format", "html", "-o", str(folder / f"{name}.html"))
    shots = [str(SHOTS)] if SHOTS else []
    result = subprocess.run([node, str(ROOT / "tests" / "page.mjs"), str(folder), *shots], capture_output=True, text=True, check=False)
    if "Cannot find module 'playwright-core'" in result.stderr:
        missing.append("playwright-core (npm; KEHOACH_NODE_MODULES names the folder node_modules)")
        return
    print(result.stdout, end="")
    check("html: in Chromium", result.returncode == 0, result.stderr)


main()
