"""Mutations of tables and plain text: types, quotation marks, lines, words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from random import Random
from typing import Any

from benchmarks.fuzz.mutations import NUMBERS, replaced


def json_types(data: bytes, chance: Random) -> bytes:
    """One value of a JSON line or document becomes one of another type."""
    lines = data.split(b"\n") if data.startswith(b'{"id') else [data]
    at = chance.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return data
    lines[at] = json.dumps(_other(value, chance)).encode()
    return b"\n".join(lines)


def _other(value: Any, chance: Random) -> Any:
    inside = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    if not inside or chance.random() < 0.2:
        return chance.choice(_VALUES)
    key = chance.choice(list(inside))
    if isinstance(value, dict) and chance.random() < 0.15:
        return {chance.choice(("", "text", "\ud800", "9" * 99)): value[key], **value}
    value[key] = _other(value[key], chance)
    return value


_VALUES: Sequence[Any] = (
    None,
    True,
    -1,
    10**400,
    float("nan"),
    float("inf"),
    "",
    " ",
    "\ud800 half",
    "\x00",
    [],
    {},
    [[]],
    {"name": {"name": ["x", None]}},
    ["a", 1, None],
    [["x"] * 9] * 9,
    "20190302",
    "99/99/9999",
    "“" * 999,
    {"text": "Inner."},
    [{"text": "Inner."}, 1],
    "0001-01-01",
    20190302,
    99999999,
)


def json_deep(data: bytes, chance: Random) -> bytes:
    """Lists in lists, a thousand or a hundred thousand deep."""
    depth = chance.choice((500, 2_000, 100_000))
    at = chance.choice([0, *(m.end() for m in re.finditer(rb"[:\[,]", data))])
    return data[:at] + b"[" * depth + b"]" * depth + chance.choice((b",", b"")) + data[at:]


def quotes(data: bytes, chance: Random) -> bytes:
    """Quotation marks, separators and line ends of a table, put in or taken out."""
    pieces = (
        b'"',
        b'""',
        b'","',
        b"'",
        b";",
        b"\t",
        b"\r",
        b"\n",
        b"\x00",
        b"sep=\x00\n",
        b'sep="\n',
        b"",
    )
    return replaced(rb"[\",;\t\n]", data, chance, pieces)


def wide(data: bytes, chance: Random) -> bytes:
    """Many columns in one row."""
    return data.replace(b"\n", chance.choice((b",", b";", b"\t", b"|")) * 20_000 + b"\n", 1)


def words(data: bytes, chance: Random) -> bytes:
    """Words of the file repeated, joined, or set in other characters."""
    found = re.findall(rb"\S+", data) or [b"x"]
    piece = chance.choice(found)
    many = chance.choice((b" ", b"\n", b"\n\n", b"-\n", b"", b". ", b"\xe2\x80\x9c ", b'" '))
    count = chance.choice((20, 200, 2_000, 20_000))
    new = (piece + many) * min(count, 300_000 // len(piece + many)) or piece
    return replaced(rb"\S+", data, chance, (new, piece.upper(), many * 500, *NUMBERS))


def lines(data: bytes, chance: Random) -> bytes:
    """Lines in another order, or of one length, or doubled."""
    rows = data.split(b"\n")
    match chance.randrange(3):
        case 0:
            chance.shuffle(rows)
        case 1:
            rows *= chance.choice((2, 2, 5, 40))
        case _:
            rows = [row[: chance.randint(1, 60)] for row in rows]
    return b"\n".join(rows)
