"""Writes package/kehoach/record.pyi: what record.schema.json says of a record, for editors and type checkers.

`python tools/make_stubs.py` writes it; a test holds the two together.
"""

from __future__ import annotations

import json
import keyword
import re
import sys
from pathlib import Path
from typing import Any, Iterator, Mapping

PACKAGE = Path(__file__).resolve().parent.parent
SCHEMA = PACKAGE.parent / "record.schema.json"
STUBS = PACKAGE / "package" / "kehoach" / "record.pyi"

HEAD = '''"""Made of record.schema.json by tools/make_stubs.py; not to be changed by hand."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

class Item:
    """A value of a record: its fields are attributes."""

    _data: Mapping[str, Any]
    _fields: ClassVar[tuple[str, ...]]
    __hash__: ClassVar[None]  # type: ignore[assignment]

    def __init__(self, data: Mapping[str, Any]) -> None: ...
    def to_dict(self) -> dict[str, Any]:
        """The same as plain dictionaries and lists, with the names that JSON has; a copy."""

    def __eq__(self, other: object) -> bool: ...

'''

RECORD = '''    _json: bytes

    def __init__(self, json: bytes) -> None: ...
    @classmethod
    def from_json(cls, text: str | bytes) -> Record:
        """A record out of what `to_json`, or `kehoach extract`, gave."""

    def to_json(self) -> str:
        """The record in one line of JSON, to the byte what `kehoach extract` prints."""

    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...  # type: ignore[override]
    def _repr_html_(self) -> str: ...
'''


def stubs(schema: Mapping[str, Any]) -> str:
    """The declarations of all classes."""
    definitions = schema["$defs"]
    classes = [
        _class(own, variant, definitions)
        for name, definition in sorted(definitions.items())
        for own, variant in variants(name, definition)
    ]
    record = _class("Record", schema, definitions) + "\n" + RECORD
    return HEAD + "\n".join(classes) + "\n" + record


def variants(name: str, definition: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The classes of a definition, as package/kehoach/record.py makes them."""
    if definition.get("type") == "object":
        yield name, definition
    for choice in definition.get("anyOf", ()):
        if choice.get("type") == "object":
            yield name + choice["required"][0].capitalize(), choice


def _class(name: str, definition: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    lines = [f"class {name}(Item):", f'    {_doc(definition["description"])}', ""]
    for key, field in definition["properties"].items():
        attribute = key + "_" if keyword.iskeyword(key) else key
        kind = _type(field, definitions)
        if key not in definition.get("required", ()) and "default" not in field and field.get("type") != "array":
            kind = _nullable(kind)
        lines += ["    @property", f"    def {attribute}(self) -> {kind}:"]
        lines += [f'        {_doc(field["description"])}', ""] if "description" in field else ["        ...", ""]
    return "\n".join(lines)


def _type(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return _named(field["$ref"].rsplit("/", 1)[1], definitions)
    if "anyOf" in field:
        kinds = [_type(choice, definitions) for choice in field["anyOf"]]
        return " | ".join(dict.fromkeys(kinds))
    kind = field["type"]
    if isinstance(kind, list):
        return " | ".join(_type({**field, "type": one}, definitions) for one in kind)
    if kind == "array":
        return f"list[{_type(field['items'], definitions)}]"
    if kind == "object":
        values = field.get("additionalProperties")
        return f"dict[str, {_type(values, definitions) if isinstance(values, dict) else 'Any'}]"
    return {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}[kind]


def _named(name: str, definitions: Mapping[str, Any]) -> str:
    definition = definitions[name]
    if "oneOf" in definition or "enum" in definition:
        words = definition.get("enum") or [
            word for choice in definition["oneOf"] for word in (choice.get("enum") or [choice["const"]])
        ]
        return f"Literal[{', '.join(json.dumps(word) for word in words)}]"
    classes = [own for own, _ in variants(name, definition)]
    return " | ".join(classes) if classes else _type(definition, definitions)


def _nullable(kind: str) -> str:
    return kind if kind.endswith("None") else f"{kind} | None"


def _doc(text: str) -> str:
    """A docstring; what Rust's documentation links to is named as Python names it."""
    text = re.sub(r"\[`([\w:]+)`\](\([^)]*\))?", lambda link: f"`{link[1].replace('::', '.')}`", text)
    return '"""' + " ".join(text.split()).replace("\\", "\\\\") + '"""'


if __name__ == "__main__":
    written = stubs(json.loads(SCHEMA.read_text(encoding="utf-8")))
    if sys.argv[1:] == ["--check"]:
        if STUBS.read_text(encoding="utf-8") != written:
            sys.exit(f"{STUBS}: is not what record.schema.json says; run python tools/make_stubs.py")
    else:
        STUBS.write_text(written, encoding="utf-8")
