#!/usr/bin/env python3
"""Writes rules/units/units.tsv: the administrative units of Việt Nam before and since 2025-07-01, with successors.

Source: the Python package `vietnamadminunits` (MIT licence, PyPI), whose tables carry the codes of the General
Statistics Office (Quyết định 124/2004/QĐ-TTg and its updates; Quyết định 19/2025/QĐ-TTg since 2025-07-01) and which
commune went into which (the resolutions of the Standing Committee of the National Assembly of 2025-06-16).

Run again after a new release:

    pip download --no-deps vietnamadminunits && python3 rules/import-units.py vietnamadminunits-*.whl

Columns, parted by tabs: level (P province, D district, C commune), code, kind, name without the kind, code of the unit
above, first day (empty: before 2025-07-01), codes of the successors (empty: goes on, or is new).
"""

import io
import json
import pathlib
import sqlite3
import sys
import tempfile
import unicodedata
import zipfile

REFORM = "2025-07-01"
KINDS = ["Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã"]


def parted(name):
    """`Thành phố Hồ Chí Minh` → (`thành phố`, `Hồ Chí Minh`)."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    for kind in KINDS:
        if name.lower().startswith(kind.lower() + " "):
            return kind.lower(), name[len(kind) + 1 :]
    raise SystemExit(f"import-units: `{name}` begins with no known kind of unit; add the kind to KINDS")


def successors(converter):
    """The key of each old commune → keys (province, ward) of what it went into."""
    into = {}
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                into.setdefault(old, set()).add((province, ward))
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in olds.items():
            for part in parts:
                into.setdefault(old, set()).add((province, part["newWardKey"]))
    return into


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    archive = zipfile.ZipFile(sys.argv[1])
    package = next(name for name in archive.namelist() if name.endswith("dist-info/METADATA")).split(".dist-info")[0].replace("-", " ")
    converter = json.load(io.TextIOWrapper(archive.open("vietnamadminunits/data/converter_2025.json"), "utf-8"))
    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        file.write(archive.read("vietnamadminunits/data/dataset.db"))
        file.flush()
        base = sqlite3.connect(file.name)
        new = base.execute("select province, provinceCode, provinceKey, ward, wardCode, wardKey from admin_units").fetchall()
        old = base.execute(
            "select province, provinceCode, provinceKey, district, districtCode, districtKey, ward, wardCode, wardKey"
            " from admin_units_legacy"
        ).fetchall()
    into = successors(converter)
    code_of = {(province_key, ward_key): code for _, _, province_key, _, code, ward_key in new}
    province_code = {key: code for _, code, key, _, _, _ in new}
    province_into = {
        old_key: province_code[new_key] for new_key, olds in converter["DICT_PROVINCE"].items() for old_key in olds
    }
    rows, lost = set(), 0
    for province, code, key, ward, ward_code, _ in new:
        kind, name = parted(province)
        rows.add(("P", code, kind, name, "", REFORM, ""))
        if ward and ward_code:
            kind, name = parted(ward)
            rows.add(("C", ward_code, kind, name, code, REFORM, ""))
    for province, code, key, district, district_code, district_key, ward, ward_code, ward_key in old:
        kind, name = parted(province)
        rows.add(("P", code, kind, name, "", "", province_into.get(key, "")))
        if not district_code:
            continue
        kind, name = parted(district)
        rows.add(("D", district_code, kind, name, code, "", ""))
        if not ward_code:
            continue
        kind, name = parted(ward)
        went = into.get(f"{key}_{district_key}_{ward_key}", set())
        codes = sorted({code_of[pair] for pair in went if pair in code_of})
        lost += not codes
        rows.add(("C", ward_code, kind, name, district_code, "", ",".join(codes)))
    order = {"P": 0, "D": 1, "C": 2}
    lines = ["\t".join(row) for row in sorted(rows, key=lambda row: (order[row[0]], row[5], row[1], row))]
    target = pathlib.Path(__file__).parent / "units" / "units.tsv"
    target.parent.mkdir(exist_ok=True)
    head = f"# Administrative units of Việt Nam before and since {REFORM}; made by rules/import-units.py of {package}.\n"
    target.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{target}: {len(lines)} units; {lost} old communes without a successor", file=sys.stderr)


main()
