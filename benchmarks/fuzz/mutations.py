"""Files made wrong: by bytes, by chunks, and by the structure of their format; seeded."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Mutation = Callable[[bytes, Random], bytes]

LARGEST = 1 << 20
"""Bytes of an input: enough for what takes quadratic time to show, few enough to be read often."""

CANARY = b"CANARY-THAT-NOBODY-MAY-READ"
"""What is in a file outside the folder; no article may hold it."""

OUTSIDE = "canary.txt"
"""That file's name; the worker makes it one folder up."""

NUMBERS = (
    b"-1",
    b"0",
    b"-0.0",
    b"1e308",
    b"-1e308",
    b"NaN",
    b"inf",
    b"-Infinity",
    b"1e-320",
    b"2147483648",
    b"4294967295",
    b"9223372036854775808",
    b"-9223372036854775809",
    b"9" * 400,
    b"0x7f",
    b"1,5",
    b"\xd9\xa3",
    b"\xc2\xb2",
    b"1_000",
    b"",
    b" ",
    b"65535",
    b"65536",
    b"1e5",
    b"99999",
)
"""What a number can be that is none, or that no page has; Arabic and raised digits among them."""

ODD = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc2\xad",
    b"\xe2\x80\xae",
    b"\xcc\x81",
    b"\xf0\x9f\x98\x80",
    b"\x0c",
    b"\x0b",
    b"\x1a",
    b"\r",
    b"\r\n",
    b"\xe2\x80\xa8",
    b"\xc2\x85",
    b"&#0;",
    b"&#xD800;",
    b"&#1114112;",
    b"%s",
    b"../../",
    b"\\ud800",
    b"\x1b[2J",
    b"]]>",
    b"<!--",
)
"""What upsets readers of text: NUL, marks of byte order, half a character, other line ends."""


def flip(data: bytes, chance: Random) -> bytes:
    """A few bytes changed."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        out[chance.randrange(len(out))] = chance.choice(
            (0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256))
        )
    return bytes(out)


def insert(data: bytes, chance: Random) -> bytes:
    """Something odd put in."""
    at = chance.randrange(len(data) + 1)
    odd = chance.choice((*ODD, chance.randbytes(chance.randint(1, 40))))
    return data[:at] + odd * chance.choice((1, 1, 1, 3, 200)) + data[at:]


def cut(data: bytes, chance: Random) -> bytes:
    """Cut short at the end, or now and then at the beginning."""
    at = chance.randrange(len(data))
    return data[at:] if chance.random() < 0.2 else data[:at]


def drop(data: bytes, chance: Random) -> bytes:
    """A stretch left out."""
    a, b = _stretch(data, chance)
    return data[:a] + data[b:]


def double(data: bytes, chance: Random) -> bytes:
    """A stretch that comes again, there or elsewhere."""
    a, b = _stretch(data, chance)
    at = chance.choice((b, chance.randrange(len(data) + 1)))
    return data[:at] + data[a:b] + data[at:]


def swap(data: bytes, chance: Random) -> bytes:
    """Two stretches beside each other, exchanged."""
    a, b = _stretch(data, chance)
    _, c = _stretch(data[b:] or b" ", chance)
    return data[:a] + data[b : b + c] + data[a:b] + data[b + c :]


def repeat(data: bytes, chance: Random) -> bytes:
    """A few bytes that come thousands of times: what takes quadratic time shows."""
    a = chance.randrange(len(data))
    piece = data[a : a + chance.choice((1, 1, 2, 3, 7, 30, 200))]
    times = min(chance.choice((20, 100, 1_000, 3_000, 50_000)), LARGEST // 4 // len(piece))
    return data[:a] + piece * times + data[a:]


def _stretch(data: bytes, chance: Random) -> tuple[int, int]:
    a = chance.randrange(len(data))
    return a, a + chance.choice((1, 4, 20, 100, 1000, len(data)))


def replaced(pattern: bytes, data: bytes, chance: Random, new: Sequence[bytes]) -> bytes:
    """One place of those that match becomes one of the new pieces."""
    matches = list(re.finditer(pattern, data))
    if not matches:
        return data
    a, b = chance.choice(matches).span()
    return data[:a] + chance.choice(new) + data[b:]


def digits(data: bytes, chance: Random) -> bytes:
    """A number becomes one that is huge, negative, or none at all."""
    return replaced(rb"\d+(?:\.\d+)?", data, chance, NUMBERS)


GENERAL: Sequence[Mutation] = (flip, flip, insert, cut, drop, double, swap, repeat)


def mutated(data: bytes, chance: Random, structural: Sequence[Mutation]) -> bytes:
    """The file after one to four mutations, half of them by its structure."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        if not data:
            break
        kind = structural if structural and chance.random() < 0.6 else GENERAL
        data = chance.choice(kind)(data, chance)[:LARGEST]
    return data
