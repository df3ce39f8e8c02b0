"""An extraction as bytes and back, without loss: what goes in comes out equal.

The bytes are JSON in the fields of ``newsmine.types``; a field that has its default is left out,
exact numbers are written as fractions ("1/3"). ``records.to_rows`` is for asking, and has for that
some things in another form (a lone surrogate as U+FFFD, an organisation as speaking for itself);
this is for carrying.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from newsmine.ingest.alignment import from_json, to_json
from newsmine.types import Alignment

_Record = TypeVar("_Record")
_Reader = Callable[[Any], Any]

# UTF-8 has no lone surrogates, articles and paths of odd encodings do. Escaped in JSON, two halves
# side by side would come back as one character, and every offset after them would be wrong.
_ENCODING = ("utf-8", "surrogatepass")


def encode(record: object) -> bytes:
    """A record of ``newsmine.types`` (or of plain fields) as JSON.

    Lone surrogates are written as UTF-8 would write them if it did (``surrogatepass``).
    """
    text = json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))
    return text.encode(*_ENCODING)


def decode(kind: type[_Record], data: bytes) -> _Record:
    """The record of this kind that ``encode`` wrote.

    Raises:
        ValueError: The bytes are something else.
    """
    try:
        any_kind: Any = kind
        record: _Record = _reader(any_kind)(json.loads(data.decode(*_ENCODING)))
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"no {kind.__name__} as newsmine writes it ({error})") from error
    return record


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Alignment):
        return to_json(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if is_dataclass(value):
        return _told(value)
    return [_plain(one) for one in value]


def _told(record: Any) -> dict[str, Any]:
    """The fields of a record that are not what they would be anyway."""
    told = {}
    kind: Any = type(record)
    for name, default in _defaults(kind):
        value = getattr(record, name)
        if default is MISSING or value != default:
            told[name] = _plain(value)
    return told


@lru_cache(maxsize=64)
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((one.name, one.default) for one in fields(kind) if one.init)


@lru_cache(maxsize=256)
def _reader(kind: Any) -> _Reader:
    """What makes a value of this type out of its JSON."""
    if kind is Fraction:
        return Fraction
    if kind is Alignment:
        return from_json
    if is_dataclass(kind):
        return partial(_record, kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        readers = [_reader(one) for one in inner if one is not NoneType]
        return partial(_optional, readers[0]) if readers[0] is not _same else _same
    if origin in (tuple, Sequence):
        return _sequence(inner)
    return _same


def _sequence(inner: tuple[Any, ...]) -> _Reader:
    if len(inner) == 1 or inner[-1] is Ellipsis:
        reader = _reader(inner[0])
        return tuple if reader is _same else partial(_all, reader)
    readers = tuple(_reader(one) for one in inner)
    return tuple if all(one is _same for one in readers) else partial(_each, readers)


def _record(kind: Any, value: dict[str, Any]) -> Any:
    readers = _field_readers(kind)
    return kind(**{name: readers[name](one) for name, one in value.items()})


@lru_cache(maxsize=64)
def _field_readers(kind: Any) -> dict[str, _Reader]:
    hints = get_type_hints(kind)
    return {name: _reader(hints[name]) for name, _ in _defaults(kind)}


def _same(value: Any) -> Any:
    return value


def _optional(reader: _Reader, value: Any) -> Any:
    return None if value is None else reader(value)


def _all(reader: _Reader, values: list[Any]) -> tuple[Any, ...]:
    return tuple(map(reader, values))


def _each(readers: tuple[_Reader, ...], values: list[Any]) -> tuple[Any, ...]:
    return tuple(reader(value) for reader, value in zip(readers, values, strict=True))
