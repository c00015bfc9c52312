"""Records → findings and links: the same as the command line's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import corpus, run

import kehoach

FOLDERS = ["corpus", "corpus/audit"]


def test_an_audit_is_the_command_lines_to_the_byte() -> None:
    told = run("audit", *FOLDERS, "--format", "json").stdout.decode()
    found = kehoach.audit(FOLDERS)
    assert found.to_json() == told
    # Records that were read before give the same as their files.
    records = list(kehoach.read_many(kehoach.find(*FOLDERS)))
    assert kehoach.audit(records).to_json() == told
    assert found.documents == 15 and len(found.findings) > 24 and found.undecided


def test_rules_are_chosen_as_on_the_command_line() -> None:
    told = run("audit", *FOLDERS, "--format", "json", "--select", "XL,DL", "--ignore", "dl003").stdout.decode()
    assert kehoach.audit(FOLDERS, select=["XL", "DL"], ignore=["dl003"]).to_json() == told
    with pytest.raises(ValueError, match="ZZ: is no rule"):
        kehoach.audit(FOLDERS, select=["ZZ"])


def test_a_finding_quotes_the_source_text() -> None:
    found = kehoach.audit(["corpus/audit"])
    for finding in found.findings:
        for side in finding.evidence:
            assert kehoach.text(side.path)[side.start : side.end] == side.text
        shown = finding._repr_html_()
        assert finding.code in shown and "<script" not in shown
    assert {finding.severity for finding in found.findings} <= {"error", "warning", "note"}
    assert found.to_dict()["findings"][0] == found.findings[0].to_dict()
    assert f"{found.documents} documents" in repr(found) and found._repr_html_().count("<ul>") == len(found.findings)


def test_what_cannot_be_read_is_counted_and_the_others_are_audited(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    found = kehoach.audit(["corpus/audit", empty, "corpus/none.txt"])
    assert found.documents == 3
    assert sorted(path for path, _ in found.unread) == sorted([str(empty), "corpus/none.txt"])
    errors = list(kehoach.read_many([empty]))
    assert kehoach.audit([*kehoach.read_many(kehoach.find("corpus/audit")), *errors]).unread == [(str(empty), str(errors[0]))]


def test_links_are_the_command_lines() -> None:
    paths = corpus()
    assert kehoach.link(paths) == json.loads(run("link", *paths, "--format", "json").stdout)


def test_one_document_is_no_list() -> None:
    with pytest.raises(TypeError, match="put it into brackets"):
        kehoach.audit("corpus/audit")
    with pytest.raises(TypeError, match="put it into brackets"):
        kehoach.link(kehoach.read(corpus()[0]))  # type: ignore[arg-type]
