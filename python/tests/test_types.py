"""Types and documentation: stubs are those of the schema, what they declare is there, examples give what they show."""

from __future__ import annotations

import doctest
import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CORPUS, ROOT

import kehoach

PYTHON = ROOT / "python"


def test_stubs_are_made_of_the_schema() -> None:
    done = subprocess.run([sys.executable, str(PYTHON / "tools/make_stubs.py"), "--check"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_the_schema_is_that_of_the_core() -> None:
    from kehoach._kehoach import schema

    assert schema() == (ROOT / "record.schema.json").read_text(encoding="utf-8")


def mypy(*arguments: "str | Path") -> str:
    """What mypy says; nothing where all is well."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    command = [sys.executable, "-m", "mypy", *map(str, arguments), "--cache-dir", str(PYTHON / ".mypy_cache")]
    done = subprocess.run(command, cwd=CORPUS, capture_output=True, check=False)
    return "" if done.returncode == 0 else done.stdout.decode() + done.stderr.decode()


def test_the_package_is_typed() -> None:
    assert mypy("--config-file", PYTHON / "pyproject.toml") == ""


def test_who_uses_the_package_is_checked(tmp_path: Path) -> None:
    use = tmp_path / "use.py"
    use.write_text(
        "import kehoach\n"
        "record = kehoach.read('a.txt')\n"
        "words: list[str] = [target.indicator for target in record.targets]\n"
        "wrong: int = record.document.number\n"
        "record.targets[0].nothing\n"
        "for one in kehoach.read_many(['a.txt']):\n"
        "    print(one.code if isinstance(one, kehoach.ReadError) else one.source.sha256)\n"
    )
    told = [line for line in mypy("--strict", use).splitlines() if "error:" in line]
    assert len(told) == 2 and ":4: " in told[0] and ":5: " in told[1], told


def test_every_class_and_field_of_the_stubs_is_there() -> None:
    import ast

    from kehoach import record

    declared = ast.parse((PYTHON / "package/kehoach/record.pyi").read_text(encoding="utf-8"))
    count = 0
    for made in (node for node in declared.body if isinstance(node, ast.ClassDef)):
        found = getattr(record, made.name)
        for field in (node for node in made.body if isinstance(node, ast.FunctionDef)):
            assert hasattr(found, field.name), f"{made.name}.{field.name}"
            count += 1
        documented = ast.get_docstring(made)
        assert documented is None or inspect.getdoc(found), made.name
    assert count > 250
    schema = json.loads((ROOT / "record.schema.json").read_text(encoding="utf-8"))
    assert set(record.Record._fields) == set(schema["properties"])


@pytest.mark.parametrize("name", ["", "._reading", "._audit", "._tables", "._errors"])
def test_examples_of_the_documentation(name: str) -> None:
    module = importlib.import_module("kehoach" + name)
    failed, tried = doctest.testmod(module, globs={"kehoach": kehoach, "corpus": CORPUS}, optionflags=doctest.ELLIPSIS)
    assert tried > 0 and failed == 0


def test_examples_of_the_readme() -> None:
    failed, tried = doctest.testfile(str(PYTHON / "README.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert tried > 4 and failed == 0


def test_everything_public_is_documented() -> None:
    for name in kehoach.__all__:
        assert name.startswith("__") or name == "TABLES" or inspect.getdoc(getattr(kehoach, name)), name
