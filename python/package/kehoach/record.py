"""What is read from a document, as typed values: `Record` and all that is in it.

The classes are made of the schema that the core has of its record, with its names and its words: `help(kehoach.record.Target)`
says what each field means. `record.pyi` declares them for editors and type checkers. A name that is a word of Python ends in
an underscore: `period.from_`.
"""

from __future__ import annotations

import copy
import json
import keyword
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple

from ._kehoach import schema as _schema_of_core

__all__: List[str] = ["Item", "Record"]


class Item:
    """A value of a record: its fields are attributes."""

    __slots__ = ("_data",)
    _fields: Tuple[str, ...] = ()

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    def to_dict(self) -> Dict[str, Any]:
        """The same as plain dictionaries and lists, with the names that JSON has; a copy."""
        return copy.deepcopy(dict(self._data))

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.to_dict() == other.to_dict()  # type: ignore[attr-defined]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ((name, getattr(self, name)) for name in self._fields)
        parts = [f"{name}={value!r}" for name, value in shown if isinstance(value, (str, int, float))]
        return f"{type(self).__name__}({', '.join(parts)})"


def _plain(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema without the alternative null."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice.get("type") != "null"]
    return choices[0] if len(choices) == 1 else schema


class _Classes:
    """Makes a class of each object of the schema."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.definitions: Mapping[str, Any] = schema["$defs"]
        self.made: Dict[str, type] = {}
        for name, definition in self.definitions.items():
            for own, variant in variants(name, definition):
                self.made[own] = type(own, (Item,), {"__slots__": (), "__module__": __name__, "__doc__": variant["description"]})
        for name, definition in self.definitions.items():
            for own, variant in variants(name, definition):
                self.fill(self.made[own], variant)

    def fill(self, made: type, definition: Mapping[str, Any]) -> None:
        """Gives a class its fields."""
        fields = []
        for key, schema in definition["properties"].items():
            name = attribute(key)
            fields.append(name)
            setattr(made, name, property(self.getter(key, schema), doc=schema.get("description")))
        made._fields = tuple(fields)  # type: ignore[attr-defined]

    def getter(self, key: str, schema: Mapping[str, Any]) -> Callable[[Any], Any]:
        """How a field is taken out of its item."""
        is_list = schema.get("type") == "array"
        inner = schema["items"] if is_list else _plain(schema)
        target = inner["$ref"].rsplit("/", 1)[1] if "$ref" in inner else None
        wrap = self.wrapper(target) if target else None
        if is_list:
            if wrap is None:
                return lambda item: copy.deepcopy(item._data.get(key, []))
            return lambda item: [wrap(value) for value in item._data.get(key, ())]
        if wrap is None:
            return lambda item: item._data.get(key)
        if inner is schema and "default" in schema:
            # A group that is left out where it is empty.
            return lambda item: wrap(item._data.get(key, {}))
        return lambda item: None if item._data.get(key) is None else wrap(item._data[key])

    def wrapper(self, name: str) -> Optional[Callable[[Any], Any]]:
        """What makes a value of the definition `name`; `None` for a number or a word."""
        classes = [(self.made[own], variant) for own, variant in variants(name, self.definitions[name])]
        if not classes:
            return None
        if len(classes) == 1:
            return classes[0][0]

        def chosen(value: Mapping[str, Any]) -> Any:
            return next(made for made, variant in classes if all(key in value for key in variant["required"]))(value)

        return chosen


def attribute(key: str) -> str:
    """What a field of JSON is called in Python."""
    return key + "_" if keyword.iskeyword(key) else key


def variants(name: str, definition: Mapping[str, Any]) -> Iterator[Tuple[str, Mapping[str, Any]]]:
    """The classes of a definition: one of an object, several of one that has several forms, none of a word or a number."""
    if definition.get("type") == "object":
        yield name, definition
    for choice in definition.get("anyOf", ()):
        if choice.get("type") == "object":
            # The first field that it needs tells it from the others.
            yield name + choice["required"][0].capitalize(), choice


_schema = json.loads(_schema_of_core())
_classes = _Classes(_schema)
globals().update(_classes.made)
__all__ += sorted(_classes.made)


class Record(Item):
    __slots__ = ("_json", "_parsed")
    __doc__ = _schema["description"]

    def __init__(self, json: bytes) -> None:
        self._json = json
        self._parsed: Optional[Dict[str, Any]] = None

    @property
    def _data(self) -> Dict[str, Any]:  # type: ignore[override]
        if self._parsed is None:
            self._parsed = json.loads(self._json)
        return self._parsed

    @classmethod
    def from_json(cls, text: "str | bytes") -> "Record":
        """A record out of what `to_json`, or `kehoach extract`, gave.

        Raises:
            ValueError: it is none.
        """
        given = text.encode() if isinstance(text, str) else bytes(text)
        record = cls(given.strip())
        data = json.loads(record._json)
        if not isinstance(data, dict) or data.get("schema") != "kehoach.record/1":
            raise ValueError("is no record of kehoach; give a line of `kehoach extract`")
        return record

    def to_json(self) -> str:
        """The record in one line of JSON, to the byte what `kehoach extract` prints."""
        return self._json.decode()

    def to_dict(self) -> Dict[str, Any]:
        found: Dict[str, Any] = json.loads(self._json)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> Tuple[Any, ...]:
        return Record, (self._json,)

    def __repr__(self) -> str:
        source, document = self._data["source"], self._data["document"]
        name = document["number"] or document["title"] or "?"
        counts = ", ".join(f"{len(self._data[part])} {part}" for part in ("targets", "tasks", "deadlines"))
        return f"<kehoach.Record {source['path']}: {name}; {counts}>"

    def _repr_html_(self) -> str:
        from ._html import record

        return record(self)


_classes.fill(Record, _schema)
