"""Mutations of XML, HTML and METS: values, nesting, entities, encodings, names of other files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from benchmarks.fuzz.mutations import NUMBERS, ODD, OUTSIDE, Mutation, digits, replaced


def attribute(data: bytes, chance: Random) -> bytes:
    """A value in quotation marks becomes a number, something odd, or another value of the file."""
    values = re.findall(rb"=[\"']([^\"'<>]*)[\"']", data)
    return replaced(rb"(?<=[\"'])[^\"'<>]*(?=[\"'])", data, chance, (*NUMBERS, *ODD, *values))


def nest(data: bytes, chance: Random) -> bytes:
    """An element within itself, many times."""
    names = re.findall(rb"<([A-Za-z][\w:.-]*)", data)
    if not names:
        return data
    name, depth = chance.choice(names), chance.choice((5, 200, 300, 5_000, 50_000))
    at = _between_tags(data, chance)
    closing = b"</%s>" % name * depth if chance.random() < 0.8 else b""
    end = chance.choice((at, _between_tags(data, chance)))
    return data[:at] + b"<%s>" % name * depth + data[at:end] + closing + data[max(at, end) :]


def _between_tags(data: bytes, chance: Random) -> int:
    return chance.choice([0, *(match.start() for match in re.finditer(rb"<", data))])


def rename(data: bytes, chance: Random) -> bytes:
    """A tag becomes another tag of the file: things lie where none should."""
    tags = re.findall(rb"</?[A-Za-z][^<>]*>", data)
    return replaced(rb"</?[A-Za-z][^<>]*>", data, chance, tags) if tags else data


def entities(data: bytes, chance: Random) -> bytes:
    """Entities declared and used: bombs, and files outside."""
    declared = chance.choice(
        (
            b'<!ENTITY a "x"><!ENTITY b "' + b"&a;" * 5000 + b'">',
            b'<!ENTITY b SYSTEM "../%s">' % OUTSIDE.encode(),
            b'<!ENTITY %% a SYSTEM "../%s">%%a;' % OUTSIDE.encode(),
            b'<!ENTITY a "&b;"><!ENTITY b "&a;">',
        )
    )
    at = data.find(b"<", data.find(b"?>") + 2 if b"?>" in data else 0)
    used = data[at:].replace(b">", b">&b;", chance.randint(1, 20))
    padding = b"<!--%s-->" % (b" " * chance.choice((0, 0, 70_000)))
    return data[: max(at, 0)] + padding + b"<!DOCTYPE x [" + declared + b"]>" + used


def encoding(data: bytes, chance: Random) -> bytes:
    """Another encoding than the file says or had."""
    name = chance.choice(
        ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037", "shift_jis", "latin-1")
    )
    if chance.random() < 0.5:
        return b'<?xml version="1.0" encoding="%s"?>' % name.encode() + data
    return data.decode("utf-8", "replace").encode(name, "replace")


MARKUP: Sequence[Mutation] = (
    digits,
    attribute,
    attribute,
    nest,
    rename,
    rename,
    entities,
    encoding,
)


def climbs(data: bytes, chance: Random) -> bytes:
    """A file named that lies elsewhere."""
    names = (
        b"../" + OUTSIDE.encode(),
        b"/etc/hostname",
        b"file:///etc/hostname",
        b"a/../../b.xml",
        b"https://lantern.example/1.xml",
        b"issue_mets.xml",
        b"\\\\host\\1.xml",
        b"%00",
        b"",
    )
    return replaced(rb"(?<=href=\")[^\"]*", data, chance, names)
