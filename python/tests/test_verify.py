"""What others say to have read: the same verdicts as the command line's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, run

import kehoach

PLAN = "corpus/2025-tinh-cai-cach-hanh-chinh.txt"


def claims() -> "list[dict[str, object]]":
    """Three targets of the plan, the second with another value, and one that it does not have."""
    right = [target.to_dict() for target in kehoach.read(PLAN).targets[:3]]
    right[1]["value"] = right[1]["value"] + 1
    return [*right, {"indicator": "Tỷ lệ hộ nuôi cá lồng được tập huấn", "value": 77.7, "unit": "%"}]


def test_verdicts_are_the_command_lines_to_the_byte(tmp_path: Path) -> None:
    listed = tmp_path / "claims.json"
    listed.write_text(json.dumps(claims(), ensure_ascii=False), encoding="utf-8")
    told = run("verify", PLAN, str(listed), "--format", "json").stdout.decode()
    found = kehoach.verify(PLAN, listed)
    assert found.to_json() == told == kehoach.verify(PLAN, claims()).to_json() and found.to_dict() == json.loads(told)
    verdicts = [claim.verdict for claim in found.claims]
    assert verdicts[0] == verdicts[2] == "holds" and verdicts[1] != "holds" and verdicts[3] == "not_in_document", found.claims
    assert found.counts["claims"] == 4 and found.missed and "differs" in repr(found)
    content = kehoach.verify((ROOT / PLAN).read_bytes(), claims())
    assert [claim.to_dict() for claim in content.claims] == [claim.to_dict() for claim in found.claims]


def test_a_record_holds_against_its_own_document() -> None:
    found = kehoach.verify(PLAN, kehoach.read(PLAN))
    assert found.counts["holds"] == found.counts["claims"] > 20 and not found.missed


def test_what_cannot_be_judged_is_told(tmp_path: Path) -> None:
    with pytest.raises(kehoach.ReadError) as raised:
        kehoach.verify(b"", claims())
    assert raised.value.code == "empty"
    with pytest.raises(ValueError, match="claims.json"):
        kehoach.verify(PLAN, [])
    with pytest.raises(ValueError, match="none.toml"):
        kehoach.verify(PLAN, claims(), profile=tmp_path / "none.toml")
